/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A number of the source that gives way to another one in the translation.
 * A number may be left out (written as a word) or come in (a month in
 * Chinese); only when one goes and another comes has it changed.
 */
#include "config.h"
#include <string.h>
#include <unictype.h>
#include "base/i18n.h"
#include "lint/lint_priv.h"

#define NUMBERS_MAX 32
#define DIGITS_MAX 24

struct number {
	char digits[DIGITS_MAX]; /* with '.' for the decimal sign */
	bool paired;
};
struct numbers {
	struct number list[NUMBERS_MAX];
	size_t n;
	bool too_many;
};

/* Western value of a digit of any script, -1: not a digit. */
static int digit(uint32_t c)
{
	if (c < 0x80)
		return copl_is_digit((char)c) ? (int)(c - '0') : -1;
	return uc_decimal_value(c);
}

static bool is_space(uint32_t c)
{
	return c == ' ' || c == 0xa0 || c == 0x202f || c == 0x2009;
}

/* A sign that may part groups of three digits or decimals. */
static bool is_sign(uint32_t c, bool spaces)
{
	return c == ',' || c == '.' || c == 0x66b || c == 0x66c || c == '\'' ||
	       c == 0x2019 || (spaces && is_space(c));
}

static size_t digits_at(const char *p)
{
	size_t n = 0;

	while (*p != '\0' && digit(lint_next(&p)) >= 0)
		n++;
	return n;
}

static void put(struct number *x, size_t *len, char c)
{
	if (*len + 1 < DIGITS_MAX)
		x->digits[(*len)++] = c;
	x->digits[*len] = '\0';
}

/* Reads one number at p, which is at a digit. */
static const char *read_number(const char *p, bool spaces, struct number *x)
{
	size_t len = 0;
	bool decimals = false;

	memset(x, 0, sizeof(*x));
	while (*p != '\0') {
		const char *next = p;
		uint32_t c = lint_next(&next);
		size_t n;

		if (digit(c) >= 0) {
			put(x, &len, (char)('0' + digit(c)));
			p = next;
			continue;
		}
		n = is_sign(c, spaces) && !decimals ? digits_at(next) : 0;
		if (n == 0 || (is_space(c) && n != 3))
			break;
		/* Three digits behind it: a group, else decimals. */
		if (n != 3) {
			put(x, &len, '.');
			decimals = true;
		}
		p = next;
	}
	return p;
}

static void read_numbers(const char *s, bool spaces, struct numbers *out)
{
	out->n = 0;
	out->too_many = false;
	while (*s != '\0') {
		const char *next = s;

		if (digit(lint_next(&next)) < 0) {
			s = next;
			continue;
		}
		if (out->n == NUMBERS_MAX) {
			out->too_many = true;
			return;
		}
		s = read_number(s, spaces, &out->list[out->n++]);
	}
}

static const struct number *unpaired(const struct numbers *x)
{
	size_t i;

	for (i = 0; i < x->n; i++)
		if (!x->list[i].paired)
			return &x->list[i];
	return NULL;
}

static void pair(struct numbers *a, struct numbers *b)
{
	size_t i, k;

	for (i = 0; i < a->n; i++)
		for (k = 0; k < b->n; k++) {
			if (a->list[i].paired || b->list[k].paired ||
			    strcmp(a->list[i].digits, b->list[k].digits) != 0)
				continue;
			a->list[i].paired = b->list[k].paired = true;
		}
}

/* Hours of a clock with two halves ("8 p.m.") are other numbers elsewhere. */
static bool has_half_day(const char *s)
{
	for (; *s != '\0'; s++) {
		const char *p = s + 1;

		if (!copl_is_digit(*s))
			continue;
		p += *p == ' ';
		if ((*p == 'a' || *p == 'p') &&
		    (strncmp(p + 1, ".m.", 3) == 0 ||
			(p[1] == 'm' && !copl_is_alpha(p[2]))))
			return true;
	}
	return false;
}

void lint_number(struct lint *l, const struct lint_text *t)
{
	struct numbers a, b;
	const struct number *x = NULL, *y = NULL;
	int spaces;

	if (has_half_day(t->plain_id))
		return;
	/* "10 000" may be one number or two: either may be meant. */
	for (spaces = 0; spaces < 4; spaces++) {
		read_numbers(t->plain_id, (spaces & 1) != 0, &a);
		read_numbers(t->plain_str, (spaces & 2) != 0, &b);
		if (a.too_many || b.too_many)
			return;
		pair(&a, &b);
		x = unpaired(&a);
		y = unpaired(&b);
		if (x == NULL || y == NULL)
			return;
	}
	lint_report(l, t->m, COPL_ERROR, "number-changed",
	    _("the source has the number %s and the translation has %s"),
	    x->digits, y->digits);
}
