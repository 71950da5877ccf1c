/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cli/cli.h"

enum cli_exit cli_run_lint(struct cli_call *call)
{
	const struct copl_lint_options o = {
	    .master = cli_value(call, "master", NULL),
	    .strict = cli_flag(call, "strict"),
	    .show_ignored = cli_flag(call, "show-ignored"),
	};

	call->info = true;
	return cli_finish(call,
	    copl_lint_files(call->operands, call->noperands, &o, &call->sink));
}
