/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "base/i18n.h"
#include "lint/lint_priv.h"

#define HITS 32 /* of one text; more need memory of their own */

/* The form stands inside the right form of another, longer term. */
static bool is_covered(const struct copl_term_hit *hits, size_t n,
    const char *str, struct copl_term_span at)
{
	struct copl_term_span span;
	size_t i;

	for (i = 0; i < n; i++)
		if (copl_term_accepted_in(hits[i].term, str, &span) &&
		    span.start <= at.start && span.end >= at.end)
			return true;
	return false;
}

static void tell_missing(struct lint *l, const struct copl_message *m,
    const struct copl_term_hit *hit)
{
	const struct copl_term *t = hit->term;

	if (!t->keep)
		lint_report(l, m, COPL_WARNING, "glossary",
		    _("the glossary translates \"%s\" as \"%s\", which is not "
		      "here"),
		    hit->source, t->preferred);
	else if (strcmp(t->preferred, t->source) == 0)
		lint_report(l, m, COPL_ERROR, "glossary",
		    _("the name \"%s\" is not translated, and it is missing or "
		      "changed here: write it as in the source"),
		    t->source);
	else
		lint_report(l, m, COPL_ERROR, "glossary",
		    _("the name \"%s\" is missing or changed here: write "
		      "\"%s\", or the name as in the source"),
		    t->source, t->preferred);
}

static void check_hit(struct lint *l, const struct lint_text *t,
    const struct copl_term_hit *hits, size_t n, size_t i)
{
	const struct copl_term *term = hits[i].term;
	struct copl_term_span at;
	const char *what;

	if (copl_term_rejected_in(term, t->str, &at, &what) &&
	    !is_covered(hits, n, t->str, at))
		lint_report(l, t->m, COPL_WARNING, "glossary",
		    _("the glossary rejects \"%s\" for \"%s\": write \"%s\""),
		    what, hits[i].source, term->preferred);
	else if (!copl_term_accepted_in(term, t->str, &at))
		tell_missing(l, t->m, &hits[i]);
}

/* Each term once, where it comes first; returns how many there are. */
static size_t distinct(struct copl_term_hit *hits, size_t n)
{
	size_t kept = 0, i, k;

	for (i = 0; i < n; i++) {
		for (k = 0; k < kept && hits[k].term != hits[i].term; k++)
			continue;
		if (k == kept)
			hits[kept++] = hits[i];
	}
	return kept;
}

static size_t find_terms(const struct lint *l, const struct lint_text *t,
    struct copl_term_hit *hits, size_t most)
{
	const struct copl_lint *how = l->how;

	return copl_glossary_find(how->glossary,
	    how->source_lang == NULL ? "en" : how->source_lang, how->tag, t->id,
	    hits, most);
}

/* A text left in its source language is the matter of another check. */
void lint_glossary(struct lint *l, const struct lint_text *t)
{
	struct copl_term_hit few[HITS], *hits = few;
	size_t n, i;

	if (l->how->glossary == NULL || strcmp(t->id, t->str) == 0)
		return;
	n = find_terms(l, t, few, HITS);
	if (n > HITS) {
		hits = calloc(n, sizeof(*hits));
		if (hits == NULL) {
			l->r->nomem = true;
			return;
		}
		n = find_terms(l, t, hits, n);
	}
	n = distinct(hits, n);
	for (i = 0; i < n; i++)
		check_hit(l, t, hits, n, i);
	if (hits != few)
		free(hits);
}
