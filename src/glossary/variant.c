/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "glossary/glossary_priv.h"

/* ---- reading ---- */

/* Capitals behind the first letter: a name or an acronym. */
static bool is_exact(const char *s, size_t len)
{
	size_t i;

	for (i = 1; i < len; i++)
		if (copl_is_upper(s[i]) ||
		    /* Cyrillic capitals in UTF-8 */
		    (i > 1 && (unsigned char)s[i - 1] == 0xd0 &&
			(unsigned char)s[i] >= 0x80 &&
			(unsigned char)s[i] <= 0xaf))
			return true;
	return false;
}

static enum variant_fault add_word(struct copl_arena *a, const char *text,
    const struct word *w, struct wanted *out)
{
	uint32_t *letters;

	if (w->n > GLOSSARY_LETTERS)
		return VARIANT_LONG;
	letters = copl_arena_alloc(a, sizeof(*letters) * (w->n + 1));
	if (letters == NULL)
		return VARIANT_NOMEM;
	memcpy(letters, w->letters, sizeof(*letters) * w->n);
	out->letters = letters;
	out->n = w->n;
	out->kind = w->kind;
	out->head = w->start > 0 && text[w->start - 1] == '*';
	out->tail = text[w->end] == '*';
	if (!is_exact(text + w->start, w->end - w->start))
		return VARIANT_OK;
	out->exact = copl_arena_strndup(a, text + w->start, w->end - w->start);
	return out->exact == NULL ? VARIANT_NOMEM : VARIANT_OK;
}

/* A star belongs to one word, at its beginning or at its end. */
static bool stars_are_right(const char *text)
{
	const char *p;
	struct word w;
	size_t at;

	for (p = strchr(text, '*'); p != NULL; p = strchr(p + 1, '*')) {
		bool before = p > text && !copl_is_space(p[-1]) && p[-1] != '*';
		bool behind =
		    p[1] != '\0' && !copl_is_space(p[1]) && p[1] != '*';

		if (before == behind)
			return false;
		at = (size_t)(p + 1 - text);
		if (behind && (!glossary_word(text, &at, &w) ||
				  w.start != (size_t)(p + 1 - text)))
			return false;
	}
	return true;
}

enum variant_fault glossary_variant(
    struct copl_arena *a, const char *text, struct variant *out)
{
	struct wanted words[GLOSSARY_WORDS] = {{0}};
	enum variant_fault fault = VARIANT_OK;
	struct word w;
	size_t at = 0;

	memset(out, 0, sizeof(*out));
	if (!stars_are_right(text))
		return VARIANT_STAR;
	while (fault == VARIANT_OK && glossary_word(text, &at, &w)) {
		if (out->nwords == GLOSSARY_WORDS)
			return VARIANT_LONG;
		fault = add_word(a, text, &w, &words[out->nwords++]);
	}
	if (fault != VARIANT_OK || out->nwords == 0)
		return fault == VARIANT_OK ? VARIANT_EMPTY : fault;
	out->text = copl_arena_strdup(a, text);
	out->words = copl_arena_alloc(a, out->nwords * sizeof(words[0]));
	if (out->text == NULL || out->words == NULL)
		return VARIANT_NOMEM;
	memcpy(out->words, words, out->nwords * sizeof(words[0]));
	return VARIANT_OK;
}

/* ---- comparing ---- */

static bool letters_match(
    const struct wanted *p, const uint32_t *letters, unsigned n)
{
	unsigned i;

	if (p->head) {
		for (i = 0; i + p->n <= n; i++)
			if (memcmp(letters + i, p->letters,
				p->n * sizeof(*letters)) == 0 &&
			    (p->tail || i + p->n == n))
				return true;
		return false;
	}
	return (p->tail ? n >= p->n : n == p->n) &&
	       memcmp(letters, p->letters, p->n * sizeof(*letters)) == 0;
}

#define WAW 0x648
#define FEH 0x641
#define BEH 0x628
#define KAF 0x643
#define LAM 0x644
#define ALEF 0x627

/*
 * Arabic writes "and", "so", "in", "like" and "for" as the first letter of
 * the word behind them; "for the" is two lams instead of lam and alef-lam.
 */
static bool arabic_matches(
    const struct wanted *p, const uint32_t *letters, unsigned n)
{
	uint32_t article[GLOSSARY_LETTERS];

	if (letters_match(p, letters, n))
		return true;
	if (n > 1 && (letters[0] == WAW || letters[0] == FEH)) {
		letters++;
		n--;
		if (letters_match(p, letters, n))
			return true;
	}
	if (n < 2 ||
	    (letters[0] != BEH && letters[0] != KAF && letters[0] != LAM))
		return false;
	if (letters_match(p, letters + 1, n - 1))
		return true;
	if (letters[0] != LAM || letters[1] != LAM)
		return false;
	memcpy(article, letters, n * sizeof(*article));
	article[0] = ALEF;
	return letters_match(p, article, n);
}

/* As written, or in a line that is all in capitals. */
static bool exact_matches(
    const struct wanted *p, const char *text, const struct word *w)
{
	const char *s = text + w->start;
	size_t len = strlen(p->exact), have = w->end - w->start, i;

	if (have >= len && memcmp(s, p->exact, len) == 0)
		return true;
	for (i = 0; i < have; i++)
		if (copl_is_lower(s[i]) || (unsigned char)s[i] >= 0x80)
			return false;
	return true;
}

static bool word_matches(
    const struct wanted *p, const char *text, const struct word *w)
{
	if (w->n > GLOSSARY_LETTERS || p->kind != w->kind)
		return false;
	if (w->kind == WORD_ARABIC ? !arabic_matches(p, w->letters, w->n)
				   : !letters_match(p, w->letters, w->n))
		return false;
	return p->exact == NULL || exact_matches(p, text, w);
}

bool glossary_variant_at(const struct variant *v, const char *text,
    const struct word *w, size_t *end)
{
	struct word next;
	size_t at = w->end;
	unsigned i;

	if (!word_matches(&v->words[0], text, w))
		return false;
	*end = w->end;
	for (i = 1; i < v->nwords; i++) {
		if (!glossary_word(text, &at, &next) ||
		    !glossary_is_gap(text, *end, next.start) ||
		    !word_matches(&v->words[i], text, &next))
			return false;
		*end = next.end;
	}
	return true;
}
