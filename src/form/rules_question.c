/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rules about one question and its answers. */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "form/form_priv.h"

#define POINTS_MAX 101

static void bounds(struct copl_form_reader *rd, const xmlNode *n,
    const char *attr, const char *sentence)
{
	copl_report(rd->r, COPL_ERROR, "form-bounds",
	    copl_form_attr_at(rd, n, attr), "%s", sentence);
}

/* ---- options ---- */

/* Which kinds of question use a list, one bit each. */
static unsigned users_of(
    const struct copl_form_reader *rd, const struct copl_choices *list)
{
	unsigned users = 0;
	size_t i;

	for (i = 0; i < rd->nitems; i++)
		if (rd->items[i]->choices == list)
			users |= 1u << rd->items[i]->kind;
	return users;
}

static void check_option(struct copl_form_reader *rd,
    const struct copl_option *o, unsigned users, bool *had_other)
{
	const unsigned one = 1u << COPL_CHOOSE_ONE;
	const unsigned many = 1u << COPL_CHOOSE_MANY;

	if (o->exclusive && users != 0 && (users & many) == 0)
		copl_report(rd->r, COPL_ERROR, "form-option",
		    copl_form_attr_at(rd, o->label, "exclusive"),
		    _("\"exclusive\" has a meaning in <choose-many> only: "
		      "remove it"));
	if (o->other && (users & ~(one | many)) != 0)
		copl_report(rd->r, COPL_ERROR, "form-option",
		    copl_form_attr_at(rd, o->label, "other"),
		    _("a box to write in fits <choose-one> and <choose-many> "
		      "only: remove \"other\""));
	else if (o->other && *had_other)
		copl_report(rd->r, COPL_ERROR, "form-option",
		    copl_form_attr_at(rd, o->label, "other"),
		    _("a list can have only one option with a box to write "
		      "in: remove \"other\" here or there"));
	*had_other = *had_other || o->other;
}

/* A slip in an age would let a child pass without a guardian. */
static void check_ages(
    struct copl_form_reader *rd, const struct copl_choices *list)
{
	int last = -1;
	size_t i;

	for (i = 0; i < list->n; i++) {
		const struct copl_option *o = &list->options[i];

		if (o->from_age < 0)
			continue;
		if (o->from_age <= last)
			copl_report(rd->r, COPL_ERROR, "form-age-order",
			    copl_form_attr_at(rd, o->label, "from-age"),
			    _("the ages must rise from option to option, but "
			      "%d comes after %d: correct one of the two"),
			    o->from_age, last);
		last = o->from_age;
	}
}

static void check_list(struct copl_form_reader *rd,
    const struct copl_choices *list, unsigned users)
{
	bool had_other = false;
	size_t i;

	for (i = 0; i < list->n; i++)
		check_option(rd, &list->options[i], users, &had_other);
	check_ages(rd, list);
	if (list->n == 1)
		copl_report(rd->r, COPL_ERROR, "form-few-options",
		    copl_form_at(rd, list->options[0].label),
		    _("one option is no choice: add another one"));
}

void copl_form_check_options(struct copl_form_reader *rd)
{
	const struct copl_form *f = rd->form;
	size_t i;

	for (i = 0; i < f->nchoices; i++)
		check_list(rd, &f->choices[i], users_of(rd, &f->choices[i]));
	for (i = 0; i < rd->nitems; i++) {
		const struct copl_choices *list = rd->items[i]->choices;

		if (list != NULL && list->node == rd->items[i]->node)
			check_list(rd, list, 1u << rd->items[i]->kind);
	}
}

/* ---- one function a question type ---- */

static void check_source_of_options(
    struct copl_form_reader *rd, const struct copl_question *q)
{
	bool use = xmlHasNsProp(q->node, (const xmlChar *)"use", NULL) != NULL;
	bool own = copl_form_child(q->node, "option") != NULL;

	if (use && own)
		copl_report(rd->r, COPL_ERROR, "form-options",
		    copl_form_attr_at(rd, q->node, "use"),
		    _("the question has a shared list and options of its own: "
		      "keep one of the two"));
	if (!use && !own)
		copl_report(rd->r, COPL_ERROR, "form-options",
		    copl_form_at(rd, q->node),
		    _("the question has no answers: add <option> elements or "
		      "use=\"...\""));
}

static void check_one(
    struct copl_form_reader *rd, const struct copl_question *q)
{
	check_source_of_options(rd, q);
}

static void check_many(
    struct copl_form_reader *rd, const struct copl_question *q)
{
	uint64_t min = 0, max = UINT64_MAX;

	check_source_of_options(rd, q);
	if (q->min != NULL && !copl_number_parse(q->min, UINT32_MAX, &min))
		return;
	if (q->max != NULL && !copl_number_parse(q->max, UINT32_MAX, &max))
		return;
	if (min > max)
		bounds(rd, q->node, "min",
		    _("\"min\" is greater than \"max\": correct one of the "
		      "two"));
	if (q->choices == NULL)
		return;
	if (min > q->choices->n)
		bounds(rd, q->node, "min",
		    _("\"min\" is greater than the number of options: lower "
		      "it, or add options"));
	if (q->max != NULL && max > q->choices->n)
		bounds(rd, q->node, "max",
		    _("\"max\" is greater than the number of options: lower "
		      "it, or add options"));
}

static bool is_point(const xmlNode *n, const char *name)
{
	return xmlHasNsProp(n, (const xmlChar *)name, NULL) != NULL;
}

static void check_rating(
    struct copl_form_reader *rd, const struct copl_question *q)
{
	if (!is_point(q->node, "from") || !is_point(q->node, "to"))
		return;
	if (q->from >= q->to)
		bounds(rd, q->node, "to",
		    _("\"to\" must be greater than \"from\": correct one of "
		      "the two"));
	else if (q->to - q->from >= POINTS_MAX)
		bounds(rd, q->node, "to",
		    _("a scale can have at most 101 points: 0 to 10 is enough "
		      "for most people"));
}

static void check_rank(
    struct copl_form_reader *rd, const struct copl_question *q)
{
	if (q->choices != NULL && q->top > q->choices->n)
		bounds(rd, q->node, "top",
		    _("\"top\" is greater than the number of options: lower "
		      "it, or add options"));
}

static void check_number(
    struct copl_form_reader *rd, const struct copl_question *q)
{
	int64_t min, max, step;

	if (q->min != NULL && q->max != NULL &&
	    copl_form_decimal(q->min, &min) &&
	    copl_form_decimal(q->max, &max) && min > max)
		bounds(rd, q->node, "min",
		    _("\"min\" is greater than \"max\": correct one of the "
		      "two"));
	if (q->step != NULL && copl_form_decimal(q->step, &step) && step <= 0)
		bounds(rd, q->node, "step",
		    _("\"step\" must be greater than 0: write 1, or remove "
		      "it"));
}

static void check_date(
    struct copl_form_reader *rd, const struct copl_question *q)
{
	int64_t min, max;

	if (q->min != NULL && q->max != NULL && copl_date_parse(q->min, &min) &&
	    copl_date_parse(q->max, &max) && min > max)
		bounds(rd, q->node, "min",
		    _("\"min\" is later than \"max\": correct one of the two"));
	if (q->min != NULL && strcmp(q->min, "opens") == 0 &&
	    rd->form->opens == NULL)
		bounds(rd, q->node, "min",
		    _("the form does not say when it opens: add <opens "
		      "at=\"...\"/> to <about>"));
}

static void check_nothing(
    struct copl_form_reader *rd, const struct copl_question *q)
{
	(void)rd;
	(void)q;
}

static void (*const checkers[])(
    struct copl_form_reader *, const struct copl_question *) = {
    [COPL_CHOOSE_ONE] = check_one,
    [COPL_CHOOSE_MANY] = check_many,
    [COPL_RATING] = check_rating,
    [COPL_GRID] = check_nothing,
    [COPL_RANK] = check_rank,
    [COPL_TEXT] = check_nothing,
    [COPL_NUMBER] = check_number,
    [COPL_DATE] = check_date,
    [COPL_CONSENT] = check_nothing,
    [COPL_NOTE_ITEM] = check_nothing,
};

/* ---- what holds for every question ---- */

static bool has_skip(const struct copl_choices *list)
{
	size_t i;

	for (i = 0; i < list->n; i++)
		if (list->options[i].value != NULL &&
		    strcmp(list->options[i].value, "skip") == 0)
			return true;
	return false;
}

/* Nobody may be pressed to tell what hurts. */
static void check_sensitive(
    struct copl_form_reader *rd, const struct copl_question *q)
{
	bool pick = q->kind == COPL_CHOOSE_ONE || q->kind == COPL_CHOOSE_MANY ||
		    q->kind == COPL_GRID;

	if (!q->sensitive)
		return;
	if (pick && q->choices != NULL && !has_skip(q->choices))
		copl_report(rd->r, COPL_ERROR, "form-sensitive",
		    copl_form_attr_at(rd, q->node, "sensitive"),
		    _("a sensitive question needs an answer for people who do "
		      "not want to say: add <option value=\"skip\">"));
	if (!pick && q->required)
		copl_report(rd->r, COPL_ERROR, "form-sensitive",
		    copl_form_attr_at(rd, q->node, "required"),
		    _("a sensitive question cannot be required, because it "
		      "has no answer for people who do not want to say: "
		      "remove \"required\""));
}

void copl_form_check_questions(struct copl_form_reader *rd)
{
	size_t i;

	for (i = 0; i < rd->nitems; i++) {
		const struct copl_question *q = rd->items[i];

		checkers[q->kind](rd, q);
		check_sensitive(rd, q);
		if (q->required && q->error == NULL)
			copl_report(rd->r, COPL_ERROR, "form-no-error-text",
			    copl_form_attr_at(rd, q->node, "required"),
			    _("a required question needs an <error>: say what "
			      "to do when the answer is missing"));
	}
}
