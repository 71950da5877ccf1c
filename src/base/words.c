/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/worddiff.h"

#define MAX_TAG 400 /* bytes of a tag or reference that is taken whole */

/* The code point at s and its length; a stray byte stands for itself. */
static uint32_t code_point(const char *s, size_t *len)
{
	const unsigned char *p = (const unsigned char *)s;
	size_t n = p[0] < 0x80 ? 1 : p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
	uint32_t c = n == 1 ? p[0] : p[0] & (0x7fU >> n);
	size_t i;

	for (i = 1; i < n; i++) {
		if ((p[i] & 0xc0) != 0x80) {
			*len = 1;
			return p[0];
		}
		c = c << 6 | (p[i] & 0x3fU);
	}
	*len = n;
	return c;
}

struct range {
	uint32_t first;
	uint32_t last;
};

static bool in_ranges(uint32_t c, const struct range *list, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (c >= list[i].first && c <= list[i].last)
			return true;
	return false;
}

/* Scripts that are written without blanks between words. */
static bool is_alone(uint32_t c)
{
	static const struct range list[] = {{0x0e00, 0x0eff}, /* Thai, Lao */
	    {0x1000, 0x109f}, /* Myanmar */
	    {0x1780, 0x17ff}, /* Khmer */
	    {0x2e80, 0x2fdf}, /* radicals */
	    {0x3005, 0x3007}, {0x3021, 0x3029}, {0x3041, 0x30ff},
	    {0x3400, 0x4dbf}, {0x4e00, 0x9fff}, {0xf900, 0xfaff},
	    {0x20000, 0x3ffff}};

	return in_ranges(c, list, COPL_COUNT(list));
}

/* Behind any character: it belongs to the one before it. */
static bool is_mark(uint32_t c)
{
	static const struct range list[] = {{0x0300, 0x036f}, {0x0483, 0x0489},
	    {0x0591, 0x05bd}, {0x0610, 0x061a}, {0x064b, 0x065f},
	    {0x0e31, 0x0e31}, {0x0e34, 0x0e3a}, {0x0e47, 0x0e4e},
	    {0x1dc0, 0x1dff}, {0x200c, 0x200d}, {0x20d0, 0x20ff},
	    {0x3099, 0x309a}, {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f},
	    {0x1f3fb, 0x1f3ff}, {0xe0100, 0xe01ef}};

	return in_ranges(c, list, COPL_COUNT(list));
}

/* Above ASCII all is a letter that is not known to be none. */
static bool is_letter(uint32_t c)
{
	static const struct range none[] = {{0x80, 0xa9}, {0xab, 0xb4},
	    {0xb6, 0xb9}, {0xbb, 0xbf}, {0xd7, 0xd7}, {0xf7, 0xf7},
	    {0x0589, 0x058a}, {0x05be, 0x05be}, {0x0600, 0x060f},
	    {0x061b, 0x061f}, {0x066a, 0x066d}, {0x06d4, 0x06d4},
	    {0x0964, 0x0965}, {0x1680, 0x1680}, {0x2000, 0x206f},
	    {0x20a0, 0x20cf}, {0x2190, 0x2bff}, {0x2e00, 0x2e7f},
	    {0x3000, 0x3004}, {0x3008, 0x3020}, {0x3030, 0x3030},
	    {0xfe10, 0xfe1f}, {0xfe30, 0xfe6f}, {0xfeff, 0xff0f},
	    {0xff1a, 0xff20}, {0xff3b, 0xff40}, {0xff5b, 0xff65},
	    {0x1f000, 0x1faff}};

	if (c < 0x80)
		return copl_is_alpha((char)c) || copl_is_digit((char)c) ||
		       c == '_';
	return !is_alone(c) && !in_ranges(c, none, COPL_COUNT(none));
}

/* A tag, reference or placeholder; 0: none begins here. */
static size_t code_length(const char *s)
{
	size_t len = 0;

	if (*s == '{' && copl_placeholder(s, &len) != NULL)
		return len + 2;
	if (*s == '<' && (copl_is_alpha(s[1]) || s[1] == '/')) {
		len = strcspn(s + 1, "<>") + 1;
		return len < MAX_TAG && s[len] == '>' ? len + 1 : 0;
	}
	if (*s == '&') {
		len = strcspn(s + 1, "&; ") + 1;
		return s[len] == ';' && len > 1 && len < 12 ? len + 1 : 0;
	}
	return 0;
}

/* "l'école" is two words in French, "don't" one in English: two are fine. */
static size_t run_length(const char *s)
{
	size_t at = 0, n;

	while (s[at] != '\0') {
		uint32_t c = code_point(s + at, &n);

		if (!is_letter(c) && !is_mark(c))
			break;
		at += n;
	}
	return at;
}

size_t copl_word_length(const char *s)
{
	size_t len, n;
	uint32_t c;

	if (*s == '\0')
		return 0;
	len = code_length(s);
	if (len > 0)
		return len;
	c = code_point(s, &len);
	if (is_letter(c))
		return run_length(s);
	while (s[len] != '\0' && is_mark(code_point(s + len, &n)))
		len += n;
	return len;
}

bool copl_word_is_text(const char *s)
{
	size_t len;
	uint32_t c;

	if (*s == '\0' || code_length(s) > 0)
		return false;
	c = code_point(s, &len);
	return is_letter(c) || is_alone(c);
}
