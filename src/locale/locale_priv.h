/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_LOCALE_PRIV_H
#define COPL_LOCALE_PRIV_H

#include <unicode/uloc.h>
#include "locale/locale.h"

#define LOCALE_ID_SIZE (ULOC_FULLNAME_CAPACITY + ULOC_KEYWORDS_CAPACITY)

/* What an ICU code means to our callers; warnings are no failure. */
enum copl_status copl_locale_status(UErrorCode e);

/*
 * The ICU locale of a whole, valid tag: Gregorian, Western digits, British
 * order of dates for plain English.
 */
enum copl_status copl_locale_id(const char *tag, char out[LOCALE_ID_SIZE])
    COPL_MUST_CHECK;

/* Adds UTF-16 text of known length to a UTF-8 buffer. */
enum copl_status copl_locale_put(
    struct copl_strbuf *out, const UChar *s, int32_t len) COPL_MUST_CHECK;

#endif
