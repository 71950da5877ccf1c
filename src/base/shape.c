/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/base.h"

#define NAME_MAX_BYTES 32

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
