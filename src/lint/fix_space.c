/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blanks, invisible characters, characters in two pieces, "&". */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include <uninorm.h>
#include "inline/inline.h"
#include "lint/fix_priv.h"

void fix_double_space(struct fix_text *t)
{
	size_t i;

	if (strstr(t->id, "  ") != NULL || strstr(t->str, "  ") == NULL)
		return;
	for (i = 1; i < t->n; i++)
		if (*t->chars[i].s == ' ' && t->chars[i].s[-1] == ' ')
			fix_replace(t, &t->chars[i], "");
}

/* ---- edges ---- */

/* Blanks at the beginning, behind line feeds. */
static size_t blanks_first(const char *s, const char **from)
{
	const char *p, *next;

	s += strspn(s, "\n");
	*from = next = p = s;
	while (*next != '\0' && lint_is_blank(lint_next(&next)))
		p = next;
	return (size_t)(p - s);
}

/* Blanks at the end, before line feeds. */
static size_t blanks_last(const char *s, const char **from)
{
	const char *end = s + strlen(s), *at;

	while (end > s && end[-1] == '\n')
		end--;
	for (*from = end; *from > s; *from = at) {
		at = *from;
		if (!lint_is_blank(lint_before(s, &at)))
			break;
	}
	return (size_t)(end - *from);
}

/* " : suite" of French, where the text goes on behind another. */
static bool begins_with_mark(const struct fix_text *t, const char *behind)
{
	return strncmp(t->tag, "fr", 2) == 0 && *behind != '\0' &&
	       strchr(":;!?", *behind) != NULL;
}

/* Han needs no blank at the end, and a blank text is no matter of blanks. */
void fix_edge_space(struct fix_text *t)
{
	bool han = lint_script_of_tag(t->tag) == LINT_HAN;
	const char *want, *have, *last_want, *last_have;
	size_t first = blanks_first(t->id, &want), last;
	size_t old = blanks_first(t->str, &have), old_last;

	last = blanks_last(t->id, &last_want);
	old_last = blanks_last(t->str, &last_have);
	if (have + old >= last_have || want + first >= last_want)
		return;
	if ((first == 0) != (old == 0) && !(han && old == 0) &&
	    !begins_with_mark(t, have + old)) {
		fix_copy_to(t, have);
		copl_strbuf_add(t->out, want, first);
		t->copied = have + old;
	}
	if ((last == 0) != (old_last == 0) && !(han && old_last == 0)) {
		fix_copy_to(t, last_have);
		copl_strbuf_add(t->out, last_want, last);
		t->copied = last_have + old_last;
	}
}

/* ---- characters ---- */

void fix_zero_width(struct fix_text *t)
{
	const struct lint_language *own = lint_language_of(t->tag);
	const char *idle;
	size_t i, k;

	for (i = 0; i < t->n; i++)
		for (k = 0; (idle = lint_idle_character(own, k)) != NULL; k++)
			if (t->chars[i].len == 3 &&
			    memcmp(t->chars[i].s, idle, 3) == 0 &&
			    strstr(t->id, idle) == NULL)
				fix_replace(t, &t->chars[i], "");
}

void fix_nfc(struct fix_text *t)
{
	size_t len = strlen(t->str), n = 0;
	uint8_t *nfc =
	    u8_normalize(UNINORM_NFC, (const uint8_t *)t->str, len, NULL, &n);

	if (nfc == NULL) {
		t->out->st = COPL_E_NOMEM;
		return;
	}
	if (n != len || memcmp(nfc, t->str, len) != 0) {
		copl_strbuf_add(t->out, (const char *)nfc, n);
		t->copied = t->str + len;
	}
	free(nfc);
}

/* ---- "&" ---- */

static void note_fault(void *arg, const struct copl_diag *d)
{
	bool *fault = arg;

	*fault |= strcmp(d->code, "xml-malformed") == 0 ||
		  strcmp(d->code, "entity-unknown") == 0;
}

static struct copl_place nowhere(void *arg, size_t offset)
{
	(void)arg;
	(void)offset;
	return (struct copl_place){NULL, 0, 0};
}

/* Can the text not be read as part of a document? */
static bool is_faulty(const char *id, const char *str)
{
	bool fault = false;
	const struct copl_sink sink = {note_fault, NULL, &fault};
	struct copl_reporter r;
	struct copl_inline_check check = {.r = &r, .place = nowhere};
	enum copl_status st;

	copl_reporter_init(&r, &sink);
	st = copl_inline_compare(&check, id, str);
	copl_inline_check_clear(&check);
	return copl_reporter_end(&r, st) != COPL_E_NOMEM && fault;
}

/* Names that HTML has and XML has not, where only one thing can be meant. */
static const char *html_name(const char *s, size_t *len)
{
	static const char *const known[][2] = {{"&nbsp;", "\u00a0"},
	    {"&laquo;", "\u00ab"}, {"&raquo;", "\u00bb"},
	    {"&hellip;", "\u2026"}, {"&ndash;", "\u2013"},
	    {"&mdash;", "\u2014"}, {"&rsquo;", "\u2019"}, {"&lsquo;", "\u2018"},
	    {"&ldquo;", "\u201c"}, {"&rdquo;", "\u201d"}};
	size_t i;

	for (i = 0; i < COPL_COUNT(known); i++) {
		*len = strlen(known[i][0]);
		if (strncmp(s, known[i][0], *len) == 0)
			return known[i][1];
	}
	*len = 1;
	return "&amp;";
}

void fix_markup(struct fix_text *t)
{
	const char *p = t->str;

	if (strchr(p, '&') == NULL || !is_faulty(t->id, p))
		return;
	while ((p = strchr(p, '&')) != NULL) {
		/* Else "&" is meant, or a name of HTML. */
		size_t len = copl_inline_reference(p);

		if (len == 0) {
			fix_insert(t, p, html_name(p, &len));
			t->copied = p + len;
		}
		p += len;
	}
	fix_copy_to(t, t->str + strlen(t->str));
	/* Something else is wrong as well, which a person must see first. */
	if (is_faulty(t->id, copl_strbuf_text(t->out))) {
		copl_strbuf_reset(t->out);
		t->copied = t->str;
	}
}
