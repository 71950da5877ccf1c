/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cli/cli.h"
#include "cli/i18n.h"

enum cli_exit cli_run_publish(struct cli_call *call)
{
	struct copl_publish_options o = {
	    .dir = call->operands[0],
	    .recipient = cli_value(call, "to", NULL),
	    .now = call->now,
	    .draft = cli_flag(call, "draft"),
	    .prune = cli_flag(call, "prune"),
	};
	enum copl_status st;

	o.release = cli_value(
	    call, "release", o.draft ? "releases/draft" : "releases/latest");
	st = copl_publish(&o, &call->sink);
	if (st == COPL_OK)
		cli_hint(call,
		    _("Look at it: open %s/index.html in a browser."), o.dir);
	return cli_finish(call, st);
}
