/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "inline/inline_priv.h"

/* ---- text without markup ---- */

/* The character of a reference at s, as UTF-8 in out; its length. */
static size_t character(const char *s, char out[8])
{
	static const struct {
		const char *name;
		char c;
	} known[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'},
	    {"&quot;", '"'}, {"&apos;", '\''}};
	size_t i;

	for (i = 0; i < COPL_COUNT(known); i++)
		if (strncmp(s, known[i].name, strlen(known[i].name)) == 0) {
			out[0] = known[i].c;
			return 1;
		}
	return copl_xml_character(s + 1, strcspn(s + 1, ";"), out);
}

static void put_text(struct copl_strbuf *out, const char *s, size_t len)
{
	const char *end = s + len;

	while (s < end) {
		const char *ref = memchr(s, '&', (size_t)(end - s));
		char utf8[8];

		if (ref == NULL)
			break;
		copl_strbuf_add(out, s, (size_t)(ref - s));
		copl_strbuf_add(out, utf8, character(ref, utf8));
		s = ref + strcspn(ref, ";") + 1;
	}
	copl_strbuf_add(out, s, (size_t)(end - s));
}

void copl_inline_plain(const char *msg, struct copl_strbuf *out)
{
	for (;;) {
		struct token t = inline_token(&msg);

		if (t.kind == TOKEN_END || t.kind == TOKEN_BAD)
			break;
		if (t.kind == TOKEN_TEXT)
			put_text(out, t.s, t.len);
	}
}

/* ---- what itstool makes of white space ---- */

const char *copl_inline_itstool_form(
    const char *msgid, struct copl_strbuf *scratch)
{
	const char *s = msgid;
	size_t n;

	copl_strbuf_reset(scratch);
	while (*s != '\0') {
		for (n = copl_blank(s); n > 0; n = copl_blank(s)) {
			s += n;
			if (copl_blank(s) == 0 && *s != '\0' &&
			    scratch->len > 0)
				copl_strbuf_add(scratch, " ", 1);
		}
		if (*s == '\0')
			break;
		copl_strbuf_add(scratch, s++, 1);
	}
	return strcmp(copl_strbuf_text(scratch), msgid) == 0
		   ? NULL
		   : copl_strbuf_text(scratch);
}
