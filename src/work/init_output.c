/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From memory to the disk: all files or none. */
#include "config.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/i18n.h"
#include "work/init_priv.h"

#define GITIGNORE ".gitignore"

static struct copl_place at(const char *path)
{
	return (struct copl_place){path, 0, 0};
}

static enum copl_status say_write(struct init *in, const char *path)
{
	copl_report(in->r, COPL_ERROR, "io-write", at(path),
	    _("cannot write: %s"), strerror(errno));
	return COPL_E_IO;
}

static enum copl_status write_file(
    struct init *in, const char *dir, const struct init_file *f)
{
	const char *path = copl_path_join(in->arena, dir, f->path);
	const char *folder;
	enum copl_status st;

	if (path == NULL)
		return COPL_E_NOMEM;
	folder = copl_arena_strndup(
	    in->arena, path, (size_t)(copl_path_name(path) - path));
	if (folder == NULL)
		return COPL_E_NOMEM;
	st = copl_dir_make(folder, in->r);
	if (st == COPL_OK)
		st = copl_file_output(path, copl_strbuf_text(&f->bytes),
		    f->bytes.len, 0666, in->r, NULL);
	return st;
}

/*
 * A new folder that nobody looks into yet, "path.tmp-PID-0"; those of dead runs
 * give way.
 */
static enum copl_status make_tmp(
    struct init *in, const char *path, const char **out)
{
	const char *tmp = *out =
	    copl_arena_printf(in->arena, "%s.tmp-%ld-0", path, (long)getpid());
	bool made;

	if (tmp == NULL)
		return COPL_E_NOMEM;
	copl_path_sweep(path);
	made = mkdir(tmp, 0777) == 0;
	if (!made && errno == EEXIST) {
		enum copl_status st = copl_dir_remove(tmp, in->r);

		if (st != COPL_OK)
			return st;
		made = mkdir(tmp, 0777) == 0;
	}
	if (made)
		return COPL_OK;
	copl_report(in->r, COPL_ERROR, "io-dir", at(in->dir),
	    _("cannot make this folder: %s"), strerror(errno));
	return COPL_E_IO;
}

static enum copl_status write_all(struct init *in, const char *tmp)
{
	enum copl_status st = COPL_OK;
	size_t i;

	for (i = 0; i < in->nfiles && st == COPL_OK; i++)
		st = write_file(in, tmp, &in->files[i]);
	return st;
}

/* A folder that is not there yet comes in one step. */
static enum copl_status make_folder(struct init *in)
{
	const char *name = copl_path_name(in->dir), *path, *tmp;
	enum copl_status st;

	path = copl_arena_printf(
	    in->arena, "%.*s.%s", (int)(name - in->dir), in->dir, name);
	if (path == NULL)
		return COPL_E_NOMEM;
	st = make_tmp(in, path, &tmp);
	if (st != COPL_OK)
		return st;
	st = write_all(in, tmp);
	if (st == COPL_OK && rename(tmp, in->dir) != 0)
		st = say_write(in, in->dir);
	if (st != COPL_OK && copl_dir_remove(tmp, in->r) == COPL_E_NOMEM)
		st = COPL_E_NOMEM;
	return st;
}

/* ---- into a folder that is there ---- */

/* What is moved into the folder, in this order. */
static const char *const tops[] = {
    "forms", "po", "NEXT-STEPS.md", GITIGNORE, COPL_PROJECT_FILE};

/* A .gitignore of the user's own stays; anything else stops us. */
static enum copl_status look(struct init *in, bool *keeps_gitignore)
{
	enum copl_status st = COPL_OK;
	size_t i;

	for (i = 0; i < COPL_COUNT(tops); i++) {
		const char *path = copl_path_join(in->arena, in->dir, tops[i]);

		if (path == NULL)
			return COPL_E_NOMEM;
		if (!copl_path_exists(path))
			continue;
		if (strcmp(tops[i], GITIGNORE) == 0) {
			*keeps_gitignore = true;
			continue;
		}
		copl_report(in->r, COPL_ERROR, "init-exists", at(path),
		    _("this is here already, and init overwrites nothing: "
		      "choose another folder, or move this away"));
		st = COPL_E_INVALID;
	}
	return st;
}

static enum copl_status move_in(
    struct init *in, const char *tmp, bool keeps_gitignore, size_t *moved)
{
	for (; *moved < COPL_COUNT(tops); (*moved)++) {
		const char *name = tops[*moved];
		const char *from = copl_path_join(in->arena, tmp, name);
		const char *to = copl_path_join(in->arena, in->dir, name);

		if (from == NULL || to == NULL)
			return COPL_E_NOMEM;
		if (keeps_gitignore && strcmp(name, GITIGNORE) == 0)
			continue;
		if (rename(from, to) != 0)
			return say_write(in, to);
	}
	return COPL_OK;
}

/* Takes back what was moved in. */
static enum copl_status move_out(
    struct init *in, bool keeps_gitignore, size_t moved)
{
	enum copl_status st = COPL_OK;

	while (moved-- > 0 && st != COPL_E_NOMEM) {
		const char *path =
		    copl_path_join(in->arena, in->dir, tops[moved]);

		if (keeps_gitignore && strcmp(tops[moved], GITIGNORE) == 0)
			continue;
		st = path == NULL ? COPL_E_NOMEM : copl_dir_remove(path, in->r);
	}
	return st;
}

/* The folder is looked at first: what is there stops us before any write. */
static enum copl_status fill(struct init *in, const char *tmp, bool keeps)
{
	size_t moved = 0;
	enum copl_status st = write_all(in, tmp);

	if (st == COPL_OK)
		st = move_in(in, tmp, keeps, &moved);
	if (st != COPL_OK && move_out(in, keeps, moved) == COPL_E_NOMEM)
		st = COPL_E_NOMEM;
	return st;
}

static enum copl_status fill_folder(struct init *in)
{
	bool keeps = false;
	enum copl_status st = look(in, &keeps);
	const char *path, *tmp, *mine;

	if (st != COPL_OK)
		return st;
	path = copl_path_join(in->arena, in->dir, ".init");
	mine = copl_path_join(in->arena, in->dir, GITIGNORE);
	if (path == NULL || mine == NULL)
		return COPL_E_NOMEM;
	st = make_tmp(in, path, &tmp);
	if (st != COPL_OK)
		return st;
	st = fill(in, tmp, keeps);
	if (copl_dir_remove(tmp, in->r) == COPL_E_NOMEM)
		st = COPL_E_NOMEM;
	if (st == COPL_OK && keeps)
		copl_report(in->r, COPL_NOTE, "init-gitignore", at(mine),
		    _("this file of yours stays as it is: see that it names "
		      "/keys/*.key, the secret keys, and /releases/"));
	return st;
}

enum copl_status init_output(struct init *in)
{
	struct stat sb;

	if (stat(in->dir, &sb) == 0 && S_ISDIR(sb.st_mode))
		return fill_folder(in);
	if (copl_path_exists(in->dir)) {
		copl_report(in->r, COPL_ERROR, "init-exists", at(in->dir),
		    _("this is not a folder: choose another name"));
		return COPL_E_INVALID;
	}
	return make_folder(in);
}
