/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_SECRET_H
#define COPL_SECRET_H

#include "base/base.h"

/* Passwords and tokens, from wherever they are kept to where they are used. */

#define COPL_SECRET_MAX 16384 /* bytes */

/* Whoever has one zeroes it after use. */
struct copl_secret_text {
	char raw[COPL_SECRET_MAX + 1];
	size_t len; /* more than COPL_SECRET_MAX: it is too long */
};

/*
 * All that a file has, and nobody but its owner, and its group to read, may
 * have rights to it.  pipe: it may be one, and the descriptor of one.
 * COPL_E_IO with the finding secret-missing, COPL_E_INVALID with
 * secret-readable, both at the place.
 */
enum copl_status copl_secret_read_file(const char *path, bool pipe,
    struct copl_place at, struct copl_reporter *r, struct copl_secret_text *out)
    COPL_MUST_CHECK;
/* All that comes from there within ten seconds; false leaves errno. */
bool copl_secret_read_fd(int fd, struct copl_secret_text *out) COPL_MUST_CHECK;
/* The finding for what could not be read; prefix: "fd:" or "". */
void copl_secret_missing(const char *prefix, const char *where, int error,
    struct copl_place at, struct copl_reporter *r);
/*
 * Takes line ends away behind it, and leaves no control characters but line
 * feeds: else false and the finding secret-shape.
 */
bool copl_secret_check(struct copl_secret_text *s, struct copl_place at,
    struct copl_reporter *r) COPL_MUST_CHECK;

#endif
