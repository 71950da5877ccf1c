/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cli/cli.h"

enum cli_exit cli_run_verify(struct cli_call *call)
{
	const struct copl_verify_options o = {
	    .key = cli_value(call, "key", NULL),
	    .fingerprint = cli_value(call, "fingerprint", NULL),
	    .now = call->now,
	};

	return cli_finish(
	    call, copl_verify_dir(call->operands[0], &o, &call->sink));
}
