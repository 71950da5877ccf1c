/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Marks of Spanish, spaces of French, quotation marks. */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "lint/lint_priv.h"

static bool is_number(uint32_t c)
{
	return c < 0x80 && copl_is_digit((char)c);
}

bool lint_ends_phrase(uint32_t c)
{
	return lint_is_letter(c) || lint_is_mark(c) || is_number(c) ||
	       c == LINT_OBJECT || c == ')' || c == ']' || c == '"' ||
	       c == 0xbb || c == 0x201d || c == 0x2019 || c == 0x2026 ||
	       c == '%' || c == '\'';
}

/* ---- Spanish ---- */

/* Runs of marks that end a question or an exclamation, and begin one. */
struct runs {
	size_t ends;
	size_t begins;
	const char *last_end;
	const char *last_begin;
};

/* "Yahoo!" is a name. */
static bool is_brand(const char *start, const char *mark)
{
	static const char *const brands[] = {"Yahoo", "Kahoot"};
	size_t i;

	for (i = 0; i < COPL_COUNT(brands); i++) {
		size_t n = strlen(brands[i]);

		if ((size_t)(mark - start) >= n &&
		    memcmp(mark - n, brands[i], n) == 0)
			return true;
	}
	return false;
}

static bool is_word(char c)
{
	return copl_is_alpha(c) || copl_is_digit(c) || c == '_';
}

/* A mark behind a word and before no other: neither "(?)" nor "a!=b". */
static bool ends_sentence(const char *start, const char *mark)
{
	const char *p = mark;
	uint32_t c = p == start ? ' ' : lint_before(start, &p);

	while ((c == '.' || c == ' ') && p > start) /* "¿Y...?" */
		c = lint_before(start, &p);
	if (c == 0xbf || c == 0xa1) /* "(¡!)" */
		return true;
	return lint_ends_phrase(c) && !is_word(mark[1]) && mark[1] != '=' &&
	       mark[1] != '%' && strncmp(mark + 1, "\ufffc", 3) != 0 &&
	       !is_brand(start, mark);
}

static struct runs count_runs(const char *s)
{
	struct runs r = {0, 0, NULL, NULL};
	const char *p = s;
	bool in_end = false, in_begin = false;

	while (*p != '\0') {
		const char *at = p;
		uint32_t c = lint_next(&p);
		bool begin = c == 0xbf || c == 0xa1;
		bool end =
		    (c == '?' || c == '!') && (in_end || ends_sentence(s, at));

		if (end && !in_end) {
			r.ends++;
			r.last_end = at;
		}
		if (begin && !in_begin) {
			r.begins++;
			r.last_begin = at;
		}
		in_end = end;
		in_begin = begin;
	}
	return r;
}

void lint_inverted(struct lint *l, const struct lint_text *t)
{
	struct runs r;

	if (!l->own->inverted ||
	    (!lint_has(&t->in_str, '?') && !lint_has(&t->in_str, '!') &&
		!lint_has_lead(&t->in_str, 0xc2)))
		return;
	r = count_runs(t->plain_str);
	if (r.ends > r.begins)
		lint_report_text(l, t, r.last_end, COPL_WARNING,
		    "inverted-punctuation",
		    _("\"%c\" ends something that does not begin with "
		      "\"%s\": put that mark where it begins"),
		    *r.last_end, *r.last_end == '?' ? "\u00bf" : "\u00a1");
	else if (r.begins > r.ends)
		lint_report_text(l, t, r.last_begin, COPL_WARNING,
		    "inverted-punctuation",
		    _("a question or exclamation begins here and has no "
		      "\"?\" or \"!\" at its end"));
}

/* ---- French ---- */

static bool is_fixed_space(uint32_t c)
{
	return c == 0xa0 || c == 0x202f || c == 0x2007;
}

bool lint_parts(uint32_t c)
{
	return c == 0 || c == ' ' || c == '\n' || c == '\t' ||
	       is_fixed_space(c) || c == ')' || c == ']' || c == '"' ||
	       c == 0xbb || c == 0x201d || c == 0x2026 || c == LINT_OBJECT;
}

bool lint_wants_space(const char *tag, uint32_t mark)
{
	if (mark == ':' || mark == 0xbb)
		return true;
	return (mark == ';' || mark == '?' || mark == '!') &&
	       strncmp(tag, "fr-CA", 5) != 0;
}

bool lint_lacks_space(uint32_t c, uint32_t mark)
{
	return (c == '.' && mark == 0xbb) ||
	       (lint_ends_phrase(c) && (c != '%' || mark == ':'));
}

static uint32_t peek(const char *p)
{
	return *p == '\0' ? 0 : lint_next(&p);
}

static void report_space(struct lint *l, const struct lint_text *t,
    const char *at, const char *mark, bool missing, bool before)
{
	if (missing)
		lint_report_text(l, t, at, COPL_WARNING, "french-spacing",
		    before
			? _("there is no space before \"%s\": put a no-break "
			    "space (U+202F or U+00A0) there")
			: _("there is no space behind \"%s\": put a no-break "
			    "space (U+00A0) there"),
		    mark);
	else
		lint_report_text(l, t, at, COPL_NOTE, "french-spacing",
		    before ? _("the space before \"%s\" can break the line: "
			       "make it a no-break space (U+202F or U+00A0)")
			   : _("the space behind \"%s\" can break the line: "
			       "make it a no-break space (U+00A0)"),
		    mark);
}

/* What stands behind a run of marks. */
static uint32_t behind_run(const char *p)
{
	uint32_t c = lint_next(&p), next = peek(p);

	while ((c == '?' || c == '!') && (next == '?' || next == '!'))
		next = peek(++p);
	return next;
}

/* A mark at p that wants a space before it. */
static void before_mark(
    struct lint *l, const struct lint_text *t, const char *p, uint32_t mark)
{
	const char *back = p;
	char name[3] = {0};
	uint32_t c;

	/* "10:30", "a!=b", "::" */
	if (p == t->plain_str || (mark != 0xbb && !lint_parts(behind_run(p))))
		return;
	memcpy(name, p, mark == 0xbb ? 2 : 1);
	c = lint_before(t->plain_str, &back);
	if (lint_lacks_space(c, mark))
		report_space(l, t, p, name, true, true);
	if (c != ' ' || back == t->plain_str)
		return;
	/* Else a smiley, or an operator that stands alone. */
	c = lint_before(t->plain_str, &back);
	if (mark == 0xbb || lint_ends_phrase(c))
		report_space(l, t, p, name, false, true);
}

static void behind_quote(
    struct lint *l, const struct lint_text *t, const char *p)
{
	const char *behind = p;
	uint32_t c;

	(void)lint_next(&behind);
	c = peek(behind);
	if (c == ' ')
		report_space(l, t, behind, "\u00ab", false, false);
	else if (lint_is_letter(c) || c == LINT_OBJECT || is_number(c))
		report_space(l, t, behind, "\u00ab", true, false);
}

void lint_french_spacing(struct lint *l, const struct lint_text *t)
{
	const struct lint_profile *in = &t->in_str;
	const char *p = t->plain_str;

	if (!l->own->spaced ||
	    !(lint_has(in, ':') || lint_has(in, ';') || lint_has(in, '?') ||
		lint_has(in, '!') || lint_has_lead(in, 0xc2)))
		return;
	while (*p != '\0') {
		const char *at = p;
		uint32_t c = lint_next(&p);

		if (lint_wants_space(l->how->tag, c))
			before_mark(l, t, at, c);
		else if (c == 0xab)
			behind_quote(l, t, at);
		while ((c == '?' || c == '!') && (*p == '?' || *p == '!'))
			p++;
	}
}

/* ---- quotation marks ---- */

void lint_quote_style(struct lint *l, const struct lint_text *t)
{
	const char *first, *p;
	size_t n = 0;

	if (l->own->quotes == NULL || !lint_has(&t->in_str, '"'))
		return;
	first = strchr(t->plain_str, '"');
	for (p = first; p != NULL; p = strchr(p + 1, '"'))
		/* Not the sign for inches or seconds. */
		n += p == t->plain_str || !copl_is_digit(p[-1]);
	if (n >= 2)
		lint_report_text(l, t, first, COPL_NOTE, "quote-style",
		    _("\"...\" are not the quotation marks of this language: "
		      "write %s"),
		    l->own->quotes);
}
