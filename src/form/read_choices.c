/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
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

	list->node = parent;
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
