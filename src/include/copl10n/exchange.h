/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL10N_EXCHANGE_H
#define COPL10N_EXCHANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <copl10n/diag.h>
#include <copl10n/status.h>

#pragma GCC visibility push(default)
#ifdef __cplusplus
extern "C" {
#endif

/** What a translator gets. */
struct copl_pack_options {
	const char *dir; /* project folder */
	const char *lang; /* tag or catalog name of a language of it */
	const char *output; /* zip to write; NULL: PROJECT-LANG.zip in dir */
	const char *contact; /* e-mail address to answer to; NULL: not said */
	int64_t now; /* seconds since 1970 */
};

/**
 * Write one zip with all that a translator of a language needs: START.html,
 * for each form a PO and an XLIFF file, the glossary, a table for reviewers.
 * A copy is kept in .cop-l10n/packs/, so that copl_import() can tell what a
 * translator changed.  Equal projects give equal bytes at an equal time.
 * Tells event "packed" with fields file, language, forms, texts, open.
 *
 * @return COPL_OK, COPL_E_INVALID (the project has no such language, or the
 *         catalogs do not fit the forms), or as
 *         copl_check(); nothing is written unless it is COPL_OK
 */
enum copl_status copl_pack(const struct copl_pack_options *options,
    const struct copl_sink *sink) __attribute__((warn_unused_result));

/** What came back. */
struct copl_import_options {
	const char *dir; /* project folder */
	const char *file; /* PO, XLIFF, table or zip */
	const char *page; /* findings page to write; NULL: none */
	bool dry_run; /* write no catalog; the page is written */
};

/**
 * Merge the translations of a file into the catalogs of a project, by id, and
 * write a page for the translator, in the translator's language, that says
 * what was taken and what to look at again.  Only translations, comments of
 * translators and "fuzzy" are taken.  A text whose source has changed since
 * it was sent becomes fuzzy.  A comment that is new is a note, too
 * ("import-remark"): it may be a question.  Tells event "imported" for each
 * catalog with fields file, taken, unchanged, stale, refused, written; "page"
 * with file.
 *
 * @return COPL_OK, COPL_E_INVALID (some texts were not taken, or what was
 *         taken has errors: the page says which), COPL_E_PARSE, COPL_E_LIMIT,
 *         COPL_E_IO or COPL_E_NOMEM; when the file cannot be read nothing is
 *         written
 */
enum copl_status copl_import(const struct copl_import_options *options,
    const struct copl_sink *sink) __attribute__((warn_unused_result));

#ifdef __cplusplus
}
#endif
#pragma GCC visibility pop
#endif
