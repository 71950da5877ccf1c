/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_TORTURE_TRIAL_H
#define COPL_TORTURE_TRIAL_H

#include <stdbool.h>
#include "point.h"
#include "tree.h"

#define MANY 64

/* A list of words of an option. */
struct words {
	char *w[MANY];
	size_t n;
};

struct outcome {
	int status; /* as waitpid() gives it */
	bool late; /* it did not end by itself */
	char *out; /* what it printed */
	char *err;
	char *leaks;
	struct tree tree;
};

/* What the command line asked for. */
struct wishes {
	const char *dir, *fail_so, *leak_so, *in, *check, *stop, *client;
	const char *mode; /* fail, kill or time */
	const char *leaks_known; /* list of suppressions */
	const char *label;
	struct words kinds, also, again, other, whole, vary, leftover;
	struct words third; /* lines of the list of third parties */
	unsigned long stride, times, seed;
	char **argv;
};

/* What came of it. */
struct figures {
	unsigned long tried[POINT_KINDS], unreached, third, findings;
	unsigned long status[256], killed;
};

extern const char *const kind_names[POINT_KINDS];
extern struct wishes opt;
extern struct figures seen;
extern struct point_page *page; /* [0] is shared, [1] a copy of one run */
extern struct tree before; /* what the command finds */
extern struct outcome ref; /* what an undisturbed run does */

double now(void);
/* A file beside the folder; the text is good until the next call. */
char *beside(const char *suffix);
char *slurp(const char *path);
/* The status of this script, run in the folder. */
int shell(const char *script);

/*
 * One run.  COPL_FAIL is `wish`, `more` is set as well; with leaks: a library
 * that finds them looks on; killed after so many seconds (< 0: not).
 */
void run_with(const char *wish, const char *more, bool leaks, double kill_after,
    struct outcome *o);
void run(const char *wish, struct outcome *o);
void clear(struct outcome *o);
void back_to_start(void);
/* The run had a leak: is it one that is not on the list?  `o` becomes that. */
void look_closer(const char *wish, struct outcome *o);

/* The first path that `below` fits and that differs; NULL: none. */
const char *differs(
    const struct tree *a, const struct tree *b, const char *below);
/* Every file is the old or the new one, whole: NULL; else what is not. */
const char *half_done(const struct tree *t);
/* What is wrong with how it ended, or NULL. */
const char *judge(const struct outcome *o);
void tell(const char *problem, const char *wish, const char *err_text);
/* After a kill the same command must do all that was left to do. */
void run_again(const char *wish);

#endif
