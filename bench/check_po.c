/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include "check.h"

struct entry {
	struct buf id;
	bool has_id;
	bool has_context;
	bool open; /* the strings that follow belong to the msgid */
};

/* The string that begins at the first quote of LINE, unescaped, at the end of
   ID. */
static void add_string(struct buf *id, const char *line)
{
	const char *p = strchr(line, '"');

	if (p == NULL)
		return;
	for (p++; *p != '"' && *p != '\0'; p++) {
		if (*p == '\\' && p[1] != '\0') {
			p++;
			buf_add(id, *p == 'n' ? "\n" : *p == 't' ? "\t" : p, 1);
		} else {
			buf_add(id, p, 1);
		}
	}
}

static void finish(struct entry *e, take_fn *take, void *to)
{
	if (e->has_id && (e->id.len > 0 || e->has_context))
		take(to, e->id.at);
	buf_clear(&e->id);
	buf_add(&e->id, "", 0);
	e->has_id = e->has_context = e->open = false;
}

static bool begins(const char *line, const char *word)
{
	return strncmp(line, word, strlen(word)) == 0;
}

static void read_line(
    struct entry *e, const char *line, take_fn *take, void *to)
{
	if (begins(line, "msgctxt ")) {
		finish(e, take, to);
		add_string(&e->id, line);
		e->has_context = e->open = true;
	} else if (begins(line, "msgid ")) {
		if (e->has_id)
			finish(e, take, to);
		if (e->has_context)
			buf_str(&e->id, "\4");
		add_string(&e->id, line);
		e->has_id = e->open = true;
	} else if (begins(line, "msg")) {
		e->open = false;
	} else if (line[0] == '"' && e->open) {
		add_string(&e->id, line);
	}
}

void ids_read(const char *path, take_fn *take, void *to)
{
	struct entry e = {.has_id = false};
	struct buf file = {NULL, 0, 0};
	FILE *there = fopen(path, "rb");
	char *line = NULL;
	char *end = NULL;

	if (there == NULL)
		return;
	fclose(there);
	buf_load(&file, path);
	buf_add(&e.id, "", 0);
	for (line = file.at; line != NULL; line = end) {
		end = strchr(line, '\n');
		if (end != NULL)
			*end++ = '\0';
		read_line(&e, line, take, to);
	}
	finish(&e, take, to);
	buf_free(&e.id);
	buf_free(&file);
}
