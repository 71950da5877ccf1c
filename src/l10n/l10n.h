/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_L10N_INTERNAL_H
#define COPL_L10N_INTERNAL_H

#include <copl10n/l10n.h>
#include "catalog/catalog.h"
#include "inline/inline.h"
#include "its/its.h"
#include "xml/xml.h"

/*
 * The one walker.  Extract and apply are two readers of one list of units,
 * so they cannot disagree about what there is to translate.
 */
struct copl_unit {
	const char *id; /* msgctxt; NULL: none */
	struct copl_inline text; /* msgid and its codes; of plurals form 0 */
	const struct copl_inline *forms; /* plural forms; NULL: it has none */
	uint32_t nforms;
	const char *plural; /* msgid_plural: the last form; NULL */
	const struct copl_its_value *value; /* note, context, limits */
	uint32_t start; /* bytes of the document that the unit replaces */
	uint32_t end;
	uint32_t element;
	uint32_t attr; /* COPL_XML_NONE: the element's content */
	uint32_t outer; /* unit that this one is nested in; COPL_XML_NONE */
	char quote; /* attribute: its quote character */
};

/* A place of the document that is not copied as it stands. */
enum copl_edit_kind {
	COPL_EDIT_ROOT, /* the root's xml:lang and dir go in here */
	COPL_EDIT_LABEL, /* a kept text's xml:lang goes in here */
	COPL_EDIT_UNIT, /* index: the unit */
	COPL_EDIT_LANG, /* the value of an xml:lang; index: its element */
	COPL_EDIT_DIR, /* the value of the root's dir */
	COPL_EDIT_COUNT, /* the number that chooses a plural form */
	COPL_EDIT_FILTER, /* for some languages only; index: element */
	COPL_EDIT_FILTER_ATTR, /* the same; index: attribute */
	COPL_EDIT_STRIP, /* markup of ITS itself */
	COPL_EDIT_DROP /* not translated, left out */
};
struct copl_edit {
	uint32_t start;
	uint32_t end; /* equal to start: something is put in */
	uint32_t index;
	enum copl_edit_kind kind;
};

struct copl_units {
	struct copl_arena *arena;
	const struct copl_xml *xml; /* borrowed */
	const char *lang; /* the root's language; NULL: not said */
	const char *first_lang; /* the same, or else the first text's */
	struct copl_unit *list; /* in document order; nested ones follow */
	size_t n;
	struct copl_edit *edits; /* sorted, see l10n_edits_sort() */
	size_t nedits;
	const struct copl_its_placeholder *params;
	size_t nparams;
	struct copl_its *its;
	struct copl_its_rules *rules; /* the values refer to them */
	enum copl_key key;
	bool full; /* inline form */
	bool filtered; /* some text is for some languages only */
};

/*
 * Rules, values, units: what most callers want.  options NULL: the defaults.
 * Findings: its-*, unit-duplicate (one id, two texts), unit-no-id (note:
 * texts without id are known by their text).
 */
enum copl_status copl_units_of(const struct copl_xml *x,
    const struct copl_l10n_options *options, struct copl_reporter *r,
    struct copl_units **out) COPL_MUST_CHECK;
/* The same for a file; *x is the caller's, after *out, whatever is returned. */
enum copl_status copl_units_load(const char *path,
    const struct copl_l10n_options *options, struct copl_reporter *r,
    struct copl_xml **x, struct copl_units **out) COPL_MUST_CHECK;
void copl_units_free(struct copl_units *u);
struct copl_place copl_unit_place(
    const struct copl_units *u, const struct copl_unit *unit);
/*
 * The rules that options ask for on this document; the caller frees *out.
 */
enum copl_status copl_rules_of(const struct copl_xml *x,
    const struct copl_its_options *options, struct copl_reporter *r,
    struct copl_its_rules **out) COPL_MUST_CHECK;
/*
 * The note of a unit with those of the elements inside its sentence, one a
 * line, appended to out.
 */
void copl_unit_notes(const struct copl_units *u, const struct copl_unit *unit,
    struct copl_strbuf *out);

/*
 * Units as catalog entries (in the arena given), ref is the file's name as
 * translators see it.  Placeholders get "python-brace-format"; notes,
 * limits and codes become "#." lines.  Texts that one message serves are one
 * entry.
 */
enum copl_status copl_units_entries(const struct copl_units *u, const char *ref,
    struct copl_arena *a, struct copl_entry **entries, size_t *n)
    COPL_MUST_CHECK;
/* All of it as a template. */
enum copl_status copl_units_template(const struct copl_units *u,
    const char *ref, const char *created, struct copl_strbuf *out)
    COPL_MUST_CHECK;

/* The number that a plural text depends on; false: it is not known. */
typedef bool copl_count_fn(void *arg, const char *name, unsigned long *n);

struct copl_apply {
	const char *lang; /* BCP 47 tag to set on the root; NULL: leave */
	char name[64]; /* of the language, for "English (en)"; "": not known */
	const char *dir; /* "rtl"/"ltr" to set on the root; NULL: leave */
	bool draft; /* set draft="yes" on the root */
	const char *recipient; /* whose it is, for the root; NULL: leave */
	int guardian_age; /* goes with it; -1: nobody needs a guardian */
	enum copl_missing missing;
	bool use_fuzzy;
	/*
	 * A translation that is not good counts as missing; the document is
	 * whole although the status says COPL_E_INVALID.  Not with
	 * COPL_MISSING_FAIL.
	 */
	bool keep_broken;
	bool strip_its;
	bool rewrite_all; /* property tests: no identity shortcut */
	copl_param_fn *param; /* NULL: placeholders stay */
	/*
	 * NULL: plural texts keep all their forms, as many as the catalog's
	 * language has.  Otherwise only the one for the number remains, as
	 * the text of its element, and the attribute "count" goes.
	 */
	copl_count_fn *count;
	void *param_arg; /* of both */
};
/*
 * The document in another language: source bytes with the units replaced.
 * catalog NULL: the source's own text (only lang, dir and parameters
 * change).  Findings at the catalog's line and column: missing-in-po,
 * po-other-document, untranslated, fuzzy, po-itstool-form (note),
 * storage-size, allowed-characters, and those of copl_inline_compare().
 *
 * Several threads may apply one list of units at once.
 */
enum copl_status copl_units_apply(const struct copl_units *u,
    const struct copl_catalog *c, const struct copl_apply *how,
    struct copl_reporter *r, struct copl_strbuf *out) COPL_MUST_CHECK;

/* Limits of ITS, checked for one text after the other; NULL: no memory. */
struct copl_limits;
struct copl_limits *copl_limits_new(void) COPL_MUST_CHECK;
void copl_limits_free(struct copl_limits *l);
/* Has any of the units a storageSize or allowedCharacters? */
bool copl_limits_any(const struct copl_units *u);
/* Findings: storage-size, allowed-characters. */
void copl_limits_check(struct copl_limits *l, const struct copl_unit *unit,
    const char *msgstr, struct copl_inline_check *c);

/* An element of XHTML: it has "lang" and "dir". */
bool copl_units_in_xhtml(const struct copl_xml *x, uint32_t element);
/* "dir" is an attribute that the document's root may have. */
bool copl_units_have_dir(const struct copl_units *u);

#endif
