/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_FETCHING_H
#define COPL_FETCHING_H

#include "fetch/fetch_priv.h"
#include "fetch/seen.h"

/* One run of fetch. */
struct copl_fetching {
	const struct copl_fetch_options *o;
	const struct copl_sink *sink;
	struct copl_arena *arena;
	struct copl_remote remote;
	struct copl_trust pinned; /* as the folder has it */
	bool choose; /* the key or fingerprint given is not pinned yet */
	bool published; /* the set in place is no draft */
	struct copl_strbuf installed; /* manifest in place, if all is intact
					 and it is the part that is wanted */
	char digest[COPL_SHA256_HEX]; /* of it; "" */
	struct copl_seen seen;
};

/* What one round came to. */
struct copl_round {
	struct copl_trust trust;
	struct copl_manifest *manifest;
	struct copl_part part;
	bool unchanged;
	bool withdrawn; /* what is offered was taken back here */
	size_t taken;
};

/* ---- folder.c ---- */

/* Whom the folder trusts, and what is in it. */
enum copl_status copl_fetch_look(
    struct copl_fetching *f, struct copl_reporter *r) COPL_MUST_CHECK;
/* Takes the folder's lock. */
enum copl_status copl_fetch_lock(const char *dir, struct copl_arena *a,
    struct copl_reporter *r, int *held) COPL_MUST_CHECK;

/* ---- tell.c ---- */

/* A note that often explains a refusal better than the refusal does. */
void copl_fetch_look_at_clock(
    const struct copl_fetching *f, struct copl_reporter *r);
void copl_fetch_tell_pinned(const struct copl_fetching *f,
    const struct copl_trust *t, struct copl_reporter *r);
void copl_fetch_tell(const struct copl_fetching *f,
    const struct copl_round *now, struct copl_reporter *r);

#endif
