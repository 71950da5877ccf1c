/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Is a text UTF-8?  Each byte is judged by the three before it, without a
 * branch, so that compilers turn the loops into vector instructions.
 */
#include "config.h"
#include <string.h>
#include "catalog/catalog_priv.h"

#define BLOCK 128
#define BEFORE 3

/*
 * Of BLOCK bytes at p; the BEFORE bytes that stand before it can be read.
 * Not 0: there is a fault or a byte whose neighbours have
 * rules of their own (Unicode table 3-7): then all_faults() knows more.  No
 * sequence of four bytes may begin before p.
 */
static unsigned char first_look(const unsigned char *p)
{
	const unsigned char *q = p - BEFORE;
	unsigned char seen = 0;
	size_t i;

	for (i = 0; i < BLOCK; i++) {
		unsigned char c = q[i + 3], b = q[i + 2], a = q[i + 1];
		unsigned char c2 = (unsigned char)(c + c);
		unsigned char b2 = (unsigned char)(b + b);
		unsigned char a2 = (unsigned char)(a + a);
		unsigned char a4 = (unsigned char)(a2 + a2);
		/* In the high bits: is it a tail, and should it be? */
		unsigned char tail = c & (unsigned char)~c2;
		unsigned char due = (b & b2) | (a & a2 & a4);

		seen |= (unsigned char)(tail ^ due) & 0x80;
		seen |= (unsigned char)((c == 0) | (c == 0xe0) | (c == 0xed));
		seen |= (unsigned char)(((c & 0xfe) == 0xc0) | (c >= 0xf0));
	}
	return seen;
}

/* The same for every sequence; not 0: there is a fault. */
static unsigned char all_faults(const unsigned char *p)
{
	const unsigned char *q = p - BEFORE;
	unsigned char bad = 0;
	size_t i;

	for (i = 0; i < BLOCK; i++) {
		unsigned char c = q[i + 3], b = q[i + 2];
		unsigned char tail = (c & 0xc0) == 0x80;
		unsigned char due =
		    (b >= 0xc0) | (q[i + 1] >= 0xe0) | (q[i] >= 0xf0);

		bad |= (unsigned char)(tail ^ due);
		bad |= (unsigned char)((c == 0) | (c == 0xc0) | (c == 0xc1) |
				       (c >= 0xf5));
		bad |= (unsigned char)(((b == 0xe0) & (c < 0xa0)) |
				       ((b == 0xed) & (c > 0x9f)));
		bad |= (unsigned char)(((b == 0xf0) & (c < 0x90)) |
				       ((b == 0xf4) & (c > 0x8f)));
	}
	return bad;
}

/* *rare: the block before was one for all_faults(). */
static bool block_is_clean(const unsigned char *p, bool *rare)
{
	if (!*rare && first_look(p) == 0)
		return true;
	*rare = first_look(p) != 0;
	return all_faults(p) == 0;
}

bool po_text_is_clean(const char *s, size_t len)
{
	unsigned char edge[BEFORE + BLOCK];
	bool rare = true;
	size_t at = 0;

	/* The first block, and what is left at the end, among blanks. */
	for (; at < len; at += BLOCK) {
		const unsigned char *p = (const unsigned char *)s + at;
		size_t before = at == 0 ? 0 : BEFORE;
		size_t n = len - at < BLOCK ? len - at : BLOCK;

		if (before == 0 || n < BLOCK) {
			memset(edge, ' ', sizeof(edge));
			memcpy(edge + BEFORE - before, p - before, before + n);
			p = edge + BEFORE;
		}
		if (!block_is_clean(p, &rare))
			return false;
	}
	/* A sequence that the end of the last block cuts off. */
	memset(edge, ' ', sizeof(edge));
	at = len < BEFORE ? len : BEFORE;
	memcpy(edge + BEFORE - at, s + len - at, at);
	return all_faults(edge + BEFORE) == 0;
}
