/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pages that young people should not answer: they say so before anything. */
#include "config.h"
#include "render/render_priv.h"

/*
 * The same in the dark: nothing else on a page is yellow.  On paper there
 * may be no colour, so a frame stands around it.
 */
/* clang-format off */
const char render_draft_style[] =
".draft{background:#ffd84d;color:#1f1a00;font-weight:700;"
"text-align:center;text-wrap:balance;border-block-end:.3rem dashed #1f1a00}"
".draft p{max-width:48rem;margin-inline:auto;font-size:1.15rem;"
"padding:.85rem clamp(1rem,4vw,2rem)}"
".draft small{color:inherit;font-weight:600;justify-content:center;"
"margin-block-start:.4rem}"
"@media print{.draft{background:none;color:#000;border:.2rem dashed #000;"
"margin-block-end:.75rem}"
".progress::before{content:attr(data-draft) ' · '}}";
/* clang-format on */

void render_draft_title(struct render_pen *p)
{
	bool plain = p->plain;

	if (!p->draft)
		return;
	p->plain = true;
	render_words(p, "draft_title", NULL, 0);
	p->plain = plain;
	render_put(p, " – ");
}

void render_draft_open(struct render_pen *p)
{
	render_put(p, "<aside class=\"draft\" aria-label=\"");
	copl_xml_put_attr(p->out, copl_interface_text(p->words, "draft_title"));
	render_put(p, "\">\n<p>");
}

void render_draft_close(struct render_pen *p)
{
	render_put(p, "</p>\n</aside>\n");
}

void render_draft_banner(struct render_pen *p)
{
	if (!p->draft)
		return;
	render_draft_open(p);
	render_words(p, "draft_text", NULL, 0);
	render_draft_close(p);
}
