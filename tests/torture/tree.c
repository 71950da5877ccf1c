/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <dirent.h>
#include <err.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "tree.h"

static void *need(void *p)
{
	if (p == NULL)
		err(99, "memory");
	return p;
}

static void read_file(const char *full, struct entry *e, size_t size)
{
	FILE *f = fopen(full, "rb");

	if (f == NULL)
		err(99, "%s", full);
	e->bytes = need(malloc(size + 1));
	e->len = fread(e->bytes, 1, size, f);
	if (ferror(f))
		err(99, "%s", full);
	fclose(f);
}

static void read_link(const char *full, struct entry *e)
{
	char to[PATH_MAX];
	ssize_t n = readlink(full, to, sizeof(to));

	if (n < 0)
		err(99, "%s", full);
	e->bytes = need(malloc((size_t)n + 1));
	memcpy(e->bytes, to, (size_t)n);
	e->len = (size_t)n;
}

static struct entry *add(struct tree *t)
{
	if ((t->n & 63) == 0)
		t->list =
		    need(realloc(t->list, (t->n + 64) * sizeof(*t->list)));
	memset(&t->list[t->n], 0, sizeof(*t->list));
	return &t->list[t->n++];
}

static void read_below(const char *dir, const char *below, struct tree *t)
{
	char full[PATH_MAX], path[PATH_MAX];
	struct dirent *d;
	DIR *open_dir;

	snprintf(full, sizeof(full), "%s/%s", dir, below);
	open_dir = opendir(full);
	if (open_dir == NULL)
		err(99, "%s", full);
	while ((d = readdir(open_dir)) != NULL) {
		struct entry *e;
		struct stat sb;

		if (strcmp(d->d_name, ".") == 0 || strcmp(d->d_name, "..") == 0)
			continue;
		snprintf(path, sizeof(path), "%s%s%s", below,
		    below[0] == '\0' ? "" : "/", d->d_name);
		if (snprintf(full, sizeof(full), "%s/%s", dir, path) < 0 ||
		    lstat(full, &sb) != 0)
			err(99, "%s", full);
		e = add(t);
		e->path = need(strdup(path));
		e->mode = sb.st_mode;
		if (S_ISREG(sb.st_mode))
			read_file(full, e, (size_t)sb.st_size);
		else if (S_ISLNK(sb.st_mode))
			read_link(full, e);
		else if (S_ISDIR(sb.st_mode))
			read_below(dir, path, t);
	}
	closedir(open_dir);
}

static int by_path(const void *a, const void *b)
{
	return strcmp(
	    ((const struct entry *)a)->path, ((const struct entry *)b)->path);
}

void tree_read(const char *dir, struct tree *t)
{
	t->list = NULL;
	t->n = 0;
	read_below(dir, "", t);
	if (t->n > 0)
		qsort(t->list, t->n, sizeof(*t->list), by_path);
}

void tree_clear(struct tree *t)
{
	size_t i;

	for (i = 0; i < t->n; i++) {
		free(t->list[i].path);
		free(t->list[i].bytes);
	}
	free(t->list);
	t->list = NULL;
	t->n = 0;
}

const struct entry *tree_find(const struct tree *t, const char *path)
{
	struct entry key = {0};

	if (t->n == 0)
		return NULL;
	key.path = (char *)(uintptr_t)path;
	return bsearch(&key, t->list, t->n, sizeof(*t->list), by_path);
}

bool entry_same(const struct entry *a, const struct entry *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	return a->mode == b->mode && a->len == b->len &&
	       (a->len == 0 || memcmp(a->bytes, b->bytes, a->len) == 0);
}

static void put(const char *dir, const struct entry *e)
{
	char full[PATH_MAX];
	FILE *f;

	snprintf(full, sizeof(full), "%s/%s", dir, e->path);
	if (S_ISDIR(e->mode)) {
		if (mkdir(full, e->mode & 07777) != 0)
			err(99, "%s", full);
		return;
	}
	if (S_ISLNK(e->mode)) {
		char to[PATH_MAX];

		snprintf(to, sizeof(to), "%.*s", (int)e->len, e->bytes);
		if (symlink(to, full) != 0)
			err(99, "%s", full);
		return;
	}
	f = fopen(full, "wb");
	if (f == NULL || fwrite(e->bytes, 1, e->len, f) != e->len ||
	    fclose(f) != 0 || chmod(full, e->mode & 07777) != 0)
		err(99, "%s", full);
}

void tree_restore(
    const char *dir, const struct tree *now, const struct tree *then)
{
	char full[PATH_MAX];
	size_t i;

	for (i = now->n; i-- > 0;) { /* what is in a folder before it */
		const struct entry *e = &now->list[i];
		const struct entry *old = tree_find(then, e->path);

		if (entry_same(e, old))
			continue;
		snprintf(full, sizeof(full), "%s/%s", dir, e->path);
		if (old != NULL && S_ISDIR(e->mode) && S_ISDIR(old->mode))
			chmod(full, old->mode & 07777);
		else if (remove(full) != 0)
			err(99, "%s", full);
	}
	for (i = 0; i < then->n; i++) {
		const struct entry *e = &then->list[i];
		const struct entry *there = tree_find(now, e->path);

		if (entry_same(e, there) ||
		    (there != NULL && S_ISDIR(e->mode) && S_ISDIR(there->mode)))
			continue;
		put(dir, e);
	}
}
