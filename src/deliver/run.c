/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <poll.h>
#include <string.h>
#include <sys/resource.h>
#include "base/i18n.h"
#include "deliver/access.h"
#include "deliver/run_priv.h"

#define JOBS 50
/* Connections to a server that has several endpoints. */
#define SHARED 4
/* No answer for so long: others need not wait. */
#define SLOW_MS 1500
#define GRACE_MS 5000
#define PROGRESS_MS 250
/* A pusher that was killed leaves its endpoints to others after so long. */
#define LEASE_S 60
#define RENEW_MS (LEASE_S * 1000 / 3)
/* Bytes of files that are kept though nobody sends them at the moment. */
#define KEEP ((size_t)6 << 20)
/* Descriptors that are used for other things than connections. */
#define OTHER_FDS 40
/* How long to leave others alone who still work on their claims. */
#define LOOK_MS 1000

int64_t push_now(const struct pushing *p)
{
	return p->options->now +
	       (int64_t)((copl_net_clock_ms() - p->began_ms) / 1000);
}

/* ---- making ---- */

/* As many as this process may have open, connections that hang included. */
static unsigned affordable(unsigned jobs)
{
	struct rlimit lim;

	if (getrlimit(RLIMIT_NOFILE, &lim) != 0 ||
	    lim.rlim_cur == RLIM_INFINITY)
		return jobs;
	while (jobs > 1 && copl_schedule_most(jobs) + OTHER_FDS > lim.rlim_cur)
		jobs--;
	return jobs;
}

static enum copl_status make_schedule(struct run *r, unsigned jobs)
{
	const struct pushing *p = r->p;
	const struct copl_push_options *o = p->options;
	const struct copl_schedule_limits limits = {.slots = jobs,
	    .shared = SHARED,
	    .per_minute = o->per_minute,
	    .bytes_per_s = o->bytes_per_s,
	    .slow_ms = SLOW_MS,
	    .deadline_ms = r->deadline_ms,
	    .seed = copl_net_dice()};
	struct copl_schedule_job *list = calloc(p->nspots + 1, sizeof(*list));
	struct copl_arena *a = copl_arena_new();
	enum copl_status st = COPL_E_NOMEM;
	char origin[300];
	size_t i;

	for (i = 0; list != NULL && a != NULL && i < p->nspots; i++) {
		const struct copl_endpoint *e = p->spots[i].endpoint;
		/* What has no server is a place of its own. */
		bool has = copl_net_origin(e->url, origin, sizeof(origin));

		list[i].origin = copl_arena_strdup(a, has ? origin : e->id);
		list[i].per_minute = e->per_minute;
		if (list[i].origin == NULL)
			goto out;
	}
	if (list != NULL && a != NULL)
		st = copl_schedule_new(list, p->nspots, &limits, &r->schedule);
	for (i = 0; st == COPL_OK && i < p->nspots; i++)
		p->spots[i].alone = copl_schedule_alone(r->schedule, i);
out:
	copl_arena_free(a);
	free(list);
	return st;
}

static enum copl_status make_places(struct run *r, unsigned jobs)
{
	unsigned most = copl_schedule_most(jobs);
	size_t i;

	if (most > r->p->nspots)
		most = (unsigned)r->p->nspots;
	r->places = calloc((size_t)most + 1, sizeof(*r->places));
	r->free = calloc((size_t)most + 1, sizeof(*r->free));
	if (r->places == NULL || r->free == NULL)
		return COPL_E_NOMEM;
	r->nplaces = r->nfree = most;
	for (i = 0; i < most; i++)
		r->free[i] = most - 1 - i;
	return copl_engine_open(most + 1, &r->engine);
}

static enum copl_status set_up(struct run *r)
{
	struct pushing *p = r->p;
	unsigned jobs =
	    affordable(p->options->jobs == 0 ? JOBS : p->options->jobs);
	const uint64_t s = p->options->deadline_s;
	enum copl_status st;
	size_t i;

	r->jobs = jobs;
	r->grace_ms = UINT64_MAX;
	r->deadline_ms = s == 0 ? UINT64_MAX : p->began_ms + s * 1000;
	r->renew_ms = p->began_ms + RENEW_MS;
	r->progress_ms = p->began_ms + PROGRESS_MS;
	st = make_schedule(r, jobs);
	if (st == COPL_OK)
		st = make_places(r, jobs);
	if (st == COPL_OK)
		st = copl_blobs_new(KEEP, &r->blobs);
	for (i = 0; st == COPL_OK && i < p->project->nrecipients; i++)
		if (p->sets[i].files != NULL)
			st = copl_blobs_add(r->blobs, &p->sets[i]);
	if (st == COPL_OK)
		st = copl_secrets_new(&r->secrets);
	if (st == COPL_OK)
		st = records_new(p, &r->records);
	return st;
}

static void tear_down(struct run *r)
{
	size_t i;

	for (i = 0; i < r->p->nspots; i++)
		turn_forget(r, &r->p->spots[i]);
	turn_close_idle(r);
	copl_engine_close(r->engine);
	copl_schedule_free(r->schedule);
	records_free(r->records);
	copl_secrets_free(r->secrets);
	copl_blobs_free(r->blobs);
	free(r->places);
	free(r->free);
}

/* ---- claims ---- */

/* What the ledger wants to have done may be there by its own facts. */
static enum copl_status settle_unchanged(struct run *r, struct spot *s)
{
	const struct verdict v = {SPOT_UNCHANGED, NULL, true};

	push_set_state(r->p, s, SPOT_UNCHANGED);
	tell_at_rest(r->p, s);
	return records_add(r->records, s, &v, NULL, 0, NULL);
}

static enum copl_status admit(struct run *r, struct spot **spots, size_t n)
{
	struct copl_schedule_admission *list = calloc(n + 1, sizeof(*list));
	enum copl_status st = list == NULL ? COPL_E_NOMEM : COPL_OK;
	size_t i, k = 0;

	for (i = 0; st == COPL_OK && i < n; i++) {
		struct spot *s = spots[i];

		if (s->planned == 0) {
			st = settle_unchanged(r, s);
			continue;
		}
		tell_plan(r->p, s);
		push_set_state(r->p, s, SPOT_CLAIMED);
		list[k++] = (struct copl_schedule_admission){
		    (size_t)(s - r->p->spots), s->failures > 0};
	}
	if (st == COPL_OK)
		copl_schedule_admit(r->schedule, list, k);
	free(list);
	return st;
}

/* Those of the claimed tasks that this run knows and has not done yet. */
static size_t known(struct run *r, const struct copl_ledger_task *tasks,
    size_t n, struct spot **out)
{
	size_t i, k, found = 0;

	for (i = 0; i < n; i++) {
		struct spot *s;

		if (!copl_map_get(&r->p->ids, tasks[i].endpoint, &k))
			continue;
		s = &r->p->spots[k];
		if (s->state != SPOT_NEW && s->state != SPOT_LATER)
			continue;
		s->failures = tasks[i].failures;
		s->since = tasks[i].since;
		s->look |= r->takes_over;
		out[found++] = s;
	}
	return found;
}

static enum copl_status claim(struct run *r, size_t *n)
{
	const struct pushing *p = r->p;
	bool all =
	    !r->takes_over && (p->options->retry_now || p->options->nto > 0);
	const struct copl_ledger_claiming how = {.worker = p->worker,
	    .version = p->version,
	    .now = push_now(p),
	    .due = all ? INT64_MAX : p->options->now,
	    .lease_s = LEASE_S,
	    .most = r->jobs * 2 > 64 ? r->jobs * 2 : 64,
	    .only = r->only,
	    .nonly = r->nonly};
	struct copl_ledger_task *tasks = NULL;
	struct copl_arena *a = copl_arena_new();
	struct spot **spots;
	enum copl_status st = COPL_E_NOMEM;
	size_t found;

	spots = calloc(how.most + 1, sizeof(struct spot *));
	if (a == NULL || spots == NULL)
		goto out;
	st = copl_ledger_claim(p->ledger, &how, a, p->r, &tasks, n);
	if (st != COPL_OK)
		goto out;
	found = known(r, tasks, *n, spots);
	st = roster_plan(r->p, spots, found);
	if (st == COPL_OK)
		st = admit(r, spots, found);
out:
	free(spots);
	copl_arena_free(a);
	return st;
}

/* Always as many as could start, and no more than a killed run may hold. */
static enum copl_status refill(struct run *r)
{
	enum copl_status st = COPL_OK;
	size_t n = 0;

	while (st == COPL_OK && !r->dry && r->grace_ms == UINT64_MAX &&
	       copl_schedule_ready(r->schedule) < r->jobs) {
		st = claim(r, &n);
		r->dry = n == 0;
	}
	return st;
}

/* ---- the loop ---- */

void run_stop(struct run *r)
{
	if (r->grace_ms != UINT64_MAX)
		return;
	copl_schedule_stop(r->schedule);
	r->stopped = true;
	r->grace_ms = copl_net_clock_ms() + GRACE_MS;
}

static bool is_stopped(const struct run *r)
{
	struct pollfd fd = {r->p->options->stop_fd, POLLIN, 0};

	return fd.fd > 0 && poll(&fd, 1, 0) > 0;
}

/* Starts and drops whatever the schedule says; then its word to wait or end. */
static enum copl_status take_steps(
    struct run *r, struct copl_schedule_step *step)
{
	enum copl_status st = COPL_OK;

	do {
		struct spot *s;

		*step = copl_schedule_next(r->schedule, copl_net_clock_ms());
		s = &r->p->spots[step->job];
		if (step->what == COPL_SCHEDULE_START)
			st = turn_start(r, s);
		else if (step->what == COPL_SCHEDULE_DROP)
			st = turn_drop(r, s, step->why);
		else
			break;
	} while (st == COPL_OK);
	return st;
}

static enum copl_status keep_up(struct run *r, uint64_t now)
{
	enum copl_status st = COPL_OK;

	if (now >= records_due_ms(r->records))
		st = records_flush(r->records);
	if (st == COPL_OK && now >= r->renew_ms) {
		st = copl_ledger_renew(r->p->ledger, r->p->worker,
		    push_now(r->p), LEASE_S, r->p->r);
		r->renew_ms = now + RENEW_MS;
	}
	if (now >= r->progress_ms) {
		tell_progress(r->p, turn_slowest(r), r->last_code);
		r->progress_ms = now + PROGRESS_MS;
	}
	if (r->grace_ms == UINT64_MAX && now >= r->deadline_ms)
		r->grace_ms = now + GRACE_MS;
	return st;
}

static uint64_t earliest(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

static enum copl_status wait_for_one(struct run *r, uint64_t until)
{
	int fd = r->p->options->stop_fd > 0 && !r->stopped
		     ? r->p->options->stop_fd
		     : -1;
	struct copl_line *line = NULL;
	enum copl_status st, result = COPL_OK;

	until = earliest(until, records_due_ms(r->records));
	until = earliest(until, r->renew_ms);
	until = earliest(until, r->progress_ms);
	until = earliest(
	    until, r->grace_ms == UINT64_MAX ? r->deadline_ms : r->grace_ms);
	st = copl_engine_wait(r->engine, until, fd, &line, &result);
	if (st == COPL_OK && line != NULL)
		return turn_hear(r, copl_line_arg(line), result);
	if (st == COPL_OK && fd >= 0 && is_stopped(r))
		run_stop(r);
	return st;
}

/* Until what was claimed is over; more is claimed as there is room. */
static enum copl_status work(struct run *r)
{
	for (;;) {
		struct copl_schedule_step step = {.job = 0};
		enum copl_status st = refill(r);
		uint64_t now;

		if (st == COPL_OK)
			st = take_steps(r, &step);
		turn_close_idle(r);
		now = copl_net_clock_ms();
		if (st == COPL_OK)
			st = keep_up(r, now);
		if (st != COPL_OK)
			return st;
		if (step.what == COPL_SCHEDULE_END &&
		    (r->dry || r->grace_ms != UINT64_MAX))
			return records_flush(r->records);
		if (step.what != COPL_SCHEDULE_END)
			st = now < r->grace_ms
				 ? wait_for_one(r, step.at_ms)
				 : turn_break_off(r, r->stopped
							 ? COPL_DROP_STOPPED
							 : COPL_DROP_DEADLINE);
		if (st != COPL_OK)
			return st;
	}
}

/*
 * What others have claimed is theirs, as long as they live.  true: look
 * again, there may be something to take over.
 */
static enum copl_status wait_for_others(struct run *r, bool *again)
{
	struct copl_ledger_left left = {.due = 0};
	struct pushing *p = r->p;
	enum copl_status st;
	int64_t now = push_now(p);

	*again = false;
	if (!p->shared || r->grace_ms != UINT64_MAX)
		return COPL_OK;
	st = copl_ledger_release(p->ledger, p->worker, p->r);
	if (st != COPL_OK)
		return st;
	st = copl_ledger_left(
	    p->ledger, p->version, now, p->options->now, p->r, &left);
	if (st != COPL_OK || (left.due == 0 && left.leased == 0))
		return st;
	*again = true;
	r->takes_over = true;
	r->dry = false;
	return wait_for_one(r, copl_net_clock_ms() + LOOK_MS);
}

static enum copl_status work_all(struct run *r)
{
	enum copl_status st;
	bool again = true;

	do {
		st = work(r);
		if (st == COPL_OK)
			st = wait_for_others(r, &again);
		if (st == COPL_OK)
			st = keep_up(r, copl_net_clock_ms());
	} while (st == COPL_OK && again);
	return st;
}

/* ---- a few first ---- */

static enum copl_status choose_first(struct run *r, size_t most)
{
	size_t i;

	r->only = calloc(most + 1, sizeof(*r->only));
	if (r->only == NULL)
		return COPL_E_NOMEM;
	r->nonly = 0;
	for (i = 0; i < r->p->nspots && r->nonly < most; i++)
		if (r->p->spots[i].state == SPOT_NEW)
			r->only[r->nonly++] = r->p->spots[i].endpoint->id;
	return COPL_OK;
}

static bool all_went_well(const struct run *r)
{
	size_t i, k;

	for (i = 0; i < r->nonly; i++)
		if (copl_map_get(&r->p->ids, r->only[i], &k) &&
		    r->p->spots[k].state != SPOT_DELIVERED &&
		    r->p->spots[k].state != SPOT_UNCHANGED)
			return false;
	return true;
}

/* The first ones alone: a wrong form must not reach a thousand offices. */
static enum copl_status try_first(struct run *r, bool *go_on)
{
	enum copl_status st = choose_first(r, r->p->options->canary);

	*go_on = true;
	if (st == COPL_OK && r->nonly > 0)
		st = work(r);
	if (st == COPL_OK && !all_went_well(r)) {
		*go_on = false;
		if (r->grace_ms == UINT64_MAX)
			copl_report(r->p->r, COPL_ERROR, "push-canary",
			    (struct copl_place){r->p->options->dir, 0, 0},
			    P_("the first %zu endpoint was to show that all is "
			       "well, and not all is: nothing was sent to the "
			       "others",
				"the first %zu endpoints were to show that all "
				"is well, and not all is: nothing was sent to "
				"the others",
				r->nonly),
			    r->nonly);
	}
	free(r->only);
	r->only = NULL;
	r->nonly = 0;
	r->dry = false;
	return st;
}

static enum copl_status choose_named(struct run *r)
{
	const struct copl_push_options *o = r->p->options;
	size_t i;

	if (o->nto == 0)
		return COPL_OK;
	r->only = calloc(o->nto + 1, sizeof(*r->only));
	if (r->only == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < o->nto; i++)
		r->only[r->nonly++] = o->to[i];
	return COPL_OK;
}

enum copl_status push_run(struct pushing *p)
{
	struct run r = {.p = p};
	enum copl_status st = set_up(&r), end;
	bool go_on = true;

	if (st == COPL_OK && p->options->canary > 0)
		st = try_first(&r, &go_on);
	if (st == COPL_OK && go_on)
		st = choose_named(&r);
	if (st == COPL_OK && go_on)
		st = work_all(&r);
	if (r.records != NULL) {
		/* Whatever happened: what is known is not lost. */
		end = records_flush(r.records);
		if (st == COPL_OK)
			st = end;
		end = copl_ledger_release(p->ledger, p->worker, p->r);
		if (st == COPL_OK)
			st = end;
	}
	if (st == COPL_OK && p->shared)
		st = roster_look_again(p);
	if (go_on)
		p->unreached += p->count[SPOT_NEW];
	tear_down(&r);
	free(r.only);
	return st;
}
