/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_FETCH_PARTIAL_H
#define COPL_FETCH_PARTIAL_H

#include "bundle/bundle.h"
#include "net/net.h"

/*
 * A file on its way: what has come of it is on the disk as soon as it comes,
 * under its digest and beside the tag of the answer, so that whoever was
 * stopped in the middle, by a cut line or by kill -9, goes on from there.
 */
struct copl_partial {
	struct copl_arena *arena;
	struct copl_reporter *r;
	char *path;
	char *etag_path;
	uint64_t have; /* bytes that can be gone on from */
	char etag[160]; /* strong, of the answer they came with; "" */
	int fd;
	bool resumed; /* this answer went on from there */
	bool astray; /* it was a part, but not the one asked for */
	enum copl_status st; /* what went wrong here, told already */
};

/* The folder is made if missing.  Close it in any case. */
enum copl_status copl_partial_open(struct copl_partial *p, const char *folder,
    const char *sha256, struct copl_reporter *r) COPL_MUST_CHECK;
/* A copl_net_take_fn.  false: nothing more is wanted. */
bool copl_partial_take(
    void *arg, const struct copl_net_answer *a, const char *bytes, size_t len);
/* Between two answers. */
void copl_partial_pause(struct copl_partial *p);
enum copl_status copl_partial_read(struct copl_partial *p, size_t max,
    struct copl_strbuf *out) COPL_MUST_CHECK;
/* Forgets what came. */
void copl_partial_drop(struct copl_partial *p);
void copl_partial_close(struct copl_partial *p);

#endif
