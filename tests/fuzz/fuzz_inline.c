/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Two lines: a source and its translation.  A translation that passes the
 * comparison against a well-formed source is a well-formed fragment itself.
 */
#include "config.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "inline/inline.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void compare(const char *msgid, const char *msgstr)
{
	struct copl_place at = {"fuzz", 1, 1};
	struct copl_reporter r;
	enum copl_status self, st;

	copl_reporter_init(&r, NULL);
	self = copl_inline_compare(msgid, msgid, at, &r);
	st = copl_inline_compare(msgid, msgstr, at, &r);
	/* A text is always a faithful translation of itself. */
	if (self != COPL_OK && strpbrk(msgid, "<&{}") == NULL)
		__builtin_trap();
	if (st == COPL_OK && strchr(msgid, '<') == NULL &&
	    strstr(msgstr, "<script") != NULL && strchr(msgid, '&') == NULL)
		__builtin_trap(); /* markup came out of nowhere */
	(void)copl_reporter_end(&r, st);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *copy, *line;

	if (size > 1 << 14)
		return 0;
	copy = calloc(1, size + 1);
	if (copy == NULL)
		return 0;
	memcpy(copy, data, size);
	line = memchr(copy, '\n', size);
	if (line != NULL) {
		*line = '\0';
		compare(copy, line + 1);
	}
	free(copy);
	return 0;
}
