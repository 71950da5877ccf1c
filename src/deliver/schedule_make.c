/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "deliver/schedule_priv.h"

static bool find_origins(struct copl_schedule *s,
    const struct copl_schedule_job *jobs, struct copl_map *map)
{
	uint32_t i;
	size_t id;

	for (i = 0; i < s->njobs; i++) {
		if (!copl_map_put(map, jobs[i].origin, s->norigins, &id))
			return false;
		if (id == s->norigins)
			s->norigins++;
		s->jobs[i] = (struct job){.origin = (uint32_t)id,
		    .gap_us = jobs[i].per_minute == 0
				  ? 0
				  : MINUTE_US / jobs[i].per_minute};
	}
	return true;
}

static bool make_origins(struct copl_schedule *s)
{
	uint32_t i;
	int k;

	s->origins = calloc((size_t)s->norigins + 1, sizeof(*s->origins));
	s->alarms =
	    calloc((size_t)s->norigins + s->njobs + 1, sizeof(*s->alarms));
	if (s->origins == NULL || s->alarms == NULL)
		return false;
	for (i = 0; i < s->norigins; i++)
		for (k = 0; k < LANES; k++)
			s->origins[i].queues[k] =
			    (struct queue){NONE, NONE, NONE, false};
	for (i = 0; i < s->njobs; i++)
		s->origins[s->jobs[i].origin].jobs++;
	return true;
}

enum copl_status copl_schedule_new(const struct copl_schedule_job *jobs,
    size_t n, const struct copl_schedule_limits *limits,
    struct copl_schedule **out)
{
	struct copl_schedule *s = calloc(1, sizeof(*s));
	struct copl_map map = {.slots = NULL};
	bool ok;
	int i;

	*out = NULL;
	if (s == NULL)
		return COPL_E_NOMEM;
	s->limits = *limits;
	if (s->limits.slots == 0)
		s->limits.slots = 1;
	if (s->limits.shared == 0)
		s->limits.shared = 1;
	s->njobs = (uint32_t)n;
	s->random = (uint64_t)s->limits.seed << 1 | 1;
	s->oldest = s->newest = NONE;
	for (i = 0; i < LANES; i++)
		s->lanes[i].head = s->lanes[i].tail = NONE;
	s->jobs = calloc(n + 1, sizeof(*s->jobs));
	ok = s->jobs != NULL && find_origins(s, jobs, &map) && make_origins(s);
	copl_map_free(&map);
	if (!ok) {
		copl_schedule_free(s);
		return COPL_E_NOMEM;
	}
	*out = s;
	return COPL_OK;
}

void copl_schedule_free(struct copl_schedule *s)
{
	if (s == NULL)
		return;
	free(s->alarms);
	free(s->origins);
	free(s->jobs);
	free(s);
}

/* Which of n comes next. */
static uint32_t draw(struct copl_schedule *s, size_t n)
{
	s->random = s->random * UINT64_C(6364136223846793005) +
		    UINT64_C(1442695040888963407);
	return (uint32_t)((s->random >> 33) % n);
}

void copl_schedule_admit(
    struct copl_schedule *s, struct copl_schedule_admission *list, size_t n)
{
	for (; n > 0; n--) {
		uint32_t k = draw(s, n);
		struct copl_schedule_admission a = list[k];
		struct job *j = &s->jobs[a.job];

		list[k] = list[n - 1];
		j->lane = a.slow ? LANE_SLOW : LANE_FAST;
		s->lanes[j->lane].pending++;
		s->left++;
		schedule_make_ready(s, (uint32_t)a.job);
	}
}

size_t copl_schedule_ready(const struct copl_schedule *s)
{
	return s->lanes[LANE_FAST].ready;
}

uint32_t copl_schedule_origin(const struct copl_schedule *s, size_t job)
{
	return s->jobs[job].origin;
}

bool copl_schedule_alone(const struct copl_schedule *s, size_t job)
{
	return s->origins[s->jobs[job].origin].jobs == 1;
}
