/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/base.h"
#include "base/i18n.h"

/* More than a person reads; the counts go on. */
#define FINDINGS_MAX 10000

struct copl_finding {
	struct copl_diag diag;
	size_t file_rank; /* files in the order in which they were named */
	size_t order;
};

void copl_reporter_init(struct copl_reporter *r, const struct copl_sink *sink)
{
	memset(r, 0, sizeof(*r));
	r->sink = sink;
}

static size_t rank_of(const struct copl_reporter *r, const char *file)
{
	size_t i;

	for (i = r->n; i-- > 0;) {
		const char *other = r->list[i].diag.file;

		if (other == file ||
		    (other != NULL && file != NULL && strcmp(other, file) == 0))
			return r->list[i].file_rank;
	}
	return r->n;
}

static bool keep(struct copl_reporter *r, enum copl_severity sev,
    const char *code, struct copl_place at, const char *text)
{
	struct copl_finding *f;
	struct copl_finding *list;

	if (r->arena == NULL)
		r->arena = copl_arena_new();
	if (r->arena == NULL)
		return false;
	list = copl_grow(r->list, r->n, &r->room, sizeof(*r->list));
	if (list == NULL)
		return false;
	r->list = list;
	f = &r->list[r->n];
	f->file_rank = rank_of(r, at.file);
	f->order = r->n;
	f->diag.severity = sev;
	f->diag.code = copl_arena_strdup(r->arena, code);
	f->diag.line = at.line;
	f->diag.column = at.column;
	f->diag.file = NULL;
	if (at.file != NULL) {
		f->diag.file = copl_arena_strdup(r->arena, at.file);
		if (f->diag.file == NULL)
			return false;
	}
	f->diag.text = copl_arena_strdup(r->arena, text);
	if (f->diag.text == NULL || f->diag.code == NULL)
		return false;
	r->n++;
	return true;
}

void copl_report(struct copl_reporter *r, enum copl_severity sev,
    const char *code, struct copl_place at, const char *fmt, ...)
{
	char text[2048], *p;
	va_list ap;
	size_t len;

	if (sev == COPL_ERROR)
		r->errors++;
	else if (sev == COPL_WARNING)
		r->warnings++;
	if (r->sink == NULL || r->sink->diag == NULL || r->n >= FINDINGS_MAX)
		return;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	/* A cut must not leave half a character. */
	len = strlen(text);
	text[copl_utf8_valid(text, len)] = '\0';
	/* A finding is one line, whatever value it shows. */
	for (p = text; (p = strpbrk(p, "\t\r\n")) != NULL;)
		*p = ' ';
	if (!keep(r, sev, code, at, text))
		r->nomem = true;
}

void copl_tell(struct copl_reporter *r, const char *kind,
    const struct copl_field *fields, size_t nfields, const char *fmt, ...)
{
	char text[2048];
	struct copl_event ev = {kind, text, fields, nfields};
	va_list ap;

	if (r->sink == NULL || r->sink->event == NULL)
		return;
	if (fmt == NULL) {
		ev.text = NULL;
	} else {
		va_start(ap, fmt);
		vsnprintf(text, sizeof(text), fmt, ap);
		va_end(ap);
	}
	r->sink->event(r->sink->arg, &ev);
}

void copl_tell_line(
    struct copl_reporter *r, const char *kind, const char *s, size_t len)
{
	const char *tab = memchr(s, '\t', len);
	struct copl_field path = {"path", NULL};
	struct copl_event ev = {kind, NULL, &path, 1};
	char *line, *key;

	if (r->sink == NULL || r->sink->event == NULL)
		return;
	line = strndup(s, len);
	key = strndup(s, tab == NULL ? len : (size_t)(tab - s));
	ev.text = line;
	path.value = key;
	if (line == NULL || key == NULL)
		r->nomem = true;
	else
		r->sink->event(r->sink->arg, &ev);
	free(line);
	free(key);
}

void copl_reporter_move(struct copl_reporter *to, struct copl_reporter *from)
{
	size_t i;

	for (i = 0; i < from->n && to->n < FINDINGS_MAX; i++) {
		const struct copl_diag *d = &from->list[i].diag;
		struct copl_place at = {d->file, d->line, d->column};

		if (!keep(to, d->severity, d->code, at, d->text))
			to->nomem = true;
	}
	to->errors += from->errors;
	to->warnings += from->warnings;
	to->nomem |= from->nomem;
	copl_reporter_drop(from);
}

void copl_reporter_drop(struct copl_reporter *r)
{
	free(r->list);
	copl_arena_free(r->arena);
	copl_reporter_init(r, r->sink);
}

static int by_place(const void *a, const void *b)
{
	const struct copl_finding *x = a, *y = b;

	if (x->file_rank != y->file_rank)
		return x->file_rank < y->file_rank ? -1 : 1;
	if (x->diag.line != y->diag.line)
		return x->diag.line < y->diag.line ? -1 : 1;
	if (x->diag.column != y->diag.column)
		return x->diag.column < y->diag.column ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

enum copl_status copl_reporter_end(struct copl_reporter *r, enum copl_status st)
{
	size_t i;

	if (r->nomem)
		st = COPL_E_NOMEM;
	if (st != COPL_E_NOMEM && r->n > 0) {
		qsort(r->list, r->n, sizeof(*r->list), by_place);
		for (i = 0; i < r->n; i++)
			r->sink->diag(r->sink->arg, &r->list[i].diag);
	}
	free(r->list);
	copl_arena_free(r->arena);
	r->list = NULL;
	r->arena = NULL;
	r->n = r->room = 0;
	return st;
}
