/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The catalogs of one language of a project: cop-l10n init LANG. */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "locale/locale.h"
#include "work/outputs.h"

static enum copl_status look(const char *dir, const char *name, bool *there)
{
	struct copl_arena *a = copl_arena_new();
	const char *path = a == NULL ? NULL : copl_path_join(a, dir, name);

	*there = path != NULL && copl_path_exists(path);
	copl_arena_free(a);
	return path == NULL ? COPL_E_NOMEM : COPL_OK;
}

enum copl_status copl_is_language_of_project(const char *dir, const char *word)
{
	bool project = false, taken = false;
	enum copl_status st;

	if (!copl_shape_is_tag(word))
		return COPL_E_NOTFOUND;
	st = copl_locale_known(word);
	if (st == COPL_OK)
		st = look(dir, COPL_PROJECT_FILE, &project);
	if (st == COPL_OK)
		st = look(dir, word, &taken);
	if (st != COPL_OK)
		return st == COPL_E_NOMEM ? st : COPL_E_NOTFOUND;
	return project && !taken ? COPL_OK : COPL_E_NOTFOUND;
}

/* What to write into the project file. */
static enum copl_status say_absent(struct copl_outputs *u, const char *tag)
{
	const struct copl_project *p = u->w->project;
	char *catalog = copl_arena_strdup(u->w->arena, tag), *dash;

	if (catalog == NULL)
		return COPL_E_NOMEM;
	while ((dash = strchr(catalog, '-')) != NULL)
		*dash = '_';
	copl_report(u->r, COPL_ERROR, "init-language-absent",
	    (struct copl_place){p->xml->file, 0, 0},
	    _("the project has no language \"%s\" yet: the secretariat adds "
	      "<language tag=\"%s\" catalog=\"%s\"/> to this file, and the "
	      "tag to the recipients that will use it"),
	    tag, tag, catalog);
	return COPL_E_INVALID;
}

static void tell_begun(struct copl_outputs *u, const char *tag,
    const char *path, const struct copl_output *o)
{
	char texts[24] = "0", reused[24] = "0";
	const struct copl_field fields[] = {
	    {"file", path},
	    {"language", tag},
	    {"texts", texts},
	    {"reused", reused},
	    {"written", o == NULL ? "no" : "yes"},
	};

	if (o == NULL) {
		copl_tell(u->r, "begun", fields, COPL_COUNT(fields),
		    _("%s: it is there already and stays as it is"), path);
		return;
	}
	snprintf(texts, sizeof(texts), "%zu", o->entries);
	snprintf(reused, sizeof(reused), "%zu", o->counts.reused);
	if (o->counts.reused == 0)
		copl_tell(u->r, "begun", fields, COPL_COUNT(fields),
		    P_("%s: %zu text to translate",
			"%s: %zu texts to translate", o->entries),
		    path, o->entries);
	else
		copl_tell(u->r, "begun", fields, COPL_COUNT(fields),
		    _("%s: %zu texts to translate; for %zu an equal text was "
		      "found, to be confirmed"),
		    path, o->entries, o->counts.reused);
}

/* Whether the master is in this language itself, all over the project. */
static bool is_own(const struct copl_workspace *w, size_t language)
{
	size_t i;

	for (i = 0; i < w->nmasters; i++)
		if (!w->masters[i].catalogs[language].own)
			return false;
	return true;
}

static enum copl_status make(struct copl_outputs *u, size_t language)
{
	enum copl_status st = COPL_OK;
	struct copl_master_texts t;
	size_t i;

	for (i = 0; i < u->w->nmasters && st == COPL_OK; i++) {
		const struct copl_master *m = &u->w->masters[i];
		const struct copl_master_catalog *mc = &m->catalogs[language];

		if (mc->own || copl_path_exists(mc->path))
			continue;
		st = copl_master_texts(u, m, &t);
		if (st == COPL_OK)
			st = copl_output_catalog(u, m, mc, &t);
	}
	return st;
}

static enum copl_status write_all(
    struct copl_outputs *u, const char *tag, size_t language)
{
	enum copl_status st = COPL_OK;
	size_t i, k = 0;

	for (i = 0; i < u->w->nmasters && st == COPL_OK; i++) {
		const struct copl_master_catalog *mc =
		    &u->w->masters[i].catalogs[language];
		const struct copl_output *o =
		    k < u->n && u->list[k].path == mc->path ? &u->list[k]
							    : NULL;

		if (mc->own)
			continue;
		if (o != NULL) {
			st = copl_output_write(u, o, NULL);
			k++;
		}
		if (st == COPL_OK)
			tell_begun(u, tag, mc->path, o);
	}
	return st;
}

static enum copl_status begin(struct copl_outputs *u, const char *tag)
{
	const struct copl_language *l =
	    copl_project_language(u->w->project, tag);
	enum copl_status st;
	size_t language;

	if (l == NULL)
		return say_absent(u, tag);
	language = (size_t)(l - u->w->project->languages);
	if (is_own(u->w, language)) {
		copl_report(u->r, COPL_ERROR, "init-language-own", l->at,
		    _("all texts are written in \"%s\": there is nothing to "
		      "translate"),
		    tag);
		return COPL_E_INVALID;
	}
	st = make(u, language);
	return st == COPL_OK ? write_all(u, tag, language) : st;
}

enum copl_status copl_begin_language(const struct copl_update_options *o,
    const char *language, const struct copl_sink *sink)
{
	struct copl_outputs u;
	struct copl_reporter r;
	enum copl_status st;

	copl_reporter_init(&r, sink);
	st = copl_outputs_open(&u, o->dir, o->now, o->compendium, &r);
	if (st == COPL_OK)
		st = begin(&u, language);
	copl_outputs_close(&u);
	return copl_reporter_end(&r, st);
}
