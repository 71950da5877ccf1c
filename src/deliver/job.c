/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include "deliver/job.h"

static size_t manifest_of(const struct copl_job *j)
{
	return j->target.set->nfiles - 1;
}

/* The first file from which on that is planned but not (yet) so; nfiles. */
static size_t next_file(const struct copl_job *j, unsigned so)
{
	const struct copl_set *set = j->target.set;
	size_t i;

	for (i = 0; i < set->nfiles; i++)
		if ((j->files[i] & COPL_FILE_PLANNED) && !(j->files[i] & so))
			break;
	return i;
}

static void end(struct copl_job *j, enum copl_job_end how)
{
	j->end = how;
}

static void ask_for(struct copl_job *j, enum copl_ask_kind kind, size_t file)
{
	j->now = kind;
	j->file = file;
}

/* Puts what is left to put, then proves what is left to prove. */
static void go_on(struct copl_job *j)
{
	size_t nfiles = j->target.set->nfiles;
	size_t file = next_file(j, COPL_FILE_SENT);

	if (file < nfiles) {
		ask_for(j, COPL_ASK_PUT, file);
		return;
	}
	file = j->driver->vouches ? manifest_of(j)
				  : next_file(j, COPL_FILE_PROVEN);
	if (file == nfiles || (j->files[file] & COPL_FILE_PROVEN))
		end(j, COPL_JOB_DELIVERED);
	else
		ask_for(j, COPL_ASK_PROVE, file);
}

static void begin(struct copl_job *j)
{
	j->begun = true;
	if (j->look)
		ask_for(j, COPL_ASK_LOOK, manifest_of(j));
	else
		go_on(j);
}

/* Files of this job, but for the one in hand: all of them, some of them? */
static void count_proven(const struct copl_job *j, bool *all, bool *some)
{
	size_t i;

	*all = true;
	*some = false;
	for (i = 0; i < j->target.set->nfiles; i++) {
		if (i == j->file || !(j->files[i] & COPL_FILE_PLANNED))
			continue;
		if (j->files[i] & COPL_FILE_PROVEN)
			*some = true;
		else
			*all = false;
	}
}

/*
 * Will nothing follow?  Of a proof that is known; whoever has given a receipt
 * for one file will give one for the last, too.
 */
static bool is_last(const struct copl_job *j)
{
	bool all, some;

	count_proven(j, &all, &some);
	if (j->now == COPL_ASK_PROVE)
		return all || j->driver->vouches;
	return j->now == COPL_ASK_PUT && j->file == manifest_of(j) &&
	       !j->read_back && all && some;
}

/* Once it has the manifest, an office puts all in place. */
static bool is_sealing(const struct copl_job *j)
{
	return j->now == COPL_ASK_PUT && j->file == manifest_of(j);
}

bool copl_job_next(struct copl_job *j, struct copl_ask *out)
{
	if (!j->begun)
		begin(j);
	if (j->end != COPL_JOB_GOES_ON)
		return false;
	*out = (struct copl_ask){.kind = j->now,
	    .file = &j->target.set->files[j->file],
	    .folder = j->folder,
	    .last = is_last(j)};
	if (is_sealing(j)) {
		j->sealed = true;
		out->etag = j->force ? NULL : j->etag;
	}
	return true;
}

static void proven(struct copl_job *j)
{
	j->files[j->file] |= COPL_FILE_SENT | COPL_FILE_PROVEN;
}

/* Other bytes than those that were sent: once more, then it is given up. */
static void send_again(struct copl_job *j)
{
	if (j->resent) {
		end(j, COPL_JOB_WRONG);
		return;
	}
	j->resent = true;
	j->files[j->file] = COPL_FILE_PLANNED;
	go_on(j);
}

/* Does it look at this file because that was in the way? */
static bool is_in_the_way(const struct copl_job *j)
{
	return j->looked_for == j->file + 1;
}

bool copl_job_doubts(const struct copl_job *j)
{
	return j->now == COPL_ASK_LOOK && j->file == manifest_of(j) &&
	       is_in_the_way(j);
}

/* What was not sent in this run may be as old as the manifest there. */
static void plan_the_rest(struct copl_job *j)
{
	size_t i;

	for (i = 0; i < j->target.set->nfiles; i++)
		if (!(j->files[i] & COPL_FILE_PLANNED))
			j->files[i] = COPL_FILE_PLANNED;
}

/* Ours may be replaced, as long as it stays what was seen. */
static void hear_ours(struct copl_job *j, struct copl_hearing h)
{
	snprintf(j->seen_etag, sizeof(j->seen_etag), "%s",
	    h.etag == NULL ? "" : h.etag);
	j->etag = j->seen_etag[0] == '\0' ? NULL : j->seen_etag;
	if (h.means == COPL_MEANS_OLDER)
		plan_the_rest(j);
}

static void hear_looked(struct copl_job *j, struct copl_hearing h)
{
	bool manifest = j->file == manifest_of(j);
	size_t i;

	if (h.means == COPL_MEANS_PROVEN) {
		/* The manifest comes last, so everything came before it. */
		for (i = 0; manifest && i < j->target.set->nfiles; i++)
			j->files[i] |= COPL_FILE_SENT;
		proven(j);
	} else if (h.means == COPL_MEANS_KNOWN || h.means == COPL_MEANS_OLDER) {
		hear_ours(j, h);
	} else if (is_in_the_way(j) && h.means == COPL_MEANS_OTHER) {
		end(j, COPL_JOB_CONFLICT);
		return;
	} else if (is_in_the_way(j) && manifest) {
		/* Nothing is there any more that could be overwritten. */
		j->etag = NULL;
	}
	go_on(j);
}

/* It says no because of what is there: what is it? */
static void hear_in_the_way(struct copl_job *j)
{
	/* Not even now, after what was there had been seen. */
	if (is_in_the_way(j)) {
		end(j, j->attempt == COPL_TRY_CONFLICT ? COPL_JOB_FAILED
						       : COPL_JOB_CONFLICT);
		return;
	}
	j->looked_for = j->file + 1;
	ask_for(j, COPL_ASK_LOOK, j->file);
}

static void hear_taken(struct copl_job *j, bool receipt)
{
	const struct copl_set_file *f = &j->target.set->files[j->file];

	j->files[j->file] |= COPL_FILE_SENT;
	if (receipt && !j->read_back)
		proven(j);
	j->sent++;
	j->bytes += f->length;
	go_on(j);
}

/* The endpoint does not hold what the ledger says: all must go. */
static void hear_lost(struct copl_job *j)
{
	size_t i;

	if (j->lost) {
		end(j, COPL_JOB_INCOMPLETE);
		return;
	}
	j->lost = true;
	for (i = 0; i < j->target.set->nfiles; i++)
		j->files[i] = COPL_FILE_PLANNED;
	go_on(j);
}

static bool has_folder(const struct copl_job *j, unsigned n)
{
	const char *p = j->target.set->files[j->file].path;

	while (n > 0 && (p = strchr(p, '/')) != NULL) {
		p++;
		n--;
	}
	return n == 0;
}

static void hear_folder_missing(struct copl_job *j)
{
	/* Its folders were made, and it still wants one. */
	if (j->now == COPL_ASK_PUT && j->folders_for == j->file + 1 &&
	    j->attempt == COPL_TRY_CONFLICT && !is_in_the_way(j)) {
		hear_in_the_way(j);
		return;
	}
	if (j->now == COPL_ASK_FOLDER || j->folders_for == j->file + 1 ||
	    !has_folder(j, 1)) {
		j->attempt = COPL_TRY_REFUSED;
		end(j, COPL_JOB_FAILED);
		return;
	}
	j->folders_for = j->file + 1;
	j->folder = 1;
	j->now = COPL_ASK_FOLDER;
}

static void hear_folder_made(struct copl_job *j)
{
	if (has_folder(j, j->folder + 1)) {
		j->folder++;
		return;
	}
	j->folder = 0;
	j->now = COPL_ASK_PUT;
}

static void hear_put(struct copl_job *j, enum copl_meaning means)
{
	switch (means) {
	case COPL_MEANS_TAKEN:
	case COPL_MEANS_PROVEN:
		hear_taken(j, means == COPL_MEANS_PROVEN);
		return;
	case COPL_MEANS_OTHER:
		send_again(j);
		return;
	case COPL_MEANS_CHANGED:
		hear_in_the_way(j);
		return;
	case COPL_MEANS_FOLDER:
		hear_folder_missing(j);
		return;
	case COPL_MEANS_LOST:
		hear_lost(j);
		return;
	case COPL_MEANS_ABSENT:
	case COPL_MEANS_KNOWN:
	case COPL_MEANS_OLDER:
	case COPL_MEANS_FAILED:
		break;
	}
	end(j, COPL_JOB_FAILED);
}

static void hear_proof(struct copl_job *j, enum copl_meaning means)
{
	if (means == COPL_MEANS_PROVEN) {
		proven(j);
		go_on(j);
	} else if (means == COPL_MEANS_OTHER) {
		send_again(j);
	} else {
		end(j, COPL_JOB_MISSING);
	}
}

/* A server that shows nothing to anybody may still take things. */
static bool is_blind(const struct copl_job *j, struct copl_hearing h)
{
	return h.means == COPL_MEANS_FAILED && j->now == COPL_ASK_LOOK &&
	       h.attempt == COPL_TRY_REFUSED && !is_in_the_way(j);
}

/* It says that it has not taken it; silence says nothing. */
static bool is_no(struct copl_hearing h)
{
	if (h.means == COPL_MEANS_FAILED)
		return h.attempt != COPL_TRY_UNREACHABLE;
	return h.means != COPL_MEANS_TAKEN && h.means != COPL_MEANS_PROVEN &&
	       h.means != COPL_MEANS_OTHER;
}

void copl_job_hear(struct copl_job *j, struct copl_hearing h)
{
	j->attempt = h.attempt;
	if (is_sealing(j) && is_no(h))
		j->sealed = false;
	if (is_blind(j, h))
		h.means = COPL_MEANS_ABSENT;
	if (h.means == COPL_MEANS_FAILED && h.attempt == COPL_TRY_REFUSED &&
	    j->now == COPL_ASK_PROVE)
		h.means = COPL_MEANS_ABSENT;
	if (h.means == COPL_MEANS_FAILED) {
		end(j, COPL_JOB_FAILED);
		return;
	}
	switch (j->now) {
	case COPL_ASK_LOOK:
		hear_looked(j, h);
		return;
	case COPL_ASK_FOLDER:
		if (h.means == COPL_MEANS_TAKEN)
			hear_folder_made(j);
		else
			hear_folder_missing(j);
		return;
	case COPL_ASK_PUT:
		hear_put(j, h.means);
		return;
	case COPL_ASK_PROVE:
		hear_proof(j, h.means);
		return;
	}
}

void copl_job_place_all(struct copl_job *j)
{
	size_t i;

	for (i = 0; i < j->target.set->nfiles; i++) {
		if (!(j->files[i] & COPL_FILE_PLANNED))
			continue;
		j->files[i] |= COPL_FILE_SENT | COPL_FILE_PROVEN;
		j->sent++;
		j->bytes += j->target.set->files[i].length;
	}
	end(j, COPL_JOB_DELIVERED);
}

bool copl_job_unproven(const struct copl_job *j)
{
	return j->sealed && j->end != COPL_JOB_DELIVERED;
}
