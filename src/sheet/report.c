/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What all files of the module ask of a table. */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "sheet/sheet_priv.h"

/* Errors whose consequences are kept quiet; the others are told all the same.
 */
#define ERRORS_KEPT 1000

void sheet_letters(size_t column, char out[SHEET_LETTERS])
{
	char back[SHEET_LETTERS];
	size_t n = 0, i;

	for (column++; column > 0 && n < SHEET_LETTERS - 1;
	     column = (column - 1) / 26)
		back[n++] = (char)('A' + (column - 1) % 26);
	for (i = 0; i < n; i++)
		out[i] = back[n - 1 - i];
	out[n] = '\0';
}

static void remember(struct sheet *sh, size_t row, size_t column)
{
	struct sheet_error *list;

	if (row == SHEET_NOWHERE || sh->nerrors == ERRORS_KEPT)
		return;
	if (sh->bad != NULL)
		sh->bad[row] = true;
	list =
	    copl_grow(sh->errors, sh->nerrors, &sh->errors_room, sizeof(*list));
	if (list == NULL) {
		sh->r->nomem = true;
		return;
	}
	sh->errors = list;
	list[sh->nerrors++] = (struct sheet_error){row, column};
}

static const char *title_of(const struct sheet *sh, size_t column)
{
	const struct sheet_row *head = sh->rows;

	if (sh->nrows == 0 || column >= head->n || head->cells[column] == NULL)
		return "";
	return head->cells[column];
}

void sheet_report(struct sheet *sh, enum copl_severity sev, const char *code,
    size_t row, size_t column, const char *fmt, ...)
{
	struct copl_place at = {sh->file, 0, 0};
	char text[2000], letters[SHEET_LETTERS];
	const char *title;
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (sev == COPL_ERROR) {
		sh->told++;
		remember(sh, row, column);
	}
	if (row == SHEET_NOWHERE) {
		copl_report(sh->r, sev, code, at, "%s", text);
		return;
	}
	at.line = sh->rows[row].line;
	if (column == SHEET_NOWHERE) {
		copl_report(sh->r, sev, code, at, _("row %zu: %s"),
		    sh->rows[row].number, text);
		return;
	}
	sheet_letters(column, letters);
	title = sheet_shown(sh, title_of(sh, column));
	if (row == 0 || *title == '\0')
		copl_report(sh->r, sev, code, at, _("row %zu, column %s: %s"),
		    sh->rows[row].number, letters, text);
	else
		copl_report(sh->r, sev, code, at,
		    _("row %zu, column %s (%s): %s"), sh->rows[row].number,
		    letters, title, text);
}

void *sheet_alloc(struct sheet *sh, size_t size)
{
	void *p = copl_arena_alloc(sh->arena, size);

	if (p == NULL)
		sh->r->nomem = true;
	return p;
}

char *sheet_copy(struct sheet *sh, const char *s, size_t len)
{
	char *p = copl_arena_strndup(sh->arena, s, len);

	if (p == NULL)
		sh->r->nomem = true;
	return p;
}

const char *sheet_shown(struct sheet *sh, const char *s)
{
	size_t max = 60, len = strlen(s), i;
	char *copy;

	if (len > max)
		len = copl_utf8_valid(s, max);
	copy = copl_arena_printf(
	    sh->arena, "%.*s%s", (int)len, s, s[len] == '\0' ? "" : "…");
	if (copy == NULL) {
		sh->r->nomem = true;
		return "";
	}
	/* A finding is one line. */
	for (i = 0; copy[i] != '\0'; i++)
		if (copl_is_space(copy[i]))
			copy[i] = ' ';
	return copy;
}

static const char *cell_at(const struct sheet *sh, size_t row, size_t column)
{
	const struct sheet_row *r = &sh->rows[row];

	return column < r->n ? r->cells[column] : NULL;
}

const char *sheet_cell(
    const struct sheet *sh, size_t row, enum sheet_field field, size_t *column)
{
	size_t i;

	for (i = 0; i < sh->ncolumns; i++) {
		if (sh->columns[i].field != field)
			continue;
		if (column != NULL)
			*column = i;
		return cell_at(sh, row, i);
	}
	return NULL;
}

const char *sheet_part_cell(const struct sheet *sh, size_t row,
    enum sheet_part part, const char *attr, size_t *column)
{
	enum sheet_field field =
	    attr == NULL ? SHEET_COL_TEXT : SHEET_COL_TEXT_ATTR;
	size_t i;

	for (i = 0; i < sh->ncolumns; i++) {
		const struct sheet_column *c = &sh->columns[i];

		if (c->field != field || c->part != part ||
		    (attr != NULL && strcmp(c->attr, attr) != 0))
			continue;
		if (column != NULL)
			*column = i;
		return cell_at(sh, row, i);
	}
	return NULL;
}

const char *sheet_trimmed(struct sheet *sh, const char *s)
{
	size_t len;
	const char *copy;

	while (copl_is_space(*s))
		s++;
	len = strlen(s);
	while (len > 0 && copl_is_space(s[len - 1]))
		len--;
	if (s[len] == '\0')
		return s;
	copy = sheet_copy(sh, s, len);
	return copy == NULL ? "" : copy;
}

int sheet_yes_no(const char *s)
{
	/* What people type, and TRUE and FALSE as spreadsheets save them. */
	static const char *const words[][2] = {
	    {"yes", "no"},
	    {"true", "false"},
	    {"1", "0"},
	    {"oui", "non"},
	    {"vrai", "faux"},
	    {"sí", "no"},
	    {"si", "no"},
	    {"verdadero", "falso"},
	    {"да", "нет"},
	    {"Да", "Нет"},
	    {"ДА", "НЕТ"},
	    {"истина", "ложь"},
	    {"Истина", "Ложь"},
	    {"ИСТИНА", "ЛОЖЬ"},
	    {"是", "否"},
	    {"نعم", "لا"},
	};
	char low[32];
	size_t len = strlen(s), i;

	if (len >= sizeof(low))
		return -1;
	for (i = 0; i <= len; i++)
		low[i] = copl_is_upper(s[i]) ? (char)(s[i] | 0x20) : s[i];
	for (i = 0; i < COPL_COUNT(words); i++) {
		if (strcmp(low, words[i][0]) == 0)
			return 1;
		if (strcmp(low, words[i][1]) == 0)
			return 0;
	}
	return -1;
}
