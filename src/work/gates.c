/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "review/review.h"
#include "work/gates.h"

/* Texts of one kind in one language. */
struct count {
	size_t total;
	size_t reviewed; /* or more */
	size_t approved;
};

struct judging {
	const struct copl_workspace *w;
	struct copl_arena *arena;
	struct copl_reporter *r;
	struct count counts[COPL_TEXT_KINDS]; /* of the language at hand */
	struct copl_gate_lack *list;
	size_t n;
};

/* ---- what is there ---- */

/* po/FORM/LANG.po -> po/FORM/LANG.review */
static const char *record_path(struct judging *j, const char *catalog)
{
	size_t len = strlen(catalog);

	if (len > 3 && strcmp(catalog + len - 3, ".po") == 0)
		len -= 3;
	return copl_arena_printf(j->arena, "%.*s.review", (int)len, catalog);
}

static enum copl_review_state state_of(const struct copl_review *record,
    const struct copl_catalog *c, const struct copl_unit *u)
{
	struct copl_review_verdict verdict;
	const struct copl_message *m =
	    c == NULL ? NULL : copl_catalog_find(c, u->id, u->text.msgid);

	if (m == NULL)
		return COPL_REVIEW_NONE;
	copl_review_judge(record, m, &verdict);
	return verdict.state;
}

static enum copl_status count_master(struct judging *j,
    const struct copl_master *m, const struct copl_master_catalog *mc)
{
	const char *path = record_path(j, mc->path);
	struct copl_review *record = NULL;
	enum copl_status st;
	size_t i;

	if (path == NULL)
		return COPL_E_NOMEM;
	st = copl_review_load(path, j->r, &record);
	for (i = 0; st == COPL_OK && i < m->units->n; i++) {
		const struct copl_unit *u = &m->units->list[i];
		enum copl_review_state state = state_of(record, mc->catalog, u);
		struct count *c = &j->counts[copl_text_kind_of(m, u->id)];

		c->total++;
		c->reviewed += state >= COPL_REVIEW_REVIEWED;
		c->approved += state >= COPL_REVIEW_APPROVED;
	}
	copl_review_free(record);
	return st;
}

/* Every record is read, so that all their findings are told. */
static enum copl_status count_language(struct judging *j, size_t language)
{
	enum copl_status st = COPL_OK, one;
	size_t i;

	memset(j->counts, 0, sizeof(j->counts));
	for (i = 0; i < j->w->nmasters; i++) {
		const struct copl_master *m = &j->w->masters[i];

		if (m->units == NULL || m->catalogs == NULL ||
		    m->catalogs[language].own)
			continue;
		one = count_master(j, m, &m->catalogs[language]);
		if (one == COPL_E_NOMEM)
			return one;
		if (one != COPL_OK)
			st = one;
	}
	return st;
}

/* ---- what is asked for ---- */

static bool is_for(const struct copl_gate *g, const struct copl_language *l)
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

	if (!approved && (COPL_GATE_ALWAYS & (1u << kind)) != 0)
		return 100;
	for (i = 0; i < p->ngates; i++) {
		const struct copl_gate *g = &p->gates[i];

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
	const struct copl_project *p = j->w->project;
	const struct count *c = &j->counts[kind];
	unsigned percent = asked(p, l, kind, approved);
	struct copl_gate_lack lack = {.language = l,
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

enum copl_status copl_gates_judge(const struct copl_workspace *w,
    struct copl_arena *a, struct copl_reporter *r, struct copl_gate_lack **list,
    size_t *n)
{
	size_t languages = w->project->nlanguages, i;
	struct judging j = {.w = w, .arena = a, .r = r};
	enum copl_status st = COPL_OK, one;

	*list = NULL;
	*n = 0;
	j.list = copl_arena_alloc(
	    a, (2 * COPL_TEXT_KINDS * languages + 1) * sizeof(*j.list));
	if (j.list == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < languages; i++) {
		one = count_language(&j, i);
		if (one == COPL_E_NOMEM)
			return one;
		if (one != COPL_OK)
			st = one;
		judge_language(&j, &w->project->languages[i]);
	}
	*list = j.list;
	*n = j.n;
	return st;
}
