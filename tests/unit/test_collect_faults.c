/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files that are gone, memory that is short, a server that is leaving. */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <errno.h>
#include <cmocka.h>
#include "help_collect.h"

/* ---- files of the set that is in place ---- */

/* Only the server's copy is meant. */
static void move_file(const char *from, const char *to)
{
	need(run("d=$(dirname \"$(find -L '%s' -name '%s' | head -n 1)\") && "
		 "test \"$d\" != . && mv \"$d/%s\" \"$d/%s\"",
		 desk.office.options.dir, from, from, to) == 0,
	    from);
}

/* ---- thanks that cannot be said ---- */

static void what_cannot_be_thanked_for_is_not_stored(void **state)
{
	(void)state;
	run_it();
	move_file("mini.ar.sent.html", "away");
	post(WHO "&seen=yes&idea=" AR "&_id=" ID);
	check_answer(503, "ar", "كيف");
	assert_int_equal(count_stored(answers), 0);
	assert_int_equal(post(WHO "&seen=yes"), 503);
	assert_int_equal(count_stored(answers), 0);
	move_file("away", "mini.ar.sent.html");
	post(WHO "&seen=yes&idea=" AR "&_id=" ID);
	check_answer(200, "ar", "شكر");
	check_stored(ID, "كيف", NULL);
	assert_int_equal(count_stored(answers), 1);
	/* From now on it is in memory. */
	move_file("mini.ar.sent.html", "away");
	assert_int_equal(post(WHO "&seen=yes"), 303);
	assert_int_equal(count_stored(answers), 2);
}

/* ---- tests ---- */

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(what_cannot_be_thanked_for_is_not_stored),
	};

	return cmocka_run_group_tests(tests, set_up_all, scratch_remove);
}
