/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "form/form_priv.h"

/* ---- lists of answers ---- */

static const struct copl_choices *own_list(
    struct copl_form_reader *rd, const xmlNode *node)
{
	struct copl_choices *list;

	if (copl_form_child(node, "option") == NULL)
		return NULL;
	list = copl_form_alloc(rd, 1, sizeof(*list));
	if (list != NULL)
		copl_form_read_options(rd, node, list);
	return list;
}

/* ---- one function a question type ---- */

static void read_choice(struct copl_form_reader *rd, struct copl_question *q)
{
	const char *use = copl_form_get(rd, q->node, "use");

	q->shuffle = copl_form_get_yes(rd, q->node, "shuffle");
	q->min = copl_form_get(rd, q->node, "min");
	q->max = copl_form_get(rd, q->node, "max");
	q->choices = use == NULL ? own_list(rd, q->node)
				 : copl_form_shared_list(rd, q->node, use);
}

static void read_point(struct copl_form_reader *rd, const xmlNode *node,
    const char *name, long *out)
{
	const char *s = copl_form_get(rd, node, name);

	if (s == NULL || !copl_form_point(s, out))
		*out = 0;
}

static void read_rating(struct copl_form_reader *rd, struct copl_question *q)
{
	read_point(rd, q->node, "from", &q->from);
	read_point(rd, q->node, "to", &q->to);
	q->low = copl_form_child(q->node, "low");
	q->high = copl_form_child(q->node, "high");
}

static void read_grid(struct copl_form_reader *rd, struct copl_question *q)
{
	const char *use = copl_form_get(rd, q->node, "use");
	const xmlNode *n = copl_form_child(q->node, "row");

	if (use != NULL)
		q->choices = copl_form_shared_list(rd, q->node, use);
	q->rows = copl_form_alloc(
	    rd, copl_form_count(q->node, "row"), sizeof(*q->rows));
	for (; n != NULL && q->rows != NULL; n = copl_xml_next(n)) {
		if (!copl_xml_is(n, COPL_FORM_NS, "row"))
			continue;
		q->rows[q->nrows].label = n;
		q->rows[q->nrows++].id = copl_form_get(rd, n, "id");
	}
}

static void read_rank(struct copl_form_reader *rd, struct copl_question *q)
{
	q->top = copl_form_get_number(rd, q->node, "top", 0);
	q->choices = own_list(rd, q->node);
}

static void read_text(struct copl_form_reader *rd, struct copl_question *q)
{
	q->lines = copl_form_get_number(rd, q->node, "lines", 0);
	q->maxlength = copl_form_get_number(rd, q->node, "maxlength", 0);
}

static void read_number(struct copl_form_reader *rd, struct copl_question *q)
{
	q->min = copl_form_get(rd, q->node, "min");
	q->max = copl_form_get(rd, q->node, "max");
	q->step = copl_form_get(rd, q->node, "step");
	q->unit = copl_form_child(q->node, "unit");
}

static void read_date(struct copl_form_reader *rd, struct copl_question *q)
{
	const char *precision = copl_form_get(rd, q->node, "precision");

	q->min = copl_form_get(rd, q->node, "min");
	q->max = copl_form_get(rd, q->node, "max");
	if (precision != NULL && strcmp(precision, "month") == 0)
		q->precision = COPL_DATE_MONTH;
	else if (precision != NULL && strcmp(precision, "year") == 0)
		q->precision = COPL_DATE_YEAR;
}

static void read_consent(struct copl_form_reader *rd, struct copl_question *q)
{
	const char *by = copl_form_get(rd, q->node, "by");

	q->guardian = by != NULL && strcmp(by, "guardian") == 0;
}

static void read_nothing(struct copl_form_reader *rd, struct copl_question *q)
{
	(void)rd;
	(void)q;
}

static void (*const readers[])(
    struct copl_form_reader *, struct copl_question *) = {
    [COPL_CHOOSE_ONE] = read_choice,
    [COPL_CHOOSE_MANY] = read_choice,
    [COPL_RATING] = read_rating,
    [COPL_GRID] = read_grid,
    [COPL_RANK] = read_rank,
    [COPL_TEXT] = read_text,
    [COPL_NUMBER] = read_number,
    [COPL_DATE] = read_date,
    [COPL_CONSENT] = read_consent,
    [COPL_NOTE_ITEM] = read_nothing,
};

void copl_form_read_item(
    struct copl_form_reader *rd, const xmlNode *node, struct copl_question *out)
{
	const struct copl_form_element *e =
	    copl_form_element((const char *)node->name);

	out->kind = (enum copl_question_kind)e->kind;
	out->node = node;
	out->id = copl_form_get(rd, node, "id");
	out->required = copl_form_get_yes(rd, node, "required");
	out->sensitive = copl_form_get_yes(rd, node, "sensitive");
	out->label = copl_form_child(node, "label");
	out->hint = copl_form_child(node, "hint");
	out->error = copl_form_child(node, "error");
	readers[out->kind](rd, out);
}
