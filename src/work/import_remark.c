/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What a translator remarked: the words of a comment that are new, so that
 * whoever takes the translation in sees a question at once.
 */
#include "config.h"
#include <string.h>
#include "work/import_priv.h"

/* A finding has no more room; who writes more is read in the catalog. */
#define LINES_MAX 200
#define BYTES_MAX 1500

static bool has_line(const char *text, const char *line, size_t len)
{
	while (text != NULL && *text != '\0') {
		size_t n = strcspn(text, "\n");

		if (n == len && memcmp(text, line, n) == 0)
			return true;
		text += n + (text[n] == '\n');
	}
	return false;
}

/* cop-l10n writes it where it offers an earlier translation. */
static bool is_mark(const char *line)
{
	static const char mark[] = "reuse: ";

	return strncmp(line, mark, sizeof(mark) - 1) == 0;
}

bool import_remark(struct copl_arena *a, const char *comment, const char *here,
    const char *sent, const char **out)
{
	const char *s = comment;
	size_t room, lines = 0, len = 0;
	char *text;

	*out = NULL;
	if (s == NULL)
		return true;
	room = strnlen(s, BYTES_MAX);
	text = copl_arena_alloc(a, room + 1);
	if (text == NULL)
		return false;
	while (*s != '\0' && len < room && lines++ < LINES_MAX) {
		size_t n = strcspn(s, "\n"), fits;

		if (n > 0 && !is_mark(s) && !has_line(here, s, n) &&
		    !has_line(sent, s, n)) {
			if (len > 0)
				text[len++] = ' ';
			fits = n < room - len ? n : room - len;
			memcpy(text + len, s, fits);
			len += fits;
		}
		s += n + (s[n] == '\n');
	}
	text[copl_utf8_valid(text, len)] = '\0';
	if (*text != '\0')
		*out = text;
	return true;
}
