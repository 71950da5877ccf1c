/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/i18n.h"
#include "work/work.h"

/* A file in its new form; nothing is written before all are there. */
struct output {
	const char *path;
	bool template; /* a .pot: it has nothing to look at again */
	struct copl_strbuf bytes;
	struct copl_merge_counts counts;
};

struct update {
	struct copl_workspace *w;
	struct copl_reporter *r;
	char created[COPL_CREATED_SIZE]; /* POT-Creation-Date */
	struct output *list;
	size_t n;
	size_t room;
};

static struct output *new_output(struct update *u, const char *path)
{
	struct output *list = copl_grow(u->list, u->n, &u->room, sizeof(*list)),
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

static void put_template(struct copl_strbuf *b, const struct copl_entry *e,
    size_t n, const char *project, const char *created)
{
	const struct copl_po_header h = {
	    .project = project, .created = created};
	size_t i;

	copl_strbuf_reset(b);
	copl_po_put_header(b, &h);
	for (i = 0; i < n; i++)
		copl_po_put_entry(b, &e[i]);
}

/* The creation date stays as long as everything else does. */
static enum copl_status make_template(struct update *u,
    const struct copl_master *m, const struct copl_entry *e, size_t n,
    const char *project)
{
	struct copl_strbuf old = COPL_STRBUF_INIT(COPL_CATALOG_MAX);
	struct copl_catalog *c = NULL;
	struct output *o = new_output(u, m->pot);
	enum copl_status st = COPL_OK;
	const char *created;
	struct copl_place at;

	if (o == NULL)
		return COPL_E_NOMEM;
	o->template = true;
	put_template(&o->bytes, e, n, project, u->created);
	if (copl_path_exists(m->pot))
		st = copl_file_read(m->pot, COPL_CATALOG_MAX, u->r, &old);
	if (st == COPL_OK && old.len > 0) {
		/* A damaged template is simply made anew. */
		struct copl_reporter quiet;

		copl_reporter_init(&quiet, NULL);
		if (copl_catalog_read(old.s, old.len, m->pot, &quiet, &c) !=
		    COPL_OK)
			c = NULL;
		(void)copl_reporter_end(&quiet, COPL_OK);
	}
	created =
	    c == NULL ? NULL : copl_catalog_field(c, "POT-Creation-Date", &at);
	if (created != NULL) {
		put_template(&o->bytes, e, n, project, created);
		if (strcmp(copl_strbuf_text(&o->bytes), old.s) != 0)
			put_template(&o->bytes, e, n, project, u->created);
	}
	copl_catalog_free(c);
	copl_strbuf_clear(&old);
	return st == COPL_OK ? o->bytes.st : st;
}

static enum copl_status make_catalog(struct update *u,
    const struct copl_master *m, const struct copl_master_catalog *mc,
    const struct copl_entry *e, size_t n, const char *project)
{
	struct copl_po_header h = {.project = project, .created = u->created};
	enum copl_status st = copl_heading_of(
	    u->w->arena, m->src, mc->language->tag, mc->language->catalog, &h);
	struct output *o;

	if (st != COPL_OK)
		return st;
	o = new_output(u, mc->path);
	if (o == NULL)
		return COPL_E_NOMEM;
	return copl_catalog_merge(mc->catalog, e, n, &h, &o->bytes, &o->counts);
}

static enum copl_status update_master(
    struct update *u, const struct copl_master *m)
{
	const struct copl_project *p = u->w->project;
	struct copl_entry *entries;
	enum copl_status st;
	const char *project;
	size_t n, i;

	project = copl_heading_project(u->w->arena, p->id, m->id,
	    m->form == NULL ? NULL : m->form->version);
	if (project == NULL)
		return COPL_E_NOMEM;
	st = copl_units_entries(m->units, m->src, u->w->arena, &entries, &n);
	if (st == COPL_OK)
		st = make_template(u, m, entries, n, project);
	for (i = 0; i < p->nlanguages && st == COPL_OK; i++)
		if (!m->catalogs[i].own)
			st = make_catalog(
			    u, m, &m->catalogs[i], entries, n, project);
	return st;
}

static void tell_updated(struct update *u, const struct output *o, bool written)
{
	char added[24], changed[24], obsoleted[24];
	const struct copl_field fields[] = {
	    {"file", o->path},
	    {"added", added},
	    {"changed", changed},
	    {"obsoleted", obsoleted},
	    {"written", written ? "yes" : "no"},
	};

	snprintf(added, sizeof(added), "%zu", o->counts.added);
	snprintf(changed, sizeof(changed), "%zu", o->counts.changed);
	snprintf(obsoleted, sizeof(obsoleted), "%zu", o->counts.obsoleted);
	if (!written)
		copl_tell(u->r, "updated", fields, COPL_COUNT(fields),
		    _("%s: nothing changed"), o->path);
	else if (o->template)
		copl_tell(u->r, "updated", fields, COPL_COUNT(fields),
		    _("%s: written"), o->path);
	else
		copl_tell(u->r, "updated", fields, COPL_COUNT(fields),
		    _("%s: %zu new, %zu to look at again, %zu no longer used"),
		    o->path, o->counts.added, o->counts.changed,
		    o->counts.obsoleted);
}

static enum copl_status write_output(struct update *u, const struct output *o)
{
	const char *slash = strrchr(o->path, '/');
	enum copl_status st = COPL_OK;
	bool changed = false;
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
		    o->bytes.len, 0666, u->r, &changed);
	if (st == COPL_OK)
		tell_updated(u, o, changed);
	return st;
}

enum copl_status copl_update(
    const char *dir, int64_t now, const struct copl_sink *sink)
{
	struct update u = {0};
	struct copl_reporter r;
	enum copl_status st;
	size_t i;

	copl_reporter_init(&r, sink);
	u.r = &r;
	copl_heading_created(now, u.created);
	st = copl_workspace_load(
	    dir, &(struct copl_workspace_load){.lint = false}, &r, &u.w);
	for (i = 0; st == COPL_OK && i < u.w->nmasters; i++)
		st = update_master(&u, &u.w->masters[i]);
	for (i = 0; st == COPL_OK && i < u.n; i++)
		st = write_output(&u, &u.list[i]);
	for (i = 0; i < u.n; i++)
		copl_strbuf_clear(&u.list[i].bytes);
	free(u.list);
	copl_workspace_free(u.w);
	return copl_reporter_end(&r, st);
}
