/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "cli/cli.h"
#include "cli/i18n.h"

/* Rows are kept until the widths of the columns are known. */
enum { FORM, LANGUAGE, TRANSLATED, FUZZY, MISSING, PERCENT, COLUMNS };

struct row {
	char *cell[COLUMNS];
};

struct table {
	struct cli_call *call;
	struct copl_sink next; /* everything but rows goes there */
	struct row *rows;
	size_t n;
	size_t open; /* messages that are fuzzy or missing */
	bool nomem;
};

static const char *const keys[PERCENT] = {
    "form", "language", "translated", "fuzzy", "untranslated"};

static char *percent(const struct copl_event *e)
{
	unsigned long long done =
	    strtoull(cli_field(e, "translated"), NULL, 10);
	unsigned long long all = strtoull(cli_field(e, "total"), NULL, 10);
	char text[32];

	/* Rounded down: 100 means that nothing is missing. */
	snprintf(text, sizeof(text), "%llu", all == 0 ? 100 : done * 100 / all);
	return strdup(text);
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
	for (i = 0; i < PERCENT; i++)
		rows->cell[i] = strdup(cli_field(e, keys[i]));
	rows->cell[PERCENT] = percent(e);
	for (i = 0; i < COLUMNS; i++)
		t->nomem |= rows->cell[i] == NULL;
	t->open += strtoul(cli_field(e, "fuzzy"), NULL, 10);
	t->open += strtoul(cli_field(e, "untranslated"), NULL, 10);
}

static void on_event(void *arg, const struct copl_event *e)
{
	struct table *t = arg;

	if (strcmp(e->kind, "status") == 0)
		add_row(t, e);
	else
		t->next.event(t->next.arg, e);
}

static void on_diag(void *arg, const struct copl_diag *d)
{
	struct table *t = arg;

	t->next.diag(t->next.arg, d);
}

/* Words to the left, numbers to the right. */
static void print_row(const char *const cell[COLUMNS], const int *width)
{
	size_t i;

	for (i = 0; i < COLUMNS; i++)
		printf("%s%*s", i == 0 ? "" : "  ",
		    i <= LANGUAGE ? -width[i] : width[i], cell[i]);
	printf("\n");
}

static void print_table(const struct table *t)
{
	const char *const head[COLUMNS] = {_("form"), _("language"),
	    _("translated"), _("fuzzy"), _("missing"), "%"};
	int width[COLUMNS];
	size_t i, k;

	for (k = 0; k < COLUMNS; k++) {
		size_t most = strlen(head[k]);

		for (i = 0; i < t->n; i++)
			if (strlen(t->rows[i].cell[k]) > most)
				most = strlen(t->rows[i].cell[k]);
		width[k] = most > 64 ? 64 : (int)most;
	}
	print_row(head, width);
	for (i = 0; i < t->n; i++)
		print_row((const char *const *)t->rows[i].cell, width);
}

static void free_table(struct table *t)
{
	size_t i, k;

	for (i = 0; i < t->n; i++)
		for (k = 0; k < COLUMNS; k++)
			free(t->rows[i].cell[k]);
	free(t->rows);
}

static enum copl_status report_text(struct cli_call *call)
{
	struct table t = {.call = call, .next = call->sink};
	struct copl_sink sink = {on_diag, on_event, &t};
	enum copl_status st = copl_status_report(".", &sink);

	if (t.nomem)
		st = COPL_E_NOMEM;
	if (st != COPL_E_NOMEM && t.n > 0)
		print_table(&t);
	if (st == COPL_OK && t.open == 0)
		cli_hint(
		    call, _("Everything is translated.  Next: cop-l10n check"));
	free_table(&t);
	return st;
}

enum cli_exit cli_run_status(struct cli_call *call)
{
	if (call->json)
		return cli_finish(call, copl_status_report(".", &call->sink));
	return cli_finish(call, report_text(call));
}
