/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What stands around the content of every page of a form. */
#include "config.h"
#include <string.h>
#include "render/render_priv.h"

void render_heading(struct render_pen *p, const char *id, const char *words)
{
	copl_strbuf_printf(p->out, "<h2 id=\"%s\">", id);
	render_words(p, words, NULL, 0);
	render_put(p, "</h2>\n");
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
		render_put(p, " href=\"");
		render_slot(p, "link");
		copl_xml_put_attr(p->out, href);
		render_put(p, "\"");
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

void render_words_date(
    struct render_pen *p, const char *words, const char *param)
{
	const struct render_arg date = {
	    "date", page_param(p->page, param), NULL};

	if (date.text != NULL)
		render_words(p, words, &date, 1);
}

static void put_date(struct render_pen *p, const char *words, const char *param)
{
	if (page_param(p->page, param) == NULL)
		return;
	render_put(p, "<li>");
	render_words_date(p, words, param);
	render_put(p, "</li>\n");
}

void render_facts(struct render_pen *p)
{
	render_put(p, "<ul class=\"facts\">\n");
	put_ages(p);
	if (p->page->form->opens != NULL)
		put_date(p, "open_from", "opens");
	put_date(p, "open_until", "closes");
	render_put(p, "</ul>\n");
}

void render_title(struct render_pen *p)
{
	const struct copl_form *f = p->page->form;

	render_put(p, "<h1>");
	render_inline(p, f->title);
	render_put(p, "</h1>\n");
	if (f->summary != NULL) {
		render_put(p, "<p class=\"summary\">");
		render_inline(p, f->summary);
		render_put(p, "</p>\n");
	}
}

void render_header(struct render_pen *p, bool facts)
{
	render_put(p, "<header>\n<div>\n");
	put_languages(p);
	render_title(p);
	if (facts)
		render_facts(p);
	render_put(p, "</div>\n</header>\n");
}

void render_block(struct render_pen *p, const char *id, const char *words,
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

void render_contact(struct render_pen *p)
{
	if (p->page->form->contact == NULL)
		return;
	render_put(p, "<footer>\n<div>\n");
	render_heading(p, "contact-title", "contact_title");
	render_put(p, "<p>");
	render_inline(p, p->page->form->contact);
	render_put(p, "</p>\n</div>\n</footer>\n");
}

/*
 * Who has just thought of something bad must not look for help, and who
 * writes of it must not wait for an answer.
 */
void render_help_here(struct render_pen *p, const char *words)
{
	if (p->page->form->help == NULL)
		return;
	render_put(p, "<div class=\"help-here\" role=\"note\">\n<p><strong>");
	render_words(p, words, NULL, 0);
	render_put(p, "</strong></p>\n");
	render_flow(p, p->page->form->help);
	render_put(p, "</div>\n");
}
