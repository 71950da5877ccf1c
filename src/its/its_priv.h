/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_ITS_PRIV_H
#define COPL_ITS_PRIV_H

#include <libxml/pattern.h>
#include <libxml/xpath.h>
#include "its/its.h"

#define COPL_ITS_NS "http://www.w3.org/2005/11/its"
#define COPL_ITS_EXTENSION_NS "urn:cop-l10n:its-extension:1"

enum rule_kind {
	RULE_TRANSLATE,
	RULE_WITHIN_TEXT,
	RULE_NOTE,
	RULE_ID,
	RULE_SPACE,
	RULE_MAX_CHARS,
	RULE_CONTEXT,
	RULE_PARAM
};

/*
 * One branch of a selector ("a|b" has two).  A compiled pattern is matched
 * node by node; what patterns cannot say is left to XPath.
 */
struct copl_branch {
	xmlPattern *pattern; /* NULL: xpath serves */
	const char *test; /* "[@test]" stood behind the pattern; NULL */
	xmlXPathCompExpr *xpath;
};

struct copl_selector {
	struct copl_branch *branches;
	size_t n;
};

struct copl_rule {
	enum rule_kind kind;
	const xmlNode *node; /* in-scope namespaces for XPath */
	struct copl_place at;
	struct copl_selector selector;
	const char *value; /* translate, withinText, space, locNote text */
	const char *pointer; /* relative XPath; NULL: value serves */
	const char *pointer2; /* paramRule: note */
	const char *pointer3; /* paramRule: example */
};

struct copl_its_rules {
	struct copl_arena *arena;
	struct copl_xml **docs; /* rule files, owned */
	size_t ndocs;
	size_t docs_room;
	struct copl_rule *rules;
	size_t n;
	size_t room;
};

/* Adds the rules below an its:rules element. */
enum copl_status copl_its_rules_add(struct copl_its_rules *rules,
    const struct copl_xml *x, const xmlNode *root, struct copl_reporter *r)
    COPL_MUST_CHECK;

/*
 * Compiles a selector with the namespaces in scope at the rule.  Findings:
 * its-selector.  What was compiled belongs to *out even on failure.
 */
enum copl_status copl_selector_compile(const char *text, const xmlNode *rule,
    struct copl_place at, struct copl_arena *a, struct copl_reporter *r,
    struct copl_selector *out) COPL_MUST_CHECK;
void copl_selector_clear(struct copl_selector *s);
/* Does a pattern branch match this element or attribute? */
bool copl_branch_match(const struct copl_branch *b, xmlNode *n);

/* An XPath context with the namespaces in scope at a rule. */
xmlXPathContext *copl_its_xpath(xmlDoc *doc, const xmlNode *rule);

#endif
