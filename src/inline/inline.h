/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_INLINE_H
#define COPL_INLINE_H

#include "xml/xml.h"

/*
 * A message is the content of an element as a translator sees it: text with
 * the five predefined references, and tags for what stands inside it.
 *
 *   short   closed tags without attributes, "<a>"; elements of one name with
 *           one set of attributes share a tag, different ones are numbered:
 *           a1, a2.  What is hidden or empty is "<name/>".
 *   full    tags with their attributes, as itstool writes them; what is
 *           hidden is "<_:name-1/>".
 */
struct copl_code {
	const char *tag; /* what stands between "<" and ">" */
	uint32_t open; /* source bytes of its start tag, or of the whole */
	uint32_t open_end;
	uint32_t close; /* source bytes of its end tag */
	uint32_t close_end;
	uint32_t element; /* COPL_XML_NONE: a processing instruction */
	bool whole; /* hidden or empty: shown as <tag/> */
	bool hidden; /* its content is no part of the message */
};
struct copl_stray { /* a comment: stays, but no translator sees it */
	uint32_t start;
	uint32_t end;
};
struct copl_inline {
	const char *msgid; /* in the maker's arena */
	size_t len;
	const struct copl_code *codes;
	size_t ncodes;
	const struct copl_stray *strays;
	size_t nstrays;
	bool preserve; /* white space is text */
	bool plain; /* no tag, reference or brace is in it */
};

/* ---- from a document to a message ---- */

/* Is this child part of its parent's sentence? */
typedef bool copl_within_fn(void *arg, uint32_t element);

/*
 * Has a child texts of its own, which another one with the very same bytes
 * does not stand for?  hidden: its content counts, else its tag alone.
 */
typedef bool copl_apart_fn(void *arg, uint32_t element, bool hidden);

struct copl_inline_how {
	bool full;
	copl_within_fn *within;
	copl_apart_fn *apart; /* NULL: none has */
	void *arg;
};
/* Makes messages, one after the other, with one set of buffers. */
struct copl_inline_maker;
struct copl_inline_maker *copl_inline_maker_new(const struct copl_xml *x,
    const struct copl_inline_how *how, struct copl_arena *a) COPL_MUST_CHECK;
void copl_inline_maker_free(struct copl_inline_maker *m);
/* The message of an element's content; memory comes from the arena. */
enum copl_status copl_inline_make(struct copl_inline_maker *m, uint32_t element,
    bool preserve, struct copl_inline *out) COPL_MUST_CHECK;
/* The message of an attribute's value. */
enum copl_status copl_inline_make_attr(struct copl_inline_maker *m,
    uint32_t attr, bool preserve, struct copl_inline *out) COPL_MUST_CHECK;

/*
 * The form of a message that itstool 2.0 writes: it takes NBSP and the other
 * blanks of Unicode for white space.  NULL: it is the message itself.
 */
const char *copl_inline_itstool_form(
    const char *msgid, struct copl_strbuf *scratch);

/* ---- a translation against its source ---- */

/* Place in the catalog of a byte of the translation. */
typedef struct copl_place copl_place_fn(void *arg, size_t offset);
/* May a tag of the source be absent? (It is dropped in this language.) */
typedef bool copl_optional_fn(void *arg, const char *tag, size_t len);
/* May the attributes of a tag differ like this? */
typedef bool copl_loose_fn(void *arg, const char *source, size_t source_len,
    const char *target, size_t target_len);

struct copl_inline_check {
	struct copl_reporter *r;
	const char *unit; /* what findings call the message; NULL: nothing */
	copl_place_fn *place;
	void *place_arg;
	copl_optional_fn *optional; /* NULL: none */
	copl_loose_fn *loose; /* NULL: no difference is allowed */
	void *arg;
	bool one; /* a plural form for one number: a word may stand for it */
	size_t said; /* findings of this message */
	struct copl_place at; /* of the last one that was looked for */
	struct copl_inline_tags *tags; /* buffers, kept from call to call */
};
void copl_inline_check_clear(struct copl_inline_check *c);
/* An error at a byte of the translation. */
void copl_inline_report(struct copl_inline_check *c, const char *code,
    size_t offset, const char *fmt, ...) COPL_PRINTF(4, 5);

/*
 * Compares a translation with its source.  Findings: xml-malformed,
 * tag-missing, tag-extra, tag-unknown, tag-attribute, tag-nesting (warning),
 * entity-missing, entity-unknown, placeholder-missing, placeholder-extra,
 * placeholder-malformed.  COPL_E_INVALID when an error was found.
 *
 * When the source is not a well-formed fragment (a message of a program, say)
 * tags are not compared.
 */
enum copl_status copl_inline_compare(struct copl_inline_check *c,
    const char *msgid, const char *msgstr) COPL_MUST_CHECK;
/*
 * Has a text nothing that could be compared, or that is written in another way
 * in a document?  Most are such.
 */
bool copl_inline_is_plain(const char *text);

/*
 * A catalog may hold what no XML document can, "\a" or U+FFFE: finding
 * forbidden-character and false.
 */
bool copl_inline_characters(struct copl_inline_check *c, const char *msgstr);

/* ---- and back into the document ---- */

/*
 * A parameter's value for "{name}", in plain text; NULL: leave it as it is.
 */
typedef const char *copl_param_fn(void *arg, const char *name, size_t len);
/* Writes source bytes of a code, which may hold units of their own. */
typedef void copl_source_fn(void *arg, uint32_t from, uint32_t to);
/* Is a code left out in this language? */
typedef bool copl_dropped_fn(void *arg, const struct copl_code *code);

struct copl_inline_writer {
	struct copl_strbuf *out;
	char quote; /* inside an attribute: its quote; NUL: in content */
	copl_param_fn *param; /* NULL: placeholders stay */
	void *param_arg;
	copl_source_fn *source;
	copl_dropped_fn *dropped; /* NULL: none is */
	void *source_arg;
};
/*
 * Writes a translation, which copl_inline_compare() found good, as bytes of
 * the document.
 */
void copl_inline_write(const struct copl_xml *x,
    const struct copl_inline *source, const char *msgstr,
    const struct copl_inline_writer *out);
/* The text of a message without tags, references resolved. */
void copl_inline_plain(const char *msg, struct copl_strbuf *out);

/* The next attribute of a tag's text, from *at on; false: there is none. */
struct copl_tag_attr {
	const char *name;
	size_t name_len;
	const char *value; /* with its references */
	size_t value_len;
};
bool copl_tag_attr_next(
    const char **at, const char *end, struct copl_tag_attr *out);
/* Length of the name that a tag's text begins with. */
size_t copl_tag_name(const char *tag, size_t len);

/* What a piece of a message is. */
enum copl_inline_kind {
	COPL_PIECE_TAG,
	COPL_PIECE_REFERENCE, /* "&amp;" */
	COPL_PIECE_KEPT, /* a placeholder, a directive or an address */
	COPL_PIECE_TEXT /* one character */
};
/* Length of the reference at s that is a character to XML; 0: there is none. */
size_t copl_inline_reference(const char *s);
/*
 * Bytes at s that a web or e-mail address may hold, without the punctuation of
 * the sentence behind it; "&amp;" is one of them, "&gt;" ends it.
 */
size_t copl_inline_address_bytes(const char *s);
/*
 * Length of the piece that begins at s, not at its end.  word: a word may
 * begin here, and so may a web or e-mail address; directives: "%s" and its
 * like are placeholders.
 */
size_t copl_inline_piece(
    const char *s, bool word, bool directives, enum copl_inline_kind *what);

#endif
