/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "base/i18n.h"
#include "lint/lint_priv.h"

/* Words that English shares with French or Spanish, letter for letter. */
static const char shared[] =
    "no total normal social local digital central rural radio parents "
    "question questions message messages photo photos image images page "
    "pages contact contacts note notes option options forum forums podcast "
    "podcasts video videos virus hashtag menu index date impact type types "
    "public information description action actions code codes signal excellent "
    "important simple possible attention distance adolescents participation "
    "communication formation education permission origin age";

/* Is there a word that a translator would have changed? */
static bool has_own_word(const struct lint_text *t, bool latin)
{
	const char *p = t->plain_str;
	size_t len, own = 0;

	for (; (len = lint_word(&p)) > 0; p += len)
		if (len > 1 && !lint_is_kept(p, len, ""))
			own += !latin || !lint_in_list(shared, p, len);
	return own > 0;
}

/*
 * Do the ASCII letters of two texts differ, case aside?  Then the texts do,
 * and the dear comparison below can be left out: for nearly every message.
 */
static bool ascii_differs(const char *a, const char *b)
{
	for (;;) {
		while (*a != '\0' && !copl_is_alpha(*a))
			a++;
		while (*b != '\0' && !copl_is_alpha(*b))
			b++;
		if ((*a | 0x20) != (*b | 0x20))
			return true;
		if (*a == '\0')
			return false;
		a++;
		b++;
	}
}

void lint_same_as_source(struct lint *l, const struct lint_text *t)
{
	char *a, *b;

	if (l->how->source_lang != NULL &&
	    copl_lint_same_language(l->how->source_lang, l->how->tag))
		return;
	if (ascii_differs(t->plain_id, t->plain_str) ||
	    !has_own_word(t, l->script == LINT_LATIN))
		return;
	a = lint_skeleton(t->plain_id);
	b = lint_skeleton(t->plain_str);
	if (a == NULL || b == NULL)
		l->st = COPL_E_NOMEM;
	else if (strcmp(a, b) == 0)
		lint_report(l, t->m, COPL_ERROR, "same-as-source",
		    _("the translation is the same as the source"));
	free(a);
	free(b);
}

struct tally {
	size_t expected; /* letters in the script of the language */
	size_t other;
	size_t run; /* Latin words in a row */
	size_t longest;
};

static void count_word(const struct lint *l, const char *word, size_t len,
    const char *source, struct tally *y)
{
	const char *p = word;
	bool latin = lint_script_of(lint_next(&p)) == LINT_LATIN;

	if (latin && l->script != LINT_LATIN && lint_is_kept(word, len, source))
		return;
	for (p = word; p < word + len;) {
		uint32_t c = lint_next(&p);

		if (!lint_is_letter(c))
			continue;
		if (lint_script_of(c) == l->script)
			y->expected++;
		else
			y->other++;
	}
	y->run = latin && len > 1 ? y->run + 1 : 0;
	if (y->run > y->longest)
		y->longest = y->run;
}

void lint_wrong_script(struct lint *l, const struct lint_text *t)
{
	struct tally y = {0, 0, 0, 0};
	const char *p = t->plain_str;
	size_t len;

	if (l->script == LINT_OTHER)
		return;
	for (; (len = lint_word(&p)) > 0; p += len)
		count_word(l, p, len, t->plain_id, &y);
	if (y.other > 1 && y.expected < y.other)
		lint_report(l, t->m, COPL_ERROR, "wrong-script",
		    _("most of this text is not in the script of the "
		      "language"));
	else if (l->script != LINT_LATIN && y.longest > 1)
		lint_report(l, t->m, COPL_WARNING, "wrong-script",
		    _("some words in a row are in Latin letters; are they "
		      "still to be translated?"));
}

/* Bit of a letter whose script is easily taken for another. */
static unsigned lookalike(uint32_t letter)
{
	switch (lint_script_of(letter)) {
	case LINT_LATIN:
		return 1;
	case LINT_CYRILLIC:
		return 2;
	case LINT_GREEK:
		return 4;
	case LINT_OTHER:
	case LINT_ARABIC:
	case LINT_HAN:
	default:
		return 0;
	}
}

void lint_mixed_script(struct lint *l, const struct lint_text *t)
{
	const char *p = t->plain_str, *word = p;
	unsigned seen = 0;

	while (*p != '\0') {
		uint32_t c = lint_next(&p);
		bool letter = lint_is_letter(c);

		if (!letter && !lint_is_mark(c)) {
			seen = 0;
			word = p;
			continue;
		}
		if (letter)
			seen |= lookalike(c);
		if ((seen & (seen - 1)) == 0)
			continue;
		lint_report(l, t->m, COPL_ERROR, "mixed-script-word",
		    _("a word mixes look-alike letters of two scripts, "
		      "\"%.*s\": type it again"),
		    (int)(p - word), word);
		return;
	}
}
