/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * floor nop: nothing; what it costs to start with libxml2.
 * floor version: the version of libxml2.
 * floor COUNT FORM OUT: parses FORM with libxml2 and writes it COUNT times,
 * to OUT.0, OUT.1 and so on.  It ends without freeing the tree, as a program
 * in a hurry would: what is left is what no program on libxml2 can avoid.
 */
#include "config.h"
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "aid.h"

int main(int argc, char **argv)
{
	struct buf path = {NULL, 0, 0};
	unsigned long count = 0;
	xmlDocPtr doc = NULL;

	if (argc == 2 && strcmp(argv[1], "nop") == 0)
		return 0;
	if (argc == 2 && strcmp(argv[1], "version") == 0)
		return puts(xmlParserVersion) < 0;
	count = argc == 4 ? strtoul(argv[1], NULL, 10) : 0;
	if (count == 0)
		die("usage: floor nop | version | COUNT FORM OUT");
	doc = xmlReadFile(argv[2], NULL,
	    XML_PARSE_HUGE | XML_PARSE_NONET | XML_PARSE_COMPACT);
	if (doc == NULL)
		die("%s: cannot be parsed", argv[2]);
	for (unsigned long i = 0; i < count; i++) {
		buf_clear(&path);
		buf_str(&path, argv[3]);
		buf_str(&path, ".");
		buf_num(&path, i);
		if (xmlSaveFileEnc(path.at, doc, "UTF-8") < 0)
			die("%s: cannot be written", path.at);
	}
	_exit(0);
}
