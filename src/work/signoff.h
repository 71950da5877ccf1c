/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_WORK_SIGNOFF_H
#define COPL_WORK_SIGNOFF_H

#include "work/desk.h"

/* May the text be signed as it is? */
bool signoff_is_ready(const struct copl_desk_text *t);
/* "form TAB id TAB source TAB translation": what a signature is about. */
const char *signoff_pair(struct copl_arena *a, const struct copl_desk_text *t)
    COPL_MUST_CHECK;

/* What stands before the value of a row's pair in a sheet. */
#define SIGNOFF_PAIR " data-pair=\""
#define SIGNOFF_DIGEST " data-digest=\""

struct signoff_sheet {
	const struct copl_desk *desk;
	int64_t now;
	const char *lang; /* tag of the language that is spoken */
	const char *digest;
	size_t n; /* texts that are ready */
};
/* The page, in the language that is spoken. */
enum copl_status signoff_put_sheet(
    const struct signoff_sheet *s, struct copl_strbuf *out) COPL_MUST_CHECK;

#endif
