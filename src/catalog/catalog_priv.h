/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_CATALOG_PRIV_H
#define COPL_CATALOG_PRIV_H

#include "catalog/catalog.h"

#define PO_BOM "\xef\xbb\xbf"
#define PO_EOT '\004'
#define PO_WIDTH 79 /* columns of a line, as in gettext's own tools */

/* One line of a file. */
struct po_line {
	const char *s;
	const char *end; /* behind its last byte, line end not included */
	const char *next; /* first byte of the next line */
	size_t no;
};
/* Steps to the line at l->next; false at the end of the text. */
bool po_line_next(struct po_line *l, const char *end);
/* First byte from p on that is not blank; CR is blank. */
const char *po_skip_blanks(const char *p, const char *end);

/* What a "#" line is. */
enum po_comment {
	PO_TRANSLATOR,
	PO_EXTRACTED,
	PO_REFERENCE,
	PO_FLAGS,
	PO_STICKY, /* "#=", flags of newer gettext */
	PO_PREVIOUS,
	PO_OBSOLETE
};
/* p is at the "#". */
enum po_comment po_comment_kind(const char *p, const char *end);
/*
 * Texts of the comment lines in from..to, joined, into the message.  Writes
 * them at *pool, which has room for twice the bytes read.
 */
void po_comments_collect(
    const char *from, const char *to, char **pool, struct copl_message *m);

/* Why a quoted string could not be read to its end. */
enum po_quote_fault {
	PO_QUOTE_OK,
	PO_QUOTE_OPEN,
	PO_QUOTE_ESCAPE,
	PO_QUOTE_NUL
};
/* What came of reading one quoted string. */
struct po_quoted {
	const char *next; /* behind the closing quote; NULL when open */
	char *out; /* behind the last byte written */
	const char *at; /* where the first fault is */
	enum po_quote_fault fault;
	bool high; /* an escape made a byte above 0x7f */
};
/*
 * Decodes from p, behind the opening quote, to out.  Reads on behind a wrong
 * escape, so that the rest of the entry can be checked.
 */
struct po_quoted po_unquote(const char *p, const char *end, char *out);

/* Reads c->text into the catalog. */
enum copl_status po_scan(struct copl_catalog *c, struct copl_reporter *r);

/* May a line break stand before each character, and how wide is each? */
struct po_cell {
	unsigned char width;
	bool may_break;
};
/* One cell for each byte of valid UTF-8; first bytes of characters count. */
void po_break_cells(const char *s, size_t len, struct po_cell *cells);

/*
 * A keyword and a quoted string, laid out as msgcat lays it out.  prefix
 * stands before each line ("", "#| ", "#~ ").
 */
void po_put_string(struct copl_strbuf *out, const char *prefix,
    const char *keyword, const char *value);
/* Each line of text behind "#" and the mark: "#. note". */
void po_put_comment(
    struct copl_strbuf *out, const char *mark, const char *text);
/* As copl_po_put_entry, without the msgstr. */
void po_put_source(struct copl_strbuf *out, const struct copl_entry *e);

#endif
