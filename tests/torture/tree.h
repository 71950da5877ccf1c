/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_TORTURE_TREE_H
#define COPL_TORTURE_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

/* A folder with all its bytes, as it was at one moment. */
struct entry {
	char *path; /* below the folder */
	mode_t mode;
	char *bytes; /* of a file; where a link leads */
	size_t len;
};

struct tree {
	struct entry *list; /* by path */
	size_t n;
};

/* Each ends the program with a message when it cannot do its work. */
void tree_read(const char *dir, struct tree *t);
void tree_clear(struct tree *t);
const struct entry *tree_find(const struct tree *t, const char *path);
bool entry_same(const struct entry *a, const struct entry *b);

/* The folder, which now holds `now`, holds `then` again. */
void tree_restore(
    const char *dir, const struct tree *now, const struct tree *then);

#endif
