/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Numbers as people and their browsers write them, without rounding: a tenth
 * is a tenth, and a step of 0.1 from 0.3 is met by 0.7.
 */
#include "config.h"
#include <string.h>
#include "answers/answers_priv.h"

#define PLACES 18 /* behind the point, and before it */
#define DIGITS_MAX 200 /* written out */
#define EXPONENT_MAX 1000

struct scan {
	const unsigned char *s;
	const unsigned char *end;
	bool negative;
	unsigned char digits[DIGITS_MAX];
	long n; /* digits */
	long before; /* of them before the point */
	long exponent;
};

/*
 * A digit of ASCII, of either row that Arabic scripts use, or in full width;
 * its length, 0: none.
 */
static size_t digit(const struct scan *c, unsigned *value)
{
	static const struct {
		const char *before; /* what all ten begin with */
		size_t len;
		unsigned char nought;
	} rows[] = {{"", 0, '0'}, {"\xd9", 1, 0xa0}, {"\xdb", 1, 0xb0},
	    {"\xef\xbc", 2, 0x90}};
	size_t left = (size_t)(c->end - c->s), i;

	for (i = 0; i < COPL_COUNT(rows); i++) {
		size_t n = rows[i].len;

		if (left <= n || memcmp(c->s, rows[i].before, n) != 0 ||
		    c->s[n] < rows[i].nought || c->s[n] > rows[i].nought + 9)
			continue;
		*value = (unsigned)(c->s[n] - rows[i].nought);
		return n + 1;
	}
	return 0;
}

/* "." or the Arabic or full-width point; a comma is a point to some only. */
static size_t point(const struct scan *c)
{
	static const char *const points[] = {".", "\xd9\xab", "\xef\xbc\x8e"};
	size_t i;

	for (i = 0; i < COPL_COUNT(points); i++) {
		size_t n = strlen(points[i]);

		if ((size_t)(c->end - c->s) >= n &&
		    memcmp(c->s, points[i], n) == 0)
			return n;
	}
	return 0;
}

static bool take_digits(struct scan *c)
{
	unsigned value;
	size_t n;

	while ((n = digit(c, &value)) > 0) {
		if (c->n == DIGITS_MAX)
			return false;
		c->digits[c->n++] = (unsigned char)value;
		c->s += n;
	}
	return true;
}

/* "-" or U+2212, which keyboards of phones have. */
static bool take_minus(struct scan *c)
{
	size_t left = (size_t)(c->end - c->s), n = 0;

	if (left >= 1 && *c->s == '-')
		n = 1;
	else if (left >= 3 && memcmp(c->s, "\xe2\x88\x92", 3) == 0)
		n = 3;
	c->s += n;
	return n > 0;
}

static bool take_exponent(struct scan *c)
{
	bool negative, any = false;
	unsigned value;
	size_t n;

	if (c->s == c->end || (*c->s != 'e' && *c->s != 'E'))
		return true;
	c->s++;
	negative = take_minus(c);
	if (!negative && c->s < c->end && *c->s == '+')
		c->s++;
	while ((n = digit(c, &value)) > 0) {
		any = true;
		c->s += n;
		if (c->exponent < EXPONENT_MAX)
			c->exponent = c->exponent * 10 + (long)value;
	}
	if (negative)
		c->exponent = -c->exponent;
	return any;
}

static bool scan(struct scan *c)
{
	size_t n;

	while (c->s < c->end && copl_is_space((char)*c->s))
		c->s++;
	while (c->s < c->end && copl_is_space((char)c->end[-1]))
		c->end--;
	c->negative = take_minus(c);
	if (!take_digits(c))
		return false;
	c->before = c->n;
	n = point(c);
	c->s += n;
	if (n > 0 && (!take_digits(c) || c->n == c->before))
		return false;
	return c->n > 0 && take_exponent(c) && c->s == c->end;
}

enum answers_number answers_number_parse(
    const char *s, size_t len, answers_decimal *out)
{
	struct scan c = {.s = (const unsigned char *)s,
	    .end = (const unsigned char *)s + len};
	long i, place;

	*out = 0;
	if (!scan(&c))
		return ANSWERS_NUMBER_BAD;
	/* place: what the digit is to be multiplied with, as a power. */
	for (i = 0; i < c.n; i++) {
		answers_decimal value = c.digits[i];

		place = c.before - 1 - i + c.exponent + PLACES;
		if (value == 0)
			continue;
		if (place < 0 || place >= 2L * PLACES)
			return ANSWERS_NUMBER_BIG;
		for (; place > 0; place--)
			value *= 10;
		*out += value;
	}
	if (c.negative)
		*out = -*out;
	return ANSWERS_NUMBER_OK;
}

void answers_number_format(answers_decimal n, char out[ANSWERS_NUMBER_SIZE])
{
	unsigned __int128 left =
	    n < 0 ? -(unsigned __int128)n : (unsigned __int128)n;
	char digits[2 * PLACES + 2] = "";
	size_t len = 0, behind = PLACES, at = 0;

	while (behind > 0 && left % 10 == 0) {
		left /= 10;
		behind--;
	}
	while (left > 0 || len <= behind) {
		digits[len++] = (char)('0' + (int)(left % 10));
		left /= 10;
	}
	if (n < 0)
		out[at++] = '-';
	while (len > 0) {
		out[at++] = digits[--len];
		if (len == behind && len > 0)
			out[at++] = '.';
	}
	out[at] = '\0';
}

bool answers_number_on_step(
    answers_decimal n, answers_decimal at, answers_decimal step)
{
	return step <= 0 || (n - at) % step == 0;
}
