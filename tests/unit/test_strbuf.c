/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
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

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(grows_and_terminates),
	    cmocka_unit_test(stops_at_the_ceiling_and_stays_stopped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
