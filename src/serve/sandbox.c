/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "base/i18n.h"
#include "serve/sandbox.h"

#define PLACES_MAX 24

struct places {
	struct sandbox_place list[PLACES_MAX];
	size_t n;
	struct copl_arena *arena;
	bool nomem;
};

const char *sandbox_word(unsigned got)
{
	static const char *const words[] = {"none", "files", "calls", "full"};

	return words[got & (SANDBOX_FILES | SANDBOX_CALLS)];
}

static void add(struct places *p, const char *path, enum sandbox_use use)
{
	if (path == NULL)
		p->nomem = true;
	else if (p->n < PLACES_MAX)
		p->list[p->n++] = (struct sandbox_place){path, use};
}

/* What holds the file: where one that takes its place will be. */
static const char *folder_of(struct places *p, const char *path)
{
	size_t len = (size_t)(copl_path_name(path) - path);

	if (len == 0)
		return ".";
	return copl_arena_strndup(p->arena, path, len);
}

/*
 * A file that is named on the command line and opened again later.  A device
 * or pipe is never replaced; and the root folder would be everything.
 */
static void add_again(struct places *p, const char *path, enum sandbox_use use)
{
	const char *folder = folder_of(p, path);
	struct stat sb;

	if (folder != NULL && (strspn(folder, "/") == strlen(folder) ||
				  stat(path, &sb) != 0 || !S_ISREG(sb.st_mode)))
		folder = path;
	add(p, folder, use);
}

/* The same, and where its link leads to. */
static void add_file(struct places *p, const char *path, enum sandbox_use use)
{
	char *real;

	if (path == NULL)
		return;
	add_again(p, path, use);
	real = realpath(path, NULL);
	if (real != NULL) {
		const char *copy = copl_arena_strdup(p->arena, real);

		if (copy == NULL)
			p->nomem = true;
		else if (strcmp(copy, path) != 0)
			add_again(p, copy, use);
	}
	free(real);
}

static void list_places(const struct serving *s, struct places *p)
{
	const struct copl_serve_options *o = s->o;

	add(p, o->dir, o->read_only ? SANDBOX_LOOK : SANDBOX_ALL);
	add(p, s->state, SANDBOX_ALL);
	if (o->collect != NULL)
		add(p, o->collect, SANDBOX_ALL);
	if (o->collect_key != NULL)
		add(p, o->collect_key, SANDBOX_READ);
	add_file(p, o->key, SANDBOX_READ);
	add_file(p, o->token_file, SANDBOX_READ);
	add_file(p, o->tls_cert, SANDBOX_READ);
	add_file(p, o->tls_key, SANDBOX_READ);
	add_file(p, o->security_txt, SANDBOX_READ);
	add_file(p, o->access_log, SANDBOX_APPEND);
}

/*
 * Translations are files, too: those of the C library and ours are read when
 * the first text is asked for, which is now.
 */
static void read_translations(void)
{
	(void)strerror(EACCES);
	(void)_("cannot open: %s");
}

static enum copl_status say_place(
    const struct sandbox_place *bad, int error, struct copl_reporter *r)
{
	copl_report(r, COPL_ERROR, "io-open",
	    (struct copl_place){bad->path, 0, 0}, _("cannot open: %s"),
	    strerror(error));
	return COPL_E_IO;
}

static enum copl_status say_none(
    const struct serving *s, unsigned got, struct copl_reporter *r)
{
	bool required = s->o->sandbox == COPL_SANDBOX_REQUIRE;
	struct copl_place at = {s->o->dir, 0, 0};

	if (got == (SANDBOX_FILES | SANDBOX_CALLS))
		return COPL_OK;
	if (required)
		copl_report(r, COPL_ERROR, "sandbox-none", at,
		    _("this system cannot lock the server in, as "
		      "--sandbox=require asks: use a kernel with Landlock and "
		      "seccomp (Linux 5.19 or later), or --sandbox=auto"));
	else
		copl_report(r, COPL_NOTE, "sandbox-none", at,
		    got != 0
			? _("this system locks the server in only in part: "
			    "Linux 5.19 or later, with Landlock and seccomp, "
			    "does it wholly")
			: _("this system cannot lock the server in: Linux "
			    "5.19 or later, with Landlock and seccomp, can"));
	return required ? COPL_E_INVALID : COPL_OK;
}

enum copl_status sandbox_enter(
    const struct serving *s, struct copl_reporter *r, unsigned *got)
{
	struct places p = {.arena = NULL};
	const struct sandbox_place *bad = NULL;
	enum copl_status st = COPL_OK;
	int error;

	*got = 0;
	if (s->o->sandbox == COPL_SANDBOX_OFF)
		return COPL_OK;
	p.arena = copl_arena_new();
	if (p.arena == NULL)
		return COPL_E_NOMEM;
	list_places(s, &p);
	if (p.nomem) {
		st = COPL_E_NOMEM;
		goto out;
	}
	read_translations();
	error = sandbox_files(p.list, p.n, &bad);
	if (error == 0)
		*got |= SANDBOX_FILES;
	if (bad != NULL) {
		st = say_place(bad, error, r);
		goto out;
	}
	if (sandbox_calls() == 0)
		*got |= SANDBOX_CALLS;
	st = say_none(s, *got, r);
out:
	copl_arena_free(p.arena);
	return st;
}
