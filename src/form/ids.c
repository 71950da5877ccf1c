/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Names that must be there once. */
#include "config.h"
#include "base/i18n.h"
#include "form/form_priv.h"

/* Part of the catalog ids of other texts, such as "seen/label". */
static const char reserved_parts[] =
    "label hint error unit low high title intro";
static const char reserved_ids[] = "about privacy help thanks link";
/* Folders in po/ that are not forms. */
static const char reserved_forms[] = "interface consultation";

/* One name, in the attribute attr of n; first use wins. */
static void unique(struct copl_form_reader *rd, struct copl_map *map,
    const xmlNode *n, const char *attr, const char *name)
{
	size_t first = copl_xml_index(n);
	size_t start;

	if (name == NULL)
		return;
	if (!copl_map_put(map, name, first, &first)) {
		rd->r->nomem = true;
		return;
	}
	if (first == copl_xml_index(n))
		return;
	start = rd->xml->elements[first].start;
	copl_report(rd->r, COPL_ERROR, "form-duplicate",
	    copl_form_attr_at(rd, n, attr),
	    _("\"%s\" is used already on line %zu: choose another one"),
	    copl_form_shown(rd, name), copl_xml_at(rd->xml, start).line);
}

static void not_reserved(struct copl_form_reader *rd, const char *words,
    const xmlNode *n, const char *attr, const char *name)
{
	if (name == NULL || !copl_form_word_in(words, name))
		return;
	copl_report(rd->r, COPL_ERROR, "form-reserved",
	    copl_form_attr_at(rd, n, attr),
	    _("\"%s\" cannot be used here, because it names another text in "
	      "the catalogs: choose another one"),
	    name);
}

static void check_id(
    struct copl_form_reader *rd, const xmlNode *n, const char *id)
{
	unique(rd, &rd->ids, n, "id", id);
	not_reserved(rd, reserved_ids, n, "id", id);
}

static void check_list(
    struct copl_form_reader *rd, const struct copl_choices *list)
{
	struct copl_map values = {NULL, 0, 0};
	size_t i;

	for (i = 0; i < list->n; i++) {
		const struct copl_option *o = &list->options[i];

		unique(rd, &values, o->label, "value", o->value);
		not_reserved(rd, reserved_parts, o->label, "value", o->value);
	}
	copl_map_free(&values);
}

static void check_rows(
    struct copl_form_reader *rd, const struct copl_question *q)
{
	struct copl_map ids = {NULL, 0, 0};
	size_t i;

	for (i = 0; i < q->nrows; i++) {
		unique(rd, &ids, q->rows[i].label, "id", q->rows[i].id);
		not_reserved(
		    rd, reserved_parts, q->rows[i].label, "id", q->rows[i].id);
	}
	copl_map_free(&ids);
}

static void check_item(struct copl_form_reader *rd,
    const struct copl_section *s, struct copl_question *q)
{
	rd->items[rd->nitems] = q;
	rd->section_of[rd->nitems] = s;
	check_id(rd, q->node, q->id);
	if (q->kind != COPL_NOTE_ITEM && q->id != NULL &&
	    !copl_map_put(&rd->asked, q->id, rd->nitems, NULL))
		rd->r->nomem = true;
	rd->nitems++;
	if (q->choices != NULL && q->choices->id == NULL)
		check_list(rd, q->choices);
	check_rows(rd, q);
}

static void check_items(struct copl_form_reader *rd)
{
	struct copl_form *f = rd->form;
	size_t n = 0, i, j;

	for (i = 0; i < f->nsections; i++)
		n += f->sections[i].nitems;
	rd->items = copl_form_alloc(rd, n, sizeof(struct copl_question *));
	rd->section_of =
	    copl_form_alloc(rd, n, sizeof(const struct copl_section *));
	if (rd->items == NULL || rd->section_of == NULL)
		return;
	for (i = 0; i < f->nsections; i++) {
		struct copl_section *s = &f->sections[i];

		check_id(rd, s->node, s->id);
		for (j = 0; j < s->nitems; j++)
			check_item(rd, s, &s->items[j]);
	}
}

static void check_params_and_links(struct copl_form_reader *rd)
{
	const struct copl_form *f = rd->form;
	struct copl_map names = {NULL, 0, 0}, links = {NULL, 0, 0};
	size_t i;

	for (i = 0; i < f->nparams; i++)
		unique(
		    rd, &names, f->params[i].node, "name", f->params[i].name);
	for (i = 0; i < f->nlinks; i++)
		unique(rd, &links, f->links[i].node, "id", f->links[i].id);
	copl_map_free(&names);
	copl_map_free(&links);
}

void copl_form_check_ids(struct copl_form_reader *rd)
{
	const struct copl_form *f = rd->form;
	const xmlNode *root = xmlDocGetRootElement(rd->xml->doc);
	size_t i;

	not_reserved(rd, reserved_forms, root, "id", f->id);
	for (i = 0; i < f->nchoices; i++) {
		check_id(rd, f->choices[i].node, f->choices[i].id);
		check_list(rd, &f->choices[i]);
	}
	check_items(rd);
	check_params_and_links(rd);
}
