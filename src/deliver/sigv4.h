/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_SIGV4_H
#define COPL_SIGV4_H

#include "deliver/driver.h"

/*
 * Requests to S3 and what speaks its protocol, signed by AWS Signature
 * Version 4: a digest over method, address, headers and content, made with a
 * key that itself never leaves.
 */
struct copl_sigv4 {
	const char *id; /* access key id */
	const char *key; /* of key_len bytes */
	size_t key_len;
	const char *token; /* of a session; NULL: none */
	const char *region;
	int64_t now; /* seconds since 1970 */
};

/*
 * Adds X-Amz-Date, X-Amz-Content-Sha256, X-Amz-Security-Token and
 * Authorization.  Signed are Host, Content-Type and all that begins with
 * X-Amz-; the address must be as copl_sigv4_url() writes it.  payload is the
 * SHA-256 of the content in hex.  COPL_E_LIMIT, COPL_E_NOMEM.
 */
enum copl_status copl_sigv4_sign(struct copl_asking *out,
    const struct copl_sigv4 *who, const char *payload) COPL_MUST_CHECK;

/*
 * url and path as one address in which each character is written the one
 * way that is signed.  COPL_E_LIMIT, COPL_E_INVALID.
 */
enum copl_status copl_sigv4_url(
    const char *url, const char *path, char *out, size_t room) COPL_MUST_CHECK;

/* What is digested first, for tests. */
enum copl_status copl_sigv4_canonical(const struct copl_net_request *q,
    const char *payload, struct copl_strbuf *out) COPL_MUST_CHECK;

#endif
