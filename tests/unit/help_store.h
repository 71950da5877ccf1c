/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef HELP_STORE_H
#define HELP_STORE_H

/* A folder of answers, "a" in the scratch folder, and the form "youth" in it.
 */
#include <dirent.h>
#include "answers/store.h"
#include "help_bundle.h"

#define HOUR INT64_C(1790000000) /* not a whole one */
#define WHOLE_HOUR (HOUR - HOUR % 3600)
#define TEXT "<answer><v>Потому что 因为 لأن</v></answer>\n"

static struct copl_reporter quiet;

static inline struct copl_store *open_store(void)
{
	struct copl_store *s = NULL;

	assert_int_equal(copl_store_open(in("a"), NULL, &quiet, &s), COPL_OK);
	return s;
}

static inline void close_store(struct copl_store *s)
{
	assert_int_equal(copl_store_close(s, &quiet), COPL_OK);
}

static inline enum copl_stored store(
    struct copl_store *s, const char *id, const char *text, bool replace)
{
	const struct copl_store_answer a = {.form = "youth",
	    .id = id,
	    .id_len = strlen(id),
	    .bytes = text,
	    .len = strlen(text),
	    .hour = HOUR,
	    .replace = replace};
	enum copl_stored how;
	enum copl_status st;
	int error;

	st = copl_store_put(s, &a, &how, &error);
	assert_int_equal(st, how >= COPL_STORED_NEW ? COPL_OK : COPL_E_IO);
	assert_int_equal(error != 0, how < COPL_STORED_NEW);
	return how;
}

static inline const char *path_of(const char *id)
{
	char name[COPL_STORE_NAME_SIZE];
	char path[100];

	copl_store_name(id, strlen(id), name);
	snprintf(path, sizeof(path), "a/youth/%s.xml", name);
	return in(path);
}

static inline void holds(const char *id, const char *text)
{
	char *got = get(path_of(id));

	assert_memory_equal(got, text, strlen(text));
	/* And the mark, nothing else. */
	assert_int_equal(strlen(got), strlen(text) + 62);
	assert_memory_equal(got + strlen(text), "<?cop-l10n-mark ", 16);
	free(got);
}

static inline size_t files_in(const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *e;
	size_t n = 0;

	assert_non_null(d);
	while ((e = readdir(d)) != NULL)
		n +=
		    strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
	closedir(d);
	return n;
}

#endif
