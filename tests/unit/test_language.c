/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "base/language.h"

static const char *const six[] = {"ar", "zh-Hans", "en", "fr", "ru", "es"};

static const char *ask_of(const char *field, const char *const *tags, size_t m)
{
	struct copl_language_range ranges[COPL_LANGUAGE_RANGES_MAX];
	size_t n = copl_language_ranges(field, ranges);
	size_t got = copl_language_lookup(ranges, n, tags, m);

	return got < m ? tags[got] : "-";
}

static void check(const char *field, const char *want)
{
	const char *got = ask_of(field, six, COPL_COUNT(six));

	if (strcmp(got, want) != 0)
		print_error("%s gives %s\n", field, got);
	assert_string_equal(got, want);
}

static void a_range_is_shortened_until_a_tag_is_equal(void **state)
{
	static const char *const tags[] = {"zh-Hant", "zh", "de-CH-1996"};

	(void)state;
	check("fr", "fr");
	check("FR-ca", "fr");
	check("ar-EG-x-home", "ar");
	check("es-419", "es");
	check("zh-Hans-SG", "zh-Hans");
	check("de, pt-BR", "-");
	assert_string_equal(
	    ask_of("zh-Hant-CN-x-private1-private2", tags, 3), "zh-Hant");
	/* A single letter goes with what stood behind it. */
	assert_string_equal(ask_of("zh-a-bb", tags, 3), "zh");
	assert_string_equal(ask_of("de-CH", tags, 3), "de-CH-1996");
	assert_string_equal(ask_of("d", tags, 3), "-");
}

static void weights_come_before_places(void **state)
{
	(void)state;
	check("en;q=0.4, ru;q=0.9, fr;q=0.5", "ru");
	check("de, ru;q=0.2, es;q=0.200", "ru");
	check("ru;q=0.999,es;q=1", "es");
	check("ru ; q=0.7 , es;q=0.8", "es");
}

static void a_star_is_no_language(void **state)
{
	(void)state;
	check("*", "-");
	check("de, *;q=0.5", "-");
	check("*, ar;q=0.1", "ar");
}

static void what_has_no_weight_is_shut_out(void **state)
{
	static const char *const tags[] = {"fr-CA", "fr"};

	(void)state;
	check("fr;q=0", "-");
	check("fr-CA, fr;q=0.0, ru;q=0.3", "ru");
	check("zh-CN, zh;q=0, es;q=0.1", "es");
	assert_string_equal(ask_of("fr;q=0, fr-CA", tags, 2), "fr-CA");
	assert_string_equal(ask_of("fr, fr-CA;q=0", tags, 2), "fr");
	assert_string_equal(ask_of("fr-CA;q=0, fr-CA-x-a", tags, 2), "fr");
}

static void chinese_is_found_however_it_is_asked_for(void **state)
{
	static const char *const both[] = {"zh-Hans", "zh-Hant", "en"};

	(void)state;
	check("zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans");
	check("zh", "zh-Hans");
	check("zh-cn", "zh-Hans");
	/* Another script is another text; "zh" by itself will do. */
	check("zh-TW, en;q=0.5", "en");
	check("zh-Hant-HK, en;q=0.5", "en");
	check("zh-TW, zh;q=0.9, en;q=0.8", "zh-Hans");
	assert_string_equal(ask_of("zh-TW", both, 3), "zh-Hant");
	assert_string_equal(ask_of("zh-SG", both, 3), "zh-Hans");
}

static void what_is_not_a_range_is_left_out(void **state)
{
	struct copl_language_range r[COPL_LANGUAGE_RANGES_MAX];
	char many[4000] = "", one[20];
	size_t i;

	(void)state;
	check("", "-");
	check(",,;q=1, ,fr", "fr");
	check("fr;q=2, es;q=0.3", "es");
	check("fr;q=0.1234, es;q=0.3", "es");
	check("fr;q=, ru;q=0.1", "ru");
	check("fr;level=1, ru;q=0.1", "ru");
	check("fr es, ru;q=0.1", "ru");
	check("العربية, ar;q=0.1", "ar");
	check("../../etc, \\x00, es", "es");
	check("a-very-long-tag-that-nobody-has-registered-anywhere, es", "es");
	for (i = 0; i < 100; i++) {
		snprintf(one, sizeof(one), "x%c-%02u,", 'a' + (int)(i % 26),
		    (unsigned)i);
		memcpy(many + strlen(many), one, strlen(one) + 1);
	}
	assert_int_equal(
	    copl_language_ranges(many, r), COPL_LANGUAGE_RANGES_MAX);
	assert_int_equal(copl_language_lookup(r, 0, six, COPL_COUNT(six)), 6);
	assert_int_equal(copl_language_lookup(r, 3, six, 0), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_range_is_shortened_until_a_tag_is_equal),
	    cmocka_unit_test(weights_come_before_places),
	    cmocka_unit_test(a_star_is_no_language),
	    cmocka_unit_test(what_has_no_weight_is_shut_out),
	    cmocka_unit_test(chinese_is_found_however_it_is_asked_for),
	    cmocka_unit_test(what_is_not_a_range_is_left_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
