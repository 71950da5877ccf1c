/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_SHEET_H
#define COPL_SHEET_H

#include <copl10n/sheet.h>
#include "base/base.h"

/* A table is small: these are ten times what any form needs. */
#define COPL_SHEET_MAX ((size_t)8 << 20)
#define COPL_SHEET_ROWS_MAX ((size_t)20000)
#define COPL_SHEET_COLUMNS_MAX ((size_t)200)
#define COPL_SHEET_CELL_MAX ((size_t)30000)

struct copl_sheet_counts {
	char form[40]; /* its id */
	size_t questions;
	size_t sections;
	size_t rows; /* of a table that was written */
};

/*
 * The bytes of a table as the XML of a form that keeps every rule.  file is
 * what findings call the table.  *xml is empty unless COPL_OK.
 */
enum copl_status copl_sheet_to_form(const char *bytes, size_t len,
    const char *file, struct copl_reporter *r, struct copl_strbuf *xml,
    struct copl_sheet_counts *counts) COPL_MUST_CHECK;

/* The XML of a form as a table, byte order mark and CRLF included. */
enum copl_status copl_sheet_from_form(const char *bytes, size_t len,
    const char *file, char separator, struct copl_reporter *r,
    struct copl_strbuf *csv, struct copl_sheet_counts *counts) COPL_MUST_CHECK;

#endif
