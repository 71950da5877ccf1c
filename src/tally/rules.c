/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is published beside a block about the same people, as its rules. */
#include "config.h"
#include <string.h>
#include "tally/protect_priv.h"

/* ---- numbers of a group of the space ---- */

int64_t tally_people_of(const struct tally_work *w, size_t g)
{
	return w->t->groups[w->group[g]].people;
}

/* Of a code; of all who answered when it is ncodes. */
int64_t tally_count_of(const struct tally_work *w,
    const struct tally_question *q, size_t part, size_t code, size_t g)
{
	const struct tally_group *of = &w->t->groups[w->group[g]];

	if ((q->releases >> of->release & 1) == 0)
		return 0;
	return of->counts[q->at + part * (q->ncodes + 1) + code];
}

/* People who answered anything of a question. */
static int64_t answered(
    const struct tally_work *w, const struct tally_question *q, size_t g)
{
	int64_t most = 0;
	size_t part;

	for (part = 0; part < q->nparts; part++) {
		const int64_t n = tally_count_of(w, q, part, q->ncodes, g);

		most = n > most ? n : most;
	}
	return most;
}

/* ---- rules ---- */

static int64_t *numbers(struct tally_work *w)
{
	int64_t *n =
	    copl_arena_alloc(w->a, (w->space.ngroups + 1) * sizeof(*n));

	w->nomem = w->nomem || n == NULL;
	return n;
}

const int64_t *tally_sum(struct tally_work *w, const int64_t *each)
{
	int64_t *all = each == NULL ? NULL : numbers(w);
	size_t g;

	for (g = 0; all != NULL && g < w->space.ngroups; g++)
		all[0] += each[g];
	return all;
}

/* Codes of the block, none of them yet. */
static bool *empty_set(struct tally_work *w)
{
	bool *set = copl_arena_alloc(w->a, w->ncodes * sizeof(*set));

	w->nomem = w->nomem || set == NULL;
	return set;
}

static bool *set_of(struct tally_work *w, size_t code)
{
	bool *set = empty_set(w);

	if (set != NULL && code < w->ncodes)
		set[code] = true;
	return set;
}

/* A rule about no code at all would say nothing, so it is lost. */
static void add_rule(struct tally_work *w, const bool *set, const int64_t *lo,
    const int64_t *hi, bool whole)
{
	if (set == NULL || w->nrules == RULES_MAX ||
	    memchr(set, 1, w->ncodes * sizeof(*set)) == NULL) {
		w->lost = true;
		return;
	}
	w->rules[w->nrules++] = whole ? (struct hide_rule){set, true,
					    tally_sum(w, lo), tally_sum(w, hi)}
				      : (struct hide_rule){set, false, lo, hi};
}

/* ---- choose-many: an option beside the others ---- */

struct many { /* of one group */
	int64_t answered;
	int64_t alone; /* chose an exclusive option */
	int64_t sum; /* of the others */
	int64_t most; /* of the others, the largest */
};

static struct many many_of(const struct tally_work *w,
    const struct tally_question *q, size_t but, size_t g)
{
	struct many m = {tally_count_of(w, q, 0, q->ncodes, g), 0, 0, 0};
	size_t k;

	for (k = 0; k < q->ncodes; k++) {
		const int64_t n = tally_count_of(w, q, 0, k, g);

		if (k == but)
			continue;
		if (q->alone[k]) {
			m.alone += n;
		} else {
			m.sum += n;
			m.most = n > m.most ? n : m.most;
		}
	}
	return m;
}

/* Least and most who can have chosen from the others, as those were chosen. */
static void free_range(const struct tally_question *q, const struct many *m,
    int64_t *lo, int64_t *hi)
{
	const int64_t top = q->most == 0 ? m->sum : (int64_t)q->most;
	const int64_t least = q->least < 2 ? 1 : (int64_t)q->least;

	*lo = m->most;
	if (top > 0 && (m->sum + top - 1) / top > *lo)
		*lo = (m->sum + top - 1) / top;
	*hi = m->sum / least;
}

/* option is ncodes: those who gave no answer. */
void tally_add_many_rule(
    struct tally_work *w, const struct tally_question *q, size_t option)
{
	int64_t *lo = numbers(w), *hi = numbers(w), few, many;
	const bool apart = option == q->ncodes || q->alone[option];
	size_t g;

	for (g = 0; !w->nomem && g < w->space.ngroups; g++) {
		const struct many m = many_of(w, q, option, g);
		const int64_t rest = m.answered - m.alone;

		if (apart) {
			const int64_t all =
			    option == q->ncodes
				? tally_people_of(w, g) - m.alone
				: rest;

			free_range(q, &m, &few, &many);
			lo[g] = all - many;
			hi[g] = all - few;
			continue;
		}
		lo[g] = rest * (q->least < 2 ? 1 : (int64_t)q->least) - m.sum;
		hi[g] = rest;
		if (q->most > 0 && rest * (int64_t)q->most - m.sum < hi[g])
			hi[g] = rest * (int64_t)q->most - m.sum;
	}
	add_rule(w, set_of(w, 0), lo, hi, false);
}

/* ---- rank: a thing has one place at most ---- */

void tally_add_rank_rules(
    struct tally_work *w, const struct tally_question *q, size_t part)
{
	size_t code, g, k;

	for (code = 0; code < q->ncodes; code++) {
		int64_t *hi = numbers(w);

		for (g = 0; !w->nomem && g < w->space.ngroups; g++) {
			hi[g] = answered(w, q, g);
			for (k = 0; k < q->nparts; k++)
				if (k != part)
					hi[g] -=
					    tally_count_of(w, q, k, code, g);
		}
		add_rule(w, set_of(w, code), NULL, hi, false);
	}
}

/* ---- who was asked ---- */

static const struct tally_answered *find(
    const struct tally_tables *t, const char *id, size_t release)
{
	size_t i;

	for (i = 0; i < t->nquestions; i++)
		if (strcmp(t->questions[i].question->id, id) == 0 &&
		    (t->questions[i].question->releases >> release & 1) != 0)
			return &t->questions[i];
	return NULL;
}

static size_t option_of(const struct tally_question *q, const char *code)
{
	size_t k;

	for (k = 0; k < q->ncodes; k++)
		if (strcmp(q->codes[k], code) == 0)
			break;
	return k;
}

/* How many of a group fulfil what a question is asked on. */
static int64_t asked_in(
    const struct tally_work *w, const struct tally_ask *ask, size_t g)
{
	const struct tally_answered *parent =
	    find(w->t, ask->parent, w->t->groups[w->group[g]].release);
	const struct tally_question *q;
	int64_t n = 0;
	size_t k;

	if (parent == NULL)
		return tally_people_of(w, g);
	q = parent->question;
	if (ask->option != NULL) {
		k = option_of(q, ask->option);
		n = k < q->ncodes ? tally_count_of(w, q, 0, k, g) : 0;
		return ask->chosen ? n : tally_people_of(w, g) - n;
	}
	for (k = 0; k < ask->ncodes; k++) {
		const size_t code = option_of(q, ask->codes[k]);

		if (code < q->ncodes)
			n += tally_count_of(w, q, 0, code, g);
	}
	return n;
}

/*
 * Nobody answers who was not asked, and nobody is silent who had to answer.
 * none: the code of no answer.
 */
void tally_add_asked_rule(struct tally_work *w, const struct tally_question *q,
    size_t part, size_t none)
{
	const bool fixed = q->required || q->ask.how == TALLY_OTHER;
	int64_t *lo = numbers(w), *hi = numbers(w);
	size_t g;

	if ((!fixed && q->ask.how == TALLY_ALL) || w->nomem)
		return;
	for (g = 0; g < w->space.ngroups; g++) {
		hi[g] = tally_people_of(w, g) -
			tally_count_of(w, q, part, q->ncodes, g);
		lo[g] = fixed ? hi[g]
			      : tally_people_of(w, g) - asked_in(w, &q->ask, g);
	}
	add_rule(w, set_of(w, none), lo, fixed ? hi : NULL, false);
}

/* Those who answered a question that is asked on this one stay as they are. */
static void add_child_rule(struct tally_work *w, const bool *set,
    const struct tally_answered *child, bool negative)
{
	const struct tally_question *q = child->question;
	int64_t *n = numbers(w), *rest = numbers(w);
	size_t g;

	if (w->nomem || child->tier == TALLY_NOTHING)
		return;
	for (g = 0; g < w->space.ngroups; g++) {
		n[g] = answered(w, q, g);
		rest[g] = tally_people_of(w, g) - n[g];
	}
	if (negative)
		add_rule(w, set, q->required ? rest : NULL, rest,
		    child->tier == TALLY_TOTALS);
	else
		add_rule(w, set, n, q->required ? n : NULL,
		    child->tier == TALLY_TOTALS);
}

/* How many people have the codes may not change at all. */
static void add_fixed_rule(struct tally_work *w, const struct tally_question *q,
    size_t code, const bool *set, bool whole)
{
	int64_t *n = numbers(w);
	size_t g;

	for (g = 0; !w->nomem && g < w->space.ngroups; g++)
		n[g] = tally_count_of(w, q, 0, code, g);
	add_rule(w, set, n, n, whole);
}

static void add_ref_rules(struct tally_work *w, const struct tally_question *q,
    const struct tally_answered *child, size_t option)
{
	const struct tally_ask *ask = &child->question->ask;
	const bool whole = child->tier == TALLY_TOTALS;
	size_t i, k;

	if (child->tier == TALLY_NOTHING)
		return;
	for (i = 0; i < ask->nrefs; i++) {
		if (strcmp(ask->refs[i].question, q->id) != 0)
			continue;
		for (k = 0; k < q->ncodes; k++) {
			if (ask->refs[i].code != NULL &&
			    strcmp(ask->refs[i].code, q->codes[k]) != 0)
				continue;
			if (q->kind != COPL_CHOOSE_MANY)
				add_fixed_rule(w, q, k, set_of(w, k), whole);
			else if (k == option)
				add_fixed_rule(w, q, k, set_of(w, 0), whole);
		}
	}
}

/* What a question is asked on, as codes of this one. */
static const bool *wanted(struct tally_work *w, const struct tally_question *q,
    const struct tally_ask *ask)
{
	bool *set = empty_set(w);
	size_t i;

	for (i = 0; set != NULL && i < ask->ncodes; i++) {
		const size_t code = option_of(q, ask->codes[i]);

		if (code < q->ncodes)
			set[code] = true;
	}
	return set;
}

/* option: of choose-many, whose block has two codes. */
void tally_add_children_rules(
    struct tally_work *w, const struct tally_question *q, size_t option)
{
	size_t i;

	for (i = 0; i < w->t->nquestions; i++) {
		const struct tally_answered *child = &w->t->questions[i];
		const struct tally_ask *ask = &child->question->ask;

		if ((child->question->releases & q->releases) == 0)
			continue;
		if (ask->how == TALLY_OTHER)
			add_ref_rules(w, q, child, option);
		if (ask->how != TALLY_SOME || strcmp(ask->parent, q->id) != 0)
			continue;
		if (q->kind != COPL_CHOOSE_MANY)
			add_child_rule(w, wanted(w, q, ask), child, false);
		else if (option < q->ncodes &&
			 strcmp(ask->option, q->codes[option]) == 0)
			add_child_rule(w, set_of(w, 0), child, !ask->chosen);
	}
}
