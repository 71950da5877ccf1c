/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_TESTS_HELP_PO_H
#define COPL_TESTS_HELP_PO_H

/* A folder for catalogs, and gettext's own tools to compare with. */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char po_folder[200];

static inline int po_make_folder(void **state)
{
	const char *tmp = getenv("TMPDIR");

	(void)state;
	snprintf(po_folder, sizeof(po_folder), "%s/copl-po-XXXXXX",
	    tmp == NULL ? P_tmpdir : tmp);
	return mkdtemp(po_folder) == NULL ? -1 : 0;
}

/* Fails when a test has left something in it. */
static inline int po_remove_folder(void **state)
{
	(void)state;
	return rmdir(po_folder);
}

static inline void po_write(const char *path, const char *po, size_t len)
{
	FILE *fp = fopen(path, "wbe");

	assert_non_null(fp);
	assert_int_equal(fwrite(po, 1, len, fp), len);
	assert_int_equal(fclose(fp), 0);
}

/* Exit status of "TOOL OPTION -o OUTPUT PATH", -1: there is no such tool. */
static inline int po_tool(
    const char *tool, const char *option, const char *path, const char *output)
{
	char *const environment[] = {
	    (char[]){"LC_ALL=C.UTF-8"}, (char[]){"PATH=/usr/bin:/bin"}, NULL};
	const char *const argv[] = {tool, option, "-o", output, path, NULL};
	char *copy[6] = {NULL};
	posix_spawn_file_actions_t fa;
	int status = -1;
	size_t i;
	pid_t pid;

	for (i = 0; argv[i] != NULL; i++)
		copy[i] = strdup(argv[i]);
	posix_spawn_file_actions_init(&fa);
	posix_spawn_file_actions_addopen(&fa, 2, "/dev/null", O_WRONLY, 0);
	if (posix_spawnp(&pid, tool, &fa, NULL, copy, environment) == 0)
		waitpid(pid, &status, 0);
	else
		print_message("# %s is not here: skipped\n", tool);
	posix_spawn_file_actions_destroy(&fa);
	for (i = 0; argv[i] != NULL; i++)
		free(copy[i]);
	return status < 0 ? -1 : WEXITSTATUS(status);
}

#endif
