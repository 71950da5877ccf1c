/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL10N_BUILD_H
#define COPL10N_BUILD_H

#include <stdbool.h>
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
};

/**
 * Build every form of a project for every recipient and language, and make
 * a numbered, signed release of them: OUTPUT/N, with OUTPUT/latest pointing
 * to it.
 *
 * A release holds every language of the project or is not built.  When no
 * file would differ from the latest release nothing is written.  Tells
 * event "built" or "unchanged" with fields version, path, files, forms,
 * languages, recipients, expires.
 *
 * @return COPL_OK, COPL_E_PARSE, COPL_E_INVALID, COPL_E_IO, COPL_E_TRUST
 *         (the latest release is damaged), COPL_E_LIMIT or COPL_E_NOMEM
 */
enum copl_status copl_build(const struct copl_build_options *options,
    const struct copl_sink *sink) __attribute__((warn_unused_result));

#ifdef __cplusplus
}
#endif
#pragma GCC visibility pop
#endif
