/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "inline/inline.h"
#include "lint/lint_priv.h"

struct relay {
	struct lint *l;
	const struct lint_text *t;
};

/* In a program "<file>" is no tag and "{no-}" is no placeholder. */
static bool is_of_code(const struct lint_text *t, const char *code)
{
	if (strncmp(code, "placeholder-", 12) == 0)
		return t->code && t->formats;
	return t->code && (strncmp(code, "tag-", 4) == 0 ||
			      strncmp(code, "entity-", 7) == 0 ||
			      strcmp(code, "xml-malformed") == 0);
}

/* Hands on what the comparison found, but for what may be left out. */
static void relay(void *arg, const struct copl_diag *d)
{
	const struct relay *to = arg;
	struct copl_place at = {d->file, d->line, d->column};

	const char *code = d->code;

	/* No document declares an entity for a translation. */
	if (strcmp(code, "entity-unknown") == 0)
		code = "xml-malformed";
	if (is_of_code(to->t, code))
		return;
	/* Of a plural form for one number a word may take its place. */
	if (to->t->one && strcmp(code, "placeholder-missing") == 0)
		return;
	if (!lint_silenced(to->l, to->t->m, code))
		lint_report_at(to->l, at, d->severity, code, "%s", d->text);
}

static struct copl_place place(void *arg, size_t offset)
{
	const struct relay *to = arg;

	return copl_catalog_str_place(to->l->c, to->t->m, to->t->form, offset);
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
	if (l->how->limits != NULL && l->unit != NULL)
		l->how->limits(l->how->limits_arg,
		    (size_t)(l->unit - l->how->units), t->str, &check);
	copl_inline_check_clear(&check);
	st = copl_reporter_end(&r, st);
	if (st == COPL_E_NOMEM)
		l->st = st;
}
