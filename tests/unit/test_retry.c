/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include "net/retry.h"

static const struct copl_retry_policy policy = {.first_ms = 200,
    .most_ms = 2000,
    .attempts = 4,
    .deadline_ms = 20000};

static void statuses_are_judged_as_the_protocol_says(void **state)
{
	static const struct {
		long status;
		enum copl_attempt want;
	} rows[] = {{200, COPL_TRY_DONE}, {201, COPL_TRY_DONE},
	    {202, COPL_TRY_DONE}, {204, COPL_TRY_DONE}, {206, COPL_TRY_REFUSED},
	    {100, COPL_TRY_REFUSED}, {0, COPL_TRY_REFUSED},
	    {301, COPL_TRY_MOVED}, {302, COPL_TRY_MOVED}, {304, COPL_TRY_MOVED},
	    {308, COPL_TRY_MOVED}, {400, COPL_TRY_REFUSED},
	    {401, COPL_TRY_AUTH}, {407, COPL_TRY_AUTH}, {403, COPL_TRY_REFUSED},
	    {404, COPL_TRY_REFUSED}, {405, COPL_TRY_REFUSED},
	    {408, COPL_TRY_BUSY}, {409, COPL_TRY_CONFLICT},
	    {410, COPL_TRY_GONE}, {411, COPL_TRY_REFUSED},
	    {412, COPL_TRY_CONFLICT}, {413, COPL_TRY_REFUSED},
	    {415, COPL_TRY_REFUSED}, {417, COPL_TRY_REFUSED},
	    {422, COPL_TRY_REFUSED}, {423, COPL_TRY_BUSY}, {425, COPL_TRY_BUSY},
	    {429, COPL_TRY_BUSY}, {451, COPL_TRY_REFUSED}, {500, COPL_TRY_BUSY},
	    {501, COPL_TRY_REFUSED}, {502, COPL_TRY_BUSY}, {503, COPL_TRY_BUSY},
	    {504, COPL_TRY_BUSY}, {505, COPL_TRY_REFUSED}, {511, COPL_TRY_BUSY},
	    {599, COPL_TRY_BUSY}, {507, COPL_TRY_BUSY},
	    {600, COPL_TRY_REFUSED}};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(
		    copl_retry_judge(rows[i].status), rows[i].want);
}

static void what_is_done_or_refused_is_not_asked_again(void **state)
{
	static const enum copl_attempt ends[] = {COPL_TRY_DONE,
	    COPL_TRY_REFUSED, COPL_TRY_AUTH, COPL_TRY_CONFLICT, COPL_TRY_GONE,
	    COPL_TRY_MOVED, COPL_TRY_UNSAFE};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		assert_false(
		    copl_retry_next(&policy, ends[i], 1, 0, 0, 0).again);
}

static void waits_are_spread_from_nothing_to_a_ceiling(void **state)
{
	static const uint64_t ceilings[] = {200, 400, 800};
	uint32_t n;

	(void)state;
	for (n = 1; n <= 3; n++) {
		uint64_t ceiling = ceilings[n - 1];
		struct copl_retry_step s;

		s = copl_retry_next(&policy, COPL_TRY_BUSY, n, 1000, 0, 0);
		assert_true(s.again);
		assert_int_equal(s.at_ms, 1000);
		s = copl_retry_next(&policy, COPL_TRY_UNREACHABLE, n, 1000, 0,
		    (uint32_t)ceiling);
		assert_int_equal(s.at_ms, 1000 + ceiling);
		s = copl_retry_next(
		    &policy, COPL_TRY_BUSY, n, 1000, 0, (uint32_t)ceiling + 1);
		assert_int_equal(s.at_ms, 1000);
	}
}

static void the_ceiling_never_overflows(void **state)
{
	struct copl_retry_policy p = {.first_ms = UINT32_MAX,
	    .most_ms = UINT32_MAX,
	    .attempts = UINT32_MAX,
	    .deadline_ms = UINT64_MAX};
	struct copl_retry_step s;

	(void)state;
	s = copl_retry_next(
	    &p, COPL_TRY_BUSY, UINT32_MAX - 1, 0, 0, UINT32_MAX);
	assert_true(s.again);
	assert_int_equal(s.at_ms, UINT32_MAX);
	p.first_ms = 0;
	s = copl_retry_next(
	    &p, COPL_TRY_BUSY, UINT32_MAX - 1, 5, 0, UINT32_MAX);
	assert_int_equal(s.at_ms, 5);
}

static void attempts_and_patience_end(void **state)
{
	(void)state;
	assert_true(copl_retry_next(&policy, COPL_TRY_BUSY, 3, 0, 0, 0).again);
	assert_false(copl_retry_next(&policy, COPL_TRY_BUSY, 4, 0, 0, 0).again);
	assert_true(
	    copl_retry_next(&policy, COPL_TRY_BUSY, 1, 20000, 0, 0).again);
	assert_false(
	    copl_retry_next(&policy, COPL_TRY_BUSY, 1, 20001, 0, 0).again);
}

static void the_server_may_ask_for_more_time_but_not_for_too_much(void **state)
{
	struct copl_retry_step s;

	(void)state;
	s = copl_retry_next(&policy, COPL_TRY_BUSY, 1, 100, 3000, 0);
	assert_true(s.again);
	assert_int_equal(s.at_ms, 3100);
	/* Up to a fifth later, never earlier. */
	s = copl_retry_next(&policy, COPL_TRY_BUSY, 1, 100, 3000, 600);
	assert_int_equal(s.at_ms, 3700);
	s = copl_retry_next(&policy, COPL_TRY_BUSY, 1, 100, 86400000, 7);
	assert_false(s.again);
}

static void retry_after_is_read_strictly(void **state)
{
	(void)state;
	assert_int_equal(copl_retry_after_ms("2", 0, 0), 2000);
	assert_int_equal(copl_retry_after_ms("0", 0, 0), 0);
	assert_int_equal(copl_retry_after_ms("", 0, 0), 0);
	assert_int_equal(copl_retry_after_ms("-5", 0, 0), 0);
	assert_int_equal(copl_retry_after_ms("1.5", 0, 0), 0);
	assert_int_equal(copl_retry_after_ms("soon", 0, 0), 0);
	assert_int_equal(
	    copl_retry_after_ms("Fri, 15 Jan 2027 08:00:00 GMT", 0, 0), 0);
	assert_int_equal(copl_retry_after_ms("86400", 0, 0), 86400000);
	assert_int_equal(
	    copl_retry_after_ms("99999999999999999999999", 0, 0), 86400000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(statuses_are_judged_as_the_protocol_says),
	    cmocka_unit_test(what_is_done_or_refused_is_not_asked_again),
	    cmocka_unit_test(waits_are_spread_from_nothing_to_a_ceiling),
	    cmocka_unit_test(the_ceiling_never_overflows),
	    cmocka_unit_test(attempts_and_patience_end),
	    cmocka_unit_test(
		the_server_may_ask_for_more_time_but_not_for_too_much),
	    cmocka_unit_test(retry_after_is_read_strictly),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
