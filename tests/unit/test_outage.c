/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Policy over minutes and days, walked in microseconds. */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <time.h>
#include "base/base.h"
#include "net/breaker.h"
#include "net/retry.h"

#define MINUTE UINT64_C(60000)
#define DAY INT64_C(86400)

/* The same dice in every run (xorshift). */
static uint32_t seed = 2463534242u;

static uint32_t dice(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 17;
	seed ^= seed << 5;
	return seed;
}

/* ---- within a run ---- */

static void no_walk_is_longer_than_its_limits(void **state)
{
	int round;

	(void)state;
	for (round = 0; round < 20000; round++) {
		struct copl_retry_policy p = {.first_ms = dice() % 3000,
		    .most_ms = dice() % 60000,
		    .attempts = 1 + dice() % 8,
		    .deadline_ms = dice() % 600000};
		uint64_t now = dice() % 1000, after;
		uint32_t n;

		for (n = 1;; n++) {
			struct copl_retry_step s;

			after = dice() % 4 == 0 ? dice() % 90000 : 0;
			s = copl_retry_next(
			    &p, COPL_TRY_BUSY, n, now, after, dice());
			if (!s.again)
				break;
			assert_true(n < p.attempts);
			assert_true(s.at_ms >= now + after);
			assert_true(s.at_ms <= p.deadline_ms);
			assert_true(s.at_ms - now <= p.most_ms ||
				    s.at_ms - now <= after + after / 5);
			now = s.at_ms + dice() % 500;
		}
		assert_true(n <= p.attempts);
	}
}

/* Full jitter: a thousand that fell over together do not rise together. */
static void a_crowd_is_spread_over_the_whole_wait(void **state)
{
	const struct copl_retry_policy p = {.first_ms = 8000,
	    .most_ms = 8000,
	    .attempts = 2,
	    .deadline_ms = UINT64_MAX};
	unsigned slots[8] = {0};
	int i;

	(void)state;
	for (i = 0; i < 8000; i++) {
		struct copl_retry_step s =
		    copl_retry_next(&p, COPL_TRY_UNREACHABLE, 1, 0, 0, dice());

		slots[s.at_ms * 8 / 8001]++;
	}
	for (i = 0; i < 8; i++) {
		assert_true(slots[i] > 800);
		assert_true(slots[i] < 1200);
	}
}

/* Those who were told the same time come later, up to a fifth. */
static void what_the_server_asks_for_is_waited_for(void **state)
{
	const struct copl_retry_policy p = {.first_ms = 100,
	    .most_ms = 1000,
	    .attempts = 5,
	    .deadline_ms = 3600000};
	uint64_t least = UINT64_MAX, most = 0;
	int i;

	(void)state;
	for (i = 0; i < 2000; i++) {
		struct copl_retry_step s =
		    copl_retry_next(&p, COPL_TRY_BUSY, 1, 0, 2000, dice());

		assert_true(s.again);
		least = s.at_ms < least ? s.at_ms : least;
		most = s.at_ms > most ? s.at_ms : most;
	}
	assert_in_range(least, 2000, 2010);
	assert_in_range(most, 2390, 2400);
	/* A day is for a later run. */
	assert_false(
	    copl_retry_next(&p, COPL_TRY_BUSY, 1, 0, UINT64_C(86400000), dice())
		.again);
}

/* ---- dates ---- */

static void the_three_forms_of_a_date_are_read(void **state)
{
	static const struct {
		const char *text;
		int64_t want;
	} rows[] = {
	    {"Sun, 06 Nov 1994 08:49:37 GMT", 784111777},
	    {"Sunday, 06-Nov-94 08:49:37 GMT", 784111777},
	    {"Sun Nov  6 08:49:37 1994", 784111777},
	    {"Thu, 01 Jan 1970 00:00:00 GMT", 0},
	    {"Tue, 29 Feb 2028 23:59:60 GMT", 1835481600},
	    {"Wednesday, 01-Mar-69 00:00:00 GMT", 3129321600},
	    {"Tue Dec 31 23:59:59 2999", 32503679999},
	};
	int64_t got;
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(rows); i++) {
		got = -1;
		assert_true(copl_http_date(rows[i].text, &got));
		assert_int_equal(got, rows[i].want);
	}
}

static void what_is_no_date_is_none(void **state)
{
	static const char *const rows[] = {"", " ", "GMT", "soon", "-1", "20",
	    "tomorrow", "Sun", "Sun, GMT", "20270115", "08:49:37",
	    "Sun, 06 Nov 1994 GMT", "Sun, 06 Nov 1994 08:49:37",
	    "Sun, 06 Nov 1994 08:49:37 GMT ", "Sun, 00 Nov 1994 08:49:37 GMT",
	    "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Nov 1994 08:60:00 GMT",
	    "Sun, 06 Nov 1994 08:49:61 GMT", "Sun, 06 Nov 1969 08:49:37 GMT",
	    "Sun, 06 Nov 1994 08:49:37 UTC", "Sun Nov 6 08:49:37 1994",
	    "Sun Nov  6 08:49:37 94", "1994-11-06T08:49:37Z",
	    "الأحد, 06 Nov 1994 08:49:37 GMT"};
	int64_t got;
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(rows); i++)
		if (copl_http_date(rows[i], &got))
			fail_msg("read as a date: \"%s\"", rows[i]);
}

/* Who forgets a zero means the day that is there all the same. */
static void a_date_that_is_nearly_one_is_read(void **state)
{
	int64_t got = 0;

	(void)state;
	assert_true(copl_http_date("Sun, 6 Nov 1994 08:49:37 GMT", &got));
	assert_int_equal(got, 784111777);
}

/* Every day of a few centuries, as the C library writes it. */
static void dates_agree_with_the_calendar(void **state)
{
	int64_t t, got;

	(void)state;
	for (t = 0; t < INT64_C(400) * 366 * DAY; t += DAY + 3607) {
		time_t sys = (time_t)t;
		struct tm parts;
		char text[64];

		assert_non_null(gmtime_r(&sys, &parts));
		strftime(
		    text, sizeof(text), "%a, %d %b %Y %H:%M:%S GMT", &parts);
		assert_true(copl_http_date(text, &got));
		assert_int_equal(got, t);
		strftime(text, sizeof(text), "%a %b %e %H:%M:%S %Y", &parts);
		assert_true(copl_http_date(text, &got));
		assert_int_equal(got, t);
	}
}

#define AT INT64_C(1800000000) /* Fri, 15 Jan 2027 08:00:00 GMT */

static void retry_after_is_read_by_the_servers_clock(void **state)
{
	static const char two_minutes[] = "Fri, 15 Jan 2027 08:02:00 GMT";

	(void)state;
	assert_int_equal(
	    copl_retry_after_ms(two_minutes, AT, AT - 40 * DAY), 120000);
	/* It sent no Date: ours is all there is. */
	assert_int_equal(copl_retry_after_ms(two_minutes, 0, AT), 120000);
	assert_int_equal(copl_retry_after_ms(two_minutes, 0, 0), 0);
	assert_int_equal(
	    copl_retry_after_ms("Friday, 15-Jan-27 08:02:00 GMT", AT, 0),
	    120000);
	assert_int_equal(
	    copl_retry_after_ms("Fri Jan 15 08:02:00 2027", AT, 0), 120000);
	/* The past, this moment, the far future. */
	assert_int_equal(copl_retry_after_ms(two_minutes, AT + 120, 0), 0);
	assert_int_equal(copl_retry_after_ms(two_minutes, AT + DAY, 0), 0);
	assert_int_equal(copl_retry_after_ms(two_minutes, AT - 30 * DAY, 0),
	    UINT64_C(86400000));
}

static void no_bytes_make_retry_after_long_or_negative(void **state)
{
	static const char letters[] = "0123456789-+. ,:GMTFriJan\"e\t%xا";
	int round;

	(void)state;
	for (round = 0; round < 200000; round++) {
		char field[40];
		size_t len = dice() % (sizeof(field) - 1), i;

		for (i = 0; i < len; i++)
			field[i] = letters[dice() % (sizeof(letters) - 1)];
		field[len] = '\0';
		assert_in_range(
		    copl_retry_after_ms(field, AT, AT), 0, UINT64_C(86400000));
	}
}

/* ---- over days ---- */

static void days_grow_and_are_spread(void **state)
{
	static const uint64_t want[] = {
	    300, 1800, 7200, 18000, 36000, 50400, 86400, 86400};
	uint32_t n;
	int i;

	(void)state;
	for (n = 1; n <= COPL_COUNT(want); n++) {
		uint64_t least = UINT64_MAX, most = 0, base = want[n - 1];

		for (i = 0; i < 5000; i++) {
			uint64_t wait = copl_retry_days(n, dice());

			least = wait < least ? wait : least;
			most = wait > most ? wait : most;
		}
		assert_in_range(
		    least, base - base / 5, base - base / 5 + base / 50);
		assert_in_range(
		    most, base + base / 5 - base / 50, base + base / 5);
	}
	assert_in_range(copl_retry_days(0, 0), 240, 360);
	assert_in_range(copl_retry_days(UINT32_MAX, UINT32_MAX), 69120, 103680);
}

/* One that is down for good: a dozen runs, then it is called dead. */
static void a_long_outage_costs_few_runs(void **state)
{
	int round;

	(void)state;
	for (round = 0; round < 2000; round++) {
		int64_t since = AT, now = AT;
		uint32_t failures = 0;

		while (!copl_retry_dead(since, now)) {
			failures++;
			now += (int64_t)copl_retry_days(failures, dice());
		}
		assert_in_range(failures, 8, 12);
		assert_true(now - since >= 5 * DAY);
		assert_true(now - since < 7 * DAY);
	}
}

static void one_success_takes_death_away(void **state)
{
	(void)state;
	assert_false(copl_retry_dead(0, AT));
	assert_false(copl_retry_dead(AT, AT));
	assert_false(copl_retry_dead(AT, AT + 5 * DAY - 1));
	assert_true(copl_retry_dead(AT, AT + 5 * DAY));
	/* A clock that was set back kills nobody. */
	assert_false(copl_retry_dead(AT + 9 * DAY, AT));
}

/* ---- the breaker ---- */

static void three_failures_in_a_row_open_it(void **state)
{
	struct copl_breaker b = {0};

	(void)state;
	copl_breaker_note(&b, false, 1000);
	copl_breaker_note(&b, false, 1100);
	copl_breaker_note(&b, true, 1200);
	copl_breaker_note(&b, false, 1300);
	copl_breaker_note(&b, false, 1400);
	assert_int_equal(copl_breaker_open_until(&b, 1400), 0);
	copl_breaker_note(&b, false, 1500);
	assert_int_equal(copl_breaker_open_until(&b, 1500), 31500);
	assert_int_equal(copl_breaker_open_until(&b, 31499), 31500);
	assert_int_equal(copl_breaker_open_until(&b, 31500), 0);
}

static void after_the_pause_one_tries(void **state)
{
	struct copl_breaker b = {0};
	int i;

	(void)state;
	for (i = 0; i < 3; i++)
		copl_breaker_note(&b, false, 0);
	assert_int_equal(copl_breaker_open_until(&b, 30000), 0);
	copl_breaker_start(&b, 30000);
	assert_true(copl_breaker_open_until(&b, 30001) > 30001);
	copl_breaker_note(&b, true, 32000);
	assert_int_equal(copl_breaker_open_until(&b, 32000), 0);
	/* It begins anew: two failures do not open it. */
	copl_breaker_note(&b, false, 33000);
	copl_breaker_note(&b, false, 33000);
	assert_int_equal(copl_breaker_open_until(&b, 33000), 0);
	copl_breaker_note(&b, false, 33000);
	assert_int_equal(copl_breaker_open_until(&b, 33000), 63000);
}

/* One that tries and is never heard of again does not close it for ever. */
static void a_lost_try_is_forgotten(void **state)
{
	struct copl_breaker b = {0};
	uint64_t until;
	int i;

	(void)state;
	for (i = 0; i < 3; i++)
		copl_breaker_note(&b, false, 0);
	copl_breaker_start(&b, 40000);
	until = copl_breaker_open_until(&b, 40001);
	assert_in_range(until, 40001, 40000 + 5 * MINUTE);
	assert_int_equal(copl_breaker_open_until(&b, until), 0);
}

static void pauses_double_up_to_half_an_hour(void **state)
{
	static const uint64_t want[] = {30, 60, 120, 240, 480, 960, 1800, 1800};
	struct copl_breaker b = {0};
	uint64_t now = 5;
	size_t i, k;

	(void)state;
	for (i = 0; i < 3; i++)
		copl_breaker_note(&b, false, now);
	for (k = 0; k < 300; k++) {
		uint64_t until = copl_breaker_open_until(&b, now);
		size_t w = k < COPL_COUNT(want) ? k : COPL_COUNT(want) - 1;

		assert_int_equal(until - now, want[w] * 1000);
		now = until;
		copl_breaker_start(&b, now);
		copl_breaker_note(&b, false, now);
	}
}

static void most_of_many_bad_ones_open_it(void **state)
{
	struct copl_breaker b = {0};
	int i;

	(void)state;
	/* Good, bad, bad, bad ...: never three failures in a row. */
	for (i = 0; i < 9; i++) {
		if (i % 4 == 0)
			copl_breaker_note(&b, true, 1000);
		else
			copl_breaker_note_busy(&b, 1000);
	}
	assert_int_equal(copl_breaker_open_until(&b, 1000), 0);
	copl_breaker_note_busy(&b, 1000); /* 7 of 10 */
	assert_int_equal(copl_breaker_open_until(&b, 1000), 31000);
}

static void what_was_bad_long_ago_does_not_count(void **state)
{
	struct copl_breaker b = {0};
	uint64_t now;

	(void)state;
	/* One in a minute is bad, for days: never ten within five minutes. */
	for (now = 0; now < 4000 * MINUTE; now += MINUTE) {
		copl_breaker_note_busy(&b, now);
		assert_int_equal(copl_breaker_open_until(&b, now), 0);
	}
	/* A jump over months leaves nothing behind. */
	now += UINT64_C(90) * 86400 * 1000;
	copl_breaker_note_busy(&b, now);
	assert_int_equal(copl_breaker_open_until(&b, now), 0);
}

/* Half of the answers busy is a slow server, not a dead one. */
static void a_server_that_answers_half_of_the_time_is_used(void **state)
{
	struct copl_breaker b = {0};
	uint64_t now = 0;
	int i;

	(void)state;
	for (i = 0; i < 100000; i++) {
		if (i % 2 == 0)
			copl_breaker_note(&b, true, now);
		else
			copl_breaker_note_busy(&b, now);
		assert_int_equal(copl_breaker_open_until(&b, now), 0);
		now += dice() % 100;
	}
}

/* A day of a dead server among tries every second: few reach it. */
static void a_dead_server_is_tried_rarely(void **state)
{
	struct copl_breaker b = {0};
	uint64_t now;
	unsigned tries = 0;

	(void)state;
	for (now = 0; now < UINT64_C(86400000); now += 1000) {
		if (copl_breaker_open_until(&b, now) != 0)
			continue;
		copl_breaker_start(&b, now);
		copl_breaker_note(&b, false, now);
		tries++;
	}
	assert_in_range(tries, 50, 60);
	copl_breaker_note(&b, true, now + 2000000);
	assert_int_equal(copl_breaker_open_until(&b, now + 2000000), 0);
}

/* Whatever comes, an open breaker opens again in time. */
static void no_history_locks_it_for_ever(void **state)
{
	struct copl_breaker b = {0};
	uint64_t now = 0, until;
	int i;

	(void)state;
	for (i = 0; i < 300000; i++) {
		now += dice() % 90000;
		switch (dice() % 4) {
		case 0:
			copl_breaker_start(&b, now);
			break;
		case 1:
			copl_breaker_note(&b, dice() % 2 == 0, now);
			break;
		case 2:
			copl_breaker_note_busy(&b, now);
			break;
		default:
			break;
		}
		until = copl_breaker_open_until(&b, now);
		assert_true(
		    until == 0 || (until > now && until <= now + 30 * MINUTE));
		if (until != 0)
			assert_int_equal(copl_breaker_open_until(&b, until), 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(no_walk_is_longer_than_its_limits),
	    cmocka_unit_test(a_crowd_is_spread_over_the_whole_wait),
	    cmocka_unit_test(what_the_server_asks_for_is_waited_for),
	    cmocka_unit_test(the_three_forms_of_a_date_are_read),
	    cmocka_unit_test(what_is_no_date_is_none),
	    cmocka_unit_test(a_date_that_is_nearly_one_is_read),
	    cmocka_unit_test(dates_agree_with_the_calendar),
	    cmocka_unit_test(retry_after_is_read_by_the_servers_clock),
	    cmocka_unit_test(no_bytes_make_retry_after_long_or_negative),
	    cmocka_unit_test(days_grow_and_are_spread),
	    cmocka_unit_test(a_long_outage_costs_few_runs),
	    cmocka_unit_test(one_success_takes_death_away),
	    cmocka_unit_test(three_failures_in_a_row_open_it),
	    cmocka_unit_test(after_the_pause_one_tries),
	    cmocka_unit_test(a_lost_try_is_forgotten),
	    cmocka_unit_test(pauses_double_up_to_half_an_hour),
	    cmocka_unit_test(most_of_many_bad_ones_open_it),
	    cmocka_unit_test(what_was_bad_long_ago_does_not_count),
	    cmocka_unit_test(a_server_that_answers_half_of_the_time_is_used),
	    cmocka_unit_test(a_dead_server_is_tried_rarely),
	    cmocka_unit_test(no_history_locks_it_for_ever),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
