/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_ANSWERS_PURGE_H
#define COPL_ANSWERS_PURGE_H

#include "base/base.h"

struct copl_purged {
	size_t due; /* their day has passed: removed, or would be */
	size_t kept; /* their day has not passed */
	size_t unknown; /* they do not say until when */
};

/*
 * Removes the answers whose last day (in UTC) has passed, sealed or not, for
 * good: it returns when the disk has forgotten their names.  A dry run only
 * counts.  Tells event "purge" for each form, with fields form, due, kept,
 * unknown and state: "removed" or "would-remove".  Findings: io-*,
 * answers-keep-until (a warning: some do not say until when).  A server may
 * go on storing meanwhile.
 */
enum copl_status copl_answers_purge(const char *dir, int64_t now, bool dry_run,
    struct copl_reporter *r, struct copl_purged *out) COPL_MUST_CHECK;

#endif
