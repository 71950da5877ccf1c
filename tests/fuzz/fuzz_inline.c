/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Two lines: a source and its translation.  A translation that passes the
 * comparison against a well-formed source is a well-formed fragment itself.
 */
#include "config.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <libxml/parser.h>
#include "inline/inline.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct copl_place place(void *arg, size_t offset)
{
	const char *msgstr = *(const char *const *)arg;

	if (offset > strlen(msgstr))
		__builtin_trap();
	return (struct copl_place){"fuzz", 1, offset + 1};
}

/* Is this content of an element, as libxml2 sees it? */
static bool is_content(const char *msg)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(1 << 20);
	xmlDoc *doc;

	copl_strbuf_printf(&b, "<x>%s</x>", msg);
	doc = xmlReadMemory(b.s, (int)b.len, NULL, "UTF-8",
	    XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NONET);
	copl_strbuf_clear(&b);
	xmlFreeDoc(doc);
	return doc != NULL;
}

static void compare(const char *msgid, const char *msgstr)
{
	struct copl_reporter r;
	const char *now = msgid;
	struct copl_inline_check c = {
	    .r = &r, .place = place, .place_arg = &now};
	enum copl_status self, st;

	copl_reporter_init(&r, NULL);
	self = copl_inline_compare(&c, msgid, msgid);
	now = msgstr;
	st = copl_inline_compare(&c, msgid, msgstr);
	/* A text is always a faithful translation of itself. */
	if (self != COPL_OK && strpbrk(msgid, "<&{}") == NULL)
		__builtin_trap();
	if (st == COPL_OK && strchr(msgid, '<') == NULL &&
	    strstr(msgstr, "<script") != NULL && strchr(msgid, '&') == NULL)
		__builtin_trap(); /* markup came out of nowhere */
	/* What passes is content of an element; "]]>" is escaped later. */
	if (st == COPL_OK && copl_inline_characters(&c, msgstr) &&
	    strstr(msgid, "<!") == NULL && strstr(msgid, "<?") == NULL &&
	    strstr(msgstr, "]]>") == NULL &&
	    copl_utf8_valid(msgstr, strlen(msgstr)) == strlen(msgstr) &&
	    is_content(msgid) && !is_content(msgstr))
		__builtin_trap();
	copl_inline_check_clear(&c);
	(void)copl_reporter_end(&r, st);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *copy, *line;

	if (size > 1 << 14)
		return 0;
	copy = calloc(1, size + 1);
	if (copy == NULL)
		return 0;
	memcpy(copy, data, size);
	line = memchr(copy, '\n', size);
	if (line != NULL) {
		*line = '\0';
		compare(copy, line + 1);
	}
	free(copy);
	return 0;
}
