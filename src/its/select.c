/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "base/i18n.h"
#include "its/its_priv.h"

#define BRANCHES_MAX 256

struct compile {
	const struct its_scope *scope;
	struct copl_place at;
	enum copl_severity severity;
	struct copl_arena *a;
	struct copl_reporter *r;
};

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

static const char *skip_space(const char *s)
{
	while (copl_is_space(*s))
		s++;
	return s;
}

/* Local name and namespace of "name" or "prefix:name"; false: neither. */
static bool qname(const struct compile *c, const char *s, size_t len,
    const char **local, const char **ns)
{
	const char *colon = memchr(s, ':', len);

	*ns = NULL;
	if (colon != NULL) {
		*ns = its_scope_ns(c->scope, s, (size_t)(colon - s));
		if (*ns == NULL)
			return false;
		len -= (size_t)(colon + 1 - s);
		s = colon + 1;
	}
	*local = copl_arena_strndup(c->a, s, len);
	return *local != NULL && len > 0;
}

/* The value that a test compares with: a literal or a parameter. */
static const char *test_value(const struct compile *c, const char *s)
{
	size_t len = strlen(s);

	if (len >= 2 && (*s == '"' || *s == '\'') && s[len - 1] == *s &&
	    memchr(s + 1, *s, len - 2) == NULL)
		return copl_arena_strndup(c->a, s + 1, len - 2);
	return *s == '$' ? its_scope_param(c->scope, s + 1, len - 1) : NULL;
}

/*
 * "@name" or "@name = value", what a predicate holds; false: it holds
 * something else.
 */
static bool read_test(
    const struct compile *c, const char *s, struct its_test *out)
{
	size_t len;

	s = skip_space(s);
	if (*s != '@')
		return false;
	len = strcspn(++s, " \t\r\n='\"()[]/|*@!<>,+$");
	if (!qname(c, s, len, &out->local, &out->ns))
		return false;
	s = skip_space(s + len);
	if (*s == '\0')
		return true;
	if (*s != '=')
		return false;
	out->value = test_value(c, skip_space(s + 1));
	return out->value != NULL;
}

/*
 * Cuts the test of an element off a branch, "//a[@b]" or "//a[@b]/@c"; false:
 * there is none.
 */
static bool cut_test(
    const struct compile *c, char *branch, struct its_test *out)
{
	char *open = strchr(branch, '['), *close = strrchr(branch, ']');
	char *inside;
	size_t len;

	if (open == NULL || close == NULL || close < open ||
	    (close[1] != '\0' && strncmp(close + 1, "/@", 2) != 0) ||
	    memchr(branch, '@', (size_t)(open - branch)) != NULL)
		return false;
	inside = copl_arena_strndup(c->a, open + 1, (size_t)(close - open - 1));
	if (inside == NULL)
		return false;
	len = strlen(inside);
	while (len > 0 && copl_is_space(inside[len - 1]))
		inside[--len] = '\0';
	if (!read_test(c, inside, out))
		return false;
	memmove(open, close + 1, strlen(close + 1) + 1);
	return true;
}

/* A pattern tries each ancestor for each "//" inside: with two it is slow. */
static bool has_one_gap(const char *s)
{
	const char *gap = strstr(s + 1, "//");

	return gap == NULL || strstr(gap + 2, "//") == NULL;
}

/* Patterns know absolute paths only: anything else is for XPath. */
static bool is_path(const char *s)
{
	return s[0] == '/' && strpbrk(s, "[]()'\"$ \t\r\n=|") == NULL &&
	       strstr(s, "::") == NULL && strstr(s, "..") == NULL &&
	       strstr(s, "/.") == NULL && has_one_gap(s);
}

/* {uri, prefix} pairs for xmlPatterncompile; NULL when memory is out. */
static const xmlChar **pairs_of(const struct its_scope *scope)
{
	const xmlChar **pairs = calloc(2 * scope->nns + 4, sizeof(*pairs));
	size_t at = 0, i;

	for (i = 0; pairs != NULL && i < scope->nns; i++) {
		if (scope->ns[i].prefix == NULL)
			continue;
		pairs[at++] = (const xmlChar *)scope->ns[i].uri;
		pairs[at++] = (const xmlChar *)scope->ns[i].prefix;
	}
	if (pairs != NULL) {
		pairs[at++] = (const xmlChar *)COPL_XML_NS;
		pairs[at] = (const xmlChar *)"xml";
	}
	return pairs;
}

/* What the last step of a path asks for, to find candidates by name. */
static bool last_step(
    const struct compile *c, const char *path, struct its_branch *b)
{
	const char *step = strrchr(path, '/') + 1;
	size_t len;

	b->anywhere = step == path + 2 && path[1] == '/';
	b->attribute = *step == '@';
	if (b->attribute)
		step++;
	len = strlen(step);
	if (len == 0)
		return false;
	if (strcmp(step, "*") == 0) {
		b->any_ns = true;
		return true;
	}
	if (!qname(c, step, len, &b->local, &b->ns))
		return false;
	if (strcmp(b->local, "*") == 0)
		b->local = NULL;
	return true;
}

/* The names of the text are known to be bound by now. */
static bool compile_pattern(
    const struct compile *c, const char *path, struct its_branch *b)
{
	struct copl_xml_watch watch;
	const xmlChar **pairs;

	if (!is_path(path) || !last_step(c, path, b))
		return false;
	pairs = pairs_of(c->scope);
	if (pairs == NULL) {
		c->r->nomem = true;
		return false;
	}
	copl_xml_watch(&watch, c->r);
	b->pattern = xmlPatterncompile(
	    (const xmlChar *)path, NULL, XML_PATTERN_DEFAULT, pairs);
	copl_xml_unwatch(&watch);
	free(pairs);
	return b->pattern != NULL;
}

/*
 * A path selects nothing where its first step does not: "//a[@b]..." needs an
 * element a and an attribute b.  What is not understood needs nothing.
 */
static void read_needs(
    const struct compile *c, const char *s, struct its_branch *b)
{
	size_t len;
	char *inside;

	if (*s != '/')
		return;
	s += strspn(s, "/");
	len = strcspn(s, " \t\r\n[]()/|@='\"*$,<>+!");
	if (*s == '.' || memmem(s, len, "::", 2) != NULL || s[len] == '(')
		return;
	if (s[len] == '*')
		len++;
	else if (!qname(c, s, len, &b->needs[0].local, &b->needs[0].ns))
		b->needs[0].local = NULL;
	if (s[len] != '[')
		return;
	s += len + 1;
	inside = copl_arena_strndup(c->a, s, strcspn(s, "]"));
	if (inside == NULL || !read_test(c, inside, &b->needs[1]))
		b->needs[1].local = NULL;
}

static enum copl_status compile_branch(
    const struct compile *c, const char *text, bool xpath, struct its_branch *b)
{
	char *path = copl_arena_strdup(c->a, text);

	if (path == NULL)
		return COPL_E_NOMEM;
	b->xpath = its_xpath_compile(text, c->scope, c->at, c->severity, c->r);
	if (b->xpath == NULL)
		return COPL_E_INVALID;
	if (!xpath &&
	    (strchr(path, '[') == NULL || cut_test(c, path, &b->test)) &&
	    compile_pattern(c, path, b)) {
		xmlXPathFreeCompExpr(b->xpath);
		b->xpath = NULL;
	} else {
		memset(&b->test, 0, sizeof(b->test));
		if (*branch_end(text) ==
		    '\0') /* of a union no step is needed */
			read_needs(c, text, b);
	}
	return COPL_OK;
}

static enum copl_status add_branch(const struct compile *c, const char *s,
    const char *end, bool xpath, struct its_selector *out)
{
	const char *branch;

	if (out->n == BRANCHES_MAX) {
		copl_report(c->r, c->severity, "its-selector", c->at,
		    _("a selector can have %d branches at most"), BRANCHES_MAX);
		return COPL_E_INVALID;
	}
	s = skip_space(s);
	while (end > s && copl_is_space(end[-1]))
		end--;
	branch = copl_arena_strndup(c->a, s, (size_t)(end - s));
	if (branch == NULL)
		return COPL_E_NOMEM;
	return compile_branch(c, branch, xpath, &out->branches[out->n++]);
}

static size_t count_branches(const char *s)
{
	size_t n = 1;

	for (s = branch_end(s); *s != '\0' && n < BRANCHES_MAX;
	     s = branch_end(s + 1))
		n++;
	return n;
}

enum copl_status its_selector_compile(const char *text,
    const struct its_scope *scope, bool counted, struct copl_place at,
    enum copl_severity severity, struct copl_arena *a, struct copl_reporter *r,
    struct its_selector *out)
{
	struct compile c = {scope, at, severity, a, r};
	enum copl_status st;
	const char *s = text;

	out->n = 0;
	out->text = text;
	out->branches =
	    copl_arena_alloc(a, count_branches(text) * sizeof(*out->branches));
	if (out->branches == NULL)
		return COPL_E_NOMEM;
	out->counted = counted;
	for (;;) {
		const char *end = counted ? s + strlen(s) : branch_end(s);

		st = add_branch(&c, s, end, counted, out);
		if (st != COPL_OK || *end == '\0')
			break;
		s = end + 1;
	}
	return r->nomem ? COPL_E_NOMEM : st;
}

void its_selector_clear(struct its_selector *s)
{
	size_t i;

	for (i = 0; i < s->n; i++) {
		xmlFreePattern(s->branches[i].pattern);
		xmlXPathFreeCompExpr(s->branches[i].xpath);
	}
	s->n = 0;
}
