/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One page of A4 that brings young people to a form. */
#include "config.h"
#include <string.h>
#include "render/invite.h"
#include "render/render_priv.h"

/*
 * It looks on a screen as it does on paper: dark on white, without large
 * areas of colour, so that any printer makes a poster of it.
 */
/* clang-format off */
static const char poster_style[] =
":root{color-scheme:light;--blue:#0b4a8c;--ink:#1c2733;--warm:#b26a00}"
"*{box-sizing:border-box}"
"html{font-size:11.5pt;-webkit-text-size-adjust:100%;text-size-adjust:100%}"
"body{margin:0 auto;max-width:186mm;padding:10mm 4mm;background:#fff;"
"color:var(--ink);font-family:system-ui,-apple-system,'Segoe UI',Roboto,"
"'Noto Sans','Helvetica Neue',Arial,'Noto Sans Arabic','Geeza Pro',"
"sans-serif;line-height:1.4;overflow-wrap:anywhere}"
":lang(ar),:lang(fa),:lang(ur){line-height:1.6}"
":lang(zh){font-family:system-ui,-apple-system,'PingFang SC',"
"'Hiragino Sans GB','Microsoft YaHei','Noto Sans CJK SC','Noto Sans SC',"
"sans-serif}"
"h1,h2,p,ul{margin:0 0 .5rem;text-wrap:pretty}"
"h1{font-size:2.1rem;line-height:1.25;color:var(--blue);"
"text-wrap:balance}"
"h2{font-size:1.15rem}"
"a{color:inherit}"
"aside{margin-block-end:.75rem}"
".call{font-size:3.2rem;line-height:1.2;font-weight:800;"
"color:var(--blue)}"
"header{border-block-end:.4rem solid var(--blue);padding-block-end:.5rem}"
".summary{font-size:1.2rem}"
".facts{list-style:none;padding:0;font-size:1.2rem;font-weight:700}"
".way{display:grid;grid-template-columns:78mm minmax(0,1fr);gap:3mm;"
"align-items:center;margin-block:1mm}"
".way svg{display:block;width:100%;background:#fff}"
".scan{font-size:1.35rem}"
".address{font-size:1.5rem;line-height:1.35;font-weight:700;margin:0}"
".address bdi{font-family:ui-monospace,'Segoe UI Mono','Noto Sans Mono',"
"Menlo,Consolas,monospace;letter-spacing:-.02em}"
".help{border-inline-start:.4rem solid var(--warm);"
"padding-inline-start:1rem;margin-block-end:5mm}"
".help a[href^=http]::after{content:attr(href);font-weight:700;"
"margin-inline:.3em;"
"unicode-bidi:isolate;direction:ltr}"
".help :last-child,footer :last-child{margin-block-end:0}"
"@media (max-width:34rem){.way{grid-template-columns:minmax(0,1fr)}"
".call{font-size:2.2rem}h1{font-size:1.6rem}}"
"@page{size:A4;margin:12mm}"
"@media print{body{padding:0;max-width:none}"
"section,footer{break-inside:avoid}}";
/* clang-format on */

static void put_policy(struct render_pen *p)
{
	char own[45], draft[45];

	p->page->digest->b64(poster_style, strlen(poster_style), own);
	copl_strbuf_printf(p->out,
	    "<meta http-equiv=\"Content-Security-Policy\" "
	    "content=\"default-src 'none'; style-src 'sha256-%s'",
	    own);
	if (p->draft) {
		p->page->digest->b64(
		    render_draft_style, strlen(render_draft_style), draft);
		copl_strbuf_printf(p->out, " 'sha256-%s'", draft);
	}
	render_put(p, "; img-src data:; base-uri 'none'; "
		      "form-action 'none'\">\n");
}

static void put_head(struct render_pen *p)
{
	render_head_open(p, p->page->lang);
	render_draft_title(p);
	p->plain = true;
	render_words(p, "poster_call", NULL, 0);
	p->plain = false;
	render_put(p, " – ");
	render_plain(p, p->page->form->title);
	render_put(p, "</title>\n");
	put_policy(p);
	render_put(p, "<meta name=\"viewport\" content=\"width=device-width, "
		      "initial-scale=1\">\n"
		      "<meta name=\"referrer\" content=\"no-referrer\">\n"
		      "<link rel=\"icon\" href=\"data:,\">\n"
		      "<style>");
	render_put(p, poster_style);
	render_put(p, "</style>\n");
	if (p->draft) {
		render_put(p, "<style>");
		render_put(p, render_draft_style);
		render_put(p, "</style>\n");
	}
	render_put(p, "</head>\n<body>\n");
}

static void put_top(struct render_pen *p)
{
	render_put(p, "<header>\n<p class=\"call\">");
	render_words(p, "poster_call", NULL, 0);
	render_put(p, "</p>\n");
	render_title(p);
	render_facts(p);
	render_put(p, "</header>\n");
}

/* It may break behind a slash, where nobody takes the break for a letter. */
static void put_address(struct render_pen *p, const char *address)
{
	const char *start = strstr(address, "//");

	start = start == NULL ? address : start + 2;
	render_put(p, "<p class=\"address\"><bdi dir=\"ltr\">");
	copl_xml_put_text(p->out, address, (size_t)(start - address));
	while (*start != '\0') {
		size_t n = strcspn(start, "/");

		n += start[n] == '/' ? 1 : 0;
		copl_xml_put_text(p->out, start, n);
		start += n;
		render_put(p, *start != '\0' ? "<wbr>" : "");
	}
	render_put(p, "</bdi></p>\n");
}

static enum copl_status put_way(struct render_pen *p, const char *address)
{
	enum copl_status st;

	render_put(p, "<div class=\"way\">\n");
	st = render_code(p, address);
	render_put(p, "<div>\n<p class=\"scan\">");
	render_words(p, "poster_scan", NULL, 0);
	render_put(p, "</p>\n");
	put_address(p, address);
	render_put(p, "</div>\n</div>\n");
	return st;
}

enum copl_status copl_render_poster(
    const struct copl_page *page, const char *address, struct copl_strbuf *out)
{
	struct render_pen p = {.out = out,
	    .page = page,
	    .words = page->words,
	    .draft = page->draft};
	enum copl_status st;

	p.rtl = strcmp(copl_locale_dir(page->lang), "rtl") == 0;
	put_head(&p);
	render_draft_banner(&p);
	put_top(&p);
	render_put(&p, "<main>\n");
	st = put_way(&p, address);
	render_block(&p, "help", "help_title", page->form->help);
	render_put(&p, "</main>\n");
	render_contact(&p);
	render_put(&p, "</body>\n</html>\n");
	return st == COPL_OK ? out->st : st;
}
