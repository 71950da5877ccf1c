/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_INLINE_PRIV_H
#define COPL_INLINE_PRIV_H

#include "inline/inline.h"

/* Deeper markup inside one sentence is a mistake. */
#define COPL_INLINE_DEPTH 32
#define COPL_INLINE_TAGS 256

/* The parts of a message, one after the other. */
enum token_kind {
	TOKEN_TEXT, /* references included */
	TOKEN_OPEN, /* <tag> */
	TOKEN_CLOSE, /* </tag> */
	TOKEN_WHOLE, /* <tag/> */
	TOKEN_END,
	TOKEN_BAD /* not a fragment; see why */
};
struct token {
	enum token_kind kind;
	const char *s; /* text, or the tag's name */
	size_t len;
	const char *why; /* BAD: a sentence, not translated yet */
	const char *code; /* BAD: finding's code */
};

/* The token at *at, which moves behind it. */
struct token copl_inline_token(const char **at);

/* A tag in a message and the tag that it stands in. */
struct tag {
	const char *name;
	size_t len;
	const struct tag *parent; /* NULL: at the top */
	bool used; /* matched while comparing */
};
struct tags {
	struct tag list[COPL_INLINE_TAGS];
	size_t n;
};
/*
 * All tags of a message, nesting checked.  False: it is no fragment; *bad
 * says why.
 */
bool copl_inline_tags(const char *msg, struct tags *out, struct token *bad);

#endif
