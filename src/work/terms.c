/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Terms of the glossary as comments beside the texts that have them. */
#include "config.h"
#include <string.h>
#include "work/work.h"

#define HITS 16 /* of one text */
#define COMMENT_MAX ((size_t)64 << 10)

struct terms {
	const struct copl_glossary *g;
	const char *source_lang;
	const char *lang; /* NULL: a template */
	struct copl_arena *a;
	struct copl_term_hit hits[2 * HITS];
	size_t n;
};

static void find(struct terms *t, const char *text)
{
	size_t n = t->n, found;

	if (text == NULL)
		return;
	found = copl_glossary_find(
	    t->g, t->source_lang, t->lang, text, t->hits + n, HITS);
	t->n += found < HITS ? found : HITS;
}

static bool is_repeated(const struct terms *t, size_t i)
{
	size_t k;

	for (k = 0; k < i; k++)
		if (t->hits[k].term == t->hits[i].term)
			return true;
	return false;
}

/*
 * In English, as all notes are, and one line for each term:
 * "term: ITU = UIT", "(not: ...)" behind it for forms that are rejected.
 */
static void put_hit(struct copl_strbuf *b, const struct terms *t, size_t i)
{
	const struct copl_term *term = t->hits[i].term;
	size_t k;

	copl_strbuf_printf(
	    b, "%sterm: %s", b->len > 0 ? "\n" : "", t->hits[i].source);
	if (t->lang == NULL)
		return;
	copl_strbuf_printf(b, " = %s", term->preferred);
	for (k = 0; k < term->nrejected; k++)
		copl_strbuf_printf(
		    b, "%s%s", k == 0 ? " (not: " : ", ", term->rejected[k]);
	copl_strbuf_puts(b, k > 0 ? ")" : "");
}

static enum copl_status comment(
    struct terms *t, struct copl_strbuf *b, struct copl_entry *e)
{
	size_t i;

	t->n = 0;
	find(t, e->id);
	find(t, e->plural);
	if (t->n == 0)
		return COPL_OK;
	copl_strbuf_reset(b);
	copl_strbuf_puts(b, e->extracted == NULL ? "" : e->extracted);
	for (i = 0; i < t->n; i++)
		if (!is_repeated(t, i))
			put_hit(b, t, i);
	e->extracted = copl_arena_strdup(t->a, copl_strbuf_text(b));
	return e->extracted == NULL || b->st == COPL_E_NOMEM ? COPL_E_NOMEM
							     : COPL_OK;
}

enum copl_status copl_entries_with_terms(const struct copl_glossary *g,
    const char *source_lang, const char *lang, const struct copl_entry *from,
    size_t n, struct copl_arena *a, struct copl_entry **out)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(COMMENT_MAX);
	struct terms t = {.g = g,
	    .source_lang = source_lang == NULL ? "en" : source_lang,
	    .lang = lang,
	    .a = a};
	enum copl_status st = COPL_OK;
	size_t i;

	*out = copl_arena_alloc(a, (n + 1) * sizeof(**out));
	if (*out == NULL)
		return COPL_E_NOMEM;
	memcpy(*out, from, n * sizeof(**out));
	for (i = 0; g != NULL && i < n && st == COPL_OK; i++)
		st = comment(&t, &b, &(*out)[i]);
	copl_strbuf_clear(&b);
	return st;
}
