/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "work/outputs.h"

enum copl_status copl_outputs_open(struct copl_outputs *u, const char *dir,
    int64_t now, const char *compendium, struct copl_reporter *r)
{
	static const struct copl_workspace_load how = {.lint = false};
	enum copl_status st, earlier = COPL_OK;
	const struct copl_project *p;

	memset(u, 0, sizeof(*u));
	u->r = r;
	copl_heading_created(now, u->created);
	st = copl_workspace_load(dir, &how, r, &u->w);
	if (u->w == NULL)
		return st;
	p = u->w->project;
	if (compendium != NULL)
		earlier = copl_earlier_load(&u->earlier, u->w, compendium,
		    (struct copl_place){compendium, 0, 0}, r);
	else if (p->compendium_path != NULL)
		earlier = copl_earlier_load(
		    &u->earlier, u->w, p->compendium_path, p->compendium_at, r);
	return st == COPL_OK ? earlier : st;
}

struct copl_output *copl_output_new(struct copl_outputs *u, const char *path)
{
	struct copl_output *list = copl_grow(
			       u->list, u->n, &u->room, sizeof(*list)),
			   *o;

	if (list == NULL)
		return NULL;
	u->list = list;
	o = &u->list[u->n++];
	memset(o, 0, sizeof(*o));
	o->path = path;
	o->bytes.max = COPL_CATALOG_MAX;
	return o;
}

enum copl_status copl_master_texts(struct copl_outputs *u,
    const struct copl_master *m, struct copl_master_texts *out)
{
	out->project = copl_heading_project(u->w->arena, u->w->project->id,
	    m->id, m->form == NULL ? NULL : m->form->version);
	if (out->project == NULL)
		return COPL_E_NOMEM;
	return copl_units_entries(
	    m->units, m->src, u->w->arena, &out->entries, &out->n);
}

enum copl_status copl_output_catalog(struct copl_outputs *u,
    const struct copl_master *m, const struct copl_master_catalog *mc,
    const struct copl_master_texts *t)
{
	struct copl_po_header h = {
	    .project = t->project, .created = u->created};
	size_t language = (size_t)(mc - m->catalogs);
	struct copl_entry *entries;
	struct copl_output *o;
	enum copl_status st =
	    copl_heading_fill(u->w->arena, u->w->project, m, mc->language, &h);

	if (st == COPL_OK)
		st = copl_entries_with_terms(u->w->glossary, m->units->lang,
		    mc->language->tag, t->entries, t->n, u->w->arena, &entries);
	if (st != COPL_OK)
		return st;
	o = copl_output_new(u, mc->path);
	if (o == NULL)
		return COPL_E_NOMEM;
	o->entries = t->n;
	return copl_catalog_merge_with(mc->catalog,
	    u->earlier.catalogs == NULL ? NULL : u->earlier.catalogs[language],
	    entries, t->n, &h, &o->bytes, &o->counts);
}

enum copl_status copl_output_write(
    struct copl_outputs *u, const struct copl_output *o, bool *changed)
{
	const char *slash = strrchr(o->path, '/');
	enum copl_status st = COPL_OK;
	char *dir;

	if (slash != NULL) {
		dir = copl_arena_strndup(
		    u->w->arena, o->path, (size_t)(slash - o->path));
		if (dir == NULL)
			return COPL_E_NOMEM;
		st = copl_dir_make(dir, u->r);
	}
	if (st == COPL_OK)
		st = copl_file_replace(o->path, copl_strbuf_text(&o->bytes),
		    o->bytes.len, 0666, u->r, changed);
	return st;
}

void copl_outputs_close(struct copl_outputs *u)
{
	size_t i;

	for (i = 0; i < u->n; i++)
		copl_strbuf_clear(&u->list[i].bytes);
	free(u->list);
	copl_earlier_free(&u->earlier);
	copl_workspace_free(u->w);
}
