/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <copl10n-net.h>
#include "cli/cli.h"
#include "cli/i18n.h"

enum cli_exit cli_run_report(struct cli_call *call)
{
	bool draft = cli_flag(call, "draft");
	const struct copl_report_options o = {
	    .dir = ".",
	    .release = cli_value(
		call, "release", draft ? "releases/draft" : "releases/latest"),
	    .ledger = cli_value(call, "ledger", ".cop-l10n/ledger.sqlite"),
	    /* Who asks for JSON wants no page unless it is named. */
	    .output =
		cli_value(call, "output", call->json ? NULL : "report.html"),
	    .lang = cli_value(call, "lang", NULL),
	    .now = call->now,
	};
	enum copl_status st = copl_delivery_report(&o, &call->sink);

	if (st == COPL_OK && o.output != NULL)
		cli_hint(call,
		    _("The page: open %s in a browser, or print it."),
		    o.output);
	return cli_finish(call, st);
}
