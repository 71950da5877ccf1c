/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A number of the source that gives way to another one in the translation.
 * A number may be left out (written as a word) or come in (a month in
 * Chinese); only when one goes and another comes has it changed.
 */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "base/i18n.h"
#include "lint/lint_priv.h"

#define DIGITS_MAX 24

struct number {
	char digits[DIGITS_MAX]; /* with '.' for the decimal sign */
	const char *at;
	bool paired;
	bool month; /* the Chinese word for month stands behind it */
	bool decade; /* "1990s" */
};
/* How blanks and signs between digits are taken. */
struct reading {
	bool spaces; /* "10 000" is one number */
	bool lists; /* "0,4,8" are three */
};
struct numbers {
	struct number *list;
	size_t n;
	size_t room;
};

static bool is_space(uint32_t c)
{
	return c == ' ' || c == 0xa0 || c == 0x202f || c == 0x2009;
}

/* A sign that may part groups of three digits or decimals. */
static bool is_sign(uint32_t c, struct reading how)
{
	if (how.lists)
		return c == '.';
	return c == ',' || c == '.' || c == 0x66b || c == 0x66c || c == '\'' ||
	       c == 0x2019 || (how.spaces && is_space(c));
}

static size_t digits_at(const char *p)
{
	size_t n = 0;

	while (*p != '\0' && lint_digit(lint_next(&p)) >= 0)
		n++;
	return n;
}

static void put(struct number *x, size_t *len, char c)
{
	if (*len + 1 < DIGITS_MAX)
		x->digits[(*len)++] = c;
	x->digits[*len] = '\0';
}

/* 03 is 3, and 3.50 is 3.5. */
static void trim(char *digits, bool decimals)
{
	size_t zeros = strspn(digits, "0"), len = strlen(digits);

	if (zeros > 0 && copl_is_digit(digits[zeros]))
		memmove(digits, digits + zeros, len - zeros + 1);
	for (len = strlen(digits); decimals && len > 0; len--) {
		bool sign = digits[len - 1] == '.';

		if (digits[len - 1] != '0' && !sign)
			return;
		digits[len - 1] = '\0';
		if (sign)
			return;
	}
}

/* Reads one number at p, which is at a digit. */
static const char *read_number(
    const char *p, struct reading how, struct number *x)
{
	size_t len = 0;
	bool decimals = false;

	memset(x, 0, sizeof(*x));
	x->at = p;
	while (*p != '\0') {
		const char *next = p;
		uint32_t c = lint_next(&next);
		size_t n;

		if (lint_digit(c) >= 0) {
			put(x, &len, (char)('0' + lint_digit(c)));
			p = next;
			continue;
		}
		n = is_sign(c, how) && !decimals ? digits_at(next) : 0;
		if (n == 0 || (is_space(c) && n != 3))
			break;
		/* Three digits behind it: a group, else decimals. */
		if (n != 3) {
			put(x, &len, '.');
			decimals = true;
		}
		p = next;
	}
	x->month = strncmp(p, "\u6708", 3) == 0;
	x->decade = *p == 's' && len == 4;
	trim(x->digits, decimals);
	return p;
}

/* False: no memory. */
static bool read_numbers(const char *s, struct reading how, struct numbers *out)
{
	out->n = 0;
	while (*s != '\0') {
		const char *next = s;
		struct number *list;

		if (lint_digit(lint_next(&next)) < 0) {
			s = next;
			continue;
		}
		list = copl_grow(out->list, out->n, &out->room, sizeof(*list));
		if (list == NULL)
			return false;
		out->list = list;
		s = read_number(s, how, &list[out->n++]);
	}
	return true;
}

/* The first in the text that has no partner; NULL: there is none. */
static const struct number *unpaired(const struct numbers *x)
{
	const struct number *first = NULL;
	size_t i;

	for (i = 0; i < x->n; i++)
		if (!x->list[i].paired &&
		    (first == NULL || x->list[i].at < first->at))
			first = &x->list[i];
	return first;
}

static int by_place(const void *a, const void *b)
{
	const struct number *x = a, *y = b;

	return x->at < y->at ? -1 : x->at > y->at;
}

static int by_digits(const void *a, const void *b)
{
	const struct number *x = a, *y = b;
	int c = strcmp(x->digits, y->digits);

	return c != 0 ? c : by_place(a, b);
}

/*
 * The first of a number in one is the first of it in the other.  Most
 * translations keep the order; only what is behind that is sorted.
 */
static void pair(struct numbers *a, struct numbers *b)
{
	size_t same = 0, i, k;

	while (same < a->n && same < b->n &&
	       strcmp(a->list[same].digits, b->list[same].digits) == 0) {
		a->list[same].paired = b->list[same].paired = true;
		same++;
	}
	if (same == a->n || same == b->n)
		return;
	qsort(a->list + same, a->n - same, sizeof(*a->list), by_digits);
	qsort(b->list + same, b->n - same, sizeof(*b->list), by_digits);
	for (i = k = same; i < a->n && k < b->n;) {
		int c = strcmp(a->list[i].digits, b->list[k].digits);

		if (c == 0)
			a->list[i].paired = b->list[k].paired = true;
		i += c <= 0;
		k += c >= 0;
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
		if (strchr("aApP", *p) != NULL && *p != '\0' &&
		    (strncasecmp(p + 1, ".m.", 3) == 0 ||
			((p[1] == 'm' || p[1] == 'M') && !copl_is_alpha(p[2]))))
			return true;
	}
	return false;
}

/* Words that other languages count in other units. */
static bool has_scale(const char *s)
{
	static const char words[] = "hundred thousand million billion trillion "
				    "dozen hundreds thousands millions "
				    "billions dozens half quarter";
	size_t len;

	for (; (len = lint_word(&s)) > 0; s += len)
		if (lint_in_list(words, s, len))
			return true;
	return false;
}

/* Bit n: the source names month n in words, in English. */
static unsigned months_of(const char *s)
{
	static const char *const names[] = {"january jan", "february feb",
	    "march mar", "april apr", "may", "june jun", "july jul",
	    "august aug", "september sep sept", "october oct", "november nov",
	    "december dec"};
	unsigned found = 0, i;
	size_t len;

	for (; (len = lint_word(&s)) > 0; s += len)
		for (i = 0; i < COPL_COUNT(names) && copl_is_upper(*s); i++)
			if (lint_in_list(names[i], s, len))
				found |= 1U << (i + 1);
	return found;
}

static unsigned small_value(const struct number *x)
{
	uint64_t n;

	return copl_number_parse(x->digits, 12, &n) ? (unsigned)n : 0;
}

/* A month that the source names is a number here, and it must be that one. */
static const struct number *pair_months(struct numbers *b, unsigned months)
{
	const struct number *other = NULL;
	size_t i;

	for (i = 0; i < b->n && months != 0; i++) {
		struct number *x = &b->list[i];
		unsigned n = small_value(x);

		if (x->paired || n == 0)
			continue;
		if ((months & 1U << n) != 0)
			x->paired = true;
		else if (x->month && (other == NULL || x->at < other->at))
			other = x;
	}
	return other;
}

/* 90 of "90"; -1: not two digits. */
static int two_digits(const char *s)
{
	if (!copl_is_digit(s[0]) || !copl_is_digit(s[1]) || s[2] != '\0')
		return -1;
	return (s[0] - '0') * 10 + s[1] - '0';
}

/* Marks those that are one of the wanted; true in found: there was one. */
static void pair_short(
    struct numbers *x, const bool wanted[100], bool found[100])
{
	size_t i;

	for (i = 0; i < x->n; i++) {
		int n = two_digits(x->list[i].digits);

		if (n < 0 || !wanted[n] || x->list[i].paired)
			continue;
		x->list[i].paired = found[n] = true;
	}
}

static int decade_of(const struct number *x)
{
	return x->decade ? two_digits(x->digits + 2) : -1;
}

/* "1990s" is "90-е". */
static void pair_decades(struct numbers *a, struct numbers *b)
{
	bool wanted[100] = {false}, found[100] = {false};
	size_t i;
	int n;

	for (i = 0; i < a->n; i++) {
		n = decade_of(&a->list[i]);
		if (n >= 0)
			wanted[n] = true;
	}
	pair_short(b, wanted, found);
	for (i = 0; i < a->n; i++) {
		n = decade_of(&a->list[i]);
		if (n >= 0 && found[n])
			a->list[i].paired = true;
	}
}

static bool has_digit(const struct lint_profile *p)
{
	return (p->ascii[0] >> '0' & 0x3ff) != 0 || lint_has_lead(p, 0xd9) ||
	       lint_has_lead(p, 0xdb) || lint_has_lead(p, 0xef);
}

/* What goes and what comes; NULL: none does. */
struct change {
	const struct number *x;
	const struct number *y;
	bool nomem;
};

/* One way to read both; true: they agree, or may. */
static bool agree(const struct lint_text *t, unsigned mode, struct numbers *a,
    struct numbers *b, struct change *out)
{
	bool lists = (mode & 4) != 0;
	const struct number *month;

	out->nomem = !read_numbers(t->plain_id,
			 (struct reading){(mode & 1) != 0, lists}, a) ||
		     !read_numbers(t->plain_str,
			 (struct reading){(mode & 2) != 0, lists}, b);
	if (out->nomem)
		return true;
	pair(a, b);
	month = pair_months(b, months_of(t->plain_id));
	pair_decades(a, b);
	out->x = unpaired(a);
	out->y = month == NULL ? unpaired(b) : month;
	return month == NULL && (out->x == NULL || out->y == NULL);
}

static void report(
    struct lint *l, const struct lint_text *t, const struct change *c)
{
	if (c->x != NULL)
		lint_report_text(l, t, c->y->at, COPL_ERROR, "number-changed",
		    _("the source has the number %s and the translation has "
		      "%s"),
		    c->x->digits, c->y->digits);
	else
		lint_report_text(l, t, c->y->at, COPL_ERROR, "number-changed",
		    _("the translation has the month %s, which is not the one "
		      "of the source"),
		    c->y->digits);
}

void lint_number(struct lint *l, const struct lint_text *t)
{
	struct numbers a = {.n = 0}, b = {.n = 0};
	struct change c = {.nomem = false};
	unsigned mode = 0;

	if (!has_digit(&t->in_str) || (t->in_id.ascii[0] >> '0' & 0x3ff) == 0 ||
	    has_half_day(t->plain_id) || has_scale(t->plain_id))
		return;
	/* "10 000" may be one number or two: either may be meant. */
	while (mode < 5 && !agree(t, mode, &a, &b, &c))
		mode++;
	if (c.nomem)
		l->st = COPL_E_NOMEM;
	else if (mode == 5)
		report(l, t, &c);
	free(a.list);
	free(b.list);
}
