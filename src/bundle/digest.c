/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <sodium.h>
#include "bundle/bundle.h"

_Static_assert(COPL_SHA256_HEX == crypto_hash_sha256_BYTES * 2 + 1,
    "two digits a byte and a NUL");
_Static_assert(COPL_SHA256_BYTES == crypto_auth_hmacsha256_BYTES,
    "a code is as long as a digest");

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

void copl_hmac_sha256(const void *key, size_t key_len, const void *bytes,
    size_t len, unsigned char out[COPL_SHA256_BYTES])
{
	crypto_auth_hmacsha256_state state;

	crypto_auth_hmacsha256_init(&state, key, key_len);
	crypto_auth_hmacsha256_update(&state, bytes, len);
	crypto_auth_hmacsha256_final(&state, out);
	sodium_memzero(&state, sizeof(state));
}
