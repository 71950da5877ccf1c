/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL10N_CATALOG_H
#define COPL10N_CATALOG_H

#include <stdbool.h>
#include <stddef.h>
#include <copl10n/diag.h>
#include <copl10n/status.h>

#pragma GCC visibility push(default)
#ifdef __cplusplus
extern "C" {
#endif

/**
 * A gettext catalog (PO or POT).  Immutable once read; several threads may
 * look at one.
 */
struct copl_po;

/**
 * Read a catalog.
 *
 * Everything that is wrong in it is reported with line and column: syntax,
 * encoding, duplicate-entry, header-missing, io-*.
 *
 * @path  file to read, at most 512 MiB, UTF-8
 * @sink  receives findings; NULL to drop them
 * @out   the catalog, yours to free; NULL on failure
 *
 * @return COPL_OK, COPL_E_PARSE, COPL_E_IO, COPL_E_LIMIT or COPL_E_NOMEM.
 *         Any thread.
 */
enum copl_status copl_po_load(const char *path, const struct copl_sink *sink,
    struct copl_po **out) __attribute__((warn_unused_result));

/** The same from @len bytes, which are copied; @name is for findings. */
enum copl_status copl_po_read(const char *bytes, size_t len, const char *name,
    const struct copl_sink *sink, struct copl_po **out)
    __attribute__((warn_unused_result));

/** Free a catalog; NULL is fine. */
void copl_po_free(struct copl_po *po);

/** A message.  Strings belong to the catalog, are UTF-8 and unescaped. */
struct copl_po_message {
	const char *context; /* msgctxt; NULL: none */
	const char *id; /* msgid */
	const char *plural; /* msgid_plural; NULL: none */
	const char *text; /* msgstr, or msgstr[0]; "" when not translated */
	bool fuzzy;
	bool obsolete;
	size_t line; /* of the msgid, 1-based */
};

/** Messages in a catalog, obsolete ones included, the header not. */
size_t copl_po_count(const struct copl_po *po);

/** One message in file order; false when @index is out of range. */
bool copl_po_message(
    const struct copl_po *po, size_t index, struct copl_po_message *out);

/**
 * The message for a text; obsolete ones are not found.
 *
 * @context  NULL: the message has none
 * @return whether there is one; @out is filled then
 */
bool copl_po_find(const struct copl_po *po, const char *context, const char *id,
    struct copl_po_message *out);

/** Value of a header field such as "Language"; NULL: there is none. */
const char *copl_po_field(const struct copl_po *po, const char *name);

#ifdef __cplusplus
}
#endif
#pragma GCC visibility pop
#endif
