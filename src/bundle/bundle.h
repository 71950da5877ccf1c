/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_BUNDLE_INTERNAL_H
#define COPL_BUNDLE_INTERNAL_H

#include <copl10n/bundle.h>
#include "base/base.h"

/*
 * A release is a set of files with a manifest that names each by path,
 * length and SHA-256, and a minisign signature of the manifest.  The same
 * format serves the whole release and the set of one recipient, which
 * verifies alone, without the rest.
 */
#define COPL_MANIFEST "manifest.xml"
#define COPL_MANIFEST_SIG "manifest.xml.minisig"
/* A second signature while keys rotate. */
#define COPL_MANIFEST_SIG2 "manifest.xml.2.minisig"
#define COPL_SUMS "SHA256SUMS"
#define COPL_MANIFEST_MAX ((size_t)4 << 20)
#define COPL_SIGNATURE_MAX ((size_t)16384)
#define COPL_RELEASE_FILE_MAX ((size_t)16 << 20)
#define COPL_RELEASE_FILES_MAX 10000
#define COPL_SHA256_HEX 65

void copl_sha256_hex(const void *bytes, size_t len, char out[COPL_SHA256_HEX]);
/* base64 (RFC 4648, padded) of the digest, for Content-Digest fields. */
#define COPL_SHA256_B64 45
void copl_sha256_b64(const void *bytes, size_t len, char out[COPL_SHA256_B64]);
/* HMAC-SHA-256 (RFC 2104), for requests that are signed with a secret. */
#define COPL_SHA256_BYTES 32
void copl_hmac_sha256(const void *key, size_t key_len, const void *bytes,
    size_t len, unsigned char out[COPL_SHA256_BYTES]);

struct copl_manifest_file {
	const char *path; /* copl_path_is_safe */
	const char *form; /* NULL: not a form (index.html) */
	const char *lang;
	const char *recipient; /* NULL: for everyone */
	const char *type; /* media type */
	uint64_t length;
	const char *sha256; /* 64 lower case hex digits */
};

struct copl_manifest_without { /* a language that the release leaves out */
	const char *lang;
	const char *reason;
};
struct copl_manifest_fallback { /* texts in their source language */
	const char *form;
	const char *lang;
	uint64_t texts;
};
/* Of each at most as many as a project has languages, or those by forms. */
#define COPL_MANIFEST_WITHOUT_MAX 200
#define COPL_MANIFEST_FALLBACK_MAX 10000

struct copl_manifest {
	struct copl_arena *arena;
	const char *project; /* the project's id */
	const char *recipient; /* NULL: the whole release */
	uint64_t version; /* from 1, never reused */
	int64_t created; /* seconds since 1970 */
	int64_t expires;
	bool draft; /* for testing: nobody should answer its forms */
	const char *keys[2]; /* minisign public keys (base64) that may sign */
	size_t nkeys;
	struct copl_manifest_without *without;
	size_t nwithout;
	struct copl_manifest_fallback *fallback;
	size_t nfallback;
	struct copl_manifest_file *files; /* sorted by path */
	size_t nfiles;
};

/* ---- manifests: pure ---- */
/* Findings: manifest-*, xml-*.  The caller owns *out. */
enum copl_status copl_manifest_read(const char *bytes, size_t len,
    const char *file, struct copl_reporter *r, struct copl_manifest **out)
    COPL_MUST_CHECK;
enum copl_status copl_manifest_write(
    const struct copl_manifest *m, struct copl_strbuf *out) COPL_MUST_CHECK;
/* "digest  path" lines as sha256sum writes them, SHA256SUMS itself and the
 * manifest not included. */
enum copl_status copl_manifest_sums(
    const struct copl_manifest *m, struct copl_strbuf *out) COPL_MUST_CHECK;
void copl_manifest_free(struct copl_manifest *m);
const struct copl_manifest_file *copl_manifest_find(
    const struct copl_manifest *m, const char *path);
/* Files by path: the order in which they are written and must be read. */
void copl_manifest_sort(struct copl_manifest *m);
/*
 * The trusted comment that goes with a manifest, so that stock minisign
 * shows version and expiry: "cop-l10n release 3 project p recipient r
 * created ... expires ...", with " draft" at its end for a draft.
 */
void copl_manifest_comment(
    const struct copl_manifest *m, struct copl_strbuf *out);

/* May this be the reason for a language left out?  One line for people. */
bool copl_manifest_reason_ok(const char *s);

/* ---- forms for ODK in a release ---- */
#define COPL_ODK_SUFFIX ".odk.xml"
struct copl_odk_name { /* of a form, in one of its languages */
	const char *lang; /* NULL: not said */
	const char *name; /* NULL: none */
	const char *summary; /* NULL: none */
};
/* What a form for ODK says of itself; white space is collapsed. */
struct copl_odk_about {
	const char *id; /* NULL: none; so with the next two */
	const char *version;
	const char *title; /* <h:title> */
	struct copl_odk_name *names; /* in the order of the form */
	size_t nnames;
};
/*
 * Reads an XForm.  Findings xml-*; what is not there is no finding.  Strings
 * are in the arena.
 */
enum copl_status copl_odk_about_read(const char *bytes, size_t len,
    const char *file, struct copl_arena *a, struct copl_reporter *r,
    struct copl_odk_about *out) COPL_MUST_CHECK;

/* ---- age ---- */
/* So long before a release expires people are told. */
#define COPL_EXPIRY_NEAR (7 * INT64_C(86400))
/*
 * Says to whoever makes releases that the latest one has expired or soon will:
 * warnings release-expired, release-expires-soon, or nothing.
 */
void copl_age_remind(int64_t expires, int64_t now, struct copl_place at,
    struct copl_reporter *r);

/* ---- minisign keys and signatures ---- */
struct copl_public_key {
	unsigned char id[8];
	unsigned char key[32];
};
struct copl_secret_key; /* zeroed when freed */

/*
 * A .pub file's text, or its base64 line alone.  Findings: key-malformed,
 * key-is-secret; COPL_E_INVALID.
 */
enum copl_status copl_public_key_read(const char *text, struct copl_place at,
    struct copl_reporter *r, struct copl_public_key *out) COPL_MUST_CHECK;
#define COPL_PUBLIC_KEY_B64 57
void copl_public_key_b64(
    const struct copl_public_key *k, char out[COPL_PUBLIC_KEY_B64]);
enum copl_status copl_public_key_load(const char *path, struct copl_reporter *r,
    struct copl_public_key *out) COPL_MUST_CHECK;
/* A .pub file as minisign writes it. */
void copl_public_key_write(
    const struct copl_public_key *k, struct copl_strbuf *out);
bool copl_public_key_equal(
    const struct copl_public_key *a, const struct copl_public_key *b);
/*
 * What people read to each other: SHA-256 of the key, first 20 bytes, in
 * ten groups of four hex digits: "3F2A 91C0 ...".
 */
#define COPL_FINGERPRINT_SIZE 50
void copl_fingerprint(
    const struct copl_public_key *k, char out[COPL_FINGERPRINT_SIZE]);
/* Compares without looking at blanks, case, ':' and '-'. */
bool copl_fingerprint_equal(const char *given, const struct copl_public_key *k);

/*
 * passphrase NULL: the key has none.  Findings: key-malformed, key-damaged,
 * key-passphrase, key-mode, io-*.
 */
enum copl_status copl_secret_key_load(const char *path, const char *passphrase,
    struct copl_reporter *r, struct copl_secret_key **out) COPL_MUST_CHECK;
void copl_secret_key_free(struct copl_secret_key *k);
void copl_secret_key_public(
    const struct copl_secret_key *k, struct copl_public_key *out);

/* How a secret key is protected, and what guessing it shall cost. */
struct copl_lock {
	const char *passphrase; /* NULL: not at all */
	uint64_t ops; /* of scrypt, as libsodium counts */
	uint64_t mem; /* bytes */
};
/* copl_keygen with a cost of one's own; tests have little time. */
enum copl_status copl_keygen_locked(const char *prefix,
    const struct copl_lock *lock, const struct copl_sink *sink) COPL_MUST_CHECK;

/* A prehashed minisign signature file of the bytes. */
enum copl_status copl_sign(const struct copl_secret_key *k, const char *bytes,
    size_t len, const char *trusted_comment, struct copl_strbuf *out)
    COPL_MUST_CHECK;
/*
 * Is sig (text of a .minisig file) a signature of the bytes by one of the
 * keys?  On COPL_OK *by is its index and *trusted (may be NULL) the trusted
 * comment in the arena.  Findings: signature-malformed, signature-legacy,
 * signature-wrong, signature-unknown-key; COPL_E_TRUST.
 */
enum copl_status copl_signature_check(const char *sig, const char *sig_file,
    const char *bytes, size_t len, const struct copl_public_key *keys,
    size_t nkeys, struct copl_arena *a, struct copl_reporter *r, size_t *by,
    const char **trusted) COPL_MUST_CHECK;

/* ---- trust: who may sign for this folder ---- */
/*
 * What the receiving side remembers, in <dir>/.cop-l10n/trust: the keys
 * pinned and the newest version seen.  Text, one "key BASE64" or
 * "version N", "recipient ID" or "withdrawn N [SHA256]" line each; "#" begins
 * a comment.
 */
#define COPL_STATE_DIR ".cop-l10n"
#define COPL_WHOLE_RELEASE "*" /* as the recipient of a trust */
struct copl_trust {
	struct copl_public_key keys[2];
	size_t nkeys; /* 0: nothing pinned yet */
	uint64_t version; /* 0: none seen */
	/* Whose set this is; "" not known yet, "*" the whole release. */
	char recipient[64];
	/*
	 * The release that a person here took back, 0 for none: it does not
	 * come again, and until a newer one comes an older one is in place.
	 */
	uint64_t withdrawn;
	char withdrawn_sha256[COPL_SHA256_HEX]; /* of its manifest; "" */
	/*
	 * The key that a person named last.  Named once more, at each start
	 * of a service or by a timer, it is no new decision: releases may
	 * have led on from it to another one.
	 */
	struct copl_public_key named;
	bool has_named;
};
/* Are releases signed by this key accepted? */
bool copl_trust_pins(
    const struct copl_trust *t, const struct copl_public_key *k);
/* Is this key pinned, or was it when a person named it last? */
bool copl_trust_knows(
    const struct copl_trust *t, const struct copl_public_key *k);
/* The same of a fingerprint, as people write it. */
bool copl_trust_knows_fingerprint(
    const struct copl_trust *t, const char *fingerprint);
/* From now on this key alone may sign, because a person says so. */
void copl_trust_name(struct copl_trust *t, const struct copl_public_key *k);
/* No file: an empty trust.  Findings: trust-malformed, io-*. */
enum copl_status copl_trust_load(const char *dir, struct copl_reporter *r,
    struct copl_trust *out) COPL_MUST_CHECK;
enum copl_status copl_trust_save(const char *dir, const struct copl_trust *t,
    struct copl_reporter *r) COPL_MUST_CHECK;

/*
 * Reads one file of a set: from a folder, from the network.  *out is emptied
 * first.  max bounds what may be read.  A file that is not there is
 * COPL_E_NOTFOUND without a finding; everything else is reported.
 */
typedef enum copl_status copl_read_fn(void *arg, const char *path, size_t max,
    struct copl_reporter *r, struct copl_strbuf *out);

struct copl_verify {
	int64_t now;
	bool installed; /* the set is in place already: expiry only warns */
	bool draft; /* that it is one need not be told */
	bool published; /* what it would replace is no draft */
	copl_read_fn *read;
	void *read_arg;
	const char *where; /* for findings: the folder or address */
};
/*
 * Whom to believe: the key in a file; or the key with the fingerprint among
 * those that the set offers; or, with neither, what is pinned.  Keys given
 * take the place of pinned ones.  With a fingerprint, or when nothing is
 * pinned, the manifest is read here once and later again.  Findings:
 * key-not-pinned (tells what is offered), key-fingerprint, key-*, manifest-*.
 */
enum copl_status copl_trust_choose(const struct copl_verify *how,
    const char *key, const char *fingerprint, struct copl_trust *t,
    struct copl_reporter *r) COPL_MUST_CHECK;
/*
 * The one order of checks (DESIGN 8): size, signature by a key of t,
 * recipient, version not older, not expired, clock plausible.  Not yet the
 * files.  On COPL_OK *t is what to remember from now on (keys as the
 * manifest names them, its version) and the caller owns *out.  On any other
 * status *t is as it was.  Findings: signature-*, manifest-*,
 * release-older, release-withdrawn, release-expired, release-expires-soon (a
 * warning), clock-implausible, release-recipient, release-draft (a warning),
 * release-draft-over.
 */
enum copl_status copl_verify_manifest(const struct copl_verify *how,
    struct copl_trust *t, struct copl_reporter *r, struct copl_manifest **out)
    COPL_MUST_CHECK;
/* Length and digest of one file; findings file-digest, file-length. */
enum copl_status copl_verify_file(const struct copl_manifest_file *f,
    const char *where, const char *bytes, size_t len, struct copl_reporter *r)
    COPL_MUST_CHECK;
/* A copl_read_fn for a folder; arg is its path, a const char *. */
enum copl_status copl_read_dir(void *arg, const char *path, size_t max,
    struct copl_reporter *r, struct copl_strbuf *out) COPL_MUST_CHECK;

#endif
