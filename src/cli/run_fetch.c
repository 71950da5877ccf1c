/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <copl10n-net.h>
#include "cli/cli.h"
#include "cli/i18n.h"

enum cli_exit cli_run_fetch(struct cli_call *call)
{
	const struct copl_fetch_options o = {
	    .url = call->operands[0],
	    .dir = call->operands[1],
	    .key = cli_value(call, "key", NULL),
	    .fingerprint = cli_value(call, "fingerprint", NULL),
	    .now = call->now,
	    .draft = cli_flag(call, "draft"),
	};
	enum copl_status st = copl_fetch(&o, &call->sink);

	if (st == COPL_OK)
		cli_hint(call,
		    _("The forms: open %s/current/index.html in a browser."),
		    o.dir);
	return cli_finish(call, st);
}
