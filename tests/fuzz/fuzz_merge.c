/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Three catalogs, with a line "%%" between them, merged.  What comes out can
 * be read, and where only one side changed anything it is that side.
 */
#include "config.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "catalog/catalog.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct copl_catalog *read_po(const char *bytes, size_t len)
{
	struct copl_catalog *c = NULL;
	struct copl_reporter r;
	enum copl_status st;

	copl_reporter_init(&r, NULL);
	st = copl_catalog_read(bytes, len, "fuzz.po", &r, &c);
	(void)copl_reporter_end(&r, st);
	return c;
}

static void merge(const struct copl_catalog *base,
    const struct copl_catalog *ours, const struct copl_catalog *theirs,
    struct copl_strbuf *out, struct copl_three_counts *n)
{
	struct copl_reporter r;

	copl_reporter_init(&r, NULL);
	if (copl_catalog_merge_three(
		base, ours, theirs, "fuzz.po", &r, out, n) != COPL_OK)
		__builtin_trap();
	if ((n->conflicts > 0) != (r.errors > 0))
		__builtin_trap();
	(void)copl_reporter_end(&r, COPL_OK);
}

static bool has(const struct copl_strbuf *out, const char *bytes, size_t len)
{
	return out->len == len && (len == 0 || memcmp(out->s, bytes, len) == 0);
}

static void check(const char *part[3], const size_t *len)
{
	struct copl_strbuf out = COPL_STRBUF_INIT(COPL_CATALOG_MAX);
	struct copl_catalog *c[3] = {NULL}, *merged;
	struct copl_three_counts n;
	size_t i;

	for (i = 0; i < 3; i++)
		c[i] = read_po(part[i], len[i]);
	if (c[0] != NULL && c[1] != NULL && c[2] != NULL) {
		merge(c[0], c[1], c[0], &out, &n);
		if (!has(&out, part[1], len[1]) || n.conflicts > 0)
			__builtin_trap(); /* they did nothing */
		copl_strbuf_reset(&out);
		merge(c[0], c[1], c[1], &out, &n);
		if (!has(&out, part[1], len[1]) || n.conflicts > 0)
			__builtin_trap(); /* both did the same */
		copl_strbuf_reset(&out);
		merge(c[0], c[1], c[2], &out, &n);
		merged = read_po(out.s, out.len);
		if (merged == NULL)
			__builtin_trap();
		copl_catalog_free(merged);
	}
	for (i = 0; i < 3; i++)
		copl_catalog_free(c[i]);
	copl_strbuf_clear(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char bar[] = "%%\n";
	const char *part[3], *s = (const char *)data, *end = s + size, *at;
	size_t len[3], i;

	for (i = 0; i < 3; i++) {
		at = i == 2 ? NULL
			    : memmem(s, (size_t)(end - s), bar, strlen(bar));
		part[i] = s;
		len[i] = (size_t)((at == NULL ? end : at) - s);
		if (at == NULL && i < 2)
			return 0;
		s = at == NULL ? end : at + strlen(bar);
	}
	check(part, len);
	return 0;
}
