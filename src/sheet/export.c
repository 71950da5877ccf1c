/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A form as rows, element by element, with every attribute it has. */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "form/form.h"
#include "sheet/export_priv.h"

/* ---- attributes ---- */

/* As the tables write it, in room; NULL: no name of ours. */
static const char *attr_name(const xmlAttr *attr, char room[64])
{
	const char *prefix = "its";

	if (attr->ns == NULL)
		prefix = "";
	else if (xmlStrEqual(attr->ns->href, (const xmlChar *)COPL_XML_NS))
		prefix = "xml";
	if (snprintf(room, 64, "%s%s%s", prefix, *prefix == '\0' ? "" : ":",
		(const char *)attr->name) >= 64)
		return NULL;
	return room;
}

static const char *attr_value(struct sheet_export *ex, const xmlAttr *attr)
{
	xmlChar *s = xmlNodeListGetString(attr->doc, attr->children, 1);
	const char *copy =
	    copl_arena_strdup(ex->arena, s == NULL ? "" : (const char *)s);

	/* An empty attribute has no children. */
	if (copy == NULL || (s == NULL && attr->children != NULL &&
				attr->children->content != NULL &&
				*attr->children->content != '\0'))
		ex->r->nomem = true;
	xmlFree(s);
	return copy;
}

/* "hint" and "note" make the column hint_note. */
static void put_text_attr(struct sheet_export *ex, enum sheet_part part,
    const char *name, const char *value)
{
	char column[100];

	if (strncmp(name, "xml:", 4) == 0)
		name += 4;
	snprintf(column, sizeof(column), "%s%s", sheet_part_name(part), name);
	sheet_export_put(ex, column, value);
}

/* Does the type say it already, or the program? */
static bool is_in_type(enum sheet_kind kind, const char *name)
{
	if (kind == SHEET_FORM)
		return strcmp(name, "its:version") == 0 ||
		       strcmp(name, "draft") == 0 ||
		       strcmp(name, "recipient") == 0 ||
		       strcmp(name, "guardian-age") == 0;
	if (kind == SHEET_CHOICES)
		return strcmp(name, "id") == 0;
	if (kind == SHEET_PARAM)
		return strcmp(name, "type") == 0;
	return strcmp(name, "use") == 0 || strcmp(name, "by") == 0;
}

static void put_attrs(struct sheet_export *ex, const xmlNode *n,
    enum sheet_kind kind, enum sheet_part part, bool own)
{
	const xmlAttr *attr;
	char room[64];

	for (attr = n->properties; attr != NULL; attr = attr->next) {
		const char *name = attr_name(attr, room), *value;
		const struct sheet_attr *a;

		if (name == NULL || (own && is_in_type(kind, name)))
			continue;
		value = attr_value(ex, attr);
		if (value == NULL)
			return;
		a = own ? sheet_attr_named(kind, name) : NULL;
		if (a != NULL)
			sheet_export_put(ex, sheet_field_name(a->field), value);
		else
			put_text_attr(ex, part, name, value);
	}
}

static const char *get(
    struct sheet_export *ex, const xmlNode *n, const char *name)
{
	return copl_xml_get(n, name, ex->arena, ex->r);
}

/* ---- texts ---- */

static void put_markup(
    struct sheet_export *ex, const xmlNode *n, const char *column)
{
	struct copl_strbuf s = COPL_STRBUF_INIT(COPL_XML_MAX);
	const char *copy = NULL;

	sheet_cell_text(n, &s);
	if (s.st == COPL_OK)
		copy =
		    copl_arena_strndup(ex->arena, copl_strbuf_text(&s), s.len);
	if (copy == NULL)
		ex->r->nomem = true;
	else
		sheet_export_put(ex, column, copy);
	copl_strbuf_clear(&s);
}

/* A text that is an element of its own; NULL: it is not there. */
static void put_text(
    struct sheet_export *ex, const xmlNode *n, enum sheet_part part)
{
	char column[64];
	size_t len;

	if (n == NULL)
		return;
	snprintf(column, sizeof(column), "%s", sheet_part_name(part));
	len = strlen(column);
	if (len > 0)
		column[len - 1] = '\0'; /* "hint_" */
	put_markup(ex, n, len == 0 ? "label" : column);
	put_attrs(ex, n, SHEET_TITLE, part, false);
}

/* A row that is one element with its text. */
static void put_line(
    struct sheet_export *ex, const xmlNode *n, enum sheet_kind kind)
{
	if (n == NULL)
		return;
	sheet_export_row(ex, sheet_kind_type(kind), NULL);
	put_attrs(ex, n, kind, SHEET_LABEL, true);
	put_markup(ex, n, "label");
}

static void put_bullets(
    struct sheet_export *ex, const xmlNode *bullets, bool apart)
{
	const xmlNode *n;

	if (apart || bullets->properties != NULL) {
		sheet_export_row(ex, sheet_kind_type(SHEET_BULLETS), NULL);
		put_attrs(ex, bullets, SHEET_BULLETS, SHEET_ALL, true);
	}
	for (n = copl_xml_first(bullets); n != NULL; n = copl_xml_next(n))
		put_line(ex, n, SHEET_BULLET);
}

static void put_flow(
    struct sheet_export *ex, const xmlNode *flow, enum sheet_kind kind)
{
	const xmlNode *n;
	bool first = true, after_bullets = false;

	if (flow == NULL)
		return;
	sheet_export_row(ex, sheet_kind_type(kind), NULL);
	put_attrs(ex, flow, kind, SHEET_ALL, true);
	for (n = copl_xml_first(flow); n != NULL; n = copl_xml_next(n)) {
		bool bullets = copl_xml_is(n, COPL_FORM_NS, "bullets");

		if (bullets)
			put_bullets(ex, n, after_bullets);
		else if (first)
			put_text(ex, n, SHEET_LABEL);
		else
			put_line(ex, n, SHEET_PARAGRAPH);
		first = false;
		after_bullets = bullets;
	}
}

/* ---- parts of the form ---- */

static void put_empty(
    struct sheet_export *ex, const xmlNode *n, enum sheet_kind kind)
{
	const char *type = kind == SHEET_PARAM ? get(ex, n, "type") : NULL;

	sheet_export_row(ex, sheet_kind_type(kind), type);
	put_attrs(ex, n, kind, SHEET_LABEL, true);
}

static void put_about(struct sheet_export *ex, const xmlNode *about)
{
	const xmlNode *n;

	for (n = copl_xml_first(about); n != NULL; n = copl_xml_next(n)) {
		size_t kind = SHEET_TITLE;

		while (kind < SHEET_HELP && strcmp(sheet_kind_element(kind),
						(const char *)n->name) != 0)
			kind++;
		if (sheet_kind_in(kind, SHEET_FLOWS))
			put_flow(ex, n, kind);
		else if (sheet_kind_label(kind) != NULL)
			put_line(ex, n, kind);
		else
			put_empty(ex, n, kind);
	}
}

static void put_lines(struct sheet_export *ex, const xmlNode *parent,
    const char *element, enum sheet_kind kind)
{
	const xmlNode *n;

	for (n = copl_xml_first(parent); n != NULL; n = copl_xml_next(n))
		if (copl_xml_is(n, COPL_FORM_NS, element))
			put_line(ex, n, kind);
}

static void put_choices(struct sheet_export *ex, const struct copl_choices *c)
{
	sheet_export_row(ex, sheet_kind_type(SHEET_CHOICES), c->id);
	put_attrs(ex, c->node, SHEET_CHOICES, SHEET_ALL, true);
	put_lines(ex, c->node, "option", SHEET_OPTION);
}

static enum sheet_kind kind_of(enum copl_question_kind kind)
{
	static const enum sheet_kind kinds[] = {
	    [COPL_CHOOSE_ONE] = SHEET_ONE,
	    [COPL_CHOOSE_MANY] = SHEET_MANY,
	    [COPL_RATING] = SHEET_RATING,
	    [COPL_GRID] = SHEET_GRID,
	    [COPL_RANK] = SHEET_RANK,
	    [COPL_TEXT] = SHEET_TEXT,
	    [COPL_NUMBER] = SHEET_NUMBER,
	    [COPL_DATE] = SHEET_DATE,
	    [COPL_CONSENT] = SHEET_CONSENT,
	    [COPL_NOTE_ITEM] = SHEET_NOTE,
	};

	return kinds[kind];
}

static void put_question(struct sheet_export *ex, const struct copl_question *q)
{
	enum sheet_kind kind = kind_of(q->kind);
	const char *arg = get(ex, q->node, "use");

	if (kind == SHEET_CONSENT)
		arg = q->guardian ? "by guardian" : "by participant";
	sheet_export_row(ex, sheet_kind_type(kind), arg);
	put_attrs(ex, q->node, kind, SHEET_ALL, true);
	put_text(ex, q->label, SHEET_LABEL);
	put_text(ex, q->hint, SHEET_HINT);
	put_text(ex, q->error, SHEET_ERROR);
	put_text(ex, q->low, SHEET_LOW);
	put_text(ex, q->high, SHEET_HIGH);
	put_text(ex, q->unit, SHEET_UNIT);
	put_lines(ex, q->node, "option", SHEET_OPTION);
	put_lines(ex, q->node, "row", SHEET_ROW);
}

static void put_section(struct sheet_export *ex, const struct copl_section *s)
{
	size_t i;

	sheet_export_row(ex, sheet_kind_type(SHEET_SECTION), NULL);
	put_attrs(ex, s->node, SHEET_SECTION, SHEET_ALL, true);
	put_text(ex, s->title, SHEET_LABEL);
	put_flow(ex, s->intro, SHEET_INTRO);
	for (i = 0; i < s->nitems; i++) {
		if (s->items[i].kind == COPL_NOTE_ITEM)
			put_flow(ex, s->items[i].node, SHEET_NOTE);
		else
			put_question(ex, &s->items[i]);
	}
	sheet_export_row(ex, sheet_kind_type(SHEET_END), NULL);
}

static void put_form(struct sheet_export *ex, const struct copl_form *f)
{
	const xmlNode *root = xmlDocGetRootElement(f->xml->doc);
	size_t i;

	sheet_export_row(ex, sheet_kind_type(SHEET_FORM), NULL);
	put_attrs(ex, root, SHEET_FORM, SHEET_ALL, true);
	put_about(ex, copl_xml_first(root));
	for (i = 0; i < f->nchoices; i++)
		put_choices(ex, &f->choices[i]);
	for (i = 0; i < f->nsections; i++)
		put_section(ex, &f->sections[i]);
	put_flow(ex, f->thanks, SHEET_THANKS);
}

enum copl_status copl_sheet_from_form(const char *bytes, size_t len,
    const char *file, char separator, struct copl_reporter *r,
    struct copl_strbuf *csv, struct copl_sheet_counts *counts)
{
	struct sheet_export ex = {.r = r};
	struct copl_form *form = NULL;
	struct copl_xml *x = NULL;
	enum copl_status st;

	memset(counts, 0, sizeof(*counts));
	ex.arena = copl_arena_new();
	if (ex.arena == NULL)
		return COPL_E_NOMEM;
	st = copl_xml_read(bytes, len, file, COPL_XML_STRICT, r, &x);
	/* Advice about wording is not what an export is asked for. */
	if (st == COPL_OK)
		st = copl_form_read_localized(x, r, &form);
	if (st == COPL_OK) {
		snprintf(counts->form, sizeof(counts->form), "%s", form->id);
		put_form(&ex, form);
		sheet_export_write(&ex, separator, csv);
		counts->rows = ex.nrows + 1;
		st = r->nomem ? COPL_E_NOMEM : csv->st;
	}
	copl_form_free(form);
	copl_xml_free(x);
	sheet_export_clear(&ex);
	return st;
}
