/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cells of one question's tables, see hide.h. */
#include "config.h"
#include <string.h>
#include "tally/hide.h"

/* Groups that are looked at for one exchange: more are alike. */
#define TRIES_MAX 400

struct search {
	struct hide_block *b;
	const struct hide_space *s;
	size_t places;
	int64_t *x; /* counts after the exchanges so far */
	int64_t *value; /* of each cell, as it is */
};

/*
 * n people of group g who have one code get another; in group h, unless it is
 * NONE, as many go the other way.
 */
#define NONE SIZE_MAX
struct exchange {
	size_t up; /* the code that more people have in g */
	size_t down;
	size_t g;
	size_t h;
	int64_t n;
	int64_t cost;
};

static int64_t *count_at(struct search *w, size_t code, size_t g)
{
	return &w->x[code * w->s->ngroups + g];
}

static bool in_place(const struct search *w, size_t g, size_t place)
{
	size_t a;

	if (place + 1 == w->places)
		return true;
	for (a = 0; a < HIDE_AXES; a++)
		if (w->s->ncolumns[a] > 0 && hide_place(w->s, a, g) == place)
			return true;
	return false;
}

/* ---- what an exchange costs ---- */

static int64_t cell_cost(struct search *w, size_t code, size_t place, bool pay)
{
	bool *hidden = &w->b->hidden[code * w->places + place];
	const int64_t v = w->value[code * w->places + place];

	if (*hidden)
		return 0;
	if (pay)
		*hidden = true;
	return (place + 1 == w->places ? 8000 : 1000) + (v < 999 ? v : 999);
}

static int64_t cost_of(struct search *w, const struct exchange *e, bool pay)
{
	const size_t codes[] = {e->up, e->down};
	int64_t cost = 0;
	size_t a, k;

	for (k = 0; k < 2; k++) {
		if (e->h == NONE)
			cost += cell_cost(w, codes[k], w->places - 1, pay);
		for (a = 0; a < HIDE_AXES; a++) {
			if (w->s->ncolumns[a] == 0)
				continue;
			if (e->h == NONE ||
			    w->s->column[a][e->g] != w->s->column[a][e->h])
				cost += cell_cost(w, codes[k],
				    hide_place(w->s, a, e->g), pay);
			if (e->h != NONE &&
			    w->s->column[a][e->g] != w->s->column[a][e->h])
				cost += cell_cost(w, codes[k],
				    hide_place(w->s, a, e->h), pay);
		}
	}
	return cost;
}

/* ---- how many people can take part ---- */

/* People of the group, or of all, with a code of the rule's set. */
static int64_t rule_sum(
    struct search *w, const struct hide_rule *rule, size_t g)
{
	const size_t end = rule->whole ? w->s->ngroups : g + 1;
	int64_t sum = 0;
	size_t k;

	for (g = rule->whole ? 0 : g; g < end; g++)
		for (k = 0; k < w->b->ncodes; k++)
			if (rule->set[k])
				sum += *count_at(w, k, g);
	return sum;
}

/*
 * How many may change from `down` to `up` in a group as the rules allow it.
 * alone: nobody changes back in another one.
 */
static int64_t room_by_rules(
    struct search *w, size_t up, size_t down, size_t g, int64_t n, bool alone)
{
	size_t i;

	for (i = 0; i < w->b->nrules; i++) {
		const struct hide_rule *r = &w->b->rules[i];
		const int change = (int)r->set[up] - (int)r->set[down];
		const size_t at = r->whole ? 0 : g;
		int64_t room = n;

		if (r->whole && !alone)
			continue;
		if (change > 0 && r->hi != NULL)
			room = r->hi[at] - rule_sum(w, r, g);
		else if (change < 0)
			room =
			    rule_sum(w, r, g) - (r->lo == NULL ? 0 : r->lo[at]);
		n = room < n ? room : n;
	}
	return n;
}

/*
 * Of others one always stays: somebody who knows their own answer must find
 * it in the other set of answers, too.
 */
static int64_t room_of(struct search *w, const struct exchange *e, size_t code,
    size_t place, int64_t want)
{
	int64_t n = *count_at(w, e->down, e->g);

	/* The people whose number is hidden cannot all be spared. */
	if (e->down != code || !in_place(w, e->g, place))
		n--;
	n = n > want ? want : n;
	n = n > 0 ? room_by_rules(w, e->up, e->down, e->g, n, e->h == NONE) : n;
	if (e->h != NONE && n > 0) {
		const int64_t other = *count_at(w, e->up, e->h) - 1;

		n = other < n ? other : n;
		n = n > 0 ? room_by_rules(w, e->down, e->up, e->h, n, false)
			  : n;
	}
	return n;
}

/* ---- the search ---- */

static void take_better(struct search *w, struct exchange *best,
    struct exchange *e, size_t code, size_t place, int64_t want)
{
	e->n = room_of(w, e, code, place, want);
	if (e->n <= 0)
		return;
	e->cost = cost_of(w, e, false);
	if (best->n == 0 || e->cost * best->n < best->cost * e->n ||
	    (e->cost == 0 && best->cost == 0 && e->n > best->n))
		*best = *e;
}

/* All exchanges of one group, in which the code gains or loses. */
static void try_group(struct search *w, struct exchange *best, size_t g,
    size_t code, size_t place, int64_t want)
{
	const bool total = place + 1 == w->places;
	const bool more = want > 0;
	const size_t n = w->s->ngroups;
	size_t other, i, tries = 0;

	want = more ? want : -want;
	for (other = 0; other < w->b->ncodes; other++) {
		struct exchange e = {
		    more ? code : other, more ? other : code, g, NONE, 0, 0};

		if (other == code)
			continue;
		take_better(w, best, &e, code, place, want);
		/* Totals do not change when two groups exchange. */
		for (i = 1; i < n && !total && tries < TRIES_MAX; i++) {
			e.h = (g + i) % n;
			if (in_place(w, e.h, place) ||
			    *count_at(w, e.up, e.h) < 2)
				continue;
			tries++;
			take_better(w, best, &e, code, place, want);
			if (best->n >= want && best->cost == 0)
				return;
		}
	}
}

static void apply(struct search *w, const struct exchange *e)
{
	(void)cost_of(w, e, true);
	*count_at(w, e->up, e->g) += e->n;
	*count_at(w, e->down, e->g) -= e->n;
	if (e->h == NONE)
		return;
	*count_at(w, e->up, e->h) -= e->n;
	*count_at(w, e->down, e->h) += e->n;
}

/*
 * Another set of answers in which the cell has a number; what it needs is
 * hidden.  false: it was not found.
 */
static bool reach(struct search *w, size_t code, size_t place, int64_t target)
{
	int64_t want = target - w->value[code * w->places + place];

	memcpy(
	    w->x, w->b->counts, w->b->ncodes * w->s->ngroups * sizeof(*w->x));
	while (want != 0) {
		struct exchange best = {0, 0, 0, 0, 0, 0};
		size_t g;

		for (g = 0; g < w->s->ngroups; g++)
			if (in_place(w, g, place))
				try_group(w, &best, g, code, place, want);
		if (best.n == 0)
			return false;
		apply(w, &best);
		want += want > 0 ? -best.n : best.n;
	}
	return true;
}

/* ---- which cells need it ---- */

static void sum_up(struct search *w)
{
	size_t k, g, a;

	for (k = 0; k < w->b->ncodes; k++)
		for (g = 0; g < w->s->ngroups; g++) {
			const int64_t n = w->b->counts[k * w->s->ngroups + g];
			int64_t *row = &w->value[k * w->places];

			row[w->places - 1] += n;
			for (a = 0; a < HIDE_AXES; a++)
				if (w->s->ncolumns[a] > 0)
					row[hide_place(w->s, a, g)] += n;
		}
}

/* Did all who answered answer this?  Of two codes one says "all others". */
static bool unanimous(const struct search *w, size_t code, size_t place)
{
	const struct hide_block *b = w->b;
	size_t k;

	if (!b->sensitive || code == b->none)
		return false;
	for (k = 0; k < b->ncodes; k++)
		if (k != code && (k != b->none || b->ncodes == 2) &&
		    w->value[k * w->places + place] > 0)
			return false;
	return true;
}

static bool protect(struct search *w, size_t code, size_t place)
{
	const int64_t v = w->value[code * w->places + place];

	if (v <= 0)
		return true;
	if (v < HIDE_SMALL) {
		w->b->hidden[code * w->places + place] = true;
		return reach(w, code, place, 1) &&
		       reach(w, code, place, HIDE_SMALL);
	}
	if (!unanimous(w, code, place))
		return true;
	w->b->hidden[code * w->places + place] = true;
	return reach(w, code, place, v - HIDE_SMALL + 1);
}

/* Hidden in one of two codes is hidden in the other. */
static void tie(struct search *w)
{
	bool *h = w->b->hidden;
	size_t p;

	if (w->b->ncodes != 2)
		return;
	for (p = 0; p < w->places; p++)
		h[p] = h[w->places + p] = h[p] || h[w->places + p];
}

bool hide_block(struct hide_block *b, bool *proved)
{
	struct search w = {
	    .b = b, .s = b->space, .places = hide_places(b->space)};
	size_t k, p;
	bool ok;

	*proved = false;
	w.x = calloc(b->ncodes * w.s->ngroups + 1, sizeof(*w.x));
	w.value = calloc(b->ncodes * w.places, sizeof(*w.value));
	if (w.x != NULL && w.value != NULL) {
		*proved = true;
		sum_up(&w);
		for (k = 0; k < b->ncodes; k++)
			for (p = 0; p < w.places && *proved; p++)
				*proved = protect(&w, k, p);
		tie(&w);
	}
	ok = w.x != NULL && w.value != NULL;
	free(w.x);
	free(w.value);
	return ok;
}
