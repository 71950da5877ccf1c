/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_LEDGER_PRIV_H
#define COPL_LEDGER_PRIV_H

#include "ledger/ledger.h"

#define COPL_LEDGER_SCHEMA 2
/* More than a release may hold. */
#define COPL_LEDGER_FACTS_MAX 20000
#define COPL_LEDGER_ROWS_MAX 100000
#define COPL_LEDGER_TEXT_MAX 65536
#define COPL_FACT_CELLS 5
#define COPL_FACTS_AT_ONCE 8 /* rows of one statement */
#define COPL_PARAMS_MAX (COPL_FACT_CELLS * COPL_FACTS_AT_ONCE)
#define COPL_HEX 65 /* a SHA-256 in hex, with its NUL */

/*
 * Statements, one text for each kind of store (sql.h).  Parameters and
 * columns stand in the order of these comments; ROW means all columns of an
 * endpoint, as in struct copl_row.
 */
enum copl_sql {
	COPL_SQL_BEGIN,
	COPL_SQL_COMMIT,
	COPL_SQL_ROLLBACK,
	COPL_SQL_ROW, /* endpoint, now -> ROW, leased */
	COPL_SQL_ROWS, /* -> ROW */
	COPL_SQL_IDS, /* -> endpoint */
	COPL_SQL_ADD, /* ROW, unless there is one */
	COPL_SQL_PUT, /* ROW */
	COPL_SQL_FACTS, /* endpoint, url -> digest, path, sha256, version, at */
	COPL_SQL_FACTS_ALL, /* -> endpoint, path, sha256, version, at */
	COPL_SQL_FACTS_DROP, /* endpoint */
	COPL_SQL_FACT_ADD, /* endpoint, path, sha256, version, at */
	COPL_SQL_FACTS_ADD, /* the same, COPL_FACTS_AT_ONCE times */
	COPL_SQL_CLAIM, /* worker, now, lease, version, due, most -> ROW */
	COPL_SQL_CLAIM_ONE, /* worker, now, lease, version, due, id -> ROW */
	COPL_SQL_RENEW, /* worker, now, lease */
	COPL_SQL_RELEASE, /* worker */
	COPL_SQL_LEFT, /* version, now, due -> due, leased, later, first */
	COPL_SQL_AUDIT_ADD, /* the columns of struct copl_ledger_audit */
	COPL_SQL_AUDIT_OF, /* endpoint, since -> the same */
	COPL_SQL_AUDIT_ALL, /* -> the same, by endpoint and seq */
	COPL_SQL_STRAYS, /* -> ids that have a log or facts, but no row */
	COPL_SQL_AUDIT_LAST, /* endpoint -> the same, of the last row */
	COPL_SQL_COUNT
};

struct copl_sql_text {
	const char *text; /* parameters as $1, $2 ...; NULL: as in any store */
	int nparams;
};

/* A parameter or a column: a number, or a text, which may be NULL. */
struct copl_cell {
	const char *text;
	int64_t number;
	bool is_text;
};
static inline struct copl_cell copl_cell_text(const char *s)
{
	return (struct copl_cell){s, 0, true};
}
static inline struct copl_cell copl_cell_number(int64_t n)
{
	return (struct copl_cell){NULL, n, false};
}

/* What a store says when it cannot go on. */
enum copl_trouble {
	COPL_TROUBLE_NONE, /* it is not the store's */
	COPL_TROUBLE_IO,
	COPL_TROUBLE_LOCKED,
	COPL_TROUBLE_DAMAGED,
	COPL_TROUBLE_FULL,
	COPL_TROUBLE_READ_ONLY,
	COPL_TROUBLE_AGAIN, /* the same transaction may go well now */
	COPL_TROUBLE_LOST /* so it may on a new connection */
};

/* A row of the answer to the statement that had the item's parameters. */
typedef enum copl_status copl_row_fn(
    void *arg, size_t item, const struct copl_cell *cells);

/* A store executes statements; it decides nothing. */
struct copl_ledger_store {
	/* Reports by itself; leaves tables of the present version. */
	enum copl_status (*open)(struct copl_ledger *l, const char *where,
	    bool to_read, struct copl_reporter *r);
	void (*close)(struct copl_ledger *l);
	/*
	 * One statement for each of n items; params holds n times what it
	 * takes.  Rows are borrowed.  Notes trouble, reports nothing.
	 */
	enum copl_status (*run)(struct copl_ledger *l, enum copl_sql sql,
	    const struct copl_cell *params, size_t n, copl_row_fn *row,
	    void *arg);
	/* A new connection after COPL_TROUBLE_LOST; NULL: there is none. */
	enum copl_status (*again)(struct copl_ledger *l);
	/* Is it sound, all through?  NULL: that is not for us to ask. */
	enum copl_status (*check)(struct copl_ledger *l);
};

struct copl_ledger {
	const struct copl_ledger_store *store;
	void *db; /* the store's own */
	char *name; /* for findings: without a password */
	bool to_read;
	enum copl_trouble trouble;
	bool damaged; /* the store said so at least once */
	char said[512]; /* what the store said of it */
};

extern const struct copl_ledger_store copl_ledger_sqlite;
extern const struct copl_ledger_store copl_ledger_pg;
extern const struct copl_sql_text copl_sql_sqlite[COPL_SQL_COUNT];
extern const struct copl_sql_text copl_sql_pg[COPL_SQL_COUNT];
/* What a store is asked: in words of its own, or in those that all know. */
const struct copl_sql_text *copl_sql_text(
    const struct copl_sql_text *own, enum copl_sql sql);

/* ---- ledger.c ---- */

static inline struct copl_place copl_ledger_place(const struct copl_ledger *l)
{
	return (struct copl_place){l->name, 0, 0};
}
/* copl_ledger_open(); *damaged: it failed because this is no sound ledger. */
enum copl_status copl_ledger_open_how(const char *where,
    struct copl_reporter *r, struct copl_ledger **out, bool *damaged)
    COPL_MUST_CHECK;
/* Notes what the store said; returns the status for it. */
enum copl_status copl_ledger_trouble(struct copl_ledger *l,
    enum copl_trouble trouble, const char *fmt, ...) COPL_PRINTF(3, 4);
/* Puts the trouble into a finding, if it is the store's. */
enum copl_status copl_ledger_say(
    struct copl_ledger *l, enum copl_status st, struct copl_reporter *r);
/* Finding ledger-newer when its tables are of a later version than ours. */
enum copl_status copl_ledger_check_version(const struct copl_ledger *l,
    int64_t version, struct copl_reporter *r) COPL_MUST_CHECK;
static inline enum copl_status copl_ledger_run(struct copl_ledger *l,
    enum copl_sql sql, const struct copl_cell *params, size_t n,
    copl_row_fn *row, void *arg)
{
	return l->store->run(l, sql, params, n, row, arg);
}

/*
 * Work in one transaction; done once more from its beginning when the store
 * says that this may help, so it must not keep what it had begun.  Reports.
 */
typedef enum copl_status copl_work_fn(struct copl_ledger *l, void *arg);
enum copl_status copl_ledger_do(struct copl_ledger *l, copl_work_fn *work,
    void *arg, struct copl_reporter *r) COPL_MUST_CHECK;
/* The same for work that only looks, without a transaction. */
enum copl_status copl_ledger_look(struct copl_ledger *l, copl_work_fn *work,
    void *arg, struct copl_reporter *r) COPL_MUST_CHECK;

/* ---- row.c: an endpoint as it is stored ---- */

#define COPL_ROW_CELLS 22
struct copl_row {
	const char *endpoint, *url, *origin, *state;
	const char *reason; /* NULL: none */
	int64_t target;
	const char *seal;
	int64_t sent, at, held;
	const char *held_seal;
	int64_t held_since, failures, since, next_at, attempts;
	const char *worker;
	int64_t lease_until;
	const char *facts, *receipt;
	int64_t seq;
	const char *head; /* hash of the last row of its audit chain */
	bool exists;
	bool leased;
};
/* Texts are copied into the arena; false: memory is out. */
bool copl_row_read(const struct copl_cell *cells, struct copl_arena *a,
    struct copl_row *out) COPL_MUST_CHECK;
void copl_row_cells(
    const struct copl_row *row, struct copl_cell out[COPL_ROW_CELLS]);
/* A row for an endpoint that the ledger has not seen. */
void copl_row_fresh(
    const char *endpoint, const char *url, struct copl_row *out);
/* Nothing is known of what it holds any more. */
void copl_row_forget(struct copl_row *row);
/* rows[i] of ids[i]; those that are not there do not exist and have the id. */
enum copl_status copl_rows_load(struct copl_ledger *l, const char *const *ids,
    size_t n, int64_t now, struct copl_arena *a, struct copl_row *rows);

/* ---- facts.c ---- */

/* Adds n rows of facts, COPL_FACT_CELLS cells each. */
enum copl_status copl_facts_put(
    struct copl_ledger *l, const struct copl_cell *cells, size_t n);

/* ---- audit.c ---- */

/* "status=201 etag=…" of a receipt. */
void copl_audit_receipt(
    struct copl_strbuf *b, const struct copl_ledger_receipt *receipt);
/*
 * All that a row claims, but for plans and leases: what the last row of its
 * chain must say, byte for byte.
 */
void copl_audit_text(struct copl_strbuf *b, const struct copl_row *row);
/* Digest over facts in the order of their paths; "" when there are none. */
enum copl_status copl_facts_digest(const struct copl_ledger_fact *facts,
    size_t n, char out[COPL_HEX]) COPL_MUST_CHECK;
/* SHA-256 over all fields but the hash, each behind its length. */
enum copl_status copl_audit_hash(
    const struct copl_ledger_audit *row, char out[COPL_HEX]) COPL_MUST_CHECK;
/*
 * The next row of the chain of an endpoint, in the arena; the endpoint's row
 * then ends with it.
 */
enum copl_status copl_audit_next(struct copl_row *row, int64_t at,
    const char *event, const char *worker, struct copl_arena *a,
    struct copl_ledger_audit *out) COPL_MUST_CHECK;
void copl_audit_cells(
    const struct copl_ledger_audit *row, struct copl_cell out[8]);
bool copl_audit_read(const struct copl_cell *cells, struct copl_arena *a,
    struct copl_ledger_audit *out) COPL_MUST_CHECK;

/* ---- adopt.c ---- */

/* Begins the chains of a ledger that had none; within a transaction. */
enum copl_status copl_ledger_adopt(struct copl_ledger *l) COPL_MUST_CHECK;

#endif
