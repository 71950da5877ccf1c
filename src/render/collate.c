/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "render/render.h"

static int compare(void *arg, const char *a, const char *b)
{
	return copl_collate(arg, a, b);
}

enum copl_status copl_render_collate(
    struct copl_form *form, const char *lang, struct copl_reporter *r)
{
	struct copl_collator *c = NULL;
	enum copl_status st;

	/* Opening an order takes longer than most forms. */
	if (!copl_form_collated(form))
		return COPL_OK;
	st = copl_collator_new(lang, &c);
	if (st == COPL_OK)
		st = copl_form_collate(form, compare, c, r);
	copl_collator_free(c);
	return st;
}
