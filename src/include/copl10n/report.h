/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL10N_REPORT_H
#define COPL10N_REPORT_H

#include <stdint.h>
#include <copl10n/diag.h>
#include <copl10n/status.h>

#pragma GCC visibility push(default)
#ifdef __cplusplus
extern "C" {
#endif

struct copl_report_options {
	const char *dir; /* project folder */
	const char *release; /* folder of one release, e.g. releases/latest */
	const char *ledger; /* who holds what; one that is missing knows
			     * nothing, and is not made */
	const char *output; /* page to write; NULL: none */
	/* Language of the page, a tag or a catalog's name such as "fr"; NULL:
	 * that of the process */
	const char *lang;
	int64_t now; /* seconds since 1970 */
};

/**
 * Report who holds what since when, as one page for people who were not
 * there, such as a Member State.
 *
 * Tells event "report-endpoint" for each endpoint, with fields endpoint,
 * recipient, kind, name, url, state ("holds", "waits", "refused", "gone",
 * "dead", "not-tried"), version and since (of what it holds; "" nothing),
 * tried and reason; "report-left-out" for each language that the release
 * leaves out, with lang and reason; "report-fallback" with form, lang and
 * texts; and last "report" with fields version, draft, created, expires,
 * manifest (its SHA-256), endpoints, one count for each state, and file.
 *
 * @return COPL_OK, whoever holds what; COPL_E_INVALID, COPL_E_PARSE,
 *         COPL_E_TRUST (the release does not verify), COPL_E_IO or
 *         COPL_E_NOMEM
 */
enum copl_status copl_delivery_report(const struct copl_report_options *options,
    const struct copl_sink *sink) __attribute__((warn_unused_result));

#ifdef __cplusplus
}
#endif
#pragma GCC visibility pop
#endif
