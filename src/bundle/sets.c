/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <sys/stat.h>
#include "base/i18n.h"
#include "bundle/install.h"
#include "bundle/sets.h"

#define COPIES_MAX 100

enum copl_status copl_install_own(const char *path, struct copl_reporter *r)
{
	struct stat sb;

	if (lstat(path, &sb) != 0 || S_ISDIR(sb.st_mode))
		return COPL_OK;
	copl_report(r, COPL_ERROR, "io-dir", (struct copl_place){path, 0, 0},
	    _("cannot make this folder: %s"), strerror(ENOTDIR));
	return COPL_E_IO;
}

/* "7" or "7.2"; false: it is no name of a set. */
static bool read_name(const char *name, struct copl_kept_set *out)
{
	size_t len = strcspn(name, ".");
	uint64_t copy = 1;
	char version[24];

	if (len == 0 || len >= sizeof(version))
		return false;
	memcpy(version, name, len);
	version[len] = '\0';
	if (!copl_number_parse(version, INT64_MAX, &out->version) ||
	    (name[len] == '.' &&
		!copl_number_parse(name + len + 1, COPIES_MAX, &copy)))
		return false;
	out->name = name;
	out->copy = (unsigned)copy;
	return true;
}

static int newest_first(const void *a, const void *b)
{
	const struct copl_kept_set *x = a, *y = b;

	if (x->version != y->version)
		return x->version < y->version ? 1 : -1;
	return x->copy < y->copy ? 1 : x->copy > y->copy ? -1 : 0;
}

enum copl_status copl_sets_list(const char *dir, struct copl_arena *a,
    struct copl_reporter *r, struct copl_kept_set **out, size_t *n)
{
	char *sets = copl_path_join(a, dir, COPL_SETS);
	const char **names = NULL;
	size_t found = 0, i;
	enum copl_status st;

	*n = 0;
	*out = NULL;
	if (sets == NULL)
		return COPL_E_NOMEM;
	if (!copl_path_exists(sets))
		return COPL_OK;
	st = copl_dir_list(sets, a, r, &names, &found);
	if (st != COPL_OK)
		return st;
	*out = copl_arena_alloc(a, (found + 1) * sizeof(**out));
	if (*out == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < found; i++)
		if (read_name(names[i], &(*out)[*n]))
			++*n;
	qsort(*out, *n, sizeof(**out), newest_first);
	return COPL_OK;
}

enum copl_status copl_sets_current(const char *dir, char *out, size_t room)
{
	static const char before[] = COPL_SETS "/";
	struct copl_arena *a = copl_arena_new();
	char *current = NULL, text[256];
	ssize_t n = 0;

	out[0] = '\0';
	if (a != NULL)
		current = copl_path_join(a, dir, COPL_CURRENT);
	if (current != NULL)
		n = readlink(current, text, sizeof(text) - 1);
	if (n > 0) {
		text[n] = '\0';
		if (strncmp(text, before, sizeof(before) - 1) == 0)
			snprintf(out, room, "%s", text + sizeof(before) - 1);
	}
	copl_arena_free(a);
	return current == NULL ? COPL_E_NOMEM : COPL_OK;
}

enum copl_status copl_sets_name(
    const char *dir, uint64_t version, char *out, size_t room)
{
	struct copl_arena *a = copl_arena_new();
	enum copl_status st = COPL_E_NOMEM;
	char *sets = NULL;
	int k;

	if (a != NULL)
		sets = copl_path_join(a, dir, COPL_SETS);
	if (sets == NULL)
		goto out;
	for (k = 1; k < COPIES_MAX; k++) {
		const char *full;

		snprintf(out, room, "%" PRIu64, version);
		if (k > 1)
			snprintf(out, room, "%" PRIu64 ".%d", version, k);
		full = copl_path_join(a, sets, out);
		if (full == NULL)
			goto out;
		st = COPL_OK;
		if (!copl_path_exists(full))
			goto out;
	}
	st = COPL_E_LIMIT;
out:
	copl_arena_free(a);
	return st;
}

static enum copl_status cannot_write(struct copl_reporter *r, const char *path)
{
	copl_report(r, COPL_ERROR, "io-write", (struct copl_place){path, 0, 0},
	    _("cannot write: %s"), strerror(errno));
	return COPL_E_IO;
}

enum copl_status copl_sets_point(
    const char *dir, const char *name, struct copl_reporter *r)
{
	struct copl_arena *a = copl_arena_new();
	enum copl_status st = COPL_E_NOMEM;
	const char *target, *next, *current;

	if (a == NULL)
		return st;
	/* A link's text is looked up from where the link stands at last. */
	target = copl_arena_printf(a, COPL_SETS "/%s", name);
	next = copl_path_join(a, dir, COPL_STATE_DIR "/current.next");
	current = copl_path_join(a, dir, COPL_CURRENT);
	if (target == NULL || next == NULL || current == NULL)
		goto out;
	unlink(next);
	if (symlink(target, next) != 0) {
		st = cannot_write(r, next);
	} else if (rename(next, current) != 0) {
		st = cannot_write(r, current);
		unlink(next);
	} else {
		st = copl_dir_sync(dir, r);
	}
out:
	copl_arena_free(a);
	return st;
}

/* What is kept beside the set in place. */
struct keeping {
	const char *now; /* the set in place */
	uint64_t version; /* of it */
	uint64_t withdrawn;
	uint64_t last; /* version of the one that was kept last */
	size_t left; /* how many more may stay */
};

/* A second copy of a release keeps an earlier one away. */
static bool may_stay(struct keeping *k, const struct copl_kept_set *set)
{
	if (k->left == 0 || set->version == k->version ||
	    set->version == k->last ||
	    (set->version == k->withdrawn && k->version > k->withdrawn))
		return false;
	k->last = set->version;
	k->left--;
	return true;
}

static void sweep(const char *sets, const struct copl_kept_set *list, size_t n,
    struct keeping *k, struct copl_arena *a)
{
	struct copl_reporter quiet;
	size_t i;

	copl_reporter_init(&quiet, NULL);
	for (i = 0; i < n; i++)
		if (strcmp(list[i].name, k->now) == 0)
			k->version = list[i].version;
	for (i = 0; i < n; i++) {
		const char *full;

		if (strcmp(list[i].name, k->now) == 0 || may_stay(k, &list[i]))
			continue;
		full = copl_path_join(a, sets, list[i].name);
		if (full == NULL ||
		    copl_dir_remove(full, &quiet) == COPL_E_NOMEM)
			return;
	}
}

void copl_sets_sweep(const char *dir, uint64_t withdrawn)
{
	struct keeping k = {.withdrawn = withdrawn, .left = COPL_SETS_KEPT - 1};
	struct copl_arena *a = copl_arena_new();
	struct copl_reporter quiet;
	struct copl_kept_set *list;
	const char *sets;
	char now[64];
	size_t n;

	copl_reporter_init(&quiet, NULL);
	if (a == NULL)
		return;
	sets = copl_path_join(a, dir, COPL_SETS);
	k.now = now;
	if (sets != NULL &&
	    copl_sets_current(dir, now, sizeof(now)) == COPL_OK &&
	    copl_sets_list(dir, a, &quiet, &list, &n) == COPL_OK)
		sweep(sets, list, n, &k, a);
	copl_arena_free(a);
}
