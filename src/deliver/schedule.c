/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "deliver/schedule_priv.h"

/* So many times the places may hang beside those that work. */
#define HANGING 3
/* A place is not kept for longer while nothing may be asked. */
#define HOLD_MS 2000

unsigned copl_schedule_most(unsigned slots)
{
	/* Who asks for one at a time gets one at a time. */
	return slots <= 1 ? 1 : slots * (1 + HANGING);
}

/* ---- alarms ---- */

static void swap(struct alarm *a, struct alarm *b)
{
	struct alarm t = *a;

	*a = *b;
	*b = t;
}

static void alarm_set(
    struct copl_schedule *s, uint64_t at, uint32_t id, bool origin)
{
	uint32_t i = s->nalarms++;

	s->alarms[i] = (struct alarm){at, id, origin};
	for (; i > 0 && s->alarms[(i - 1) / 2].at > at; i = (i - 1) / 2)
		swap(&s->alarms[i], &s->alarms[(i - 1) / 2]);
}

static struct alarm alarm_take(struct copl_schedule *s)
{
	struct alarm first = s->alarms[0];
	uint32_t i = 0;

	s->alarms[0] = s->alarms[--s->nalarms];
	for (;;) {
		uint32_t least = i, k;

		for (k = 2 * i + 1; k <= 2 * i + 2 && k < s->nalarms; k++)
			if (s->alarms[k].at < s->alarms[least].at)
				least = k;
		if (least == i)
			return first;
		swap(&s->alarms[i], &s->alarms[least]);
		i = least;
	}
}

/* ---- those that run, by their last news ---- */

static void run_append(struct copl_schedule *s, uint32_t id, uint64_t now)
{
	struct job *j = &s->jobs[id];

	j->at = now;
	j->next = NONE;
	j->prev = s->newest;
	if (s->newest == NONE)
		s->oldest = id;
	else
		s->jobs[s->newest].next = id;
	s->newest = id;
}

static void run_remove(struct copl_schedule *s, uint32_t id)
{
	struct job *j = &s->jobs[id];

	if (j->prev == NONE)
		s->oldest = j->next;
	else
		s->jobs[j->prev].next = j->next;
	if (j->next == NONE)
		s->newest = j->prev;
	else
		s->jobs[j->next].prev = j->prev;
}

/* ---- lanes ---- */

/* An origin of one endpoint is that endpoint's own business. */
static uint32_t limit_of(const struct copl_schedule *s, const struct origin *o)
{
	return o->jobs == 1 || o->probing ? 1 : s->limits.shared;
}

static bool may_start(const struct copl_schedule *s, const struct origin *o)
{
	return !o->shut && o->running < limit_of(s, o);
}

/* Puts the origin at the end of each lane in which it has a job to start. */
static void list_origin(struct copl_schedule *s, uint32_t id)
{
	struct origin *o = &s->origins[id];
	int i;

	if (!may_start(s, o))
		return;
	for (i = 0; i < LANES; i++) {
		struct queue *q = &o->queues[i];
		struct lane_state *l = &s->lanes[i];

		if (q->listed || q->head == NONE)
			continue;
		q->listed = true;
		q->next = NONE;
		if (l->tail == NONE)
			l->head = id;
		else
			s->origins[l->tail].queues[i].next = id;
		l->tail = id;
	}
}

/* The next origin of the lane that may start something; NONE. */
static uint32_t next_origin(struct copl_schedule *s, enum lane lane)
{
	struct lane_state *l = &s->lanes[lane];

	while (l->head != NONE) {
		uint32_t id = l->head;
		struct queue *q = &s->origins[id].queues[lane];

		if (q->head != NONE && may_start(s, &s->origins[id]))
			return id;
		/* It comes back when that changes. */
		l->head = q->next;
		if (l->head == NONE)
			l->tail = NONE;
		q->listed = false;
	}
	return NONE;
}

void schedule_make_ready(struct copl_schedule *s, uint32_t id)
{
	struct job *j = &s->jobs[id];
	struct queue *q = &s->origins[j->origin].queues[j->lane];

	j->state = READY;
	j->next = NONE;
	s->lanes[j->lane].ready++;
	if (q->head == NONE)
		q->head = id;
	else
		s->jobs[q->tail].next = id;
	q->tail = id;
	list_origin(s, j->origin);
}

static uint32_t running(const struct copl_schedule *s)
{
	return s->lanes[LANE_FAST].running + s->lanes[LANE_SLOW].running;
}

static bool has_place(const struct copl_schedule *s, enum lane lane)
{
	uint32_t slots = s->limits.slots;
	uint32_t few = slots / 10 > 0 ? slots / 10 : 1;

	if (running(s) == 0)
		return true;
	if (running(s) >= copl_schedule_most(slots))
		return false;
	if (lane == LANE_FAST)
		return s->lanes[LANE_FAST].running <
		       (slots > 1 ? slots - few : 1);
	/* Nobody is held up when nobody else is there. */
	if (s->lanes[LANE_FAST].pending == 0)
		return running(s) < slots;
	return slots > 1 && s->lanes[LANE_SLOW].running < few;
}

static bool start_in(struct copl_schedule *s, enum lane lane, uint64_t now,
    struct copl_schedule_step *out)
{
	uint32_t id = has_place(s, lane) ? next_origin(s, lane) : NONE;
	struct lane_state *l = &s->lanes[lane];
	struct origin *o;
	struct queue *q;

	if (id == NONE)
		return false;
	o = &s->origins[id];
	q = &o->queues[lane];
	*out = (struct copl_schedule_step){
	    .what = COPL_SCHEDULE_START, .job = q->head};
	q->head = s->jobs[out->job].next;
	l->head = q->next;
	if (l->head == NONE)
		l->tail = NONE;
	q->listed = false;
	o->running++;
	l->running++;
	l->pending--;
	l->ready--;
	s->jobs[out->job].state = RUNNING;
	if (o->probing)
		copl_breaker_start(&o->breaker, now);
	run_append(s, (uint32_t)out->job, now);
	list_origin(s, id);
	return true;
}

/* The job has a place no more; it stays in its lane. */
static void leave(struct copl_schedule *s, struct job *j)
{
	if (j->state == RUNNING)
		run_remove(s, (uint32_t)(j - s->jobs));
	s->lanes[j->lane].running--;
	s->origins[j->origin].running--;
}

static void move_aside(struct copl_schedule *s, struct job *j)
{
	s->lanes[LANE_FAST].running--;
	s->lanes[LANE_SLOW].running++;
	j->lane = LANE_SLOW;
}

/* What gives no sign of life leaves its place to others. */
static void set_aside(struct copl_schedule *s, uint64_t now)
{
	uint32_t id;

	for (id = s->oldest; id != NONE; id = s->jobs[id].next) {
		struct job *j = &s->jobs[id];

		if (j->at + s->limits.slow_ms > now)
			return;
		if (j->lane == LANE_FAST)
			move_aside(s, j);
	}
}

/* When the next one that is not set aside yet will be; UINT64_MAX. */
static uint64_t next_aside(const struct copl_schedule *s)
{
	uint32_t id;

	for (id = s->oldest; id != NONE; id = s->jobs[id].next)
		if (s->jobs[id].lane == LANE_FAST)
			return s->jobs[id].at + s->limits.slow_ms;
	return UINT64_MAX;
}

/* ---- steps ---- */

/* Wakes what is due; a job that held its place goes on at once. */
static bool wake(
    struct copl_schedule *s, uint64_t now, struct copl_schedule_step *out)
{
	while (s->nalarms > 0 && s->alarms[0].at <= now) {
		struct alarm a = alarm_take(s);
		struct job *j = a.origin ? NULL : &s->jobs[a.id];

		if (j == NULL) {
			s->origins[a.id].shut = false;
			s->origins[a.id].probing = true;
			list_origin(s, a.id);
		} else if (j->state == WAITING) {
			s->waiting--;
			schedule_make_ready(s, a.id);
		} else if (j->state == HELD) {
			s->waiting--;
			j->state = RUNNING;
			s->lanes[j->lane].pending--;
			run_append(s, a.id, now);
			*out = (struct copl_schedule_step){
			    .what = COPL_SCHEDULE_START, .job = a.id};
			return true;
		}
	}
	return false;
}

/* All that stood in queues was dropped; others may be admitted later. */
static void forget_queues(struct copl_schedule *s)
{
	uint32_t i;
	int k;

	for (k = 0; k < LANES; k++) {
		s->lanes[k].head = s->lanes[k].tail = NONE;
		for (i = 0; i < s->norigins; i++)
			s->origins[i].queues[k] =
			    (struct queue){NONE, NONE, NONE, false};
	}
}

/* One after the other, what does not run; then waits for what does. */
static struct copl_schedule_step drop(struct copl_schedule *s)
{
	struct copl_schedule_step step = {
	    .what = COPL_SCHEDULE_WAIT, .at_ms = UINT64_MAX, .why = s->why};

	for (; s->swept < s->njobs; s->swept++) {
		struct job *j = &s->jobs[s->swept];

		if (j->state == OVER || j->state == RUNNING ||
		    j->state == OUTSIDE)
			continue;
		step.what = COPL_SCHEDULE_DROP;
		step.job = s->swept;
		if (j->state == READY)
			s->lanes[j->lane].ready--;
		else
			s->waiting--;
		if (j->state == HELD)
			leave(s, j);
		s->lanes[j->lane].pending--;
		j->state = OVER;
		s->left--;
		return step;
	}
	/* What runs now may come to wait. */
	s->swept = 0;
	if (s->left > 0)
		return step;
	if (s->why == COPL_DROP_ORIGIN) {
		forget_queues(s);
		s->ending = false;
	}
	step.what = COPL_SCHEDULE_END;
	return step;
}

static uint64_t earliest(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

static struct copl_schedule_step wait_for_news(const struct copl_schedule *s)
{
	struct copl_schedule_step step = {
	    .what = COPL_SCHEDULE_WAIT, .at_ms = UINT64_MAX};

	if (s->left > running(s))
		step.at_ms = earliest(next_aside(s), s->limits.deadline_ms);
	if (s->nalarms > 0)
		step.at_ms = earliest(step.at_ms, s->alarms[0].at);
	return step;
}

struct copl_schedule_step copl_schedule_next(
    struct copl_schedule *s, uint64_t now)
{
	struct copl_schedule_step step = {.what = COPL_SCHEDULE_END};

	if (s->left == 0)
		return step;
	if (!s->ending && (s->stopped || now >= s->limits.deadline_ms)) {
		s->ending = true;
		s->why = s->stopped ? COPL_DROP_STOPPED : COPL_DROP_DEADLINE;
	}
	if (s->ending)
		return drop(s);
	if (wake(s, now, &step))
		return step;
	set_aside(s, now);
	if (start_in(s, LANE_FAST, now, &step) ||
	    start_in(s, LANE_SLOW, now, &step))
		return step;
	if (running(s) > 0 || s->waiting > 0)
		return wait_for_news(s);
	/* Nobody sits and waits for servers that are down. */
	s->ending = true;
	s->why = COPL_DROP_ORIGIN;
	return drop(s);
}

/* ---- news ---- */

static uint64_t reserve(uint64_t *free_us, uint64_t cost, uint64_t now)
{
	uint64_t at = *free_us > now ? *free_us : now;

	*free_us = at + cost;
	return at;
}

uint64_t copl_schedule_pace(
    struct copl_schedule *s, size_t job, uint64_t bytes, uint64_t now_ms)
{
	const struct copl_schedule_limits *l = &s->limits;
	struct job *j = &s->jobs[job];
	uint64_t now = now_ms * 1000, cost = 0, at;

	if (j->due) {
		j->due = false;
		return now_ms;
	}
	if (l->per_minute > 0)
		cost = MINUTE_US / l->per_minute;
	if (l->bytes_per_s > 0 && bytes < UINT64_MAX / SECOND_US &&
	    bytes * SECOND_US / l->bytes_per_s > cost)
		cost = bytes * SECOND_US / l->bytes_per_s;
	at = j->gap_us > 0 ? reserve(&j->free_us, j->gap_us, now) : now;
	if (cost > 0)
		at = reserve(&s->free_us, cost, at);
	return at <= now ? now_ms : (at + 999) / 1000;
}

/* Another one may have its place if it waits longer than a moment. */
bool copl_schedule_hold(
    struct copl_schedule *s, size_t job, uint64_t at, uint64_t now)
{
	struct job *j = &s->jobs[job];

	j->due = true;
	if (at > now + HOLD_MS) {
		copl_schedule_retry(s, job, at);
		return false;
	}
	run_remove(s, (uint32_t)job);
	j->state = HELD;
	s->lanes[j->lane].pending++;
	s->waiting++;
	alarm_set(s, at, (uint32_t)job, false);
	return true;
}

void copl_schedule_retry(struct copl_schedule *s, size_t job, uint64_t at)
{
	struct job *j = &s->jobs[job];

	leave(s, j);
	j->state = WAITING;
	s->lanes[j->lane].pending++;
	s->waiting++;
	alarm_set(s, at, (uint32_t)job, false);
	list_origin(s, j->origin);
}

void copl_schedule_done(struct copl_schedule *s, size_t job)
{
	struct job *j = &s->jobs[job];

	leave(s, j);
	j->state = OVER;
	s->left--;
	list_origin(s, j->origin);
}

static void note(
    struct copl_breaker *b, enum copl_schedule_news news, uint64_t now)
{
	if (news == COPL_NEWS_BUSY)
		copl_breaker_note_busy(b, now);
	else
		copl_breaker_note(b, news == COPL_NEWS_ANSWER, now);
}

uint64_t copl_schedule_note(struct copl_schedule *s, size_t job,
    enum copl_schedule_news news, uint64_t now)
{
	struct job *j = &s->jobs[job];
	struct origin *o = &s->origins[j->origin];
	uint64_t until;

	run_remove(s, (uint32_t)job);
	run_append(s, (uint32_t)job, now);
	if (news != COPL_NEWS_ANSWER && j->lane == LANE_FAST)
		move_aside(s, j);
	if (o->jobs == 1)
		return 0;
	note(&o->breaker, news, now);
	/* One that fails may mean all: no more of them until one answers. */
	if (news == COPL_NEWS_SILENCE)
		o->probing = true;
	if (news == COPL_NEWS_ANSWER && o->probing) {
		o->probing = false;
		list_origin(s, j->origin);
	}
	until = copl_breaker_open_until(&o->breaker, now);
	if (o->shut || until <= now)
		return 0;
	o->shut = true;
	alarm_set(s, until, j->origin, true);
	return until - now;
}

void copl_schedule_lower(struct copl_schedule *s)
{
	uint32_t now = running(s);

	if (s->limits.slots > 1)
		s->limits.slots -= (s->limits.slots + 3) / 4;
	if (now > 1 && s->limits.slots >= now)
		s->limits.slots = now - 1;
}

void copl_schedule_stop(struct copl_schedule *s)
{
	s->stopped = true;
}
