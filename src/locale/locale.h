/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_LOCALE_H
#define COPL_LOCALE_H

#include "base/base.h"

/*
 * What CLDR knows about a language, by BCP 47 tag, through ICU.  Digits are
 * always Western and the calendar Gregorian (ar-u-nu-latn-ca-gregory).
 */

/* A known language with a valid tag?  "xx-bogus" is not. */
bool copl_locale_known(const char *tag);
/* "rtl" or "ltr". */
const char *copl_locale_dir(const char *tag);
/* The language's own name as a list label: "Français", "العربية". */
enum copl_status copl_locale_autonym(const char *tag, struct copl_strbuf *out)
    COPL_MUST_CHECK;

enum copl_precision { COPL_DAY, COPL_MONTH, COPL_YEAR };
/*
 * A date in full: "31 March 2027", "2027年3月31日".  zone is an IANA name;
 * NULL: the offset that the instant was written with.
 */
enum copl_status copl_locale_date(const char *tag, struct copl_instant at,
    const char *zone, enum copl_precision precision, struct copl_strbuf *out)
    COPL_MUST_CHECK;
bool copl_locale_zone_known(const char *zone);
/* Name of a month (1-12) that stands alone: "mars", "марта" is wrong here. */
enum copl_status copl_locale_month(
    const char *tag, int month, struct copl_strbuf *out) COPL_MUST_CHECK;
/* What boxes for the parts of a date need; one formatter for it all. */
struct copl_calendar {
	const char *months[12]; /* as above, in the arena */
	char order[4]; /* "dmy", "mdy", "ymd" */
};
enum copl_status copl_locale_calendar(const char *tag, struct copl_arena *a,
    struct copl_calendar *out) COPL_MUST_CHECK;
/* A number with the language's grouping: 1 000 in French. */
enum copl_status copl_locale_number(
    const char *tag, int64_t n, struct copl_strbuf *out) COPL_MUST_CHECK;

/*
 * gettext's Plural-Forms value for a catalog name ("zh_CN") or tag, e.g.
 * "nplurals=2; plural=(n > 1);".  NULL: not in the table.  No ICU needed.
 */
const char *copl_locale_plural_forms(const char *name, unsigned *nplurals);

#endif
