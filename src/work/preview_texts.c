/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "work/preview_priv.h"

static bool has_text(const struct preview_entry *e)
{
	const struct copl_message *m = e->message;

	return copl_message_is_whole(m) &&
	       (e->source->plural == NULL ||
		   (m->plural != NULL &&
		       strcmp(m->plural, e->source->plural) == 0));
}

static void judge(const struct preview *p, struct preview_entry *e)
{
	static const enum preview_state states[] = {
	    [COPL_REVIEW_NONE] = PREVIEW_TRANSLATED,
	    [COPL_REVIEW_DRAFT] = PREVIEW_DRAFT,
	    [COPL_REVIEW_TRANSLATED] = PREVIEW_TRANSLATED,
	    [COPL_REVIEW_REVIEWED] = PREVIEW_REVIEWED,
	    [COPL_REVIEW_APPROVED] = PREVIEW_APPROVED};
	struct copl_review_verdict v;

	if (p->review == NULL)
		return;
	copl_review_judge(p->review, e->message, &v);
	e->state = states[v.state];
	e->row = v.row;
	e->stale = v.stale;
}

static void find_state(const struct preview *p, struct preview_entry *e)
{
	e->state = PREVIEW_TRANSLATED;
	if (p->mc->own)
		e->state = PREVIEW_SOURCE;
	else if (e->message == NULL || !has_text(e))
		e->state = PREVIEW_MISSING;
	else if (e->message->fuzzy ||
		 strcmp(e->message->id, e->source->id) != 0)
		e->state = PREVIEW_FUZZY;
	else
		judge(p, e);
}

/*
 * The message for a text; one of the same id with an older source serves as
 * a fuzzy one, until "update" has made it that.
 */
static const struct copl_message *message_of(
    const struct preview *p, const struct copl_entry *e)
{
	const struct copl_message *m;

	if (p->mc->catalog == NULL)
		return NULL;
	m = copl_catalog_find(p->mc->catalog, e->ctxt, e->id);
	if (m == NULL && e->ctxt != NULL)
		m = copl_catalog_find_ctxt(p->mc->catalog, e->ctxt);
	return m;
}

enum copl_status preview_texts(struct preview *p)
{
	enum copl_status st = copl_units_entries(
	    p->m->units, p->m->src, p->arena, &p->entries, &p->n);
	size_t i, at;

	if (st != COPL_OK)
		return st;
	p->list = copl_arena_alloc(p->arena, (p->n + 1) * sizeof(*p->list));
	if (p->list == NULL || !copl_map_room(&p->by_id, p->n))
		return COPL_E_NOMEM;
	for (i = 0; i < p->n; i++) {
		struct preview_entry *e = &p->list[i];

		e->source = &p->entries[i];
		e->message = message_of(p, e->source);
		e->piece = e->finding = PREVIEW_NONE;
		if (!copl_map_put(&p->by_id,
			e->source->ctxt != NULL ? e->source->ctxt
						: e->source->id,
			i, NULL))
			return COPL_E_NOMEM;
	}
	for (i = 0; i < p->m->units->n; i++) {
		const struct copl_unit *u = &p->m->units->list[i];

		if (copl_map_get(&p->by_id,
			u->id != NULL ? u->id : u->text.msgid, &at) &&
		    p->list[at].unit == NULL)
			p->list[at].unit = u;
	}
	return COPL_OK;
}

/* The text that a finding in the catalog is about; NULL: none. */
static struct preview_entry *text_of(
    struct preview *p, const struct copl_diag *d)
{
	const struct copl_message *m;
	size_t at;

	if (d->file == NULL || strcmp(d->file, p->mc->catalog->file) != 0)
		return NULL;
	m = copl_catalog_at_line(p->mc->catalog, d->line);
	if (m == NULL || m->obsolete ||
	    !copl_map_get(&p->by_id, m->ctxt != NULL ? m->ctxt : m->id, &at) ||
	    p->list[at].message != m)
		return NULL;
	return &p->list[at];
}

/* Findings stay in their order, so the last one goes in first. */
static enum copl_status give_out(struct preview *p)
{
	size_t i = p->findings.n;

	p->next = copl_arena_alloc(p->arena, (i + 1) * sizeof(*p->next));
	p->loose = copl_arena_alloc(p->arena, (i + 1) * sizeof(*p->loose));
	if (p->next == NULL || p->loose == NULL)
		return COPL_E_NOMEM;
	while (i-- > 0) {
		const struct copl_diag *d = &p->findings.list[i];
		struct preview_entry *e = text_of(p, d);

		p->next[i] = PREVIEW_NONE;
		p->loose[i] = e == NULL;
		if (e == NULL)
			continue;
		p->next[i] = e->finding;
		e->finding = (uint32_t)i;
		e->bad |= d->severity != COPL_NOTE;
	}
	return COPL_OK;
}

enum copl_status preview_record(struct preview *p)
{
	const char *path;

	if (p->how->r == NULL || p->mc->catalog == NULL)
		return COPL_OK;
	path = copl_record_path(p->arena, p->mc);
	if (path == NULL)
		return COPL_E_NOMEM;
	if (!copl_path_exists(path))
		return COPL_OK;
	return copl_file_read(path, COPL_REVIEW_MAX, p->how->r, &p->record);
}

static enum copl_status load_review(struct preview *p, struct copl_reporter *r)
{
	const char *path = copl_record_path(p->arena, p->mc);
	enum copl_status st;

	if (path == NULL)
		return COPL_E_NOMEM;
	if (p->how->r != NULL)
		st = copl_review_read(copl_strbuf_text(&p->record),
		    p->record.len, path, r, &p->review);
	else
		st = copl_review_load(path, r, &p->review);
	if (st != COPL_OK)
		p->review = NULL;
	return st == COPL_E_NOMEM ? st : COPL_OK;
}

enum copl_status preview_findings(struct preview *p)
{
	struct copl_sink sink = copl_findings_sink(&p->findings);
	struct copl_reporter r;
	enum copl_status st = COPL_OK;
	size_t i;

	copl_reporter_init(&r, &sink);
	if (p->mc->catalog != NULL)
		st = load_review(p, &r);
	if (p->mc->catalog != NULL && st == COPL_OK)
		st = copl_workspace_lint(p->w, p->m, p->mc, false, &r);
	st = copl_reporter_end(&r, st);
	if (p->findings.nomem)
		st = COPL_E_NOMEM;
	if (st == COPL_E_NOMEM || st == COPL_E_BUG)
		return st;
	for (i = 0; i < p->n; i++)
		find_state(p, &p->list[i]);
	return p->mc->catalog == NULL ? COPL_OK : give_out(p);
}
