/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A file that came with a release: its media type and language in the first
 * line, its bytes behind.  What passes is text, and XML that can be read.
 */
#include "config.h"
#include "bundle/content.h"
#include "fuzz.h"
#include "xml/xml.h"

static void check(const struct copl_manifest_file *f, const struct fuzz_part *p)
{
	struct fuzz_heard h;
	struct copl_xml *x = NULL;
	enum copl_status st =
	    copl_content_check(f, p->s, p->len, fuzz_listen(&h));

	if (fuzz_end(&h, st) != COPL_OK)
		return;
	if (strcmp(f->type, "text/html") == 0)
		must(copl_utf8_valid(p->s, p->len) == p->len);
	if (strcmp(f->type, "application/xml") != 0)
		return;
	st = copl_xml_read(
	    p->s, p->len, "f", COPL_XML_STRICT, fuzz_listen(&h), &x);
	must(fuzz_end(&h, st) == COPL_OK);
	copl_xml_free(x);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *rest = (const char *)data, *end = rest + size;
	struct fuzz_part type, lang, bytes;
	struct copl_manifest_file f = {.path = "f"};

	if (size > 1 << 16)
		return 0;
	type = fuzz_cut(&rest, end, " ");
	lang = fuzz_cut(&rest, end, "\n");
	bytes = (struct fuzz_part){
	    malloc((size_t)(end - rest) + 1), (size_t)(end - rest)};
	must(bytes.s != NULL);
	memcpy(bytes.s, rest, bytes.len);
	f.type = type.s;
	f.lang = copl_shape_is_tag(lang.s) ? lang.s : NULL;
	f.length = bytes.len;
	check(&f, &bytes);
	free(type.s);
	free(lang.s);
	free(bytes.s);
	return 0;
}
