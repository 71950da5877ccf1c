/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "bundle/manifest_priv.h"
#include "bundle/part.h"

bool copl_manifest_version_ok(const char *s)
{
	uint64_t n;

	return copl_number_parse(s, INT64_MAX, &n) && n > 0 && s[0] != '0';
}

/* Only as copl_instant_format writes it: one instant, one spelling. */
bool copl_manifest_instant_ok(const char *s)
{
	char canonical[COPL_INSTANT_SIZE];
	struct copl_instant t;

	if (!copl_instant_parse(s, &t))
		return false;
	copl_instant_format(t.seconds, canonical);
	return strcmp(s, canonical) == 0;
}

bool copl_manifest_length_ok(const char *s)
{
	uint64_t n;

	return copl_number_parse(s, COPL_RELEASE_FILE_MAX, &n);
}

bool copl_manifest_sha256_ok(const char *s)
{
	return strlen(s) == COPL_SHA256_HEX - 1 &&
	       strspn(s, "0123456789abcdef") == COPL_SHA256_HEX - 1;
}

bool copl_manifest_lang_ok(const char *s)
{
	size_t n = 0;

	for (; s[n] != '\0'; n++)
		if (!copl_is_alpha(s[n]) &&
		    (n == 0 || (!copl_is_digit(s[n]) && s[n] != '-')))
			return false;
	return n >= 2 && n <= 35;
}

/* Shown to people on the index, so it says something in one line. */
bool copl_manifest_reason_ok(const char *s)
{
	size_t len = strlen(s), i;

	for (i = 0; i < len; i++)
		if ((unsigned char)s[i] < ' ' || s[i] == 0x7f)
			return false;
	/* U+FFFE and U+FFFF are no characters of XML. */
	if (strstr(s, "\xef\xbf\xbe") != NULL ||
	    strstr(s, "\xef\xbf\xbf") != NULL)
		return false;
	return len <= 500 && s[strspn(s, " ")] != '\0' &&
	       copl_utf8_valid(s, len) == len;
}

static bool is_type_char(char c)
{
	return copl_is_alpha(c) || copl_is_digit(c) || c == '.' || c == '+' ||
	       c == '-';
}

bool copl_manifest_type_ok(const char *s)
{
	size_t slashes = 0, n;

	for (n = 0; s[n] != '\0'; n++) {
		if (s[n] == '/')
			slashes++;
		else if (!is_type_char(s[n]))
			return false;
	}
	return n >= 3 && n <= 100 && slashes == 1 && s[0] != '/' &&
	       s[n - 1] != '/';
}

bool copl_manifest_name_ok(const char *s)
{
	size_t n = 0;

	if (!copl_is_lower(s[0]))
		return false;
	while (copl_is_lower(s[n]) || copl_is_digit(s[n]) || s[n] == '_')
		n++;
	return n <= 32 && s[n] == '\0';
}

bool copl_manifest_yes_ok(const char *s)
{
	return strcmp(s, "yes") == 0;
}

bool copl_manifest_path_ok(const char *s)
{
	return copl_path_is_safe(s) && strcmp(s, COPL_MANIFEST) != 0 &&
	       strcmp(s, COPL_MANIFEST_SIG) != 0 &&
	       strcmp(s, COPL_MANIFEST_SIG2) != 0 &&
	       strcmp(s, COPL_SUMS) != 0 && strcmp(s, COPL_PARTIAL) != 0;
}
