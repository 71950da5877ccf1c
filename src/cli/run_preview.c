/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdint.h>
#include "cli/cli.h"
#include "cli/i18n.h"

enum cli_exit cli_run_preview(struct cli_call *call)
{
	struct copl_preview_options o = {
	    .output = cli_value(call, "output", NULL),
	    .form = cli_value(call, "form", NULL),
	    .languages = call->operands,
	    .nlanguages = call->noperands,
	    .watch = cli_flag(call, "watch"),
	    .stop_fd = -1,
	};
	uint64_t seconds = 0;

	if (!cli_number(call, "max-seconds", 1, INT32_MAX, &seconds))
		return CLI_USAGE;
	if (seconds > 0 && !o.watch)
		return cli_usage_error(call->command,
		    _("--max-seconds is for --watch, which goes on until it is "
		      "stopped"));
	if (o.watch) {
		o.stop_fd = cli_stop_fd(call, (unsigned)seconds);
		if (o.stop_fd < 0)
			return cli_finish(call, COPL_E_IO);
	}
	return cli_finish(call, copl_preview(".", &o, &call->sink));
}
