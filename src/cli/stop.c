/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>
#include "cli/cli.h"
#include "cli/i18n.h"

/* Written to by the handler, watched by what goes on. */
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
	       sigaction(SIGTERM, &act, NULL) == 0 &&
	       sigaction(SIGALRM, &act, NULL) == 0;
}

int cli_stop_fd(struct cli_call *call, unsigned seconds)
{
	if (!watch_signals()) {
		cli_report(call, "io-signal", NULL,
		    _("cannot prepare to be stopped: %s"), strerror(errno));
		return -1;
	}
	alarm(seconds);
	return stop_pipe[0];
}
