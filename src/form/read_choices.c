/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "form/form_priv.h"

static void read_option(
    struct copl_form_reader *rd, const xmlNode *node, struct copl_option *o)
{
	o->label = node;
	o->value = copl_form_get(rd, node, "value");
	o->exclusive = copl_form_get_yes(rd, node, "exclusive");
	o->other = copl_form_get_yes(rd, node, "other");
	o->from_age =
	    (int)copl_form_get_number(rd, node, "from-age", (unsigned)-1);
}

void copl_form_read_options(struct copl_form_reader *rd, const xmlNode *parent,
    struct copl_choices *list)
{
	size_t n = copl_form_count(parent, "option");
	const xmlNode *node = copl_form_child(parent, "option");
	const char *order = copl_form_get(rd, parent, "order");

	list->node = parent;
	list->collate = order != NULL && strcmp(order, "collate") == 0;
	list->options = copl_form_alloc(rd, n, sizeof(*list->options));
	if (list->options == NULL)
		return;
	for (; node != NULL; node = copl_xml_next(node))
		if (copl_xml_is(node, COPL_FORM_NS, "option"))
			read_option(rd, node, &list->options[list->n++]);
}

static void read_list(
    struct copl_form_reader *rd, const xmlNode *node, struct copl_choices *list)
{
	const char *kind = copl_form_get(rd, node, "kind");

	list->id = copl_form_get(rd, node, "id");
	list->ordinal = kind != NULL && strcmp(kind, "ordinal") == 0;
	copl_form_read_options(rd, node, list);
}

void copl_form_read_lists(struct copl_form_reader *rd, const xmlNode *root)
{
	struct copl_form *f = rd->form;
	size_t n = copl_form_count(root, "choices");
	const xmlNode *node = copl_form_child(root, "choices");

	f->choices = copl_form_alloc(rd, n, sizeof(*f->choices));
	rd->choices_used = copl_form_alloc(rd, n, sizeof(*rd->choices_used));
	if (f->choices == NULL || rd->choices_used == NULL)
		return;
	for (; node != NULL; node = copl_xml_next(node))
		if (copl_xml_is(node, COPL_FORM_NS, "choices"))
			read_list(rd, node, &f->choices[f->nchoices++]);
}

/* ---- who uses them ---- */

const struct copl_choices *copl_form_shared_list(
    struct copl_form_reader *rd, const xmlNode *node, const char *use)
{
	struct copl_form_suggest s = copl_form_suggest_for(rd, use);
	struct copl_form *f = rd->form;
	size_t i;

	for (i = 0; i < f->nchoices; i++) {
		if (f->choices[i].id == NULL)
			continue;
		if (strcmp(f->choices[i].id, use) == 0) {
			rd->choices_used[i] = true;
			return &f->choices[i];
		}
		copl_form_suggest_offer(&s, f->choices[i].id);
	}
	rd->unknown = true;
	copl_report(rd->r, COPL_ERROR, "form-unknown-choices",
	    copl_form_attr_at(rd, node, "use"),
	    _("there is no <choices id=\"%s\">%s"), copl_form_shown(rd, use),
	    s.best == NULL ? _(": add this list behind <about>")
			   : copl_form_suggest_end(rd, &s));
	return NULL;
}

static void read_list_param(
    struct copl_form_reader *rd, struct copl_form_param *p)
{
	const char *use = copl_form_get(rd, p->node, "use");

	if (use != NULL && p->type != COPL_PARAM_LIST)
		copl_report(rd->r, COPL_ERROR, "form-param-list",
		    copl_form_attr_at(rd, p->node, "use"),
		    _("only a parameter of the type \"list\" is made of a "
		      "list: remove \"use\", or write type=\"list\""));
	else if (use != NULL)
		p->list = copl_form_shared_list(rd, p->node, use);
	else if (p->type == COPL_PARAM_LIST)
		copl_report(rd->r, COPL_ERROR, "form-param-list",
		    copl_form_at(rd, p->node),
		    _("nothing says what {%s} lists: add use=\"...\" with the "
		      "id of a <choices>"),
		    copl_form_shown(rd, p->name == NULL ? "" : p->name));
	if (p->value != NULL && p->type == COPL_PARAM_LIST)
		copl_report(rd->r, COPL_ERROR, "form-param-list",
		    copl_form_attr_at(rd, p->node, "value"),
		    _("the options of the list are the value: remove "
		      "\"value\""));
}

void copl_form_read_list_params(struct copl_form_reader *rd)
{
	struct copl_form *f = rd->form;
	size_t i;

	for (i = 0; i < f->nparams; i++)
		read_list_param(rd, &f->params[i]);
}
