/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What is published of small groups, against somebody who works with all of
 * it.  The attacker here shares nothing with the code that hides: it tries
 * every set of answers that gives the published numbers.
 */
#include "config.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "tally/hide.h"

#define GROUPS 6
#define CODES 4
#define PLACES 16

static uint32_t dice_state;

static uint32_t dice(uint32_t n)
{
	dice_state ^= dice_state << 13;
	dice_state ^= dice_state >> 17;
	dice_state ^= dice_state << 5;
	return dice_state % n;
}

/* ---- a world of few people ---- */

struct world {
	struct hide_space space;
	uint32_t columns[HIDE_AXES][GROUPS];
	int64_t people[GROUPS];
	int64_t counts[CODES * GROUPS];
	bool hidden[CODES * PLACES];
	bool closed[PLACES];
	size_t codes;
	size_t places;
};

static void make_space(struct world *w, uint32_t least, uint32_t most)
{
	size_t g, a;

	w->space = (struct hide_space){.ngroups = 2 + dice(3)};
	w->space.people = w->people;
	for (a = 0; a < HIDE_AXES; a++) {
		w->space.column[a] = w->columns[a];
		w->space.ncolumns[a] = a == 2 && dice(2) ? 0 : 1 + dice(3);
		for (g = 0; g < w->space.ngroups; g++)
			w->columns[a][g] =
			    w->space.ncolumns[a] == 0
				? 0
				: dice((uint32_t)w->space.ncolumns[a]);
	}
	for (g = 0; g < w->space.ngroups; g++)
		w->people[g] = least + dice(most - least + 1);
	w->places = hide_places(&w->space);
}

static void make_counts(struct world *w)
{
	size_t g;
	int64_t i;

	memset(w->counts, 0, sizeof(w->counts));
	memset(w->hidden, 0, sizeof(w->hidden));
	w->codes = 2 + dice(2);
	for (g = 0; g < w->space.ngroups; g++)
		for (i = 0; i < w->people[g]; i++) {
			/* Some answers are rare. */
			const size_t k =
			    dice(4) == 0 ? dice((uint32_t)w->codes) : dice(2);

			w->counts[k * w->space.ngroups + g]++;
		}
}

static bool stands_in(const struct world *w, size_t g, size_t place)
{
	size_t a;

	for (a = 0; a < HIDE_AXES; a++)
		if (w->space.ncolumns[a] > 0 &&
		    hide_place(&w->space, a, g) == place)
			return true;
	return place + 1 == w->places;
}

static int64_t value_of(const struct world *w, size_t code, size_t place)
{
	int64_t n = 0;
	size_t g;

	for (g = 0; g < w->space.ngroups; g++)
		if (stands_in(w, g, place))
			n += w->counts[code * w->space.ngroups + g];
	return n;
}

/* ---- the attacker ---- */

struct attack {
	const struct world *w;
	int64_t known[CODES][PLACES]; /* published; -1: not */
	int64_t sum[CODES][PLACES];
	int64_t low[CODES][PLACES];
	int64_t high[CODES][PLACES];
	size_t found;
};

static void end_of_groups(struct attack *at)
{
	const struct world *w = at->w;
	size_t k, p;

	for (k = 0; k < w->codes; k++)
		for (p = 0; p < w->places; p++)
			if (at->known[k][p] >= 0 &&
			    at->known[k][p] != at->sum[k][p])
				return;
	for (k = 0; k < w->codes; k++)
		for (p = 0; p < w->places; p++) {
			const int64_t n = at->sum[k][p];

			if (at->found == 0 || n < at->low[k][p])
				at->low[k][p] = n;
			if (at->found == 0 || n > at->high[k][p])
				at->high[k][p] = n;
		}
	at->found++;
}

static bool add(struct attack *at, size_t code, size_t g, int64_t n)
{
	bool fits = true;
	size_t p;

	for (p = 0; p < at->w->places; p++)
		if (stands_in(at->w, g, p)) {
			at->sum[code][p] += n;
			fits =
			    fits && (at->known[code][p] < 0 ||
					at->sum[code][p] <= at->known[code][p]);
		}
	return fits;
}

/* All ways in which the people of a group can have answered. */
static void try_code(struct attack *at, size_t g, size_t code, int64_t left)
{
	const struct world *w = at->w;
	int64_t n;

	if (g == w->space.ngroups) {
		end_of_groups(at);
		return;
	}
	if (code + 1 == w->codes) {
		if (add(at, code, g, left))
			try_code(at, g + 1, 0,
			    g + 1 < w->space.ngroups ? w->people[g + 1] : 0);
		(void)add(at, code, g, -left);
		return;
	}
	for (n = 0; n <= left; n++) {
		if (add(at, code, g, n))
			try_code(at, g, code + 1, left - n);
		(void)add(at, code, g, -n);
	}
}

static void attack(const struct world *w, struct attack *at)
{
	size_t k, p;

	memset(at, 0, sizeof(*at));
	at->w = w;
	for (k = 0; k < w->codes; k++)
		for (p = 0; p < w->places; p++)
			at->known[k][p] = w->hidden[k * w->places + p]
					      ? -1
					      : value_of(w, k, p);
	try_code(at, 0, 0, w->people[0]);
}

/* ---- tests ---- */

static void start_block(struct world *w, struct hide_block *b)
{
	*b = (struct hide_block){.space = &w->space,
	    .ncodes = w->codes,
	    .counts = w->counts,
	    .none = w->codes,
	    .hidden = w->hidden};
}

static void check_attack(const struct world *w)
{
	struct attack at;
	size_t k, p;

	attack(w, &at);
	assert_true(at.found > 0);
	for (k = 0; k < w->codes; k++)
		for (p = 0; p < w->places; p++) {
			const int64_t n = value_of(w, k, p);

			if (n < 1 || n >= HIDE_SMALL)
				continue;
			assert_true(w->hidden[k * w->places + p]);
			if (at.low[k][p] > 1 || at.high[k][p] < HIDE_SMALL)
				fail_msg("code %zu place %zu is %lld, and the "
					 "attacker knows %lld to %lld",
				    k, p, (long long)n, (long long)at.low[k][p],
				    (long long)at.high[k][p]);
		}
}

static void no_hidden_number_can_be_worked_out(void **state)
{
	size_t round, proved_often = 0, needed = 0;

	(void)state;
	dice_state = 20270331;
	for (round = 0; round < 400; round++) {
		struct world w;
		struct hide_block b;
		bool proved;

		make_space(&w, 2, 9);
		make_counts(&w);
		start_block(&w, &b);
		assert_true(hide_block(&b, &proved));
		if (memchr(w.hidden, 1, sizeof(w.hidden)) == NULL)
			continue;
		needed++;
		proved_often += proved;
		if (proved)
			check_attack(&w);
	}
	assert_true(needed > 300);
	print_message("# %zu of %zu tables proved\n", proved_often, needed);
	assert_true(proved_often * 3 > needed);
}

static void attacker_finds_what_is_hidden_alone(void **state)
{
	/* Without secondary suppression the same attacker does find it. */
	struct world w = {.codes = 2};
	struct attack at;
	size_t g;

	(void)state;
	w.space = (struct hide_space){.ngroups = 2, .people = w.people};
	w.space.column[0] = w.columns[0];
	w.space.ncolumns[0] = 2;
	w.columns[0][1] = 1;
	w.people[0] = w.people[1] = 9;
	w.counts[0] = 3;
	w.counts[1] = 8;
	w.counts[2] = 6;
	w.counts[3] = 1;
	w.places = hide_places(&w.space);
	assert_int_equal(w.places, 3);
	w.hidden[0] = true;
	attack(&w, &at);
	assert_int_equal(at.low[0][0], 3);
	assert_int_equal(at.high[0][0], 3);
	for (g = 0; g < 2; g++)
		assert_int_equal(w.people[g], 9);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(no_hidden_number_can_be_worked_out),
	    cmocka_unit_test(attacker_finds_what_is_hidden_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
