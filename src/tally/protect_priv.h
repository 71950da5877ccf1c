/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_TALLY_PROTECT_PRIV_H
#define COPL_TALLY_PROTECT_PRIV_H

#include "tally/table.h"

/* A list has 300 options at most, and there may be a rule for each. */
#define RULES_MAX 1024

struct tally_work {
	struct tally_tables *t;
	struct copl_arena *a; /* of one question */
	struct hide_space space; /* groups that were asked it */
	struct hide_space melted; /* the same people as one group */
	int64_t all;
	size_t ncodes; /* of the block whose rules are made */
	size_t *group; /* of t, for each group of the space */
	struct hide_rule rules[RULES_MAX];
	size_t nrules;
	bool nomem;
	bool lost; /* a rule could not be said */
};

/* ---- rules.c ---- */

int64_t tally_people_of(const struct tally_work *w, size_t g);
/* Of a code; of all who answered when it is ncodes. */
int64_t tally_count_of(const struct tally_work *w,
    const struct tally_question *q, size_t part, size_t code, size_t g);
/* The same of all groups; NULL stays NULL. */
const int64_t *tally_sum(struct tally_work *w, const int64_t *each);
/* option is ncodes: those who gave no answer. */
void tally_add_many_rule(
    struct tally_work *w, const struct tally_question *q, size_t option);
/* A thing has one place at most. */
void tally_add_rank_rules(
    struct tally_work *w, const struct tally_question *q, size_t part);
/*
 * Nobody answers who was not asked, and nobody is silent who had to answer.
 * none: the code of no answer.
 */
void tally_add_asked_rule(struct tally_work *w, const struct tally_question *q,
    size_t part, size_t none);
/*
 * Those who answered a question that is asked on this one stay as they are.
 * option: of choose-many, whose block has two codes.
 */
void tally_add_children_rules(
    struct tally_work *w, const struct tally_question *q, size_t option);

#endif
