/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_LOCALE_H
#define COPL_LOCALE_H

#include "base/base.h"

/*
 * What CLDR knows about a language, by BCP 47 tag, through ICU.  Digits are
 * always Western and the calendar Gregorian (ar-u-nu-latn-ca-gregory).
 */

/*
 * COPL_OK: a known language with a valid tag; COPL_E_NOTFOUND: it is none, as
 * "xx-bogus"; COPL_E_NOMEM.
 */
enum copl_status copl_locale_known(const char *tag) COPL_MUST_CHECK;
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
/* As copl_locale_known(). */
enum copl_status copl_locale_zone_known(const char *zone) COPL_MUST_CHECK;
/* What boxes for the parts of a date need; one formatter for it all. */
struct copl_calendar {
	/* As they stand alone, "mars", "март" and not "марта"; the arena's. */
	const char *months[12];
	char order[4]; /* "dmy", "mdy", "ymd" */
};
enum copl_status copl_locale_calendar(const char *tag, struct copl_arena *a,
    struct copl_calendar *out) COPL_MUST_CHECK;
/*
 * A number that is written as "-12.50", exactly: 1 000 in French.  As many
 * decimal places as were written.  COPL_E_NOTFOUND: it is no number of at
 * most 40 digits, or the language is not known.
 */
enum copl_status copl_locale_decimal(const char *tag, const char *decimal,
    struct copl_strbuf *out) COPL_MUST_CHECK;
/* The same with the language's percent sign; "12.5" is 12.5 %. */
enum copl_status copl_locale_percent(const char *tag, const char *decimal,
    struct copl_strbuf *out) COPL_MUST_CHECK;
/*
 * Both for many numbers in one language: what the language asks for is looked
 * up once.  COPL_E_NOTFOUND from new: the language is not known.
 */
struct copl_numbers;
enum copl_status copl_numbers_new(const char *tag, struct copl_numbers **out)
    COPL_MUST_CHECK;
void copl_numbers_free(struct copl_numbers *n);
enum copl_status copl_numbers_decimal(struct copl_numbers *n,
    const char *decimal, struct copl_strbuf *out) COPL_MUST_CHECK;
enum copl_status copl_numbers_percent(struct copl_numbers *n,
    const char *decimal, struct copl_strbuf *out) COPL_MUST_CHECK;
/* Plain texts joined: "a, b and c". */
enum copl_status copl_locale_list(const char *tag, const char *const *items,
    size_t n, struct copl_strbuf *out) COPL_MUST_CHECK;

/* The order in which people of a language look things up. */
struct copl_collator;
enum copl_status copl_collator_new(const char *tag, struct copl_collator **out)
    COPL_MUST_CHECK;
void copl_collator_free(struct copl_collator *c);
/* Below 0: a comes first; 0: the same place, as for equal texts. */
int copl_collate(const struct copl_collator *c, const char *a, const char *b);

/*
 * How Simplified Chinese writes a character of Traditional Chinese; c itself
 * when it writes it so too.  Asking is quick but for the first character that
 * no Simplified text has.  NULL from new: memory is out.
 */
struct copl_han;
struct copl_han *copl_han_new(void) COPL_MUST_CHECK;
uint32_t copl_han_simplified(struct copl_han *h, uint32_t c);
void copl_han_free(struct copl_han *h);

#endif
