/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL10N_BUILD_H
#define COPL10N_BUILD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <copl10n/diag.h>
#include <copl10n/status.h>

#pragma GCC visibility push(default)
#ifdef __cplusplus
extern "C" {
#endif

struct copl_build_options {
	const char *dir; /* project folder */
	const char *output; /* folder of the releases */
	const char *key; /* secret key that signs */
	const char *passphrase; /* of the key; NULL: it has none */
	const char *next_key; /* second signer while keys rotate; NULL */
	const char *next_passphrase;
	int64_t now; /* seconds since 1970: the release's created */
	bool renew; /* a new release even if no file changed */
	bool print; /* recipients without an address for answers get paper */
	bool draft; /* a draft is what is wanted, whatever the gates say */
	bool fallback; /* what is not translated stays in its source language */
	const char *const *without; /* tags of languages that are left out */
	const char *const
	    *reasons; /* as many: why, in the project's language */
	size_t nwithout;
};

/**
 * Build every form of a project for every recipient and language, and make
 * a numbered, signed release of them: OUTPUT/N, with OUTPUT/latest pointing
 * to it.
 *
 * A release holds every language of the project, complete, or is not built.
 * What is left out with @without is named with its reason in the manifest
 * and on the index.  With @fallback a text that is not translated is shown
 * in the source language, marked as such, and the manifest counts it; texts
 * about consent, privacy, help and mistakes never fall back.  A page that
 * can be filled in but not sent is not built: a recipient needs an address
 * for answers or @print.
 *
 * Unless all gates of the project are met, which its review records tell,
 * only a draft can be built, and only with @draft: its manifest, every page
 * and every form says in its language that nobody should answer.  OUTPUT/draft
 * points to it; OUTPUT/latest never does.
 *
 * When no file would differ from the latest release nothing is written.
 * Tells event "built" or "unchanged" with fields version, path, files,
 * forms, languages, recipients, expires, draft; before it "without" (language,
 * reason), "fallback" (form, language, texts) and, for a draft, "gate-unmet"
 * (language, state, and for each kind of text how many still need it).
 *
 * @return COPL_OK, COPL_E_PARSE, COPL_E_INVALID, COPL_E_IO, COPL_E_TRUST
 *         (the latest release is damaged), COPL_E_LIMIT or COPL_E_NOMEM
 */
enum copl_status copl_build(const struct copl_build_options *options,
    const struct copl_sink *sink) __attribute__((warn_unused_result));

struct copl_zip_options {
	const char *dir; /* project folder */
	const char *release; /* folder of a release */
	const char *output; /* folder for the zips; made if missing */
	const char *const *recipients; /* ids */
	size_t nrecipients;
	int64_t now; /* seconds since 1970 */
};

/**
 * Make a zip of the set of each recipient, for whoever has not this program:
 * the same bytes that a release holds for <pickup by="zip"/>.
 *
 * The sets are verified before.  Writes OUTPUT/ID.zip and tells event "zip"
 * for each, with fields recipient, path, version, bytes.
 *
 * @return COPL_OK, COPL_E_PARSE, COPL_E_INVALID, COPL_E_IO, COPL_E_TRUST,
 *         COPL_E_LIMIT or COPL_E_NOMEM
 */
enum copl_status copl_zip_sets(const struct copl_zip_options *options,
    const struct copl_sink *sink) __attribute__((warn_unused_result));

#ifdef __cplusplus
}
#endif
#pragma GCC visibility pop
#endif
