/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Web and e-mail addresses are copied, not translated. */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "base/i18n.h"
#include "lint/lint_priv.h"

#define SEGMENT_MAX 12
#define TRIES_MAX 100000 /* pairs of addresses that share a page */
#define SAID_MAX 256 /* findings of each kind about one text */

struct address {
	const char *s;
	size_t len;
	uint64_t page; /* the same in both languages, see page_of() */
	bool mail;
	bool paired;
};
struct addresses {
	struct address *list;
	size_t n;
	size_t room;
	size_t examples; /* that each language may replace */
	bool nomem;
};

/* "name@host.tld" and not "user@host" of an example. */
static bool is_mail(const char *s, size_t len)
{
	const char *at = memchr(s, '@', len);

	return at != NULL && memmem(s, len, "://", 3) == NULL &&
	       memchr(at, '.', len - (size_t)(at - s)) != NULL;
}

/* Names that are kept free for examples (RFC 2606). */
static bool is_example(const struct address *a)
{
	static const char *const names[] = {
	    "example.", ".example", ".test", ".invalid", "localhost"};
	size_t i;

	for (i = 0; i < COPL_COUNT(names); i++)
		if (memmem(a->s, a->len, names[i], strlen(names[i])) != NULL)
			return true;
	return false;
}

static void add(struct addresses *out, const char *s, size_t len)
{
	struct address a = {s, len, 0, is_mail(s, len), false}, *list;

	if (is_example(&a)) {
		out->examples++;
		return;
	}
	if (!a.mail && memmem(s, len, "://", 3) == NULL &&
	    strncmp(s, "www.", 4) != 0)
		return;
	if (len > 1 && s[len - 1] == '/')
		a.len--;
	list = copl_grow(out->list, out->n, &out->room, sizeof(*list));
	if (list == NULL) {
		out->nomem = true;
		return;
	}
	out->list = list;
	list[out->n++] = a;
}

static bool is_word(char c)
{
	return copl_is_alpha(c) || copl_is_digit(c);
}

static void collect(const char *s, struct addresses *out)
{
	char before = ' ';

	while (*s != '\0') {
		size_t n = 0;

		if (*s == '<' && (copl_is_alpha(s[1]) || s[1] == '/') &&
		    !lint_address_length(s + 1))
			n = strcspn(s, ">");
		else if (is_word(*s) && !is_word(before))
			n = lint_address_length(s);
		if (n > 0 && *s != '<')
			add(out, s, n);
		n += n == 0;
		before = s[n - 1];
		s += n;
	}
}

/* ---- the same page in another language ---- */

static size_t segment(const char *s, size_t len)
{
	size_t n = 0;

	while (n < len && strchr("/.?=&:", s[n]) == NULL)
		n++;
	return n;
}

static bool names_language(const char *s, size_t len, const char *tag)
{
	char name[SEGMENT_MAX];

	if (len < 2 || len >= sizeof(name))
		return false;
	memcpy(name, s, len);
	name[len] = '\0';
	return copl_lint_same_language(name, tag);
}

static const char *source_of(const struct lint *l)
{
	return l->how->source_lang == NULL ? "en" : l->how->source_lang;
}

/* Do they differ in nothing but the language that they name? */
static bool same_page(
    const struct lint *l, const struct address *a, const struct address *b)
{
	size_t i = 0, k = 0;

	if (a->mail != b->mail)
		return false;
	for (;;) {
		const char *x = a->s + i, *y = b->s + k;
		size_t n = segment(x, a->len - i), m = segment(y, b->len - k);

		if ((n != m || memcmp(x, y, n) != 0) &&
		    !(names_language(x, n, source_of(l)) &&
			names_language(y, m, l->how->tag)))
			return false;
		i += n;
		k += m;
		if (i == a->len || k == b->len)
			return i == a->len && k == b->len;
		if (a->s[i++] != b->s[k++])
			return false;
	}
}

/* A number that two addresses share if they may be the same page. */
static uint64_t page_of(const struct lint *l, const struct address *a)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);
	size_t i = 0, n, end;

	while (i < a->len) {
		n = segment(a->s + i, a->len - i);
		end = i + n;
		if (names_language(a->s + i, n, source_of(l)) ||
		    names_language(a->s + i, n, l->how->tag))
			i = end;
		for (; i < a->len && i <= end; i++)
			h = (h ^ (unsigned char)a->s[i]) *
			    UINT64_C(0x100000001b3);
	}
	return h;
}

static int by_place(const void *a, const void *b)
{
	const struct address *x = a, *y = b;

	return x->s < y->s ? -1 : x->s > y->s;
}

static int by_page(const void *a, const void *b)
{
	const struct address *x = a, *y = b;

	if (x->page != y->page)
		return x->page < y->page ? -1 : 1;
	return by_place(a, b);
}

static void sort(struct addresses *x, int (*order)(const void *, const void *))
{
	if (x->n > 0)
		qsort(x->list, x->n, sizeof(*x->list), order);
}

static void sort_pages(const struct lint *l, struct addresses *x)
{
	size_t i;

	for (i = 0; i < x->n; i++)
		x->list[i].page = page_of(l, &x->list[i]);
	sort(x, by_page);
}

/* Pairs one address with the first of its page that is free, from k on. */
static void pair_one(const struct lint *l, struct address *x,
    struct addresses *b, size_t k, size_t *tries)
{
	for (; k < b->n && b->list[k].page == x->page; k++) {
		if (b->list[k].paired)
			continue;
		x->paired = b->list[k].paired = same_page(l, x, &b->list[k]);
		if (x->paired || ++*tries > TRIES_MAX)
			return;
	}
}

/* Most translations keep the order of the source. */
static bool same_in_order(
    const struct lint *l, const struct addresses *a, const struct addresses *b)
{
	size_t i = 0;

	while (i < a->n && i < b->n && same_page(l, &a->list[i], &b->list[i]))
		i++;
	return i == a->n && i == b->n;
}

static void pair(const struct lint *l, struct addresses *a, struct addresses *b)
{
	size_t i, k, tries = 0;

	sort_pages(l, a);
	sort_pages(l, b);
	for (i = k = 0; i < a->n; i++) {
		while (k < b->n && (b->list[k].page < a->list[i].page ||
				       (b->list[k].page == a->list[i].page &&
					   b->list[k].paired)))
			k++;
		pair_one(l, &a->list[i], b, k, &tries);
	}
	sort(a, by_place);
	sort(b, by_place);
}

/* "#. allow: url": the text says that each language has its own. */
static bool is_allowed(const struct copl_message *m, const char *what)
{
	const char *p = m->extracted;

	for (; p != NULL && (p = strstr(p, "allow:")) != NULL; p++) {
		const char *word = p + 6 + strspn(p + 6, " \t");

		if (strncmp(word, what, strlen(what)) == 0)
			return true;
	}
	return false;
}

/* The next one from *at on that has no partner; NULL: there is none. */
static struct address *unpaired(struct addresses *x, bool mail, size_t *at)
{
	for (; *at < x->n; ++*at)
		if (!x->list[*at].paired && x->list[*at].mail == mail)
			return &x->list[*at];
	return NULL;
}

static void report(struct lint *l, const struct lint_text *t,
    const struct address *x, const struct address *y, const char *code)
{
	if (x != NULL && y != NULL)
		lint_report_text(l, t, y->s, COPL_ERROR, code,
		    _("the address \"%.*s\" is not that of the source: copy "
		      "\"%.*s\""),
		    (int)y->len, y->s, (int)x->len, x->s);
	else if (x != NULL)
		lint_report_text(l, t, t->str, COPL_ERROR, code,
		    _("the address \"%.*s\" of the source is missing"),
		    (int)x->len, x->s);
	else if (y != NULL)
		lint_report_text(l, t, y->s, COPL_ERROR, code,
		    _("the address \"%.*s\" is not in the source, or not so "
		      "often: take it out"),
		    (int)y->len, y->s);
}

static void compare(struct lint *l, const struct lint_text *t,
    struct addresses *a, struct addresses *b, bool mail)
{
	const char *code = mail ? "email-changed" : "url-changed";
	size_t i = 0, k = 0, said = 0;

	if (is_allowed(t->m, mail ? "email" : "url"))
		return;
	while (said < SAID_MAX) {
		struct address *x = unpaired(a, mail, &i);
		struct address *y = unpaired(b, mail, &k);

		if (x == NULL && y == NULL)
			return;
		if (x == NULL && (a->examples > 0 || !l->fragments)) {
			/* For an example, or where to report mistakes. */
			y->paired = true;
			a->examples -= a->examples > 0;
			continue;
		}
		report(l, t, x, y, code);
		said++;
		if (x != NULL)
			x->paired = true;
		if (y != NULL)
			y->paired = true;
	}
}

void lint_url(struct lint *l, const struct lint_text *t)
{
	struct addresses a = {.n = 0}, b = {.n = 0};

	if (!lint_may_hold_address(t->id) && !lint_may_hold_address(t->str))
		return;
	collect(t->id, &a);
	collect(t->str, &b);
	if (a.nomem || b.nomem) {
		l->st = COPL_E_NOMEM;
	} else if (!same_in_order(l, &a, &b)) {
		pair(l, &a, &b);
		/* A form for one number may have no use for it either. */
		compare(l, t, &a, &b, false);
		compare(l, t, &a, &b, true);
	}
	free(a.list);
	free(b.list);
}
