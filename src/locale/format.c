/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include <unicode/ucal.h>
#include <unicode/uchar.h>
#include <unicode/udat.h>
#include <unicode/udatpg.h>
#include <unicode/ustring.h>
#include "locale/locale.h"
#include "locale/locale_priv.h"

/* Longer than any date, number or name of a month in CLDR. */
#define TEXT_MAX_UNITS 128
#define ZONE_MAX_UNITS 64

/* ASCII to UTF-16; false when it does not fit or is not ASCII. */
static bool widen(const char *s, UChar out[ZONE_MAX_UNITS])
{
	size_t i, len = strlen(s);

	if (len >= ZONE_MAX_UNITS)
		return false;
	for (i = 0; i <= len; i++) {
		if ((unsigned char)s[i] > 0x7e)
			return false;
		out[i] = (UChar)s[i];
	}
	return true;
}

enum copl_status copl_locale_zone_known(const char *zone)
{
	UChar name[ZONE_MAX_UNITS], canonical[ZONE_MAX_UNITS];
	UErrorCode e = U_ZERO_ERROR;
	UBool system_id = 0;

	if (*zone == '\0' || !widen(zone, name))
		return COPL_E_NOTFOUND;
	ucal_getCanonicalTimeZoneID(
	    name, -1, canonical, ZONE_MAX_UNITS, &system_id, &e);
	if (U_SUCCESS(e) && !system_id)
		return COPL_E_NOTFOUND;
	return copl_locale_status(e);
}

/* The zone to show a date in: by name, else as far east as it was written. */
static enum copl_status zone_id(
    const char *zone, const struct copl_instant *at, UChar out[ZONE_MAX_UNITS])
{
	unsigned minutes;
	enum copl_status st;
	char name[32];

	if (zone != NULL) {
		st = copl_locale_zone_known(zone);
		return st != COPL_OK || widen(zone, out) ? st : COPL_E_NOTFOUND;
	}
	minutes = (unsigned)(at->offset < 0 ? -at->offset : at->offset);
	/* ICU knows these by name; others it has to take apart. */
	if (minutes == 0)
		return widen("UTC", out) ? COPL_OK : COPL_E_NOTFOUND;
	snprintf(name, sizeof(name), "GMT%c%02u:%02u",
	    at->offset < 0 ? '-' : '+', minutes / 60 % 24, minutes % 60);
	return widen(name, out) ? COPL_OK : COPL_E_NOTFOUND;
}

/* The language's own order of month and year, or of the year alone. */
static int32_t short_pattern(const char *id, enum copl_precision precision,
    UChar out[TEXT_MAX_UNITS], UErrorCode *e)
{
	static const UChar month[] = {'y', 'M', 'M', 'M', 'M', 0};
	static const UChar year[] = {'y', 0};
	UDateTimePatternGenerator *g = udatpg_open(id, e);
	int32_t len;

	if (U_FAILURE(*e))
		return 0;
	len = udatpg_getBestPattern(g, precision == COPL_MONTH ? month : year,
	    -1, out, TEXT_MAX_UNITS, e);
	udatpg_close(g);
	return len;
}

static UDateFormat *open_date(const char *id, const UChar *zone,
    enum copl_precision precision, UErrorCode *e)
{
	UChar pattern[TEXT_MAX_UNITS];
	int32_t len;

	if (precision == COPL_DAY)
		return udat_open(
		    UDAT_NONE, UDAT_LONG, id, zone, -1, NULL, 0, e);
	len = short_pattern(id, precision, pattern, e);
	if (U_FAILURE(*e))
		return NULL;
	return udat_open(
	    UDAT_PATTERN, UDAT_PATTERN, id, zone, -1, pattern, len, e);
}

/* "1er avril" in French, where CLDR has "1 avril". */
static enum copl_status put_date(struct copl_strbuf *out, const char *id,
    enum copl_precision precision, const UChar *text, int32_t len)
{
	bool french = strncmp(id, "fr", 2) == 0 && !copl_is_alpha(id[2]);

	if (french && precision == COPL_DAY && len > 1 && text[0] == '1' &&
	    u_isblank(text[1])) {
		copl_strbuf_puts(out, "1er");
		text++;
		len--;
	}
	return copl_locale_put(out, text, len);
}

enum copl_status copl_locale_date(const char *tag, struct copl_instant at,
    const char *zone, enum copl_precision precision, struct copl_strbuf *out)
{
	UChar where[ZONE_MAX_UNITS], text[TEXT_MAX_UNITS];
	char id[LOCALE_ID_SIZE];
	UErrorCode e = U_ZERO_ERROR;
	enum copl_status st;
	UDateFormat *f = NULL;
	int32_t len;

	st = copl_locale_id(tag, id);
	if (st == COPL_OK)
		st = zone_id(zone, &at, where);
	if (st != COPL_OK)
		return st;
	f = open_date(id, where, precision, &e);
	if (U_FAILURE(e))
		return copl_locale_status(e);
	len = udat_format(
	    f, (double)at.seconds * 1000.0, text, TEXT_MAX_UNITS, NULL, &e);
	st = copl_locale_status(e);
	if (st == COPL_OK)
		st = put_date(out, id, precision, text, len);
	udat_close(f);
	return st;
}

/* Name of a month, standing alone, in the arena. */
static enum copl_status month_name(
    const UDateFormat *f, int i, struct copl_arena *a, const char **out)
{
	struct copl_strbuf name = COPL_STRBUF_INIT(1024);
	UChar text[TEXT_MAX_UNITS];
	UErrorCode e = U_ZERO_ERROR;
	enum copl_status st;
	int32_t len;

	len = udat_getSymbols(
	    f, UDAT_STANDALONE_MONTHS, i, text, TEXT_MAX_UNITS, &e);
	st = copl_locale_status(e);
	if (st == COPL_OK)
		st = copl_locale_put(&name, text, len);
	if (st == COPL_OK) {
		*out = copl_arena_strdup(a, copl_strbuf_text(&name));
		st = *out == NULL ? COPL_E_NOMEM : COPL_OK;
	}
	copl_strbuf_clear(&name);
	return st;
}

/* The order in which a date pattern names day, month and year. */
static void pattern_order(const UChar *pattern, int32_t len, char order[4])
{
	size_t n = 0;
	int32_t i;

	for (i = 0; i < len && n < 3; i++) {
		char c = pattern[i] == 'd'                        ? 'd'
			 : pattern[i] == 'M' || pattern[i] == 'L' ? 'm'
			 : pattern[i] == 'y'                      ? 'y'
								  : '\0';

		order[n] = '\0';
		if (c != '\0' && strchr(order, c) == NULL)
			order[n++] = c;
	}
	order[n] = '\0';
	if (n < 3)
		memcpy(order, "dmy", sizeof("dmy"));
}

enum copl_status copl_locale_calendar(
    const char *tag, struct copl_arena *a, struct copl_calendar *out)
{
	static const UChar utc[] = {'U', 'T', 'C', 0};
	UChar pattern[TEXT_MAX_UNITS];
	char id[LOCALE_ID_SIZE];
	UErrorCode e = U_ZERO_ERROR;
	enum copl_status st;
	UDateFormat *f = NULL;
	int32_t len;
	int i;

	st = copl_locale_id(tag, id);
	if (st != COPL_OK)
		return st;
	f = udat_open(UDAT_NONE, UDAT_LONG, id, utc, -1, NULL, 0, &e);
	if (U_FAILURE(e))
		return copl_locale_status(e);
	len = udat_toPattern(f, 0, pattern, TEXT_MAX_UNITS, &e);
	st = copl_locale_status(e);
	if (st == COPL_OK)
		pattern_order(pattern, len, out->order);
	for (i = 0; i < 12 && st == COPL_OK; i++)
		st = month_name(f, i, a, &out->months[i]);
	udat_close(f);
	return st;
}
