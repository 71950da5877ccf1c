/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Questions that are answered by choosing. */
#include "config.h"
#include <string.h>
#include "answers/answers_priv.h"

static const char *slot_name(
    const struct answers_judge *j, size_t item, size_t slot)
{
	return j->f->slots[j->f->items[item].first + slot].name;
}

static void *alloc(struct answers_judge *j, size_t n, size_t size)
{
	void *p = copl_arena_alloc(j->a->arena, (n + 1) * size);

	if (p == NULL)
		j->st = COPL_E_NOMEM;
	return p;
}

/* ---- choose one, choose many ---- */

/* Texts beside options count only with their option. */
static void keep_others(
    struct answers_judge *j, size_t item, const bool *chosen)
{
	const struct answers_item *it = &j->f->items[item];
	size_t max = j->odk ? 0 : COPL_ANSWER_OTHER_MAX, i;

	for (i = 1; i < it->nslots && j->st == COPL_OK; i++) {
		size_t option = j->f->slots[it->first + i].n;

		if (chosen[option])
			answers_keep_text(j, item, i,
			    it->q->choices->options[option].value, max,
			    slot_name(j, item, i));
	}
}

/* How many are chosen, in the form's order in codes. */
static size_t list_chosen(
    const struct copl_choices *c, const bool *chosen, const char **codes)
{
	size_t n = 0, i;

	for (i = 0; i < c->n; i++)
		if (chosen[i])
			codes[n++] = c->options[i].value;
	return n;
}

static bool alone_chosen(const struct copl_choices *c, const bool *chosen)
{
	size_t i;

	for (i = 0; i < c->n; i++)
		if (chosen[i] && c->options[i].exclusive)
			return true;
	return false;
}

static uint64_t number(const char *s)
{
	uint64_t n = 0;

	return s != NULL && copl_number_parse(s, INT32_MAX, &n) ? n : 0;
}

static void check_count(
    struct answers_judge *j, size_t item, const bool *chosen, size_t n)
{
	const struct copl_question *q = j->f->items[item].q;
	uint64_t min = number(q->min), max = number(q->max);
	bool alone = alone_chosen(q->choices, chosen);

	if (q->kind != COPL_CHOOSE_MANY)
		return;
	if (alone && n > 1)
		answers_fault(j, item, COPL_FAULT_EXCLUSIVE, NULL);
	else if (max > 0 && n > max)
		answers_fault(j, item, COPL_FAULT_TOO_MANY, NULL);
	else if (n < min && !alone)
		answers_fault(j, item, COPL_FAULT_TOO_FEW, NULL);
}

/* Marks what is chosen; false: a value is no option. */
static bool choose(struct answers_judge *j, size_t item, bool *chosen)
{
	const struct copl_question *q = j->f->items[item].q;
	const struct answers_given *g = answers_given_to(j, item, 0);
	bool all = true;

	for (; g != NULL; g = g->next) {
		size_t option = answers_option(q->choices, g->s, g->len);

		if (g->len == 0)
			continue;
		if (option == SIZE_MAX) {
			all = false;
		} else if (chosen[option]) {
			answers_fault(j, item, COPL_FAULT_TWICE, q->id);
		} else {
			chosen[option] = true;
		}
	}
	return all;
}

void answers_judge_choice(struct answers_judge *j, size_t item)
{
	const struct copl_choices *c = j->f->items[item].q->choices;
	const char **codes;
	bool *chosen;
	size_t n;

	if (answers_given_to(j, item, 0) == NULL) {
		answers_missing(j, item, NULL);
		return;
	}
	codes = alloc(j, c == NULL ? 0 : c->n, sizeof(*codes));
	chosen = alloc(j, c == NULL ? 0 : c->n, sizeof(*chosen));
	if (codes == NULL || chosen == NULL || c == NULL)
		return;
	if (!choose(j, item, chosen))
		answers_fault(j, item, COPL_FAULT_OPTION, NULL);
	n = list_chosen(c, chosen, codes);
	if (n == 0)
		return;
	answers_keep(j, item, NULL, codes, n);
	check_count(j, item, chosen, n);
	keep_others(j, item, chosen);
}

/* ---- grid ---- */

void answers_judge_grid(struct answers_judge *j, size_t item)
{
	const struct copl_question *q = j->f->items[item].q;
	size_t i;

	for (i = 0; i < q->nrows; i++) {
		const struct answers_given *g = answers_given_to(j, item, i);
		const char *field = slot_name(j, item, i);
		size_t option;

		if (g == NULL) {
			answers_missing(j, item, field);
			continue;
		}
		option = answers_option(q->choices, g->s, g->len);
		if (option == SIZE_MAX)
			answers_fault(j, item, COPL_FAULT_OPTION, field);
		else
			answers_keep_one(j, item, q->rows[i].id,
			    q->choices->options[option].value);
	}
}

/* ---- rank ---- */

/* The place, from 1; 0: it is none. */
static size_t place(const struct answers_given *g, size_t last)
{
	size_t n = 0, i;

	for (i = 0; i < g->len; i++) {
		if (!copl_is_digit(g->s[i]) || n > last)
			return 0;
		n = n * 10 + (size_t)(g->s[i] - '0');
	}
	return n > last ? 0 : n;
}

/* Puts each option to its place; how many have one. */
static size_t put_places(
    struct answers_judge *j, size_t item, const char **codes, size_t last)
{
	const struct copl_choices *c = j->f->items[item].q->choices;
	size_t filled = 0, i;

	for (i = 0; i < c->n; i++) {
		const struct answers_given *g = answers_given_to(j, item, i);
		size_t n = g == NULL ? 0 : place(g, last);

		if (g == NULL)
			continue;
		if (n == 0) {
			answers_fault(
			    j, item, COPL_FAULT_OPTION, slot_name(j, item, i));
		} else if (codes[n - 1] != NULL) {
			answers_fault(
			    j, item, COPL_FAULT_RANK, slot_name(j, item, i));
		} else {
			codes[n - 1] = c->options[i].value;
			filled++;
		}
	}
	return filled;
}

/* Places that nothing has stay empty: closing up would be our own ranking. */
static void keep_places(
    struct answers_judge *j, size_t item, const char **codes, size_t last)
{
	size_t n = last, i;

	while (n > 0 && codes[n - 1] == NULL)
		n--;
	for (i = 0; i < n; i++)
		if (codes[i] == NULL)
			codes[i] = "";
	if (n > 0)
		answers_keep(j, item, NULL, codes, n);
}

void answers_judge_rank(struct answers_judge *j, size_t item)
{
	const struct copl_question *q = j->f->items[item].q;
	size_t last = q->choices == NULL ? 0 : q->choices->n;
	size_t before = j->nfound, filled;
	const char **codes;

	if (q->top > 0 && q->top < last)
		last = q->top;
	codes = alloc(j, last, sizeof(*codes));
	if (codes == NULL || last == 0)
		return;
	filled = put_places(j, item, codes, last);
	if (filled == 0 && j->nfound == before)
		answers_missing(j, item, NULL);
	else if (filled < last && q->required && j->nfound == before)
		answers_fault(j, item, COPL_FAULT_RANK, NULL);
	keep_places(j, item, codes, last);
}

/* ---- consent ---- */

void answers_judge_consent(struct answers_judge *j, size_t item)
{
	const struct answers_given *g = answers_given_to(j, item, 0);

	if (g == NULL)
		answers_missing(j, item, NULL);
	else if (g->len == 3 && memcmp(g->s, "yes", 3) == 0)
		answers_keep_one(j, item, NULL, "yes");
	else
		answers_fault(j, item, COPL_FAULT_CONSENT, NULL);
}
