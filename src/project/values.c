/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "project/project_priv.h"

#define NAME_MAX_BYTES 32
#define ZONE_MAX_BYTES 64
#define SOURCE_MAX_BYTES 200

bool copl_project_is_name(const char *s)
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

bool copl_project_is_tag(const char *s)
{
	size_t n = subtag(s, true), len = strlen(s);

	while (n > 0 && s[n] == '-') {
		s += n + 1;
		n = subtag(s, false);
	}
	return n > 0 && len <= NAME_MAX_BYTES;
}

static bool is_made_of(const char *s, const char *extra, size_t max)
{
	size_t n = 0;

	while (copl_is_alpha(s[n]) || copl_is_digit(s[n]) ||
	       (s[n] != '\0' && strchr(extra, s[n]) != NULL))
		n++;
	return s[n] == '\0' && n >= 1 && n <= max;
}

bool copl_project_is_catalog(const char *s)
{
	return copl_is_alpha(*s) && is_made_of(s, "_@", NAME_MAX_BYTES);
}

bool copl_project_is_zone(const char *s)
{
	return copl_is_alpha(*s) && is_made_of(s, "_+-/", ZONE_MAX_BYTES) &&
	       strstr(s, "//") == NULL && s[strlen(s) - 1] != '/';
}

bool copl_project_is_email(const char *s)
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

/* One part of a path: not empty, not "." and not "..". */
static bool is_part(const char *s, size_t len)
{
	return len > 0 && !(len == 1 && s[0] == '.') &&
	       !(len == 2 && s[0] == '.' && s[1] == '.');
}

bool copl_project_is_source(const char *s)
{
	size_t len;

	if (strlen(s) > SOURCE_MAX_BYTES)
		return false;
	for (;; s += len + 1) {
		len = strcspn(s, "/\\:\n\r\t");
		if (!is_part(s, len))
			return false;
		if (s[len] != '/')
			return s[len] == '\0';
	}
}

/* ASCII only. */
static int lower(char c)
{
	return copl_is_upper(c) ? c + ('a' - 'A') : c;
}

bool copl_project_same(const char *a, const char *b)
{
	for (; *a != '\0' && *b != '\0'; a++, b++)
		if (lower(*a) != lower(*b))
			return false;
	return *a == *b;
}
