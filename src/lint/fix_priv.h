/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_LINT_FIX_PRIV_H
#define COPL_LINT_FIX_PRIV_H

#include "lint/fix.h"
#include "lint/lint_priv.h"

/* One character of a text as it is read: tags are not seen. */
struct fix_char {
	uint32_t c; /* LINT_OBJECT: a placeholder, an address, a reference */
	const char *s; /* its bytes in the text */
	size_t len;
};

/* One text on its way through the fixes. */
struct fix_text {
	const char *tag;
	const char *id;
	const char *str;
	bool formats; /* of a program, with directives such as "%s" */
	const struct fix_char *chars;
	size_t n;
	struct copl_strbuf *out;
	const char *copied; /* bytes before it are in out */
};

/* Appends the bytes before s that are not yet there. */
void fix_copy_to(struct fix_text *t, const char *s);
/* Puts text in the place of a character, or before or behind it. */
void fix_replace(
    struct fix_text *t, const struct fix_char *c, const char *with);
void fix_insert(struct fix_text *t, const char *at, const char *text);

typedef void fix_fn(struct fix_text *t);
fix_fn fix_markup;
fix_fn fix_zero_width;
fix_fn fix_nfc;
fix_fn fix_double_space;
fix_fn fix_edge_space;
fix_fn fix_french;
fix_fn fix_marks;

#endif
