/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cli/cli.h"
#include "cli/i18n.h"

enum cli_exit cli_fix(struct cli_call *call, bool project)
{
	bool dry_run = cli_flag(call, "dry-run");
	enum copl_status st;

	if (!cli_flag(call, "fix"))
		return dry_run ? cli_usage_error(call->command,
				     _("--dry-run belongs to --fix"))
			       : CLI_DONE;
	st = project ? copl_fix_project(".", dry_run, &call->sink)
		     : copl_fix_files(call->operands, call->noperands, dry_run,
			   &call->sink);
	return st == COPL_OK ? CLI_DONE : cli_finish(call, st);
}
