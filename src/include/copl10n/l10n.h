/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL10N_L10N_H
#define COPL10N_L10N_H

#include <stdbool.h>
#include <stddef.h>
#include <copl10n/diag.h>
#include <copl10n/status.h>

#pragma GCC visibility push(default)
#ifdef __cplusplus
extern "C" {
#endif

/** How to read a document: which ITS 2.0 rule files besides the built-in. */
struct copl_l10n_options {
	const char *const *rules; /* paths; borrowed */
	size_t nrules;
	bool use_fuzzy; /* localize: fuzzy translations count */
	bool keep_missing; /* localize: source text where none is there */
};

/**
 * Write the translatable text of any XML document as a gettext template.
 *
 * @path     document to read, at most 16 MiB
 * @options  NULL for the defaults
 * @created  POT-Creation-Date, e.g. "2027-01-11 08:00+0000"; NULL: none
 * @output   file to write; replaced atomically, left alone when equal
 * @sink     receives findings; NULL to drop them
 *
 * @return COPL_OK, COPL_E_PARSE, COPL_E_INVALID, COPL_E_IO, COPL_E_LIMIT or
 *         COPL_E_NOMEM.  Nothing is written unless COPL_OK.
 */
enum copl_status copl_extract(const char *path,
    const struct copl_l10n_options *options, const char *created,
    const char *output, const struct copl_sink *sink)
    __attribute__((warn_unused_result));

/**
 * Write a document in the languages of the catalogs given.
 *
 * The language of a catalog is its Language header.  Each output is
 * DIR/NAME.LANG.EXT; with an error in any catalog nothing is written.
 *
 * @path      document to read
 * @catalogs  paths of .po files; @n of them, at least one
 * @outdir    folder for the outputs; made if missing
 *
 * @return as copl_extract()
 */
enum copl_status copl_localize(const char *path,
    const struct copl_l10n_options *options, const char *const *catalogs,
    size_t n, const char *outdir, const struct copl_sink *sink)
    __attribute__((warn_unused_result));

#ifdef __cplusplus
}
#endif
#pragma GCC visibility pop
#endif
