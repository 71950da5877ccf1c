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
 * Puts the passphrase on or takes it off.  Fails only when there is not
 * enough memory for the derivation.
 */
enum copl_status copl_secret_key_scramble(
    unsigned char raw[SECRET_RECORD], const char *passphrase) COPL_MUST_CHECK;

#endif
