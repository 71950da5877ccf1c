/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spaces of French, marks of Arabic and Chinese. */
#include "config.h"
#include <string.h>
#include "lint/fix_priv.h"

#define NBSP "\u00a0"
#define NNBSP "\u202f"

/* 0 before the first and behind the last. */
static uint32_t char_at(const struct fix_text *t, size_t i)
{
	return i < t->n ? t->chars[i].c : 0;
}

static bool is_number(uint32_t c)
{
	return c < 0x80 && copl_is_digit((char)c);
}

/* ---- French ---- */

static bool is_fixed_space(uint32_t c)
{
	return c == 0xa0 || c == 0x202f || c == 0x2007;
}

static bool ends_phrase(uint32_t c)
{
	return lint_is_letter(c) || lint_is_mark(c) || is_number(c) ||
	       c == LINT_OBJECT || c == ')' || c == ']' || c == '"' ||
	       c == 0xbb || c == 0x201d || c == 0x2019 || c == 0x2026 ||
	       c == '%';
}

/* What may stand behind a mark that ends a part of a sentence. */
static bool parts(uint32_t c)
{
	return c == 0 || c == ' ' || c == '\n' || c == '\t' ||
	       is_fixed_space(c) || c == ')' || c == ']' || c == '"' ||
	       c == 0xbb || c == 0x201d || c == 0x2026 || c == LINT_OBJECT;
}

/* In Canada only the colon and the quotation marks have a space. */
static bool wants_space(const char *tag, uint32_t c)
{
	bool canada = strncmp(tag, "fr-CA", 5) == 0;

	if (c == ':' || c == 0xbb)
		return true;
	return (c == ';' || c == '?' || c == '!') && !canada;
}

static bool is_loud(uint32_t c)
{
	return c == '?' || c == '!';
}

/* What stands behind the mark number i, or behind the run that it begins. */
static uint32_t behind_run(const struct fix_text *t, size_t i)
{
	size_t behind = i + 1;

	while (is_loud(t->chars[i].c) && is_loud(char_at(t, behind)))
		behind++;
	return char_at(t, behind);
}

/* A space is put in where a sentence is sure: not in "tel:)" or "100%!". */
static bool lacks_space(const struct fix_text *t, size_t i, uint32_t next)
{
	uint32_t mark = t->chars[i].c, before = char_at(t, i - 1);

	if (t->formats || (mark == ':' && next == ')'))
		return false;
	return ends_phrase(before) && (mark == ':' || before != '%');
}

/* The mark number i, with a space before it that does not break. */
static void before_mark(struct fix_text *t, size_t i)
{
	uint32_t mark = t->chars[i].c, next = behind_run(t, i);
	const char *space = mark == ':' || mark == 0xbb ? NBSP : NNBSP;

	if (mark != 0xbb && !parts(next))
		return; /* "10:30", "a!=b", "::" */
	if (char_at(t, i - 1) != ' ') {
		if (lacks_space(t, i, next))
			fix_insert(t, t->chars[i].s, space);
		return;
	}
	/* A smiley, or an operator that stands alone. */
	if (i > 1 && (mark == 0xbb || ends_phrase(char_at(t, i - 2))))
		fix_replace(t, &t->chars[i - 1], space);
}

static void behind_quote(struct fix_text *t, size_t i)
{
	uint32_t c = char_at(t, i + 1);

	if (c == ' ')
		fix_replace(t, &t->chars[i + 1], NBSP);
	else if (lint_is_letter(c) || c == LINT_OBJECT || is_number(c))
		fix_insert(t, t->chars[i].s + t->chars[i].len, NBSP);
}

void fix_french(struct fix_text *t)
{
	size_t i;

	if (strncmp(t->tag, "fr", 2) != 0 || strchr("-_", t->tag[2]) == NULL)
		return;
	for (i = 0; i < t->n; i++) {
		uint32_t c = t->chars[i].c;
		bool run =
		    (c == '?' || c == '!') &&
		    (char_at(t, i - 1) == '?' || char_at(t, i - 1) == '!');

		if (i > 0 && !run && wants_space(t->tag, c))
			before_mark(t, i);
		else if (c == 0xab)
			behind_quote(t, i);
	}
}

/* ---- Arabic and Chinese ---- */

static const char *own_mark(enum lint_script script, uint32_t c)
{
	static const struct {
		char ascii;
		const char *arabic;
		const char *han;
	} marks[] = {{',', "\u060c", "\uff0c"}, {';', "\u061b", "\uff1b"},
	    {'?', "\u061f", "\uff1f"}, {'!', NULL, "\uff01"},
	    {':', NULL, "\uff1a"}, {'.', NULL, "\u3002"}};
	size_t i;

	for (i = 0; i < COPL_COUNT(marks); i++)
		if ((uint32_t)marks[i].ascii == c)
			return script == LINT_HAN ? marks[i].han
						  : marks[i].arabic;
	return NULL;
}

/* A full stop of a name ("表.pdf"), or the first of three. */
static bool is_point(const struct fix_text *t, size_t i)
{
	uint32_t next = char_at(t, i + 1);

	return t->chars[i].c == '.' &&
	       (next == '.' || is_number(next) ||
		   (next < 0x80 && copl_is_alpha((char)next)));
}

void fix_marks(struct fix_text *t)
{
	enum lint_script script = lint_script_of_tag(t->tag);
	bool after = false;
	size_t i;

	if (script != LINT_HAN && script != LINT_ARABIC)
		return;
	for (i = 0; i < t->n; i++) {
		const char *own = own_mark(script, t->chars[i].c);

		if (!after || own == NULL || is_point(t, i)) {
			after = lint_script_of(t->chars[i].c) == script;
			continue;
		}
		fix_replace(t, &t->chars[i], own);
		/* A mark as wide as a letter brings its own space. */
		if (script == LINT_HAN && char_at(t, i + 1) == ' ' &&
		    lint_script_of(char_at(t, i + 2)) == LINT_HAN)
			fix_replace(t, &t->chars[++i], "");
	}
}
