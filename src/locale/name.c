/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>
#include "locale/locale.h"
#include "locale/locale_priv.h"

/* Longer than any name of a language, script or region in CLDR. */
#define NAME_MAX_UNITS 256

enum copl_status copl_locale_status(UErrorCode e)
{
	if (U_SUCCESS(e))
		return COPL_OK;
	if (e == U_MEMORY_ALLOCATION_ERROR)
		return COPL_E_NOMEM;
	return COPL_E_NOTFOUND;
}

/* The whole tag as an ICU locale; COPL_E_NOTFOUND: it is not well-formed. */
static enum copl_status parse_tag(const char *tag, char out[LOCALE_ID_SIZE])
{
	UErrorCode e = U_ZERO_ERROR;
	int32_t parsed = 0, len;

	len =
	    uloc_forLanguageTag(tag, out, ULOC_FULLNAME_CAPACITY, &parsed, &e);
	if (U_SUCCESS(e) && (e == U_STRING_NOT_TERMINATED_WARNING || len <= 0 ||
				(size_t)parsed != strlen(tag)))
		return COPL_E_NOTFOUND;
	return copl_locale_status(e);
}

enum copl_status copl_locale_id(const char *tag, char out[LOCALE_ID_SIZE])
{
	UErrorCode e = U_ZERO_ERROR;
	enum copl_status st = parse_tag(tag, out);

	if (st != COPL_OK)
		return st;
	/* CLDR's plain English is American; the United Nations is not. */
	if (strcmp(out, "en") == 0)
		memcpy(out, "en_GB", sizeof("en_GB"));
	uloc_setKeywordValue("calendar", "gregorian", out, LOCALE_ID_SIZE, &e);
	uloc_setKeywordValue("numbers", "latn", out, LOCALE_ID_SIZE, &e);
	return copl_locale_status(e);
}

enum copl_status copl_locale_put(
    struct copl_strbuf *out, const UChar *s, int32_t len)
{
	char utf8[NAME_MAX_UNITS * 3];
	UErrorCode e = U_ZERO_ERROR;
	int32_t n = 0;

	u_strToUTF8(utf8, (int32_t)sizeof(utf8), &n, s, len, &e);
	if (U_FAILURE(e))
		return copl_locale_status(e);
	copl_strbuf_add(out, utf8, (size_t)n);
	return out->st;
}

typedef int32_t name_fn(
    const char *, const char *, UChar *, int32_t, UErrorCode *);

/* Has this part of the locale an English name? */
static enum copl_status part_known(const char *id, name_fn *name)
{
	UChar buf[NAME_MAX_UNITS];
	UErrorCode e = U_ZERO_ERROR;

	name(id, "en", buf, NAME_MAX_UNITS, &e);
	return e == U_USING_DEFAULT_WARNING ? COPL_E_NOTFOUND
					    : copl_locale_status(e);
}

/*
 * The lists of languages, scripts and countries stand in ICU's own code; its
 * tables of names call a language unknown where memory runs out.
 */
static bool script_known(const char *script)
{
	return u_getPropertyValueEnum(UCHAR_SCRIPT, script) !=
	       UCHAR_INVALID_CODE;
}

static bool country_known(const char *country)
{
	const char *const *list = uloc_getISOCountries();

	while (*list != NULL && strcmp(*list, country) != 0)
		list++;
	return *list != NULL;
}

/* Other regions, "419", and variants are asked for by name. */
static enum copl_status parts_known(const char *id)
{
	char part[ULOC_FULLNAME_CAPACITY];
	UErrorCode e = U_ZERO_ERROR;
	enum copl_status st = COPL_OK;

	if (uloc_getScript(id, part, sizeof(part), &e) > 0 &&
	    !script_known(part))
		return COPL_E_NOTFOUND;
	if (uloc_getCountry(id, part, sizeof(part), &e) > 0 &&
	    !country_known(part))
		st = part_known(id, uloc_getDisplayCountry);
	if (uloc_getVariant(id, part, sizeof(part), &e) > 0 && st == COPL_OK)
		st = part_known(id, uloc_getDisplayVariant);
	return st == COPL_OK ? copl_locale_status(e) : st;
}

static bool names_language(const char *id)
{
	return *uloc_getISO3Language(id) != '\0' && strcmp(id, "und") != 0 &&
	       strcmp(id, "mis") != 0;
}

enum copl_status copl_locale_known(const char *tag)
{
	char id[LOCALE_ID_SIZE];
	enum copl_status st = parse_tag(tag, id);

	/* Keywords would overrule the digits and the calendar of the house. */
	if (st == COPL_OK && (strchr(id, '@') != NULL || !names_language(id)))
		st = COPL_E_NOTFOUND;
	return st == COPL_OK ? parts_known(id) : st;
}

const char *copl_locale_dir(const char *tag)
{
	/* Takes hyphens as well and needs no memory. */
	return uloc_isRightToLeft(tag) ? "rtl" : "ltr";
}

/* The name in the language itself, as CLDR writes it in running text. */
static int32_t own_name(const char *id, UChar *out, UErrorCode *e)
{
	char least[ULOC_FULLNAME_CAPACITY];
	UErrorCode ignored = U_ZERO_ERROR;

	/* zh-Hans is plain Chinese, zh-Hant is not: only what tells more. */
	uloc_minimizeSubtags(id, least, sizeof(least), &ignored);
	if (U_SUCCESS(ignored) && strpbrk(least, "_@") == NULL)
		return uloc_getDisplayLanguage(id, id, out, NAME_MAX_UNITS, e);
	return uloc_getDisplayName(id, id, out, NAME_MAX_UNITS, e);
}

enum copl_status copl_locale_autonym(const char *tag, struct copl_strbuf *out)
{
	UChar name[NAME_MAX_UNITS];
	char id[LOCALE_ID_SIZE];
	UErrorCode e = U_ZERO_ERROR;
	enum copl_status st = parse_tag(tag, id);
	int32_t len;

	if (st != COPL_OK)
		return st;
	len = own_name(id, name, &e);
	if (U_FAILURE(e))
		return copl_locale_status(e);
	if (len <= 0 || len >= NAME_MAX_UNITS)
		return COPL_E_NOTFOUND;
	/* No script beyond the basic plane begins names with small letters. */
	if (!U16_IS_SURROGATE(name[0]))
		name[0] = (UChar)u_totitle(name[0]);
	return copl_locale_put(out, name, len);
}
