/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "work/seen.h"

/* Spaces that look like another one, and what is not seen at all. */
static bool is_unseen(uint32_t c)
{
	static const uint32_t spans[][2] = {{'\r', '\r'}, {0xa0, 0xa0},
	    {0xad, 0xad}, {0x300, 0x36f}, {0x61c, 0x61c}, {0x653, 0x655},
	    {0x200b, 0x200f}, {0x202a, 0x202f}, {0x2060, 0x2069},
	    {0x3000, 0x3000}, {0xfeff, 0xfeff}};
	size_t i;

	for (i = 0; i < COPL_COUNT(spans); i++)
		if (c >= spans[i][0] && c <= spans[i][1])
			return true;
	return false;
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
