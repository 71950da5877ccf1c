/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "cli/cli.h"
#include "cli/i18n.h"

static const char *const states[] = {
    "draft", "translated", "reviewed", "approved"};

const char *cli_review_state(size_t index)
{
	return index < CLI_COUNT(states) ? states[index] : NULL;
}

static const char *state_name(const void *names, size_t i)
{
	return ((const char *const *)names)[i];
}

static bool is_state(const char *s)
{
	size_t i;

	for (i = 0; i < CLI_COUNT(states); i++)
		if (strcmp(states[i], s) == 0)
			return true;
	return false;
}

static enum cli_exit wrong_state(struct cli_call *call, const char *state)
{
	const char *near =
	    cli_suggest(state, state_name, states, CLI_COUNT(states));

	if (near != NULL)
		return cli_usage_error(call->command,
		    _("\"%s\" is not a state; did you mean \"%s\"?"), state,
		    near);
	return cli_usage_error(call->command,
	    _("\"%s\" is not a state: write draft, translated, reviewed or "
	      "approved"),
	    state);
}

static enum cli_exit wrong_choice(struct cli_call *call)
{
	return cli_usage_error(call->command,
	    _("say of which texts: their ids, --changed or --all, and only "
	      "one of the three"));
}

enum cli_exit cli_run_review(struct cli_call *call)
{
	struct copl_review_options o = {
	    .dir = ".",
	    .lang = call->operands[0],
	    .form = cli_value(call, "form", NULL),
	    .all = cli_flag(call, "all"),
	    .changed = cli_flag(call, "changed"),
	    .who = cli_value(call, "who", NULL),
	    .role = cli_value(call, "role", NULL),
	    .origin = cli_value(call, "origin", NULL),
	    .dry_run = cli_flag(call, "dry-run"),
	    .now = call->now,
	};
	enum copl_status st;
	int ways;

	if (call->noperands > 1) {
		o.state = call->operands[1];
		o.ids = call->operands + 2;
		o.nids = call->noperands - 2;
		if (!is_state(o.state))
			return wrong_state(call, o.state);
	}
	ways = (o.nids > 0) + o.all + o.changed;
	if (ways > 1 || (o.state != NULL && ways == 0))
		return wrong_choice(call);
	st = copl_review_texts(&o, &call->sink);
	if (st == COPL_OK && o.state != NULL && o.dry_run)
		cli_hint(call, _("Nothing was written, because of --dry-run."));
	else if (st == COPL_OK && call->last[0] == '\0')
		cli_hint(call, _("There is nothing to do."));
	return cli_finish(call, st);
}
