/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "ledger/ledger_priv.h"

/* So many rows away a row is looked for that stands in a wrong place. */
#define NEAR 64
/* Findings about one chain; what comes behind them says no more. */
#define PROBLEMS_MAX 8

/* One thing that is wrong with a chain, told at its end. */
struct problem {
	const char *code;
	char text[400];
	bool known; /* the ledger was rebuilt behind it */
};

struct verifying {
	struct copl_ledger *l;
	struct copl_reporter *r;
	struct copl_arena *a; /* of all rows of endpoints */
	struct copl_row *rows;
	size_t n, room;
	struct copl_map index;
	bool *chained; /* endpoints that have a chain */
	bool *holding; /* ... and facts */
	/* the chain that is being walked */
	struct copl_arena *chain; /* two rows of it at most */
	struct copl_ledger_audit last;
	bool open;
	bool doubtful; /* the last row is not what it was */
	struct problem problems[PROBLEMS_MAX];
	size_t nproblems;
	/* facts of one endpoint */
	struct copl_arena *held;
	const char *holder;
	struct copl_ledger_fact *facts;
	size_t nfacts, facts_room;
	struct copl_ledger_verified *out;
};

static void problem(struct verifying *v, const char *code, const char *fmt, ...)
    COPL_PRINTF(3, 4);
static void problem(struct verifying *v, const char *code, const char *fmt, ...)
{
	struct problem *p;
	va_list args;

	if (v->nproblems == PROBLEMS_MAX)
		return;
	p = &v->problems[v->nproblems++];
	p->code = code;
	p->known = false;
	va_start(args, fmt);
	vsnprintf(p->text, sizeof(p->text), fmt, args);
	va_end(args);
	p->text[copl_utf8_valid(p->text, strlen(p->text))] = '\0';
}

/* Damage that was there when the ledger was rebuilt is told, not counted. */
static void tell_problems(struct verifying *v, const char *endpoint)
{
	size_t i;

	for (i = 0; i < v->nproblems; i++) {
		const struct problem *p = &v->problems[i];

		copl_report(v->r, p->known ? COPL_WARNING : COPL_ERROR, p->code,
		    copl_ledger_place(v->l), "%s: %s%s", endpoint, p->text,
		    p->known ? _(" (known: the ledger was rebuilt since)")
			     : "");
		v->out->problems += !p->known;
	}
	v->nproblems = 0;
}

/* ---- a row against itself and the row before ---- */

/* The number that the row's own hash says it has; 0: it says none near. */
static uint64_t true_place(const struct copl_ledger_audit *row)
{
	struct copl_ledger_audit moved = *row;
	char hash[COPL_HEX];
	uint64_t i;

	for (i = row->seq > NEAR ? row->seq - NEAR : 1; i <= row->seq + NEAR;
	     i++) {
		moved.seq = i;
		if (copl_audit_hash(&moved, hash) == COPL_OK &&
		    strcmp(hash, row->hash) == 0)
			return i;
	}
	return 0;
}

static enum copl_status check_row(
    struct verifying *v, const struct copl_ledger_audit *row)
{
	const uint64_t next = v->open ? v->last.seq + 1 : 1;
	char hash[COPL_HEX];
	enum copl_status st = copl_audit_hash(row, hash);
	uint64_t place;

	if (st != COPL_OK)
		return st;
	if (row->seq != next)
		problem(v, "ledger-audit-removed",
		    _("rows %" PRIu64 " to %" PRIu64
		      " of its log were taken out"),
		    next, row->seq - 1);
	if (strcmp(hash, row->hash) != 0) {
		v->doubtful = true;
		place = true_place(row);
		if (place != 0)
			problem(v, "ledger-audit-order",
			    _("row %" PRIu64 " of its log stood in place "
			      "%" PRIu64),
			    row->seq, place);
		else
			problem(v, "ledger-audit-changed",
			    _("row %" PRIu64 " of its log was changed "
			      "afterwards"),
			    row->seq);
		return COPL_OK;
	}
	if (row->seq == next && !v->doubtful &&
	    strcmp(row->prev, v->open ? v->last.hash : "") != 0)
		problem(v, "ledger-audit-changed",
		    _("row %" PRIu64 " of its log was not written behind the "
		      "row that stands before it"),
		    row->seq);
	v->doubtful = false;
	return COPL_OK;
}

/* ---- the end of a chain against what the ledger says now ---- */

static bool same_value(
    const char *x, const char *y, const char *key, struct copl_arena *a)
{
	const char *p = copl_ledger_value(x, key, a);
	const char *q = copl_ledger_value(y, key, a);

	return strcmp(p == NULL ? "" : p, q == NULL ? "" : q) == 0;
}

/* Names of what differs between two texts, "a, b". */
static void differing(
    const char *x, const char *y, struct copl_arena *a, char *out, size_t room)
{
	static const char *const keys[] = {"url", "reason", "version", "holds",
	    "seal", "held-since", "facts", "failures", "failing-since", "runs",
	    "status", "verified-by", "repr-digest", "etag", "peer",
	    "server-date", "requests", "bytes", "ms"};
	size_t i, n = 0;

	out[0] = '\0';
	for (i = 0; i < COPL_COUNT(keys) && n < room; i++)
		if (!same_value(x, y, keys[i], a))
			n += (size_t)snprintf(out + n, room - n, "%s%s",
			    n > 0 ? ", " : "", keys[i]);
}

/* Which of the states may stand where the log ends with this event? */
static bool is_state_of(const char *state, const char *event)
{
	bool stopped = strcmp(state, COPL_LEDGER_GONE) == 0 ||
		       strcmp(state, COPL_LEDGER_DEAD) == 0;

	if (strcmp(event, "disabled") == 0)
		return strcmp(state, COPL_LEDGER_GONE) == 0;
	if (strcmp(event, COPL_LEDGER_GONE) == 0)
		return strcmp(state, event) == 0;
	if (strcmp(event, "rebuilt") == 0)
		return strcmp(state, COPL_LEDGER_DEAD) != 0;
	/* An enlisting may make any other state "new" or "delivered". */
	return !stopped || strcmp(state, event) == 0;
}

static enum copl_status check_end(
    struct verifying *v, const struct copl_row *row)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(COPL_LEDGER_TEXT_MAX);
	const char *text;
	char keys[200];
	enum copl_status st;

	copl_audit_text(&b, row);
	st = b.st;
	text = copl_strbuf_text(&b);
	if (v->last.seq < (uint64_t)row->seq)
		problem(v, "ledger-audit-torn",
		    _("its log ends with row %" PRIu64 ", but %" PRId64
		      " were written: the end was torn off. cop-l10n "
		      "deliveries rebuild asks the endpoint what it holds and "
		      "goes on from there"),
		    v->last.seq, row->seq);
	else if (v->last.seq > (uint64_t)row->seq)
		problem(v, "ledger-standing-changed",
		    _("its standing is of row %" PRId64 " of its log, which "
		      "goes on to row %" PRIu64),
		    row->seq, v->last.seq);
	else if (strcmp(v->last.hash, row->head) != 0)
		problem(v, "ledger-audit-changed",
		    _("the last row of its log, %" PRIu64 ", is not the one "
		      "that was written"),
		    v->last.seq);
	else if (st == COPL_OK && strcmp(text, v->last.text) != 0) {
		differing(text, v->last.text, v->chain, keys, sizeof(keys));
		problem(v, "ledger-standing-changed",
		    _("its standing is not what its log says (%s)"), keys);
	} else if (!is_state_of(row->state, v->last.event))
		problem(v, "ledger-standing-changed",
		    _("it is \"%s\", but its log ends with \"%s\""), row->state,
		    v->last.event);
	copl_strbuf_clear(&b);
	return st;
}

static enum copl_status end_chain(struct verifying *v)
{
	enum copl_status st = COPL_OK;
	size_t i;

	if (!v->open)
		return COPL_OK;
	v->out->chains++;
	if (copl_map_get(&v->index, v->last.endpoint, &i)) {
		v->chained[i] = true;
		st = check_end(v, &v->rows[i]);
	} else
		problem(v, "ledger-endpoint-removed",
		    _("it has a log, but its standing was taken out"));
	tell_problems(v, v->last.endpoint);
	v->open = false;
	v->doubtful = false;
	return st;
}

/* The row becomes the one before the next, in an arena of its own. */
static enum copl_status remember(
    struct verifying *v, const struct copl_cell *cells)
{
	struct copl_arena *a = copl_arena_new();

	if (a == NULL)
		return COPL_E_NOMEM;
	copl_arena_free(v->chain);
	v->chain = a;
	v->open = copl_audit_read(cells, a, &v->last);
	return v->open ? COPL_OK : COPL_E_NOMEM;
}

static enum copl_status on_audit(
    void *arg, size_t item, const struct copl_cell *cells)
{
	struct verifying *v = arg;
	const struct copl_ledger_audit row = {.endpoint = cells[0].text,
	    .seq = (uint64_t)cells[1].number,
	    .at = cells[2].number,
	    .event = cells[3].text,
	    .worker = cells[4].text,
	    .text = cells[5].text,
	    .prev = cells[6].text,
	    .hash = cells[7].text};
	enum copl_status st = COPL_OK;
	size_t i;

	(void)item;
	if (v->open && strcmp(v->last.endpoint, row.endpoint) != 0)
		st = end_chain(v);
	if (st == COPL_OK)
		st = check_row(v, &row);
	v->out->audits++;
	if (strcmp(row.event, "rebuilt") == 0)
		for (i = 0; i < v->nproblems; i++)
			v->problems[i].known = true;
	return st == COPL_OK ? remember(v, cells) : st;
}

/* ---- facts against the standing ---- */

static enum copl_status end_facts(struct verifying *v)
{
	char digest[COPL_HEX];
	enum copl_status st = COPL_OK;
	size_t i;

	if (v->holder == NULL)
		return COPL_OK;
	st = copl_facts_digest(v->facts, v->nfacts, digest);
	if (!copl_map_get(&v->index, v->holder, &i))
		problem(v, "ledger-fact-changed",
		    _("it has facts, but no standing"));
	else if (st == COPL_OK && strcmp(digest, v->rows[i].facts) != 0)
		problem(v, "ledger-fact-changed",
		    _("what it holds by the ledger, %zu files, is not what "
		      "was recorded"),
		    v->nfacts);
	tell_problems(v, v->holder);
	v->nfacts = 0;
	v->holder = NULL;
	return st;
}

static enum copl_status begin_facts(struct verifying *v, const char *endpoint)
{
	enum copl_status st = end_facts(v);
	size_t i;

	if (st != COPL_OK)
		return st;
	copl_arena_free(v->held);
	v->held = copl_arena_new();
	if (v->held == NULL)
		return COPL_E_NOMEM;
	v->holder = copl_arena_strdup(v->held, endpoint);
	if (copl_map_get(&v->index, endpoint, &i))
		v->holding[i] = true;
	return v->holder == NULL ? COPL_E_NOMEM : COPL_OK;
}

static enum copl_status on_fact(
    void *arg, size_t item, const struct copl_cell *cells)
{
	struct verifying *v = arg;
	struct copl_ledger_fact *facts, *f;
	enum copl_status st = COPL_OK;

	(void)item;
	if (v->holder == NULL || strcmp(v->holder, cells[0].text) != 0)
		st = begin_facts(v, cells[0].text);
	if (st != COPL_OK)
		return st;
	facts = copl_grow(v->facts, v->nfacts, &v->facts_room, sizeof(*facts));
	if (facts == NULL)
		return COPL_E_NOMEM;
	v->facts = facts;
	f = &facts[v->nfacts++];
	f->path = copl_arena_strdup(v->held, cells[1].text);
	f->sha256 = copl_arena_strdup(v->held, cells[2].text);
	f->version = (uint64_t)cells[3].number;
	f->at = cells[4].number;
	v->out->facts++;
	return f->path == NULL || f->sha256 == NULL ? COPL_E_NOMEM : COPL_OK;
}

/* ---- all of it ---- */

static enum copl_status on_row(
    void *arg, size_t item, const struct copl_cell *cells)
{
	struct verifying *v = arg;
	struct copl_row *rows =
	    copl_grow(v->rows, v->n, &v->room, sizeof(*rows));

	(void)item;
	if (rows == NULL)
		return COPL_E_NOMEM;
	v->rows = rows;
	memset(&rows[v->n], 0, sizeof(*rows));
	if (!copl_row_read(cells, v->a, &rows[v->n]) ||
	    !copl_map_put(&v->index, rows[v->n].endpoint, v->n, NULL))
		return COPL_E_NOMEM;
	v->n++;
	return COPL_OK;
}

static enum copl_status load_rows(struct verifying *v)
{
	enum copl_status st =
	    copl_ledger_run(v->l, COPL_SQL_ROWS, NULL, 1, on_row, v);

	if (st != COPL_OK)
		return st;
	v->chained = calloc(v->n + 1, sizeof(*v->chained));
	v->holding = calloc(v->n + 1, sizeof(*v->holding));
	v->out->endpoints = v->n;
	return v->chained == NULL || v->holding == NULL ? COPL_E_NOMEM
							: COPL_OK;
}

/* What the walks through log and facts did not come by. */
static void check_rest(struct verifying *v)
{
	size_t i;

	for (i = 0; i < v->n; i++) {
		const struct copl_row *row = &v->rows[i];

		if (row->seq > 0 && !v->chained[i])
			problem(v, "ledger-audit-torn",
			    _("its log of %" PRId64 " rows is gone: cop-l10n "
			      "deliveries rebuild asks the endpoint what it "
			      "holds and begins a new one"),
			    row->seq);
		if (*row->facts != '\0' && !v->holding[i])
			problem(v, "ledger-fact-changed",
			    _("what it holds by the ledger was taken out"));
		tell_problems(v, row->endpoint);
	}
}

static enum copl_status verify(struct copl_ledger *l, void *arg)
{
	struct verifying *v = arg;
	enum copl_status st = load_rows(v);

	if (st == COPL_OK)
		st = copl_ledger_run(
		    l, COPL_SQL_AUDIT_ALL, NULL, 1, on_audit, v);
	if (st == COPL_OK)
		st = end_chain(v);
	if (st == COPL_OK)
		st =
		    copl_ledger_run(l, COPL_SQL_FACTS_ALL, NULL, 1, on_fact, v);
	if (st == COPL_OK)
		st = end_facts(v);
	if (st == COPL_OK)
		check_rest(v);
	return st;
}

enum copl_status copl_ledger_verify(struct copl_ledger *l,
    struct copl_reporter *r, struct copl_ledger_verified *out)
{
	struct verifying v = {.l = l, .r = r, .out = out};
	enum copl_status st;

	memset(out, 0, sizeof(*out));
	if (l->store->check != NULL) {
		st = copl_ledger_say(l, l->store->check(l), r);
		if (st != COPL_OK)
			return st;
	}
	v.a = copl_arena_new();
	st = v.a == NULL ? COPL_E_NOMEM : verify(l, &v);
	st = copl_ledger_say(l, st, r);
	copl_map_free(&v.index);
	copl_arena_free(v.a);
	copl_arena_free(v.chain);
	copl_arena_free(v.held);
	free(v.rows);
	free(v.chained);
	free(v.holding);
	free(v.facts);
	return st == COPL_OK && out->problems > 0 ? COPL_E_TRUST : st;
}
