/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_VERIFY_PRIV_H
#define COPL_VERIFY_PRIV_H

#include "bundle/bundle.h"

/*
 * Reads a file that every set has; *file is its name for findings, in the
 * arena.  Not there: finding manifest-missing or signature-missing.
 */
enum copl_status copl_verify_read(const struct copl_verify *how,
    const char *path, size_t max, struct copl_arena *a, struct copl_reporter *r,
    struct copl_strbuf *out, const char **file) COPL_MUST_CHECK;

/* The keys that the manifest of a set names; nobody has vouched for it yet. */
enum copl_status copl_verify_offered(const struct copl_verify *how,
    struct copl_reporter *r, struct copl_trust *out) COPL_MUST_CHECK;

/* The keys that a manifest names, decoded. */
size_t copl_manifest_keys(
    const struct copl_manifest *m, struct copl_public_key keys[2]);

/*
 * Clock and expiry.  Findings clock-implausible, release-expired: errors, or
 * warnings for a set in place; and the warning release-expires-soon.
 */
void copl_age_check(const struct copl_manifest *m,
    const struct copl_verify *how, struct copl_place at,
    struct copl_reporter *r);

#endif
