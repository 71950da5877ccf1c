/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cli/cli.h"
#include "cli/i18n.h"

enum cli_exit cli_run_compendium(struct cli_call *call)
{
	const struct copl_compendium_options o = {.dir = ".",
	    .output = cli_value(call, "output", NULL),
	    .approved = cli_flag(call, "approved"),
	    .now = call->now};
	enum copl_status st = copl_compendium(&o, &call->sink);

	if (st == COPL_OK)
		cli_hint(call,
		    _("A later consultation takes them with cop-l10n update "
		      "--compendium %s"),
		    o.output);
	return cli_finish(call, st);
}
