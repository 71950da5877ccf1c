/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words that stand twice, texts that are cut off, typed escapes. */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "lint/lint_priv.h"

/* Shorter texts differ in length for many reasons. */
#define LONG_TEXT 50

/* ---- one word twice ---- */

static bool is_between_words(const char *p, const char *end)
{
	if (p == end)
		return false;
	for (; p < end; p++)
		if (*p != ' ' && *p != '\n')
			return false;
	return true;
}

/* Does the source say some word twice, too? */
static const char *find_double(
    const char *s, const struct lint_language *own, size_t *n)
{
	const char *p = s, *last = NULL;
	size_t len, last_len = 0;

	for (; (len = lint_word(&p)) > 0; p += len) {
		if (last != NULL && len == last_len && len > 1 &&
		    memcmp(last, p, len) == 0 &&
		    is_between_words(last + last_len, p) &&
		    (own->twice == NULL || !lint_in_list(own->twice, p, len))) {
			*n = len;
			return p;
		}
		last = p;
		last_len = len;
	}
	return NULL;
}

void lint_duplicate_word(struct lint *l, const struct lint_text *t)
{
	size_t len = 0, other;
	const char *p;

	if (l->own->unspaced || !lint_has(&t->in_str, ' '))
		return;
	p = find_double(t->plain_str, l->own, &len);
	if (p != NULL && find_double(t->plain_id, l->source, &other) == NULL)
		lint_report_text(l, t, p, COPL_NOTE, "duplicate-word",
		    _("the word \"%.*s\" stands here twice"), (int)len, p);
}

/* ---- length ---- */

static bool ends_sentence(uint32_t c)
{
	return c == '.' || c == '?' || c == '!' || c == 0x061f || c == 0x06d4 ||
	       c == 0x2026;
}

/* A mark that blanks or the end follow, and a letter or so before it. */
static size_t count_sentences(const char *s)
{
	size_t n = 0;
	bool word = false;

	while (*s != '\0') {
		uint32_t c = lint_next(&s);

		if (ends_sentence(c) && word &&
		    (*s == '\0' || *s == ' ' || *s == '\n')) {
			n++;
			word = false;
		} else if (lint_is_letter(c)) {
			word = true;
		}
	}
	return n;
}

void lint_length_ratio(struct lint *l, const struct lint_text *t)
{
	size_t a, b, said, there;

	/* Bytes are at least characters: most texts are out at once. */
	if (l->own->unspaced || t->in_id.len < LONG_TEXT || t->one ||
	    l->script == LINT_OTHER)
		return;
	a = copl_utf8_count(t->plain_id, strlen(t->plain_id));
	if (a < LONG_TEXT)
		return;
	b = copl_utf8_count(t->plain_str, strlen(t->plain_str));
	said = count_sentences(t->plain_id);
	there = count_sentences(t->plain_str);
	if (b * 5 < a * 2 || (b * 2 < a && there < said))
		lint_report_text(l, t, t->str, COPL_WARNING, "length-ratio",
		    _("the translation has %zu characters and the source %zu: "
		      "is a part missing?"),
		    b, a);
	else if (b > a * 4)
		lint_report_text(l, t, t->str, COPL_WARNING, "length-ratio",
		    _("the translation has %zu characters and the source only "
		      "%zu: does it hold something else?"),
		    b, a);
	else if (said > 1 && there < said && b * 4 < a * 3)
		lint_report_text(l, t, t->str, COPL_NOTE, "sentence-count",
		    _("the source has sentences: %zu, and the translation: "
		      "%zu"),
		    said, there);
}

/* ---- what was typed and not meant ---- */

/* Backslashes before a letter of an escape, as text. */
static size_t count_escapes(const char *s, const char **first)
{
	size_t n = 0;

	for (; (s = strchr(s, '\\')) != NULL; s++)
		if (s[1] == 'n' || s[1] == 't' || s[1] == 'r') {
			if (n++ == 0)
				*first = s;
		}
	return n;
}

void lint_backslash(struct lint *l, const struct lint_text *t)
{
	const char *first = NULL, *ignored = NULL;

	if (!lint_has(&t->in_str, '\\') ||
	    count_escapes(t->str, &first) <= count_escapes(t->id, &ignored))
		return;
	lint_report_text(l, t, first, COPL_WARNING, "backslash-n-literal",
	    _("a reader sees the two characters \"\\%c\" here: press Enter in "
	      "your editor for a line break, or write one backslash in the "
	      "file"),
	    first[1]);
}
