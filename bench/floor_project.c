/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * floor_project FILE...: parses each FILE, a catalog, which ends in .po, with
 * libgettextpo, and anything else with libxml2.  It ends without freeing
 * anything, as a program in a hurry would: what is left is what no program on
 * these libraries can avoid.
 */
#include "config.h"
#include <gettext-po.h>
#include <libxml/parser.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
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

static bool is_catalog(const char *path)
{
	size_t len = strlen(path);

	return len > 3 && strcmp(path + len - 3, ".po") == 0;
}

int main(int argc, char **argv)
{
	static const struct po_xerror_handler handler = {refuse, refuse_two};

	if (argc < 2)
		die("usage: floor_project FILE...");
	for (int i = 1; i < argc; i++) {
		const void *read = NULL;

		if (is_catalog(argv[i]))
			read = po_file_read(argv[i], &handler);
		else
			read = xmlReadFile(
			    argv[i], NULL, XML_PARSE_NONET | XML_PARSE_COMPACT);
		if (read == NULL)
			die("%s: cannot be read", argv[i]);
	}
	_exit(0);
}
