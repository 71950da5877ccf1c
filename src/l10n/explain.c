/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Why a node is or is not translated. */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "l10n/l10n_priv.h"

#define TEXT_MAX ((size_t)1 << 20)
#define NODES_MAX 256 /* on one line */
#define SELECTOR_SHOWN 80 /* bytes */
#define VALUE_SHOWN 200

struct explain {
	const struct copl_xml *x;
	const struct copl_its_options *options;
	const struct copl_units *u;
	struct copl_reporter *r;
	struct copl_strbuf text;
	struct copl_strbuf why;
};

/* The fields of one category, as explain shows them. */
static const struct shown {
	enum copl_its_category category;
	enum copl_its_field fields[3];
	size_t n;
} shown[] = {
    {COPL_ITS_TRANSLATE, {COPL_ITS_F_TRANSLATE}, 1},
    {COPL_ITS_ELEMENTS_WITHIN_TEXT, {COPL_ITS_F_WITHIN}, 1},
    {COPL_ITS_ID_VALUE, {COPL_ITS_F_ID}, 1},
    {COPL_ITS_LOCALIZATION_NOTE, {COPL_ITS_F_NOTE, COPL_ITS_F_NOTE_REF}, 2},
    {COPL_ITS_PRESERVE_SPACE, {COPL_ITS_F_SPACE}, 1},
    {COPL_ITS_LOCALE_FILTER, {COPL_ITS_F_LOCALES_TYPE, COPL_ITS_F_LOCALES}, 2},
    {COPL_ITS_TERMINOLOGY, {COPL_ITS_F_TERM, COPL_ITS_F_TERM_INFO}, 2},
    {COPL_ITS_DOMAIN, {COPL_ITS_F_DOMAINS}, 1},
    {COPL_ITS_DIRECTIONALITY, {COPL_ITS_F_DIR}, 1},
    {COPL_ITS_LANGUAGE_INFORMATION, {COPL_ITS_F_LANG}, 1},
    {COPL_ITS_EXTERNAL_RESOURCE, {COPL_ITS_F_RESOURCE}, 1},
    {COPL_ITS_TARGET_POINTER, {COPL_ITS_F_TARGET}, 1},
    {COPL_ITS_ALLOWED_CHARACTERS, {COPL_ITS_F_ALLOWED}, 1},
    {COPL_ITS_STORAGE_SIZE, {COPL_ITS_F_SIZE, COPL_ITS_F_ENCODING}, 2},
    {COPL_ITS_CONTEXT, {COPL_ITS_F_CONTEXT}, 1},
    {COPL_ITS_MAX_CHARS, {COPL_ITS_F_MAX_CHARS}, 1},
    {COPL_ITS_PLURAL, {COPL_ITS_F_PLURAL}, 1},
};

/* Values of a category, joined by blanks; false: it has none. */
static bool value_of(const struct shown *c, const struct copl_its_value *v,
    struct copl_strbuf *out)
{
	size_t i;

	copl_strbuf_reset(out);
	for (i = 0; i < c->n; i++) {
		if (v->f[c->fields[i]] == NULL)
			continue;
		if (out->len > 0)
			copl_strbuf_add(out, " ", 1);
		copl_strbuf_puts(out, v->f[c->fields[i]]);
	}
	return out->len > 0;
}

/* Bytes of a text to show on a line, whole characters. */
static int shown_bytes(const char *s, size_t most)
{
	size_t len = strlen(s);

	return (int)(len <= most ? len : copl_utf8_valid(s, most));
}

/* A selector may fill a screen; its file and line say the rest. */
static void put_rule(struct copl_strbuf *out,
    const struct copl_its_reason *reason, const char *from)
{
	int n = shown_bytes(reason->selector, SELECTOR_SHOWN);

	copl_strbuf_printf(out, _("by the rule \"%.*s%s\", %s:%zu%s%s"), n,
	    reason->selector, reason->selector[n] == '\0' ? "" : "…",
	    reason->at.file, reason->at.line,
	    reason->builtin ? _(" (ships with the program)") : "", from);
}

static void put_reason(struct copl_strbuf *out, const struct explain *e,
    const struct copl_its_reason *reason, uint32_t element)
{
	const char *name = copl_xml_element_name(e->x, reason->element)->local;
	bool inherited = reason->element != element;
	struct copl_strbuf line = COPL_STRBUF_INIT(COPL_XML_MAX);
	const char *from;

	copl_strbuf_reset(out);
	if (inherited)
		copl_strbuf_printf(&line, _(", inherited from <%s>"), name);
	from = copl_strbuf_text(&line);
	if (reason->by == COPL_ITS_BY_DEFAULT)
		copl_strbuf_puts(out, _("by default"));
	else if (reason->by == COPL_ITS_BY_MARKUP)
		copl_strbuf_printf(out, _("by markup of <%s> on line %zu%s"),
		    name, reason->at.line, from);
	else
		put_rule(out, reason, from);
	if (out->st == COPL_OK)
		out->st = line.st;
	copl_strbuf_clear(&line);
}

/* The value in e->text and the reason in e->why. */
static void tell_reason(struct explain *e, const struct shown *c,
    const struct copl_its_reason *reason)
{
	static const char *const by[] = {"default", "rule", "markup"};
	struct copl_field fields[5];
	char line[24];
	size_t n = 0;

	snprintf(line, sizeof(line), "%zu", reason->at.line);
	fields[n++] = (struct copl_field){
	    "category", copl_its_category_title(c->category)};
	fields[n++] = (struct copl_field){"value", copl_strbuf_text(&e->text)};
	fields[n++] = (struct copl_field){"by", by[reason->by]};
	if (reason->by != COPL_ITS_BY_DEFAULT) {
		fields[n++] = (struct copl_field){"file", reason->at.file};
		fields[n++] = (struct copl_field){"line", line};
	}
	copl_tell(e->r, "reason", fields, n, "  %s: %.*s, %s",
	    copl_its_category_title(c->category),
	    shown_bytes(copl_strbuf_text(&e->text), VALUE_SHOWN),
	    copl_strbuf_text(&e->text), copl_strbuf_text(&e->why));
}

static enum copl_status tell_category(struct explain *e, const struct shown *c,
    const struct copl_its_value *v, const struct copl_its_reason *reason,
    uint32_t element)
{
	bool has = value_of(c, v, &e->text);

	if (e->text.st == COPL_E_NOMEM)
		return COPL_E_NOMEM;
	if (!has || (reason->by == COPL_ITS_BY_DEFAULT &&
			c->category != COPL_ITS_TRANSLATE))
		return COPL_OK;
	put_reason(&e->why, e, reason, element);
	if (e->why.st == COPL_E_NOMEM)
		return COPL_E_NOMEM;
	tell_reason(e, c, reason);
	return COPL_OK;
}

/* The unit of a node; NULL: it is none of its own. */
static const struct copl_unit *unit_of(
    const struct copl_units *u, uint32_t element, uint32_t attr)
{
	size_t i;

	for (i = 0; i < u->n; i++)
		if (u->list[i].element == element && u->list[i].attr == attr)
			return &u->list[i];
	return NULL;
}

/* The unit whose sentence an element is part of. */
static const struct copl_unit *sentence_of(
    const struct copl_units *u, uint32_t element)
{
	const struct copl_its_value *v = copl_its_element(u->its, element);
	uint32_t up = u->xml->elements[element].parent;

	while (up != COPL_XML_NONE && v->within == COPL_WITHIN_YES &&
	       v->translate) {
		const struct copl_unit *unit = unit_of(u, up, COPL_XML_NONE);

		if (unit != NULL)
			return unit;
		v = copl_its_element(u->its, up);
		up = u->xml->elements[up].parent;
	}
	return NULL;
}

static const char *what_becomes(const struct explain *e, uint32_t element,
    uint32_t attr, const struct copl_its_value *v,
    const struct copl_unit **unit)
{
	*unit = unit_of(e->u, element, attr);
	if (*unit != NULL)
		return _("is translated");
	if (attr == COPL_XML_NONE) {
		*unit = sentence_of(e->u, element);
		if (*unit != NULL)
			return _("is translated as part of a sentence");
	}
	if (l10n_in_its(e->x, element))
		return _("is markup of ITS, no text of the document");
	if (!v->translate)
		return _("is not translated");
	return attr == COPL_XML_NONE
		   ? _("may be translated, but holds no text of its own")
		   : _("is translated inside the tag it stands in");
}

static void name_of(
    const struct explain *e, uint32_t element, uint32_t attr, char out[200])
{
	const struct copl_xml_name *n = copl_xml_element_name(e->x, element);
	const struct copl_xml_name *a =
	    attr == COPL_XML_NONE ? NULL
				  : &e->x->names[e->x->attrs[attr].qname];

	snprintf(out, 200, "%s%s%s%s%s%s", n->prefix == NULL ? "" : n->prefix,
	    n->prefix == NULL ? "" : ":", n->local, a == NULL ? "" : "/@",
	    a == NULL || a->prefix == NULL ? "" : a->prefix,
	    a == NULL || a->prefix == NULL ? "" : ":");
	if (a != NULL)
		snprintf(out + strlen(out), 200 - strlen(out), "%s", a->local);
}

static void tell_node(struct explain *e, uint32_t element, uint32_t attr,
    const struct copl_its_value *v)
{
	const struct copl_unit *unit;
	const char *verdict = what_becomes(e, element, attr, v, &unit);
	struct copl_place at = copl_xml_at(
	    e->x, attr == COPL_XML_NONE ? e->x->elements[element].start
					: e->x->attrs[attr].name);
	struct copl_field fields[4];
	char name[200];
	size_t n = 0;

	name_of(e, element, attr, name);
	fields[n++] = (struct copl_field){"node", name};
	fields[n++] =
	    (struct copl_field){"translated", unit == NULL ? "no" : "yes"};
	if (unit != NULL && unit->id != NULL)
		fields[n++] = (struct copl_field){"id", unit->id};
	if (unit != NULL)
		fields[n++] = (struct copl_field){"text", unit->text.msgid};
	if (unit == NULL)
		copl_tell(e->r, "explained", fields, n, "%s:%zu:%zu: %s %s",
		    at.file, at.line, at.column, name, verdict);
	else
		copl_tell(e->r, "explained", fields, n,
		    "%s:%zu:%zu: %s %s: %s%s\"%.*s\"", at.file, at.line,
		    at.column, name, verdict, unit->id == NULL ? "" : unit->id,
		    unit->id == NULL ? "" : " ",
		    shown_bytes(unit->text.msgid, VALUE_SHOWN),
		    unit->text.msgid);
}

/* Asks once more, with an eye on this node. */
static enum copl_status explain_node(
    struct explain *e, uint32_t element, uint32_t attr)
{
	struct copl_its_trace trace = {.element = element, .attr = attr};
	struct copl_its_rules *rules = NULL;
	struct copl_its *its = NULL;
	struct copl_its_value v;
	struct copl_reporter quiet;
	enum copl_status st;
	size_t i;

	copl_reporter_init(&quiet, NULL);
	st = copl_rules_of(e->x, e->options, &quiet, &rules);
	if (st == COPL_OK)
		st = copl_its_eval(rules, e->x, &trace, &quiet, &its);
	if (st == COPL_OK) {
		if (attr == COPL_XML_NONE)
			v = *copl_its_element(its, element);
		else
			copl_its_attribute_values(its, attr, &v);
		tell_node(e, element, attr, &v);
		for (i = 0; i < COPL_COUNT(shown) && st == COPL_OK; i++)
			st = tell_category(e, &shown[i], &v,
			    &trace.reasons[shown[i].category], element);
	}
	copl_its_free(its);
	copl_its_rules_free(rules);
	return copl_reporter_end(&quiet, st);
}

/* The innermost element that covers an offset; COPL_XML_NONE: none does. */
static uint32_t innermost(const struct copl_xml *x, uint32_t offset)
{
	uint32_t found = COPL_XML_NONE, i;

	for (i = 0; i < x->nelements && x->elements[i].start <= offset; i++)
		if (offset < x->elements[i].end)
			found = i;
	return found;
}

static bool is_attr_worth(const struct explain *e, uint32_t attr)
{
	return e->x->attrs[attr].qname != COPL_XML_NONE &&
	       e->x->attrs[attr].name_len > 0 &&
	       copl_its_attribute(e->u->its, attr) != NULL;
}

/* All elements that start between two offsets, with their attributes. */
static enum copl_status explain_span(
    struct explain *e, uint32_t from, uint32_t to, size_t *told)
{
	const struct copl_xml *x = e->x;
	enum copl_status st = COPL_OK;
	uint32_t i, k;

	for (i = 0; i < x->nelements && st == COPL_OK; i++) {
		const struct copl_xml_element *el = &x->elements[i];

		if (el->start < from)
			continue;
		if (el->start >= to || (*told)++ >= NODES_MAX)
			break;
		st = explain_node(e, i, COPL_XML_NONE);
		for (k = el->attr; k < el->attr + el->nattr && st == COPL_OK;
		     k++)
			if (is_attr_worth(e, k) && (*told)++ < NODES_MAX)
				st = explain_node(e, i, k);
	}
	return st;
}

/* As an editor counts them: behind the last line end there is no line. */
static size_t count_lines(const struct copl_xml *x)
{
	return x->nlines > 1 && x->lines[x->nlines - 1] == x->text.len
		   ? x->nlines - 1
		   : x->nlines;
}

static enum copl_status explain_line(struct explain *e, size_t line)
{
	const struct copl_xml *x = e->x;
	size_t told = 0, lines = count_lines(x);
	uint32_t from, to, first;
	enum copl_status st;

	if (line == 0 || line > lines) {
		copl_report(e->r, COPL_ERROR, "explain-line",
		    (struct copl_place){x->file, 0, 0},
		    _("there is no line %zu: the document has %zu"), line,
		    lines);
		return COPL_E_NOTFOUND;
	}
	from = x->lines[line - 1];
	to = line < x->nlines ? x->lines[line] : (uint32_t)x->text.len;
	st = explain_span(e, from, to, &told);
	if (st != COPL_OK || told > 0)
		return st;
	while (from < to && copl_is_space(x->text.s[from]))
		from++;
	first = innermost(x, from);
	if (first != COPL_XML_NONE)
		return explain_node(e, first, COPL_XML_NONE);
	copl_report(e->r, COPL_ERROR, "explain-line",
	    (struct copl_place){x->file, line, 0},
	    _("no element of the document is on this line"));
	return COPL_E_NOTFOUND;
}

enum copl_status copl_its_explain(const char *path, size_t line,
    const struct copl_its_options *options, const struct copl_sink *sink)
{
	static const struct copl_its_options defaults = {0};
	struct explain e = {.options = options == NULL ? &defaults : options,
	    .text = COPL_STRBUF_INIT(TEXT_MAX),
	    .why = COPL_STRBUF_INIT(TEXT_MAX)};
	struct copl_l10n_options how = {.its = *e.options};
	struct copl_units *u = NULL;
	struct copl_xml *x = NULL;
	struct copl_reporter r;
	enum copl_status st;

	copl_reporter_init(&r, sink);
	st = copl_units_load(path, &how, &r, &x, &u);
	e.x = x;
	e.u = u;
	e.r = &r;
	if (st == COPL_OK)
		st = explain_line(&e, line);
	copl_units_free(u);
	copl_xml_free(x);
	copl_strbuf_clear(&e.text);
	copl_strbuf_clear(&e.why);
	return copl_reporter_end(&r, st);
}

static void tell_lines(struct copl_reporter *r, const char *text)
{
	while (*text != '\0') {
		size_t len = strcspn(text, "\n");

		copl_tell_line(r, "its", text, len);
		text += len + (text[len] == '\n');
	}
}

enum copl_status copl_its_print(const char *path,
    const struct copl_its_options *options, enum copl_its_category category,
    const struct copl_sink *sink)
{
	static const struct copl_its_options defaults = {0};
	struct copl_strbuf out = COPL_STRBUF_INIT(1);
	struct copl_its_rules *rules = NULL;
	struct copl_its *its = NULL;
	struct copl_xml *x = NULL;
	struct copl_reporter r;
	enum copl_status st;

	if (options == NULL)
		options = &defaults;
	copl_reporter_init(&r, sink);
	st = copl_xml_load(
	    path, COPL_XML_DOCUMENT, COPL_XML_DOCUMENT_MAX, &r, &x);
	if (st == COPL_OK)
		st = copl_rules_of(x, options, &r, &rules);
	if (st == COPL_OK)
		st = copl_its_eval(rules, x, NULL, &r, &its);
	if (st == COPL_OK) {
		copl_its_dump(x, its, category, &out);
		st = out.st;
	}
	if (st == COPL_OK)
		tell_lines(&r, copl_strbuf_text(&out));
	copl_strbuf_clear(&out);
	copl_its_free(its);
	copl_its_rules_free(rules);
	copl_xml_free(x);
	return copl_reporter_end(&r, st);
}
