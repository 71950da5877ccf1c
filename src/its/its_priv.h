/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_ITS_PRIV_H
#define COPL_ITS_PRIV_H

#include <libxml/pattern.h>
#include <libxml/xpath.h>
#include "its/its.h"

#define COPL_ITS_EXTENSION_NS "urn:cop-l10n:its-extension:1"
#define XLINK_NS "http://www.w3.org/1999/xlink"

/* ---- what the standard defines: spec.c ---- */

/* How an attribute of a rule gives a field its value. */
enum its_source {
	ITS_LITERAL, /* the attribute is the value */
	ITS_POINTER, /* a relative XPath to it */
	ITS_NOTE_POINTER, /* the same, white space collapsed */
	ITS_DOMAIN_POINTER, /* to a list of domains, see domainMapping */
	ITS_PATH /* an XPath that is kept as such: targetPointer */
};
struct its_part {
	const char *attr;
	enum copl_its_field field;
	enum its_source source;
};
#define ITS_PARTS_MAX 6
/* A rule element: its category and what its attributes mean. */
struct its_form {
	const char *ns;
	const char *name;
	enum copl_its_category category;
	struct its_part parts[ITS_PARTS_MAX];
	size_t nparts;
};
const struct its_form *its_form_find(const char *ns, const char *name);
/* Rules of ITS 2.0 that say nothing about localization of texts. */
bool its_form_is_other(const char *ns, const char *name);

/* The fields of a category, in the order of their names. */
struct its_category {
	const char *name;
	const enum copl_its_field *fields;
	size_t nfields;
	bool inherits; /* to child elements */
	bool attributes; /* ... and to attributes */
};
const struct its_category *its_category(enum copl_its_category c);
const char *its_field_name(enum copl_its_field f);
/* Field that a local attribute sets; COPL_ITS_FIELDS: none. */
enum copl_its_field its_local_field(const char *ns, const char *local);

/* ---- rules ---- */

/* A namespace prefix that is bound where a rule stands; prefix NULL: none. */
struct its_ns {
	const char *prefix;
	const char *uri;
};
struct its_param {
	const char *name;
	const char *value;
};
/* What the expressions of a rule refer to. */
struct its_scope {
	struct its_ns *ns;
	size_t nns;
	const struct its_param *params;
	size_t nparams;
};

/*
 * A pointer.  What most of them are needs no XPath: attributes, names and
 * texts of the node, its ancestors or their children, and concat() of those.
 */
enum its_atom_kind {
	ITS_ATOM_LITERAL,
	ITS_ATOM_ATTR, /* @name */
	ITS_ATOM_NAME, /* local-name() */
	ITS_ATOM_TEXT, /* . */
	ITS_ATOM_CHILD /* text of the first child of that name */
};
struct its_atom {
	enum its_atom_kind kind;
	unsigned up; /* "../" before it */
	const char *ns;
	const char *text; /* literal or local name */
};
struct its_pointer {
	const char *text;
	struct its_atom *atoms; /* NULL: XPath */
	size_t n;
	xmlXPathCompExpr *xpath;
};

/*
 * One branch of a selector ("a|b" has two).  A compiled pattern is matched
 * node by node; what patterns cannot say is left to XPath.
 */
struct its_test {
	const char *local; /* "[@local]" stood behind the element; NULL: none */
	const char *ns;
	const char *value; /* "[@local='value']"; NULL: any */
};
struct its_branch {
	xmlPattern *pattern; /* NULL: xpath serves */
	struct its_test test;
	bool attribute; /* its last step is an attribute */
	bool anywhere; /* "//name": the last step says all */
	const char *local; /* of the last step; NULL: any */
	const char *ns;
	bool any_ns;
	xmlXPathCompExpr *xpath;
	struct its_test needs[2]; /* XPath: names that a document must have */
};
struct its_selector {
	const char *text;
	struct its_branch *branches;
	size_t n;
	bool counted; /* one branch of XPath, whose nodes have a position */
};

struct its_value { /* one part of a rule */
	const struct its_part *part;
	const char *text; /* literal */
	struct its_pointer pointer;
};
struct its_rule {
	const struct its_form *form;
	struct copl_place at;
	struct its_scope *scope;
	struct its_selector selector;
	struct its_value values[ITS_PARTS_MAX];
	size_t nvalues;
	const char *mapping; /* domainMapping; NULL: none */
	bool builtin;
};

struct copl_its_rules {
	struct copl_arena *arena;
	struct copl_xml **docs; /* rule files, owned */
	size_t ndocs;
	size_t docs_room;
	struct its_rule *rules;
	size_t n;
	size_t room;
	struct its_param *params; /* from outside: they win */
	size_t nparams;
	size_t params_room;
	bool strict;
	bool builtin; /* rules that are added ship with the program */
};

/*
 * Adds the rules of an its:rules element and those that it links, which come
 * before them.  COPL_E_INVALID: a rule was wrong, the others are there.
 */
enum copl_status its_rules_add(struct copl_its_rules *rules,
    const struct copl_xml *x, size_t element, struct copl_reporter *r)
    COPL_MUST_CHECK;
/* Element its:rules of a document at or behind an index; COPL_XML_NONE. */
size_t its_rules_find(const struct copl_xml *x, size_t from);
/* The text of a rule file that ships with the program. */
enum copl_status its_rules_text(struct copl_its_rules *rules, const char *name,
    const char *text, size_t len, struct copl_reporter *r) COPL_MUST_CHECK;
/* Is it a value that the standard allows?  If not, finding its-value. */
bool its_value_check(enum copl_its_field field, const char *value,
    struct copl_place at, enum copl_severity severity, struct copl_reporter *r);
/* A finding about rules: an error when strict. */
enum copl_severity its_severity(const struct copl_its_rules *rules);

/*
 * The file that a link names: relative, inside the folder that root is in,
 * written in the arena.  NULL: it may not be read; a finding at the place
 * says why.
 */
const char *its_link_path(const char *from, const char *root, const char *href,
    struct copl_place at, struct copl_arena *a, struct copl_reporter *r);

/* ---- expressions ---- */

/*
 * Compiles a selector; counted: pointers ask for the position of its nodes.
 * COPL_E_INVALID: it cannot be used, a finding its-*
 * says why.  What was compiled belongs to *out even on failure.
 */
enum copl_status its_selector_compile(const char *text,
    const struct its_scope *scope, bool counted, struct copl_place at,
    enum copl_severity severity, struct copl_arena *a, struct copl_reporter *r,
    struct its_selector *out) COPL_MUST_CHECK;
void its_selector_clear(struct its_selector *s);
/* The same for a pointer. */
enum copl_status its_pointer_compile(const char *text,
    const struct its_scope *scope, struct copl_place at,
    enum copl_severity severity, struct copl_arena *a, struct copl_reporter *r,
    struct its_pointer *out) COPL_MUST_CHECK;
void its_pointer_clear(struct its_pointer *p);

/*
 * Compiles an XPath expression; NULL: it is not valid, or a prefix or $param
 * in it means nothing, and a finding says which.
 */
xmlXPathCompExpr *its_xpath_compile(const char *text,
    const struct its_scope *scope, struct copl_place at,
    enum copl_severity severity, struct copl_reporter *r);
/*
 * A context that knows the prefixes and params of a scope, and counts what
 * functions cost.  NULL: no memory.
 */
xmlXPathContext *its_xpath_context(xmlDoc *doc, const struct its_scope *scope);
/*
 * What an expression comes to.  NULL: nothing; without memory r->nomem is set,
 * where libxml2 itself goes on with a result that is wrong.
 */
xmlXPathObject *its_xpath_eval(
    xmlXPathCompExpr *expr, xmlXPathContext *ctxt, struct copl_reporter *r);
/* The namespace of a prefix; NULL: it is not bound. */
const char *its_scope_ns(
    const struct its_scope *scope, const char *prefix, size_t len);
/* The value of a $param; NULL: there is none. */
const char *its_scope_param(
    const struct its_scope *scope, const char *name, size_t len);
/* A path with each $param put as a quoted literal: targetPointer. */
const char *its_scope_expand(
    const struct its_scope *scope, const char *path, struct copl_arena *a);

/* ---- costs.c ---- */
/* The bytes that functions read count as steps.  False: no memory. */
bool its_costs_register(xmlXPathContext *ctxt);

/* ---- evaluation ---- */

/* Which rules select a node, by pattern: match.c. */
struct its_hit { /* a node that XPath selected */
	uint32_t element;
	uint32_t attr; /* COPL_XML_NONE: the element */
	uint32_t rule;
	int position; /* among the nodes that the rule selects, from 1 */
	int size; /* how many there are */
};
struct its_candidate {
	uint32_t rule;
	const struct its_branch *branch;
};
struct its_list {
	struct its_candidate *items;
	size_t n;
	bool made;
	bool fixed; /* the name alone decides, and all values are literal */
	const struct copl_its_value *base; /* inherited when seen last */
	const struct copl_its_value *value; /* what came of it */
};
/* Which child of an element a pointer has led to. */
#define ITS_CHILDREN 64
struct its_child {
	const struct its_atom *atom;
	uint32_t parent;
	uint32_t child; /* COPL_XML_NONE: there is none */
};

struct its_match {
	const struct copl_xml *x;
	const struct copl_its_rules *rules;
	struct copl_reporter *r;
	uint64_t spent; /* by pointers: steps of XPath, bytes of text */
	bool over; /* too much of that */
	struct its_child children[ITS_CHILDREN]; /* found last */
	struct its_list *elements; /* by name */
	struct its_list *attrs; /* by name */
	xmlDoc root; /* libxml2 matches nodes: a chain of them is the path */
	xmlNode *chain;
	xmlNs *chain_ns;
	size_t depth;
	size_t chain_room;
	uint32_t *path; /* elements of the chain */
	struct its_hit *hits; /* sorted */
	size_t nhits;
	size_t hits_room;
	size_t next_hit;
	bool *matched; /* by rule */
	xmlDoc *tree; /* NULL until XPath is needed */
	bool tree_owned;
	xmlNode **nodes; /* by element, with the tree */
	xmlXPathContext *xpath; /* of the scope at hand */
	const struct its_scope *xpath_scope;
};
enum copl_status its_match_begin(struct its_match *m) COPL_MUST_CHECK;
void its_match_end(struct its_match *m);
/* The walk has come to this element. */
void its_match_enter(struct its_match *m, size_t element);
/* What is known of a name. */
struct its_list *its_match_list(
    struct its_match *m, uint32_t name, bool attribute);
/* Has XPath selected this element? */
bool its_match_has_hit(const struct its_match *m, size_t element);
/*
 * Rules that select the element, or its attribute, in their order; list has
 * room for all rules.  Elements must be asked for before their attributes.
 */
size_t its_match_rules(
    struct its_match *m, size_t element, uint32_t attr, uint32_t *list);
/* The hit by which XPath selected the node for a rule; NULL: a pattern did. */
const struct its_hit *its_match_hit(
    const struct its_match *m, size_t element, uint32_t attr, uint32_t rule);
/*
 * Pointers of a rule have taken n more steps or bytes; false: together they
 * took more than they may, a finding, its-selector-limit.
 */
bool its_match_spend(
    struct its_match *m, const struct its_rule *rule, uint64_t n);
/* The XPath context of a scope and a node of the tree; NULL: no memory. */
xmlXPathContext *its_match_xpath(
    struct its_match *m, const struct its_scope *scope);
xmlNode *its_match_node(struct its_match *m, size_t element, uint32_t attr);

/*
 * A pointer's text at a node, in the arena; NULL: there is none there, or no
 * memory and r->nomem is set.
 */
const char *its_pointer_text(struct its_match *m, const struct its_rule *rule,
    const struct its_pointer *p, size_t element, uint32_t attr,
    struct copl_arena *a);
/* What a pointer that only XPath can say gives at a node; NULL: nothing. */
xmlXPathObject *its_pointer_eval(struct its_match *m,
    const struct its_rule *rule, const struct its_pointer *p, uint32_t element,
    uint32_t attr) COPL_MUST_CHECK;
/* White space collapsed. */
const char *its_collapse(
    const char *s, struct copl_arena *a, struct copl_reporter *r);
/* Domains of a node (8.8): the algorithm of the standard; NULL: none. */
const char *its_domains(struct its_match *m, const struct its_rule *rule,
    const struct its_pointer *p, size_t element, uint32_t attr,
    struct copl_arena *a);

/* ---- reasons: trace.c ---- */

#define ITS_BY_MARKUP UINT32_MAX
/*
 * What was said of a node that the walk has come to: a bit for each category,
 * and who said it.  Only the traced node and those above it are looked at.
 */
void its_trace_node(struct copl_its_trace *trace,
    const struct copl_its_rules *rules, const struct copl_xml *x,
    uint32_t categories, const uint32_t *by, uint32_t element, uint32_t attr);

/* ---- the walk: eval.c and values.c ---- */

/* What is said of one node: by rules, then by its own markup. */
struct its_said {
	uint32_t categories; /* a bit for each that something is said of */
	const char *f[COPL_ITS_FIELDS]; /* of those categories */
	uint32_t by[COPL_ITS_CATEGORIES]; /* rule, or BY_MARKUP */
	uint32_t speaker; /* who speaks now */
	const char *annotators; /* NULL: nothing said */
	bool fixed; /* by rules with literal values only */
	uint32_t *rules; /* room for all there are */
	size_t nrules;
};

/* Nodes of which the same rules say the same share their values. */
#define ITS_MEMO_SIZE 256
#define ITS_MEMO_RULES 6
struct its_memo {
	const struct copl_its_value *base;
	uint32_t rules[ITS_MEMO_RULES];
	size_t n;
	const struct copl_its_value *value;
};

struct copl_its {
	struct copl_arena *arena;
	const struct copl_its_value **elements; /* by index */
	const struct copl_its_value **attrs; /* NULL: nothing said */
	const struct copl_xml *x;
	bool translatable_attrs;
	uint32_t *lang_attrs; /* by element; NULL: no langRule */
	struct copl_its_placeholder *params;
	size_t nparams;
	size_t params_room;
};

struct its_eval {
	struct copl_its *its;
	const struct copl_its_rules *rules;
	const struct copl_xml *x;
	struct copl_reporter *r;
	struct its_match match;
	unsigned char *local; /* field that an attribute sets, by name */
	struct its_said said;
	struct copl_its_value *top; /* what the root inherits */
	struct its_memo memo[ITS_MEMO_SIZE];
	struct copl_its_trace *trace;
};

static inline bool its_is_said(const struct its_said *s, size_t category)
{
	return (s->categories & (1U << category)) != 0;
}

/* What follows from the fields: flags and numbers. */
void its_value_derive(struct copl_its_value *v);
/* A copy of base to be changed; NULL: no memory, r->nomem is set. */
struct copl_its_value *its_value_new(
    struct its_eval *e, const struct copl_its_value *base);
/* What elements have unless it is said. */
void its_value_default(struct copl_its_value *v);
/* What the content of a node inherits. */
const struct copl_its_value *its_value_inherited(
    struct its_eval *e, const struct copl_its_value *from);
/* Puts what is said over what was inherited. */
void its_value_put(
    struct its_eval *e, const struct its_said *s, struct copl_its_value *v);
/* The values of the element at hand, shared where the same is said. */
const struct copl_its_value *its_value_settle(
    struct its_eval *e, const struct copl_its_value *base);
/* What an attribute inherits from its element: less than elements do. */
void its_value_attribute(
    const struct copl_its_value *element, struct copl_its_value *v);

#endif
