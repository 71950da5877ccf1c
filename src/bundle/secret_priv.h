/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_SECRET_PRIV_H
#define COPL_SECRET_PRIV_H

#include "bundle/bundle_priv.h"

/* Where the parts of minisign's secret record stand. */
#define AT_KDF 2 /* "Sc" for scrypt, two NULs for none */
#define AT_SUM_ALG 4 /* "B2" */
#define AT_SALT 6
#define AT_OPS 38
#define AT_MEM 46
#define AT_ID 54 /* from here on under the passphrase */
#define AT_KEY 62
#define AT_SUM 126

/*
 * Two kinds of secret keys have files of one form, told apart by two letters.
 */
struct key_kind {
	const char *alg;
	const char *file; /* what the comment in its files says it is for */
	void (*make)(struct copl_secret_key *k); /* all but the id */
	bool (*is_pair)(const struct copl_secret_key *k);
};
extern const struct key_kind copl_key_signs; /* releases */
extern const struct key_kind copl_key_opens; /* answers */

/* Checksum that tells a wrong passphrase from the right one. */
void copl_secret_key_sum(const char *alg, const struct copl_secret_key *k,
    unsigned char out[SECRET_SUM]);

enum secret_record { RECORD_NONE, RECORD_OTHER_KIND, RECORD_GOOD };

/*
 * The secret key in a file.  Findings as copl_secret_key_load, but that of a
 * file without such a record: then COPL_E_NOTFOUND and *what says more.
 */
enum copl_status copl_secret_kind_load(const char *path,
    const struct key_kind *kind, const char *passphrase,
    struct copl_reporter *r, enum secret_record *what,
    struct copl_secret_key **out) COPL_MUST_CHECK;

/*
 * Writes PREFIX.key and PREFIX.pub; what stands in the public file, and what is
 * told in the end, comes from the caller's functions.
 */
typedef void key_public_fn(
    const struct copl_secret_key *k, struct copl_strbuf *out);
typedef void key_tell_fn(struct copl_reporter *r,
    const struct copl_secret_key *k, const char *public, const char *secret);
enum copl_status copl_key_pair_make(const char *prefix,
    const struct key_kind *kind, const struct copl_lock *lock,
    key_public_fn *public_text, key_tell_fn *tell, const struct copl_sink *sink)
    COPL_MUST_CHECK;
/* What guessing a passphrase costs. */
struct copl_lock copl_key_lock(const char *passphrase) COPL_MUST_CHECK;

/*
 * Puts the passphrase on or takes it off.  Fails only when there is not
 * enough memory for the derivation.
 */
enum copl_status copl_secret_key_scramble(
    unsigned char raw[SECRET_RECORD], const char *passphrase) COPL_MUST_CHECK;

#endif
