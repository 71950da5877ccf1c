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
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
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
	/* What is known of each group beside the tables. */
	struct hide_rule rules[2];
	int64_t lo[2][GROUPS];
	int64_t hi[2][GROUPS];
	size_t nrules;
};

static void make_space(struct world *w, uint32_t least, uint32_t most)
{
	size_t g, a;

	memset(w, 0, sizeof(*w));
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

static const bool first_code[CODES] = {true};

/* How many have the first code is roughly known of each group. */
static void make_rules(struct world *w)
{
	size_t g;

	w->nrules = 1;
	w->rules[0] = (struct hide_rule){
	    .lo = w->lo[0], .hi = w->hi[0], .set = first_code};
	for (g = 0; g < w->space.ngroups; g++) {
		w->lo[0][g] = w->counts[g] - dice(9);
		w->hi[0][g] = w->counts[g] + dice(9);
	}
}

/* ---- the attacker ---- */

struct attack {
	const struct world *w;
	int64_t known[CODES][PLACES]; /* published; -1: not */
	int64_t sum[CODES][PLACES];
	int64_t now[GROUPS][CODES]; /* as it is tried */
	int64_t low[CODES][PLACES];
	int64_t high[CODES][PLACES];
	size_t found;
	size_t me[2]; /* code and group of one who attacks; SIZE_MAX: nobody */
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

static bool keeps_rules(const struct attack *at, size_t g)
{
	const struct world *w = at->w;
	size_t i, k;

	if (at->me[1] == g && at->now[g][at->me[0]] < 1)
		return false;
	for (i = 0; i < w->nrules; i++) {
		int64_t n = 0;

		for (k = 0; k < w->codes; k++)
			if (w->rules[i].set[k])
				n += at->now[g][k];
		if (n < w->rules[i].lo[g] || n > w->rules[i].hi[g])
			return false;
	}
	return true;
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
		at->now[g][code] = left;
		if (add(at, code, g, left) && keeps_rules(at, g))
			try_code(at, g + 1, 0,
			    g + 1 < w->space.ngroups ? w->people[g + 1] : 0);
		(void)add(at, code, g, -left);
		return;
	}
	for (n = 0; n <= left; n++) {
		at->now[g][code] = n;
		if (add(at, code, g, n))
			try_code(at, g, code + 1, left - n);
		(void)add(at, code, g, -n);
	}
}

static void attack(
    const struct world *w, struct attack *at, size_t code, size_t group)
{
	size_t k, p;

	memset(at, 0, sizeof(*at));
	at->w = w;
	at->me[0] = code;
	at->me[1] = group;
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
	    .rules = w->rules,
	    .nrules = w->nrules,
	    .hidden = w->hidden};
}

/* code and group: of somebody who knows their own answer. */
static void check_attack(const struct world *w, size_t code, size_t group)
{
	struct attack at;
	size_t k, p;

	attack(w, &at, code, group);
	assert_true(at.found > 0);
	for (k = 0; k < w->codes; k++)
		for (p = 0; p < w->places; p++) {
			const int64_t n = value_of(w, k, p);
			/* Of their own number they know that it is not 0. */
			const bool mine = k == code && stands_in(w, group, p);

			if (n < 1 || n >= HIDE_SMALL)
				continue;
			assert_true(w->hidden[k * w->places + p]);
			if ((at.low[k][p] > 1 && !mine) ||
			    at.high[k][p] < HIDE_SMALL)
				fail_msg("code %zu place %zu is %lld, and the "
					 "attacker knows %lld to %lld",
				    k, p, (long long)n, (long long)at.low[k][p],
				    (long long)at.high[k][p]);
		}
}

/* Everybody who answered attacks. */
static void check_everybody(const struct world *w)
{
	size_t k, g;

	for (k = 0; k < w->codes; k++)
		for (g = 0; g < w->space.ngroups; g++)
			if (w->counts[k * w->space.ngroups + g] > 0)
				check_attack(w, k, g);
}

static void play(size_t rounds, bool rules, bool everybody, size_t least)
{
	size_t round, proved_often = 0, needed = 0;

	dice_state = 20270331;
	for (round = 0; round < rounds; round++) {
		struct world w;
		struct hide_block b;
		bool proved;

		make_space(&w, 2, 9);
		make_counts(&w);
		if (rules)
			make_rules(&w);
		start_block(&w, &b);
		assert_true(hide_block(&b, &proved));
		if (memchr(w.hidden, 1, sizeof(w.hidden)) == NULL)
			continue;
		needed++;
		proved_often += proved;
		if (proved && everybody)
			check_everybody(&w);
		else if (proved)
			check_attack(&w, SIZE_MAX, SIZE_MAX);
	}
	print_message("# %zu of %zu tables proved\n", proved_often, needed);
	assert_true(needed * 4 > rounds * 3);
	assert_true(proved_often > least);
}

static void no_hidden_number_can_be_worked_out(void **state)
{
	(void)state;
	play(400, false, false, 130);
}

static void nor_with_what_is_known_beside_the_tables(void **state)
{
	(void)state;
	play(300, true, false, 40);
}

static void nor_by_somebody_who_answered(void **state)
{
	(void)state;
	play(60, false, true, 15);
}

/* ---- columns ---- */

struct census {
	const struct world *w;
	int64_t people[GROUPS]; /* as the attacker tries them */
	int64_t low[PLACES];
	int64_t high[PLACES];
	size_t found;
};

static int64_t people_in(
    const struct world *w, const int64_t *people, size_t place)
{
	int64_t n = 0;
	size_t g;

	for (g = 0; g < w->space.ngroups; g++)
		if (stands_in(w, g, place))
			n += people[g];
	return n;
}

static void try_people(struct census *c, size_t g, int64_t left)
{
	const struct world *w = c->w;
	size_t p;
	int64_t n;

	if (g + 1 < w->space.ngroups) {
		for (n = 0; n <= left; n++) {
			c->people[g] = n;
			try_people(c, g + 1, left - n);
		}
		return;
	}
	c->people[g] = left;
	for (p = 0; p + 1 < w->places; p++)
		if (!w->closed[p] &&
		    people_in(w, c->people, p) != people_in(w, w->people, p))
			return;
	for (p = 0; p < w->places; p++) {
		n = people_in(w, c->people, p);
		c->low[p] = c->found == 0 || n < c->low[p] ? n : c->low[p];
		c->high[p] = c->found == 0 || n > c->high[p] ? n : c->high[p];
	}
	c->found++;
}

static bool all_closed(const struct world *w)
{
	size_t p;

	for (p = 0; p + 1 < w->places; p++)
		if (!w->closed[p])
			return false;
	return true;
}

static void how_many_are_in_a_small_column_stays_unknown(void **state)
{
	size_t round, p, small = 0, open = 0;

	(void)state;
	dice_state = 7;
	for (round = 0; round < 500; round++) {
		struct world w;
		struct census c = {.found = 0};

		make_space(&w, 1, 12);
		if (people_in(&w, w.people, w.places - 1) < 10)
			continue;
		assert_true(hide_columns(&w.space, w.closed));
		open += !all_closed(&w);
		c.w = &w;
		try_people(&c, 0, people_in(&w, w.people, w.places - 1));
		for (p = 0; p + 1 < w.places; p++) {
			const int64_t n = people_in(&w, w.people, p);

			if (n == 0 || n >= HIDE_SMALL)
				continue;
			small++;
			assert_true(w.closed[p]);
			assert_true(c.low[p] <= 1);
			assert_true(c.high[p] >= HIDE_SMALL);
		}
	}
	print_message("# %zu small columns, %zu spaces open\n", small, open);
	assert_true(small > 100 && open > 100);
}

/* ---- single cases ---- */

static void what_everybody_answered_is_hidden_if_it_hurts(void **state)
{
	/* Two languages; all nine of the first said the same. */
	static const int64_t counts[] = {9, 8, 0, 7};
	struct world w = {.codes = 2};
	struct hide_block b;
	bool proved;

	(void)state;
	w.space = (struct hide_space){.ngroups = 2, .people = w.people};
	w.space.column[0] = w.columns[0];
	w.space.ncolumns[0] = 2;
	w.columns[0][1] = 1;
	w.people[0] = 9;
	w.people[1] = 15;
	w.places = hide_places(&w.space);
	memcpy(w.counts, counts, sizeof(counts));
	start_block(&w, &b);
	assert_true(hide_block(&b, &proved) && proved);
	assert_null(memchr(w.hidden, 1, sizeof(w.hidden)));
	b.sensitive = true;
	assert_true(hide_block(&b, &proved) && proved);
	assert_true(w.hidden[0] && w.hidden[w.places]);
	/* The total of each code stays. */
	assert_false(w.hidden[2] || w.hidden[w.places + 2]);
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
	attack(&w, &at, SIZE_MAX, SIZE_MAX);
	assert_int_equal(at.low[0][0], 3);
	assert_int_equal(at.high[0][0], 3);
	for (g = 0; g < 2; g++)
		assert_int_equal(w.people[g], 9);
}

/* Half of the recipients have one answer, as on the first day. */
#define MANY ((size_t)2000)
static void many_small_columns_are_closed_in_time(void **state)
{
	uint32_t *recipient = calloc(MANY, sizeof(*recipient));
	int64_t *people = calloc(MANY, sizeof(*people));
	bool *closed = calloc(MANY + 1, sizeof(*closed));
	const struct hide_space s = {.ngroups = MANY,
	    .column = {recipient, NULL, NULL},
	    .ncolumns = {MANY, 0, 0},
	    .people = people};
	size_t g;

	(void)state;
	assert_true(recipient != NULL && people != NULL && closed != NULL);
	for (g = 0; g < MANY; g++) {
		recipient[g] = (uint32_t)g;
		people[g] = g % 2 == 0 ? 1 : 100 + (int64_t)g;
	}
	alarm(60);
	assert_true(hide_columns(&s, closed));
	alarm(0);
	for (g = 0; g < MANY; g += 2)
		assert_true(closed[g]);
	assert_false(closed[MANY - 1]);
	free(recipient);
	free(people);
	free(closed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(no_hidden_number_can_be_worked_out),
	    cmocka_unit_test(nor_with_what_is_known_beside_the_tables),
	    cmocka_unit_test(nor_by_somebody_who_answered),
	    cmocka_unit_test(how_many_are_in_a_small_column_stays_unknown),
	    cmocka_unit_test(what_everybody_answered_is_hidden_if_it_hurts),
	    cmocka_unit_test(attacker_finds_what_is_hidden_alone),
	    cmocka_unit_test(many_small_columns_are_closed_in_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
