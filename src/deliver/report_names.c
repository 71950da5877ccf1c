/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include <copl10n/catalog.h>
#include "deliver/report.h"

/* Texts of the project file have a catalog of this name. */
#define PROJECT_TEXTS "consultation"

struct report_names {
	const struct report *rep;
	const char *lang;
	const char *catalog; /* NULL: the project does not have the language */
	struct copl_po *project; /* NULL: the texts are in the language */
	enum copl_status st; /* the first failure */
};

/*
 * A catalog that is missing or broken is other commands' business; one that
 * cannot be read is told.
 */
static enum copl_status load(
    const struct report *rep, const char *path, struct copl_po **out)
{
	enum copl_status st;

	*out = NULL;
	if (path == NULL)
		return COPL_E_NOMEM;
	if (!copl_path_exists(path))
		return COPL_OK;
	st = copl_po_load(path, NULL, out);
	if (st == COPL_E_IO)
		st = copl_po_load(path, rep->sink, out);
	return st == COPL_E_NOMEM || st == COPL_E_IO ? st : COPL_OK;
}

enum copl_status report_names_open(
    const struct report *rep, const char *lang, struct report_names **out)
{
	struct report_names *n = calloc(1, sizeof(*n));
	const struct copl_language *l =
	    copl_project_language(rep->project, lang);
	enum copl_status st = COPL_OK;

	*out = n;
	if (n == NULL)
		return COPL_E_NOMEM;
	n->rep = rep;
	n->lang = lang;
	n->catalog = l == NULL ? NULL : l->catalog;
	if (l != NULL && strcmp(l->tag, rep->project->lang) != 0)
		st = load(rep,
		    copl_arena_printf(rep->arena, "%s/po/%s/%s.po",
			rep->project->dir, PROJECT_TEXTS, l->catalog),
		    &n->project);
	if (st == COPL_OK)
		return st;
	n->st = st;
	*out = NULL;
	return report_names_close(n);
}

enum copl_status report_names_close(struct report_names *n)
{
	enum copl_status st = n->st;

	copl_po_free(n->project);
	free(n);
	return st;
}

static struct report_name translated(
    const struct report_names *n, const char *context, const char *source)
{
	struct copl_po_message m;

	if (n->project != NULL &&
	    copl_po_find(n->project, context, source, &m) && !m.fuzzy &&
	    *m.text != '\0')
		return (struct report_name){m.text, n->lang};
	return (struct report_name){source, n->rep->project->lang};
}

struct report_name report_project_title(const struct report_names *n)
{
	return translated(n, "title", n->rep->project->title);
}

struct report_name report_recipient_name(
    const struct report_names *n, const struct copl_recipient *to)
{
	const char *context =
	    copl_arena_printf(n->rep->arena, "%s/name", to->id);

	/* Without memory the name is there all the same. */
	return translated(n, context == NULL ? "" : context, to->name);
}

/* What the catalog says of the title of its form. */
static struct report_name title_in(
    const struct report_names *n, const struct copl_po *po)
{
	struct report_name name = {NULL, n->rep->project->lang};
	struct copl_po_message m;
	const char *text = NULL;
	size_t i;

	for (i = 0; copl_po_message(po, i, &m); i++) {
		if (m.obsolete || m.context == NULL ||
		    strcmp(m.context, "about/title") != 0)
			continue;
		text = m.id;
		if (!m.fuzzy && *m.text != '\0') {
			text = m.text;
			name.lang = n->lang;
		}
	}
	if (text != NULL && strchr(text, '{') == NULL)
		name.text = copl_arena_strdup(n->rep->arena, text);
	return name;
}

struct report_name report_form_title(struct report_names *n, const char *form)
{
	const struct report *rep = n->rep;
	const char *const paths[] = {
	    n->catalog == NULL ? NULL
			       : copl_arena_printf(rep->arena, "%s/po/%s/%s.po",
				     rep->project->dir, form, n->catalog),
	    copl_arena_printf(
		rep->arena, "%s/po/%s/%s.pot", rep->project->dir, form, form)};
	struct report_name name = {NULL, NULL};
	size_t i;

	for (i = 0; i < COPL_COUNT(paths) && name.text == NULL; i++) {
		struct copl_po *po = NULL;
		enum copl_status st = COPL_OK;

		if (paths[i] != NULL)
			st = load(rep, paths[i], &po);
		else if (i > 0 || n->catalog != NULL)
			st = COPL_E_NOMEM;
		if (n->st == COPL_OK)
			n->st = st;
		if (po != NULL)
			name = title_in(n, po);
		copl_po_free(po);
	}
	if (name.text == NULL)
		return (struct report_name){form, NULL};
	return name;
}
