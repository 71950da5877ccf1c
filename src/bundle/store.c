/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include "bundle/install.h"
#include "bundle/sets.h"

/* A manifest can be large and more sets may lie about than are kept. */
#define SETS_MAX 8

struct stored {
	const struct copl_manifest_file *file;
	char *set; /* folder */
	size_t next; /* another one with this digest, from 1; 0: none */
};

struct copl_stock {
	struct copl_arena *arena;
	struct copl_manifest *manifests[SETS_MAX];
	size_t nmanifests;
	struct stored *files;
	size_t nfiles;
	size_t room;
	struct copl_map by_digest;
};

static enum copl_status add_file(
    struct copl_stock *s, char *set, const struct copl_manifest_file *f)
{
	struct stored *grown =
	    copl_grow(s->files, s->nfiles, &s->room, sizeof(*grown));
	size_t first = 0;

	if (grown == NULL)
		return COPL_E_NOMEM;
	s->files = grown;
	s->files[s->nfiles] = (struct stored){f, set, 0};
	if (!copl_map_put(&s->by_digest, f->sha256, s->nfiles, &first))
		return COPL_E_NOMEM;
	if (first != s->nfiles) {
		s->files[s->nfiles].next = s->files[first].next;
		s->files[first].next = s->nfiles + 1;
	}
	s->nfiles++;
	return COPL_OK;
}

/* A set whose manifest cannot be read has nothing to offer. */
static enum copl_status add_set(struct copl_stock *s, char *set)
{
	struct copl_strbuf bytes = COPL_STRBUF_INIT(COPL_MANIFEST_MAX);
	struct copl_manifest *m = NULL;
	struct copl_reporter quiet;
	enum copl_status st;
	size_t i;

	copl_reporter_init(&quiet, NULL);
	st = copl_read_dir(
	    set, COPL_MANIFEST, COPL_MANIFEST_MAX, &quiet, &bytes);
	if (st == COPL_OK)
		st = copl_manifest_read(
		    copl_strbuf_text(&bytes), bytes.len, NULL, &quiet, &m);
	copl_strbuf_clear(&bytes);
	if (st != COPL_OK)
		return st == COPL_E_NOMEM || quiet.nomem ? COPL_E_NOMEM
							 : COPL_OK;
	s->manifests[s->nmanifests++] = m;
	for (i = 0; i < m->nfiles && st == COPL_OK; i++)
		st = add_file(s, set, &m->files[i]);
	return st;
}

static enum copl_status add_sets(struct copl_stock *s, const char *dir)
{
	const char *sets = copl_path_join(s->arena, dir, COPL_SETS);
	struct copl_kept_set *list = NULL;
	struct copl_reporter quiet;
	enum copl_status st;
	size_t n = 0, i;

	copl_reporter_init(&quiet, NULL);
	if (sets == NULL)
		return COPL_E_NOMEM;
	st = copl_sets_list(dir, s->arena, &quiet, &list, &n);
	/* What cannot be listed cannot be used either, and will be got. */
	if (st != COPL_OK && st != COPL_E_NOMEM)
		return COPL_OK;
	for (i = 0; i < n && i < SETS_MAX && st == COPL_OK; i++) {
		char *set = copl_path_join(s->arena, sets, list[i].name);

		st = set == NULL ? COPL_E_NOMEM : add_set(s, set);
	}
	return st;
}

enum copl_status copl_stock_open(const char *dir, struct copl_stock **out)
{
	struct copl_stock *s = calloc(1, sizeof(*s));
	enum copl_status st = COPL_E_NOMEM;

	*out = NULL;
	if (s == NULL)
		return st;
	s->arena = copl_arena_new();
	if (s->arena != NULL)
		st = add_sets(s, dir);
	if (st == COPL_OK)
		*out = s;
	else
		copl_stock_close(s);
	return st;
}

void copl_stock_close(struct copl_stock *s)
{
	size_t i;

	if (s == NULL)
		return;
	for (i = 0; i < s->nmanifests; i++)
		copl_manifest_free(s->manifests[i]);
	copl_map_free(&s->by_digest);
	free(s->files);
	copl_arena_free(s->arena);
	free(s);
}

static bool is_right(
    const struct copl_manifest_file *f, const struct copl_strbuf *bytes)
{
	char digest[COPL_SHA256_HEX];

	if (bytes->len != f->length)
		return false;
	copl_sha256_hex(copl_strbuf_text(bytes), bytes->len, digest);
	return strcmp(digest, f->sha256) == 0;
}

enum copl_status copl_stock_read(const char *folder, const char *path,
    size_t max, struct copl_reporter *r, struct copl_strbuf *out)
{
	struct copl_arena *a = copl_arena_new();
	const char *full = a == NULL ? NULL : copl_path_join(a, folder, path);
	enum copl_status st = COPL_E_NOTFOUND;
	struct copl_reporter found;
	struct stat sb;

	copl_reporter_init(&found, r == NULL ? NULL : r->sink);
	if (full == NULL)
		st = COPL_E_NOMEM;
	/* Any other error is opening's to say. */
	else if (lstat(full, &sb) == 0 || (errno != ENOENT && errno != ENOTDIR))
		st = copl_file_read(full, max, &found, out);
	if (found.nomem)
		st = COPL_E_NOMEM;
	if (st == COPL_E_IO && r != NULL)
		copl_reporter_move(r, &found);
	copl_reporter_drop(&found);
	copl_arena_free(a);
	if (st == COPL_OK || st == COPL_E_NOMEM ||
	    (st == COPL_E_IO && r != NULL))
		return st;
	return COPL_E_NOTFOUND;
}

enum copl_status copl_stock_reuse(const char *folder, const char *path,
    const struct copl_manifest_file *f, struct copl_reporter *r,
    struct copl_strbuf *out)
{
	const enum copl_status st =
	    copl_stock_read(folder, path, COPL_RELEASE_FILE_MAX, r, out);

	if (st != COPL_OK)
		return st;
	return is_right(f, out) ? COPL_OK : COPL_E_NOTFOUND;
}

bool copl_stock_find(struct copl_stock *s, const struct copl_manifest_file *f,
    struct copl_strbuf *out)
{
	size_t i = 0;

	if (!copl_map_get(&s->by_digest, f->sha256, &i))
		return false;
	for (;;) {
		const struct stored *have = &s->files[i];

		if (copl_stock_reuse(
			have->set, have->file->path, f, NULL, out) == COPL_OK)
			return true;
		if (have->next == 0)
			return false;
		i = have->next - 1;
	}
}
