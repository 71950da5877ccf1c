/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "project/project_priv.h"

#define NAME_MAX_BYTES 32
#define ZONE_MAX_BYTES 64
#define SOURCE_MAX_BYTES 200

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
