/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "render/render_priv.h"

#define STYLE_MAX ((size_t)1 << 20)

static void heading(struct render_pen *p, const char *id, const char *words)
{
	copl_strbuf_printf(p->out, "<h2 id=\"%s\">", id);
	render_words(p, words, NULL, 0);
	render_put(p, "</h2>\n");
}

/* ---- head ---- */

/* The style sheet that only this form needs. */
static void put_own_style(struct render_pen *p)
{
	render_check_style(p);
	render_put(p, "@supports selector(:has(*)){@media screen{\n");
	render_skip_style(p);
	render_check_has_style(p);
	if (render_can_send(p->page->responses))
		render_todo_style(p);
	render_put(p, "}}\n");
}

static void put_head(struct render_pen *p)
{
	struct copl_strbuf style = COPL_STRBUF_INIT(STYLE_MAX);
	struct render_pen aside = *p;

	render_head_open(p, p->page->lang);
	render_plain(p, p->page->form->title);
	aside.out = &style;
	put_own_style(&aside);
	if (style.st != COPL_OK && p->out->st == COPL_OK)
		p->out->st = style.st;
	render_head_close(
	    p, p->page->digest, copl_strbuf_text(&style), p->page->responses);
	copl_strbuf_clear(&style);
}

/* ---- languages ---- */

static void put_language(
    struct render_pen *p, const char *lang, const char *href)
{
	bool here = strcmp(lang, p->page->lang) == 0;

	render_put(p, "<li>");
	if (here || href == NULL) {
		render_put(p, "<span aria-current=\"true\"");
		render_lang(p, lang);
	} else {
		render_put(p, "<a rel=\"alternate\"");
		render_attr(p, "href", href);
		render_attr(p, "hreflang", lang);
		render_lang(p, lang);
	}
	render_put(p, ">");
	render_autonym(p, lang);
	render_put(p, here || href == NULL ? "</span></li>\n" : "</a></li>\n");
}

static void put_languages(struct render_pen *p)
{
	const struct copl_page *page = p->page;
	bool listed = false;
	size_t i;

	if (page->nalternates == 0)
		return;
	for (i = 0; i < page->nalternates; i++)
		if (strcmp(page->alternates[i].lang, page->lang) == 0)
			listed = true;
	render_put(p, "<nav class=\"languages\" aria-label=\"");
	copl_xml_put_attr(
	    p->out, copl_interface_text(p->words, "other_languages"));
	render_put(p, "\">\n<ul>\n");
	if (!listed)
		put_language(p, page->lang, NULL);
	for (i = 0; i < page->nalternates; i++)
		put_language(
		    p, page->alternates[i].lang, page->alternates[i].href);
	render_put(p, "</ul>\n</nav>\n");
}

/* ---- header ---- */

static const char *page_param(const struct copl_page *page, const char *name)
{
	size_t i;

	for (i = 0; i < page->nparams; i++)
		if (strcmp(page->params[i].name, name) == 0)
			return page->params[i].value;
	return NULL;
}

static void put_ages(struct render_pen *p)
{
	const struct copl_form *f = p->page->form;

	if (f->min_age < 0)
		return;
	render_put(p, "<li>");
	if (f->max_age >= 0)
		render_words_numbers(
		    p, "ages", "min", f->min_age, "max", f->max_age);
	else
		render_words_number(p, "ages_from", "min", f->min_age);
	render_put(p, "</li>\n");
}

static void put_date(struct render_pen *p, const char *words, const char *param)
{
	const struct render_arg date = {
	    "date", page_param(p->page, param), NULL};

	if (date.text == NULL)
		return;
	render_put(p, "<li>");
	render_words(p, words, &date, 1);
	render_put(p, "</li>\n");
}

static void put_header(struct render_pen *p)
{
	const struct copl_form *f = p->page->form;

	render_put(p, "<a class=\"skip\" href=\"#questions\">");
	render_words(p, "skip_link", NULL, 0);
	render_put(p, "</a>\n<header>\n<div>\n");
	put_languages(p);
	render_put(p, "<h1>");
	render_inline(p, f->title);
	render_put(p, "</h1>\n");
	if (f->summary != NULL) {
		render_put(p, "<p class=\"summary\">");
		render_inline(p, f->summary);
		render_put(p, "</p>\n");
	}
	render_put(p, "<ul class=\"facts\">\n");
	put_ages(p);
	if (f->opens != NULL)
		put_date(p, "open_from", "opens");
	put_date(p, "open_until", "closes");
	render_put(p, "</ul>\n</div>\n</header>\n");
}

/* ---- before the first question ---- */

/* The form itself names a language, not only the one it was written in. */
static void put_prevails(struct render_pen *p)
{
	const struct copl_form *f = p->page->form;
	struct copl_strbuf name = COPL_STRBUF_INIT(1024);
	const struct render_arg arg = {"language", NULL, &name};
	struct render_pen aside = *p;
	const xmlNode *root = xmlDocGetRootElement(f->xml->doc);

	if (xmlHasProp(root, (const xmlChar *)"prevails") == NULL)
		return;
	aside.out = &name;
	render_put(&aside, "<span");
	render_lang(&aside, f->prevails);
	render_put(&aside, ">");
	render_autonym(&aside, f->prevails);
	render_put(&aside, "</span>");
	if (name.st != COPL_OK && p->out->st == COPL_OK)
		p->out->st = name.st;
	render_put(p, "<p class=\"prevails\">");
	render_words(p, "prevails", &arg, 1);
	render_put(p, "</p>\n");
	copl_strbuf_clear(&name);
}

static void put_block(struct render_pen *p, const char *id, const char *words,
    const xmlNode *flow)
{
	if (flow == NULL)
		return;
	copl_strbuf_printf(p->out,
	    "<section class=\"block %s\" id=\"%s\" "
	    "aria-labelledby=\"%s-title\">\n<h2 id=\"%s-title\">",
	    id, id, id, id);
	render_words(p, words, NULL, 0);
	render_put(p, "</h2>\n");
	render_flow(p, flow);
	render_put(p, "</section>\n");
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

static bool is_sensitive(const struct copl_section *s)
{
	size_t i;

	for (i = 0; i < s->nitems; i++)
		if (s->items[i].sensitive)
			return true;
	return false;
}

static void put_section(
    struct render_pen *p, const struct copl_section *s, size_t number)
{
	size_t i;

	if (render_never(p, s->when))
		return;
	copl_strbuf_printf(p->out,
	    "<section class=\"part\" id=\"s-%s\" aria-labelledby=\"t-%s\">\n"
	    "<p class=\"progress\">",
	    s->id, s->id);
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
	for (i = 0; i < s->nitems; i++)
		render_question(p, s, &s->items[i]);
	/* Who has just thought of something bad must not look for help. */
	if (p->page->form->help != NULL && is_sensitive(s)) {
		render_put(p, "<p class=\"to-help\"><a href=\"#help\">");
		render_words(p, "help_title", NULL, 0);
		render_put(p, "</a></p>\n");
	}
	render_put(p, "</section>\n");
}

static void put_sending(struct render_pen *p)
{
	render_put(p, "<div class=\"block end\">\n");
	if (render_can_send(p->page->responses)) {
		render_put(p, "<p>");
		render_words(p, "send_once", NULL, 0);
		render_put(p, "</p>\n");
		render_todo(p);
		render_put(p, "<p><button type=\"submit\">");
		render_words(p, "send", NULL, 0);
		render_put(p, "</button></p>\n");
	} else {
		heading(p, "sending-title", "no_sending_title");
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
	for (i = 0; i < page->form->nsections; i++)
		put_section(p, &page->form->sections[i], i + 1);
	put_sending(p);
	render_put(p, "</form>\n");
}

/* ---- the end ---- */

static void put_contact(struct render_pen *p)
{
	if (p->page->form->contact == NULL)
		return;
	render_put(p, "<footer>\n<div>\n");
	heading(p, "contact-title", "contact_title");
	render_put(p, "<p>");
	render_inline(p, p->page->form->contact);
	render_put(p, "</p>\n</div>\n</footer>\n");
}

enum copl_status copl_render_html(
    const struct copl_page *page, struct copl_strbuf *out)
{
	struct render_pen p = {.out = out, .page = page, .words = page->words};

	p.rtl = strcmp(copl_locale_dir(page->lang), "rtl") == 0;
	put_head(&p);
	put_header(&p);
	render_put(&p, "<main>\n");
	put_block(&p, "privacy", "privacy_title", page->form->privacy);
	put_block(&p, "help", "help_title", page->form->help);
	put_prevails(&p);
	put_form(&p);
	put_block(&p, "thanks", "end_of_form", page->form->thanks);
	render_put(&p, "</main>\n");
	put_contact(&p);
	render_put(&p, "</body>\n</html>\n");
	return out->st;
}
