/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <sodium.h>
#include "bundle/bundle.h"

_Static_assert(COPL_SHA256_HEX == crypto_hash_sha256_BYTES * 2 + 1,
    "two digits a byte and a NUL");

void copl_sha256_hex(const void *bytes, size_t len, char out[COPL_SHA256_HEX])
{
	unsigned char digest[crypto_hash_sha256_BYTES];

	crypto_hash_sha256(digest, bytes, len);
	sodium_bin2hex(out, COPL_SHA256_HEX, digest, sizeof(digest));
}

void copl_sha256_b64(const void *bytes, size_t len, char out[COPL_SHA256_B64])
{
	unsigned char digest[crypto_hash_sha256_BYTES];

	crypto_hash_sha256(digest, bytes, len);
	sodium_bin2base64(out, COPL_SHA256_B64, digest, sizeof(digest),
	    sodium_base64_VARIANT_ORIGINAL);
}
