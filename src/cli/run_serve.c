/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <copl10n-net.h>
#include "cli/cli.h"
#include "cli/i18n.h"

/* Written to by the handler, watched by the server. */
static int stop_pipe[2] = {-1, -1};

static void on_signal(int number)
{
	int saved = errno;

	(void)number;
	if (write(stop_pipe[1], "x", 1) < 0) {
		/* Only a full pipe fails, and that one is readable. */
	}
	errno = saved;
}

static bool watch_signals(void)
{
	struct sigaction act = {.sa_handler = on_signal};

	sigemptyset(&act.sa_mask);
	act.sa_flags = SA_RESTART;
	return pipe2(stop_pipe, O_CLOEXEC | O_NONBLOCK) == 0 &&
	       sigaction(SIGINT, &act, NULL) == 0 &&
	       sigaction(SIGTERM, &act, NULL) == 0;
}

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
	};

	if (!cli_number(call, "max-seconds", 1, UINT32_MAX, &o.max_seconds))
		return CLI_USAGE;
	if (!watch_signals()) {
		cli_report(call, "io-signal", NULL,
		    _("cannot prepare to be stopped: %s"), strerror(errno));
		return cli_finish(call, COPL_E_IO);
	}
	o.stop_fd = stop_pipe[0];
	return cli_finish(call, copl_serve(&o, &call->sink));
}
