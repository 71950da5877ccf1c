/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The places of a document that are not copied as they stand, whatever the
 * language: units, languages that change, texts for some languages only,
 * markup of ITS.
 */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "l10n/l10n_priv.h"

struct make {
	struct copl_units *u;
	const struct copl_xml *x;
	struct copl_edit *list; /* of all but the units */
	size_t n;
	size_t room;
	const struct copl_its_value *unfiltered; /* seen last */
	bool bound; /* the root or a default of the DTD needs the prefix of ITS
		     */
	bool nomem;
};

static void add(struct make *m, enum copl_edit_kind kind, uint32_t start,
    uint32_t end, uint32_t index)
{
	struct copl_edit *list =
	    copl_grow(m->list, m->n, &m->room, sizeof(*list));

	if (list == NULL) {
		m->nomem = true;
		return;
	}
	m->list = list;
	list[m->n++] = (struct copl_edit){start, end, index, kind};
}

/* An attribute with the white space before it. */
static void add_attr(
    struct make *m, enum copl_edit_kind kind, uint32_t attr, uint32_t index)
{
	const struct copl_xml_attr *a = &m->x->attrs[attr];
	uint32_t start = a->name;

	if (a->name_len == 0)
		return;
	while (copl_is_space(m->x->text.s[start - 1]))
		start--;
	add(m, kind, start, a->value + a->value_len + 1, index);
}

static bool value_is(const struct copl_xml *x, uint32_t attr, const char *tag)
{
	size_t len;
	const char *s;

	if (tag == NULL)
		return false;
	s = copl_xml_value(x, &x->attrs[attr], &len);
	return strlen(tag) == len && strncasecmp(s, tag, len) == 0;
}

static void add_value(
    struct make *m, enum copl_edit_kind kind, uint32_t attr, uint32_t index)
{
	const struct copl_xml_attr *a = &m->x->attrs[attr];

	if (a->name_len > 0)
		add(m, kind, a->value, a->value + a->value_len, index);
}

/* The root always gets the new language, where it says one or not. */
static void add_root(struct make *m)
{
	const struct copl_xml *x = m->x;
	uint32_t lang = copl_xml_find_attr(x, 0, COPL_XML_NS, "lang");
	uint32_t dir = copl_xml_find_attr(x, 0, NULL, "dir");
	uint32_t other = copl_its_lang_attr(m->u->its, 0);

	add(m, COPL_EDIT_ROOT, x->elements[0].name_end, x->elements[0].name_end,
	    0);
	if (lang != COPL_XML_NONE)
		add_value(m, COPL_EDIT_LANG, lang, 0);
	if (other != COPL_XML_NONE && other != lang)
		add_value(m, COPL_EDIT_LANG, other, 0);
	if (dir != COPL_XML_NONE && copl_units_have_dir(m->u))
		add_value(m, COPL_EDIT_DIR, dir, 0);
}

static bool holds_units(const struct copl_units *u, uint32_t element)
{
	size_t i = l10n_first_unit(u, u->xml->elements[element].start);

	return i < u->n && u->list[i].start < u->xml->elements[element].end;
}

/* Below the root a language changes when it is that of the source. */
static void add_lang(struct make *m, uint32_t element)
{
	uint32_t list[2], i;

	list[0] = copl_xml_find_attr(m->x, element, COPL_XML_NS, "lang");
	list[1] = copl_its_lang_attr(m->u->its, element);
	if (list[1] == list[0])
		list[1] = COPL_XML_NONE;
	for (i = 0; i < 2; i++)
		if (list[i] != COPL_XML_NONE &&
		    value_is(m->x, list[i], m->u->first_lang) &&
		    holds_units(m->u, element))
			add_value(m, COPL_EDIT_LANG, list[i], element);
}

static bool same_filter(
    const struct copl_its_value *a, const struct copl_its_value *b)
{
	return a == b || (strcmp(a->f[COPL_ITS_F_LOCALES],
			      b->f[COPL_ITS_F_LOCALES]) == 0 &&
			     strcmp(a->f[COPL_ITS_F_LOCALES_TYPE],
				 b->f[COPL_ITS_F_LOCALES_TYPE]) == 0);
}

static bool keeps_all(const struct copl_its_value *v)
{
	return strcmp(v->f[COPL_ITS_F_LOCALES], "*") == 0 &&
	       strcmp(v->f[COPL_ITS_F_LOCALES_TYPE], "include") == 0;
}

/* The root itself is never left out. */
static void add_filter(struct make *m, uint32_t element)
{
	const struct copl_xml_element *e = &m->x->elements[element];
	const struct copl_its_value *v = copl_its_element(m->u->its, element);

	if (v == m->unfiltered || element == 0)
		return;
	if (keeps_all(v)) {
		m->unfiltered = v;
		return;
	}
	m->u->filtered = true;
	if (same_filter(v, copl_its_element(m->u->its, e->parent)) &&
	    e->parent != 0)
		return;
	add(m, COPL_EDIT_FILTER, e->start, e->end, element);
}

static void add_filter_attrs(struct make *m, uint32_t element)
{
	const struct copl_xml_element *e = &m->x->elements[element];
	uint32_t i;

	for (i = e->attr; i < e->attr + e->nattr; i++) {
		const struct copl_its_value *v =
		    copl_its_attribute(m->u->its, i);

		if (v == NULL || keeps_all(v) ||
		    same_filter(v, copl_its_element(m->u->its, element)))
			continue;
		m->u->filtered = true;
		add_attr(m, COPL_EDIT_FILTER_ATTR, i, i);
	}
}

static bool is_its(const struct copl_xml_name *n)
{
	return n->ns != NULL && strcmp(n->ns, COPL_ITS_NS) == 0;
}

/* Declares it the prefix of ITS? */
static bool declares_its(
    const struct copl_xml *x, const struct copl_xml_attr *a)
{
	return a->qname == COPL_XML_NONE && a->name_len > 0 &&
	       a->value_len == sizeof(COPL_ITS_NS) - 1 &&
	       memcmp(x->text.s + a->value, COPL_ITS_NS, a->value_len) == 0;
}

static void add_strip(struct make *m, uint32_t element)
{
	const struct copl_xml_element *e = &m->x->elements[element];
	const struct copl_xml_name *name = copl_xml_element_name(m->x, element);
	uint32_t i;

	if (element != 0 && l10n_is_its(m->x, element)) {
		add(m, COPL_EDIT_STRIP, e->start, e->end, element);
		return;
	}
	if (is_its(name) && element != 0) {
		add(m, COPL_EDIT_STRIP, e->start, e->content, element);
		if (e->close < e->end && !e->empty)
			add(m, COPL_EDIT_STRIP, e->close, e->end, element);
		return;
	}
	for (i = e->attr; i < e->attr + e->nattr; i++) {
		const struct copl_xml_attr *a = &m->x->attrs[i];

		if ((declares_its(m->x, a) && !m->bound) ||
		    (a->qname != COPL_XML_NONE &&
			is_its(&m->x->names[a->qname])))
			add_attr(m, COPL_EDIT_STRIP, i, element);
	}
}

/* What is put in comes first, then the outer before the inner. */
static int by_place(const void *a, const void *b)
{
	const struct copl_edit *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	if ((x->start == x->end) != (y->start == y->end))
		return x->start == x->end ? -1 : 1;
	if (x->end != y->end)
		return x->end > y->end ? -1 : 1;
	return x->kind < y->kind ? -1 : x->kind > y->kind;
}

void l10n_edits_sort(struct copl_edit *list, size_t n)
{
	if (n > 1)
		qsort(list, n, sizeof(*list), by_place);
}

/* Units are in order already; the others are sorted and put between them. */
static enum copl_status merge(struct make *m)
{
	struct copl_units *u = m->u;
	struct copl_edit *out = calloc(u->n + m->n + 1, sizeof(*out));
	size_t i = 0, k = 0;

	if (out == NULL)
		return COPL_E_NOMEM;
	l10n_edits_sort(m->list, m->n);
	while (i < u->n || k < m->n) {
		struct copl_edit unit = {.kind = COPL_EDIT_UNIT};

		if (i < u->n) {
			unit.start = u->list[i].start;
			unit.end = u->list[i].end;
			unit.index = (uint32_t)i;
		}
		if (k == m->n ||
		    (i < u->n && by_place(&unit, &m->list[k]) < 0)) {
			out[u->nedits++] = unit;
			i++;
		} else {
			out[u->nedits++] = m->list[k++];
		}
	}
	u->edits = out;
	return COPL_OK;
}

/* A text that has been chosen by its number needs the number no more. */
static void add_count(struct make *m, uint32_t element)
{
	const struct copl_its_value *v = copl_its_element(m->u->its, element);
	uint32_t i = copl_xml_find_attr(m->x, element, NULL, "count");

	if (v->f[COPL_ITS_F_PLURAL] != NULL && v->translate &&
	    i != COPL_XML_NONE && m->x->attrs[i].name_len > 0)
		add_attr(m, COPL_EDIT_COUNT, i, element);
}

enum copl_status l10n_edits_make(struct copl_units *u)
{
	struct make m = {.u = u, .x = u->xml};
	const struct copl_xml *x = u->xml;
	enum copl_status st = COPL_E_NOMEM;
	uint32_t i;

	/* A root of ITS itself stays. */
	m.bound = is_its(copl_xml_element_name(x, 0));
	for (i = 0; i < x->nattrs; i++)
		m.bound |= x->attrs[i].name_len == 0 &&
			   is_its(&x->names[x->attrs[i].qname]);
	add_root(&m);
	for (i = 0; i < x->nelements && !m.nomem; i++) {
		const struct copl_xml_element *e = &x->elements[i];

		add_filter(&m, i);
		if (e->nattr > 0 || is_its(copl_xml_element_name(x, i)))
			add_strip(&m, i);
		if (e->nattr == 0)
			continue;
		add_filter_attrs(&m, i);
		add_count(&m, i);
		if (i > 0)
			add_lang(&m, i);
	}
	if (!m.nomem)
		st = merge(&m);
	free(m.list);
	return st;
}

bool copl_units_in_xhtml(const struct copl_xml *x, uint32_t element)
{
	const char *ns = copl_xml_element_name(x, element)->ns;

	return ns != NULL && strcmp(ns, COPL_XHTML_NS) == 0;
}

bool copl_units_have_dir(const struct copl_units *u)
{
	const char *ns = copl_xml_element_name(u->xml, 0)->ns;

	if (copl_units_in_xhtml(u->xml, 0) ||
	    (ns != NULL && strncmp(ns, "urn:cop-l10n:", 13) == 0))
		return true;
	return copl_xml_find_attr(u->xml, 0, NULL, "dir") != COPL_XML_NONE;
}
