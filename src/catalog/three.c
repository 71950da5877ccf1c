/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Three-way merge of catalogs, entry by entry. */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "base/i18n.h"
#include "catalog/three.h"

#define NONE SIZE_MAX

struct side {
	const struct copl_catalog *c; /* NULL: an empty file */
	struct copl_map by_key; /* context and source, obsolete ones too */
	struct copl_map by_ctxt; /* live ones */
	size_t *twice; /* of a context's first message: how many there are */
};

struct three {
	struct side base, ours, theirs;
	size_t *partner; /* of each of theirs: one of ours, or NONE */
	size_t *his; /* of each of ours: one of theirs, or NONE */
	size_t *first; /* of theirs to put behind ours[i - 1]; 0: at the head */
	size_t *next;
	struct copl_arena *arena;
	struct po_out o;
	size_t at; /* in our text: written up to here */
	struct copl_reporter *r;
	const char *name;
	struct copl_three_counts *n;
};

static size_t count_of(const struct copl_catalog *c)
{
	return c == NULL ? 0 : c->nmessages;
}

/* ---- which entries belong together ---- */

static const char *key_of(struct copl_arena *a, const struct copl_message *m)
{
	return copl_arena_printf(a, "%s%s\004%s", m->ctxt == NULL ? "-" : "+",
	    m->ctxt == NULL ? "" : m->ctxt, m->id);
}

static bool index_side(struct side *s, struct copl_arena *a)
{
	size_t n = count_of(s->c), i, at;
	const char *key;

	s->twice = copl_arena_alloc(a, (n + 1) * sizeof(*s->twice));
	if (s->twice == NULL)
		return false;
	for (i = 0; i < n; i++) {
		const struct copl_message *m = &s->c->messages[i];

		key = key_of(a, m);
		if (key == NULL || !copl_map_put(&s->by_key, key, i, NULL))
			return false;
		if (m->obsolete || m->ctxt == NULL)
			continue;
		if (!copl_map_put(&s->by_ctxt, m->ctxt, i, &at))
			return false;
		s->twice[at]++;
	}
	return true;
}

static bool has_key(const struct side *s, const char *key)
{
	size_t at;

	return copl_map_get(&s->by_key, key, &at);
}

static size_t by_ctxt(const struct side *s, const char *ctxt)
{
	size_t at;

	return copl_map_get(&s->by_ctxt, ctxt, &at) && s->twice[at] == 1 ? at
									 : NONE;
}

/*
 * The same entry in another catalog: same context and source, or the same
 * context where it is one text's alone, whose source was changed.
 */
static enum copl_status find_in(const struct three *t, const struct side *from,
    const struct copl_message *m, const struct side *to, size_t *found)
{
	const char *key = key_of(t->arena, m);

	*found = NONE;
	if (key == NULL)
		return COPL_E_NOMEM;
	if (copl_map_get(&to->by_key, key, found))
		return COPL_OK;
	*found = NONE;
	if (m->obsolete || m->ctxt == NULL || by_ctxt(from, m->ctxt) == NONE)
		return COPL_OK;
	*found = by_ctxt(to, m->ctxt);
	if (*found == NONE)
		return COPL_OK;
	key = key_of(t->arena, &to->c->messages[*found]);
	if (key == NULL)
		return COPL_E_NOMEM;
	if (has_key(from, key))
		*found = NONE;
	return COPL_OK;
}

/* Behind which of ours each new one of theirs goes. */
static enum copl_status pair_up(struct three *t)
{
	size_t nours = count_of(t->ours.c), ntheirs = count_of(t->theirs.c);
	size_t *last, i, behind = 0;
	enum copl_status st = COPL_OK;

	t->his = copl_arena_alloc(t->arena, (nours + 1) * sizeof(size_t));
	t->first = copl_arena_alloc(t->arena, (nours + 1) * sizeof(size_t));
	last = copl_arena_alloc(t->arena, (nours + 1) * sizeof(size_t));
	t->partner = copl_arena_alloc(t->arena, (ntheirs + 1) * sizeof(size_t));
	t->next = copl_arena_alloc(t->arena, (ntheirs + 1) * sizeof(size_t));
	if (t->his == NULL || t->first == NULL || last == NULL ||
	    t->partner == NULL || t->next == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i <= nours; i++)
		t->his[i] = t->first[i] = last[i] = NONE;
	for (i = 0; i < ntheirs && st == COPL_OK; i++) {
		st = find_in(t, &t->theirs, &t->theirs.c->messages[i], &t->ours,
		    &t->partner[i]);
		t->next[i] = NONE;
		if (t->partner[i] != NONE && t->his[t->partner[i]] == NONE) {
			t->his[t->partner[i]] = i;
			behind = t->partner[i] + 1;
			continue;
		}
		if (last[behind] == NONE)
			t->first[behind] = i;
		else
			t->next[last[behind]] = i;
		last[behind] = i;
	}
	return st;
}

/* ---- writing ---- */

/* Where the next byte stands, for findings about what was written. */
static struct copl_place here(const struct three *t)
{
	const char *s = copl_strbuf_text(t->o.out), *end = s + t->o.out->len;
	size_t line = 1;

	while ((s = memchr(s, '\n', (size_t)(end - s))) != NULL) {
		line++;
		s++;
	}
	return (struct copl_place){t->name, line, 1};
}

static void put_ours(struct three *t, size_t to)
{
	const char *text = copl_strbuf_text(&t->ours.c->text);

	po_put_raw(t->o.out, text + t->at, to - t->at);
	t->at = to;
}

static void put_message(struct three *t, const struct copl_message *m)
{
	copl_po_put_message(&t->o.tmp, m);
	po_out_flush(&t->o);
}

/* An entry of theirs as it stands there. */
static void put_theirs(struct three *t, const struct copl_message *m)
{
	const char *text = copl_strbuf_text(&t->theirs.c->text);

	t->n->taken++;
	if (t->theirs.c->crlf != t->ours.c->crlf) {
		put_message(t, m);
		return;
	}
	po_put_raw(t->o.out, text + m->start, m->end - m->start);
	po_out_line(&t->o);
}

static void report(
    struct three *t, const struct copl_message *m, enum po_three_result what)
{
	const char *id = m->ctxt != NULL ? m->ctxt : m->id;

	if (what == PO_THREE_CONFLICT) {
		t->n->conflicts++;
		t->n->doubts++;
		copl_report(t->r, COPL_ERROR, "merge-conflict", here(t),
		    _("\"%s\": both sides changed this translation; ours is "
		      "kept as fuzzy, theirs stands in its comment: choose "
		      "one, and take comment and mark away"),
		    id);
	} else if (what == PO_THREE_DOUBT) {
		t->n->doubts++;
		copl_report(t->r, COPL_WARNING, "merge-doubt", here(t),
		    _("\"%s\": one side changed the source, the other the "
		      "translation: it is marked as fuzzy, because nobody saw "
		      "the two together"),
		    id);
	}
}

static void report_kept(struct three *t, const struct copl_message *m)
{
	t->n->kept++;
	copl_report(t->r, COPL_WARNING, "merge-kept", here(t),
	    _("\"%s\": one side took this text out, the other changed it: it "
	      "is kept"),
	    m->ctxt != NULL ? m->ctxt : m->id);
}

static enum copl_status put_both(struct three *t, const struct po_three *e)
{
	struct copl_message merged;
	enum po_three_result what;
	enum copl_status st;

	if (po_same_message(e->ours, e->theirs) ||
	    (e->base != NULL && po_same_message(e->base, e->theirs))) {
		put_ours(t, e->ours->end);
		return COPL_OK;
	}
	t->at = e->ours->end;
	if (e->base != NULL && po_same_message(e->base, e->ours)) {
		put_theirs(t, e->theirs);
		return COPL_OK;
	}
	st = po_three_entry(e, t->o.nplurals, t->arena, &merged, &what);
	if (st != COPL_OK)
		return st;
	report(t, &merged, what);
	t->n->merged++;
	put_message(t, &merged);
	return COPL_OK;
}

/* What theirs has behind ours number i - 1, and ours has not. */
static enum copl_status put_new(struct three *t, size_t i)
{
	enum copl_status st = COPL_OK;
	size_t k, at;

	for (k = t->first[i]; k != NONE && st == COPL_OK; k = t->next[k]) {
		const struct copl_message *m = &t->theirs.c->messages[k];

		st = find_in(t, &t->theirs, m, &t->base, &at);
		if (at != NONE && po_same_message(&t->base.c->messages[at], m))
			continue; /* we took it out */
		po_out_line(&t->o);
		copl_strbuf_puts(&t->o.tmp, "\n");
		po_out_flush(&t->o);
		if (at != NONE)
			report_kept(t, m);
		put_theirs(t, m);
	}
	return st;
}

static enum copl_status put_entry(struct three *t, size_t i)
{
	const struct copl_message *m = &t->ours.c->messages[i];
	struct po_three e = {.ours = m};
	enum copl_status st;
	size_t at;

	st = find_in(t, &t->ours, m, &t->base, &at);
	if (st == COPL_OK && at == NONE && t->his[i] != NONE)
		st = find_in(t, &t->theirs, &t->theirs.c->messages[t->his[i]],
		    &t->base, &at);
	if (st != COPL_OK)
		return st;
	if (at != NONE)
		e.base = &t->base.c->messages[at];
	if (t->his[i] != NONE)
		e.theirs = &t->theirs.c->messages[t->his[i]];
	if (e.theirs == NULL && e.base != NULL && po_same_message(e.base, m)) {
		t->at = m->end; /* they took it out */
		return COPL_OK;
	}
	put_ours(t, m->start);
	if (e.theirs != NULL)
		return put_both(t, &e);
	if (e.base != NULL)
		report_kept(t, m);
	put_ours(t, m->end);
	return COPL_OK;
}

static enum copl_status put_header(struct three *t)
{
	struct po_three e = {.ours = t->ours.c->header,
	    .theirs = t->theirs.c->header,
	    .base = t->base.c == NULL ? NULL : t->base.c->header};
	struct copl_message merged;
	const char *field;
	enum copl_status st;

	if (e.ours == NULL || e.theirs == NULL)
		return COPL_OK;
	st = po_three_header(&e, t->arena, &merged, &field);
	if (st != COPL_OK)
		return st;
	if (field != NULL)
		copl_report(t->r, COPL_WARNING, "merge-header",
		    (struct copl_place){t->name, 1, 1},
		    _("both sides changed the header field %s: ours is kept"),
		    field);
	put_ours(t, e.ours->start);
	if (strcmp(merged.str[0], e.ours->str[0]) == 0) {
		put_ours(t, e.ours->end);
		return COPL_OK;
	}
	t->at = e.ours->end;
	put_message(t, &merged);
	return COPL_OK;
}

static enum copl_status put_all(struct three *t)
{
	enum copl_status st = put_header(t);
	size_t n = t->ours.c->nmessages, i;

	if (st == COPL_OK && t->first[0] != NONE && t->ours.c->header != NULL)
		put_ours(t, t->ours.c->header->end);
	if (st == COPL_OK)
		st = put_new(t, 0);
	for (i = 0; i < n && st == COPL_OK; i++) {
		st = put_entry(t, i);
		if (st == COPL_OK)
			st = put_new(t, i + 1);
	}
	if (st == COPL_OK)
		put_ours(t, t->ours.c->text.len);
	return st == COPL_OK ? t->o.out->st : st;
}

static unsigned plurals_of(const struct copl_catalog *c)
{
	struct copl_plural plural;

	return copl_catalog_plural(c, &plural) ? plural.n : 0;
}

static void free_side(struct side *s)
{
	copl_map_free(&s->by_key);
	copl_map_free(&s->by_ctxt);
}

enum copl_status copl_catalog_merge_three(const struct copl_catalog *base,
    const struct copl_catalog *ours, const struct copl_catalog *theirs,
    const char *name, struct copl_reporter *r, struct copl_strbuf *out,
    struct copl_three_counts *counts)
{
	struct three t = {.base = {.c = base},
	    .ours = {.c = ours},
	    .theirs = {.c = theirs},
	    .arena = copl_arena_new(),
	    .o = {.c = ours,
		.out = out,
		.tmp = COPL_STRBUF_INIT(COPL_CATALOG_MAX)},
	    .r = r,
	    .name = name,
	    .n = counts};
	enum copl_status st = COPL_E_NOMEM;

	memset(counts, 0, sizeof(*counts));
	if (t.arena == NULL)
		return COPL_E_NOMEM;
	t.o.nplurals = plurals_of(ours);
	if (index_side(&t.base, t.arena) && index_side(&t.ours, t.arena) &&
	    index_side(&t.theirs, t.arena))
		st = pair_up(&t);
	if (st == COPL_OK)
		st = put_all(&t);
	free_side(&t.base);
	free_side(&t.ours);
	free_side(&t.theirs);
	copl_strbuf_clear(&t.o.tmp);
	copl_arena_free(t.arena);
	return st;
}
