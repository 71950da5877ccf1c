/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cli/cli.h"
#include "cli/i18n.h"

enum cli_exit cli_run_merge_po(struct cli_call *call)
{
	return cli_finish(call,
	    copl_merge_po(call->operands[0], call->operands[1],
		call->operands[2], cli_value(call, "path", NULL), &call->sink));
}

enum cli_exit cli_run_diff(struct cli_call *call)
{
	const struct copl_diff_options o = {.colour = call->colour};

	return cli_finish(call,
	    copl_diff(call->operands[0], call->operands[1], &o, &call->sink));
}
