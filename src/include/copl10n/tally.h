/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL10N_TALLY_H
#define COPL10N_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <copl10n/diag.h>
#include <copl10n/status.h>

#pragma GCC visibility push(default)
#ifdef __cplusplus
extern "C" {
#endif

struct copl_tally_options {
	const char *const *dirs; /* folders of answers, as serve keeps them */
	size_t ndirs;
	/* Each a release, an installed set, or a folder of releases. */
	const char *const *releases;
	size_t nreleases;
	const char *const *forms; /* only these; none: all */
	size_t nforms;
	const char *labels; /* language of the questions, e.g. "zh-Hans";
			     * NULL: that of the form itself */
	const char *csv; /* file of all answers; NULL: none */
	const char *html; /* page to publish; NULL: none */
	const char *key; /* secret key that opens sealed answers; NULL: none */
	const char *passphrase; /* of the key; NULL: it has none */
	const char *scratch; /* folder for what does not fit into memory */
	bool draft; /* count answers to drafts, and no others */
	bool exact; /* hide nothing: not to be published */
	int64_t now; /* seconds since 1970 */
};

/**
 * Count the answers of several offices and languages.
 *
 * What is counted, added up and hidden is said in docs/tally.md.  Tells event
 * "tally-form" for each form, with fields form, title, lang, releases ("1 2"),
 * releases-label ("1 and 2", for people), answers; "tally-people" for each
 * column of its tables, with form, by ("all", "language", "recipient",
 * "release"), of, count and hidden; "tally-cell" for each number, with form,
 * releases, releases-label, question, label, part, part-label, code,
 * code-label, by, of, count, percent and hidden ("yes": count and percent are
 * ""); "tally-question" for a question without numbers, with form, releases,
 * releases-label, question, label and reason ("few", "totals");
 * "tally-duplicate" and "tally-double" for files, with file and same-as;
 * "tally-left-out" with form, release, reason and count; "written" for a file;
 * and last "tally" with fields files, answers, duplicates, conflicts, doubles,
 * drafts, and invalid.
 *
 * @return COPL_OK; COPL_E_INVALID when a file was no answer that could be
 *         counted, after all others were; COPL_E_IO, when a file could not be
 *         read, which may be an answer: every such file is a finding, no
 *         number is told and nothing is written; or COPL_E_NOMEM
 */
enum copl_status copl_tally(const struct copl_tally_options *options,
    const struct copl_sink *sink) __attribute__((warn_unused_result));

struct copl_tally_follow_options {
	const char *const *dirs;
	size_t ndirs;
	const char *const *releases; /* whose recipients have none yet */
	size_t nreleases;
	const char *key;
	const char *passphrase;
	const char *scratch;
	unsigned days; /* 1 to 31: so many, with today, are told of */
	int64_t now; /* seconds since 1970 */
};

/**
 * Count answers by day, recipient and language, while they still come.
 *
 * Small numbers are shown: this is for whoever runs the consultation.  Tells
 * event "follow-day" with fields recipient, lang, day and count, "follow-sum"
 * with recipient, lang and count, and last "follow" with at, answers and
 * unread.  Days are those of UTC.
 *
 * @return as copl_tally(), but a file that cannot be read is COPL_E_INVALID,
 *         too, after all others were counted: it is there to be looked at
 *         again
 */
enum copl_status copl_tally_follow(
    const struct copl_tally_follow_options *options,
    const struct copl_sink *sink) __attribute__((warn_unused_result));

/**
 * Remove answers whose last day has passed.
 *
 * Tells event "purge" for each form of a folder, and "purged" with dir, due,
 * kept and unknown.
 *
 * @dry_run  tell what would be removed and remove nothing
 *
 * @return COPL_OK, COPL_E_IO or COPL_E_NOMEM
 */
enum copl_status copl_tally_purge(const char *const *dirs, size_t ndirs,
    int64_t now, bool dry_run, const struct copl_sink *sink)
    __attribute__((warn_unused_result));

#ifdef __cplusplus
}
#endif
#pragma GCC visibility pop
#endif
