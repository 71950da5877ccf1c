/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_JOB_H
#define COPL_JOB_H

#include "deliver/driver.h"

/*
 * What is done for one endpoint, in what order: (look) - put each planned
 * file, the manifest last - prove.  Pure: it says what to ask next and takes
 * what the answer means; who asks, when, and how often is not known here.
 */

/* What is known of a file of the set at the endpoint. */
#define COPL_FILE_PLANNED 1 /* it must go */
#define COPL_FILE_SENT 2 /* the endpoint took it, in this run or before */
#define COPL_FILE_PROVEN 4

enum copl_job_end {
	COPL_JOB_GOES_ON,
	COPL_JOB_DELIVERED, /* and proven */
	COPL_JOB_WRONG, /* it shows other bytes than it took, twice */
	COPL_JOB_MISSING, /* it does not show what it took */
	COPL_JOB_INCOMPLETE, /* it says files are missing, though all went */
	COPL_JOB_CONFLICT, /* it holds what somebody else put there */
	COPL_JOB_FAILED /* as the last attempt says */
};

struct copl_job {
	/* The caller's; the rest begins as zeros. */
	const struct copl_driver *driver;
	struct copl_target target;
	unsigned char *files; /* COPL_FILE_*, one a file of the set */
	const char *etag; /* of the manifest as the ledger knows it; NULL */
	bool look; /* it may be there already: look first */
	bool read_back; /* believe no receipt */
	bool force; /* whoever put there what is there */

	enum copl_ask_kind now; /* what is asked or will be next */
	size_t file; /* about which file */
	unsigned folder;
	size_t folders_for; /* file for which folders were made, from 1 */
	bool resent; /* a file with other bytes has had its second chance */
	bool lost; /* all files were planned anew */
	size_t looked_for; /* file that was in the way, from 1 */
	char seen_etag[sizeof(((struct copl_net_answer *)0)->etag)];
	bool sealed; /* the manifest may have arrived */
	bool begun;
	enum copl_job_end end;
	enum copl_attempt attempt; /* of COPL_JOB_FAILED */
	size_t sent; /* files in this run */
	uint64_t bytes;
};

/* The next thing to ask, without bytes; false: the job has ended. */
bool copl_job_next(struct copl_job *j, struct copl_ask *out);
/*
 * What the answer to it means.  A failure ends the job: the caller, who
 * wants to try again, does not tell it.
 */
void copl_job_hear(struct copl_job *j, struct copl_hearing h);
/*
 * Does it look at the manifest because that was in the way?  Then the caller
 * says whether other bytes are KNOWN or OLDER ones of ours.
 */
bool copl_job_doubts(const struct copl_job *j);
/* Everything is in place, by a driver without requests. */
void copl_job_place_all(struct copl_job *j);
/* May the set be in place, though that is not proven? */
bool copl_job_unproven(const struct copl_job *j);

#endif
