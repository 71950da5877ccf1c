/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_SERVE_NEGOTIATE_H
#define COPL_SERVE_NEGOTIATE_H

#include "base/base.h"

/*
 * What a request would rather have.  Pure: fields in, choice out; a field
 * that makes no sense is as good as none, because nobody who reads a form
 * has written it.
 */

/* May the answer be in this content coding?  NULL: nothing was said. */
bool negotiate_gzip(const char *accept_encoding);

/* Does the Accept field name text/html? */
bool negotiate_wants_page(const char *accept);

/* A Range field with one range of bytes, and a file of so many. */
enum negotiate_range {
	NEGOTIATE_WHOLE, /* not a range that is served */
	NEGOTIATE_PART,
	NEGOTIATE_OUTSIDE
};
enum negotiate_range negotiate_range(
    const char *range, uint64_t length, uint64_t *from, uint64_t *count);

#endif
