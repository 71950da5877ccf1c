/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "form/form_priv.h"

struct sorting {
	copl_compare_fn *compare;
	void *arg;
};
struct sortable {
	const struct sorting *how;
	const char *text;
	size_t written; /* its place in the form */
	struct copl_option option;
};

bool copl_option_apart(const struct copl_option *o)
{
	return o->exclusive || o->other ||
	       (o->value != NULL && strcmp(o->value, "skip") == 0);
}

static int in_order(const void *pa, const void *pb)
{
	const struct sortable *a = pa, *b = pb;
	bool last = copl_option_apart(&a->option);
	int c = 0;

	if (last != copl_option_apart(&b->option))
		return last ? 1 : -1;
	if (!last)
		c = a->how->compare(a->how->arg, a->text, b->text);
	if (c != 0)
		return c;
	return a->written < b->written ? -1 : a->written > b->written;
}

static enum copl_status sort(struct copl_form *f,
    const struct copl_choices *list, const struct sorting *how,
    struct copl_reporter *r)
{
	struct sortable *all;
	size_t i;

	all = copl_arena_alloc(f->arena, (list->n + 1) * sizeof(*all));
	if (all == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < list->n; i++) {
		all[i] = (struct sortable){how,
		    copl_xml_get_text(
			copl_form_text(f, list->options[i].label, -1), f->arena,
			r),
		    i, list->options[i]};
		if (all[i].text == NULL)
			return COPL_E_NOMEM;
	}
	qsort(all, list->n, sizeof(*all), in_order);
	for (i = 0; i < list->n; i++)
		list->options[i] = all[i].option;
	return COPL_OK;
}

/* The question's own list when it follows the alphabet; NULL: it does not. */
static const struct copl_choices *own(const struct copl_question *q)
{
	const struct copl_choices *list = q->choices;

	return list != NULL && list->id == NULL && list->collate ? list : NULL;
}

bool copl_form_collated(const struct copl_form *f)
{
	size_t i, k;

	for (i = 0; i < f->nchoices; i++)
		if (f->choices[i].collate)
			return true;
	for (i = 0; i < f->nsections; i++)
		for (k = 0; k < f->sections[i].nitems; k++)
			if (own(&f->sections[i].items[k]) != NULL)
				return true;
	return false;
}

enum copl_status copl_form_collate(struct copl_form *f,
    copl_compare_fn *compare, void *arg, struct copl_reporter *r)
{
	const struct sorting how = {compare, arg};
	enum copl_status st = COPL_OK;
	size_t i, k;

	for (i = 0; i < f->nchoices && st == COPL_OK; i++)
		if (f->choices[i].collate)
			st = sort(f, &f->choices[i], &how, r);
	for (i = 0; i < f->nsections; i++)
		for (k = 0; k < f->sections[i].nitems && st == COPL_OK; k++) {
			const struct copl_choices *list =
			    own(&f->sections[i].items[k]);

			if (list != NULL)
				st = sort(f, list, &how, r);
		}
	return st;
}
