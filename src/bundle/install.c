/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/statvfs.h>
#include "base/i18n.h"
#include "bundle/install.h"
#include "bundle/sets.h"

/* What folders and the largest file on its way take besides. */
#define ROOM_SPARE UINT64_C(1048576)

struct installing {
	const struct copl_install *in;
	struct copl_arena *arena;
	struct copl_reporter *r;
	struct copl_stock *store; /* what is here already */
	const char *incoming; /* the set while it is being made */
	const char *leftover; /* of an attempt that was cut short */
	struct copl_strbuf bytes;
	size_t taken;
};

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

	if (copl_stock_find(i->store, f, &i->bytes) ||
	    copl_stock_reuse(i->leftover, f->path, f, NULL, &i->bytes) ==
		COPL_OK)
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
		if (!copl_part_has(i->in->part, &m->files[k]))
			continue;
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
	enum copl_status st =
	    copl_part_sums(i->in->part, i->in->manifest, &sums);

	if (st == COPL_OK)
		st = put(i, COPL_SUMS, &sums);
	copl_strbuf_clear(&sums);
	return st;
}

/* What is only a part says so itself, wherever it is copied to. */
static enum copl_status put_part(struct installing *i)
{
	struct copl_strbuf text = COPL_STRBUF_INIT(COPL_RELEASE_FILE_MAX);
	enum copl_status st;

	if (copl_part_is_whole(i->in->part))
		return COPL_OK;
	copl_part_write(i->in->part, &text);
	st = text.st == COPL_OK ? put(i, COPL_PARTIAL, &text) : text.st;
	copl_strbuf_clear(&text);
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
		st = in->read(in->read_arg, COPL_MANIFEST_SIG,
		    COPL_SIGNATURE_MAX, i->r, &i->bytes);
	if (st == COPL_OK)
		st = put(i, COPL_MANIFEST_SIG, &i->bytes);
	if (st != COPL_OK)
		return st;
	st = in->read(in->read_arg, COPL_MANIFEST_SIG2, COPL_SIGNATURE_MAX,
	    i->r, &i->bytes);
	if (st == COPL_E_NOTFOUND)
		return COPL_OK;
	return st == COPL_OK ? put(i, COPL_MANIFEST_SIG2, &i->bytes) : st;
}

static enum copl_status say_rename(struct installing *i, const char *path)
{
	copl_report(i->r, COPL_ERROR, "io-write",
	    (struct copl_place){path, 0, 0}, _("cannot write: %s"),
	    strerror(errno));
	return COPL_E_IO;
}

/* One rename, so that no reader sees two sets mixed. */
static enum copl_status swap(struct installing *i)
{
	const char *dir = i->in->dir;
	const char *sets = copl_path_join(i->arena, dir, COPL_SETS);
	const char *full;
	enum copl_status st;
	char name[64];

	if (sets == NULL)
		return COPL_E_NOMEM;
	st = copl_dir_make(sets, i->r);
	if (st == COPL_OK)
		st = copl_sets_name(
		    dir, i->in->manifest->version, name, sizeof(name));
	if (st != COPL_OK)
		return st;
	full = copl_path_join(i->arena, sets, name);
	if (full == NULL)
		return COPL_E_NOMEM;
	if (rename(i->incoming, full) != 0)
		return say_rename(i, full);
	st = copl_dir_sync(sets, i->r);
	if (st == COPL_OK)
		st = copl_sets_point(dir, name, i->r);
	if (st == COPL_OK)
		copl_sets_sweep(dir, i->in->withdrawn);
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
			return say_rename(i, i->leftover);
	}
	return copl_dir_make(i->incoming, i->r);
}

/* Told before anything travels, with the numbers that somebody needs. */
static enum copl_status check_room(struct installing *i)
{
	const struct copl_manifest *m = i->in->manifest;
	uint64_t need = ROOM_SPARE, have;
	struct statvfs fs;
	size_t k;

	for (k = 0; k < m->nfiles; k++)
		if (copl_part_has(i->in->part, &m->files[k]))
			need += m->files[k].length;
	if (statvfs(i->in->dir, &fs) != 0)
		return COPL_OK;
	have = (uint64_t)fs.f_bavail * fs.f_frsize;
	if (have >= need)
		return COPL_OK;
	copl_report(i->r, COPL_ERROR, "disk-full",
	    (struct copl_place){i->in->dir, 0, 0},
	    _("the set needs %" PRIu64 " bytes of room here, and only %" PRIu64
	      " are free: make room and try again; nothing was changed"),
	    need, have);
	return COPL_E_IO;
}

static enum copl_status install(struct installing *i)
{
	enum copl_status st = check_room(i);

	if (st == COPL_OK)
		st = prepare(i);

	if (st == COPL_OK)
		st = put_files(i);
	if (st == COPL_OK)
		st = put_sums(i);
	if (st == COPL_OK)
		st = put_part(i);
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

/* A disk that is full or broken is not helped by half a set on it. */
static void clean_up(struct installing *i)
{
	struct copl_reporter quiet;

	copl_reporter_init(&quiet, NULL);
	if (copl_dir_remove(i->incoming, &quiet) == COPL_OK &&
	    copl_dir_remove(i->leftover, &quiet) == COPL_OK)
		i->r->nomem = i->r->nomem || quiet.nomem;
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
	if (i.incoming == NULL || i.leftover == NULL)
		goto out;
	st = copl_stock_open(in->dir, &i.store);
	if (st == COPL_OK)
		st = install(&i);
	if (st == COPL_E_IO)
		clean_up(&i);
	if (taken != NULL)
		*taken = i.taken;
out:
	copl_stock_close(i.store);
	copl_strbuf_clear(&i.bytes);
	copl_arena_free(i.arena);
	return st;
}

/* COPL_E_NOTFOUND: a file is not as it must be. */
static enum copl_status all_right(const char *current,
    const struct copl_manifest *m, const struct copl_part *part,
    struct copl_reporter *r)
{
	struct copl_strbuf bytes = COPL_STRBUF_INIT(COPL_RELEASE_FILE_MAX);
	enum copl_status st = COPL_OK;
	size_t k;

	for (k = 0; k < m->nfiles && st == COPL_OK; k++)
		if (copl_part_has(part, &m->files[k]))
			st = copl_stock_reuse(
			    current, m->files[k].path, &m->files[k], r, &bytes);
	copl_strbuf_clear(&bytes);
	return st;
}

enum copl_status copl_install_intact(
    const char *dir, struct copl_reporter *r, struct copl_strbuf *bytes)
{
	struct copl_arena *a = copl_arena_new();
	struct copl_manifest *m = NULL;
	enum copl_status st = COPL_E_NOMEM;
	struct copl_reporter quiet;
	struct copl_part part;
	char *current;

	copl_reporter_init(&quiet, r == NULL ? NULL : r->sink);
	copl_strbuf_reset(bytes);
	if (a == NULL)
		goto out;
	current = copl_path_join(a, dir, COPL_CURRENT);
	if (current == NULL)
		goto out;
	st = copl_stock_read(
	    current, COPL_MANIFEST, COPL_MANIFEST_MAX, r, bytes);
	if (st == COPL_OK)
		st = copl_manifest_read(
		    copl_strbuf_text(bytes), bytes->len, NULL, &quiet, &m);
	if (st == COPL_OK)
		st = copl_part_load(current, a, &quiet, &part);
	if (st == COPL_OK)
		st = all_right(current, m, &part, r);
	if (st != COPL_OK)
		copl_strbuf_reset(bytes);
	/* Of all that is wrong, only what cannot be read is told. */
	if (st == COPL_E_IO && r != NULL)
		copl_reporter_move(r, &quiet);
	if (quiet.nomem)
		st = COPL_E_NOMEM;
	else if (st != COPL_E_NOMEM && (st != COPL_E_IO || r == NULL))
		st = COPL_OK;
out:
	copl_reporter_drop(&quiet);
	copl_manifest_free(m);
	copl_arena_free(a);
	return st;
}
