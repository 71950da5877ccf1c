/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include "aid.h"
#include "gen_file.h"

FILE *gen_open(const char *folder, const char *name)
{
	struct buf path = {NULL, 0, 0};
	FILE *file = NULL;

	buf_str(&path, folder);
	buf_str(&path, "/");
	buf_str(&path, name);
	file = fopen(path.at, "wb");
	if (file == NULL)
		die("%s: %s", path.at, strerror(errno));
	buf_free(&path);
	return file;
}

void gen_close(FILE *file)
{
	int bad = ferror(file);

	if (fclose(file) != 0 || bad)
		die("gen: not all could be written");
}

void gen_folder(const char *folder, const char *name)
{
	struct buf path = {NULL, 0, 0};

	buf_str(&path, folder);
	buf_str(&path, "/");
	buf_str(&path, name);
	if (mkdir(path.at, 0777) != 0 && errno != EEXIST)
		die("%s: %s", path.at, strerror(errno));
	buf_free(&path);
}
