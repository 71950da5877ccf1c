/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL10N_DELIVER_H
#define COPL10N_DELIVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <copl10n/diag.h>
#include <copl10n/status.h>

#pragma GCC visibility push(default)
#ifdef __cplusplus
extern "C" {
#endif

struct copl_push_options {
	const char *dir; /* project folder */
	const char *release; /* folder of one release, e.g. releases/latest */
	const char *ledger; /* SQLite file; made if missing */
	const char *const *to; /* endpoint ids; @nto 0: all */
	size_t nto;
	int64_t now; /* seconds since 1970 */
	unsigned attempts; /* tries per endpoint in this run, at least 1 */
	bool dry_run; /* tell the plan, send nothing */
	bool draft; /* the release may be a draft */
};

/**
 * Bring a release to every endpoint that does not hold it yet.
 *
 * An endpoint gets the set of its recipient, file by file over one
 * connection, its manifest last.  What the ledger knows to be there costs no
 * request.  A draft is not sent without @draft.  One endpoint's trouble does
 * not stop the others.  Tells events "plan", "delivered", "unchanged",
 * "waiting", "refused" per endpoint and "pushed" at the end.
 *
 * @return COPL_OK (every endpoint holds the release), COPL_E_INCOMPLETE
 *         (some wait: the next push goes on), COPL_E_REFUSED,
 *         COPL_E_LOCKED, COPL_E_TRUST (the release does not verify),
 *         COPL_E_INVALID, COPL_E_IO or COPL_E_NOMEM
 */
enum copl_status copl_push(const struct copl_push_options *options,
    const struct copl_sink *sink) __attribute__((warn_unused_result));

#ifdef __cplusplus
}
#endif
#pragma GCC visibility pop
#endif
