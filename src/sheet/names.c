/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Names that are there twice.  The rules of a form say so too, but with a
 * line of the form, which nobody sees.
 */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "sheet/sheet_priv.h"

/* The name of a row and where it stands; NULL: none. */
static const char *name_of(
    struct sheet *sh, const struct sheet_item *item, size_t *column)
{
	const char *name = sheet_cell(sh, item->row, SHEET_COL_NAME, column);

	if (item->kind == SHEET_CHOICES && item->type.arg != NULL) {
		(void)sheet_cell(sh, item->row, SHEET_COL_TYPE, column);
		name = item->type.arg;
	}
	return name == NULL ? NULL : sheet_trimmed(sh, name);
}

/* Who comes first in the table keeps the name. */
static void check(
    struct sheet *sh, struct copl_map *seen, const struct sheet_item *item)
{
	size_t column = 0, first;
	const char *name = name_of(sh, item, &column);

	if (name == NULL || *name == '\0')
		return;
	if (!copl_map_put(seen, name, item->row, &first)) {
		sh->r->nomem = true;
		return;
	}
	if (first == item->row)
		return;
	sh->repeated = true;
	sheet_report(sh, COPL_ERROR, "form-duplicate", item->row, column,
	    _("\"%s\" is used already in row %zu: choose another one"),
	    sheet_shown(sh, name), sh->rows[first].number);
}

static void check_list(struct sheet *sh, const struct sheet_item *first)
{
	struct copl_map seen = {NULL, 0, 0};

	for (; first != NULL; first = first->next)
		if (first->kind != SHEET_BULLET &&
		    first->kind != SHEET_PARAGRAPH &&
		    first->kind != SHEET_BULLETS)
			check(sh, &seen, first);
	copl_map_free(&seen);
}

void sheet_check_names(struct sheet *sh)
{
	struct copl_map seen = {NULL, 0, 0};
	const struct sheet_item *item, *child;

	for (item = sh->choices; item != NULL; item = item->next) {
		check(sh, &seen, item);
		check_list(sh, item->first);
	}
	for (item = sh->sections; item != NULL; item = item->next) {
		if (!item->implied)
			check(sh, &seen, item);
		for (child = item->first; child != NULL; child = child->next) {
			if (child->kind != SHEET_INTRO)
				check(sh, &seen, child);
			check_list(sh, child->first);
		}
	}
	copl_map_free(&seen);
	check_list(sh, sh->about[SHEET_PARAM]);
	check_list(sh, sh->about[SHEET_LINK]);
}
