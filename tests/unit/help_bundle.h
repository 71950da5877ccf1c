/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of releases share: findings, a scratch folder, programs. */
#ifndef HELP_BUNDLE_H
#define HELP_BUNDLE_H

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/base.h"

struct seen {
	char codes[2000]; /* "code code " in the order told */
	char text[8000]; /* their sentences, a line each */
	char event[64];
	char fields[1000]; /* "key=value;" */
	size_t n;
	size_t line; /* of the last finding */
};

static inline void seen_diag(void *arg, const struct copl_diag *d)
{
	struct seen *s = arg;
	size_t c = strlen(s->codes), t = strlen(s->text);

	snprintf(s->codes + c, sizeof(s->codes) - c, "%s ", d->code);
	snprintf(s->text + t, sizeof(s->text) - t, "%s: %s\n",
	    d->file == NULL ? "-" : d->file, d->text);
	s->line = d->line;
	s->n++;
}

static inline void seen_event(void *arg, const struct copl_event *e)
{
	struct seen *s = arg;
	size_t i, n = 0;

	snprintf(s->event, sizeof(s->event), "%s", e->kind);
	for (i = 0; i < e->nfields; i++)
		n += (size_t)snprintf(s->fields + n, sizeof(s->fields) - n,
		    "%s=%s;", e->fields[i].key, e->fields[i].value);
}

static inline struct copl_sink seen_sink(struct seen *s)
{
	memset(s, 0, sizeof(*s));
	return (struct copl_sink){seen_diag, seen_event, s};
}

/* The tests' own folder; paths in it come from in(). */
static char scratch[256];

static inline int scratch_make(void **state)
{
	const char *tmp = getenv("TMPDIR");

	(void)state;
	snprintf(scratch, sizeof(scratch), "%s/copl-test-XXXXXX",
	    tmp == NULL ? P_tmpdir : tmp);
	return mkdtemp(scratch) == NULL ? -1 : 0;
}

static inline int scratch_remove(void **state)
{
	struct copl_reporter r;

	(void)state;
	copl_reporter_init(&r, NULL);
	return copl_dir_remove(scratch, &r) == COPL_OK ? 0 : -1;
}

/* Eight are in use at most at once. */
static inline const char *in(const char *name)
{
	static char paths[8][1000];
	static unsigned next;
	char *p = paths[next++ % 8];

	snprintf(p, sizeof(paths[0]), "%s/%s", scratch, name);
	return p;
}

static inline void put(const char *path, const char *bytes, size_t len)
{
	FILE *f = fopen(path, "wbe");

	if (f == NULL || fwrite(bytes, 1, len, f) != len || fclose(f) != 0)
		abort();
}

static inline void put_text(const char *path, const char *text)
{
	put(path, text, strlen(text));
}

static inline void make_dir(const char *path)
{
	struct copl_reporter r;

	copl_reporter_init(&r, NULL);
	if (copl_dir_make(path, &r) != COPL_OK)
		abort();
}

/* The caller frees it. */
static inline char *get(const char *path)
{
	struct copl_strbuf b = COPL_STRBUF_INIT((size_t)16 << 20);
	struct copl_reporter r;

	copl_reporter_init(&r, NULL);
	if (copl_file_read(path, b.max, &r, &b) != COPL_OK)
		abort();
	if (b.s == NULL)
		return calloc(1, 1);
	return b.s;
}

/* Exit status of a shell command in the scratch folder; -1: none. */
static inline int run(const char *fmt, ...)
    __attribute__((format(printf, 1, 2)));
static inline int run(const char *fmt, ...)
{
	char command[4096], whole[5000];
	va_list ap;
	int st;

	va_start(ap, fmt);
	vsnprintf(command, sizeof(command), fmt, ap);
	va_end(ap);
	snprintf(whole, sizeof(whole), "cd '%s' && { %s; } >out.txt 2>&1",
	    scratch, command);
	st = system(whole); /* NOLINT(cert-env33-c,concurrency-mt-unsafe) */
	return WIFEXITED(st) ? WEXITSTATUS(st) : -1;
}

static inline int have_minisign(void)
{
	return run("command -v minisign") == 0;
}

#endif
