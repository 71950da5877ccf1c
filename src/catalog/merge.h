/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_CATALOG_MERGE_H
#define COPL_CATALOG_MERGE_H

#include "catalog/catalog_priv.h"

/* Where the entries of a merge are written. */
struct po_out {
	const struct copl_catalog *c;
	struct copl_strbuf *out;
	struct copl_strbuf tmp; /* new text, its lines ending with LF */
	unsigned nplurals; /* of the catalog's language; 0: not known */
	const char *plural_forms; /* the rule they follow; NULL: not known */
};

/* Appends what is in tmp, with the catalog's line ends, and empties it. */
void po_out_flush(struct po_out *o);
/* The next byte begins a line. */
void po_out_line(struct po_out *o);

/* Has the entry other notes, references or formats than the message? */
bool po_entry_is_stale(
    const struct copl_message *m, const struct copl_entry *e);
/* The same source, with plural forms or without? */
bool po_entry_is_same(const struct copl_message *m, const struct copl_entry *e);
bool po_message_has_text(const struct copl_message *m);

/*
 * The message, live or obsolete, as the entry e of its form: only what
 * differs is new.
 */
void po_put_renewed(
    struct po_out *o, const struct copl_message *m, const struct copl_entry *e);
/* A line for reuse, and why fuzzy: see reuse.c. */
struct po_found;
/* An empty message as the entry e, with what was found for it. */
void po_put_filled(struct po_out *o, const struct copl_message *m,
    const struct copl_entry *e, const struct po_found *f);
/* The message as "#~" lines. */
void po_put_obsolete(struct po_out *o, const struct copl_message *m);

/* ---- reuse: translations of the very same text ---- */

/* Messages that can lend their translation to the texts that are wanted. */
struct po_lenders {
	const struct copl_catalog *c; /* NULL: none */
	uint32_t *first; /* by number of the text; UINT32_MAX: none */
	uint32_t *next; /* by message, of the same msgid; UINT32_MAX: none */
	bool maps; /* its plural forms go by a rule of their own */
	unsigned map[COPL_PLURALS_MAX];
};
struct po_reuse {
	struct copl_map wanted; /* texts that need a translation, numbered */
	struct po_lenders own;
	struct po_lenders earlier;
};
struct po_found {
	const struct copl_message *m;
	const struct po_lenders *from;
	bool own; /* of the catalog itself */
};
/* The best translation of the entry's text; false: there is none. */
bool po_reuse_find(
    const struct po_reuse *r, const struct copl_entry *e, struct po_found *out);
/* The entry's text may be looked for. */
enum copl_status po_reuse_want(struct po_reuse *r, const struct copl_entry *e)
    COPL_MUST_CHECK;
/* Looks through the catalogs, once, when all that is wanted is known. */
enum copl_status po_reuse_prepare(struct po_reuse *r,
    const struct copl_catalog *own, const struct copl_catalog *earlier,
    const struct po_out *o) COPL_MUST_CHECK;
void po_reuse_free(struct po_reuse *r);
/* "# reuse: ..." */
void po_put_reuse(struct copl_strbuf *out, const struct po_found *f);
/* The msgstr lines of the entry. */
void po_put_found(const struct po_out *o, struct copl_strbuf *out,
    const struct copl_entry *e, const struct po_found *f);
/* An entry that is new, with what was found for it. */
void po_put_lent(const struct po_out *o, struct copl_strbuf *out,
    const struct copl_entry *e, const struct po_found *f);

/* The header with its date and project renewed. */
void po_put_header_renewed(struct po_out *o, const struct copl_po_header *h);

#endif
