/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "work/work.h"

/* Every form that the text has in the language. */
static bool has_text(const struct copl_unit *u, const struct copl_message *m)
{
	size_t i;

	if (u->plural != NULL &&
	    (m->plural == NULL || strcmp(m->plural, u->plural) != 0))
		return false;
	for (i = 0; i < m->nstr; i++)
		if (m->str[i][0] == '\0')
			return false;
	return m->nstr > 0;
}

/*
 * Counts a catalog against its master: a message that the master has and
 * the catalog has not is untranslated too.
 */
static void count(const struct copl_master *m,
    const struct copl_master_catalog *mc, struct copl_catalog_counts *n)
{
	struct copl_catalog_counts all = {0};
	size_t i;

	*n = (struct copl_catalog_counts){0};
	if (mc->own) {
		n->translated = m->units->n;
		return;
	}
	if (mc->catalog != NULL)
		copl_catalog_count(mc->catalog, &all);
	n->obsolete = all.obsolete;
	for (i = 0; i < m->units->n; i++) {
		const struct copl_unit *u = &m->units->list[i];
		const struct copl_message *msg =
		    mc->catalog == NULL
			? NULL
			: copl_catalog_find(mc->catalog, u->id, u->text.msgid);

		if (msg == NULL || !has_text(u, msg))
			n->untranslated++;
		else if (msg->fuzzy)
			n->fuzzy++;
		else
			n->translated++;
	}
}

static void tell_status(const struct copl_master *m,
    const struct copl_master_catalog *mc, struct copl_reporter *r)
{
	char translated[24], fuzzy[24], untranslated[24], obsolete[24];
	char total[24];
	const struct copl_field fields[] = {
	    {"form", m->id},
	    {"language", mc->language->tag},
	    {"translated", translated},
	    {"fuzzy", fuzzy},
	    {"untranslated", untranslated},
	    {"obsolete", obsolete},
	    {"total", total},
	};
	struct copl_catalog_counts n;

	count(m, mc, &n);
	snprintf(translated, sizeof(translated), "%zu", n.translated);
	snprintf(fuzzy, sizeof(fuzzy), "%zu", n.fuzzy);
	snprintf(untranslated, sizeof(untranslated), "%zu", n.untranslated);
	snprintf(obsolete, sizeof(obsolete), "%zu", n.obsolete);
	snprintf(total, sizeof(total), "%zu", m->units->n);
	copl_tell(r, "status", fields, COPL_COUNT(fields), NULL);
}

enum copl_status copl_status_report(
    const char *dir, const struct copl_sink *sink)
{
	struct copl_workspace *w = NULL;
	struct copl_reporter r;
	enum copl_status st;
	size_t i, k;

	copl_reporter_init(&r, sink);
	st = copl_workspace_load(
	    dir, &(struct copl_workspace_load){.lint = false}, &r, &w);
	for (i = 0; w != NULL && i < w->nmasters; i++) {
		const struct copl_master *m = &w->masters[i];

		if (m->units == NULL || m->catalogs == NULL)
			continue;
		for (k = 0; k < w->project->nlanguages; k++)
			tell_status(m, &m->catalogs[k], &r);
	}
	copl_workspace_free(w);
	return copl_reporter_end(&r, st);
}
