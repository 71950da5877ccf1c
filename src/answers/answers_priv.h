/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_ANSWERS_PRIV_H
#define COPL_ANSWERS_PRIV_H

#include "answers/answers.h"

/* One name of a field that the page of a form can send. */
enum answers_role {
	ANSWERS_VALUE, /* the question itself */
	ANSWERS_OTHER, /* the text beside an option */
	ANSWERS_ROW, /* of a grid */
	ANSWERS_PLACE, /* of an option in a rank */
	ANSWERS_YEAR,
	ANSWERS_MONTH,
	ANSWERS_DAY
};
struct answers_slot {
	const char *name; /* as the page has it: "grid.row" */
	enum answers_role role;
	size_t item; /* index of the question in answer_form.items */
	size_t n; /* of the option or row */
};

/* A question with what stands around it. */
struct answers_item {
	const struct copl_question *q;
	const struct copl_section *section;
	size_t first; /* its slots, one after the other */
	size_t nslots;
};

struct copl_answer_form {
	struct copl_arena *arena;
	struct copl_xml *xml;
	struct copl_form *form;
	const char *recipient;
	int guardian_age;
	bool draft;
	struct answers_item *items; /* notes left out, in the form's order */
	size_t nitems;
	struct answers_slot *slots;
	size_t nslots;
	struct copl_map names; /* slots by name */
	struct copl_map questions; /* items by the id of the question */
};

/* ---- what came, by the field it belongs to ---- */

struct answers_given {
	const char *s; /* borrowed bytes, UTF-8 by now */
	size_t len;
	const struct answers_given *next; /* of choose-many */
};

struct answers_found {
	struct copl_answer_fault fault;
	size_t item;
	size_t n; /* as it was found */
};

/* An answer while it is judged. */
struct answers_judge {
	const struct copl_answer_form *f;
	const struct copl_answer_about *about;
	struct copl_answer *a;
	struct answers_given **given; /* one list for each slot */
	struct answers_given **last; /* the ends of them */
	bool *seen; /* for each item: an instance has named it */
	size_t *kept; /* for each item: 1 + index of its value; 0: none */
	struct answers_found *found;
	size_t nfound;
	size_t room;
	size_t bytes; /* of all that came */
	const struct copl_xml *instance; /* of ODK; NULL: fields */
	bool odk; /* what only the page says is not held against it */
	enum copl_status st; /* the first trouble that is ours */
};

/* ---- take.c ---- */
enum copl_status answers_begin(struct answers_judge *j,
    const struct copl_answer_form *f, const struct copl_answer_about *about,
    struct copl_answer *out) COPL_MUST_CHECK;
/*
 * Gives a value to the slot of that name.  A name that the form has not, a
 * second value and bytes that are no text are faults.
 */
void answers_give(struct answers_judge *j, const char *name, size_t namelen,
    const char *value, size_t len);
/* The same by the index of the slot in the form. */
void answers_give_slot(
    struct answers_judge *j, size_t slot, const char *value, size_t len);
/* Judges what was given and hands it over; frees j. */
enum copl_status answers_end(struct answers_judge *j) COPL_MUST_CHECK;
/*
 * field: in the arena or the form; NULL: the whole question.  item:
 * ANSWERS_NO_ITEM for a field that is not in the form.
 */
#define ANSWERS_NO_ITEM SIZE_MAX
void answers_fault(struct answers_judge *j, size_t item,
    enum copl_answer_fault_kind kind, const char *field);
/* A name or value of the frame that cannot be. */
void answers_refuse(struct answers_judge *j, const char *field);
/* What is claimed beside the answers; NULL: nothing. */
struct answers_claim {
	const char *form;
	const char *version;
	const char *lang;
	const char *recipient;
	const char *draft;
	const char *id;
};
/* Where a field of the frame goes; NULL: the name is of no such field. */
const char **answers_claim_place(
    struct answers_claim *c, const char *name, size_t len);
void answers_claim(struct answers_judge *j, const struct answers_claim *c);
/* A copy that ends in NUL; "" and j->st when memory is out. */
const char *answers_copy(struct answers_judge *j, const char *s, size_t len);

/* May this be the id of an answer? */
bool answers_is_id(const char *s);

/* ---- judge.c ---- */
void answers_judge(struct answers_judge *j);
/* What was given to a slot of the item; NULL: nothing, or an empty value. */
const struct answers_given *answers_given_to(
    const struct answers_judge *j, size_t item, size_t slot);
/* A question without an answer: a fault if there must be one. */
void answers_missing(struct answers_judge *j, size_t item, const char *field);
/* The option's index; SIZE_MAX: there is none of this value. */
size_t answers_option(const struct copl_choices *c, const char *s, size_t len);
void answers_keep(struct answers_judge *j, size_t item, const char *part,
    const char *const *codes, size_t n);
void answers_keep_one(
    struct answers_judge *j, size_t item, const char *part, const char *code);

/* ---- judge_kind.c: each kind of question that is asked ---- */
void answers_judge_choice(struct answers_judge *j, size_t item);
void answers_judge_grid(struct answers_judge *j, size_t item);
void answers_judge_rank(struct answers_judge *j, size_t item);
void answers_judge_consent(struct answers_judge *j, size_t item);

/* ---- judge_value.c ---- */
void answers_judge_rating(struct answers_judge *j, size_t item);
void answers_judge_number(struct answers_judge *j, size_t item);
void answers_judge_text(struct answers_judge *j, size_t item);
void answers_judge_date(struct answers_judge *j, size_t item);
/*
 * Keeps a text of at most max characters (0: any number) or finds a fault;
 * false: there is none.
 */
bool answers_keep_text(struct answers_judge *j, size_t item, size_t slot,
    const char *part, size_t max, const char *field);

/* ---- when.c ---- */
/* Does the condition hold with what was kept so far? */
bool answers_holds(const struct answers_judge *j, const struct copl_when *when);

/* ---- number.c: exact decimal numbers ---- */
/* A number as a multiple of 10^-18. */
typedef __int128 answers_decimal;
enum answers_number {
	ANSWERS_NUMBER_OK,
	ANSWERS_NUMBER_BAD,
	ANSWERS_NUMBER_BIG
};
/* White space around it, an exponent and the digits of Arabic are fine. */
enum answers_number answers_number_parse(
    const char *s, size_t len, answers_decimal *out);
/* "-12.5": no sign, nought or point that says nothing. */
#define ANSWERS_NUMBER_SIZE 48
void answers_number_format(answers_decimal n, char out[ANSWERS_NUMBER_SIZE]);
/* n, at, step: is n at a whole number of steps from at? */
bool answers_number_on_step(
    answers_decimal n, answers_decimal at, answers_decimal step);

/* ---- text.c ---- */
/*
 * The text with LF for every kind of line end, in the arena; NULL and *kind:
 * what is wrong with it, or j->st.  Only blanks: "".
 */
const char *answers_text(struct answers_judge *j, const struct answers_given *g,
    enum copl_answer_fault_kind *kind);
/* As browsers count: UTF-16. */
size_t answers_utf16_count(const char *s);
/*
 * Length of a control character at s, or of what XML cannot hold; 0: it is
 * none.  left > 0; s is UTF-8, as far as it is looked at.
 */
size_t answers_control(const char *s, size_t left);
/* Bytes before the first control character; len: there is none. */
size_t answers_printable(const char *s, size_t len);

#endif
