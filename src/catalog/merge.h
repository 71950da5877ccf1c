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
/* The message as "#~" lines. */
void po_put_obsolete(struct po_out *o, const struct copl_message *m);
/* The header with its date and project renewed. */
void po_put_header_renewed(struct po_out *o, const struct copl_po_header *h);

#endif
