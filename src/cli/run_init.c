/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "cli/cli.h"
#include "cli/i18n.h"

enum cli_exit cli_run_init(struct cli_call *call)
{
	const struct copl_init_options o = {
	    .dir = call->operands[0],
	    .id = cli_value(call, "id", NULL),
	    .lang = cli_value(call, "lang", NULL),
	    .languages = cli_value(call, "languages", NULL),
	    .opens = cli_value(call, "opens", NULL),
	    .closes = cli_value(call, "closes", NULL),
	    .keep_until = cli_value(call, "keep-until", NULL),
	    .now = call->now,
	};
	enum copl_status st = copl_init(&o, &call->sink);

	if (st == COPL_OK && strcmp(o.dir, ".") != 0)
		cli_hint(call,
		    _("Next: cd %s, then cop-l10n check, and make it yours "
		      "with NEXT-STEPS.md"),
		    o.dir);
	else if (st == COPL_OK)
		cli_hint(call, _("Next: cop-l10n check, and make it yours with "
				 "NEXT-STEPS.md"));
	return cli_finish(call, st);
}
