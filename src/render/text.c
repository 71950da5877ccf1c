/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include "render/render_priv.h"

void render_put(struct render_pen *p, const char *markup)
{
	copl_strbuf_puts(p->out, markup);
}

void render_text(struct render_pen *p, const char *text)
{
	copl_xml_put_text(p->out, text, strlen(text));
}

void render_attr(struct render_pen *p, const char *name, const char *value)
{
	render_put(p, " ");
	render_put(p, name);
	render_put(p, "=\"");
	copl_xml_put_attr(p->out, value);
	render_put(p, "\"");
}

void render_lang(struct render_pen *p, const char *lang)
{
	render_attr(p, "lang", lang);
	render_attr(p, "dir", copl_locale_dir(lang));
}

void render_autonym(struct render_pen *p, const char *lang)
{
	struct copl_strbuf name = COPL_STRBUF_INIT(1024);
	enum copl_status st = copl_locale_autonym(lang, &name);

	if (st == COPL_OK)
		render_text(p, copl_strbuf_text(&name));
	else if (st == COPL_E_NOMEM && p->out->st == COPL_OK)
		p->out->st = st;
	else
		render_text(p, lang);
	copl_strbuf_clear(&name);
}

/* ---- values of placeholders ---- */

static const char *param_value(
    const struct copl_page *page, const char *name, size_t len)
{
	const struct copl_form_param *declared;
	size_t i;

	if (page == NULL)
		return NULL;
	for (i = 0; i < page->nparams; i++)
		if (strlen(page->params[i].name) == len &&
		    memcmp(page->params[i].name, name, len) == 0)
			return page->params[i].value;
	declared = copl_form_param(page->form, name, len);
	return declared == NULL ? NULL : declared->value;
}

/* An address that a mail program will take, as far as we can tell. */
static bool is_email(
    const struct render_pen *p, const char *name, size_t len, const char *value)
{
	const struct copl_form_param *declared;

	if (p->in_link || p->page == NULL)
		return false;
	declared = copl_form_param(p->page->form, name, len);
	return declared != NULL && declared->type == COPL_PARAM_EMAIL &&
	       strchr(value, '@') != NULL && strpbrk(value, " ?&%\"<>") == NULL;
}

/* A value stands apart from the direction of the text around it. */
static void put_value(
    struct render_pen *p, const char *name, size_t len, const char *value)
{
	bool email = !p->plain && is_email(p, name, len, value);

	if (p->plain) {
		render_text(p, value);
		return;
	}
	if (email) {
		render_put(p, "<a href=\"mailto:");
		copl_xml_put_attr(p->out, value);
		render_put(p, "\">");
	}
	render_put(p, "<bdi>");
	render_text(p, value);
	render_put(p, email ? "</bdi></a>" : "</bdi>");
}

static const struct render_arg *find_arg(
    const struct render_arg *args, size_t nargs, const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < nargs; i++)
		if (strlen(args[i].name) == len &&
		    memcmp(args[i].name, name, len) == 0)
			return &args[i];
	return NULL;
}

/* One placeholder; false when nothing gives it a value. */
static bool put_placeholder(struct render_pen *p, const char *name, size_t len,
    const struct render_arg *args, size_t nargs)
{
	const struct render_arg *arg = find_arg(args, nargs, name, len);
	const char *value;

	if (arg != NULL && arg->html != NULL) {
		render_put(p, p->plain ? "" : "<bdi>");
		copl_strbuf_add(
		    p->out, copl_strbuf_text(arg->html), arg->html->len);
		render_put(p, p->plain ? "" : "</bdi>");
		return true;
	}
	value = arg != NULL ? arg->text : param_value(p->page, name, len);
	if (value == NULL)
		return false;
	put_value(p, name, len, value);
	return true;
}

/* Text with {placeholders}; "{{" and "}}" are braces. */
static void put_text(struct render_pen *p, const char *s,
    const struct render_arg *args, size_t nargs)
{
	while (*s != '\0') {
		size_t run = strcspn(s, "{}"), len = 0;
		const char *name;

		copl_xml_put_text(p->out, s, run);
		s += run;
		if (*s == '\0')
			return;
		name = copl_placeholder(s, &len);
		if (s[1] == s[0]) {
			copl_strbuf_add(p->out, s, 1);
			s += 2;
		} else if (name != NULL &&
			   put_placeholder(p, name, len, args, nargs)) {
			s += len + 2;
		} else {
			copl_strbuf_add(p->out, s, 1);
			s++;
		}
	}
}

/* ---- texts of a form ---- */

static void put_children(struct render_pen *p, const xmlNode *n, int depth);

bool render_is_address(const char *href)
{
	static const char *const schemes[] = {
	    "https://", "http://", "mailto:", "tel:"};
	size_t i;

	for (i = 0; i < COPL_COUNT(schemes); i++)
		if (strncmp(href, schemes[i], strlen(schemes[i])) == 0)
			return true;
	return false;
}

/* Nothing is copied, so nothing can run out. */
const char *render_link_id(const xmlNode *n)
{
	const xmlAttr *to = xmlHasProp(n, (const xmlChar *)"to");

	if (to == NULL || to->children == NULL)
		return NULL;
	return (const char *)to->children->content;
}

static const char *link_target(const struct render_pen *p, const xmlNode *n)
{
	const struct copl_form_link *link = NULL;
	const char *id = render_link_id(n), *href;

	if (p->page != NULL && id != NULL)
		link = copl_form_link(p->page->form, id);
	if (link == NULL)
		return NULL;
	href = link->helpline && p->page->helpline != NULL ? p->page->helpline
							   : link->href;
	return render_is_address(href) ? href : NULL;
}

static void put_link(struct render_pen *p, const xmlNode *n, int depth)
{
	const char *href = p->in_link ? NULL : link_target(p, n);
	bool was = p->in_link;

	if (href == NULL) {
		put_children(p, n, depth);
		return;
	}
	render_put(p, "<a");
	render_attr(p, "href", href);
	render_put(p, " rel=\"noreferrer\">");
	p->in_link = true;
	put_children(p, n, depth);
	p->in_link = was;
	render_put(p, "</a>");
}

static void put_element(struct render_pen *p, const xmlNode *n, int depth)
{
	static const char *const tags[][2] = {
	    {"strong", "strong"}, {"em", "em"}, {"term", "dfn"}};
	const char *tag = NULL;
	size_t i;

	if (!p->plain && copl_xml_is(n, COPL_FORM_NS, "a")) {
		put_link(p, n, depth);
		return;
	}
	for (i = 0; i < COPL_COUNT(tags); i++)
		if (copl_xml_is(n, COPL_FORM_NS, tags[i][0]))
			tag = tags[i][1];
	if (p->plain || tag == NULL) {
		put_children(p, n, depth);
		return;
	}
	copl_strbuf_printf(p->out, "<%s>", tag);
	put_children(p, n, depth);
	copl_strbuf_printf(p->out, "</%s>", tag);
}

static void put_children(struct render_pen *p, const xmlNode *n, int depth)
{
	const xmlNode *c;

	if (depth >= RENDER_INLINE_DEPTH) {
		if (p->out->st == COPL_OK)
			p->out->st = COPL_E_LIMIT;
		return;
	}
	for (c = n->children; c != NULL; c = c->next) {
		if (c->type == XML_ELEMENT_NODE)
			put_element(p, c, depth + 1);
		else if (c->content != NULL &&
			 (c->type == XML_TEXT_NODE ||
			     c->type == XML_CDATA_SECTION_NODE))
			put_text(p, (const char *)c->content, NULL, 0);
	}
}

/* A text that fell back to its source says so itself; NULL: it has not. */
static const char *foreign_lang(const struct render_pen *p, const xmlNode *text)
{
	const xmlAttr *lang;

	if (p->plain || p->page == NULL)
		return NULL;
	lang = xmlHasNsProp(text, (const xmlChar *)"lang", XML_XML_NAMESPACE);
	if (lang == NULL || lang->children == NULL ||
	    xmlStrEqual(
		lang->children->content, (const xmlChar *)p->page->lang))
		return NULL;
	return (const char *)lang->children->content;
}

static void mark(
    struct render_pen *p, const xmlNode *text, const char *words, bool end)
{
	const struct copl_text_marker *m =
	    p->page == NULL || p->plain ? NULL : p->page->mark;

	if (m != NULL)
		m->put(m->arg, p->out, text, words, end);
}

void render_inline(struct render_pen *p, const xmlNode *text)
{
	const xmlNode *element = text;
	const char *lang;

	if (text == NULL)
		return;
	mark(p, element, NULL, false);
	lang = foreign_lang(p, text);
	if (lang != NULL) {
		render_put(p, "<span");
		render_lang(p, lang);
		render_put(p, ">");
	}
	if (p->page != NULL)
		text =
		    copl_form_text(p->page->form, text, p->page->guardian_age);
	if (text != NULL)
		put_children(p, text, 0);
	render_put(p, lang != NULL ? "</span>" : "");
	mark(p, element, NULL, true);
}

void render_plain(struct render_pen *p, const xmlNode *text)
{
	bool was = p->plain;

	p->plain = true;
	render_inline(p, text);
	p->plain = was;
}

static void put_bullets(struct render_pen *p, const xmlNode *bullets)
{
	const xmlNode *n;

	render_put(p, "<ul>\n");
	for (n = copl_xml_first(bullets); n != NULL; n = copl_xml_next(n)) {
		render_put(p, "<li>");
		render_inline(p, n);
		render_put(p, "</li>\n");
	}
	render_put(p, "</ul>\n");
}

void render_flow(struct render_pen *p, const xmlNode *flow)
{
	const xmlNode *n;

	n = flow == NULL ? NULL : copl_xml_first(flow);
	for (; n != NULL; n = copl_xml_next(n)) {
		if (copl_xml_is(n, COPL_FORM_NS, "bullets")) {
			put_bullets(p, n);
		} else if (copl_xml_is(n, COPL_FORM_NS, "p")) {
			render_put(p, "<p>");
			render_inline(p, n);
			render_put(p, "</p>\n");
		}
	}
}

/* ---- texts of the interface ---- */

void render_words(struct render_pen *p, const char *id,
    const struct render_arg *args, size_t nargs)
{
	const char *count = render_count(p->words, id);
	const struct render_arg *arg =
	    count == NULL ? NULL : find_arg(args, nargs, count, strlen(count));
	const char *text = copl_interface_text(p->words, id);
	uint64_t n;

	if (arg != NULL && arg->text != NULL &&
	    copl_number_parse(arg->text, INT32_MAX, &n))
		text = render_form_for(p->words, id, (unsigned long)n);
	mark(p, NULL, id, false);
	put_text(p, text, args, nargs);
	mark(p, NULL, id, true);
}

void render_words_number(
    struct render_pen *p, const char *id, const char *name, long value)
{
	char text[24];
	struct render_arg arg = {name, text, NULL};

	snprintf(text, sizeof(text), "%ld", value);
	render_words(p, id, &arg, 1);
}

void render_words_numbers(struct render_pen *p, const char *id,
    const char *name1, long value1, const char *name2, long value2)
{
	char text1[24], text2[24];
	struct render_arg args[] = {{name1, text1, NULL}, {name2, text2, NULL}};

	snprintf(text1, sizeof(text1), "%ld", value1);
	snprintf(text2, sizeof(text2), "%ld", value2);
	render_words(p, id, args, COPL_COUNT(args));
}

void render_words_language(
    struct render_pen *p, const char *id, const char *lang)
{
	struct copl_strbuf name = COPL_STRBUF_INIT(1024);
	const struct render_arg arg = {"language", NULL, &name};
	struct render_pen aside = *p;

	aside.out = &name;
	render_put(&aside, "<span");
	render_lang(&aside, lang);
	render_put(&aside, ">");
	render_autonym(&aside, lang);
	render_put(&aside, "</span>");
	if (name.st != COPL_OK && p->out->st == COPL_OK)
		p->out->st = name.st;
	render_words(p, id, &arg, 1);
	copl_strbuf_clear(&name);
}
