/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_SHEET_PRIV_H
#define COPL_SHEET_PRIV_H

#include "sheet/sheet.h"

/* ---- rows.c: what a row can be ---- */

enum sheet_kind {
	SHEET_FORM,
	SHEET_TITLE,
	SHEET_SUMMARY,
	SHEET_OPENS,
	SHEET_CLOSES,
	SHEET_AUDIENCE,
	SHEET_PARAM,
	SHEET_LINK,
	SHEET_CONTACT,
	SHEET_PRIVACY,
	SHEET_HELP,
	SHEET_CHOICES,
	SHEET_OPTION,
	SHEET_SECTION,
	SHEET_END,
	SHEET_INTRO,
	SHEET_NOTE,
	SHEET_THANKS,
	SHEET_PARAGRAPH,
	SHEET_BULLETS,
	SHEET_BULLET,
	SHEET_ROW,
	SHEET_ONE,
	SHEET_MANY,
	SHEET_RATING,
	SHEET_GRID,
	SHEET_RANK,
	SHEET_TEXT,
	SHEET_NUMBER,
	SHEET_DATE,
	SHEET_CONSENT,
	SHEET_KINDS
};
#define SHEET_BIT(kind) (UINT32_C(1) << (kind))
#define SHEET_QUESTIONS                                                        \
	(SHEET_BIT(SHEET_ONE) | SHEET_BIT(SHEET_MANY) |                        \
	    SHEET_BIT(SHEET_RATING) | SHEET_BIT(SHEET_GRID) |                  \
	    SHEET_BIT(SHEET_RANK) | SHEET_BIT(SHEET_TEXT) |                    \
	    SHEET_BIT(SHEET_NUMBER) | SHEET_BIT(SHEET_DATE) |                  \
	    SHEET_BIT(SHEET_CONSENT))
/* Holders of paragraphs and lists. */
#define SHEET_FLOWS                                                            \
	(SHEET_BIT(SHEET_PRIVACY) | SHEET_BIT(SHEET_HELP) |                    \
	    SHEET_BIT(SHEET_INTRO) | SHEET_BIT(SHEET_NOTE) |                   \
	    SHEET_BIT(SHEET_THANKS))
static inline bool sheet_kind_in(enum sheet_kind kind, uint32_t kinds)
{
	return (SHEET_BIT(kind) & kinds) != 0;
}

/* The name that a table is given for a kind, and its element. */
const char *sheet_kind_type(enum sheet_kind kind);
const char *sheet_kind_element(enum sheet_kind kind);
/* The element of the column "label"; NULL: the row has no such text. */
const char *sheet_kind_label(enum sheet_kind kind);

struct sheet_type {
	enum sheet_kind kind;
	const char *word; /* as it is written in a table, for sentences */
	const char *arg; /* what follows it, or what it implies; NULL */
	bool integer; /* XLSForm's "integer" */
	bool group; /* begin_group */
};
enum sheet_type_result {
	SHEET_TYPE_OK,
	SHEET_TYPE_UNSUPPORTED, /* a type of XLSForm that no form can hold */
	SHEET_TYPE_UNKNOWN,
	SHEET_TYPE_NOMEM
};
/* What stands in the column "type". */
enum sheet_type_result sheet_type_read(
    const char *cell, struct copl_arena *a, struct sheet_type *out);
/* The type that a typing error may have meant; NULL: none is near. */
const char *sheet_type_near(const char *cell, struct copl_arena *a);

/* ---- columns.c: what a column can be ---- */

enum sheet_field {
	SHEET_COL_TYPE,
	SHEET_COL_NAME,
	SHEET_COL_TEXT, /* the text of a part */
	SHEET_COL_TEXT_ATTR, /* an attribute of the text of a part */
	SHEET_COL_VALUE,
	SHEET_COL_REQUIRED,
	SHEET_COL_RELEVANT,
	SHEET_COL_APPEARANCE,
	SHEET_COL_SENSITIVE,
	SHEET_COL_SHUFFLE,
	SHEET_COL_MIN,
	SHEET_COL_MAX,
	SHEET_COL_STEP,
	SHEET_COL_TOP,
	SHEET_COL_LINES,
	SHEET_COL_MAXLENGTH,
	SHEET_COL_PRECISION,
	SHEET_COL_EXCLUSIVE,
	SHEET_COL_OTHER,
	SHEET_COL_FROM_AGE,
	SHEET_COL_KIND,
	SHEET_COL_ORDER,
	SHEET_COL_HREF,
	SHEET_COL_RECIPIENT,
	SHEET_COL_PER_LANGUAGE,
	SHEET_COL_USE,
	SHEET_COL_EXAMPLE,
	SHEET_COL_KEEP_UNTIL,
	SHEET_COL_VERSION,
	SHEET_COL_LANGUAGE,
	SHEET_COL_PREVAILS,
	SHEET_COL_DIR,
	SHEET_COL_UNSUPPORTED, /* of XLSForm; advice says what to do */
	SHEET_COL_NONE /* nothing stands in the first row */
};

/* The texts of a row; ALL: what holds them. */
enum sheet_part {
	SHEET_LABEL,
	SHEET_HINT,
	SHEET_ERROR,
	SHEET_LOW,
	SHEET_HIGH,
	SHEET_UNIT,
	SHEET_ALL,
	SHEET_PARTS
};

struct sheet_column {
	enum sheet_field field;
	enum sheet_part part; /* of TEXT and TEXT_ATTR */
	const char *attr; /* of TEXT_ATTR: as XML writes it */
	const char *advice; /* of UNSUPPORTED */
};
enum sheet_column_result {
	SHEET_COLUMN_OK,
	SHEET_COLUMN_UNKNOWN,
	SHEET_COLUMN_NOMEM
};
/* What the first row says of a column. */
enum sheet_column_result sheet_column_read(
    const char *cell, struct copl_arena *a, struct sheet_column *out);
const char *sheet_column_near(const char *cell, struct copl_arena *a);
/* The name that a table is given; i counts the columns that have one. */
const char *sheet_column_name(size_t i, enum sheet_field *field);
const char *sheet_part_name(enum sheet_part part);
const char *sheet_part_element(enum sheet_kind kind, enum sheet_part part);
/* May a row of that kind have a text in that part? */
bool sheet_part_allowed(enum sheet_kind kind, enum sheet_part part);
/* May it have that column at all? */
bool sheet_column_allowed(enum sheet_kind kind, const struct sheet_column *c);

/* How a cell becomes the value of an attribute. */
enum sheet_shape {
	SHEET_AS_IS,
	SHEET_WORD, /* blanks around it do not count */
	SHEET_YES_NO, /* as spreadsheets write it in their languages */
	SHEET_DECIMAL, /* "0,5" is "0.5" */
	SHEET_CONDITION
};
struct sheet_attr {
	enum sheet_field field;
	const char *attr;
	uint32_t kinds;
	enum sheet_shape shape;
};
/* The attribute of a column in rows of that kind; NULL: none. */
const struct sheet_attr *sheet_attr_of(
    enum sheet_kind kind, enum sheet_field field);
/* The column of an attribute; NULL: no column of its own. */
const struct sheet_attr *sheet_attr_named(
    enum sheet_kind kind, const char *attr);
/* The columns that rows of a kind must fill: i-th one, false behind the last.
 */
bool sheet_needed(enum sheet_kind kind, size_t i, struct sheet_column *out);

/* ---- the table ---- */

struct sheet_row {
	size_t line; /* of the file */
	size_t number; /* as a spreadsheet counts */
	const char **cells; /* NULL: empty */
	size_t n;
};
#define SHEET_NOWHERE SIZE_MAX

struct sheet_item {
	enum sheet_kind kind;
	size_t row;
	struct sheet_type type;
	bool broken; /* its type is not known: nothing is said of its cells */
	bool implied; /* a section that the table has not */
	bool preserve; /* xml:space of what holds it */
	struct sheet_item *first;
	struct sheet_item *last;
	struct sheet_item *next;
};

struct sheet {
	const char *file;
	struct copl_reporter *r;
	struct copl_arena *arena;
	char separator;
	struct sheet_row *rows; /* the first one names the columns */
	size_t nrows;
	size_t room;
	struct sheet_column *columns;
	size_t ncolumns;
	bool *bad; /* rows with an error */
	struct sheet_error {
		size_t row;
		size_t column;
	} * errors;
	size_t nerrors;
	size_t errors_room;
	size_t told; /* errors, those of the whole table too */
	bool repeated; /* a name is there twice, and that was told */
	bool stop; /* the rest makes no sense any more */

	/* the form, as plan.c puts it together */
	struct sheet_item *form;
	struct sheet_item *about[SHEET_HELP + 1]; /* the first of each kind */
	struct sheet_item *about_last[SHEET_HELP + 1];
	struct sheet_item *choices;
	struct sheet_item *choices_last;
	struct sheet_item *sections;
	struct sheet_item *sections_last;
	struct sheet_item *thanks;
	struct copl_map names; /* of questions: index in items */
	struct sheet_item **items;
	size_t nitems;
	size_t items_room;

	/* its XML and where each byte came from, see emit.c */
	struct copl_strbuf xml;
	struct sheet_span {
		size_t at;
		size_t row;
		size_t column;
	} * spans;
	size_t nspans;
	size_t spans_room;
};

/* ---- report.c ---- */

/* column SHEET_NOWHERE: the whole row; row SHEET_NOWHERE: the whole table. */
void sheet_report(struct sheet *sh, enum copl_severity sev, const char *code,
    size_t row, size_t column, const char *fmt, ...) COPL_PRINTF(6, 7);
/* "A", "Z", "AA": as spreadsheets call a column. */
#define SHEET_LETTERS 8
void sheet_letters(size_t column, char out[SHEET_LETTERS]);
/* A cell short enough to be shown; never NULL. */
const char *sheet_shown(struct sheet *sh, const char *s);
/* Memory in the arena, zeroed; NULL: r->nomem is set. */
void *sheet_alloc(struct sheet *sh, size_t size);
char *sheet_copy(struct sheet *sh, const char *s, size_t len);
/* The cell of a column of that sort; NULL: empty.  *column when found. */
const char *sheet_cell(
    const struct sheet *sh, size_t row, enum sheet_field field, size_t *column);
const char *sheet_part_cell(const struct sheet *sh, size_t row,
    enum sheet_part part, const char *attr, size_t *column);
/* Without white space around it, in the arena; never NULL. */
const char *sheet_trimmed(struct sheet *sh, const char *s);
/* Is it a word for yes (1) or no (0)?  -1: neither. */
int sheet_yes_no(const char *s);

/* ---- csv.c ---- */

/* Fills rows and columns; false: the rest makes no sense. */
bool sheet_read_rows(struct sheet *sh, const char *s, size_t len);
/*
 * One cell, quoted where needed.  NULL: empty.  What a spreadsheet would take
 * for a formula, or reading for an empty cell, gets an apostrophe.
 */
void sheet_put_cell(struct copl_strbuf *out, const char *cell, char separator);
/* Takes the apostrophe away again. */
const char *sheet_unguarded(const char *cell);

/* ---- header.c, plan.c, cells.c, names.c: reading what the rows mean ---- */

bool sheet_read_columns(struct sheet *sh);
void sheet_plan(struct sheet *sh);
void sheet_check_names(struct sheet *sh);
void sheet_check_cells(struct sheet *sh, const struct sheet_item *item);

/* ---- markup.c ---- */

/* Length of the quotation mark at s, straight or not; 0: none. */
size_t sheet_quote(const char *s);
/* Does the mark at s end what began with the mark at open? */
bool sheet_quote_ends(const char *open, const char *s);
/* A cell's text as XML content.  Unless keep, white space is one blank. */
void sheet_put_markup(struct sheet *sh, size_t row, size_t column,
    const char *cell, bool keep, struct copl_strbuf *out);

/* ---- condition.c ---- */

/* A condition of XLSForm or of ours as one of ours; NULL: it was reported. */
const char *sheet_condition(
    struct sheet *sh, size_t row, size_t column, const char *cell);

/* ---- emit.c, findings.c ---- */

void sheet_emit(struct sheet *sh);
/* The form's rules on sh->xml, their findings told at rows and columns. */
enum copl_status sheet_check_form(
    struct sheet *sh, struct copl_sheet_counts *counts) COPL_MUST_CHECK;

#endif
