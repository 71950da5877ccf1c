/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "deliver/access.h"
#include "deliver/run_priv.h"

#define FIRST_WAIT_MS 200
#define MOST_WAIT_MS 4000
/* An endpoint that needs longer waits for the next push. */
#define PATIENCE_MS 20000
/* How long this machine gets to have sockets again, and how often. */
#define LOCAL_WAIT_MS 250
#define LOCAL_TRIES 40
/* Failures of the proxy running, of whichever endpoints. */
#define PROXY_TRIES 3

static size_t index_of(const struct run *r, const struct spot *s)
{
	return (size_t)(s - r->p->spots);
}

/* ---- places ---- */

/* One whose line leads to the same server, or any other. */
static struct place *take_place(struct run *r, const struct spot *s)
{
	uint32_t origin = copl_schedule_origin(r->schedule, index_of(r, s));
	size_t best = r->nfree, i;
	struct place *place;

	if (best == 0)
		return NULL;
	best--;
	for (i = 0; i < r->nfree && !s->alone; i++)
		if (r->places[r->free[i]].line != NULL &&
		    r->places[r->free[i]].origin == origin)
			best = i;
	place = &r->places[r->free[best]];
	r->free[best] = r->free[--r->nfree];
	r->idle -= place->line != NULL;
	if (place->line != NULL && place->origin != origin) {
		copl_line_close(place->line);
		place->line = NULL;
	}
	place->origin = origin;
	return place;
}

static void give_back(struct run *r, struct place *place)
{
	if (place->ask.bytes != NULL)
		copl_blobs_give_back(r->blobs, place->ask.file);
	place->ask.bytes = NULL;
}

static void leave_place(struct run *r, struct turn *t, bool keep_line)
{
	struct place *place = t->place;

	if (place == NULL)
		return;
	if (place->asking)
		r->busy--;
	give_back(r, place);
	memset(&place->ask, 0, sizeof(place->ask));
	if (!keep_line || place->asking) {
		copl_line_close(place->line);
		place->line = NULL;
	}
	place->asking = false;
	place->spot = NULL;
	r->idle += place->line != NULL;
	/* Large answers are the exception and not kept. */
	copl_net_answer_clear(&place->answer);
	r->free[r->nfree++] = (size_t)(place - r->places);
	t->place = NULL;
}

void turn_close_idle(struct run *r)
{
	size_t i;

	for (i = 0; i < r->nfree && r->idle > 0; i++) {
		struct place *place = &r->places[r->free[i]];

		if (place->line == NULL)
			continue;
		copl_line_close(place->line);
		place->line = NULL;
		r->idle--;
	}
}

const struct spot *turn_slowest(const struct run *r)
{
	const struct place *slowest = NULL;
	size_t i;

	for (i = 0; i < r->nplaces; i++)
		if (r->places[i].asking &&
		    (slowest == NULL ||
			r->places[i].asked_ms < slowest->asked_ms))
			slowest = &r->places[i];
	return slowest == NULL ? NULL : slowest->spot;
}

void turn_forget(struct run *r, struct spot *s)
{
	if (s->turn == NULL)
		return;
	leave_place(r, s->turn, false);
	free(s->turn);
	s->turn = NULL;
}

/* ---- the end of a turn ---- */

static const char *proof_of(const struct spot *s, const struct place *place)
{
	if (s->state == SPOT_DELIVERED)
		return place == NULL                     ? PROOF_PLACED
		       : place->ask.kind == COPL_ASK_PUT ? PROOF_RECEIPT
							 : PROOF_READBACK;
	return copl_job_unproven(&s->turn->job) ? PROOF_NONE : NULL;
}

/* Tells it, enters it into the ledger and puts everything down. */
static enum copl_status finish(
    struct run *r, struct spot *s, const struct verdict *v, bool keep_line)
{
	static const struct copl_net_answer none = {.status = 0};
	struct place *place = s->turn->place;
	const struct copl_net_answer *a =
	    place == NULL ? &none : &place->answer;
	enum copl_status st;
	const char *proof;

	push_set_state(r->p, s, v->state);
	if (v->code != NULL)
		r->last_code = v->code;
	proof = proof_of(s, place);
	st = records_add(r->records, s, v, a, a->retry_after_ms, proof);
	tell_outcome(r->p, s, v->code, proof == NULL ? "" : proof);
	leave_place(r, s->turn, keep_line && !s->alone);
	turn_forget(r, s);
	return st;
}

static enum copl_status finish_job(struct run *r, struct spot *s)
{
	struct verdict v = verdict_of(r->p, s, &s->turn->place->answer);
	bool alive = v.state == SPOT_DELIVERED;

	copl_schedule_done(r->schedule, index_of(r, s));
	return finish(r, s, &v, alive);
}

/* ---- asking ---- */

static enum copl_status make_access(struct run *r, struct spot *s, bool anew)
{
	struct copl_net_access *access = &s->turn->access;
	enum copl_status st =
	    copl_access_make(r->secrets, s->endpoint, anew, r->p->r, access);

	access->proxy = r->p->options->proxy;
	return st;
}

static enum copl_status open_turn(struct run *r, struct spot *s)
{
	const struct copl_push_options *o = r->p->options;
	struct turn *t = calloc(1, sizeof(*t));

	if (t == NULL)
		return COPL_E_NOMEM;
	s->turn = t;
	t->begun_ms = copl_net_clock_ms();
	t->job = (struct copl_job){.driver = copl_driver_of(s->endpoint),
	    .target = {.endpoint = s->endpoint,
		.url = s->endpoint->url,
		.set = s->set,
		.now = push_now(r->p)},
	    .files = s->files,
	    .etag = s->etag,
	    .look = s->look,
	    .read_back = o->verify == COPL_PUSH_READ_BACK ||
			 (o->verify == COPL_PUSH_AS_SAID &&
			     s->endpoint->verify == COPL_VERIFY_READBACK),
	    .force = o->force};
	t->job.target.access = &t->access;
	return make_access(r, s, false);
}

/* Takes a place and a line, if it has none. */
static enum copl_status sit_down(struct run *r, struct spot *s)
{
	struct turn *t = s->turn;

	if (t->place == NULL) {
		t->place = take_place(r, s);
		if (t->place == NULL)
			return COPL_E_BUG;
		t->place->spot = s;
	}
	if (t->place->line != NULL)
		return COPL_OK;
	return copl_line_open(r->engine, &t->place->line);
}

/* The request that says what the job wants next. */
static enum copl_status make_request(struct run *r, struct spot *s)
{
	struct place *place = s->turn->place;
	struct copl_job *j = &s->turn->job;
	enum copl_status st = COPL_OK;

	if (place->ask.kind == COPL_ASK_PUT)
		st = copl_blobs_take(
		    r->blobs, place->ask.file, r->p->r, &place->ask.bytes);
	if (st != COPL_OK)
		return st;
	memset(&place->request.q, 0, sizeof(place->request.q));
	place->request.used = 0;
	place->request.q.access = &s->turn->access;
	place->request.q.answer_ms = s->endpoint->timeout_s * 1000;
	place->ask.last &= s->alone;
	j->target.now = push_now(r->p);
	st = j->driver->ask(&j->target, &place->ask, &place->request);
	if (st != COPL_E_LIMIT && st != COPL_E_INVALID)
		return st;
	/* An address that long, or a question that it does not know. */
	copl_job_hear(j, (struct copl_hearing){.means = COPL_MEANS_FAILED,
			     .attempt = COPL_TRY_REFUSED});
	place->answer.status = 0;
	snprintf(place->answer.error, sizeof(place->answer.error), "%s",
	    _("it cannot be asked for this file"));
	return COPL_OK;
}

static enum copl_status send_request(struct run *r, struct spot *s)
{
	struct place *place = s->turn->place;
	enum copl_status st = make_request(r, s);

	if (st != COPL_OK)
		return st;
	if (s->turn->job.end != COPL_JOB_GOES_ON)
		return finish_job(r, s);
	st = copl_line_start(
	    place->line, &place->request.q, &place->answer, place);
	if (st != COPL_OK)
		return st;
	place->asking = true;
	place->asked_ms = copl_net_clock_ms();
	r->busy++;
	return COPL_OK;
}

static enum copl_status go_on(struct run *r, struct spot *s)
{
	struct place *place = s->turn->place;
	uint64_t now = copl_net_clock_ms(), at;
	size_t id = index_of(r, s);

	give_back(r, place);
	if (!copl_job_next(&s->turn->job, &place->ask))
		return finish_job(r, s);
	at = copl_schedule_pace(r->schedule, id,
	    place->ask.kind == COPL_ASK_PUT ? place->ask.file->length : 0, now);
	if (at <= now)
		return send_request(r, s);
	if (!copl_schedule_hold(r->schedule, id, at, now))
		leave_place(r, s->turn, false);
	return COPL_OK;
}

/* A driver without requests does it all at once. */
static enum copl_status put_in_place(struct run *r, struct spot *s)
{
	const struct copl_job *j = &s->turn->job;
	struct verdict v = {SPOT_DELIVERED, NULL, false};
	enum copl_status st = j->driver->place(&j->target, r->p->r);

	if (st == COPL_E_NOMEM)
		return st;
	if (st == COPL_E_IO || st == COPL_E_LOCKED)
		v = (struct verdict){SPOT_WAITING, "endpoint-folder", false};
	else if (st != COPL_OK)
		v = (struct verdict){SPOT_REFUSED, "endpoint-folder", false};
	else
		copl_job_place_all(&s->turn->job);
	copl_schedule_done(r->schedule, index_of(r, s));
	return finish(r, s, &v, false);
}

enum copl_status turn_start(struct run *r, struct spot *s)
{
	enum copl_status st = COPL_OK;

	if (s->turn == NULL) {
		st = open_turn(r, s);
		if (st == COPL_E_NOMEM)
			return st;
		if (st != COPL_OK) {
			const struct verdict v = {
			    SPOT_WAITING, "endpoint-secret", true};

			copl_schedule_done(r->schedule, index_of(r, s));
			return finish(r, s, &v, false);
		}
	}
	if (s->turn->job.driver->place != NULL)
		return put_in_place(r, s);
	st = sit_down(r, s);
	return st == COPL_OK ? go_on(r, s) : st;
}

/* ---- hearing ---- */

static void tell_heard(const struct run *r, const struct spot *s,
    const struct place *place, enum copl_status result)
{
	char status[COPL_DECIMAL_SIZE];

	copl_decimal((uint64_t)place->answer.status, status);
	tell_attempt(r->p, s, &place->ask, s->turn->failures + 1,
	    result == COPL_OK ? status : place->answer.error);
}

/* What it says about the server, whatever it means for the job. */
static void note(struct run *r, struct spot *s, enum copl_status result,
    struct copl_hearing h)
{
	enum copl_schedule_news news = COPL_NEWS_ANSWER;
	uint64_t pause;

	if (h.means == COPL_MEANS_FAILED && h.attempt == COPL_TRY_LOCAL)
		return;
	if (h.means == COPL_MEANS_FAILED && h.attempt == COPL_TRY_BUSY)
		news = COPL_NEWS_BUSY;
	else if (result != COPL_OK)
		news = COPL_NEWS_SILENCE;
	pause = copl_schedule_note(
	    r->schedule, index_of(r, s), news, copl_net_clock_ms());
	if (pause == 0)
		return;
	tell_breaker(r->p, s, pause);
	copl_report(r->p->r, COPL_WARNING, "origin-down", s->endpoint->at,
	    _("the server of %s fails again and again: endpoints there that "
	      "were not tried wait for the next push"),
	    s->endpoint->url);
}

static void try_later(struct run *r, struct spot *s, uint64_t at_ms)
{
	uint64_t now = copl_net_clock_ms();

	tell_retry(r->p, s, at_ms > now ? at_ms - now : 0);
	leave_place(r, s->turn, false);
	copl_schedule_retry(r->schedule, index_of(r, s), at_ms);
}

/* Out of sockets or the like: our fault, and not a try of the endpoint. */
static bool try_with_fewer(struct run *r, struct spot *s)
{
	if (++s->turn->local > LOCAL_TRIES)
		return false;
	copl_schedule_lower(r->schedule);
	try_later(r, s, copl_net_clock_ms() + LOCAL_WAIT_MS);
	return true;
}

/* A token that was not accepted may only have run out. */
static bool has_new_secret(struct run *r, struct spot *s)
{
	struct turn *t = s->turn;
	const char *before = t->access.secret;

	if (t->refreshed || s->endpoint->secret.kind != COPL_SECRET_COMMAND)
		return false;
	t->refreshed = true;
	return make_access(r, s, true) == COPL_OK && before != NULL &&
	       t->access.secret != NULL &&
	       strcmp(before, t->access.secret) != 0;
}

/* true: it failed, and is tried again later in this run. */
static bool try_again(struct run *r, struct spot *s, enum copl_attempt got)
{
	struct place *place = s->turn->place;
	uint64_t now = copl_net_clock_ms(), took = now - place->asked_ms;
	unsigned most = r->p->options->attempts;
	struct copl_retry_policy policy = {.first_ms = FIRST_WAIT_MS,
	    .most_ms = MOST_WAIT_MS,
	    .attempts = most > 0 ? most : 1,
	    .deadline_ms = s->turn->begun_ms + PATIENCE_MS};
	struct copl_retry_step next;

	if (got == COPL_TRY_LOCAL)
		return try_with_fewer(r, s);
	if (got == COPL_TRY_AUTH && has_new_secret(r, s)) {
		try_later(r, s, now);
		return true;
	}
	/* What takes as long as this time must fit in as well. */
	policy.deadline_ms -= took < PATIENCE_MS ? took : PATIENCE_MS;
	next = copl_retry_next(&policy, got, ++s->turn->failures, now,
	    place->answer.retry_after_ms, copl_net_dice());
	if (next.again)
		try_later(r, s, next.at_ms);
	return next.again;
}

/* Is it the proxy that is in the way, of this endpoint and all others? */
static bool is_proxy(
    const struct run *r, const struct place *place, enum copl_status result)
{
	const struct copl_net_answer *a = &place->answer;

	if (r->p->options->proxy == NULL)
		return false;
	if (result == COPL_OK)
		return a->status == 407;
	/* Other words of it are about the one endpoint it was asked for. */
	return a->failure == COPL_NET_PROXY &&
	       (a->proxy_status == 0 || a->proxy_status == 407);
}

/* A proxy that fails three times running is told once, not for everyone. */
static enum copl_status proxy_failed(struct run *r, struct spot *s)
{
	const struct copl_net_answer *a = &s->turn->place->answer;

	if (++r->proxy_row < PROXY_TRIES) {
		try_later(r, s, copl_net_clock_ms() + LOCAL_WAIT_MS);
		return COPL_OK;
	}
	if (!r->proxy_failed)
		copl_report(r->p->r, COPL_ERROR, "push-proxy",
		    (struct copl_place){r->p->options->proxy, 0, 0},
		    _("the proxy lets nothing through (%s): nobody else was "
		      "tried; check its address, then push again"),
		    a->status == 407 || a->proxy_status == 407
			? _("it asks for a password")
			: a->error);
	r->proxy_failed = true;
	run_stop(r);
	copl_schedule_done(r->schedule, index_of(r, s));
	return turn_drop(r, s, COPL_DROP_STOPPED);
}

enum copl_status turn_hear(
    struct run *r, struct place *place, enum copl_status result)
{
	struct spot *s = place->spot;
	struct copl_job *j = &s->turn->job;
	struct copl_hearing h;

	place->asking = false;
	r->busy--;
	if (result == COPL_E_NOMEM)
		return result;
	s->turn->requests++;
	h = j->driver->hear(&j->target, &place->ask, result, &place->answer);
	tell_heard(r, s, place, result);
	if (is_proxy(r, place, result))
		return proxy_failed(r, s);
	r->proxy_row = 0;
	note(r, s, result, h);
	if (h.means == COPL_MEANS_OTHER && result == COPL_OK &&
	    copl_job_doubts(j)) {
		enum copl_status st =
		    brought_before(r->p, s, &place->answer, &h);

		if (st != COPL_OK)
			return st;
	}
	if (h.means == COPL_MEANS_FAILED && try_again(r, s, h.attempt))
		return COPL_OK;
	copl_job_hear(j, h);
	return go_on(r, s);
}

/* ---- ends that are nobody's fault ---- */

/* What was in the middle of something must be looked at next time. */
static enum copl_status broken_off(
    struct run *r, struct spot *s, const struct verdict *v)
{
	if (copl_job_unproven(&s->turn->job))
		return finish(r, s, v, false);
	push_set_state(r->p, s, SPOT_WAITING);
	tell_outcome(r->p, s, v->code, "");
	turn_forget(r, s);
	return COPL_OK;
}

enum copl_status turn_drop(
    struct run *r, struct spot *s, enum copl_schedule_why why)
{
	struct verdict v = verdict_dropped(why);

	if (r->proxy_failed)
		v.code = "push-proxy";
	r->p->unreached++;
	if (s->turn != NULL)
		return broken_off(r, s, &v);
	push_set_state(r->p, s, SPOT_WAITING);
	tell_outcome(r->p, s, v.code, "");
	return COPL_OK;
}

enum copl_status turn_break_off(struct run *r, enum copl_schedule_why why)
{
	enum copl_status st = COPL_OK;
	size_t i;

	for (i = 0; st == COPL_OK && i < r->nplaces; i++) {
		struct spot *s = r->places[i].spot;

		if (s == NULL)
			continue;
		copl_schedule_done(r->schedule, index_of(r, s));
		st = turn_drop(r, s, why);
	}
	return st;
}
