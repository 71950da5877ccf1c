/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Catalogs of tools that count in another way than gettext. */
#include "config.h"
#include <string.h>
#include "lint/fix_priv.h"

#define TRIED 1001 /* numbers from 0; a form for millions has no place */

/* Forms of the catalog that serve the numbers of a form k; false: several. */
static bool serve(const struct copl_plural *from, const struct copl_plural *own,
    unsigned k, unsigned *out)
{
	unsigned long n;
	unsigned f = 0, g = 0;
	bool any = false;

	for (n = 0; n < TRIED; n++) {
		if (!copl_plural_form(own, n, &f) ||
		    !copl_plural_form(from, n, &g))
			return false;
		if (f != k)
			continue;
		if (any && *out != g)
			return false;
		*out = g;
		any = true;
	}
	return any;
}

/* Does each message have as many forms as the header says? */
static bool has_all_forms(const struct copl_catalog *c, unsigned n)
{
	size_t i;

	for (i = 0; i < c->nmessages; i++)
		if (c->messages[i].plural != NULL && c->messages[i].nstr != n)
			return false;
	return true;
}

/* One form for two would hide that a text is missing. */
static bool is_used(const unsigned *map, unsigned k)
{
	unsigned i;

	for (i = 0; i < k; i++)
		if (map[i] == map[k])
			return true;
	return false;
}

const char *copl_lint_fix_plural(
    const struct copl_lint_fix *f, unsigned map[COPL_PLURALS_MAX])
{
	const char *value = copl_catalog_field(f->c, "Plural-Forms", NULL);
	struct copl_plural from, own;
	unsigned n = 0, k;
	const char *forms = copl_plural_forms(f->tag, &n);
	bool same;

	if (value == NULL || forms == NULL ||
	    !copl_plural_parse(value, &from) ||
	    !copl_plural_parse(forms, &own) || !has_all_forms(f->c, from.n))
		return NULL;
	same = from.n == own.n;
	for (k = 0; k < own.n; k++) {
		if (!serve(&from, &own, k, &map[k]) || is_used(map, k))
			return NULL;
		same = same && map[k] == k;
	}
	return same ? NULL : forms;
}
