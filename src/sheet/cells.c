/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Does each cell of a row have a meaning, and has the row what it needs? */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "sheet/sheet_priv.h"

/* A column filled down with "no" says nothing wrong of a row. */
static bool says_no(const struct sheet_column *c, const char *cell)
{
	switch ((int)c->field) {
	case SHEET_COL_REQUIRED:
	case SHEET_COL_SENSITIVE:
	case SHEET_COL_SHUFFLE:
	case SHEET_COL_EXCLUSIVE:
	case SHEET_COL_OTHER:
	case SHEET_COL_PER_LANGUAGE:
		return sheet_yes_no(cell) == 0;
	default:
		return false;
	}
}

static void unsupported(
    struct sheet *sh, size_t row, size_t i, struct sheet_column *c)
{
	if (c->advice == NULL)
		return;
	sheet_report(sh, COPL_ERROR, "sheet-column-unsupported", row, i,
	    _("this column of XLSForm means nothing here: %s"), _(c->advice));
	c->advice = NULL; /* once */
}

static void check_attr_of_text(struct sheet *sh, const struct sheet_item *item,
    size_t i, const struct sheet_column *c)
{
	if (c->part == SHEET_ALL || item->kind == SHEET_PARAM ||
	    item->kind == SHEET_LINK ||
	    sheet_part_cell(sh, item->row, c->part, NULL, NULL) != NULL)
		return;
	sheet_report(sh, COPL_ERROR, "sheet-cell-unused", item->row, i,
	    _("this is said of a text that is not there: leave the cell "
	      "empty, or write the text"));
}

static void check_cell(
    struct sheet *sh, const struct sheet_item *item, size_t i)
{
	const char *cell = sh->rows[item->row].cells[i];
	struct sheet_column *c = i < sh->ncolumns ? &sh->columns[i] : NULL;

	if (cell == NULL)
		return;
	if (c == NULL || c->field == SHEET_COL_NONE)
		sheet_report(sh, COPL_ERROR, "sheet-cell-unused", item->row, i,
		    _("the first row has no name for this column: give it "
		      "one, or leave the cell empty"));
	else if (c->field == SHEET_COL_UNSUPPORTED)
		unsupported(sh, item->row, i, c);
	else if (!sheet_column_allowed(item->kind, c)) {
		if (!says_no(c, cell))
			sheet_report(sh, COPL_ERROR, "sheet-cell-unused",
			    item->row, i,
			    _("this means nothing in a row of type \"%s\": "
			      "leave the cell empty"),
			    item->type.word);
	} else if (c->field == SHEET_COL_TEXT_ATTR)
		check_attr_of_text(sh, item, i, c);
}

/* The column of that sort, SHEET_NOWHERE: the table has none. */
static size_t column_of(const struct sheet *sh, const struct sheet_column *c)
{
	size_t i;

	for (i = 0; i < sh->ncolumns; i++)
		if (sh->columns[i].field == c->field &&
		    sh->columns[i].part == c->part)
			return i;
	return SHEET_NOWHERE;
}

static const char *column_title(const struct sheet_column *c)
{
	enum sheet_field field;
	const char *name;
	size_t i;

	if (c->field == SHEET_COL_TEXT && c->part == SHEET_LOW)
		return "low";
	if (c->field == SHEET_COL_TEXT && c->part == SHEET_HIGH)
		return "high";
	for (i = 0; (name = sheet_column_name(i, &field)) != NULL; i++)
		if (field == c->field)
			return name;
	return "label";
}

static void check_needed(struct sheet *sh, const struct sheet_item *item)
{
	struct sheet_column c;
	size_t i;

	for (i = 0; sheet_needed(item->kind, i, &c); i++) {
		size_t column = column_of(sh, &c);
		const struct sheet_row *row = &sh->rows[item->row];

		if (column == SHEET_NOWHERE)
			sheet_report(sh, COPL_ERROR, "sheet-cell-missing",
			    item->row, SHEET_NOWHERE,
			    _("a row of type \"%s\" needs something in a "
			      "column \"%s\", which the table has not"),
			    item->type.word, column_title(&c));
		else if (column >= row->n || row->cells[column] == NULL)
			sheet_report(sh, COPL_ERROR, "sheet-cell-missing",
			    item->row, column,
			    _("a row of type \"%s\" needs something here"),
			    item->type.word);
	}
}

/* What may stand behind the type in its cell. */
static void check_arg(struct sheet *sh, const struct sheet_item *item)
{
	const char *arg = item->type.arg;
	size_t column = 0;

	(void)sheet_cell(sh, item->row, SHEET_COL_TYPE, &column);
	switch ((int)item->kind) {
	case SHEET_ONE:
	case SHEET_MANY:
	case SHEET_GRID:
	case SHEET_CHOICES:
		if (arg == NULL && item->kind == SHEET_GRID)
			sheet_report(sh, COPL_ERROR, "sheet-type-list",
			    item->row, column,
			    _("write the name of a list of answers behind it, "
			      "such as \"grid agree\""));
		else if (arg != NULL && strchr(arg, ' ') != NULL)
			sheet_report(sh, COPL_ERROR, "sheet-type-list",
			    item->row, column,
			    _("only the name of one list can stand behind "
			      "\"%s\"; for an answer of one's own, add an "
			      "option with yes in the column other"),
			    item->type.word);
		break;
	case SHEET_PARAM:
	case SHEET_CONSENT:
		break;
	default:
		if (arg != NULL)
			sheet_report(sh, COPL_ERROR, "sheet-type-list",
			    item->row, column,
			    _("nothing can stand behind \"%s\"; answers of "
			      "its own are rows of type option below it"),
			    item->type.word);
	}
}

/* "choices agree": the name behind the type or in its column. */
static void check_list_name(struct sheet *sh, const struct sheet_item *item)
{
	size_t column = 0;
	const char *name = sheet_cell(sh, item->row, SHEET_COL_NAME, &column);

	if (name == NULL && item->type.arg == NULL)
		sheet_report(sh, COPL_ERROR, "sheet-cell-missing", item->row,
		    column,
		    _("a list needs a name, such as \"choices agree\""));
	else if (name != NULL && item->type.arg != NULL &&
		 strcmp(sheet_trimmed(sh, name), item->type.arg) != 0)
		sheet_report(sh, COPL_ERROR, "sheet-cell-unused", item->row,
		    column,
		    _("the list has another name behind its type: leave this "
		      "cell empty"));
}

void sheet_check_cells(struct sheet *sh, const struct sheet_item *item)
{
	size_t i;

	if (item->broken)
		return;
	for (i = 0; i < sh->rows[item->row].n; i++)
		check_cell(sh, item, i);
	check_needed(sh, item);
	check_arg(sh, item);
	if (item->kind == SHEET_CHOICES)
		check_list_name(sh, item);
}
