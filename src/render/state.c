/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The pages before, after and behind a form. */
#include "config.h"
#include <string.h>
#include "render/render_priv.h"

static const char *const titles[] = {
    [COPL_PAGE_SOON] = "soon_title",
    [COPL_PAGE_CLOSED] = "closed_title",
    [COPL_PAGE_SENT] = "sent_title",
};

static void put_head(struct render_pen *p, enum copl_page_state state)
{
	render_head_open(p, p->page->lang);
	render_draft_title(p);
	p->plain = true;
	render_words(p, titles[state], NULL, 0);
	render_put(p, " – ");
	p->plain = false;
	render_plain(p, p->page->form->title);
	render_head_close(p, p->page->digest, NULL, NULL);
}

static void put_paragraph(
    struct render_pen *p, const char *words, const char *param)
{
	render_put(p, "<p>");
	if (param == NULL)
		render_words(p, words, NULL, 0);
	else
		render_words_date(p, words, param);
	render_put(p, "</p>\n");
}

void render_state(struct render_pen *p, enum copl_page_state state)
{
	/* A preview shows all of them on one page. */
	static const char *const ids[] = {[COPL_PAGE_SOON] = "soon-title",
	    [COPL_PAGE_CLOSED] = "closed-title",
	    [COPL_PAGE_SENT] = "sent-title"};

	render_put(p, "<section class=\"block\" aria-labelledby=\"");
	render_put(p, ids[state]);
	render_put(p, "\">\n");
	render_heading(p, ids[state], titles[state]);
	if (state == COPL_PAGE_CLOSED) {
		put_paragraph(p, "closed_text", "closes");
	} else if (state == COPL_PAGE_SENT) {
		render_flow(p, p->page->form->thanks);
		put_paragraph(p, "sent_text", NULL);
	} else if (p->page->form->opens != NULL) {
		put_paragraph(p, "open_from", "opens");
	}
	render_put(p, "</section>\n");
}

enum copl_status copl_render_state(const struct copl_page *page,
    enum copl_page_state state, struct copl_strbuf *out)
{
	struct render_pen p = {.out = out,
	    .page = page,
	    .words = page->words,
	    .draft = page->draft};

	p.rtl = strcmp(copl_locale_dir(page->lang), "rtl") == 0;
	put_head(&p, state);
	render_draft_banner(&p);
	render_header(&p, state == COPL_PAGE_SOON);
	render_put(&p, "<main>\n");
	render_state(&p, state);
	render_block(&p, "help", "help_title", page->form->help);
	render_put(&p, "</main>\n");
	render_contact(&p);
	render_put(&p, "</body>\n</html>\n");
	return out->st;
}
