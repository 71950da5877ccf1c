/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <copl10n-net.h>
#include "cli/cli.h"
#include "cli/i18n.h"

enum cli_exit cli_run_push(struct cli_call *call)
{
	bool draft = cli_flag(call, "draft");
	struct copl_push_options o = {
	    .dir = ".",
	    .release = cli_value(
		call, "release", draft ? "releases/draft" : "releases/latest"),
	    .ledger = cli_value(call, "ledger", ".cop-l10n/ledger.sqlite"),
	    .now = call->now,
	    .dry_run = cli_flag(call, "dry-run"),
	    .draft = draft,
	};
	uint64_t attempts = 5;
	struct cli_progress *progress;
	enum copl_status st;

	if (!cli_number(call, "attempts", 1, 100, &attempts))
		return CLI_USAGE;
	o.attempts = (unsigned)attempts;
	o.to = cli_values(call, "to", &o.nto);
	progress = cli_progress_begin(call);
	st = copl_push(&o, &call->sink);
	cli_progress_end(call, progress);
	if (st == COPL_E_INCOMPLETE)
		cli_hint(call, _("Run cop-l10n push again: it goes on where it "
				 "stopped."));
	return cli_finish(call, st);
}
