/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_BUILD_HANDOUT_H
#define COPL_BUILD_HANDOUT_H

#include "bundle/bundle.h"
#include "exchange/exchange.h"
#include "project/project.h"

/*
 * One zip with the set of a recipient, for those who do not have this program:
 * START.html with the steps, in the recipient's languages; verify.cmd and
 * verify.sh; and forms/, which is the set as it is, ready to be opened in a
 * browser or copied to a web server.
 */
struct copl_handout {
	const struct copl_project *project;
	const struct copl_recipient *to;
	const struct copl_manifest *manifest; /* of the set */
	/* The whole set with what vouches for it, by names in the set. */
	const struct copl_zip_file *files;
	size_t nfiles;
};
/* The same bytes for the same set and words. */
enum copl_status copl_handout_zip(const struct copl_handout *h,
    struct copl_arena *a, struct copl_strbuf *out) COPL_MUST_CHECK;

/* ---- handout_start.c ---- */
enum copl_status copl_handout_start(
    const struct copl_handout *h, struct copl_strbuf *out) COPL_MUST_CHECK;

#endif
