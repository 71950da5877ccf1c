/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Counts of groups become columns of tables. */
#include "config.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "tally/table.h"

/* ---- groups ---- */

/* The United Nations' order; what is not known comes last. */
static int rank_of(const char *lang)
{
	static const char *const order[] = {"ar", "zh", "en", "fr", "ru", "es"};
	size_t i;

	for (i = 0; i < COPL_COUNT(order); i++)
		if (strncmp(lang, order[i], 2) == 0 &&
		    (lang[2] == '\0' || lang[2] == '-'))
			return (int)i;
	return *lang == '\0' ? 99 : 50;
}

static int by_language(const char *a, const char *b)
{
	const int d = rank_of(a) - rank_of(b);

	return d != 0 ? d : strcmp(a, b);
}

static int by_recipient(const char *a, const char *b)
{
	if ((*a == '\0') != (*b == '\0'))
		return *a == '\0' ? 1 : -1;
	return strcmp(a, b);
}

static int compare(const void *x, const void *y)
{
	const struct tally_group *a = x, *b = y;
	int d = by_recipient(a->recipient, b->recipient);

	if (d == 0)
		d = by_language(a->lang, b->lang);
	return d != 0 ? d
		      : (a->release < b->release) - (a->release > b->release);
}

/* ---- eras: releases that every question takes together ---- */

static bool same_era(const struct tally_form *f, size_t a, size_t b)
{
	size_t i;

	for (i = 0; i < f->nquestions; i++)
		if (f->questions[i].ncodes > 0 &&
		    (f->questions[i].releases >> a & 1) !=
			(f->questions[i].releases >> b & 1))
			return false;
	return true;
}

/* The number of the era of a release: that of the first one of its kind. */
static void number_eras(const struct tally_form *f, uint32_t *era)
{
	uint32_t n = 0;
	size_t i, k;

	for (i = 0; i < f->neditions; i++) {
		for (k = 0; k < i; k++)
			if (same_era(f, f->editions[i].release,
				f->editions[k].release))
				break;
		era[f->editions[i].release] =
		    k < i ? era[f->editions[k].release] : n++;
	}
}

/*
 * Groups in order, without those of an era that has too few answers: they
 * could be told from what is missing in others.
 */
static void take_groups(struct tally_tables *t, const uint32_t *era)
{
	struct tally_form *f = t->form;
	int64_t people[TALLY_RELEASES_MAX] = {0};
	size_t i;

	qsort(f->groups, f->ngroups, sizeof(*f->groups), compare);
	for (i = 0; i < f->ngroups; i++)
		people[era[f->groups[i].release]] += f->groups[i].people;
	for (i = 0; i < f->ngroups; i++) {
		const uint32_t e = era[f->groups[i].release];

		if (!t->exact && people[e] < HIDE_SMALL) {
			t->left_out += f->groups[i].people;
			continue;
		}
		t->people[t->ngroups] = f->groups[i].people;
		t->era[t->ngroups] = e;
		t->groups[t->ngroups++] = f->groups[i];
	}
}

/* ---- columns ---- */

static const char *name_of(
    const struct tally_tables *t, const struct tally_group *g, size_t axis)
{
	switch ((enum tally_axis)axis) {
	case TALLY_BY_LANGUAGE:
		return g->lang;
	case TALLY_BY_RECIPIENT:
		return g->recipient;
	case TALLY_BY_RELEASE:
		break;
	}
	return copl_arena_printf(
	    t->arena, "%" PRIu64, t->all->releases[g->release].version);
}

static int compare_names(size_t axis, const char *a, const char *b)
{
	const size_t la = strlen(a), lb = strlen(b);

	if (axis == TALLY_BY_LANGUAGE)
		return by_language(a, b);
	if (axis == TALLY_BY_RECIPIENT)
		return by_recipient(a, b);
	return la != lb ? (la > lb) - (la < lb) : strcmp(a, b);
}

/* Names of an axis, sorted; false: memory is out. */
static bool name_columns(
    struct tally_tables *t, size_t axis, const char **names, size_t *n)
{
	size_t i, k;

	*n = 0;
	for (i = 0; i < t->ngroups; i++) {
		const char *name = name_of(t, &t->groups[i], axis);

		if (name == NULL)
			return false;
		for (k = 0; k < *n; k++)
			if (compare_names(axis, names[k], name) >= 0)
				break;
		if (k < *n && strcmp(names[k], name) == 0)
			continue;
		memmove(&names[k + 1], &names[k], (*n - k) * sizeof(*names));
		names[k] = name;
		(*n)++;
	}
	return true;
}

static bool place_groups(
    struct tally_tables *t, size_t axis, const char **names, size_t n)
{
	size_t i, k;

	for (i = 0; i < t->ngroups; i++) {
		const char *name = name_of(t, &t->groups[i], axis);

		if (name == NULL)
			return false;
		for (k = 0; k < n && strcmp(names[k], name) != 0; k++)
			;
		t->column_of[axis][i] = (uint32_t)k;
	}
	return true;
}

static bool make_columns(struct tally_tables *t)
{
	const char **names[HIDE_AXES];
	size_t a, i, n;

	t->places = 1;
	for (a = 0; a < HIDE_AXES; a++) {
		names[a] = copl_arena_alloc(
		    t->arena, (t->ngroups + 2) * sizeof(char *));
		if (names[a] == NULL || !name_columns(t, a, names[a], &n) ||
		    !place_groups(t, a, names[a], n))
			return false;
		t->at[a] = t->places - 1;
		t->n[a] = n > 1 ? n : 0;
		t->places += t->n[a];
	}
	t->columns =
	    copl_arena_alloc(t->arena, t->places * sizeof(*t->columns));
	t->closed = copl_arena_alloc(t->arena, t->places * sizeof(*t->closed));
	if (t->columns == NULL || t->closed == NULL)
		return false;
	for (a = 0; a < HIDE_AXES; a++)
		for (i = 0; i < t->n[a]; i++)
			t->columns[t->at[a] + i].name = names[a][i];
	t->columns[t->places - 1].name = "";
	return true;
}

/* The places that a group is counted in; returns how many. */
static size_t places_of(
    const struct tally_tables *t, size_t g, size_t places[HIDE_AXES + 1])
{
	size_t n = 0, a;

	for (a = 0; a < HIDE_AXES; a++)
		if (t->n[a] > 0)
			places[n++] = t->at[a] + t->column_of[a][g];
	places[n++] = t->places - 1;
	return n;
}

static void count_people(struct tally_tables *t)
{
	size_t places[HIDE_AXES + 1], i, k, n;

	for (i = 0; i < t->ngroups; i++)
		for (k = 0, n = places_of(t, i, places); k < n; k++)
			t->columns[places[k]].people += t->people[i];
}

static bool close_columns(struct tally_tables *t)
{
	struct hide_space space = {
	    .ngroups = t->ngroups, .people = t->people, .era = t->era};
	size_t a, i;

	for (a = 0; a < HIDE_AXES; a++) {
		space.column[a] = t->column_of[a];
		space.ncolumns[a] = t->n[a];
	}
	if (!t->exact && !hide_columns(&space, t->closed))
		return false;
	for (i = 0; i < t->places; i++)
		t->columns[i].closed = t->closed[i];
	return true;
}

/* ---- numbers ---- */

static void count_part(const struct tally_tables *t, struct tally_answered *q,
    size_t part, size_t group)
{
	const struct tally_question *m = q->question;
	const struct tally_group *g = &t->groups[group];
	const uint32_t *counts = g->counts + m->at + part * (m->ncodes + 1);
	size_t places[HIDE_AXES + 1], code, k;
	const size_t n = places_of(t, group, places);

	for (code = 0; code <= m->ncodes; code++) {
		const int64_t count =
		    code < m->ncodes ? counts[code] : g->people - counts[code];

		for (k = 0; k < n; k++)
			q->counts[tally_cell(t, q, part, code, places[k])] +=
			    count;
	}
}

static void count_question(struct tally_tables *t, struct tally_answered *q)
{
	size_t places[HIDE_AXES + 1], i, k, n, part;

	for (i = 0; i < t->ngroups; i++) {
		const struct tally_group *g = &t->groups[i];

		if ((q->question->releases >> g->release & 1) == 0)
			continue;
		for (k = 0, n = places_of(t, i, places); k < n; k++)
			q->people[places[k]] += g->people;
		for (part = 0; part < q->question->nparts; part++)
			count_part(t, q, part, i);
	}
}

static bool make_question(
    struct tally_tables *t, const struct tally_question *m)
{
	struct tally_answered *q = &t->questions[t->nquestions];
	size_t cells;

	*q = (struct tally_answered){.question = m};
	cells = m->nparts * tally_rows(q) * t->places;
	q->counts = copl_arena_alloc(t->arena, cells * sizeof(*q->counts));
	q->hidden = copl_arena_alloc(t->arena, cells * sizeof(*q->hidden));
	q->people = copl_arena_alloc(t->arena, t->places * sizeof(*q->people));
	if (q->counts == NULL || q->hidden == NULL || q->people == NULL)
		return false;
	count_question(t, q);
	/* A question of releases that nobody has answered. */
	if (q->people[t->places - 1] > 0)
		t->nquestions++;
	return true;
}

static bool make_questions(struct tally_tables *t)
{
	size_t i;

	t->questions = copl_arena_alloc(
	    t->arena, (t->form->nquestions + 1) * sizeof(*t->questions));
	if (t->questions == NULL)
		return false;
	for (i = 0; i < t->form->nquestions; i++)
		if (t->form->questions[i].ncodes > 0 &&
		    !make_question(t, &t->form->questions[i]))
			return false;
	return true;
}

static bool make_room(struct tally_tables *t)
{
	const size_t n = t->form->ngroups + 1;
	size_t a;

	t->arena = copl_arena_new();
	if (t->arena == NULL)
		return false;
	t->groups = copl_arena_alloc(t->arena, n * sizeof(*t->groups));
	t->people = copl_arena_alloc(t->arena, n * sizeof(*t->people));
	t->era = copl_arena_alloc(t->arena, n * sizeof(*t->era));
	for (a = 0; a < HIDE_AXES; a++) {
		t->column_of[a] =
		    copl_arena_alloc(t->arena, n * sizeof(*t->column_of[a]));
		if (t->column_of[a] == NULL)
			return false;
	}
	return t->groups != NULL && t->people != NULL && t->era != NULL;
}

enum copl_status tally_tables_make(struct tally_forms *fs,
    struct tally_form *form, bool exact, struct tally_tables *t)
{
	uint32_t era[TALLY_RELEASES_MAX] = {0};

	*t = (struct tally_tables){.all = fs, .form = form, .exact = exact};
	if (!make_room(t))
		return COPL_E_NOMEM;
	number_eras(form, era);
	take_groups(t, era);
	if (!make_columns(t))
		return COPL_E_NOMEM;
	count_people(t);
	if (!close_columns(t) || !make_questions(t))
		return COPL_E_NOMEM;
	return exact ? COPL_OK : tally_protect(t);
}

void tally_tables_clear(struct tally_tables *t)
{
	copl_arena_free(t->arena);
	t->arena = NULL;
}
