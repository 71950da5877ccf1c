/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <malloc.h>
#include <string.h>
#include <sys/resource.h>
#include <copl10n-net.h>
#include "cli/cli.h"
#include "cli/i18n.h"

/* Connections that hang are set aside, up to four times the places. */
#define SOCKETS_PER_JOB 4
#define OTHER_FILES 100
/* Memory that is kept for the next request instead of given back. */
#define KEPT_BYTES (2 << 20)

/* The system lets a process have more open than it does at first. */
static void raise_limit(unsigned jobs)
{
	struct rlimit lim;
	rlim_t want = (rlim_t)jobs * SOCKETS_PER_JOB + OTHER_FILES;

	if (getrlimit(RLIMIT_NOFILE, &lim) != 0 || lim.rlim_cur >= want)
		return;
	lim.rlim_cur = want < lim.rlim_max ? want : lim.rlim_max;
	/* Where that is not allowed, fewer endpoints are served at a time. */
	(void)setrlimit(RLIMIT_NOFILE, &lim);
}

/*
 * Every request needs as much as its file and lets go of it: glibc would ask
 * the system for it again and again.
 */
static void keep_memory(void)
{
#ifdef M_TRIM_THRESHOLD
	mallopt(M_TRIM_THRESHOLD, KEPT_BYTES);
	mallopt(M_TOP_PAD, KEPT_BYTES / 4);
#endif
}

static bool read_verify(struct cli_call *call, struct copl_push_options *o)
{
	const char *mode = cli_value(call, "verify", NULL);

	if (mode == NULL)
		return true;
	if (strcmp(mode, "receipt") == 0)
		o->verify = COPL_PUSH_RECEIPT;
	else if (strcmp(mode, "readback") == 0)
		o->verify = COPL_PUSH_READ_BACK;
	else
		cli_usage_error(call->command,
		    _("option --verify needs receipt or readback, not \"%s\""),
		    mode);
	return o->verify != COPL_PUSH_AS_SAID;
}

/* "90", "90s", "15m" or "2h" as seconds. */
static bool read_deadline(struct cli_call *call, struct copl_push_options *o)
{
	const char *text = cli_value(call, "deadline", NULL), *p = text;
	uint64_t n = 0, unit = 1;

	if (text == NULL)
		return true;
	for (; *p >= '0' && *p <= '9' && n < UINT32_MAX; p++)
		n = n * 10 + (uint64_t)(*p - '0');
	if (*p == 'm')
		unit = 60;
	else if (*p == 'h')
		unit = 3600;
	if (p > text &&
	    (*p == '\0' || (strchr("smh", *p) != NULL && p[1] == '\0')) &&
	    n > 0 && n * unit <= UINT64_C(7) * 86400) {
		o->deadline_s = (uint32_t)(n * unit);
		return true;
	}
	cli_usage_error(call->command,
	    _("option --deadline needs a time of up to seven days, such as "
	      "90s, 15m or 2h, not \"%s\""),
	    text);
	return false;
}

static bool read_numbers(struct cli_call *call, struct copl_push_options *o)
{
	uint64_t attempts = 5, jobs = 50, rate = 0, bytes = 0, canary = 0;

	if (!cli_number(call, "attempts", 1, 100, &attempts) ||
	    !cli_number(call, "jobs", 1, 1000, &jobs) ||
	    !cli_number(call, "rate", 1, 1000000, &rate) ||
	    !cli_number(call, "bandwidth", 1000, UINT32_MAX, &bytes) ||
	    !cli_number(call, "canary", 1, 1000000, &canary))
		return false;
	o->attempts = (unsigned)attempts;
	o->jobs = (unsigned)jobs;
	o->per_minute = (unsigned)rate;
	o->bytes_per_s = bytes;
	o->canary = (size_t)canary;
	return read_deadline(call, o) && read_verify(call, o);
}

enum cli_exit cli_run_push(struct cli_call *call)
{
	bool draft = cli_flag(call, "draft");
	struct copl_push_options o = {
	    .dir = ".",
	    .release = cli_value(
		call, "release", draft ? "releases/draft" : "releases/latest"),
	    .ledger = cli_value(call, "ledger", ".cop-l10n/ledger.sqlite"),
	    .now = call->now,
	    .proxy = cli_value(call, "proxy", NULL),
	    .dry_run = cli_flag(call, "dry-run"),
	    .draft = draft,
	    .retry_now = cli_flag(call, "retry-now"),
	    .retry_dead = cli_flag(call, "retry-dead"),
	    .force = cli_flag(call, "force"),
	};
	struct cli_progress *progress;
	enum copl_status st;

	if (!read_numbers(call, &o))
		return CLI_USAGE;
	o.to = cli_values(call, "to", &o.nto);
	if (!o.dry_run) {
		o.stop_fd = cli_stop_fd(call, 0);
		if (o.stop_fd < 0)
			return cli_finish(call, COPL_E_IO);
		raise_limit(o.jobs);
		keep_memory();
	}
	progress = cli_progress_begin(call);
	st = copl_push(&o, &call->sink);
	cli_progress_end(call, progress);
	if (st == COPL_E_INCOMPLETE)
		cli_hint(call, _("Run cop-l10n push again: it goes on where it "
				 "stopped."));
	return cli_finish(call, st);
}
