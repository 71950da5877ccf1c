/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_BUNDLE_OWN_H
#define COPL_BUNDLE_OWN_H

#include "bundle/bundle.h"

/*
 * A set that was made here.  The keys that its manifest itself names must have
 * signed it: whoever can write here could forge one, but damage and half a
 * copy are seen.  None of this is for what came from elsewhere.
 */

/*
 * The manifest of the set in a folder.  Findings: manifest-*, signature-*,
 * release-expired, clock-implausible; of a set in place the last two are
 * warnings.
 */
enum copl_status copl_own_manifest(const char *dir, int64_t now, bool installed,
    struct copl_reporter *r, struct copl_manifest **out) COPL_MUST_CHECK;

/* One file of it, as the manifest says it is.  Findings: file-*, io-*. */
enum copl_status copl_own_file(const char *dir,
    const struct copl_manifest_file *f, struct copl_reporter *r,
    struct copl_strbuf *out) COPL_MUST_CHECK;

#endif
