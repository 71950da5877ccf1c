/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_WORK_PREVIEW_H
#define COPL_WORK_PREVIEW_H

#include "work/work.h"

/*
 * A page that shows each text of one catalog beside the question it is in, as
 * young people will see it.
 */
struct copl_preview_counts {
	size_t texts;
	size_t todo; /* not translated, fuzzy, or a draft */
	size_t unseen; /* translated or drafts: nobody has reviewed them */
	size_t findings; /* texts with at least one error or warning */
};
struct copl_preview_how {
	const char *head; /* HTML at the end of <head>; NULL: none */
	/*
	 * Findings of a newer state of the catalog that cannot be shown, as
	 * after a save in the middle of a line; NULL: none.
	 */
	const struct copl_findings *broken;
	/*
	 * Whom to tell that a review record cannot be read: no page is made
	 * then, and the status is COPL_E_IO or COPL_E_LIMIT.  NULL: the page
	 * itself says it.
	 */
	struct copl_reporter *r;
};

#define COPL_PREVIEW_MAX ((size_t)256 << 20)

/*
 * Appends the page of a master in a language of the project (its index).  The
 * page's own words are in that language, where the program speaks it.  A
 * translation that is not good, not there or fuzzy is no failure: that is
 * what the page is for.
 *
 * how and counts may be NULL.  COPL_E_NOTFOUND: the master cannot be shown,
 * because it has errors itself.
 */
enum copl_status copl_preview_page(struct copl_workspace *w,
    const struct copl_master *m, size_t language,
    const struct copl_preview_how *how, struct copl_strbuf *out,
    struct copl_preview_counts *counts) COPL_MUST_CHECK;

#endif
