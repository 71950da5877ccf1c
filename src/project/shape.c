/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The vocabulary of forms/schema/cop-project.rnc as a table, and a document
 * held against it.  What the values mean is checked where they are read.
 */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "project/project_priv.h"

struct attr_rule {
	const char *name; /* NULL ends the list */
	bool required;
};
struct child_rule {
	const char *name; /* NULL ends the list */
	bool required;
	unsigned max;
};
struct element_rule {
	const char *name;
	struct attr_rule attrs[COPL_SETTINGS + 1];
	struct child_rule children[14];
	bool text;
};

static const struct element_rule elements[] = {
    {"project", {{"id", true}, {"version", true}, {"xml:lang", true}},
	{{"title", true, 1}, {"languages", true, 1}, {"interface", true, 1},
	    {"form", true, 200}, {"output", true, 3}, {"glossary", false, 1},
	    {"compendium", false, 1}, {"translation", false, 1},
	    {"publish", false, 1}, {"safeguarding", false, 1},
	    {"recipient", true, 2000}, {"endpoints", false, 20}},
	false},
    {"title", {{"note", false}, {"maxchars", false}}, {{NULL, false, 0}}, true},
    {"languages", {{NULL, false}}, {{"language", true, 200}}, false},
    {"language",
	{{"tag", true}, {"catalog", false}, {"address", false}, {"due", false}},
	{{NULL, false, 0}}, false},
    {"interface", {{"src", true}}, {{NULL, false, 0}}, false},
    {"form", {{"src", true}}, {{NULL, false, 0}}, false},
    {"output", {{"kind", true}}, {{NULL, false, 0}}, false},
    {"glossary", {{"src", true}}, {{NULL, false, 0}}, false},
    {"compendium", {{"src", true}}, {{NULL, false, 0}}, false},
    {"translation", {{"due", true}}, {{NULL, false, 0}}, false},
    {"publish", {{NULL, false}}, {{"gate", true, 50}}, false},
    {"gate",
	{{"texts", true}, {"state", true}, {"languages", false},
	    {"percent", false}},
	{{NULL, false, 0}}, false},
    {"recipient",
	{{"id", true}, {"kind", true}, {"languages", true},
	    {"languages-status", false}, {"guardian-age", false},
	    {"zone", false}},
	{{"name", true, 1}, {"contact", true, 1}, {"safeguarding", false, 1},
	    {"helpline", false, 1}, {"forms", false, 1},
	    {"responses", false, 1}, {"endpoint", false, 1000},
	    {"pickup", false, 1}},
	false},
    {"name", {{"note", false}, {"maxchars", false}}, {{NULL, false, 0}}, true},
    {"contact", {{"email", true}}, {{NULL, false, 0}}, false},
    {"safeguarding", {{"email", true}, {"role", true}}, {{NULL, false, 0}},
	false},
    {"helpline", {{"href", true}}, {{NULL, false, 0}}, false},
    {"forms", {{"href", true}}, {{NULL, false, 0}}, false},
    {"responses", {{"href", true}}, {{NULL, false, 0}}, false},
    {"endpoint",
	{{"id", false}, {"url", true}, {"driver", false}, {"auth", false},
	    {"user", false}, {"secret", false}, {"ca", false}, {"cert", false},
	    {"cert-key", false}, {"cert-pass", false}, {"pins", false},
	    {"private", false}, {"cleartext", false}, {"http", false},
	    {"region", false}, {"verify", false}, {"per-minute", false},
	    {"timeout", false}, {"disabled", false}},
	{{NULL, false, 0}}, false},
    {"endpoints", {{"src", true}}, {{NULL, false, 0}}, false},
    {"pickup", {{"by", true}}, {{NULL, false, 0}}, false},
};

static const struct element_rule *rule_of(const char *name)
{
	size_t i;

	for (i = 0; i < COPL_COUNT(elements); i++)
		if (strcmp(elements[i].name, name) == 0)
			return &elements[i];
	return NULL;
}

/* Names joined by ", ": what can stand here instead. */
static void put_name(struct copl_strbuf *b, const char *name)
{
	if (b->len > 0)
		copl_strbuf_puts(b, ", ");
	copl_strbuf_puts(b, name);
}

/* ---- attributes ---- */

/* Does the table mean this attribute? */
static bool is_attr(const xmlAttr *a, const char *name)
{
	bool xml = strncmp(name, "xml:", 4) == 0;

	if (!xml)
		return a->ns == NULL &&
		       strcmp((const char *)a->name, name) == 0;
	return a->ns != NULL && xmlStrEqual(a->ns->href, XML_XML_NAMESPACE) &&
	       strcmp((const char *)a->name, name + 4) == 0;
}

static bool has_attr(const xmlNode *n, const char *name)
{
	const xmlAttr *a = n->properties;

	while (a != NULL && !is_attr(a, name))
		a = a->next;
	return a != NULL;
}

static void check_attr(struct copl_project_reader *rd,
    const struct element_rule *e, const xmlAttr *a)
{
	struct copl_strbuf known = COPL_STRBUF_INIT(1000);
	const struct copl_xml_attr *source;
	const struct attr_rule *rule;

	for (rule = e->attrs; rule->name != NULL; rule++)
		if (is_attr(a, rule->name))
			return;
	for (rule = e->attrs; rule->name != NULL; rule++)
		put_name(&known, rule->name);
	source = copl_xml_attr_source(rd->p->xml, a);
	copl_report(rd->r, COPL_ERROR, "project-unknown-attribute",
	    copl_xml_at(rd->p->xml, source == NULL ? 0 : source->name),
	    _("<%s> has no attribute \"%.*s\"; it can have: %s"), e->name,
	    copl_project_shown((const char *)a->name), (const char *)a->name,
	    known.len == 0 ? _("none") : copl_strbuf_text(&known));
	copl_strbuf_clear(&known);
}

static void check_attrs(struct copl_project_reader *rd,
    const struct element_rule *e, const xmlNode *n)
{
	const struct attr_rule *rule;
	const xmlAttr *a;

	for (a = n->properties; a != NULL; a = a->next)
		check_attr(rd, e, a);
	for (rule = e->attrs; rule->name != NULL; rule++)
		if (rule->required && !has_attr(n, rule->name))
			copl_report(rd->r, COPL_ERROR,
			    "project-missing-attribute",
			    copl_xml_place(rd->p->xml, n),
			    _("<%s> needs the attribute \"%s\""), e->name,
			    rule->name);
}

static void check_maxchars(struct copl_project_reader *rd, const xmlNode *n)
{
	const char *s = copl_project_get(rd, n, "maxchars");
	uint64_t max;

	if (s != NULL && (!copl_number_parse(s, 1000000, &max) || max == 0))
		copl_project_bad_value(rd, n, "maxchars", s,
		    _("write a whole number from 1 to 1000000"));
}

/* ---- text ---- */

static bool is_text(const xmlNode *n)
{
	return (n->type == XML_TEXT_NODE ||
		   n->type == XML_CDATA_SECTION_NODE) &&
	       !xmlIsBlankNode(n);
}

/* Where text may stand there must be some, and nowhere else. */
static void check_text(struct copl_project_reader *rd,
    const struct element_rule *e, const xmlNode *n)
{
	const xmlNode *child = n->children;

	while (child != NULL && !is_text(child))
		child = child->next;
	if (e->text && child == NULL)
		copl_report(rd->r, COPL_ERROR, "project-empty-text",
		    copl_xml_place(rd->p->xml, n), _("<%s> has no text"),
		    e->name);
	else if (!e->text && child != NULL)
		copl_report(rd->r, COPL_ERROR, "project-text",
		    copl_xml_place(rd->p->xml, n),
		    _("text cannot stand directly in <%s>: remove it"),
		    e->name);
}

/* ---- children ---- */

static void unknown_child(struct copl_project_reader *rd,
    const struct element_rule *e, const xmlNode *n)
{
	struct copl_strbuf known = COPL_STRBUF_INIT(1000);
	const struct child_rule *rule;

	for (rule = e->children; rule->name != NULL; rule++)
		put_name(&known, rule->name);
	copl_report(rd->r, COPL_ERROR, "project-unknown-element",
	    copl_xml_place(rd->p->xml, n),
	    _("<%.*s> cannot stand in <%s>, which can hold: %s"),
	    copl_project_shown((const char *)n->name), (const char *)n->name,
	    e->name, known.len == 0 ? _("nothing") : copl_strbuf_text(&known));
	copl_strbuf_clear(&known);
}

/* The rule for a child, counted from 0; -1: it has no place here. */
static int place_of(const struct element_rule *e, const xmlNode *n)
{
	int i;

	if (!copl_xml_is(n, COPL_PROJECT_NS, NULL))
		return -1;
	for (i = 0; e->children[i].name != NULL; i++)
		if (strcmp(e->children[i].name, (const char *)n->name) == 0)
			return i;
	return -1;
}

static void check_place(struct copl_project_reader *rd,
    const struct element_rule *e, const xmlNode *n, const xmlNode *before)
{
	int i = place_of(e, n);

	if (before == NULL)
		return;
	if (i == place_of(e, before) && e->children[i].max == 1)
		copl_report(rd->r, COPL_ERROR, "project-repeated-element",
		    copl_xml_place(rd->p->xml, n),
		    _("<%s> can hold only one <%s>"), e->name,
		    (const char *)n->name);
	else if (i < place_of(e, before))
		copl_report(rd->r, COPL_ERROR, "project-order",
		    copl_xml_place(rd->p->xml, n),
		    _("<%s> must come before <%s>: move it up"),
		    (const char *)n->name, (const char *)before->name);
}

static void check_missing(struct copl_project_reader *rd,
    const struct element_rule *e, const xmlNode *n)
{
	const struct child_rule *rule;

	for (rule = e->children; rule->name != NULL; rule++)
		if (rule->required && copl_project_child(n, rule->name) == NULL)
			copl_report(rd->r, COPL_ERROR,
			    "project-missing-element",
			    copl_xml_place(rd->p->xml, n),
			    _("<%s> needs the element <%s>"), e->name,
			    rule->name);
}

/* Limits of our own, so that later work stays bounded. */
static bool check_numbers(struct copl_project_reader *rd,
    const struct element_rule *e, const xmlNode *n)
{
	const struct child_rule *rule;
	bool ok = true;

	for (rule = e->children; rule->name != NULL; rule++) {
		if (rule->max == 1 ||
		    copl_project_count(n, rule->name) <= rule->max)
			continue;
		copl_report(rd->r, COPL_ERROR, "project-too-many",
		    copl_xml_place(rd->p->xml, n),
		    _("<%s> can hold at most %u <%s>: split the project"),
		    e->name, rule->max, rule->name);
		ok = false;
	}
	return ok;
}

static void check_alone(struct copl_project_reader *rd,
    const struct element_rule *e, const xmlNode *n)
{
	const xmlNode *child, *last = NULL;

	check_attrs(rd, e, n);
	if (e->text)
		check_maxchars(rd, n);
	check_text(rd, e, n);
	for (child = copl_xml_first(n); child != NULL;
	     child = copl_xml_next(child)) {
		if (place_of(e, child) < 0) {
			unknown_child(rd, e, child);
			continue;
		}
		check_place(rd, e, child, last);
		if (last == NULL || place_of(e, child) > place_of(e, last))
			last = child;
	}
	check_missing(rd, e, n);
}

/* Next element in document order; below an unknown one nothing is read. */
static const xmlNode *next_element(
    const struct element_rule *e, const xmlNode *n, const xmlNode *root)
{
	const xmlNode *next = e == NULL ? NULL : copl_xml_first(n);

	while (next == NULL && n != root) {
		next = copl_xml_next(n);
		n = n->parent;
	}
	return next;
}

bool copl_project_check_shape(
    struct copl_project_reader *rd, const xmlNode *root)
{
	const xmlNode *n = root;
	bool ok = true;

	while (n != NULL) {
		const struct element_rule *parent =
		    n == root ? NULL : rule_of((const char *)n->parent->name);
		const struct element_rule *e = NULL;

		if (n == root || place_of(parent, n) >= 0)
			e = rule_of((const char *)n->name);
		if (e != NULL) {
			check_alone(rd, e, n);
			ok = check_numbers(rd, e, n) && ok;
		}
		n = next_element(e, n, root);
	}
	return ok;
}
