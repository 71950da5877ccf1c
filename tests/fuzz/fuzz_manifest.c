/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdint.h>
#include <string.h>
#include "bundle/bundle.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What was read can be written, and reads again as the same bytes. */
static void check_round_trip(const struct copl_manifest *m)
{
	struct copl_strbuf one = COPL_STRBUF_INIT((size_t)16 << 20);
	struct copl_strbuf two = COPL_STRBUF_INIT((size_t)16 << 20);
	struct copl_manifest *again = NULL;
	struct copl_reporter r;

	copl_reporter_init(&r, NULL);
	if (copl_manifest_write(m, &one) != COPL_OK)
		__builtin_trap();
	if (one.len <= COPL_MANIFEST_MAX &&
	    (copl_manifest_read(one.s, one.len, "again", &r, &again) !=
		    COPL_OK ||
		copl_manifest_write(again, &two) != COPL_OK ||
		strcmp(one.s, two.s) != 0))
		__builtin_trap();
	copl_manifest_free(again);
	copl_strbuf_clear(&one);
	copl_strbuf_clear(&two);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct copl_manifest *m = NULL;
	struct copl_reporter r;
	enum copl_status st;

	copl_reporter_init(&r, NULL);
	st = copl_manifest_read((const char *)data, size, "fuzz", &r, &m);
	if ((st == COPL_OK) != (m != NULL) ||
	    (st == COPL_OK) != (r.errors == 0 && !r.nomem))
		__builtin_trap();
	if (m != NULL)
		check_round_trip(m);
	copl_manifest_free(m);
	return 0;
}
