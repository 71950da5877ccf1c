/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_TESTS_SEEN_H
#define COPL_TESTS_SEEN_H

/* Remembers findings, for tests that ask what was said and where. */
#include <stdio.h>
#include <string.h>
#include <copl10n/diag.h>

struct seen {
	size_t n; /* findings of any severity */
	size_t errors;
	struct {
		enum copl_severity severity;
		char code[40];
		size_t line;
		size_t column;
		char text[300];
	} list[64];
};

static inline void seen_diag(void *arg, const struct copl_diag *d)
{
	struct seen *s = arg;

	s->errors += d->severity == COPL_ERROR;
	if (s->n < 64) {
		s->list[s->n].severity = d->severity;
		s->list[s->n].line = d->line;
		s->list[s->n].column = d->column;
		snprintf(
		    s->list[s->n].code, sizeof(s->list[0].code), "%s", d->code);
		snprintf(
		    s->list[s->n].text, sizeof(s->list[0].text), "%s", d->text);
	}
	s->n++;
}

/* How many findings have this code? */
static inline size_t seen_count(const struct seen *s, const char *code)
{
	size_t n = 0, i;

	for (i = 0; i < s->n && i < 64; i++)
		n += strcmp(s->list[i].code, code) == 0;
	return n;
}

#endif
