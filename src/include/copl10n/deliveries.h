/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL10N_DELIVERIES_H
#define COPL10N_DELIVERIES_H

#include <stddef.h>
#include <stdint.h>
#include <copl10n/diag.h>
#include <copl10n/status.h>

#pragma GCC visibility push(default)
#ifdef __cplusplus
extern "C" {
#endif

struct copl_deliveries_options {
	const char *ledger; /* file, or "postgresql://…" */
	const char *const *endpoints; /* ids; @nendpoints 0: all */
	size_t nendpoints;
	const char *state; /* "waiting", "dead" ...; NULL: all */
	int64_t since; /* changed since then; 0: ever */
};

/**
 * Tell who provably holds which version, and what is to come.
 *
 * Without @endpoints an event "delivery" for each endpoint, sorted by id:
 * endpoint, url, state, holds (a version), since, version (of the last run),
 * at, target, next, reason, failures, failing-since, runs, worker; and
 * "deliveries" with the number of each state.  With @endpoints, "audit" for
 * every row of their logs: endpoint, seq, at, event, worker, holds, reason,
 * peer, text, hash.  Instants are RFC 3339; what is not known is empty.
 * Nothing is written.
 *
 * @return COPL_OK, COPL_E_NOTFOUND (an endpoint that the ledger does not
 *         know), COPL_E_INVALID, COPL_E_IO, COPL_E_LOCKED or COPL_E_NOMEM
 */
enum copl_status copl_deliveries(const struct copl_deliveries_options *options,
    const struct copl_sink *sink) __attribute__((warn_unused_result));

/**
 * Check that nothing in the ledger was changed, taken out or put elsewhere
 * behind its back: every log is a chain of hashes, and standings and facts
 * must be what their log says last.  Event "verified": endpoints, rows,
 * files, problems.
 *
 * @return COPL_OK, COPL_E_TRUST (it was; see findings), COPL_E_INVALID,
 *         COPL_E_IO, COPL_E_LOCKED or COPL_E_NOMEM
 */
enum copl_status copl_deliveries_verify(const char *ledger,
    const struct copl_sink *sink) __attribute__((warn_unused_result));

struct copl_rebuild_options {
	const char *dir; /* project folder */
	const char *ledger;
	const char *releases; /* folder of the releases that were delivered */
	int64_t now; /* seconds since 1970 */
};

/**
 * Ask every endpoint of the project what it holds, and write that into the
 * ledger in place of what stands there; nothing is sent.
 *
 * An endpoint holds a release when each of its files there is the file of that
 * release.  A file that is no sound ledger any more is kept under another
 * name.  Events: "moved" (path), "found" (endpoint, url, holds, files) for
 * each endpoint and "rebuilt" (endpoints, whole, part, silent) at the end.
 *
 * @return COPL_OK, COPL_E_INCOMPLETE (some did not answer: the next push sends
 *         them everything), COPL_E_LOCKED, COPL_E_INVALID, COPL_E_IO or
 *         COPL_E_NOMEM
 */
enum copl_status copl_deliveries_rebuild(
    const struct copl_rebuild_options *options, const struct copl_sink *sink)
    __attribute__((warn_unused_result));

#ifdef __cplusplus
}
#endif
#pragma GCC visibility pop
#endif
