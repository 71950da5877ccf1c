/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_VERIFY_PRIV_H
#define COPL_VERIFY_PRIV_H

#include "bundle/bundle.h"

/* The keys that the manifest of a set names; nobody has vouched for it yet. */
enum copl_status copl_verify_offered(const struct copl_verify *how,
    struct copl_reporter *r, struct copl_trust *out) COPL_MUST_CHECK;

/*
 * Clock and expiry.  Findings clock-implausible, release-expired: errors, or
 * warnings for a set in place; and the warning release-expires-soon.
 */
void copl_age_check(const struct copl_manifest *m,
    const struct copl_verify *how, struct copl_place at,
    struct copl_reporter *r);

#endif
