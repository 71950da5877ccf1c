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

	/* Of a plural form for one number a word may take its place. */
	if (to->t->one && strcmp(d->code, "placeholder-missing") == 0)
		return;
	lint_report(to->l, to->t->m, d->severity, d->code, "%s", d->text);
}

void lint_markup(struct lint *l, const struct lint_text *t)
{
	struct relay to = {l, t};
	const struct copl_sink sink = {relay, NULL, &to};
	struct copl_reporter r;
	enum copl_status st;

	copl_reporter_init(&r, &sink);
	st = copl_inline_compare(t->id, t->str, t->m->str_at, &r);
	st = copl_reporter_end(&r, st);
	if (st == COPL_E_NOMEM)
		l->st = st;
}
