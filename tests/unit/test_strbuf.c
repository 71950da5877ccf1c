/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>
#include "base/base.h"

static void grows_and_terminates(void **state)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(1000);
	int i;

	(void)state;
	for (i = 0; i < 100; i++)
		copl_strbuf_puts(&b, "ab");
	assert_int_equal(b.st, COPL_OK);
	assert_int_equal(b.len, 200);
	assert_int_equal(b.s[200], '\0');
	copl_strbuf_clear(&b);
}

static void stops_at_the_ceiling_and_stays_stopped(void **state)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(4);

	(void)state;
	copl_strbuf_puts(&b, "abc");
	copl_strbuf_puts(&b, "de");
	assert_int_equal(b.st, COPL_E_LIMIT);
	copl_strbuf_puts(&b, "");
	assert_int_equal(b.st, COPL_E_LIMIT);
	assert_string_equal(b.s, "abc");
	copl_strbuf_clear(&b);
}

static void printing_grows_and_keeps_to_the_ceiling(void **state)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(100);
	int i;

	(void)state;
	for (i = 0; i < 10; i++)
		copl_strbuf_printf(&b, "%s-%04d ", "да", i);
	assert_int_equal(b.len, 100);
	assert_int_equal(b.st, COPL_OK);
	assert_string_equal(b.s + 90, "да-0009 ");
	copl_strbuf_printf(&b, "%s", "");
	assert_int_equal(b.st, COPL_OK);
	copl_strbuf_printf(&b, "%s", "x");
	assert_int_equal(b.st, COPL_E_LIMIT);
	assert_int_equal(strlen(b.s), 100);
	copl_strbuf_clear(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(grows_and_terminates),
	    cmocka_unit_test(printing_grows_and_keeps_to_the_ceiling),
	    cmocka_unit_test(stops_at_the_ceiling_and_stays_stopped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
