/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "base/i18n.h"
#include "l10n/l10n_priv.h"

enum role { ROLE_NONE, ROLE_UNIT, ROLE_INSIDE, ROLE_ITS, ROLE_PLURAL };

struct walk {
	const struct copl_xml *x;
	const struct copl_its *its;
	struct copl_reporter *r;
	struct copl_units *u;
	size_t room;
	unsigned char *role; /* by element */
	struct copl_inline_maker *maker;
	struct copl_map ids;
	uint32_t outer; /* innermost unit that the walk is in */
	size_t without_id;
	size_t first_without_id;
};

static bool within(void *arg, uint32_t element)
{
	const struct copl_units *u = arg;
	const struct copl_its_value *v = copl_its_element(u->its, element);

	return v->within == COPL_WITHIN_YES && v->translate;
}

/* Is there a translatable attribute or element that an id tells apart? */
static bool apart(void *arg, uint32_t element, bool hidden)
{
	const struct copl_units *u = arg;
	const struct copl_xml_element *list = u->xml->elements;
	uint32_t end = hidden ? list[element].next : element + 1, i, k;

	for (i = element; i < end && u->key == COPL_KEY_ID; i++) {
		const struct copl_its_value *v = copl_its_element(u->its, i);

		if (hidden && v->translate && v->f[COPL_ITS_F_ID] != NULL)
			return true;
		for (k = list[i].attr; k < list[i].attr + list[i].nattr; k++) {
			v = copl_its_attribute(u->its, k);
			if (v != NULL && v->translate &&
			    v->f[COPL_ITS_F_ID] != NULL)
				return true;
		}
	}
	return false;
}

/* Text of its own, directly or in elements that are part of its sentence? */
static bool has_text(const struct walk *w, uint32_t top)
{
	const struct copl_xml_element *list = w->x->elements;
	uint32_t i = top + 1;

	if (list[top].text)
		return true;
	while (i < list[top].next) {
		if (!within(w->u, i)) {
			i = list[i].next;
			continue;
		}
		if (list[i].text)
			return true;
		i++;
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
	list += u->n++;
	memset(list, 0, sizeof(*list));
	list->attr = COPL_XML_NONE;
	list->outer = w->outer;
	return list;
}

/* One id, one text: answers and translations hang on it. */
static enum copl_status check_id(struct walk *w, size_t index)
{
	const struct copl_unit *unit = &w->u->list[index], *first;
	size_t i;

	if (unit->id == NULL) {
		if (w->without_id++ == 0)
			w->first_without_id = index;
		return COPL_OK;
	}
	if (!copl_map_put(&w->ids, unit->id, index, &i))
		return COPL_E_NOMEM;
	if (i == index)
		return COPL_OK;
	first = &w->u->list[i];
	if (strcmp(first->text.msgid, unit->text.msgid) != 0)
		copl_report(w->r, COPL_ERROR, "unit-duplicate",
		    copl_unit_place(w->u, unit),
		    _("the text id \"%s\" already stands for another text on "
		      "line %zu"),
		    unit->id, copl_unit_place(w->u, first).line);
	return COPL_OK;
}

static bool is_blank(const char *s)
{
	size_t n;

	for (; *s != '\0'; s += n) {
		n = strncmp(s, "&#13;", 5) == 0 ? 5 : copl_is_space(*s);
		if (n == 0)
			return false;
	}
	return true;
}

static enum copl_status finish_unit(
    struct walk *w, const struct copl_its_value *v)
{
	size_t index = w->u->n - 1;
	struct copl_unit *unit = &w->u->list[index];

	/* White space alone is no text; NBSP is. */
	if (is_blank(unit->text.msgid)) {
		w->u->n--;
		return COPL_OK;
	}
	unit->value = v;
	if (w->u->key == COPL_KEY_TEXT)
		return COPL_OK;
	unit->id = v->f[COPL_ITS_F_ID];
	return check_id(w, index);
}

static enum copl_status add_element(struct walk *w, uint32_t element)
{
	const struct copl_its_value *v = copl_its_element(w->its, element);
	const struct copl_xml_element *e = &w->x->elements[element];
	struct copl_unit *unit = new_unit(w);
	enum copl_status st;

	if (unit == NULL)
		return COPL_E_NOMEM;
	unit->element = element;
	unit->start = e->content;
	unit->end = e->close;
	st = copl_inline_make(w->maker, element, v->preserve, &unit->text);
	if (st == COPL_E_LIMIT)
		copl_report(w->r, COPL_ERROR, "unit-too-large",
		    copl_unit_place(w->u, unit),
		    _("this text is too large for one message"));
	return st == COPL_OK ? finish_unit(w, v) : st;
}

/* ---- a text whose children are its plural forms ---- */

static uint32_t count_children(const struct copl_xml *x, uint32_t element)
{
	uint32_t n = 0, i;

	for (i = element + 1; i < x->elements[element].next;
	     i = x->elements[i].next)
		n++;
	return n;
}

/* With text between its children it is a text like others: none is lost. */
static bool is_plural(const struct walk *w, uint32_t element)
{
	const struct copl_its_value *v = copl_its_element(w->its, element);
	uint32_t n;

	if (v->f[COPL_ITS_F_PLURAL] == NULL || !v->translate ||
	    w->x->elements[element].text)
		return false;
	n = count_children(w->x, element);
	return n > 0 && n <= COPL_PLURALS_MAX;
}

static enum copl_status make_forms(
    struct walk *w, uint32_t element, bool preserve, struct copl_inline *forms)
{
	const struct copl_xml_element *list = w->x->elements;
	enum copl_status st = COPL_OK;
	uint32_t n = 0, i;

	for (i = element + 1; i < list[element].next && st == COPL_OK;
	     i = list[i].next)
		st = copl_inline_make(w->maker, i, preserve, &forms[n++]);
	return st;
}

static enum copl_status add_plural(struct walk *w, uint32_t element)
{
	const struct copl_its_value *v = copl_its_element(w->its, element);
	uint32_t n = count_children(w->x, element);
	struct copl_inline *forms;
	struct copl_unit *unit;
	enum copl_status st;

	forms = copl_arena_alloc(w->u->arena, n * sizeof(*forms));
	unit = new_unit(w);
	if (unit == NULL || forms == NULL)
		return COPL_E_NOMEM;
	unit->element = element;
	unit->start = w->x->elements[element].content;
	unit->end = w->x->elements[element].close;
	unit->forms = forms;
	unit->nforms = n;
	st = make_forms(w, element, v->preserve, forms);
	if (st == COPL_E_LIMIT)
		copl_report(w->r, COPL_ERROR, "unit-too-large",
		    copl_unit_place(w->u, unit),
		    _("this text is too large for one message"));
	if (st != COPL_OK)
		return st;
	unit->text = forms[0];
	unit->plural = forms[n - 1].msgid;
	return finish_unit(w, v);
}

static enum copl_status add_attr(struct walk *w, uint32_t element, uint32_t i)
{
	const struct copl_its_value *v = copl_its_attribute(w->its, i);
	const struct copl_xml_attr *a = &w->x->attrs[i];
	struct copl_unit *unit;
	enum copl_status st;

	if (v == NULL || !v->translate || a->qname == COPL_XML_NONE ||
	    a->name_len == 0 || a->value_len == 0)
		return COPL_OK;
	unit = new_unit(w);
	if (unit == NULL)
		return COPL_E_NOMEM;
	unit->element = element;
	unit->attr = i;
	unit->start = a->value;
	unit->end = a->value + a->value_len;
	unit->quote = w->x->text.s[a->value - 1];
	st = copl_inline_make_attr(w->maker, i, v->preserve, &unit->text);
	return st == COPL_OK ? finish_unit(w, v) : st;
}

bool l10n_is_its(const struct copl_xml *x, uint32_t element)
{
	const struct copl_xml_name *n = copl_xml_element_name(x, element);

	return n->ns != NULL && strcmp(n->ns, COPL_ITS_NS) == 0 &&
	       strcmp(n->local, "span") != 0;
}

bool l10n_in_its(const struct copl_xml *x, uint32_t element)
{
	for (; element != COPL_XML_NONE; element = x->elements[element].parent)
		if (l10n_is_its(x, element))
			return true;
	return false;
}

static enum role role_of(const struct walk *w, uint32_t i)
{
	const struct copl_its_value *v = copl_its_element(w->its, i);
	uint32_t up = w->x->elements[i].parent;

	if ((up != COPL_XML_NONE && w->role[up] == ROLE_ITS) ||
	    l10n_is_its(w->x, i))
		return ROLE_ITS;
	if (!v->translate)
		return ROLE_NONE;
	if (up != COPL_XML_NONE && w->role[up] == ROLE_PLURAL)
		return ROLE_INSIDE;
	if (is_plural(w, i))
		return ROLE_PLURAL;
	if (v->within == COPL_WITHIN_YES && up != COPL_XML_NONE &&
	    (w->role[up] == ROLE_UNIT || w->role[up] == ROLE_INSIDE))
		return ROLE_INSIDE;
	return has_text(w, i) ? ROLE_UNIT : ROLE_NONE;
}

static enum copl_status add_attrs(struct walk *w, uint32_t element)
{
	const struct copl_xml_element *e = &w->x->elements[element];
	enum copl_status st = COPL_OK;
	uint32_t i;

	for (i = e->attr; i < e->attr + e->nattr && st == COPL_OK; i++)
		st = add_attr(w, element, i);
	return st;
}

static enum copl_status visit(struct walk *w, uint32_t i)
{
	enum role role = role_of(w, i);
	enum copl_status st = COPL_OK;
	size_t before;

	w->role[i] = (unsigned char)role;
	while (w->outer != COPL_XML_NONE &&
	       w->u->list[w->outer].end <= w->x->elements[i].start)
		w->outer = w->u->list[w->outer].outer;
	if (role == ROLE_ITS)
		return COPL_OK;
	/* In full form they stand in the message, inside their tag. */
	if (copl_its_has_attributes(w->its) &&
	    !(w->u->full && role == ROLE_INSIDE))
		st = add_attrs(w, i);
	if (st != COPL_OK || (role != ROLE_UNIT && role != ROLE_PLURAL))
		return st;
	before = w->u->n;
	st = role == ROLE_PLURAL ? add_plural(w, i) : add_element(w, i);
	if (w->u->n > before)
		w->outer = (uint32_t)before;
	return st;
}

static void tell_without_id(const struct walk *w)
{
	if (w->u->key == COPL_KEY_TEXT || w->without_id == 0)
		return;
	copl_report(w->r, COPL_NOTE, "unit-no-id",
	    copl_unit_place(w->u, &w->u->list[w->first_without_id]),
	    _("texts without an id: %zu, the first one here; they are known by "
	      "their text (an idValueRule gives ids)"),
	    w->without_id);
}

struct copl_place copl_unit_place(
    const struct copl_units *u, const struct copl_unit *unit)
{
	return copl_xml_at(u->xml, unit->attr == COPL_XML_NONE
				       ? u->xml->elements[unit->element].start
				       : unit->start);
}

static enum copl_status walk(struct walk *w)
{
	const struct copl_inline_how how = {
	    .full = w->u->full, .within = within, .apart = apart, .arg = w->u};
	enum copl_status st = COPL_OK;
	uint32_t i;

	w->outer = COPL_XML_NONE;
	w->role = calloc(w->x->nelements, sizeof(*w->role));
	w->maker = copl_inline_maker_new(w->x, &how, w->u->arena);
	if (w->role == NULL || w->maker == NULL)
		st = COPL_E_NOMEM;
	for (i = 0; i < w->x->nelements && st == COPL_OK; i++)
		st = visit(w, i);
	if (st == COPL_OK)
		tell_without_id(w);
	copl_inline_maker_free(w->maker);
	copl_map_free(&w->ids);
	free(w->role);
	return st;
}

/* Forms of ODK name their languages deep inside. */
static const char *first_lang(const struct copl_units *u)
{
	const char *lang = u->lang;
	size_t i;

	for (i = 0; i < u->n && lang == NULL; i++)
		lang = copl_its_element(u->its, u->list[i].element)
			   ->f[COPL_ITS_F_LANG];
	return lang;
}

static enum copl_status make(struct copl_units *u, struct copl_reporter *r)
{
	struct walk w = {.x = u->xml, .its = u->its, .r = r, .u = u};
	size_t errors = r->errors;
	enum copl_status st;

	u->params = copl_its_placeholders(u->its, &u->nparams);
	u->lang = copl_its_element(u->its, 0)->f[COPL_ITS_F_LANG];
	st = walk(&w);
	u->first_lang = first_lang(u);
	if (st == COPL_OK)
		st = l10n_edits_make(u);
	if (r->nomem)
		st = COPL_E_NOMEM;
	return st == COPL_OK && r->errors > errors ? COPL_E_INVALID : st;
}

static enum copl_status add_params(struct copl_its_rules *rules,
    const struct copl_its_options *o, struct copl_reporter *r)
{
	size_t i;

	for (i = 0; i < o->nparams; i++) {
		const char *eq = strchr(o->params[i], '=');
		enum copl_status st;
		char *name;

		if (eq == NULL || eq == o->params[i]) {
			copl_report(r, COPL_ERROR, "its-param-option",
			    (struct copl_place){NULL, 0, 0},
			    _("a parameter is given as NAME=VALUE, not as "
			      "\"%s\""),
			    o->params[i]);
			return COPL_E_INVALID;
		}
		name = strndup(o->params[i], (size_t)(eq - o->params[i]));
		st = name == NULL ? COPL_E_NOMEM
				  : copl_its_rules_param(rules, name, eq + 1);
		free(name);
		if (st != COPL_OK)
			return st;
	}
	return COPL_OK;
}

enum copl_status copl_rules_of(const struct copl_xml *x,
    const struct copl_its_options *o, struct copl_reporter *r,
    struct copl_its_rules **out)
{
	const char *ns = copl_xml_element_name(x, 0)->ns;
	struct copl_its_rules *rules = copl_its_rules_new();
	enum copl_status st;
	size_t i;

	*out = NULL;
	if (rules == NULL)
		return COPL_E_NOMEM;
	if (o->strict)
		copl_its_rules_strict(rules);
	st = add_params(rules, o, r);
	if (st == COPL_OK && ns != NULL && !o->no_builtin) {
		st = copl_its_rules_builtin(rules, ns, r);
		if (st == COPL_E_NOTFOUND)
			st = COPL_OK;
	}
	for (i = 0; i < o->nrules && st == COPL_OK; i++)
		st = copl_its_rules_load(rules, o->rules[i], r);
	if (st != COPL_OK) {
		copl_its_rules_free(rules);
		return st;
	}
	*out = rules;
	return COPL_OK;
}

enum copl_status copl_units_of(const struct copl_xml *x,
    const struct copl_l10n_options *options, struct copl_reporter *r,
    struct copl_units **out)
{
	static const struct copl_l10n_options defaults = {.key = COPL_KEY_ID};
	const struct copl_l10n_options *o =
	    options == NULL ? &defaults : options;
	struct copl_units *u = calloc(1, sizeof(*u));
	enum copl_status st = COPL_E_NOMEM;

	*out = NULL;
	if (u == NULL)
		return st;
	u->xml = x;
	u->key = o->key;
	u->full = o->inline_form == COPL_INLINE_FULL;
	u->arena = copl_arena_new();
	if (u->arena == NULL)
		goto out;
	st = copl_rules_of(x, &o->its, r, &u->rules);
	if (st == COPL_OK)
		st = copl_its_eval(u->rules, x, NULL, r, &u->its);
	if (st == COPL_OK)
		st = make(u, r);
	if (st == COPL_OK) {
		*out = u;
		u = NULL;
	}
out:
	copl_units_free(u);
	return st;
}

enum copl_status copl_units_load(const char *path,
    const struct copl_l10n_options *options, struct copl_reporter *r,
    struct copl_xml **x, struct copl_units **out)
{
	enum copl_status st =
	    copl_xml_load(path, COPL_XML_DOCUMENT, COPL_XML_DOCUMENT_MAX, r, x);

	*out = NULL;
	return st == COPL_OK ? copl_units_of(*x, options, r, out) : st;
}

void copl_units_free(struct copl_units *u)
{
	if (u == NULL)
		return;
	copl_its_free(u->its);
	copl_its_rules_free(u->rules);
	copl_arena_free(u->arena);
	free(u->list);
	free(u->edits);
	free(u);
}
