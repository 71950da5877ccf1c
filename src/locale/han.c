/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <iconv.h>
#include <stdlib.h>
#include <unicode/utrans.h>
#include "locale/locale.h"

#define FIRST 0x4e00
#define LAST 0x9fff

/*
 * Characters that both ways of writing have, though ICU simplifies them: as
 * in names, in "to look far" and in chemistry.
 */
static const uint32_t in_both[] = {0x77ad, 0x4e7e, 0x85c9, 0x8457, 0x5641};
/* And those that the Chinese standard of 1980 has, though they are not. */
static const uint32_t in_neither[][2] = {
    {0x5f8c, 0x540e}, {0x65bc, 0x4e8e}, {0x5925, 0x4f19}, {0x9ebd, 0x4e48}};

struct copl_han {
	uint32_t known[(LAST - FIRST) / 32 + 1]; /* is Simplified: asked once */
	iconv_t standard; /* GB 2312; (iconv_t)-1: the system has it not */
	UTransliterator *icu; /* opened for the first one that is in doubt */
	bool failed;
};

struct copl_han *copl_han_new(void)
{
	struct copl_han *h = calloc(1, sizeof(*h));

	if (h != NULL)
		h->standard = iconv_open("GB2312", "UTF-8");
	return h;
}

void copl_han_free(struct copl_han *h)
{
	if (h == NULL)
		return;
	if (h->standard != (iconv_t)-1)
		iconv_close(h->standard);
	if (h->icu != NULL)
		utrans_close(h->icu);
	free(h);
}

/* The standard holds 6763 characters, all Simplified but for a few. */
static bool in_standard(struct copl_han *h, uint32_t c)
{
	char utf8[3], out[8], *from = utf8, *to = out;
	size_t left = sizeof(utf8), room = sizeof(out);

	if (h->standard == (iconv_t)-1)
		return false;
	utf8[0] = (char)(0xe0 | c >> 12);
	utf8[1] = (char)(0x80 | (c >> 6 & 0x3f));
	utf8[2] = (char)(0x80 | (c & 0x3f));
	return iconv(h->standard, &from, &left, &to, &room) != (size_t)-1;
}

static bool open_icu(struct copl_han *h)
{
	static const UChar id[] = u"Traditional-Simplified";
	UErrorCode e = U_ZERO_ERROR;

	if (h->icu == NULL && !h->failed) {
		h->icu =
		    utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &e);
		h->failed = U_FAILURE(e);
	}
	return !h->failed;
}

static uint32_t ask_icu(struct copl_han *h, uint32_t c)
{
	UChar text[8] = {(UChar)c, 0};
	int32_t len = 1, limit = 1;
	UErrorCode e = U_ZERO_ERROR;

	if (!open_icu(h))
		return c;
	utrans_transUChars(
	    h->icu, text, &len, (int32_t)COPL_COUNT(text), 0, &limit, &e);
	return U_SUCCESS(e) && len == 1 ? text[0] : c;
}

static uint32_t find(struct copl_han *h, uint32_t c)
{
	size_t i;

	for (i = 0; i < COPL_COUNT(in_both); i++)
		if (in_both[i] == c)
			return c;
	for (i = 0; i < COPL_COUNT(in_neither); i++)
		if (in_neither[i][0] == c)
			return in_neither[i][1];
	return in_standard(h, c) ? c : ask_icu(h, c);
}

uint32_t copl_han_simplified(struct copl_han *h, uint32_t c)
{
	uint32_t *word, bit, simple;

	if (c < FIRST || c > LAST)
		return c;
	word = &h->known[(c - FIRST) / 32];
	bit = UINT32_C(1) << (c - FIRST) % 32;
	if ((*word & bit) != 0)
		return c;
	simple = find(h, c);
	if (simple == c)
		*word |= bit;
	return simple;
}
