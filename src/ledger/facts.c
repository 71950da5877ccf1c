/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "ledger/ledger_priv.h"

struct looking {
	struct copl_ledger *l;
	struct copl_ledger_holding *list;
	const char **digests;
	size_t *room;
	size_t n;
	struct copl_arena *a;
};

static enum copl_status on_fact(
    void *arg, size_t item, const struct copl_cell *cells)
{
	struct looking *k = arg;
	struct copl_ledger_holding *h = &k->list[item];
	struct copl_ledger_fact *facts, *f;

	if (k->digests[item] == NULL)
		k->digests[item] = copl_arena_strdup(k->a, cells[0].text);
	if (k->digests[item] == NULL)
		return COPL_E_NOMEM;
	if (cells[1].text == NULL)
		return COPL_OK;
	if (h->nfacts == COPL_LEDGER_FACTS_MAX)
		return COPL_E_LIMIT;
	facts = copl_grow(h->facts, h->nfacts, &k->room[item], sizeof(*facts));
	if (facts == NULL)
		return COPL_E_NOMEM;
	h->facts = facts;
	f = &facts[h->nfacts++];
	f->path = copl_arena_strdup(k->a, cells[1].text);
	f->sha256 = copl_arena_strdup(k->a, cells[2].text);
	f->version = (uint64_t)cells[3].number;
	f->at = cells[4].number;
	return f->path == NULL || f->sha256 == NULL ? COPL_E_NOMEM : COPL_OK;
}

/* Facts are those that were recorded, or none of them counts. */
static enum copl_status check(struct looking *k, size_t i)
{
	const struct copl_ledger_holding *h = &k->list[i];
	char digest[COPL_HEX];
	enum copl_status st;

	if (k->digests[i] == NULL)
		return COPL_OK;
	st = copl_facts_digest(h->facts, h->nfacts, digest);
	if (st != COPL_OK || strcmp(digest, k->digests[i]) == 0)
		return st;
	return copl_ledger_trouble(k->l, COPL_TROUBLE_DAMAGED,
	    "facts of \"%s\" are not those that were recorded", h->endpoint);
}

static void forget(struct looking *k)
{
	size_t i;

	for (i = 0; i < k->n; i++) {
		free(k->list[i].facts);
		k->list[i].facts = NULL;
		k->list[i].nfacts = 0;
		k->digests[i] = NULL;
		k->room[i] = 0;
	}
}

static enum copl_status look(struct copl_ledger *l, void *arg)
{
	struct looking *k = arg;
	struct copl_cell *params = calloc(k->n + 1, 2 * sizeof(*params));
	enum copl_status st;
	size_t i;

	forget(k);
	if (params == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < k->n; i++) {
		params[2 * i] = copl_cell_text(k->list[i].endpoint);
		params[2 * i + 1] = copl_cell_text(k->list[i].url);
	}
	st = copl_ledger_run(l, COPL_SQL_FACTS, params, k->n, on_fact, k);
	for (i = 0; st == COPL_OK && i < k->n; i++)
		st = check(k, i);
	free(params);
	return st;
}

/* The lists move into the arena. */
static enum copl_status settle(struct looking *k)
{
	size_t i;

	for (i = 0; i < k->n; i++) {
		struct copl_ledger_holding *h = &k->list[i];
		const size_t size = h->nfacts * sizeof(*h->facts);
		struct copl_ledger_fact *facts =
		    copl_arena_alloc(k->a, size + 1);

		if (facts == NULL)
			return COPL_E_NOMEM;
		if (size > 0)
			memcpy(facts, h->facts, size);
		free(h->facts);
		h->facts = facts;
		k->room[i] = 0;
	}
	return COPL_OK;
}

enum copl_status copl_ledger_holdings(struct copl_ledger *l,
    struct copl_ledger_holding *list, size_t n, struct copl_arena *a,
    struct copl_reporter *r)
{
	struct looking k = {.l = l, .list = list, .n = n, .a = a};
	enum copl_status st = COPL_E_NOMEM;
	size_t i;

	for (i = 0; i < n; i++) {
		list[i].facts = NULL;
		list[i].nfacts = 0;
	}
	k.digests = calloc(n + 1, sizeof(*k.digests));
	k.room = calloc(n + 1, sizeof(*k.room));
	if (k.digests != NULL && k.room != NULL)
		st = copl_ledger_look(l, look, &k, r);
	if (st == COPL_OK)
		st = settle(&k);
	if (st != COPL_OK)
		for (i = 0; k.room != NULL && i < n; i++) {
			if (k.room[i] > 0)
				free(list[i].facts);
			list[i].facts = NULL;
			list[i].nfacts = 0;
		}
	free(k.digests);
	free(k.room);
	return st;
}

enum copl_status copl_ledger_facts(struct copl_ledger *l, const char *endpoint,
    const char *url, struct copl_arena *a, struct copl_reporter *r,
    struct copl_ledger_fact **out, size_t *n)
{
	struct copl_ledger_holding one = {.endpoint = endpoint, .url = url};
	enum copl_status st = copl_ledger_holdings(l, &one, 1, a, r);

	*out = one.facts;
	*n = one.nfacts;
	return st;
}

enum copl_status copl_facts_put(
    struct copl_ledger *l, const struct copl_cell *cells, size_t n)
{
	const size_t rest = n % COPL_FACTS_AT_ONCE;
	enum copl_status st = COPL_OK;

	if (n > rest)
		st = copl_ledger_run(l, COPL_SQL_FACTS_ADD, cells,
		    n / COPL_FACTS_AT_ONCE, NULL, NULL);
	if (st == COPL_OK && rest > 0)
		st = copl_ledger_run(l, COPL_SQL_FACT_ADD,
		    cells + COPL_FACT_CELLS * (n - rest), rest, NULL, NULL);
	return st;
}

/* ---- what the ledger tells of endpoints and their past ---- */

struct collecting {
	struct copl_arena *a;
	char *list;
	size_t n, room, item;
	const char *endpoint;
	int64_t since;
};

static void *add(struct collecting *c)
{
	char *list = copl_grow(c->list, c->n, &c->room, c->item);

	if (list == NULL)
		return NULL;
	c->list = list;
	memset(list + c->n * c->item, 0, c->item);
	return list + c->item * c->n++;
}

/* The list moves into the arena. */
static enum copl_status finish(
    struct collecting *c, enum copl_status st, void **out, size_t *n)
{
	*out = NULL;
	*n = 0;
	if (st == COPL_OK) {
		*out = copl_arena_alloc(c->a, c->n * c->item + 1);
		st = *out == NULL ? COPL_E_NOMEM : COPL_OK;
	}
	if (st == COPL_OK && c->n > 0)
		memcpy(*out, c->list, c->n * c->item);
	if (st == COPL_OK)
		*n = c->n;
	free(c->list);
	return st;
}

static void describe(
    const struct copl_row *row, struct copl_ledger_standing *out)
{
	*out = (struct copl_ledger_standing){.endpoint = row->endpoint,
	    .url = row->url,
	    .status = row->state,
	    .reason = row->reason,
	    .version = (uint64_t)row->sent,
	    .at = row->at,
	    .seal = row->seal,
	    .failures = (unsigned)row->failures,
	    .since = row->since,
	    .next_at = row->next_at,
	    .target = (uint64_t)row->target,
	    .held = (uint64_t)row->held,
	    .held_seal = row->held_seal,
	    .held_since = row->held_since,
	    .attempts = (unsigned)row->attempts,
	    .worker = row->worker,
	    .lease_until = row->lease_until,
	    .facts = row->facts,
	    .receipt = row->receipt};
}

static enum copl_status on_standing(
    void *arg, size_t item, const struct copl_cell *cells)
{
	struct collecting *c = arg;
	struct copl_ledger_standing *s;
	struct copl_row row;

	(void)item;
	if (c->n == COPL_LEDGER_ROWS_MAX)
		return COPL_E_LIMIT;
	s = add(c);
	if (s == NULL || !copl_row_read(cells, c->a, &row))
		return COPL_E_NOMEM;
	describe(&row, s);
	return COPL_OK;
}

static enum copl_status collect_standings(struct copl_ledger *l, void *arg)
{
	struct collecting *c = arg;

	c->n = 0;
	return copl_ledger_run(l, COPL_SQL_ROWS, NULL, 1, on_standing, c);
}

enum copl_status copl_ledger_standings(struct copl_ledger *l,
    struct copl_arena *a, struct copl_reporter *r,
    struct copl_ledger_standing **out, size_t *n)
{
	struct collecting c = {.a = a, .item = sizeof(**out)};
	enum copl_status st = copl_ledger_look(l, collect_standings, &c, r);
	void *list;

	st = finish(&c, st, &list, n);
	*out = list;
	return st;
}

static enum copl_status on_audit(
    void *arg, size_t item, const struct copl_cell *cells)
{
	struct collecting *c = arg;
	struct copl_ledger_audit *row;

	(void)item;
	if (c->n == COPL_LEDGER_ROWS_MAX)
		return COPL_E_LIMIT;
	row = add(c);
	return row == NULL || !copl_audit_read(cells, c->a, row) ? COPL_E_NOMEM
								 : COPL_OK;
}

static enum copl_status collect_audits(struct copl_ledger *l, void *arg)
{
	struct collecting *c = arg;
	const struct copl_cell params[] = {
	    copl_cell_text(c->endpoint), copl_cell_number(c->since)};

	c->n = 0;
	return copl_ledger_run(l, COPL_SQL_AUDIT_OF, params, 1, on_audit, c);
}

enum copl_status copl_ledger_history(struct copl_ledger *l,
    const char *endpoint, int64_t since, struct copl_arena *a,
    struct copl_reporter *r, struct copl_ledger_audit **out, size_t *n)
{
	struct collecting c = {.a = a,
	    .item = sizeof(**out),
	    .endpoint = endpoint,
	    .since = since};
	enum copl_status st = copl_ledger_look(l, collect_audits, &c, r);
	void *list;

	st = finish(&c, st, &list, n);
	*out = list;
	return st;
}
