/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include <sys/stat.h>
#include "base/i18n.h"
#include "serve/serve_priv.h"

/* Adds up what a run before this one left, down to four names deep. */
static enum copl_status count(
    struct serving *s, const char *folder, int depth, struct copl_reporter *r)
{
	const char **names = NULL;
	enum copl_status st;
	size_t n = 0, i;

	st = copl_dir_list(folder, s->arena, r, &names, &n);
	for (i = 0; st == COPL_OK && i < n; i++) {
		const char *path = copl_path_join(s->arena, folder, names[i]);
		struct stat sb;

		if (path == NULL)
			return COPL_E_NOMEM;
		if (lstat(path, &sb) != 0)
			continue;
		if (S_ISDIR(sb.st_mode) && depth > 0) {
			st = count(s, path, depth - 1, r);
			continue;
		}
		s->staged++;
		s->staged_bytes += (uint64_t)sb.st_size;
	}
	return st;
}

enum copl_status stage_open(struct serving *s, struct copl_reporter *r)
{
	enum copl_status st = copl_dir_make(s->staging, r);

	s->staged = 0;
	s->staged_bytes = 0;
	return st == COPL_OK ? count(s, s->staging, 4, r) : st;
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

/* The size of what the file takes the place of; 0 when there is none. */
static uint64_t replaced(
    struct serving *s, const char *path, struct copl_arena *a, bool *there)
{
	const char *full = copl_path_join(a, s->staging, path);
	struct stat sb;

	*there = full != NULL && lstat(full, &sb) == 0;
	return *there ? (uint64_t)sb.st_size : 0;
}

static void store(struct serving *s, const char *path,
    const struct copl_strbuf *body, struct copl_arena *a, struct answer *out)
{
	struct copl_reporter r;
	enum copl_status st;
	bool there;
	uint64_t old = replaced(s, path, a, &there);

	if ((!there && s->staged >= STAGED_FILES_MAX) ||
	    s->staged_bytes - old + body->len > STAGED_BYTES_MAX) {
		answer_problem(
		    out, 507, _("too much waits here for its manifest"), NULL);
		return;
	}
	copl_reporter_init(&r, s->sink);
	st = copl_reporter_end(&r, write_file(s, path, body, a, &r));
	if (st != COPL_OK) {
		answer_problem(
		    out, 507, _("the file could not be written"), NULL);
		return;
	}
	s->staged += !there;
	s->staged_bytes += body->len - old;
	out->status = there ? 204 : 201;
	out->type = "text/plain; charset=utf-8";
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
	store(s, pass->path, body, a, out);
	copl_arena_free(a);
}
