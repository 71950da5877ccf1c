/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "cli/cli.h"
#include "cli/i18n.h"

static const char *action_name(const void *actions, size_t i)
{
	return ((const char *const *)actions)[i];
}

static enum cli_exit wrong_action(struct cli_call *call, const char *action)
{
	static const char *const actions[] = {"sheet", "record"};
	const char *near =
	    cli_suggest(action, action_name, actions, CLI_COUNT(actions));

	if (near != NULL)
		return cli_usage_error(call->command,
		    _("\"signoff\" does sheet or record, not \"%s\"; did you "
		      "mean \"%s\"?"),
		    action, near);
	return cli_usage_error(call->command,
	    _("\"signoff\" does sheet or record, not \"%s\""), action);
}

static enum cli_exit make_sheet(
    struct cli_call *call, const struct copl_signoff_options *o)
{
	enum copl_status st;

	if (o->output == NULL)
		return cli_usage_error(call->command,
		    _("say where the sheet is to be written: -o FILE"));
	st = copl_signoff_sheet(o, &call->sink);
	if (st == COPL_OK)
		cli_hint(call,
		    _("Next: print %s and have it signed, then: cop-l10n "
		      "signoff record %s --who NAME --role ROLE --digest "
		      "DIGEST"),
		    o->output, o->lang);
	return cli_finish(call, st);
}

enum cli_exit cli_run_signoff(struct cli_call *call)
{
	const char *action = call->operands[0];
	const struct copl_signoff_options o = {
	    .dir = ".",
	    .lang = call->operands[1],
	    .form = cli_value(call, "form", NULL),
	    .output = cli_value(call, "output", NULL),
	    .who = cli_value(call, "who", NULL),
	    .role = cli_value(call, "role", NULL),
	    .digest = cli_value(call, "digest", NULL),
	    .sheet = cli_value(call, "sheet", NULL),
	    .now = call->now,
	};

	if (strcmp(action, "sheet") == 0)
		return make_sheet(call, &o);
	if (strcmp(action, "record") != 0)
		return wrong_action(call, action);
	if (o.digest == NULL)
		return cli_usage_error(call->command,
		    _("say what was signed: --digest with the characters on "
		      "the sheet"));
	return cli_finish(call, copl_signoff_record(&o, &call->sink));
}
