/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/base.h"
#include "base/i18n.h"

#define DEPTH_MAX 16
#define NAMES_MAX 100000
#define SWEEP_MAX 512

static enum copl_status say(
    struct copl_reporter *r, const char *path, const char *fmt)
{
	copl_report(r, COPL_ERROR, "io-dir", (struct copl_place){path, 0, 0},
	    "%s: %s", fmt, strerror(errno));
	return COPL_E_IO;
}

bool copl_path_exists(const char *path)
{
	struct stat sb;

	return lstat(path, &sb) == 0;
}

const char *copl_path_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? path : slash + 1;
}

char *copl_path_join(struct copl_arena *a, const char *dir, const char *name)
{
	size_t len = strlen(dir);

	if (name[0] == '/' || len == 0 || strcmp(dir, ".") == 0)
		return copl_arena_strdup(a, name);
	return copl_arena_printf(
	    a, "%s%s%s", dir, dir[len - 1] == '/' ? "" : "/", name);
}

enum copl_status copl_dir_make(const char *path, struct copl_reporter *r)
{
	enum copl_status st = COPL_OK;
	char *copy = strdup(path);
	struct stat sb;
	char *p;

	if (copy == NULL)
		return COPL_E_NOMEM;
	for (p = copy + 1; copy[0] != '\0'; p++) {
		char c = *p;

		if (c != '/' && c != '\0')
			continue;
		*p = '\0';
		if (mkdir(copy, 0777) != 0 && errno != EEXIST) {
			st = say(r, path, _("cannot make this folder"));
			break;
		}
		if (c == '\0')
			break;
		*p = c;
	}
	if (st == COPL_OK && (stat(path, &sb) != 0 || !S_ISDIR(sb.st_mode))) {
		errno = ENOTDIR;
		st = say(r, path, _("cannot make this folder"));
	}
	free(copy);
	return st;
}

static bool remove_at(int parent, const char *name, int depth)
{
	struct dirent *e;
	bool ok = true;
	DIR *d;
	int fd;

	if (unlinkat(parent, name, 0) == 0)
		return true;
	if (errno != EISDIR && errno != EPERM)
		return false;
	if (depth == 0) {
		errno = ELOOP;
		return false;
	}
	fd = openat(
	    parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return false;
	d = fdopendir(fd);
	if (d == NULL) {
		close(fd);
		return false;
	}
	while (ok && (e = readdir(d)) != NULL)
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			ok = remove_at(fd, e->d_name, depth - 1);
	closedir(d);
	return ok && unlinkat(parent, name, AT_REMOVEDIR) == 0;
}

enum copl_status copl_dir_remove(const char *path, struct copl_reporter *r)
{
	if (remove_at(AT_FDCWD, path, DEPTH_MAX) || errno == ENOENT)
		return COPL_OK;
	return say(r, path, _("cannot remove"));
}

/* Is this "NAME.tmp-PID-N", of a process that is no more? */
static bool is_orphan(const char *entry, const char *name, size_t len)
{
	char *end;
	long pid;

	if (strncmp(entry, name, len) != 0 ||
	    strncmp(entry + len, ".tmp-", 5) != 0)
		return false;
	pid = strtol(entry + len + 5, &end, 10);
	return *end == '-' && pid > 0 && pid <= INT_MAX &&
	       kill((pid_t)pid, 0) != 0 && errno == ESRCH;
}

void copl_path_sweep(const char *path)
{
	const char *name = copl_path_name(path);
	char *dir = strndup(path, (size_t)(name - path));
	struct dirent *e;
	size_t n;
	DIR *d;

	if (dir == NULL)
		return;
	d = opendir(dir[0] == '\0' ? "." : dir);
	for (n = 0; d != NULL && n < SWEEP_MAX && (e = readdir(d)) != NULL; n++)
		if (is_orphan(e->d_name, name, strlen(name)))
			(void)remove_at(dirfd(d), e->d_name, DEPTH_MAX);
	if (d != NULL)
		closedir(d);
	free(dir);
}

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static enum copl_status read_names(
    DIR *d, struct copl_arena *a, const char ***list, size_t *n)
{
	size_t room = 0;
	struct dirent *e;

	for (;;) {
		const char **grown;

		errno = 0;
		e = readdir(d);
		if (e == NULL)
			return errno == 0 ? COPL_OK : COPL_E_IO;
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		if (*n == NAMES_MAX)
			return COPL_E_LIMIT;
		grown = copl_grow(*list, *n, &room, sizeof(**list));
		if (grown == NULL)
			return COPL_E_NOMEM;
		*list = grown;
		(*list)[*n] = copl_arena_strdup(a, e->d_name);
		if ((*list)[*n] == NULL)
			return COPL_E_NOMEM;
		(*n)++;
	}
}

enum copl_status copl_dir_list(const char *path, struct copl_arena *a,
    struct copl_reporter *r, const char ***names, size_t *n)
{
	enum copl_status st;
	const char **list = NULL;
	DIR *d = opendir(path);

	*names = NULL;
	*n = 0;
	if (d == NULL)
		return say(r, path, _("cannot read this folder"));
	st = read_names(d, a, &list, n);
	if (st == COPL_E_IO)
		say(r, path, _("cannot read this folder"));
	closedir(d);
	if (st == COPL_E_LIMIT)
		copl_report(r, COPL_ERROR, "dir-too-large",
		    (struct copl_place){path, 0, 0},
		    _("this folder holds more than %d names"), NAMES_MAX);
	if (st == COPL_OK && list != NULL) {
		qsort(list, *n, sizeof(*list), by_bytes);
		*names = copl_arena_alloc(a, *n * sizeof(**names));
		if (*names == NULL)
			st = COPL_E_NOMEM;
		else
			memcpy(*names, list, *n * sizeof(**names));
	}
	if (st != COPL_OK)
		*n = 0;
	free(list);
	return st;
}

enum copl_status copl_dir_sync(const char *path, struct copl_reporter *r)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool ok;

	if (fd < 0)
		return say(r, path, _("cannot open this folder"));
	/* Some file systems cannot sync a folder and say EINVAL. */
	ok = fsync(fd) == 0 || errno == EINVAL;
	close(fd);
	return ok ? COPL_OK : say(r, path, _("cannot flush this folder"));
}
