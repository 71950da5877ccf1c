/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_SCHEDULE_H
#define COPL_SCHEDULE_H

#include "base/base.h"

/*
 * Which endpoint is worked on next, and when.  Pure: the clock is an
 * argument, dice are a seed, and what a job does is not known here, so that a
 * test can walk through an outage of a thousand endpoints in a moment.
 *
 * A job is one endpoint.  Jobs stand in two lanes: those that failed before
 * or keep us waiting have at most a tenth of the places, so that they never
 * hold up the others.  What hangs while it runs moves to that lane, and its
 * place goes to the next one.  In a lane the origins take turns.
 */
struct copl_schedule;

struct copl_schedule_job {
	const char *origin; /* "https://forms.example.org:443" */
	unsigned per_minute; /* requests; 0: no limit */
};

/* A job whose turn it may be from now on. */
struct copl_schedule_admission {
	size_t job;
	bool slow; /* it failed in an earlier run */
};

struct copl_schedule_limits {
	unsigned slots; /* jobs at one time, without those that hang */
	unsigned shared; /* of them with one origin, if it has several */
	unsigned per_minute; /* requests to all together; 0: no limit */
	uint64_t bytes_per_s; /* 0: no limit */
	uint32_t slow_ms; /* no answer for so long: it hangs */
	uint64_t deadline_ms; /* nothing starts then or later */
	uint32_t seed; /* of the order */
};

/*
 * All jobs that there may be; strings are borrowed during the call only.  n
 * is less than 2^31.
 */
enum copl_status copl_schedule_new(const struct copl_schedule_job *jobs,
    size_t n, const struct copl_schedule_limits *limits,
    struct copl_schedule **out) COPL_MUST_CHECK;
void copl_schedule_free(struct copl_schedule *s);
/*
 * Each job once, in any number of calls; the list is shuffled, so that
 * nobody is always the last one because of where the project names them.
 */
void copl_schedule_admit(
    struct copl_schedule *s, struct copl_schedule_admission *list, size_t n);
/* Jobs with the same number have one origin. */
uint32_t copl_schedule_origin(const struct copl_schedule *s, size_t job);
/* Is no other job at the origin of this one? */
bool copl_schedule_alone(const struct copl_schedule *s, size_t job);
/* Jobs that could start but for a place and have not failed before. */
size_t copl_schedule_ready(const struct copl_schedule *s);

enum copl_schedule_what {
	COPL_SCHEDULE_START, /* the job has a place and may ask */
	COPL_SCHEDULE_DROP, /* the job is over for this run, untouched */
	COPL_SCHEDULE_WAIT, /* until at_ms, or until a job has news */
	COPL_SCHEDULE_END /* every job that was admitted is over */
};

enum copl_schedule_why {
	COPL_DROP_DEADLINE, /* the run's time is over */
	COPL_DROP_STOPPED, /* copl_schedule_stop() */
	COPL_DROP_ORIGIN /* its server failed others again and again */
};

struct copl_schedule_step {
	enum copl_schedule_what what;
	size_t job;
	uint64_t at_ms; /* of WAIT; UINT64_MAX: no time of its own */
	enum copl_schedule_why why; /* of DROP */
};

/* Call it until it says WAIT or END. */
struct copl_schedule_step copl_schedule_next(
    struct copl_schedule *s, uint64_t now_ms);

/*
 * When the running job may send its next request of so many bytes.  Later
 * than now: hand the time to copl_schedule_hold(), which reserves the turn.
 */
uint64_t copl_schedule_pace(
    struct copl_schedule *s, size_t job, uint64_t bytes, uint64_t now_ms);
/*
 * The job is started again at that time.  false: it has given its place away
 * meanwhile, and its connection must go.
 */
bool copl_schedule_hold(struct copl_schedule *s, size_t job, uint64_t at_ms,
    uint64_t now_ms) COPL_MUST_CHECK;
/* The job gives its place away and waits for one from that time on. */
void copl_schedule_retry(struct copl_schedule *s, size_t job, uint64_t at_ms);
void copl_schedule_done(struct copl_schedule *s, size_t job);

enum copl_schedule_news {
	COPL_NEWS_ANSWER, /* a complete one, whatever it says */
	COPL_NEWS_BUSY, /* one that says: not now */
	COPL_NEWS_SILENCE /* none */
};

/*
 * What a request of the running job came to.  Of several endpoints at one
 * origin the rest is not tried while it is down.
 *
 * @return how long the origin is left alone from now on, in ms; 0: it is not,
 *         or that was said before
 */
uint64_t copl_schedule_note(struct copl_schedule *s, size_t job,
    enum copl_schedule_news news, uint64_t now_ms);

/* This machine has no more sockets: work on fewer at one time. */
void copl_schedule_lower(struct copl_schedule *s);
/* Nothing starts any more: what has not ended is dropped. */
void copl_schedule_stop(struct copl_schedule *s);
/* How many jobs may have a place at one time, those that hang included. */
unsigned copl_schedule_most(unsigned slots);

#endif
