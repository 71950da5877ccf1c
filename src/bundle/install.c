/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "base/i18n.h"
#include "bundle/install.h"

#define SIGNATURE_MAX ((size_t)16384)
#define SAME_VERSION_MAX 100

struct installing {
	const struct copl_install *in;
	struct copl_arena *arena;
	struct copl_reporter *r;
	const char *incoming; /* the set while it is being made */
	const char *leftover; /* of an attempt that was cut short */
	const char *current;
	struct copl_strbuf bytes;
	size_t taken;
};

static bool is_right(
    const struct copl_manifest_file *f, const struct copl_strbuf *bytes)
{
	char digest[COPL_SHA256_HEX];

	if (bytes->len != f->length)
		return false;
	copl_sha256_hex(copl_strbuf_text(bytes), bytes->len, digest);
	return strcmp(digest, f->sha256) == 0;
}

/* Reads the file from a folder of ours if it is the right one there. */
static bool reuse(const char *folder, const struct copl_manifest_file *f,
    struct copl_strbuf *out)
{
	struct copl_reporter quiet;
	char *dir = strdup(folder);
	enum copl_status st;

	copl_reporter_init(&quiet, NULL);
	if (dir == NULL)
		return false;
	st = copl_read_dir(dir, f->path, COPL_RELEASE_FILE_MAX, &quiet, out);
	free(dir);
	return st == COPL_OK && is_right(f, out);
}

static enum copl_status say_missing(
    struct installing *i, const struct copl_manifest_file *f)
{
	const char *file = f->path;

	if (i->in->where != NULL)
		file = copl_path_join(i->arena, i->in->where, f->path);
	if (file == NULL)
		return COPL_E_NOMEM;
	copl_report(i->r, COPL_ERROR, "file-missing",
	    (struct copl_place){file, 0, 0},
	    _("the manifest names this file, but it is not there: try again "
	      "later, and tell the sender if it stays away"));
	return COPL_E_NOTFOUND;
}

static enum copl_status take(
    struct installing *i, const struct copl_manifest_file *f)
{
	const struct copl_install *in = i->in;
	enum copl_status st;

	if (reuse(i->current, f, &i->bytes) || reuse(i->leftover, f, &i->bytes))
		return COPL_OK;
	st =
	    in->read(in->read_arg, f->path, (size_t)f->length, i->r, &i->bytes);
	if (st == COPL_E_NOTFOUND)
		return say_missing(i, f);
	/* More bytes than the manifest allows: a wrong file, not our limit. */
	if (st == COPL_E_LIMIT)
		return COPL_E_TRUST;
	if (st != COPL_OK)
		return st;
	i->taken++;
	return copl_verify_file(
	    f, in->where, copl_strbuf_text(&i->bytes), i->bytes.len, i->r);
}

static enum copl_status put(
    struct installing *i, const char *path, const struct copl_strbuf *bytes)
{
	const char *full = copl_path_join(i->arena, i->incoming, path);
	enum copl_status st = COPL_OK;
	char *folder;

	if (full == NULL)
		return COPL_E_NOMEM;
	if (strchr(path, '/') != NULL) {
		folder = copl_arena_strdup(i->arena, full);
		if (folder == NULL)
			return COPL_E_NOMEM;
		*strrchr(folder, '/') = '\0';
		st = copl_dir_make(folder, i->r);
		/* Its own name must last as long as the file's. */
		if (st == COPL_OK)
			st = copl_dir_sync(folder, i->r);
	}
	if (st != COPL_OK)
		return st;
	return copl_file_replace(
	    full, copl_strbuf_text(bytes), bytes->len, 0644, i->r, NULL);
}

/* Every file that is wrong or missing is told; anything else ends it. */
static enum copl_status put_files(struct installing *i)
{
	const struct copl_manifest *m = i->in->manifest;
	enum copl_status st = COPL_OK, one;
	size_t k;

	for (k = 0; k < m->nfiles; k++) {
		one = take(i, &m->files[k]);
		if (one == COPL_OK)
			one = put(i, m->files[k].path, &i->bytes);
		if (one == COPL_E_NOTFOUND)
			one = COPL_E_INCOMPLETE;
		else if (one != COPL_OK && one != COPL_E_TRUST)
			return one;
		if (one != COPL_OK && st != COPL_E_TRUST)
			st = one;
	}
	return st;
}

static enum copl_status put_sums(struct installing *i)
{
	struct copl_strbuf sums = COPL_STRBUF_INIT(COPL_RELEASE_FILE_MAX);
	enum copl_status st = copl_manifest_sums(i->in->manifest, &sums);

	if (st == COPL_OK)
		st = put(i, COPL_SUMS, &sums);
	copl_strbuf_clear(&sums);
	return st;
}

static enum copl_status put_signed(struct installing *i)
{
	const struct copl_install *in = i->in;
	enum copl_status st;

	st = in->read(
	    in->read_arg, COPL_MANIFEST, COPL_MANIFEST_MAX, i->r, &i->bytes);
	if (st == COPL_OK)
		st = put(i, COPL_MANIFEST, &i->bytes);
	if (st == COPL_OK)
		st = in->read(in->read_arg, COPL_MANIFEST_SIG, SIGNATURE_MAX,
		    i->r, &i->bytes);
	if (st == COPL_OK)
		st = put(i, COPL_MANIFEST_SIG, &i->bytes);
	if (st != COPL_OK)
		return st;
	st = in->read(
	    in->read_arg, COPL_MANIFEST_SIG2, SIGNATURE_MAX, i->r, &i->bytes);
	if (st == COPL_E_NOTFOUND)
		return COPL_OK;
	return st == COPL_OK ? put(i, COPL_MANIFEST_SIG2, &i->bytes) : st;
}

/* A name for the set: its version, and a number more when that is taken. */
static const char *free_name(struct installing *i)
{
	uint64_t version = i->in->manifest->version;
	const char *name, *full;
	int k;

	for (k = 1; k < SAME_VERSION_MAX; k++) {
		name = k == 1 ? copl_arena_printf(
				    i->arena, COPL_SETS "/%" PRIu64, version)
			      : copl_arena_printf(i->arena,
				    COPL_SETS "/%" PRIu64 ".%d", version, k);
		full = name == NULL
			   ? NULL
			   : copl_path_join(i->arena, i->in->dir, name);
		if (full == NULL)
			return NULL;
		if (!copl_path_exists(full))
			return name;
	}
	return NULL;
}

/* What current points to, "" when it points nowhere. */
static void read_current(const char *path, char *out, size_t room)
{
	ssize_t n = readlink(path, out, room - 1);

	out[n > 0 ? (size_t)n : 0] = '\0';
}

static enum copl_status say_swap(struct installing *i, const char *path)
{
	copl_report(i->r, COPL_ERROR, "io-write",
	    (struct copl_place){path, 0, 0}, _("cannot write: %s"),
	    strerror(errno));
	return COPL_E_IO;
}

/* One rename, so that no reader sees two sets mixed. */
static enum copl_status point(struct installing *i, const char *name)
{
	const char *dir = i->in->dir;
	const char *next =
	    copl_path_join(i->arena, dir, COPL_STATE_DIR "/current.next");

	if (next == NULL)
		return COPL_E_NOMEM;
	unlink(next);
	/* A link's text is looked up from where the link stands at last. */
	if (symlink(name, next) != 0)
		return say_swap(i, next);
	if (rename(next, i->current) != 0) {
		enum copl_status st = say_swap(i, i->current);

		unlink(next);
		return st;
	}
	return copl_dir_sync(dir, i->r);
}

/* Sets that are neither in place nor the one before. */
static void sweep(struct installing *i, const char *now, const char *before)
{
	const char *sets = copl_path_join(i->arena, i->in->dir, COPL_SETS);
	struct copl_reporter quiet;
	const char **names = NULL;
	size_t n = 0, k, skip = strlen(COPL_SETS "/");

	copl_reporter_init(&quiet, NULL);
	if (sets == NULL ||
	    copl_dir_list(sets, i->arena, &quiet, &names, &n) != COPL_OK)
		return;
	for (k = 0; k < n; k++) {
		const char *full;

		if (strcmp(names[k], now + skip) == 0 ||
		    (strlen(before) > skip &&
			strcmp(names[k], before + skip) == 0))
			continue;
		full = copl_path_join(i->arena, sets, names[k]);
		if (full != NULL &&
		    copl_dir_remove(full, &quiet) == COPL_E_NOMEM)
			return;
	}
}

static enum copl_status swap(struct installing *i)
{
	const char *dir = i->in->dir;
	const char *sets = copl_path_join(i->arena, dir, COPL_SETS);
	const char *name, *full;
	enum copl_status st;
	char before[256];

	if (sets == NULL)
		return COPL_E_NOMEM;
	st = copl_dir_make(sets, i->r);
	if (st != COPL_OK)
		return st;
	name = free_name(i);
	full = name == NULL ? NULL : copl_path_join(i->arena, dir, name);
	if (full == NULL)
		return COPL_E_NOMEM;
	read_current(i->current, before, sizeof(before));
	if (rename(i->incoming, full) != 0)
		return say_swap(i, full);
	st = copl_dir_sync(sets, i->r);
	if (st == COPL_OK)
		st = point(i, name);
	if (st == COPL_OK)
		sweep(i, name, before);
	return st;
}

/* What an attempt that was cut short has brought is kept for reuse. */
static enum copl_status prepare(struct installing *i)
{
	enum copl_status st;

	if (copl_path_exists(i->incoming)) {
		st = copl_dir_remove(i->leftover, i->r);
		if (st != COPL_OK)
			return st;
		if (rename(i->incoming, i->leftover) != 0)
			return say_swap(i, i->leftover);
	}
	return copl_dir_make(i->incoming, i->r);
}

static enum copl_status install(struct installing *i)
{
	enum copl_status st = prepare(i);

	if (st == COPL_OK)
		st = put_files(i);
	if (st == COPL_OK)
		st = put_sums(i);
	if (st == COPL_OK)
		st = put_signed(i);
	if (st == COPL_OK)
		st = copl_dir_sync(i->incoming, i->r);
	/*
	 * Trust first: after a crash between the two the old set stays and
	 * the next run brings the new one, but nothing older gets in.
	 */
	if (st == COPL_OK)
		st = copl_trust_save(i->in->dir, i->in->trust, i->r);
	if (st == COPL_OK)
		st = swap(i);
	if (st == COPL_OK)
		st = copl_dir_remove(i->leftover, i->r);
	return st;
}

enum copl_status copl_install(
    const struct copl_install *in, struct copl_reporter *r, size_t *taken)
{
	struct installing i = {
	    .in = in, .r = r, .bytes = COPL_STRBUF_INIT(COPL_RELEASE_FILE_MAX)};
	enum copl_status st = COPL_E_NOMEM;

	i.arena = copl_arena_new();
	if (i.arena == NULL)
		goto out;
	i.incoming =
	    copl_path_join(i.arena, in->dir, COPL_STATE_DIR "/incoming");
	i.leftover =
	    copl_path_join(i.arena, in->dir, COPL_STATE_DIR "/leftover");
	i.current = copl_path_join(i.arena, in->dir, COPL_CURRENT);
	if (i.incoming != NULL && i.leftover != NULL && i.current != NULL)
		st = install(&i);
	if (taken != NULL)
		*taken = i.taken;
out:
	copl_strbuf_clear(&i.bytes);
	copl_arena_free(i.arena);
	return st;
}

static bool all_right(const char *current, const struct copl_manifest *m)
{
	struct copl_strbuf bytes = COPL_STRBUF_INIT(COPL_RELEASE_FILE_MAX);
	bool right = true;
	size_t k;

	for (k = 0; k < m->nfiles && right; k++)
		right = reuse(current, &m->files[k], &bytes);
	copl_strbuf_clear(&bytes);
	return right;
}

enum copl_status copl_install_intact(const char *dir, struct copl_strbuf *bytes)
{
	struct copl_arena *a = copl_arena_new();
	struct copl_manifest *m = NULL;
	enum copl_status st = COPL_E_NOMEM;
	struct copl_reporter quiet;
	char *current;

	copl_reporter_init(&quiet, NULL);
	copl_strbuf_reset(bytes);
	if (a == NULL)
		goto out;
	current = copl_path_join(a, dir, COPL_CURRENT);
	if (current == NULL)
		goto out;
	st = copl_read_dir(
	    current, COPL_MANIFEST, COPL_MANIFEST_MAX, &quiet, bytes);
	if (st == COPL_OK)
		st = copl_manifest_read(
		    copl_strbuf_text(bytes), bytes->len, NULL, &quiet, &m);
	if (st != COPL_OK || !all_right(current, m))
		copl_strbuf_reset(bytes);
	if (quiet.nomem)
		st = COPL_E_NOMEM;
	else if (st != COPL_E_NOMEM)
		st = COPL_OK;
out:
	copl_manifest_free(m);
	copl_arena_free(a);
	return st;
}
