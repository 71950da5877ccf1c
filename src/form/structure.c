/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Holds a document against the tables of schema.c: which elements and
 * attributes stand where, how often and in which order, and what values look
 * like.  Nothing here knows what a form means.
 */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "form/form_priv.h"

#define ITS_NS "http://www.w3.org/2005/11/its"
/* Emphasis in a link in a term: deeper than this is a mistake. */
#define INLINE_DEPTH_MAX 8
#define CHILD_RULES_MAX 16

/* ---- attributes ---- */

/* The name as the tables write it, in room; NULL: no prefix of ours. */
static const char *table_name(const xmlAttr *attr, char room[64])
{
	const char *name = (const char *)attr->name;
	const char *prefix;

	if (attr->ns == NULL)
		return name;
	if (xmlStrEqual(attr->ns->href, XML_XML_NAMESPACE))
		prefix = "xml:";
	else if (xmlStrEqual(attr->ns->href, (const xmlChar *)ITS_NS))
		prefix = "its:";
	else
		return NULL;
	if (strlen(name) > 50)
		return NULL;
	memcpy(room, prefix, 4);
	memcpy(room + 4, name, strlen(name) + 1);
	return room;
}

static const struct copl_form_attr_rule *rule_of(
    const struct copl_form_element *e, const char *name)
{
	const struct copl_form_attr_rule *rule;
	size_t i;

	for (i = 0; (rule = copl_form_attr_rules(e, i)) != NULL; i++)
		for (; rule->name != NULL; rule++)
			if (strcmp(rule->name, name) == 0)
				return rule;
	return NULL;
}

static struct copl_place attr_name_at(
    const struct copl_form_reader *rd, const xmlAttr *attr)
{
	const struct copl_xml_attr *source =
	    copl_xml_attr_source(rd->xml, attr);

	return source == NULL ? copl_form_at(rd, attr->parent)
			      : copl_xml_at(rd->xml, source->name);
}

static void unknown_attr(struct copl_form_reader *rd,
    const struct copl_form_element *e, const xmlAttr *attr)
{
	struct copl_form_suggest s =
	    copl_form_suggest_for(rd, (const char *)attr->name);
	const struct copl_form_attr_rule *rule;
	size_t i;

	for (i = 0; (rule = copl_form_attr_rules(e, i)) != NULL; i++)
		for (; rule->name != NULL; rule++)
			copl_form_suggest_offer(&s, rule->name);
	copl_report(rd->r, COPL_ERROR, "form-unknown-attribute",
	    attr_name_at(rd, attr), _("<%s> has no attribute \"%s\"%s"),
	    e->name, copl_form_shown(rd, (const char *)attr->name),
	    copl_form_suggest_end(rd, &s));
}

static void bad_value(struct copl_form_reader *rd, const xmlAttr *attr,
    const struct copl_form_attr_rule *rule, const char *value)
{
	const struct copl_xml_attr *source =
	    copl_xml_attr_source(rd->xml, attr);
	struct copl_place at = copl_form_at(rd, attr->parent);

	if (source != NULL)
		at = copl_xml_at(rd->xml, source->value);
	if (rule->value == VALUE_WORD)
		copl_report(rd->r, COPL_ERROR, "form-bad-value", at,
		    _("\"%s\" cannot be the value of \"%s\": use one of "
		      "these: %s"),
		    copl_form_shown(rd, value), rule->name, rule->words);
	else
		copl_report(rd->r, COPL_ERROR, "form-bad-value", at,
		    _("\"%s\" cannot be the value of \"%s\": %s"),
		    copl_form_shown(rd, value), rule->name,
		    copl_form_value_advice(rule));
}

/* ITS 2.0 local markup may stand wherever a text may. */
static bool is_its(const struct copl_form_element *e, const char *name)
{
	return name != NULL && strncmp(name, "its:", 4) == 0 &&
	       (e->shared & SHARED_TEXT) != 0;
}

static void check_value(struct copl_form_reader *rd, const xmlAttr *attr,
    const struct copl_form_attr_rule *rule)
{
	xmlChar *value = xmlNodeListGetString(attr->doc, attr->children, 1);
	const char *s = value == NULL ? "" : (const char *)value;

	/* An empty attribute has no children; otherwise memory is out. */
	if (value == NULL && attr->children != NULL &&
	    attr->children->content != NULL && *attr->children->content != 0)
		rd->r->nomem = true;
	else if (!copl_form_value_ok(rule, s))
		bad_value(rd, attr, rule, s);
	xmlFree(value);
}

static void check_attr(struct copl_form_reader *rd,
    const struct copl_form_element *e, const xmlAttr *attr)
{
	char room[64];
	const char *name = table_name(attr, room);
	const struct copl_form_attr_rule *rule =
	    name == NULL ? NULL : rule_of(e, name);

	if (rule != NULL)
		check_value(rd, attr, rule);
	else if (!is_its(e, name))
		unknown_attr(rd, e, attr);
}

static bool has_attr(const xmlNode *n, const char *name)
{
	const xmlAttr *attr;
	char room[64];

	for (attr = n->properties; attr != NULL; attr = attr->next) {
		const char *have = table_name(attr, room);

		if (have != NULL && strcmp(have, name) == 0)
			return true;
	}
	return false;
}

static void missing_attr(struct copl_form_reader *rd,
    const struct copl_form_element *e, const struct copl_form_attr_rule *rule,
    const xmlNode *n)
{
	if (rule->value == VALUE_WORD)
		copl_report(rd->r, COPL_ERROR, "form-missing-attribute",
		    copl_form_at(rd, n),
		    _("<%s> needs the attribute \"%s\": use one of these: "
		      "%s"),
		    e->name, rule->name, rule->words);
	else
		copl_report(rd->r, COPL_ERROR, "form-missing-attribute",
		    copl_form_at(rd, n),
		    _("<%s> needs the attribute \"%s\": %s"), e->name,
		    rule->name, copl_form_value_advice(rule));
}

static void check_attrs(struct copl_form_reader *rd,
    const struct copl_form_element *e, const xmlNode *n)
{
	const struct copl_form_attr_rule *rule;
	const xmlAttr *attr;
	size_t i;

	for (attr = n->properties; attr != NULL; attr = attr->next)
		check_attr(rd, e, attr);
	for (i = 0; (rule = copl_form_attr_rules(e, i)) != NULL; i++)
		for (; rule->name != NULL; rule++)
			if (rule->required && !has_attr(n, rule->name))
				missing_attr(rd, e, rule, n);
}

/* ---- text where none belongs ---- */

static void check_gap(struct copl_form_reader *rd, const char *parent,
    size_t from, size_t to, struct copl_form_text *t)
{
	size_t i = 0;

	if (!copl_form_text_read(rd, from, to, t))
		return;
	while (i < t->s.len &&
	       (copl_is_space(t->s.s[i]) || t->s.s[i] == COPL_FORM_TAG))
		i++;
	if (i < t->s.len)
		copl_report(rd->r, COPL_ERROR, "form-text",
		    copl_form_text_place(rd, t, i),
		    _("text cannot stand directly in <%s>: put it into an "
		      "element for text, or remove it"),
		    parent);
}

static bool has_text(const xmlNode *parent)
{
	const xmlNode *n;

	for (n = parent->children; n != NULL; n = n->next)
		if ((n->type == XML_TEXT_NODE ||
			n->type == XML_CDATA_SECTION_NODE) &&
		    !xmlIsBlankNode(n))
			return true;
	return false;
}

static void check_no_text(struct copl_form_reader *rd, const xmlNode *n)
{
	struct copl_form_text t = COPL_FORM_TEXT_INIT;
	const struct copl_xml_element *e = copl_xml_source(rd->xml, n);
	size_t from = e->content;
	const xmlNode *child;

	if (!has_text(n))
		return;
	for (child = copl_xml_first(n); child != NULL;
	     child = copl_xml_next(child)) {
		const struct copl_xml_element *c =
		    copl_xml_source(rd->xml, child);

		check_gap(rd, (const char *)n->name, from, c->start, &t);
		from = c->end;
	}
	check_gap(rd, (const char *)n->name, from, e->close, &t);
	copl_form_text_clear(&t);
}

/* ---- children ---- */

static bool fits(
    const struct copl_form_child_rule *rule, const struct copl_form_element *e)
{
	return rule->name == NULL ? e->group == rule->group
				  : strcmp(e->name, rule->name) == 0;
}

/* The element's own rules; for text, its inline elements. */
static const struct copl_form_child_rule *rules_of(
    const struct copl_form_element *e, const xmlNode *n)
{
	static const struct copl_form_child_rule plural_rules[] = {
	    {"form", GROUP_NONE, 1, COPL_PLURALS_MAX},
	    {NULL, GROUP_NONE, 0, 0}};
	static const struct copl_form_child_rule inline_rules[] = {
	    {NULL, GROUP_INLINE, 0, UINT32_MAX}, {NULL, GROUP_NONE, 0, 0}};

	if (copl_form_may_count(e) && copl_form_counts(n))
		return plural_rules;
	return e->content == CONTENT_INLINE ? inline_rules : e->children;
}

/* A <form> of a text that names no number; told once for all of them. */
static bool lacks_count(struct copl_form_reader *rd,
    const struct copl_form_element *parent, const xmlNode *n)
{
	if (!copl_form_may_count(parent) ||
	    !copl_xml_is(n, COPL_FORM_NS, "form"))
		return false;
	if (copl_form_child(n->parent, "form") == n)
		copl_report(rd->r, COPL_ERROR, "form-missing-attribute",
		    copl_form_at(rd, n->parent),
		    _("<%s> needs the attribute \"count\", because it holds a "
		      "<form>: write the name of the <param> with the number"),
		    parent->name);
	return true;
}

static void unknown_element(struct copl_form_reader *rd,
    const struct copl_form_element *parent, const xmlNode *n)
{
	struct copl_form_suggest s =
	    copl_form_suggest_for(rd, (const char *)n->name);
	const struct copl_form_child_rule *rule;
	const struct copl_form_element *e;
	size_t i;

	for (i = 0; (e = copl_form_element_at(i)) != NULL; i++)
		for (rule = rules_of(parent, n->parent); rule->max != 0; rule++)
			if (fits(rule, e))
				copl_form_suggest_offer(&s, e->name);
	if (!copl_xml_is(n, COPL_FORM_NS, NULL))
		copl_report(rd->r, COPL_ERROR, "form-unknown-element",
		    copl_form_at(rd, n),
		    _("<%s> is of another namespace than \"%s\" and has no "
		      "place in a form"),
		    copl_form_shown(rd, (const char *)n->name), COPL_FORM_NS);
	else if (copl_form_element((const char *)n->name) == NULL)
		copl_report(rd->r, COPL_ERROR, "form-unknown-element",
		    copl_form_at(rd, n),
		    _("there is no element <%s> for use in <%s>%s"),
		    copl_form_shown(rd, (const char *)n->name), parent->name,
		    copl_form_suggest_end(rd, &s));
	else
		copl_report(rd->r, COPL_ERROR, "form-misplaced-element",
		    copl_form_at(rd, n),
		    _("<%s> cannot stand in <%s>: move it to its place%s"),
		    (const char *)n->name, parent->name,
		    copl_form_suggest_end(rd, &s));
}

/* What was counted so far among the children of one element. */
struct tally {
	const struct copl_form_element *parent;
	const struct copl_form_child_rule *rules;
	unsigned seen[CHILD_RULES_MAX];
	size_t last; /* the rule furthest down that had a child */
	const xmlNode *last_node;
};

static void count_child(
    struct copl_form_reader *rd, struct tally *t, size_t i, const xmlNode *n)
{
	const struct copl_form_child_rule *rule = &t->rules[i];
	const char *name = (const char *)n->name;

	t->seen[i]++;
	if (rule->max == 1 && t->seen[i] == 2)
		copl_report(rd->r, COPL_ERROR, "form-repeated-element",
		    copl_form_at(rd, n),
		    _("<%s> can hold only one <%s>: remove one, or join them"),
		    t->parent->name, name);
	if (rule->max > 1 && t->seen[i] - 1 == rule->max) {
		rd->too_many = true;
		copl_report(rd->r, COPL_ERROR, "form-too-many",
		    copl_form_at(rd, n),
		    _("<%s> can hold at most %u of these: split it"),
		    t->parent->name, rule->max);
	}
	if (t->last_node != NULL && i < t->last)
		copl_report(rd->r, COPL_ERROR, "form-order",
		    copl_form_at(rd, n),
		    _("<%s> must come before <%s> in <%s>: move it up"), name,
		    (const char *)t->last_node->name, t->parent->name);
	if (t->last_node == NULL || i > t->last) {
		t->last = i;
		t->last_node = n;
	}
}

/* Does this child have a place?  Then its rule is counted. */
static bool place_child(
    struct copl_form_reader *rd, struct tally *t, const xmlNode *n)
{
	const struct copl_form_element *e =
	    copl_xml_is(n, COPL_FORM_NS, NULL)
		? copl_form_element((const char *)n->name)
		: NULL;
	size_t i;

	for (i = 0; e != NULL && t->rules[i].max != 0; i++) {
		if (!fits(&t->rules[i], e))
			continue;
		count_child(rd, t, i, n);
		return true;
	}
	if (!lacks_count(rd, t->parent, n))
		unknown_element(rd, t->parent, n);
	return false;
}

/* What an element that is missing is for, a translated clause. */
static const char *purpose_of(const char *name)
{
	static const char *const purposes[][2] = {
	    {"about", N_("what people read before the questions")},
	    {"section", N_("a part of the form, with its questions")},
	    {"thanks", N_("the last words that people read")},
	    {"title", N_("the heading that people read")},
	    {"closes", N_("until when people can answer")},
	    {"label", N_("the question that people read")},
	    {"option", N_("an answer that people can choose")},
	    {"row", N_("a line of the grid")},
	    {"low", N_("words for the lower end of the scale")},
	    {"high", N_("words for the upper end of the scale")},
	    {"item", N_("a point of the list")},
	    {"form", N_("the text for one kind of number")},
	};
	size_t i;

	for (i = 0; i < COPL_COUNT(purposes); i++)
		if (strcmp(purposes[i][0], name) == 0)
			return _(purposes[i][1]);
	return _("add it");
}

/* Some things are missed by people, not by a grammar: say why. */
static void missing_child(struct copl_form_reader *rd, const struct tally *t,
    const struct copl_form_child_rule *rule, const xmlNode *n)
{
	if (rule->name != NULL && strcmp(rule->name, "privacy") == 0)
		copl_report(rd->r, COPL_ERROR, "form-no-privacy",
		    copl_form_at(rd, n),
		    _("young people must read before the first question who "
		      "reads their answers, why, and for how long: add "
		      "<privacy> to <about>"));
	else if (rule->name != NULL)
		copl_report(rd->r, COPL_ERROR, "form-missing-element",
		    copl_form_at(rd, n), _("<%s> needs the element <%s>: %s"),
		    t->parent->name, rule->name, purpose_of(rule->name));
	else if (rule->group == GROUP_ITEM)
		copl_report(rd->r, COPL_ERROR, "form-missing-element",
		    copl_form_at(rd, n), _("<%s> needs a question or a <note>"),
		    t->parent->name);
	else
		copl_report(rd->r, COPL_ERROR, "form-missing-element",
		    copl_form_at(rd, n),
		    _("<%s> needs a <p> or <bullets>: there the text stands"),
		    t->parent->name);
}

static void check_missing(
    struct copl_form_reader *rd, const struct tally *t, const xmlNode *n)
{
	size_t i;

	for (i = 0; t->rules[i].max != 0; i++)
		if (t->seen[i] < t->rules[i].min)
			missing_child(rd, t, &t->rules[i], n);
}

/* inline_depth bounds the recursion: everything else nests by the tables. */
static void check_element(struct copl_form_reader *rd,
    const struct copl_form_element *e, const xmlNode *n, unsigned inline_depth)
{
	struct tally t = {.parent = e, .rules = rules_of(e, n)};
	const xmlNode *child;

	if (inline_depth > INLINE_DEPTH_MAX) {
		copl_report(rd->r, COPL_ERROR, "form-depth",
		    copl_form_at(rd, n),
		    _("<%s> is nested more than %d deep: keep the text "
		      "simple"),
		    e->name, INLINE_DEPTH_MAX);
		return;
	}
	check_attrs(rd, e, n);
	if (e->content == CONTENT_NONE || e->content == CONTENT_CHILDREN ||
	    (copl_form_may_count(e) && copl_form_counts(n)))
		check_no_text(rd, n);
	for (child = copl_xml_first(n); child != NULL;
	     child = copl_xml_next(child)) {
		const struct copl_form_element *ce;

		if (!place_child(rd, &t, child))
			continue;
		ce = copl_form_element((const char *)child->name);
		check_element(
		    rd, ce, child, inline_depth + (ce->group == GROUP_INLINE));
	}
	check_missing(rd, &t, n);
}

void copl_form_check_structure(struct copl_form_reader *rd, const xmlNode *root)
{
	check_element(rd, copl_form_element("consultation"), root, 0);
}
