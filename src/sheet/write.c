/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include "sheet/export_priv.h"

#define NEW_LINE "\r\n"

const char *sheet_field_name(enum sheet_field field)
{
	enum sheet_field have;
	const char *name;
	size_t i;

	for (i = 0; (name = sheet_column_name(i, &have)) != NULL; i++)
		if (have == field)
			return name;
	return "";
}

static bool add_column(
    struct sheet_export *ex, const char *name, size_t *column)
{
	const char **list, *copy;

	if (copl_map_get(&ex->map, name, column))
		return true;
	list = copl_grow(ex->names, ex->nnames, &ex->names_room, sizeof(*list));
	if (list == NULL)
		return false;
	ex->names = list;
	copy = copl_arena_strdup(ex->arena, name);
	if (copy == NULL || !copl_map_put(&ex->map, copy, ex->nnames, NULL))
		return false;
	*column = ex->nnames;
	list[ex->nnames++] = copy;
	return true;
}

void sheet_export_put(
    struct sheet_export *ex, const char *column, const char *value)
{
	struct sheet_export_cell *cell =
	    copl_arena_alloc(ex->arena, sizeof(*cell));

	if (cell == NULL || ex->nrows == 0 || value == NULL ||
	    !add_column(ex, column, &cell->column)) {
		ex->r->nomem = true;
		return;
	}
	cell->value = value;
	cell->next = ex->rows[ex->nrows - 1];
	ex->rows[ex->nrows - 1] = cell;
}

void sheet_export_row(
    struct sheet_export *ex, const char *type, const char *arg)
{
	struct sheet_export_cell **list =
	    copl_grow(ex->rows, ex->nrows, &ex->rows_room, sizeof(*list));

	if (list == NULL) {
		ex->r->nomem = true;
		return;
	}
	ex->rows = list;
	list[ex->nrows++] = NULL;
	if (arg != NULL)
		type = copl_arena_printf(ex->arena, "%s %s", type, arg);
	sheet_export_put(ex, "type", type);
}

/* ---- order of the columns ---- */

struct order {
	size_t *columns; /* as they are written */
	size_t n;
	bool *taken;
};

static void take(struct sheet_export *ex, struct order *o, const char *name)
{
	size_t column;

	if (!copl_map_get(&ex->map, name, &column) || o->taken[column])
		return;
	o->taken[column] = true;
	o->columns[o->n++] = column;
}

/* What is said of texts. */
static void take_text_attrs(struct sheet_export *ex, struct order *o)
{
	static const char *const names[] = {
	    "count", "note", "maxchars", "translate", "lang", "space"};
	char column[100];
	size_t part, i;

	for (part = 0; part < SHEET_PARTS; part++)
		for (i = 0; i < COPL_COUNT(names); i++) {
			snprintf(column, sizeof(column), "%s%s",
			    sheet_part_name((enum sheet_part)part), names[i]);
			take(ex, o, column);
		}
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Attributes of ITS, by their names. */
static bool take_others(struct sheet_export *ex, struct order *o)
{
	const char **list =
	    copl_arena_alloc(ex->arena, ex->nnames * sizeof(*list));
	size_t i;

	if (list == NULL)
		return false;
	memcpy(list, ex->names, ex->nnames * sizeof(*list));
	qsort(list, ex->nnames, sizeof(*list), by_name);
	for (i = 0; i < ex->nnames; i++)
		take(ex, o, list[i]);
	return true;
}

static bool make_order(struct sheet_export *ex, struct order *o)
{
	enum sheet_field field;
	const char *name;
	size_t column, i;

	/* These three are always there. */
	if (!add_column(ex, "name", &column) ||
	    !add_column(ex, "label", &column))
		return false;
	o->columns =
	    copl_arena_alloc(ex->arena, ex->nnames * sizeof(*o->columns));
	o->taken = copl_arena_alloc(ex->arena, ex->nnames * sizeof(*o->taken));
	if (o->columns == NULL || o->taken == NULL)
		return false;
	for (i = 0; (name = sheet_column_name(i, &field)) != NULL; i++)
		take(ex, o, name);
	take_text_attrs(ex, o);
	return take_others(ex, o);
}

static const char *value_of(const struct sheet_export_cell *cell, size_t column)
{
	while (cell != NULL && cell->column != column)
		cell = cell->next;
	return cell == NULL ? NULL : cell->value;
}

void sheet_export_write(
    struct sheet_export *ex, char separator, struct copl_strbuf *out)
{
	struct order o = {NULL, 0, NULL};
	size_t i, k;

	if (ex->r->nomem || !make_order(ex, &o)) {
		ex->r->nomem = true;
		return;
	}
	copl_strbuf_puts(out, "\xef\xbb\xbf");
	for (k = 0; k < o.n; k++) {
		if (k > 0)
			copl_strbuf_add(out, &separator, 1);
		sheet_put_cell(out, ex->names[o.columns[k]], separator);
	}
	copl_strbuf_puts(out, NEW_LINE);
	for (i = 0; i < ex->nrows; i++) {
		for (k = 0; k < o.n; k++) {
			if (k > 0)
				copl_strbuf_add(out, &separator, 1);
			sheet_put_cell(out, value_of(ex->rows[i], o.columns[k]),
			    separator);
		}
		copl_strbuf_puts(out, NEW_LINE);
	}
}

void sheet_export_clear(struct sheet_export *ex)
{
	copl_map_free(&ex->map);
	free(ex->names);
	free(ex->rows);
	copl_arena_free(ex->arena);
}
