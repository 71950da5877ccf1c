/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_BUNDLE_SETS_H
#define COPL_BUNDLE_SETS_H

#include "bundle/bundle.h"
#include "bundle/part.h"

/*
 * The sets that a receiving folder keeps: the one in place and those before
 * it, sets/VERSION or, when that name is taken, sets/VERSION.2 and so on.
 */
#define COPL_SETS_KEPT 3

struct copl_kept_set {
	const char *name; /* "7.2" */
	uint64_t version;
	unsigned copy; /* 1 for the first of its version */
};

/* The newest first; what has another name is nobody's set.  In the arena. */
enum copl_status copl_sets_list(const char *dir, struct copl_arena *a,
    struct copl_reporter *r, struct copl_kept_set **out, size_t *n)
    COPL_MUST_CHECK;
/* The name of the set in place, "" when there is none. */
enum copl_status copl_sets_current(const char *dir, char *out, size_t room)
    COPL_MUST_CHECK;
/* A name for a set of this version that is free; COPL_E_LIMIT: none is. */
enum copl_status copl_sets_name(
    const char *dir, uint64_t version, char *out, size_t room) COPL_MUST_CHECK;
/* Puts the set of this name in place, in one step. */
enum copl_status copl_sets_point(
    const char *dir, const char *name, struct copl_reporter *r) COPL_MUST_CHECK;
/*
 * Keeps the set in place and the newest of other releases, COPL_SETS_KEPT in
 * all, but not the one that was taken back (0: none) when a newer one is here.
 */
void copl_sets_sweep(const char *dir, uint64_t withdrawn);

/* Every file of the sets that are here, by its digest. */
struct copl_stock;
enum copl_status copl_stock_open(const char *dir, struct copl_stock **out)
    COPL_MUST_CHECK;
/* NULL is allowed. */
void copl_stock_close(struct copl_stock *s);
/* Is a file like that here, and still what it was?  Then it is in *out. */
bool copl_stock_find(struct copl_stock *s, const struct copl_manifest_file *f,
    struct copl_strbuf *out);
/*
 * Is it at this path of this folder?  COPL_E_NOTFOUND: nothing is, or something
 * else.  What cannot be read is COPL_E_IO with a finding io-*; r NULL: that,
 * too, counts as nothing.
 */
enum copl_status copl_stock_reuse(const char *folder, const char *path,
    const struct copl_manifest_file *f, struct copl_reporter *r,
    struct copl_strbuf *out) COPL_MUST_CHECK;
/*
 * A file of a folder: COPL_E_NOTFOUND where none is, or one that cannot be used
 * (too large).  What cannot be read is COPL_E_IO with a finding io-*; r NULL:
 * that, too, is none.
 */
enum copl_status copl_stock_read(const char *folder, const char *path,
    size_t max, struct copl_reporter *r, struct copl_strbuf *out)
    COPL_MUST_CHECK;

#endif
