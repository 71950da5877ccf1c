/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Conversions of C, "%d" and "%2$s", in the messages of a program.  A wrong
 * one makes the program crash in that language only.
 */
#include "config.h"
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/i18n.h"
#include "lint/lint_priv.h"

/* What is written of an argument: "lld", "<PRIu64>"; "d" of a "*". */
struct conversion {
	size_t number; /* of the argument, from 1 */
	const char *type;
	size_t len;
	const char *at; /* its "%" */
};
struct conversions {
	struct conversion *list;
	size_t n;
	size_t room;
	size_t next; /* the number of one that says none */
	const char *bad; /* a "%" that begins no conversion; NULL */
	bool nomem;
};

/* ---- reading ---- */

/* "%3$": the number, *p behind the sign; 0: there is none. */
static size_t position(const char **p)
{
	const char *s = *p;
	size_t n = 0;

	while (copl_is_digit(*s) && n <= INT_MAX)
		n = n * 10 + (size_t)(*s++ - '0');
	if (*s != '$' || n == 0 || n > INT_MAX)
		return 0;
	*p = s + 1;
	return n;
}

static void take(struct conversions *c, size_t number, const char *type,
    size_t len, const char *at)
{
	struct conversion *list =
	    copl_grow(c->list, c->n, &c->room, sizeof(*list));

	if (list == NULL) {
		c->nomem = true;
		return;
	}
	c->list = list;
	if (number == 0)
		number = ++c->next;
	list[c->n++] = (struct conversion){number, type, len, at};
}

/* Flags, width and precision. */
static const char *skip_shape(
    struct conversions *c, const char *p, const char *at)
{
	p += strspn(p, "-+ #0'I");
	for (; *p == '*' || *p == '.' || copl_is_digit(*p); p++)
		if (*p == '*') {
			const char *star = p + 1;
			size_t which = position(&star);

			take(c, which, "d", 1, at);
			p = which > 0 ? star - 1 : p;
		}
	return p;
}

/* One conversion; at is its "%". */
static const char *read_one(struct conversions *c, const char *at)
{
	const char *p = at + 1, *type;
	size_t number = position(&p), length;

	p = type = skip_shape(c, p, at);
	if (*p == '<') { /* <PRId64> and its kin */
		length = strcspn(p, ">") + (strchr(p, '>') != NULL);
		take(c, number, type, length, at);
		return p + length;
	}
	length = strspn(p, "hlLqjzt");
	p += length;
	if (*p == '\0' || length > 2 ||
	    strchr("diouxXeEfFgGaAcCsSpnm", *p) == NULL) {
		if (c->bad == NULL)
			c->bad = at;
		return p;
	}
	if (*p != 'm')
		take(c, number, type, length + 1, at);
	return p + 1;
}

static void read_all(const char *s, struct conversions *c)
{
	while ((s = strchr(s, '%')) != NULL) {
		if (s[1] == '%')
			s += 2;
		else
			s = read_one(c, s);
	}
}

/* ---- comparing ---- */

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

/* Where the letter of the conversion is in its type. */
static size_t letter(const struct conversion *c)
{
	return strncmp(c->type, "<PRI", 4) == 0 && c->len > 4 ? 4 : c->len - 1;
}

static int by_type(const struct conversion *a, const struct conversion *b)
{
	size_t i = letter(a);
	char x, y;
	int order;

	if (a->len != b->len)
		return a->len < b->len ? -1 : 1;
	if (i != letter(b))
		return i < letter(b) ? -1 : 1;
	order = memcmp(a->type, b->type, i);
	if (order != 0)
		return order;
	x = class_of(a->type[i]);
	y = class_of(b->type[i]);
	if (x != y)
		return x < y ? -1 : 1;
	return memcmp(a->type + i + 1, b->type + i + 1, a->len - i - 1);
}

static int by_argument(const void *a, const void *b)
{
	const struct conversion *x = a, *y = b;
	int order;

	if (x->number != y->number)
		return x->number < y->number ? -1 : 1;
	order = by_type(x, y);
	if (order != 0)
		return order;
	return x->at < y->at ? -1 : x->at > y->at;
}

/* One for each type that each argument is taken as: the first in the text. */
static void sort(struct conversions *c)
{
	size_t n = 0, i;

	if (c->n == 0)
		return;
	qsort(c->list, c->n, sizeof(*c->list), by_argument);
	for (i = 1; i < c->n; i++)
		if (c->list[i].number != c->list[n].number ||
		    by_type(&c->list[i], &c->list[n]) != 0)
			c->list[++n] = c->list[i];
	c->n = n + 1;
}

/* How many of a sorted list, from the one at i on, are of this argument. */
static size_t of_argument(const struct conversions *c, size_t i, size_t number)
{
	size_t n = 0;

	while (i + n < c->n && c->list[i + n].number == number)
		n++;
	return n;
}

static bool has_type(
    const struct conversion *list, size_t n, const struct conversion *one)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (by_type(&list[i], one) == 0)
			return true;
	return false;
}

#define TYPE_SIZE 32

static const char *shown(const struct conversion *c, char room[TYPE_SIZE])
{
	size_t len = c->len < TYPE_SIZE ? c->len : TYPE_SIZE - 1;

	snprintf(room, TYPE_SIZE, "%.*s", (int)copl_utf8_valid(c->type, len),
	    c->type);
	return room;
}

/* A form for one number, or for 0 and 1, may say it in words. */
static bool may_drop(const struct lint *l, const struct lint_text *t)
{
	return t->m->plural != NULL &&
	       (t->one || (l->plural.n == 2 && t->form == 0));
}

/* One argument: its conversions in the source and here. */
static bool differs(struct lint *l, const struct lint_text *t,
    const struct conversion *a, size_t na, const struct conversion *b,
    size_t nb)
{
	char x[TYPE_SIZE], y[TYPE_SIZE];
	size_t i;

	if (nb == 0 && may_drop(l, t))
		return false;
	if (nb == 0)
		lint_report_text(l, t, t->str, COPL_ERROR, "format-mismatch",
		    _("the conversion of argument %zu, \"%%%s\" in the "
		      "source, is missing"),
		    a->number, shown(a, x));
	else if (na == 0)
		lint_report_text(l, t, b->at, COPL_ERROR, "format-mismatch",
		    _("this conversion takes argument %zu, which the "
		      "source does not use"),
		    b->number);
	if (na == 0 || nb == 0)
		return true;
	for (i = 0; i < nb && has_type(a, na, &b[i]); i++)
		;
	if (i == nb)
		return false;
	lint_report_text(l, t, b[i].at, COPL_ERROR, "format-mismatch",
	    _("the conversion of argument %zu is \"%%%s\" "
	      "here and \"%%%s\" in the source"),
	    b->number, shown(&b[i], y), shown(a, x));
	return true;
}

/* The first argument that differs is told. */
static void compare(struct lint *l, const struct lint_text *t,
    struct conversions *a, struct conversions *b)
{
	size_t i = 0, k = 0;

	sort(a);
	sort(b);
	while (i < a->n || k < b->n) {
		size_t number = k == b->n || (i < a->n && a->list[i].number <
							      b->list[k].number)
				    ? a->list[i].number
				    : b->list[k].number;
		size_t na = of_argument(a, i, number);
		size_t nb = of_argument(b, k, number);

		if (differs(l, t, na == 0 ? NULL : &a->list[i], na,
			nb == 0 ? NULL : &b->list[k], nb))
			return;
		i += na;
		k += nb;
	}
}

void lint_format(struct lint *l, const struct lint_text *t)
{
	struct conversions a = {.n = 0}, b = {.n = 0};

	if (!t->formats ||
	    (!lint_has(&t->in_id, '%') && !lint_has(&t->in_str, '%')) ||
	    !copl_message_has_flag(t->m, "c-format"))
		return;
	read_all(t->id, &a);
	if (a.bad != NULL)
		goto out; /* the program's own business */
	read_all(t->str, &b);
	if (a.nomem || b.nomem)
		l->st = COPL_E_NOMEM;
	else if (b.bad != NULL)
		lint_report_text(l, t, b.bad, COPL_ERROR, "format-mismatch",
		    _("\"%%\" begins a conversion, and this is none: copy it "
		      "from the source, or write \"%%%%\" for the sign"));
	else
		compare(l, t, &a, &b);
out:
	free(a.list);
	free(b.list);
}
