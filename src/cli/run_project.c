/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cli/cli.h"
#include "cli/i18n.h"

enum cli_exit cli_run_check(struct cli_call *call)
{
	enum cli_exit rc = cli_fix(call, true);
	enum copl_status st;

	if (rc != CLI_DONE)
		return rc;
	st = copl_check(".", &call->sink);
	return cli_finish(call, cli_remind(call, st));
}

enum cli_exit cli_run_update(struct cli_call *call)
{
	const struct copl_update_options o = {.dir = ".",
	    .compendium = cli_value(call, "compendium", NULL),
	    .now = call->now};
	enum copl_status st = copl_update_with(&o, &call->sink);

	if (st == COPL_OK)
		cli_hint(call, _("What is left to translate: cop-l10n status"));
	return cli_finish(call, st);
}
