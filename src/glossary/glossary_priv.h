/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_GLOSSARY_PRIV_H
#define COPL_GLOSSARY_PRIV_H

#include "glossary/glossary.h"

#define GLOSSARY_ROWS 100000
#define GLOSSARY_LANGUAGES 64
#define GLOSSARY_FORMS 64 /* variants in one field */
#define GLOSSARY_WORDS 16 /* words of one variant */
#define GLOSSARY_LETTERS 48 /* characters of one word */

/* How a word of a text is told from its neighbours. */
enum word_kind {
	WORD_NONE, /* no word begins here */
	WORD_LATIN,
	WORD_GREEK,
	WORD_CYRILLIC,
	WORD_ARABIC,
	WORD_OTHER, /* letters of any other script, with spaces between words */
	WORD_SIGN /* one character of a script without spaces: Han, Thai */
};

/* A word of a text, and its letters without case. */
struct word {
	size_t start;
	size_t end;
	enum word_kind kind;
	unsigned n; /* letters, of which at most GLOSSARY_LETTERS are here */
	uint32_t letters[GLOSSARY_LETTERS];
};
/* The next word at or behind *at, which is moved behind it; false: none. */
bool glossary_word(const char *text, size_t *at, struct word *w);
/* May words of one term stand on both sides of this? */
bool glossary_is_gap(const char *text, size_t from, size_t to);

/* A word that a variant wants. */
struct wanted {
	const uint32_t *letters;
	unsigned n;
	enum word_kind kind;
	bool head; /* "*word": anything may stand before it */
	bool tail; /* "word*": anything may follow */
	const char *exact; /* "UNICEF": as written or all in capitals; NULL */
};
/* One variant: words in a row. */
struct variant {
	const char *text; /* as the file has it */
	struct wanted *words;
	unsigned nwords;
};
/* What is wrong with a variant. */
enum variant_fault {
	VARIANT_OK,
	VARIANT_EMPTY, /* it has no word */
	VARIANT_LONG, /* over GLOSSARY_WORDS or GLOSSARY_LETTERS */
	VARIANT_STAR, /* a "*" inside a word, or alone */
	VARIANT_NOMEM
};
enum variant_fault glossary_variant(
    struct copl_arena *a, const char *text, struct variant *out);
/*
 * Does the variant stand in the text with its first word at w?  *end is then
 * behind its last word.
 */
bool glossary_variant_at(const struct variant *v, const char *text,
    const struct word *w, size_t *end);

/* A line of the file: one term in one language. */
struct row {
	struct copl_term term; /* first: it is what others see */
	struct variant *accepted; /* as in term */
	struct variant *rejected;
};

/* Variants by the beginning of their first word. */
struct finder {
	struct found {
		const struct variant *variant;
		size_t concept;
		uint32_t key;
		uint32_t next; /* of the same slot; UINT32_MAX: the last */
	} * list;
	size_t n;
	size_t room;
	uint32_t *slots;
	size_t size; /* power of two, or 0 */
	uint32_t anywhere; /* first word "*word": looked at for every word */
	unsigned lengths; /* a bit for each length of key */
};

struct column {
	const char *tag; /* "zh-Hans"; "*": of every language */
	struct row **rows; /* of each concept, its own or what stands in */
	struct finder finder;
};

struct copl_glossary {
	struct copl_arena *arena;
	const char *lang; /* of the terms */
	struct copl_map concepts; /* by term */
	size_t nconcepts;
	struct column *columns; /* "*" first, then the language of the terms */
	size_t ncolumns;
};

#define GLOSSARY_ALL 0 /* the column of every language */
#define GLOSSARY_OWN 1

/* A tag as columns have it: "zh_CN" is "zh-Hans". */
void glossary_tag(const char *lang, char *out, size_t size);
/* Fills what is missing in columns and makes their finders. */
enum copl_status glossary_compile(struct copl_glossary *g) COPL_MUST_CHECK;

#endif
