/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_LINT_LANGUAGE_H
#define COPL_LINT_LANGUAGE_H

#include "base/base.h"

/* A letter that looks right and is another language's. */
struct lint_twin {
	uint32_t wrong;
	uint32_t right; /* 0: the language has none like it */
};

/* An ASCII mark and the language's own. */
struct lint_mark {
	char ascii;
	const char *own;
};

/*
 * What the checks know about a language; a new one is a row.  Lists of words
 * are parted by blanks.
 */
struct lint_language {
	const char *lang; /* primary subtag */
	/* Words by which a text calls its reader "tu", and "vous". */
	const char *informal;
	const char *formal;
	const char *informal_end; /* "-tu", joined to a verb */
	const char *formal_end;
	const char *elided; /* informal, before an apostrophe: "t" */
	const char *twice; /* words that may stand there twice */
	const char *prefixes; /* written together with the next word */
	const char *of_range; /* words between the numbers of a range */
	const char *quotes; /* what stands in place of "..." */
	const struct lint_mark *marks; /* up to one whose ascii is NUL */
	const struct lint_twin *twins; /* up to one whose wrong is 0 */
	const uint32_t (*letters)[2]; /* spans of its script that are usual */
	size_t nletters;
	bool inverted; /* questions begin with a mark of their own */
	bool spaced; /* a no-break space before ; : ! ? */
	bool unspaced; /* no spaces between words */
	bool unmarked; /* sentences end without a mark */
	bool guided; /* U+200B and U+2060 say where a line may end */
};

/* Never NULL: a language without a row has nothing of its own. */
const struct lint_language *lint_language_of(const char *tag);
/* The language's mark in the place of an ASCII one; NULL: it has none. */
const struct lint_mark *lint_mark_of(const struct lint_language *own, char c);
/* Invisible characters that do nothing in the language; NULL: no more. */
const char *lint_idle_character(const struct lint_language *own, size_t i);

#endif
