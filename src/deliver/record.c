/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "deliver/push_priv.h"
#include "net/net.h"

/* So many wait at most, and so long: a killed run has lost no more. */
#define BATCH 64
#define WAIT_MS 500

struct records {
	struct pushing *p;
	struct copl_arena *arena;
	struct copl_ledger_entry entries[BATCH];
	struct copl_ledger_receipt receipts[BATCH];
	size_t n;
	uint64_t since_ms;
};

enum copl_status records_new(struct pushing *p, struct records **out)
{
	*out = calloc(1, sizeof(**out));
	if (*out == NULL)
		return COPL_E_NOMEM;
	(*out)->p = p;
	return COPL_OK;
}

void records_free(struct records *w)
{
	if (w == NULL)
		return;
	copl_arena_free(w->arena);
	free(w);
}

uint64_t records_due_ms(const struct records *w)
{
	return w->n == 0 ? UINT64_MAX : w->since_ms + WAIT_MS;
}

enum copl_status records_flush(struct records *w)
{
	enum copl_status st;

	if (w->n == 0)
		return COPL_OK;
	st = copl_ledger_record_all(
	    w->p->ledger, w->p->worker, w->entries, w->n, w->p->r);
	w->n = 0;
	copl_arena_free(w->arena);
	w->arena = NULL;
	return st;
}

/* When the next run may try, and whether any will without being told. */
static void fail(struct pushing *p, struct spot *s, uint64_t again_ms,
    struct copl_ledger_standing *l)
{
	int64_t now = l->at, later;

	l->failures = s->failures + 1;
	l->since = s->since > 0 ? s->since : now;
	if (s->state != SPOT_WAITING)
		return;
	l->next_at =
	    now + (int64_t)copl_retry_days(l->failures, copl_net_dice());
	later = now + (int64_t)((again_ms + 999) / 1000);
	if (l->next_at < later)
		l->next_at = later;
	if (copl_retry_dead(l->since, now)) {
		push_set_state(p, s, SPOT_DEAD);
		l->status = COPL_LEDGER_DEAD;
	}
}

/* It may be tried again at once. */
static void spare(const struct spot *s, struct copl_ledger_standing *l)
{
	l->failures = s->failures;
	l->since = s->since;
	l->next_at = l->at;
}

static const char *state_word(enum spot_state state)
{
	switch (state) {
	case SPOT_DELIVERED:
	case SPOT_UNCHANGED:
		return COPL_LEDGER_DELIVERED;
	case SPOT_REFUSED:
		return COPL_LEDGER_REFUSED;
	case SPOT_GONE:
		return COPL_LEDGER_GONE;
	case SPOT_DEAD:
		return COPL_LEDGER_DEAD;
	case SPOT_NEW:
	case SPOT_CLAIMED:
	case SPOT_LATER:
	case SPOT_WAITING:
		break;
	}
	return COPL_LEDGER_WAITING;
}

static bool keep(struct records *w, const char *text, const char **out)
{
	*out = copl_arena_strdup(w->arena, text);
	return *out != NULL;
}

static bool put_receipt(struct records *w, const struct spot *s,
    const struct copl_net_answer *a, const char *proof,
    struct copl_ledger_receipt *to)
{
	char date[COPL_INSTANT_SIZE] = "";

	*to = (struct copl_ledger_receipt){.status = (unsigned)a->status,
	    .requests = s->turn->requests,
	    .bytes = s->turn->job.bytes,
	    .ms = copl_net_clock_ms() - s->turn->begun_ms,
	    .verified_by = proof};
	if (a->date > 0)
		copl_instant_format(a->date, date);
	return keep(w, a->etag, &to->etag) &&
	       keep(w, a->repr_digest, &to->repr_digest) &&
	       keep(w, a->peer, &to->peer) && keep(w, date, &to->server_date);
}

static enum copl_status put_facts(
    struct records *w, const struct spot *s, struct copl_ledger_entry *e)
{
	const struct copl_set *set = s->set;
	struct copl_ledger_fact *facts =
	    copl_arena_alloc(w->arena, set->nfiles * sizeof(*facts));
	size_t i;

	if (facts == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < set->nfiles; i++)
		facts[i] = (struct copl_ledger_fact){set->files[i].path,
		    set->files[i].sha256, e->standing.version, e->standing.at};
	e->facts = facts;
	e->nfacts = set->nfiles;
	return COPL_OK;
}

static enum copl_status fill(struct records *w, struct spot *s,
    const struct verdict *v, uint64_t again_ms, struct copl_ledger_entry *e)
{
	struct copl_ledger_standing *l = &e->standing;
	const struct copl_set *set = s->set;

	*l = (struct copl_ledger_standing){.endpoint = s->endpoint->id,
	    .url = s->endpoint->url,
	    .status = state_word(s->state),
	    .reason = v->code,
	    .version = set->manifest->version,
	    .seal = set->files[set->nfiles - 1].sha256,
	    .at = push_now(w->p)};
	if (s->state == SPOT_DELIVERED)
		return put_facts(w, s, e);
	if (s->state == SPOT_UNCHANGED)
		return COPL_OK;
	if (v->spared)
		spare(s, l);
	else
		fail(w->p, s, again_ms, l);
	return COPL_OK;
}

enum copl_status records_add(struct records *w, struct spot *s,
    const struct verdict *v, const struct copl_net_answer *a, uint64_t again_ms,
    const char *proof)
{
	struct copl_ledger_entry *e = &w->entries[w->n];
	enum copl_status st;

	if (w->arena == NULL)
		w->arena = copl_arena_new();
	if (w->arena == NULL)
		return COPL_E_NOMEM;
	if (w->n == 0)
		w->since_ms = copl_net_clock_ms();
	memset(e, 0, sizeof(*e));
	st = fill(w, s, v, again_ms, e);
	if (st == COPL_OK && a != NULL && proof != NULL) {
		if (!put_receipt(w, s, a, proof, &w->receipts[w->n]))
			return COPL_E_NOMEM;
		e->receipt = &w->receipts[w->n];
	}
	if (st != COPL_OK)
		return st;
	return ++w->n == BATCH ? records_flush(w) : COPL_OK;
}
