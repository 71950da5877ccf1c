/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Conditions, on answers: only what was asked and kept counts. */
#include "config.h"
#include <string.h>
#include "answers/answers_priv.h"

static const struct copl_answer_value *kept(
    const struct answers_judge *j, const struct copl_question *q)
{
	size_t at;

	if (!copl_map_get(&j->f->questions, q->id, &at) || j->kept[at] == 0)
		return NULL;
	return &j->a->values[j->kept[at] - 1];
}

static bool has(const struct copl_answer_value *v, const char *code)
{
	size_t i;

	for (i = 0; v != NULL && i < v->n; i++)
		if (strcmp(v->codes[i], code) == 0)
			return true;
	return false;
}

/* Is it an age group that begins below the age of this recipient? */
static bool is_minor(const struct answers_judge *j,
    const struct copl_question *q, const struct copl_answer_value *v)
{
	size_t i;

	for (i = 0; v != NULL && q->choices != NULL && i < q->choices->n; i++)
		if (has(v, q->choices->options[i].value))
			return copl_option_below(
			    &q->choices->options[i], j->f->guardian_age);
	return false;
}

/* The form's own limits keep conditions from being deep. */
bool answers_holds(const struct answers_judge *j, const struct copl_when *w)
{
	switch (w->op) {
	case COPL_WHEN_IS:
	case COPL_WHEN_INCLUDES:
		return has(kept(j, w->question), w->value);
	case COPL_WHEN_IS_NOT:
		return !has(kept(j, w->question), w->value);
	case COPL_WHEN_MINOR:
		return is_minor(j, w->question, kept(j, w->question));
	case COPL_WHEN_AND:
		return answers_holds(j, w->left) && answers_holds(j, w->right);
	case COPL_WHEN_OR:
		return answers_holds(j, w->left) || answers_holds(j, w->right);
	case COPL_WHEN_NOT:
		return !answers_holds(j, w->left);
	}
	return false;
}
