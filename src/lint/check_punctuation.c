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
	    {0x2026, 'e'}, {0x22ef, 'e'}};
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
	static const uint32_t closing[] = {'"', '\'', ')', ']', 0xbb, 0x2019,
	    0x201d, 0x201c, 0x203a, 0xff09, 0x300d, 0x300f, 0x300b, 0x3011};
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
		const char *at = p - 1, *next;
		uint32_t c;

		while (at > s && ((unsigned char)*at & 0xc0) == 0x80)
			at--;
		next = at;
		c = lint_next(&next);
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
	lint_report(l, t->m, COPL_WARNING, "end-punctuation",
	    b == '\0'   ? _("the source ends with a punctuation mark and the "
			      "translation does not")
	    : a == '\0' ? _("the translation ends with a punctuation mark and "
			    "the source does not")
			: _("source and translation end with different "
			    "punctuation marks"));
}

/* ASCII marks that a script has its own of. */
static const char *foreign_marks(enum lint_script script)
{
	if (script == LINT_HAN)
		return ",.?!:;";
	return script == LINT_ARABIC ? ",;?" : "";
}

void lint_local_punctuation(struct lint *l, const struct lint_text *t)
{
	const char *marks = foreign_marks(l->script);
	const char *p = t->plain_str;
	bool after_letter = false;

	while (*marks != '\0' && *p != '\0') {
		uint32_t c = lint_next(&p);

		if (after_letter && c < 0x80 && strchr(marks, (int)c) != NULL) {
			lint_report(l, t->m, COPL_WARNING,
			    "end-punctuation-locale",
			    _("\"%c\" is not the mark of this language: use "
			      "its own"),
			    (int)c);
			return;
		}
		after_letter = lint_script_of(c) == l->script;
	}
}
