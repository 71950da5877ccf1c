/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "project/project.h"

#define WORDS_MAX 64

/* Copies one word to where it is read from; NULL: a quote does not end. */
static char *take_word(char *from, char *to)
{
	while (*from != '\0' && *from != ' ') {
		char quote = *from;
		const char *end;

		if (quote != '"' && quote != '\'') {
			*to++ = *from++;
			continue;
		}
		end = strchr(++from, quote);
		if (end == NULL)
			return NULL;
		while (from < end)
			*to++ = *from++;
		from++;
	}
	if (*from != '\0')
		from++;
	*to = '\0';
	return from;
}

char **copl_argv_split(struct copl_arena *a, const char *s, bool *nomem)
{
	char **argv = copl_arena_alloc(a, (WORDS_MAX + 1) * sizeof(*argv));
	char *p = copl_arena_strdup(a, s);
	size_t n = 0;

	*nomem = argv == NULL || p == NULL;
	if (argv == NULL || p == NULL)
		return NULL;
	for (;;) {
		p += strspn(p, " ");
		if (*p == '\0')
			break;
		if (n == WORDS_MAX)
			return NULL;
		argv[n++] = p;
		p = take_word(p, p);
		if (p == NULL)
			return NULL;
	}
	return n == 0 ? NULL : argv;
}
