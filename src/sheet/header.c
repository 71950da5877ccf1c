/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The first row: what the columns are. */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "sheet/sheet_priv.h"

static bool same_column(
    const struct sheet_column *a, const struct sheet_column *b)
{
	if (a->field != b->field || a->field == SHEET_COL_UNSUPPORTED ||
	    a->field == SHEET_COL_NONE)
		return false;
	return a->part == b->part &&
	       (a->attr == NULL || strcmp(a->attr, b->attr) == 0);
}

static void unknown_column(struct sheet *sh, size_t i, const char *cell)
{
	const char *near = sheet_column_near(cell, sh->arena);

	/* Nothing more is said of its cells. */
	sh->columns[i].field = SHEET_COL_UNSUPPORTED;
	sh->columns[i].advice = NULL;
	if (near != NULL)
		sheet_report(sh, COPL_ERROR, "sheet-column-unknown", 0, i,
		    _("there is no column \"%s\"; did you mean \"%s\"?"),
		    sheet_shown(sh, cell), near);
	else
		sheet_report(sh, COPL_ERROR, "sheet-column-unknown", 0, i,
		    _("there is no column \"%s\": remove it, or see "
		      "cop-l10n-form(1) for the names"),
		    sheet_shown(sh, cell));
}

static void check_repeated(struct sheet *sh, size_t i, const char *cell)
{
	char letters[SHEET_LETTERS];
	size_t k;

	for (k = 0; k < i; k++) {
		if (!same_column(&sh->columns[k], &sh->columns[i]))
			continue;
		sheet_letters(k, letters);
		sheet_report(sh, COPL_ERROR, "sheet-column-repeated", 0, i,
		    _("\"%s\" says the same as column %s: remove one of them"),
		    sheet_shown(sh, cell), letters);
		return;
	}
}

static void read_column(struct sheet *sh, size_t i)
{
	const char *cell = sh->rows[0].cells[i];

	sh->columns[i].field = SHEET_COL_NONE;
	if (cell == NULL)
		return;
	switch (sheet_column_read(cell, sh->arena, &sh->columns[i])) {
	case SHEET_COLUMN_OK:
		check_repeated(sh, i, cell);
		break;
	case SHEET_COLUMN_UNKNOWN:
		unknown_column(sh, i, cell);
		break;
	case SHEET_COLUMN_NOMEM:
		sh->r->nomem = true;
		break;
	}
}

static bool has_column(
    const struct sheet *sh, enum sheet_field field, enum sheet_part part)
{
	size_t i;

	for (i = 0; i < sh->ncolumns; i++)
		if (sh->columns[i].field == field &&
		    sh->columns[i].part == part)
			return true;
	return false;
}

/* "label::English (en)", when that is all there is of "label"; else NULL. */
static const char *translated_column(const struct sheet *sh, const char *name)
{
	size_t len = strlen(name), i;

	for (i = 0; i < sh->ncolumns; i++) {
		const char *cell = sh->rows[0].cells[i];

		if (cell != NULL && strncmp(cell, name, len) == 0 &&
		    strncmp(cell + len, "::", 2) == 0)
			return cell;
	}
	return NULL;
}

static bool check_there(struct sheet *sh, enum sheet_field field,
    enum sheet_part part, const char *name)
{
	const char *translated;

	if (has_column(sh, field, part))
		return true;
	translated = translated_column(sh, name);
	if (translated != NULL)
		sheet_report(sh, COPL_ERROR, "sheet-column-missing", 0,
		    SHEET_NOWHERE,
		    _("there is no column \"%s\": give that name to \"%s\" if "
		      "it holds the language of the form"),
		    name, sheet_shown(sh, translated));
	else
		sheet_report(sh, COPL_ERROR, "sheet-column-missing", 0,
		    SHEET_NOWHERE,
		    _("there is no column \"%s\": the first row names the "
		      "columns, "
		      "at least type, name and label"),
		    name);
	return false;
}

/* Has the first row any of the three names that every table has? */
static bool names_columns(struct sheet *sh)
{
	struct sheet_column c;
	size_t i;

	for (i = 0; i < sh->ncolumns; i++) {
		const char *cell = sh->rows[0].cells[i];

		if (cell == NULL ||
		    sheet_column_read(cell, sh->arena, &c) != SHEET_COLUMN_OK)
			continue;
		if (c.field == SHEET_COL_TYPE || c.field == SHEET_COL_NAME ||
		    (c.field == SHEET_COL_TEXT && c.part == SHEET_LABEL))
			return true;
	}
	return false;
}

bool sheet_read_columns(struct sheet *sh)
{
	bool ok = true;
	size_t i;

	if (sh->nrows == 0) {
		sheet_report(sh, COPL_ERROR, "sheet-empty", SHEET_NOWHERE,
		    SHEET_NOWHERE, _("there is nothing in this table"));
		return false;
	}
	sh->ncolumns = sh->rows[0].n;
	sh->columns = sheet_alloc(sh, sh->ncolumns * sizeof(*sh->columns));
	if (sh->columns == NULL)
		return false;
	if (!names_columns(sh)) {
		sheet_report(sh, COPL_ERROR, "sheet-column-missing", 0,
		    SHEET_NOWHERE,
		    _("the first row must name the columns: type, name, label "
		      "and others"));
		return false;
	}
	for (i = 0; i < sh->ncolumns; i++)
		read_column(sh, i);
	ok &= check_there(sh, SHEET_COL_TYPE, 0, "type");
	ok &= check_there(sh, SHEET_COL_NAME, 0, "name");
	ok &= check_there(sh, SHEET_COL_TEXT, SHEET_LABEL, "label");
	return ok && !sh->r->nomem;
}
