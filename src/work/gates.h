/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_WORK_GATES_H
#define COPL_WORK_GATES_H

#include "work/work.h"

/*
 * What a project asks for before a release of it is more than a draft, held
 * against the review records.
 */

/* What a text is about.  unit_id NULL: the message has no context. */
enum copl_text_kind copl_text_kind_of(
    const struct copl_master *m, const char *unit_id);

/* Texts of one kind that still keep one language from being published. */
struct copl_release_lack {
	const struct copl_language *language;
	bool approved; /* must be approved; false: reviewed */
	enum copl_text_kind kind;
	size_t missing; /* so many more of them, at least 1 */
	size_t total; /* texts of this kind in all masters */
};

/*
 * By language, in the project's order, then what is asked for, then kind; a
 * gate that another one includes is not told.  A text that its catalog does
 * not have, or has fuzzy or empty, is neither reviewed nor approved.  *list
 * lives in the arena; *n 0: all gates are met.
 */
enum copl_status copl_release_gates_judge(const struct copl_workspace *w,
    struct copl_arena *a, struct copl_release_lack **list, size_t *n)
    COPL_MUST_CHECK;

#endif
