/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Conversions of C, "%d" and "%2$s", in the messages of a program.  A wrong
 * one makes the program crash in that language only.
 */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "lint/lint_priv.h"

#define ARGUMENTS_MAX 32

/* The type of each argument: length and conversion; "": not used. */
struct arguments {
	char type[ARGUMENTS_MAX][6];
	const char *at[ARGUMENTS_MAX];
	size_t n;
	const char *bad; /* a "%" that begins no conversion; NULL */
};

/* "%3$": the number, *p behind the sign; 0: there is none. */
static size_t position(const char **p)
{
	const char *s = *p;
	size_t n = 0;

	while (copl_is_digit(*s) && n <= ARGUMENTS_MAX)
		n = n * 10 + (size_t)(*s++ - '0');
	if (*s != '$' || n == 0 || n > ARGUMENTS_MAX)
		return 0;
	*p = s + 1;
	return n;
}

/* Conversions that take the same argument. */
static char class_of(char c)
{
	if (c == 'i')
		return 'd';
	if (strchr("oxX", c) != NULL)
		return 'u';
	if (strchr("eEfFgGaA", c) != NULL)
		return 'f';
	return c;
}

static void take(struct arguments *a, size_t *next, size_t number,
    const char *length, size_t length_len, char conversion, const char *at)
{
	size_t i = number > 0 ? number - 1 : (*next)++;

	if (i >= ARGUMENTS_MAX || length_len > 3)
		return;
	memcpy(a->type[i], length, length_len);
	a->type[i][length_len] = class_of(conversion);
	a->type[i][length_len + 1] = '\0';
	a->at[i] = at;
	if (i >= a->n)
		a->n = i + 1;
}

/* One conversion; p behind its "%". */
static const char *read_one(
    struct arguments *a, size_t *next, const char *p, const char *at)
{
	size_t number = position(&p), length;
	const char *from;

	p += strspn(p, "-+ #0'I");
	for (; *p == '*' || *p == '.' || copl_is_digit(*p); p++)
		if (*p == '*') {
			const char *star = p + 1;
			size_t which = position(&star);

			take(a, next, which, "", 0, 'd', at);
			p = which > 0 ? star - 1 : p;
		}
	from = p;
	if (*p == '<') /* <PRId64> and its kin */
		length = strcspn(p, ">") + (strchr(p, '>') != NULL);
	else
		length = strspn(p, "hlLqjzt");
	p += length;
	if (*from == '<') {
		take(a, next, number, "<", 1, p[-2], at);
		return p;
	}
	if (*p == '\0' || strchr("diouxXeEfFgGaAcCsSpnm", *p) == NULL) {
		if (a->bad == NULL)
			a->bad = at;
		return p;
	}
	if (*p != 'm')
		take(a, next, number, from, length, *p, at);
	return p + 1;
}

static void read_all(const char *s, struct arguments *a)
{
	size_t next = 0;

	memset(a, 0, sizeof(*a));
	while ((s = strchr(s, '%')) != NULL) {
		if (s[1] == '%')
			s += 2;
		else
			s = read_one(a, &next, s + 1, s);
	}
}

/* A form for one number, or for 0 and 1, may say it in words. */
static bool may_drop(const struct lint *l, const struct lint_text *t)
{
	return t->m->plural != NULL &&
	       (t->one || (l->plural.n == 2 && t->form == 0));
}

static void compare(struct lint *l, const struct lint_text *t,
    const struct arguments *a, const struct arguments *b)
{
	size_t n = a->n > b->n ? a->n : b->n, i;

	for (i = 0; i < n; i++) {
		const char *x = a->type[i], *y = b->type[i];

		if (strcmp(x, y) == 0 || (*y == '\0' && may_drop(l, t)))
			continue;
		if (*y == '\0')
			lint_report_text(l, t, t->str, COPL_ERROR,
			    "format-mismatch",
			    _("the conversion of argument %zu, \"%%%s\" in the "
			      "source, is missing"),
			    i + 1, x);
		else if (*x == '\0')
			lint_report_text(l, t, b->at[i], COPL_ERROR,
			    "format-mismatch",
			    _("this conversion takes argument %zu, which the "
			      "source does not use"),
			    i + 1);
		else
			lint_report_text(l, t, b->at[i], COPL_ERROR,
			    "format-mismatch",
			    _("the conversion of argument %zu is \"%%%s\" "
			      "here and \"%%%s\" in the source"),
			    i + 1, y, x);
		return;
	}
}

void lint_format(struct lint *l, const struct lint_text *t)
{
	struct arguments a, b;

	if (!t->formats ||
	    (!lint_has(&t->in_id, '%') && !lint_has(&t->in_str, '%')) ||
	    !copl_message_has_flag(t->m, "c-format"))
		return;
	read_all(t->id, &a);
	if (a.bad != NULL)
		return; /* the program's own business */
	read_all(t->str, &b);
	if (b.bad != NULL)
		lint_report_text(l, t, b.bad, COPL_ERROR, "format-mismatch",
		    _("\"%%\" begins a conversion, and this is none: copy it "
		      "from the source, or write \"%%%%\" for the sign"));
	else
		compare(l, t, &a, &b);
}
