/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "answers/purge.h"
#include "answers/store_priv.h"
#include "base/i18n.h"

#define DAY_SECONDS 86400
#define NAME_LEN (COPL_STORE_NAME_SIZE - 1)

struct purge {
	const char *dir;
	int64_t now;
	bool dry_run;
	struct copl_reporter *r;
};

static enum copl_status say(
    const struct purge *p, const char *form, const char *name, const char *what)
{
	char where[600];
	int error = errno;

	snprintf(where, sizeof(where), "%s/%s%s%s", p->dir, form,
	    *name == '\0' ? "" : "/", name);
	copl_report(p->r, COPL_ERROR, "io-purge",
	    (struct copl_place){where, 0, 0}, "%s: %s", what, strerror(error));
	return COPL_E_IO;
}

/* Is it the name of an answer? */
static bool is_answer(const char *name, bool *sealed)
{
	if (strspn(name, "0123456789abcdef") != NAME_LEN)
		return false;
	*sealed = strcmp(name + NAME_LEN, COPL_STORE_SEALED) == 0;
	return *sealed || strcmp(name + NAME_LEN, COPL_STORE_PLAIN) == 0;
}

enum age { AGE_DUE, AGE_KEPT, AGE_UNKNOWN };

static enum age age_of(int folder, const char *name, bool sealed, int64_t now)
{
	int fd = openat(
	    folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	struct copl_mark mark;
	int64_t day = 0;
	bool good;

	if (fd < 0)
		return AGE_UNKNOWN;
	good = sealed ? copl_mark_of_sealed(fd, &mark)
		      : copl_mark_of_plain(fd, &mark);
	close(fd);
	if (!good || !copl_date_parse(mark.keep_until, &day))
		return AGE_UNKNOWN;
	return now >= day + DAY_SECONDS ? AGE_DUE : AGE_KEPT;
}

static enum copl_status purge_file(const struct purge *p, int folder,
    const char *form, const char *name, struct copl_purged *n)
{
	bool sealed;

	if (!is_answer(name, &sealed))
		return COPL_OK;
	switch (age_of(folder, name, sealed, p->now)) {
	case AGE_KEPT:
		n->kept++;
		return COPL_OK;
	case AGE_UNKNOWN:
		n->unknown++;
		return COPL_OK;
	case AGE_DUE:
		break;
	}
	if (!p->dry_run && unlinkat(folder, name, 0) != 0)
		return say(p, form, name, _("cannot remove"));
	n->due++;
	return COPL_OK;
}

static void tell(
    const struct purge *p, const char *form, const struct copl_purged *n)
{
	char due[24], kept[24], unknown[24];
	struct copl_field fields[] = {{"form", form}, {"due", due},
	    {"kept", kept}, {"unknown", unknown},
	    {"state", p->dry_run ? "would-remove" : "removed"}};

	snprintf(due, sizeof(due), "%zu", n->due);
	snprintf(kept, sizeof(kept), "%zu", n->kept);
	snprintf(unknown, sizeof(unknown), "%zu", n->unknown);
	copl_tell(p->r, "purge", fields, COPL_COUNT(fields),
	    p->dry_run ? _("%s: answers that would be removed: %zu, kept: %zu")
		       : _("%s: answers removed: %zu, kept: %zu"),
	    form, n->due, n->kept + n->unknown);
	if (n->unknown > 0)
		copl_report(p->r, COPL_WARNING, "answers-keep-until",
		    (struct copl_place){form, 0, 0},
		    _("answers that do not say until when they may be kept: "
		      "%zu; they stay, remove them by hand when it is time"),
		    n->unknown);
}

static enum copl_status purge_folder(
    const struct purge *p, int fd, const char *form, struct copl_purged *n)
{
	enum copl_status st = COPL_OK;
	struct dirent *e;
	DIR *d = fdopendir(dup(fd));

	if (d == NULL)
		return say(p, form, "", _("cannot read this folder"));
	errno = 0;
	while (st == COPL_OK && (e = readdir(d)) != NULL) {
		st = purge_file(p, fd, form, e->d_name, n);
		errno = 0;
	}
	if (st == COPL_OK && errno != 0)
		st = say(p, form, "", _("cannot read this folder"));
	closedir(d);
	if (n->due > 0 && !p->dry_run && fsync(fd) != 0)
		st = say(p, form, "", _("cannot flush this folder"));
	return st;
}

static enum copl_status purge_form(
    const struct purge *p, int dir, const char *form, struct copl_purged *all)
{
	struct copl_purged n = {0, 0, 0};
	enum copl_status st;
	int fd = copl_store_dir_at(dir, form, false);

	if (fd < 0)
		return errno == ENOTDIR || errno == ELOOP || errno == ENOENT
			   ? COPL_OK
			   : say(p, form, "", _("cannot open this folder"));
	st = purge_folder(p, fd, form, &n);
	close(fd);
	if (n.due + n.kept + n.unknown > 0)
		tell(p, form, &n);
	all->due += n.due;
	all->kept += n.kept;
	all->unknown += n.unknown;
	return st;
}

struct purging {
	const struct purge *p;
	int dir;
	struct copl_purged *out;
	enum copl_status st;
};

/* A form that cannot be purged keeps none of the others. */
static bool on_form(void *arg, const char *form)
{
	struct purging *all = arg;
	enum copl_status st = purge_form(all->p, all->dir, form, all->out);

	if (st != COPL_OK)
		all->st = st;
	return true;
}

static enum copl_status purge_all(
    const struct purge *p, int dir, struct copl_purged *out)
{
	struct purging all = {p, dir, out, COPL_OK};

	if (!copl_store_each_form(dir, on_form, &all))
		return say(p, "", "", _("cannot read this folder"));
	return all.st;
}

enum copl_status copl_answers_purge(const char *dir, int64_t now, bool dry_run,
    struct copl_reporter *r, struct copl_purged *out)
{
	const struct purge p = {dir, now, dry_run, r};
	struct copl_store *s = NULL;
	enum copl_status st;
	int fd;

	*out = (struct copl_purged){0, 0, 0};
	/*
	 * The lock is held to the end: what the journal of a running server
	 * holds must not come back.
	 */
	st = dry_run ? COPL_OK : copl_store_begin(dir, false, r, &s);
	if (st != COPL_OK && st != COPL_E_NOTFOUND)
		return st;
	fd = copl_store_dir_open(dir, false);
	st = fd < 0 ? say(&p, "", "", _("cannot open this folder"))
		    : purge_all(&p, fd, out);
	if (fd >= 0)
		close(fd);
	copl_store_end(s);
	return st;
}
