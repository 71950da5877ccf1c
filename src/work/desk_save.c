/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "base/i18n.h"
#include "work/desk.h"

void copl_desk_day(int64_t now, char out[COPL_DAY_SIZE])
{
	char instant[COPL_INSTANT_SIZE];

	copl_instant_format(now, instant);
	memcpy(out, instant, COPL_DAY_SIZE - 1);
	out[COPL_DAY_SIZE - 1] = '\0';
}

bool copl_desk_person(
    const char *who, const char *role, bool needed, struct copl_reporter *r)
{
	const struct copl_place nowhere = {NULL, 0, 0};
	bool said =
	    who != NULL && *who != '\0' && role != NULL && *role != '\0';

	if (needed && !said) {
		copl_report(r, COPL_ERROR, "review-who", nowhere,
		    _("say who vouches for the texts: --who \"NAME\" --role "
		      "reviewer"));
		return false;
	}
	if ((who == NULL || copl_review_text_is_good(who)) &&
	    (role == NULL || copl_review_text_is_good(role)))
		return true;
	copl_report(r, COPL_ERROR, "review-who", nowhere,
	    _("a name and a role are one line of at most 200 bytes each, "
	      "without TABs"));
	return false;
}

enum copl_status copl_desk_set(
    struct copl_desk_text *t, const struct copl_review_row *said)
{
	struct copl_review_row row = *said;
	struct copl_review_pair pair;

	copl_review_pair_of(t->msg, &pair);
	row.id = copl_review_id(t->msg);
	row.source = pair.source;
	row.translation = pair.translation;
	return copl_review_set(t->mc->review, &row);
}

/* ---- texts as they were approved ---- */

struct keeper {
	struct copl_desk *d;
	const struct copl_catalog *old; /* NULL: nothing was approved yet */
	struct copl_strbuf *out;
	struct copl_map here; /* ids of the form */
};

/* Without what only a translator needs. */
static void put_approved(struct keeper *k, const struct copl_message *from)
{
	struct copl_message bare = {.ctxt = from->ctxt,
	    .id = from->id,
	    .plural = from->plural,
	    .str = from->str,
	    .nstr = from->nstr};

	copl_strbuf_puts(k->out, "\n");
	copl_po_put_message(k->out, &bare);
}

static void put_heading(struct keeper *k, const struct copl_master *m,
    const struct copl_master_catalog *mc)
{
	const struct copl_po_header h = {
	    .project = copl_heading_project(
		k->d->w->arena, k->d->w->project->id, m->id, NULL),
	    .created =
		copl_catalog_field(mc->catalog, "POT-Creation-Date", NULL),
	    .language = mc->language->catalog,
	    .plural_forms =
		copl_catalog_field(mc->catalog, "Plural-Forms", NULL),
	    .comment = "Texts as they were last approved. Written by "
		       "cop-l10n review and signoff."};

	copl_po_put_header(k->out, &h);
}

static enum copl_status put_form(struct keeper *k, const struct copl_master *m)
{
	const struct copl_desk *d = k->d;
	struct copl_review_verdict v;
	size_t i;

	for (i = 0; i < d->n; i++) {
		const struct copl_desk_text *t = &d->list[i];

		if (t->master != m)
			continue;
		if (!copl_map_put(&k->here, t->id, i, NULL))
			return COPL_E_NOMEM;
		memset(&v, 0, sizeof(v));
		if (t->msg != NULL)
			copl_review_judge(t->mc->review, t->msg, &v);
		if (v.state == COPL_REVIEW_APPROVED)
			put_approved(k, t->msg);
		else if (t->approved != NULL)
			put_approved(k, t->approved);
	}
	return COPL_OK;
}

/* What was approved stays known when its question is gone. */
static void put_gone(struct keeper *k)
{
	size_t i, at;

	for (i = 0; k->old != NULL && i < k->old->nmessages; i++) {
		const struct copl_message *msg = &k->old->messages[i];

		if (!msg->obsolete && msg->ctxt != NULL &&
		    !copl_map_get(&k->here, msg->ctxt, &at))
			put_approved(k, msg);
	}
}

static bool has_approved(const struct copl_review *rv)
{
	size_t i;

	for (i = 0; i < rv->nrows; i++)
		if (rv->rows[i].state == COPL_REVIEW_APPROVED)
			return true;
	return false;
}

static enum copl_status make_approved(struct copl_desk *d,
    const struct copl_master *m, const struct copl_master_catalog *mc,
    struct copl_strbuf *out)
{
	struct keeper k = {
	    .d = d, .old = d->approved[m - d->w->masters], .out = out};
	enum copl_status st;

	if (k.old == NULL && !has_approved(mc->review))
		return COPL_OK;
	put_heading(&k, m, mc);
	st = put_form(&k, m);
	put_gone(&k);
	copl_map_free(&k.here);
	return st == COPL_OK ? out->st : st;
}

/* ---- files ---- */

struct files {
	struct copl_reporter *r;
	struct copl_staged *list;
	size_t n;
};

static enum copl_status stage(
    struct files *f, const char *path, const struct copl_strbuf *bytes)
{
	enum copl_status st = bytes->st;

	if (st == COPL_OK)
		st = copl_file_stage(path, copl_strbuf_text(bytes), bytes->len,
		    0666, f->n, f->r, &f->list[f->n]);
	if (st == COPL_OK)
		f->n++;
	return st;
}

static enum copl_status stage_master(
    struct copl_desk *d, struct files *f, const struct copl_master *m)
{
	const struct copl_master_catalog *mc =
	    &m->catalogs[d->language - d->w->project->languages];
	struct copl_strbuf record = COPL_STRBUF_INIT(COPL_REVIEW_MAX);
	struct copl_strbuf approved = COPL_STRBUF_INIT(COPL_CATALOG_MAX);
	const char *path = copl_record_approved_path(d->w->arena, mc);
	enum copl_status st = path == NULL ? COPL_E_NOMEM : COPL_OK;

	copl_review_write(mc->review, &record);
	if (st == COPL_OK)
		st = make_approved(d, m, mc, &approved);
	if (st == COPL_OK && approved.len > 0)
		st = stage(f, path, &approved);
	if (st == COPL_OK)
		st = stage(f, mc->review_path, &record);
	copl_strbuf_clear(&record);
	copl_strbuf_clear(&approved);
	return st;
}

enum copl_status copl_desk_save(struct copl_desk *d, const bool *touched)
{
	struct files f = {.r = d->r};
	enum copl_status st = COPL_OK;
	size_t i;

	f.list = calloc(2 * d->w->nmasters + 1, sizeof(*f.list));
	if (f.list == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < d->w->nmasters && st == COPL_OK; i++)
		if (touched[i])
			st = stage_master(d, &f, &d->w->masters[i]);
	for (i = 0; i < f.n && st == COPL_OK; i++)
		st = copl_file_commit(&f.list[i], d->r, NULL);
	for (i = 0; i < f.n; i++)
		copl_file_abandon(&f.list[i]);
	free(f.list);
	return st;
}
