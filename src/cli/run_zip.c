/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cli/cli.h"

enum cli_exit cli_run_zip(struct cli_call *call)
{
	const struct copl_zip_options o = {
	    .dir = ".",
	    .release = cli_value(call, "release", "releases/latest"),
	    .output = cli_value(call, "output", "."),
	    .recipients = call->operands,
	    .nrecipients = call->noperands,
	    .now = call->now,
	};

	return cli_finish(call, copl_zip_sets(&o, &call->sink));
}
