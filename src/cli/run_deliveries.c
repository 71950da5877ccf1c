/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <copl10n-net.h>
#include "cli/cli.h"
#include "cli/i18n.h"

#define COLUMNS 7

/* A table as people see it: columns of an event, and what stands over them. */
struct layout {
	const char *kind;
	const char *keys[COLUMNS];
	const char *heads[COLUMNS];
};

static const struct layout standings = {"delivery",
    {"endpoint", "state", "holds", "since", "target", "next", "reason"},
    {N_("endpoint"), N_("state"), N_("holds"), N_("since (UTC)"),
	N_("is to get"), N_("next try (UTC)"), N_("last trouble")}};
static const struct layout logs = {"audit",
    {"endpoint", "at", "event", "holds", "worker", "peer", "reason"},
    {N_("endpoint"), N_("when (UTC)"), N_("what happened"), N_("holds"),
	N_("by"), N_("answered from"), N_("trouble")}};

/* Words of the ledger, in the user's language. */
static const char *const words[] = {N_("new"), N_("delivered"), N_("waiting"),
    N_("refused"), N_("gone"), N_("dead"), N_("moved"), N_("enabled"),
    N_("disabled"), N_("adopted"), N_("rebuilt")};

/* Rows are kept until the widths of the columns are known. */
struct table {
	struct copl_sink next; /* everything but rows goes there */
	const struct layout *layout;
	char *(*rows)[COLUMNS];
	size_t n;
	bool printed;
	bool nomem;
};

static const char *word(const char *text)
{
	size_t i;

	for (i = 0; i < CLI_COUNT(words); i++)
		if (strcmp(words[i], text) == 0)
			return _(words[i]);
	return text;
}

/* "2027-01-12T08:00:00Z" to the minute; what is not known is a dash. */
static char *cell(const char *text)
{
	char *copy;

	if (*text == '\0')
		return strdup("–");
	copy = cli_shown(word(text));
	if (copy != NULL && strlen(copy) == 20 && copy[10] == 'T' &&
	    copy[19] == 'Z') {
		copy[10] = ' ';
		copy[16] = '\0';
	}
	return copy;
}

static void add_row(struct table *t, const struct copl_event *e)
{
	char *(*rows)[COLUMNS] = reallocarray(t->rows, t->n + 1, sizeof(*rows));
	size_t i;

	if (rows == NULL) {
		t->nomem = true;
		return;
	}
	t->rows = rows;
	for (i = 0; i < COLUMNS; i++) {
		rows[t->n][i] = cell(cli_field(e, t->layout->keys[i]));
		t->nomem |= rows[t->n][i] == NULL;
	}
	t->n++;
}

static void print_row(const char *const cells[COLUMNS], const size_t *width)
{
	size_t i, gap;

	for (i = 0; i < COLUMNS; i++) {
		printf("%s%s", i == 0 ? "" : "  ", cells[i]);
		gap = width[i] - copl_text_columns(cells[i]);
		while (i + 1 < COLUMNS && gap-- > 0)
			putchar(' ');
	}
	printf("\n");
}

static void print_table(struct table *t)
{
	const char *heads[COLUMNS];
	size_t width[COLUMNS], i, k;

	if (t->printed || t->n == 0 || t->nomem)
		return;
	t->printed = true;
	for (k = 0; k < COLUMNS; k++) {
		heads[k] = _(t->layout->heads[k]);
		width[k] = copl_text_columns(heads[k]);
		for (i = 0; i < t->n; i++) {
			const size_t n = copl_text_columns(t->rows[i][k]);

			width[k] = n > width[k] ? n : width[k];
		}
	}
	print_row(heads, width);
	for (i = 0; i < t->n; i++)
		print_row((const char *const *)t->rows[i], width);
}

static void on_diag(void *arg, const struct copl_diag *d)
{
	struct table *t = arg;

	t->next.diag(t->next.arg, d);
}

static void on_event(void *arg, const struct copl_event *e)
{
	struct table *t = arg;

	if (strcmp(e->kind, t->layout->kind) == 0) {
		add_row(t, e);
		return;
	}
	/* What is told comes behind the table. */
	print_table(t);
	t->next.event(t->next.arg, e);
}

static enum copl_status show(
    struct cli_call *call, const struct copl_deliveries_options *o)
{
	struct table t = {.next = call->sink,
	    .layout = o->nendpoints > 0 ? &logs : &standings};
	const struct copl_sink sink = {on_diag, on_event, &t};
	enum copl_status st;
	size_t i, k;

	if (call->json)
		return copl_deliveries(o, &call->sink);
	st = copl_deliveries(o, &sink);
	print_table(&t);
	if (t.nomem)
		st = COPL_E_NOMEM;
	for (i = 0; i < t.n; i++)
		for (k = 0; k < COLUMNS; k++)
			free(t.rows[i][k]);
	free(t.rows);
	return st;
}

/* --since is a day or an instant; false: told on stderr. */
static bool read_since(const struct cli_call *call, int64_t *out)
{
	const char *text = cli_value(call, "since", NULL);
	char day[40];

	*out = 0;
	if (text == NULL || cli_instant(text, out))
		return true;
	if (snprintf(day, sizeof(day), "%sT00:00:00Z", text) < 22 &&
	    cli_instant(day, out))
		return true;
	(void)cli_usage_error(call->command,
	    _("--since is a day or an instant, like 2027-01-12 or "
	      "2027-01-12T08:00:00Z, not \"%s\""),
	    text);
	return false;
}

static enum cli_exit run_rebuild(struct cli_call *call, const char *ledger)
{
	const struct copl_rebuild_options o = {.dir = ".",
	    .releases = cli_value(call, "releases", "releases"),
	    .ledger = ledger,
	    .now = call->now};

	return cli_finish(call, copl_deliveries_rebuild(&o, &call->sink));
}

enum cli_exit cli_run_deliveries(struct cli_call *call)
{
	struct copl_deliveries_options o = {
	    .ledger = cli_value(call, "ledger", ".cop-l10n/ledger.sqlite"),
	    .state = cli_value(call, "state", NULL),
	};
	const char *what = call->noperands > 0 ? call->operands[0] : "";

	if (!read_since(call, &o.since))
		return CLI_USAGE;
	o.endpoints = cli_values(call, "endpoint", &o.nendpoints);
	if (*what != '\0' &&
	    (o.state != NULL || o.since != 0 || o.nendpoints > 0))
		return cli_usage_error(call->command,
		    _("--endpoint, --state and --since are for the table: "
		      "deliveries %s takes the whole ledger"),
		    what);
	if (strcmp(what, "verify") == 0)
		return cli_finish(
		    call, copl_deliveries_verify(o.ledger, &call->sink));
	if (strcmp(what, "rebuild") == 0)
		return run_rebuild(call, o.ledger);
	if (*what != '\0')
		return cli_usage_error(call->command,
		    _("\"%s\" is neither \"verify\" nor \"rebuild\""), what);
	return cli_finish(call, show(call, &o));
}
