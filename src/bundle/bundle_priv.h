/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_BUNDLE_PRIV_H
#define COPL_BUNDLE_PRIV_H

#include "bundle/bundle.h"

/*
 * minisign's files: fixed binary records in base64, each on a line of its
 * own behind a line "untrusted comment: ...".
 */
#define UNTRUSTED "untrusted comment: "
#define TRUSTED "trusted comment: "
#define TRUSTED_MAX ((size_t)8192)
#define KEY_FILE_MAX ((size_t)4096)

#define SIG_SIZE 64
#define KEY_ID_SIZE 8
#define PUBLIC_RECORD (2 + KEY_ID_SIZE + 32)
#define SECRET_RECORD 158
#define SECRET_B64 213 /* of SECRET_RECORD bytes, with the NUL */

struct line {
	const char *s;
	size_t len;
	size_t number; /* from 1 */
};
/* The next line, without its CR LF or LF; false: there is none. */
bool copl_line_next(const char **text, struct line *l);
bool copl_line_starts(const struct line *l, const char *prefix);
/* Decodes exactly size bytes; blanks at the end do not count. */
bool copl_b64_read(const char *s, size_t len, unsigned char *out, size_t size);

/* What the minisign file format calls the key: 16 hex digits. */
#define KEY_NAME_SIZE 17
void copl_key_name(
    const unsigned char id[KEY_ID_SIZE], char out[KEY_NAME_SIZE]);

struct copl_secret_key {
	unsigned char id[KEY_ID_SIZE];
	unsigned char key[64]; /* seed and public key */
};
#define SECRET_SUM 32 /* bytes of the checksum in a secret key's file */

enum signature_verdict {
	SIG_GOOD,
	SIG_MALFORMED,
	SIG_LEGACY,
	SIG_UNKNOWN_KEY,
	SIG_WRONG
};
struct signed_by {
	enum signature_verdict verdict;
	size_t key; /* good: index of the key */
	const char *comment; /* good: in the signature's text */
	size_t comment_len;
	char name[KEY_NAME_SIZE]; /* of the key that signed */
};
struct signed_by copl_signature_judge(const char *sig, const char *bytes,
    size_t len, const struct copl_public_key *keys, size_t nkeys);
/* The finding for a verdict that is not good. */
enum copl_status copl_signature_report(
    const struct signed_by *s, const char *sig_file, struct copl_reporter *r);

#endif
