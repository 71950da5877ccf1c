/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/base.h"

#define NAME_MAX_BYTES 32
#define ADDRESS_MAX_BYTES 2000

bool copl_shape_is_name(const char *s)
{
	size_t n = 1;

	if (!copl_is_lower(s[0]))
		return false;
	while (copl_is_lower(s[n]) || copl_is_digit(s[n]) || s[n] == '_')
		n++;
	return n <= NAME_MAX_BYTES && s[n] == '\0';
}

/* Length of one part of a language tag; 0: it is none. */
static size_t subtag(const char *s, bool first)
{
	size_t n = 0;

	while (copl_is_alpha(s[n]) || (!first && copl_is_digit(s[n])))
		n++;
	if (n < (first ? 2 : 1) || n > 8)
		return 0;
	return s[n] == '-' || s[n] == '\0' ? n : 0;
}

bool copl_shape_is_tag(const char *s)
{
	size_t n = subtag(s, true), len = strlen(s);

	while (n > 0 && s[n] == '-') {
		s += n + 1;
		n = subtag(s, false);
	}
	return n > 0 && len <= NAME_MAX_BYTES;
}

bool copl_shape_is_email(const char *s)
{
	const char *at = strchr(s, '@');
	const char *p;

	if (at == NULL || at == s || strchr(at + 1, '@') != NULL)
		return false;
	for (p = s; *p != '\0'; p++)
		if ((unsigned char)*p <= ' ' || *p == 0x7f ||
		    strchr("<>\"(),;:\\", *p) != NULL)
			return false;
	return at[1] != '.' && strchr(at + 1, '.') != NULL && p[-1] != '.';
}

/* Blanks and marks beyond ASCII that come along when addresses are copied. */
static bool has_unseen(const char *s)
{
	static const struct {
		const char *lead;
		unsigned char first, last; /* the byte behind it */
	} unseen[] = {{"\xc2", 0x80, 0xa0}, {"\xd8", 0x9c, 0x9c},
	    {"\xe2\x80", 0x80, 0x8f}, {"\xe2\x80", 0xa8, 0xaf},
	    {"\xe2\x81", 0x9f, 0xaf}, {"\xe3\x80", 0x80, 0x80},
	    {"\xef\xbb", 0xbf, 0xbf}};
	size_t i;

	for (; *s != '\0'; s++)
		for (i = 0; i < COPL_COUNT(unseen); i++) {
			size_t n = strlen(unseen[i].lead);

			if (strncmp(s, unseen[i].lead, n) == 0 &&
			    (unsigned char)s[n] >= unseen[i].first &&
			    (unsigned char)s[n] <= unseen[i].last)
				return true;
		}
	return false;
}

bool copl_shape_is_address(const char *s)
{
	static const char *const schemes[] = {
	    "https://", "http://", "mailto:", "tel:"};
	size_t len = strlen(s), i;

	for (i = 0; i < len; i++)
		if ((unsigned char)s[i] <= ' ' || s[i] == 0x7f ||
		    strchr("<>\"{}|\\^`", s[i]) != NULL)
			return false;
	if (len > ADDRESS_MAX_BYTES || has_unseen(s))
		return false;
	for (i = 0; i < COPL_COUNT(schemes); i++) {
		size_t n = strlen(schemes[i]);

		if (strncmp(s, schemes[i], n) == 0)
			return len > n;
	}
	return false;
}
