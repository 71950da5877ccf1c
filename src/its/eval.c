/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "base/i18n.h"
#include "its/its_priv.h"

#define NOTHING COPL_ITS_FIELDS

static enum copl_its_category category_of(enum copl_its_field f)
{
	size_t c, i;

	for (c = 0; c < COPL_ITS_CATEGORIES; c++) {
		const struct its_category *k =
		    its_category((enum copl_its_category)c);

		for (i = 0; i < k->nfields; i++)
			if (k->fields[i] == f)
				return (enum copl_its_category)c;
	}
	return COPL_ITS_CATEGORIES;
}

/* The word on a category replaces all that was said of it before. */
static void begin(struct its_said *s, enum copl_its_category c)
{
	const struct its_category *k = its_category(c);
	size_t i;

	for (i = 0; i < k->nfields; i++)
		s->f[k->fields[i]] = NULL;
	s->categories |= 1U << c;
	s->by[c] = s->speaker;
}

/* What the standard gives to a value set that leaves something out. */
static void complete(struct its_said *s, enum copl_its_category c)
{
	if (c == COPL_ITS_LOCALIZATION_NOTE &&
	    s->f[COPL_ITS_F_NOTE_TYPE] == NULL)
		s->f[COPL_ITS_F_NOTE_TYPE] = "description";
	if (c == COPL_ITS_LOCALE_FILTER) {
		if (s->f[COPL_ITS_F_LOCALES] == NULL)
			s->f[COPL_ITS_F_LOCALES] = "*";
		if (s->f[COPL_ITS_F_LOCALES_TYPE] == NULL)
			s->f[COPL_ITS_F_LOCALES_TYPE] = "include";
	}
	if (c == COPL_ITS_STORAGE_SIZE) {
		if (s->f[COPL_ITS_F_ENCODING] == NULL)
			s->f[COPL_ITS_F_ENCODING] = "UTF-8";
		if (s->f[COPL_ITS_F_LINE_BREAK] == NULL)
			s->f[COPL_ITS_F_LINE_BREAK] = "lf";
	}
	if (c == COPL_ITS_TERMINOLOGY && s->f[COPL_ITS_F_TERM] == NULL)
		s->f[COPL_ITS_F_TERM] = "yes";
}

/* ---- global rules ---- */

/* Words that stand beside others and say nothing alone. */
static bool speaks_alone(enum copl_its_field f)
{
	return f != COPL_ITS_F_NOTE_TYPE && f != COPL_ITS_F_ENCODING &&
	       f != COPL_ITS_F_LINE_BREAK && f != COPL_ITS_F_TERM_INFO_REF &&
	       f != COPL_ITS_F_TERM_INFO && f != COPL_ITS_F_TERM_CONFIDENCE &&
	       f != COPL_ITS_F_ANNOTATORS;
}

static const char *part_text(struct its_eval *e, const struct its_rule *rule,
    const struct its_value *v, size_t element, uint32_t attr)
{
	struct copl_arena *a = e->its->arena;
	const char *text;

	switch (v->part->source) {
	case ITS_LITERAL:
	case ITS_PATH:
		return v->text;
	case ITS_DOMAIN_POINTER:
		return its_domains(
		    &e->match, rule, &v->pointer, element, attr, a);
	case ITS_POINTER:
	case ITS_NOTE_POINTER:
	default:
		text = its_pointer_text(
		    &e->match, rule, &v->pointer, element, attr, a);
		return v->part->source == ITS_POINTER
			   ? text
			   : its_collapse(text, a, e->r);
	}
}

static void add_placeholder(
    struct its_eval *e, const struct its_rule *rule, size_t element)
{
	struct copl_its *its = e->its;
	struct copl_its_placeholder *list = copl_grow(
	    its->params, its->nparams, &its->params_room, sizeof(*list));
	const char *text[3] = {NULL, NULL, NULL};
	size_t i;

	if (list == NULL) {
		e->r->nomem = true;
		return;
	}
	its->params = list;
	for (i = 0; i < rule->nvalues; i++) {
		const struct its_value *v = &rule->values[i];
		size_t which = (size_t)(v->part - rule->form->parts);

		text[which] = part_text(e, rule, v, element, COPL_XML_NONE);
	}
	if (text[0] != NULL)
		list[its->nparams++] =
		    (struct copl_its_placeholder){text[0], text[1], text[2]};
}

/* Pointers that lead nowhere say nothing: then the rule says nothing, false. */
static bool apply(struct its_eval *e, const struct its_rule *rule,
    size_t element, uint32_t attr)
{
	const char *text[ITS_PARTS_MAX];
	struct its_said *s = &e->said;
	bool any = false;
	size_t i;

	for (i = 0; i < rule->nvalues; i++) {
		const struct its_value *v = &rule->values[i];

		text[i] = part_text(e, rule, v, element, attr);
		any |= text[i] != NULL && speaks_alone(v->part->field);
		s->fixed &= v->part->source == ITS_LITERAL;
	}
	if (!any)
		return false;
	begin(s, rule->form->category);
	for (i = 0; i < rule->nvalues; i++)
		if (text[i] != NULL)
			s->f[rule->values[i].part->field] = text[i];
	complete(s, rule->form->category);
	return true;
}

static void note_lang_attr(
    struct its_eval *e, const struct its_rule *rule, size_t element)
{
	const struct its_pointer *p = &rule->values[0].pointer;
	uint32_t *list = e->its->lang_attrs;
	size_t i;

	if (p->atoms == NULL || p->n != 1 || p->atoms->up > 0 ||
	    p->atoms->kind != ITS_ATOM_ATTR)
		return;
	if (list == NULL) {
		list = e->its->lang_attrs = copl_arena_alloc(
		    e->its->arena, e->x->nelements * sizeof(*list));
		if (list == NULL) {
			e->r->nomem = true;
			return;
		}
		for (i = 0; i < e->x->nelements; i++)
			list[i] = COPL_XML_NONE;
	}
	list[element] =
	    copl_xml_find_attr(e->x, element, p->atoms->ns, p->atoms->text);
}

static void apply_rules(struct its_eval *e, size_t element, uint32_t attr)
{
	struct its_said *s = &e->said;
	size_t i;

	s->nrules = its_match_rules(&e->match, element, attr, s->rules);
	for (i = 0; i < s->nrules; i++) {
		const struct its_rule *rule = &e->rules->rules[s->rules[i]];

		s->speaker = s->rules[i];
		if (rule->form->category == COPL_ITS_PARAM) {
			if (attr == COPL_XML_NONE)
				add_placeholder(e, rule, element);
			s->fixed = false;
			continue;
		}
		if (apply(e, rule, element, attr) &&
		    rule->form->category == COPL_ITS_LANGUAGE_INFORMATION &&
		    attr == COPL_XML_NONE)
			note_lang_attr(e, rule, element);
	}
}

/* ---- local markup ---- */

/* An its:span has the attributes without a prefix. */
static enum copl_its_field local_field(
    struct its_eval *e, size_t element, uint32_t name)
{
	const struct copl_xml_name *n = &e->x->names[name];
	enum copl_its_field f = (enum copl_its_field)e->local[name];

	if (f != NOTHING || n->ns != NULL ||
	    !copl_xml_named(e->x, element, COPL_ITS_NS, "span"))
		return f;
	return its_local_field(COPL_ITS_NS, n->local);
}

static const char *local_text(
    struct its_eval *e, uint32_t attr, enum copl_its_field f)
{
	const struct copl_xml_attr *at = &e->x->attrs[attr];
	const char *text = copl_xml_attr_text(e->x, attr, e->its->arena, e->r);

	if (text == NULL)
		return NULL;
	if (!its_value_check(f, text, copl_xml_at(e->x, at->value),
		its_severity(e->rules), e->r))
		return NULL;
	return f == COPL_ITS_F_NOTE ? its_collapse(text, e->its->arena, e->r)
				    : text;
}

static void apply_local(struct its_eval *e, size_t element)
{
	const struct copl_xml_element *el = &e->x->elements[element];
	const char *text[COPL_ITS_FIELDS] = {NULL};
	struct its_said *s = &e->said;
	bool any = false;
	uint32_t i;
	size_t f;

	for (i = el->attr; i < el->attr + el->nattr; i++) {
		enum copl_its_field field;

		if (e->x->attrs[i].qname == COPL_XML_NONE)
			continue;
		field = local_field(e, element, e->x->attrs[i].qname);
		if (field == NOTHING)
			continue;
		text[field] = local_text(e, i, field);
		any = true;
	}
	if (!any)
		return;
	s->fixed = false;
	s->speaker = ITS_BY_MARKUP;
	s->annotators = text[COPL_ITS_F_ANNOTATORS];
	text[COPL_ITS_F_ANNOTATORS] = NULL;
	for (f = 0; f < COPL_ITS_FIELDS; f++)
		if (text[f] != NULL && speaks_alone((enum copl_its_field)f))
			begin(s, category_of((enum copl_its_field)f));
	for (f = 0; f < COPL_ITS_FIELDS; f++) {
		enum copl_its_category c;

		if (text[f] == NULL)
			continue;
		c = category_of((enum copl_its_field)f);
		if (!its_is_said(s, c) || s->by[c] != ITS_BY_MARKUP)
			continue;
		s->f[f] = text[f];
		complete(s, c);
	}
}

/* ---- the walk ---- */

static void reset(struct its_said *s)
{
	s->categories = 0;
	s->annotators = NULL;
	s->fixed = true;
	s->nrules = 0;
}

static void visit_attribute(struct its_eval *e, size_t element, uint32_t attr)
{
	struct copl_its_value base, *v;

	reset(&e->said);
	apply_rules(e, element, attr);
	its_trace_node(e->trace, e->rules, e->x, e->said.categories, e->said.by,
	    (uint32_t)element, attr);
	if (e->said.categories == 0)
		return;
	its_value_attribute(e->its->elements[element], &base);
	v = its_value_new(e, &base);
	if (v == NULL)
		return;
	its_value_put(e, &e->said, v);
	e->its->attrs[attr] = v;
	e->its->translatable_attrs |= v->translate;
}

/*
 * An element without attributes whose rules follow from its name alone: what
 * came of the last one of the name and base holds for it too.
 */
static const struct copl_its_value *same_as_last(
    struct its_eval *e, size_t i, const struct copl_its_value *base, bool hit)
{
	const struct copl_xml_element *el = &e->x->elements[i];
	const struct its_list *list;

	if (el->nattr > 0 || hit || e->trace != NULL)
		return NULL;
	list = its_match_list(&e->match, el->name, false);
	return list->fixed && list->base == base ? list->value : NULL;
}

static void remember(struct its_eval *e, size_t i,
    const struct copl_its_value *base, const struct copl_its_value *value,
    bool hit)
{
	struct its_list *list =
	    its_match_list(&e->match, e->x->elements[i].name, false);

	if (e->x->elements[i].nattr > 0 || hit)
		return;
	list->base = base;
	list->value = value;
}

static void visit(struct its_eval *e, size_t i)
{
	const struct copl_xml_element *el = &e->x->elements[i];
	const struct copl_its_value *up =
	    el->parent == COPL_XML_NONE ? e->top : e->its->elements[el->parent];
	const struct copl_its_value *base = its_value_inherited(e, up);
	bool hit = its_match_has_hit(&e->match, i);
	uint32_t k;

	its_match_enter(&e->match, i);
	e->its->elements[i] = same_as_last(e, i, base, hit);
	if (e->its->elements[i] != NULL)
		return;
	reset(&e->said);
	apply_rules(e, i, COPL_XML_NONE);
	if (el->nattr > 0)
		apply_local(e, i);
	its_trace_node(e->trace, e->rules, e->x, e->said.categories, e->said.by,
	    (uint32_t)i, COPL_XML_NONE);
	e->its->elements[i] = its_value_settle(e, base);
	remember(e, i, base, e->its->elements[i], hit);
	for (k = el->attr; k < el->attr + el->nattr; k++)
		if (e->x->attrs[k].qname != COPL_XML_NONE)
			visit_attribute(e, i, k);
}

static void tell_unmatched(struct its_eval *e)
{
	size_t i;

	for (i = 0; i < e->rules->n; i++) {
		const struct its_rule *rule = &e->rules->rules[i];

		if (e->match.matched[i] || rule->builtin)
			continue;
		copl_report(e->r, its_severity(e->rules), "its-no-match",
		    rule->at,
		    _("the selector \"%s\" selects nothing in this document"),
		    rule->selector.text);
	}
}

/* its:rules inside the document apply after the files. */
static enum copl_status add_embedded(
    struct its_eval *e, struct copl_its_rules *rules)
{
	enum copl_status st = COPL_OK;
	size_t i = its_rules_find(e->x, 0);

	while (i != COPL_XML_NONE && st == COPL_OK) {
		st = its_rules_add(rules, e->x, i, e->r);
		i = its_rules_find(e->x, e->x->elements[i].next);
	}
	return st;
}

static enum copl_status prepare(struct its_eval *e)
{
	struct copl_its *its = e->its;
	size_t i;

	its->arena = copl_arena_new();
	its->elements = calloc(e->x->nelements, sizeof(*its->elements));
	its->attrs = calloc(e->x->nattrs + 1, sizeof(*its->attrs));
	e->local = calloc(e->x->nnames + 1, 1);
	e->said.rules = calloc(e->rules->n + 1, sizeof(*e->said.rules));
	if (its->arena == NULL || its->elements == NULL || its->attrs == NULL ||
	    e->local == NULL || e->said.rules == NULL)
		return COPL_E_NOMEM;
	its->x = e->x;
	for (i = 0; i < e->x->nnames; i++)
		e->local[i] = (unsigned char)its_local_field(
		    e->x->names[i].ns, e->x->names[i].local);
	e->top = copl_arena_alloc(its->arena, sizeof(*e->top));
	if (e->top == NULL)
		return COPL_E_NOMEM;
	e->top->f[COPL_ITS_F_TRANSLATE] = "yes";
	e->top->f[COPL_ITS_F_SPACE] = "default";
	e->top->f[COPL_ITS_F_LOCALES] = "*";
	e->top->f[COPL_ITS_F_LOCALES_TYPE] = "include";
	e->top->f[COPL_ITS_F_DIR] = "ltr";
	its_value_default(e->top);
	its_value_derive(e->top);
	e->top->child = e->top;
	e->match.x = e->x;
	e->match.rules = e->rules;
	e->match.r = e->r;
	return its_match_begin(&e->match);
}

enum copl_status copl_its_eval(struct copl_its_rules *rules,
    const struct copl_xml *x, struct copl_its_trace *trace,
    struct copl_reporter *r, struct copl_its **out)
{
	struct its_eval *e = calloc(1, sizeof(*e));
	size_t errors = r->errors, i;
	enum copl_status st = COPL_E_NOMEM;

	*out = NULL;
	if (e == NULL)
		return st;
	e->rules = rules;
	e->x = x;
	e->r = r;
	e->trace = trace;
	e->its = calloc(1, sizeof(*e->its));
	if (e->its == NULL)
		goto out;
	st = add_embedded(e, rules);
	if (st == COPL_OK)
		st = prepare(e);
	for (i = 0;
	     i < x->nelements && st == COPL_OK && !r->nomem && !e->match.over;
	     i++)
		visit(e, i);
	if (st == COPL_OK && !e->match.over)
		tell_unmatched(e);
	if (r->nomem)
		st = COPL_E_NOMEM;
	if (st == COPL_OK && r->errors > errors)
		st = COPL_E_INVALID;
	if (st == COPL_OK) {
		*out = e->its;
		e->its = NULL;
	}
out:
	its_match_end(&e->match);
	copl_its_free(e->its);
	free(e->local);
	free(e->said.rules);
	free(e);
	return st;
}

void copl_its_free(struct copl_its *its)
{
	if (its == NULL)
		return;
	copl_arena_free(its->arena);
	free(its->elements);
	free(its->attrs);
	free(its->params);
	free(its);
}

const struct copl_its_value *copl_its_element(
    const struct copl_its *its, size_t element)
{
	return its->elements[element];
}

const struct copl_its_value *copl_its_attribute(
    const struct copl_its *its, size_t attr)
{
	return its->attrs[attr];
}

void copl_its_attribute_values(
    const struct copl_its *its, size_t attr, struct copl_its_value *out)
{
	if (its->attrs[attr] != NULL)
		*out = *its->attrs[attr];
	else
		its_value_attribute(
		    its->elements[its->x->attrs[attr].element], out);
}

bool copl_its_has_attributes(const struct copl_its *its)
{
	return its->translatable_attrs;
}

const struct copl_its_placeholder *copl_its_placeholders(
    const struct copl_its *its, size_t *n)
{
	*n = its->nparams;
	return its->params;
}

uint32_t copl_its_lang_attr(const struct copl_its *its, size_t element)
{
	return its->lang_attrs == NULL ? COPL_XML_NONE
				       : its->lang_attrs[element];
}
