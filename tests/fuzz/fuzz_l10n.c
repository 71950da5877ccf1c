/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Any document: reading, walking and writing it back in its own language
 * must give its very bytes.
 */
#include "config.h"
#include <stdint.h>
#include <string.h>
#include "l10n/l10n.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void localize(const struct copl_xml *x, struct copl_reporter *r)
{
	struct copl_strbuf out = COPL_STRBUF_INIT(1);
	struct copl_units *u = NULL;
	struct copl_apply how = {0};

	if (copl_units_of(x, NULL, 0, r, &u) == COPL_OK) {
		if (copl_units_apply(u, NULL, &how, r, &out) != COPL_OK)
			__builtin_trap();
		if (strcmp(copl_strbuf_text(&out),
			copl_strbuf_text(&x->text)) != 0)
			__builtin_trap();
	}
	copl_units_free(u);
	copl_strbuf_clear(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct copl_reporter r;
	struct copl_xml *x = NULL;
	enum copl_status st;

	if (size > 1 << 16)
		return 0;
	copl_reporter_init(&r, NULL);
	st = copl_xml_read(
	    (const char *)data, size, "fuzz", COPL_XML_DOCUMENT, &r, &x);
	if ((st == COPL_OK) != (x != NULL))
		__builtin_trap(); /* status and result must agree */
	if (x != NULL)
		localize(x, &r);
	copl_xml_free(x);
	(void)copl_reporter_end(&r, st);
	return 0;
}
