/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes as a table and as a form.  A table is refused with a reason and a
 * readable sentence, or its form can be exported and comes back the same.
 */
#include "config.h"
#include <stdint.h>
#include <string.h>
#include "sheet/sheet.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define ROOM ((size_t)16 << 20)

static void on_diag(void *arg, const struct copl_diag *d)
{
	size_t *errors = arg;

	if (copl_utf8_valid(d->text, strlen(d->text)) != strlen(d->text) ||
	    strpbrk(d->text, "\r\n") != NULL)
		__builtin_trap(); /* a finding is one readable line */
	*errors += d->severity == COPL_ERROR;
}

static enum copl_status convert(
    bool import, const char *bytes, size_t len, struct copl_strbuf *out)
{
	struct copl_sheet_counts counts;
	size_t errors = 0;
	struct copl_sink sink = {on_diag, NULL, &errors};
	struct copl_reporter r;
	enum copl_status st;

	copl_reporter_init(&r, &sink);
	st = import ? copl_sheet_to_form(bytes, len, "t.csv", &r, out, &counts)
		    : copl_sheet_from_form(
			  bytes, len, "f.xml", ',', &r, out, &counts);
	st = copl_reporter_end(&r, st);
	if ((st == COPL_OK) == (errors > 0) && st != COPL_E_NOMEM)
		__builtin_trap(); /* what is refused is refused with a reason */
	if (st != COPL_OK && out->len > 0)
		__builtin_trap();
	return st;
}

/* A good form, to its table and back. */
static void there_and_back(const struct copl_strbuf *form)
{
	struct copl_strbuf table = COPL_STRBUF_INIT(ROOM);
	struct copl_strbuf again = COPL_STRBUF_INIT(ROOM);
	struct copl_strbuf table2 = COPL_STRBUF_INIT(ROOM);

	if (convert(false, copl_strbuf_text(form), form->len, &table) !=
		COPL_OK ||
	    convert(true, copl_strbuf_text(&table), table.len, &again) !=
		COPL_OK ||
	    convert(false, copl_strbuf_text(&again), again.len, &table2) !=
		COPL_OK)
		__builtin_trap();
	if (table.len != table2.len ||
	    memcmp(table.s, table2.s, table.len) != 0)
		__builtin_trap();
	copl_strbuf_clear(&table);
	copl_strbuf_clear(&again);
	copl_strbuf_clear(&table2);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct copl_strbuf form = COPL_STRBUF_INIT(ROOM);

	if (convert(true, (const char *)data, size, &form) == COPL_OK)
		there_and_back(&form);
	copl_strbuf_clear(&form);
	return 0;
}
