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

#endif
