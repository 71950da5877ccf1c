/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The rules of the form, question by question in its order: a condition looks
 * at earlier questions only, so what it needs has been judged.
 */
#include "config.h"
#include <string.h>
#include "answers/answers_priv.h"

const struct answers_given *answers_given_to(
    const struct answers_judge *j, size_t item, size_t slot)
{
	const struct answers_given *g =
	    j->given[j->f->items[item].first + slot];

	while (g != NULL && g->len == 0)
		g = g->next;
	return g;
}

void answers_missing(struct answers_judge *j, size_t item, const char *field)
{
	const struct copl_question *q = j->f->items[item].q;

	if (q->required)
		answers_fault(j, item,
		    q->kind == COPL_CONSENT ? COPL_FAULT_CONSENT
					    : COPL_FAULT_MISSING,
		    field);
}

size_t answers_option(const struct copl_choices *c, const char *s, size_t len)
{
	size_t i;

	for (i = 0; c != NULL && i < c->n; i++)
		if (strlen(c->options[i].value) == len &&
		    memcmp(c->options[i].value, s, len) == 0)
			return i;
	return SIZE_MAX;
}

void answers_keep(struct answers_judge *j, size_t item, const char *part,
    const char *const *codes, size_t n)
{
	struct copl_answer *a = j->a;

	a->values[a->nvalues] =
	    (struct copl_answer_value){.question = j->f->items[item].q,
		.part = part,
		.codes = codes,
		.n = n};
	a->nvalues++;
	if (part == NULL)
		j->kept[item] = a->nvalues;
}

void answers_keep_one(
    struct answers_judge *j, size_t item, const char *part, const char *code)
{
	const char **codes = copl_arena_alloc(j->a->arena, sizeof(*codes));

	if (codes == NULL) {
		j->st = COPL_E_NOMEM;
		return;
	}
	codes[0] = code;
	answers_keep(j, item, part, codes, 1);
}

static void judge_item(struct answers_judge *j, size_t item)
{
	switch (j->f->items[item].q->kind) {
	case COPL_CHOOSE_ONE:
	case COPL_CHOOSE_MANY:
		answers_judge_choice(j, item);
		break;
	case COPL_RATING:
		answers_judge_rating(j, item);
		break;
	case COPL_GRID:
		answers_judge_grid(j, item);
		break;
	case COPL_RANK:
		answers_judge_rank(j, item);
		break;
	case COPL_TEXT:
		answers_judge_text(j, item);
		break;
	case COPL_NUMBER:
		answers_judge_number(j, item);
		break;
	case COPL_DATE:
		answers_judge_date(j, item);
		break;
	case COPL_CONSENT:
		answers_judge_consent(j, item);
		break;
	case COPL_NOTE_ITEM:
		break;
	}
}

/* What is not asked has no answer, whatever the page has sent. */
static bool is_asked(
    const struct answers_judge *j, const struct answers_item *item)
{
	const struct copl_when *section = item->section->when;

	return (section == NULL || answers_holds(j, section)) &&
	       (item->q->when == NULL || answers_holds(j, item->q->when));
}

void answers_judge(struct answers_judge *j)
{
	size_t i;

	for (i = 0; i < j->f->nitems && j->st == COPL_OK; i++)
		if (is_asked(j, &j->f->items[i]))
			judge_item(j, i);
}
