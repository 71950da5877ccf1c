/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_SERVE_COLLECT_BODY_H
#define COPL_SERVE_COLLECT_BODY_H

#include "base/base.h"

/*
 * What a form sends, taken apart.  Pure and strict: what a browser, a phone
 * or Enketo would never write is refused, so that two readers of the same
 * bytes cannot differ about them.  libmicrohttpd has a reader of its own,
 * which lets through more and had a hole (CVE-2023-27371); it is not used.
 */
enum collect_body_kind {
	COLLECT_BODY_OTHER, /* nothing of ours: 415 */
	COLLECT_BODY_WRONG, /* multipart without a boundary that can be: 400 */
	COLLECT_BODY_FIELDS, /* application/x-www-form-urlencoded */
	COLLECT_BODY_PARTS /* multipart/form-data */
};
#define COLLECT_BOUNDARY_SIZE 71
/*
 * What a Content-Type (NULL: none) says of the body.  A charset, where one is
 * given, must be UTF-8.  boundary is set for parts only.
 */
enum collect_body_kind collect_body_kind(
    const char *type, char boundary[COLLECT_BOUNDARY_SIZE]);

struct collect_part {
	const char *name; /* bytes of the body, their escapes resolved */
	size_t namelen;
	const char *value;
	size_t len;
	bool file; /* it came with the name of a file */
};
struct collect_parts {
	struct collect_part *list; /* freed by the caller, with free() */
	size_t n;
	size_t room;
};
#define COLLECT_PARTS_MAX 4000
/*
 * Both change the bytes, which the parts point into.  COPL_E_INVALID: it is
 * malformed or not finished; COPL_E_LIMIT: too many parts; COPL_E_NOMEM.
 */
enum copl_status collect_body_fields(
    char *bytes, size_t len, struct collect_parts *out) COPL_MUST_CHECK;
enum copl_status collect_body_parts(char *bytes, size_t len,
    const char *boundary, struct collect_parts *out) COPL_MUST_CHECK;

#endif
