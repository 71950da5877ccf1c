/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * floor_project FOLDER CATALOG...: parses the three XML files of the project
 * in FOLDER with libxml2, and each CATALOG, po/form/fr.po for instance, with
 * libgettextpo.  It ends without freeing anything, as a program in a hurry
 * would: what is left is what no program on these libraries can avoid.
 */
#include "config.h"
#include <gettext-po.h>
#include <libxml/parser.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>
#include "aid.h"

static void refuse(int severity, po_message_t message, const char *filename,
    size_t line, size_t column, int multiline, const char *text)
{
	(void)severity;
	(void)message;
	(void)column;
	(void)multiline;
	die("%s:%zu: %s", filename == NULL ? "-" : filename, line, text);
}

static void refuse_two(int severity, po_message_t message1,
    const char *filename1, size_t line1, size_t column1, int multiline1,
    const char *text1, po_message_t message2, const char *filename2,
    size_t line2, size_t column2, int multiline2, const char *text2)
{
	(void)message2;
	(void)filename2;
	(void)line2;
	(void)column2;
	(void)multiline2;
	(void)text2;
	refuse(
	    severity, message1, filename1, line1, column1, multiline1, text1);
}

static const char *path_of(
    struct buf *path, const char *folder, const char *name)
{
	buf_clear(path);
	buf_str(path, folder);
	buf_str(path, "/");
	buf_str(path, name);
	return path->at;
}

int main(int argc, char **argv)
{
	static const char *const xml[] = {
	    "consultation.xml", "forms/interface.xml", "forms/form.xml"};
	static const struct po_xerror_handler handler = {refuse, refuse_two};
	struct buf path = {NULL, 0, 0};

	if (argc < 3)
		die("usage: floor_project FOLDER CATALOG...");
	for (size_t i = 0; i < sizeof(xml) / sizeof(xml[0]); i++)
		if (xmlReadFile(path_of(&path, argv[1], xml[i]), NULL,
			XML_PARSE_NONET | XML_PARSE_COMPACT) == NULL)
			die("%s: cannot be parsed", path.at);
	for (int i = 2; i < argc; i++)
		if (po_file_read(path_of(&path, argv[1], argv[i]), &handler) ==
		    NULL)
			die("%s: cannot be read", path.at);
	_exit(0);
}
