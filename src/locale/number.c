/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include <unicode/unum.h>
#include "locale/locale.h"
#include "locale/locale_priv.h"

/* The longest number taken, and its UTF-16 text with every separator. */
#define DIGITS_MAX ((size_t)40)
#define NUMBER_MAX_UNITS 256

/*
 * How many digits stand behind the point; -1 when it is not a number such as
 * "-12.50": ICU itself would take "1e9" and "NaN".
 */
static int decimal_places(const char *s)
{
	size_t whole, part = 0;

	s += *s == '-' || *s == '+';
	whole = strspn(s, "0123456789");
	s += whole;
	if (*s == '.') {
		part = strspn(s + 1, "0123456789");
		s += part + 1;
	}
	if (*s != '\0' || whole + part == 0 || whole + part > DIGITS_MAX)
		return -1;
	return (int)part;
}

static UNumberFormat *open_number(
    const char *tag, UNumberFormatStyle style, UErrorCode *e)
{
	char id[LOCALE_ID_SIZE];
	UNumberFormat *f;

	if (copl_locale_id(tag, id) != COPL_OK) {
		*e = U_ILLEGAL_ARGUMENT_ERROR;
		return NULL;
	}
	f = unum_open(style, NULL, 0, id, NULL, e);
	if (U_FAILURE(*e))
		return NULL;
	/* -2: 1000 stands together where the language wants it so. */
	unum_setAttribute(f, UNUM_MINIMUM_GROUPING_DIGITS, -2);
	/* 12.5 is 12.5 %, not 1250 %. */
	if (style == UNUM_PERCENT)
		unum_setAttribute(f, UNUM_MULTIPLIER, 1);
	return f;
}

/* As many decimal places as were written: 12.50 is more exact than 12.5. */
static enum copl_status format(
    UNumberFormat *f, const char *decimal, int places, struct copl_strbuf *out)
{
	UChar text[NUMBER_MAX_UNITS];
	UErrorCode e = U_ZERO_ERROR;
	enum copl_status st;
	int32_t len;

	unum_setAttribute(f, UNUM_MIN_FRACTION_DIGITS, places);
	unum_setAttribute(f, UNUM_MAX_FRACTION_DIGITS, places);
	len = unum_formatDecimal(f, decimal, (int32_t)strlen(decimal), text,
	    NUMBER_MAX_UNITS, NULL, &e);
	st = copl_locale_status(e);
	return st == COPL_OK ? copl_locale_put(out, text, len) : st;
}

static enum copl_status put_decimal(const char *tag, UNumberFormatStyle style,
    const char *decimal, struct copl_strbuf *out)
{
	UErrorCode e = U_ZERO_ERROR;
	UNumberFormat *f = NULL;
	enum copl_status st;
	int places = decimal_places(decimal);

	if (places < 0)
		return COPL_E_NOTFOUND;
	f = open_number(tag, style, &e);
	if (U_FAILURE(e))
		return copl_locale_status(e);
	st = format(f, decimal, places, out);
	unum_close(f);
	return st;
}

/* Too small for separators: with Western digits alike in every language. */
static bool is_small(const char *decimal)
{
	size_t len = strspn(decimal, "0123456789");

	return decimal[len] == '\0' && len >= 1 && len <= 3 &&
	       (*decimal != '0' || len == 1);
}

enum copl_status copl_locale_decimal(
    const char *tag, const char *decimal, struct copl_strbuf *out)
{
	if (is_small(decimal) && copl_locale_known(tag) == COPL_OK) {
		copl_strbuf_puts(out, decimal);
		return out->st;
	}
	return put_decimal(tag, UNUM_DECIMAL, decimal, out);
}

enum copl_status copl_locale_percent(
    const char *tag, const char *decimal, struct copl_strbuf *out)
{
	return put_decimal(tag, UNUM_PERCENT, decimal, out);
}

/* ---- many numbers in one language ---- */

struct copl_numbers {
	UNumberFormat *decimal;
	UNumberFormat *percent;
};

enum copl_status copl_numbers_new(const char *tag, struct copl_numbers **out)
{
	struct copl_numbers *n = calloc(1, sizeof(*n));
	UErrorCode e = U_ZERO_ERROR;

	*out = NULL;
	if (n == NULL)
		return COPL_E_NOMEM;
	n->decimal = open_number(tag, UNUM_DECIMAL, &e);
	if (U_SUCCESS(e))
		n->percent = open_number(tag, UNUM_PERCENT, &e);
	if (U_FAILURE(e)) {
		copl_numbers_free(n);
		return copl_locale_status(e);
	}
	*out = n;
	return COPL_OK;
}

void copl_numbers_free(struct copl_numbers *n)
{
	if (n == NULL)
		return;
	if (n->decimal != NULL)
		unum_close(n->decimal);
	if (n->percent != NULL)
		unum_close(n->percent);
	free(n);
}

enum copl_status copl_numbers_decimal(
    struct copl_numbers *n, const char *decimal, struct copl_strbuf *out)
{
	const int places = decimal_places(decimal);

	if (places < 0)
		return COPL_E_NOTFOUND;
	if (is_small(decimal)) {
		copl_strbuf_puts(out, decimal);
		return out->st;
	}
	return format(n->decimal, decimal, places, out);
}

enum copl_status copl_numbers_percent(
    struct copl_numbers *n, const char *decimal, struct copl_strbuf *out)
{
	const int places = decimal_places(decimal);

	return places < 0 ? COPL_E_NOTFOUND
			  : format(n->percent, decimal, places, out);
}
