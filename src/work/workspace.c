/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "base/i18n.h"
#include "locale/locale.h"
#include "render/render.h"
#include "work/work.h"

struct load {
	struct copl_workspace *w;
	struct copl_reporter *r;
	const struct copl_workspace_load *how;
	enum copl_status worst; /* of what was loaded so far */
};

/* Content errors are gathered; what stops us is returned. */
static enum copl_status note(struct load *l, enum copl_status st)
{
	if (st == COPL_OK || st == COPL_E_NOMEM || st == COPL_E_BUG)
		return st;
	/* A file that cannot be read weighs more than one that is wrong. */
	if (l->worst == COPL_OK || st == COPL_E_IO)
		l->worst = st;
	return COPL_OK;
}

/* ---- the project: what only CLDR can tell ---- */

static void check_languages(struct load *l)
{
	const struct copl_project *p = l->w->project;
	size_t i;

	for (i = 0; i < p->nlanguages; i++) {
		enum copl_status known = copl_locale_known(p->languages[i].tag);

		l->r->nomem |= known == COPL_E_NOMEM;
		if (known == COPL_E_NOTFOUND)
			copl_report(l->r, COPL_ERROR,
			    "project-language-unknown", p->languages[i].at,
			    _("\"%s\" is not a known language tag: write, for "
			      "example, fr or zh-Hans"),
			    p->languages[i].tag);
	}
	for (i = 0; i < p->nrecipients; i++) {
		enum copl_status known =
		    p->recipients[i].zone == NULL
			? COPL_OK
			: copl_locale_zone_known(p->recipients[i].zone);

		l->r->nomem |= known == COPL_E_NOMEM;
		if (known == COPL_E_NOTFOUND)
			copl_report(l->r, COPL_ERROR, "project-zone-unknown",
			    p->recipients[i].at,
			    _("\"%s\" is not a known time zone: write, for "
			      "example, Africa/Cairo"),
			    p->recipients[i].zone);
	}
}

/* ---- languages that are left out ---- */

static struct copl_place project_place(const struct load *l)
{
	return (struct copl_place){l->w->project->xml->file, 0, 0};
}

/* A form whose counting text is in a language that is not there. */
static void check_prevails(struct load *l)
{
	const struct copl_project *p = l->w->project;
	size_t i, k;

	for (i = 0; i < p->nleft_out; i++)
		for (k = 0; k < p->nforms; k++) {
			const struct copl_form *f = l->w->masters[k].form;

			if (f == NULL ||
			    strcmp(f->prevails, p->left_out[i].tag) != 0)
				continue;
			copl_report(l->r, COPL_ERROR, "without-prevails",
			    copl_xml_place(
				f->xml, xmlDocGetRootElement(f->xml->doc)),
			    _("the text of \"%s\" that counts when languages "
			      "differ is in \"%s\": a release cannot leave "
			      "that language out"),
			    f->id, f->prevails);
		}
}

static void check_left(struct load *l)
{
	const struct copl_project *p = l->w->project;
	size_t i;

	for (i = 0; i < p->nrecipients; i++)
		if (p->recipients[i].nlanguages == 0)
			copl_report(l->r, COPL_ERROR, "without-recipient",
			    p->recipients[i].at,
			    _("the recipient \"%s\" would get nothing, because "
			      "all its languages are left out"),
			    p->recipients[i].id);
}

static enum copl_status leave_out(struct load *l)
{
	enum copl_status st = COPL_OK;
	size_t i;

	for (i = 0; i < l->how->nwithout && st != COPL_E_NOMEM; i++) {
		st = copl_project_leave_out(l->w->project, l->how->without[i]);
		if (st == COPL_E_NOTFOUND)
			copl_report(l->r, COPL_ERROR, "without-unknown",
			    project_place(l),
			    _("\"%s\" cannot be left out: the project has no "
			      "such language, or it is left out already"),
			    l->how->without[i]);
	}
	if (st == COPL_E_NOMEM)
		return st;
	check_left(l);
	return COPL_OK;
}

/* ---- masters ---- */

static enum copl_status read_units(struct load *l, struct copl_master *m)
{
	return note(l, copl_units_of(m->xml, NULL, l->r, &m->units));
}

static enum copl_status load_form(
    struct load *l, const struct copl_project_form *pf, struct copl_master *m)
{
	enum copl_status st;

	m->kind = COPL_MASTER_FORM;
	m->src = pf->src;
	st = note(l, copl_xml_load(pf->path, COPL_XML_STRICT, COPL_XML_MAX,
			 l->r, &m->xml));
	if (st != COPL_OK || m->xml == NULL)
		return st;
	st = note(l, copl_form_read(m->xml, l->r, &m->form));
	if (st != COPL_OK || m->form == NULL)
		return st;
	m->id = m->form->id;
	return read_units(l, m);
}

static enum copl_status load_interface(struct load *l, struct copl_master *m)
{
	const struct copl_project *p = l->w->project;
	struct copl_interface *words = NULL;
	enum copl_status st;
	size_t skip = strlen(p->dir);

	m->kind = COPL_MASTER_INTERFACE;
	m->id = "interface";
	m->src = p->interface_path;
	if (strncmp(m->src, p->dir, skip) == 0 && m->src[skip] == '/')
		m->src += skip + 1;
	st = note(l, copl_xml_load(p->interface_path, COPL_XML_STRICT,
			 COPL_XML_MAX, l->r, &m->xml));
	if (st != COPL_OK || m->xml == NULL)
		return st;
	st = note(l, copl_interface_read(m->xml, l->r, &words));
	copl_interface_free(words);
	return st == COPL_OK ? read_units(l, m) : st;
}

static enum copl_status load_project_texts(
    struct load *l, struct copl_master *m)
{
	m->kind = COPL_MASTER_PROJECT;
	m->id = "consultation";
	m->src = COPL_PROJECT_FILE;
	m->xml = l->w->project->xml;
	return read_units(l, m);
}

/* Two forms of one id would share catalogs and pages. */
static void check_form_ids(struct load *l)
{
	const struct copl_project *p = l->w->project;
	size_t i, k;

	for (i = 1; i < p->nforms; i++)
		for (k = 0; k < i; k++) {
			const char *a = l->w->masters[i].id;
			const char *b = l->w->masters[k].id;

			if (a != NULL && b != NULL && strcmp(a, b) == 0)
				copl_report(l->r, COPL_ERROR, "project-form-id",
				    p->forms[i].at,
				    _("this form has the id \"%s\" that %s "
				      "has already"),
				    a, p->forms[k].src);
		}
}

/* Does it say the age, or ask whether somebody is younger? */
static bool needs_guardian_age(const struct copl_master *m)
{
	static const char name[] = "guardian_age";

	return m->form != NULL &&
	       (copl_form_param(m->form, name, sizeof(name) - 1) != NULL ||
		   copl_form_asks_guardian_age(m->form));
}

/* A recipient must have what the forms say of it. */
static void check_recipients(struct load *l)
{
	const struct copl_project *p = l->w->project;
	size_t i, k;

	for (i = 0; i < p->nrecipients; i++)
		for (k = 0; k < p->nforms; k++) {
			const struct copl_recipient *to = &p->recipients[i];

			if (to->guardian_age >= 0 ||
			    !needs_guardian_age(&l->w->masters[k]))
				continue;
			copl_report(l->r, COPL_ERROR, "project-guardian-age",
			    to->at,
			    _("the form \"%s\" needs the guardian-age of "
			      "\"%s\", which has none: add it to the "
			      "recipient"),
			    l->w->masters[k].id, to->id);
		}
}

/* Where a child may write of being hurt, somebody must read it and act. */
static void check_safeguarding(struct load *l)
{
	const struct copl_project *p = l->w->project;
	const struct copl_form *form = NULL;
	size_t i;

	for (i = 0; i < p->nforms && form == NULL; i++) {
		form = l->w->masters[i].form;
		if (form != NULL && copl_form_confides(form) == NULL)
			form = NULL;
	}
	for (i = 0; i < p->nrecipients && form != NULL; i++) {
		const struct copl_recipient *to = &p->recipients[i];

		if (to->safeguarding.email != NULL ||
		    p->safeguarding.email != NULL)
			continue;
		copl_report(l->r, COPL_ERROR, "project-no-safeguarding", to->at,
		    _("in the form \"%s\" young people can tell what hurts "
		      "them, but nobody is named who reads it for \"%s\" and "
		      "must act on it: add <safeguarding email=\"...\" "
		      "role=\"...\"/> to the recipient, or to <project> for "
		      "all"),
		    form->id, to->id);
	}
}

static enum copl_status load_masters(struct load *l)
{
	struct copl_workspace *w = l->w;
	const struct copl_project *p = w->project;
	enum copl_status st = COPL_OK;
	size_t i;

	w->nmasters = p->nforms + 2;
	w->masters =
	    copl_arena_alloc(w->arena, w->nmasters * sizeof(*w->masters));
	if (w->masters == NULL) {
		w->nmasters = 0;
		return COPL_E_NOMEM;
	}
	for (i = 0; i < p->nforms && st == COPL_OK; i++)
		st = load_form(l, &p->forms[i], &w->masters[i]);
	if (st == COPL_OK)
		st = load_interface(l, &w->masters[p->nforms]);
	if (st == COPL_OK)
		st = load_project_texts(l, &w->masters[p->nforms + 1]);
	if (st == COPL_OK) {
		check_form_ids(l);
		check_recipients(l);
		check_prevails(l);
		check_safeguarding(l);
	}
	return st;
}

/* ---- catalogs ---- */

/* Made in an arena that goes when the findings are there. */
static enum copl_status lint_catalog(struct copl_arena *a,
    const struct copl_workspace *w, const struct copl_master *m,
    const struct copl_master_catalog *mc, bool fallback,
    struct copl_reporter *r)
{
	struct copl_lint how = {.tag = mc->language->tag,
	    .name = mc->language->catalog,
	    .source_lang = m->units->lang,
	    .nunits = m->units->n,
	    .release = true,
	    .address = copl_lint_address_of(mc->language),
	    .glossary = w->glossary};
	struct copl_lint_unit *units;
	enum copl_status st = copl_lint_units_of(
	    m->units, m->kind == COPL_MASTER_FORM, a, &units);
	size_t i;

	if (st != COPL_OK)
		return st;
	for (i = 0; m->form != NULL && fallback && i < how.nunits; i++)
		if (units[i].id != NULL)
			units[i].optional =
			    copl_may_fall_back(m->form, units[i].id);
	how.units = units;
	return copl_lint_with_units(mc->catalog, &how, m->units, r);
}

enum copl_status copl_workspace_lint(const struct copl_workspace *w,
    const struct copl_master *m, const struct copl_master_catalog *mc,
    bool fallback, struct copl_reporter *r)
{
	struct copl_arena *a = copl_arena_new();
	enum copl_status st = COPL_E_NOMEM;

	if (a != NULL)
		st = lint_catalog(a, w, m, mc, fallback, r);
	copl_arena_free(a);
	return st;
}

static enum copl_status load_catalog(
    struct load *l, const struct copl_master *m, struct copl_master_catalog *mc)
{
	enum copl_status st;

	if (!copl_path_exists(mc->path)) {
		if (!l->how->lint)
			return COPL_OK;
		copl_report(l->r, COPL_ERROR, "catalog-missing",
		    mc->language->at,
		    _("there is no catalog %s: cop-l10n update makes it"),
		    mc->path);
		return note(l, COPL_E_INVALID);
	}
	st = note(l, copl_catalog_load(mc->path, l->r, &mc->catalog));
	if (st == COPL_OK)
		st = note(l, copl_record_load(l->w->arena, mc, l->r));
	if (st != COPL_OK || mc->catalog == NULL || !l->how->lint)
		return st;
	st = note(l, copl_workspace_lint(l->w, m, mc, l->how->fallback, l->r));
	if (st == COPL_OK)
		st = note(l, copl_record_check(m, mc, l->r));
	return st;
}

/* A catalog for each language but the master's own. */
static enum copl_status load_catalogs(struct load *l, struct copl_master *m)
{
	const struct copl_project *p = l->w->project;
	struct copl_arena *a = l->w->arena;
	enum copl_status st = COPL_OK;
	const char *po;
	size_t i;

	po = copl_path_join(a, p->dir, "po");
	if (po == NULL)
		return COPL_E_NOMEM;
	m->pot = copl_arena_printf(a, "%s/%s/%s.pot", po, m->id, m->id);
	m->catalogs =
	    copl_arena_alloc(a, (p->nlanguages + 1) * sizeof(*m->catalogs));
	if (m->pot == NULL || m->catalogs == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < p->nlanguages && st == COPL_OK; i++) {
		struct copl_master_catalog *mc = &m->catalogs[i];

		mc->language = &p->languages[i];
		mc->own = m->units->lang != NULL &&
			  strcmp(m->units->lang, mc->language->tag) == 0;
		mc->path = copl_arena_printf(
		    a, "%s/%s/%s.po", po, m->id, mc->language->catalog);
		if (mc->path == NULL)
			return COPL_E_NOMEM;
		if (mc->own)
			continue;
		/* A tag that was refused already has no catalog to miss. */
		st = copl_locale_known(mc->language->tag);
		if (st == COPL_OK)
			st = load_catalog(l, m, mc);
		else if (st == COPL_E_NOTFOUND)
			st = COPL_OK;
	}
	return st;
}

/* The project's own terms, or those that are shipped. */
static enum copl_status load_glossary(struct load *l)
{
	const struct copl_project *p = l->w->project;

	if (p->glossary_path == NULL)
		return copl_glossary_shipped(&l->w->glossary);
	if (copl_path_exists(p->glossary_path))
		return note(l, copl_glossary_load(
				   p->glossary_path, l->r, &l->w->glossary));
	copl_report(l->r, COPL_ERROR, "glossary-missing", p->glossary_at,
	    _("there is no glossary %s: correct the name, or take the element "
	      "out to use the terms that are shipped"),
	    p->glossary_path);
	return note(l, COPL_E_INVALID);
}

static enum copl_status load_all(struct load *l)
{
	size_t errors = l->r->errors, i;
	enum copl_status st;

	check_languages(l);
	st = load_glossary(l);
	if (st == COPL_OK)
		st = load_masters(l);
	for (i = 0; i < l->w->nmasters && st == COPL_OK; i++)
		if (l->w->masters[i].units != NULL)
			st = load_catalogs(l, &l->w->masters[i]);
	if (st == COPL_OK && l->how->lint)
		st = note(l, copl_reach_check(l->w, l->how->fallback, l->r));
	if (l->r->nomem)
		return COPL_E_NOMEM;
	if (st != COPL_OK)
		return st;
	if (l->worst == COPL_OK && l->r->errors > errors)
		return COPL_E_INVALID;
	return l->worst;
}

enum copl_status copl_workspace_load(const char *dir,
    const struct copl_workspace_load *how, struct copl_reporter *r,
    struct copl_workspace **out)
{
	struct load l = {.r = r, .how = how};
	enum copl_status st = COPL_E_NOMEM;

	*out = NULL;
	l.w = calloc(1, sizeof(*l.w));
	if (l.w == NULL)
		return COPL_E_NOMEM;
	l.w->arena = copl_arena_new();
	if (l.w->arena == NULL)
		goto out;
	st = copl_project_load(dir, r, &l.w->project);
	if (st != COPL_OK)
		goto out;
	st = leave_out(&l);
	if (st == COPL_OK)
		st = load_all(&l);
	if (st == COPL_E_NOMEM || st == COPL_E_BUG)
		goto out;
	*out = l.w;
	l.w = NULL;
out:
	copl_workspace_free(l.w);
	return st;
}

static void free_master(struct copl_master *m, size_t nlanguages)
{
	size_t i;

	for (i = 0; m->catalogs != NULL && i < nlanguages; i++) {
		copl_review_free(m->catalogs[i].review);
		copl_catalog_free(m->catalogs[i].catalog);
	}
	copl_units_free(m->units);
	copl_form_free(m->form);
	if (m->kind != COPL_MASTER_PROJECT)
		copl_xml_free(m->xml);
}

void copl_workspace_free(struct copl_workspace *w)
{
	size_t i;

	if (w == NULL)
		return;
	for (i = 0; i < w->nmasters; i++)
		free_master(&w->masters[i], w->project->nlanguages);
	copl_glossary_free(w->glossary);
	copl_project_free(w->project);
	copl_arena_free(w->arena);
	free(w);
}
