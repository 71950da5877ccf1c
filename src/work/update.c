/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/i18n.h"
#include "work/outputs.h"

static enum copl_status put_template(struct copl_strbuf *b,
    const struct copl_entry *e, size_t n, const char *project,
    const char *created)
{
	const struct copl_po_header h = {
	    .project = project, .created = created};
	size_t i;

	copl_strbuf_reset(b);
	copl_po_put_header(b, &h);
	for (i = 0; i < n; i++)
		copl_po_put_entry(b, &e[i]);
	return b->st;
}

/* The creation date stays as long as everything else does. */
static enum copl_status make_template(struct copl_outputs *u,
    const struct copl_master *m, const struct copl_entry *e, size_t n,
    const char *project)
{
	struct copl_strbuf old = COPL_STRBUF_INIT(COPL_CATALOG_MAX);
	struct copl_catalog *c = NULL;
	struct copl_output *o = copl_output_new(u, m->pot);
	enum copl_status st = COPL_OK;
	const char *created;
	struct copl_place at;

	if (o == NULL)
		return COPL_E_NOMEM;
	o->template = true;
	st = put_template(&o->bytes, e, n, project, u->created);
	if (st == COPL_OK && copl_path_exists(m->pot))
		st = copl_file_read(m->pot, COPL_CATALOG_MAX, u->r, &old);
	if (st == COPL_OK && old.len > 0) {
		/* A damaged template is simply made anew. */
		struct copl_reporter quiet;
		enum copl_status read;

		copl_reporter_init(&quiet, NULL);
		read = copl_catalog_read(old.s, old.len, m->pot, &quiet, &c);
		if (copl_reporter_end(&quiet, read) == COPL_E_NOMEM)
			st = COPL_E_NOMEM;
	}
	created =
	    c == NULL ? NULL : copl_catalog_field(c, "POT-Creation-Date", &at);
	if (st == COPL_OK && created != NULL) {
		st = put_template(&o->bytes, e, n, project, created);
		if (st == COPL_OK &&
		    strcmp(copl_strbuf_text(&o->bytes), old.s) != 0)
			st = put_template(&o->bytes, e, n, project, u->created);
	}
	copl_catalog_free(c);
	copl_strbuf_clear(&old);
	return st;
}

static enum copl_status update_master(
    struct copl_outputs *u, const struct copl_master *m)
{
	const struct copl_project *p = u->w->project;
	struct copl_entry *with_terms;
	struct copl_master_texts t;
	enum copl_status st;
	size_t i;

	st = copl_master_texts(u, m, &t);
	if (st == COPL_OK)
		st = copl_entries_with_terms(u->w->glossary, m->units->lang,
		    NULL, t.entries, t.n, u->w->arena, &with_terms);
	if (st == COPL_OK)
		st = make_template(u, m, with_terms, t.n, t.project);
	for (i = 0; i < p->nlanguages && st == COPL_OK; i++)
		if (!m->catalogs[i].own)
			st = copl_output_catalog(u, m, &m->catalogs[i], &t);
	return st;
}

static void tell_updated(
    struct copl_outputs *u, const struct copl_output *o, bool written)
{
	char added[24], changed[24], obsoleted[24], reused[24];
	const struct copl_field fields[] = {
	    {"file", o->path},
	    {"added", added},
	    {"changed", changed},
	    {"obsoleted", obsoleted},
	    {"reused", reused},
	    {"written", written ? "yes" : "no"},
	};

	snprintf(added, sizeof(added), "%zu", o->counts.added);
	snprintf(changed, sizeof(changed), "%zu", o->counts.changed);
	snprintf(obsoleted, sizeof(obsoleted), "%zu", o->counts.obsoleted);
	snprintf(reused, sizeof(reused), "%zu", o->counts.reused);
	if (!written)
		copl_tell(u->r, "updated", fields, COPL_COUNT(fields),
		    _("%s: nothing changed"), o->path);
	else if (o->template)
		copl_tell(u->r, "updated", fields, COPL_COUNT(fields),
		    _("%s: written"), o->path);
	else if (o->counts.reused > 0)
		copl_tell(u->r, "updated", fields, COPL_COUNT(fields),
		    _("%s: %zu new, %zu to look at again, %zu no longer used; "
		      "for %zu an equal text was found, to be confirmed"),
		    o->path, o->counts.added, o->counts.changed,
		    o->counts.obsoleted, o->counts.reused);
	else
		copl_tell(u->r, "updated", fields, COPL_COUNT(fields),
		    _("%s: %zu new, %zu to look at again, %zu no longer used"),
		    o->path, o->counts.added, o->counts.changed,
		    o->counts.obsoleted);
}

enum copl_status copl_update_with(
    const struct copl_update_options *o, const struct copl_sink *sink)
{
	struct copl_outputs u;
	struct copl_reporter r;
	enum copl_status st;
	bool changed;
	size_t i;

	copl_reporter_init(&r, sink);
	st = copl_outputs_open(&u, o->dir, o->now, o->compendium, &r);
	for (i = 0; st == COPL_OK && i < u.w->nmasters; i++)
		st = update_master(&u, &u.w->masters[i]);
	for (i = 0; st == COPL_OK && i < u.n; i++) {
		st = copl_output_write(&u, &u.list[i], &changed);
		if (st == COPL_OK)
			tell_updated(&u, &u.list[i], changed);
	}
	copl_outputs_close(&u);
	return copl_reporter_end(&r, st);
}

enum copl_status copl_update(
    const char *dir, int64_t now, const struct copl_sink *sink)
{
	const struct copl_update_options o = {.dir = dir, .now = now};

	return copl_update_with(&o, sink);
}
