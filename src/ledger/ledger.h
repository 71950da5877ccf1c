/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_LEDGER_H
#define COPL_LEDGER_H

#include "base/base.h"

/*
 * Who provably holds what, and who is to get what next.  A fact is recorded
 * only when the endpoint has given the manifest back; what is not in the
 * ledger is sent again, which is always safe.
 *
 * One ledger serves one pusher at a time (a file) or many (a PostgreSQL
 * database): these share the tasks by claims.  A claim is a lease; when its
 * holder dies, the lease ends and another takes the task over.  Leases are
 * timed by the database's own clock where there is one, so the clocks of
 * pushers do not matter; with a file @now is that clock.
 *
 * Every change of a standing is a row of the audit log as well, which only
 * grows: one chain of hashes for each endpoint.
 *
 * Findings of all functions that take a reporter: ledger-io, ledger-locked,
 * ledger-damaged, ledger-full, ledger-read-only; of PostgreSQL ledger-lost
 * too.  Statuses: COPL_E_IO, COPL_E_LOCKED, COPL_E_NOMEM, COPL_E_LIMIT.
 */
struct copl_ledger;

/* States of an endpoint; the words are stored. */
#define COPL_LEDGER_NEW "new" /* nothing was tried yet for its target */
#define COPL_LEDGER_DELIVERED "delivered"
#define COPL_LEDGER_WAITING "waiting" /* tried; again at next_at */
#define COPL_LEDGER_REFUSED "refused" /* for this run; the next push asks */
#define COPL_LEDGER_GONE "gone" /* 410, or switched off: until enabled */
#define COPL_LEDGER_DEAD "dead" /* only failures for days: on request */

struct copl_ledger_fact {
	const char *path; /* below the endpoint's address */
	const char *sha256;
	uint64_t version; /* of the release that brought it */
	int64_t at; /* seconds since 1970 */
};

/* What an endpoint answered when it had proved what it holds. */
struct copl_ledger_receipt {
	unsigned status; /* of the last answer */
	const char *etag; /* texts may be NULL */
	const char *repr_digest;
	const char *peer; /* "203.0.113.7:443" */
	const char *server_date;
	unsigned requests;
	uint64_t bytes;
	uint64_t ms;
	const char *verified_by; /* "receipt", "readback" ... */
};

/*
 * How the last run ended for an endpoint.  Whoever records fills in the first
 * part; the second is what the ledger makes of it.
 */
struct copl_ledger_standing {
	const char *endpoint; /* its id */
	const char *url; /* facts count only for this address */
	const char *status; /* a state */
	const char *reason; /* a finding's code; NULL */
	uint64_t version; /* of the release that was sent */
	int64_t at;
	const char *seal; /* SHA-256 of the set's manifest; NULL: not said */
	unsigned failures; /* runs in a row without a delivery */
	int64_t since; /* when the first of them was; 0: none */
	int64_t next_at; /* not tried before */

	uint64_t target; /* version it is to get; 0: none was enlisted */
	uint64_t held; /* version it provably holds; 0: none */
	const char *held_seal;
	int64_t held_since;
	unsigned attempts; /* runs in all */
	const char *worker; /* who has claimed it; "" nobody */
	int64_t lease_until;
	const char *facts; /* digest over its facts */
	const char *receipt; /* "key=value key=value", see copl_ledger_value */
};

/*
 * Is it an address of a database ("postgresql://…", "postgres://…") rather
 * than a file?
 */
bool copl_ledger_is_shared(const char *where);

/*
 * Opens the file, made with its folder if missing, or the database, whose
 * tables are made if missing; NULL: one in memory that knows nothing.  A
 * ledger of an older version is brought up to date, in one transaction.
 * Findings: ledger-open, ledger-damaged, ledger-foreign, ledger-newer,
 * ledger-postgresql, ledger-address.
 */
enum copl_status copl_ledger_open(const char *where, struct copl_reporter *r,
    struct copl_ledger **out) COPL_MUST_CHECK;
/*
 * To look only: nothing is made, and a file that may not be written will do.
 * Findings besides: ledger-missing, ledger-older.
 */
enum copl_status copl_ledger_open_to_read(const char *where,
    struct copl_reporter *r, struct copl_ledger **out) COPL_MUST_CHECK;
void copl_ledger_close(struct copl_ledger *l);
/* What findings call it: the address without its password; "" in memory. */
const char *copl_ledger_name(const struct copl_ledger *l);

/* "host:pid" of this process, which no other live pusher has. */
#define COPL_LEDGER_WORKER 96
void copl_ledger_worker(char out[COPL_LEDGER_WORKER]);

/* ---- tasks ---- */

struct copl_ledger_task {
	const char *endpoint;
	const char *url;
	const char *origin; /* "https://h:443"; NULL: not said */
	uint64_t version; /* target */
	const char *seal; /* target: SHA-256 of the set's manifest; NULL */
	const char *state; /* what follows is the ledger's answer */
	unsigned failures;
	int64_t since;
	int64_t next_at;
	unsigned attempts;
	uint64_t held; /* version it holds at this address; 0: none */
	int64_t lease_until;
};

struct copl_ledger_enlisting {
	const char *worker;
	int64_t now;
	bool retry_dead; /* "dead" ones are tried again */
};
/*
 * Says what each endpoint is to get: in few statements, in one transaction.
 * One that holds the very set (version and seal are those recorded) stays
 * "delivered" and is no task; "gone" and "dead" stay so; another address
 * takes all facts away; "refused" is tried again; who waits goes on waiting.
 * One that is leased to another worker keeps its target.
 */
enum copl_status copl_ledger_enlist(struct copl_ledger *l,
    const struct copl_ledger_enlisting *how,
    const struct copl_ledger_task *tasks, size_t n, struct copl_reporter *r)
    COPL_MUST_CHECK;

struct copl_ledger_claiming {
	const char *worker;
	uint64_t version; /* tasks of this release only */
	int64_t now; /* clock of leases where the ledger has none */
	int64_t due; /* tasks with next_at up to here; INT64_MAX: all */
	int64_t lease_s; /* seconds */
	size_t most;
	const char *const *only; /* endpoint ids; nonly 0: all */
	size_t nonly;
};
/*
 * Tasks for this worker: "new" or "waiting", due, and nobody's or of a lease
 * that is over.  No two workers ever get the same task at one time.  In the
 * arena; *n 0: nothing is due (others may still be at work).
 */
enum copl_status copl_ledger_claim(struct copl_ledger *l,
    const struct copl_ledger_claiming *how, struct copl_arena *a,
    struct copl_reporter *r, struct copl_ledger_task **out, size_t *n)
    COPL_MUST_CHECK;
/* All leases of the worker that are not over last lease_s from now. */
enum copl_status copl_ledger_renew(struct copl_ledger *l, const char *worker,
    int64_t now, int64_t lease_s, struct copl_reporter *r) COPL_MUST_CHECK;
/* Gives all claims of the worker back, e.g. when it is stopped. */
enum copl_status copl_ledger_release(struct copl_ledger *l, const char *worker,
    struct copl_reporter *r) COPL_MUST_CHECK;
/*
 * What is left of a release: tasks that are due by then and nobody's, those
 * under lease, those that wait longer, and the first moment at which one of
 * either becomes free (0: none is).
 */
struct copl_ledger_left {
	size_t due;
	size_t leased;
	size_t later;
	int64_t first;
};
enum copl_status copl_ledger_left(struct copl_ledger *l, uint64_t version,
    int64_t now, int64_t due, struct copl_reporter *r,
    struct copl_ledger_left *out) COPL_MUST_CHECK;

/* ---- facts and records ---- */

/*
 * What the endpoint holds at that address, sorted by path, in the arena.
 * Another address than the recorded one holds nothing that we know of.
 * Facts that are not those recorded are refused as ledger-damaged.
 */
enum copl_status copl_ledger_facts(struct copl_ledger *l, const char *endpoint,
    const char *url, struct copl_arena *a, struct copl_reporter *r,
    struct copl_ledger_fact **out, size_t *n) COPL_MUST_CHECK;

/* The same for many at once, e.g. for what was claimed. */
struct copl_ledger_holding {
	const char *endpoint; /* asked with these two */
	const char *url;
	struct copl_ledger_fact *facts;
	size_t nfacts;
};
enum copl_status copl_ledger_holdings(struct copl_ledger *l,
    struct copl_ledger_holding *list, size_t n, struct copl_arena *a,
    struct copl_reporter *r) COPL_MUST_CHECK;

struct copl_ledger_entry {
	struct copl_ledger_standing standing;
	/*
	 * Take the place of all the endpoint's facts; NULL: those stay,
	 * unless the address has changed.
	 */
	const struct copl_ledger_fact *facts;
	size_t nfacts;
	const struct copl_ledger_receipt *receipt; /* NULL: there is none */
	bool lost; /* answer: not recorded, another worker has the task */
};
/*
 * Notes how runs ended, in one transaction: all of them durably or none.
 * Ends the claims of these tasks.  What was delivered is not what the
 * endpoint is to get by now?  Then it is "new" again.  An entry whose lease
 * was over and which another worker has taken is not recorded.
 */
enum copl_status copl_ledger_record_all(struct copl_ledger *l,
    const char *worker, struct copl_ledger_entry *entries, size_t n,
    struct copl_reporter *r) COPL_MUST_CHECK;
/* The same for one, by nobody in particular. */
enum copl_status copl_ledger_record(struct copl_ledger *l,
    const struct copl_ledger_standing *s, const struct copl_ledger_fact *facts,
    size_t n, struct copl_reporter *r) COPL_MUST_CHECK;

/* Every endpoint's standing, sorted by id, in the arena. */
enum copl_status copl_ledger_standings(struct copl_ledger *l,
    struct copl_arena *a, struct copl_reporter *r,
    struct copl_ledger_standing **out, size_t *n) COPL_MUST_CHECK;

/*
 * Switches an endpoint off ("gone", with the reason) or on again: then it is
 * "new", whatever it was, with no failures.  COPL_E_NOTFOUND: the ledger does
 * not know it.
 */
enum copl_status copl_ledger_switch(struct copl_ledger *l, const char *worker,
    const char *endpoint, bool on, const char *reason, int64_t now,
    struct copl_reporter *r) COPL_MUST_CHECK;

/* ---- the audit log ---- */

struct copl_ledger_audit {
	const char *endpoint;
	uint64_t seq; /* 1, 2, 3 ... for each endpoint */
	int64_t at;
	const char *event; /* a state, "moved", "enabled", "disabled" ... */
	const char *worker;
	const char *text; /* "key=value key=value" */
	const char *prev; /* hash of the row before */
	const char *hash; /* SHA-256 over all of the above */
};
/* Rows of an endpoint since then, oldest first; at most 100 000. */
enum copl_status copl_ledger_history(struct copl_ledger *l,
    const char *endpoint, int64_t since, struct copl_arena *a,
    struct copl_reporter *r, struct copl_ledger_audit **out, size_t *n)
    COPL_MUST_CHECK;
/*
 * The value of a key in a text of an audit row or in a receipt, in the
 * arena; NULL: it has none, or memory is out.
 */
const char *copl_ledger_value(
    const char *text, const char *key, struct copl_arena *a);

struct copl_ledger_verified {
	size_t endpoints;
	size_t chains;
	size_t audits; /* rows of all chains */
	size_t facts;
	size_t problems;
};
/*
 * Walks all chains and holds standings and facts against them.  Findings:
 * ledger-audit-changed, ledger-audit-order, ledger-audit-removed,
 * ledger-audit-torn, ledger-endpoint-removed, ledger-fact-changed,
 * ledger-standing-changed; as warnings when the ledger was rebuilt since.
 * COPL_E_TRUST: there is a problem.
 */
enum copl_status copl_ledger_verify(struct copl_ledger *l,
    struct copl_reporter *r, struct copl_ledger_verified *out) COPL_MUST_CHECK;

/* ---- what endpoints say themselves ---- */

/* What an endpoint was found to hold. */
struct copl_ledger_found {
	bool answered;
	const char *code; /* of the finding when it did not; NULL */
	uint64_t version; /* of the release it holds whole; 0: of none */
	const char *seal;
	const struct copl_ledger_fact *facts; /* may be some of its files */
	size_t nfacts;
	const struct copl_ledger_receipt *receipt; /* NULL: none */
};
/*
 * Asks one endpoint, changing nothing there; *out is zeroed and may hold what
 * lives in the arena.  Another status than COPL_OK ends the rebuilding.
 */
typedef enum copl_status copl_ledger_ask_fn(void *arg,
    const struct copl_ledger_task *t, struct copl_arena *a,
    struct copl_reporter *r, struct copl_ledger_found *out);

struct copl_ledger_rebuilding {
	const char *worker;
	int64_t now;
	copl_ledger_ask_fn *ask;
	void *arg;
};
/*
 * Writes anew what the endpoints of these tasks hold, one after the other;
 * what was recorded of them, and of others in the ledger, counts no more.
 * Each log goes on with a row "rebuilt".
 */
enum copl_status copl_ledger_rebuild(struct copl_ledger *l,
    const struct copl_ledger_rebuilding *how,
    const struct copl_ledger_task *tasks, size_t n, struct copl_reporter *r)
    COPL_MUST_CHECK;
/*
 * To rebuild: a file that is no sound ledger is kept under another name, with
 * those that belong to it, and a new one made.  *moved: that name, in the
 * arena; NULL: nothing was moved.
 */
enum copl_status copl_ledger_open_to_rebuild(const char *where, int64_t now,
    struct copl_arena *a, struct copl_reporter *r, struct copl_ledger **out,
    const char **moved) COPL_MUST_CHECK;

#endif
