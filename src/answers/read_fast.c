/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The very bytes that copl_answer_write() makes, read without a parser: nearly
 * all files are such, and there are very many.  Anything else, were it only a
 * blank, is left to the parser, so that nothing is decided here.
 */
#include "config.h"
#include <string.h>
#include "answers/mark.h"
#include "answers/read_priv.h"

struct scan {
	struct copl_answer_reader *rd;
	char *s;
	char *end;
};

static inline bool take_bytes(struct scan *c, const char *what, size_t n)
{
	if ((size_t)(c->end - c->s) < n || memcmp(c->s, what, n) != 0)
		return false;
	c->s += n;
	return true;
}

/* A literal, whose length the compiler knows. */
#define TAKE(c, what) take_bytes((c), "" what, sizeof(what) - 1)

/* What a byte can be without being looked at again. */
enum { QUOTED = 1, TEXT = 2 };
static const unsigned char plain[256] = {
    ['\t'] = TEXT,
    ['\n'] = TEXT,
    [' ' ... '!'] = QUOTED | TEXT,
    ['"'] = TEXT,
    ['#' ... '%'] = QUOTED | TEXT, /* and not & */
    ['\'' ... ';'] = QUOTED | TEXT, /* and not < */
    ['='] = QUOTED | TEXT,
    ['>'] = QUOTED,
    ['?' ... '~'] = QUOTED | TEXT, /* ids and codes are ASCII */
    [0x7f ... 0xee] = TEXT,
    [0xf0 ... 0xff] = TEXT,
};

/* The value up to the quote, which becomes its end; false: not a plain one. */
static inline bool take_quoted(struct scan *c, size_t *at)
{
	char *from = c->s, *s = from;

	/* A NUL stands at the end. */
	while ((plain[(unsigned char)*s] & QUOTED) != 0)
		s++;
	if (s == c->end || *s != '"')
		return false;
	*s = '\0';
	c->s = s + 1;
	*at = (size_t)(from - c->rd->source.s);
	return true;
}

static bool take_attr(struct scan *c, size_t head)
{
	const char *name = answers_head_name(head);
	char *from = c->s;

	if (TAKE(c, " ") && take_bytes(c, name, strlen(name)) && TAKE(c, "=\""))
		return true;
	c->s = from;
	return false;
}

/* The attributes of <answer>, in the order in which we write them. */
static bool take_head(struct scan *c)
{
	size_t i;

	for (i = 0; i < ANSWERS_HEADS; i++)
		if (take_attr(c, i) && !take_quoted(c, &c->rd->head[i]))
			return false;
	return TAKE(c, ">\n");
}

/* One of the four that we write; '\0': another one. */
static char take_reference(struct scan *c)
{
	if (TAKE(c, "&amp;"))
		return '&';
	if (TAKE(c, "&lt;"))
		return '<';
	if (TAKE(c, "&gt;"))
		return '>';
	return '\0';
}

/* Is it a byte of a text that we would not write as it is? */
static bool is_strange(const struct scan *c)
{
	unsigned char b = (unsigned char)*c->s;

	if (b < ' ')
		return b != '\n' && b != '\t';
	/* U+FFFE and U+FFFF are no characters of XML. */
	return b == '>' || (b == 0xef && c->end - c->s > 1 &&
			       (unsigned char)c->s[1] == 0xbf);
}

/* The rest of a text in which something has to be looked at. */
static bool take_strange(struct scan *c, char *to, char **end)
{
	while (c->s < c->end && *c->s != '<') {
		if (is_strange(c))
			return false;
		if (*c->s != '&') {
			*to++ = *c->s++;
			continue;
		}
		*to = take_reference(c);
		if (*to++ == '\0')
			return false;
	}
	*end = to;
	return true;
}

/* The text up to the next tag, shortened where it lies. */
static inline bool take_text(struct scan *c, size_t *at)
{
	char *s = c->s;

	*at = (size_t)(s - c->rd->source.s);
	while ((plain[(unsigned char)*s] & TEXT) != 0)
		s++;
	c->s = s;
	if (*s != '<' && !take_strange(c, s, &s))
		return false;
	if (!TAKE(c, "</value>\n"))
		return false;
	*s = '\0';
	return true;
}

static bool take_value(struct scan *c)
{
	struct answers_spot *s = answers_spot_add(c->rd);

	if (s == NULL || !take_quoted(c, &s->question))
		return false;
	if (TAKE(c, " part=\"") && !take_quoted(c, &s->part))
		return false;
	return TAKE(c, ">") && take_text(c, &s->code);
}

/* Perhaps with the mark that the store puts behind an answer. */
static bool ends_here(const struct scan *c)
{
	struct copl_mark unused;

	return c->s == c->end ||
	       copl_mark_of_text(c->s, (size_t)(c->end - c->s), &unused);
}

bool answers_read_fast(struct copl_answer_reader *rd)
{
	struct scan c = {
	    .rd = rd, .s = rd->source.s, .end = rd->source.s + rd->source.len};

	if (!TAKE(&c, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		      "<answer xmlns=\"" COPL_ANSWER_NS "\"") ||
	    !take_head(&c))
		return false;
	while (TAKE(&c, "<value question=\""))
		if (!take_value(&c))
			return false;
	return TAKE(&c, "</answer>\n") && ends_here(&c);
}
