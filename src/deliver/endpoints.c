/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "deliver/endpoints.h"

#define REASON_MAX 200

/* ---- which ones ---- */

static size_t count(const struct copl_project *p)
{
	size_t n = 0, i;

	for (i = 0; i < p->nrecipients; i++)
		n += p->recipients[i].nendpoints;
	return n;
}

static void add(struct copl_choice *c, const struct copl_recipient *to,
    const struct copl_endpoint *e)
{
	c->list[c->n++] = (struct copl_chosen){.to = to, .e = e};
}

static void unknown(struct copl_choice *c, const char *id)
{
	copl_report(c->r, COPL_ERROR, "endpoint-unknown",
	    (struct copl_place){c->o->dir, 0, 0},
	    _("the project has no endpoint \"%s\""), id);
}

/* In the order of the project; ids has those that were named, or nothing. */
static void add_all(
    struct copl_choice *c, const struct copl_map *ids, bool *found)
{
	const struct copl_project *p = c->project;
	size_t i, k, at = 0;

	for (i = 0; i < p->nrecipients; i++)
		for (k = 0; k < p->recipients[i].nendpoints; k++) {
			const struct copl_endpoint *e =
			    &p->recipients[i].endpoints[k];

			if (c->o->nids > 0 && !copl_map_get(ids, e->id, &at))
				continue;
			add(c, &p->recipients[i], e);
			if (c->o->nids > 0)
				found[at] = true;
		}
}

static enum copl_status choose(struct copl_choice *c)
{
	const struct copl_endpoint_options *o = c->o;
	struct copl_map ids = {NULL, 0, 0};
	size_t before = c->r->errors, i, at = 0;
	bool *found = copl_arena_alloc(c->arena, o->nids + 1);
	bool ok = found != NULL;

	c->list = copl_arena_alloc(
	    c->arena, (count(c->project) + 1) * sizeof(*c->list));
	for (i = 0; ok && i < o->nids; i++)
		ok = copl_map_put(&ids, o->ids[i], i, &at);
	if (ok && c->list != NULL) {
		add_all(c, &ids, found);
		for (i = 0; i < o->nids; i++)
			if (copl_map_get(&ids, o->ids[i], &at) && !found[at]) {
				unknown(c, o->ids[i]);
				found[at] = true;
			}
	} else {
		ok = false;
	}
	copl_map_free(&ids);
	if (!ok)
		return COPL_E_NOMEM;
	return c->r->errors > before ? COPL_E_INVALID : COPL_OK;
}

/* ---- what the ledger says ---- */

static int by_id(const void *key, const void *item)
{
	return strcmp(
	    key, ((const struct copl_ledger_standing *)item)->endpoint);
}

static void match(
    struct copl_choice *c, const struct copl_ledger_standing *all, size_t n)
{
	size_t i;

	for (i = 0; i < c->n && n > 0; i++)
		c->list[i].standing =
		    bsearch(c->list[i].e->id, all, n, sizeof(*all), by_id);
}

static bool has_ledger(const struct copl_choice *c)
{
	const char *where = c->o->ledger;

	return where != NULL &&
	       (copl_ledger_is_shared(where) || copl_path_exists(where));
}

static enum copl_status look_up(struct copl_choice *c)
{
	struct copl_ledger *l = NULL;
	struct copl_ledger_standing *all = NULL;
	enum copl_status st;
	size_t n = 0;

	if (!has_ledger(c))
		return COPL_OK;
	st = copl_ledger_open_to_read(c->o->ledger, c->r, &l);
	if (st == COPL_OK)
		st = copl_ledger_standings(l, c->arena, c->r, &all, &n);
	if (st == COPL_OK)
		match(c, all, n);
	copl_ledger_close(l);
	return st;
}

const char *copl_chosen_state(const struct copl_chosen *c)
{
	const struct copl_ledger_standing *s = c->standing;

	if (c->e->disabled)
		return "disabled";
	if (s == NULL || strcmp(s->url, c->e->url) != 0)
		return COPL_LEDGER_NEW;
	return s->status;
}

/* ---- list ---- */

static void tell(struct copl_choice *c, const struct copl_chosen *one)
{
	const struct copl_ledger_standing *s = one->standing;
	char holds[24] = "", since[COPL_INSTANT_SIZE] = "";
	const struct copl_field fields[] = {{"endpoint", one->e->id},
	    {"recipient", one->to->id},
	    {"driver", copl_driver_name(one->e->driver)},
	    {"auth", copl_endpoint_auth_name(one->e->auth)},
	    {"state", copl_chosen_state(one)}, {"holds", holds},
	    {"since", since}, {"url", one->e->url}};

	if (s != NULL && s->held > 0 && strcmp(s->url, one->e->url) == 0) {
		snprintf(holds, sizeof(holds), "%" PRIu64, s->held);
		copl_instant_format(s->held_since, since);
	}
	copl_tell(c->r, "endpoint", fields, COPL_COUNT(fields), "%s %s %s",
	    one->e->id, copl_chosen_state(one), one->e->url);
}

static enum copl_status list(struct copl_choice *c)
{
	enum copl_status st = look_up(c);
	size_t i;

	for (i = 0; st == COPL_OK && i < c->n; i++)
		tell(c, &c->list[i]);
	return st;
}

/* ---- enable, disable ---- */

struct turning {
	struct copl_choice *c;
	struct copl_ledger *l;
	bool on;
	const char *reason;
	char worker[COPL_LEDGER_WORKER];
};

static enum copl_status turn(struct turning *t, const struct copl_chosen *one)
{
	const struct copl_endpoint_options *o = t->c->o;
	const struct copl_field fields[] = {{"endpoint", one->e->id},
	    {"url", one->e->url}, {"reason", t->reason}};
	const struct copl_ledger_standing gone = {.endpoint = one->e->id,
	    .url = one->e->url,
	    .status = COPL_LEDGER_GONE,
	    .reason = t->reason,
	    .at = o->now};
	enum copl_status st = copl_ledger_switch(
	    t->l, t->worker, one->e->id, t->on, t->reason, o->now, t->c->r);

	/* What was never tried is on. */
	if (st == COPL_E_NOTFOUND)
		st = t->on ? COPL_OK
			   : copl_ledger_record(t->l, &gone, NULL, 0, t->c->r);
	if (st != COPL_OK)
		return st;
	if (t->on && !one->e->disabled)
		copl_tell(t->c->r, "enabled", fields, 2,
		    _("%s is on: the next push delivers there"), one->e->id);
	else if (!t->on)
		copl_tell(t->c->r, "disabled", fields, COPL_COUNT(fields),
		    _("%s is off: no push delivers there until cop-l10n "
		      "endpoint enable %s"),
		    one->e->id, one->e->id);
	else
		copl_report(t->c->r, COPL_WARNING, "endpoint-disabled",
		    one->e->at,
		    _("\"%s\" stays off, because the project says so: remove "
		      "disabled= there as well"),
		    one->e->id);
	return COPL_OK;
}

static enum copl_status turn_all(struct turning *t)
{
	enum copl_status st = COPL_OK;
	size_t i;

	if (strlen(t->reason) > REASON_MAX) {
		copl_report(t->c->r, COPL_ERROR, "endpoint-reason",
		    (struct copl_place){NULL, 0, 0},
		    _("a reason has at most %d bytes: say it in fewer words"),
		    REASON_MAX);
		return COPL_E_INVALID;
	}
	copl_ledger_worker(t->worker);
	st = copl_ledger_open(t->c->o->ledger, t->c->r, &t->l);
	for (i = 0; st == COPL_OK && i < t->c->n; i++)
		st = turn(t, &t->c->list[i]);
	copl_ledger_close(t->l);
	return st;
}

/* ---- all of them ---- */

static enum copl_status begin(struct copl_choice *c)
{
	enum copl_status st;

	c->arena = copl_arena_new();
	if (c->arena == NULL)
		return COPL_E_NOMEM;
	st = copl_project_load(c->o->dir, c->r, &c->project);
	return st == COPL_OK ? choose(c) : st;
}

static enum copl_status finish(struct copl_choice *c, enum copl_status st)
{
	copl_project_free(c->project);
	copl_arena_free(c->arena);
	return copl_reporter_end(c->r, st);
}

enum copl_status copl_endpoint_list(
    const struct copl_endpoint_options *options, const struct copl_sink *sink)
{
	struct copl_reporter r;
	struct copl_choice c = {.o = options, .r = &r};
	enum copl_status st;

	copl_reporter_init(&r, sink);
	st = begin(&c);
	if (st == COPL_OK)
		st = list(&c);
	return finish(&c, st);
}

enum copl_status copl_endpoint_check(
    const struct copl_endpoint_options *options, const struct copl_sink *sink)
{
	struct copl_reporter r;
	struct copl_choice c = {.o = options, .r = &r};
	enum copl_status st, worst = COPL_OK;

	copl_reporter_init(&r, sink);
	st = begin(&c);
	if (st == COPL_OK)
		st = look_up(&c);
	if (st == COPL_OK)
		st = copl_probe(&c, &worst);
	return finish(&c, st == COPL_OK ? worst : st);
}

enum copl_status copl_endpoint_switch(
    const struct copl_endpoint_options *options, bool on, const char *reason,
    const struct copl_sink *sink)
{
	struct copl_reporter r;
	struct copl_choice c = {.o = options, .r = &r};
	struct turning t = {
	    .c = &c, .on = on, .reason = reason == NULL ? "" : reason};
	enum copl_status st;

	copl_reporter_init(&r, sink);
	st = begin(&c);
	if (st == COPL_OK)
		st = turn_all(&t);
	return finish(&c, st);
}
