/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL10N_FETCH_H
#define COPL10N_FETCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <copl10n/diag.h>
#include <copl10n/status.h>

#pragma GCC visibility push(default)
#ifdef __cplusplus
extern "C" {
#endif

struct copl_fetch_options {
	const char *url; /* base address of a set, http(s) */
	const char *dir; /* where the set goes; made if missing */
	const char *key; /* first fetch: path of the public key; NULL */
	const char
	    *fingerprint; /* first fetch or lost key: as read out; NULL */
	int64_t now; /* seconds since 1970 */
	bool draft; /* a draft may take the place of a set that is none */
	/*
	 * Only these languages: what a person asks for, as in "fr-CA", each
	 * of which gets the language of the release that fits best.
	 */
	const char *const *langs;
	size_t nlangs; /* 0: all */
	const char *const *forms; /* only the forms with these ids */
	size_t nforms; /* 0: all */
	bool undo_rollback; /* what was taken back may come again */
	/* How the address is spoken to; NULL: not said. */
	const char *token_file; /* first line: bearer token */
	const char *user;
	const char *password_file; /* first line: of that user */
	const char *ca; /* PEM file instead of the system's */
	const char *const *pins; /* "sha256//BASE64" of the server's key */
	size_t npins; /* at most 2: now and next */
	const char *proxy; /* NULL: none, whatever the environment says */
};

/**
 * Get the newest set from an address, verify it, and swap it in at once.
 *
 * The first fetch pins the key that matches @key or @fingerprint; without
 * either it tells which fingerprint the address offers and stops with
 * COPL_E_TRUST.  Later fetches accept only pinned keys, which a verified
 * manifest may rotate.  The old set stays unless everything verifies, and
 * unless a draft would take its place without @draft.  When
 * nothing is new it costs one request; otherwise only files come that are not
 * here already under whatever name, and a large one that was interrupted is
 * gone on with.  The set in place and the two before it are kept.
 * With @langs or @forms a part of the set is put in place, which says that it
 * is one.  Tells events "pinned", "fetched" or "unchanged".
 *
 * @return COPL_OK, COPL_E_TRUST, COPL_E_PARSE, COPL_E_INCOMPLETE (the
 *         address cannot be reached now), COPL_E_INVALID, COPL_E_IO,
 *         COPL_E_LIMIT, COPL_E_LOCKED or COPL_E_NOMEM
 */
enum copl_status copl_fetch(const struct copl_fetch_options *options,
    const struct copl_sink *sink) __attribute__((warn_unused_result));

struct copl_rollback_options {
	const char *dir;
	int64_t now; /* seconds since 1970 */
	bool draft; /* a draft may take the place of a set that is none */
};

/**
 * Put the release before the one in place back, after verifying it again.
 *
 * The release that was in place is taken back: no fetch brings it again until
 * somebody says so, but a newer one comes as ever.  Needs no network.  Tells
 * the event "rolled-back".
 *
 * @return COPL_OK, COPL_E_INVALID (there is none before it), COPL_E_TRUST,
 *         COPL_E_PARSE, COPL_E_IO, COPL_E_LIMIT, COPL_E_LOCKED or
 *         COPL_E_NOMEM
 */
enum copl_status copl_fetch_rollback(
    const struct copl_rollback_options *options, const struct copl_sink *sink)
    __attribute__((warn_unused_result));

#ifdef __cplusplus
}
#endif
#pragma GCC visibility pop
#endif
