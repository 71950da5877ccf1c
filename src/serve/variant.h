/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_SERVE_VARIANT_H
#define COPL_SERVE_VARIANT_H

#include "serve/serve_priv.h"

/*
 * One form in several languages is several files, "youth/youth.ar.html" and
 * its kind.  The address without the language, "youth/youth.html",
 * "youth/youth" or "youth", is answered in the visitor's.
 */

/*
 * The file for a path that names none itself; in English, or else in the
 * first language there is, when the visitor's is not among them.
 */
bool variant_find(const struct shelf *s, const char *path,
    const char *accept_language, struct shelf_item *out);

/* "by-digest/DIGEST", whatever stands behind a dot. */
bool variant_by_digest(
    const struct shelf *s, const char *path, struct shelf_item *out);

/* The other languages and the manifest, as a Link field (RFC 8288). */
void variant_links(const struct shelf *s, const struct shelf_item *item,
    struct copl_strbuf *out);

/* Digits of hex as base64. */
void variant_digest(
    const char sha256[COPL_SHA256_HEX], char out[COPL_SHA256_B64]);

#endif
