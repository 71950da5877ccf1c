/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/i18n.h"
#include "build/build_priv.h"

/* The three names of a release on its way to the disk. */
struct places {
	const char *tmp; /* folder that nobody looks into */
	const char *link; /* the new "latest", until it takes its place */
	const char *final;
	const char *latest;
	char version[24]; /* what the link says */
};

static enum copl_status say_write(struct build *b, const char *path)
{
	copl_report(b->r, COPL_ERROR, "io-write",
	    (struct copl_place){path, 0, 0}, _("cannot write: %s"),
	    strerror(errno));
	return COPL_E_IO;
}

/* Under the lock, whatever is unfinished is a dead run's. */
static enum copl_status remove_leftovers(struct build *b)
{
	const char **names = NULL;
	enum copl_status st;
	size_t n = 0, i;

	st = copl_dir_list(b->o->output, b->arena, b->r, &names, &n);
	for (i = 0; i < n && st == COPL_OK; i++) {
		const char *path;

		if (strncmp(names[i], BUILD_TMP, strlen(BUILD_TMP)) != 0)
			continue;
		path = copl_path_join(b->arena, b->o->output, names[i]);
		st = path == NULL ? COPL_E_NOMEM : copl_dir_remove(path, b->r);
	}
	return st;
}

static enum copl_status write_file(
    struct build *b, const char *dir, const struct build_file *f)
{
	const char *path = copl_path_join(b->arena, dir, f->info.path);
	enum copl_status st = COPL_OK;
	int fd;

	if (path == NULL)
		return COPL_E_NOMEM;
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (fd < 0)
		return say_write(b, path);
	if (!copl_write_all(fd, copl_strbuf_text(&f->bytes), f->bytes.len))
		st = say_write(b, path);
	if (close(fd) != 0 && st == COPL_OK)
		st = say_write(b, path);
	return st;
}

static enum copl_status make_folders(struct build *b, const char *tmp)
{
	enum copl_status st = copl_dir_make(tmp, b->r);
	size_t i;

	for (i = 0; i < b->project->nrecipients && st == COPL_OK; i++) {
		const char *path =
		    copl_path_join(b->arena, tmp, b->project->recipients[i].id);

		st = path == NULL ? COPL_E_NOMEM : copl_dir_make(path, b->r);
	}
	return st;
}

/* One call for all files is much cheaper than one for each. */
static enum copl_status flush(struct build *b, const char *dir)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	enum copl_status st = COPL_OK;

	if (fd < 0)
		return say_write(b, dir);
	if (syncfs(fd) != 0)
		st = say_write(b, dir);
	close(fd);
	return st;
}

static enum copl_status write_tree(struct build *b, const char *tmp)
{
	enum copl_status st = make_folders(b, tmp);
	size_t i;

	for (i = 0; i < b->nfiles && st == COPL_OK; i++)
		st = write_file(b, tmp, &b->files[i]);
	return st == COPL_OK ? flush(b, tmp) : st;
}

const char *build_link_name(const struct build *b)
{
	return b->draft ? BUILD_DRAFT : BUILD_LATEST;
}

/* "latest" and "draft" are ours to move only as links. */
static enum copl_status check_latest(struct build *b, const char *latest)
{
	struct stat sb;

	if (lstat(latest, &sb) != 0 || S_ISLNK(sb.st_mode))
		return COPL_OK;
	copl_report(b->r, COPL_ERROR, "build-latest",
	    (struct copl_place){latest, 0, 0},
	    _("this should be a link to the latest release: move it out of "
	      "the way"));
	return COPL_E_IO;
}

static enum copl_status swap(struct build *b, const struct places *p)
{
	enum copl_status st;

	if (symlink(p->version, p->link) != 0)
		return say_write(b, p->link);
	if (rename(p->tmp, p->final) != 0) {
		st = say_write(b, p->final);
		unlink(p->link);
		return st;
	}
	if (rename(p->link, p->latest) == 0)
		return copl_dir_sync(b->o->output, b->r);
	st = say_write(b, p->latest);
	unlink(p->link);
	if (copl_dir_remove(p->final, b->r) == COPL_E_NOMEM)
		st = COPL_E_NOMEM;
	return st;
}

static enum copl_status name_places(struct build *b, struct places *p)
{
	const char *out = b->o->output;
	char name[64];

	snprintf(p->version, sizeof(p->version), "%" PRIu64, b->version);
	snprintf(
	    name, sizeof(name), BUILD_TMP "%s-%ld", p->version, (long)getpid());
	p->tmp = copl_path_join(b->arena, out, name);
	snprintf(
	    name, sizeof(name), BUILD_TMP BUILD_LATEST "-%ld", (long)getpid());
	p->link = copl_path_join(b->arena, out, name);
	p->final = copl_path_join(b->arena, out, p->version);
	p->latest = copl_path_join(b->arena, out, build_link_name(b));
	return p->tmp == NULL || p->link == NULL || p->final == NULL ||
		       p->latest == NULL
		   ? COPL_E_NOMEM
		   : COPL_OK;
}

enum copl_status build_output(struct build *b)
{
	struct places p = {.tmp = NULL};
	enum copl_status st = name_places(b, &p);

	if (st == COPL_OK)
		st = check_latest(b, p.latest);
	if (st == COPL_OK)
		st = remove_leftovers(b);
	if (st != COPL_OK)
		return st;
	st = write_tree(b, p.tmp);
	if (st == COPL_OK)
		st = swap(b, &p);
	if (st != COPL_OK && copl_dir_remove(p.tmp, b->r) == COPL_E_NOMEM)
		st = COPL_E_NOMEM;
	return st;
}
