/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <strings.h>
#include "base/i18n.h"
#include "xml/xml_priv.h"

#define NAME_MAX_LEN 40

/* XML 1.0 appendix F: what the first bytes say; NULL: they say nothing. */
static const char *sniff(const unsigned char *s, size_t len, size_t *bom)
{
	*bom = 0;
	if (len >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0) {
		*bom = 3;
		return "UTF-8";
	}
	if (len < 4)
		return NULL;
	if (s[0] == 0xfe && s[1] == 0xff)
		*bom = 2;
	if (*bom == 2 || (s[0] == 0 && s[1] == '<'))
		return "UTF-16BE";
	if (s[0] == 0xff && s[1] == 0xfe)
		*bom = 2;
	if (*bom == 2 || (s[0] == '<' && s[1] == 0))
		return "UTF-16LE";
	return NULL;
}

/*
 * The value of the encoding declaration of ASCII-compatible bytes; NULL:
 * there is none.
 */
static const char *declared(const char *s, size_t len, size_t *name_len)
{
	const char *end, *p;
	char quote;
	size_t n = 0;

	if (len < 6 || memcmp(s, "<?xml", 5) != 0 || !copl_is_space(s[5]))
		return NULL;
	end = memchr(s, '>', len);
	if (end == NULL)
		return NULL;
	p = memmem(s, (size_t)(end - s), "encoding", 8);
	if (p == NULL)
		return NULL;
	for (p += 8; p < end && (copl_is_space(*p) || *p == '='); p++)
		;
	if (p == end || (*p != '"' && *p != '\''))
		return NULL;
	quote = *p++;
	while (p + n < end && p[n] != quote)
		n++;
	*name_len = n;
	return p + n < end ? p : NULL;
}

static enum copl_status convert(const char *from, const char *bytes, size_t len,
    const char *file, struct copl_reporter *r, struct copl_strbuf *out)
{
	enum copl_status st = COPL_OK;
	/* iconv(3) takes a plain char ** but does not write through it. */
	char *in = (char *)(uintptr_t)bytes;
	char chunk[16384];
	iconv_t cd = iconv_open("UTF-8", from);

	if (cd == (iconv_t)-1) {
		copl_report(r, COPL_ERROR, "xml-encoding",
		    (struct copl_place){file, 1, 1},
		    _("the encoding \"%s\" is not known: save the file as "
		      "UTF-8"),
		    from);
		return COPL_E_PARSE;
	}
	while (len > 0 && st == COPL_OK) {
		char *to = chunk;
		size_t room = sizeof(chunk);
		size_t n = iconv(cd, &in, &len, &to, &room);

		copl_strbuf_add(out, chunk, (size_t)(to - chunk));
		st = out->st;
		if (n != (size_t)-1 || errno == E2BIG || st != COPL_OK)
			continue;
		copl_report(r, COPL_ERROR, "xml-encoding",
		    (struct copl_place){file, 0, 0},
		    _("byte %zu is not valid in the encoding %s"),
		    (size_t)(in - bytes) + 1, from);
		st = COPL_E_PARSE;
	}
	iconv_close(cd);
	return st;
}

static bool is_utf8_name(const char *s, size_t len)
{
	return (len == 5 && strncasecmp(s, "UTF-8", 5) == 0) ||
	       (len == 8 && strncasecmp(s, "US-ASCII", 8) == 0);
}

/* Puts "UTF-8" where the encoding declaration names something else. */
static enum copl_status redeclare(struct copl_strbuf *text)
{
	struct copl_strbuf next = COPL_STRBUF_INIT(text->max);
	size_t len = 0, at;
	const char *name = declared(copl_strbuf_text(text), text->len, &len);

	if (name == NULL || is_utf8_name(name, len))
		return COPL_OK;
	at = (size_t)(name - text->s);
	copl_strbuf_add(&next, text->s, at);
	copl_strbuf_puts(&next, "UTF-8");
	copl_strbuf_add(&next, text->s + at + len, text->len - at - len);
	if (next.st != COPL_OK) {
		copl_strbuf_clear(&next);
		return next.st;
	}
	copl_strbuf_clear(text);
	*text = next;
	return COPL_OK;
}

/* The encoding of the bytes; name has room for what they declare. */
static const char *encoding_of(
    const char *bytes, size_t len, size_t *bom, char name[NAME_MAX_LEN + 1])
{
	const char *from = sniff((const unsigned char *)bytes, len, bom);
	const char *said;
	size_t n = 0;

	if (from != NULL)
		return from;
	said = declared(bytes, len, &n);
	if (said == NULL || is_utf8_name(said, n))
		return "UTF-8";
	if (n > NAME_MAX_LEN) /* its beginning names none either */
		n = NAME_MAX_LEN;
	memcpy(name, said, n);
	name[n] = '\0';
	return name;
}

bool copl_xml_is_utf8(const char *bytes, size_t len)
{
	char name[NAME_MAX_LEN + 1];
	size_t bom;

	return strcmp(encoding_of(bytes, len, &bom, name), "UTF-8") == 0 &&
	       bom == 0;
}

enum copl_status copl_xml_to_utf8(const char *bytes, size_t len,
    const char *file, struct copl_reporter *r, struct copl_strbuf *out)
{
	char name[NAME_MAX_LEN + 1];
	enum copl_status st;
	size_t bom;
	const char *from = encoding_of(bytes, len, &bom, name);

	bytes += bom;
	len -= bom;
	if (strcmp(from, "UTF-8") == 0) {
		copl_strbuf_add(out, bytes, len);
		return out->st;
	}
	st = convert(from, bytes, len, file, r, out);
	return st == COPL_OK ? redeclare(out) : st;
}
