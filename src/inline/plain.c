/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "inline/inline_priv.h"

/* ---- text without markup ---- */

static void put_text(struct copl_strbuf *out, const char *s, size_t len)
{
	const char *end = s + len;

	while (s < end) {
		const char *ref = memchr(s, '&', (size_t)(end - s));
		size_t inner;
		char utf8[8];

		if (ref == NULL)
			break;
		copl_strbuf_add(out, s, (size_t)(ref - s));
		inner = strcspn(++ref, ";");
		copl_strbuf_add(
		    out, utf8, copl_xml_character(ref, inner, utf8));
		s = ref + inner + 1;
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
