/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Which rules select a node.  Most selectors are patterns: the last name of
 * each leads from a node's name to the few patterns that can match it, and
 * libxml2 matches those against the path of the walk.  What patterns cannot
 * say is asked of XPath once, before the walk.
 */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include <libxml/xpathInternals.h>
#include "base/i18n.h"
#include "its/its_priv.h"

/* Operations of one XPath evaluation: a selector cannot run for ever. */
#define XPATH_OPS 1000000UL
#define XPATH_OPS_PER_NODE 64UL
/* All pointers on a document together: steps, and bytes of what they give. */
#define POINTER_STEPS ((uint64_t)1 << 26)
#define POINTER_STEPS_PER_ELEMENT 1024

/* ---- candidates by name ---- */

static bool same(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	return strcmp(a, b) == 0;
}

static bool may_match(const struct its_branch *b,
    const struct copl_xml_name *name, bool attribute)
{
	if (b->pattern == NULL || b->attribute != attribute)
		return false;
	if (b->local != NULL && strcmp(b->local, name->local) != 0)
		return false;
	return b->any_ns || same(b->ns, name->ns);
}

static bool add_candidate(struct its_list *list, size_t *room, uint32_t rule,
    const struct its_branch *branch)
{
	struct its_candidate *items =
	    copl_grow(list->items, list->n, room, sizeof(*items));

	if (items == NULL)
		return false;
	list->items = items;
	items[list->n++] = (struct its_candidate){rule, branch};
	return true;
}

static bool is_literal(const struct its_rule *rule)
{
	size_t i;

	for (i = 0; i < rule->nvalues; i++)
		if (rule->values[i].part->source != ITS_LITERAL)
			return false;
	return true;
}

/* Then all elements of the name have the same rules, and say the same. */
static bool is_fixed(const struct its_match *m, const struct its_list *list)
{
	size_t i;

	for (i = 0; i < list->n; i++) {
		const struct its_branch *b = list->items[i].branch;

		if (!b->anywhere || b->test.local != NULL ||
		    !is_literal(&m->rules->rules[list->items[i].rule]))
			return false;
	}
	return true;
}

struct its_list *its_match_list(
    struct its_match *m, uint32_t name, bool attribute)
{
	struct its_list *list =
	    attribute ? &m->attrs[name] : &m->elements[name];
	size_t room = 0, i, k;

	if (list->made)
		return list;
	list->made = true;
	for (i = 0; i < m->rules->n; i++) {
		const struct its_selector *s = &m->rules->rules[i].selector;

		for (k = 0; k < s->n; k++)
			if (may_match(&s->branches[k], &m->x->names[name],
				attribute) &&
			    !add_candidate(
				list, &room, (uint32_t)i, &s->branches[k]))
				m->r->nomem = true;
	}
	list->fixed = is_fixed(m, list);
	return list;
}

/* ---- the path of the walk, as nodes that libxml2 can match ---- */

static void set_node(struct its_match *m, size_t at, size_t element)
{
	const struct copl_xml_name *name = copl_xml_element_name(m->x, element);
	xmlNode *n = &m->chain[at];

	m->chain_ns[at].href = (const xmlChar *)name->ns;
	n->type = XML_ELEMENT_NODE;
	n->name = (const xmlChar *)name->local;
	n->ns = name->ns == NULL ? NULL : &m->chain_ns[at];
	n->parent = at == 0 ? (xmlNode *)&m->root : &m->chain[at - 1];
	n->doc = &m->root;
	m->path[at] = (uint32_t)element;
}

void its_match_enter(struct its_match *m, size_t element)
{
	uint32_t parent = m->x->elements[element].parent;

	while (m->depth > 0 && m->path[m->depth - 1] != parent)
		m->depth--;
	if (m->depth < m->chain_room)
		set_node(m, m->depth++, element);
}

static bool value_is(const struct copl_xml *x, uint32_t attr, const char *value)
{
	size_t len;
	const char *s;

	if (attr == COPL_XML_NONE)
		return false;
	if (value == NULL)
		return true;
	s = copl_xml_value(x, &x->attrs[attr], &len);
	return strlen(value) == len && memcmp(s, value, len) == 0;
}

static bool path_matches(
    struct its_match *m, const struct its_branch *b, uint32_t attr)
{
	xmlNode *n = &m->chain[m->depth - 1];
	const struct copl_xml_name *name;
	xmlAttr node;
	xmlNs ns;

	if (attr == COPL_XML_NONE)
		return xmlPatternMatch(b->pattern, n) == 1;
	name = &m->x->names[m->x->attrs[attr].qname];
	memset(&node, 0, sizeof(node));
	memset(&ns, 0, sizeof(ns));
	ns.href = (const xmlChar *)name->ns;
	node.type = XML_ATTRIBUTE_NODE;
	node.name = (const xmlChar *)name->local;
	node.ns = name->ns == NULL ? NULL : &ns;
	node.parent = n;
	node.doc = &m->root;
	return xmlPatternMatch(b->pattern, (xmlNode *)&node) == 1;
}

static bool matches(struct its_match *m, const struct its_branch *b,
    size_t element, uint32_t attr)
{
	const struct its_test *t = &b->test;

	if (t->local != NULL &&
	    !value_is(m->x, copl_xml_find_attr(m->x, element, t->ns, t->local),
		t->value))
		return false;
	return b->anywhere || path_matches(m, b, attr);
}

/* ---- what XPath selects ---- */

static xmlNode *next_in_tree(xmlNode *n)
{
	if (n->type == XML_ELEMENT_NODE && n->children != NULL)
		return n->children;
	while (n != NULL && n->next == NULL)
		n = n->parent;
	return n == NULL ? NULL : n->next;
}

static bool need_tree(struct its_match *m)
{
	xmlNode *n;

	if (m->nodes != NULL)
		return true;
	m->tree = m->x->doc;
	if (m->tree == NULL || xmlDocGetRootElement(m->tree) == NULL) {
		enum copl_status st = copl_xml_tree(m->x, m->r, &m->tree);

		m->tree_owned = st == COPL_OK;
		if (st != COPL_OK)
			m->r->nomem |= st == COPL_E_NOMEM;
		if (st != COPL_OK)
			return false;
	}
	m->nodes = calloc(m->x->nelements, sizeof(*m->nodes));
	if (m->nodes == NULL) {
		m->r->nomem = true;
		return false;
	}
	xmlXPathOrderDocElems(m->tree);
	for (n = m->tree->children; n != NULL; n = next_in_tree(n))
		if (n->type == XML_ELEMENT_NODE)
			m->nodes[copl_xml_index(n)] = n;
	return true;
}

xmlXPathContext *its_match_xpath(
    struct its_match *m, const struct its_scope *scope)
{
	if (m->xpath != NULL && m->xpath_scope == scope)
		return m->xpath;
	xmlXPathFreeContext(m->xpath);
	m->xpath = NULL;
	if (!need_tree(m))
		return NULL;
	m->xpath = its_xpath_context(m->tree, scope);
	m->xpath_scope = scope;
	if (m->xpath == NULL)
		m->r->nomem = true;
	else
		m->xpath->opLimit =
		    XPATH_OPS + XPATH_OPS_PER_NODE * m->x->nelements;
	return m->xpath;
}

/* Attributes have the order of the source in the tree too. */
static uint32_t attr_index(const struct its_match *m, const xmlAttr *attr)
{
	const struct copl_xml_element *e =
	    &m->x->elements[copl_xml_index(attr->parent)];
	const xmlAttr *a = attr->parent->properties;
	uint32_t i;

	for (i = e->attr; i < e->attr + e->nattr && a != NULL; i++) {
		if (m->x->attrs[i].qname == COPL_XML_NONE)
			continue;
		if (a == attr)
			return i;
		a = a->next;
	}
	return COPL_XML_NONE;
}

xmlNode *its_match_node(struct its_match *m, size_t element, uint32_t attr)
{
	xmlAttr *a;
	uint32_t i;

	if (m->nodes == NULL)
		return NULL;
	if (attr == COPL_XML_NONE)
		return m->nodes[element];
	a = m->nodes[element]->properties;
	for (i = m->x->elements[element].attr; i < attr && a != NULL; i++)
		if (m->x->attrs[i].qname != COPL_XML_NONE)
			a = a->next;
	return (xmlNode *)a;
}

static bool add_hit(struct its_match *m, const xmlNode *n, struct its_hit hit)
{
	struct its_hit *list;

	if (n->type == XML_ELEMENT_NODE) {
		hit.element = (uint32_t)copl_xml_index(n);
	} else if (n->type == XML_ATTRIBUTE_NODE) {
		hit.element = (uint32_t)copl_xml_index(n->parent);
		hit.attr = attr_index(m, (const xmlAttr *)n);
	} else {
		return true;
	}
	list = copl_grow(m->hits, m->nhits, &m->hits_room, sizeof(*list));
	if (list == NULL)
		return false;
	m->hits = list;
	list[m->nhits++] = hit;
	return true;
}

static bool has_name(const struct copl_xml *x, const struct its_test *need)
{
	size_t i;

	for (i = 0; i < x->nnames; i++)
		if (strcmp(x->names[i].local, need->local) == 0 &&
		    same(x->names[i].ns, need->ns))
			return true;
	return false;
}

/* Most documents need no tree. */
static bool can_select(const struct its_match *m, const struct its_branch *b)
{
	size_t i;

	for (i = 0; i < COPL_COUNT(b->needs); i++)
		if (b->needs[i].local != NULL && !has_name(m->x, &b->needs[i]))
			return false;
	return true;
}

static void run_xpath(
    struct its_match *m, uint32_t rule, const struct its_branch *b)
{
	const struct its_rule *of = &m->rules->rules[rule];
	xmlXPathContext *ctxt;
	xmlXPathObject *o;
	int i;

	if (!can_select(m, b))
		return;
	ctxt = its_match_xpath(m, of->scope);
	if (ctxt == NULL)
		return;
	ctxt->node = (xmlNode *)m->tree;
	ctxt->opCount = 0;
	o = its_xpath_eval(b->xpath, ctxt, m->r);
	if (o == NULL && m->r->nomem)
		return;
	if (o == NULL) {
		copl_report(m->r, COPL_ERROR, "its-selector-limit", of->at,
		    _("the selector \"%s\" takes too many steps on this "
		      "document: write a simpler one"),
		    of->selector.text);
		m->matched[rule] = true; /* nobody knows what it selects */
		return;
	}
	xmlXPathNodeSetSort(o->nodesetval);
	for (i = 0; o->nodesetval != NULL && i < o->nodesetval->nodeNr; i++) {
		struct its_hit hit = {
		    0, COPL_XML_NONE, rule, i + 1, o->nodesetval->nodeNr};

		if (!add_hit(m, o->nodesetval->nodeTab[i], hit))
			m->r->nomem = true;
	}
	xmlXPathFreeObject(o);
}

static int by_node(const void *a, const void *b)
{
	const struct its_hit *x = a, *y = b;
	uint32_t xa = x->attr + 1, ya = y->attr + 1; /* elements first */

	if (x->element != y->element)
		return x->element < y->element ? -1 : 1;
	if (xa != ya)
		return xa < ya ? -1 : 1;
	return x->rule < y->rule ? -1 : x->rule > y->rule;
}

static void find_hits(struct its_match *m)
{
	size_t i, k;

	for (i = 0; i < m->rules->n && !m->r->nomem; i++) {
		const struct its_selector *s = &m->rules->rules[i].selector;

		for (k = 0; k < s->n; k++)
			if (s->branches[k].pattern == NULL)
				run_xpath(m, (uint32_t)i, &s->branches[k]);
	}
	if (m->nhits > 1)
		qsort(m->hits, m->nhits, sizeof(*m->hits), by_node);
}

/* ---- both together ---- */

static size_t deepest(const struct copl_xml *x)
{
	size_t depth = 0, most = 0, i;
	uint32_t last = COPL_XML_NONE;

	/* A child stands right behind its parent or behind a sibling. */
	for (i = 0; i < x->nelements; i++) {
		uint32_t up = x->elements[i].parent;

		if (up == last) {
			depth++;
		} else {
			uint32_t p = last;

			for (; p != up && p != COPL_XML_NONE; depth--)
				p = x->elements[p].parent;
			depth++;
		}
		if (depth > most)
			most = depth;
		last = (uint32_t)i;
	}
	return most;
}

enum copl_status its_match_begin(struct its_match *m)
{
	size_t names = m->x->nnames + 1;

	m->chain_room = deepest(m->x) + 1;
	m->elements = calloc(names, sizeof(*m->elements));
	m->attrs = calloc(names, sizeof(*m->attrs));
	m->chain = calloc(m->chain_room, sizeof(*m->chain));
	m->chain_ns = calloc(m->chain_room, sizeof(*m->chain_ns));
	m->path = calloc(m->chain_room, sizeof(*m->path));
	m->matched = calloc(m->rules->n + 1, sizeof(*m->matched));
	if (m->elements == NULL || m->attrs == NULL || m->chain == NULL ||
	    m->chain_ns == NULL || m->path == NULL || m->matched == NULL)
		return COPL_E_NOMEM;
	m->root.type = XML_DOCUMENT_NODE;
	find_hits(m);
	return m->r->nomem ? COPL_E_NOMEM : COPL_OK;
}

void its_match_end(struct its_match *m)
{
	size_t i;

	for (i = 0; m->elements != NULL && i < m->x->nnames; i++)
		free(m->elements[i].items);
	for (i = 0; m->attrs != NULL && i < m->x->nnames; i++)
		free(m->attrs[i].items);
	free(m->elements);
	free(m->attrs);
	free(m->chain);
	free(m->chain_ns);
	free(m->path);
	free(m->hits);
	free(m->matched);
	free(m->nodes);
	xmlXPathFreeContext(m->xpath);
	if (m->tree_owned)
		xmlFreeDoc(m->tree);
}

/* The next hit of XPath for this node; NULL: there is none. */
static const struct its_hit *hit_at(
    struct its_match *m, size_t element, uint32_t attr)
{
	const struct its_hit *h;

	if (m->next_hit == m->nhits)
		return NULL;
	h = &m->hits[m->next_hit];
	return h->element == element && h->attr == attr ? h : NULL;
}

static const struct its_hit *next_hit(
    struct its_match *m, size_t element, uint32_t attr)
{
	m->next_hit++;
	return hit_at(m, element, attr);
}

bool its_match_spend(
    struct its_match *m, const struct its_rule *rule, uint64_t n)
{
	m->spent += n;
	if (m->over ||
	    m->spent <= POINTER_STEPS + POINTER_STEPS_PER_ELEMENT *
					    (uint64_t)m->x->nelements)
		return !m->over;
	m->over = true;
	copl_report(m->r, COPL_ERROR, "its-selector-limit", rule->at,
	    _("the pointers of the rules take too many steps on this "
	      "document: write simpler ones"));
	return false;
}

/* Rules come in their order, so that each is there once. */
static size_t put(struct its_match *m, uint32_t rule, uint32_t *list, size_t n)
{
	m->matched[rule] = true;
	if (n > 0 && list[n - 1] == rule)
		return n;
	list[n] = rule;
	return n + 1;
}

size_t its_match_rules(
    struct its_match *m, size_t element, uint32_t attr, uint32_t *list)
{
	bool attribute = attr != COPL_XML_NONE;
	const struct its_list *c = its_match_list(m,
	    attribute ? m->x->attrs[attr].qname : m->x->elements[element].name,
	    attribute);
	const struct its_hit *h = hit_at(m, element, attr);
	size_t n = 0, i;

	for (i = 0; i < c->n; i++) {
		const struct its_candidate *one = &c->items[i];

		while (h != NULL && h->rule <= one->rule) {
			n = put(m, h->rule, list, n);
			h = next_hit(m, element, attr);
		}
		if (matches(m, one->branch, element, attr))
			n = put(m, one->rule, list, n);
	}
	while (h != NULL) {
		n = put(m, h->rule, list, n);
		h = next_hit(m, element, attr);
	}
	return n;
}

const struct its_hit *its_match_hit(
    const struct its_match *m, size_t element, uint32_t attr, uint32_t rule)
{
	size_t i;

	/* Those of this node have just been passed. */
	for (i = m->next_hit; i-- > 0 && m->hits[i].element == element &&
			      m->hits[i].attr == attr;)
		if (m->hits[i].rule == rule)
			return &m->hits[i];
	return NULL;
}

bool its_match_has_hit(const struct its_match *m, size_t element)
{
	return m->next_hit < m->nhits &&
	       m->hits[m->next_hit].element == element;
}
