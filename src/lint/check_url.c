/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Web and e-mail addresses are copied, not translated. */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "lint/lint_priv.h"

#define ADDRESSES_MAX 32
#define SEGMENT_MAX 12

struct address {
	const char *s;
	size_t len;
	bool mail;
	bool paired;
};
struct addresses {
	struct address list[ADDRESSES_MAX];
	size_t n;
	size_t examples; /* that each language may replace */
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
	struct address a = {s, len, is_mail(s, len), false};

	if (is_example(&a)) {
		out->examples++;
		return;
	}
	if (out->n == ADDRESSES_MAX)
		return;
	if (!a.mail && memmem(s, len, "://", 3) == NULL &&
	    strncmp(s, "www.", 4) != 0)
		return;
	if (len > 1 && s[len - 1] == '/')
		a.len--;
	out->list[out->n++] = a;
}

static bool is_word(char c)
{
	return copl_is_alpha(c) || copl_is_digit(c);
}

static void collect(const char *s, struct addresses *out)
{
	char before = ' ';

	out->n = out->examples = 0;
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

/* Do they differ in nothing but the language that they name? */
static bool same_page(
    const struct lint *l, const struct address *a, const struct address *b)
{
	const char *source =
	    l->how->source_lang == NULL ? "en" : l->how->source_lang;
	size_t i = 0, k = 0;

	for (;;) {
		const char *x = a->s + i, *y = b->s + k;
		size_t n = segment(x, a->len - i), m = segment(y, b->len - k);

		if ((n != m || memcmp(x, y, n) != 0) &&
		    !(names_language(x, n, source) &&
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

static void pair(const struct lint *l, struct addresses *a, struct addresses *b)
{
	size_t i, k;

	for (i = 0; i < a->n; i++)
		for (k = 0; k < b->n && !a->list[i].paired; k++) {
			if (b->list[k].paired ||
			    a->list[i].mail != b->list[k].mail ||
			    !same_page(l, &a->list[i], &b->list[k]))
				continue;
			a->list[i].paired = b->list[k].paired = true;
		}
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

static struct address *unpaired(struct addresses *x, bool mail)
{
	size_t i;

	for (i = 0; i < x->n; i++)
		if (!x->list[i].paired && x->list[i].mail == mail)
			return &x->list[i];
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

	if (is_allowed(t->m, mail ? "email" : "url"))
		return;
	for (;;) {
		struct address *x = unpaired(a, mail), *y = unpaired(b, mail);

		if (x == NULL && y == NULL)
			return;
		if (x == NULL && (a->examples > 0 || !l->fragments)) {
			/* For an example, or where to report mistakes. */
			y->paired = true;
			a->examples -= a->examples > 0;
			continue;
		}
		report(l, t, x, y, code);
		if (x != NULL)
			x->paired = true;
		if (y != NULL)
			y->paired = true;
	}
}

void lint_url(struct lint *l, const struct lint_text *t)
{
	struct addresses a, b;

	if (!lint_may_hold_address(t->id) && !lint_may_hold_address(t->str))
		return;
	collect(t->id, &a);
	collect(t->str, &b);
	pair(l, &a, &b);
	/* A form for one number may have no use for the address either. */
	compare(l, t, &a, &b, false);
	compare(l, t, &a, &b, true);
}
