/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "base/i18n.h"
#include "its/its_priv.h"

#define FILE_MAX_SIZE ((size_t)4 << 20)
#define LINKS_MAX 16 /* one behind the other */
#define FILES_MAX 256
#define RULES_MAX 20000

/* One its:rules element on the way in; up: the one that links its file. */
struct load {
	struct copl_its_rules *rules;
	struct copl_reporter *r;
	const struct copl_xml *x;
	const char *root; /* the file that begins the chain */
	const struct load *up;
	const struct its_scope *scope;
	size_t depth;
};

static enum copl_status add_element(struct load *l, size_t element);

struct copl_its_rules *copl_its_rules_new(void)
{
	struct copl_its_rules *rules = calloc(1, sizeof(*rules));

	if (rules == NULL)
		return NULL;
	rules->arena = copl_arena_new();
	if (rules->arena == NULL) {
		free(rules);
		return NULL;
	}
	return rules;
}

void copl_its_rules_free(struct copl_its_rules *rules)
{
	size_t i, k;

	if (rules == NULL)
		return;
	for (i = 0; i < rules->n; i++) {
		struct its_rule *rule = &rules->rules[i];

		its_selector_clear(&rule->selector);
		for (k = 0; k < rule->nvalues; k++)
			its_pointer_clear(&rule->values[k].pointer);
	}
	for (i = 0; i < rules->ndocs; i++)
		copl_xml_free(rules->docs[i]);
	free(rules->rules);
	free(rules->docs);
	free(rules->params);
	copl_arena_free(rules->arena);
	free(rules);
}

void copl_its_rules_strict(struct copl_its_rules *rules)
{
	rules->strict = true;
}

enum copl_severity its_severity(const struct copl_its_rules *rules)
{
	return rules->strict ? COPL_ERROR : COPL_WARNING;
}

enum copl_status copl_its_rules_param(
    struct copl_its_rules *rules, const char *name, const char *value)
{
	struct its_param *list = copl_grow(
	    rules->params, rules->nparams, &rules->params_room, sizeof(*list));

	if (list == NULL)
		return COPL_E_NOMEM;
	rules->params = list;
	list += rules->nparams;
	list->name = copl_arena_strdup(rules->arena, name);
	list->value = copl_arena_strdup(rules->arena, value);
	if (list->name == NULL || list->value == NULL)
		return COPL_E_NOMEM;
	rules->nparams++;
	return COPL_OK;
}

/* ---- what the expressions of a rule may refer to ---- */

static const char *attr_text(
    const struct load *l, size_t element, const char *ns, const char *name)
{
	return copl_xml_attr_text(l->x,
	    copl_xml_find_attr(l->x, element, ns, name), l->rules->arena, l->r);
}

static size_t count_declarations(const struct copl_xml *x, uint32_t element)
{
	size_t n = 0;

	for (; element != COPL_XML_NONE; element = x->elements[element].parent)
		n += x->elements[element].nattr;
	return n;
}

/* Declarations in scope, the innermost first. */
static enum copl_status read_namespaces(
    const struct load *l, uint32_t element, struct its_scope *scope)
{
	const struct copl_xml *x = l->x;
	struct copl_arena *a = l->rules->arena;

	scope->ns = copl_arena_alloc(
	    a, (count_declarations(x, element) + 1) * sizeof(*scope->ns));
	if (scope->ns == NULL)
		return COPL_E_NOMEM;
	for (; element != COPL_XML_NONE;
	     element = x->elements[element].parent) {
		const struct copl_xml_element *e = &x->elements[element];
		uint32_t i;

		for (i = e->attr; i < e->attr + e->nattr; i++) {
			const struct copl_xml_attr *at = &x->attrs[i];
			struct its_ns *ns = &scope->ns[scope->nns];

			if (at->qname != COPL_XML_NONE || at->name_len <= 6)
				continue;
			ns->prefix = copl_arena_strndup(
			    a, x->text.s + at->name + 6, at->name_len - 6);
			ns->uri = copl_arena_strndup(
			    a, x->text.s + at->value, at->value_len);
			if (ns->prefix == NULL || ns->uri == NULL)
				return COPL_E_NOMEM;
			scope->nns++;
		}
	}
	return COPL_OK;
}

static bool is_its(const struct copl_xml *x, size_t element, const char *name)
{
	return copl_xml_named(x, element, COPL_ITS_NS, name);
}

static const char *content(const struct load *l, size_t element)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(FILE_MAX_SIZE);
	const char *copy;

	copl_xml_put_content(l->x, element, &b);
	copy = copl_arena_strdup(l->rules->arena, copl_strbuf_text(&b));
	if (copy == NULL || b.st == COPL_E_NOMEM)
		l->r->nomem = true;
	copl_strbuf_clear(&b);
	return copy;
}

/*
 * From outside, then of the linking rules, then its own, the last of them
 * first (5.3.5): the first of a name counts.
 */
static enum copl_status read_params(
    const struct load *l, size_t element, struct its_scope *scope)
{
	const struct its_scope *outer = l->up == NULL ? NULL : l->up->scope;
	size_t n = outer == NULL ? l->rules->nparams : outer->nparams;
	const struct copl_xml_element *e = &l->x->elements[element];
	struct its_param *list;
	size_t i, own = n, k;

	list = copl_arena_alloc(
	    l->rules->arena, (n + e->next - element) * sizeof(*list));
	if (list == NULL)
		return COPL_E_NOMEM;
	if (n > 0)
		memcpy(list, outer == NULL ? l->rules->params : outer->params,
		    n * sizeof(*list));
	for (i = element + 1; i < e->next; i = l->x->elements[i].next) {
		if (!is_its(l->x, i, "param"))
			continue;
		list[n].name = attr_text(l, i, NULL, "name");
		list[n].value = content(l, i);
		if (list[n].name != NULL)
			n++;
	}
	for (i = own, k = n; i + 1 < k; i++) {
		struct its_param swap = list[i];

		list[i] = list[--k];
		list[k] = swap;
	}
	scope->params = list;
	scope->nparams = n;
	return l->r->nomem ? COPL_E_NOMEM : COPL_OK;
}

static enum copl_status make_scope(
    const struct load *l, size_t element, struct its_scope **out)
{
	struct its_scope *scope =
	    copl_arena_alloc(l->rules->arena, sizeof(*scope));
	enum copl_status st;

	if (scope == NULL)
		return COPL_E_NOMEM;
	st = read_namespaces(l, (uint32_t)element, scope);
	if (st == COPL_OK)
		st = read_params(l, element, scope);
	*out = scope;
	return st;
}

/* A rule that declares prefixes of its own has a scope of its own. */
static enum copl_status scope_of(
    const struct load *l, size_t element, struct its_scope **out)
{
	const struct copl_xml_element *e = &l->x->elements[element];
	struct its_scope *scope;
	uint32_t i;

	*out = (struct its_scope *)(uintptr_t)l->scope;
	for (i = e->attr; i < e->attr + e->nattr; i++)
		if (l->x->attrs[i].qname == COPL_XML_NONE)
			break;
	if (i == e->attr + e->nattr)
		return COPL_OK;
	scope = copl_arena_alloc(l->rules->arena, sizeof(*scope));
	if (scope == NULL)
		return COPL_E_NOMEM;
	*scope = *l->scope;
	scope->nns = 0;
	*out = scope;
	return read_namespaces(l, (uint32_t)element, scope);
}

/* ---- one rule ---- */

static struct copl_place place_of(const struct load *l, size_t element)
{
	return copl_xml_at(l->x, l->x->elements[element].start);
}

static struct copl_place attr_place(
    const struct load *l, size_t element, const char *name)
{
	uint32_t i = copl_xml_find_attr(l->x, element, NULL, name);

	return i == COPL_XML_NONE ? place_of(l, element)
				  : copl_xml_at(l->x, l->x->attrs[i].value);
}

static enum copl_status read_value(struct load *l, size_t element,
    const struct its_part *part, const char *text, struct its_rule *rule)
{
	struct its_value *v = &rule->values[rule->nvalues];
	struct copl_place at = attr_place(l, element, part->attr);

	v->part = part;
	if (part->source == ITS_LITERAL) {
		if (!its_value_check(
			part->field, text, at, its_severity(l->rules), l->r))
			return COPL_E_INVALID;
		v->text = text;
	} else if (part->source == ITS_PATH) {
		v->text = its_scope_expand(rule->scope, text, l->rules->arena);
		if (v->text == NULL)
			return COPL_E_NOMEM;
	} else {
		enum copl_status st = its_pointer_compile(text, rule->scope, at,
		    its_severity(l->rules), l->rules->arena, l->r, &v->pointer);

		if (st != COPL_OK)
			return st;
	}
	rule->nvalues++;
	return COPL_OK;
}

/* A locNoteRule may hold its note as an element. */
static enum copl_status read_note(
    struct load *l, size_t element, struct its_rule *rule)
{
	static const struct its_part part = {
	    "locNote", COPL_ITS_F_NOTE, ITS_LITERAL};
	const struct copl_xml *x = l->x;
	size_t i;

	for (i = element + 1; i < x->elements[element].next;
	     i = x->elements[i].next) {
		struct its_value *v = &rule->values[rule->nvalues];

		if (!is_its(x, i, "locNote"))
			continue;
		v->part = &part;
		v->text = its_collapse(content(l, i), l->rules->arena, l->r);
		rule->nvalues++;
		break;
	}
	return l->r->nomem ? COPL_E_NOMEM : COPL_OK;
}

static enum copl_status read_values(
    struct load *l, size_t element, struct its_rule *rule)
{
	const struct its_form *form = rule->form;
	enum copl_status st = COPL_OK;
	size_t i;

	for (i = 0; i < form->nparts && st == COPL_OK; i++) {
		const char *text =
		    attr_text(l, element, NULL, form->parts[i].attr);

		if (text != NULL)
			st =
			    read_value(l, element, &form->parts[i], text, rule);
	}
	if (st == COPL_OK && form->category == COPL_ITS_LOCALIZATION_NOTE)
		st = read_note(l, element, rule);
	if (form->category == COPL_ITS_DOMAIN)
		rule->mapping = attr_text(l, element, NULL, "domainMapping");
	if (l->r->nomem)
		return COPL_E_NOMEM;
	if (st != COPL_OK || rule->nvalues > 0)
		return st;
	copl_report(l->r, COPL_ERROR, "its-rule", rule->at,
	    _("<%s> says nothing: its value is missing"), form->name);
	return COPL_E_INVALID;
}

/* Does a pointer ask which of the selected nodes it stands at? (5.3.2.2) */
static bool counts_nodes(const struct its_rule *rule)
{
	size_t i;

	for (i = 0; i < rule->nvalues; i++) {
		const struct its_pointer *p = &rule->values[i].pointer;

		if (p->xpath != NULL && (strstr(p->text, "position") != NULL ||
					    strstr(p->text, "last") != NULL))
			return true;
	}
	return false;
}

static enum copl_status read_rule(
    struct load *l, size_t element, struct its_rule *rule)
{
	const char *selector = attr_text(l, element, NULL, "selector");
	enum copl_status st;

	if (l->r->nomem)
		return COPL_E_NOMEM;
	if (selector == NULL) {
		copl_report(l->r, COPL_ERROR, "its-rule", rule->at,
		    _("<%s> has no selector"), rule->form->name);
		return COPL_E_INVALID;
	}
	st = scope_of(l, element, &rule->scope);
	if (st == COPL_OK)
		st = read_values(l, element, rule);
	if (st != COPL_OK)
		return st;
	return its_selector_compile(selector, rule->scope, counts_nodes(rule),
	    attr_place(l, element, "selector"), its_severity(l->rules),
	    l->rules->arena, l->r, &rule->selector);
}

static void drop_rule(struct copl_its_rules *rules)
{
	struct its_rule *rule = &rules->rules[--rules->n];
	size_t i;

	its_selector_clear(&rule->selector);
	for (i = 0; i < rule->nvalues; i++)
		its_pointer_clear(&rule->values[i].pointer);
}

/* A rule that is wrong is told of and left out. */
static enum copl_status add_rule(
    struct load *l, size_t element, const struct its_form *form)
{
	struct copl_its_rules *rules = l->rules;
	struct its_rule *list;
	enum copl_status st;

	if (rules->n == RULES_MAX) {
		copl_report(l->r, COPL_ERROR, "its-limit", place_of(l, element),
		    _("there are more than %d rules"), RULES_MAX);
		return COPL_E_LIMIT;
	}
	list = copl_grow(rules->rules, rules->n, &rules->room, sizeof(*list));
	if (list == NULL)
		return COPL_E_NOMEM;
	rules->rules = list;
	list += rules->n++;
	memset(list, 0, sizeof(*list));
	list->form = form;
	list->at = place_of(l, element);
	list->builtin = rules->builtin;
	st = read_rule(l, element, list);
	if (st != COPL_OK)
		drop_rule(rules);
	return st == COPL_E_INVALID ? COPL_OK : st;
}

/* ---- an its:rules element ---- */

static enum copl_status keep_doc(
    struct copl_its_rules *rules, struct copl_xml *x)
{
	struct copl_xml **docs = copl_grow(
	    rules->docs, rules->ndocs, &rules->docs_room, sizeof(*docs));

	if (docs == NULL) {
		copl_xml_free(x);
		return COPL_E_NOMEM;
	}
	rules->docs = docs;
	docs[rules->ndocs++] = x;
	return COPL_OK;
}

size_t its_rules_find(const struct copl_xml *x, size_t from)
{
	for (; from < x->nelements; from++)
		if (is_its(x, from, "rules"))
			return from;
	return COPL_XML_NONE;
}

static enum copl_status not_rules(
    const struct copl_xml *x, struct copl_reporter *r)
{
	copl_report(r, COPL_ERROR, "its-not-rules", copl_xml_at(x, 0),
	    _("this is no ITS rule file: it has no element <its:rules>"));
	return COPL_E_INVALID;
}

/* Does the chain of links come back to a file that it has been in? */
static bool is_ring(const struct load *l, const char *path)
{
	for (; l != NULL; l = l->up)
		if (strcmp(l->x->file, path) == 0)
			return true;
	return false;
}

static enum copl_status load_linked(
    struct load *l, const char *path, struct copl_place at)
{
	struct load next = {.rules = l->rules,
	    .r = l->r,
	    .root = l->root,
	    .up = l,
	    .depth = l->depth + 1};
	struct copl_xml *x;
	enum copl_status st;
	size_t first;

	if (is_ring(l, path)) {
		copl_report(l->r, COPL_ERROR, "its-link", at,
		    _("the links of rule files go round in a ring: \"%s\" is "
		      "linked again"),
		    path);
		return COPL_E_INVALID;
	}
	if (next.depth > LINKS_MAX || l->rules->ndocs >= FILES_MAX) {
		copl_report(l->r, COPL_ERROR, "its-link", at,
		    _("too many rule files are linked: \"%s\" is one too "
		      "much"),
		    path);
		return COPL_E_INVALID;
	}
	st = copl_xml_load(path, COPL_XML_DOCUMENT, FILE_MAX_SIZE, l->r, &x);
	if (st == COPL_OK)
		st = keep_doc(l->rules, x);
	if (st != COPL_OK)
		return st;
	next.x = x;
	first = its_rules_find(x, 0);
	return first == COPL_XML_NONE ? not_rules(x, l->r)
				      : add_element(&next, first);
}

/* The standard, 5.4: linked rules come before those of the linking element. */
static enum copl_status follow_link(struct load *l, size_t element)
{
	uint32_t i = copl_xml_find_attr(l->x, element, XLINK_NS, "href");
	const char *href, *path;
	struct copl_place at;

	if (i == COPL_XML_NONE)
		return COPL_OK;
	href = copl_xml_attr_text(l->x, i, l->rules->arena, l->r);
	if (href == NULL)
		return COPL_E_NOMEM;
	at = copl_xml_at(l->x, l->x->attrs[i].value);
	path =
	    its_link_path(l->x->file, l->root, href, at, l->rules->arena, l->r);
	if (path == NULL)
		return l->r->nomem ? COPL_E_NOMEM : COPL_E_INVALID;
	return load_linked(l, path, at);
}

static bool speaks_xpath(struct load *l, size_t element)
{
	const char *language = attr_text(l, element, NULL, "queryLanguage");

	if (language == NULL || strcmp(language, "xpath") == 0)
		return true;
	copl_report(l->r, its_severity(l->rules), "its-query-language",
	    attr_place(l, element, "queryLanguage"),
	    _("rules in the query language \"%s\" are passed over: only xpath "
	      "is known"),
	    language);
	return false;
}

static enum copl_status add_child(struct load *l, size_t element)
{
	const struct copl_xml_name *name = copl_xml_element_name(l->x, element);
	const char *ns = name->ns == NULL ? "" : name->ns;
	const struct its_form *form = its_form_find(ns, name->local);

	if (form != NULL)
		return add_rule(l, element, form);
	if (!its_form_is_other(ns, name->local))
		copl_report(l->r, COPL_WARNING, "its-rule-unknown",
		    place_of(l, element),
		    _("the rule <%s> is not known and does nothing"),
		    name->local);
	return COPL_OK;
}

static enum copl_status add_element(struct load *l, size_t element)
{
	const struct copl_xml *x = l->x;
	struct its_scope *scope = NULL;
	enum copl_status st = make_scope(l, element, &scope);
	size_t i;

	l->scope = scope;
	if (st == COPL_OK)
		st = follow_link(l, element);
	if (st != COPL_OK || !speaks_xpath(l, element))
		return st;
	for (i = element + 1; i < x->elements[element].next && st == COPL_OK;
	     i = x->elements[i].next)
		st = add_child(l, i);
	return st;
}

enum copl_status its_rules_add(struct copl_its_rules *rules,
    const struct copl_xml *x, size_t element, struct copl_reporter *r)
{
	struct load l = {.rules = rules, .r = r, .x = x, .root = x->file};
	size_t errors = r->errors;
	enum copl_status st = add_element(&l, element);

	return st == COPL_OK && r->errors > errors ? COPL_E_INVALID : st;
}

static enum copl_status add_doc(
    struct copl_its_rules *rules, struct copl_xml *x, struct copl_reporter *r)
{
	enum copl_status st = keep_doc(rules, x);
	size_t first;

	if (st != COPL_OK)
		return st;
	first = its_rules_find(x, 0);
	return first == COPL_XML_NONE ? not_rules(x, r)
				      : its_rules_add(rules, x, first, r);
}

enum copl_status copl_its_rules_load(
    struct copl_its_rules *rules, const char *path, struct copl_reporter *r)
{
	struct copl_xml *x;
	enum copl_status st =
	    copl_xml_load(path, COPL_XML_DOCUMENT, FILE_MAX_SIZE, r, &x);

	return st == COPL_OK ? add_doc(rules, x, r) : st;
}

enum copl_status its_rules_text(struct copl_its_rules *rules, const char *name,
    const char *text, size_t len, struct copl_reporter *r)
{
	struct copl_xml *x;
	enum copl_status st =
	    copl_xml_read(text, len, name, COPL_XML_DOCUMENT, r, &x);

	rules->builtin = true;
	if (st == COPL_OK)
		st = add_doc(rules, x, r);
	rules->builtin = false;
	return st;
}
