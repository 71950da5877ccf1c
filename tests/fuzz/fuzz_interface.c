/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The words of the pages, as a document that somebody translated: all of them
 * are there, or it is said which are not.
 */
#include "config.h"
#include "fuzz.h"
#include "render/render.h"

static void check_texts(const struct copl_interface *words)
{
	static const char *const ids[] = {
	    "send", "required", "privacy", "no_such_text", ""};
	size_t i;

	for (i = 0; i < COPL_COUNT(ids); i++) {
		const char *s = copl_interface_text(words, ids[i]);

		must(s != NULL && copl_utf8_valid(s, strlen(s)) == strlen(s));
	}
}

static void read_as(const struct copl_xml *x, bool unfinished)
{
	struct copl_interface *words = NULL;
	struct copl_reporter *r;
	struct fuzz_heard h;
	enum copl_status st;

	r = fuzz_listen(&h);
	st = unfinished ? copl_interface_read_unfinished(x, r, &words)
			: copl_interface_read(x, r, &words);
	if (unfinished)
		st = copl_reporter_end(r, st);
	else
		st = fuzz_end(&h, st);
	must((st == COPL_OK) == (words != NULL));
	if (words != NULL)
		check_texts(words);
	copl_interface_free(words);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct copl_xml *x = NULL;
	struct fuzz_heard h;
	enum copl_status st;

	if (size > 1 << 17)
		return 0;
	st = copl_xml_read((const char *)data, size, "interface.xml",
	    COPL_XML_STRICT, fuzz_listen(&h), &x);
	if (fuzz_end(&h, st) == COPL_OK) {
		read_as(x, false);
		read_as(x, true);
	}
	copl_xml_free(x);
	return 0;
}
