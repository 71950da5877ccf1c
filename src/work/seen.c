/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "work/seen.h"

/* Spaces that look like another one, and what is not seen at all. */
static bool is_unseen(uint32_t c)
{
	return c == '\r' || c == 0xa0 || c == 0xad || c == 0x61c ||
	       c == 0x202f || (c >= 0x200b && c <= 0x200f) ||
	       (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x2069) ||
	       c == 0xfeff || (c >= 0x300 && c < 0x370) ||
	       (c >= 0x653 && c <= 0x655) || c == 0x3000;
}

void work_put_seen(struct copl_strbuf *b, const char *s, size_t len)
{
	const char *end = s + len;

	while (s < end) {
		unsigned char lead = (unsigned char)*s;
		size_t n = lead < 0x80   ? 1
			   : lead < 0xe0 ? 2
			   : lead < 0xf0 ? 3
					 : 4;
		uint32_t c = n == 1 ? lead : lead & (0x7fU >> n);
		size_t i;

		for (i = 1; i < n && s + i < end; i++)
			c = c << 6 | ((unsigned char)s[i] & 0x3f);
		if (c == '\n')
			copl_strbuf_puts(b, "\\n");
		else if (is_unseen(c))
			copl_strbuf_printf(b, "<U+%04X>", (unsigned)c);
		else
			copl_strbuf_add(b, s, i);
		s += i;
	}
}
