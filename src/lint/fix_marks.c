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
	return lint_lacks_space(before, mark);
}

/* The mark number i, with a space before it that does not break. */
static void before_mark(struct fix_text *t, size_t i)
{
	uint32_t mark = t->chars[i].c, next = behind_run(t, i);
	const char *space = mark == ':' || mark == 0xbb ? NBSP : NNBSP;

	if (mark != 0xbb && !lint_parts(next))
		return; /* "10:30", "a!=b", "::" */
	if (char_at(t, i - 1) != ' ') {
		if (lacks_space(t, i, next))
			fix_insert(t, t->chars[i].s, space);
		return;
	}
	/* A smiley, or an operator that stands alone. */
	if (i > 1 && (mark == 0xbb || lint_ends_phrase(char_at(t, i - 2))))
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

	if (!lint_language_of(t->tag)->spaced)
		return;
	for (i = 0; i < t->n; i++) {
		uint32_t c = t->chars[i].c;
		bool run =
		    (c == '?' || c == '!') &&
		    (char_at(t, i - 1) == '?' || char_at(t, i - 1) == '!');

		if (i > 0 && !run && lint_wants_space(t->tag, c))
			before_mark(t, i);
		else if (c == 0xab)
			behind_quote(t, i);
	}
}

/* ---- Arabic and Chinese ---- */

/* "表.pdf" and "..." have no full stop; a program writes "failed: %s". */
static bool is_other_use(const struct fix_text *t, size_t i)
{
	uint32_t next = char_at(t, i + 1);

	if (t->chars[i].c == '.')
		return next == '.' || next == '/' || is_number(next) ||
		       (next < 0x80 && copl_is_alpha((char)next));
	return t->chars[i].c == ':' && t->formats;
}

/* The mark number i, behind a letter of the script or not; NULL: it stays. */
static const struct lint_mark *own_mark(const struct fix_text *t, size_t i,
    const struct lint_language *own, bool after)
{
	uint32_t c = t->chars[i].c;

	if (!after || c >= 0x80 || is_other_use(t, i))
		return NULL;
	return lint_mark_of(own, (char)c);
}

void fix_marks(struct fix_text *t)
{
	const struct lint_language *own = lint_language_of(t->tag);
	enum lint_script script = lint_script_of_tag(t->tag);
	bool after = false;
	size_t i;

	for (i = 0; own->marks != NULL && i < t->n; i++) {
		uint32_t c = t->chars[i].c;
		const struct lint_mark *m = own_mark(t, i, own, after);

		if (m == NULL) {
			/* A vowel sign belongs to its letter. */
			after = lint_script_of(c) == script ||
				(after && lint_is_mark(c));
			continue;
		}
		fix_replace(t, &t->chars[i], m->own);
		/* A mark as wide as a letter brings its own space. */
		if (script == LINT_HAN && char_at(t, i + 1) == ' ' &&
		    lint_script_of(char_at(t, i + 2)) == LINT_HAN)
			fix_replace(t, &t->chars[++i], "");
	}
}
