/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The conditions of "when":
 *   either = both { "or" both }       both = one { "and" one }
 *   one = "(" either ")" | "not" "(" either ")" | test
 *   test = ID "=" VALUE | ID "!=" VALUE | ID "includes" VALUE
 *        | ID "lt" "guardian-age"
 * VALUE stands in ' or ".
 */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "form/form_priv.h"

struct parser {
	const char *s;
	size_t at;
	struct copl_arena *arena;
	const struct copl_when_hooks *hooks;
	unsigned depth;
	unsigned tests;
	enum copl_status st; /* the first trouble */
};

struct word {
	const char *s;
	size_t len;
	size_t at;
};

static void wrong(
    struct parser *p, const char *code, size_t at, const char *sentence)
{
	if (p->st != COPL_OK)
		return;
	p->st = COPL_E_INVALID;
	p->hooks->wrong(p->hooks->arg, code, at, sentence);
}

static void syntax(struct parser *p, size_t at, const char *sentence)
{
	wrong(p, "form-when-syntax", at, sentence);
}

static char peek(struct parser *p)
{
	while (copl_is_space(p->s[p->at]))
		p->at++;
	return p->s[p->at];
}

static bool is_word_char(char c)
{
	return copl_is_alpha(c) || copl_is_digit(c) || c == '_' || c == '-';
}

/* The word that comes next, not yet taken; its length may be 0. */
static struct word next_word(struct parser *p)
{
	struct word w = {NULL, 0, 0};

	peek(p);
	w.at = p->at;
	w.s = p->s + p->at;
	while (is_word_char(w.s[w.len]))
		w.len++;
	return w;
}

static bool is(const struct word *w, const char *text)
{
	return strlen(text) == w->len && memcmp(w->s, text, w->len) == 0;
}

static bool take_word(struct parser *p, const char *text)
{
	struct word w = next_word(p);

	if (!is(&w, text))
		return false;
	p->at += w.len;
	return true;
}

static struct copl_when *new_node(struct parser *p, enum copl_when_op op)
{
	struct copl_when *w = copl_arena_alloc(p->arena, sizeof(*w));

	if (w == NULL)
		p->st = COPL_E_NOMEM;
	else
		w->op = op;
	return w;
}

static struct copl_when *join(struct parser *p, enum copl_when_op op,
    const struct copl_when *left, const struct copl_when *right)
{
	struct copl_when *w;

	if (left == NULL || p->st != COPL_OK)
		return NULL;
	w = new_node(p, op);
	if (w == NULL)
		return NULL;
	w->left = left;
	w->right = right;
	return w;
}

/* ---- one comparison ---- */

static const char *number_sentence(void)
{
	return _("a condition cannot compare numbers: ask for groups with "
		 "<choose-one> and test for one of its values");
}

static void wrong_operator(struct parser *p, const struct word *w)
{
	static const char *const numeric[] = {"le", "gt", "ge", "eq", "ne"};
	char c = p->s[p->at];
	size_t i;

	for (i = 0; i < COPL_COUNT(numeric); i++)
		if (is(w, numeric[i]))
			c = '<';
	if (c == '<' || c == '>')
		wrong(p, "form-when-number", w->at, number_sentence());
	else
		syntax(p, w->at,
		    _("after the id of a question comes =, !=, includes or "
		      "\"lt guardian-age\""));
}

static bool take_operator(struct parser *p, enum copl_when_op *op)
{
	struct word w = next_word(p);
	const char *s = p->s + p->at;

	if (*s == '=' && s[1] != '=') {
		*op = COPL_WHEN_IS;
		p->at++;
	} else if (*s == '!' && s[1] == '=') {
		*op = COPL_WHEN_IS_NOT;
		p->at += 2;
	} else if (is(&w, "includes")) {
		*op = COPL_WHEN_INCLUDES;
		p->at += w.len;
	} else if (is(&w, "lt")) {
		*op = COPL_WHEN_MINOR;
		p->at += w.len;
	} else {
		wrong_operator(p, &w);
		return false;
	}
	return true;
}

static bool take_guardian_age(struct parser *p)
{
	peek(p);
	if (take_word(p, "guardian-age"))
		return true;
	if (p->s[p->at] == '\0')
		syntax(p, p->at, _("after \"lt\" comes guardian-age"));
	else
		wrong(p, "form-when-number", p->at, number_sentence());
	return false;
}

static const char *take_value(struct parser *p)
{
	char quote = peek(p);
	size_t from = p->at + 1, len;
	const char *end, *value;

	if (quote != '\'' && quote != '"') {
		syntax(p, p->at,
		    _("put the value into straight quotes, such as 'often'"));
		return NULL;
	}
	end = strchr(p->s + from, quote);
	if (end == NULL) {
		syntax(p, p->at, _("the quote that begins here does not end"));
		return NULL;
	}
	len = (size_t)(end - (p->s + from));
	value = copl_arena_strndup(p->arena, p->s + from, len);
	if (value == NULL)
		p->st = COPL_E_NOMEM;
	p->at = from + len + 1;
	return value;
}

static bool take_operand(
    struct parser *p, struct copl_when *w, size_t *value_at)
{
	peek(p);
	*value_at = p->at;
	if (!take_operator(p, &w->op))
		return false;
	if (w->op == COPL_WHEN_MINOR)
		return take_guardian_age(p);
	peek(p);
	/* A finding about a value points behind its quote. */
	*value_at = p->at + 1;
	w->value = take_value(p);
	return w->value != NULL;
}

static struct copl_when *parse_test(struct parser *p)
{
	struct word w = next_word(p);
	struct copl_when *test;
	const char *question;
	size_t value_at;

	if (w.len == 0 || !copl_is_lower(*w.s)) {
		syntax(p, w.at,
		    _("here the id of a question, \"not(\" or \"(\" must "
		      "stand"));
		return NULL;
	}
	if (++p->tests > COPL_WHEN_TESTS_MAX) {
		wrong(p, "form-when-limit", w.at,
		    _("the condition has more than 64 comparisons: make it "
		      "simpler"));
		return NULL;
	}
	p->at += w.len;
	test = new_node(p, COPL_WHEN_IS);
	question = copl_arena_strndup(p->arena, w.s, w.len);
	if (test == NULL || question == NULL) {
		p->st = COPL_E_NOMEM;
		return NULL;
	}
	if (!take_operand(p, test, &value_at))
		return NULL;
	p->hooks->test(p->hooks->arg, test, question, w.at, value_at);
	return test;
}

/* ---- what joins comparisons ---- */

static const struct copl_when *parse_either(struct parser *p);

static const struct copl_when *parse_group(struct parser *p)
{
	const struct copl_when *inner;
	size_t open;

	if (peek(p) != '(') {
		syntax(p, p->at, _("after \"not\" comes \"(\""));
		return NULL;
	}
	open = p->at++;
	if (++p->depth > COPL_WHEN_DEPTH_MAX) {
		wrong(p, "form-when-limit", open,
		    _("the condition has more than 64 parentheses in one "
		      "another: make it simpler"));
		return NULL;
	}
	inner = parse_either(p);
	if (inner == NULL)
		return NULL;
	p->depth--;
	if (peek(p) != ')') {
		syntax(p, p->at, _("here \"and\", \"or\" or \")\" must stand"));
		return NULL;
	}
	p->at++;
	return inner;
}

/* "not" may also be the id of a question. */
static bool take_not(struct parser *p)
{
	struct parser look = *p;

	if (!take_word(&look, "not"))
		return false;
	if (strchr("=!", peek(&look)) != NULL && look.s[look.at] != '\0')
		return false;
	p->at = look.at;
	return true;
}

static const struct copl_when *parse_one(struct parser *p)
{
	if (peek(p) == '(')
		return parse_group(p);
	if (take_not(p))
		return join(p, COPL_WHEN_NOT, parse_group(p), NULL);
	return parse_test(p);
}

static const struct copl_when *parse_both(struct parser *p)
{
	const struct copl_when *left = parse_one(p);

	while (left != NULL && take_word(p, "and")) {
		const struct copl_when *right = parse_one(p);

		left =
		    right == NULL ? NULL : join(p, COPL_WHEN_AND, left, right);
	}
	return left;
}

static const struct copl_when *parse_either(struct parser *p)
{
	const struct copl_when *left = parse_both(p);

	while (left != NULL && take_word(p, "or")) {
		const struct copl_when *right = parse_both(p);

		left =
		    right == NULL ? NULL : join(p, COPL_WHEN_OR, left, right);
	}
	return left;
}

enum copl_status copl_when_parse(const char *text, struct copl_arena *a,
    const struct copl_when_hooks *hooks, const struct copl_when **out)
{
	struct parser p = {.s = text, .arena = a, .hooks = hooks};
	const struct copl_when *w = NULL;

	*out = NULL;
	if (strlen(text) > COPL_WHEN_LENGTH_MAX)
		wrong(&p, "form-when-limit", 0,
		    _("the condition is longer than 4000 bytes: make it "
		      "simpler"));
	else
		w = parse_either(&p);
	if (w != NULL && peek(&p) != '\0')
		syntax(&p, p.at,
		    p.s[p.at] == ')' ? _("there is no \"(\" for this \")\"")
				     : _("here \"and\" or \"or\" must stand"));
	if (p.st == COPL_OK)
		*out = w;
	return p.st;
}
