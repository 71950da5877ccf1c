/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include "deliver/s3_error.h"
#include "deliver/said.h"

/* So many characters of a problem are worth reading. */
#define SAID_MAX 300
/* Nobody looks behind so much of an answer. */
#define LOOK_MAX 16384

/* Behind the opening quote of a member's value; NULL: no such string. */
static const char *find_value(const char *json, const char *name)
{
	const char *p = strstr(json, name);

	if (p == NULL)
		return NULL;
	p += strlen(name);
	while (copl_is_space(*p) || *p == ':')
		p++;
	return *p == '"' ? p + 1 : NULL;
}

/* Four digits behind \u; -1: they are not there. */
static long code_unit(const char *p)
{
	long u = 0;
	int i;

	for (i = 0; i < 4; i++) {
		int d = copl_hex_digit(p[i]);

		if (d < 0)
			return -1;
		u = u * 16 + d;
	}
	return u;
}

static void put_code(struct copl_strbuf *out, unsigned long u)
{
	char b[4];

	if (u < 0x80) {
		b[0] = (char)u;
		copl_strbuf_add(out, b, 1);
	} else if (u < 0x800) {
		b[0] = (char)(0xc0 | u >> 6);
		b[1] = (char)(0x80 | (u & 0x3f));
		copl_strbuf_add(out, b, 2);
	} else if (u < 0x10000) {
		b[0] = (char)(0xe0 | u >> 12);
		b[1] = (char)(0x80 | (u >> 6 & 0x3f));
		b[2] = (char)(0x80 | (u & 0x3f));
		copl_strbuf_add(out, b, 3);
	} else {
		b[0] = (char)(0xf0 | u >> 18);
		b[1] = (char)(0x80 | (u >> 12 & 0x3f));
		b[2] = (char)(0x80 | (u >> 6 & 0x3f));
		b[3] = (char)(0x80 | (u & 0x3f));
		copl_strbuf_add(out, b, 4);
	}
}

/* \uXXXX, or two of them for one character; returns what was read. */
static size_t put_escape(struct copl_strbuf *out, const char *p)
{
	long high = code_unit(p + 1), low = -1;

	if (high < 0)
		return 1;
	if (high >= 0xd800 && high < 0xdc00 && p[5] == '\\' && p[6] == 'u')
		low = code_unit(p + 7);
	if (low >= 0xdc00 && low < 0xe000) {
		put_code(out, 0x10000ul +
				  ((unsigned long)(high - 0xd800) << 10) +
				  (unsigned long)(low - 0xdc00));
		return 11;
	}
	if (high >= 0xd800 && high < 0xe000)
		return 5;
	put_code(out, (unsigned long)high);
	return 5;
}

/* The string that begins at p, its escapes resolved. */
static void put_string(struct copl_strbuf *out, const char *p)
{
	while (*p != '\0' && *p != '"' && out->st == COPL_OK) {
		if (*p != '\\') {
			copl_strbuf_add(out, p++, 1);
			continue;
		}
		p++;
		if (*p == 'u') {
			p += put_escape(out, p);
		} else if (*p != '\0') {
			copl_strbuf_add(
			    out, strchr("nrtbf", *p) != NULL ? " " : p, 1);
			p++;
		}
	}
}

/* Marks that turn the direction of what follows, and breaks of lines. */
static size_t turns(const char *s)
{
	static const char *const marks[] = {"\u2028", "\u2029", "\u202a",
	    "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067",
	    "\u2068", "\u2069"};
	const unsigned char *u = (const unsigned char *)s;
	size_t i;

	/* Control characters of Latin-1. */
	if (u[0] == 0xc2 && u[1] >= 0x80 && u[1] < 0xa0)
		return 2;
	for (i = 0; i < COPL_COUNT(marks); i++)
		if (strncmp(s, marks[i], strlen(marks[i])) == 0)
			return strlen(marks[i]);
	return 0;
}

/* What S3 says, which is XML. */
static void put_s3(struct copl_strbuf *out, const struct copl_net_answer *a)
{
	char said[SAID_MAX];

	copl_s3_said(a, said, sizeof(said));
	copl_strbuf_puts(out, said);
}

void copl_said_text(const char *text, char *out, size_t room)
{
	size_t len = copl_utf8_valid(text, strlen(text)), i, n = 0;

	for (i = 0; i < len && n + 1 < room;) {
		size_t skip = turns(text + i);

		if (skip > 0) {
			i += skip;
			continue;
		}
		if ((unsigned char)text[i] < ' ' || text[i] == 0x7f)
			out[n++] = ' ';
		else
			out[n++] = text[i];
		i++;
	}
	out[n] = '\0';
	out[copl_utf8_valid(out, n)] = '\0';
}

void copl_said(const struct copl_net_answer *a, char out[COPL_SAID_SIZE])
{
	struct copl_strbuf said = COPL_STRBUF_INIT(LOOK_MAX);
	const char *body = copl_strbuf_text(&a->body), *value;
	char text[SAID_MAX];

	out[0] = '\0';
	if (a->body.len > LOOK_MAX ||
	    copl_utf8_valid(body, a->body.len) != a->body.len)
		return;
	value = find_value(body, "\"detail\"");
	if (value == NULL || *value == '"')
		value = find_value(body, "\"title\"");
	if (value != NULL)
		put_string(&said, value);
	else
		put_s3(&said, a);
	copl_said_text(copl_strbuf_text(&said), text, sizeof(text));
	if (text[0] != '\0')
		snprintf(out, COPL_SAID_SIZE, ": %s", text);
	copl_strbuf_clear(&said);
}
