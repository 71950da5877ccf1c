/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>
#include <copl10n/work.h>

/* Nothing is drawn, or it is drawn over the letter before. */
#define NO_ROOM (U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK | U_GC_CC_MASK)

static size_t columns_of(UChar32 c)
{
	int width;

	/* A soft hyphen is drawn by terminals. */
	if (c != 0xad && (U_MASK(u_charType(c)) & NO_ROOM) != 0)
		return 0;
	width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
	return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

size_t copl_text_columns(const char *text)
{
	const uint8_t *s = (const uint8_t *)text;
	size_t n = 0, len = strlen(text), i = 0;

	while (i < len) {
		UChar32 c;

		/* What is no UTF-8 is shown as one sign. */
		U8_NEXT_OR_FFFD(s, i, len, c);
		n += columns_of(c);
	}
	return n;
}
