/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "ledger/ledger_priv.h"

struct rebuilding {
	const struct copl_ledger_rebuilding *how;
	const struct copl_ledger_task *task; /* NULL: nobody's any more */
	const char *endpoint;
	const struct copl_ledger_found *found;
	struct copl_arena *a;
	struct copl_ledger_audit last;
	bool has_last;
};

static enum copl_status on_last(
    void *arg, size_t item, const struct copl_cell *cells)
{
	struct rebuilding *b = arg;

	(void)item;
	b->has_last = copl_audit_read(cells, b->a, &b->last);
	return b->has_last ? COPL_OK : COPL_E_NOMEM;
}

/* The log goes on behind the last row that is there, torn off or not. */
static enum copl_status find_end(
    struct copl_ledger *l, struct rebuilding *b, struct copl_row *row)
{
	const struct copl_cell params[] = {copl_cell_text(b->endpoint)};
	enum copl_status st;

	b->has_last = false;
	st = copl_ledger_run(l, COPL_SQL_AUDIT_LAST, params, 1, on_last, b);
	if (!row->exists)
		copl_row_fresh(b->endpoint, "-", row);
	row->seq = b->has_last ? (int64_t)b->last.seq : 0;
	row->head = b->has_last ? b->last.hash : "";
	return st;
}

/* Files that it holds, of which release we know not: that one comes again. */
static void note_found(struct rebuilding *b, struct copl_row *row)
{
	const struct copl_ledger_found *f = b->found;
	const bool same = row->held == (int64_t)f->version && f->version != 0;
	const int64_t since = same ? row->held_since : 0;

	copl_row_forget(row);
	row->at = b->how->now;
	row->failures = 0;
	row->since = 0;
	row->next_at = 0;
	row->reason = f->code;
	row->state = COPL_LEDGER_NEW;
	if (f->version == 0)
		return;
	row->state = COPL_LEDGER_DELIVERED;
	row->sent = (int64_t)f->version;
	row->held = (int64_t)f->version;
	row->held_seal = f->seal == NULL ? "" : f->seal;
	row->held_since = since != 0 ? since : b->how->now;
	/* A ledger from a backup may know less than its endpoints. */
	if (row->target < row->held) {
		row->target = row->held;
		row->seal = row->held_seal;
	} else if (row->target != row->held ||
		   (*row->seal != '\0' &&
		       strcmp(row->seal, row->held_seal) != 0))
		row->state = COPL_LEDGER_NEW;
}

static enum copl_status put_facts(
    struct copl_ledger *l, const struct rebuilding *b)
{
	const struct copl_ledger_found *f = b->found;
	const struct copl_cell id = copl_cell_text(b->endpoint);
	struct copl_cell *cells = calloc(f->nfacts + 1, 5 * sizeof(*cells));
	enum copl_status st;
	size_t i;

	if (cells == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < f->nfacts; i++) {
		cells[5 * i] = id;
		cells[5 * i + 1] = copl_cell_text(f->facts[i].path);
		cells[5 * i + 2] = copl_cell_text(f->facts[i].sha256);
		cells[5 * i + 3] =
		    copl_cell_number((int64_t)f->facts[i].version);
		cells[5 * i + 4] = copl_cell_number(f->facts[i].at);
	}
	st = copl_ledger_run(l, COPL_SQL_FACTS_DROP, &id, 1, NULL, NULL);
	if (st == COPL_OK)
		st = copl_facts_put(l, cells, f->nfacts);
	free(cells);
	return st;
}

/* Switched off stays switched off, if its log says so too. */
static bool is_switched_off(
    const struct rebuilding *b, const struct copl_row *row)
{
	static const char *const events[] = {
	    COPL_LEDGER_GONE, "disabled", "rebuilt"};
	size_t i;

	if (!b->has_last || strcmp(row->state, COPL_LEDGER_GONE) != 0)
		return false;
	for (i = 0; i < COPL_COUNT(events); i++)
		if (strcmp(b->last.event, events[i]) == 0)
			return true;
	return false;
}

static enum copl_status describe(struct rebuilding *b, struct copl_row *row)
{
	struct copl_strbuf text = COPL_STRBUF_INIT(COPL_LEDGER_TEXT_MAX / 2);
	char *digest = copl_arena_alloc(b->a, COPL_HEX);
	enum copl_status st;

	if (digest == NULL)
		return COPL_E_NOMEM;
	if (b->task != NULL)
		row->url = b->task->url;
	if (row->exists && is_switched_off(b, row)) {
		const char *reason = row->reason;

		note_found(b, row);
		row->state = COPL_LEDGER_GONE;
		row->reason = reason;
	} else
		note_found(b, row);
	row->worker = "";
	row->lease_until = 0;
	st = copl_facts_digest(b->found->facts, b->found->nfacts, digest);
	row->facts = digest;
	if (b->found->receipt != NULL) {
		copl_audit_receipt(&text, b->found->receipt);
		row->receipt = copl_arena_strdup(b->a, copl_strbuf_text(&text));
		copl_strbuf_clear(&text);
	}
	return row->receipt == NULL ? COPL_E_NOMEM : st;
}

static enum copl_status write_one(struct copl_ledger *l, void *arg)
{
	struct rebuilding *b = arg;
	struct copl_cell cells[COPL_ROW_CELLS];
	struct copl_ledger_audit audit;
	struct copl_row row = {0};
	enum copl_status st =
	    copl_rows_load(l, &b->endpoint, 1, b->how->now, b->a, &row);

	if (st == COPL_OK)
		st = find_end(l, b, &row);
	if (st == COPL_OK)
		st = describe(b, &row);
	if (st == COPL_OK)
		st = copl_audit_next(&row, b->how->now, "rebuilt",
		    b->how->worker == NULL ? "" : b->how->worker, b->a, &audit);
	copl_row_cells(&row, cells);
	if (st == COPL_OK)
		st = copl_ledger_run(l, COPL_SQL_PUT, cells, 1, NULL, NULL);
	if (st == COPL_OK)
		st = put_facts(l, b);
	copl_audit_cells(&audit, cells);
	if (st == COPL_OK)
		st = copl_ledger_run(
		    l, COPL_SQL_AUDIT_ADD, cells, 1, NULL, NULL);
	return st;
}

static enum copl_status rebuild_one(struct copl_ledger *l,
    const struct copl_ledger_rebuilding *how, const char *endpoint,
    const struct copl_ledger_task *task, struct copl_reporter *r)
{
	struct copl_ledger_found found = {.code = NULL};
	struct rebuilding b = {.how = how,
	    .task = task,
	    .endpoint = endpoint,
	    .found = &found,
	    .a = copl_arena_new()};
	enum copl_status st = COPL_OK;

	if (b.a == NULL)
		return COPL_E_NOMEM;
	if (task != NULL)
		st = how->ask(how->arg, task, b.a, r, &found);
	if (st == COPL_OK)
		st = copl_ledger_do(l, write_one, &b, r);
	copl_arena_free(b.a);
	return st;
}

/* ---- endpoints that only the ledger knows: what was recorded of them counts
 * no more, and their logs say so ---- */

struct listing {
	struct copl_arena *a;
	struct copl_map tasks;
	const char **ids;
	size_t n, room;
};

static enum copl_status on_id(
    void *arg, size_t item, const struct copl_cell *cells)
{
	struct listing *g = arg;
	const char **ids;
	size_t known;

	(void)item;
	if (copl_map_get(&g->tasks, cells[0].text, &known))
		return COPL_OK;
	ids = copl_grow(g->ids, g->n, &g->room, sizeof(*ids));
	if (ids == NULL)
		return COPL_E_NOMEM;
	g->ids = ids;
	ids[g->n] = copl_arena_strdup(g->a, cells[0].text);
	return ids[g->n++] == NULL ? COPL_E_NOMEM : COPL_OK;
}

static enum copl_status list_others(struct copl_ledger *l, void *arg)
{
	struct listing *g = arg;
	enum copl_status st;

	g->n = 0;
	st = copl_ledger_run(l, COPL_SQL_ROWS, NULL, 1, on_id, g);
	/* One whose standing was taken out has a log, or facts. */
	if (st == COPL_OK)
		st = copl_ledger_run(l, COPL_SQL_STRAYS, NULL, 1, on_id, g);
	return st;
}

static enum copl_status forget_others(struct copl_ledger *l,
    const struct copl_ledger_rebuilding *how,
    const struct copl_ledger_task *tasks, size_t n, struct copl_reporter *r)
{
	struct listing g = {.a = copl_arena_new()};
	enum copl_status st = g.a == NULL ? COPL_E_NOMEM : COPL_OK;
	size_t i;

	for (i = 0; st == COPL_OK && i < n; i++)
		if (!copl_map_put(&g.tasks, tasks[i].endpoint, i, NULL))
			st = COPL_E_NOMEM;
	if (st == COPL_OK)
		st = copl_ledger_look(l, list_others, &g, r);
	for (i = 0; st == COPL_OK && i < g.n; i++)
		st = rebuild_one(l, how, g.ids[i], NULL, r);
	copl_map_free(&g.tasks);
	free(g.ids);
	copl_arena_free(g.a);
	return st;
}

enum copl_status copl_ledger_rebuild(struct copl_ledger *l,
    const struct copl_ledger_rebuilding *how,
    const struct copl_ledger_task *tasks, size_t n, struct copl_reporter *r)
{
	enum copl_status st = forget_others(l, how, tasks, n, r);
	size_t i;

	for (i = 0; st == COPL_OK && i < n; i++)
		st = rebuild_one(l, how, tasks[i].endpoint, &tasks[i], r);
	return st;
}

/* ---- a file that is none ---- */

static enum copl_status open_and_check(const char *where,
    struct copl_reporter *r, struct copl_ledger **out, bool *damaged)
{
	enum copl_status st = copl_ledger_open_how(where, r, out, damaged);

	if (st != COPL_OK || (*out)->store->check == NULL)
		return st;
	st = (*out)->store->check(*out);
	if (st == COPL_OK)
		return st;
	*damaged = (*out)->damaged;
	st = copl_ledger_say(*out, st, r);
	copl_ledger_close(*out);
	*out = NULL;
	return st;
}

/* "ledger.sqlite", "-wal" and "-shm" get a longer name, the first one last. */
static enum copl_status set_aside(const char *where, int64_t now,
    struct copl_arena *a, struct copl_reporter *r, const char **moved)
{
	static const char *const parts[] = {"-shm", "-wal", ""};
	char at[COPL_INSTANT_SIZE];
	const char *from, *to = NULL;
	size_t i;

	copl_instant_format(now, at);
	for (i = 0; i < COPL_COUNT(parts); i++) {
		from = copl_arena_printf(a, "%s%s", where, parts[i]);
		to = copl_arena_printf(
		    a, "%s.damaged-%s%s", where, at, parts[i]);
		if (from == NULL || to == NULL)
			return COPL_E_NOMEM;
		if (rename(from, to) == 0 || errno == ENOENT)
			continue;
		copl_report(r, COPL_ERROR, "ledger-open",
		    (struct copl_place){where, 0, 0},
		    _("the damaged file cannot be kept under another name: "
		      "%s"),
		    strerror(errno));
		return COPL_E_IO;
	}
	*moved = to;
	return COPL_OK;
}

enum copl_status copl_ledger_open_to_rebuild(const char *where, int64_t now,
    struct copl_arena *a, struct copl_reporter *r, struct copl_ledger **out,
    const char **moved)
{
	struct copl_reporter first;
	enum copl_status st;
	bool damaged = false;

	*moved = NULL;
	/* Told, unless it is why a new file is made. */
	copl_reporter_init(&first, r->sink);
	st = open_and_check(where, &first, out, &damaged);
	if (st == COPL_OK || !damaged || copl_ledger_is_shared(where)) {
		copl_reporter_move(r, &first);
		return st;
	}
	copl_reporter_drop(&first);
	st = set_aside(where, now, a, r, moved);
	return st == COPL_OK ? copl_ledger_open(where, r, out) : st;
}
