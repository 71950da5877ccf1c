/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_WORK_IMPORT_PRIV_H
#define COPL_WORK_IMPORT_PRIV_H

#include "catalog/edit.h"
#include "exchange/exchange.h"

/* What became of a text that came back. */
enum import_outcome {
	IMPORT_SAME, /* nothing new in it */
	IMPORT_TAKEN, /* the project has it now */
	IMPORT_STALE, /* taken as fuzzy: its source has changed since */
	IMPORT_BOTH, /* taken as fuzzy: the project's has changed, too */
	IMPORT_OLDER, /* not taken: the new source is translated already */
	IMPORT_FORMS, /* not taken: other plural forms than the language has */
	IMPORT_UNKNOWN, /* the form has no such text */
	IMPORT_OUTCOMES
};

struct import_text {
	const struct copl_taken *taken;
	const struct copl_message *m; /* of the project; NULL: UNKNOWN */
	enum import_outcome outcome;
};

/* A catalog of the project and what of one return goes into it. */
struct import_merge {
	struct copl_arena *arena;
	const struct copl_catalog *c;
	struct copl_plural plural; /* of c */
	const char **ids; /* as XLIFF calls the messages */
	struct copl_map by_id;
	const struct copl_message_edit **edits; /* one for each message */
	struct import_text *texts;
	size_t ntexts;
	size_t counts[IMPORT_OUTCOMES];
	size_t accepted; /* texts that a reviewer found good */
};

/* false: no memory. */
bool import_merge_begin(struct import_merge *m, const struct copl_catalog *c,
    struct copl_arena *a) COPL_MUST_CHECK;
/* How many of the texts are this catalog's: exact ones count twice. */
size_t import_merge_score(
    const struct import_merge *m, const struct copl_return *one);
/*
 * Decides about each text.  sent is what the translator got, NULL: not known;
 * then what the project has stands for it.
 */
bool import_merge_take(struct import_merge *m, const struct copl_return *one,
    const struct copl_return *sent) COPL_MUST_CHECK;
void import_merge_end(struct import_merge *m);

/* The same words, whatever blanks part them? */
bool import_same_words(const char *a, const char *b);

#endif
