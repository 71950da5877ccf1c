/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_BUNDLE_BOX_H
#define COPL_BUNDLE_BOX_H

#include "base/base.h"

/*
 * Keys for sealing answers: X25519, in files like those of the keys that
 * sign, with the letters "An" where those have "Ed".  A public key is one
 * line of 56 characters that begins with QW.
 */
struct copl_box_public {
	unsigned char id[8];
	unsigned char key[32];
};
struct copl_box_secret; /* zeroed when freed */

#define COPL_BOX_PUBLIC_B64 57
/*
 * A .pub file, or a file with its base64 line alone.  Findings:
 * answers-key-malformed, answers-key-is-secret, answers-key-signs, io-*.
 */
enum copl_status copl_box_public_load(const char *path, struct copl_reporter *r,
    struct copl_box_public *out) COPL_MUST_CHECK;
/* The same of a text. */
enum copl_status copl_box_public_read(const char *text, struct copl_place at,
    struct copl_reporter *r, struct copl_box_public *out) COPL_MUST_CHECK;
void copl_box_public_b64(
    const struct copl_box_public *k, char out[COPL_BOX_PUBLIC_B64]);

/*
 * passphrase NULL: the key has none.  Findings: answers-key-malformed,
 * key-damaged, key-passphrase, key-mode, io-*.
 */
enum copl_status copl_box_secret_load(const char *path, const char *passphrase,
    struct copl_reporter *r, struct copl_box_secret **out) COPL_MUST_CHECK;
void copl_box_secret_free(struct copl_box_secret *k);
void copl_box_secret_public(
    const struct copl_box_secret *k, struct copl_box_public *out);

/* Adds what only the secret key opens: 48 bytes more than len. */
enum copl_status copl_box_seal(const struct copl_box_public *k,
    const char *bytes, size_t len, struct copl_strbuf *out) COPL_MUST_CHECK;
/* *out is emptied first.  COPL_E_TRUST: not sealed to this key, or damaged. */
enum copl_status copl_box_open(const struct copl_box_secret *k,
    const char *bytes, size_t len, struct copl_strbuf *out) COPL_MUST_CHECK;

/* copl_keygen_answers with a cost of one's own; tests have little time. */
struct copl_lock;
enum copl_status copl_keygen_answers_locked(const char *prefix,
    const struct copl_lock *lock, const struct copl_sink *sink) COPL_MUST_CHECK;

#endif
