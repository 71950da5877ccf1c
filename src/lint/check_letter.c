/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Letters that the language does not have, or has another of. */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "lint/lint_priv.h"
#include "locale/locale.h"

struct utf8 {
	char s[5];
};

static struct utf8 utf8_of(uint32_t c)
{
	struct utf8 u = {{0}};

	if (c < 0x80) {
		u.s[0] = (char)c;
	} else if (c < 0x800) {
		u.s[0] = (char)(0xc0 | c >> 6);
		u.s[1] = (char)(0x80 | (c & 0x3f));
	} else if (c < 0x10000) {
		u.s[0] = (char)(0xe0 | c >> 12);
		u.s[1] = (char)(0x80 | (c >> 6 & 0x3f));
		u.s[2] = (char)(0x80 | (c & 0x3f));
	} else {
		u.s[0] = (char)(0xf0 | c >> 18);
		u.s[1] = (char)(0x80 | (c >> 12 & 0x3f));
		u.s[2] = (char)(0x80 | (c >> 6 & 0x3f));
		u.s[3] = (char)(0x80 | (c & 0x3f));
	}
	return u;
}

static bool is_arabic(uint32_t c)
{
	return c != 0x0640 && lint_script_of(c) == LINT_ARABIC;
}

/* At the end of a word it joins a particle to a name in other letters. */
void lint_kashida(struct lint *l, const struct lint_text *t)
{
	const char *p = t->str, *first = NULL;
	bool after_letter = false;

	if (!lint_has_lead(&t->in_str, 0xd9) ||
	    strstr(t->str, "\u0640") == NULL || strstr(t->id, "\u0640") != NULL)
		return;
	while (*p != '\0') {
		const char *at = p;
		uint32_t c = lint_next(&p);

		if (first != NULL && is_arabic(c)) {
			lint_report_text(l, t, first, COPL_NOTE, "kashida",
			    _("a word is stretched with U+0640: take that "
			      "character out, the page does it where it is "
			      "wanted"));
			return;
		}
		if (c != 0x0640)
			first = NULL;
		else if (first == NULL && after_letter)
			first = at;
		after_letter = is_arabic(c) || lint_is_mark(c);
	}
}

/* ---- letters of other languages ---- */

static uint32_t twin_of(const struct lint_language *own, uint32_t c)
{
	const struct lint_twin *t = own->twins;

	for (; t != NULL && t->wrong != 0; t++)
		if (t->wrong == c)
			return t->right;
	return 0;
}

static bool is_usual(const struct lint_language *own, uint32_t c)
{
	size_t i;

	for (i = 0; i < own->nletters; i++)
		if (c >= own->letters[i][0] && c <= own->letters[i][1])
			return true;
	return false;
}

/* Is the letter one that a text of this script can hold by mistake only? */
static bool is_odd(const struct lint *l, uint32_t c)
{
	enum lint_script script;

	if (!lint_is_letter(c) || is_usual(l->own, c))
		return false;
	script = lint_script_of(c);
	if (l->script == LINT_HAN) /* kana and Hangul */
		return (c >= 0x3041 && c <= 0x30fa) ||
		       (c >= 0xac00 && c <= 0xd7a3);
	return script == l->script;
}

/* A capital of Latin script begins a name, which keeps its letters. */
static bool is_name(const char *word)
{
	uint32_t c = lint_next(&word);

	return copl_is_upper((char)(c < 0x80 ? c : 0)) ||
	       (c >= 0xc0 && c <= 0xde) ||
	       (c >= 0x100 && c <= 0x17f &&
		   c % 2 == (c >= 0x139 && c <= 0x148));
}

static void report_letter(
    struct lint *l, const struct lint_text *t, const char *at, uint32_t c)
{
	uint32_t right = twin_of(l->own, c);

	if (right != 0)
		lint_report_text(l, t, at, COPL_WARNING, "exemplar-letter",
		    _("the letter \"%s\" (U+%04X) is not one of this "
		      "language: type \"%s\" (U+%04X)"),
		    utf8_of(c).s, (unsigned)c, utf8_of(right).s,
		    (unsigned)right);
	else
		lint_report_text(l, t, at, COPL_WARNING, "exemplar-letter",
		    _("the letter \"%s\" (U+%04X) is not one of this "
		      "language: type the word again"),
		    utf8_of(c).s, (unsigned)c);
}

void lint_exemplar(struct lint *l, const struct lint_text *t)
{
	const char *p = t->plain_str;
	size_t len;

	if (l->own->nletters == 0)
		return;
	/* Western letters are ASCII and what begins with these two bytes. */
	if (l->script == LINT_LATIN &&
	    (t->in_str.lead & ~(UINT64_C(1) << 2 | UINT64_C(1) << 3)) == 0)
		return;
	for (; (len = lint_word(&p)) > 0; p += len) {
		const char *q = p;

		while (q < p + len) {
			const char *at = q;
			uint32_t c = lint_next(&q);

			if (c < 0x100 || !is_odd(l, c) ||
			    lint_has_char(t->id, c) ||
			    (l->script == LINT_LATIN && is_name(p)))
				continue;
			/* Garbled letters are told as such. */
			if (lint_garbled(t) == NULL)
				report_letter(l, t, at, c);
			return;
		}
	}
}

/* ---- Chinese ---- */

void lint_han_variant(struct lint *l, const struct lint_text *t)
{
	const char *p = t->plain_str;

	if (l->script != LINT_HAN || !l->simplified)
		return;
	if (l->han == NULL)
		l->han = copl_han_new();
	if (l->han == NULL) {
		l->st = COPL_E_NOMEM;
		return;
	}
	while (*p != '\0') {
		const char *at = p;
		uint32_t c = lint_next(&p), simple;

		if (c < 0x4e00 || c > 0x9fff)
			continue;
		simple = copl_han_simplified(l->han, c);
		if (simple == c || lint_has_char(t->id, c))
			continue;
		lint_report_text(l, t, at, COPL_WARNING, "wrong-han-variant",
		    _("\"%s\" is a character of Traditional Chinese: write "
		      "\"%s\""),
		    utf8_of(c).s, utf8_of(simple).s);
		return;
	}
}
