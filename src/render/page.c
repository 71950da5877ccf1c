/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "render/render_priv.h"

#define STYLE_MAX ((size_t)1 << 20)

/* ---- head ---- */

/* The style sheet that only this form needs. */
static void put_own_style(struct render_pen *p)
{
	render_check_style(p);
	render_put(p, "@supports selector(:has(*)){@media screen{");
	render_skip_style(p);
	render_check_has_style(p);
	if (render_can_send(p->page->responses))
		render_todo_style(p);
	render_put(p, "}}");
}

static void put_head(struct render_pen *p)
{
	struct copl_strbuf style = COPL_STRBUF_INIT(STYLE_MAX);
	struct render_pen aside = *p;

	render_head_open(p, p->page->lang);
	render_draft_title(p);
	render_plain(p, p->page->form->title);
	aside.out = &style;
	put_own_style(&aside);
	if (style.st != COPL_OK && p->out->st == COPL_OK)
		p->out->st = style.st;
	render_head_close(
	    p, p->page->digest, copl_strbuf_text(&style), p->page->responses);
	copl_strbuf_clear(&style);
}

/* ---- before the first question ---- */

static void put_skip_link(struct render_pen *p)
{
	render_put(p, "<a class=\"skip\" href=\"#questions\">");
	render_words(p, "skip_link", NULL, 0);
	render_put(p, "</a>\n");
}

void render_about_languages(struct render_pen *p)
{
	const struct copl_form *f = p->page->form;
	const xmlNode *root = xmlDocGetRootElement(f->xml->doc);

	/* The form itself names a language, not only the one it was written
	 * in. */
	if (xmlHasProp(root, (const xmlChar *)"prevails") != NULL) {
		render_put(p, "<p class=\"prevails\">");
		render_words_language(p, "prevails", f->prevails);
		render_put(p, "</p>\n");
	}
	if (p->page->fallback != NULL) {
		render_put(p, "<p class=\"prevails\">");
		render_words_language(p, "fallback_note", p->page->fallback);
		render_put(p, "</p>\n");
	}
}

/* ---- the form ---- */

static void put_hidden(
    struct render_pen *p, const char *name, const char *value)
{
	if (value == NULL)
		return;
	copl_strbuf_printf(p->out, "<input type=\"hidden\" name=\"%s\"", name);
	render_attr(p, "value", value);
	render_put(p, ">\n");
}

void render_section_head(
    struct render_pen *p, const struct copl_section *s, size_t number)
{
	copl_strbuf_printf(p->out,
	    "<section class=\"part\" id=\"s-%s\" aria-labelledby=\"t-%s\">\n"
	    "<p class=\"progress\"",
	    s->id, s->id);
	/* Paper falls apart: each part of it says so. */
	if (p->draft)
		render_attr(p, "data-draft",
		    copl_interface_text(p->words, "draft_title"));
	render_put(p, ">");
	render_words_numbers(p, "progress", "number", (long)number, "total",
	    (long)p->page->form->nsections);
	copl_strbuf_printf(p->out, "</p>\n<h2 id=\"t-%s\">", s->id);
	render_inline(p, s->title);
	render_put(p, "</h2>\n");
	render_skip_words(p, s->when);
	if (s->intro != NULL) {
		render_put(p, "<div class=\"intro\">\n");
		render_flow(p, s->intro);
		render_put(p, "</div>\n");
	}
}

static void put_section(
    struct render_pen *p, const struct copl_section *s, size_t number)
{
	size_t i;

	if (render_never(p, s->when))
		return;
	render_section_head(p, s, number);
	for (i = 0; i < s->nitems; i++)
		render_question(p, s, &s->items[i]);
	render_put(p, "</section>\n");
}

/* Who has filled in a long form by mistake reads it before sending. */
static void put_draft_again(struct render_pen *p)
{
	if (!p->draft)
		return;
	render_put(p, "<p><strong>");
	render_words(p, "draft_text", NULL, 0);
	render_put(p, "</strong></p>\n");
}

void render_sending(struct render_pen *p)
{
	render_put(p, "<div class=\"block end\">\n");
	put_draft_again(p);
	if (render_can_send(p->page->responses)) {
		render_put(p, "<p>");
		render_words(p, "send_once", NULL, 0);
		render_put(p, "</p>\n");
		render_todo(p);
		render_put(p, "<p><button type=\"submit\">");
		render_words(p, "send", NULL, 0);
		render_put(p, "</button></p>\n");
	} else {
		render_heading(p, "sending-title", "no_sending_title");
		render_put(p, "<p>");
		render_words(p, "no_sending", NULL, 0);
		render_put(p, "</p>\n");
	}
	render_put(p, "</div>\n");
}

static void put_form(struct render_pen *p)
{
	const struct copl_page *page = p->page;
	size_t i;

	render_put(p, "<form id=\"questions\" tabindex=\"-1\" novalidate "
		      "autocomplete=\"off\"");
	if (render_can_send(page->responses)) {
		render_put(p, " method=\"post\" accept-charset=\"utf-8\"");
		render_attr(p, "action", page->responses);
	}
	render_put(p, ">\n");
	put_hidden(p, "_form", page->form->id);
	put_hidden(p, "_version", page->form->version);
	put_hidden(p, "_lang", page->lang);
	put_hidden(p, "_recipient", page->recipient);
	put_hidden(p, "_draft", page->draft ? "yes" : NULL);
	render_slot(p, "token");
	for (i = 0; i < page->form->nsections; i++)
		put_section(p, &page->form->sections[i], i + 1);
	render_sending(p);
	render_put(p, "</form>\n");
}

void render_page(struct render_pen *p)
{
	const struct copl_page *page = p->page;

	put_head(p);
	put_skip_link(p);
	render_draft_banner(p);
	render_slot(p, "told");
	render_header(p, true);
	render_put(p, "<main>\n");
	render_block(p, "privacy", "privacy_title", page->form->privacy);
	render_block(p, "help", "help_title", page->form->help);
	render_about_languages(p);
	put_form(p);
	/* Before the answers are sent nobody should think that they are. */
	if (!render_can_send(page->responses))
		render_block(p, "thanks", "end_of_form", page->form->thanks);
	render_put(p, "</main>\n");
	render_contact(p);
	render_put(p, "</body>\n</html>\n");
}

enum copl_status copl_render_html(
    const struct copl_page *page, struct copl_strbuf *out)
{
	struct render_pen p = {.out = out,
	    .page = page,
	    .words = page->words,
	    .draft = page->draft};

	p.rtl = strcmp(copl_locale_dir(page->lang), "rtl") == 0;
	render_page(&p);
	return out->st;
}
