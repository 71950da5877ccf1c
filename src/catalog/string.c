/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <endian.h>
#include <string.h>
#include "catalog/catalog_priv.h"

/* The first byte that ends a plain stretch is the lowest with a mark. */
static inline uint64_t mark_stops(uint64_t w)
{
	return po_mark_below(w, 0x0b) | po_mark_byte(w, '"') |
	       po_mark_byte(w, '\\');
}

const char *po_copy_plain(const char *p, char **out)
{
	char *to = *out;

	for (;; p += 8, to += 8) {
		uint64_t w, stops;

		memcpy(&w, p, 8);
		memcpy(to, &w, 8);
		stops = mark_stops(le64toh(w));
		if (stops != 0) {
			int n = __builtin_ctzll(stops) / 8;

			*out = to + n;
			return p + n;
		}
	}
}

/* ---- escapes ---- */

static int hex_value(char c)
{
	if (copl_is_digit(c))
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

static bool is_octal(char c)
{
	return c >= '0' && c <= '7';
}

/* The byte of \a \b \t \n \v \f \r \\ \"; -1 for others. */
static int simple_escape(char c)
{
	static const char names[] = "abtnvfr\\\"";
	static const char bytes[] = "\a\b\t\n\v\f\r\\\"";
	size_t i;

	for (i = 0; i < sizeof(names) - 1; i++)
		if (names[i] == c)
			return bytes[i];
	return -1;
}

/* Octal digits, three at most. */
static int octal_escape(const char **p, const char *end)
{
	unsigned value = 0;
	int n;

	for (n = 0; n < 3 && *p < end && is_octal(**p); n++)
		value = value * 8 + (unsigned)(*(*p)++ - '0');
	return (int)(value & 0xff);
}

/* All the hexadecimal digits there are, as in C. */
static int hex_escape(const char **p, const char *end)
{
	unsigned value = 0;

	for (++*p; *p < end && hex_value(**p) >= 0; ++*p)
		value = (value * 16 + (unsigned)hex_value(**p)) & 0xff;
	return (int)value;
}

int po_escape(const char **p, const char *end)
{
	int c;

	if (*p < end && is_octal(**p))
		return octal_escape(p, end);
	if (end - *p > 1 && **p == 'x' && hex_value((*p)[1]) >= 0)
		return hex_escape(p, end);
	c = *p < end ? simple_escape(**p) : -1;
	if (c >= 0)
		++*p;
	return c;
}

static void fault(struct po_quoted *q, enum po_quote_fault what, const char *at)
{
	if (q->fault != PO_QUOTE_OK)
		return;
	q->fault = what;
	q->at = at;
}

struct po_quoted po_unquote(const char *p, const char *end, char *out)
{
	struct po_quoted q = {NULL, out, NULL, PO_QUOTE_OK, false};

	while (p < end && *p != '"') {
		const char *at = p;
		int c;

		if (*p != '\\') {
			p = po_copy_plain(p, &q.out);
			if (p < end && *p != '"' && *p != '\\')
				*q.out++ = *p++;
			/* A CR belongs to the line's end. */
			q.out -= p > end ? p - end : 0;
			p = p > end ? end : p;
			continue;
		}
		p++;
		c = po_escape(&p, end);
		if (c < 0) {
			fault(&q, PO_QUOTE_ESCAPE, at);
		} else if (c == 0) {
			fault(&q, PO_QUOTE_NUL, at);
		} else {
			q.high |= c > 0x7f;
			*q.out++ = (char)c;
		}
	}
	*q.out = '\0';
	if (p < end)
		q.next = p + 1;
	else
		fault(&q, PO_QUOTE_OPEN, end);
	return q;
}
