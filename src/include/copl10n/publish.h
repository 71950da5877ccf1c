/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL10N_PUBLISH_H
#define COPL10N_PUBLISH_H

#include <stdbool.h>
#include <stdint.h>
#include <copl10n/diag.h>
#include <copl10n/status.h>

#pragma GCC visibility push(default)
#ifdef __cplusplus
extern "C" {
#endif

struct copl_publish_options {
	const char *release; /* folder of a release */
	const char *dir; /* what the web server shows; made if missing */
	const char *recipient; /* only its set, right into dir; NULL: all */
	int64_t now; /* seconds since 1970 */
	bool draft; /* it may be a draft */
	bool prune; /* forget what only older than the last three had */
};

/**
 * Lay a release out for any host that only hands out files: a web server, a
 * bucket, a content delivery network.
 *
 * Every recipient's set is in a folder of its own, once by plain names for
 * browsers and once by names made of digests, which never change; files that
 * compress have a .gz beside them.  Everything is written before the manifest
 * that names it, so that readers see the old set or the new one.  What is
 * there already is left alone, and what is damaged is put right.
 *
 * An older release than the one that is there is refused, as is another one
 * with the same number, one that has expired, and what belongs to another
 * project or recipient.  Tells event "published" or "unchanged" with fields
 * version, path, recipient, files, written, removed, draft.
 *
 * @return COPL_OK, COPL_E_TRUST, COPL_E_INVALID, COPL_E_IO, COPL_E_LIMIT,
 *         COPL_E_LOCKED or COPL_E_NOMEM
 */
enum copl_status copl_publish(const struct copl_publish_options *options,
    const struct copl_sink *sink) __attribute__((warn_unused_result));

#ifdef __cplusplus
}
#endif
#pragma GCC visibility pop
#endif
