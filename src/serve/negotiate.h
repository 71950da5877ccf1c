/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_SERVE_NEGOTIATE_H
#define COPL_SERVE_NEGOTIATE_H

#include "base/base.h"

/*
 * What a request would rather have.  Pure: fields in, choice out; a field
 * that makes no sense is as good as none, because nobody who reads a form
 * has written it.
 */

/*
 * Which of the tags fits an Accept-Language field best: lookup as in RFC 4647
 * 3.4, and where a shortened range is no tag itself, the first tag that
 * begins with it ("zh" and zh-Hans).  n: none does.
 */
size_t negotiate_language(
    const char *accept, const char *const *tags, size_t n);

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
