/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Texts that others wrote, on a terminal: of catalogs, servers, manifests,
 * answers, and names of files.  Whatever prints one calls one of these.
 */
#include "config.h"
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistr.h>
#include "cli/cli.h"

#define REPLACEMENT 0xfffd
#define REPLACEMENT_UTF_8 "\xef\xbf\xbd"
#define SENTENCE_MAX 4096

/* C0, DEL and C1, what breaks a line, and what turns the rest of it round. */
static bool acts(uint32_t code)
{
	return code < 0x20 || (code >= 0x7f && code < 0xa0) ||
	       (code >= 0x2028 && code <= 0x202e) ||
	       (code >= 0x2066 && code <= 0x2069);
}

bool cli_is_harm(const char *s, size_t *n, uint32_t *code)
{
	ucs4_t c;
	int len;

	*code = (unsigned char)*s;
	*n = 1;
	if (*code >= 0x20 && *code < 0x7f)
		return false;
	len = u8_strmbtouc(&c, (const uint8_t *)s);
	if (len > 0) {
		*n = (size_t)len;
		*code = c;
		return acts(c);
	}
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
