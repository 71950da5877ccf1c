/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL10N_SHEET_H
#define COPL10N_SHEET_H

#include <stdbool.h>
#include <copl10n/diag.h>
#include <copl10n/status.h>

#pragma GCC visibility push(default)
#ifdef __cplusplus
extern "C" {
#endif

struct copl_sheet_options {
	const char *output; /* the file to write */
	char separator; /* of an exported table: ',' ';' or '\t'; 0: ',' */
	bool force; /* replace a file that is there and differs */
};

/**
 * Make a master form of a table: CSV as a spreadsheet saves it, one row per
 * question or option, with the column names of XLSForm.  docs/spreadsheet.md
 * says what the rows and columns are.
 *
 * Findings name the row and the column of the table, those about rules of a
 * form too.  Nothing is written when there is an error.  Tells event
 * "imported" with fields path, form, questions, sections.
 *
 * @csv  the table; UTF-8, or UTF-16 with a byte order mark
 *
 * @return COPL_OK (warnings may have been reported), COPL_E_PARSE,
 *         COPL_E_INVALID, COPL_E_IO, COPL_E_LIMIT or COPL_E_NOMEM
 */
enum copl_status copl_sheet_import(const char *csv,
    const struct copl_sheet_options *options, const struct copl_sink *sink)
    __attribute__((warn_unused_result));

/**
 * Write a form as such a table, so that importing it gives the same form:
 * everything but comments.  A cell that a spreadsheet would take for a
 * formula begins with an apostrophe, which importing takes away.  Tells event
 * "exported" with fields path, form, rows.
 *
 * @return as copl_sheet_import()
 */
enum copl_status copl_sheet_export(const char *form,
    const struct copl_sheet_options *options, const struct copl_sink *sink)
    __attribute__((warn_unused_result));

#ifdef __cplusplus
}
#endif
#pragma GCC visibility pop
#endif
