/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_EXPORT_PRIV_H
#define COPL_EXPORT_PRIV_H

#include <libxml/tree.h>
#include "sheet/sheet_priv.h"

/* ---- write.c: a table that grows columns as they are needed ---- */

struct sheet_export_cell {
	size_t column;
	const char *value; /* borrowed */
	struct sheet_export_cell *next;
};
struct sheet_export {
	struct copl_reporter *r;
	struct copl_arena *arena;
	struct copl_map map; /* column names: index in names */
	const char **names;
	size_t nnames;
	size_t names_room;
	struct sheet_export_cell **rows;
	size_t nrows;
	size_t rows_room;
};

/* A new row; its type is "type" or "type arg". */
void sheet_export_row(
    struct sheet_export *ex, const char *type, const char *arg);
/* A cell of the newest row.  The value must live as long as ex. */
void sheet_export_put(
    struct sheet_export *ex, const char *column, const char *value);
/* The table, its columns in the order in which columns.c names them. */
void sheet_export_write(
    struct sheet_export *ex, char separator, struct copl_strbuf *out);
void sheet_export_clear(struct sheet_export *ex);

/* The name that a table is given for a field. */
const char *sheet_field_name(enum sheet_field field);

/* ---- text.c ---- */

/* The content of an element as the text of a cell: see markup.c. */
void sheet_cell_text(const xmlNode *element, struct copl_strbuf *out);

#endif
