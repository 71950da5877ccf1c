/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cli/cli.h"
#include "cli/i18n.h"

enum cli_exit cli_run_pack(struct cli_call *call)
{
	const struct copl_pack_options o = {
	    .dir = ".",
	    .lang = call->operands[0],
	    .output = cli_value(call, "output", NULL),
	    .contact = cli_value(call, "contact", NULL),
	    .now = call->now,
	};
	enum copl_status st = copl_pack(&o, &call->sink);

	if (st == COPL_OK)
		cli_hint(
		    call, _("Send the zip to the translator.  What comes back: "
			    "cop-l10n import FILE"));
	return cli_finish(call, st);
}

enum cli_exit cli_run_import(struct cli_call *call)
{
	const struct copl_import_options o = {
	    .dir = ".",
	    .file = call->operands[0],
	    .page = cli_value(call, "output", "findings.html"),
	    .dry_run = cli_flag(call, "dry-run"),
	};

	return cli_finish(call, copl_import(&o, &call->sink));
}
