/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL10N_FIX_H
#define COPL10N_FIX_H

#include <stdbool.h>
#include <stddef.h>
#include <copl10n/diag.h>
#include <copl10n/status.h>

#pragma GCC visibility push(default)
#ifdef __cplusplus
extern "C" {
#endif

/**
 * Put right in catalogs what can be put right without their translators:
 * characters in two pieces (NFC), no-break spaces of French, marks of Arabic
 * and Chinese, blanks at the edges and in a row, invisible characters, "&" and
 * "&nbsp;", BOM and CR LF, and plural forms that another tool counts in
 * another way.
 *
 * Only lines of translations that were put right are written anew; a
 * translation that is fuzzy is left alone, and none becomes fuzzy or done.
 * Doing it twice changes nothing more.  Tells event "fixed" for each message
 * with fields file, line, checks, old, new, written; the event's text shows
 * both with what is invisible drawn.
 *
 * @catalogs  paths of .po files; @n of them; one that cannot be read as a
 *            catalog is left alone: copl_lint_files() says why
 * @dry_run   tell and write nothing
 *
 * @return COPL_OK, COPL_E_IO, COPL_E_LIMIT or COPL_E_NOMEM.  Any thread.
 */
enum copl_status copl_fix_files(const char *const *catalogs, size_t n,
    bool dry_run, const struct copl_sink *sink)
    __attribute__((warn_unused_result));

/**
 * The same for every catalog of a project.
 *
 * @dir  project folder
 * @return as copl_fix_files(); of a project that cannot be read nothing is
 *         put right, and copl_check() says why
 */
enum copl_status copl_fix_project(const char *dir, bool dry_run,
    const struct copl_sink *sink) __attribute__((warn_unused_result));

#ifdef __cplusplus
}
#endif
#pragma GCC visibility pop
#endif
