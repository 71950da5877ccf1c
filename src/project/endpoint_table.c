/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Endpoints as a spreadsheet saves them: text in UTF-8, one line each, fields
 * parted by TAB, and a first line with the names of the columns.
 */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "project/project_priv.h"

#define TABLE_MAX ((size_t)64 << 20)
#define ROWS_MAX 100000
#define LINE_MAX_BYTES 8192
#define COLUMNS_MAX (COPL_SETTINGS + 1)
/* So many findings are help enough for one round of corrections. */
#define FINDINGS_MAX 100

/* The recipient stands behind the settings. */
#define COLUMN_RECIPIENT COPL_SETTINGS

struct table_row {
	size_t recipient; /* its index */
	struct copl_endpoint e;
};

struct table {
	struct copl_project_reader *rd;
	const char *file;
	const char *line; /* the line being read */
	size_t no; /* its number */
	unsigned column[COLUMNS_MAX]; /* what each column holds */
	size_t ncolumns; /* 0: the first line was not read yet */
	const char *at[COLUMNS_MAX]; /* where each field begins */
	const char *field[COLUMNS_MAX]; /* NULL: empty */
	struct copl_map recipients;
	struct table_row *rows;
	size_t nrows, room;
	size_t errors; /* when the table began */
	bool stop;
};

static struct copl_place place_of(const struct table *t, const char *at)
{
	return (struct copl_place){t->file, t->no,
	    at == NULL ? 0
		       : copl_utf8_count(t->line, (size_t)(at - t->line)) + 1};
}

static void wrong(struct table *t, const char *at, const char *text)
{
	copl_report(
	    t->rd->r, COPL_ERROR, "project-table", place_of(t, at), "%s", text);
}

static const char *column_name(unsigned column)
{
	return column == COLUMN_RECIPIENT
		   ? "recipient"
		   : copl_setting_name((enum copl_setting)column);
}

/* ---- fields ---- */

/* A field in quotes, as spreadsheets write some: without them. */
static void unquote(char *s)
{
	size_t len = strlen(s);
	char *from = s + 1, *to = s;

	if (len < 2 || s[0] != '"' || s[len - 1] != '"')
		return;
	s[len - 1] = '\0';
	for (; *from != '\0'; from++) {
		if (from[0] == '"' && from[1] == '"')
			from++;
		*to++ = *from;
	}
	*to = '\0';
}

/* Without blanks around it and quotes; NULL: nothing is left. */
static const char *tidy(char *s)
{
	size_t len;

	s += strspn(s, " ");
	for (len = strlen(s); len > 0 && s[len - 1] == ' ';)
		s[--len] = '\0';
	unquote(s);
	return *s == '\0' ? NULL : s;
}

/* The first character that no field may hold; NULL: there is none. */
static const char *control_in(const char *s, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (((unsigned char)s[i] < ' ' && s[i] != '\t') || s[i] == 0x7f)
			return s + i;
	return NULL;
}

/* How many fields the line has; only the first ones are kept. */
static size_t split(struct table *t, size_t len)
{
	char *copy = copl_arena_strndup(t->rd->p->arena, t->line, len);
	char *p = copy, *tab;
	size_t n = 0;

	for (; p != NULL; p = tab) {
		tab = strchr(p, '\t');
		if (tab != NULL)
			*tab++ = '\0';
		if (n < COLUMNS_MAX) {
			t->at[n] = t->line + (p - copy) + strspn(p, " ");
			t->field[n] = tidy(p);
		}
		n++;
	}
	if (copy == NULL)
		t->rd->r->nomem = true;
	return n;
}

/* ---- the first line ---- */

static unsigned column_of(const char *name)
{
	unsigned c = 0;

	while (c < COLUMNS_MAX && strcmp(column_name(c), name) != 0)
		c++;
	return c;
}

static void check_column(struct table *t, size_t i)
{
	size_t k;

	if (t->field[i] == NULL) {
		wrong(t, t->at[i],
		    _("this column has no name: remove it, or name it in the "
		      "first line"));
		return;
	}
	t->column[i] = column_of(t->field[i]);
	if (t->column[i] == COLUMNS_MAX)
		copl_report(t->rd->r, COPL_ERROR, "project-table",
		    place_of(t, t->at[i]),
		    _("no column is called \"%.*s\"; there are recipient, id, "
		      "url and the other attributes of <endpoint>"),
		    copl_project_shown(t->field[i]), t->field[i]);
	for (k = 0; k < i; k++)
		if (t->column[k] == t->column[i] && t->column[i] < COLUMNS_MAX)
			wrong(t, t->at[i],
			    _("this column is there twice: remove one"));
}

static void check_needed(struct table *t)
{
	static const unsigned needed[] = {
	    COLUMN_RECIPIENT, COPL_SET_ID, COPL_SET_URL};
	size_t i, k;

	for (i = 0; i < COPL_COUNT(needed); i++) {
		for (k = 0; k < t->ncolumns; k++)
			if (t->column[k] == needed[i])
				break;
		if (k == t->ncolumns)
			copl_report(t->rd->r, COPL_ERROR, "project-table",
			    place_of(t, t->line),
			    _("the first line names the columns, and \"%s\" is "
			      "missing there"),
			    column_name(needed[i]));
	}
}

static void read_head(struct table *t, size_t len)
{
	size_t n = split(t, len), i;

	t->ncolumns = n < COLUMNS_MAX ? n : COLUMNS_MAX;
	for (i = 0; i < t->ncolumns; i++) {
		t->column[i] = COLUMNS_MAX;
		check_column(t, i);
	}
	if (n > COLUMNS_MAX)
		wrong(t, t->line, _("this line names too many columns"));
	check_needed(t);
	t->stop = t->rd->r->errors > t->errors;
}

/* ---- the other lines ---- */

static struct copl_place setting_place(
    const struct copl_settings *s, enum copl_setting which)
{
	const struct table *t = s->arg;
	size_t i;

	for (i = 0; i < t->ncolumns; i++)
		if (t->column[i] == (unsigned)which)
			return place_of(t, t->at[i]);
	return s->at;
}

/* Where the values of a column stand; there is one for what is needed. */
static size_t index_of(const struct table *t, unsigned column)
{
	size_t i = 0;

	while (i + 1 < t->ncolumns && t->column[i] != column)
		i++;
	return i;
}

static bool has_needed(struct table *t, unsigned column)
{
	size_t i = index_of(t, column);

	if (t->field[i] == NULL)
		copl_report(t->rd->r, COPL_ERROR, "project-table",
		    place_of(t, t->at[i]), _("this line has no \"%s\""),
		    column_name(column));
	return t->field[i] != NULL;
}

static bool find_recipient(struct table *t, size_t *out)
{
	size_t i = index_of(t, COLUMN_RECIPIENT);

	if (copl_map_get(&t->recipients, t->field[i], out))
		return true;
	copl_report(t->rd->r, COPL_ERROR, "project-table",
	    place_of(t, t->at[i]),
	    _("the project has no recipient \"%.*s\": correct it, or add a "
	      "<recipient> to the project file"),
	    copl_project_shown(t->field[i]), t->field[i]);
	return false;
}

static struct table_row *new_row(struct table *t)
{
	struct table_row *rows =
	    copl_grow(t->rows, t->nrows, &t->room, sizeof(*rows));

	if (rows == NULL) {
		t->rd->r->nomem = true;
		return NULL;
	}
	t->rows = rows;
	memset(&rows[t->nrows], 0, sizeof(*rows));
	return &rows[t->nrows++];
}

static void read_endpoint(struct table *t)
{
	struct copl_settings s = {
	    .at = place_of(t, t->line), .place = setting_place, .arg = t};
	struct table_row *row;
	size_t i, recipient = 0;
	bool whole;

	whole = has_needed(t, COLUMN_RECIPIENT);
	whole = has_needed(t, COPL_SET_ID) && whole;
	whole = has_needed(t, COPL_SET_URL) && whole;
	if (!whole || !find_recipient(t, &recipient))
		return;
	for (i = 0; i < t->ncolumns; i++)
		if (t->column[i] < COPL_SETTINGS)
			s.value[t->column[i]] = t->field[i];
	row = new_row(t);
	if (row == NULL)
		return;
	row->recipient = recipient;
	copl_project_read_endpoint(t->rd, &s, &row->e);
}

static void read_row(struct table *t, size_t len)
{
	size_t n = split(t, len), i;

	for (i = n; i < t->ncolumns; i++) {
		t->field[i] = NULL;
		t->at[i] = t->line + len;
	}
	if (n > t->ncolumns)
		wrong(t, t->line + len,
		    _("this line has more fields than the first line has "
		      "names: remove what is too much"));
	else if (t->nrows == ROWS_MAX) {
		wrong(t, t->line,
		    _("a table can have at most 100000 endpoints: split the "
		      "project"));
		t->stop = true;
	} else {
		read_endpoint(t);
	}
}

static void read_line(struct table *t, size_t len)
{
	const char *control = control_in(t->line, len);

	if (len == 0 || t->line[0] == '#')
		return;
	if (len > LINE_MAX_BYTES)
		wrong(t, t->line,
		    _("this line is longer than 8192 bytes: no endpoint needs "
		      "that much"));
	else if (control != NULL)
		wrong(t, control,
		    _("here stands a control character, which is not seen and "
		      "means nothing good: remove it"));
	else if (t->ncolumns == 0)
		read_head(t, len);
	else
		read_row(t, len);
	if (t->rd->r->errors - t->errors < FINDINGS_MAX || t->stop)
		return;
	wrong(t, NULL,
	    _("the rest of this table is not read: correct what is told so "
	      "far first"));
	t->stop = true;
}

/* Text that is not UTF-8 is told at its first wrong byte. */
static bool is_text(struct table *t, const char *s, size_t len)
{
	size_t good = copl_utf8_valid(s, len), i;

	if (good == len)
		return true;
	for (i = 0; i < good; i++)
		if (s[i] == '\n') {
			t->no++;
			t->line = s + i + 1;
		}
	wrong(t, s + good,
	    _("a table of endpoints is text in UTF-8, and this is not: save "
	      "it from the spreadsheet as text with TABs, with the encoding "
	      "UTF-8"));
	t->stop = true;
	return false;
}

static void read_lines(struct table *t, const char *s, const char *end)
{
	for (; s < end && !t->stop && !t->rd->r->nomem; t->no++) {
		const char *lf = memchr(s, '\n', (size_t)(end - s));
		size_t len = (size_t)((lf == NULL ? end : lf) - s);

		t->line = s;
		if (len > 0 && s[len - 1] == '\r')
			len--;
		read_line(t, len);
		s = lf == NULL ? end : lf + 1;
	}
	if (t->ncolumns == 0 && t->rd->r->errors == t->errors)
		wrong(t, NULL,
		    _("this table is empty: its first line names the columns "
		      "recipient, id, url"));
}

static bool index_recipients(struct table *t)
{
	const struct copl_project *p = t->rd->p;
	size_t i;

	for (i = 0; i < p->nrecipients; i++)
		if (p->recipients[i].id != NULL &&
		    !copl_map_put(&t->recipients, p->recipients[i].id, i, NULL))
			return false;
	return true;
}

/* Behind the endpoints that stand in the project file itself. */
static bool hand_out(struct table *t)
{
	struct copl_project *p = t->rd->p;
	size_t *more =
	    copl_project_alloc(t->rd, p->nrecipients + 1, sizeof(*more));
	size_t i;

	for (i = 0; more != NULL && i < t->nrows; i++)
		more[t->rows[i].recipient]++;
	for (i = 0; more != NULL && i < p->nrecipients; i++) {
		struct copl_recipient *to = &p->recipients[i];
		struct copl_endpoint *all;

		if (more[i] == 0)
			continue;
		all = copl_project_alloc(
		    t->rd, to->nendpoints + more[i], sizeof(*all));
		if (all == NULL)
			return false;
		if (to->nendpoints > 0)
			memcpy(
			    all, to->endpoints, to->nendpoints * sizeof(*all));
		to->endpoints = all;
	}
	for (i = 0; more != NULL && i < t->nrows; i++) {
		struct copl_recipient *to =
		    &p->recipients[t->rows[i].recipient];

		to->endpoints[to->nendpoints++] = t->rows[i].e;
	}
	return more != NULL;
}

static void read_table(struct copl_project_reader *rd, const char *path)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(TABLE_MAX);
	struct table t = {
	    .rd = rd, .file = path, .no = 1, .errors = rd->r->errors};
	const char *s;
	size_t len;

	if (copl_file_read(path, TABLE_MAX, rd->r, &b) != COPL_OK) {
		rd->table_lost = true;
		goto out;
	}
	s = copl_strbuf_text(&b);
	len = b.len;
	if (len >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0) {
		s += 3;
		len -= 3;
	}
	t.line = s;
	if (!index_recipients(&t))
		rd->r->nomem = true;
	else if (is_text(&t, s, len))
		read_lines(&t, s, s + len);
	if (rd->r->errors > t.errors)
		rd->table_lost = true;
	if (!hand_out(&t))
		rd->r->nomem = true;
out:
	copl_map_free(&t.recipients);
	free(t.rows);
	copl_strbuf_clear(&b);
}

void copl_project_read_tables(
    struct copl_project_reader *rd, const xmlNode *root)
{
	const xmlNode *n = copl_project_child(root, "endpoints");
	const char *src, *path;

	for (; n != NULL; n = copl_project_next(n)) {
		path = copl_project_read_source(rd, n, &src);
		if (path != NULL)
			read_table(rd, path);
		else
			rd->table_lost = true;
	}
}
