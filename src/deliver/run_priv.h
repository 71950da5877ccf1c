/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_RUN_PRIV_H
#define COPL_RUN_PRIV_H

#include "deliver/push_priv.h"
#include "net/net.h"

/* Where one job at a time works: a line with what the exchange borrows. */
struct place {
	struct copl_line *line; /* NULL: none is open */
	uint32_t origin; /* where the line leads */
	struct spot *spot; /* NULL: nobody works here */
	bool asking; /* an exchange is on its way */
	uint64_t asked_ms;
	struct copl_ask ask;
	struct copl_asking request;
	struct copl_net_answer answer;
};

struct run {
	struct pushing *p;
	struct copl_engine *engine;
	struct copl_schedule *schedule;
	struct copl_blobs *blobs;
	struct copl_secrets *secrets;
	struct records *records;
	struct place *places;
	size_t nplaces;
	size_t *free; /* places that nobody works at */
	size_t nfree;
	size_t idle; /* places of them that have a line */
	size_t busy; /* places with an exchange on its way */
	unsigned jobs; /* places for those that do not hang */
	bool stopped; /* somebody said so */
	bool proxy_failed; /* that is why it was stopped */
	unsigned proxy_row; /* failures of the proxy, one after the other */
	bool dry; /* nothing is left to be claimed */
	bool takes_over; /* what is claimed now was in other hands before */
	uint64_t renew_ms;
	uint64_t progress_ms;
	uint64_t look_ms; /* when to look for claims of others again */
	uint64_t deadline_ms; /* nothing starts any more; UINT64_MAX: none */
	uint64_t grace_ms; /* all is broken off; UINT64_MAX: not yet known */
	const char **only; /* endpoints that are claimed; NULL: all */
	size_t nonly;
	const char *last_code;
};

/* Nothing starts any more; what is on its way has a little time. */
void run_stop(struct run *r);

/* ---- turn.c: one endpoint's turn ---- */

/* Its job has a place: begins it, or goes on with it. */
enum copl_status turn_start(struct run *r, struct spot *s) COPL_MUST_CHECK;
/* An exchange is over; result is of copl_net_do(). */
enum copl_status turn_hear(struct run *r, struct place *place,
    enum copl_status result) COPL_MUST_CHECK;
/* Its job will not go on in this run. */
enum copl_status turn_drop(
    struct run *r, struct spot *s, enum copl_schedule_why why) COPL_MUST_CHECK;
/* Breaks off whatever is on its way. */
enum copl_status turn_break_off(struct run *r, enum copl_schedule_why why)
    COPL_MUST_CHECK;
/* Closes lines that nobody goes on with. */
void turn_close_idle(struct run *r);
/* Puts down what a turn has in hand, for the end. */
void turn_forget(struct run *r, struct spot *s);
/* The job whose answer is awaited for the longest time; NULL. */
const struct spot *turn_slowest(const struct run *r);

#endif
