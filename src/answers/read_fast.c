/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The very bytes that copl_answer_write() makes, read without a parser: nearly
 * all files are such, and there are very many.  Anything else, were it only a
 * blank, is left to the parser, so that nothing is decided here.
 */
#include "config.h"
#include <string.h>
#include "answers/read_priv.h"

struct scan {
	struct copl_answer_reader *rd;
	char *s;
	char *end;
};

static bool take(struct scan *c, const char *what)
{
	size_t n = strlen(what);

	if ((size_t)(c->end - c->s) < n || memcmp(c->s, what, n) != 0)
		return false;
	c->s += n;
	return true;
}

/* The value up to the quote, which becomes its end; false: not a plain one. */
static bool take_quoted(struct scan *c, size_t *at)
{
	char *from = c->s;

	while (c->s < c->end && *c->s != '"') {
		unsigned char b = (unsigned char)*c->s;

		/* Ids and codes are ASCII. */
		if (b < ' ' || b >= 0x7f || b == '<' || b == '&')
			return false;
		c->s++;
	}
	if (c->s == c->end)
		return false;
	*c->s++ = '\0';
	*at = (size_t)(from - c->rd->source.s);
	return true;
}

/* The attributes of <answer>, in the order in which we write them. */
static bool take_head(struct scan *c)
{
	size_t i;

	for (i = 0; i < ANSWERS_HEADS; i++) {
		char *from = c->s;

		if (take(c, " ") && take(c, answers_head_name(i)) &&
		    take(c, "=\"")) {
			if (!take_quoted(c, &c->rd->head[i]))
				return false;
		} else {
			c->s = from;
		}
	}
	return take(c, ">\n");
}

/* One of the four that we write; '\0': another one. */
static char take_reference(struct scan *c)
{
	if (take(c, "&amp;"))
		return '&';
	if (take(c, "&lt;"))
		return '<';
	if (take(c, "&gt;"))
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

/* The text up to the next tag, shortened where it lies. */
static bool take_text(struct scan *c, size_t *at)
{
	char *to = c->s;

	*at = (size_t)(to - c->rd->source.s);
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
	if (!take(c, "</value>\n"))
		return false;
	*to = '\0';
	return true;
}

static bool take_value(struct scan *c)
{
	struct answers_spot *s = answers_spot_add(c->rd);

	if (s == NULL || !take_quoted(c, &s->question))
		return false;
	if (take(c, " part=\"") && !take_quoted(c, &s->part))
		return false;
	return take(c, ">") && take_text(c, &s->code);
}

bool answers_read_fast(struct copl_answer_reader *rd)
{
	struct scan c = {
	    .rd = rd, .s = rd->source.s, .end = rd->source.s + rd->source.len};

	if (!take(&c, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		      "<answer xmlns=\"" COPL_ANSWER_NS "\"") ||
	    !take_head(&c))
		return false;
	while (take(&c, "<value question=\""))
		if (!take_value(&c))
			return false;
	return take(&c, "</answer>\n") && c.s == c.end;
}
