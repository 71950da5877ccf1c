/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "work/work.h"

/*
 * Texts that stand side by side as answers: two alike could not be told
 * apart.  Labels, hints and the like may repeat.
 */
static const char *group_of(const char *id, struct copl_arena *a)
{
	static const char *const single[] = {
	    "label", "hint", "error", "title", "unit", "name"};
	const char *slash = strchr(id, '/');
	size_t i;

	if (slash == NULL || strchr(slash + 1, '/') != NULL)
		return NULL;
	for (i = 0; i < COPL_COUNT(single); i++)
		if (strcmp(slash + 1, single[i]) == 0)
			return NULL;
	return copl_arena_strndup(a, id, (size_t)(slash - id));
}

enum copl_status copl_lint_units_of(const struct copl_units *u, bool form,
    struct copl_arena *a, struct copl_lint_unit **out)
{
	struct copl_lint_unit *list =
	    copl_arena_alloc(a, (u->n + 1) * sizeof(*list));
	size_t i;

	*out = list;
	if (list == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < u->n; i++) {
		const struct copl_unit *unit = &u->list[i];

		list[i].id = unit->id;
		list[i].msgid = unit->text.msgid;
		list[i].plural = unit->plural;
		list[i].maxchars = unit->value->maxchars;
		/* The only attributes of a form that are translated. */
		list[i].address = form && unit->attr != COPL_XML_NONE;
		if (unit->id != NULL && form && !list[i].address)
			list[i].group = group_of(unit->id, a);
	}
	return COPL_OK;
}

struct limits {
	const struct copl_units *u;
	struct copl_limits *l;
};

static void check_limits(
    void *arg, size_t unit, const char *msgstr, struct copl_inline_check *c)
{
	const struct limits *limits = arg;

	copl_limits_check(limits->l, &limits->u->list[unit], msgstr, c);
}

enum copl_status copl_lint_with_units(const struct copl_catalog *c,
    const struct copl_lint *how, const struct copl_units *u,
    struct copl_reporter *r)
{
	struct limits limits = {u, NULL};
	struct copl_lint mine = *how;
	enum copl_status st;

	if (copl_limits_any(u)) {
		limits.l = copl_limits_new();
		if (limits.l == NULL)
			return COPL_E_NOMEM;
		mine.limits = check_limits;
		mine.limits_arg = &limits;
	}
	st = copl_lint_catalog(c, &mine, r);
	copl_limits_free(limits.l);
	return st;
}

enum copl_lint_address copl_lint_address_of(const struct copl_language *lang)
{
	switch (lang->address) {
	case COPL_ADDRESS_INFORMAL:
		return COPL_LINT_ADDRESS_INFORMAL;
	case COPL_ADDRESS_FORMAL:
		return COPL_LINT_ADDRESS_FORMAL;
	case COPL_ADDRESS_NONE:
		break;
	}
	return COPL_LINT_ADDRESS_ANY;
}
