/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "lint/lint_priv.h"

/* Marks that do the same in different scripts, by their class. */
static char class_of(uint32_t c)
{
	static const struct {
		uint32_t c;
		char cls;
	} marks[] = {{'.', '.'}, {0x3002, '.'}, {0xff0e, '.'}, {0x06d4, '.'},
	    {'?', '?'}, {0xff1f, '?'}, {0x061f, '?'}, {'!', '!'}, {0xff01, '!'},
	    {':', ':'}, {0xff1a, ':'}, {';', ';'}, {0xff1b, ';'}, {0x061b, ';'},
	    {0x2026, 'e'}, {0x22ef, 'e'}, {0x0964, '.'}, {0x0589, '.'},
	    {0x1362, '.'}};
	size_t i;

	for (i = 0; i < COPL_COUNT(marks); i++)
		if (marks[i].c == c)
			return marks[i].cls;
	return '\0';
}

/* Spaces and marks that nobody sees. */
static bool is_unseen(uint32_t c)
{
	static const uint32_t spans[][2] = {{0x0009, 0x0020}, {0x00a0, 0x00a0},
	    {0x061c, 0x061c}, {0x200b, 0x200f}, {0x202a, 0x202f},
	    {0x2066, 0x2069}, {0x3000, 0x3000}};
	size_t i;

	for (i = 0; i < COPL_COUNT(spans); i++)
		if (c >= spans[i][0] && c <= spans[i][1])
			return true;
	return false;
}

/* Quotes and brackets that close. */
static bool is_closing(uint32_t c)
{
	static const uint32_t closing[] = {'"', '\'', 0xbb, 0x2019, 0x201d,
	    0x201c, 0x203a, 0x300d, 0x300f, 0x300b};
	size_t i;

	for (i = 0; i < COPL_COUNT(closing); i++)
		if (closing[i] == c)
			return true;
	return false;
}

/* Class of the mark that ends the text; '\0': a letter or the like. */
static char end_class(const char *s)
{
	const char *p = s + strlen(s);

	while (p > s) {
		const char *at = p;
		uint32_t c = lint_before(s, &at);

		if (!is_unseen(c) && !is_closing(c)) {
			if (at - s > 1 && memcmp(at - 2, "...", 3) == 0)
				return 'e';
			return class_of(c);
		}
		p = at;
	}
	return '\0';
}

void lint_end_punctuation(struct lint *l, const struct lint_text *t)
{
	char a = end_class(t->plain_id), b = end_class(t->plain_str);

	if (a == b)
		return;
	if (l->own->unmarked)
		return;
	lint_report_text(l, t, t->str + strlen(t->str), COPL_WARNING,
	    "end-punctuation",
	    b == '\0'   ? _("the source ends with a punctuation mark and the "
			      "translation does not")
	    : a == '\0' ? _("the translation ends with a punctuation mark and "
			    "the source does not")
			: _("source and translation end with different "
			    "punctuation marks"));
}

/* "..." and ".com" are no full stops; a program writes "failed: %s". */
static bool is_other_use(const struct lint *l, char c, const char *behind)
{
	if (c == '.')
		return *behind == '.' || copl_is_alpha(*behind) ||
		       copl_is_digit(*behind) || *behind == '/';
	return c == ':' && !l->fragments;
}

void lint_local_punctuation(struct lint *l, const struct lint_text *t)
{
	const char *p = t->plain_str;
	bool after_letter = false;

	while (l->own->marks != NULL && *p != '\0') {
		const char *at = p;
		uint32_t c = lint_next(&p);
		const struct lint_mark *m = after_letter && c < 0x80
						? lint_mark_of(l->own, (char)c)
						: NULL;

		if (m != NULL && !is_other_use(l, m->ascii, p)) {
			lint_report_text(l, t, at, COPL_WARNING,
			    "end-punctuation-locale",
			    _("\"%c\" is not the mark of this language: write "
			      "\"%s\""),
			    m->ascii, m->own);
			return;
		}
		/* A vowel sign belongs to its letter. */
		after_letter = lint_script_of(c) == l->script ||
			       (after_letter && lint_is_mark(c));
	}
}
