/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL10N_PSEUDO_H
#define COPL10N_PSEUDO_H

#include <stdbool.h>
#include <stdint.h>
#include <copl10n/diag.h>
#include <copl10n/its.h>
#include <copl10n/status.h>

#pragma GCC visibility push(default)
#ifdef __cplusplus
extern "C" {
#endif

struct copl_pseudo_options {
	const char *output; /* folder to write to; made when it is not there */
	bool no_accents; /* leave out en-XA */
	bool no_arabic; /* leave out ar-XB */
	int64_t now; /* seconds since 1970, for the dates in the header */
	struct copl_its_options its; /* for a document */
};

/**
 * Write catalogs in two languages that nobody speaks: en_XA.po, each letter
 * with an accent, a third longer and in brackets; ar_XB.po, the same in Arabic
 * letters, right to left.  Who builds a form with them sees before the first
 * translation what is cut off, what stands on the wrong side and what no
 * catalog can reach.
 *
 * Tags, references, placeholders, directives and addresses stay as they are.
 * Of a catalog that is given only sources, notes and flags count.  Tells
 * event "pseudo" per file with fields file, language, messages.
 *
 * @path  template, catalog (names ending in ".pot" or ".po") or XML document;
 *        NULL: the project in the current folder, each of its forms in a
 *        folder of its own, as in po/
 * @sink  receives findings and events; NULL to drop them
 *
 * @return COPL_OK, COPL_E_PARSE, COPL_E_INVALID, COPL_E_IO, COPL_E_LIMIT or
 *         COPL_E_NOMEM; nothing is written unless it is COPL_OK
 */
enum copl_status copl_pseudo(const char *path,
    const struct copl_pseudo_options *options, const struct copl_sink *sink)
    __attribute__((warn_unused_result));

#ifdef __cplusplus
}
#endif
#pragma GCC visibility pop
#endif
