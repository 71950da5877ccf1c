/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "glossary/glossary_priv.h"

#define LAST UINT32_MAX
#define KEY_LETTERS 4 /* of a first word "stem*" that lead to its variants */

/* ---- languages ---- */

void glossary_tag(const char *lang, char *out, size_t size)
{
	size_t i;

	for (i = 0; lang[i] != '\0' && i + 1 < size; i++)
		out[i] = lang[i] == '_' ? '-'
			 : copl_is_upper(lang[i])
			     ? (char)(lang[i] + ('a' - 'A'))
			     : lang[i];
	out[i] = '\0';
	if (strcmp(out, "zh") == 0 || strcmp(out, "zh-cn") == 0 ||
	    strcmp(out, "zh-sg") == 0 || strcmp(out, "zh-hans-cn") == 0)
		memcpy(out, "zh-hans", sizeof("zh-hans"));
	else if (strcmp(out, "zh-tw") == 0 || strcmp(out, "zh-hk") == 0 ||
		 strcmp(out, "zh-mo") == 0)
		memcpy(out, "zh-hant", sizeof("zh-hant"));
}

/* The column of the tag or of the longest beginning of it. */
static size_t column_of(const struct copl_glossary *g, char *tag)
{
	char *dash;
	size_t i;

	for (;;) {
		for (i = GLOSSARY_OWN; i < g->ncolumns; i++)
			if (strcmp(g->columns[i].tag, tag) == 0)
				return i;
		dash = strrchr(tag, '-');
		if (dash == NULL || strcmp(tag, "zh-hant") == 0)
			return GLOSSARY_ALL;
		*dash = '\0';
	}
}

/* The column that serves a language; GLOSSARY_ALL when none names it. */
static size_t column_for(const struct copl_glossary *g, const char *lang)
{
	char tag[40];

	glossary_tag(lang, tag, sizeof(tag));
	return column_of(g, tag);
}

/* ---- finders ---- */

/* Of a whole word, or of the n letters with which one begins. */
static uint32_t key_of(const uint32_t *letters, unsigned n, bool whole)
{
	uint32_t h = (whole ? UINT32_C(2166136261) : 0) + n;
	unsigned i;

	for (i = 0; i < n; i++)
		h = (h ^ letters[i]) * UINT32_C(0x9e3779b1);
	return h ^ h >> 15;
}

static bool add_variant(
    struct finder *f, const struct variant *v, size_t concept)
{
	const struct wanted *w = &v->words[0];
	unsigned n = !w->tail || w->n < KEY_LETTERS ? w->n : KEY_LETTERS;
	struct found *list = copl_grow(f->list, f->n, &f->room, sizeof(*list));

	if (list == NULL)
		return false;
	f->list = list;
	list[f->n].variant = v;
	list[f->n].concept = concept;
	if (w->head) {
		list[f->n].next = f->anywhere;
		f->anywhere = (uint32_t)f->n;
	} else {
		list[f->n].key = key_of(w->letters, n, !w->tail);
		f->lengths |= w->tail ? 1U << n : 0;
	}
	f->n++;
	return true;
}

static bool make_slots(struct finder *f)
{
	size_t i, at;

	for (f->size = 64; f->size < 2 * f->n;)
		f->size *= 2;
	f->slots = malloc(f->size * sizeof(*f->slots));
	if (f->slots == NULL)
		return false;
	memset(f->slots, 0xff, f->size * sizeof(*f->slots));
	for (i = 0; i < f->n; i++) {
		if (f->list[i].variant->words[0].head)
			continue;
		at = f->list[i].key & (f->size - 1);
		f->list[i].next = f->slots[at];
		f->slots[at] = (uint32_t)i;
	}
	return true;
}

static enum copl_status make_finder(
    const struct copl_glossary *g, struct column *c)
{
	struct finder *f = &c->finder;
	size_t i, k;

	f->anywhere = LAST;
	for (i = 0; i < g->nconcepts; i++) {
		const struct row *r = c->rows[i];

		for (k = 0; r != NULL && k < r->term.naccepted; k++)
			if (!add_variant(f, &r->accepted[k], i))
				return COPL_E_NOMEM;
	}
	return make_slots(f) ? COPL_OK : COPL_E_NOMEM;
}

/* What the column has no row for comes from a wider one. */
static void fill_column(struct copl_glossary *g, size_t at)
{
	struct column *c = &g->columns[at];
	char tag[40], *dash;
	size_t wider = GLOSSARY_ALL, i;

	glossary_tag(c->tag, tag, sizeof(tag));
	dash = strrchr(tag, '-');
	if (dash != NULL && at != GLOSSARY_OWN) {
		*dash = '\0';
		wider = column_of(g, tag);
	}
	for (i = 0; i < g->nconcepts; i++) {
		if (c->rows[i] == NULL && wider != at)
			c->rows[i] = g->columns[wider].rows[i];
		if (c->rows[i] == NULL)
			c->rows[i] = g->columns[GLOSSARY_ALL].rows[i];
	}
}

enum copl_status glossary_compile(struct copl_glossary *g)
{
	enum copl_status st = COPL_OK;
	size_t i;

	for (i = GLOSSARY_OWN; i < g->ncolumns; i++)
		fill_column(g, i);
	for (i = 0; i < g->ncolumns && st == COPL_OK; i++)
		st = make_finder(g, &g->columns[i]);
	return st;
}

/* ---- finding ---- */

struct search {
	const struct copl_glossary *g;
	const struct column *source;
	const struct column *target;
	const char *text;
	struct copl_term_hit *out;
	size_t max;
	size_t n;
	struct copl_term_hit last; /* the hit that may still grow */
};

/* Takes the longest that stands at w. */
static void try_list(struct search *s, const struct word *w, uint32_t at,
    uint32_t key, bool any, struct copl_term_hit *best)
{
	const struct finder *f = &s->source->finder;
	size_t end;

	for (; at != LAST; at = f->list[at].next) {
		const struct found *e = &f->list[at];
		const struct row *row = s->target->rows[e->concept];

		if ((!any && e->key != key) || row == NULL ||
		    !glossary_variant_at(e->variant, s->text, w, &end) ||
		    end <= best->end)
			continue;
		*best = (struct copl_term_hit){.term = &row->term,
		    .source = s->source->rows[e->concept]->term.preferred,
		    .start = w->start,
		    .end = end};
	}
}

static void try_letters(struct search *s, const struct word *w,
    const uint32_t *letters, unsigned n, struct copl_term_hit *best)
{
	const struct finder *f = &s->source->finder;
	uint32_t key = key_of(letters, n, true);
	unsigned len;

	try_list(s, w, f->slots[key & (f->size - 1)], key, false, best);
	for (len = 1; len <= KEY_LETTERS && len <= n; len++) {
		if ((f->lengths & 1U << len) == 0)
			continue;
		key = key_of(letters, len, false);
		try_list(s, w, f->slots[key & (f->size - 1)], key, false, best);
	}
}

/* The beginnings that an Arabic word may hide: see variant.c. */
static void try_arabic(
    struct search *s, const struct word *w, struct copl_term_hit *best)
{
	uint32_t letters[GLOSSARY_LETTERS + 1];
	unsigned skip;

	for (skip = 1; skip <= 2 && skip < w->n; skip++) {
		try_letters(s, w, w->letters + skip, w->n - skip, best);
		memcpy(letters, w->letters + skip - 1,
		    (w->n - skip + 1) * sizeof(*letters));
		letters[0] = 0x627; /* alef, where lam stood for it */
		try_letters(s, w, letters, w->n - skip + 1, best);
	}
}

static void keep_last(struct search *s)
{
	if (s->last.term == NULL)
		return;
	if (s->n < s->max)
		s->out[s->n] = s->last;
	s->n++;
}

static void try_word(struct search *s, const struct word *w)
{
	struct copl_term_hit best = {0};

	if (w->n == 0 || w->n > GLOSSARY_LETTERS)
		return;
	try_letters(s, w, w->letters, w->n, &best);
	if (w->kind == WORD_ARABIC)
		try_arabic(s, w, &best);
	try_list(s, w, s->source->finder.anywhere, 0, true, &best);
	if (best.term == NULL)
		return;
	if (s->last.term != NULL && best.start < s->last.end) {
		if (best.end - best.start > s->last.end - s->last.start)
			s->last = best;
		return;
	}
	keep_last(s);
	s->last = best;
}

size_t copl_glossary_find(const struct copl_glossary *g,
    const char *source_lang, const char *lang, const char *text,
    struct copl_term_hit *out, size_t max)
{
	size_t from = column_for(g, source_lang),
	       to = lang == NULL ? from : column_for(g, lang), at = 0;
	struct search s = {.g = g,
	    .source = &g->columns[from],
	    .target = &g->columns[to],
	    .text = text,
	    .out = out,
	    .max = max};
	struct word w;

	if ((lang != NULL && from == to && from != GLOSSARY_ALL) ||
	    s.source->finder.n == 0)
		return 0;
	while (glossary_word(text, &at, &w))
		try_word(&s, &w);
	keep_last(&s);
	return s.n;
}

/* The first place in the text where one of the variants stands. */
static const struct variant *find_any(const struct variant *v, size_t n,
    const char *text, struct copl_term_span *span)
{
	struct word w;
	size_t at = 0, i, end;

	while (n > 0 && glossary_word(text, &at, &w))
		for (i = 0; i < n; i++) {
			if (!glossary_variant_at(&v[i], text, &w, &end))
				continue;
			*span = (struct copl_term_span){w.start, end};
			return &v[i];
		}
	return NULL;
}

/* A term that others see is the first member of its row. */
bool copl_term_accepted_in(
    const struct copl_term *t, const char *text, struct copl_term_span *at)
{
	const struct row *r = (const struct row *)t;

	return find_any(r->accepted, t->naccepted, text, at) != NULL;
}

bool copl_term_rejected_in(const struct copl_term *t, const char *text,
    struct copl_term_span *at, const char **what)
{
	const struct row *r = (const struct row *)t;
	const struct variant *v = find_any(r->rejected, t->nrejected, text, at);

	if (v != NULL && what != NULL)
		*what = v->text;
	return v != NULL;
}

/* ---- all of it ---- */

size_t copl_glossary_count(const struct copl_glossary *g)
{
	return g->nconcepts;
}

const struct copl_term *copl_glossary_term(
    const struct copl_glossary *g, size_t index, const char *lang)
{
	const struct row *r = index < g->nconcepts
				  ? g->columns[column_for(g, lang)].rows[index]
				  : NULL;

	return r == NULL ? NULL : &r->term;
}

void copl_glossary_free(struct copl_glossary *g)
{
	size_t i;

	if (g == NULL)
		return;
	for (i = 0; i < g->ncolumns; i++) {
		free(g->columns[i].finder.list);
		free(g->columns[i].finder.slots);
		free(g->columns[i].rows);
	}
	free(g->columns);
	copl_map_free(&g->concepts);
	copl_arena_free(g->arena);
	free(g);
}
