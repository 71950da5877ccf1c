/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "deliver/push_priv.h"
#include "net/net.h"

/* Endpoints whose facts are read at one time. */
#define CHUNK 256

static bool is_named(
    const struct copl_push_options *o, const struct copl_endpoint *e)
{
	size_t i;

	for (i = 0; i < o->nto; i++)
		if (strcmp(o->to[i], e->id) == 0)
			return true;
	return false;
}

bool push_wants(
    const struct copl_push_options *o, const struct copl_endpoint *e)
{
	return !e->disabled && (o->nto == 0 || is_named(o, e));
}

/* ---- making ---- */

static void add_spots(struct pushing *p, size_t recipient)
{
	const struct copl_recipient *to = &p->project->recipients[recipient];
	size_t i;

	for (i = 0; i < to->nendpoints; i++)
		if (push_wants(p->options, &to->endpoints[i]))
			p->spots[p->nspots++] =
			    (struct spot){.endpoint = &to->endpoints[i],
				.set = &p->sets[recipient]};
}

static enum copl_status name_spots(struct pushing *p)
{
	size_t i;

	if (!copl_map_room(&p->ids, p->nspots))
		return COPL_E_NOMEM;
	for (i = 0; i < p->nspots; i++)
		if (!copl_map_put(&p->ids, p->spots[i].endpoint->id, i, NULL))
			return COPL_E_NOMEM;
	return COPL_OK;
}

enum copl_status roster_make(struct pushing *p)
{
	size_t i, n = 0;

	for (i = 0; i < p->project->nrecipients; i++)
		n += p->project->recipients[i].nendpoints;
	p->spots = copl_arena_alloc(p->arena, (n + 1) * sizeof(*p->spots));
	if (p->spots == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < p->project->nrecipients; i++)
		add_spots(p, i);
	p->count[SPOT_NEW] = p->nspots;
	return name_spots(p);
}

void push_set_state(struct pushing *p, struct spot *s, enum spot_state to)
{
	p->count[s->state]--;
	p->count[to]++;
	s->state = to;
}

/* ---- what the ledger says ---- */

static bool is(const char *a, const char *b)
{
	return a != NULL && strcmp(a, b) == 0;
}

/* The manifest is the last of the files. */
static const char *seal_of(const struct copl_set *set)
{
	return set->files[set->nfiles - 1].sha256;
}

static bool holds(const struct spot *s, const struct copl_ledger_standing *l)
{
	return l->held == s->set->manifest->version &&
	       is(l->held_seal, seal_of(s->set));
}

static bool keep_text(struct pushing *p, const char *text, const char **out)
{
	*out = text == NULL || *text == '\0'
		   ? NULL
		   : copl_arena_strdup(p->arena, text);
	return *out != NULL || text == NULL || *text == '\0';
}

/* What it answered when it was last spoken to. */
static enum copl_status read_receipt(struct pushing *p, struct spot *s,
    const struct copl_ledger_standing *l, struct copl_arena *a)
{
	const char *by;

	if (l->receipt == NULL)
		return COPL_OK;
	by = copl_ledger_value(l->receipt, "verified-by", a);
	if (is(by, PROOF_NONE))
		s->look = true;
	else if (!keep_text(
		     p, copl_ledger_value(l->receipt, "etag", a), &s->etag))
		return COPL_E_NOMEM;
	return COPL_OK;
}

/* May it be tried in this run? */
static enum spot_state state_of(const struct pushing *p, const struct spot *s,
    const struct copl_ledger_standing *l)
{
	const struct copl_push_options *o = p->options;

	if (is(l->status, COPL_LEDGER_GONE))
		return SPOT_GONE;
	if (holds(s, l))
		return SPOT_UNCHANGED;
	if (is(l->status, COPL_LEDGER_DEAD))
		return o->retry_dead ? SPOT_NEW : SPOT_DEAD;
	if (is(l->status, COPL_LEDGER_WAITING) && l->next_at > o->now &&
	    !o->retry_now && !is_named(o, s->endpoint))
		return SPOT_LATER;
	return SPOT_NEW;
}

static enum copl_status take_standing(struct pushing *p, struct spot *s,
    const struct copl_ledger_standing *l, struct copl_arena *a)
{
	enum copl_status st;

	if (strcmp(l->url, s->endpoint->url) != 0) {
		s->why = WHY_MOVED;
		return COPL_OK;
	}
	s->held = l->held;
	s->failures = l->failures;
	s->since = l->since;
	s->next_at = l->next_at;
	s->why = l->failures > 0 ? WHY_FAILED
		 : l->held > 0   ? WHY_RELEASE
				 : WHY_NEW;
	if (!keep_text(p, l->reason, &s->reason))
		return COPL_E_NOMEM;
	st = read_receipt(p, s, l, a);
	/* Somebody had it in hand and never came back. */
	if (l->worker != NULL && *l->worker != '\0')
		s->look = true;
	if (s->look) {
		/* What it holds now may be of that run. */
		s->etag = NULL;
		s->why = WHY_UNPROVEN;
	}
	push_set_state(p, s, state_of(p, s, l));
	return st;
}

/* Whose claims are left over: nobody else works with this file now. */
static enum copl_status free_claims(
    struct pushing *p, const struct copl_ledger_standing *list, size_t n)
{
	const char *last = "";
	size_t i;

	if (p->shared || p->options->dry_run)
		return COPL_OK;
	for (i = 0; i < n; i++) {
		const char *worker = list[i].worker;
		enum copl_status st;

		if (worker == NULL || *worker == '\0' || is(worker, last))
			continue;
		st = copl_ledger_release(p->ledger, worker, p->r);
		if (st != COPL_OK)
			return st;
		last = worker;
	}
	return COPL_OK;
}

static enum copl_status sort_all(struct pushing *p, struct copl_arena *a)
{
	struct copl_ledger_standing *list = NULL;
	enum copl_status st;
	size_t n = 0, i, k;

	st = copl_ledger_standings(p->ledger, a, p->r, &list, &n);
	for (i = 0; st == COPL_OK && i < n; i++)
		if (copl_map_get(&p->ids, list[i].endpoint, &k))
			st = take_standing(p, &p->spots[k], &list[i], a);
	return st == COPL_OK ? free_claims(p, list, n) : st;
}

enum copl_status roster_sort(struct pushing *p)
{
	struct copl_arena *a = copl_arena_new();
	enum copl_status st = a == NULL ? COPL_E_NOMEM : sort_all(p, a);
	size_t i;

	copl_arena_free(a);
	for (i = 0; st == COPL_OK && i < p->nspots; i++)
		if (p->spots[i].state != SPOT_NEW)
			tell_at_rest(p, &p->spots[i]);
	return st;
}

static enum copl_status look_again(struct pushing *p, struct copl_arena *a)
{
	struct copl_ledger_standing *list = NULL;
	enum copl_status st;
	size_t n = 0, i, k;

	st = copl_ledger_standings(p->ledger, a, p->r, &list, &n);
	for (i = 0; st == COPL_OK && i < n; i++) {
		struct spot *s;

		if (!copl_map_get(&p->ids, list[i].endpoint, &k))
			continue;
		s = &p->spots[k];
		if (s->state != SPOT_NEW || !is(list[i].url, s->endpoint->url))
			continue;
		s->next_at = list[i].next_at;
		push_set_state(p, s, state_of(p, s, &list[i]));
		if (s->state != SPOT_NEW)
			tell_at_rest(p, s);
	}
	return st;
}

enum copl_status roster_look_again(struct pushing *p)
{
	struct copl_arena *a = copl_arena_new();
	enum copl_status st = a == NULL ? COPL_E_NOMEM : look_again(p, a);

	copl_arena_free(a);
	return st;
}

enum copl_status roster_enlist(struct pushing *p)
{
	const struct copl_ledger_enlisting how = {.worker = p->worker,
	    .now = p->options->now,
	    .retry_dead = p->options->retry_dead};
	struct copl_ledger_task *tasks = calloc(p->nspots + 1, sizeof(*tasks));
	enum copl_status st;
	size_t i;

	if (tasks == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < p->nspots; i++)
		tasks[i] = (struct copl_ledger_task){
		    .endpoint = p->spots[i].endpoint->id,
		    .url = p->spots[i].endpoint->url,
		    .version = p->version,
		    .seal = seal_of(p->spots[i].set)};
	st = copl_ledger_enlist(p->ledger, &how, tasks, p->nspots, p->r);
	free(tasks);
	return st;
}

/* ---- plans ---- */

static enum copl_status plan_one(
    struct pushing *p, struct spot *s, const struct copl_ledger_holding *h)
{
	size_t i;

	s->files = copl_arena_alloc(p->arena, s->set->nfiles + 1);
	if (s->files == NULL)
		return COPL_E_NOMEM;
	s->planned = copl_plan(s->set, h->facts, h->nfacts, s->files);
	s->bytes = 0;
	for (i = 0; i < s->set->nfiles; i++)
		if (s->files[i] & COPL_FILE_PLANNED)
			s->bytes += s->set->files[i].length;
	return COPL_OK;
}

static enum copl_status plan_some(struct pushing *p, struct spot *const *spots,
    size_t n, struct copl_arena *a)
{
	struct copl_ledger_holding list[CHUNK];
	enum copl_status st;
	size_t i;

	for (i = 0; i < n; i++)
		list[i] = (struct copl_ledger_holding){
		    .endpoint = spots[i]->endpoint->id,
		    .url = spots[i]->endpoint->url};
	st = copl_ledger_holdings(p->ledger, list, n, a, p->r);
	for (i = 0; st == COPL_OK && i < n; i++)
		st = plan_one(p, spots[i], &list[i]);
	return st;
}

enum copl_status roster_plan(
    struct pushing *p, struct spot *const *spots, size_t n)
{
	enum copl_status st = COPL_OK;
	size_t i;

	for (i = 0; st == COPL_OK && i < n; i += CHUNK) {
		struct copl_arena *a = copl_arena_new();

		st = a == NULL ? COPL_E_NOMEM
			       : plan_some(p, spots + i,
				     n - i < CHUNK ? n - i : CHUNK, a);
		copl_arena_free(a);
	}
	return st;
}
