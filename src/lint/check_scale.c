/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ranges and scales of numbers that were turned round. */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "lint/lint_priv.h"

#define NUMBERS_MAX 64 /* in a text with more their order is not compared */

struct bound {
	unsigned long value;
	const char *at;
	const char *end;
};

/*
 * Is a number behind the letter a part of a name?  Chinese puts no space
 * between, and Arabic none behind "and".
 */
static bool joins(uint32_t c)
{
	enum lint_script script = lint_script_of(c);

	return lint_is_letter(c) && script != LINT_HAN && script != LINT_ARABIC;
}

/* Whole numbers of at most six digits; 0 when there are others. */
static size_t read_bounds(const char *s, struct bound *out)
{
	bool letter = false;
	size_t n = 0;

	while (*s != '\0') {
		const char *at = s;
		int d = lint_digit(lint_next(&s));
		size_t len = 0;

		if (d < 0) {
			letter = joins(lint_next(&(const char *){at}));
			continue;
		}
		if (n == NUMBERS_MAX)
			return 0;
		out[n].at = at;
		out[n].value = 0;
		while (d >= 0) {
			out[n].value = out[n].value * 10 + (unsigned long)d;
			out[n].end = s;
			if (++len > 6)
				return 0;
			at = s;
			d = *s == '\0' ? -1 : lint_digit(lint_next(&s));
		}
		s = at;
		n += !letter; /* "mp3" has no number */
		letter = false;
	}
	return n;
}

/* Do words between two numbers make them the ends of a range? */
static bool is_range(const struct lint_language *own, const struct bound *a)
{
	const char *p = a[0].end;
	size_t len;

	if (a[1].at - p > 120)
		return false;
	if (strncmp(p, "-", 1) == 0 || strncmp(p, "\u2013", 3) == 0 ||
	    strncmp(p, " \u2013 ", 5) == 0)
		return p[0] != '-' || p + 1 == a[1].at;
	for (; (len = lint_word(&p)) > 0 && p < a[1].at; p += len)
		if (own->of_range != NULL &&
		    lint_in_list(own->of_range, p, len))
			return true;
	return false;
}

static size_t find(const struct bound *list, size_t n, unsigned long value)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (list[i].value == value)
			return i;
	return n;
}

/* Are they the same numbers, each of them once? */
static bool same_numbers(const struct bound *a, const struct bound *b, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (find(b, n, a[i].value) == n || find(a, n, a[i].value) != i)
			return false;
	return true;
}

void lint_number_order(struct lint *l, const struct lint_text *t)
{
	struct bound a[NUMBERS_MAX], b[NUMBERS_MAX];
	size_t n, i;

	/* Digits are the bytes 0x30 to 0x39. */
	if ((t->in_id.ascii[0] >> '0' & 0x3ff) == 0)
		return;
	n = read_bounds(t->plain_id, a);
	if (n < 2 || read_bounds(t->plain_str, b) != n ||
	    !same_numbers(a, b, n))
		return;
	for (i = 0; i + 1 < n; i++) {
		size_t x = find(b, n, a[i].value);
		size_t y = find(b, n, a[i + 1].value);

		if (x < y || !is_range(l->source, &a[i]))
			continue;
		lint_report_text(l, t, b[y].at, COPL_WARNING, "number-order",
		    _("the source goes from %lu to %lu, and the translation "
		      "the other way: is the scale turned round?"),
		    a[i].value, a[i + 1].value);
		return;
	}
}
