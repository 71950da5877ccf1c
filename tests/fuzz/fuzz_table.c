/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A table, as spreadsheets save it; or, behind a "W", cells parted by TAB and
 * LF, which are written and read again as the same.
 */
#include "config.h"
#include "exchange/exchange.h"
#include "fuzz.h"

static void read_it(const char *s, size_t len)
{
	struct copl_arena *a = copl_arena_new();
	struct copl_table_row *rows = NULL;
	size_t n = 0, line = 0, before = 0, i, k;

	must(a != NULL);
	if (copl_table_read(s, len, a, &rows, &n, &line) != COPL_OK) {
		must(line > 0);
		n = 0;
	}
	for (i = 0; i < n; i++) {
		must(rows[i].line > before && rows[i].n > 0);
		before = rows[i].line;
		for (k = 0; k < rows[i].n; k++)
			must(strlen(rows[i].cells[k]) <= len);
	}
	copl_arena_free(a);
}

/* Spreadsheets and our reader both end lines in their own way. */
static bool is_kept(const struct fuzz_part *p)
{
	return strlen(p->s) == p->len && strpbrk(p->s, "\r\n") == NULL &&
	       p->len < 30000;
}

static void write_it(const char *rest, const char *end)
{
	struct copl_strbuf out = COPL_STRBUF_INIT((size_t)1 << 20);
	struct copl_arena *a = copl_arena_new();
	struct copl_table_row *rows = NULL;
	char *want[60] = {NULL};
	size_t n = 0, read = 0, line = 0, k;
	bool kept = true;

	must(a != NULL);
	while (rest < end && n < COPL_COUNT(want)) {
		struct fuzz_part p = fuzz_cut(&rest, end, "\t");

		kept = kept && is_kept(&p);
		copl_table_cell(&out, p.s);
		want[n++] = p.s;
	}
	copl_table_end_row(&out);
	if (kept && n > 1) {
		must(copl_table_read(out.s, out.len, a, &rows, &read, &line) ==
		     COPL_OK);
		must(read == 1 && rows[0].n == n);
		for (k = 0; k < n; k++)
			must(strcmp(rows[0].cells[k], want[k]) == 0);
	}
	while (n > 0)
		free(want[--n]);
	copl_arena_free(a);
	copl_strbuf_clear(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *s = (const char *)data;

	if (size > 1 << 15)
		return 0;
	if (size > 1 && *s == 'W')
		write_it(s + 1, s + size);
	else
		read_it(s, size);
	return 0;
}
