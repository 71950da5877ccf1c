/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "work/gates.h"

/* Texts of one kind in one language. */
struct count {
	size_t total;
	size_t reviewed; /* or more */
	size_t approved;
};

struct judging {
	const struct copl_project *project;
	struct count counts[COPL_TEXT_KINDS]; /* of the language at hand */
	struct copl_release_lack *list;
	size_t n;
};

/* ---- what is there ---- */

static enum copl_review_state state_of(
    const struct copl_master_catalog *mc, const struct copl_unit *u)
{
	struct copl_review_verdict verdict;
	const struct copl_message *m =
	    mc->catalog == NULL
		? NULL
		: copl_catalog_find(mc->catalog, u->id, u->text.msgid);

	if (m == NULL || mc->review == NULL)
		return COPL_REVIEW_NONE;
	copl_review_judge(mc->review, m, &verdict);
	return verdict.state;
}

static void count_master(struct judging *j, const struct copl_master *m,
    const struct copl_master_catalog *mc)
{
	size_t i;

	for (i = 0; i < m->units->n; i++) {
		const struct copl_unit *u = &m->units->list[i];
		enum copl_review_state state = state_of(mc, u);
		struct count *c = &j->counts[copl_text_kind_of(m, u->id)];

		c->total++;
		c->reviewed += state >= COPL_REVIEW_REVIEWED;
		c->approved += state >= COPL_REVIEW_APPROVED;
	}
}

static void count_language(
    struct judging *j, const struct copl_workspace *w, size_t language)
{
	size_t i;

	memset(j->counts, 0, sizeof(j->counts));
	for (i = 0; i < w->nmasters; i++) {
		const struct copl_master *m = &w->masters[i];

		if (m->units != NULL && m->catalogs != NULL &&
		    !m->catalogs[language].own)
			count_master(j, m, &m->catalogs[language]);
	}
}

/* ---- what is asked for ---- */

static bool is_for(
    const struct copl_release_gate *g, const struct copl_language *l)
{
	size_t i;

	for (i = 0; i < g->nlanguages; i++)
		if (g->languages[i] == l)
			return true;
	return g->nlanguages == 0;
}

/* Per cent of the texts that need the state; 0: nobody asks for it. */
static unsigned asked(const struct copl_project *p,
    const struct copl_language *l, enum copl_text_kind kind, bool approved)
{
	unsigned most = 0;
	size_t i;

	if (!approved && (COPL_RELEASE_GATE_ALWAYS & (1u << kind)) != 0)
		return 100;
	for (i = 0; i < p->ngates; i++) {
		const struct copl_release_gate *g = &p->gates[i];

		if (g->approved == approved && is_for(g, l) &&
		    (g->texts & (1u << kind)) != 0 && g->percent > most)
			most = g->percent;
	}
	return most;
}

/* How many more texts are needed: a part of a text is a whole one. */
static size_t missing(size_t total, size_t have, unsigned percent)
{
	size_t need =
	    total / 100 * percent + (total % 100 * percent + 99) / 100;

	return need > have ? need - have : 0;
}

static void judge_kind(struct judging *j, const struct copl_language *l,
    enum copl_text_kind kind, bool approved)
{
	const struct copl_project *p = j->project;
	const struct count *c = &j->counts[kind];
	unsigned percent = asked(p, l, kind, approved);
	struct copl_release_lack lack = {.language = l,
	    .approved = approved,
	    .kind = kind,
	    .total = c->total};

	/* What is approved is reviewed as well. */
	if (!approved && asked(p, l, kind, true) >= percent)
		return;
	lack.missing =
	    missing(c->total, approved ? c->approved : c->reviewed, percent);
	if (lack.missing > 0)
		j->list[j->n++] = lack;
}

static void judge_language(struct judging *j, const struct copl_language *l)
{
	unsigned kind;

	for (kind = 0; kind < COPL_TEXT_KINDS; kind++)
		judge_kind(j, l, (enum copl_text_kind)kind, false);
	for (kind = 0; kind < COPL_TEXT_KINDS; kind++)
		judge_kind(j, l, (enum copl_text_kind)kind, true);
}

enum copl_status copl_release_gates_judge(const struct copl_workspace *w,
    struct copl_arena *a, struct copl_release_lack **list, size_t *n)
{
	size_t languages = w->project->nlanguages, i;
	struct judging j = {.project = w->project};

	*list = NULL;
	*n = 0;
	j.list = copl_arena_alloc(
	    a, ((size_t)2 * COPL_TEXT_KINDS * languages + 1) * sizeof(*j.list));
	if (j.list == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < languages; i++) {
		count_language(&j, w, i);
		judge_language(&j, &w->project->languages[i]);
	}
	*list = j.list;
	*n = j.n;
	return COPL_OK;
}
