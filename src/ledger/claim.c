/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "ledger/ledger_priv.h"

/* Rows that are read and written in one go. */
#define CHUNK 256

static const char *or_empty(const char *s)
{
	return s == NULL ? "" : s;
}

static bool is(const char *state, const char *which)
{
	return strcmp(state, which) == 0;
}

/* ---- enlisting ---- */

struct enlisting {
	const struct copl_ledger_enlisting *how;
	const struct copl_ledger_task *tasks;
	size_t n;
	struct copl_map known; /* ids that were there before */
	struct copl_arena *known_ids;
	/* of one chunk */
	struct copl_arena *a;
	const char *ids[CHUNK];
	struct copl_row rows[CHUNK];
	struct copl_cell puts[CHUNK * COPL_ROW_CELLS];
	struct copl_ledger_audit audits[CHUNK];
	size_t nputs, naudits;
};

static bool holds(const struct copl_row *row, const struct copl_ledger_task *t)
{
	const char *seal = or_empty(t->seal);

	return row->held != 0 && row->held == (int64_t)t->version &&
	       (*seal == '\0' || *row->held_seal == '\0' ||
		   strcmp(seal, row->held_seal) == 0);
}

/* Its state once it is to get this set. */
static const char *next_state(const struct copl_row *row,
    const struct copl_ledger_task *t, bool retry_dead)
{
	const char *state = row->state;

	if (is(state, COPL_LEDGER_GONE))
		return COPL_LEDGER_GONE;
	if (holds(row, t))
		return COPL_LEDGER_DELIVERED;
	if (is(state, COPL_LEDGER_WAITING))
		return COPL_LEDGER_WAITING;
	if (is(state, COPL_LEDGER_DEAD) && !retry_dead)
		return COPL_LEDGER_DEAD;
	return COPL_LEDGER_NEW;
}

static void move(struct copl_row *row, const char *url)
{
	copl_row_forget(row);
	row->url = url;
	row->state = COPL_LEDGER_NEW;
	row->reason = NULL;
	row->failures = 0;
	row->since = 0;
	row->next_at = 0;
}

static bool is_changed(const struct copl_row *row,
    const struct copl_ledger_task *t, const char *state)
{
	return row->target != (int64_t)t->version ||
	       strcmp(row->seal, or_empty(t->seal)) != 0 ||
	       strcmp(row->origin, or_empty(t->origin)) != 0 ||
	       strcmp(row->state, state) != 0;
}

/* What the set asks of the row. */
static void aim(struct copl_row *row, const struct copl_ledger_task *t)
{
	row->target = (int64_t)t->version;
	row->seal = or_empty(t->seal);
	row->origin = or_empty(t->origin);
}

static enum copl_status enlist_one(
    struct enlisting *e, struct copl_row *row, const struct copl_ledger_task *t)
{
	enum copl_status st = COPL_OK;
	bool moved = strcmp(row->url, t->url) != 0;
	const char *state;

	if (row->leased && !is(row->worker, or_empty(e->how->worker)))
		return COPL_OK;
	if (moved)
		move(row, t->url);
	state = next_state(row, t, e->how->retry_dead);
	if (!moved && !is_changed(row, t, state))
		return COPL_OK;
	if (is(state, COPL_LEDGER_NEW))
		row->next_at = 0;
	row->state = state;
	aim(row, t);
	if (moved)
		st = copl_audit_next(row, e->how->now, "moved",
		    or_empty(e->how->worker), e->a, &e->audits[e->naudits++]);
	copl_row_cells(row, e->puts + COPL_ROW_CELLS * e->nputs++);
	return st;
}

static enum copl_status put_moved(struct copl_ledger *l, struct enlisting *e)
{
	struct copl_cell *cells = calloc(e->naudits, 8 * sizeof(*cells));
	enum copl_status st;
	size_t i;

	if (cells == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < e->naudits; i++)
		cells[i] = copl_cell_text(e->audits[i].endpoint);
	st = copl_ledger_run(
	    l, COPL_SQL_FACTS_DROP, cells, e->naudits, NULL, NULL);
	for (i = 0; i < e->naudits; i++)
		copl_audit_cells(&e->audits[i], cells + 8 * i);
	if (st == COPL_OK)
		st = copl_ledger_run(
		    l, COPL_SQL_AUDIT_ADD, cells, e->naudits, NULL, NULL);
	free(cells);
	return st;
}

static enum copl_status enlist_chunk(struct copl_ledger *l, struct enlisting *e,
    const struct copl_ledger_task *tasks, size_t n)
{
	enum copl_status st;
	size_t i;

	e->nputs = 0;
	e->naudits = 0;
	for (i = 0; i < n; i++)
		e->ids[i] = tasks[i].endpoint;
	st = copl_rows_load(l, e->ids, n, e->how->now, e->a, e->rows);
	for (i = 0; st == COPL_OK && i < n; i++)
		st = !e->rows[i].exists ? COPL_E_BUG
					: enlist_one(e, &e->rows[i], &tasks[i]);
	if (st == COPL_OK && e->nputs > 0)
		st = copl_ledger_run(
		    l, COPL_SQL_PUT, e->puts, e->nputs, NULL, NULL);
	if (st == COPL_OK && e->naudits > 0)
		st = put_moved(l, e);
	return st;
}

static enum copl_status on_id(
    void *arg, size_t item, const struct copl_cell *cells)
{
	struct enlisting *e = arg;
	const char *id = copl_arena_strdup(e->known_ids, cells[0].text);

	(void)item;
	if (id == NULL || !copl_map_put(&e->known, id, 0, NULL))
		return COPL_E_NOMEM;
	return COPL_OK;
}

static enum copl_status add_missing(struct copl_ledger *l, struct enlisting *e,
    const struct copl_ledger_task *tasks, size_t n)
{
	size_t i, nputs = 0;

	for (i = 0; i < n; i++) {
		struct copl_row row;
		size_t any;

		if (copl_map_get(&e->known, tasks[i].endpoint, &any))
			continue;
		copl_row_fresh(tasks[i].endpoint, tasks[i].url, &row);
		aim(&row, &tasks[i]);
		copl_row_cells(&row, e->puts + COPL_ROW_CELLS * nputs++);
	}
	return copl_ledger_run(l, COPL_SQL_ADD, e->puts, nputs, NULL, NULL);
}

static enum copl_status each_chunk(struct copl_ledger *l, struct enlisting *e,
    enum copl_status (*work)(struct copl_ledger *l, struct enlisting *e,
	const struct copl_ledger_task *tasks, size_t n))
{
	enum copl_status st = COPL_OK;
	size_t i;

	for (i = 0; st == COPL_OK && i < e->n; i += CHUNK) {
		const size_t n = e->n - i < CHUNK ? e->n - i : CHUNK;

		e->a = copl_arena_new();
		st = e->a == NULL ? COPL_E_NOMEM : work(l, e, e->tasks + i, n);
		copl_arena_free(e->a);
	}
	return st;
}

/*
 * A row that is not there cannot be locked, and whoever writes it blindly
 * may write over what others made of it meanwhile.  So all rows are made
 * first, those of others left as they are, and only then locked and judged.
 */
static enum copl_status enlist(struct copl_ledger *l, void *arg)
{
	struct enlisting *e = arg;
	enum copl_status st;

	e->known_ids = copl_arena_new();
	if (e->known_ids == NULL)
		return COPL_E_NOMEM;
	st = copl_ledger_run(l, COPL_SQL_IDS, NULL, 1, on_id, e);
	if (st == COPL_OK)
		st = each_chunk(l, e, add_missing);
	if (st == COPL_OK)
		st = each_chunk(l, e, enlist_chunk);
	copl_map_free(&e->known);
	copl_arena_free(e->known_ids);
	return st;
}

static int by_endpoint(const void *a, const void *b)
{
	const struct copl_ledger_task *l = a, *r = b;

	return strcmp(l->endpoint, r->endpoint);
}

/* Rows are locked in one order by all, so that none waits in a ring. */
static struct copl_ledger_task *sorted(
    const struct copl_ledger_task *tasks, size_t n)
{
	struct copl_ledger_task *copy = calloc(n + 1, sizeof(*copy));

	if (copy == NULL)
		return NULL;
	if (n > 0)
		memcpy(copy, tasks, n * sizeof(*copy));
	qsort(copy, n, sizeof(*copy), by_endpoint);
	return copy;
}

enum copl_status copl_ledger_enlist(struct copl_ledger *l,
    const struct copl_ledger_enlisting *how,
    const struct copl_ledger_task *tasks, size_t n, struct copl_reporter *r)
{
	struct copl_ledger_task *copy = sorted(tasks, n);
	struct enlisting *e = calloc(1, sizeof(*e));
	enum copl_status st = COPL_E_NOMEM;

	if (copy != NULL && e != NULL) {
		e->how = how;
		e->tasks = copy;
		e->n = n;
		st = copl_ledger_do(l, enlist, e, r);
	}
	free(e);
	free(copy);
	return st;
}

/* ---- claiming ---- */

struct claiming {
	const struct copl_ledger_claiming *how;
	struct copl_arena *a;
	struct copl_ledger_task *list;
	size_t n;
};

static enum copl_status on_claim(
    void *arg, size_t item, const struct copl_cell *cells)
{
	struct claiming *c = arg;
	struct copl_row row;

	(void)item;
	if (c->n == c->how->most)
		return COPL_E_BUG;
	if (!copl_row_read(cells, c->a, &row))
		return COPL_E_NOMEM;
	c->list[c->n++] = (struct copl_ledger_task){.endpoint = row.endpoint,
	    .url = row.url,
	    .origin = row.origin,
	    .version = (uint64_t)row.target,
	    .seal = row.seal,
	    .state = row.state,
	    .failures = (unsigned)row.failures,
	    .since = row.since,
	    .next_at = row.next_at,
	    .attempts = (unsigned)row.attempts,
	    .held = (uint64_t)row.held,
	    .lease_until = row.lease_until};
	return COPL_OK;
}

static void claim_cells(const struct copl_ledger_claiming *how,
    struct copl_cell *out, struct copl_cell last)
{
	out[0] = copl_cell_text(how->worker);
	out[1] = copl_cell_number(how->now);
	out[2] = copl_cell_number(how->lease_s);
	out[3] = copl_cell_number((int64_t)how->version);
	out[4] = copl_cell_number(how->due);
	out[5] = last;
}

static enum copl_status claim_some(
    struct copl_ledger *l, struct claiming *c, const char *const *ids, size_t n)
{
	struct copl_cell *params = calloc(n + 1, 6 * sizeof(*params));
	enum copl_status st;
	size_t i;

	if (params == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < n; i++)
		claim_cells(c->how, params + 6 * i, copl_cell_text(ids[i]));
	st = copl_ledger_run(l, COPL_SQL_CLAIM_ONE, params, n, on_claim, c);
	free(params);
	return st;
}

static enum copl_status claim(struct copl_ledger *l, void *arg)
{
	struct claiming *c = arg;
	const struct copl_ledger_claiming *how = c->how;
	enum copl_status st = COPL_OK;
	struct copl_cell params[6];
	size_t i = 0;

	c->n = 0;
	if (how->nonly == 0) {
		claim_cells(how, params, copl_cell_number((int64_t)how->most));
		return copl_ledger_run(
		    l, COPL_SQL_CLAIM, params, 1, on_claim, c);
	}
	while (st == COPL_OK && i < how->nonly && c->n < how->most) {
		size_t n = how->most - c->n;

		n = n < how->nonly - i ? n : how->nonly - i;
		n = n < CHUNK ? n : CHUNK;
		st = claim_some(l, c, how->only + i, n);
		i += n;
	}
	return st;
}

enum copl_status copl_ledger_claim(struct copl_ledger *l,
    const struct copl_ledger_claiming *how, struct copl_arena *a,
    struct copl_reporter *r, struct copl_ledger_task **out, size_t *n)
{
	struct claiming c = {.how = how, .a = a};
	enum copl_status st;

	*out = NULL;
	*n = 0;
	c.list = copl_arena_alloc(a, (how->most + 1) * sizeof(*c.list));
	if (c.list == NULL)
		return COPL_E_NOMEM;
	st = copl_ledger_do(l, claim, &c, r);
	if (st != COPL_OK)
		return st;
	*out = c.list;
	*n = c.n;
	return COPL_OK;
}

/* ---- leases ---- */

struct one {
	enum copl_sql sql;
	const struct copl_cell *params;
	copl_row_fn *row;
	void *arg;
};

static enum copl_status run_one(struct copl_ledger *l, void *arg)
{
	const struct one *o = arg;

	return copl_ledger_run(l, o->sql, o->params, 1, o->row, o->arg);
}

enum copl_status copl_ledger_renew(struct copl_ledger *l, const char *worker,
    int64_t now, int64_t lease_s, struct copl_reporter *r)
{
	const struct copl_cell params[] = {copl_cell_text(worker),
	    copl_cell_number(now), copl_cell_number(lease_s)};
	struct one o = {COPL_SQL_RENEW, params, NULL, NULL};

	return copl_ledger_do(l, run_one, &o, r);
}

enum copl_status copl_ledger_release(
    struct copl_ledger *l, const char *worker, struct copl_reporter *r)
{
	const struct copl_cell params[] = {copl_cell_text(worker)};
	struct one o = {COPL_SQL_RELEASE, params, NULL, NULL};

	return copl_ledger_do(l, run_one, &o, r);
}

static enum copl_status on_left(
    void *arg, size_t item, const struct copl_cell *cells)
{
	struct copl_ledger_left *left = arg;

	(void)item;
	left->due = (size_t)cells[0].number;
	left->leased = (size_t)cells[1].number;
	left->later = (size_t)cells[2].number;
	left->first = cells[3].number;
	return COPL_OK;
}

enum copl_status copl_ledger_left(struct copl_ledger *l, uint64_t version,
    int64_t now, int64_t due, struct copl_reporter *r,
    struct copl_ledger_left *out)
{
	const struct copl_cell params[] = {copl_cell_number((int64_t)version),
	    copl_cell_number(now), copl_cell_number(due)};
	struct one o = {COPL_SQL_LEFT, params, on_left, out};

	memset(out, 0, sizeof(*out));
	return copl_ledger_look(l, run_one, &o, r);
}

/* ---- switching ---- */

struct switching {
	const char *worker, *endpoint, *reason;
	bool on;
	int64_t now;
	struct copl_arena *a;
};

static enum copl_status turn(struct copl_ledger *l, void *arg)
{
	const struct switching *s = arg;
	struct copl_cell cells[COPL_ROW_CELLS];
	struct copl_ledger_audit audit;
	struct copl_row row = {0};
	enum copl_status st =
	    copl_rows_load(l, &s->endpoint, 1, s->now, s->a, &row);

	if (st != COPL_OK || !row.exists)
		return st == COPL_OK ? COPL_E_NOTFOUND : st;
	row.state = s->on ? COPL_LEDGER_NEW : COPL_LEDGER_GONE;
	row.reason = s->on ? NULL : s->reason;
	row.at = s->now;
	row.failures = 0;
	row.since = 0;
	row.next_at = 0;
	st = copl_audit_next(&row, s->now, s->on ? "enabled" : "disabled",
	    or_empty(s->worker), s->a, &audit);
	copl_row_cells(&row, cells);
	if (st == COPL_OK)
		st = copl_ledger_run(l, COPL_SQL_PUT, cells, 1, NULL, NULL);
	copl_audit_cells(&audit, cells);
	if (st == COPL_OK)
		st = copl_ledger_run(
		    l, COPL_SQL_AUDIT_ADD, cells, 1, NULL, NULL);
	return st;
}

enum copl_status copl_ledger_switch(struct copl_ledger *l, const char *worker,
    const char *endpoint, bool on, const char *reason, int64_t now,
    struct copl_reporter *r)
{
	struct switching s = {.worker = worker,
	    .endpoint = endpoint,
	    .reason = reason,
	    .on = on,
	    .now = now,
	    .a = copl_arena_new()};
	enum copl_status st = COPL_E_NOMEM;

	if (s.a != NULL)
		st = copl_ledger_do(l, turn, &s, r);
	copl_arena_free(s.a);
	return st;
}
