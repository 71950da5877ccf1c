/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TEST_HELP_REVIEW_H
#define TEST_HELP_REVIEW_H

/* Review records as if somebody had gone through all of a project. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "review/review.h"
#include "work/work.h"

static inline void help_review_rows(struct copl_review *rv,
    const struct copl_catalog *c, enum copl_review_state state)
{
	size_t i;

	for (i = 0; i < c->nmessages; i++) {
		const struct copl_message *m = &c->messages[i];
		struct copl_review_pair pair;
		struct copl_review_row row = {.id = copl_review_id(m),
		    .source = pair.source,
		    .translation = pair.translation,
		    .state = state,
		    .origin = "human",
		    .date = "2026-12-01",
		    .role = "reviewer",
		    .who = ""};

		if (m->obsolete || m->nstr == 0 || m->str[0][0] == '\0')
			continue;
		copl_review_pair_of(m, &pair);
		if (copl_review_set(rv, &row) != COPL_OK)
			abort();
	}
}

/* po/FORM/LANG.po -> po/FORM/LANG.review */
static inline void help_review_catalog(
    const struct copl_master_catalog *mc, enum copl_review_state state)
{
	struct copl_strbuf out = COPL_STRBUF_INIT(COPL_REVIEW_MAX);
	struct copl_review *rv = NULL;
	struct copl_reporter r;
	char path[4096];

	copl_reporter_init(&r, NULL);
	snprintf(path, sizeof(path), "%.*s.review",
	    (int)(strlen(mc->path) - strlen(".po")), mc->path);
	if (copl_review_load(path, &r, &rv) != COPL_OK)
		abort();
	help_review_rows(rv, mc->catalog, state);
	copl_review_write(rv, &out);
	if (out.st != COPL_OK || copl_file_replace(path, copl_strbuf_text(&out),
				     out.len, 0644, &r, NULL) != COPL_OK)
		abort();
	copl_strbuf_clear(&out);
	copl_review_free(rv);
	copl_reporter_end(&r, COPL_OK);
}

/*
 * Gives every translation of every text this state.  A project with mistakes
 * gets as far as it can be read.
 */
static inline void help_review_project(
    const char *dir, enum copl_review_state state)
{
	const struct copl_workspace_load how = {.lint = false};
	struct copl_workspace *w = NULL;
	struct copl_reporter r;
	enum copl_status st;
	size_t i, k;

	copl_reporter_init(&r, NULL);
	st = copl_workspace_load(dir, &how, &r, &w);
	for (i = 0; w != NULL && i < w->nmasters; i++)
		for (k = 0; w->masters[i].catalogs != NULL &&
			    k < w->project->nlanguages;
		     k++)
			if (w->masters[i].catalogs[k].catalog != NULL)
				help_review_catalog(
				    &w->masters[i].catalogs[k], state);
	copl_workspace_free(w);
	copl_reporter_end(&r, st);
}

#endif
