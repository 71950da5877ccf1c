/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_BUNDLE_INSTALL_H
#define COPL_BUNDLE_INSTALL_H

#include "bundle/bundle.h"
#include "bundle/part.h"

/*
 * Where a folder that receives sets keeps things:
 *
 *   current -> sets/N   the set in place, complete and verified
 *   sets/               it and the two before it
 *   .cop-l10n/          who is trusted, the lock, what is on its way in
 *
 * A reader of current/ sees one whole set, the old one or the new one.
 */
#define COPL_CURRENT "current"
#define COPL_SETS "sets"

/*
 * Refuses a folder of ours that is a link, say: what is old in it is removed,
 * and what comes is written, so it must not lead elsewhere.  One that is not
 * there yet is fine.  Finding io-dir, COPL_E_IO.
 */
enum copl_status copl_install_own(const char *path, struct copl_reporter *r)
    COPL_MUST_CHECK;

/*
 * Takes the lock, a file made if missing; it goes when this program ends,
 * however it ends.  Finding locked, COPL_E_LOCKED, when another run has it.
 */
enum copl_status copl_lock_take(
    const char *path, struct copl_reporter *r, int *out) COPL_MUST_CHECK;
/* -1 is allowed. */
void copl_lock_release(int lock);

struct copl_install {
	const char *dir;
	const struct copl_manifest *manifest; /* verified */
	const struct copl_part *part; /* NULL: all of it */
	uint64_t withdrawn; /* a release that was taken back here; 0: none */
	const struct copl_trust *trust; /* saved before the set is in place */
	/*
	 * Gives the manifest, its signatures and every file that is not here
	 * already.  The first two must be the bytes that were verified.
	 */
	copl_read_fn *read;
	void *read_arg;
	const char *where; /* for findings: where read_arg reads */
};

/*
 * Puts a set in place at once, or leaves everything as it was.  Every file
 * is checked; one with the right digest that is here already, under whatever
 * name in one of the sets, or from an attempt that was cut short, is not read
 * again.  *taken (may be NULL) counts the files that were read.  Findings:
 * file-missing, file-length, file-digest, disk-full, io-*, those of read.
 */
enum copl_status copl_install(const struct copl_install *in,
    struct copl_reporter *r, size_t *taken) COPL_MUST_CHECK;

/*
 * Reads dir/current/manifest.xml into *bytes, for comparing: empty when no
 * set is in place or when any of its files is not what the manifest says; of
 * a part of a set, any file that it must have.  A file that cannot be read is
 * COPL_E_IO with a finding io-*; r NULL: that, too, is no set in place.
 */
enum copl_status copl_install_intact(const char *dir, struct copl_reporter *r,
    struct copl_strbuf *bytes) COPL_MUST_CHECK;

#endif
