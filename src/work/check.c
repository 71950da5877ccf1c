/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include "base/i18n.h"
#include "work/work.h"

static void tell_checked(
    const struct copl_workspace *w, struct copl_reporter *r)
{
	const struct copl_project *p = w->project;
	char forms[24], languages[24], recipients[24], messages[24];
	const struct copl_field fields[] = {
	    {"forms", forms},
	    {"languages", languages},
	    {"recipients", recipients},
	    {"messages", messages},
	};
	size_t total = 0, i;

	for (i = 0; i < w->nmasters; i++)
		total += w->masters[i].units->n;
	snprintf(forms, sizeof(forms), "%zu", p->nforms);
	snprintf(languages, sizeof(languages), "%zu", p->nlanguages);
	snprintf(recipients, sizeof(recipients), "%zu", p->nrecipients);
	snprintf(messages, sizeof(messages), "%zu", total);
	copl_tell(r, "checked", fields, COPL_COUNT(fields),
	    _("checked: forms %zu, languages %zu, recipients %zu, texts per "
	      "language %zu; no errors"),
	    p->nforms, p->nlanguages, p->nrecipients, total);
}

/* What a build will refuse unless it is for paper. */
static void warn_of_paper(const struct copl_project *p, struct copl_reporter *r)
{
	size_t i;

	for (i = 0; i < p->nrecipients && p->html_output; i++)
		if (p->recipients[i].responses == NULL)
			copl_report(r, COPL_WARNING, "project-no-responses",
			    p->recipients[i].at,
			    _("the forms of \"%s\" cannot be sent: add "
			      "<responses href=\"https://...\"/>, or build "
			      "with --print to make forms for paper"),
			    p->recipients[i].id);
}

enum copl_status copl_check(const char *dir, const struct copl_sink *sink)
{
	struct copl_workspace *w = NULL;
	struct copl_reporter r;
	enum copl_status st;

	copl_reporter_init(&r, sink);
	st = copl_workspace_load(
	    dir, &(struct copl_workspace_load){.lint = true}, &r, &w);
	if (w != NULL)
		warn_of_paper(w->project, &r);
	if (st == COPL_OK && w != NULL)
		tell_checked(w, &r);
	copl_workspace_free(w);
	return copl_reporter_end(&r, st);
}
