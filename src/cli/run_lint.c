/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cli/cli.h"

enum cli_exit cli_run_lint(struct cli_call *call)
{
	const struct copl_lint_options o = {
	    .master = cli_value(call, "master", NULL),
	    .glossary = cli_value(call, "glossary", NULL),
	    .strict = cli_flag(call, "strict"),
	    .show_ignored = cli_flag(call, "show-ignored"),
	};

	enum cli_exit rc;

	call->info = true;
	rc = cli_fix(call, false);
	if (rc != CLI_DONE)
		return rc;
	return cli_finish(call,
	    copl_lint_files(call->operands, call->noperands, &o, &call->sink));
}
