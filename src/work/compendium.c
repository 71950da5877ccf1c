/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What a consultation leaves to later ones: its translations, one catalog a
 * language, each entry with the id and text it was made for.
 */
#include "config.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/i18n.h"
#include "review/review.h"
#include "work/outputs.h"

/* One catalog in the making. */
struct compendium {
	struct copl_outputs *u;
	const struct copl_language *language;
	const char *path;
	struct copl_catalog *old; /* what is there; NULL: nothing */
	struct copl_map seen; /* id EOT text */
	struct copl_plural rule; /* of the file that is written */
	struct copl_strbuf out;
	size_t keys;
	size_t texts;
	size_t added;
	bool approved;
};

static enum copl_status see(
    struct compendium *c, const struct copl_message *m, bool *first)
{
	const char *key = copl_arena_printf(
	    c->u->w->arena, "%s\004%s", m->ctxt == NULL ? "" : m->ctxt, m->id);
	size_t at = 0, n = c->keys;

	if (key == NULL || !copl_map_put(&c->seen, key, n, &at))
		return COPL_E_NOMEM;
	*first = at == n;
	c->keys += *first;
	return COPL_OK;
}

static bool is_good(const struct copl_message *m)
{
	return !m->obsolete && !m->fuzzy && copl_message_is_whole(m);
}

/* The forms of a text, in the order of the rule that the file has. */
static bool put_forms(struct compendium *c, const struct copl_message *m,
    const struct copl_catalog *from, struct copl_entry *e)
{
	const char *strs[COPL_PLURALS_MAX];
	unsigned map[COPL_PLURALS_MAX], i;
	struct copl_plural rule;

	if (m->plural == NULL) {
		copl_po_put_forms(&c->out, NULL, e, m->str, 1);
		return true;
	}
	if (c->rule.n == 0 || !copl_catalog_plural(from, &rule) ||
	    rule.n != m->nstr || !copl_plural_map(&rule, &c->rule, map))
		return false;
	for (i = 0; i < c->rule.n; i++)
		strs[i] = m->str[map[i]];
	copl_po_put_forms(&c->out, NULL, e, strs, c->rule.n);
	return true;
}

static enum copl_status put(struct compendium *c, const struct copl_message *m,
    const struct copl_catalog *from, const char *origin)
{
	struct copl_entry e = {
	    .ctxt = m->ctxt, .id = m->id, .plural = m->plural};
	enum copl_status st;
	bool first;

	st = see(c, m, &first);
	if (st != COPL_OK || !first)
		return st;
	e.flags = copl_message_has_flag(m, "python-brace-format")
		      ? "python-brace-format"
		      : NULL;
	e.extracted = origin;
	if (put_forms(c, m, from, &e))
		c->texts++;
	return c->out.st;
}

/* What was written there by an earlier consultation keeps its origin. */
static enum copl_status put_old(struct compendium *c)
{
	enum copl_status st = COPL_OK;
	size_t i;

	for (i = 0; c->old != NULL && i < c->old->nmessages && st == COPL_OK;
	     i++) {
		const struct copl_message *m = &c->old->messages[i];

		if (is_good(m))
			st = put(c, m, c->old, m->extracted);
	}
	return st;
}

static enum copl_status put_catalog(struct compendium *c,
    const struct copl_catalog *from, const struct copl_review *review,
    const char *project)
{
	const char *origin =
	    copl_arena_printf(c->u->w->arena, "from: %s", project);
	enum copl_status st = origin == NULL ? COPL_E_NOMEM : COPL_OK;
	size_t i;

	for (i = 0; i < from->nmessages && st == COPL_OK; i++) {
		const struct copl_message *m = &from->messages[i];
		struct copl_review_verdict v = {COPL_REVIEW_NONE, NULL, NULL};

		if (!is_good(m))
			continue;
		if (review != NULL)
			copl_review_judge(review, m, &v);
		/* Approved for another source: it is wrong here. */
		if (v.stale != NULL ||
		    (c->approved && v.state != COPL_REVIEW_APPROVED))
			continue;
		st = put(c, m, from, origin);
	}
	return st;
}

static enum copl_status put_master(struct compendium *c,
    const struct copl_master *m, const struct copl_master_catalog *mc)
{
	const char *project =
	    copl_heading_project(c->u->w->arena, c->u->w->project->id, m->id,
		m->form == NULL ? NULL : m->form->version);

	return project == NULL
		   ? COPL_E_NOMEM
		   : put_catalog(c, mc->catalog, mc->review, project);
}

static enum copl_status put_header(struct compendium *c, const char *created)
{
	struct copl_arena *a = c->u->w->arena;
	struct copl_po_header h = {
	    .created = created, .language = c->language->catalog};
	unsigned n;

	h.plural_forms = copl_plural_forms(h.language, &n);
	if (h.plural_forms != NULL &&
	    !copl_plural_parse(h.plural_forms, &c->rule))
		c->rule.n = 0;
	h.project = copl_arena_printf(a, "compendium %.4s", created);
	h.comment = copl_arena_printf(a,
	    "Translations of earlier consultations: %s.\n"
	    "\"from:\" says of which.",
	    c->language->tag);
	if (h.project == NULL || h.comment == NULL)
		return COPL_E_NOMEM;
	copl_po_put_header(&c->out, &h);
	return c->out.st;
}

/* The newest translation of a text first: it is the one that counts. */
static enum copl_status fill(
    struct compendium *c, size_t language, const char *created)
{
	const struct copl_workspace *w = c->u->w;
	enum copl_status st;
	size_t i;

	c->keys = c->texts = 0;
	copl_map_free(&c->seen);
	memset(&c->seen, 0, sizeof(c->seen));
	copl_strbuf_reset(&c->out);
	st = put_header(c, created);
	for (i = 0; i < w->nmasters && st == COPL_OK; i++) {
		const struct copl_master_catalog *mc =
		    &w->masters[i].catalogs[language];

		if (mc->catalog != NULL)
			st = put_master(c, &w->masters[i], mc);
	}
	c->added = c->texts;
	return st == COPL_OK ? put_old(c) : st;
}

/* The creation date stays as long as everything else does. */
static enum copl_status fill_anew(struct compendium *c, size_t language)
{
	struct copl_strbuf old = COPL_STRBUF_INIT(COPL_CATALOG_MAX);
	enum copl_status st = COPL_OK;
	const char *created = NULL;

	if (copl_path_exists(c->path)) {
		st = copl_catalog_load(c->path, c->u->r, &c->old);
		if (st == COPL_OK)
			st = copl_file_read(
			    c->path, COPL_CATALOG_MAX, c->u->r, &old);
		if (st == COPL_OK)
			created = copl_catalog_field(
			    c->old, "POT-Creation-Date", NULL);
	}
	if (st == COPL_OK && created != NULL)
		st = fill(c, language, created);
	if (st == COPL_OK &&
	    (created == NULL ||
		strcmp(copl_strbuf_text(&c->out), copl_strbuf_text(&old)) != 0))
		st = fill(c, language, c->u->created);
	copl_strbuf_clear(&old);
	return st;
}

static void tell(struct compendium *c, bool written)
{
	char texts[24], added[24];
	const struct copl_field fields[] = {
	    {"file", c->path},
	    {"language", c->language->tag},
	    {"texts", texts},
	    {"here", added},
	    {"written", written ? "yes" : "no"},
	};

	snprintf(texts, sizeof(texts), "%zu", c->texts);
	snprintf(added, sizeof(added), "%zu", c->added);
	copl_tell(c->u->r, "compendium", fields, COPL_COUNT(fields),
	    P_("%s: %zu translation, %zu of this consultation",
		"%s: %zu translations, %zu of this consultation", c->texts),
	    c->path, c->texts, c->added);
}

static enum copl_status write_one(struct copl_outputs *u,
    const struct copl_compendium_options *o, size_t language)
{
	const struct copl_language *l = &u->w->project->languages[language];
	struct compendium c = {.u = u, .language = l, .approved = o->approved};
	enum copl_status st;
	bool changed = false;

	c.out.max = COPL_CATALOG_MAX;
	c.path =
	    copl_arena_printf(u->w->arena, "%s/%s.po", o->output, l->catalog);
	if (c.path == NULL)
		return COPL_E_NOMEM;
	st = fill_anew(&c, language);
	if (st == COPL_OK && c.texts > 0) {
		st = copl_file_replace(c.path, copl_strbuf_text(&c.out),
		    c.out.len, 0666, u->r, &changed);
		if (st == COPL_OK)
			tell(&c, changed);
	}
	copl_strbuf_clear(&c.out);
	copl_map_free(&c.seen);
	copl_catalog_free(c.old);
	return st;
}

enum copl_status copl_compendium(
    const struct copl_compendium_options *o, const struct copl_sink *sink)
{
	struct copl_outputs u;
	struct copl_reporter r;
	enum copl_status st;
	size_t i;

	copl_reporter_init(&r, sink);
	st = copl_outputs_open(&u, o->dir, o->now, NULL, &r);
	if (st == COPL_OK)
		st = copl_dir_make(o->output, &r);
	for (i = 0; st == COPL_OK && i < u.w->project->nlanguages; i++)
		st = write_one(&u, o, i);
	copl_outputs_close(&u);
	return copl_reporter_end(&r, st);
}
