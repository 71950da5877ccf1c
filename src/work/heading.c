/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include "locale/locale.h"
#include "work/work.h"

void copl_heading_created(int64_t now, char out[COPL_CREATED_SIZE])
{
	char iso[COPL_INSTANT_SIZE];

	copl_instant_format(now, iso);
	snprintf(out, COPL_CREATED_SIZE, "%.10s %.5s+0000", iso, iso + 11);
}

const char *copl_heading_project(struct copl_arena *a, const char *project,
    const char *master, const char *version)
{
	return version == NULL
		   ? copl_arena_printf(a, "%s %s", project, master)
		   : copl_arena_printf(a, "%s %s %s", project, master, version);
}

enum copl_status copl_heading_of(struct copl_arena *a, const char *src,
    const char *tag, const char *catalog, struct copl_po_header *h)
{
	unsigned nplurals;

	h->language = catalog;
	h->plural_forms = copl_plural_forms(catalog, &nplurals);
	h->comment = copl_arena_printf(a,
	    "SPDX-License-Identifier: GPL-3.0-or-later\n"
	    "Texts of %s in this language: %s.\n"
	    "They await review by professional translators.",
	    src, tag);
	return h->comment == NULL ? COPL_E_NOMEM : COPL_OK;
}
