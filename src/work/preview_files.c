/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The files that pages are made of, and which of them are new.  The system
 * wakes us where it can; what counts is what the files look like, so that a
 * save by rename, a save in place and a file on a server are all seen.
 */
#include "config.h"
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#if defined(__has_include)
#if __has_include(<sys/inotify.h>)
#include <sys/inotify.h>
#define CAN_WAKE 1
#endif
#endif
#include "work/preview_priv.h"

/* A look at all files costs less than a millisecond. */
#define LOOK_MS 100
#define LOOK_SELDOM_MS 500

/* What a file looks like from outside; zeros: there is none. */
struct look {
	uint64_t device;
	uint64_t number;
	int64_t size;
	int64_t seconds;
	long nanoseconds;
};

struct file {
	const char *path;
	struct look look;
	struct preview_change what;
	bool changed;
};

struct preview_files {
	struct copl_arena *arena; /* of the list, renewed with it */
	const char *dir;
	struct file *list;
	size_t n;
	size_t room;
	int fd; /* wakes us; -1: nothing does */
};

struct preview_files *preview_files_new(const char *dir)
{
	struct preview_files *f = calloc(1, sizeof(*f));

	if (f == NULL)
		return NULL;
	f->dir = dir;
	f->fd = -1;
	f->arena = copl_arena_new();
	if (f->arena == NULL) {
		free(f);
		return NULL;
	}
	return f;
}

static void close_fd(struct preview_files *f)
{
	if (f->fd >= 0)
		close(f->fd);
	f->fd = -1;
}

void preview_files_free(struct preview_files *f)
{
	if (f == NULL)
		return;
	close_fd(f);
	free(f->list);
	copl_arena_free(f->arena);
	free(f);
}

struct copl_arena *preview_files_arena(struct preview_files *f)
{
	return f->arena;
}

/* ---- the list ---- */

static struct look look_at(const char *path)
{
	struct look l;
	struct stat sb;

	memset(&l, 0, sizeof(l));
	if (stat(path, &sb) != 0)
		return l;
	l.device = (uint64_t)sb.st_dev;
	l.number = (uint64_t)sb.st_ino;
	l.size = (int64_t)sb.st_size;
	l.seconds = (int64_t)sb.st_mtim.tv_sec;
	l.nanoseconds = sb.st_mtim.tv_nsec;
	return l;
}

static bool add(
    struct preview_files *f, const char *path, struct preview_change what)
{
	struct file *list = copl_grow(f->list, f->n, &f->room, sizeof(*list));
	char *own = copl_arena_strdup(f->arena, path);

	if (list != NULL)
		f->list = list;
	if (list == NULL || own == NULL)
		return false;
	memset(&list[f->n], 0, sizeof(*list));
	list[f->n].path = own;
	list[f->n].look = look_at(own);
	list[f->n++].what = what;
	return true;
}

/* The catalog and, beside it, its review record. */
static bool add_catalog(struct preview_files *f,
    const struct copl_master_catalog *mc, size_t master, size_t language)
{
	const struct preview_change what = {false, master, language};
	const char *review = copl_record_path(f->arena, mc);

	return review != NULL && add(f, mc->path, what) && add(f, review, what);
}

static bool add_all(struct preview_files *f, const struct copl_workspace *w)
{
	const struct preview_change project = {true, 0, 0};
	const struct copl_project *p = w->project;
	bool ok =
	    add(f, p->xml->file, project) && add(f, p->interface_path, project);
	size_t i, k;

	for (i = 0; i < p->nforms && ok; i++)
		ok = add(f, p->forms[i].path, project);
	if (p->glossary_path != NULL)
		ok = ok && add(f, p->glossary_path, project);
	for (i = 0; i < w->nmasters && ok; i++)
		for (k = 0; k < p->nlanguages && ok; k++)
			if (!w->masters[i].catalogs[k].own)
				ok = add_catalog(
				    f, &w->masters[i].catalogs[k], i, k);
	return ok;
}

#ifdef CAN_WAKE
/* The folders of all files; one that is watched already stays one. */
static void watch_folders(struct preview_files *f)
{
	size_t i;

	f->fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	for (i = 0; i < f->n && f->fd >= 0; i++) {
		const char *path = f->list[i].path;
		const char *name = copl_path_name(path);
		const char *folder = name == path
					 ? "."
					 : copl_arena_strndup(f->arena, path,
					       (size_t)(name - path));

		if (folder == NULL ||
		    (inotify_add_watch(f->fd, folder,
			 IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE) < 0 &&
			errno == ENOSPC))
			close_fd(f);
	}
}
#else
static void watch_folders(struct preview_files *f)
{
	(void)f;
}
#endif

enum copl_status preview_files_list(
    struct preview_files *f, const struct copl_workspace *w)
{
	struct copl_arena *arena = copl_arena_new();

	if (arena == NULL)
		return COPL_E_NOMEM;
	copl_arena_free(f->arena);
	f->arena = arena;
	f->n = 0;
	close_fd(f);
	if (!add_all(f, w))
		return COPL_E_NOMEM;
	watch_folders(f);
	return COPL_OK;
}

/* ---- what is new ---- */

int preview_files_fd(const struct preview_files *f)
{
	return f->fd;
}

int preview_files_patience(const struct preview_files *f)
{
	return f->fd < 0 ? LOOK_MS : LOOK_SELDOM_MS;
}

void preview_files_drain(struct preview_files *f)
{
	char events[4096];

	while (f->fd >= 0 && read(f->fd, events, sizeof(events)) > 0) {
	}
}

void preview_files_scan(struct preview_files *f)
{
	static const struct look none;
	size_t i;

	for (i = 0; i < f->n; i++) {
		struct look now = look_at(f->list[i].path);

		/* Gone: it is on its way, or will be missed elsewhere. */
		if (memcmp(&now, &none, sizeof(now)) == 0 ||
		    memcmp(&now, &f->list[i].look, sizeof(now)) == 0)
			continue;
		f->list[i].look = now;
		f->list[i].changed = true;
	}
}

/* Does the same have to be read again? */
static bool is_same(
    const struct preview_change *a, const struct preview_change *b)
{
	return b->project || (!a->project && a->master == b->master &&
				 a->language == b->language);
}

bool preview_files_next(struct preview_files *f, struct preview_change *out)
{
	size_t i, k;

	for (i = 0; i < f->n; i++) {
		if (!f->list[i].changed)
			continue;
		*out = f->list[i].what;
		for (k = i; k < f->n; k++)
			if (is_same(&f->list[k].what, out))
				f->list[k].changed = false;
		return true;
	}
	return false;
}
