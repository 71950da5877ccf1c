/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "catalog/merge.h"

#define NONE SIZE_MAX

/* What becomes of a message of the catalog. */
enum fate {
	FATE_KEEP, /* its bytes stay */
	FATE_RENEW, /* its bytes are written anew where it stands */
	FATE_FILL, /* the same, with a translation that another one has */
	FATE_OBSOLETE, /* it moves to the end, as "#~" */
	FATE_DROP, /* it goes: there is nothing of value in it */
	FATE_REVIVE /* it moves up, where its form has it */
};

struct merge {
	const struct copl_catalog *c;
	const struct copl_entry *entries;
	size_t n;
	const struct copl_po_header *h;
	struct copl_merge_counts *counts;
	struct po_out o;
	struct copl_arena *arena;
	bool *twice; /* entries that do not count: see the header */
	size_t *message; /* of each entry, or NONE */
	size_t *entry; /* of each message, or NONE */
	enum fate *fates; /* of each message */
	struct copl_map seen; /* keys of entries that no message has */
	const struct copl_catalog *earlier;
	struct po_reuse reuse;
	size_t at; /* bytes of the catalog that are done with */
};

/* ---- which message is which entry ---- */

/* Context EOT source, as in gettext's own tables. */
static const char *key_of(struct copl_arena *a, const struct copl_entry *e)
{
	size_t len, id;
	char *key;

	if (e->ctxt == NULL)
		return e->id;
	len = strlen(e->ctxt);
	id = strlen(e->id);
	key = copl_arena_alloc(a, len + id + 2);
	if (key == NULL)
		return NULL;
	memcpy(key, e->ctxt, len);
	key[len] = PO_EOT;
	memcpy(key + len + 1, e->id, id + 1);
	return key;
}

static enum copl_status prepare_entries(struct merge *g)
{
	size_t n = g->n + 1, i;

	g->arena = copl_arena_new();
	if (g->arena == NULL)
		return COPL_E_NOMEM;
	g->twice = copl_arena_alloc(g->arena, n * sizeof(*g->twice));
	g->message = copl_arena_alloc(g->arena, n * sizeof(*g->message));
	if (g->twice == NULL || g->message == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < g->n; i++) {
		g->message[i] = NONE;
		/* Without a context the empty text is the header's. */
		g->twice[i] =
		    g->entries[i].ctxt == NULL && g->entries[i].id[0] == '\0';
	}
	return COPL_OK;
}

/* An entry that no message has: was there one like it before? */
static enum copl_status look_for_double(struct merge *g, size_t i)
{
	const char *key = key_of(g->arena, &g->entries[i]);
	size_t first;

	if (key == NULL || !copl_map_put(&g->seen, key, i, &first))
		return COPL_E_NOMEM;
	g->twice[i] = first != i;
	return COPL_OK;
}

static enum copl_status prepare_messages(struct merge *g)
{
	size_t n = g->c->nmessages + 1, i;

	g->entry = copl_arena_alloc(g->arena, n * sizeof(*g->entry));
	g->fates = copl_arena_alloc(g->arena, n * sizeof(*g->fates));
	if (g->entry == NULL || g->fates == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < g->c->nmessages; i++)
		g->entry[i] = NONE;
	return COPL_OK;
}

static void pair(struct merge *g, size_t entry, size_t message)
{
	if (g->message[entry] != NONE || g->entry[message] != NONE)
		return;
	g->message[entry] = message;
	g->entry[message] = entry;
}

static bool is_message_of(
    const struct copl_message *m, const struct copl_entry *e)
{
	return (m->ctxt == NULL) == (e->ctxt == NULL) &&
	       (e->ctxt == NULL || strcmp(m->ctxt, e->ctxt) == 0) &&
	       strcmp(m->id, e->id) == 0;
}

/* Mostly the message behind the one that was found last. */
static const struct copl_message *find_message(
    const struct merge *g, const struct copl_entry *e, size_t *near)
{
	const struct copl_message *m;

	if (*near < g->c->nmessages && is_message_of(&g->c->messages[*near], e))
		m = &g->c->messages[*near];
	else
		m = po_index_find(g->c, e->ctxt, e->id);
	if (m != NULL)
		*near = (size_t)(m - g->c->messages) + 1;
	return m;
}

/* The same context and text; a second entry with both does not count. */
static enum copl_status match_exactly(struct merge *g)
{
	enum copl_status st = COPL_OK;
	size_t near = 0, i;

	for (i = 0; i < g->n && st == COPL_OK; i++) {
		const struct copl_message *m = NULL;

		if (g->twice[i])
			continue;
		if (g->c != NULL)
			m = find_message(g, &g->entries[i], &near);
		if (m == NULL) {
			st = look_for_double(g, i);
			continue;
		}
		g->twice[i] = g->entry[m - g->c->messages] != NONE;
		pair(g, i, (size_t)(m - g->c->messages));
	}
	return st;
}

/* Messages with the context of entries that have no message yet. */
struct same_ctxt {
	struct copl_map at; /* of a context, in the arrays */
	size_t *live; /* the first one, or NONE */
	size_t *gone; /* the latest obsolete one: the nearest */
};

static bool is_alone(const struct merge *g, size_t i)
{
	return g->entries[i].ctxt != NULL && !g->twice[i] &&
	       g->message[i] == NONE;
}

/* The contexts that are looked for; few of them, as a rule. */
static enum copl_status want_contexts(struct merge *g, struct same_ctxt *w)
{
	size_t i, n;

	for (i = 0; i < g->n; i++)
		if (is_alone(g, i) &&
		    !copl_map_put(&w->at, g->entries[i].ctxt, w->at.used, NULL))
			return COPL_E_NOMEM;
	n = w->at.used;
	w->live = copl_arena_alloc(g->arena, (n + 1) * sizeof(*w->live));
	w->gone = copl_arena_alloc(g->arena, (n + 1) * sizeof(*w->gone));
	if (w->live == NULL || w->gone == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < n; i++)
		w->live[i] = w->gone[i] = NONE;
	return COPL_OK;
}

static void find_contexts(const struct merge *g, struct same_ctxt *w)
{
	size_t i, at;

	for (i = 0; i < g->c->nmessages && w->at.used > 0; i++) {
		const struct copl_message *m = &g->c->messages[i];

		if (m->ctxt == NULL || !copl_map_get(&w->at, m->ctxt, &at))
			continue;
		if (m->obsolete)
			w->gone[at] = i;
		else if (w->live[at] == NONE)
			w->live[at] = i;
	}
}

/* Then the same context alone. */
static enum copl_status match(struct merge *g)
{
	struct same_ctxt w = {0};
	enum copl_status st = want_contexts(g, &w);
	size_t i, at;

	if (st == COPL_OK)
		find_contexts(g, &w);
	for (i = 0; i < g->n && st == COPL_OK; i++) {
		if (!is_alone(g, i) ||
		    !copl_map_get(&w.at, g->entries[i].ctxt, &at))
			continue;
		if (w.live[at] != NONE)
			pair(g, i, w.live[at]);
		if (w.gone[at] != NONE)
			pair(g, i, w.gone[at]);
	}
	copl_map_free(&w.at);
	return st;
}

/* ---- what becomes of each ---- */

/* Empty, and nobody emptied it to say no to an offer. */
static bool is_open(const struct copl_message *m)
{
	return !m->obsolete && !po_message_has_text(m) &&
	       copl_message_reuse(m) == NULL;
}

/* Texts that are new, and those of empty messages. */
static enum copl_status prepare_reuse(struct merge *g)
{
	enum copl_status st = COPL_OK;
	size_t i;

	if (g->c == NULL && g->earlier == NULL)
		return st;
	for (i = 0; i < g->n && st == COPL_OK; i++) {
		size_t at = g->message[i];

		if (at == NONE ? !g->twice[i]
			       : g->c != NULL && is_open(&g->c->messages[at]))
			st = po_reuse_want(&g->reuse, &g->entries[i]);
	}
	return st == COPL_OK
		   ? po_reuse_prepare(&g->reuse, g->c, g->earlier, &g->o)
		   : st;
}

static enum fate fate_of_matched(
    struct merge *g, const struct copl_message *m, const struct copl_entry *e)
{
	bool new_text = !po_entry_is_same(m, e);
	struct po_found found;

	if (is_open(m) && po_reuse_find(&g->reuse, e, &found)) {
		g->counts->reused++;
		g->counts->changed += new_text;
		g->counts->refreshed += !new_text;
		return FATE_FILL;
	}
	if (new_text)
		g->counts->changed++;
	else if (m->obsolete)
		g->counts->added++;
	else if (po_entry_is_stale(m, e))
		g->counts->refreshed++;
	else
		g->counts->kept++;
	if (m->obsolete)
		return FATE_REVIVE;
	return new_text || po_entry_is_stale(m, e) ? FATE_RENEW : FATE_KEEP;
}

static enum fate fate_of(struct merge *g, size_t i)
{
	const struct copl_message *m = &g->c->messages[i];

	if (g->entry[i] != NONE)
		return fate_of_matched(g, m, &g->entries[g->entry[i]]);
	if (m->obsolete)
		return FATE_KEEP;
	g->counts->obsoleted++;
	return po_message_has_text(m) || m->comment != NULL ? FATE_OBSOLETE
							    : FATE_DROP;
}

static void decide(struct merge *g)
{
	size_t i;

	for (i = 0; i < g->c->nmessages; i++)
		g->fates[i] = fate_of(g, i);
	for (i = 0; i < g->n; i++)
		g->counts->added += g->message[i] == NONE && !g->twice[i];
}

/* ---- writing ---- */

/* A blank line before an entry that has a new place. */
static void part(struct merge *g)
{
	po_out_line(&g->o);
	copl_strbuf_puts(&g->o.tmp, "\n");
	po_out_flush(&g->o);
}

static void put_entry(struct merge *g, struct copl_strbuf *out, size_t i)
{
	struct copl_entry e = g->entries[i];
	struct po_found found;

	e.nplurals = g->o.nplurals;
	if (!po_reuse_find(&g->reuse, &e, &found)) {
		copl_po_put_entry(out, &e);
		return;
	}
	g->counts->reused++;
	po_put_lent(&g->o, out, &e, &found);
}

/* Entries that are new or come back, from i on up to one that is there. */
static void put_new(struct merge *g, size_t i)
{
	for (; i < g->n; i++) {
		size_t at = g->message[i];

		if (at != NONE && g->fates[at] != FATE_REVIVE)
			break;
		if (g->twice[i])
			continue;
		part(g);
		if (at != NONE) {
			po_put_renewed(
			    &g->o, &g->c->messages[at], &g->entries[i]);
			po_out_line(&g->o);
			continue;
		}
		put_entry(g, &g->o.tmp, i);
		po_out_flush(&g->o);
	}
}

/* What stands in the catalog up to here, blank lines and all. */
static void put_bytes(struct merge *g, size_t to)
{
	const char *text = copl_strbuf_text(&g->c->text);

	po_put_raw(g->o.out, text + g->at, to - g->at);
	g->at = to;
}

static void put_header(struct merge *g)
{
	const struct copl_message *m = g->c->header;
	const struct copl_merge_counts *k = g->counts;

	put_bytes(g, m->start);
	if (k->refreshed + k->added + k->changed + k->obsoleted > 0) {
		po_put_header_renewed(&g->o, g->h);
		g->at = m->end;
	}
	put_bytes(g, m->end);
	put_new(g, 0);
}

static void put_message(struct merge *g, size_t i)
{
	const struct copl_message *m = &g->c->messages[i];
	enum fate fate = g->fates[i];
	struct po_found found;

	if (fate == FATE_KEEP || fate == FATE_RENEW || fate == FATE_FILL)
		put_bytes(g, m->start);
	if (fate == FATE_KEEP)
		put_bytes(g, m->end);
	if (fate == FATE_RENEW)
		po_put_renewed(&g->o, m, &g->entries[g->entry[i]]);
	if (fate == FATE_FILL &&
	    po_reuse_find(&g->reuse, &g->entries[g->entry[i]], &found))
		po_put_filled(&g->o, m, &g->entries[g->entry[i]], &found);
	g->at = m->end;
	if (g->entry[i] != NONE && fate != FATE_REVIVE)
		put_new(g, g->entry[i] + 1);
}

static void put_all(struct merge *g)
{
	const struct copl_message *h = g->c->header;
	bool header = false;
	size_t i;

	for (i = 0; i < g->c->nmessages; i++) {
		if (!header && h->start < g->c->messages[i].start)
			put_header(g);
		header |= h->start < g->c->messages[i].start;
		put_message(g, i);
	}
	if (!header)
		put_header(g);
	for (i = 0; i < g->c->nmessages; i++) {
		if (g->fates[i] != FATE_OBSOLETE)
			continue;
		part(g);
		po_put_obsolete(&g->o, &g->c->messages[i]);
	}
	put_bytes(g, g->c->text.len);
}

static void put_catalog(struct merge *g)
{
	size_t i;

	copl_po_put_header(g->o.out, g->h);
	for (i = 0; i < g->n; i++) {
		if (g->twice[i])
			continue;
		put_entry(g, g->o.out, i);
		g->counts->added++;
	}
}

/* What is written is about as long as what is there. */
static size_t room_for(const struct merge *g)
{
	return g->c->text.len + g->c->text.len / 16 + 4096;
}

/* All that is known before something is written. */
static enum copl_status prepare(struct merge *g)
{
	enum copl_status st = prepare_entries(g);

	if (st == COPL_OK && g->c != NULL)
		st = prepare_messages(g);
	if (st == COPL_OK)
		st = match_exactly(g);
	if (st == COPL_OK && g->c != NULL)
		st = match(g);
	return st == COPL_OK ? prepare_reuse(g) : st;
}

/* How many forms the language has, as the catalog says or will say. */
static void look_at_plurals(struct po_out *o, const struct copl_catalog *c,
    const struct copl_po_header *h)
{
	const char *forms =
	    c == NULL ? NULL : copl_catalog_field(c, "Plural-Forms", NULL);
	struct copl_plural p;

	if (forms == NULL)
		forms = h->plural_forms;
	o->plural_forms = forms;
	o->nplurals = forms != NULL && copl_plural_parse(forms, &p) ? p.n : 0;
}

enum copl_status copl_catalog_merge(const struct copl_catalog *c,
    const struct copl_entry *entries, size_t n, const struct copl_po_header *h,
    struct copl_strbuf *out, struct copl_merge_counts *counts)
{
	return copl_catalog_merge_with(c, NULL, entries, n, h, out, counts);
}

enum copl_status copl_catalog_merge_with(const struct copl_catalog *c,
    const struct copl_catalog *earlier, const struct copl_entry *entries,
    size_t n, const struct copl_po_header *h, struct copl_strbuf *out,
    struct copl_merge_counts *counts)
{
	struct merge g = {
	    .c = c, .entries = entries, .n = n, .h = h, .earlier = earlier};
	enum copl_status st;

	memset(counts, 0, sizeof(*counts));
	g.counts = counts;
	g.o.c = c;
	g.o.out = out;
	g.o.tmp.max = COPL_CATALOG_MAX;
	look_at_plurals(&g.o, c, h);
	st = prepare(&g);
	if (st == COPL_OK && c != NULL)
		st = po_text_room(out, out->len + room_for(&g));
	if (st != COPL_OK)
		goto out;
	if (c == NULL) {
		put_catalog(&g);
	} else {
		decide(&g);
		put_all(&g);
	}
	st = out->st;
out:
	po_reuse_free(&g.reuse);
	copl_strbuf_clear(&g.o.tmp);
	copl_map_free(&g.seen);
	copl_arena_free(g.arena);
	return st;
}
