/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table for reviewers, as spreadsheets open and save it. */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "base/i18n.h"
#include "exchange/exchange_priv.h"

#define ROWS_MAX ((size_t)50000)
#define CELLS_MAX ((size_t)64)
#define CELL_MAX ((size_t)32000)

/* A spreadsheet would run it, or it is guarded already. */
static bool is_formula(const char *s)
{
	s += strspn(s, "'");
	return *s != '\0' && strchr("=+-@\t\r", *s) != NULL;
}

void copl_table_cell(struct copl_strbuf *out, const char *text)
{
	if (out->len > 0 && out->s[out->len - 1] != '\n')
		copl_strbuf_puts(out, ",");
	copl_strbuf_puts(out, "\"");
	if (is_formula(text))
		copl_strbuf_puts(out, "'");
	for (; *text != '\0'; text++) {
		if (*text == '"')
			copl_strbuf_puts(out, "\"");
		copl_strbuf_add(out, text, 1);
	}
	copl_strbuf_puts(out, "\"");
}

void copl_table_end_row(struct copl_strbuf *out)
{
	copl_strbuf_puts(out, "\r\n");
}

/* ---- reading ---- */

struct table {
	const char *s;
	const char *end;
	char separator;
	size_t line;
	struct copl_arena *a;
	struct copl_strbuf cell;
	struct copl_table_row *rows;
	size_t n;
	size_t room;
	bool nomem;
};

/* What stands most often in the first line, outside of quotes. */
static char separator_of(const char *s, const char *end)
{
	static const char marks[] = ",;\t";
	size_t count[3] = {0}, i, best = 0;
	bool quoted = false;

	for (; s < end && (quoted || (*s != '\n' && *s != '\r')); s++) {
		quoted = quoted != (*s == '"');
		for (i = 0; i < 3 && !quoted; i++)
			count[i] += *s == marks[i];
	}
	for (i = 1; i < 3; i++)
		if (count[i] > count[best])
			best = i;
	return marks[best];
}

static size_t line_end(const struct table *t)
{
	if (t->s >= t->end)
		return 0;
	if (*t->s == '\n')
		return 1;
	if (*t->s != '\r')
		return 0;
	return t->s + 1 < t->end && t->s[1] == '\n' ? 2 : 1;
}

/* false: the quotes do not end. */
static bool read_quoted(struct table *t)
{
	for (t->s++; t->s < t->end;) {
		size_t n = line_end(t);

		if (n > 0) {
			copl_strbuf_puts(&t->cell, "\n");
			t->line++;
			t->s += n;
		} else if (*t->s != '"') {
			copl_strbuf_add(&t->cell, t->s++, 1);
		} else if (t->s + 1 < t->end && t->s[1] == '"') {
			copl_strbuf_add(&t->cell, t->s, 1);
			t->s += 2;
		} else {
			t->s++;
			return true;
		}
	}
	return false;
}

static bool add_cell(struct table *t, struct copl_table_row *row)
{
	const char *s = copl_strbuf_text(&t->cell);

	if (row->n == CELLS_MAX)
		return true;
	if (s[0] == '\'' && is_formula(s))
		s++;
	if (row->cells == NULL)
		row->cells =
		    copl_arena_alloc(t->a, CELLS_MAX * sizeof(*row->cells));
	if (row->cells != NULL)
		row->cells[row->n] = copl_arena_strdup(t->a, s);
	t->nomem = row->cells == NULL || row->cells[row->n] == NULL;
	row->n++;
	return !t->nomem;
}

static bool read_cell(struct table *t, struct copl_table_row *row)
{
	copl_strbuf_reset(&t->cell);
	if (t->s < t->end && *t->s == '"' && !read_quoted(t))
		return false;
	while (t->s < t->end && *t->s != t->separator && line_end(t) == 0)
		copl_strbuf_add(&t->cell, t->s++, 1);
	t->nomem |= t->cell.st == COPL_E_NOMEM;
	return t->cell.st == COPL_OK && t->cell.len <= CELL_MAX &&
	       add_cell(t, row);
}

static bool read_row(struct table *t)
{
	struct copl_table_row *rows =
	    copl_grow(t->rows, t->n, &t->room, sizeof(*rows));
	struct copl_table_row *row;

	t->nomem = rows == NULL;
	if (rows == NULL || t->n == ROWS_MAX)
		return false;
	t->rows = rows;
	row = &rows[t->n];
	memset(row, 0, sizeof(*row));
	row->line = t->line;
	for (;;) {
		if (!read_cell(t, row))
			return false;
		if (t->s >= t->end || line_end(t) > 0)
			break;
		t->s++;
	}
	t->s += line_end(t);
	t->line++;
	t->n++;
	return true;
}

enum copl_status copl_table_read(const char *s, size_t len,
    struct copl_arena *a, struct copl_table_row **rows, size_t *n, size_t *line)
{
	struct table t = {.s = s, .end = s + len, .line = 1, .a = a};
	bool ok = true;

	t.cell.max = CELL_MAX + 1000;
	/* A line that only names the separator is Excel's. */
	if (len > 5 && strncmp(s, "sep=", 4) == 0) {
		t.separator = s[4];
		t.s += 5;
		t.s += line_end(&t);
		t.line++;
	} else {
		t.separator = separator_of(t.s, t.end);
	}
	while (ok && t.s < t.end)
		ok = read_row(&t);
	*line = t.line;
	*n = t.n;
	*rows = copl_arena_alloc(a, (t.n + 1) * sizeof(**rows));
	if (*rows != NULL && t.n > 0)
		memcpy(*rows, t.rows, t.n * sizeof(**rows));
	free(t.rows);
	copl_strbuf_clear(&t.cell);
	if (*rows == NULL || t.nomem)
		return COPL_E_NOMEM;
	return ok ? COPL_OK : COPL_E_PARSE;
}

/* ---- the table that went out ---- */

char *copl_table_key(struct copl_arena *a, const char *lang, const char *form,
    const char *ctxt, int plural_form)
{
	if (plural_form >= 0)
		return copl_arena_printf(
		    a, "%s:%s:%s[%d]", lang, form, ctxt, plural_form);
	return copl_arena_printf(a, "%s:%s:%s", lang, form, ctxt);
}

/* A key taken apart; false: it is none. */
struct key {
	const char *lang;
	const char *form;
	const char *ctxt;
	size_t plural_form;
	bool plural;
};

/* COPL_E_NOTFOUND: it is no key. */
static enum copl_status parse_key(
    struct copl_arena *a, const char *s, struct key *k)
{
	const char *one = strchr(s, ':');
	const char *two = one == NULL ? NULL : strchr(one + 1, ':'), *open;
	char *lang, *form, *ctxt;
	uint64_t n = 0;
	size_t len;

	if (two == NULL || one == s || two == one + 1 || two[1] == '\0')
		return COPL_E_NOTFOUND;
	lang = copl_arena_strndup(a, s, (size_t)(one - s));
	form = copl_arena_strndup(a, one + 1, (size_t)(two - one - 1));
	ctxt = copl_arena_strdup(a, two + 1);
	if (lang == NULL || form == NULL || ctxt == NULL)
		return COPL_E_NOMEM;
	if (!copl_shape_is_tag(lang) || !copl_shape_is_name(form))
		return COPL_E_NOTFOUND;
	*k = (struct key){lang, form, ctxt, 0, false};
	len = strlen(ctxt);
	open = strrchr(ctxt, '[');
	if (open != NULL && ctxt[len - 1] == ']') {
		ctxt[len - 1] = '\0';
		k->plural =
		    copl_number_parse(open + 1, COPL_PLURALS_MAX - 1, &n);
		ctxt[len - 1] = ']';
		if (k->plural)
			ctxt[open - ctxt] = '\0';
		k->plural_form = (size_t)n;
	}
	return COPL_OK;
}

struct columns {
	size_t key;
};

/* The column in which the first row with a key has it; COPL_E_NOTFOUND. */
static enum copl_status find_columns(struct copl_arena *a,
    const struct copl_table_row *rows, size_t n, struct columns *out)
{
	enum copl_status st;
	struct key k;
	size_t i, c;

	for (i = 0; i < n; i++)
		for (c = 0; c < rows[i].n; c++) {
			st = parse_key(a, rows[i].cells[c], &k);
			out->key = c;
			if (st != COPL_E_NOTFOUND)
				return st;
		}
	return COPL_E_NOTFOUND;
}

static const char *cell(const struct copl_table_row *row, size_t column)
{
	return column < row->n ? row->cells[column] : "";
}

static struct copl_return *return_for(struct copl_returns *rs, size_t first,
    const struct key *k, const char *file)
{
	struct copl_return *one;
	size_t i;

	for (i = first; i < rs->n; i++)
		if (strcmp(rs->list[i].form, k->form) == 0 &&
		    strcmp(rs->list[i].lang, k->lang) == 0)
			return &rs->list[i];
	one = xl_return_new(rs, COPL_RETURN_TABLE, file);
	if (one != NULL) {
		one->form = k->form;
		one->lang = k->lang;
	}
	return one;
}

static bool says_yes(const char *s)
{
	while (copl_is_space(*s))
		s++;
	return *s != '\0' && *s != '0' && *s != '-' &&
	       strcasecmp(s, "no") != 0 && strcasecmp(s, "n") != 0;
}

/* Columns stand behind the key: question, source, translation, OK, remark. */
static enum copl_status take_row(struct copl_returns *rs, size_t first,
    const struct copl_table_row *row, size_t column, const char *file)
{
	enum copl_status st;
	struct copl_return *one;
	struct copl_taken *t;
	struct key k;

	st = parse_key(rs->arena, cell(row, column), &k);
	if (st != COPL_OK)
		return st == COPL_E_NOTFOUND ? COPL_OK : st;
	one = return_for(rs, first, &k, file);
	if (one == NULL)
		return COPL_E_NOMEM;
	t = one->n == 0 ? NULL : &one->list[one->n - 1];
	if (t == NULL || !k.plural || strcmp(t->ctxt, k.ctxt) != 0)
		t = xl_taken_new(rs, one);
	if (t == NULL || !xl_taken_forms(rs, t, k.plural_form + 1))
		return COPL_E_NOMEM;
	t->ctxt = k.ctxt;
	if (t->id == NULL)
		t->id = cell(row, column + 2);
	else if (strcmp(t->id, cell(row, column + 2)) != 0)
		t->plural = cell(row, column + 2);
	t->str[k.plural_form] = cell(row, column + 3);
	t->accepted |= says_yes(cell(row, column + 4));
	if (cell(row, column + 5)[0] != '\0')
		t->remark = cell(row, column + 5);
	t->line = row->line;
	return COPL_OK;
}

enum copl_status xl_read_table(struct copl_returns *rs, const char *bytes,
    size_t len, const char *file, struct copl_reporter *r)
{
	struct copl_table_row *rows = NULL;
	struct copl_place at = {file, 0, 0};
	struct columns c = {0};
	size_t n = 0, first = rs->n, i;
	enum copl_status st;

	st = copl_table_read(bytes, len, rs->arena, &rows, &n, &at.line);
	if (st == COPL_E_NOMEM)
		return st;
	if (st != COPL_OK) {
		copl_report(r, COPL_ERROR, "import-table", at,
		    _("the table cannot be read: a quote does not end here, or "
		      "it is too large; save it from your spreadsheet as "
		      "\"CSV UTF-8\""));
		return COPL_E_PARSE;
	}
	at.line = 0;
	st = find_columns(rs->arena, rows, n, &c);
	if (st == COPL_E_NOTFOUND) {
		copl_report(r, COPL_ERROR, "import-table", at,
		    _("the first column of the table is missing, so that "
		      "nobody can tell which text is which: send back "
		      "review.csv with all its columns"));
		return COPL_E_INVALID;
	}
	for (i = 0; i < n && st == COPL_OK; i++)
		st = take_row(rs, first, &rows[i], c.key, file);
	return st;
}
