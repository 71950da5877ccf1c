/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The list of OpenRosa names a form by MD5 and knows no other digest.  It
 * only says whether a phone has this form already; that nobody changed it is
 * what the signed manifest says.
 */
#include "config.h"
#include <stdio.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include "serve/openrosa.h"

#define MD5_BYTES 16

bool copl_openrosa_md5(
    const void *bytes, size_t len, char out[COPL_OPENROSA_MD5])
{
	unsigned char digest[MD5_BYTES];
	size_t i;
	int rc;

	/* A machine in FIPS mode forbids MD5 for what needs to be secure. */
	GNUTLS_FIPS140_SET_LAX_MODE();
	rc = gnutls_hash_fast(GNUTLS_DIG_MD5, bytes, len, digest);
	GNUTLS_FIPS140_SET_STRICT_MODE();
	for (i = 0; i < MD5_BYTES && rc >= 0; i++)
		snprintf(out + 2 * i, 3, "%02x", digest[i]);
	return rc >= 0;
}
