/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL10N_WORK_H
#define COPL10N_WORK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <copl10n/diag.h>
#include <copl10n/status.h>

#pragma GCC visibility push(default)
#ifdef __cplusplus
extern "C" {
#endif

/**
 * Check a project: project file, forms, interface and every catalog, as
 * strictly as a build would.  Tells event "checked" with fields forms,
 * languages, recipients, messages.
 *
 * @dir  project folder
 *
 * @return COPL_OK (warnings may have been reported), COPL_E_PARSE,
 *         COPL_E_INVALID, COPL_E_IO, COPL_E_LIMIT or COPL_E_NOMEM
 */
enum copl_status copl_check(const char *dir, const struct copl_sink *sink)
    __attribute__((warn_unused_result));

/**
 * Bring templates and catalogs up to date with their masters, by id.
 *
 * Writes po/FORM/FORM.pot and each po/FORM/LANG.po, only where content
 * changes.  Tells event "updated" per file with fields file, added, changed,
 * obsoleted, written.
 *
 * @now  seconds since 1970, for POT-Creation-Date when content changes
 *
 * @return as copl_check(); nothing is written unless every input was good
 */
enum copl_status copl_update(const char *dir, int64_t now,
    const struct copl_sink *sink) __attribute__((warn_unused_result));

/**
 * How far each catalog has come.  Tells event "status" per form and
 * language, in the project's order, with fields form, language, translated,
 * fuzzy, untranslated, obsolete, total.
 *
 * @return as copl_check()
 */
enum copl_status copl_status_report(const char *dir,
    const struct copl_sink *sink) __attribute__((warn_unused_result));

#ifdef __cplusplus
}
#endif
#pragma GCC visibility pop
#endif
