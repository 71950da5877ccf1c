/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Comma-separated values (RFC 4180) as spreadsheets save them: separated by
 * commas, semicolons or tabs, lines ended by LF, CRLF or CR.
 */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "sheet/sheet_priv.h"

struct reader {
	struct sheet *sh;
	const char *s;
	size_t len;
	size_t at;
	size_t line;
	struct copl_strbuf cell;
	const char **cells; /* of the row being read */
	size_t n;
	size_t room;
	bool too_long; /* the cell */
	bool stray; /* the cell has text behind its closing quote */
};

/* Length of the line end at a place, 0: there is none. */
static size_t line_end(const struct reader *rd, size_t at)
{
	if (at >= rd->len)
		return 0;
	if (rd->s[at] == '\n')
		return 1;
	if (rd->s[at] != '\r')
		return 0;
	return at + 1 < rd->len && rd->s[at + 1] == '\n' ? 2 : 1;
}

static bool cell_ends(const struct reader *rd)
{
	return rd->at >= rd->len || rd->s[rd->at] == rd->sh->separator ||
	       line_end(rd, rd->at) > 0;
}

static void add_byte(struct reader *rd, char c)
{
	if (rd->cell.len < COPL_SHEET_CELL_MAX)
		copl_strbuf_add(&rd->cell, &c, 1);
	else
		rd->too_long = true;
}

/* What stands in quotes; false: they do not end. */
static bool read_quoted(struct reader *rd)
{
	rd->at++;
	while (rd->at < rd->len) {
		size_t end = line_end(rd, rd->at);

		if (end > 0) {
			add_byte(rd, '\n');
			rd->at += end;
			rd->line++;
		} else if (rd->s[rd->at] != '"') {
			add_byte(rd, rd->s[rd->at++]);
		} else if (rd->at + 1 < rd->len && rd->s[rd->at + 1] == '"') {
			add_byte(rd, '"');
			rd->at += 2;
		} else {
			rd->at++;
			return true;
		}
	}
	return false;
}

/* Puts "?" where a character stands that no XML can hold; false: nowhere. */
static bool replace_bad_characters(char *s)
{
	bool any = false;

	for (; s != NULL && *s != '\0'; s++) {
		if ((unsigned char)*s < 0x20 && !copl_is_space(*s)) {
			*s = '?';
			any = true;
		} else if (strncmp(s, "\xef\xbf\xbe", 3) == 0 ||
			   strncmp(s, "\xef\xbf\xbf", 3) == 0) {
			memset(s, '?', 3);
			any = true;
		}
	}
	return any;
}

static bool is_blank(const char *s)
{
	while (copl_is_space(*s))
		s++;
	return *s == '\0';
}

/* Findings about the cell that was just read, in the row being read. */
static void check_cell(struct reader *rd)
{
	size_t row = rd->sh->nrows;

	if (rd->stray)
		sheet_report(rd->sh, COPL_ERROR, "sheet-quote", row, rd->n,
		    _("there is text behind the quote that ends this cell: "
		      "inside quotes, write a quote twice"));
	if (rd->too_long)
		sheet_report(rd->sh, COPL_ERROR, "sheet-limit", row, rd->n,
		    _("the cell has more than %zu bytes: split it"),
		    COPL_SHEET_CELL_MAX);
	if (replace_bad_characters(rd->cell.s))
		sheet_report(rd->sh, COPL_ERROR, "sheet-character", row, rd->n,
		    _("the cell holds a control character, which no form can "
		      "hold: type the text again"));
}

static void keep_cell(struct reader *rd)
{
	const char *text = copl_strbuf_text(&rd->cell);
	const char **list, *copy = NULL;

	if (rd->cell.st != COPL_OK) {
		rd->sh->r->nomem = true;
		return;
	}
	if (rd->n == COPL_SHEET_COLUMNS_MAX) {
		if (!is_blank(text)) {
			sheet_report(rd->sh, COPL_ERROR, "sheet-limit",
			    rd->sh->nrows, SHEET_NOWHERE,
			    _("the table has more than %zu columns"),
			    COPL_SHEET_COLUMNS_MAX);
			rd->sh->stop = true;
		}
		return;
	}
	check_cell(rd);
	if (!is_blank(text)) {
		copy = sheet_copy(rd->sh, sheet_unguarded(text),
		    strlen(sheet_unguarded(text)));
		if (copy == NULL)
			return;
	}
	list = copl_grow(rd->cells, rd->n, &rd->room, sizeof(*list));
	if (list == NULL) {
		rd->sh->r->nomem = true;
		return;
	}
	rd->cells = list;
	rd->cells[rd->n++] = copy;
}

/* Blanks behind the closing quote are nobody's text. */
static void skip_blanks(struct reader *rd)
{
	size_t quote = rd->at;

	while (rd->at < rd->len && rd->s[rd->at] == ' ')
		rd->at++;
	if (!cell_ends(rd))
		rd->at = quote;
}

static void read_cell(struct reader *rd)
{
	copl_strbuf_reset(&rd->cell);
	rd->too_long = rd->stray = false;
	if (!cell_ends(rd) && rd->s[rd->at] == '"') {
		if (!read_quoted(rd)) {
			sheet_report(rd->sh, COPL_ERROR, "sheet-quote",
			    rd->sh->nrows, rd->n,
			    _("the quote that begins this cell does not end "
			      "before the table does"));
			rd->sh->stop = true;
			return;
		}
		skip_blanks(rd);
		rd->stray = !cell_ends(rd);
	}
	while (!cell_ends(rd))
		add_byte(rd, rd->s[rd->at++]);
	keep_cell(rd);
}

/* Room for the row at sh->nrows, so that findings can name it. */
static struct sheet_row *begin_row(struct reader *rd, size_t number)
{
	struct sheet *sh = rd->sh;
	struct sheet_row *list =
	    copl_grow(sh->rows, sh->nrows, &sh->room, sizeof(*list));

	if (list == NULL) {
		sh->r->nomem = true;
		return NULL;
	}
	sh->rows = list;
	list[sh->nrows] = (struct sheet_row){rd->line, number, NULL, 0};
	rd->n = 0;
	return &list[sh->nrows];
}

static void read_row(struct reader *rd, struct sheet_row *row)
{
	struct sheet *sh = rd->sh;

	read_cell(rd);
	while (!sh->stop && !sh->r->nomem && rd->at < rd->len &&
	       rd->s[rd->at] == sh->separator) {
		rd->at++;
		read_cell(rd);
	}
	rd->at += line_end(rd, rd->at);
	rd->line++;
	row->n = rd->n;
	row->cells = sheet_alloc(sh, (rd->n + 1) * sizeof(*row->cells));
	if (row->cells != NULL && rd->n > 0)
		memcpy(row->cells, rd->cells, rd->n * sizeof(*row->cells));
	sh->nrows++;
}

/* Where the cell of the first row that begins there ends. */
static size_t end_of_cell(const char *s, size_t len, size_t at, char separator)
{
	bool quoted = false;

	for (; at < len; at++) {
		if (s[at] == '"')
			quoted = !quoted;
		else if (!quoted &&
			 (s[at] == separator || s[at] == '\n' || s[at] == '\r'))
			break;
	}
	return at;
}

/* How many names of columns the first row has with that separator. */
static size_t names_with(
    struct sheet *sh, const char *s, size_t len, char separator, size_t *cells)
{
	struct sheet_column column;
	size_t from = 0, names = 0;

	for (*cells = 0; *cells < COPL_SHEET_COLUMNS_MAX; (*cells)++) {
		size_t end = end_of_cell(s, len, from, separator);
		bool quoted =
		    end - from > 1 && s[from] == '"' && s[end - 1] == '"';
		const char *cell = sheet_copy(
		    sh, s + from + quoted, end - from - (quoted ? 2 : 0));

		if (cell == NULL)
			return 0;
		names += sheet_column_read(cell, sh->arena, &column) ==
			 SHEET_COLUMN_OK;
		if (end == len || s[end] != separator)
			break;
		from = end + 1;
	}
	return names;
}

static char find_separator(struct sheet *sh, const char *s, size_t len)
{
	static const char candidates[] = {',', ';', '\t'};
	size_t most = 0, most_cells = 0, i;
	char best = ',';

	for (i = 0; i < COPL_COUNT(candidates); i++) {
		size_t cells;
		size_t n = names_with(sh, s, len, candidates[i], &cells);

		if (n < most || (n == most && cells <= most_cells))
			continue;
		most = n;
		most_cells = cells;
		best = candidates[i];
	}
	return best;
}

/* "sep=;" before the first row, as Excel understands it. */
static bool take_sep(struct reader *rd)
{
	if (rd->len < 6 || strncmp(rd->s, "sep=", 4) != 0 ||
	    strchr(",;\t", rd->s[4]) == NULL || line_end(rd, 5) == 0)
		return false;
	rd->sh->separator = rd->s[4];
	rd->at = 5 + line_end(rd, 5);
	rd->line++;
	return true;
}

static bool is_empty(const struct sheet_row *row)
{
	size_t i;

	for (i = 0; row->cells != NULL && i < row->n; i++)
		if (row->cells[i] != NULL)
			return false;
	return true;
}

bool sheet_read_rows(struct sheet *sh, const char *s, size_t len)
{
	struct reader rd = {.sh = sh, .s = s, .len = len, .line = 1};
	size_t number = 1;

	rd.cell.max = COPL_SHEET_CELL_MAX + 1;
	if (!take_sep(&rd))
		sh->separator = find_separator(sh, s, len);
	for (; rd.at < len && !sh->stop && !sh->r->nomem; number++) {
		struct sheet_row *row = begin_row(&rd, number);

		if (row == NULL)
			break;
		if (sh->nrows == COPL_SHEET_ROWS_MAX) {
			sheet_report(sh, COPL_ERROR, "sheet-limit", sh->nrows,
			    SHEET_NOWHERE,
			    _("the table has more than %zu rows"),
			    COPL_SHEET_ROWS_MAX);
			sh->stop = true;
			break;
		}
		read_row(&rd, row);
		if (is_empty(&sh->rows[sh->nrows - 1]))
			sh->nrows--;
	}
	copl_strbuf_clear(&rd.cell);
	free(rd.cells);
	return !sh->stop && !sh->r->nomem;
}

/* ---- writing ---- */

/* Would a spreadsheet calculate what begins like that, or not keep it? */
static bool is_formula(const char *s)
{
	static const char *const wide[] = {"＝", "＋", "－", "＠"};
	size_t i;

	if (*s == '\0' || strchr("=+-@ \t\r\n", *s) != NULL)
		return true;
	for (i = 0; i < COPL_COUNT(wide); i++)
		if (strncmp(s, wide[i], strlen(wide[i])) == 0)
			return true;
	return false;
}

static bool is_number(const char *s)
{
	size_t digits;

	s += *s == '-' || *s == '+';
	digits = strspn(s, "0123456789");
	s += digits;
	if (*s == '.')
		s += 1 + strspn(s + 1, "0123456789");
	return digits > 0 && *s == '\0';
}

/* A text that begins with apostrophes and then like a formula is guarded. */
static bool is_guarded(const char *s)
{
	return is_formula(s + strspn(s, "'"));
}

const char *sheet_unguarded(const char *cell)
{
	return *cell == '\'' && is_guarded(cell + 1) ? cell + 1 : cell;
}

void sheet_put_cell(struct copl_strbuf *out, const char *cell, char separator)
{
	const char stop[] = {'"', '\n', '\r', separator, '\0'};
	size_t len;

	if (cell == NULL)
		return;
	if (cell[strcspn(cell, stop)] == '\0') {
		if (is_guarded(cell) && !is_number(cell))
			copl_strbuf_puts(out, "'");
		copl_strbuf_puts(out, cell);
		return;
	}
	copl_strbuf_puts(out, is_guarded(cell) ? "\"'" : "\"");
	while (*cell != '\0') {
		len = strcspn(cell, "\"");
		copl_strbuf_add(out, cell, len);
		cell += len;
		if (*cell == '"') {
			copl_strbuf_puts(out, "\"\"");
			cell++;
		}
	}
	copl_strbuf_puts(out, "\"");
}
