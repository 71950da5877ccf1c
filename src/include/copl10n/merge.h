/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL10N_MERGE_H
#define COPL10N_MERGE_H

#include <stdbool.h>
#include <stddef.h>
#include <copl10n/diag.h>
#include <copl10n/status.h>

#pragma GCC visibility push(default)
#ifdef __cplusplus
extern "C" {
#endif

/**
 * Merge what two people made of one catalog or review record, as a merge
 * driver of git does: the result is written over @ours.
 *
 * Catalogs are merged by entry, records by row.  Where source and translation
 * come from different sides the translation becomes fuzzy.  Tells event
 * "merged" with fields file, taken, merged, doubts, conflicts, kept.
 *
 * @base    file that both began with; an empty file: there was none
 * @ours    file to merge into
 * @theirs  the other file
 * @name    path in the project, for findings and to find the review record;
 *          NULL: not known
 *
 * @return COPL_OK, COPL_E_INVALID (both sides translated a text, each
 *         differently: both are in the file, as fuzzy), COPL_E_PARSE (a file
 *         is broken: nothing was written), COPL_E_IO, COPL_E_LIMIT or
 *         COPL_E_NOMEM
 */
enum copl_status copl_merge_po(const char *base, const char *ours,
    const char *theirs, const char *name, const struct copl_sink *sink)
    __attribute__((warn_unused_result));

/** How differences are shown. */
struct copl_diff_options {
	bool colour; /* with escape sequences for a terminal */
};

/**
 * Tell what changed from one catalog, form or XML document to another, by
 * text and word by word: sources and translations apart, without regard to
 * order, references, dates and how lines are broken.
 *
 * Tells event "difference" per text with fields id, what ("added", "removed",
 * "changed"), source-before, source-after, translation-before,
 * translation-after, source-diff, translation-diff (words marked as
 * [-removed-] and {+added+}), fuzzy-before, fuzzy-after; then event "compared"
 * with fields before, after, added, removed, sources, translations, states.
 *
 * @return COPL_OK whether or not something differs, COPL_E_PARSE,
 *         COPL_E_INVALID, COPL_E_IO, COPL_E_LIMIT or COPL_E_NOMEM
 */
enum copl_status copl_diff(const char *before, const char *after,
    const struct copl_diff_options *options, const struct copl_sink *sink)
    __attribute__((warn_unused_result));

#ifdef __cplusplus
}
#endif
#pragma GCC visibility pop
#endif
