/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cli/cli.h"
#include "cli/i18n.h"

enum cli_exit cli_run_preview(struct cli_call *call)
{
	const struct copl_preview_options o = {
	    .output = cli_value(call, "output", NULL),
	    .form = cli_value(call, "form", NULL),
	    .languages = call->operands,
	    .nlanguages = call->noperands,
	};

	return cli_finish(call, copl_preview(".", &o, &call->sink));
}
