/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef HELP_ODK_H
#define HELP_ODK_H

/* ODK forms made from samples, and what a client would do with them. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include "render/render.h"
#include "help_render.h"

#define FORM_MAX ((size_t)4 << 20)
#define LANGUAGES_MAX 2
#define CX(s) ((const xmlChar *)(s))

struct kit {
	struct copl_reporter r;
	struct copl_sink sink;
	char codes[4096]; /* of the findings, each with a blank */
	char said[8192]; /* "line: text\n" of each */
	struct copl_xml *xml[LANGUAGES_MAX];
	struct copl_form *forms[LANGUAGES_MAX];
	struct copl_interface *words[LANGUAGES_MAX];
	struct copl_odk_language languages[LANGUAGES_MAX];
	struct copl_odk odk;
	struct copl_strbuf out;
	xmlDoc *doc; /* the form as XML */
	xmlDoc *data; /* its primary instance, in no namespace */
};

static const struct copl_param_value params[] = {{"office", "ITU Office A & B"},
    {"contact", "cop_team@example.org"}, {"opens", "11 January 2027"},
    {"closes", "31 March 2027"}, {"guardian_age", "16"}};

static void keep_diag(void *arg, const struct copl_diag *d)
{
	struct kit *k = arg;
	size_t used = strlen(k->codes), said = strlen(k->said);

	if (d->severity != COPL_ERROR)
		return;
	snprintf(k->codes + used, sizeof(k->codes) - used, "%s ", d->code);
	snprintf(k->said + said, sizeof(k->said) - said, "%zu:%zu: %s\n",
	    d->line, d->column, d->text);
}

static void kit_init(struct kit *k)
{
	memset(k, 0, sizeof(*k));
	k->sink.diag = keep_diag;
	k->sink.arg = k;
	k->out.max = FORM_MAX;
	k->odk.languages = k->languages;
	k->odk.guardian_age = 16;
	k->odk.recipient = "africa";
	copl_reporter_init(&k->r, &k->sink);
}

static void kit_free(struct kit *k)
{
	size_t i;

	(void)copl_reporter_end(&k->r, COPL_OK);
	copl_strbuf_clear(&k->out);
	for (i = 0; i < LANGUAGES_MAX; i++) {
		copl_interface_free(k->words[i]);
		copl_form_free(k->forms[i]);
		copl_xml_free(k->xml[i]);
	}
	xmlFreeDoc(k->data);
	xmlFreeDoc(k->doc);
}

/* The next language of the kit; its form has been parsed. */
static void add_language(struct kit *k, struct copl_xml *x, const char *words)
{
	size_t i = k->odk.nlanguages++;
	struct copl_xml *words_xml = NULL;

	k->xml[i] = x;
	if (copl_form_read(x, &k->r, &k->forms[i]) != COPL_OK) {
		(void)copl_reporter_end(&k->r, COPL_OK);
		fail_msg("the form is not good: %s", k->said);
	}
	assert_int_equal(copl_xml_load(path_of(words), COPL_XML_STRICT,
			     COPL_XML_MAX, &k->r, &words_xml),
	    COPL_OK);
	if (copl_interface_read(words_xml, &k->r, &k->words[i]) != COPL_OK) {
		(void)copl_reporter_end(&k->r, COPL_OK);
		fail_msg("the words are not good: %s", k->said);
	}
	copl_xml_free(words_xml);
	k->languages[i] = (struct copl_odk_language){.tag = k->forms[i]->lang,
	    .form = k->forms[i],
	    .words = k->words[i],
	    .params = params,
	    .nparams = COPL_COUNT(params)};
}

static inline void load(struct kit *k, const char *form, const char *words)
{
	struct copl_xml *x = NULL;

	assert_int_equal(copl_xml_load(path_of(form), COPL_XML_STRICT,
			     COPL_XML_MAX, &k->r, &x),
	    COPL_OK);
	add_language(k, x, words);
}

/* A form for grown-ups: these sections, and these choices before them. */
static inline void add_small(
    struct kit *k, const char *lang, const char *choices, const char *sections)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(FORM_MAX);
	struct copl_xml *x = NULL;

	copl_strbuf_printf(&b,
	    "<consultation xmlns='urn:cop-l10n:form:1' id='small' version='7' "
	    "xml:lang='%s'>\n<about>\n<title>Титул</title>\n"
	    "<closes at='2027-03-31T23:30:00+02:00'/>\n"
	    "<audience min-age='18'/>\n"
	    "<param name='office' type='text' example='A' note='Office'/>\n"
	    "<link id='web' href='https://example.org/a_b_c?x=1&amp;y=2'/>\n"
	    "<link id='bare' href='https://example.org/a%%20(b)'/>\n"
	    "<link id='call' href='tel:116111'/>\n"
	    "<privacy keep-until='2027-12-31'><p>P</p></privacy>\n"
	    "<help><p>隐私</p></help>\n</about>\n"
	    "%s\n%s\n<thanks><p>Спасибо</p></thanks>\n</consultation>\n",
	    lang, choices, sections);
	assert_int_equal(b.st, COPL_OK);
	assert_int_equal(
	    copl_xml_read(b.s, b.len, "small.xml", COPL_XML_STRICT, &k->r, &x),
	    COPL_OK);
	copl_strbuf_clear(&b);
	add_language(k, x,
	    strcmp(lang, "ar") == 0 ? "interface_ar.xml" : "interface_en.xml");
}

/* In one language and one section. */
static inline void small(struct kit *k, const char *items)
{
	char sections[8192];

	kit_init(k);
	snprintf(sections, sizeof(sections),
	    "<section id='main'><title>T</title>%s</section>", items);
	add_small(k, "en",
	    "<choices id='yn'><option value='yes'>Yes</option>"
	    "<option value='no'>No</option>"
	    "<option value='skip'>Skip</option></choices>",
	    sections);
}

static void no_namespace(xmlNode *n)
{
	for (; n != NULL; n = n->next) {
		n->ns = NULL;
		no_namespace(n->children);
	}
}

static xmlXPathContext *new_context(xmlDoc *doc)
{
	xmlXPathContext *c = xmlXPathNewContext(doc);

	assert_non_null(c);
	xmlXPathRegisterNs(c, CX("x"), CX("http://www.w3.org/2002/xforms"));
	xmlXPathRegisterNs(c, CX("h"), CX("http://www.w3.org/1999/xhtml"));
	xmlXPathRegisterNs(c, CX("jr"), CX("http://openrosa.org/javarosa"));
	return c;
}

/* The nodes of the form document that an expression finds. */
static xmlXPathObject *find(xmlDoc *doc, const char *expression)
{
	xmlXPathContext *c = new_context(doc);
	xmlXPathObject *o = xmlXPathEvalExpression(CX(expression), c);

	if (o == NULL)
		fail_msg("no XPath: %s", expression);
	xmlXPathFreeContext(c);
	return o;
}

static size_t number_of(xmlDoc *doc, const char *expression)
{
	xmlXPathObject *o = find(doc, expression);
	size_t n = o->nodesetval == NULL ? 0 : (size_t)o->nodesetval->nodeNr;

	xmlXPathFreeObject(o);
	return n;
}

static inline void render(struct kit *k)
{
	enum copl_status st = copl_render_odk(&k->odk, &k->r, &k->out);
	xmlXPathObject *o;
	xmlNode *data;

	if (st != COPL_OK) {
		(void)copl_reporter_end(&k->r, COPL_OK);
		fail_msg("status %d: %s", (int)st, k->said);
	}
	k->doc = xmlReadMemory(k->out.s, (int)k->out.len, NULL, NULL,
	    XML_PARSE_NONET | XML_PARSE_NOERROR);
	assert_non_null(k->doc);
	o = find(k->doc, "//x:instance[not(@id)]/*");
	assert_int_equal(o->nodesetval->nodeNr, 1);
	k->data = xmlNewDoc(CX("1.0"));
	data = xmlDocCopyNode(o->nodesetval->nodeTab[0], k->data, 1);
	xmlDocSetRootElement(k->data, data);
	no_namespace(data);
	xmlXPathFreeObject(o);
}

/* Renders what must be refused; the codes are in the kit. */
static inline void refuse(struct kit *k)
{
	assert_int_equal(
	    copl_render_odk(&k->odk, &k->r, &k->out), COPL_E_INVALID);
	assert_int_equal(copl_reporter_end(&k->r, COPL_OK), COPL_OK);
}

/* ---- the client: data, conditions, rules ---- */

/* An answer; NULL: none. */
static inline void answer(struct kit *k, const char *path, const char *value)
{
	xmlXPathObject *o = find(k->data, path);

	assert_true(o->nodesetval != NULL && o->nodesetval->nodeNr == 1);
	xmlNodeSetContent(
	    o->nodesetval->nodeTab[0], CX(value == NULL ? "" : value));
	xmlXPathFreeObject(o);
}

/* The values between blanks; *at: how many are this one. */
static double count_words(const char *list, const char *word, double *at)
{
	double n = 0;

	*at = 0;
	while (*list != '\0') {
		size_t len = strcspn(list, " ");

		if (len > 0) {
			n++;
			*at +=
			    strlen(word) == len && memcmp(list, word, len) == 0;
		}
		list += len + (list[len] == ' ');
	}
	return n;
}

static void xpath_selected(xmlXPathParserContext *ctxt, int nargs)
{
	xmlChar *word, *list;
	double n;

	CHECK_ARITY(2);
	word = xmlXPathPopString(ctxt);
	list = xmlXPathPopString(ctxt);
	count_words((const char *)list, (const char *)word, &n);
	xmlFree(word);
	xmlFree(list);
	xmlXPathReturnBoolean(ctxt, n > 0);
}

static void xpath_count_selected(xmlXPathParserContext *ctxt, int nargs)
{
	xmlChar *list;
	double none, n;

	CHECK_ARITY(1);
	list = xmlXPathPopString(ctxt);
	n = count_words((const char *)list, "", &none);
	xmlFree(list);
	xmlXPathReturnNumber(ctxt, n);
}

/* Days are numbers such as 20270115 here, as answers too. */
static void xpath_date(xmlXPathParserContext *ctxt, int nargs)
{
	int y = 0, m = 0, d = 0;
	xmlChar *s;

	CHECK_ARITY(1);
	s = xmlXPathPopString(ctxt);
	assert_int_equal(sscanf((const char *)s, "%d-%d-%d", &y, &m, &d), 3);
	xmlFree(s);
	xmlXPathReturnNumber(ctxt, y * 10000 + m * 100 + d);
}

static void xpath_today(xmlXPathParserContext *ctxt, int nargs)
{
	CHECK_ARITY(0);
	xmlXPathReturnNumber(ctxt, 20270115);
}

static inline bool evaluate(
    struct kit *k, const char *path, const char *expression)
{
	xmlXPathContext *c = new_context(k->data);
	xmlXPathObject *self = find(k->data, path), *o;
	bool result;

	assert_true(self->nodesetval != NULL && self->nodesetval->nodeNr == 1);
	c->node = self->nodesetval->nodeTab[0];
	xmlXPathRegisterFunc(c, CX("selected"), xpath_selected);
	xmlXPathRegisterFunc(c, CX("count-selected"), xpath_count_selected);
	xmlXPathRegisterFunc(c, CX("date"), xpath_date);
	xmlXPathRegisterFunc(c, CX("today"), xpath_today);
	o = xmlXPathEvalExpression(CX(expression), c);
	if (o == NULL)
		fail_msg("%s: no XPath: %s", path, expression);
	result = xmlXPathCastToBoolean(o);
	xmlXPathFreeObject(o);
	xmlXPathFreeObject(self);
	xmlXPathFreeContext(c);
	return result;
}

/* An attribute of the node's bind is true; when there is none: otherwise. */
static inline bool bind_says(
    struct kit *k, const char *path, const char *attr, bool otherwise)
{
	char expression[512];
	xmlXPathObject *o;
	bool result = otherwise;

	snprintf(expression, sizeof(expression), "//x:bind[@nodeset='%s']/@%s",
	    path, attr);
	o = find(k->doc, expression);
	if (o->nodesetval != NULL && o->nodesetval->nodeNr > 0) {
		xmlChar *s = xmlXPathCastToString(o);

		result = evaluate(k, path, (const char *)s);
		xmlFree(s);
	}
	xmlXPathFreeObject(o);
	return result;
}

/* It and all groups around it are relevant. */
static inline bool shown(struct kit *k, const char *path)
{
	char part[256];
	size_t i;

	for (i = 1; path[i - 1] != '\0'; i++) {
		if (path[i] != '/' && path[i] != '\0')
			continue;
		snprintf(part, sizeof(part), "%.*s", (int)i, path);
		if (!bind_says(k, part, "relevant", true))
			return false;
	}
	return true;
}

/* Does the question take this answer? */
static inline bool takes(struct kit *k, const char *path, const char *value)
{
	answer(k, path, value);
	return bind_says(k, path, "constraint", true);
}

static inline bool required(struct kit *k, const char *path)
{
	return bind_says(k, path, "required", false);
}

/* What a text is in the nth language, from 1 on; "" if there is none. */
static inline const char *text_of(struct kit *k, int language, const char *id)
{
	static char text[8192];
	char expression[512];
	xmlXPathObject *o;
	xmlChar *s;

	snprintf(expression, sizeof(expression),
	    "string(//x:translation[%d]/x:text[@id='%s']/x:value)", language,
	    id);
	o = find(k->doc, expression);
	s = xmlXPathCastToString(o);
	snprintf(text, sizeof(text), "%s", (const char *)s);
	xmlFree(s);
	xmlXPathFreeObject(o);
	return text;
}

static inline bool has_node(struct kit *k, const char *path)
{
	return number_of(k->data, path) == 1;
}

#endif
