/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Questions that are answered by writing something. */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include "answers/answers_priv.h"

/* Where a day begins first: what is "today" to somebody is not tomorrow. */
#define AHEAD ((time_t)14 * 3600)
#define DAY_SIZE 11 /* "2027-03-31" */

/* ---- numbers ---- */

static void keep_number(struct answers_judge *j, size_t item, answers_decimal n)
{
	char text[ANSWERS_NUMBER_SIZE];

	answers_number_format(n, text);
	answers_keep_one(j, item, NULL, answers_copy(j, text, strlen(text)));
}

/* A number of the form itself, which is one. */
static answers_decimal own_number(const char *s)
{
	answers_decimal n = 0;

	if (s != NULL)
		(void)answers_number_parse(s, strlen(s), &n);
	return n;
}

/* What is given as a number; false: nothing is, or it has a fault. */
static bool number_of(struct answers_judge *j, size_t item, answers_decimal *n)
{
	const struct answers_given *g = answers_given_to(j, item, 0);
	enum answers_number is;

	if (g == NULL) {
		answers_missing(j, item, NULL);
		return false;
	}
	is = answers_number_parse(g->s, g->len, n);
	if (is != ANSWERS_NUMBER_OK)
		answers_fault(j, item,
		    is == ANSWERS_NUMBER_BAD ? COPL_FAULT_NUMBER
					     : COPL_FAULT_RANGE,
		    NULL);
	return is == ANSWERS_NUMBER_OK;
}

void answers_judge_number(struct answers_judge *j, size_t item)
{
	const struct copl_question *q = j->f->items[item].q;
	answers_decimal n;

	if (!number_of(j, item, &n))
		return;
	if ((q->min != NULL && n < own_number(q->min)) ||
	    (q->max != NULL && n > own_number(q->max)) ||
	    !answers_number_on_step(n, own_number(q->min), own_number(q->step)))
		answers_fault(j, item, COPL_FAULT_RANGE, NULL);
	keep_number(j, item, n);
}

void answers_judge_rating(struct answers_judge *j, size_t item)
{
	const struct copl_question *q = j->f->items[item].q;
	answers_decimal n, one = own_number("1");

	if (!number_of(j, item, &n))
		return;
	if (n % one != 0 || n < q->from * one || n > q->to * one)
		answers_fault(j, item, COPL_FAULT_RANGE, NULL);
	else
		keep_number(j, item, n);
}

/* ---- texts ---- */

/*
 * Browsers count UTF-16; phones may count characters, which are fewer, and
 * nobody can shorten there what has been sent.
 */
static size_t count(const struct answers_judge *j, const char *s)
{
	return j->odk ? copl_utf8_count(s, strlen(s)) : answers_utf16_count(s);
}

bool answers_keep_text(struct answers_judge *j, size_t item, size_t slot,
    const char *part, size_t max, const char *field)
{
	const struct answers_given *g = answers_given_to(j, item, slot);
	enum copl_answer_fault_kind kind;
	const char *s;

	if (g == NULL)
		return false;
	s = answers_text(j, g, &kind);
	if (s == NULL) {
		answers_fault(j, item, kind, field);
		return true;
	}
	if (*s == '\0')
		return false;
	if (g->len > COPL_ANSWER_FIELD_MAX || (max > 0 && count(j, s) > max))
		answers_fault(j, item, COPL_FAULT_LONG, field);
	answers_keep_one(j, item, part, s);
	return true;
}

void answers_judge_text(struct answers_judge *j, size_t item)
{
	if (!answers_keep_text(
		j, item, 0, NULL, j->f->items[item].q->maxlength, NULL))
		answers_missing(j, item, NULL);
}

/* ---- dates ---- */

struct date {
	unsigned part[3]; /* year, month, day */
	size_t n; /* as many as are asked for */
};

static bool is_day(const struct date *d)
{
	if (d->part[0] < 1 || d->part[0] > 9999)
		return false;
	if (d->n > 1 && (d->part[1] < 1 || d->part[1] > 12))
		return false;
	return d->n < 3 ||
	       (d->part[2] >= 1 &&
		   d->part[2] <= (unsigned)copl_days_in_month(
				     (int)d->part[0], (int)d->part[1]));
}

static bool part_of(const struct answers_given *g, unsigned *out)
{
	size_t i;

	*out = 0;
	for (i = 0; i < g->len; i++) {
		if (!copl_is_digit(g->s[i]) || i >= 4)
			return false;
		*out = *out * 10 + (unsigned)(g->s[i] - '0');
	}
	return true;
}

/* Is anything of it there? */
static bool is_begun(const struct answers_judge *j, size_t item)
{
	size_t i;

	for (i = 0; i < j->f->items[item].nslots; i++)
		if (answers_given_to(j, item, i) != NULL)
			return true;
	return false;
}

/* false: a part has a fault. */
static bool date_of(struct answers_judge *j, size_t item, struct date *d)
{
	const struct answers_item *it = &j->f->items[item];
	bool all = true;
	size_t i;

	for (i = 0; i < it->nslots; i++) {
		const struct answers_given *g = answers_given_to(j, item, i);

		if (g == NULL || !part_of(g, &d->part[i])) {
			answers_fault(j, item, COPL_FAULT_DATE,
			    j->f->slots[it->first + i].name);
			all = false;
		}
	}
	d->n = it->nslots;
	return all;
}

/* The day that a limit names, as it was written there. */
static void limit_day(
    const struct answers_judge *j, const char *limit, char day[DAY_SIZE])
{
	const struct copl_form *f = j->f->form;
	char text[COPL_INSTANT_SIZE] = "";
	const struct copl_instant *at = NULL;

	if (strcmp(limit, "opens") == 0)
		at = f->opens;
	else if (strcmp(limit, "closes") == 0)
		at = &f->closes;
	if (at != NULL)
		copl_instant_format(
		    at->seconds + (int64_t)at->offset * 60, text);
	else if (strcmp(limit, "today") == 0)
		copl_instant_format(j->about->now + AHEAD, text);
	else if (copl_is_digit(*limit))
		snprintf(text, sizeof(text), "%s", limit);
	snprintf(day, DAY_SIZE, "%.10s", text);
}

/* Of a month or a year that is asked for only so much is compared. */
static bool in_limits(const struct answers_judge *j,
    const struct copl_question *q, const char *date)
{
	char day[DAY_SIZE];
	size_t len = strlen(date);

	if (q->min != NULL) {
		limit_day(j, q->min, day);
		if (*day != '\0' && strncmp(date, day, len) < 0)
			return false;
	}
	if (q->max != NULL) {
		limit_day(j, q->max, day);
		if (*day != '\0' && strncmp(date, day, len) > 0)
			return false;
	}
	return true;
}

static void format(const struct date *d, char out[DAY_SIZE])
{
	if (d->n == 1)
		snprintf(out, DAY_SIZE, "%04u", d->part[0] % 10000);
	else if (d->n == 2)
		snprintf(out, DAY_SIZE, "%04u-%02u", d->part[0] % 10000,
		    d->part[1] % 100);
	else
		snprintf(out, DAY_SIZE, "%04u-%02u-%02u", d->part[0] % 10000,
		    d->part[1] % 100, d->part[2] % 100);
}

void answers_judge_date(struct answers_judge *j, size_t item)
{
	struct date d = {.n = 0};
	char text[DAY_SIZE];

	if (!is_begun(j, item)) {
		answers_missing(j, item, NULL);
		return;
	}
	if (!date_of(j, item, &d))
		return;
	if (!is_day(&d)) {
		answers_fault(j, item, COPL_FAULT_DATE, NULL);
		return;
	}
	format(&d, text);
	if (!in_limits(j, j->f->items[item].q, text))
		answers_fault(j, item, COPL_FAULT_RANGE, NULL);
	answers_keep_one(j, item, NULL, answers_copy(j, text, strlen(text)));
}
