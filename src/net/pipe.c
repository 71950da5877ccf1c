/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <time.h>
#include "net/net_priv.h"

void copl_pipe_hold(struct copl_pipe_hold *h)
{
	sigset_t set;

	sigpending(&set);
	h->was_pending = sigismember(&set, SIGPIPE) == 1;
	sigemptyset(&set);
	sigaddset(&set, SIGPIPE);
	pthread_sigmask(SIG_BLOCK, &set, &h->before);
}

/* A signal that came meanwhile is ours, unless one was waiting before. */
void copl_pipe_release(const struct copl_pipe_hold *h)
{
	const struct timespec none = {0, 0};
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGPIPE);
	if (!h->was_pending)
		while (sigtimedwait(&set, NULL, &none) > 0)
			;
	pthread_sigmask(SIG_SETMASK, &h->before, NULL);
}
