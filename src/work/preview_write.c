/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "work/preview_priv.h"

#define OUTPUT "preview"

/* ---- what was asked for ---- */

static bool wants_form(
    const struct copl_preview_options *o, const struct copl_master *m)
{
	return o->form == NULL ||
	       (m->id != NULL && strcmp(o->form, m->id) == 0);
}

/* Whoever names a language may say it as the catalog's file does. */
static bool wants_language(
    const struct copl_preview_options *o, const struct copl_master_catalog *mc)
{
	const struct copl_language *l = mc->language;
	size_t i;

	if (o->nlanguages == 0)
		return !mc->own;
	for (i = 0; i < o->nlanguages; i++)
		if (strcmp(l->tag, o->languages[i]) == 0 ||
		    strcmp(l->catalog, o->languages[i]) == 0)
			return true;
	return false;
}

bool preview_wants(const struct copl_preview_options *o,
    const struct copl_master *m, const struct copl_master_catalog *mc)
{
	return m->units != NULL && m->catalogs != NULL && wants_form(o, m) &&
	       wants_language(o, mc);
}

static bool has_form(
    const struct copl_workspace *w, const struct copl_preview_options *o)
{
	size_t i;

	for (i = 0; i < w->nmasters; i++)
		if (wants_form(o, &w->masters[i]))
			return true;
	return false;
}

enum copl_status preview_check_wishes(const struct copl_workspace *w,
    const struct copl_preview_options *o, struct copl_reporter *r)
{
	const struct copl_place at = {w->project->xml->file, 0, 0};
	size_t before = r->errors, i;

	for (i = 0; i < o->nlanguages; i++)
		if (copl_project_language_named(w->project, o->languages[i]) ==
		    NULL)
			copl_report(r, COPL_ERROR, "preview-language-unknown",
			    at, _("the project has no language \"%s\""),
			    o->languages[i]);
	if (!has_form(w, o))
		copl_report(r, COPL_ERROR, "preview-form-unknown", at,
		    _("the project has no form \"%s\"; \"interface\" and "
		      "\"consultation\" are the texts around the forms"),
		    o->form);
	return r->errors > before ? COPL_E_INVALID : COPL_OK;
}

/* ---- one page ---- */

void preview_tell(const char *path, const struct copl_master *m,
    const struct copl_master_catalog *mc,
    const struct copl_preview_counts *counts, bool changed,
    struct copl_reporter *r)
{
	char texts[24], todo[24], findings[24];
	const struct copl_field fields[] = {
	    {"file", path},
	    {"form", m->id},
	    {"language", mc->language->tag},
	    {"texts", texts},
	    {"todo", todo},
	    {"findings", findings},
	    {"written", changed ? "yes" : "no"},
	};

	snprintf(texts, sizeof(texts), "%zu", counts->texts);
	snprintf(todo, sizeof(todo), "%zu", counts->todo);
	snprintf(findings, sizeof(findings), "%zu", counts->findings);
	copl_tell(r, "previewed", fields, COPL_COUNT(fields),
	    _("%s: texts %zu, still to do %zu, with findings %zu"), path,
	    counts->texts, counts->todo, counts->findings);
}

static enum copl_status write_page(struct copl_workspace *w,
    const struct copl_master *m, size_t language, const char *output,
    struct copl_reporter *r)
{
	const struct copl_master_catalog *mc = &m->catalogs[language];
	struct copl_strbuf page = COPL_STRBUF_INIT(COPL_PREVIEW_MAX);
	const struct copl_preview_how how = {.r = r};
	struct copl_preview_counts counts;
	const char *path = copl_arena_printf(
	    w->arena, "%s/%s.%s.html", output, m->id, mc->language->tag);
	bool changed = false;
	enum copl_status st = COPL_E_NOMEM;

	if (path != NULL)
		st = copl_preview_page(w, m, language, &how, &page, &counts);
	if (st == COPL_OK)
		st = copl_file_output(
		    path, copl_strbuf_text(&page), page.len, 0666, r, &changed);
	if (st == COPL_OK)
		preview_tell(path, m, mc, &counts, changed, r);
	copl_strbuf_clear(&page);
	return st;
}

/* A catalog that is there and could not be read has been told already. */
static bool is_broken(const struct copl_master_catalog *mc)
{
	return !mc->own && mc->catalog == NULL && copl_path_exists(mc->path);
}

static enum copl_status write_pages(struct copl_workspace *w,
    const struct copl_preview_options *o, const char *output,
    struct copl_reporter *r)
{
	enum copl_status st = copl_dir_make(output, r);
	size_t i, k;

	for (i = 0; i < w->nmasters; i++)
		for (k = 0; k < w->project->nlanguages && st == COPL_OK; k++) {
			const struct copl_master *m = &w->masters[i];

			if (m->catalogs == NULL ||
			    !preview_wants(o, m, &m->catalogs[k]) ||
			    is_broken(&m->catalogs[k]))
				continue;
			st = write_page(w, m, k, output, r);
			/* Its master's errors have been told. */
			if (st == COPL_E_NOTFOUND)
				st = COPL_OK;
		}
	return st;
}

static enum copl_status preview_once(const char *dir,
    const struct copl_preview_options *o, const char *output,
    struct copl_reporter *r)
{
	struct copl_workspace *w = NULL;
	enum copl_status st, written = COPL_OK;

	st = copl_workspace_load(
	    dir, &(struct copl_workspace_load){.lint = false}, r, &w);
	/* A form's findings are about the others too: all are read, or none. */
	if (w != NULL && st != COPL_E_IO) {
		written = preview_check_wishes(w, o, r);
		if (written == COPL_OK)
			written = write_pages(w, o, output, r);
	}
	copl_workspace_free(w);
	return st == COPL_OK ? written : st;
}

enum copl_status copl_preview(const char *dir,
    const struct copl_preview_options *options, const struct copl_sink *sink)
{
	const char *output = options->output == NULL ? OUTPUT : options->output;
	struct copl_reporter r;
	enum copl_status st;

	copl_reporter_init(&r, sink);
	if (options->watch)
		st = preview_watch(dir, options, output, &r);
	else
		st = preview_once(dir, options, output, &r);
	return copl_reporter_end(&r, st);
}
