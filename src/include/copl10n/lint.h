/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL10N_LINT_H
#define COPL10N_LINT_H

#include <stdbool.h>
#include <stddef.h>
#include <copl10n/diag.h>
#include <copl10n/status.h>

#pragma GCC visibility push(default)
#ifdef __cplusplus
extern "C" {
#endif

/** How catalogs are checked on their own, without a project. */
struct copl_lint_options {
	const char *master; /* the form or any XML document, or a PO or POT
			     * file: its texts are what the catalogs must have;
			     * NULL: what they have is what there is */
	const char *glossary; /* terms (TSV); NULL: those that are shipped */
	bool strict; /* warnings count as errors */
	bool show_ignored; /* findings that translators silenced, as notes */
};

/**
 * Check catalogs as strictly as copl_check() does.
 *
 * The language of a catalog is what its file is called after ("fr.po",
 * "form.fr.po"), else what its Language header says; the two must agree.
 * Tells event "linted" per catalog with fields file, language, messages,
 * errors, warnings.
 *
 * @catalogs  paths of .po files; @n of them
 * @options   NULL for the defaults
 * @sink      receives every finding of every file
 *
 * @return COPL_OK (warnings may have been reported, unless strict),
 *         COPL_E_PARSE, COPL_E_INVALID, COPL_E_IO, COPL_E_LIMIT or
 *         COPL_E_NOMEM.  Any thread.
 */
enum copl_status copl_lint_files(const char *const *catalogs, size_t n,
    const struct copl_lint_options *options, const struct copl_sink *sink)
    __attribute__((warn_unused_result));

#ifdef __cplusplus
}
#endif
#pragma GCC visibility pop
#endif
