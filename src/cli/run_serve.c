/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <sys/resource.h>
#include <copl10n-net.h>
#include "cli/cli.h"
#include "cli/i18n.h"

/* A service manager hands its sockets over from here on. */
#define FIRST_SOCKET 3
#define SOCKETS_MAX 8
#define LISTEN_SIZE 1024
/* Files, locks and what the libraries hold. */
#define DESCRIPTORS_ASIDE 100

static int reload_pipe[2] = {-1, -1};

static void on_hangup(int number)
{
	int saved = errno;

	(void)number;
	if (write(reload_pipe[1], "x", 1) < 0) {
		/* Only a full pipe fails, and that one is readable. */
	}
	errno = saved;
}

static int watch_hangup(struct cli_call *call)
{
	struct sigaction act = {.sa_handler = on_hangup};

	sigemptyset(&act.sa_mask);
	act.sa_flags = SA_RESTART;
	if (pipe2(reload_pipe, O_CLOEXEC | O_NONBLOCK) == 0 &&
	    sigaction(SIGHUP, &act, NULL) == 0)
		return reload_pipe[0];
	cli_report(call, "io-signal", NULL,
	    _("cannot prepare to be told to read again: %s"), strerror(errno));
	return -1;
}

/* "--listen" as often as it was given, with blanks between. */
static bool join_listen(struct cli_call *call, char out[LISTEN_SIZE])
{
	const char *const *list;
	size_t n, i, used = 0;

	list = cli_values(call, "listen", &n);
	out[0] = '\0';
	for (i = 0; i < n && used < LISTEN_SIZE; i++)
		used += (size_t)snprintf(out + used, LISTEN_SIZE - used, "%s%s",
		    i == 0 ? "" : " ", list[i]);
	return used < LISTEN_SIZE;
}

/* How many sockets a service manager means for this process. */
static size_t handed_over(int sockets[SOCKETS_MAX])
{
	const char *pid = getenv("LISTEN_PID"), *fds = getenv("LISTEN_FDS");
	unsigned long n, i;

	if (pid == NULL || fds == NULL ||
	    strtoul(pid, NULL, 10) != (unsigned long)getpid())
		return 0;
	n = strtoul(fds, NULL, 10);
	for (i = 0; i < n && i < SOCKETS_MAX; i++)
		sockets[i] = FIRST_SOCKET + (int)i;
	return i;
}

/* Each connection is a descriptor: as many as the system lets us have. */
static void make_room(uint64_t connections)
{
	struct rlimit l;
	rlim_t wanted = connections + DESCRIPTORS_ASIDE;

	if (getrlimit(RLIMIT_NOFILE, &l) != 0 || l.rlim_cur >= wanted)
		return;
	l.rlim_cur = l.rlim_max < wanted ? l.rlim_max : wanted;
	setrlimit(RLIMIT_NOFILE, &l);
}

static enum cli_exit fill(struct cli_call *call, struct copl_serve_options *o)
{
	uint64_t connections = 6000, rate = COPL_COLLECT_RATE;

	if (!cli_number(call, "max-seconds", 1, UINT32_MAX, &o->max_seconds) ||
	    !cli_number(call, "connections", 1, 100000, &connections) ||
	    !cli_number(call, "collect-rate", 0, 1000000, &rate))
		return CLI_USAGE;
	o->dir = call->operands[0];
	o->key = cli_value(call, "key", NULL);
	o->fingerprint = cli_value(call, "fingerprint", NULL);
	o->token_file = cli_value(call, "token-file", NULL);
	o->tls_cert = cli_value(call, "tls-cert", NULL);
	o->tls_key = cli_value(call, "tls-key", NULL);
	o->origin = cli_value(call, "origin", NULL);
	o->security_txt = cli_value(call, "security-txt", NULL);
	o->access_log = cli_value(call, "access-log", NULL);
	o->collect = cli_value(call, "collect", NULL);
	o->collect_key = cli_value(call, "collect-key", NULL);
	o->collect_rate = (unsigned)rate;
	o->now_offset = call->now - (int64_t)time(NULL);
	o->connections = (unsigned)connections;
	o->open = cli_flag(call, "open");
	o->behind_proxy = cli_flag(call, "behind-proxy");
	o->read_only = cli_flag(call, "read-only");
	o->demand_match = cli_flag(call, "demand-match");
	make_room(connections);
	return CLI_DONE;
}

static bool sandbox_is(struct cli_call *call, enum copl_sandbox *out)
{
	static const char *const words[] = {[COPL_SANDBOX_OFF] = "off",
	    [COPL_SANDBOX_AUTO] = "auto",
	    [COPL_SANDBOX_REQUIRE] = "require"};
	const char *word = cli_value(call, "sandbox", "auto");
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strcmp(word, words[i]) == 0) {
			*out = (enum copl_sandbox)i;
			return true;
		}
	cli_usage_error(call->command,
	    _("--sandbox is \"auto\", \"require\" or \"off\", not \"%s\""),
	    word);
	return false;
}

enum cli_exit cli_run_serve(struct cli_call *call)
{
	struct copl_serve_options o = {.dir = NULL};
	int sockets[SOCKETS_MAX];
	char listen[LISTEN_SIZE];
	enum cli_exit code = fill(call, &o);

	if (code != CLI_DONE)
		return code;
	if (o.collect == NULL &&
	    (o.collect_key != NULL ||
		cli_value(call, "collect-rate", NULL) != NULL))
		return cli_usage_error(call->command,
		    _("--collect-key and --collect-rate go with --collect"));
	if (!sandbox_is(call, &o.sandbox))
		return CLI_USAGE;
	if (!join_listen(call, listen))
		return cli_usage_error(call->command,
		    _("a server listens at 8 addresses at most"));
	o.sockets = sockets;
	o.nsockets = handed_over(sockets);
	o.listen = listen;
	if (listen[0] == '\0' && o.nsockets == 0)
		o.listen = "127.0.0.1:8101";
	o.stop_fd = cli_stop_fd(call, 0);
	if (o.stop_fd < 0)
		return cli_finish(call, COPL_E_IO);
	o.reload_fd = watch_hangup(call);
	if (o.reload_fd < 0)
		return cli_finish(call, COPL_E_IO);
	return cli_finish(call, copl_serve(&o, &call->sink));
}
