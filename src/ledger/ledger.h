/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_LEDGER_H
#define COPL_LEDGER_H

#include "base/base.h"

/*
 * Who provably holds what.  A fact is recorded only when the endpoint has
 * given the manifest back; what is not in the ledger is sent again, which
 * is always safe.
 */
struct copl_ledger;

struct copl_ledger_fact {
	const char *path; /* below the endpoint's address */
	const char *sha256;
	uint64_t version; /* of the release that brought it */
	int64_t at; /* seconds since 1970 */
};

/* How the last run ended for an endpoint. */
struct copl_ledger_standing {
	const char *endpoint; /* its id */
	const char *url; /* facts count only for this address */
	const char *status; /* "delivered", "waiting" or "refused" */
	const char *reason; /* a finding's code; NULL */
	uint64_t version; /* of the release that was sent */
	int64_t at;
};

/*
 * Opens the file, made with its folder if missing; NULL: one in memory that
 * knows nothing.  Findings: ledger-open, ledger-damaged, ledger-newer.
 */
enum copl_status copl_ledger_open(const char *path, struct copl_reporter *r,
    struct copl_ledger **out) COPL_MUST_CHECK;
void copl_ledger_close(struct copl_ledger *l);

/*
 * What the endpoint holds at that address, sorted by path, in the arena.
 * Another address than the recorded one holds nothing that we know of.
 */
enum copl_status copl_ledger_facts(struct copl_ledger *l, const char *endpoint,
    const char *url, struct copl_arena *a, struct copl_reporter *r,
    struct copl_ledger_fact **out, size_t *n) COPL_MUST_CHECK;

/*
 * Notes how a run ended, at once and durably.  With facts they take the
 * place of all the endpoint's facts; without (facts NULL) those stay, unless
 * the address has changed.
 */
enum copl_status copl_ledger_record(struct copl_ledger *l,
    const struct copl_ledger_standing *s, const struct copl_ledger_fact *facts,
    size_t n, struct copl_reporter *r) COPL_MUST_CHECK;

/* Every endpoint's standing, sorted by id, in the arena. */
enum copl_status copl_ledger_standings(struct copl_ledger *l,
    struct copl_arena *a, struct copl_reporter *r,
    struct copl_ledger_standing **out, size_t *n) COPL_MUST_CHECK;

#endif
