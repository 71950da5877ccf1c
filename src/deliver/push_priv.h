/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_PUSH_PRIV_H
#define COPL_PUSH_PRIV_H

#include "deliver/blobs.h"
#include "deliver/deliver.h"
#include "deliver/job.h"
#include "deliver/schedule.h"
#include "net/net.h"

/* Where an endpoint stands in this run. */
enum spot_state {
	SPOT_NEW, /* it does not hold the release as far as we know */
	SPOT_CLAIMED, /* it is ours to bring it there */
	SPOT_DELIVERED,
	SPOT_UNCHANGED, /* it held the release already */
	SPOT_LATER, /* it failed lately, and its time has not come */
	SPOT_WAITING, /* it failed in this run, or was not reached in time */
	SPOT_REFUSED,
	SPOT_GONE,
	SPOT_DEAD
};
#define SPOT_STATES 9

/* Why it gets something. */
enum spot_why {
	WHY_NEW, /* nothing is known of it */
	WHY_RELEASE, /* it holds another release */
	WHY_MOVED, /* its address is another one */
	WHY_FAILED, /* it did not work last time */
	WHY_UNPROVEN /* it took something and did not prove it */
};

/* How it was proven, as the ledger has it. */
#define PROOF_RECEIPT "receipt"
#define PROOF_READBACK "readback"
#define PROOF_PLACED "placed" /* we put it there ourselves */
#define PROOF_NONE "unproven" /* it took something, and nobody knows */

struct place;

/* One endpoint. */
struct spot {
	const struct copl_endpoint *endpoint;
	struct copl_set *set;
	const char *etag; /* of its manifest, as the ledger knows it; NULL */
	unsigned char *files; /* COPL_FILE_*, once it was planned */
	size_t planned;
	uint64_t bytes;
	enum spot_state state;
	enum spot_why why;
	bool alone; /* nobody else is at its origin */
	bool look; /* a run ended before it had proved what it took */
	/* what the ledger says */
	uint64_t held; /* version */
	unsigned failures;
	int64_t since;
	int64_t next_at;
	const char *reason; /* of the last failure; NULL */
	struct turn *turn; /* while its job goes on */
};

/* What is kept of a job from one try to the next. */
struct turn {
	struct copl_job job;
	struct place *place; /* NULL: it waits for one */
	uint64_t begun_ms;
	struct copl_net_access access;
	unsigned requests;
	unsigned failures; /* that were worth another try */
	unsigned local; /* that were ours */
	bool refreshed; /* the secret was read anew */
};

struct pushing {
	const struct copl_project *project;
	const struct copl_push_options *options;
	struct copl_reporter *r;
	struct copl_arena *arena;
	struct copl_ledger *ledger;
	bool shared; /* the ledger: by other pushers too */
	char worker[COPL_LEDGER_WORKER];
	struct copl_set *sets; /* one a recipient, empty when not needed */
	uint64_t version;
	struct spot *spots;
	size_t nspots;
	struct copl_map ids; /* of endpoints, to their spots */
	size_t count[SPOT_STATES];
	size_t unreached; /* that were not tried to the end */
	uint64_t began_ms;
};

/* Seconds since 1970, as the run sees them. */
int64_t push_now(const struct pushing *p);
void push_set_state(struct pushing *p, struct spot *s, enum spot_state to);

/* ---- roster.c: who is there, and what each needs ---- */

bool push_wants(
    const struct copl_push_options *o, const struct copl_endpoint *e);
enum copl_status roster_make(struct pushing *p) COPL_MUST_CHECK;
/* Reads the ledger; what needs nothing is told. */
enum copl_status roster_sort(struct pushing *p) COPL_MUST_CHECK;
/* Which files these endpoints get, by their facts. */
enum copl_status roster_plan(
    struct pushing *p, struct spot *const *spots, size_t n) COPL_MUST_CHECK;
/* Enters everybody into the ledger. */
enum copl_status roster_enlist(struct pushing *p) COPL_MUST_CHECK;
/* What other pushers have brought there meanwhile. */
enum copl_status roster_look_again(struct pushing *p) COPL_MUST_CHECK;

/* ---- run.c ---- */

enum copl_status push_run(struct pushing *p) COPL_MUST_CHECK;

/* ---- dry.c ---- */

enum copl_status push_dry_run(struct pushing *p) COPL_MUST_CHECK;

/* ---- told.c: events ---- */

void tell_plan(const struct pushing *p, const struct spot *s);
void tell_at_rest(const struct pushing *p, const struct spot *s);
void tell_attempt(const struct pushing *p, const struct spot *s,
    const struct copl_ask *ask, unsigned try, const char *answer);
void tell_retry(const struct pushing *p, const struct spot *s, uint64_t ms);
void tell_breaker(const struct pushing *p, const struct spot *s, uint64_t ms);
/* code: of the finding that says why it does not hold the release; NULL. */
void tell_outcome(const struct pushing *p, const struct spot *s,
    const char *code, const char *proof);
void tell_progress(
    const struct pushing *p, const struct spot *slowest, const char *last_code);
void tell_end(const struct pushing *p);

/* ---- verdict.c: how it ended, in words ---- */

struct verdict {
	enum spot_state state;
	const char *code; /* why it is not delivered; NULL: it is */
	bool spared; /* it was not at fault: nothing is counted against it */
};
/* Reports the finding.  The answer is the last one. */
struct verdict verdict_of(const struct pushing *p, const struct spot *s,
    const struct copl_net_answer *a);
/* It was not tried, or was broken off. */
struct verdict verdict_dropped(enum copl_schedule_why why);

/* ---- brought.c: what we had brought to an endpoint ---- */

/*
 * The manifest there is another one than that of the release: when the
 * ledger's log of the endpoint has it as ours, *h becomes KNOWN or OLDER.
 */
enum copl_status brought_before(const struct pushing *p, const struct spot *s,
    const struct copl_net_answer *a, struct copl_hearing *h) COPL_MUST_CHECK;

/* ---- record.c: what goes into the ledger, a few at a time ---- */

struct records;
enum copl_status records_new(struct pushing *p, struct records **out)
    COPL_MUST_CHECK;
void records_free(struct records *w);
/* a NULL: nothing was asked.  again_ms: not to be asked before, from now. */
enum copl_status records_add(struct records *w, struct spot *s,
    const struct verdict *v, const struct copl_net_answer *a, uint64_t again_ms,
    const char *proof) COPL_MUST_CHECK;
/* When it should be flushed at the latest; UINT64_MAX: nothing is there. */
uint64_t records_due_ms(const struct records *w);
enum copl_status records_flush(struct records *w) COPL_MUST_CHECK;

#endif
