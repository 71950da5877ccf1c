/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_REVIEW_H
#define COPL_REVIEW_H

#include "catalog/catalog.h"

/*
 * The review record, po/<form>/<lang>.review: who looked at which translation
 * of which source.  A PO file cannot say that; the absence of "fuzzy" says
 * only that nobody doubted.
 *
 *	cop-l10n-review 1
 *	# a comment stays above the row that follows it
 *	@signoff <digest> - approved human 2027-01-15 official NAME
 *	consent/text <source> <translation> reviewed human 2027-01-11 reviewer
 *NAME
 *
 * Columns are separated by one TAB.  In the first column a backslash stands
 * before a backslash, "t" for a TAB, "n" for LF, "r" for CR, and before "#" or
 * "@" at its start.  "-" is a role or name that was not said.
 *
 * The file is written sorted.  It is read in any order and with doubled rows,
 * so that a merge of lines (git's "union") of what two people added is a
 * record again.  Of two rows for one pair of texts the one with the later
 * date counts; of one date, the one with the higher state; then the one that
 * comes later in the order of bytes.
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

/* A pair of texts, by their hashes. */
struct copl_review_pair {
	char source[COPL_REVIEW_HASH_SIZE];
	char translation[COPL_REVIEW_HASH_SIZE];
};
/* Plural forms are hashed with a NUL between them. */
void copl_review_pair_of(
    const struct copl_message *m, struct copl_review_pair *out);
/* The hash of len bytes. */
void copl_review_hash(
    const char *bytes, size_t len, char out[COPL_REVIEW_HASH_SIZE]);
/* Its id in the record: the context, or the text where there is none. */
const char *copl_review_id(const struct copl_message *m);

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
	const char *comment; /* lines above it joined by LF; NULL: none */
	size_t line; /* 0: it is new */
};

/* A signature under all texts of a sheet: see copl_signoff_sheet(). */
struct copl_review_signoff {
	const char *digest;
	const char *date;
	const char *role;
	const char *who;
	const char *comment;
	size_t line;
};

struct copl_review {
	struct copl_arena *arena;
	const char *file;
	struct copl_review_row *rows; /* by id, then source, then translation */
	size_t nrows;
	size_t rows_room;
	struct copl_review_signoff *signoffs; /* by date, then digest */
	size_t nsignoffs;
	size_t signoffs_room;
	const char *tail; /* comments behind the last row; NULL: none */
};

/*
 * Findings: review-syntax, review-conflict, review-version, io-*, all at
 * once.  A file that is not there is an empty record.  The caller owns *out.
 */
enum copl_status copl_review_load(const char *path, struct copl_reporter *r,
    struct copl_review **out) COPL_MUST_CHECK;
/* The same from bytes. */
enum copl_status copl_review_read(const char *bytes, size_t len,
    const char *file, struct copl_reporter *r, struct copl_review **out)
    COPL_MUST_CHECK;
void copl_review_free(struct copl_review *rv);

/* The row of a pair; NULL: there is none. */
const struct copl_review_row *copl_review_find(const struct copl_review *rv,
    const char *id, const struct copl_review_pair *pair);
/*
 * Puts a row in the place of the one for the same pair, whatever that says.
 * Strings are copied; "comment" NULL keeps the old one.  Pointers to rows are
 * void afterwards.
 */
enum copl_status copl_review_set(
    struct copl_review *rv, const struct copl_review_row *row) COPL_MUST_CHECK;
enum copl_status copl_review_sign(struct copl_review *rv,
    const struct copl_review_signoff *signoff) COPL_MUST_CHECK;
/*
 * May a name or role stand in a record?  One line of UTF-8 without TAB and
 * control characters, at most 200 bytes, and not "-".
 */
bool copl_review_text_is_good(const char *s);
/* And may an origin?  A word of a-z, digits and "-", at most 32 bytes. */
bool copl_review_origin_is_good(const char *s);
/* The file's bytes: sorted, equal for equal records. */
void copl_review_write(const struct copl_review *rv, struct copl_strbuf *out);
/*
 * Three-way merge of what two people did to a record: rows that either of
 * them changed or added, without those that either of them took out; for one
 * pair that both changed, the rule above.  *out is the caller's.
 */
enum copl_status copl_review_merge(const struct copl_review *base,
    const struct copl_review *ours, const struct copl_review *theirs,
    struct copl_review **out) COPL_MUST_CHECK;

/* What the record says about a message as it stands now. */
struct copl_review_verdict {
	enum copl_review_state
	    state; /* not in the record: TRANSLATED at most */
	const struct copl_review_row *row; /* of this very pair; NULL: none */
	/*
	 * This translation was reviewed or approved for another source of the
	 * same id, and nobody said that it is one of this source too: whoever
	 * changed the one forgot the other.  NULL: no.
	 */
	const struct copl_review_row *stale;
};
void copl_review_judge(const struct copl_review *rv,
    const struct copl_message *m, struct copl_review_verdict *out);
/* Was some version of the text with this id reviewed or approved? */
bool copl_review_was_reviewed(const struct copl_review *rv, const char *id);

/* "reviewed", as the record says it. */
const char *copl_review_state_name(enum copl_review_state state);
bool copl_review_state_parse(const char *name, enum copl_review_state *out);

#endif
