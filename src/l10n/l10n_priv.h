/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_L10N_PRIV_H
#define COPL_L10N_PRIV_H

#include "l10n/l10n.h"

/* Is it an element of ITS that holds no text: any but its:span? */
bool l10n_is_its(const struct copl_xml *x, uint32_t element);
/* Is it one, or inside one? */
bool l10n_in_its(const struct copl_xml *x, uint32_t element);
/* Fills u->edits: all that does not depend on the language. */
enum copl_status l10n_edits_make(struct copl_units *u) COPL_MUST_CHECK;
/* Sorts edits: by place, what is put in first, then the outer ones. */
void l10n_edits_sort(struct copl_edit *list, size_t n);

/* What becomes of a unit in one language. */
enum l10n_state {
	L10N_SOURCE, /* no catalog: its own text */
	L10N_TRANSLATED,
	L10N_KEPT, /* not translated: the source's text */
	L10N_DROPPED
};
struct l10n_target {
	const struct copl_message *message; /* NULL: none */
	enum l10n_state state;
};
/*
 * storageSize (8.20) and allowedCharacters (8.19) of a translation.  False:
 * an error was found.
 */
bool l10n_limits_check(struct copl_limits *l, const struct copl_unit *unit,
    const char *msgstr, struct copl_inline_check *at);

/* Looking for the messages of one catalog. */
struct l10n_lookup {
	const struct copl_units *u;
	const struct copl_catalog *c;
	const struct copl_apply *how;
	struct copl_reporter *r;
	struct copl_strbuf scratch;
	size_t near; /* in the catalog */
	size_t found;
};
/*
 * The message of a unit and what becomes of it.  Finding po-itstool-form
 * (note); when nothing may be missing also missing-in-po, untranslated, fuzzy.
 */
struct l10n_target l10n_look_up(
    struct l10n_lookup *s, const struct copl_unit *unit);

/* First unit that starts at or behind an offset. */
size_t l10n_first_unit(const struct copl_units *u, uint32_t offset);

#endif
