/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UTF-8 that was once read as a code page of Windows and saved again. */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "lint/lint_priv.h"

/* Bytes 0x80 to 0x9f of code page 1252; the others are Latin-1. */
static const uint16_t western[32] = {0x20ac, 0x81, 0x201a, 0x0192, 0x201e,
    0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8d,
    0x017d, 0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
    0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x9d, 0x017e, 0x0178};
/* Bytes 0x80 to 0xbf of code page 1251; then come the letters from A on. */
static const uint16_t cyrillic[64] = {0x0402, 0x0403, 0x201a, 0x0453, 0x201e,
    0x2026, 0x2020, 0x2021, 0x20ac, 0x2030, 0x0409, 0x2039, 0x040a, 0x040c,
    0x040b, 0x040f, 0x0452, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013,
    0x2014, 0x98, 0x2122, 0x0459, 0x203a, 0x045a, 0x045c, 0x045b, 0x045f, 0xa0,
    0x040e, 0x045e, 0x0408, 0xa4, 0x0490, 0xa6, 0xa7, 0x0401, 0xa9, 0x0404,
    0xab, 0xac, 0xad, 0xae, 0x0407, 0xb0, 0xb1, 0x0406, 0x0456, 0x0491, 0xb5,
    0xb6, 0xb7, 0x0451, 0x2116, 0x0454, 0xbb, 0x0458, 0x0405, 0x0455, 0x0457};

/* The byte that a character was in a code page; 0: it is ASCII or not in it. */
static unsigned western_byte(uint32_t c)
{
	unsigned i;

	if (c >= 0xa0 && c <= 0xff)
		return c;
	for (i = 0; i < COPL_COUNT(western); i++)
		if (western[i] == c)
			return 0x80 + i;
	return 0;
}

static unsigned cyrillic_byte(uint32_t c)
{
	unsigned i;

	if (c >= 0x0410 && c <= 0x044f)
		return c - 0x0410 + 0xc0;
	for (i = 0; i < COPL_COUNT(cyrillic); i++)
		if (cyrillic[i] == c)
			return 0x80 + i;
	return 0;
}

/* Characters at *p that are together one of UTF-8; its lead byte, or 0. */
static unsigned sequence(const char **p, unsigned (*byte)(uint32_t))
{
	const char *s = *p;
	unsigned lead = *s == '\0' ? 0 : byte(lint_next(&s));
	unsigned more = lead >= 0xc2 && lead <= 0xdf   ? 1
			: lead >= 0xe0 && lead <= 0xef ? 2
						       : 0;
	unsigned i;

	if (more == 0)
		return 0;
	for (i = 0; i < more; i++) {
		unsigned b = *s == '\0' ? 0 : byte(lint_next(&s));

		if (b < 0x80 || b > 0xbf)
			return 0;
	}
	*p = s;
	return lead;
}

/* A letter that is quoted, and not the first half of another. */
static bool is_quoted(const char *start, const char *p)
{
	uint32_t c = p == start ? 0 : lint_before(start, &p);

	return c == 0xab || c == 0x201c || c == 0x2018 || c == 0x2039;
}

/* Marks that may follow a letter at the end of a word. */
static bool closes(uint32_t c)
{
	return c == 0xa0 || c == 0xbb || c == 0x2019 || c == 0x201d ||
	       c == 0x203a || c == 0x2026 || c == 0x2013 || c == 0x2014 ||
	       c == 0x2122;
}

/*
 * One such character is proof where its first half is never followed by a
 * sign; of others it takes two in a row, and of Cyrillic three.
 */
static bool is_garbled(
    const char *start, const char *p, unsigned (*byte)(uint32_t))
{
	const char *at = p, *second = p;
	unsigned lead = sequence(&p, byte);

	if (lead == 0 || is_quoted(start, at))
		return false;
	(void)lint_next(&second);
	if (byte == western_byte && !closes(lint_next(&second)) &&
	    (lead == 0xc2 || lead == 0xc3 || lead == 0xe2))
		return true;
	return sequence(&p, byte) != 0 &&
	       (byte == western_byte || sequence(&p, byte) != 0);
}

const char *lint_garbled(const struct lint_text *t)
{
	const char *p = t->plain_str;

	/* The first halves: U+00C2 to U+00EF, U+0412 to U+043F. */
	if (!lint_has_lead(&t->in_str, 0xc3) &&
	    !lint_has_lead(&t->in_str, 0xd0))
		return NULL;
	while (*p != '\0') {
		const char *at = p;
		uint32_t c = lint_next(&p);

		if (c < 0xc2 ||
		    !((c <= 0xef &&
			  is_garbled(t->plain_str, at, western_byte)) ||
			((c == 0x420 || c == 0x421) &&
			    is_garbled(t->plain_str, at, cyrillic_byte))))
			continue;
		return strstr(t->id, at) == NULL ? at : NULL;
	}
	return NULL;
}

void lint_mojibake(struct lint *l, const struct lint_text *t)
{
	const char *at = lint_garbled(t);

	if (at != NULL)
		lint_report_text(l, t, at, COPL_ERROR, "mojibake",
		    _("letters were garbled here, \"%.*s\": the text "
		      "was saved in a wrong encoding; type it again"),
		    (int)copl_utf8_valid(at, strnlen(at, 12)), at);
}
