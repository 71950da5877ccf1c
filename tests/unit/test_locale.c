/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <string.h>
#include <cmocka.h>
#include "locale/locale.h"

/* Releases of CLDR differ in which fixed blank they use; people do not see. */
static void fold_blanks(struct copl_strbuf *b)
{
	static const char *const blanks[] = {"\xc2\xa0", "\xe2\x80\xaf"};
	size_t i;
	char *at;

	for (i = 0; i < COPL_COUNT(blanks); i++)
		while (b->s != NULL && (at = strstr(b->s, blanks[i])) != NULL) {
			size_t n = strlen(blanks[i]);

			*at = ' ';
			memmove(at + 1, at + n, strlen(at + n) + 1);
		}
}

/* Compares what one call wrote with the text, and empties the buffer. */
static void wrote(
    enum copl_status st, struct copl_strbuf *b, const char *expected)
{
	assert_int_equal(st, COPL_OK);
	fold_blanks(b);
	assert_string_equal(copl_strbuf_text(b), expected);
	copl_strbuf_clear(b);
}

static void knows_real_languages_and_no_others(void **state)
{
	static const char *const yes[] = {"ar", "zh-Hans", "zh-Hant", "en",
	    "en-GB", "fr", "ru", "es", "pt-BR", "sr-Latn", "fil", "es-419"};
	static const char *const no[] = {"", "xx", "xx-bogus", "und", "fr-",
	    "fr_FR x", "français", "fr-Abcd", "fr-QQ", "english",
	    "ar-u-nu-arab", "x-klingon", "-fr", "ar--EG", "fr-bogus"};
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(yes); i++)
		if (!copl_locale_known(yes[i]))
			fail_msg("%s is a language", yes[i]);
	for (i = 0; i < COPL_COUNT(no); i++)
		if (copl_locale_known(no[i]))
			fail_msg("%s is not a language", no[i]);
}

static void direction_follows_the_script(void **state)
{
	(void)state;
	assert_string_equal(copl_locale_dir("ar"), "rtl");
	assert_string_equal(copl_locale_dir("he"), "rtl");
	assert_string_equal(copl_locale_dir("ur"), "rtl");
	assert_string_equal(copl_locale_dir("az-Arab"), "rtl");
	assert_string_equal(copl_locale_dir("az"), "ltr");
	assert_string_equal(copl_locale_dir("zh-Hans"), "ltr");
	assert_string_equal(copl_locale_dir("not a tag"), "ltr");
}

static void languages_name_themselves(void **state)
{
	static const char *const names[][2] = {{"ar", "العربية"},
	    {"zh-Hans", "中文"}, {"zh-Hant", "中文（繁體）"}, {"en", "English"},
	    {"fr", "Français"}, {"ru", "Русский"}, {"es", "Español"},
	    {"pt", "Português"}, {"hr", "Hrvatski"}};
	struct copl_strbuf b = COPL_STRBUF_INIT(100);
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(names); i++)
		wrote(copl_locale_autonym(names[i][0], &b), &b, names[i][1]);
	assert_int_equal(copl_locale_autonym("f r", &b), COPL_E_NOTFOUND);
}

static void a_full_buffer_is_a_limit(void **state)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(3);
	struct copl_instant at = {0, 0};

	(void)state;
	assert_int_equal(copl_locale_autonym("ru", &b), COPL_E_LIMIT);
	copl_strbuf_clear(&b);
	assert_int_equal(
	    copl_locale_date("ru", at, NULL, COPL_DAY, &b), COPL_E_LIMIT);
	copl_strbuf_clear(&b);
	assert_int_equal(copl_locale_number("ru", 12345, &b), COPL_E_LIMIT);
	copl_strbuf_clear(&b);
}

static void dates_are_full_gregorian_and_western(void **state)
{
	static const char *const dates[][4] = {
	    {"ar", "31 مارس 2027", "مارس 2027", "2027"},
	    {"zh-Hans", "2027年3月31日", "2027年3月", "2027年"},
	    {"en", "31 March 2027", "March 2027", "2027"},
	    {"en-US", "March 31, 2027", "March 2027", "2027"},
	    {"fr", "31 mars 2027", "mars 2027", "2027"},
	    {"ru", "31 марта 2027 г.", "март 2027 г.", "2027"},
	    {"es", "31 de marzo de 2027", "marzo de 2027", "2027"}};
	struct copl_strbuf b = COPL_STRBUF_INIT(200);
	struct copl_instant at;
	size_t i;

	(void)state;
	assert_true(copl_instant_parse("2027-03-31T12:00:00Z", &at));
	for (i = 0; i < COPL_COUNT(dates); i++) {
		const char *tag = dates[i][0];

		wrote(copl_locale_date(tag, at, "UTC", COPL_DAY, &b), &b,
		    dates[i][1]);
		wrote(copl_locale_date(tag, at, "UTC", COPL_MONTH, &b), &b,
		    dates[i][2]);
		wrote(copl_locale_date(tag, at, "UTC", COPL_YEAR, &b), &b,
		    dates[i][3]);
	}
	/* Not the year 2570, which is what the language would say itself. */
	assert_int_equal(
	    copl_locale_date("th", at, "UTC", COPL_DAY, &b), COPL_OK);
	assert_non_null(strstr(b.s, "2027"));
	copl_strbuf_clear(&b);
	assert_int_equal(
	    copl_locale_date("fa", at, "UTC", COPL_DAY, &b), COPL_OK);
	assert_non_null(strstr(b.s, "2027"));
	copl_strbuf_clear(&b);
}

static void the_day_is_that_of_the_zone(void **state)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(200);
	struct copl_instant at;

	(void)state;
	assert_true(copl_instant_parse("2027-03-31T22:30:00Z", &at));
	wrote(copl_locale_date("fr", at, "America/Lima", COPL_DAY, &b), &b,
	    "31 mars 2027");
	wrote(copl_locale_date("fr", at, "Asia/Bangkok", COPL_DAY, &b), &b,
	    "1 avril 2027");
	assert_true(copl_instant_parse("2027-04-01T00:30:00+05:30", &at));
	wrote(
	    copl_locale_date("fr", at, NULL, COPL_DAY, &b), &b, "1 avril 2027");
	wrote(copl_locale_date("fr", at, "UTC", COPL_DAY, &b), &b,
	    "31 mars 2027");
	assert_true(copl_instant_parse("2027-03-31T20:30:00-09:00", &at));
	wrote(
	    copl_locale_date("fr", at, NULL, COPL_DAY, &b), &b, "31 mars 2027");
}

static void unknown_zones_and_tags_are_not_found(void **state)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(200);
	struct copl_instant at = {0, 0};
	struct copl_calendar c;
	struct copl_arena *a = copl_arena_new();

	(void)state;
	assert_non_null(a);
	assert_true(copl_locale_zone_known("Africa/Addis_Ababa"));
	assert_true(copl_locale_zone_known("UTC"));
	assert_false(copl_locale_zone_known("Europe/Atlantis"));
	assert_false(copl_locale_zone_known("GMT+25"));
	assert_false(copl_locale_zone_known("+02:00"));
	assert_false(copl_locale_zone_known("Afrique/Le Caïre"));
	assert_false(copl_locale_zone_known(""));
	assert_int_equal(
	    copl_locale_date("fr", at, "Mars/Olympus", COPL_DAY, &b),
	    COPL_E_NOTFOUND);
	assert_int_equal(
	    copl_locale_date("?", at, NULL, COPL_DAY, &b), COPL_E_NOTFOUND);
	assert_int_equal(copl_locale_number("?", 1, &b), COPL_E_NOTFOUND);
	assert_int_equal(copl_locale_calendar("?", a, &c), COPL_E_NOTFOUND);
	assert_int_equal(copl_locale_month("fr", 0, &b), COPL_E_NOTFOUND);
	assert_int_equal(copl_locale_month("fr", 13, &b), COPL_E_NOTFOUND);
	assert_int_equal(b.len, 0);
	copl_arena_free(a);
}

static void months_stand_alone(void **state)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(200);
	struct copl_arena *a = copl_arena_new();
	struct copl_calendar c;

	(void)state;
	assert_non_null(a);
	wrote(copl_locale_month("ru", 3, &b), &b, "март");
	wrote(copl_locale_month("zh-Hans", 12, &b), &b, "十二月");
	wrote(copl_locale_month("ar", 1, &b), &b, "يناير");
	wrote(copl_locale_month("en", 3, &b), &b, "March");
	assert_int_equal(copl_locale_calendar("es", a, &c), COPL_OK);
	assert_string_equal(c.months[0], "enero");
	assert_string_equal(c.months[11], "diciembre");
	copl_arena_free(a);
}

static void parts_of_a_date_stand_in_the_languages_order(void **state)
{
	static const char *const orders[][2] = {{"ar", "dmy"},
	    {"zh-Hans", "ymd"}, {"en", "dmy"}, {"en-US", "mdy"}, {"fr", "dmy"},
	    {"ru", "dmy"}, {"es", "dmy"}, {"hu", "ymd"}};
	struct copl_arena *a = copl_arena_new();
	struct copl_calendar c;
	size_t i;

	(void)state;
	assert_non_null(a);
	for (i = 0; i < COPL_COUNT(orders); i++) {
		assert_int_equal(
		    copl_locale_calendar(orders[i][0], a, &c), COPL_OK);
		assert_string_equal(c.order, orders[i][1]);
	}
	copl_arena_free(a);
}

static void numbers_are_grouped_as_the_language_does(void **state)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(200);

	(void)state;
	wrote(copl_locale_number("fr", 1234567, &b), &b, "1 234 567");
	wrote(copl_locale_number("ar", 12345, &b), &b, "12,345");
	wrote(copl_locale_number("es", 1000, &b), &b, "1000");
	wrote(copl_locale_number("en", 0, &b), &b, "0");
	wrote(copl_locale_number("en", INT64_MIN, &b), &b,
	    "-9,223,372,036,854,775,808");
}

static void plural_forms_need_no_library(void **state)
{
	unsigned n = 9;

	(void)state;
	assert_string_equal(
	    copl_locale_plural_forms("fr", &n), "nplurals=2; plural=(n > 1);");
	assert_int_equal(n, 2);
	assert_string_equal(
	    copl_locale_plural_forms("zh_CN", &n), "nplurals=1; plural=0;");
	assert_int_equal(n, 1);
	assert_non_null(copl_locale_plural_forms("zh-Hans", &n));
	assert_non_null(copl_locale_plural_forms("sr@latin", &n));
	assert_int_equal(n, 3);
	assert_non_null(copl_locale_plural_forms("ar", &n));
	assert_int_equal(n, 6);
	assert_string_equal(
	    copl_locale_plural_forms("pt", &n), "nplurals=2; plural=(n != 1);");
	assert_string_equal(copl_locale_plural_forms("pt-BR", &n),
	    "nplurals=2; plural=(n > 1);");
	assert_null(copl_locale_plural_forms("tlh", &n));
	assert_int_equal(n, 0);
	assert_null(copl_locale_plural_forms("", &n));
	assert_null(copl_locale_plural_forms("f", &n));
	assert_null(copl_locale_plural_forms("french", &n));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(knows_real_languages_and_no_others),
	    cmocka_unit_test(direction_follows_the_script),
	    cmocka_unit_test(languages_name_themselves),
	    cmocka_unit_test(a_full_buffer_is_a_limit),
	    cmocka_unit_test(dates_are_full_gregorian_and_western),
	    cmocka_unit_test(the_day_is_that_of_the_zone),
	    cmocka_unit_test(unknown_zones_and_tags_are_not_found),
	    cmocka_unit_test(months_stand_alone),
	    cmocka_unit_test(parts_of_a_date_stand_in_the_languages_order),
	    cmocka_unit_test(numbers_are_grouped_as_the_language_does),
	    cmocka_unit_test(plural_forms_need_no_library),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
