/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_TESTS_HELP_CATALOG_H
#define COPL_TESTS_HELP_CATALOG_H

/* Reads a catalog from a string, and remembers what is said of it. */
#include <string.h>
#include "catalog/catalog.h"
#include "seen.h"

#define HEADER                                                                 \
	"msgid \"\"\n"                                                         \
	"msgstr \"\"\n"                                                        \
	"\"Language: ar\\n\"\n"                                                \
	"\"Content-Type: text/plain; charset=UTF-8\\n\"\n"

static struct seen seen;

static inline enum copl_status read_bytes(
    const char *po, size_t len, struct copl_catalog **c)
{
	static const struct copl_sink sink = {seen_diag, NULL, &seen};
	struct copl_reporter r;
	enum copl_status st;

	memset(&seen, 0, sizeof(seen));
	copl_reporter_init(&r, &sink);
	st = copl_catalog_read(po, len, "ar.po", &r, c);
	assert_int_equal(st == COPL_OK, *c != NULL);
	return copl_reporter_end(&r, st);
}

static inline enum copl_status read_po(const char *po, struct copl_catalog **c)
{
	return read_bytes(po, strlen(po), c);
}

#endif
