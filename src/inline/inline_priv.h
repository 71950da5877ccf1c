/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_INLINE_PRIV_H
#define COPL_INLINE_PRIV_H

#include "inline/inline.h"

/* Deeper markup inside one sentence is a mistake; libxml2 stops there too. */
#define COPL_INLINE_DEPTH 256

/* The parts of a message, one after the other. */
enum token_kind {
	TOKEN_TEXT, /* character references included */
	TOKEN_ENTITY, /* &name; */
	TOKEN_OPEN, /* <tag> */
	TOKEN_CLOSE, /* </tag> */
	TOKEN_WHOLE, /* <tag/> */
	TOKEN_END,
	TOKEN_BAD /* not a fragment; see why */
};
struct token {
	enum token_kind kind;
	const char *s; /* text, the entity's name, or the tag's text */
	size_t len;
	const char *why; /* BAD: a sentence, not translated yet */
	const char *code; /* BAD: finding's code */
};

/* The token at *at, which moves behind it. */
struct token inline_token(const char **at);

/* A tag or entity in a message and the tag that it stands in. */
struct tag {
	enum token_kind kind; /* OPEN, WHOLE or ENTITY */
	const char *s;
	size_t len;
	uint32_t parent; /* index + 1; 0: at the top */
	bool used; /* matched while comparing */
};
struct tag_list {
	struct tag *list;
	size_t n;
	size_t room;
	bool nested; /* some tag stands in another */
};
/* Buffers of a comparison. */
struct copl_inline_tags {
	struct tag_list source;
	struct tag_list target;
	struct tag **order; /* of both, for sorting */
	size_t order_room;
};
/*
 * All tags of a message, nesting checked.  COPL_E_INVALID: it is no fragment;
 * *why says what is bad.
 */
enum copl_status inline_tags(
    const char *msg, struct tag_list *out, struct token *why);

/* The first character of UTF-8 that XML does not have; NULL: none. */
const char *inline_odd_character(const char *s, size_t len);

/* Same name and attributes, whatever their order and quotes. */
bool inline_tag_equal(const char *a, size_t alen, const char *b, size_t blen);

/* Beyond this many that differ, pairs are neither looked for nor told. */
#define LEFTOVERS_MAX 256

/* Findings about {placeholders}. */
enum copl_status inline_placeholders(
    struct copl_inline_check *c, const char *msgid, const char *msgstr);

/* ---- making a message: make.c and code.c ---- */

/* Where a tag stands in the text that is being made. */
struct inline_mark {
	size_t at;
	uint32_t code;
	enum token_kind kind;
};

struct copl_inline_maker {
	const struct copl_xml *x;
	struct copl_inline_how how;
	struct copl_arena *a;
	struct copl_strbuf text; /* without tags */
	struct copl_strbuf msgid;
	struct copl_code *codes;
	size_t ncodes;
	size_t codes_room;
	const char **names; /* short form: name of each code */
	size_t names_room;
	struct inline_mark *marks;
	size_t nmarks;
	size_t marks_room;
	struct copl_stray *strays;
	size_t nstrays;
	size_t strays_room;
	size_t nhidden;
	bool preserve;
	struct copl_map by_key; /* of codes, once there are many */
	enum copl_status st;
};

/* The first failure counts. */
void inline_fail(struct copl_inline_maker *m, enum copl_status st);
/*
 * White space collapsed: one blank for each run, none at the ends; "&#13;" is
 * what a carriage return looks like.  to may be s; returns the new length.
 */
size_t inline_collapse(char *to, const char *s, size_t len);
/* Source bytes. */
const char *inline_bytes(const struct copl_inline_maker *m, uint32_t at);
/* Index of the code that this is a use of, by its name and bytes. */
uint32_t inline_use_code(
    struct copl_inline_maker *m, const struct copl_code *c, const char *name);
/* The tag of an element in full form: name and attributes, or a number. */
const char *inline_full_name(
    struct copl_inline_maker *m, const struct copl_code *c, uint32_t element);
/* Gives the codes their tags, once all of them are known. */
void inline_name_codes(struct copl_inline_maker *m);

#endif
