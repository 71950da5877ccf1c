/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <copl10n/review.h>
#include "base/i18n.h"
#include "work/desk.h"

struct review {
	const struct copl_review_options *o;
	struct copl_desk desk;
	struct copl_reporter *r;
	bool lists; /* no state is set */
	enum copl_review_state state;
	char day[COPL_DAY_SIZE];
	bool *wanted; /* texts of the desk */
	bool *touched; /* masters with a new row */
	size_t *done; /* texts set, per master */
	size_t *left; /* texts that could not be, per master */
};

static const struct copl_place nowhere = {NULL, 0, 0};

/* ---- what was asked for ---- */

static enum copl_status read_wishes(struct review *v)
{
	const struct copl_review_options *o = v->o;

	v->lists = o->state == NULL;
	copl_desk_day(o->now, v->day);
	if (v->lists)
		return COPL_OK;
	if (!copl_review_state_parse(o->state, &v->state)) {
		copl_report(v->r, COPL_ERROR, "review-state", nowhere,
		    _("\"%s\" is not a state: write draft, translated, "
		      "reviewed or approved"),
		    o->state);
		return COPL_E_INVALID;
	}
	if (!copl_desk_person(
		o->who, o->role, v->state >= COPL_REVIEW_REVIEWED, v->r))
		return COPL_E_INVALID;
	if (o->origin == NULL || copl_review_origin_is_good(o->origin))
		return COPL_OK;
	copl_report(v->r, COPL_ERROR, "review-origin", nowhere,
	    _("\"%s\" is not an origin: write a word of a-z, such as human, "
	      "machine or reuse"),
	    o->origin);
	return COPL_E_INVALID;
}

/* Texts with the id; more than one master may have it. */
static void want_id(struct review *v, const char *id)
{
	const struct copl_master *first = NULL;
	size_t i;

	for (i = 0; i < v->desk.n; i++) {
		const struct copl_desk_text *t = &v->desk.list[i];

		if (strcmp(t->id, id) != 0)
			continue;
		if (first != NULL && first != t->master) {
			copl_report(v->r, COPL_ERROR, "review-ambiguous",
			    nowhere,
			    _("\"%s\" is a text of \"%s\" and of \"%s\": say "
			      "which with --form"),
			    id, first->id, t->master->id);
			return;
		}
		first = t->master;
		v->wanted[i] = true;
	}
	if (first == NULL)
		copl_report(v->r, COPL_ERROR, "review-unknown", nowhere,
		    _("there is no text \"%s\": cop-l10n review %s lists "
		      "what there is to review"),
		    id, v->o->lang);
}

static bool is_changed(const struct copl_desk_text *t)
{
	return t->before && t->verdict.state < COPL_REVIEW_REVIEWED;
}

/* What is shown when nothing was named. */
static bool is_open(const struct copl_desk_text *t)
{
	return t->verdict.state < COPL_REVIEW_REVIEWED;
}

static void choose(struct review *v)
{
	bool named = v->o->nids > 0;
	size_t i;

	for (i = 0; i < v->o->nids; i++)
		want_id(v, v->o->ids[i]);
	for (i = 0; i < v->desk.n && !named; i++) {
		const struct copl_desk_text *t = &v->desk.list[i];

		if (v->o->changed)
			v->wanted[i] = is_changed(t);
		else if (v->o->all)
			v->wanted[i] = true;
		else
			v->wanted[i] = v->lists && is_open(t);
	}
}

/* ---- what is told ---- */

static void tell_text(
    struct review *v, const struct copl_desk_text *t, const char *to)
{
	const char *from = copl_desk_state(t);
	const char *translation =
	    t->msg == NULL || t->msg->nstr == 0 ? "" : t->msg->str[0];
	const struct copl_field fields[] = {
	    {"form", t->master->id},
	    {"id", t->id},
	    {"language", v->desk.language->tag},
	    {"from", from},
	    {"to", to == NULL ? from : to},
	    {"source", t->unit->text.msgid},
	    {"translation", translation},
	};

	if (to == NULL)
		copl_tell(v->r, "review", fields, COPL_COUNT(fields),
		    "%s  %s  [%s]\n  %s\n  %s", t->master->id, t->id, from,
		    t->unit->text.msgid, translation);
	else
		copl_tell(v->r, "review", fields, COPL_COUNT(fields),
		    "%s  %s  [%s -> %s]", t->master->id, t->id, from, to);
}

static void tell_master(struct review *v, const struct copl_master *m)
{
	size_t at = (size_t)(m - v->desk.w->masters);
	const struct copl_master_catalog *mc =
	    &m->catalogs[v->desk.language - v->desk.w->project->languages];
	char texts[24], left[24];
	const struct copl_field fields[] = {
	    {"form", m->id},
	    {"language", v->desk.language->tag},
	    {"state", copl_review_state_name(v->state)},
	    {"texts", texts},
	    {"left-out", left},
	    {"file", mc->review_path},
	};

	snprintf(texts, sizeof(texts), "%zu", v->done[at]);
	snprintf(left, sizeof(left), "%zu", v->left[at]);
	copl_tell(v->r, "reviewed", fields, COPL_COUNT(fields),
	    _("%s: %s: texts set to %s %zu, left out because they are missing, "
	      "fuzzy or have errors %zu"),
	    mc->review_path, m->id, copl_review_state_name(v->state),
	    v->done[at], v->left[at]);
}

/* ---- setting ---- */

static bool is_refused(const struct review *v, const struct copl_desk_text *t)
{
	if (t->trouble == COPL_DESK_ERROR)
		return v->state > COPL_REVIEW_DRAFT;
	return t->trouble != COPL_DESK_NONE;
}

static void report_refused(struct review *v, const struct copl_desk_text *t)
{
	struct copl_place at = {t->mc->path, 0, 0};

	if (t->msg != NULL)
		at = copl_message_str_at(t->mc->catalog, t->msg);
	if (t->trouble == COPL_DESK_MISSING)
		copl_report(v->r, COPL_ERROR, "review-missing", at,
		    _("\"%s\" is not translated: there is nothing to vouch "
		      "for"),
		    t->id);
	else if (t->trouble == COPL_DESK_FUZZY)
		copl_report(v->r, COPL_ERROR, "review-fuzzy", at,
		    _("\"%s\" is marked as fuzzy: compare it with its source, "
		      "correct it, and take the mark away first"),
		    t->id);
	else
		copl_report(v->r, COPL_ERROR, "review-errors", at,
		    _("\"%s\" has errors that cop-l10n check lists: correct "
		      "them first"),
		    t->id);
}

/* Only a text that was named is lowered, or gets another name. */
static bool is_settled(const struct review *v, const struct copl_desk_text *t)
{
	const struct copl_review_row *row = t->verdict.row;

	if (row == NULL)
		return false;
	if (v->o->nids == 0)
		return row->state >= v->state;
	return row->state == v->state && v->o->who != NULL &&
	       strcmp(row->who, v->o->who) == 0 &&
	       (v->o->role == NULL || strcmp(row->role, v->o->role) == 0) &&
	       (v->o->origin == NULL || strcmp(row->origin, v->o->origin) == 0);
}

static enum copl_status set_text(struct review *v, struct copl_desk_text *t)
{
	const struct copl_review_row *row = t->verdict.row;
	const char *origin = row == NULL ? "human" : row->origin;
	size_t at = (size_t)(t->master - v->desk.w->masters);

	if (v->o->origin != NULL)
		origin = v->o->origin;
	if (is_refused(v, t)) {
		v->left[at]++;
		return COPL_OK;
	}
	if (is_settled(v, t))
		return COPL_OK;
	tell_text(v, t, copl_review_state_name(v->state));
	v->done[at]++;
	v->touched[at] = true;
	return copl_desk_set(t, &(struct copl_review_row){.state = v->state,
				    .origin = origin,
				    .date = v->day,
				    .role = v->o->role,
				    .who = v->o->who});
}

/* A text that was named and cannot get the state: nothing is done then. */
static bool some_refused(struct review *v)
{
	bool any = false;
	size_t i;

	for (i = 0; i < v->desk.n && v->o->nids > 0; i++)
		if (v->wanted[i] && is_refused(v, &v->desk.list[i])) {
			report_refused(v, &v->desk.list[i]);
			any = true;
		}
	return any;
}

/*
 * Rows move when one is put in, so each text is judged again before it is
 * set.
 */
static enum copl_status set_all(struct review *v)
{
	enum copl_status st = COPL_OK;
	size_t i;

	if (some_refused(v))
		return COPL_E_INVALID;
	for (i = 0; i < v->desk.n && st == COPL_OK; i++) {
		struct copl_desk_text *t = &v->desk.list[i];

		if (!v->wanted[i])
			continue;
		if (t->msg != NULL)
			copl_review_judge(t->mc->review, t->msg, &t->verdict);
		st = set_text(v, t);
	}
	return st;
}

static enum copl_status run(struct review *v)
{
	enum copl_status st = COPL_OK;
	size_t errors = v->r->errors, i;

	choose(v);
	if (v->r->errors > errors)
		return COPL_E_INVALID;
	for (i = 0; i < v->desk.n && v->lists; i++)
		if (v->wanted[i])
			tell_text(v, &v->desk.list[i], NULL);
	if (v->lists)
		return COPL_OK;
	st = set_all(v);
	if (st == COPL_OK && !v->o->dry_run)
		st = copl_desk_save(&v->desk, v->touched);
	for (i = 0; i < v->desk.w->nmasters && st == COPL_OK; i++)
		if (v->done[i] > 0 || v->left[i] > 0)
			tell_master(v, &v->desk.w->masters[i]);
	return st;
}

enum copl_status copl_review_texts(
    const struct copl_review_options *options, const struct copl_sink *sink)
{
	struct review v = {.o = options};
	struct copl_reporter r;
	enum copl_status st;
	size_t n;

	copl_reporter_init(&r, sink);
	v.r = &r;
	st = read_wishes(&v);
	if (st == COPL_OK)
		st = copl_desk_open(
		    &v.desk, options->dir, options->lang, options->form, &r);
	if (st != COPL_OK)
		goto out;
	n = v.desk.w->nmasters;
	v.wanted = copl_arena_alloc(v.desk.w->arena, v.desk.n + 1);
	v.touched = copl_arena_alloc(v.desk.w->arena, n);
	v.done = copl_arena_alloc(v.desk.w->arena, n * sizeof(*v.done));
	v.left = copl_arena_alloc(v.desk.w->arena, n * sizeof(*v.left));
	st = COPL_E_NOMEM;
	if (v.wanted != NULL && v.touched != NULL && v.done != NULL &&
	    v.left != NULL)
		st = run(&v);
out:
	copl_desk_close(&v.desk);
	return copl_reporter_end(&r, st);
}
