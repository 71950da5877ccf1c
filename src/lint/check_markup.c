/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "inline/inline.h"
#include "lint/lint_priv.h"

struct relay {
	struct lint *l;
	const struct lint_text *t;
};

/* Hands on what the comparison found, but for what may be left out. */
static void relay(void *arg, const struct copl_diag *d)
{
	const struct relay *to = arg;
	struct copl_place at = {d->file, d->line, d->column};

	/* Of a plural form for one number a word may take its place. */
	if (to->t->one && strcmp(d->code, "placeholder-missing") == 0)
		return;
	if (!lint_silenced(to->l, to->t->m, d->code))
		lint_report_at(to->l, at, d->severity, d->code, "%s", d->text);
}

static struct copl_place place(void *arg, size_t offset)
{
	const struct relay *to = arg;
	const struct copl_message *m = to->t->m;
	size_t form = 0;

	while (form + 1 < m->nstr && m->str[form] != to->t->str)
		form++;
	return copl_catalog_str_place(to->l->c, m, form, offset);
}

void lint_markup(struct lint *l, const struct lint_text *t)
{
	struct relay to = {l, t};
	const struct copl_sink sink = {relay, NULL, &to};
	struct copl_reporter r;
	struct copl_inline_check check = {.r = &r,
	    .unit = t->m->ctxt == NULL ? t->id : t->m->ctxt,
	    .place = place,
	    .place_arg = &to};
	enum copl_status st;

	copl_reporter_init(&r, &sink);
	st = copl_inline_compare(&check, t->id, t->str);
	copl_inline_check_clear(&check);
	st = copl_reporter_end(&r, st);
	if (st == COPL_E_NOMEM)
		l->st = st;
}
