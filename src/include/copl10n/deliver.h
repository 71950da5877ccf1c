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

/** What proves that an endpoint holds what was sent. */
enum copl_push_verify {
	COPL_PUSH_AS_SAID = 0, /* as the project says for the endpoint */
	COPL_PUSH_RECEIPT = 1, /* its digest in the answer, else read back */
	COPL_PUSH_READ_BACK = 2 /* always read back */
};

/* All zero but for the first few is a sensible run. */
struct copl_push_options {
	const char *dir; /* project folder */
	const char *release; /* folder of one release, e.g. releases/latest */
	/* An SQLite file, made if missing, or "postgresql://..." */
	const char *ledger;
	const char *const *to; /* endpoint ids; @nto 0: all */
	size_t nto;
	int64_t now; /* seconds since 1970 */
	unsigned attempts; /* tries per endpoint in this run, at least 1 */
	bool dry_run; /* tell the plan, send nothing */
	bool draft; /* the release may be a draft */
	bool retry_now; /* endpoints that wait for their time as well */
	bool retry_dead; /* those that have only failed for days as well */
	bool force; /* overwrite what somebody else put there */
	enum copl_push_verify verify;
	unsigned jobs; /* endpoints at one time; 0: 50 */
	unsigned per_minute; /* requests to all together; 0: no limit */
	uint64_t bytes_per_s; /* of files, to all together; 0: no limit */
	uint32_t deadline_s; /* nothing starts later; 0: no limit */
	size_t canary; /* so many first, the others if all went well; 0: all */
	/* http://, https://, socks5h:// ...; NULL: none, whatever the
	 * environment says.  Not for this machine's own addresses. */
	const char *proxy;
	/* Stops early and in good order when it can be read; 0 or -1: none. */
	int stop_fd;
};

/**
 * Bring a release to every endpoint that does not hold it yet.
 *
 * An endpoint gets the set of its recipient, file by file over one
 * connection, its manifest last, and has to prove that it holds it.  What the
 * ledger knows to be there costs no request.  A draft is not sent without
 * @draft.  One endpoint's trouble does not stop the others.  Who fails is
 * tried again after minutes at first and a day in the end, by whichever run
 * comes then; who only fails for five days is "dead" and told each time.
 *
 * Tells events "plan" for each endpoint that gets something, "attempt" and
 * "retry" for each request and each wait, "breaker" for a server that is left
 * alone, "progress" now and then; "delivered", "unchanged", "waiting",
 * "refused", "gone" or "dead" for each endpoint; "pushed" at the end.
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
