/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_CATALOG_PRIV_H
#define COPL_CATALOG_PRIV_H

#include "catalog/catalog.h"

#define PO_BOM "\xef\xbb\xbf"
#define PO_EOT '\004'
#define PO_WIDTH 79 /* columns of a line, as in gettext's own tools */

/* Readable bytes behind a text, all NUL, and writable ones behind a pool. */
#define PO_SLACK 32

/*
 * Memory for something large, not cleared, for free(): pages as large as the
 * system has them, because at these sizes it is the pages that cost time.
 */
void *po_room_alloc(size_t size) COPL_MUST_CHECK;
/*
 * A whole file, slack behind it.  Reports io-open, io-read or file-too-large
 * at the file.
 */
enum copl_status po_text_load(const char *path, struct copl_reporter *r,
    struct copl_strbuf *text) COPL_MUST_CHECK;
/* A copy of bytes in memory, slack behind it. */
enum copl_status po_text_copy(const char *bytes, size_t len, const char *file,
    struct copl_reporter *r, struct copl_strbuf *text) COPL_MUST_CHECK;
/* Valid UTF-8 without a NUL?  Does not say where it is not. */
bool po_text_is_clean(const char *s, size_t len);

/* ---- eight bytes at a time ---- */

#define PO_EACH(byte) (UINT64_C(0x0101010101010101) * (uint64_t)(byte))

/*
 * These mark bytes of a word with their high bit.  Above the lowest mark
 * there may be false ones.
 */
static inline uint64_t po_mark_below(uint64_t w, unsigned char limit)
{
	return (w - PO_EACH(limit)) & ~w & PO_EACH(0x80);
}
static inline uint64_t po_mark_byte(uint64_t w, char c)
{
	return po_mark_below(w ^ PO_EACH(c), 1);
}
/* Not printable ASCII, or a quote or backslash. */
static inline uint64_t po_mark_odd(uint64_t w)
{
	return (w & PO_EACH(0x80)) | po_mark_below(w, ' ') |
	       po_mark_byte(w, '"') | po_mark_byte(w, '\\') |
	       po_mark_byte(w, 0x7f);
}

/* ---- lines ---- */

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
 * Texts of the comment lines in from..to, joined, into the message; of them
 * only what makes it fuzzy when texts is set.  Writes them at *pool.
 */
void po_comments_collect(const char *from, const char *to, bool texts,
    char **pool, struct copl_message *m);

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
/*
 * The byte that an escape stands for; p is behind the backslash and is moved
 * on.  -1: there is no such escape and p stays.
 */
int po_escape(const char **p, const char *end);
/*
 * Copies from p to *out up to the first quote, backslash or byte below 0x0b,
 * where p is then; *out is moved on.  May read and write as far behind as
 * the slack goes.
 */
const char *po_copy_plain(const char *p, char **out);

/*
 * Bytes of a catalog's text as they were in the file.  In c->text the quote
 * behind a string that is used where it lies is a NUL, and no other byte is.
 * Not so where texts alone were loaded: decoded texts lie over what was read.
 */
void po_put_raw(struct copl_strbuf *out, const char *s, size_t len);
/* Makes room for len bytes in all, where there is less; what is there stays. */
enum copl_status po_text_room(struct copl_strbuf *b, size_t len)
    COPL_MUST_CHECK;

/* Reads c->text into the catalog; texts as in copl_catalog_load_texts(). */
enum copl_status po_scan(
    struct copl_catalog *c, bool texts, struct copl_reporter *r);

/* Hash of ctxt EOT msgid; ctxt may be NULL. */
uint32_t po_key_hash(const char *ctxt, const char *id);
/*
 * Makes the two tables of a catalog.  again(arg, m, first) is told each
 * message whose key is there already.  False: out of memory.
 */
bool po_index_make(struct copl_catalog *c,
    void (*again)(void *arg, const struct copl_message *m,
	const struct copl_message *first),
    void *arg) COPL_MUST_CHECK;
/* Any message, obsolete or live, by its key; NULL: there is none. */
const struct copl_message *po_index_find(
    const struct copl_catalog *c, const char *ctxt, const char *id);

/* The table for copl_catalog_find_ctxt(), empty; NULL: out of memory. */
struct copl_catalog_contexts *po_contexts_new(struct copl_arena *a);
/* Frees what it holds; itself it belongs to the arena.  NULL is allowed. */
void po_contexts_free(struct copl_catalog_contexts *t);

/* May a line break stand before each character, and how wide is each? */
struct po_cell {
	unsigned char width;
	bool may_break;
	bool breaks; /* a line does break here: not for po_break_cells() */
};
/* One cell for each byte of valid UTF-8; first bytes of characters count. */
void po_break_cells(const char *s, size_t len, struct po_cell *cells);
/*
 * The same for printable ASCII: where the line that begins at from shall end,
 * so that it is not wider than width where that can be helped.
 */
size_t po_break_next(const char *s, size_t len, size_t from, size_t width);

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
/* msgstr[0] to msgstr[n - 1], all with the same text. */
void po_put_forms(struct copl_strbuf *out, const char *msgstr, unsigned n);

#endif
