/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "base/i18n.h"
#include "work/desk.h"

static const struct copl_place nowhere = {NULL, 0, 0};

/* ---- which language, which form ---- */

static enum copl_status check_wishes(
    struct copl_desk *d, const char *lang, const char *form, size_t *language)
{
	const struct copl_project *p = d->w->project;
	bool known = form == NULL, translated = false;
	size_t i;

	d->language = copl_project_language_named(p, lang);
	if (d->language == NULL) {
		copl_report(d->r, COPL_ERROR, "review-language", nowhere,
		    _("the project has no language \"%s\": write a tag of "
		      "%s, such as %s"),
		    lang, COPL_PROJECT_FILE, p->languages[0].tag);
		return COPL_E_INVALID;
	}
	*language = (size_t)(d->language - p->languages);
	for (i = 0; i < d->w->nmasters; i++) {
		const struct copl_master *m = &d->w->masters[i];

		if (form != NULL && strcmp(m->id, form) != 0)
			continue;
		known = true;
		translated |= !m->catalogs[*language].own;
	}
	if (!known)
		copl_report(d->r, COPL_ERROR, "review-form", nowhere,
		    _("the project has no form \"%s\": write the id of a "
		      "form, \"interface\" or \"consultation\""),
		    form);
	else if (!translated)
		copl_report(d->r, COPL_ERROR, "review-language", nowhere,
		    _("\"%s\" is the language in which this was written: "
		      "there is no translation to review"),
		    d->language->tag);
	return known && translated ? COPL_OK : COPL_E_INVALID;
}

/* ---- texts ---- */

struct shelf {
	struct copl_desk *d;
	struct copl_master *m;
	struct copl_master_catalog *mc;
	struct copl_catalog *approved;
	bool *seen; /* messages that are on the desk already */
	bool *bad; /* messages with an error */
};

static void judge(const struct shelf *s, struct copl_desk_text *t)
{
	const struct copl_message *msg = t->msg;

	if (msg == NULL || !copl_message_is_whole(msg))
		t->trouble = COPL_DESK_MISSING;
	else if (msg->fuzzy)
		t->trouble = COPL_DESK_FUZZY;
	else if (s->bad[msg - s->mc->catalog->messages])
		t->trouble = COPL_DESK_ERROR;
	if (msg != NULL)
		copl_review_judge(s->mc->review, msg, &t->verdict);
	if (s->approved != NULL)
		t->approved = copl_catalog_find_ctxt(s->approved, t->id);
	t->before = copl_review_was_reviewed(s->mc->review, t->id);
}

static enum copl_status put_text(struct shelf *s, const struct copl_unit *u)
{
	struct copl_desk *d = s->d;
	const struct copl_message *msg =
	    copl_catalog_find(s->mc->catalog, u->id, u->text.msgid);
	struct copl_desk_text *list;

	if (msg != NULL && s->seen[msg - s->mc->catalog->messages])
		return COPL_OK;
	if (msg != NULL)
		s->seen[msg - s->mc->catalog->messages] = true;
	list = copl_grow(d->list, d->n, &d->room, sizeof(*list));
	if (list == NULL)
		return COPL_E_NOMEM;
	d->list = list;
	list[d->n] = (struct copl_desk_text){.master = s->m,
	    .mc = s->mc,
	    .unit = u,
	    .msg = msg,
	    .id = u->id != NULL ? u->id : u->text.msgid};
	judge(s, &list[d->n++]);
	return COPL_OK;
}

/* Checks the catalog in silence, to know which texts cannot ship. */
static enum copl_status find_errors(struct shelf *s)
{
	const struct copl_catalog *c = s->mc->catalog;
	struct copl_findings f;
	struct copl_sink sink = copl_findings_sink(&f);
	struct copl_reporter quiet;
	const struct copl_message *msg;
	enum copl_status st;
	size_t i;

	copl_reporter_init(&quiet, &sink);
	st = copl_workspace_lint(s->d->w, s->m, s->mc, false, &quiet);
	st = copl_reporter_end(&quiet, st);
	for (i = 0; i < f.n; i++) {
		if (f.list[i].severity != COPL_ERROR || f.list[i].line == 0)
			continue;
		msg = copl_catalog_at_line(c, f.list[i].line);
		if (msg != NULL)
			s->bad[msg - c->messages] = true;
	}
	if (f.nomem)
		st = COPL_E_NOMEM;
	copl_findings_free(&f);
	return st == COPL_E_NOMEM ? st : COPL_OK;
}

static enum copl_status put_master(
    struct copl_desk *d, struct copl_master *m, size_t language)
{
	struct shelf s = {.d = d, .m = m, .mc = &m->catalogs[language]};
	enum copl_status st = COPL_E_NOMEM;
	size_t i;

	if (s.mc->own)
		return COPL_OK;
	if (s.mc->catalog == NULL) {
		copl_report(d->r, COPL_ERROR, "catalog-missing",
		    d->language->at,
		    _("there is no catalog %s: cop-l10n update makes it"),
		    s.mc->path);
		return COPL_E_INVALID;
	}
	s.seen = calloc(s.mc->catalog->nmessages + 1, sizeof(*s.seen));
	s.bad = calloc(s.mc->catalog->nmessages + 1, sizeof(*s.bad));
	if (s.seen == NULL || s.bad == NULL)
		goto out;
	st = copl_record_approved(d->w->arena, s.mc, d->r, &s.approved);
	d->approved[m - d->w->masters] = s.approved;
	if (st == COPL_OK)
		st = find_errors(&s);
	for (i = 0; i < m->units->n && st == COPL_OK; i++)
		st = put_text(&s, &m->units->list[i]);
out:
	free(s.seen);
	free(s.bad);
	return st;
}

enum copl_status copl_desk_open(struct copl_desk *d, const char *dir,
    const char *lang, const char *form, struct copl_reporter *r)
{
	size_t language, i;
	enum copl_status st;

	memset(d, 0, sizeof(*d));
	d->r = r;
	st = copl_workspace_load(
	    dir, &(struct copl_workspace_load){.lint = false}, r, &d->w);
	if (st != COPL_OK)
		return st;
	st = check_wishes(d, lang, form, &language);
	if (st != COPL_OK)
		return st;
	d->approved = copl_arena_alloc(
	    d->w->arena, d->w->nmasters * sizeof(struct copl_catalog *));
	if (d->approved == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < d->w->nmasters && st == COPL_OK; i++)
		if (form == NULL || strcmp(d->w->masters[i].id, form) == 0)
			st = put_master(d, &d->w->masters[i], language);
	return st;
}

void copl_desk_close(struct copl_desk *d)
{
	size_t i;

	for (i = 0; d->approved != NULL && i < d->w->nmasters; i++)
		copl_catalog_free(d->approved[i]);
	free(d->list);
	copl_workspace_free(d->w);
	memset(d, 0, sizeof(*d));
}

const char *copl_desk_state(const struct copl_desk_text *t)
{
	switch (t->trouble) {
	case COPL_DESK_MISSING:
		return "missing";
	case COPL_DESK_FUZZY:
		return "fuzzy";
	case COPL_DESK_ERROR:
	case COPL_DESK_NONE:
		break;
	}
	return t->verdict.stale != NULL
		   ? "stale"
		   : copl_review_state_name(t->verdict.state);
}
