/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Texts that others wrote, on a terminal: of catalogs, servers, manifests,
 * answers, and names of files.  Whatever prints one calls one of these.
 */
#include "config.h"
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include "cli/cli.h"

#define REPLACEMENT 0xfffd
#define REPLACEMENT_UTF_8 "\xef\xbf\xbd"
#define SENTENCE_MAX 4096

/* Bytes of the character at s, 0: it is not UTF-8. */
static size_t character_at(const unsigned char *s, uint32_t *code)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	size_t n = s[0] < 0x80   ? 1
		   : s[0] < 0xc0 ? 0
		   : s[0] < 0xe0 ? 2
		   : s[0] < 0xf0 ? 3
		   : s[0] < 0xf8 ? 4
				 : 0;
	size_t i;

	*code = n < 2 ? s[0] : s[0] & (0xffu >> (n + 1));
	for (i = 1; i < n; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		*code = *code << 6 | (s[i] & 0x3f);
	}
	if (*code < least[n] || *code > 0x10ffff ||
	    (*code >= 0xd800 && *code < 0xe000))
		return 0;
	return n;
}

/* C0, DEL and C1, what breaks a line, and what turns the rest of it round. */
static bool acts(uint32_t code)
{
	return code < 0x20 || (code >= 0x7f && code < 0xa0) ||
	       (code >= 0x2028 && code <= 0x202e) ||
	       (code >= 0x2066 && code <= 0x2069);
}

bool cli_is_harm(const char *s, size_t *n, uint32_t *code)
{
	*code = (unsigned char)*s;
	*n = 1;
	if (*code >= 0x20 && *code < 0x7f)
		return false;
	*n = character_at((const unsigned char *)s, code);
	if (*n != 0)
		return acts(*code);
	*n = 1;
	*code = REPLACEMENT;
	return true;
}

/* Bytes at s that can be shown; behind them are *bad that cannot. */
static size_t shown_part(const char *s, const char *kept, size_t *bad)
{
	size_t i = 0, n;
	uint32_t code;

	for (*bad = 0; s[i] != '\0'; i += n)
		if (cli_is_harm(s + i, &n, &code) &&
		    strchr(kept, s[i]) == NULL) {
			*bad = n;
			break;
		}
	return i;
}

void cli_put_text(FILE *to, const char *text, const char *kept)
{
	while (*text != '\0') {
		size_t bad, good = shown_part(text, kept, &bad);

		fwrite(text, 1, good, to);
		if (bad != 0)
			fputs(REPLACEMENT_UTF_8, to);
		text += good + bad;
	}
}

char *cli_shown(const char *text)
{
	char *out = malloc(3 * strlen(text) + 1), *p = out;

	while (out != NULL && *text != '\0') {
		size_t bad, good = shown_part(text, "", &bad);

		p = mempcpy(p, text, good);
		if (bad != 0)
			p = mempcpy(p, REPLACEMENT_UTF_8, 3);
		text += good + bad;
	}
	if (out != NULL)
		*p = '\0';
	return out;
}

void cli_complain(const char *fmt, ...)
{
	char text[SENTENCE_MAX];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	cli_put_text(stderr, text, "\n");
}
