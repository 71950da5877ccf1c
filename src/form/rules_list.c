/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rules about lists that are text, or stand in the order of the alphabet. */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "form/form_priv.h"

/* ---- order="collate" ---- */

static void wrong_order(struct copl_form_reader *rd, const xmlNode *n,
    const char *attr, const char *sentence)
{
	copl_report(rd->r, COPL_ERROR, "form-collate",
	    copl_form_attr_at(rd, n, attr), "%s", sentence);
}

/* The order of these options means something: nothing may change it. */
static void check_meaning(
    struct copl_form_reader *rd, const struct copl_choices *list)
{
	size_t i;

	if (list->ordinal)
		wrong_order(rd, list->node, "order",
		    _("the order of a list with kind=\"ordinal\" means "
		      "something and cannot follow the alphabet: remove one "
		      "of the two"));
	for (i = 0; i < list->n; i++)
		if (list->options[i].from_age >= 0)
			break;
	if (i < list->n)
		wrong_order(rd, list->options[i].label, "from-age",
		    _("age groups stand from young to old and cannot follow "
		      "the alphabet: remove order=\"collate\" from the list"));
}

static void check_question(
    struct copl_form_reader *rd, const struct copl_question *q)
{
	const struct copl_choices *list = q->choices;
	const char *order = copl_form_get(rd, q->node, "order");

	if (order != NULL && list != NULL && list->node != q->node)
		wrong_order(rd, q->node, "order",
		    _("a shared list has one order in all questions: write "
		      "order=\"collate\" at the <choices> instead"));
	if (list == NULL || !list->collate)
		return;
	if (q->shuffle)
		wrong_order(rd, q->node, "shuffle",
		    _("the list follows the alphabet: remove shuffle or "
		      "order=\"collate\""));
	if (list->node == q->node)
		check_meaning(rd, list);
}

/* ---- lists as text ---- */

/* A list in a list would have no end that people could see. */
static void check_option(
    struct copl_form_reader *rd, const struct copl_option *o)
{
	const char *s = copl_xml_get_text(o->label, rd->form->arena, rd->r);

	for (; s != NULL && *s != '\0'; s++) {
		const struct copl_form_param *p;
		size_t len;
		const char *name = copl_placeholder(s, &len);

		if ((*s == '{' || *s == '}') && s[1] == *s) {
			s++;
			continue;
		}
		p = name == NULL ? NULL : copl_form_param(rd->form, name, len);
		if (p != NULL && p->type == COPL_PARAM_LIST)
			copl_report(rd->r, COPL_ERROR, "form-param-list",
			    copl_form_at(rd, o->label),
			    _("this option is part of a list that is used as "
			      "text and cannot hold another one: remove {%s}"),
			    copl_form_shown(rd, p->name));
	}
}

/* Has a parameter before this one the same list? */
static bool seen_before(
    const struct copl_form *f, const struct copl_form_param *p)
{
	const struct copl_form_param *o = f->params;

	while (o < p && o->list != p->list)
		o++;
	return o < p;
}

static void check_param(
    struct copl_form_reader *rd, const struct copl_form_param *p)
{
	bool seen = seen_before(rd->form, p);
	size_t shown = 0, i;

	if (p->list == NULL)
		return;
	for (i = 0; i < p->list->n; i++) {
		if (copl_option_apart(&p->list->options[i]))
			continue;
		shown++;
		if (!seen)
			check_option(rd, &p->list->options[i]);
	}
	if (shown == 0)
		copl_report(rd->r, COPL_ERROR, "form-param-list",
		    copl_form_attr_at(rd, p->node, "use"),
		    _("no option of this list can be shown in a sentence: "
		      "those with \"exclusive\" or \"other\", and \"skip\", "
		      "are left out"));
}

void copl_form_check_lists(struct copl_form_reader *rd)
{
	const struct copl_form *f = rd->form;
	size_t i;

	for (i = 0; i < f->nchoices; i++)
		if (f->choices[i].collate)
			check_meaning(rd, &f->choices[i]);
	for (i = 0; i < rd->nitems; i++)
		check_question(rd, rd->items[i]);
	for (i = 0; i < f->nparams; i++)
		check_param(rd, &f->params[i]);
}
