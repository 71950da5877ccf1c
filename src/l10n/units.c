/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "base/i18n.h"
#include "l10n/l10n.h"

struct walk {
	const struct copl_xml *x;
	const struct copl_its *its;
	struct copl_reporter *r;
	struct copl_units *u;
	size_t room;
	bool *inside; /* by element index: part of its parent's sentence */
	bool *unit; /* by element index */
	struct copl_map ids;
};

static bool within(void *arg, const xmlNode *n)
{
	const struct walk *w = arg;
	const struct copl_its_value *v = copl_its_element(w->its, n);

	return v->within == COPL_WITHIN_YES && v->translate;
}

static bool is_blank(const xmlChar *s)
{
	for (; *s != '\0'; s++)
		if (!copl_is_space((char)*s))
			return false;
	return true;
}

/* Next node below top in document order. */
static const xmlNode *next_below(
    const xmlNode *top, const xmlNode *n, bool enter)
{
	if (enter && n->children != NULL)
		return n->children;
	while (n != top && n->next == NULL)
		n = n->parent;
	return n == top ? NULL : n->next;
}

/* Text of its own, directly or in elements that are part of its sentence? */
static bool has_text(struct walk *w, const xmlNode *top)
{
	const xmlNode *n = top->children;

	while (n != NULL) {
		bool enter = false;

		if ((n->type == XML_TEXT_NODE ||
			n->type == XML_CDATA_SECTION_NODE) &&
		    !is_blank(n->content))
			return true;
		if (n->type == XML_ELEMENT_NODE)
			enter = within(w, n);
		n = next_below(top, n, enter);
	}
	return false;
}

static struct copl_unit *new_unit(struct walk *w)
{
	struct copl_units *u = w->u;
	struct copl_unit *list =
	    copl_grow(u->list, u->n, &w->room, sizeof(*list));

	if (list == NULL)
		return NULL;
	u->list = list;
	memset(&u->list[u->n], 0, sizeof(*list));
	return &u->list[u->n++];
}

/* One id, one text: answers and translations hang on it. */
static enum copl_status check_id(struct walk *w, size_t index)
{
	const struct copl_unit *unit = &w->u->list[index], *first;
	size_t i;

	if (unit->id == NULL)
		return COPL_OK;
	if (!copl_map_put(&w->ids, unit->id, index, &i))
		return COPL_E_NOMEM;
	if (i == index)
		return COPL_OK;
	first = &w->u->list[i];
	if (strcmp(first->text.msgid, unit->text.msgid) != 0)
		copl_report(w->r, COPL_ERROR, "unit-duplicate", unit->at,
		    _("the text id \"%s\" already stands for another text on "
		      "line %zu"),
		    unit->id, first->at.line);
	return COPL_OK;
}

static void set_value(struct copl_unit *unit, const struct copl_its_value *v)
{
	unit->id = v->id;
	unit->note = v->note;
	unit->context = v->context;
	unit->maxchars = v->maxchars;
}

/*
 * The unit's note and those of the elements inside its sentence, one a line.
 * An inherited note is the very string of the parent and is not said again.
 */
static const char *notes_of(struct walk *w, const xmlNode *top)
{
	const char *all = copl_its_element(w->its, top)->note;
	const xmlNode *n = top->children;

	while (n != NULL && !w->r->nomem) {
		bool inside = n->type == XML_ELEMENT_NODE && within(w, n);
		const char *note =
		    inside ? copl_its_element(w->its, n)->note : NULL;

		if (note != NULL &&
		    note != copl_its_element(w->its, n->parent)->note) {
			all = copl_arena_printf(w->u->arena, "%s%s<%s>: %s",
			    all == NULL ? "" : all, all == NULL ? "" : "\n",
			    (const char *)n->name, note);
			w->r->nomem = all == NULL;
		}
		n = next_below(top, n, inside);
	}
	return all;
}

/*
 * A reference to an entity of the document's own DTD is not expanded, so its
 * text would be lost: better to say so than to leave it out.
 */
static void check_references(struct walk *w, const xmlNode *top)
{
	const xmlNode *n = top->children;

	while (n != NULL) {
		if (n->type == XML_ENTITY_REF_NODE)
			copl_report(w->r, COPL_ERROR, "unit-entity",
			    copl_xml_place(w->x, top),
			    _("the entity &%s; stands in a text: write its "
			      "content in its place"),
			    (const char *)n->name);
		n = next_below(
		    top, n, n->type == XML_ELEMENT_NODE && within(w, n));
	}
}

static enum copl_status add_element(struct walk *w, const xmlNode *n)
{
	const struct copl_its_value *v = copl_its_element(w->its, n);
	const struct copl_xml_element *e = copl_xml_source(w->x, n);
	struct copl_unit *unit = new_unit(w);
	enum copl_status st;

	if (unit == NULL)
		return COPL_E_NOMEM;
	set_value(unit, v);
	unit->note = notes_of(w, n);
	check_references(w, n);
	unit->start = e->content;
	unit->end = e->close;
	unit->at = copl_xml_place(w->x, n);
	st = copl_inline_make(
	    w->x, n, v->preserve, within, w, w->u->arena, &unit->text);
	if (st == COPL_E_LIMIT)
		copl_report(w->r, COPL_ERROR, "xml-depth", unit->at,
		    _("inline elements are nested too deep here"));
	return st == COPL_OK ? check_id(w, w->u->n - 1) : st;
}

static enum copl_status add_attr(struct walk *w, const xmlAttr *attr)
{
	const struct copl_its_value *v = copl_its_attribute(w->its, attr);
	const struct copl_xml_attr *src;
	struct copl_strbuf b = COPL_STRBUF_INIT(1 << 20);
	struct copl_unit *unit;
	xmlChar *value;

	src = v == NULL ? NULL : copl_xml_attr_source(w->x, attr);
	if (src == NULL || src->value_len == 0)
		return COPL_OK;
	unit = new_unit(w);
	value = xmlNodeListGetString(w->x->doc, attr->children, 1);
	if (unit == NULL || value == NULL) {
		xmlFree(value);
		return COPL_E_NOMEM;
	}
	set_value(unit, v);
	unit->attribute = true;
	unit->start = src->value;
	unit->end = src->value + src->value_len;
	unit->quote = w->x->text.s[src->value - 1];
	unit->at = copl_xml_at(w->x, src->value);
	copl_xml_put_text(&b, (const char *)value, strlen((char *)value));
	xmlFree(value);
	unit->text.msgid = copl_arena_strdup(w->u->arena, copl_strbuf_text(&b));
	copl_strbuf_clear(&b);
	return unit->text.msgid == NULL ? COPL_E_NOMEM
					: check_id(w, w->u->n - 1);
}

static enum copl_status visit(struct walk *w, const xmlNode *n)
{
	const struct copl_its_value *v = copl_its_element(w->its, n);
	size_t i = copl_xml_index(n);
	enum copl_status st = COPL_OK;
	const xmlAttr *attr;

	for (attr = n->properties; attr != NULL && st == COPL_OK;
	     attr = attr->next)
		st = add_attr(w, attr);
	if (st != COPL_OK || !v->translate)
		return st;
	if (v->within == COPL_WITHIN_YES && i > 0) {
		size_t up = copl_xml_index(n->parent);

		w->inside[i] = w->unit[up] || w->inside[up];
	}
	if (w->inside[i] || !has_text(w, n))
		return COPL_OK;
	w->unit[i] = true;
	return add_element(w, n);
}

static enum copl_status walk(struct walk *w)
{
	const xmlNode *root = xmlDocGetRootElement(w->x->doc), *n = root;
	enum copl_status st = COPL_OK;

	while (n != NULL && st == COPL_OK) {
		if (n->type == XML_ELEMENT_NODE)
			st = visit(w, n);
		n = next_below(root, n, n->type == XML_ELEMENT_NODE);
	}
	return st;
}

enum copl_status copl_units_make(const struct copl_xml *x,
    const struct copl_its *its, struct copl_reporter *r,
    struct copl_units **out)
{
	struct walk w = {.x = x, .its = its, .r = r};
	size_t errors = r->errors;
	enum copl_status st = COPL_E_NOMEM;

	*out = NULL;
	w.u = calloc(1, sizeof(*w.u));
	w.inside = calloc(x->nelements, sizeof(*w.inside));
	w.unit = calloc(x->nelements, sizeof(*w.unit));
	if (w.u == NULL || w.inside == NULL || w.unit == NULL)
		goto out;
	w.u->xml = x;
	w.u->params = copl_its_params(its, &w.u->nparams);
	w.u->arena = copl_arena_new();
	if (w.u->arena == NULL)
		goto out;
	w.u->lang =
	    copl_xml_get_lang(xmlDocGetRootElement(x->doc), w.u->arena, r);
	st = walk(&w);
	if (r->nomem)
		st = COPL_E_NOMEM;
	if (st == COPL_OK && r->errors > errors)
		st = COPL_E_INVALID;
	if (st != COPL_OK)
		goto out;
	*out = w.u;
	w.u = NULL;
out:
	copl_units_free(w.u);
	copl_map_free(&w.ids);
	free(w.inside);
	free(w.unit);
	return st;
}

static enum copl_status load_rules(struct copl_its_rules *rules,
    const struct copl_xml *x, const char *const *files, size_t n,
    struct copl_reporter *r)
{
	const xmlNode *root = xmlDocGetRootElement(x->doc);
	enum copl_status st = COPL_OK;
	size_t i;

	if (root->ns != NULL)
		st = copl_its_rules_builtin(
		    rules, (const char *)root->ns->href, r);
	if (st == COPL_E_NOTFOUND)
		st = COPL_OK;
	for (i = 0; i < n && st == COPL_OK; i++)
		st = copl_its_rules_load(rules, files[i], r);
	return st;
}

enum copl_status copl_units_of(const struct copl_xml *x,
    const char *const *rule_files, size_t nrules, struct copl_reporter *r,
    struct copl_units **out)
{
	struct copl_its_rules *rules = copl_its_rules_new();
	struct copl_its *its = NULL;
	enum copl_status st = COPL_E_NOMEM;

	*out = NULL;
	if (rules == NULL)
		return st;
	st = load_rules(rules, x, rule_files, nrules, r);
	if (st == COPL_OK)
		st = copl_its_eval(rules, x, r, &its);
	if (st == COPL_OK)
		st = copl_units_make(x, its, r, out);
	if (st == COPL_OK) {
		/* Notes and ids of the units live in the values. */
		(*out)->its = its;
		its = NULL;
	}
	copl_its_free(its);
	copl_its_rules_free(rules);
	return st;
}

void copl_units_free(struct copl_units *u)
{
	if (u == NULL)
		return;
	copl_its_free(u->its);
	copl_arena_free(u->arena);
	free(u->list);
	free(u);
}
