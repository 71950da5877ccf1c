/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Any document that parses keeps what never_lost.h promises: no text is lost,
 * reading, walking and writing it back in its own language gives its very
 * bytes, and what is written parses again.
 */
#include "config.h"
#include <stdint.h>
#include <stdio.h>
#include "../unit/never_lost.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct copl_reporter r;
	struct copl_xml *x = NULL;
	const char *why = NULL;
	enum copl_status st;

	if (size > 1 << 16)
		return 0;
	copl_reporter_init(&r, NULL);
	st = copl_xml_read(
	    (const char *)data, size, "fuzz", COPL_XML_DOCUMENT, &r, &x);
	if ((st == COPL_OK) != (x != NULL))
		__builtin_trap(); /* status and result must agree */
	if (x != NULL)
		why = never_lost(x);
	if (why != NULL) {
		fprintf(stderr, "fuzz_l10n: %s\n", why);
		__builtin_trap();
	}
	copl_xml_free(x);
	(void)copl_reporter_end(&r, st);
	return 0;
}
