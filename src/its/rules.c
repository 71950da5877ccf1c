/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "base/i18n.h"
#include "its/its_priv.h"

#define RULES_MAX ((size_t)1 << 20)

/* Which attributes a rule element has; NULL: it has no such value. */
static const struct rule_form {
	const char *ns;
	const char *name;
	enum rule_kind kind;
	const char *value;
	const char *pointer;
	const char *pointer2;
	const char *pointer3;
} forms[] = {
    {COPL_ITS_NS, "translateRule", RULE_TRANSLATE, "translate", NULL, NULL,
	NULL},
    {COPL_ITS_NS, "withinTextRule", RULE_WITHIN_TEXT, "withinText", NULL, NULL,
	NULL},
    {COPL_ITS_NS, "locNoteRule", RULE_NOTE, NULL, "locNotePointer", NULL, NULL},
    {COPL_ITS_NS, "idValueRule", RULE_ID, NULL, "idValue", NULL, NULL},
    {COPL_ITS_NS, "preserveSpaceRule", RULE_SPACE, "space", NULL, NULL, NULL},
    {COPL_ITS_EXTENSION_NS, "maxCharsRule", RULE_MAX_CHARS, NULL, "pointer",
	NULL, NULL},
    {COPL_ITS_EXTENSION_NS, "contextRule", RULE_CONTEXT, NULL, "pointer", NULL,
	NULL},
    {COPL_ITS_EXTENSION_NS, "paramRule", RULE_PARAM, NULL, "namePointer",
	"notePointer", "examplePointer"},
};

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
	size_t i;

	if (rules == NULL)
		return;
	for (i = 0; i < rules->n; i++)
		copl_selector_clear(&rules->rules[i].selector);
	for (i = 0; i < rules->ndocs; i++)
		copl_xml_free(rules->docs[i]);
	free(rules->rules);
	free(rules->docs);
	copl_arena_free(rules->arena);
	free(rules);
}

static const struct rule_form *form_of(const xmlNode *n)
{
	size_t i;

	for (i = 0; i < COPL_COUNT(forms); i++)
		if (copl_xml_is(n, forms[i].ns, forms[i].name))
			return &forms[i];
	return NULL;
}

static const char *attr(const xmlNode *n, const char *name,
    struct copl_arena *a, struct copl_reporter *r)
{
	return name == NULL ? NULL : copl_xml_get(n, name, a, r);
}

/* Value, pointer, or for a note its its:locNote child. */
static enum copl_status read_values(const struct rule_form *form,
    const xmlNode *n, struct copl_arena *a, struct copl_reporter *r,
    struct copl_rule *rule)
{
	const xmlNode *child = copl_xml_first(n);

	rule->value = attr(n, form->value, a, r);
	rule->pointer = attr(n, form->pointer, a, r);
	rule->pointer2 = attr(n, form->pointer2, a, r);
	rule->pointer3 = attr(n, form->pointer3, a, r);
	if (form->kind == RULE_NOTE && rule->pointer == NULL &&
	    copl_xml_is(child, COPL_ITS_NS, "locNote"))
		rule->value = copl_xml_get_text(child, a, r);
	if (r->nomem)
		return COPL_E_NOMEM;
	if (rule->value == NULL && rule->pointer == NULL) {
		copl_report(r, COPL_ERROR, "its-rule", rule->at,
		    _("<%s> says nothing: its value is missing"), form->name);
		return COPL_E_INVALID;
	}
	return COPL_OK;
}

static enum copl_status add_rule(struct copl_its_rules *rules,
    const struct rule_form *form, const struct copl_xml *x, const xmlNode *n,
    struct copl_reporter *r)
{
	struct copl_rule *list, *rule;
	const char *selector;
	enum copl_status st;

	list = copl_grow(rules->rules, rules->n, &rules->room, sizeof(*list));
	if (list == NULL)
		return COPL_E_NOMEM;
	rules->rules = list;
	rule = &rules->rules[rules->n++];
	memset(rule, 0, sizeof(*rule));
	rule->kind = form->kind;
	rule->node = n;
	rule->at = copl_xml_place(x, n);
	selector = copl_xml_get(n, "selector", rules->arena, r);
	if (r->nomem)
		return COPL_E_NOMEM;
	if (selector == NULL) {
		copl_report(r, COPL_ERROR, "its-rule", rule->at,
		    _("<%s> has no selector"), form->name);
		return COPL_E_INVALID;
	}
	st = read_values(form, n, rules->arena, r, rule);
	if (st != COPL_OK)
		return st;
	return copl_selector_compile(selector, n,
	    copl_xml_attr_place(x, n, "selector"), rules->arena, r,
	    &rule->selector);
}

enum copl_status copl_its_rules_add(struct copl_its_rules *rules,
    const struct copl_xml *x, const xmlNode *root, struct copl_reporter *r)
{
	enum copl_status worst = COPL_OK;
	xmlNode *n;

	for (n = copl_xml_first(root); n != NULL; n = copl_xml_next(n)) {
		const struct rule_form *form = form_of(n);
		enum copl_status st;

		if (form == NULL) {
			copl_report(r, COPL_WARNING, "its-rule-unknown",
			    copl_xml_place(x, n),
			    _("the rule <%s> is not known and does nothing"),
			    (const char *)n->name);
			continue;
		}
		st = add_rule(rules, form, x, n, r);
		if (st == COPL_E_NOMEM)
			return st;
		if (st != COPL_OK)
			worst = st;
	}
	return worst;
}

enum copl_status copl_its_rules_load(
    struct copl_its_rules *rules, const char *path, struct copl_reporter *r)
{
	struct copl_xml *x, **docs;
	enum copl_status st;
	xmlNode *root;

	docs = copl_grow(
	    rules->docs, rules->ndocs, &rules->docs_room, sizeof(*docs));
	if (docs == NULL)
		return COPL_E_NOMEM;
	rules->docs = docs;
	st = copl_xml_load(path, COPL_XML_STRICT, RULES_MAX, r, &x);
	if (st != COPL_OK)
		return st;
	rules->docs[rules->ndocs++] = x;
	root = xmlDocGetRootElement(x->doc);
	if (copl_xml_is(root, COPL_ITS_NS, "rules"))
		return copl_its_rules_add(rules, x, root, r);
	copl_report(r, COPL_ERROR, "its-not-rules", copl_xml_place(x, root),
	    _("this is not an ITS rule file: its root must be <its:rules>"));
	return COPL_E_INVALID;
}
