/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_WORDDIFF_H
#define COPL_WORDDIFF_H

#include "base/base.h"

/*
 * What was changed from one text to another, word by word.  A word is a run
 * of letters, marks and digits; every Chinese or Japanese character is one of
 * its own; a placeholder "{name}", a tag "<b>" and an XML reference "&amp;" are
 * taken whole; so is any other single character.
 */
enum copl_word_kind { COPL_WORD_SAME, COPL_WORD_REMOVED, COPL_WORD_ADDED };

struct copl_word_span {
	enum copl_word_kind kind;
	const char *s; /* in the old text, or in the new one when added */
	size_t len; /* bytes, never 0 */
};

/* Spans in the order of reading; where words were replaced, the removed ones
 * come first. */
struct copl_word_diff {
	struct copl_word_span *spans; /* in the arena */
	size_t n;
};

/*
 * Both texts are UTF-8 and must outlive the spans.  All SAME and REMOVED spans
 * together are the old text, all SAME and ADDED ones the new.  Takes memory in
 * proportion to the texts, and time that is bounded: in texts that have next
 * to nothing in common a long stretch is shown as replaced, not in detail.
 */
enum copl_status copl_word_diff(struct copl_arena *a, const char *before,
    const char *after, struct copl_word_diff *out) COPL_MUST_CHECK;

/* Bytes of the word that s begins with; 0 at its end. */
size_t copl_word_length(const char *s);
/* Is that word one of letters or digits, and no mark, blank or code? */
bool copl_word_is_text(const char *s);

#endif
