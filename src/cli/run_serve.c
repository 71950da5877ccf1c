/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <time.h>
#include <copl10n-net.h>
#include "cli/cli.h"
#include "cli/i18n.h"

enum cli_exit cli_run_serve(struct cli_call *call)
{
	struct copl_serve_options o = {
	    .dir = call->operands[0],
	    .listen = cli_value(call, "listen", "127.0.0.1:8101"),
	    .key = cli_value(call, "key", NULL),
	    .fingerprint = cli_value(call, "fingerprint", NULL),
	    .token_file = cli_value(call, "token-file", NULL),
	    .now_offset = call->now - (int64_t)time(NULL),
	    .open = cli_flag(call, "open"),
	    .behind_proxy = cli_flag(call, "behind-proxy"),
	};

	if (!cli_number(call, "max-seconds", 1, UINT32_MAX, &o.max_seconds))
		return CLI_USAGE;
	o.stop_fd = cli_stop_fd(call, 0);
	if (o.stop_fd < 0)
		return cli_finish(call, COPL_E_IO);
	return cli_finish(call, copl_serve(&o, &call->sink));
}
