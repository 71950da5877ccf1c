/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "build/handout.h"

/* START.html, verify.cmd, verify.sh */
#define EXTRAS 3
#define SET_FOLDER "forms/"

static const struct embedded {
	const char *name;
	const char *text;
	size_t len;
} scripts[] = {
#include "build/handout.inc"
};

/* Windows reads scripts by lines that end with CR LF. */
static void put_script(const struct embedded *e, struct copl_strbuf *out)
{
	const size_t n = strlen(e->name), windows = strlen(".cmd");
	bool crlf = n > windows && strcmp(e->name + n - windows, ".cmd") == 0;
	const char *s = e->text;
	size_t len;

	for (; *s != '\0'; s += len + 1) {
		len = strcspn(s, "\n");
		copl_strbuf_add(out, s, len);
		copl_strbuf_puts(out, crlf ? "\r\n" : "\n");
	}
}

static struct copl_zip_file entry(
    const char *name, const struct copl_strbuf *bytes)
{
	return (struct copl_zip_file){
	    name, copl_strbuf_text(bytes), bytes->len};
}

static int by_name(const void *a, const void *b)
{
	const struct copl_zip_file *x = a, *y = b;

	return strcmp(x->name, y->name);
}

static enum copl_status add_set(const struct copl_handout *h,
    struct copl_arena *a, struct copl_zip_file *out)
{
	size_t i;

	for (i = 0; i < h->nfiles; i++) {
		out[i] = h->files[i];
		out[i].name =
		    copl_arena_printf(a, SET_FOLDER "%s", h->files[i].name);
		if (out[i].name == NULL)
			return COPL_E_NOMEM;
	}
	qsort(out, h->nfiles, sizeof(*out), by_name);
	return COPL_OK;
}

enum copl_status copl_handout_zip(
    const struct copl_handout *h, struct copl_arena *a, struct copl_strbuf *out)
{
	struct copl_strbuf texts[EXTRAS] = {
	    COPL_STRBUF_INIT(COPL_RELEASE_FILE_MAX),
	    COPL_STRBUF_INIT(COPL_RELEASE_FILE_MAX),
	    COPL_STRBUF_INIT(COPL_RELEASE_FILE_MAX)};
	struct copl_zip_file *files =
	    copl_arena_alloc(a, (h->nfiles + EXTRAS) * sizeof(*files));
	enum copl_status st = COPL_E_NOMEM;
	size_t i;

	_Static_assert(COPL_COUNT(scripts) == EXTRAS - 1, "all but the page");
	if (files == NULL)
		goto out;
	st = copl_handout_start(h, &texts[0]);
	files[0] = entry("START.html", &texts[0]);
	for (i = 1; i < EXTRAS && st == COPL_OK; i++) {
		put_script(&scripts[i - 1], &texts[i]);
		files[i] = entry(scripts[i - 1].name, &texts[i]);
		st = texts[i].st;
	}
	if (st == COPL_OK)
		st = add_set(h, a, files + EXTRAS);
	if (st == COPL_OK)
		st = copl_zip_write(
		    files, h->nfiles + EXTRAS, h->manifest->created, out);
out:
	for (i = 0; i < EXTRAS; i++)
		copl_strbuf_clear(&texts[i]);
	return st;
}
