/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What ITS limits a text to: characters (8.19) and bytes of storage (8.20). */
#include "config.h"
#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <libxml/xmlregexp.h>
#include "base/i18n.h"
#include "l10n/l10n_priv.h"

#define PLAIN_MAX ((size_t)16 << 20)

struct copl_limits {
	struct copl_strbuf plain;
	const char *pattern; /* that regexp was made of */
	xmlRegexp *regexp;
	signed char ascii[128]; /* 0: not asked yet, 1: allowed, -1: not */
	const char *encoding; /* that cd was opened for */
	iconv_t cd;
};

struct copl_limits *copl_limits_new(void)
{
	struct copl_limits *l = calloc(1, sizeof(*l));

	if (l != NULL) {
		l->plain.max = PLAIN_MAX;
		l->cd = (iconv_t)-1;
	}
	return l;
}

void copl_limits_free(struct copl_limits *l)
{
	if (l == NULL)
		return;
	copl_strbuf_clear(&l->plain);
	xmlRegFreeRegexp(l->regexp);
	if (l->cd != (iconv_t)-1)
		iconv_close(l->cd);
	free(l);
}

/* ---- allowed characters ---- */

static size_t sequence(const char *s)
{
	unsigned char c = (unsigned char)*s;

	return c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
}

static bool is_allowed(struct copl_limits *l, const char *s, size_t len)
{
	char one[8] = {0};
	int verdict;

	if (len == 1 && l->ascii[(unsigned char)*s] != 0)
		return l->ascii[(unsigned char)*s] > 0;
	memcpy(one, s, len);
	verdict = xmlRegexpExec(l->regexp, (const xmlChar *)one);
	if (len == 1)
		l->ascii[(unsigned char)*s] = verdict == 1 ? 1 : -1;
	return verdict == 1;
}

/* The class is a regular expression of XML Schema, for one character. */
static bool compile(struct copl_limits *l, const char *pattern)
{
	if (l->pattern != NULL && strcmp(l->pattern, pattern) == 0)
		return l->regexp != NULL;
	xmlRegFreeRegexp(l->regexp);
	memset(l->ascii, 0, sizeof(l->ascii));
	l->pattern = pattern;
	l->regexp = xmlRegexpCompile((const xmlChar *)pattern);
	return l->regexp != NULL;
}

/* Where a character stands in the message for the first time. */
static size_t message_offset(const char *msgstr, const char *c, size_t len)
{
	const char *p = memmem(msgstr, strlen(msgstr), c, len);

	return p == NULL ? 0 : (size_t)(p - msgstr);
}

static bool check_allowed(struct copl_limits *l, const char *pattern,
    const char *msgstr, struct copl_inline_check *c)
{
	const char *s = copl_strbuf_text(&l->plain);
	size_t len;

	if (*pattern == '\0') {
		if (*s == '\0')
			return true;
		copl_inline_report(c, "allowed-characters", 0,
		    _("no character is allowed here"));
		return false;
	}
	if (!compile(l, pattern))
		return true; /* its-value has said so */
	for (; *s != '\0'; s += len) {
		len = sequence(s);
		if (is_allowed(l, s, len))
			continue;
		copl_inline_report(c, "allowed-characters",
		    message_offset(msgstr, s, len),
		    _("the character \"%.*s\" is not allowed here: expected "
		      "only %s"),
		    (int)len, s, pattern);
		return false;
	}
	return true;
}

/* ---- storage ---- */

static bool open_encoding(struct copl_limits *l, const char *encoding)
{
	if (l->encoding != NULL && strcmp(l->encoding, encoding) == 0)
		return l->cd != (iconv_t)-1;
	if (l->cd != (iconv_t)-1)
		iconv_close(l->cd);
	l->cd = iconv_open(encoding, "UTF-8");
	l->encoding = encoding;
	return l->cd != (iconv_t)-1;
}

/* Bytes of the text in the encoding; false: *bad cannot be written in it. */
static bool measure(
    struct copl_limits *l, const char *s, size_t len, size_t *n, size_t *bad)
{
	char *in = (char *)(uintptr_t)s, chunk[1024];
	size_t left = len;

	*n = 0;
	iconv(l->cd, NULL, NULL, NULL, NULL);
	for (;;) {
		bool end = left == 0; /* back to the first shift state */
		char *out = chunk;
		size_t room = sizeof(chunk), got;

		errno = 0;
		got = iconv(
		    l->cd, end ? NULL : &in, end ? NULL : &left, &out, &room);
		*n += sizeof(chunk) - room;
		if (got == (size_t)-1 && errno != E2BIG) {
			*bad = len - left;
			return false;
		}
		if (end)
			return true;
	}
}

static size_t line_ends(const char *s)
{
	size_t n = 0;

	for (s = strchr(s, '\n'); s != NULL; s = strchr(s + 1, '\n'))
		n++;
	return n;
}

static bool check_storage(struct copl_limits *l, const struct copl_its_value *v,
    const char *msgstr, struct copl_inline_check *c)
{
	const char *s = copl_strbuf_text(&l->plain);
	const char *encoding = v->f[COPL_ITS_F_ENCODING];
	size_t n = 0, bad = 0;
	uint64_t room;

	if (!copl_number_parse(v->f[COPL_ITS_F_SIZE], UINT32_MAX, &room))
		return true;
	if (!open_encoding(l, encoding)) {
		copl_inline_report(c, "storage-size", 0,
		    _("the encoding \"%s\" is not known, so the %u bytes of "
		      "room cannot be checked"),
		    encoding, (unsigned)room);
		return false;
	}
	if (!measure(l, s, l->plain.len, &n, &bad)) {
		size_t len = sequence(s + bad);

		copl_inline_report(c, "storage-size",
		    message_offset(msgstr, s + bad, len),
		    _("the character \"%.*s\" does not exist in the encoding "
		      "%s"),
		    (int)len, s + bad, encoding);
		return false;
	}
	if (strcmp(v->f[COPL_ITS_F_LINE_BREAK], "crlf") == 0)
		n += line_ends(s);
	if (n <= room)
		return true;
	copl_inline_report(c, "storage-size", 0,
	    _("this text takes %zu bytes in %s: expected at most %u, so "
	      "shorten it"),
	    n, encoding, (unsigned)room);
	return false;
}

bool l10n_limits_check(struct copl_limits *l, const struct copl_unit *unit,
    const char *msgstr, struct copl_inline_check *c)
{
	const struct copl_its_value *v = unit->value;
	bool good = true;

	if (v->f[COPL_ITS_F_ALLOWED] == NULL && v->f[COPL_ITS_F_SIZE] == NULL)
		return true;
	copl_strbuf_reset(&l->plain);
	copl_inline_plain(msgstr, &l->plain);
	if (l->plain.st == COPL_E_NOMEM)
		c->r->nomem = true;
	if (v->f[COPL_ITS_F_ALLOWED] != NULL)
		good = check_allowed(l, v->f[COPL_ITS_F_ALLOWED], msgstr, c);
	if (v->f[COPL_ITS_F_SIZE] != NULL)
		good &= check_storage(l, v, msgstr, c);
	return good;
}

/* ---- for those who check and do not apply ---- */

bool copl_limits_any(const struct copl_units *u)
{
	size_t i;

	for (i = 0; i < u->n; i++)
		if (u->list[i].value->f[COPL_ITS_F_ALLOWED] != NULL ||
		    u->list[i].value->f[COPL_ITS_F_SIZE] != NULL)
			return true;
	return false;
}

void copl_limits_check(struct copl_limits *limits, const struct copl_unit *unit,
    const char *msgstr, struct copl_inline_check *c)
{
	(void)l10n_limits_check(limits, unit, msgstr, c);
}
