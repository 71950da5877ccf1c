/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include <uninorm.h>
#include "base/i18n.h"
#include "lint/lint_priv.h"

#define NESTING_MAX 125 /* as in the bidirectional algorithm */

/* What closes an embedding or an isolate; 0: it opens nothing. */
static uint32_t closer(uint32_t c)
{
	if (c == 0x202a || c == 0x202b || c == 0x202d || c == 0x202e)
		return 0x202c;
	return c >= 0x2066 && c <= 0x2068 ? 0x2069 : 0;
}

/* Is each opened one closed, in order? */
static bool is_balanced(const char *p)
{
	uint32_t open[NESTING_MAX];
	size_t depth = 0;

	/* All of them begin with this byte, and few texts have it. */
	while ((p = strchr(p, 0xe2)) != NULL) {
		uint32_t c = lint_next(&p);
		uint32_t end = closer(c);

		if (end != 0 && depth == NESTING_MAX)
			return false;
		if (end != 0)
			open[depth++] = end;
		else if ((c == 0x202c || c == 0x2069) &&
			 (depth == 0 || open[--depth] != c))
			return false;
	}
	return depth == 0;
}

/* Where the first mark of direction stands. */
static const char *first_of(const char *p)
{
	const char *at = p;

	while (*p != '\0') {
		uint32_t c = lint_next(&p);

		if (closer(c) != 0 || c == 0x202c || c == 0x2069)
			break;
		at = p;
	}
	return at;
}

void lint_bidi_balance(struct lint *l, const struct lint_text *t)
{
	if (lint_has_lead(&t->in_str, 0xe2) && !is_balanced(t->str))
		lint_report_text(l, t, first_of(t->str), COPL_ERROR,
		    "bidi-unbalanced",
		    _("an invisible character that sets the direction of "
		      "text is opened and not closed, or the other way "
		      "round"));
}

void lint_bidi_override(struct lint *l, const struct lint_text *t)
{
	const char *p;

	if (!lint_has_lead(&t->in_str, 0xe2))
		return;
	p = strstr(t->str, "\u202d");
	if (p == NULL)
		p = strstr(t->str, "\u202e");
	if (p != NULL)
		lint_report_text(l, t, p, COPL_ERROR, "bidi-override",
		    _("an invisible character (U+202D or U+202E) turns the "
		      "order of letters round: remove it"));
}

/* Old ways of setting a direction: what follows them may change its place. */
void lint_bidi_embedding(struct lint *l, const struct lint_text *t)
{
	static const char *const old[] = {"\u202a", "\u202b"};
	size_t i;

	if (!lint_has_lead(&t->in_str, 0xe2))
		return;
	for (i = 0; i < COPL_COUNT(old); i++) {
		const char *p = strstr(t->str, old[i]);

		if (p == NULL || strstr(t->id, old[i]) != NULL)
			continue;
		lint_report_text(l, t, p, COPL_WARNING, "bidi-embedding",
		    _("an invisible character (U+202%c) sets the direction in "
		      "a way that harms what stands around it: write U+206%c "
		      "before the words and U+2069 behind them"),
		    i == 0 ? 'A' : 'B', i == 0 ? '6' : '7');
	}
}

void lint_replacement(struct lint *l, const struct lint_text *t)
{
	const char *p;

	if (!lint_has_lead(&t->in_str, 0xef))
		return;
	p = strstr(t->str, "\ufffd");
	if (p != NULL && strstr(t->id, "\ufffd") == NULL)
		lint_report_text(l, t, p, COPL_ERROR, "replacement-character",
		    _("a character was lost (U+FFFD stands in its place): type "
		      "it again"));
}

/* Not in XML 1.0, not a character, or without a public meaning. */
static bool is_forbidden(uint32_t c)
{
	if (c < 0x20)
		return c != '\t' && c != '\n';
	return (c >= 0x7f && c <= 0x9f) || (c & 0xfffe) == 0xfffe ||
	       (c >= 0xfdd0 && c <= 0xfdef) || (c >= 0xe000 && c <= 0xf8ff) ||
	       c >= 0xf0000;
}

/*
 * Marks of direction and what has no width: the checks of these look at the
 * characters, and whoever writes a reference wants nobody to.
 */
static bool is_unseen(uint32_t c)
{
	return closer(c) != 0 || c == 0x202c || c == 0x2069 || c == 0x200b ||
	       c == 0x2028 || c == 0x2029 || c == 0xfeff;
}

/* The character that "&#155;" or "&#x9b;" at s stands for; 0: it is neither. */
static uint32_t referred(const char *s)
{
	bool hex = s[1] == '#' && s[2] == 'x';
	const char *digits = s + (hex ? 3 : 2);
	unsigned long c;
	char *end;

	if (s[1] != '#' || copl_hex_digit(*digits) < 0)
		return 0;
	c = strtoul(digits, &end, hex ? 16 : 10);
	return *end == ';' && c <= 0x10ffff ? (uint32_t)c : 0;
}

static bool has_hidden(struct lint *l, const struct lint_text *t)
{
	const char *p;

	for (p = t->str; (p = strchr(p, '&')) != NULL; p++) {
		uint32_t c = referred(p);

		if (c == 0 || !(is_forbidden(c) || is_unseen(c)) ||
		    lint_has_char(t->id, c))
			continue;
		lint_report_text(l, t, p, COPL_ERROR, "forbidden-character",
		    _("the character U+%04X may not stand in a form: remove "
		      "it"),
		    (unsigned)c);
		return true;
	}
	return false;
}

void lint_forbidden(struct lint *l, const struct lint_text *t)
{
	const char *p = t->str;

	if (has_hidden(l, t))
		return;

	/* Control characters, U+0080 to U+009F, and what begins with EE on. */
	if ((t->in_str.ascii[0] & 0xffffffff) == 0 &&
	    (t->in_str.ascii[1] >> 63) == 0 &&
	    !lint_has_lead(&t->in_str, 0xc2) && (t->in_str.lead >> 0x2e) == 0)
		return;
	while (*p != '\0') {
		const char *at = p;
		uint32_t c = lint_next(&p);

		if (!is_forbidden(c) || lint_has_char(t->id, c))
			continue;
		lint_report_text(l, t, at, COPL_ERROR, "forbidden-character",
		    _("the character U+%04X may not stand in a form: remove "
		      "it"),
		    (unsigned)c);
		return;
	}
}

void lint_zero_width(struct lint *l, const struct lint_text *t)
{
	const char *c;
	size_t i;

	if (!lint_has_lead(&t->in_str, 0xe2) &&
	    !lint_has_lead(&t->in_str, 0xef))
		return;
	for (i = 0; (c = lint_idle_character(l->own, i)) != NULL; i++) {
		const char *at = strstr(t->str, c);

		if (at != NULL && strstr(t->id, c) == NULL)
			lint_report_text(l, t, at, COPL_WARNING, "zero-width",
			    _("there is an invisible character, U+%04X: remove "
			      "it"),
			    (unsigned)lint_next(&c));
	}
}

/* Does the character stay what it is, whatever stands around it? */
static bool is_inert(uint32_t c)
{
	static const uint32_t spans[][2] = {{0x0000, 0x02ff}, {0x0400, 0x0482},
	    {0x048a, 0x052f}, {0x060c, 0x060f}, {0x061b, 0x064a},
	    {0x0660, 0x066f}, {0x2002, 0x2070}, {0x3001, 0x3029},
	    {0x4e00, 0x9fff}, {0xff01, 0xff60}};
	size_t i;

	for (i = 0; i < COPL_COUNT(spans); i++)
		if (c >= spans[i][0] && c <= spans[i][1])
			return true;
	return false;
}

/* The first byte in which two texts differ, at the start of a character. */
static const char *first_difference(
    const char *s, const uint8_t *nfc, size_t len, size_t n)
{
	size_t i = 0;

	while (i < len && i < n && (uint8_t)s[i] == nfc[i])
		i++;
	while (i > 0 && ((unsigned char)s[i] & 0xc0) == 0x80)
		i--;
	return s + i;
}

void lint_not_nfc(struct lint *l, const struct lint_text *t)
{
	size_t len = t->in_str.len, n = 0;
	const char *p = t->str;
	bool inert = true;
	uint8_t *nfc;

	if (t->in_str.lead == 0)
		return;
	while (*p != '\0' && inert)
		inert = is_inert(lint_next(&p));
	if (inert)
		return;
	nfc = u8_normalize(UNINORM_NFC, (const uint8_t *)t->str, len, NULL, &n);
	if (nfc == NULL)
		l->st = COPL_E_NOMEM;
	else if (n != len || memcmp(nfc, t->str, len) != 0)
		lint_report_text(l, t, first_difference(t->str, nfc, len, n),
		    COPL_WARNING, "not-nfc",
		    _("a letter and its accent are two characters here (not "
		      "NFC): type the letter with its accent"));
	free(nfc);
}
