/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What is published of whole forms, whose questions say something about each
 * other: long lists, questions that are asked on an answer, and releases that
 * list the answers in another order.
 */
#include "config.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "tally/table.h"

#define LONG_LIST 193
#define QUESTIONS_MAX 4
#define COUNTERS_MAX 800

/* A form of few questions, in one group of people for each release. */
struct scene {
	struct tally_forms all;
	struct tally_form form;
	struct tally_edition editions[2];
	struct tally_question questions[QUESTIONS_MAX];
	struct tally_group groups[2];
	uint32_t counts[2][COUNTERS_MAX];
	const char *codes[LONG_LIST];
	char names[LONG_LIST][8];
	struct tally_tables tables;
};

static const char *no_part[] = {NULL};

static void setup(struct scene *s, size_t releases)
{
	size_t i;

	memset(s, 0, sizeof(*s));
	s->form = (struct tally_form){.id = "digital_skills",
	    .editions = s->editions,
	    .neditions = releases,
	    .questions = s->questions,
	    .groups = s->groups,
	    .ngroups = releases};
	for (i = 0; i < releases; i++) {
		s->all.releases[i].version = releases - i;
		s->editions[i].release = i;
		s->groups[i] = (struct tally_group){.lang = "ar",
		    .recipient = "arab_states",
		    .release = i,
		    .counts = s->counts[i]};
	}
	for (i = 0; i < LONG_LIST; i++) {
		snprintf(s->names[i], sizeof(s->names[i]), "c%zu", i);
		s->codes[i] = s->names[i];
	}
}

static struct tally_question *add(struct scene *s, const char *id,
    enum copl_question_kind kind, const char **codes, size_t n)
{
	struct tally_question *q = &s->questions[s->form.nquestions++];

	*q = (struct tally_question){.id = id,
	    .kind = kind,
	    .codes = codes,
	    .ncodes = n,
	    .parts = no_part,
	    .nparts = 1,
	    .at = s->form.ncounters,
	    .releases = s->form.neditions == 2 ? 3 : 1};
	s->form.ncounters += n + 1;
	assert_true(s->form.ncounters <= COUNTERS_MAX);
	return q;
}

static void ask_on(struct tally_question *q, const char *parent,
    const char **codes, size_t ncodes)
{
	q->ask = (struct tally_ask){.how = TALLY_SOME,
	    .parent = parent,
	    .codes = codes,
	    .ncodes = ncodes};
}

/* So many people of a release chose it; of choose-one they all answered. */
static void chose(struct scene *s, size_t release,
    const struct tally_question *q, size_t code, uint32_t n)
{
	s->counts[release][q->at + code] += n;
	if (q->kind != COPL_CHOOSE_MANY)
		s->counts[release][q->at + q->ncodes] += n;
}

static void publish(struct scene *s)
{
	assert_int_equal(
	    tally_tables_make(&s->all, &s->form, false, &s->tables), COPL_OK);
	assert_int_equal(s->tables.nquestions, s->form.nquestions);
}

static const struct tally_answered *answered(
    const struct scene *s, const struct tally_question *q)
{
	return &s->tables.questions[q - s->questions];
}

/* In the column of all. */
static bool is_hidden(
    const struct scene *s, const struct tally_question *q, size_t code)
{
	const struct tally_answered *a = answered(s, q);

	return a
	    ->hidden[tally_cell(&s->tables, a, 0, code, s->tables.places - 1)];
}

static size_t count_hidden(
    const struct scene *s, const struct tally_question *q)
{
	size_t n = 0, k;

	for (k = 0; k <= q->ncodes; k++)
		n += is_hidden(s, q, k);
	return n;
}

/* ---- long lists ---- */

static void of_a_long_list_all_large_numbers_are_published(void **state)
{
	struct scene s;
	struct tally_question *country, *city;
	const char *cities[] = {"large", "small"};
	const char *asked[] = {"c170"};
	size_t k;

	(void)state;
	setup(&s, 1);
	country = add(&s, "country", COPL_CHOOSE_ONE, s.codes, LONG_LIST);
	country->required = true;
	city = add(&s, "city", COPL_CHOOSE_ONE, cities, 2);
	ask_on(city, "country", asked, 1);
	for (k = 0; k < LONG_LIST; k++)
		chose(&s, 0, country, k, 100);
	chose(&s, 0, city, 0, 50);
	chose(&s, 0, city, 1, 40);
	s.groups[0].people = LONG_LIST * 100;
	publish(&s);
	assert_int_equal(answered(&s, country)->tier, TALLY_FULL);
	assert_int_equal(count_hidden(&s, country), 0);
	assert_int_equal(answered(&s, city)->tier, TALLY_FULL);
	assert_int_equal(count_hidden(&s, city), 0);
	tally_tables_clear(&s.tables);
}

/* c170 has the least, so it would be hidden with c171, were it not known. */
static void and_a_question_on_one_of_its_answers_is_heeded(void **state)
{
	struct scene s;
	struct tally_question *country, *city;
	const char *cities[] = {"large", "small"};
	const char *asked[] = {"c170"};
	size_t k;

	(void)state;
	setup(&s, 1);
	country = add(&s, "country", COPL_CHOOSE_ONE, s.codes, LONG_LIST);
	country->required = true;
	city = add(&s, "city", COPL_CHOOSE_ONE, cities, 2);
	city->required = true;
	ask_on(city, "country", asked, 1);
	for (k = 0; k < LONG_LIST; k++) {
		const uint32_t n = k == 170 ? 20 : k == 171 ? 3 : 100;

		chose(&s, 0, country, k, n);
		s.groups[0].people += n;
	}
	chose(&s, 0, city, 0, 11);
	chose(&s, 0, city, 1, 9);
	publish(&s);
	assert_int_equal(answered(&s, country)->tier, TALLY_FULL);
	assert_true(is_hidden(&s, country, 171));
	assert_false(is_hidden(&s, country, 170));
	assert_int_equal(count_hidden(&s, country), 2);
	assert_int_equal(count_hidden(&s, city), 0);
	tally_tables_clear(&s.tables);
}

/* Who chose the exclusive one chose no other, wherever it stands. */
static void an_exclusive_option_may_stand_at_the_end(void **state)
{
	struct scene s;
	struct tally_question *q;
	bool alone[LONG_LIST] = {false};

	(void)state;
	setup(&s, 1);
	q = add(&s, "devices", COPL_CHOOSE_MANY, s.codes, LONG_LIST);
	q->alone = alone;
	q->required = true;
	alone[LONG_LIST - 1] = true;
	/* No more than 4 can have chosen the others. */
	chose(&s, 0, q, 0, 3);
	chose(&s, 0, q, 1, 3);
	chose(&s, 0, q, LONG_LIST - 1, 6);
	s.counts[0][q->at + q->ncodes] = 10;
	s.groups[0].people = 10;
	publish(&s);
	assert_int_equal(answered(&s, q)->tier, TALLY_NOTHING);
	assert_true(is_hidden(&s, q, 0));
	assert_true(is_hidden(&s, q, LONG_LIST - 1));
	tally_tables_clear(&s.tables);
}

/* ---- questions that are asked where an option was not chosen ---- */

/*
 * All chose it, which would hurt.  Where everybody else had to answer another
 * question, the number of those who did tells it.
 */
static void everybody_chose(bool required, enum tally_tier tier)
{
	const char *rights[] = {"knows", "speaks"};
	const char *why[] = {"fear", "time"};
	struct scene s;
	struct tally_question *q, *other;
	bool alone[2] = {false};

	setup(&s, 1);
	q = add(&s, "rights", COPL_CHOOSE_MANY, rights, 2);
	q->alone = alone;
	q->sensitive = true;
	other = add(&s, "why", COPL_CHOOSE_ONE, why, 2);
	other->required = required;
	other->ask = (struct tally_ask){
	    .how = TALLY_SOME, .parent = "rights", .option = "knows"};
	chose(&s, 0, q, 0, 20);
	chose(&s, 0, q, 1, 8);
	s.counts[0][q->at + q->ncodes] = 20;
	s.groups[0].people = 20;
	publish(&s);
	assert_true(is_hidden(&s, q, 0));
	assert_int_equal(answered(&s, q)->tier, tier);
	assert_int_equal(answered(&s, other)->tier, tier);
	tally_tables_clear(&s.tables);
}

static void what_everybody_chose_may_be_told_by_another_question(void **state)
{
	(void)state;
	everybody_chose(false, TALLY_FULL);
	everybody_chose(true, TALLY_NOTHING);
}

/* ---- two releases ---- */

/*
 * The newer release has a new option before the one that a question is asked
 * on.  In the older one 20 chose it and answered that question, so it cannot be
 * what a small number of the older release is hidden with.
 */
static void an_answer_is_known_by_its_name_in_every_release(void **state)
{
	const char *newer[] = {"new", "console", "phone", "tablet"};
	const char *older[] = {"console", "phone", "tablet"};
	const char *asked[] = {"console"};
	const char *games[] = {"alone", "together"};
	struct scene s;
	struct tally_question *after, *before, *how;

	(void)state;
	setup(&s, 2);
	after = add(&s, "device", COPL_CHOOSE_ONE, newer, 4);
	after->releases = 1;
	before = add(&s, "device", COPL_CHOOSE_ONE, older, 3);
	before->releases = 2;
	how = add(&s, "games", COPL_CHOOSE_ONE, games, 2);
	how->required = true;
	ask_on(how, "device", asked, 1);
	chose(&s, 0, after, 0, 30);
	chose(&s, 0, after, 1, 30);
	chose(&s, 0, after, 2, 30);
	chose(&s, 0, after, 3, 30);
	chose(&s, 0, how, 0, 30);
	s.groups[0].people = 120;
	chose(&s, 1, before, 0, 20);
	chose(&s, 1, before, 1, 60);
	chose(&s, 1, before, 2, 3);
	chose(&s, 1, how, 0, 10);
	chose(&s, 1, how, 1, 10);
	s.groups[1].people = 83;
	publish(&s);
	assert_int_equal(count_hidden(&s, after), 0);
	assert_true(is_hidden(&s, before, 2));
	assert_false(is_hidden(&s, before, 0));
	assert_true(is_hidden(&s, before, 1));
	assert_int_equal(count_hidden(&s, how), 0);
	tally_tables_clear(&s.tables);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(of_a_long_list_all_large_numbers_are_published),
	    cmocka_unit_test(and_a_question_on_one_of_its_answers_is_heeded),
	    cmocka_unit_test(an_exclusive_option_may_stand_at_the_end),
	    cmocka_unit_test(
		what_everybody_chose_may_be_told_by_another_question),
	    cmocka_unit_test(an_answer_is_known_by_its_name_in_every_release),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
