/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL10N_REVIEW_H
#define COPL10N_REVIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <copl10n/diag.h>
#include <copl10n/status.h>

#pragma GCC visibility push(default)
#ifdef __cplusplus
extern "C" {
#endif

/** What somebody says of translations, or asks. */
struct copl_review_options {
	const char *dir; /* project folder */
	const char *lang; /* "zh-Hans", or its catalog "zh_CN" */
	const char *form; /* id of a form, "interface" or "consultation";
			   * NULL: all of them */
	const char *state; /* "draft", "translated", "reviewed", "approved";
			    * NULL: list what nobody reviewed */
	const char *const *ids; /* of texts, such as "consent/text" */
	size_t nids;
	bool all; /* every text that is good enough, none is lowered */
	bool changed; /* those that were reviewed before and changed since */
	const char *who; /* name; needed for reviewed and approved */
	const char *role; /* the same */
	const char *origin; /* "human", "machine", "reuse"; NULL: as it was */
	bool dry_run; /* tell, and write nothing */
	int64_t now; /* seconds since 1970; the day is recorded */
};

/**
 * Record the state of translations in po/FORM/LANG.review, or list them.
 *
 * Fuzzy and missing texts get no state, and those with errors none above
 * draft.  A named text that is refused is an error, and nothing is written
 * then.  Approved texts are also kept in po/FORM/LANG.approved.po.
 *
 * Tells event "review" per text with fields form, id, language, from, to (the
 * states; equal in a list), source, translation; and event "reviewed" per form
 * with fields form, language, state, texts, left-out, file.
 *
 * @return COPL_OK, COPL_E_INVALID (refused, or a wish that cannot be),
 *         COPL_E_PARSE, COPL_E_IO, COPL_E_LIMIT or COPL_E_NOMEM
 */
enum copl_status copl_review_texts(const struct copl_review_options *options,
    const struct copl_sink *sink) __attribute__((warn_unused_result));

/** A sheet to sign, or a signature to keep. */
struct copl_signoff_options {
	const char *dir;
	const char *lang;
	const char *form; /* as above */
	const char *output; /* sheet: the page to write */
	const char *who; /* record: who signed */
	const char *role;
	const char *digest; /* record: what stands on the sheet */
	const char *sheet; /* record: the page that was signed, to say what
			    * changed since; NULL: not at hand */
	int64_t now;
};

/**
 * Write a page for an official to read and sign: every text with its
 * translation, what changed since the last approval, and a digest of all.
 * Its words are in the language of the translation.  Tells event "sheet" with
 * fields file, language, texts, left-out, digest.
 *
 * @return as copl_review_texts()
 */
enum copl_status copl_signoff_sheet(const struct copl_signoff_options *options,
    const struct copl_sink *sink) __attribute__((warn_unused_result));

/**
 * Keep a signature: its name, role, date and digest go into the record, and
 * all texts of the sheet are approved.  Tells event "signed" with fields
 * language, texts, digest.
 *
 * @return COPL_E_TRUST when the digest is not that of the texts as they are
 *         now: nothing is written; else as copl_review_texts()
 */
enum copl_status copl_signoff_record(const struct copl_signoff_options *options,
    const struct copl_sink *sink) __attribute__((warn_unused_result));

#ifdef __cplusplus
}
#endif
#pragma GCC visibility pop
#endif
