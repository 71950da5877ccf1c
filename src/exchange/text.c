/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Text files as editors on other computers save them. */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "exchange/exchange_priv.h"

static void put_utf8(struct copl_strbuf *out, uint32_t c)
{
	char s[4];
	size_t n = 0;

	if (c < 0x80) {
		s[n++] = (char)c;
	} else if (c < 0x800) {
		s[n++] = (char)(0xc0 | c >> 6);
		s[n++] = (char)(0x80 | (c & 0x3f));
	} else if (c < 0x10000) {
		s[n++] = (char)(0xe0 | c >> 12);
		s[n++] = (char)(0x80 | (c >> 6 & 0x3f));
		s[n++] = (char)(0x80 | (c & 0x3f));
	} else {
		s[n++] = (char)(0xf0 | c >> 18);
		s[n++] = (char)(0x80 | (c >> 12 & 0x3f));
		s[n++] = (char)(0x80 | (c >> 6 & 0x3f));
		s[n++] = (char)(0x80 | (c & 0x3f));
	}
	copl_strbuf_add(out, s, n);
}

static uint32_t unit_at(const unsigned char *s, size_t i, bool big)
{
	return big ? (uint32_t)s[i] << 8 | s[i + 1]
		   : (uint32_t)s[i + 1] << 8 | s[i];
}

static void from_utf16(
    const char *bytes, size_t len, bool big, struct copl_strbuf *out)
{
	const unsigned char *s = (const unsigned char *)bytes;
	size_t i;

	for (i = 0; i + 1 < len; i += 2) {
		uint32_t c = unit_at(s, i, big);

		if (c >= 0xd800 && c < 0xdc00 && i + 3 < len) {
			uint32_t low = unit_at(s, i + 2, big);

			if (low >= 0xdc00 && low < 0xe000) {
				c = 0x10000 + ((c - 0xd800) << 10) +
				    (low - 0xdc00);
				i += 2;
			}
		}
		/* Half a pair is no character. */
		put_utf8(out, c >= 0xd800 && c < 0xe000 ? 0xfffd : c);
	}
}

/* UTF-16 with a BOM, or without one when every second byte is NUL. */
static bool is_utf16(const char *s, size_t len, bool *big, size_t *skip)
{
	*skip = 2;
	*big = len >= 2 && memcmp(s, "\xfe\xff", 2) == 0;
	if (*big || (len >= 2 && memcmp(s, "\xff\xfe", 2) == 0))
		return true;
	*skip = 0;
	if (len < 4 || len % 2 != 0)
		return false;
	*big = s[0] == '\0' && s[2] == '\0' && s[1] != '\0';
	return *big || (s[1] == '\0' && s[3] == '\0' && s[0] != '\0');
}

enum copl_status xl_plain_text(const char *bytes, size_t len, const char *file,
    struct copl_reporter *r, struct copl_strbuf *out)
{
	struct copl_place at = {file, 0, 0};
	size_t skip, good;
	bool big;

	if (is_utf16(bytes, len, &big, &skip)) {
		from_utf16(bytes + skip, len - skip, big, out);
		copl_report(r, COPL_NOTE, "import-repaired", at,
		    _("the file was saved as UTF-16 and has been converted"));
		return out->st;
	}
	if (len >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
		bytes += 3;
		len -= 3;
	}
	good = copl_utf8_valid(bytes, len);
	if (good < len) {
		size_t i;

		at.line = 1;
		for (i = 0; i < good; i++)
			at.line += bytes[i] == '\n';
		copl_report(r, COPL_ERROR, "import-encoding", at,
		    _("the file is not in UTF-8, so that letters are lost: "
		      "save it again as UTF-8, or send the file that your "
		      "translation tool made"));
		return COPL_E_INVALID;
	}
	copl_strbuf_add(out, bytes, len);
	return out->st;
}
