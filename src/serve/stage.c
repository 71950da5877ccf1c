/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <sys/stat.h>
#include "base/i18n.h"
#include "bundle/install.h"
#include "serve/serve_priv.h"

struct look {
	struct serving *s;
	struct copl_arena *arena;
	struct copl_reporter *r;
	int64_t before; /* what is older goes; INT64_MIN: nothing does */
};

/* Temporary files are of uploads that were cut short by a crash. */
static bool is_stale(
    const struct look *l, const char *name, const struct stat *sb)
{
	return strstr(name, ".tmp-") != NULL || sb->st_mtime < l->before;
}

static enum copl_status look_at(
    const struct look *l, const char *path, const struct stat *sb)
{
	if (is_stale(l, copl_path_name(path), sb))
		return copl_dir_remove(path, l->r);
	l->s->staged++;
	l->s->staged_bytes += (uint64_t)sb->st_size;
	return COPL_OK;
}

/* Adds up what is there, down to four names deep, and removes the stale. */
static enum copl_status count(
    const struct look *l, const char *folder, int depth)
{
	const char **names = NULL;
	enum copl_status st;
	size_t n = 0, i;

	st = copl_dir_list(folder, l->arena, l->r, &names, &n);
	for (i = 0; st == COPL_OK && i < n; i++) {
		const char *path = copl_path_join(l->arena, folder, names[i]);
		struct stat sb;

		if (path == NULL)
			return COPL_E_NOMEM;
		if (lstat(path, &sb) != 0)
			continue;
		if (S_ISDIR(sb.st_mode) && depth > 0)
			st = count(l, path, depth - 1);
		else
			st = look_at(l, path, &sb);
	}
	return st;
}

static enum copl_status count_all(struct serving *s, struct copl_reporter *r)
{
	struct look l = {.s = s,
	    .arena = copl_arena_new(),
	    .r = r,
	    .before = (int64_t)time(NULL) - (int64_t)s->limits->stale_s};
	enum copl_status st = COPL_E_NOMEM;

	s->staged = 0;
	s->staged_bytes = 0;
	if (l.arena != NULL)
		st = count(&l, s->staging, 4);
	copl_arena_free(l.arena);
	return st;
}

enum copl_status stage_open(struct serving *s, struct copl_reporter *r)
{
	const char *sets = copl_path_join(s->arena, s->o->dir, COPL_SETS);
	enum copl_status st =
	    sets == NULL ? COPL_E_NOMEM : copl_dir_make(s->staging, r);

	if (st == COPL_OK)
		st = copl_install_own(s->state, r);
	if (st == COPL_OK)
		st = copl_install_own(s->staging, r);
	if (st == COPL_OK)
		st = copl_install_own(sets, r);
	return st == COPL_OK ? count_all(s, r) : st;
}

void stage_expire(struct serving *s)
{
	struct copl_reporter r;

	copl_reporter_init(&r, s->sink);
	pthread_mutex_lock(&s->publish);
	if (copl_reporter_end(&r, count_all(s, &r)) != COPL_OK)
		s->staged = STAGED_FILES_MAX; /* until that is seen to */
	pthread_mutex_unlock(&s->publish);
}

enum copl_status stage_clear(struct serving *s, struct copl_reporter *r)
{
	enum copl_status st = copl_dir_remove(s->staging, r);

	if (st != COPL_OK)
		return st;
	s->staged = 0;
	s->staged_bytes = 0;
	return copl_dir_make(s->staging, r);
}

static enum copl_status write_file(struct serving *s, const char *path,
    const struct copl_strbuf *body, struct copl_arena *a,
    struct copl_reporter *r)
{
	char *full = copl_path_join(a, s->staging, path);
	enum copl_status st;
	char *slash;

	if (full == NULL)
		return COPL_E_NOMEM;
	slash = strrchr(full, '/');
	*slash = '\0';
	st = copl_dir_make(full, r);
	*slash = '/';
	if (st != COPL_OK)
		return st;
	return copl_file_replace(
	    full, copl_strbuf_text(body), body->len, 0644, r, NULL);
}

/* Room that is made for one file in the waiting room. */
struct way {
	bool any; /* something went */
	bool there; /* the file is there already */
	uint64_t size; /* of that file */
};

/* What is no folder, or no file, where there must be one goes. */
static enum copl_status clear(
    const char *path, bool folder, struct copl_reporter *r, struct way *way)
{
	struct stat sb;

	if (lstat(path, &sb) != 0)
		return COPL_OK;
	if (folder ? S_ISDIR(sb.st_mode) : S_ISREG(sb.st_mode)) {
		way->there = !folder;
		way->size = folder ? 0 : (uint64_t)sb.st_size;
		return COPL_OK;
	}
	way->any = true;
	return copl_dir_remove(path, r);
}

/*
 * What waits makes way for the file: a folder of its name, and a file with the
 * name of one of its folders.  Else one small file would keep a release out.
 * Who wrote to a pipe would wait for a reader, and everybody with him.
 */
static enum copl_status make_way(struct serving *s, const char *path,
    struct copl_arena *a, struct copl_reporter *r, struct way *way)
{
	char *full = copl_path_join(a, s->staging, path), *slash;
	enum copl_status st = COPL_OK;

	*way = (struct way){.any = false};
	if (full == NULL)
		return COPL_E_NOMEM;
	slash = strchr(full + strlen(s->staging) + 1, '/');
	for (; slash != NULL && st == COPL_OK; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		st = clear(full, true, r, way);
		*slash = '/';
	}
	if (st == COPL_OK)
		st = clear(full, false, r, way);
	return st == COPL_OK && way->any ? count_all(s, r) : st;
}

static bool has_room(
    const struct serving *s, const struct way *way, size_t bytes)
{
	return (way->there || s->staged < STAGED_FILES_MAX) &&
	       s->staged_bytes - way->size + bytes <= STAGED_BYTES_MAX;
}

static void store(struct serving *s, const char *path,
    const struct copl_strbuf *body, struct copl_arena *a, struct answer *out)
{
	struct copl_reporter r;
	enum copl_status st;
	bool room = true;
	struct way way;

	copl_reporter_init(&r, s->sink);
	st = make_way(s, path, a, &r, &way);
	if (st == COPL_OK)
		room = has_room(s, &way, body->len);
	if (st == COPL_OK && room)
		st = write_file(s, path, body, a, &r);
	st = copl_reporter_end(&r, st);
	if (st != COPL_OK || !room) {
		answer_problem(out, 507,
		    !room ? _("too much waits here for its manifest")
			  : _("the file could not be written"),
		    NULL);
		return;
	}
	s->staged += !way.there;
	s->staged_bytes += body->len - way.size;
	out->status = way.there ? 204 : 201;
	out->type = "text/plain; charset=utf-8";
	answer_receipt(out, body);
}

void stage_put(struct serving *s, const struct copl_gate_pass *pass,
    const struct copl_strbuf *body, struct answer *out)
{
	struct copl_arena *a = copl_arena_new();

	if (a == NULL) {
		answer_problem(
		    out, 503, _("there is no memory for this now"), NULL);
		return;
	}
	pthread_mutex_lock(&s->publish);
	store(s, pass->path, body, a, out);
	pthread_mutex_unlock(&s->publish);
	copl_arena_free(a);
}
