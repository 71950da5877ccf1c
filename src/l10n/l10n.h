/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_L10N_INTERNAL_H
#define COPL_L10N_INTERNAL_H

#include <copl10n/l10n.h>
#include "catalog/catalog.h"
#include "inline/inline.h"
#include "its/its.h"

/*
 * The one walker.  Extract and apply are two readers of one list of units,
 * so they cannot disagree about what there is to translate.
 */
struct copl_unit {
	const char *id; /* msgctxt; NULL: none */
	struct copl_inline text; /* msgid and its codes */
	const char *note; /* "#." text, lines joined by LF; NULL: none */
	const char *context; /* the text that this one belongs to; NULL */
	unsigned maxchars; /* 0: no limit */
	size_t start; /* bytes of the document that the unit replaces */
	size_t end;
	bool attribute; /* the span is an attribute's value */
	char quote; /* attribute: its quote character */
	struct copl_place at;
};

struct copl_units {
	struct copl_arena *arena;
	const struct copl_xml *xml; /* borrowed */
	const char *lang; /* the root's xml:lang; NULL: not said */
	struct copl_unit *list; /* in document order; nested ones follow */
	size_t n;
	const struct copl_its_param *params; /* placeholders with notes */
	size_t nparams;
	struct copl_its *its; /* owned when copl_units_of() made it */
};

/* Findings: unit-duplicate (one id, two texts), unit-no-id (note). */
enum copl_status copl_units_make(const struct copl_xml *x,
    const struct copl_its *its, struct copl_reporter *r,
    struct copl_units **out) COPL_MUST_CHECK;
void copl_units_free(struct copl_units *u);
/*
 * Built-in rules for the document's namespace, extra rule files, walk: what
 * most callers want.
 */
enum copl_status copl_units_of(const struct copl_xml *x,
    const char *const *rule_files, size_t nrules, struct copl_reporter *r,
    struct copl_units **out) COPL_MUST_CHECK;

/*
 * Units as catalog entries (in the arena given), ref is the file's name as
 * translators see it.  Placeholders get "python-brace-format"; notes,
 * limits and codes become "#." lines.
 */
enum copl_status copl_units_entries(const struct copl_units *u, const char *ref,
    struct copl_arena *a, struct copl_entry **entries, size_t *n)
    COPL_MUST_CHECK;

struct copl_apply {
	const char *lang; /* BCP 47 tag to set on the root */
	const char *dir; /* "rtl"/"ltr" to set on the root; NULL: leave */
	bool use_fuzzy;
	bool keep_missing; /* source text where nothing is translated */
	bool rewrite_all; /* property tests: no identity shortcut */
	copl_param_fn *param; /* NULL: placeholders stay */
	void *param_arg;
};
/*
 * The document in another language: source bytes with the units replaced.
 * catalog NULL: the source's own text (only lang, dir and parameters
 * change).  Findings at the catalog's line and column: po-missing,
 * po-untranslated, po-fuzzy, and those of copl_inline_apply.
 */
enum copl_status copl_units_apply(const struct copl_units *u,
    const struct copl_catalog *c, const struct copl_apply *how,
    struct copl_reporter *r, struct copl_strbuf *out) COPL_MUST_CHECK;

#endif
