/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_WORK_INTERNAL_H
#define COPL_WORK_INTERNAL_H

#include <copl10n/work.h>
#include "form/form.h"
#include "glossary/glossary.h"
#include "l10n/l10n.h"
#include "lint/lint.h"
#include "project/project.h"
#include "review/review.h"

/*
 * A project with all its masters and catalogs in memory: what check, update,
 * status and build start from.
 */
enum copl_master_kind {
	COPL_MASTER_FORM,
	COPL_MASTER_INTERFACE,
	COPL_MASTER_PROJECT
};

struct copl_master_catalog {
	const struct copl_language *language;
	const char *path; /* po/<id>/<catalog>.po, with the project folder */
	struct copl_catalog *catalog; /* NULL: the master's own language, or
				       * not there */
	bool own; /* the master is in this language */
	const char *review_path; /* po/<id>/<catalog>.review */
	struct copl_review *review; /* empty without a file; NULL: own, or it
				     * could not be read */
};

struct copl_master {
	enum copl_master_kind kind;
	const char *id; /* folder in po/: form id, "interface", project: the
			 * folder is "consultation" */
	const char *src; /* as translators see it */
	const char *pot; /* path of po/<id>/<id>.pot */
	struct copl_xml *xml; /* the project's belongs to the project */
	struct copl_form *form; /* forms only */
	struct copl_units *units;
	struct copl_master_catalog *catalogs; /* one per project language */
};

struct copl_workspace {
	struct copl_arena *arena;
	struct copl_project *project;
	struct copl_master *masters; /* forms in order, interface, project */
	size_t nmasters;
	struct copl_glossary *glossary; /* NULL: it could not be read */
};

struct copl_workspace_load {
	bool lint; /* catalogs are checked as for a release */
	bool fallback; /* what may stay in its source language is no error */
	const char *const *without; /* tags of languages that are left out */
	size_t nwithout;
};
/*
 * Loads everything and reports every finding of every file, not only the
 * first.  *out is set whenever the project itself could be read, so that a
 * caller can go on.  Findings about languages left out: without-unknown,
 * without-recipient, without-prevails.
 */
enum copl_status copl_workspace_load(const char *dir,
    const struct copl_workspace_load *how, struct copl_reporter *r,
    struct copl_workspace **out) COPL_MUST_CHECK;
void copl_workspace_free(struct copl_workspace *w);

/*
 * Checks a catalog that is there as for a release, whatever it was loaded
 * for.  fallback: as in struct copl_workspace_load.
 */
enum copl_status copl_workspace_lint(const struct copl_workspace *w,
    const struct copl_master *m, const struct copl_master_catalog *mc,
    bool fallback, struct copl_reporter *r) COPL_MUST_CHECK;

/*
 * Do the texts that invite to the forms fit into a text message and a post,
 * for every recipient with an address?  Findings: invitation-sms-length and
 * invitation-social-length, at the text in its catalog.  fallback: as in
 * struct copl_workspace_load.
 */
enum copl_status copl_reach_check(const struct copl_workspace *w, bool fallback,
    struct copl_reporter *r) COPL_MUST_CHECK;

/* ---- record.c: what the review records say ---- */

/* po/<id>/<catalog>.review of a catalog; NULL: no memory. */
const char *copl_record_path(
    struct copl_arena *a, const struct copl_master_catalog *mc) COPL_MUST_CHECK;
/* Loads the record of a catalog; findings: review-*, io-*. */
enum copl_status copl_record_load(struct copl_arena *a,
    struct copl_master_catalog *mc, struct copl_reporter *r) COPL_MUST_CHECK;
/* Finding stale-translation for each text; COPL_E_INVALID: there was one. */
enum copl_status copl_record_check(const struct copl_master *m,
    const struct copl_master_catalog *mc, struct copl_reporter *r)
    COPL_MUST_CHECK;
/* po/<id>/<catalog>.approved.po, which holds the texts as last approved. */
const char *copl_record_approved_path(
    struct copl_arena *a, const struct copl_master_catalog *mc) COPL_MUST_CHECK;
/* That catalog; *out is NULL when there is no such file. */
enum copl_status copl_record_approved(struct copl_arena *a,
    const struct copl_master_catalog *mc, struct copl_reporter *r,
    struct copl_catalog **out) COPL_MUST_CHECK;

/*
 * May a text of this form be shown in the source language?  Never one about
 * consent, privacy, help or a mistake: who does not understand it agrees to
 * something unknown, or is left alone.
 */
bool copl_may_fall_back(const struct copl_form *f, const char *unit_id);

/*
 * What lint wants to know of a master's texts, in the arena; form: they are
 * those of a form.
 */
enum copl_status copl_lint_units_of(const struct copl_units *u, bool form,
    struct copl_arena *a, struct copl_lint_unit **out) COPL_MUST_CHECK;
/*
 * Checks a catalog as how says with the limits of ITS that the units have,
 * which are those of how->units.
 */
enum copl_status copl_lint_with_units(const struct copl_catalog *c,
    const struct copl_lint *how, const struct copl_units *u,
    struct copl_reporter *r) COPL_MUST_CHECK;
/* How a project wants a language's texts to call their reader. */
enum copl_lint_address copl_lint_address_of(const struct copl_language *lang);

/* ---- what stands at the head of templates and catalogs ---- */

#define COPL_CREATED_SIZE 32
/* POT-Creation-Date as gettext writes it: "2027-01-11 08:00+0000". */
void copl_heading_created(int64_t now, char out[COPL_CREATED_SIZE]);
/* Project-Id-Version; version NULL: the master has none.  NULL: no memory. */
const char *copl_heading_project(struct copl_arena *a, const char *project,
    const char *master, const char *version) COPL_MUST_CHECK;
/* What a new catalog says to its translators, in English. */
struct copl_heading {
	const char *src; /* the master, as translators see it */
	const char *form; /* its id */
	const char *version; /* NULL: it has none */
	const char *tag; /* of the language */
	const char *catalog; /* "zh_CN" */
	int64_t due; /* -1: not said */
	enum copl_address address;
	const char *glossary; /* the project's, its name; NULL: the shipped */
};
/* Language, team, plural forms, form and comment of a new catalog. */
enum copl_status copl_heading_put(struct copl_arena *a,
    const struct copl_heading *how, struct copl_po_header *h) COPL_MUST_CHECK;
/* The same from what the project says. */
enum copl_status copl_heading_fill(struct copl_arena *a,
    const struct copl_project *p, const struct copl_master *m,
    const struct copl_language *l, struct copl_po_header *h) COPL_MUST_CHECK;

/*
 * Entries with the terms that stand in them as "#." lines, "term: ITU = UIT".
 * lang NULL: for a template, "term: ITU".  source_lang NULL: English; g NULL:
 * just a copy.
 */
enum copl_status copl_entries_with_terms(const struct copl_glossary *g,
    const char *source_lang, const char *lang, const struct copl_entry *from,
    size_t n, struct copl_arena *a, struct copl_entry **out) COPL_MUST_CHECK;

#endif
