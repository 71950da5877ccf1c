/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <setjmp.h>
#include <cmocka.h>
#include "deliver/schedule.h"

/*
 * A world in which time is a number.  Each endpoint answers so many requests
 * after so many milliseconds each, or never: then its request ends at
 * TIMEOUT.
 */
#define MOST 12000
#define TIMEOUT UINT64_C(10000)
#define NEVER UINT64_MAX

struct spot {
	char origin[64];
	uint64_t latency; /* NEVER: it does not answer */
	unsigned requests; /* that it takes */
	unsigned per_minute;
	bool slow; /* it failed before */
	bool out; /* not admitted */
	unsigned fails; /* so many requests fail at first */
	/* what happened */
	unsigned asked;
	unsigned starts;
	bool running, done, dropped;
	enum copl_schedule_why why;
	uint64_t event; /* its request ends */
	uint64_t over_at;
};

static struct spot spots[MOST];
static size_t nspots;
static struct copl_schedule *plan;
static struct copl_schedule_limits limits;
static uint64_t clock_ms;
static unsigned at_once, most_at_once;
static uint64_t sent_at[MOST * 8];
static size_t nsent;
static uint64_t stop_at;

static void world(size_t n)
{
	size_t i;

	memset(spots, 0, sizeof(spots));
	for (i = 0; i < n; i++) {
		snprintf(spots[i].origin, sizeof(spots[i].origin),
		    "https://o%zu.example.org:443", i);
		spots[i].latency = 5;
		spots[i].requests = 7;
	}
	nspots = n;
	nsent = 0;
	clock_ms = 1000;
	stop_at = NEVER;
	at_once = most_at_once = 0;
	limits = (struct copl_schedule_limits){.slots = 50,
	    .shared = 4,
	    .slow_ms = 1500,
	    .deadline_ms = UINT64_MAX,
	    .seed = 42};
}

static void stand_at(struct spot *p, const char *origin)
{
	snprintf(p->origin, sizeof(p->origin), "%s", origin);
}

static void ask(struct spot *p, uint64_t bytes)
{
	size_t id = (size_t)(p - spots);
	uint64_t at = copl_schedule_pace(plan, id, bytes, clock_ms);

	if (at > clock_ms) {
		if (!copl_schedule_hold(plan, id, at, clock_ms)) {
			p->running = false;
			at_once--;
		}
		p->event = NEVER;
		return;
	}
	assert_true(nsent < sizeof(sent_at) / sizeof(sent_at[0]));
	sent_at[nsent++] = clock_ms;
	p->asked++;
	p->event = clock_ms + (p->latency == NEVER ? TIMEOUT : p->latency);
}

static void leave(struct spot *p)
{
	p->running = false;
	p->event = NEVER;
	at_once--;
}

static void answer(struct spot *p)
{
	size_t id = (size_t)(p - spots);
	bool failed = p->latency == NEVER || p->fails > 0;

	copl_schedule_note(
	    plan, id, failed ? COPL_NEWS_SILENCE : COPL_NEWS_ANSWER, clock_ms);
	if (p->latency != NEVER && p->fails > 0) {
		p->fails--;
		copl_schedule_retry(plan, id, clock_ms + 200);
		leave(p);
		return;
	}
	if (!failed && --p->requests > 0) {
		ask(p, 1000);
		return;
	}
	copl_schedule_done(plan, id);
	p->done = true;
	p->over_at = clock_ms;
	leave(p);
}

static void take_step(const struct copl_schedule_step *step)
{
	struct spot *p = &spots[step->job];

	assert_true(step->job < nspots);
	assert_false(p->done);
	assert_false(p->dropped);
	if (step->what == COPL_SCHEDULE_DROP) {
		if (p->running)
			leave(p);
		p->dropped = true;
		p->why = step->why;
		p->over_at = clock_ms;
		return;
	}
	if (!p->running) {
		p->running = true;
		p->starts++;
		if (++at_once > most_at_once)
			most_at_once = at_once;
	}
	/* Who is being asked is not started a second time. */
	assert_true(p->event == NEVER || p->event == 0);
	ask(p, 1000);
}

static uint64_t next_event(uint64_t until)
{
	size_t i;

	for (i = 0; i < nspots; i++)
		if (spots[i].running && spots[i].event > 0 &&
		    spots[i].event < until)
			until = spots[i].event;
	return until < stop_at ? until : stop_at;
}

static void admit(size_t from, size_t to)
{
	struct copl_schedule_admission list[MOST];
	size_t n = 0;

	for (; from < to; from++)
		if (!spots[from].out)
			list[n++] = (struct copl_schedule_admission){
			    from, spots[from].slow};
	copl_schedule_admit(plan, list, n);
}

static void begin(void)
{
	static struct copl_schedule_job jobs[MOST];
	size_t i;

	for (i = 0; i < nspots; i++)
		jobs[i] = (struct copl_schedule_job){
		    spots[i].origin, spots[i].per_minute};
	assert_int_equal(
	    copl_schedule_new(jobs, nspots, &limits, &plan), COPL_OK);
}

/* Until nothing is left; returns when that was. */
static uint64_t go(void)
{
	for (;;) {
		struct copl_schedule_step step =
		    copl_schedule_next(plan, clock_ms);
		uint64_t until;
		size_t i;

		if (step.what == COPL_SCHEDULE_END)
			return clock_ms;
		if (step.what != COPL_SCHEDULE_WAIT) {
			take_step(&step);
			continue;
		}
		until = next_event(step.at_ms);
		/* It never sleeps for ever while something is left. */
		assert_true(until != NEVER);
		assert_true(until >= clock_ms);
		clock_ms = until;
		if (clock_ms == stop_at) {
			copl_schedule_stop(plan);
			stop_at = NEVER;
		}
		for (i = 0; i < nspots; i++)
			if (spots[i].running && spots[i].event == clock_ms)
				answer(&spots[i]);
	}
}

static uint64_t run_world(void)
{
	uint64_t end;

	begin();
	admit(0, nspots);
	end = go();
	copl_schedule_free(plan);
	return end - 1000;
}

/* When the last of those that answer was done. */
static uint64_t healthy_by(void)
{
	uint64_t last = 0;
	size_t i;

	for (i = 0; i < nspots; i++) {
		if (spots[i].latency == NEVER)
			continue;
		assert_true(spots[i].done);
		assert_int_equal(spots[i].requests, 0);
		if (spots[i].over_at > last)
			last = spots[i].over_at;
	}
	return last - 1000;
}

static void dead_ones_listed_first_hold_nobody_up(void **state)
{
	uint64_t end;
	size_t i;

	(void)state;
	world(1020);
	for (i = 0; i < 20; i++)
		spots[i].latency = NEVER;
	end = run_world();
	assert_true(healthy_by() < 3000);
	assert_true(end <= 15000);
	for (i = 0; i < nspots; i++)
		assert_int_equal(spots[i].starts, 1);
}

static void it_does_not_matter_where_the_dead_ones_stand(void **state)
{
	size_t places[] = {0, 500, 1000}, k, i;
	uint32_t seed;

	(void)state;
	for (seed = 1; seed <= 5; seed++)
		for (k = 0; k < 3; k++) {
			world(1020);
			limits.seed = seed;
			for (i = 0; i < 20; i++)
				spots[places[k] + i].latency = NEVER;
			assert_true(run_world() <= 15000);
			assert_true(healthy_by() < 3000);
		}
}

static void even_many_dead_ones_leave_places_to_others(void **state)
{
	size_t i;

	(void)state;
	world(1000);
	for (i = 0; i < 120; i++)
		spots[i * 8].latency = NEVER;
	assert_true(run_world() < 25000);
	assert_true(healthy_by() < 9000);
	assert_true(most_at_once <= copl_schedule_most(50));
	assert_true(most_at_once > 50);
}

static void who_failed_before_gets_a_tenth_of_the_places(void **state)
{
	size_t i;

	(void)state;
	world(1000);
	for (i = 0; i < 500; i++) {
		spots[i].slow = true;
		spots[i].latency = NEVER;
	}
	begin();
	admit(0, nspots);
	for (;;) {
		struct copl_schedule_step step =
		    copl_schedule_next(plan, clock_ms);

		if (step.what != COPL_SCHEDULE_START)
			break;
		take_step(&step);
	}
	for (i = 0; i < 500; i++)
		most_at_once -= spots[i].running;
	assert_int_equal(most_at_once, 45);
	assert_int_equal(at_once, 50);
	copl_schedule_free(plan);
}

/* All failed last time, because our own line was down: no lane for them. */
static void where_all_failed_before_all_places_are_theirs(void **state)
{
	size_t i;

	(void)state;
	world(400);
	for (i = 0; i < nspots; i++) {
		spots[i].slow = true;
		spots[i].latency = 100;
	}
	assert_true(run_world() <= 400 / 50 * 700);
	assert_int_equal(most_at_once, 50);
	healthy_by();
}

static void what_fails_is_tried_later_and_comes_to_its_end(void **state)
{
	size_t i;

	(void)state;
	world(300);
	for (i = 0; i < nspots; i += 3)
		spots[i].fails = (unsigned)(i % 4);
	run_world();
	healthy_by();
	for (i = 0; i < nspots; i += 3)
		assert_int_equal(spots[i].starts, 1 + i % 4);
}

static void one_at_a_time_is_one_at_a_time(void **state)
{
	size_t i;

	(void)state;
	world(30);
	limits.slots = 1;
	spots[3].latency = NEVER;
	for (i = 10; i < 20; i++)
		spots[i].slow = true;
	run_world();
	healthy_by();
	assert_int_equal(most_at_once, 1);
}

static void a_shared_origin_gets_few_connections(void **state)
{
	unsigned k;
	size_t i;

	(void)state;
	for (k = 1; k <= 4; k += 3) {
		world(200);
		limits.shared = k;
		for (i = 0; i < nspots; i++)
			stand_at(&spots[i], "https://one.example.org:443");
		run_world();
		healthy_by();
		assert_int_equal(most_at_once, k);
	}
}

/* Three fail in a row; the rest waits for another run, and nothing hangs. */
static void a_dead_origin_costs_a_few_tries_not_all(void **state)
{
	size_t asked = 0, dropped = 0, i;

	(void)state;
	world(300);
	for (i = 0; i < 200; i++) {
		stand_at(&spots[i], "https://down.example.org:443");
		spots[i].latency = NEVER;
	}
	assert_true(run_world() <= 15000);
	assert_true(healthy_by() < 3000);
	for (i = 0; i < 200; i++) {
		asked += spots[i].asked;
		dropped += spots[i].dropped;
		if (spots[i].dropped)
			assert_int_equal(spots[i].why, COPL_DROP_ORIGIN);
	}
	assert_true(asked >= 3 && asked <= 8);
	assert_int_equal(asked + dropped, 200);
}

/* When a server comes back after its pause, one asks first, then all. */
static void an_origin_that_comes_back_is_served(void **state)
{
	size_t i, done = 0;

	(void)state;
	world(60);
	for (i = 0; i < 40; i++)
		stand_at(&spots[i], "https://back.example.org:443");
	for (i = 0; i < 4; i++)
		spots[i].fails = 1;
	/* Somebody keeps the run alive over the pause. */
	spots[50].per_minute = 6;
	run_world();
	for (i = 0; i < 40; i++)
		done += spots[i].done;
	assert_true(done == 40);
}

static void nothing_is_asked_faster_than_allowed(void **state)
{
	size_t i;

	(void)state;
	world(20);
	limits.per_minute = 600;
	run_world();
	healthy_by();
	assert_int_equal(nsent, 140);
	for (i = 1; i < nsent; i++)
		assert_true(sent_at[i] >= sent_at[i - 1] + 99);
	world(1);
	spots[0].per_minute = 30;
	assert_true(run_world() >= 12000);
	assert_int_equal(nsent, 7);
	for (i = 1; i < nsent; i++)
		assert_true(sent_at[i] >= sent_at[i - 1] + 1999);
	world(5);
	limits.bytes_per_s = 10000;
	assert_true(run_world() >= 3400);
	healthy_by();
}

/* An endpoint that must be asked slowly keeps no place while it waits. */
static void a_slow_pace_keeps_no_place(void **state)
{
	size_t i;

	(void)state;
	world(200);
	for (i = 0; i < 60; i++)
		spots[i].per_minute = 6;
	run_world();
	for (i = 60; i < nspots; i++)
		assert_true(spots[i].over_at < 1000 + 3000);
	healthy_by();
}

static void nothing_starts_after_the_deadline(void **state)
{
	size_t i, dropped = 0;

	(void)state;
	world(1000);
	limits.deadline_ms = 1000 + 300;
	run_world();
	for (i = 0; i < nspots; i++) {
		assert_true(spots[i].done != spots[i].dropped);
		dropped += spots[i].dropped;
		if (spots[i].dropped)
			assert_int_equal(spots[i].why, COPL_DROP_DEADLINE);
	}
	assert_true(dropped > 0 && dropped < nspots);
	for (i = 0; i < nsent; i++)
		assert_true(sent_at[i] <= 1300 + 7 * 5);
}

static void a_stop_drops_what_has_not_begun(void **state)
{
	size_t i, dropped = 0;

	(void)state;
	world(1000);
	spots[7].fails = 3;
	spots[9].per_minute = 1;
	stop_at = 1000 + 50;
	run_world();
	for (i = 0; i < nspots; i++) {
		dropped += spots[i].dropped;
		if (spots[i].dropped)
			assert_int_equal(spots[i].why, COPL_DROP_STOPPED);
	}
	assert_true(dropped > 0);
}

static void fewer_places_after_a_lack_of_sockets(void **state)
{
	int i;

	(void)state;
	world(500);
	begin();
	for (i = 0; i < 3; i++)
		copl_schedule_lower(plan);
	admit(0, nspots);
	go();
	assert_true(most_at_once <= 22);
	for (i = 0; i < 100; i++)
		copl_schedule_lower(plan);
	copl_schedule_free(plan);
	healthy_by();
}

static void later_ones_join_while_others_run(void **state)
{
	size_t i;

	(void)state;
	world(300);
	begin();
	admit(0, 100);
	assert_int_equal(copl_schedule_ready(plan), 100);
	go();
	for (i = 0; i < 100; i++)
		assert_true(spots[i].done);
	admit(100, 300);
	go();
	copl_schedule_free(plan);
	healthy_by();
}

/* Whatever the world is like, it ends, each once, and within the limits. */
static void any_world_comes_to_an_end(void **state)
{
	uint32_t seed;

	(void)state;
	for (seed = 1; seed <= 60; seed++) {
		uint32_t x = seed * 2654435761u;
		size_t n, i;

		world(50 + x % 400);
		limits.seed = seed;
		limits.slots = 1 + x % 60;
		limits.shared = 1 + x % 5;
		if (seed % 4 == 0)
			limits.per_minute = 6000;
		if (seed % 5 == 0)
			limits.deadline_ms = 1000 + x % 9000;
		for (i = 0; i < nspots; i++) {
			x = x * 1664525u + 1013904223u;
			if (x >> 28 == 0)
				spots[i].latency = NEVER;
			else
				spots[i].latency = 1 + (x >> 8) % 3000;
			spots[i].slow = (x >> 20) % 7 == 0;
			spots[i].fails = (x >> 12) % 9 == 0 ? 2 : 0;
			if ((x >> 16) % 3 == 0)
				snprintf(spots[i].origin,
				    sizeof(spots[i].origin), "https://s%u:443",
				    (x >> 5) % 6);
			if ((x >> 16) % 11 == 0)
				spots[i].per_minute = 20 + x % 600;
		}
		n = nspots;
		run_world();
		for (i = 0; i < n; i++)
			assert_true(spots[i].done != spots[i].dropped);
		assert_true(most_at_once <= copl_schedule_most(limits.slots));
	}
}

static void ten_thousand_are_no_trouble(void **state)
{
	size_t i;

	(void)state;
	world(10000);
	limits.slots = 200;
	for (i = 0; i < nspots; i++)
		spots[i].requests = 1;
	for (i = 0; i < 30; i++)
		spots[i].latency = NEVER;
	assert_true(run_world() <= 15000);
	assert_true(healthy_by() < 3000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(dead_ones_listed_first_hold_nobody_up),
	    cmocka_unit_test(it_does_not_matter_where_the_dead_ones_stand),
	    cmocka_unit_test(even_many_dead_ones_leave_places_to_others),
	    cmocka_unit_test(who_failed_before_gets_a_tenth_of_the_places),
	    cmocka_unit_test(where_all_failed_before_all_places_are_theirs),
	    cmocka_unit_test(what_fails_is_tried_later_and_comes_to_its_end),
	    cmocka_unit_test(one_at_a_time_is_one_at_a_time),
	    cmocka_unit_test(a_shared_origin_gets_few_connections),
	    cmocka_unit_test(a_dead_origin_costs_a_few_tries_not_all),
	    cmocka_unit_test(an_origin_that_comes_back_is_served),
	    cmocka_unit_test(nothing_is_asked_faster_than_allowed),
	    cmocka_unit_test(a_slow_pace_keeps_no_place),
	    cmocka_unit_test(nothing_starts_after_the_deadline),
	    cmocka_unit_test(a_stop_drops_what_has_not_begun),
	    cmocka_unit_test(fewer_places_after_a_lack_of_sockets),
	    cmocka_unit_test(later_ones_join_while_others_run),
	    cmocka_unit_test(any_world_comes_to_an_end),
	    cmocka_unit_test(ten_thousand_are_no_trouble),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
