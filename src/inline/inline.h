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
/* Writes source bytes of a code, which may hold units of their own. */
typedef void copl_source_fn(void *arg, const char *bytes, size_t len);

struct copl_inline_writer {
	struct copl_strbuf *out; /* NULL: compare only */
	char quote; /* inside an attribute: its quote; NUL: in content */
	copl_param_fn *param; /* NULL: placeholders stay */
	void *param_arg;
	copl_source_fn *source; /* NULL: the bytes as they stand */
	void *source_arg;
};

/*
 * Compares a translation with its source and writes it as bytes of the
 * document.  Findings at the place: xml-malformed, tag-missing, tag-extra,
 * tag-unknown, tag-attribute, tag-nesting (warning), placeholder-missing,
 * placeholder-extra, placeholder-malformed.  Returns COPL_E_INVALID when an
 * error was found; then nothing is written.
 */
enum copl_status copl_inline_apply(const struct copl_inline *source,
    const char *msgstr, struct copl_place at, struct copl_reporter *r,
    const struct copl_inline_writer *w) COPL_MUST_CHECK;

/*
 * The same comparison when only the two texts of a catalog are at hand.
 * When the source is not a well-formed fragment (a message of a program,
 * say) tags are not compared.
 */
enum copl_status copl_inline_compare(const char *msgid, const char *msgstr,
    struct copl_place at, struct copl_reporter *r) COPL_MUST_CHECK;

#endif
