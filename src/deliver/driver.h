/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_DRIVER_H
#define COPL_DRIVER_H

#include "deliver/deliver.h"
#include "net/net.h"
#include "net/retry.h"

/*
 * A driver is how one kind of endpoint is spoken to.  It turns the next
 * thing to ask into a request, and says what the answer means.  It has no
 * loop, clock, dice, socket or file of its own and keeps nothing between two
 * questions, so that each can be tested with canned answers.  What is asked
 * when, and again, is decided in job.c and schedule.c and nowhere else.
 */

struct copl_net_access;

/* One endpoint as its driver sees it; borrowed while its job runs. */
struct copl_target {
	const struct copl_endpoint *endpoint;
	const char *url; /* ends with a slash */
	const struct copl_net_access *access; /* NULL: the strict default */
	const struct copl_set *set;
	int64_t now; /* seconds since 1970, for signatures */
};

/*
 * The steps of a job: (look) - put each planned file, the manifest last -
 * prove.  All are about one file of the set.
 */
enum copl_ask_kind {
	COPL_ASK_LOOK, /* does it hold this file already?  Changes nothing */
	COPL_ASK_FOLDER, /* make a folder that the file needs */
	COPL_ASK_PUT, /* take the file */
	COPL_ASK_PROVE /* show that it holds the file */
};

struct copl_ask {
	enum copl_ask_kind kind;
	const struct copl_set_file *file;
	const char *bytes; /* PUT: file->length bytes */
	/*
	 * PUT: replace only what has this ETag; "": only where nothing is;
	 * NULL: whatever is there.
	 */
	const char *etag;
	unsigned folder; /* FOLDER: so many segments of the path, from 1 */
	bool last; /* nothing should follow: the connection may go */
};

/* A request with all that it borrows: stays where it is until answered. */
#define COPL_ASKING_HEADERS 16
struct copl_asking {
	struct copl_net_request q;
	struct copl_net_header headers[COPL_ASKING_HEADERS];
	char url[2304];
	char text[2048]; /* values of headers that were made for it */
	size_t used;
};

/* What an answer means for the job. */
enum copl_meaning {
	COPL_MEANS_TAKEN, /* PUT, FOLDER: done; the file is not proven yet */
	COPL_MEANS_PROVEN, /* it holds exactly this file */
	COPL_MEANS_OTHER, /* it holds other bytes, whatever it said before */
	COPL_MEANS_ABSENT, /* LOOK, PROVE: it shows nothing there */
	COPL_MEANS_KNOWN, /* LOOK: the manifest that we brought there last */
	COPL_MEANS_OLDER, /* LOOK: one that we brought there before that */
	COPL_MEANS_CHANGED, /* PUT: no, for what is there is in the way */
	COPL_MEANS_FOLDER, /* PUT, FOLDER: a folder is missing above it */
	COPL_MEANS_LOST, /* PUT: files that were there are there no more */
	COPL_MEANS_FAILED /* attempt says how */
};

struct copl_hearing {
	enum copl_meaning means;
	enum copl_attempt attempt; /* of COPL_MEANS_FAILED */
	const char *etag; /* of KNOWN and OLDER; borrowed, "": it has none */
};

struct copl_driver {
	const char *name; /* as the project file says it */
	/*
	 * The proof of the manifest vouches for the set, because the other
	 * side installs nothing else.  false: each file must be proven.
	 */
	bool vouches;
	/*
	 * Fills in the request, of which everything is zero but access.
	 * COPL_OK, COPL_E_LIMIT when an address or a value is too long,
	 * COPL_E_INVALID when the endpoint cannot be asked that, COPL_E_NOMEM.
	 */
	enum copl_status (*ask)(const struct copl_target *t,
	    const struct copl_ask *ask, struct copl_asking *out);
	/* st and a are what copl_net_do() gave for it. */
	struct copl_hearing (*hear)(const struct copl_target *t,
	    const struct copl_ask *ask, enum copl_status st,
	    const struct copl_net_answer *a);
	/*
	 * A driver without requests: puts the whole set in place at once, or
	 * leaves everything as it was.  NULL for all others; then ask and hear
	 * are NULL.  Findings at endpoint->at.  COPL_OK: it is there, proven.
	 */
	enum copl_status (*place)(
	    const struct copl_target *t, struct copl_reporter *r);
};

extern const struct copl_driver copl_driver_office; /* cop-l10n serve */
extern const struct copl_driver copl_driver_put; /* WebDAV and the like */
extern const struct copl_driver copl_driver_s3;
extern const struct copl_driver copl_driver_dir; /* a folder of ours */

/* The driver of an endpoint. */
const struct copl_driver *copl_driver_of(const struct copl_endpoint *e);

/* ---- for drivers ---- */

/* So much of the answer to a PUT is kept: a reason fits. */
#define COPL_HEARING_MAX ((size_t)64 << 10)

/* The address of the file, or of so many segments of its path and a slash. */
enum copl_status copl_asking_url(struct copl_asking *out,
    const struct copl_target *t, const struct copl_ask *ask) COPL_MUST_CHECK;
/* A value that is made is copied; name is not. */
enum copl_status copl_asking_add(struct copl_asking *out, const char *name,
    const char *fmt, ...) COPL_PRINTF(3, 4) COPL_MUST_CHECK;
/* PUT of the file with its type, or GET of it past all caches. */
enum copl_status copl_asking_put(struct copl_asking *out,
    const struct copl_target *t, const struct copl_ask *ask) COPL_MUST_CHECK;
enum copl_status copl_asking_get(struct copl_asking *out,
    const struct copl_target *t, const struct copl_ask *ask) COPL_MUST_CHECK;

/* What the SHA-256 in a field of RFC 9530 says; others are passed over. */
enum copl_digest_says {
	COPL_DIGEST_NONE, /* not there, or not to be understood */
	COPL_DIGEST_SAME,
	COPL_DIGEST_OTHER
};
enum copl_digest_says copl_digest_field(
    const char *field, const struct copl_set_file *f);

/* A PUT that was answered with success: the receipt in it, if any. */
struct copl_hearing copl_hear_receipt(
    const struct copl_set_file *f, const struct copl_net_answer *a);
/* A PUT that is refused for what is there (409). */
struct copl_hearing copl_hear_in_the_way(void);
/* A failure in the words of the policy, by transport and status. */
struct copl_hearing copl_hear_failure(
    enum copl_status st, const struct copl_net_answer *a);
/* A GET of the file: PROVEN, OTHER, ABSENT or a failure. */
struct copl_hearing copl_hear_get(const struct copl_set_file *f,
    enum copl_status st, const struct copl_net_answer *a);

#endif
