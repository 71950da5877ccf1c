/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_L10N_APPLY_PRIV_H
#define COPL_L10N_APPLY_PRIV_H

#include "l10n/l10n_priv.h"

/* One document on its way into one language. */
struct splice {
	const struct copl_units *u;
	const struct copl_catalog *c;
	const struct copl_apply *how;
	struct copl_reporter *r;
	struct copl_strbuf *out;
	const struct copl_edit *edits; /* for this language */
	size_t nedits;
	size_t next; /* edit to look at first: places mostly go forward */
	struct l10n_lookup lookup;
	struct l10n_target *targets; /* by unit; NULL: looked up as they come */
	struct copl_limits *limits;
	struct copl_inline_check check;
	const struct copl_unit *unit; /* being written */
	const struct copl_message *message;
	size_t form; /* of the message: plural form being looked at */
	struct copl_plural plural; /* the catalog's rule */
	/*
	 * Its language counts otherwise for readers of the document: form k
	 * for them is form map[k] of the catalog.  0: the same for both.
	 */
	unsigned nmapped;
	unsigned map[COPL_PLURALS_MAX];
	enum copl_status st; /* first failure that is no finding */
};

/* ---- apply.c ---- */
/* Source bytes from lo to hi with the edits inside, but for the unit self. */
void l10n_put_range(struct splice *s, uint32_t lo, uint32_t hi, uint32_t self);
/* Is form k of the message a good translation of source?  one: see inline.h */
bool l10n_is_good(struct splice *s, const struct copl_unit *unit,
    const struct copl_message *m, size_t k, const char *source, bool one);
/* Does it keep the limits of ITS? */
bool l10n_in_limits(struct splice *s, const struct copl_unit *unit,
    const struct copl_message *m, size_t k);
void l10n_write_text(struct splice *s, const struct copl_inline *source,
    char quote, const char *text);

/* ---- apply_plural.c ---- */
/* What the catalog's header says about its forms. */
void l10n_read_plural(struct splice *s);
/* Are all texts of the message good translations?  Findings are told. */
bool l10n_is_whole(struct splice *s, const struct copl_unit *unit,
    const struct copl_message *m);
/* A unit with plural forms: all of them, or the one for its number. */
void l10n_put_plural(
    struct splice *s, uint32_t index, const struct l10n_target *t);

#endif
