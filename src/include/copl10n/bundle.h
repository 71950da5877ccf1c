/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL10N_BUNDLE_H
#define COPL10N_BUNDLE_H

#include <stdint.h>
#include <copl10n/diag.h>
#include <copl10n/status.h>

#pragma GCC visibility push(default)
#ifdef __cplusplus
extern "C" {
#endif

/**
 * Make a key pair in minisign's format.
 *
 * Writes PREFIX.key (mode 0600) and PREFIX.pub; an existing one is an error
 * and nothing is written.  Tells event "key" with fields public, secret and
 * fingerprint.
 *
 * @prefix      path without ending, e.g. "keys/release"
 * @passphrase  protects the secret key; NULL: no protection but the mode
 *
 * @return COPL_OK, COPL_E_INVALID (exists), COPL_E_IO or COPL_E_NOMEM
 */
enum copl_status copl_keygen(const char *prefix, const char *passphrase,
    const struct copl_sink *sink) __attribute__((warn_unused_result));

/**
 * Make a key pair that seals answers and opens them.
 *
 * Like copl_keygen(): PREFIX.key stays with whoever counts, PREFIX.pub is for
 * those who collect.  Such a key signs nothing.
 *
 * @prefix      path without ending, e.g. "keys/answers"
 * @passphrase  protects the secret key; NULL: no protection but the mode
 *
 * @return COPL_OK, COPL_E_INVALID (exists), COPL_E_IO or COPL_E_NOMEM
 */
enum copl_status copl_keygen_answers(const char *prefix, const char *passphrase,
    const struct copl_sink *sink) __attribute__((warn_unused_result));

/** What to hold a set of files against. */
struct copl_verify_options {
	const char *key; /* path of a public key; NULL: the pinned one */
	const char *fingerprint; /* or what was read out; NULL: none */
	int64_t now; /* seconds since 1970 */
};

/**
 * Verify a release, or the set of one recipient, in a folder.
 *
 * Signature, expiry, then length and digest of every file; files that the
 * manifest does not name are findings too.  All findings at once.  Tells
 * event "verified" with fields version, files, recipient, expires, draft.
 *
 * @return COPL_OK, COPL_E_TRUST, COPL_E_PARSE, COPL_E_INVALID, COPL_E_IO or
 *         COPL_E_NOMEM
 */
enum copl_status copl_verify_dir(const char *dir,
    const struct copl_verify_options *options, const struct copl_sink *sink)
    __attribute__((warn_unused_result));

/**
 * Warn when the release in a folder has expired or will within seven days.
 *
 * For whoever makes releases: nothing is verified, and a folder without a
 * release, or with one that cannot be read, is no finding.
 *
 * @return COPL_OK or COPL_E_NOMEM
 */
enum copl_status copl_release_remind(const char *dir, int64_t now,
    const struct copl_sink *sink) __attribute__((warn_unused_result));

#ifdef __cplusplus
}
#endif
#pragma GCC visibility pop
#endif
