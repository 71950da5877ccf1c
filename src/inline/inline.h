/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_INLINE_H
#define COPL_INLINE_H

#include "xml/xml.h"

/*
 * One inline code of a message: an element inside a sentence, shown to the
 * translator as a short tag without attributes.  Elements of one name with
 * one set of attributes share a tag; different ones are numbered: a1, a2.
 */
struct copl_code {
	const char *tag; /* "a", "strong", "a2" */
	const char *open; /* source bytes of its start tag, or of the whole */
	size_t open_len;
	const char *close; /* source bytes of its end tag; NULL: whole */
	size_t close_len;
	bool whole; /* hidden content or empty: shown as <tag/> */
	size_t uses; /* how often in the source */
};

struct copl_inline {
	const char *msgid; /* in the arena given */
	struct copl_code *codes;
	size_t ncodes;
	bool preserve; /* white space is text */
};

/* Which children of a unit stand inside its sentence? */
typedef bool copl_within_fn(void *arg, const xmlNode *element);

/*
 * The message of an element's content.  Children that are not within become
 * hidden codes <name/>.  Memory comes from the arena.
 */
enum copl_status copl_inline_make(const struct copl_xml *x,
    const xmlNode *element, bool preserve, copl_within_fn *within, void *arg,
    struct copl_arena *a, struct copl_inline *out) COPL_MUST_CHECK;

/*
 * A parameter's value for "{name}", in plain text; NULL: leave it as it is.
 */
typedef const char *copl_param_fn(void *arg, const char *name, size_t len);

/*
 * Compares a translation with its source and writes it as bytes of the
 * document.  Findings at the place: xml-malformed, tag-missing, tag-extra,
 * tag-unknown, tag-nesting, placeholder-missing, placeholder-extra,
 * placeholder-malformed.  With out NULL it only compares.  Returns
 * COPL_E_INVALID when anything was found.
 */
enum copl_status copl_inline_apply(const struct copl_inline *source,
    const char *msgstr, struct copl_place at, copl_param_fn *param, void *arg,
    struct copl_reporter *r, struct copl_strbuf *out) COPL_MUST_CHECK;

/*
 * The same comparison when only the two texts of a catalog are at hand.
 */
enum copl_status copl_inline_compare(const char *msgid, const char *msgstr,
    struct copl_place at, struct copl_reporter *r) COPL_MUST_CHECK;

#endif
