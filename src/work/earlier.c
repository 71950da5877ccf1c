/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Translations of earlier consultations. */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "base/i18n.h"
#include "work/outputs.h"

static enum copl_status load_file(struct copl_earlier *e,
    const struct copl_project *p, const char *path, struct copl_reporter *r)
{
	struct copl_catalog *c = NULL;
	const struct copl_language *l = NULL;
	enum copl_status st = copl_catalog_load(path, r, &c);
	const char *name;

	if (st != COPL_OK)
		return st;
	name = copl_catalog_field(c, "Language", NULL);
	if (name != NULL)
		l = copl_project_language_named(p, name);
	if (l == NULL) {
		copl_report(r, COPL_ERROR, "compendium-language",
		    (struct copl_place){path, 1, 1},
		    _("the header of these translations names no language of "
		      "the project: correct the line \"Language:\""));
		copl_catalog_free(c);
		return COPL_E_INVALID;
	}
	e->catalogs[l - p->languages] = c;
	return COPL_OK;
}

/* A language that has no earlier translations yet is no mistake. */
static enum copl_status load_folder(struct copl_earlier *e,
    const struct copl_workspace *w, const char *dir, struct copl_reporter *r)
{
	const struct copl_project *p = w->project;
	enum copl_status st = COPL_OK, one;
	size_t i;

	for (i = 0; i < p->nlanguages && st != COPL_E_NOMEM; i++) {
		const char *path = copl_arena_printf(
		    w->arena, "%s/%s.po", dir, p->languages[i].catalog);

		if (path == NULL)
			return COPL_E_NOMEM;
		if (!copl_path_exists(path))
			continue;
		one = copl_catalog_load(path, r, &e->catalogs[i]);
		if (one != COPL_OK)
			st = one;
	}
	return st;
}

enum copl_status copl_earlier_load(struct copl_earlier *e,
    const struct copl_workspace *w, const char *path, struct copl_place named,
    struct copl_reporter *r)
{
	const struct copl_project *p = w->project;
	struct stat sb;

	e->path = path;
	e->n = p->nlanguages;
	e->catalogs = calloc(e->n + 1, sizeof(struct copl_catalog *));
	if (e->catalogs == NULL)
		return COPL_E_NOMEM;
	if (stat(path, &sb) != 0) {
		copl_report(r, COPL_ERROR, "compendium-missing", named,
		    _("there are no earlier translations in %s: correct the "
		      "name, or make them with cop-l10n compendium"),
		    path);
		return COPL_E_INVALID;
	}
	return S_ISDIR(sb.st_mode) ? load_folder(e, w, path, r)
				   : load_file(e, p, path, r);
}

void copl_earlier_free(struct copl_earlier *e)
{
	size_t i;

	for (i = 0; e->catalogs != NULL && i < e->n; i++)
		copl_catalog_free(e->catalogs[i]);
	free(e->catalogs);
}
