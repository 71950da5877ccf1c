/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_ANSWERS_STORE_H
#define COPL_ANSWERS_STORE_H

#include "base/base.h"
#include "bundle/box.h"

/*
 * Answers in a folder of files, one for each, FORM/ID.xml or FORM/ID.sealed,
 * where ID is 32 hex digits, BLAKE2b-128 of the id that was sent.  Files have
 * mode 0600 and folders 0700 whatever the umask; their time is rounded to
 * the hour.  Many threads and several processes may store into one folder.
 */
#define COPL_STORE_NAME_SIZE 33
#define COPL_STORE_PLAIN ".xml"
#define COPL_STORE_SEALED ".sealed"
#define COPL_STORE_BYTES_MAX ((size_t)1 << 20)

struct copl_store;

enum copl_stored {
	COPL_STORED_NOT, /* and nothing is known of the disk being full */
	COPL_STORED_FULL, /* not: the disk or the quota is full */
	COPL_STORED_NEW,
	COPL_STORED_SAME, /* it was there already, with this content */
	COPL_STORED_REPLACED, /* it was there with another content */
	COPL_STORED_CONFLICT /* the same, and replacing was not allowed */
};

struct copl_store_answer {
	const char *form; /* copl_shape_is_name */
	const char *id; /* any bytes that the client chose */
	size_t id_len;
	const char *bytes; /* what the file is to hold: XML */
	size_t len;
	/*
	 * What two sendings of one answer have in common: the values without
	 * the time.  NULL: all the bytes.
	 */
	const char *content;
	size_t content_len;
	int64_t hour; /* seconds since 1970; rounded down again here */
	/*
	 * The last day on which this answer may be kept, "2027-12-31", as its
	 * page promised; NULL: it is not said.  It stands in the file where
	 * the purge can read it without opening a seal.
	 */
	const char *keep_until;
	bool replace; /* may it take the place of another content? */
};

/* Makes the folder, for nobody else to look into, and those above it. */
enum copl_status copl_store_make(const char *dir, struct copl_reporter *r)
    COPL_MUST_CHECK;

/*
 * Opens the folder, which is made if missing, and finishes what a run that
 * was killed had acknowledged.  public_key NULL: files are not sealed.
 * Findings: io-*, answers-mode (a warning).
 */
enum copl_status copl_store_open(const char *dir,
    const struct copl_box_public *public_key, struct copl_reporter *r,
    struct copl_store **out) COPL_MUST_CHECK;

/*
 * Returns once the answer is durable: power may fail afterwards.  Called by
 * many threads; those that call at one time share one flush.  COPL_OK with
 * *how from COPL_STORED_NEW on.  COPL_E_IO: not stored, *error is an errno
 * and *how is FULL or NOT.  COPL_E_LIMIT: over COPL_STORE_BYTES_MAX.
 * COPL_E_INVALID: form or id are none.  After a flush has failed
 * every put fails until the store is opened again: what the disk holds is
 * not known any more.
 */
enum copl_status copl_store_put(struct copl_store *s,
    const struct copl_store_answer *a, enum copl_stored *how, int *error)
    COPL_MUST_CHECK;

/* Is it certain that the next put will fail?  For readiness checks. */
bool copl_store_is_broken(struct copl_store *s);

/* Everything in place, the journal empty.  NULL is fine. */
enum copl_status copl_store_close(struct copl_store *s, struct copl_reporter *r)
    COPL_MUST_CHECK;

/* The ID in the name of the file for an id that was sent. */
void copl_store_name(
    const char *id, size_t id_len, char out[COPL_STORE_NAME_SIZE]);

/*
 * Puts in place what a killed run acknowledged and did not name yet; for
 * those who read a folder of answers.  A folder that cannot be written is
 * left as it is.
 */
enum copl_status copl_store_settle(const char *dir, struct copl_reporter *r)
    COPL_MUST_CHECK;

#endif
