/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Columns with too few people.  The other sets of answers are found by moving
 * people, with all they answered, from one group to another: nothing but
 * closed columns changes by that.
 */
#include "config.h"
#include <string.h>
#include "tally/hide.h"

struct closing {
	const struct hide_space *s;
	bool *closed;
	int64_t *people; /* as they are after the moves so far */
	int64_t *sizes; /* people of each column in all eras */
	size_t era;
};

size_t hide_places(const struct hide_space *s)
{
	size_t n = 1, a;

	for (a = 0; a < HIDE_AXES; a++)
		n += s->ncolumns[a];
	return n;
}

size_t hide_place(const struct hide_space *s, size_t axis, size_t group)
{
	size_t at = s->column[axis][group], a;

	for (a = 0; a < axis; a++)
		at += s->ncolumns[a];
	return at;
}

static size_t era_of(const struct hide_space *s, size_t g)
{
	return s->era == NULL ? 0 : s->era[g];
}

/* Is the group in the column at a place? */
static bool stands_in(const struct hide_space *s, size_t g, size_t place)
{
	size_t a;

	for (a = 0; a < HIDE_AXES; a++)
		if (s->ncolumns[a] > 0 && hide_place(s, a, g) == place)
			return true;
	return place + 1 == hide_places(s);
}

static int64_t people_at(const struct closing *c, size_t place)
{
	int64_t n = 0;
	size_t g;

	for (g = 0; g < c->s->ngroups; g++)
		if (era_of(c->s, g) == c->era && stands_in(c->s, g, place))
			n += c->people[g];
	return n;
}

/* The fewer are in a column in all eras, the less is lost with it. */
static void measure(struct closing *c)
{
	size_t a, g;

	for (a = 0; a < HIDE_AXES; a++)
		for (g = 0; c->s->ncolumns[a] > 0 && g < c->s->ngroups; g++)
			c->sizes[hide_place(c->s, a, g)] += c->s->people[g];
}

/* What a move between two groups costs, and on request closes it. */
static int64_t cost_of(struct closing *c, size_t g, size_t h, bool pay)
{
	int64_t cost = 0;
	size_t a, k;

	for (a = 0; a < HIDE_AXES; a++) {
		size_t at[2];

		if (c->s->ncolumns[a] == 0 ||
		    c->s->column[a][g] == c->s->column[a][h])
			continue;
		at[0] = hide_place(c->s, a, g);
		at[1] = hide_place(c->s, a, h);
		for (k = 0; k < 2; k++) {
			if (c->closed[at[k]])
				continue;
			if (pay)
				c->closed[at[k]] = true;
			else
				cost += ((int64_t)1 << 40) + c->sizes[at[k]];
		}
	}
	return cost;
}

struct step {
	size_t from;
	size_t to;
	int64_t n;
	int64_t cost;
};

/* Takes the move between g, in the column, and h if it is better. */
static void take_better(struct closing *c, struct step *best, size_t g,
    size_t h, bool into, int64_t want)
{
	struct step t = {into ? h : g, into ? g : h, 0, 0};

	/* One who knows of oneself stays where one is. */
	t.n = c->people[t.from] - (into ? 1 : 0);
	t.n = t.n > want ? want : t.n;
	if (t.n <= 0)
		return;
	t.cost = cost_of(c, g, h, false);
	if (best->n == 0 || t.cost < best->cost ||
	    (t.cost == best->cost && t.n > best->n))
		*best = t;
}

/* The best move into (or out of) a column; n 0: there is none. */
static struct step find_step(
    struct closing *c, size_t place, bool into, int64_t want)
{
	struct step best = {0, 0, 0, 0};
	size_t g, h;

	for (g = 0; g < c->s->ngroups; g++) {
		if (era_of(c->s, g) != c->era || !stands_in(c->s, g, place))
			continue;
		for (h = 0; h < c->s->ngroups; h++)
			if (era_of(c->s, h) == c->era &&
			    !stands_in(c->s, h, place))
				take_better(c, &best, g, h, into, want);
	}
	return best;
}

static bool reach(struct closing *c, size_t place, int64_t target)
{
	int64_t now;

	memcpy(c->people, c->s->people, c->s->ngroups * sizeof(*c->s->people));
	now = people_at(c, place);
	while (now != target) {
		const bool into = target > now;
		struct step t = find_step(
		    c, place, into, into ? target - now : now - target);

		if (t.n == 0)
			return false;
		(void)cost_of(c, t.from, t.to, true);
		c->people[t.from] -= t.n;
		c->people[t.to] += t.n;
		now += into ? t.n : -t.n;
	}
	return true;
}

static void close_axis(struct closing *c, size_t axis)
{
	size_t g;

	for (g = 0; c->s->ncolumns[axis] > 0 && g < c->s->ngroups; g++)
		c->closed[hide_place(c->s, axis, g)] = true;
}

/* A column with few people in this era: closed, with what gives it away. */
static void close_column(struct closing *c, size_t place)
{
	size_t a;

	c->closed[place] = true;
	for (a = 0; a <= HIDE_AXES; a++) {
		if (reach(c, place, 1) && reach(c, place, HIDE_SMALL))
			return;
		if (a < HIDE_AXES)
			close_axis(c, a);
	}
	/* Now only the number of all people is told. */
}

static size_t count_eras(const struct hide_space *s)
{
	size_t n = 1, g;

	for (g = 0; g < s->ngroups; g++)
		if (era_of(s, g) + 1 > n)
			n = era_of(s, g) + 1;
	return n;
}

/* The columns with few people in the era of now. */
static void close_small(struct closing *c)
{
	const size_t places = hide_places(c->s);
	size_t place;

	for (place = 0; place + 1 < places; place++) {
		int64_t n;

		memcpy(c->people, c->s->people,
		    c->s->ngroups * sizeof(*c->people));
		n = people_at(c, place);
		if (n > 0 && n < HIDE_SMALL)
			close_column(c, place);
	}
}

bool hide_columns(const struct hide_space *s, bool *closed)
{
	struct closing c = {.s = s, .closed = closed};
	const size_t places = hide_places(s), eras = count_eras(s);
	bool ok;

	c.people = calloc(s->ngroups + 1, sizeof(*c.people));
	c.sizes = calloc(places, sizeof(*c.sizes));
	ok = c.people != NULL && c.sizes != NULL;
	memset(closed, 0, places * sizeof(*closed));
	if (ok)
		measure(&c);
	for (; ok && c.era < eras; c.era++)
		close_small(&c);
	free(c.people);
	free(c.sizes);
	return ok;
}
