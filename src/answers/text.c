/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What people wrote: kept as it is, but for line ends. */
#include "config.h"
#include <string.h>
#include "answers/answers_priv.h"

size_t answers_control(const char *s, size_t left)
{
	const unsigned char *b = (const unsigned char *)s;

	if (*b < 0x20 || *b == 0x7f)
		return 1;
	if (*b == 0xc2 && left >= 2 && b[1] >= 0x80 && b[1] < 0xa0)
		return 2;
	if (*b == 0xef && left >= 3 && b[1] == 0xbf && b[2] >= 0xbe)
		return 3;
	return 0;
}

size_t answers_printable(const char *s, size_t len)
{
	size_t i = 0;

	while (i < len && answers_control(s + i, len - i) == 0)
		i++;
	return i;
}

/*
 * A line end: of the Internet, of old systems, or of office programs, out of
 * which people paste (line tabulation, form feed, next line).
 */
static size_t line_end(const char *s, size_t left)
{
	if (*s == '\r')
		return left >= 2 && s[1] == '\n' ? 2 : 1;
	if (*s == '\n' || *s == '\v' || *s == '\f')
		return 1;
	return left >= 2 && memcmp(s, "\xc2\x85", 2) == 0 ? 2 : 0;
}

static bool is_blank(const char *s)
{
	size_t n;

	while ((n = copl_blank(s)) > 0)
		s += n;
	return *s == '\0';
}

const char *answers_text(struct answers_judge *j, const struct answers_given *g,
    enum copl_answer_fault_kind *kind)
{
	char *out = copl_arena_alloc(j->a->arena, g->len + 1);
	size_t i = 0, n = 0;

	*kind = COPL_FAULT_TEXT;
	if (out == NULL) {
		j->st = COPL_E_NOMEM;
		return NULL;
	}
	while (i < g->len) {
		size_t end = line_end(g->s + i, g->len - i);

		if (end > 0) {
			out[n++] = '\n';
			i += end;
			continue;
		}
		if (g->s[i] != '\t' &&
		    answers_control(g->s + i, g->len - i) > 0)
			return NULL;
		out[n++] = g->s[i++];
	}
	out[n] = '\0';
	return is_blank(out) ? "" : out;
}

size_t answers_utf16_count(const char *s)
{
	size_t n = 0;

	for (; *s != '\0'; s++) {
		unsigned char c = (unsigned char)*s;

		if ((c & 0xc0) != 0x80)
			n += c >= 0xf0 ? 2 : 1;
	}
	return n;
}
