/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_SCHEDULE_PRIV_H
#define COPL_SCHEDULE_PRIV_H

#include "deliver/schedule.h"
#include "net/breaker.h"

#define NONE UINT32_MAX
#define MINUTE_US UINT64_C(60000000)
#define SECOND_US UINT64_C(1000000)

enum lane { LANE_FAST, LANE_SLOW, LANES };

enum state {
	OUTSIDE, /* not admitted yet */
	READY, /* in a queue of its origin */
	WAITING, /* for a time */
	HELD, /* for a time, with a place */
	RUNNING,
	OVER
};

struct job {
	uint32_t origin;
	uint32_t next; /* in its queue, or among those that run */
	uint32_t prev; /* among those that run */
	uint8_t state;
	uint8_t lane;
	bool due; /* its turn to ask is reserved */
	uint64_t at; /* WAITING, HELD: until; RUNNING: since its last news */
	uint64_t gap_us; /* between its requests; 0: none */
	uint64_t free_us; /* when the next one may go */
};

struct queue {
	uint32_t head, tail; /* jobs */
	uint32_t next; /* the origin behind this one in the lane */
	bool listed; /* the origin stands in the lane */
};

struct origin {
	struct queue queues[LANES];
	struct copl_breaker breaker;
	uint32_t jobs; /* in all */
	uint32_t running;
	bool shut; /* the breaker is open */
	bool probing; /* one at a time until an answer comes */
};

struct lane_state {
	uint32_t head, tail; /* origins, each with a job that may start */
	uint32_t running;
	uint32_t pending; /* jobs that are READY, WAITING or HELD */
	uint32_t ready;
};

/* A job that waits, or an origin that is shut. */
struct alarm {
	uint64_t at;
	uint32_t id;
	bool origin;
};

struct copl_schedule {
	struct copl_schedule_limits limits;
	struct job *jobs;
	uint32_t njobs;
	struct origin *origins;
	uint32_t norigins;
	struct lane_state lanes[LANES];
	uint32_t oldest, newest; /* jobs that run, by their last news */
	struct alarm *alarms; /* a heap, the first at the top */
	uint32_t nalarms;
	uint32_t left; /* jobs that were admitted and are not over */
	uint32_t waiting; /* of them WAITING or HELD */
	uint32_t swept; /* jobs before this one are over or run */
	uint64_t free_us; /* when the next request of all may go */
	uint64_t random;
	bool stopped;
	bool ending; /* all that is left is dropped, for why */
	enum copl_schedule_why why;
};

/* Puts the job at the end of its queue. */
void schedule_make_ready(struct copl_schedule *s, uint32_t id);

#endif
