/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_REVIEW_H
#define COPL_REVIEW_H

#include "catalog/catalog.h"

/*
 * The review record, po/<form>/<lang>.review: who looked at which translation
 * of which source.  A PO file cannot say that; the absence of "fuzzy" says
 * only that nobody doubted.
 */

#define COPL_REVIEW_MAX ((size_t)64 << 20)

/* In this order: a later state is worth more. */
enum copl_review_state {
	COPL_REVIEW_NONE, /* no translation, or a fuzzy one */
	COPL_REVIEW_DRAFT, /* written by a machine, or not meant to last */
	COPL_REVIEW_TRANSLATED, /* nobody vouched for it */
	COPL_REVIEW_REVIEWED, /* a second person compared it with its source */
	COPL_REVIEW_APPROVED /* somebody with the right to do so signed it off
			      */
};

/* SHA-256 of a text, the first 16 bytes in hexadecimal. */
#define COPL_REVIEW_HASH_SIZE 33

/* One row: what was said about one pair of texts.  Strings are the record's. */
struct copl_review_row {
	const char *id; /* msgctxt */
	const char *source; /* hash of msgid (and msgid_plural) */
	const char *translation; /* hash of all msgstr */
	enum copl_review_state state;
	const char *origin; /* "human", "reuse", "machine", ... */
	const char *date; /* "2027-01-11" */
	const char *role; /* "reviewer"; "": not said */
	const char *who; /* a name; "": not said */
	size_t line;
};

struct copl_review {
	struct copl_arena *arena;
	const char *file;
	struct copl_review_row *rows; /* by id, then source, then translation */
	size_t nrows;
};

/*
 * Findings: review-syntax, review-version, io-*.  A file that is not there is
 * an empty record.  The caller owns *out.
 */
enum copl_status copl_review_load(const char *path, struct copl_reporter *r,
    struct copl_review **out) COPL_MUST_CHECK;
void copl_review_free(struct copl_review *rv);

/* What the record says about a message as it stands now. */
struct copl_review_verdict {
	enum copl_review_state
	    state; /* not in the record: TRANSLATED at most */
	const struct copl_review_row *row; /* of this very pair; NULL: none */
	/*
	 * This translation was reviewed or approved for another source of the
	 * same id: whoever changed the one forgot the other.  NULL: no.
	 */
	const struct copl_review_row *stale;
};
void copl_review_judge(const struct copl_review *rv,
    const struct copl_message *m, struct copl_review_verdict *out);

/* "reviewed", as the record says it. */
const char *copl_review_state_name(enum copl_review_state state);
bool copl_review_state_parse(const char *name, enum copl_review_state *out);

#endif
