/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_TALLY_TABLE_H
#define COPL_TALLY_TABLE_H

#include "tally/tally.h"

/*
 * All tables of a form, with what may be published of them.  Places are
 * those of hide.h: columns by language, by recipient, by release, and last
 * all answers.  Rows of a part are its codes, and last "no answer".
 */
enum tally_axis { TALLY_BY_LANGUAGE, TALLY_BY_RECIPIENT, TALLY_BY_RELEASE };

struct tally_column {
	const char *name; /* a tag, an id, a release's number; "": not known */
	int64_t people;
	bool closed; /* too few, or it would give another one away */
};

enum tally_tier {
	TALLY_FULL, /* all tables */
	TALLY_TOTALS, /* only numbers of all answers */
	TALLY_NOTHING /* no number could be shown safely */
};

struct tally_answered { /* a question */
	const struct tally_question *question;
	enum tally_tier tier;
	int64_t *counts; /* [(part * (ncodes + 1) + code) * places + place] */
	bool *hidden; /* the same */
	int64_t *people; /* [place]: who could have answered */
};

struct tally_tables {
	struct copl_arena *arena;
	struct tally_form *form;
	struct tally_forms *all;
	struct tally_group *groups; /* sorted; those that are counted */
	size_t ngroups;
	struct tally_column *columns; /* [place] */
	size_t at[HIDE_AXES]; /* first place of an axis */
	size_t n[HIDE_AXES]; /* 0: one column, so there is no table */
	size_t places;
	struct tally_answered *questions;
	size_t nquestions; /* counted ones, in the order of the form */
	int64_t left_out; /* of releases with too few answers */
	bool exact;
	/* for hide.h */
	uint32_t *column_of[HIDE_AXES];
	uint32_t *era;
	int64_t *people;
	bool *closed;
};
/* COPL_E_NOMEM, or COPL_OK. */
enum copl_status tally_tables_make(struct tally_forms *fs,
    struct tally_form *form, bool exact, struct tally_tables *out)
    COPL_MUST_CHECK;
void tally_tables_clear(struct tally_tables *t);
/* Rows of a part. */
static inline size_t tally_rows(const struct tally_answered *q)
{
	return q->question->ncodes + 1;
}
static inline size_t tally_cell(const struct tally_tables *t,
    const struct tally_answered *q, size_t part, size_t code, size_t place)
{
	return (part * tally_rows(q) + code) * t->places + place;
}

/* ---- protect.c: which cells of them are hidden ---- */
/* Of all questions; COPL_E_NOMEM, or COPL_OK. */
enum copl_status tally_protect(struct tally_tables *t) COPL_MUST_CHECK;

#endif
