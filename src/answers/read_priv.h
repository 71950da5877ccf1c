/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_ANSWERS_READ_PRIV_H
#define COPL_ANSWERS_READ_PRIV_H

/* Between read.c and read_fast.c only. */
#include <libxml/parser.h>
#include "answers/answers_priv.h"

#define ANSWERS_VALUES_MAX 20000
#define ANSWERS_NONE SIZE_MAX

/* Where in the text a string begins; ANSWERS_NONE: there is none. */
struct answers_spot {
	size_t question;
	size_t part;
	size_t code;
};

enum answers_head {
	ANSWERS_HEAD_ID,
	ANSWERS_HEAD_FORM,
	ANSWERS_HEAD_VERSION,
	ANSWERS_HEAD_RELEASE,
	ANSWERS_HEAD_LANG,
	ANSWERS_HEAD_RECIPIENT,
	ANSWERS_HEAD_DRAFT,
	ANSWERS_HEAD_HOUR,
	ANSWERS_HEADS
};

struct copl_answer_reader {
	xmlParserCtxt *ctxt;
	xmlSAXHandler sax;
	size_t reads;
	struct copl_strbuf source; /* the file, with its NUL */
	struct copl_strbuf text; /* every string, each with its NUL */
	const char *base; /* what spots count from: one of both */
	struct answers_spot *spots;
	size_t nspots;
	size_t spots_room;
	struct copl_answer_pair *pairs;
	size_t pairs_room;
	const char **codes;
	size_t codes_room;
	size_t head[ANSWERS_HEADS];
	int depth;
	const char *wrong; /* the first thing that is no answer of ours */
	int line;
	bool dtd;
	enum copl_status st; /* memory, limits */
};

/* NULL: no such attribute of <answer>; its name by its number. */
const char *answers_head_name(size_t head);
/* The next spot, empty; NULL: too many, or no memory. */
struct answers_spot *answers_spot_add(struct copl_answer_reader *rd);
/*
 * Reads what copl_answer_write() has written, with the mark of the store or
 * without, where it lies in rd->source.
 * false: it is not to the byte what we would write, and nothing is known
 * about it; the parser must read it, from the bytes as they were.
 */
bool answers_read_fast(struct copl_answer_reader *rd);

#endif
