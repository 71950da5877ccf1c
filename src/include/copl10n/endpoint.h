/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL10N_ENDPOINT_H
#define COPL10N_ENDPOINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <copl10n/diag.h>
#include <copl10n/status.h>

#pragma GCC visibility push(default)
#ifdef __cplusplus
extern "C" {
#endif

struct copl_endpoint_options {
	const char *dir; /* project folder */
	const char *ledger; /* as of copl_push() */
	const char *const *ids; /* endpoints; @nids 0: all */
	size_t nids;
	int64_t now; /* seconds since 1970 */
};

/**
 * Tell what the project and the ledger say of its endpoints: an event
 * "endpoint" each, with "endpoint", "recipient", "driver", "auth", "state",
 * "holds", "since" and "url".  A ledger that is not there says nothing.
 *
 * @return COPL_OK, COPL_E_INVALID, COPL_E_IO, COPL_E_LOCKED or COPL_E_NOMEM
 */
enum copl_status copl_endpoint_list(const struct copl_endpoint_options *options,
    const struct copl_sink *sink) __attribute__((warn_unused_result));

/**
 * Ask the endpoints whether a push would get there: secret, name, TLS, user,
 * and what is there now.  Nothing is written anywhere.  An event "checked"
 * each, with "endpoint", "recipient", "driver", "state", "holds", "allow",
 * "peer" and "url"; findings say what is wrong.
 *
 * @return COPL_OK when all are well, COPL_E_INCOMPLETE when time may heal
 *         what is not, COPL_E_REFUSED when somebody must act; or as above
 */
enum copl_status copl_endpoint_check(
    const struct copl_endpoint_options *options, const struct copl_sink *sink)
    __attribute__((warn_unused_result));

/**
 * Switch endpoints off, or on again, in the ledger, which is made if missing.
 * Pushes pass over those that are off.  @reason is kept; NULL: none.
 * Events "enabled" or "disabled".
 *
 * @return as copl_endpoint_list()
 */
enum copl_status copl_endpoint_switch(
    const struct copl_endpoint_options *options, bool on, const char *reason,
    const struct copl_sink *sink) __attribute__((warn_unused_result));

#ifdef __cplusplus
}
#endif
#pragma GCC visibility pop
#endif
