/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_FETCH_SEEN_H
#define COPL_FETCH_SEEN_H

#include "bundle/bundle.h"

/*
 * What the address called the manifest that it gave last, so that the next
 * fetch can ask whether there is another one.  Only a hint: without it the
 * manifest is asked for.
 */
struct copl_seen {
	char url[2048];
	char etag[160];
	char sha256[COPL_SHA256_HEX];
};

/* Empty fields when there is none, or when it cannot be understood. */
enum copl_status copl_seen_load(const char *dir, struct copl_seen *out)
    COPL_MUST_CHECK;
/* Nothing is lost when it cannot be written. */
void copl_seen_save(const char *dir, const struct copl_seen *s);

#endif
