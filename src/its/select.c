/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include <libxml/xpathInternals.h>
#include "base/i18n.h"
#include "its/its_priv.h"

#define BRANCHES_MAX 256
/* Operations of one XPath evaluation: a selector cannot run for ever. */
#define XPATH_OPS 10000000

static void quiet(void *arg, const char *msg, ...)
{
	(void)arg;
	(void)msg;
}

static void quiet_error(void *arg, xmlErrorPtr e)
{
	(void)arg;
	(void)e;
}

xmlXPathContext *copl_its_xpath(xmlDoc *doc, const xmlNode *rule)
{
	xmlXPathContext *ctxt = xmlXPathNewContext(doc);
	xmlNs **list;
	size_t i;

	if (ctxt == NULL)
		return NULL;
	ctxt->opLimit = XPATH_OPS;
	ctxt->error = quiet_error;
	list = xmlGetNsList(rule->doc, rule);
	for (i = 0; list != NULL && list[i] != NULL; i++)
		if (list[i]->prefix != NULL)
			xmlXPathRegisterNs(
			    ctxt, list[i]->prefix, list[i]->href);
	xmlFree(list);
	return ctxt;
}

/* The end of the branch that starts at s: a top-level "|" or the NUL. */
static const char *branch_end(const char *s)
{
	int depth = 0;
	char quote = '\0';

	for (; *s != '\0'; s++) {
		if (quote != '\0') {
			if (*s == quote)
				quote = '\0';
		} else if (*s == '"' || *s == '\'') {
			quote = *s;
		} else if (*s == '(' || *s == '[') {
			depth++;
		} else if (*s == ')' || *s == ']') {
			depth--;
		} else if (*s == '|' && depth == 0) {
			break;
		}
	}
	return s;
}

/*
 * Cuts a trailing "[@name]" off a branch and returns the name; NULL when
 * there is none.  The name has no prefix.
 */
static const char *cut_test(char *branch, struct copl_arena *a)
{
	size_t len = strlen(branch), n = 0;
	char *open = strrchr(branch, '[');

	if (open == NULL || open[1] != '@' || branch[len - 1] != ']')
		return NULL;
	while (copl_is_alpha(open[2 + n]) || open[2 + n] == '-')
		n++;
	if (n == 0 || open + 2 + n != branch + len - 1)
		return NULL;
	*open = '\0';
	return copl_arena_strndup(a, open + 2, n);
}

/* {uri, prefix} pairs for xmlPatterncompile; NULL when memory is out. */
static const xmlChar **pairs_of(const xmlNode *rule)
{
	xmlNs **list = xmlGetNsList(rule->doc, rule);
	const xmlChar **pairs;
	size_t n = 0, at = 0, i;

	while (list != NULL && list[n] != NULL)
		n++;
	pairs = calloc(2 * n + 2, sizeof(*pairs));
	for (i = 0; pairs != NULL && i < n; i++) {
		if (list[i]->prefix == NULL)
			continue;
		pairs[at++] = list[i]->href;
		pairs[at++] = list[i]->prefix;
	}
	xmlFree(list);
	return pairs;
}

/* Patterns know paths only: anything else in the text is for XPath. */
static bool is_path(const char *s)
{
	return strpbrk(s, "[]()'\"$ \t\n=") == NULL &&
	       strstr(s, "::") == NULL && strstr(s, "..") == NULL;
}

static enum copl_status compile_branch(char *text, const xmlNode *rule,
    struct copl_arena *a, struct copl_branch *b)
{
	char *whole = copl_arena_strdup(a, text);
	xmlXPathContext *ctxt;
	const xmlChar **pairs;

	if (whole == NULL)
		return COPL_E_NOMEM;
	b->test = cut_test(text, a);
	if (is_path(text)) {
		pairs = pairs_of(rule);
		if (pairs == NULL)
			return COPL_E_NOMEM;
		b->pattern = xmlPatterncompile(
		    (const xmlChar *)text, NULL, XML_PATTERN_DEFAULT, pairs);
		free(pairs);
	}
	if (b->pattern != NULL)
		return COPL_OK;
	ctxt = copl_its_xpath(rule->doc, rule);
	if (ctxt == NULL)
		return COPL_E_NOMEM;
	b->xpath = xmlXPathCtxtCompile(ctxt, (const xmlChar *)whole);
	xmlXPathFreeContext(ctxt);
	return b->xpath == NULL ? COPL_E_INVALID : COPL_OK;
}

enum copl_status copl_selector_compile(const char *text, const xmlNode *rule,
    struct copl_place at, struct copl_arena *a, struct copl_reporter *r,
    struct copl_selector *out)
{
	enum copl_status st = COPL_OK;
	const char *s = text;

	xmlSetGenericErrorFunc(NULL, quiet);
	out->n = 0;
	out->branches = calloc(BRANCHES_MAX, sizeof(*out->branches));
	if (out->branches == NULL)
		return COPL_E_NOMEM;
	for (;;) {
		const char *end = branch_end(s), *last = end;
		char *branch;

		while (s < end && copl_is_space(*s))
			s++;
		while (last > s && copl_is_space(last[-1]))
			last--;
		branch = copl_arena_strndup(a, s, (size_t)(last - s));
		if (branch == NULL)
			return COPL_E_NOMEM;
		st = out->n == BRANCHES_MAX ? COPL_E_INVALID
					    : compile_branch(branch, rule, a,
						  &out->branches[out->n++]);
		if (st != COPL_OK || *end == '\0')
			break;
		s = end + 1;
	}
	if (st == COPL_E_INVALID)
		copl_report(r, COPL_ERROR, "its-selector", at,
		    _("\"%s\" is not a valid selector"), text);
	return st;
}

void copl_selector_clear(struct copl_selector *s)
{
	size_t i;

	for (i = 0; i < s->n; i++) {
		xmlFreePattern(s->branches[i].pattern);
		xmlXPathFreeCompExpr(s->branches[i].xpath);
	}
	free(s->branches);
	s->branches = NULL;
	s->n = 0;
}

bool copl_branch_match(const struct copl_branch *b, xmlNode *n)
{
	if (b->pattern == NULL || xmlPatternMatch(b->pattern, n) != 1)
		return false;
	return b->test == NULL ||
	       (n->type == XML_ELEMENT_NODE &&
		   xmlHasNsProp(n, (const xmlChar *)b->test, NULL) != NULL);
}
