/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Which cells of a form's tables are hidden: each part of a question is a
 * block of hide.h, each option of choose-many one of two codes (chosen, or
 * not).  What else is published about the same people are its rules: the
 * other options, the other places of a rank, and who was asked what.
 */
#include "config.h"
#include <string.h>
#include "tally/protect_priv.h"

/* ---- one block ---- */

/* A question whose tables by column are not shown is one of one group. */
static void melt(struct tally_work *w, int64_t *counts, size_t ncodes)
{
	size_t k, g, i;

	for (k = 0; k < ncodes; k++) {
		int64_t n = 0;

		for (g = 0; g < w->space.ngroups; g++)
			n += counts[k * w->space.ngroups + g];
		counts[k] = n;
	}
	w->all = 0;
	for (g = 0; g < w->space.ngroups; g++)
		w->all += tally_people_of(w, g);
	w->melted = (struct hide_space){.ngroups = 1, .people = &w->all};
	for (i = 0; i < w->nrules; i++) {
		struct hide_rule *rule = &w->rules[i];

		if (!rule->whole) {
			rule->lo = tally_sum(w, rule->lo);
			rule->hi = tally_sum(w, rule->hi);
		}
		rule->whole = false;
	}
}

/*
 * Hides in rows of the question what the block hides.  Row k of the block is
 * row `first` + k of the part, up to nrows.
 */
static bool run_block(struct tally_work *w, struct tally_answered *q,
    size_t part, size_t first, size_t nrows, struct hide_block *b,
    int64_t *counts)
{
	const size_t places = q->tier == TALLY_FULL ? w->t->places : 1;
	size_t k, p;
	bool proved = false;

	b->space = &w->space;
	b->counts = counts;
	b->rules = w->rules;
	b->nrules = w->nrules;
	if (q->tier != TALLY_FULL) {
		melt(w, counts, b->ncodes);
		b->space = &w->melted;
	}
	b->hidden =
	    copl_arena_alloc(w->a, b->ncodes * places * sizeof(*b->hidden));
	if (b->hidden == NULL || w->nomem) {
		w->nomem = true;
		return false;
	}
	for (k = 0; k < b->ncodes && q->tier == TALLY_FULL; k++)
		memcpy(b->hidden + k * places, w->t->closed,
		    places * sizeof(*b->hidden));
	w->nomem = !hide_block(b, &proved);
	for (k = 0; k < nrows; k++)
		for (p = 0; p < w->t->places; p++) {
			const bool total = p + 1 == w->t->places;

			q->hidden[tally_cell(w->t, q, part, first + k, p)] =
			    q->tier == TALLY_FULL ? b->hidden[k * places + p]
						  : (!total || b->hidden[k]);
		}
	return proved && !w->lost;
}

static bool protect_part(
    struct tally_work *w, struct tally_answered *q, size_t part)
{
	const struct tally_question *m = q->question;
	const size_t n = w->space.ngroups;
	int64_t *counts =
	    copl_arena_alloc(w->a, ((m->ncodes + 1) * n + 1) * sizeof(*counts));
	struct hide_block b = {.ncodes = m->ncodes + 1,
	    .none = m->ncodes,
	    .sensitive = m->sensitive};
	size_t k, g;

	w->nrules = 0;
	w->ncodes = b.ncodes;
	w->nomem = w->nomem || counts == NULL;
	if (w->nomem)
		return false;
	for (g = 0; g < n; g++) {
		for (k = 0; k < m->ncodes; k++)
			counts[k * n + g] = tally_count_of(w, m, part, k, g);
		counts[k * n + g] =
		    tally_people_of(w, g) - tally_count_of(w, m, part, k, g);
	}
	if (m->kind == COPL_RANK)
		tally_add_rank_rules(w, m, part);
	tally_add_asked_rule(w, m, part, m->ncodes);
	tally_add_children_rules(w, m, m->ncodes);
	return run_block(w, q, part, 0, m->ncodes + 1, &b, counts);
}

/* option ncodes: who gave no answer. */
static bool protect_option(
    struct tally_work *w, struct tally_answered *q, size_t option)
{
	const struct tally_question *m = q->question;
	const bool none = option == m->ncodes;
	const size_t n = w->space.ngroups;
	int64_t *counts = copl_arena_alloc(w->a, (2 * n + 1) * sizeof(*counts));
	struct hide_block b = {.ncodes = 2,
	    .none = none ? 0 : 1,
	    .sensitive = m->sensitive && !none};
	size_t g;

	w->nrules = 0;
	w->ncodes = b.ncodes;
	w->nomem = w->nomem || counts == NULL;
	if (w->nomem)
		return false;
	for (g = 0; g < n; g++) {
		const int64_t c = tally_count_of(w, m, 0, option, g);

		counts[g] = none ? tally_people_of(w, g) - c : c;
		counts[n + g] = tally_people_of(w, g) - counts[g];
	}
	tally_add_many_rule(w, m, option);
	if (none)
		tally_add_asked_rule(w, m, 0, 0);
	tally_add_children_rules(w, m, option);
	return run_block(w, q, 0, option, 1, &b, counts);
}

/* ---- one question ---- */

static bool make_space(struct tally_work *w, const struct tally_question *q)
{
	struct tally_tables *t = w->t;
	uint32_t *column[HIDE_AXES] = {NULL};
	int64_t *people = copl_arena_alloc(w->a, (t->ngroups + 1) * 8);
	size_t i, a, n = 0;

	w->group = copl_arena_alloc(w->a, (t->ngroups + 1) * sizeof(size_t));
	w->space = (struct hide_space){.people = people};
	for (a = 0; a < HIDE_AXES; a++) {
		column[a] = copl_arena_alloc(w->a, (t->ngroups + 1) * 4);
		if (column[a] == NULL)
			return false;
		w->space.column[a] = column[a];
		w->space.ncolumns[a] = t->n[a];
	}
	if (w->group == NULL || people == NULL)
		return false;
	for (i = 0; i < t->ngroups; i++) {
		if ((q->releases >> t->groups[i].release & 1) == 0)
			continue;
		for (a = 0; a < HIDE_AXES; a++)
			column[a][n] = t->column_of[a][i];
		people[n] = t->groups[i].people;
		w->group[n++] = i;
	}
	w->space.ngroups = n;
	return true;
}

static void hide_all(const struct tally_tables *t, struct tally_answered *q)
{
	memset(q->hidden, 1,
	    q->question->nparts * tally_rows(q) * t->places *
		sizeof(*q->hidden));
}

static enum copl_status protect_question(
    struct tally_tables *t, struct tally_answered *q, bool *proved)
{
	struct tally_work w = {.t = t, .a = copl_arena_new()};
	size_t i;

	*proved = true;
	if (q->tier == TALLY_NOTHING)
		hide_all(t, q);
	w.nomem = w.a == NULL || !make_space(&w, q->question);
	if (q->tier != TALLY_NOTHING && !w.nomem) {
		const bool many = q->question->kind == COPL_CHOOSE_MANY;
		const size_t n = many ? tally_rows(q) : q->question->nparts;

		for (i = 0; i < n && *proved && !w.nomem; i++)
			*proved = many ? protect_option(&w, q, i)
				       : protect_part(&w, q, i);
	}
	copl_arena_free(w.a);
	return w.nomem ? COPL_E_NOMEM : COPL_OK;
}

/* ---- all of a form ---- */

/* Is b asked on what was answered to a? */
static bool is_child(
    const struct tally_question *a, const struct tally_question *b)
{
	size_t i;

	if ((a->releases & b->releases) == 0 || b->ask.how == TALLY_ALL)
		return false;
	if (b->ask.how == TALLY_SOME)
		return strcmp(b->ask.parent, a->id) == 0;
	for (i = 0; i < b->ask.nrefs; i++)
		if (strcmp(b->ask.refs[i].question, a->id) == 0)
			return true;
	return false;
}

/*
 * What could not be proved is said less of: first of the questions that are
 * asked on it, then of itself.
 */
static void say_less(
    struct tally_tables *t, struct tally_answered *q, bool *due)
{
	bool any = false;
	size_t i;

	for (i = 0; i < t->nquestions; i++)
		if (t->questions[i].tier == TALLY_FULL &&
		    is_child(q->question, t->questions[i].question)) {
			t->questions[i].tier = TALLY_TOTALS;
			due[i] = any = true;
		}
	due[q - t->questions] = true;
	if (any)
		return;
	q->tier++;
	for (i = 0; i < t->nquestions && q->tier == TALLY_NOTHING; i++)
		if (is_child(q->question, t->questions[i].question)) {
			t->questions[i].tier = TALLY_NOTHING;
			due[i] = true;
		}
}

enum copl_status tally_protect(struct tally_tables *t)
{
	bool *due = calloc(t->nquestions + 1, sizeof(*due));
	enum copl_status st = due == NULL ? COPL_E_NOMEM : COPL_OK;
	bool again = true, proved;
	size_t i;

	for (i = 0; due != NULL && i < t->nquestions; i++)
		due[i] = true;
	while (again && st == COPL_OK) {
		again = false;
		for (i = 0; i < t->nquestions && st == COPL_OK; i++) {
			if (!due[i])
				continue;
			due[i] = false;
			st = protect_question(t, &t->questions[i], &proved);
			if (st != COPL_OK || proved)
				continue;
			say_less(t, &t->questions[i], due);
			again = true;
		}
	}
	free(due);
	return st;
}
