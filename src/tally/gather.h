/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_TALLY_GATHER_H
#define COPL_TALLY_GATHER_H

#include "answers/seal.h"
#include "tally/csv.h"
#include "tally/folder.h"

/*
 * Every stored answer once: read, opened where it is sealed, compared with
 * its copies, and handed on.  What cannot be is listed.
 */
struct tally_gathered {
	size_t answers; /* handed on */
	size_t duplicates; /* further copies of one answer */
	size_t conflicts; /* the same id with another answer */
	size_t invalid; /* files that were left out */
	size_t unread; /* files that could not be read; any may be an answer */
	size_t sealed; /* files that wait for a key */
};

/*
 * false: this answer cannot be counted, and that was said.  path is its file's.
 */
typedef enum copl_status tally_take_fn(void *arg,
    const struct copl_answer_record *record, const struct tally_file *file,
    const char *path, struct copl_reporter *r);

struct tally_gather {
	const char *const *dirs;
	size_t ndirs;
	const char *key; /* NULL: sealed answers are left out, and listed */
	const char *passphrase;
	const char *scratch;
	bool settle; /* first finish what a server that was killed began */
	bool quiet; /* copies are not told of */
	tally_take_fn *take; /* other than COPL_OK or _INVALID: ends it all */
	void *arg;
};
/*
 * Findings: tally-foreign, tally-name, tally-sealed, tally-conflict (a
 * warning), answer-*, answers-*, xml-*, io-*.  Tells event tally-duplicate.
 */
enum copl_status tally_gather(const struct tally_gather *how,
    struct copl_reporter *r, struct tally_gathered *out) COPL_MUST_CHECK;

#endif
