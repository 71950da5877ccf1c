/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "ledger/ledger_priv.h"

#define SEAL "manifest.xml" /* whose digest stands for the whole set */

struct recording {
	const char *worker; /* "" nobody in particular */
	struct copl_ledger_entry *entries;
	size_t n;
	struct copl_arena *a;
	const char **ids;
	struct copl_row *rows;
	struct copl_ledger_audit *audits;
	bool *drop; /* all facts of the endpoint go */
	const struct copl_ledger_entry *like; /* whose facts have ... */
	const char *digest; /* ... this digest; NULL: none yet */
};

static const char *or_empty(const char *s)
{
	return s == NULL ? "" : s;
}

static const char *seal_of(const struct copl_ledger_entry *e)
{
	size_t i;

	if (e->standing.seal != NULL)
		return e->standing.seal;
	for (i = 0; i < e->nfacts; i++)
		if (strcmp(e->facts[i].path, SEAL) == 0)
			return e->facts[i].sha256;
	return "";
}

static bool is_same_set(
    int64_t version, const char *seal, int64_t other, const char *other_seal)
{
	return version == other && (*seal == '\0' || *other_seal == '\0' ||
				       strcmp(seal, other_seal) == 0);
}

/* What was delivered may not be what the endpoint is to get by now. */
static void note_delivery(
    struct copl_row *row, const struct copl_ledger_entry *e, const char *seal)
{
	const struct copl_ledger_standing *s = &e->standing;
	const int64_t version = (int64_t)s->version;

	if (!is_same_set(row->held, row->held_seal, version, seal) ||
	    row->held_since == 0)
		row->held_since = s->at;
	row->held = version;
	row->held_seal = seal;
	if (!is_same_set(row->target, row->seal, version, seal))
		row->state = COPL_LEDGER_NEW;
}

static char *receipt_text(
    const struct copl_ledger_receipt *receipt, struct copl_arena *a)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(COPL_LEDGER_TEXT_MAX / 2);
	char *text = NULL;

	copl_audit_receipt(&b, receipt);
	if (b.st == COPL_OK)
		text = copl_arena_strdup(a, copl_strbuf_text(&b));
	copl_strbuf_clear(&b);
	return text;
}

/* The very same list, as endpoints of one recipient get it. */
static bool is_same_list(
    const struct copl_ledger_entry *x, const struct copl_ledger_entry *y)
{
	size_t i;

	if (x->facts == NULL || x->nfacts != y->nfacts)
		return false;
	for (i = 0; x->facts != y->facts && i < x->nfacts; i++)
		if (x->facts[i].path != y->facts[i].path ||
		    x->facts[i].sha256 != y->facts[i].sha256 ||
		    x->facts[i].version != y->facts[i].version ||
		    x->facts[i].at != y->facts[i].at)
			return false;
	return true;
}

static enum copl_status note_facts(struct recording *c, struct copl_row *row,
    const struct copl_ledger_entry *e, bool *drop)
{
	enum copl_status st;
	char *digest;

	*drop = *row->facts != '\0' && e->facts != NULL;
	if (e->facts == NULL)
		return COPL_OK;
	if (c->like != NULL && is_same_list(c->like, e)) {
		row->facts = c->digest;
		return COPL_OK;
	}
	digest = copl_arena_alloc(c->a, COPL_HEX);
	if (digest == NULL)
		return COPL_E_NOMEM;
	st = copl_facts_digest(e->facts, e->nfacts, digest);
	row->facts = digest;
	c->like = st == COPL_OK ? e : NULL;
	c->digest = digest;
	return st;
}

/* The row as it is after the entry; its chain not yet. */
static enum copl_status apply(struct recording *c, struct copl_row *row,
    const struct copl_ledger_entry *e, bool *drop)
{
	const struct copl_ledger_standing *s = &e->standing;
	bool moved = row->exists && strcmp(row->url, s->url) != 0;
	enum copl_status st;

	if (!row->exists)
		copl_row_fresh(s->endpoint, s->url, row);
	st = note_facts(c, row, e, drop);
	if (moved) {
		const char *facts = e->facts == NULL ? "" : row->facts;

		*drop = true;
		copl_row_forget(row);
		row->facts = facts;
	}
	row->url = s->url;
	row->state = s->status;
	row->reason = s->reason;
	row->sent = (int64_t)s->version;
	row->at = s->at;
	/* Nobody had said what it is to get. */
	if (row->target == 0) {
		row->target = row->sent;
		row->seal = seal_of(e);
	}
	row->failures = s->failures;
	row->since = s->since;
	row->next_at = s->next_at;
	row->attempts++;
	row->worker = "";
	row->lease_until = 0;
	if (e->receipt != NULL)
		row->receipt = receipt_text(e->receipt, c->a);
	if (strcmp(s->status, COPL_LEDGER_DELIVERED) == 0)
		note_delivery(row, e, seal_of(e));
	return row->receipt == NULL ? COPL_E_NOMEM : st;
}

/*
 * Was this very row written by a try whose end was not heard?  Then all of it
 * was, for a transaction is all or nothing.
 */
static bool is_written(
    const struct copl_row *row, const struct copl_ledger_audit *audit)
{
	return audit->hash != NULL && row->exists &&
	       strcmp(row->head, audit->hash) == 0;
}

static bool is_lost(const struct recording *c, const struct copl_row *row)
{
	return *c->worker != '\0' &&
	       (!row->exists || strcmp(row->worker, c->worker) != 0);
}

/* What happens to each row; those with nothing to write are left out. */
static enum copl_status decide(struct recording *c, size_t *n)
{
	enum copl_status st = COPL_OK;
	size_t i;

	*n = 0;
	for (i = 0; st == COPL_OK && i < c->n; i++) {
		struct copl_row *row = &c->rows[i];
		struct copl_ledger_entry *e = &c->entries[i];

		c->ids[i] = NULL;
		e->lost = false;
		if (is_written(row, &c->audits[i]))
			continue;
		e->lost = is_lost(c, row);
		if (e->lost)
			continue;
		c->ids[i] = e->standing.endpoint;
		(*n)++;
		st = apply(c, row, e, &c->drop[i]);
		if (st == COPL_OK)
			st = copl_audit_next(row, e->standing.at,
			    e->standing.status, c->worker, c->a, &c->audits[i]);
	}
	return st;
}

static enum copl_status put_rows(
    struct copl_ledger *l, struct recording *c, struct copl_cell *cells)
{
	size_t i, k = 0;

	for (i = 0; i < c->n; i++)
		if (c->ids[i] != NULL)
			copl_row_cells(
			    &c->rows[i], cells + COPL_ROW_CELLS * k++);
	return copl_ledger_run(l, COPL_SQL_PUT, cells, k, NULL, NULL);
}

static enum copl_status put_audits(
    struct copl_ledger *l, struct recording *c, struct copl_cell *cells)
{
	size_t i, k = 0;

	for (i = 0; i < c->n; i++)
		if (c->ids[i] != NULL)
			copl_audit_cells(&c->audits[i], cells + 8 * k++);
	return copl_ledger_run(l, COPL_SQL_AUDIT_ADD, cells, k, NULL, NULL);
}

static enum copl_status drop_facts(
    struct copl_ledger *l, struct recording *c, struct copl_cell *cells)
{
	size_t i, k = 0;

	for (i = 0; i < c->n; i++)
		if (c->ids[i] != NULL && c->drop[i])
			cells[k++] = copl_cell_text(c->ids[i]);
	return copl_ledger_run(l, COPL_SQL_FACTS_DROP, cells, k, NULL, NULL);
}

static enum copl_status add_facts(struct copl_ledger *l, struct recording *c)
{
	struct copl_cell *cells;
	enum copl_status st;
	size_t i, k, n = 0;

	for (i = 0; i < c->n; i++)
		n += c->ids[i] == NULL ? 0 : c->entries[i].nfacts;
	cells = calloc(n + 1, COPL_FACT_CELLS * sizeof(*cells));
	if (cells == NULL)
		return COPL_E_NOMEM;
	for (n = i = 0; i < c->n; i++)
		for (k = 0; c->ids[i] != NULL && k < c->entries[i].nfacts;
		     k++) {
			const struct copl_ledger_fact *f =
			    &c->entries[i].facts[k];

			cells[n++] = copl_cell_text(c->ids[i]);
			cells[n++] = copl_cell_text(f->path);
			cells[n++] = copl_cell_text(f->sha256);
			cells[n++] = copl_cell_number((int64_t)f->version);
			cells[n++] = copl_cell_number(f->at);
		}
	st = copl_facts_put(l, cells, n / COPL_FACT_CELLS);
	free(cells);
	return st;
}

static enum copl_status record(struct copl_ledger *l, void *arg)
{
	struct recording *c = arg;
	struct copl_cell *cells = calloc(c->n, COPL_ROW_CELLS * sizeof(*cells));
	enum copl_status st = COPL_E_NOMEM;
	size_t i, n = 0;

	if (cells == NULL)
		goto out;
	for (i = 0; i < c->n; i++)
		c->ids[i] = c->entries[i].standing.endpoint;
	st = copl_rows_load(l, c->ids, c->n, 0, c->a, c->rows);
	if (st == COPL_OK)
		st = decide(c, &n);
	if (st == COPL_OK && n > 0)
		st = put_rows(l, c, cells);
	if (st == COPL_OK && n > 0)
		st = drop_facts(l, c, cells);
	if (st == COPL_OK && n > 0)
		st = add_facts(l, c);
	if (st == COPL_OK && n > 0)
		st = put_audits(l, c, cells);
out:
	free(cells);
	return st;
}

static int by_endpoint(const void *a, const void *b)
{
	const struct copl_ledger_entry *l = a, *r = b;

	return strcmp(l->standing.endpoint, r->standing.endpoint);
}

enum copl_status copl_ledger_record_all(struct copl_ledger *l,
    const char *worker, struct copl_ledger_entry *entries, size_t n,
    struct copl_reporter *r)
{
	struct recording c = {
	    .worker = or_empty(worker), .entries = entries, .n = n};
	enum copl_status st = COPL_E_NOMEM;

	if (n == 0)
		return COPL_OK;
	/* Rows are locked in one order by all, so that none waits in a ring. */
	qsort(entries, n, sizeof(*entries), by_endpoint);
	c.a = copl_arena_new();
	if (c.a == NULL)
		return COPL_E_NOMEM;
	c.ids = copl_arena_alloc(c.a, n * sizeof(*c.ids));
	c.rows = copl_arena_alloc(c.a, n * sizeof(*c.rows));
	c.audits = copl_arena_alloc(c.a, n * sizeof(*c.audits));
	c.drop = copl_arena_alloc(c.a, n * sizeof(*c.drop));
	if (c.ids != NULL && c.rows != NULL && c.audits != NULL &&
	    c.drop != NULL)
		st = copl_ledger_do(l, record, &c, r);
	copl_arena_free(c.a);
	return st;
}

enum copl_status copl_ledger_record(struct copl_ledger *l,
    const struct copl_ledger_standing *s, const struct copl_ledger_fact *facts,
    size_t n, struct copl_reporter *r)
{
	struct copl_ledger_entry entry = {
	    .standing = *s, .facts = facts, .nfacts = facts == NULL ? 0 : n};

	return copl_ledger_record_all(l, NULL, &entry, 1, r);
}
