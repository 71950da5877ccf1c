/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_TESTS_FUZZ_H
#define COPL_TESTS_FUZZ_H

/* What fuzz targets have in common; each includes it once. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "base/base.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A promise that must hold, or the fuzzer has found something. */
static inline void must(bool what)
{
	if (!what)
		__builtin_trap();
}

static inline bool fuzz_same(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* ---- findings: counted, and each one readable line ---- */

struct fuzz_heard {
	size_t errors;
	struct copl_sink sink;
	struct copl_reporter r;
};

/* COPL_FUZZ_TELL=1: whoever looks into a finding sees what is read and said. */
static inline bool fuzz_tells(void)
{
	return getenv("COPL_FUZZ_TELL") != NULL;
}

static inline void fuzz_on_diag(void *arg, const struct copl_diag *d)
{
	struct fuzz_heard *h = arg;

	must(copl_utf8_valid(d->text, strlen(d->text)) == strlen(d->text));
	must(strpbrk(d->text, "\r\n") == NULL && d->code != NULL);
	h->errors += d->severity == COPL_ERROR;
	if (fuzz_tells())
		fprintf(stderr, "%s:%zu:%zu: %s [%s]\n",
		    d->file == NULL ? "" : d->file, d->line, d->column, d->text,
		    d->code);
}

static inline struct copl_reporter *fuzz_listen(struct fuzz_heard *h)
{
	h->errors = 0;
	h->sink = (struct copl_sink){fuzz_on_diag, NULL, h};
	copl_reporter_init(&h->r, &h->sink);
	return &h->r;
}

/* What is refused is refused with a reason, and what is good without one. */
static inline enum copl_status fuzz_end(
    struct fuzz_heard *h, enum copl_status st)
{
	st = copl_reporter_end(&h->r, st);
	must(st != COPL_E_BUG);
	must(st == COPL_E_NOMEM || (st == COPL_OK) == (h->errors == 0));
	return st;
}

/* ---- the input in parts ---- */

struct fuzz_part {
	char *s; /* ends with a NUL behind its last byte */
	size_t len;
};

/*
 * A copy of the bytes up to the bar, or of all that is left; *rest moves on.
 * Memory of its own, so that reading over the end is noticed.
 */
static inline struct fuzz_part fuzz_cut(
    const char **rest, const char *end, const char *bar)
{
	size_t left = (size_t)(end - *rest);
	const char *at =
	    left == 0 ? NULL : memmem(*rest, left, bar, strlen(bar));
	size_t len = at == NULL ? left : (size_t)(at - *rest);
	struct fuzz_part p = {malloc(len + 1), len};

	if (p.s == NULL)
		abort();
	if (len > 0)
		memcpy(p.s, *rest, len);
	p.s[len] = '\0';
	*rest = at == NULL ? end : at + strlen(bar);
	return p;
}

/* Only as much as is UTF-8 without a NUL. */
static inline void fuzz_as_text(struct fuzz_part *p)
{
	p->len = copl_utf8_valid(p->s, strlen(p->s));
	p->s[p->len] = '\0';
}

/* ---- a folder for readers that want files ---- */

static inline char *fuzz_folder_name(void)
{
	static char name[200];

	return name;
}

static inline void fuzz_folder_remove(void)
{
	struct copl_reporter r;

	copl_reporter_init(&r, NULL);
	(void)!copl_dir_remove(fuzz_folder_name(), &r);
	(void)copl_reporter_end(&r, COPL_OK);
}

/* Made once, removed when the program ends. */
static inline const char *fuzz_folder(void)
{
	const char *tmp = getenv("TMPDIR");
	char *name = fuzz_folder_name();

	if (name[0] != '\0')
		return name;
	snprintf(name, 200, "%s/copl-fuzz-XXXXXX",
	    tmp == NULL || strlen(tmp) > 150 ? P_tmpdir : tmp);
	if (mkdtemp(name) == NULL || atexit(fuzz_folder_remove) != 0)
		abort();
	return name;
}

/* A file of the folder with these bytes; its path lives until the next. */
static inline const char *fuzz_file(
    const char *name, const void *bytes, size_t len)
{
	static char path[300];
	FILE *fp;

	snprintf(path, sizeof(path), "%s/%s", fuzz_folder(), name);
	fp = fopen(path, "wbe");
	if (fp == NULL || fwrite(bytes, 1, len, fp) != len || fclose(fp) != 0)
		abort();
	return path;
}

#endif
