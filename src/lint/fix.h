/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_LINT_FIX_H
#define COPL_LINT_FIX_H

#include "catalog/catalog.h"

/*
 * What can be put right without the translator: it changes no word, and there
 * is one way to do it.  A text that was put right draws no finding of that
 * check any more; one that draws none keeps its bytes.
 */
#define COPL_LINT_FIXES 8

struct copl_lint_fix {
	const char *tag; /* of the catalog's language */
	const struct copl_catalog *c;
	/* What was done to the last text: codes of checks, up to a NULL. */
	const char *done[COPL_LINT_FIXES + 1];
};

/*
 * A translation of m, whose source is id, put right, into *out, which is
 * emptied first.  Checks that the message silences with a reason leave it
 * alone.
 */
enum copl_status copl_lint_fix_text(struct copl_lint_fix *f,
    const struct copl_message *m, const char *id, const char *str,
    struct copl_strbuf *out) COPL_MUST_CHECK;

/*
 * The rule for plurals that the catalog should have, when its own is another
 * known way to count in its language, with map[k] the form of the catalog that
 * becomes form k.  NULL: there is nothing to put right, or no one way to do
 * it.
 */
const char *copl_lint_fix_plural(
    const struct copl_lint_fix *f, unsigned map[COPL_PLURALS_MAX]);

#endif
