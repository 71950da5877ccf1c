/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "cli/cli.h"
#include "cli/i18n.h"

/* Rows are kept until the widths of the columns are known. */
enum {
	FORM,
	LANGUAGE,
	ENTRIES,
	WORDS,
	TRANSLATED,
	FUZZY,
	MISSING,
	INVALID,
	REVIEWED,
	APPROVED,
	DAYS,
	PERCENT,
	NAME,
	COLUMNS
};

struct row {
	char *cell[COLUMNS];
};

struct table {
	struct copl_sink next; /* everything but rows goes there */
	struct row *rows;
	size_t n;
	bool printed;
	bool nomem;
};

static const char *const keys[COLUMNS] = {"form", "language", "total", "words",
    "translated", "fuzzy", "untranslated", "invalid", "reviewed", "approved",
    "days", "percent", "name"};

/* What says nothing about the language that the form is written in. */
static bool is_of_translations(size_t column)
{
	return column >= FUZZY && column <= DAYS;
}

static const char *cell_text(const struct copl_event *e, size_t column)
{
	const char *text = cli_field(e, keys[column]);

	if (column == FORM && *text == '\0')
		return _("all");
	if (is_of_translations(column) &&
	    (*text == '\0' || strcmp(cli_field(e, "source"), "yes") == 0))
		return "–";
	return text;
}

static void add_row(struct table *t, const struct copl_event *e)
{
	struct row *rows = reallocarray(t->rows, t->n + 1, sizeof(*rows));
	size_t i;

	if (rows == NULL) {
		t->nomem = true;
		return;
	}
	t->rows = rows;
	rows += t->n++;
	for (i = 0; i < COLUMNS; i++) {
		rows->cell[i] = cli_shown(cell_text(e, i));
		t->nomem |= rows->cell[i] == NULL;
	}
}

static void on_diag(void *arg, const struct copl_diag *d)
{
	struct table *t = arg;

	t->next.diag(t->next.arg, d);
}

static void put_blanks(size_t n)
{
	while (n-- > 0)
		putchar(' ');
}

/* Words begin where their column begins, numbers end where it ends. */
static void print_row(const char *const cell[COLUMNS], const size_t *width)
{
	size_t i;

	for (i = 0; i < COLUMNS; i++) {
		size_t gap = width[i] - copl_text_columns(cell[i]);
		bool word = i <= LANGUAGE || i == NAME;

		printf("%s", i == 0 || *cell[i] == '\0' ? "" : "  ");
		put_blanks(word ? 0 : gap);
		printf("%s", cell[i]);
		put_blanks(word && i != NAME ? gap : 0);
	}
	printf("\n");
}

static void print_table(struct table *t)
{
	const char *const head[COLUMNS] = {_("form"), _("language"),
	    _("entries"), _("words"), _("translated"), _("fuzzy"), _("missing"),
	    _("invalid"), _("reviewed"), _("approved"), _("days"), "%", ""};
	size_t width[COLUMNS], i, k;

	if (t->printed || t->n == 0 || t->nomem)
		return;
	t->printed = true;
	for (k = 0; k < COLUMNS; k++) {
		width[k] = copl_text_columns(head[k]);
		for (i = 0; i < t->n; i++) {
			size_t n = copl_text_columns(t->rows[i].cell[k]);

			width[k] = n > width[k] ? n : width[k];
		}
	}
	print_row(head, width);
	for (i = 0; i < t->n; i++)
		print_row((const char *const *)t->rows[i].cell, width);
}

static void on_event(void *arg, const struct copl_event *e)
{
	struct table *t = arg;

	if (strcmp(e->kind, "status") == 0 ||
	    strcmp(e->kind, "status-total") == 0)
		add_row(t, e);
	else {
		/* What is told comes behind the table. */
		print_table(t);
		t->next.event(t->next.arg, e);
	}
}

static void free_table(struct table *t)
{
	size_t i, k;

	for (i = 0; i < t->n; i++)
		for (k = 0; k < COLUMNS; k++)
			free(t->rows[i].cell[k]);
	free(t->rows);
}

/* "translated", "reviewed", "approved"; false: told on stderr. */
static bool read_require(
    const struct cli_call *call, enum copl_status_require *out)
{
	static const char *const words[] = {
	    "", "translated", "reviewed", "approved"};
	const char *word = cli_value(call, "require", "");
	size_t i;

	for (i = 0; i < CLI_COUNT(words); i++)
		if (strcmp(word, words[i]) == 0) {
			*out = (enum copl_status_require)i;
			return true;
		}
	(void)cli_usage_error(call->command,
	    _("--require is one of \"translated\", \"reviewed\", "
	      "\"approved\", not \"%s\""),
	    word);
	return false;
}

static enum copl_status report_text(
    struct cli_call *call, const struct copl_status_options *o)
{
	struct table t = {.next = call->sink};
	struct copl_sink sink = {on_diag, on_event, &t};
	enum copl_status st;

	st = copl_status_report(".", o, &sink);
	if (t.nomem)
		st = COPL_E_NOMEM;
	if (!t.nomem)
		print_table(&t);
	free_table(&t);
	return st;
}

enum cli_exit cli_run_status(struct cli_call *call)
{
	struct copl_status_options o = {
	    .now = call->now,
	    .html = cli_value(call, "html", NULL),
	    .page_language = cli_value(call, "html-language", NULL),
	};
	enum copl_status st;

	if (!read_require(call, &o.require))
		return CLI_USAGE;
	if (call->json)
		st = copl_status_report(".", &o, &call->sink);
	else
		st = report_text(call, &o);
	return cli_finish(call, cli_remind(call, st));
}
