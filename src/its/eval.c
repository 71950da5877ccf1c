/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include <libxml/xpathInternals.h>
#include "base/i18n.h"
#include "its/its_priv.h"

enum said { SAID_NOTHING, SAID_NO, SAID_YES };

/* What global rules say of a node, before local markup and inheritance. */
struct slot {
	enum said translate;
	enum said preserve;
	bool within_said;
	struct copl_its_value value;
};

struct copl_its {
	struct copl_arena *arena;
	struct copl_its_value *elements; /* by element index */
	struct copl_its_value *attrs; /* translatable ones */
	size_t nattrs;
	size_t attrs_room;
	struct copl_its_param *params;
	size_t nparams;
	size_t params_room;
	struct copl_its_rules *own; /* rules inside the document; NULL */
};

struct eval {
	struct copl_its *its;
	const struct copl_xml *x;
	struct copl_reporter *r;
	struct slot *slots; /* by element index */
	xmlXPathContext *xpath; /* of the rule at hand; NULL until needed */
};

static xmlXPathContext *context_of(struct eval *e, const struct copl_rule *rule)
{
	if (e->xpath == NULL)
		e->xpath = copl_its_xpath(e->x->doc, rule->node);
	if (e->xpath == NULL)
		e->r->nomem = true;
	return e->xpath;
}

/* A relative pointer's text at a node; NULL: empty, absent or no memory. */
static const char *point(struct eval *e, const struct copl_rule *rule,
    const char *pointer, xmlNode *n)
{
	struct copl_arena *a = e->its->arena;
	const char *text = NULL;
	xmlXPathContext *ctxt;
	xmlXPathObject *o;
	xmlChar *s;

	if (pointer[0] == '@' && strpbrk(pointer, ":|/[( ") == NULL &&
	    n->type == XML_ELEMENT_NODE)
		return copl_xml_get(n, pointer + 1, a, e->r);
	ctxt = context_of(e, rule);
	if (ctxt == NULL)
		return NULL;
	ctxt->node = n;
	ctxt->opCount = 0;
	o = xmlXPathEval((const xmlChar *)pointer, ctxt);
	if (o == NULL) {
		copl_report(e->r, COPL_ERROR, "its-pointer", rule->at,
		    _("\"%s\" is not a valid pointer"), pointer);
		return NULL;
	}
	s = xmlXPathCastToString(o);
	xmlXPathFreeObject(o);
	if (s == NULL) {
		e->r->nomem = true;
		return NULL;
	}
	if (*s != '\0') {
		text = copl_arena_strdup(a, (const char *)s);
		if (text == NULL)
			e->r->nomem = true;
	}
	xmlFree(s);
	return text;
}

/* As point(), white space collapsed. */
static const char *point_text(struct eval *e, const struct copl_rule *rule,
    const char *pointer, xmlNode *n)
{
	const char *s = point(e, rule, pointer, n);
	struct copl_strbuf b = COPL_STRBUF_INIT(1 << 20);
	const char *copy;

	if (s == NULL)
		return NULL;
	for (; *s != '\0'; s++) {
		if (!copl_is_space(*s))
			copl_strbuf_add(&b, s, 1);
		else if (b.len > 0 && !copl_is_space(s[1]) && s[1] != '\0')
			copl_strbuf_add(&b, " ", 1);
	}
	copy = copl_arena_strdup(e->its->arena, copl_strbuf_text(&b));
	if (copy == NULL || b.st == COPL_E_NOMEM)
		e->r->nomem = true;
	copl_strbuf_clear(&b);
	return copy;
}

static enum said yes_no(const char *value, const char *yes)
{
	return strcmp(value, yes) == 0 ? SAID_YES : SAID_NO;
}

static void add_param(struct eval *e, const struct copl_rule *rule, xmlNode *n)
{
	struct copl_its *its = e->its;
	struct copl_its_param *list = copl_grow(
	    its->params, its->nparams, &its->params_room, sizeof(*list));
	struct copl_its_param *p;

	if (list == NULL) {
		e->r->nomem = true;
		return;
	}
	its->params = list;
	p = &its->params[its->nparams];
	p->name = point(e, rule, rule->pointer, n);
	p->note = rule->pointer2 == NULL
		      ? NULL
		      : point_text(e, rule, rule->pointer2, n);
	p->example = rule->pointer3 == NULL
			 ? NULL
			 : point_text(e, rule, rule->pointer3, n);
	if (p->name != NULL)
		its->nparams++;
}

static enum copl_its_within within_of(const char *value)
{
	if (strcmp(value, "yes") == 0)
		return COPL_WITHIN_YES;
	return strcmp(value, "nested") == 0 ? COPL_WITHIN_NESTED
					    : COPL_WITHIN_NO;
}

static void apply(
    struct eval *e, const struct copl_rule *rule, xmlNode *n, struct slot *s)
{
	const char *number;
	uint64_t room;

	switch (rule->kind) {
	case RULE_TRANSLATE:
		s->translate = yes_no(rule->value, "yes");
		break;
	case RULE_WITHIN_TEXT:
		s->within_said = true;
		s->value.within = within_of(rule->value);
		break;
	case RULE_SPACE:
		s->preserve = yes_no(rule->value, "preserve");
		break;
	case RULE_NOTE:
		s->value.note = rule->pointer == NULL
				    ? rule->value
				    : point_text(e, rule, rule->pointer, n);
		break;
	case RULE_ID:
		s->value.id = point(e, rule, rule->pointer, n);
		break;
	case RULE_CONTEXT:
		s->value.context = point_text(e, rule, rule->pointer, n);
		break;
	case RULE_MAX_CHARS:
		number = point(e, rule, rule->pointer, n);
		if (number != NULL && copl_number_parse(number, 100000, &room))
			s->value.maxchars = (unsigned)room;
		break;
	case RULE_PARAM:
		add_param(e, rule, n);
		break;
	}
}

/*
 * An attribute is translatable only when a rule says so (8.1: attributes
 * default to no); its value hangs on the attribute node.
 */
static void apply_attr(struct eval *e, const struct copl_rule *rule, xmlNode *n)
{
	struct copl_its *its = e->its;
	struct slot s = {.translate = SAID_NOTHING};
	size_t i = (size_t)(uintptr_t)n->_private;

	if (i == 0) {
		struct copl_its_value *list = copl_grow(
		    its->attrs, its->nattrs, &its->attrs_room, sizeof(*list));

		if (list == NULL) {
			e->r->nomem = true;
			return;
		}
		its->attrs = list;
		memset(&its->attrs[its->nattrs], 0, sizeof(*list));
		i = ++its->nattrs;
		n->_private = (void *)(uintptr_t)i;
	}
	s.value = its->attrs[i - 1];
	apply(e, rule, n, &s);
	if (s.translate != SAID_NOTHING)
		s.value.translate = s.translate == SAID_YES;
	its->attrs[i - 1] = s.value;
}

static void apply_node(struct eval *e, const struct copl_rule *rule, xmlNode *n)
{
	if (n->type == XML_ELEMENT_NODE)
		apply(e, rule, n, &e->slots[copl_xml_index(n)]);
	else if (n->type == XML_ATTRIBUTE_NODE)
		apply_attr(e, rule, n);
}

/* Next element in document order; entities are not entered. */
static xmlNode *next_element(const xmlNode *n)
{
	xmlNode *next = copl_xml_first(n);

	while (next == NULL && n != NULL && n->type == XML_ELEMENT_NODE) {
		next = copl_xml_next(n);
		n = n->parent;
	}
	return next;
}

static void run_pattern(
    struct eval *e, const struct copl_rule *rule, const struct copl_branch *b)
{
	xmlNode *n = xmlDocGetRootElement(e->x->doc);

	for (; n != NULL; n = next_element(n)) {
		xmlAttr *attr;

		if (copl_branch_match(b, n))
			apply_node(e, rule, n);
		for (attr = n->properties; attr != NULL; attr = attr->next)
			if (copl_branch_match(b, (xmlNode *)attr))
				apply_node(e, rule, (xmlNode *)attr);
	}
}

static void run_xpath(
    struct eval *e, const struct copl_rule *rule, const struct copl_branch *b)
{
	xmlXPathContext *ctxt = context_of(e, rule);
	xmlXPathObject *o;
	int i;

	if (ctxt == NULL)
		return;
	ctxt->node = (xmlNode *)e->x->doc;
	ctxt->opCount = 0;
	o = xmlXPathCompiledEval(b->xpath, ctxt);
	if (o == NULL) {
		copl_report(e->r, COPL_ERROR, "its-selector", rule->at,
		    _("this selector cannot be evaluated here"));
		return;
	}
	for (i = 0; o->nodesetval != NULL && i < o->nodesetval->nodeNr; i++)
		apply_node(e, rule, o->nodesetval->nodeTab[i]);
	xmlXPathFreeObject(o);
}

static void run_rules(struct eval *e, const struct copl_its_rules *rules)
{
	size_t i, k;

	for (i = 0; i < rules->n && !e->r->nomem; i++) {
		const struct copl_rule *rule = &rules->rules[i];

		for (k = 0; k < rule->selector.n; k++) {
			const struct copl_branch *b =
			    &rule->selector.branches[k];

			if (b->pattern != NULL)
				run_pattern(e, rule, b);
			else
				run_xpath(e, rule, b);
		}
		xmlXPathFreeContext(e->xpath);
		e->xpath = NULL;
	}
}

/* Local markup: its:name, or name on an its:span. */
static const char *local(struct eval *e, const xmlNode *n, const char *name)
{
	const char *copy = NULL;
	xmlChar *s;

	if (copl_xml_is(n, COPL_ITS_NS, "span"))
		return copl_xml_get(n, name, e->its->arena, e->r);
	s = xmlGetNsProp(
	    n, (const xmlChar *)name, (const xmlChar *)COPL_ITS_NS);
	if (s != NULL) {
		copy = copl_arena_strdup(e->its->arena, (const char *)s);
		if (copy == NULL)
			e->r->nomem = true;
		xmlFree(s);
	}
	return copy;
}

static void read_local(struct eval *e, const xmlNode *n, struct slot *s)
{
	const char *value;
	xmlChar *space;

	value = local(e, n, "translate");
	if (value != NULL)
		s->translate = yes_no(value, "yes");
	value = local(e, n, "locNote");
	if (value != NULL)
		s->value.note = value;
	value = local(e, n, "withinText");
	if (value != NULL) {
		s->within_said = true;
		s->value.within = within_of(value);
	}
	space = xmlGetNsProp(n, (const xmlChar *)"space", XML_XML_NAMESPACE);
	if (space != NULL)
		s->preserve = yes_no((const char *)space, "preserve");
	xmlFree(space);
}

static const char *xml_id(struct eval *e, const xmlNode *n)
{
	xmlChar *id = xmlGetNsProp(n, (const xmlChar *)"id", XML_XML_NAMESPACE);
	const char *copy = NULL;

	if (id != NULL) {
		copy = copl_arena_strdup(e->its->arena, (const char *)id);
		if (copy == NULL)
			e->r->nomem = true;
		xmlFree(id);
	}
	return copy;
}

/*
 * Local markup beats rules, rules beat what is inherited.  Parents come
 * before their children in the table, so that one pass is enough.
 */
static void settle(struct eval *e)
{
	static const struct copl_its_value defaults = {.translate = true};
	xmlNode *root = xmlDocGetRootElement(e->x->doc), *n;

	for (n = root; n != NULL; n = next_element(n)) {
		size_t i = copl_xml_index(n);
		const struct copl_its_value *up =
		    n == root ? &defaults
			      : &e->its->elements[copl_xml_index(n->parent)];
		struct copl_its_value *v = &e->its->elements[i];
		struct slot *s = &e->slots[i];
		const char *id;

		if (n->properties != NULL || n->nsDef != NULL)
			read_local(e, n, s);
		*v = s->value;
		v->translate = s->translate == SAID_NOTHING
				   ? up->translate
				   : s->translate == SAID_YES;
		v->preserve = s->preserve == SAID_NOTHING
				  ? up->preserve
				  : s->preserve == SAID_YES;
		if (v->note == NULL)
			v->note = up->note;
		id = n->properties == NULL ? NULL : xml_id(e, n);
		if (id != NULL)
			v->id = id;
	}
}

/* its:rules elements inside the document apply after the files. */
static enum copl_status run_embedded(struct eval *e)
{
	struct copl_its *its = e->its;
	enum copl_status st = COPL_OK;
	xmlNode *n = xmlDocGetRootElement(e->x->doc);

	for (; n != NULL && st == COPL_OK; n = next_element(n)) {
		if (!copl_xml_is(n, COPL_ITS_NS, "rules"))
			continue;
		if (its->own == NULL)
			its->own = copl_its_rules_new();
		if (its->own == NULL)
			return COPL_E_NOMEM;
		st = copl_its_rules_add(its->own, e->x, n, e->r);
	}
	if (its->own != NULL && st == COPL_OK)
		run_rules(e, its->own);
	return st;
}

/* Values of an earlier evaluation must not be taken for ours. */
static void forget_attrs(const struct copl_xml *x)
{
	xmlNode *n = xmlDocGetRootElement(x->doc);

	for (; n != NULL; n = next_element(n)) {
		xmlAttr *attr;

		for (attr = n->properties; attr != NULL; attr = attr->next)
			attr->_private = NULL;
	}
}

enum copl_status copl_its_eval(const struct copl_its_rules *rules,
    const struct copl_xml *x, struct copl_reporter *r, struct copl_its **out)
{
	struct eval e = {.x = x, .r = r};
	size_t errors = r->errors;
	enum copl_status st = COPL_E_NOMEM;

	*out = NULL;
	e.its = calloc(1, sizeof(*e.its));
	if (e.its == NULL)
		goto out;
	e.its->arena = copl_arena_new();
	e.its->elements = calloc(x->nelements, sizeof(*e.its->elements));
	e.slots = calloc(x->nelements, sizeof(*e.slots));
	if (e.its->arena == NULL || e.its->elements == NULL || e.slots == NULL)
		goto out;
	forget_attrs(x);
	run_rules(&e, rules);
	st = run_embedded(&e);
	if (st != COPL_OK)
		goto out;
	settle(&e);
	st = r->nomem             ? COPL_E_NOMEM
	     : r->errors > errors ? COPL_E_INVALID
				  : COPL_OK;
	if (st != COPL_OK)
		goto out;
	*out = e.its;
	e.its = NULL;
out:
	copl_its_free(e.its);
	free(e.slots);
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
	copl_its_rules_free(its->own);
	free(its);
}

const struct copl_its_value *copl_its_element(
    const struct copl_its *its, const xmlNode *element)
{
	return &its->elements[copl_xml_index(element)];
}

const struct copl_its_value *copl_its_attribute(
    const struct copl_its *its, const xmlAttr *attr)
{
	size_t i = (size_t)(uintptr_t)attr->_private;

	return i == 0 || !its->attrs[i - 1].translate ? NULL
						      : &its->attrs[i - 1];
}

const struct copl_its_param *copl_its_params(
    const struct copl_its *its, size_t *n)
{
	*n = its->nparams;
	return its->params;
}
