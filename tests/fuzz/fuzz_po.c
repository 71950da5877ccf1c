/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A catalog.  Spans of its entries are in order; and merged with entries
 * made from every other of its own messages it gives a catalog that can be
 * read, and that the same merge leaves as it is.
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
	if ((st == COPL_OK) != (c != NULL) ||
	    (st == COPL_OK) != (r.errors == 0))
		__builtin_trap(); /* status, result and findings agree */
	(void)copl_reporter_end(&r, st);
	return c;
}

/* The first byte of a translation stands where the scanner saw it. */
static void check_place(
    const struct copl_catalog *c, const struct copl_message *m)
{
	struct copl_place first = copl_catalog_str_place(c, m, 0, 0);

	if (first.line != m->str_at.line || first.column != m->str_at.column)
		__builtin_trap();
	(void)copl_catalog_str_place(c, m, m->nstr - 1U, SIZE_MAX);
}

static void check_spans(const struct copl_catalog *c)
{
	size_t end = 0, i;

	for (i = 0; i < c->nmessages; i++) {
		const struct copl_message *m = &c->messages[i];

		if (m->start < end || m->body < m->start ||
		    m->str_start < m->body || m->end <= m->str_start ||
		    m->end > c->text.len || m->nstr == 0)
			__builtin_trap();
		end = m->end;
		check_place(c, m);
	}
}

static void merge(const struct copl_catalog *c, const struct copl_entry *e,
    size_t n, struct copl_strbuf *out)
{
	static const struct copl_po_header h = {.project = "p 1",
	    .created = "2027-01-11 08:00+0000",
	    .language = "ar"};
	struct copl_merge_counts counts;

	if (copl_catalog_merge(c, e, n, &h, out, &counts) != COPL_OK)
		__builtin_trap();
}

static void check_merge(const struct copl_catalog *c)
{
	struct copl_strbuf once = COPL_STRBUF_INIT(COPL_CATALOG_MAX);
	struct copl_strbuf twice = COPL_STRBUF_INIT(COPL_CATALOG_MAX);
	struct copl_entry *e = calloc(c->nmessages + 1, sizeof(*e));
	struct copl_catalog *merged;
	size_t n = 0, i;

	if (e == NULL)
		return;
	for (i = 0; i < c->nmessages; i += 2) {
		e[n].ctxt = c->messages[i].ctxt;
		e[n].id = i % 4 == 0 ? c->messages[i].id : "new text";
		e[n++].flags = i % 3 == 0 ? "python-brace-format" : NULL;
	}
	merge(c, e, n, &once);
	merged = read_po(once.s, once.len);
	if (merged == NULL)
		__builtin_trap();
	merge(merged, e, n, &twice);
	if (once.len != twice.len || memcmp(once.s, twice.s, once.len) != 0)
		__builtin_trap();
	copl_catalog_free(merged);
	copl_strbuf_clear(&once);
	copl_strbuf_clear(&twice);
	free(e);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct copl_catalog *c = read_po((const char *)data, size);

	if (c != NULL) {
		check_spans(c);
		check_merge(c);
	}
	copl_catalog_free(c);
	return 0;
}
