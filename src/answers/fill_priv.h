/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_FILL_PRIV_H
#define COPL_FILL_PRIV_H

#include "answers/answers.h"
#include "answers/fill.h"

/* Of one question: more are not written by anybody. */
#define FILL_MESSAGES_MAX 32
#define FILL_NO_QUESTION SIZE_MAX

enum fill_slot_kind {
	FILL_TITLE, /* of the window */
	FILL_TOLD, /* what is said at the top */
	FILL_LINK, /* before an address of another page */
	FILL_TOKEN, /* a hidden field */
	FILL_MARK, /* attributes of what holds a question */
	FILL_DESCRIBE, /* an attribute for what is said of it */
	FILL_DESCRIBED, /* the same, in an attribute that is there */
	FILL_TELL, /* what is said of it */
	FILL_CHECKED, /* attributes of a box */
	FILL_VALUE, /* attributes of a line to write in */
	FILL_INVALID, /* attributes of other controls */
	FILL_TEXT, /* the text of an area */
	FILL_SELECTED, /* attributes of an option */
	FILL_ROW, /* attributes of a row of a grid */
	FILL_NEEDED, /* behind its label */
	FILL_KINDS
};

struct fill_slot {
	enum fill_slot_kind kind;
	size_t at;
	size_t question; /* index; FILL_NO_QUESTION: of none */
	const char *field; /* the name of its control; NULL: of none */
	const char *value; /* of a box or option; NULL */
	bool part; /* of a part of the question */
};

/* Texts are markup of the page, ready to be put in. */
struct fill_message {
	const char *kind; /* as copl_answer_fault_name(); NULL: any other */
	const char *text;
};
struct fill_question {
	const char *id;
	const char *label;
	bool radios; /* one set of radio buttons */
	bool one_each; /* each of its fields has one value */
	bool parts; /* answered by several controls of their own names */
	struct fill_message messages[FILL_MESSAGES_MAX];
	size_t nmessages;
};

enum fill_words {
	FILL_INCOMPLETE_TITLE,
	FILL_INCOMPLETE_TEXT,
	FILL_NOT_STORED_TITLE,
	FILL_NOT_STORED_TEXT,
	FILL_NEEDED_WORDS,
	FILL_WORDS
};

struct copl_slots {
	struct copl_arena *arena;
	size_t length; /* of the page */
	struct fill_slot *slots; /* in the order of the page */
	size_t nslots;
	size_t slots_room;
	struct fill_question *questions; /* the same */
	size_t nquestions;
	size_t questions_room;
	struct copl_map ids; /* of the questions */
	const char *words[FILL_WORDS];
};

#endif
