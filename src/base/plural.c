/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Plural rules: expressions of C over one variable, n.  They come from a
 * file, so length, depth and division are bounded.
 */
#include "config.h"
#include <string.h>
#include "base/base.h"

#define RULE_MAX 1000 /* bytes */
#define DEPTH_MAX 40
#define NUMBER_MAX 1000000000UL
/* Rules of languages look at the last two digits; this is far beyond. */
#define TRIED 1000

struct eval {
	const char *p;
	const char *end;
	unsigned long n;
	unsigned depth;
	bool failed;
};

static unsigned long ternary(struct eval *e);

static unsigned long fail(struct eval *e)
{
	e->failed = true;
	e->p = e->end;
	return 0;
}

static void skip(struct eval *e)
{
	while (e->p < e->end && copl_is_space(*e->p))
		e->p++;
}

static bool take(struct eval *e, const char *token)
{
	size_t len = strlen(token);

	skip(e);
	if ((size_t)(e->end - e->p) < len || memcmp(e->p, token, len) != 0)
		return false;
	e->p += len;
	return true;
}

static unsigned long number(struct eval *e)
{
	unsigned long v = 0;

	if (e->p == e->end || !copl_is_digit(*e->p))
		return fail(e);
	for (; e->p < e->end && copl_is_digit(*e->p); e->p++) {
		v = v * 10 + (unsigned long)(*e->p - '0');
		if (v > NUMBER_MAX)
			return fail(e);
	}
	return v;
}

static unsigned long primary(struct eval *e)
{
	unsigned long v;

	if (e->depth >= DEPTH_MAX)
		return fail(e);
	e->depth++;
	skip(e);
	if (take(e, "!")) {
		v = !primary(e);
	} else if (take(e, "(")) {
		v = ternary(e);
		if (!take(e, ")"))
			v = fail(e);
	} else if (take(e, "n")) {
		v = e->n;
	} else {
		v = number(e);
	}
	e->depth--;
	return v;
}

enum op { MUL, DIV, MOD, ADD, SUB, LE, GE, LT, GT, EQ, NE, AND, OR };

static const struct {
	const char *token;
	enum op op;
	unsigned char level; /* binds tighter the higher */
} operators[] = {{"*", MUL, 6}, {"/", DIV, 6}, {"%", MOD, 6}, {"+", ADD, 5},
    {"-", SUB, 5}, {"<=", LE, 4}, {">=", GE, 4}, {"<", LT, 4}, {">", GT, 4},
    {"==", EQ, 3}, {"!=", NE, 3}, {"&&", AND, 2}, {"||", OR, 1}};

static unsigned long arithmetic(
    struct eval *e, enum op op, unsigned long a, unsigned long b)
{
	if ((op == DIV || op == MOD) && b == 0)
		return fail(e);
	if (op == DIV)
		return a / b;
	if (op == MOD)
		return a % b;
	if (op == MUL)
		a = a > NUMBER_MAX || b > NUMBER_MAX ? fail(e) : a * b;
	else if (op == ADD)
		a += b;
	else
		a -= b;
	return a;
}

static unsigned long apply(
    struct eval *e, enum op op, unsigned long a, unsigned long b)
{
	switch (op) {
	case LE:
		return a <= b;
	case GE:
		return a >= b;
	case LT:
		return a < b;
	case GT:
		return a > b;
	case EQ:
		return a == b;
	case NE:
		return a != b;
	case AND:
		return a && b;
	case OR:
		return a || b;
	case MUL:
	case DIV:
	case MOD:
	case ADD:
	case SUB:
	default:
		return arithmetic(e, op, a, b);
	}
}

/* Index of the operator here that binds at least as tight, or -1. */
static int operator_here(struct eval *e, unsigned level)
{
	size_t i;

	skip(e);
	if (e->p == e->end)
		return -1;
	for (i = 0; i < COPL_COUNT(operators); i++) {
		const char *start = e->p;

		/* Tried for 200 numbers: most tokens differ at once. */
		if (operators[i].level >= level &&
		    operators[i].token[0] == *start &&
		    take(e, operators[i].token)) {
			e->p = start;
			return (int)i;
		}
	}
	return -1;
}

/* The recursion is bounded by the number of levels. */
static unsigned long binary(struct eval *e, unsigned level)
{
	unsigned long v = primary(e);
	int i;

	while (!e->failed && (i = operator_here(e, level)) >= 0) {
		e->p += strlen(operators[i].token);
		v = apply(
		    e, operators[i].op, v, binary(e, operators[i].level + 1U));
	}
	return v;
}

static unsigned long ternary(struct eval *e)
{
	unsigned long cond, yes, no;

	if (e->depth >= DEPTH_MAX)
		return fail(e);
	e->depth++;
	cond = binary(e, 1);
	if (take(e, "?")) {
		yes = ternary(e);
		if (!take(e, ":"))
			return fail(e);
		no = ternary(e);
		cond = cond ? yes : no;
	}
	e->depth--;
	return cond;
}

bool copl_plural_form(
    const struct copl_plural *p, unsigned long n, unsigned *form)
{
	size_t len = strcspn(p->rule, ";");
	struct eval e = {p->rule, p->rule + len, n, 0, len > RULE_MAX};
	unsigned long v = e.failed ? 0 : ternary(&e);

	skip(&e);
	if (e.failed || e.p != e.end || v >= p->n)
		return false;
	*form = (unsigned)v;
	return true;
}

bool copl_plural_parse(const char *forms, struct copl_plural *out)
{
	const char *n = strstr(forms, "nplurals="), *rule;

	memset(out, 0, sizeof(*out));
	rule = n == NULL ? NULL : strstr(n + 9, "plural=");
	if (rule == NULL)
		return false;
	for (n += 9; copl_is_digit(*n) && out->n <= COPL_PLURALS_MAX; n++)
		out->n = out->n * 10 + (unsigned)(*n - '0');
	out->rule = rule + 7;
	out->tried = copl_plural_ones(out, &out->ones);
	return out->n > 0 && out->n <= COPL_PLURALS_MAX;
}

/* One pair of parentheses around a rule goes, if both belong together. */
static const char *bare(const char *rule, size_t *len)
{
	size_t end = strcspn(rule, ";"), at = 0, i;
	int depth = 1;

	while (at < end && copl_is_space(rule[at]))
		at++;
	while (end > at && copl_is_space(rule[end - 1]))
		end--;
	*len = end - at;
	if (*len < 2 || rule[at] != '(' || rule[end - 1] != ')')
		return rule + at;
	for (i = at + 1; i < end - 1 && depth > 0; i++)
		depth += (rule[i] == '(') - (rule[i] == ')');
	if (depth == 0)
		return rule + at;
	*len -= 2;
	return rule + at + 1;
}

bool copl_plural_same(const struct copl_plural *a, const struct copl_plural *b)
{
	const char *x, *y;
	size_t i, k;

	if (a->n != b->n)
		return false;
	x = bare(a->rule, &i);
	y = bare(b->rule, &k);
	return i == k && memcmp(x, y, i) == 0;
}

static void try_numbers(struct copl_plural *p)
{
	unsigned hits[COPL_PLURALS_MAX] = {0};
	unsigned long n;
	unsigned f;

	for (n = 0; n <= TRIED; n++)
		if (copl_plural_form(p, n, &f) && f < COPL_PLURALS_MAX)
			hits[f]++;
	p->ones = 0;
	for (f = 0; f < COPL_PLURALS_MAX; f++)
		p->ones |= (uint32_t)(hits[f] == 1) << f;
	p->tried = true;
}

bool copl_plural_serves_one(struct copl_plural *p, unsigned form)
{
	if (!p->tried)
		try_numbers(p);
	return form < COPL_PLURALS_MAX && (p->ones >> form & 1) != 0;
}

bool copl_plural_is_singular(struct copl_plural *p, unsigned form)
{
	unsigned one;

	return copl_plural_serves_one(p, form) &&
	       copl_plural_form(p, 1, &one) && one == form;
}

bool copl_plural_of(const char *language, struct copl_plural *out)
{
	unsigned n;
	const char *forms = copl_plural_forms(language, &n);

	memset(out, 0, sizeof(*out));
	return forms != NULL && copl_plural_parse(forms, out);
}
