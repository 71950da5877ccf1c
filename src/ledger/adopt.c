/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "ledger/ledger_priv.h"

/* Rows of a ledger that had no audit log yet. */
struct adopting {
	struct copl_ledger *l;
	struct copl_arena *a;
	struct copl_row *rows;
	size_t n, room;
	struct copl_ledger_fact *facts; /* of one endpoint */
	size_t nfacts, facts_room;
};

static enum copl_status on_row(
    void *arg, size_t item, const struct copl_cell *cells)
{
	struct adopting *d = arg;
	struct copl_row *rows =
	    copl_grow(d->rows, d->n, &d->room, sizeof(*rows));

	(void)item;
	if (rows == NULL)
		return COPL_E_NOMEM;
	d->rows = rows;
	return copl_row_read(cells, d->a, &rows[d->n++]) ? COPL_OK
							 : COPL_E_NOMEM;
}

static enum copl_status on_fact(
    void *arg, size_t item, const struct copl_cell *cells)
{
	struct adopting *d = arg;
	struct copl_ledger_fact *facts, *f;

	(void)item;
	if (cells[1].text == NULL)
		return COPL_OK;
	facts = copl_grow(d->facts, d->nfacts, &d->facts_room, sizeof(*facts));
	if (facts == NULL)
		return COPL_E_NOMEM;
	d->facts = facts;
	f = &facts[d->nfacts++];
	f->path = copl_arena_strdup(d->a, cells[1].text);
	f->sha256 = copl_arena_strdup(d->a, cells[2].text);
	f->version = (uint64_t)cells[3].number;
	f->at = cells[4].number;
	return f->path == NULL || f->sha256 == NULL ? COPL_E_NOMEM : COPL_OK;
}

static enum copl_status adopt_one(struct adopting *d, struct copl_row *row)
{
	const struct copl_cell params[] = {
	    copl_cell_text(row->endpoint), copl_cell_text(row->url)};
	struct copl_cell cells[COPL_ROW_CELLS];
	struct copl_ledger_audit audit;
	char digest[COPL_HEX];
	enum copl_status st;

	d->nfacts = 0;
	st = copl_ledger_run(d->l, COPL_SQL_FACTS, params, 1, on_fact, d);
	if (st == COPL_OK)
		st = copl_facts_digest(d->facts, d->nfacts, digest);
	if (st != COPL_OK)
		return st;
	row->facts = digest;
	st = copl_audit_next(row, row->at, "adopted", "", d->a, &audit);
	copl_row_cells(row, cells);
	if (st == COPL_OK)
		st = copl_ledger_run(d->l, COPL_SQL_PUT, cells, 1, NULL, NULL);
	copl_audit_cells(&audit, cells);
	if (st == COPL_OK)
		st = copl_ledger_run(
		    d->l, COPL_SQL_AUDIT_ADD, cells, 1, NULL, NULL);
	return st;
}

enum copl_status copl_ledger_adopt(struct copl_ledger *l)
{
	struct adopting d = {.l = l, .a = copl_arena_new()};
	enum copl_status st = COPL_E_NOMEM;
	size_t i;

	if (d.a != NULL)
		st = copl_ledger_run(l, COPL_SQL_ROWS, NULL, 1, on_row, &d);
	for (i = 0; st == COPL_OK && i < d.n; i++)
		st = adopt_one(&d, &d.rows[i]);
	free(d.rows);
	free(d.facts);
	copl_arena_free(d.a);
	return st;
}
