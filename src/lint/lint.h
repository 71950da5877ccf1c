/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_LINT_H
#define COPL_LINT_H

#include "catalog/catalog.h"
#include "glossary/glossary.h"
#include "inline/inline.h"

/*
 * Checks on the translations of one catalog.  A check is one row of the
 * table in lint.c and one function in check_<topic>.c.
 *
 * A translator who knows better says so in a comment of the message:
 *
 *     # cop-ignore: number-changed 8 p.m. is 20:00 here
 *
 * That check then keeps silent about this message; without a reason behind
 * the name of the check it does not.
 */
struct copl_lint_unit { /* what the master says about a message */
	const char *id; /* msgctxt; NULL: the message has none */
	const char *msgid;
	unsigned maxchars; /* 0: no limit */
	const char *group; /* question id: labels in it must differ; NULL */
	bool optional; /* not translated, it is shown in its source */
	bool address; /* the text is an address, not words */
	const char *plural; /* NULL: the text has one form */
};

/*
 * Looks whether a translation keeps the limits of the unit of a number, and
 * reports what it finds.
 */
typedef void copl_lint_limits_fn(
    void *arg, size_t unit, const char *msgstr, struct copl_inline_check *c);

struct copl_lint {
	const char *tag; /* BCP 47 tag that this catalog must be in */
	const char *name; /* "zh_CN": what Language: must say */
	const char *source_lang;
	const struct copl_lint_unit *units; /* NULL: no master at hand */
	size_t nunits;
	bool release; /* missing and fuzzy are errors, not warnings */
	bool alone; /* no project is at hand: the file itself is what counts */
	bool show_ignored; /* tell what translators silenced, as notes */
	/* How texts call their reader, where the language has two ways. */
	enum copl_lint_address {
		COPL_LINT_ADDRESS_ANY, /* one way in all texts */
		COPL_LINT_ADDRESS_INFORMAL,
		COPL_LINT_ADDRESS_FORMAL
	} address;
	copl_lint_limits_fn *limits; /* NULL: no unit has any */
	void *limits_arg;
	const struct copl_glossary *glossary; /* NULL: terms are not checked */
};

/* Reports every finding; COPL_E_INVALID when one was an error. */
enum copl_status copl_lint_catalog(const struct copl_catalog *c,
    const struct copl_lint *how, struct copl_reporter *r) COPL_MUST_CHECK;

/* What form k of a message, which reads str, is a translation of. */
const char *copl_lint_source(struct copl_plural *p,
    const struct copl_message *m, unsigned k, const char *str);

/* Do two names, "fr_CA" and "fr", mean one language, in one script? */
bool copl_lint_same_language(const char *a, const char *b);

/*
 * How long a text is, as a limit counts it: what a reader takes for one
 * character counts once, tags do not count.  SIZE_MAX: out of memory.
 */
size_t copl_lint_length(const char *text) COPL_MUST_CHECK;

#endif
