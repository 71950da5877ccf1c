/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Strings of a consultation form, composed of phrases in seven languages. */
#ifndef BENCH_PHRASES_H
#define BENCH_PHRASES_H
#include "aid.h"

/* English, the language of the form, comes first. */
enum { LANGS = 7 };
extern const char *const lang_name[LANGS];

enum kind {
	KIND_TITLE,
	KIND_P,
	KIND_TEXT,
	KIND_HINT,
	KIND_CHOICE,
	KIND_PROMPT,
	KIND_ANSWER,
	KINDS
};

struct phrases;

/* Reads phrases.txt; ends the program when the file is not as it should be. */
struct phrases *phrases_load(const char *path);
void phrases_free(struct phrases *phrases);

/* The string that KIND and SEED stand for, in language LANG, into OUT: XML
   text on one line, inline elements in full.  Every language has the same
   phrases in the same order, and the same of them marked. */
void phrases_compose(const struct phrases *phrases, enum kind kind,
    uint64_t seed, size_t lang, struct buf *out);
#endif
