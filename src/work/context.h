/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_WORK_CONTEXT_H
#define COPL_WORK_CONTEXT_H

#include "work/work.h"

/* Where people find a text in its form. */
struct copl_context {
	const char *group; /* "seen", of "seen/label"; NULL: none */
	const char *title; /* label or title of the group; NULL: it has none */
	/* What the group is, in words of ours, when it has no title. */
	const char *part;
	const char *section; /* title of the section; NULL: in none */
	unsigned maxchars; /* of the text; 0: no limit */
};

/* Contexts of a master, looked up by id. */
struct copl_contexts {
	const struct copl_master *m;
	struct copl_arena *arena;
	struct copl_reporter *r;
	struct copl_map by_id; /* of units */
};
bool copl_contexts_begin(struct copl_contexts *c, const struct copl_master *m,
    struct copl_arena *a, struct copl_reporter *r) COPL_MUST_CHECK;
void copl_contexts_end(struct copl_contexts *c);
/* ctxt NULL: nothing is known.  Strings are the arena's or the master's. */
void copl_context_of(
    struct copl_contexts *c, const char *ctxt, struct copl_context *out);

/* The title of the consultation, for a page in a language of it. */
struct copl_title {
	const char *text;
	const char *lang; /* that it is in: the translation may be missing */
};
struct copl_title copl_title_in(
    const struct copl_workspace *w, size_t language);
/* The same of a form; text is the arena's, NULL: no memory. */
struct copl_title copl_form_title_in(const struct copl_workspace *w,
    const struct copl_master *form, size_t language, struct copl_arena *a);
/* As <TAG lang="" dir=""> when it is not in the language of the page. */
void copl_title_put(struct copl_strbuf *out, const char *tag, const char *class,
    const struct copl_title *title, const char *page_lang);

#endif
