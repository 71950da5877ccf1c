/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long a short text is for those who carry it. */
#include "config.h"
#include <string.h>
#include "render/invite.h"

/* The next character of valid UTF-8. */
static uint32_t next_character(const char **s)
{
	const unsigned char *p = (const unsigned char *)*s;
	unsigned more = p[0] < 0x80 ? 0 : p[0] < 0xe0 ? 1 : p[0] < 0xf0 ? 2 : 3;
	uint32_t c = more == 0 ? p[0] : p[0] & (0x3fu >> more);
	unsigned i;

	for (i = 1; i <= more && p[i] != '\0'; i++)
		c = c << 6 | (p[i] & 0x3f);
	*s += i;
	return c;
}

/* ---- text messages ---- */

/* Septets of the default alphabet; 0: it does not have the character. */
static unsigned septets(uint32_t c)
{
	static const uint16_t beyond_ascii[] = {0xa1, 0xa3, 0xa4, 0xa5, 0xa7,
	    0xbf, 0xc4, 0xc5, 0xc6, 0xc7, 0xc9, 0xd1, 0xd6, 0xd8, 0xdc, 0xdf,
	    0xe0, 0xe4, 0xe5, 0xe6, 0xe8, 0xe9, 0xec, 0xf1, 0xf2, 0xf6, 0xf8,
	    0xf9, 0xfc, 0x393, 0x394, 0x398, 0x39b, 0x39e, 0x3a0, 0x3a3, 0x3a6,
	    0x3a8, 0x3a9};
	size_t i;

	if (c == '\f' || c == 0x20ac ||
	    (c < 0x80 && c >= ' ' && strchr("[]{}\\^~|", (int)c) != NULL))
		return 2; /* behind an escape */
	if (c == '\n' || c == '\r')
		return 1;
	if (c < 0x7f)
		return c >= ' ' && c != '`' ? 1 : 0;
	for (i = 0; i < COPL_COUNT(beyond_ascii); i++)
		if (beyond_ascii[i] == c)
			return 1;
	return 0;
}

static bool in_default_alphabet(const char *text)
{
	while (*text != '\0')
		if (septets(next_character(&text)) == 0)
			return false;
	return true;
}

static unsigned units_of(uint32_t c, bool unicode)
{
	if (!unicode)
		return septets(c);
	return c > 0xffff ? 2 : 1;
}

/* Parts of a text that does not fit into one; none cuts a character. */
static size_t count_parts(const char *text, bool unicode, size_t room)
{
	size_t parts = 1, used = 0;

	while (*text != '\0') {
		unsigned n = units_of(next_character(&text), unicode);

		if (used + n > room) {
			parts++;
			used = 0;
		}
		used += n;
	}
	return parts;
}

void copl_sms_count(const char *text, struct copl_sms *out)
{
	const char *s = text;
	size_t part;

	out->unicode = !in_default_alphabet(text);
	out->units = 0;
	while (*s != '\0')
		out->units += units_of(next_character(&s), out->unicode);
	part = out->unicode ? 67 : 153;
	out->room = COPL_SMS_PARTS_MAX * part;
	out->parts = out->units <= (out->unicode ? 70u : 160u)
			 ? 1
			 : count_parts(text, out->unicode, part);
}

/* ---- social media ---- */

/* Latin, Greek, Cyrillic, Arabic and their neighbours, and punctuation. */
static bool is_light(uint32_t c)
{
	return c <= 0x10ff || (c >= 0x2000 && c <= 0x200d) ||
	       (c >= 0x2010 && c <= 0x201f) || (c >= 0x2032 && c <= 0x2037);
}

size_t copl_social_count(const char *text, const char *address)
{
	size_t len = strlen(address), n = len < 23 ? 23 - len : 0;

	while (*text != '\0')
		n += is_light(next_character(&text)) ? 1 : 2;
	return n;
}
