/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include <copl10n-net.h>
#include "cli/cli.h"
#include "cli/i18n.h"

#define COLUMNS_MAX 6

/* What is told of each endpoint, as a table when all are told. */
struct table {
	struct copl_sink next; /* everything but rows goes there */
	const char *kind; /* of the events that are rows */
	const char *keys[COLUMNS_MAX];
	const char *heads[COLUMNS_MAX];
	size_t columns;
	char **cells; /* row by row */
	size_t n; /* rows */
	size_t room;
	bool nomem;
};

static bool grow(struct table *t)
{
	size_t room = t->room == 0 ? 64 : t->room * 2;
	char **cells;

	if (t->n < t->room)
		return true;
	cells = reallocarray(t->cells, room * t->columns, sizeof(*cells));
	if (cells == NULL)
		return false;
	t->cells = cells;
	t->room = room;
	return true;
}

static void add_row(struct table *t, const struct copl_event *e)
{
	size_t i;

	if (t->nomem || !grow(t)) {
		t->nomem = true;
		return;
	}
	for (i = 0; i < t->columns; i++) {
		const char *text = cli_field(e, t->keys[i]);
		char *cell = cli_shown(*text == '\0' ? "–" : text);

		t->cells[t->n * t->columns + i] = cell;
		t->nomem |= cell == NULL;
	}
	t->n++;
}

static void on_diag(void *arg, const struct copl_diag *d)
{
	struct table *t = arg;

	t->next.diag(t->next.arg, d);
}

static void on_event(void *arg, const struct copl_event *e)
{
	struct table *t = arg;

	if (strcmp(e->kind, t->kind) == 0)
		add_row(t, e);
	else
		t->next.event(t->next.arg, e);
}

static void print_row(
    const struct table *t, const char *const *cells, const size_t *width)
{
	size_t i, k;

	for (i = 0; i < t->columns; i++) {
		printf("%s%s", i == 0 ? "" : "  ", cells[i]);
		k = copl_text_columns(cells[i]);
		for (; i + 1 < t->columns && k < width[i]; k++)
			putchar(' ');
	}
	printf("\n");
}

static void print_table(const struct table *t)
{
	size_t width[COLUMNS_MAX], i, k;

	if (t->n == 0)
		return;
	for (k = 0; k < t->columns; k++) {
		width[k] = copl_text_columns(t->heads[k]);
		for (i = 0; i < t->n; i++) {
			size_t n =
			    copl_text_columns(t->cells[i * t->columns + k]);

			width[k] = n > width[k] ? n : width[k];
		}
	}
	print_row(t, t->heads, width);
	for (i = 0; i < t->n; i++)
		print_row(
		    t, (const char *const *)&t->cells[i * t->columns], width);
	fflush(stdout);
}

static void free_table(struct table *t)
{
	size_t i;

	for (i = 0; i < t->n * t->columns; i++)
		free(t->cells[i]);
	free(t->cells);
}

typedef enum copl_status ask_fn(
    const struct copl_endpoint_options *o, const struct copl_sink *sink);

static enum cli_exit run_table(struct cli_call *call,
    const struct copl_endpoint_options *o, ask_fn *ask, struct table *t)
{
	const struct copl_sink sink = {on_diag, on_event, t};
	enum copl_status st;

	if (call->json)
		return cli_finish(call, ask(o, &call->sink));
	t->next = call->sink;
	st = ask(o, &sink);
	if (t->nomem)
		st = COPL_E_NOMEM;
	else
		print_table(t);
	free_table(t);
	return cli_finish(call, st);
}

static enum cli_exit list(
    struct cli_call *call, const struct copl_endpoint_options *o)
{
	struct table t = {.kind = "endpoint",
	    .keys = {"endpoint", "state", "holds", "driver", "auth", "url"},
	    .heads = {_("endpoint"), _("state"), _("holds"), _("driver"),
		_("auth"), _("address")},
	    .columns = 6};

	return run_table(call, o, copl_endpoint_list, &t);
}

static enum cli_exit check(
    struct cli_call *call, const struct copl_endpoint_options *o)
{
	struct table t = {.kind = "checked",
	    .keys = {"endpoint", "state", "holds", "allow", "url"},
	    .heads = {_("endpoint"), _("state"), _("holds"), _("takes"),
		_("address")},
	    .columns = 5};

	return run_table(call, o, copl_endpoint_check, &t);
}

static enum cli_exit turn(
    struct cli_call *call, const struct copl_endpoint_options *o, bool on)
{
	const char *reason = cli_value(call, "reason", NULL);

	if (o->nids == 0)
		return cli_usage_error(call->command,
		    _("say which endpoints: their ids, as cop-l10n endpoint "
		      "list shows them"));
	if (on && reason != NULL)
		return cli_usage_error(
		    call->command, _("--reason goes with \"disable\" only"));
	return cli_finish(
	    call, copl_endpoint_switch(o, on, reason, &call->sink));
}

static const char *action_name(const void *names, size_t i)
{
	return ((const char *const *)names)[i];
}

static enum cli_exit wrong_action(struct cli_call *call, const char *action)
{
	static const char *const actions[] = {
	    "list", "check", "enable", "disable"};
	const char *near =
	    cli_suggest(action, action_name, actions, CLI_COUNT(actions));

	if (near != NULL)
		return cli_usage_error(call->command,
		    _("there is no \"%s\"; did you mean \"%s\"?"), action,
		    near);
	return cli_usage_error(call->command,
	    _("there is no \"%s\": write list, check, enable or disable"),
	    action);
}

enum cli_exit cli_run_endpoint(struct cli_call *call)
{
	const struct copl_endpoint_options o = {
	    .dir = ".",
	    .ledger = cli_value(call, "ledger", ".cop-l10n/ledger.sqlite"),
	    .ids = call->operands + 1,
	    .nids = call->noperands - 1,
	    .now = call->now,
	};
	const char *action = call->operands[0];

	if (strcmp(action, "list") == 0)
		return list(call, &o);
	if (strcmp(action, "check") == 0)
		return check(call, &o);
	if (strcmp(action, "enable") == 0)
		return turn(call, &o, true);
	if (strcmp(action, "disable") == 0)
		return turn(call, &o, false);
	return wrong_action(call, action);
}
