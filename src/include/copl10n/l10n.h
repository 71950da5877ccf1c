/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL10N_L10N_H
#define COPL10N_L10N_H

#include <stdbool.h>
#include <stddef.h>
#include <copl10n/catalog.h>
#include <copl10n/diag.h>
#include <copl10n/its.h>
#include <copl10n/status.h>

#pragma GCC visibility push(default)
#ifdef __cplusplus
extern "C" {
#endif

/** How a text of a document and a message of a catalog find each other. */
enum copl_key {
	COPL_KEY_ID, /* msgctxt is the text's ITS id; by text where it has none
		      */
	COPL_KEY_TEXT /* by text alone, as itstool and gettext do */
};

/** What markup inside a sentence looks like in a message. */
enum copl_inline_form {
	COPL_INLINE_SHORT, /* <a>...</a>, attributes hidden, <a1/> <a2/> */
	COPL_INLINE_FULL /* with attributes, as itstool writes it */
};

/** What happens where a translation is missing. */
enum copl_missing {
	COPL_MISSING_FAIL, /* an error for each; nothing is written */
	COPL_MISSING_SOURCE, /* the source's text, with its own xml:lang */
	COPL_MISSING_DROP /* the element or attribute is left out */
};

/** How a document is read and localized. */
struct copl_l10n_options {
	struct copl_its_options its; /* which ITS 2.0 rules apply */
	enum copl_key key;
	enum copl_inline_form inline_form;
	enum copl_missing missing; /* localize only, as those below */
	bool use_fuzzy; /* fuzzy translations count */
	bool strip_its; /* leave out markup of ITS itself */
	unsigned threads; /* 0: two, or one if more are no use */
};

/* ---- files ---- */

/**
 * Write the translatable text of any XML document as a gettext template.
 *
 * @path     document to read, at most 512 MiB
 * @options  NULL for the defaults
 * @created  POT-Creation-Date, e.g. "2027-01-11 08:00+0000"; NULL: none
 * @output   file to write; replaced atomically, left alone when equal
 * @sink     receives findings; NULL to drop them
 *
 * @return COPL_OK, COPL_E_PARSE, COPL_E_INVALID, COPL_E_IO, COPL_E_LIMIT or
 *         COPL_E_NOMEM.  Nothing is written unless COPL_OK.  Any thread.
 */
enum copl_status copl_extract(const char *path,
    const struct copl_l10n_options *options, const char *created,
    const char *output, const struct copl_sink *sink)
    __attribute__((warn_unused_result));

/**
 * Write a document in the languages of the catalogs given.
 *
 * The document is read once.  The language of a catalog is its Language
 * header.  Each output is DIR/NAME.LANG.EXT; with an error in any catalog
 * nothing is written.  Each translation is compared with its source: same
 * inline codes and placeholders, properly nested, no markup that the source
 * lacks, within its ITS storageSize and allowedCharacters.
 *
 * @path      document to read
 * @catalogs  paths of .po files; @n of them, at least one
 * @outdir    folder for the outputs; made if missing
 * @sink      receives findings and, for each output, event "localized" with
 *            fields file, language, written
 *
 * @return as copl_extract().  Any thread; starts threads of its own, which
 *         have ended when it returns and never call @sink.
 */
enum copl_status copl_localize(const char *path,
    const struct copl_l10n_options *options, const char *const *catalogs,
    size_t n, const char *outdir, const struct copl_sink *sink)
    __attribute__((warn_unused_result));

/* ---- a document in memory ---- */

/** A document with its translatable texts.  Immutable. */
struct copl_document;

/**
 * Read a document and find its texts.
 *
 * @bytes, @len  the document; copied
 * @name         what findings call it, and where linked rules are looked for
 * @options      NULL for the defaults; copied
 * @out          the document, yours to free; NULL on failure
 *
 * @return as copl_extract().  Any thread.
 */
enum copl_status copl_document_read(const char *bytes, size_t len,
    const char *name, const struct copl_l10n_options *options,
    const struct copl_sink *sink, struct copl_document **out)
    __attribute__((warn_unused_result));

/** The same from a file. */
enum copl_status copl_document_load(const char *path,
    const struct copl_l10n_options *options, const struct copl_sink *sink,
    struct copl_document **out) __attribute__((warn_unused_result));

/** Free a document; NULL is fine. */
void copl_document_free(struct copl_document *document);

/** A translatable text.  Strings belong to the document. */
struct copl_text {
	const char *id; /* NULL: none */
	const char *text; /* the message, white space collapsed */
	const char *note; /* ITS Localization Note; NULL: none */
	const char *context; /* the text it belongs to; NULL: not said */
	size_t line; /* 1-based */
	size_t column; /* 1-based, in characters */
	bool attribute; /* the value of an attribute */
	bool preserve; /* white space is text */
	unsigned maxchars; /* room in characters; 0: not said */
};

/** How many texts a document has.  Any thread, several at once. */
size_t copl_document_count(const struct copl_document *document);

/**
 * One text, in document order.
 *
 * @index  below copl_document_count()
 * @out    filled; false is returned and nothing filled when out of range
 */
bool copl_document_text(
    const struct copl_document *document, size_t index, struct copl_text *out);

/** Language of the document's root, "en"; NULL when it does not say. */
const char *copl_document_language(const struct copl_document *document);

/** Bytes that the library made; free them with copl_bytes_free(). */
struct copl_bytes {
	char *data; /* @len bytes and a NUL */
	size_t len;
};
void copl_bytes_free(struct copl_bytes *bytes);

/**
 * The template of a document.
 *
 * @created  POT-Creation-Date; NULL: none
 * @out      filled on COPL_OK
 * @return COPL_OK, COPL_E_LIMIT or COPL_E_NOMEM.  Any thread, several at once.
 */
enum copl_status copl_document_template(const struct copl_document *document,
    const char *created, struct copl_bytes *out)
    __attribute__((warn_unused_result));

/**
 * The document in the language of a catalog, with the options it was read
 * with.
 *
 * @po    its Language header names the language
 * @sink  receives findings at the catalog's lines
 * @out   filled on COPL_OK
 *
 * @return COPL_OK; COPL_E_INVALID: a translation is missing or wrong;
 *         COPL_E_LIMIT, COPL_E_NOMEM.  Any thread, several at once on one
 *         document.
 */
enum copl_status copl_document_localize(const struct copl_document *document,
    const struct copl_po *po, const struct copl_sink *sink,
    struct copl_bytes *out) __attribute__((warn_unused_result));

#ifdef __cplusplus
}
#endif
#pragma GCC visibility pop
#endif
