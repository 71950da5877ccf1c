/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_BUNDLE_LAYOUT_H
#define COPL_BUNDLE_LAYOUT_H

#include "bundle/bundle.h"

/*
 * Names of a set on a host that only hands out files (docs/release-format.md).
 * Beside its plain names each file has one made of its digest, which never
 * means anything else, so that nobody reads half of one set and half of the
 * next.  A manifest and its signatures have such names, too, made of the
 * manifest's digest: whoever has the manifest finds the signatures that
 * belong to it.
 */
#define COPL_BY_DIGEST "by-digest"

/* "by-digest/DIGEST.html"; NULL: no memory. */
char *copl_layout_file(const struct copl_manifest_file *f, struct copl_arena *a)
    COPL_MUST_CHECK;
/*
 * "by-digest/DIGEST.manifest.xml" and what stands behind it for a signature;
 * name is one of COPL_MANIFEST, COPL_MANIFEST_SIG, COPL_MANIFEST_SIG2 and
 * sha256 the digest of the manifest.  NULL: no memory.
 */
char *copl_layout_voucher(
    const char *sha256, const char *name, struct copl_arena *a) COPL_MUST_CHECK;
/*
 * Is it a name that the two above give to something with this digest?  name
 * comes without the folder, as a list of the folder has it.
 */
bool copl_layout_is(const char *name, const char *sha256);

#endif
