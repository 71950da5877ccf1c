/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "cli/cli.h"
#include "cli/i18n.h"

/* "Z" or "+02:00" at the end of an instant, as seconds east of UTC. */
static bool parse_zone(const char *s, int64_t *east)
{
	static const char shape[] = "+00:00";
	size_t i;

	*east = 0;
	if (strcmp(s, "Z") == 0)
		return true;
	if (strlen(s) != strlen(shape) || (s[0] != '+' && s[0] != '-'))
		return false;
	for (i = 1; shape[i] != '\0'; i++)
		if (shape[i] == ':' ? s[i] != ':' : s[i] < '0' || s[i] > '9')
			return false;
	*east = ((s[1] - '0') * 10 + (s[2] - '0')) * 3600 +
		((s[4] - '0') * 10 + (s[5] - '0')) * 60;
	if (s[0] == '-')
		*east = -*east;
	return true;
}

bool cli_instant(const char *s, int64_t *out)
{
	struct tm tm = {0};
	const char *rest = strptime(s, "%Y-%m-%dT%H:%M:%S", &tm);
	int64_t east;

	if (rest == NULL || !parse_zone(rest, &east))
		return false;
	*out = (int64_t)timegm(&tm) - east;
	return true;
}

static bool parse_epoch(const char *s, int64_t *out)
{
	char *end = NULL;

	errno = 0;
	*out = strtoll(s, &end, 10);
	return s[0] >= '0' && s[0] <= '9' && *end == '\0' && errno == 0;
}

bool cli_now(const struct cli_call *call, int64_t *now)
{
	const char *given = cli_value(call, "now", NULL);
	const char *epoch = getenv("SOURCE_DATE_EPOCH");

	if (given != NULL) {
		if (cli_instant(given, now))
			return true;
		cli_usage_error(call->command,
		    _("--now needs a date, time and zone like "
		      "2027-01-10T08:00:00Z, not \"%s\""),
		    given);
		return false;
	}
	if (epoch != NULL && epoch[0] != '\0') {
		if (parse_epoch(epoch, now))
			return true;
		cli_usage_error(call->command,
		    _("SOURCE_DATE_EPOCH needs seconds since 1970, "
		      "not \"%s\""),
		    epoch);
		return false;
	}
	*now = (int64_t)time(NULL);
	return true;
}

/*
 * 2026-01-01T00:00:00Z, before this version was made: no right clock says
 * less.  A machine that has lost its clock begins in 1970 or 2000.
 */
#define MADE INT64_C(1767225600)

static bool is_one_of(const char *name, const char *const *names)
{
	for (; *names != NULL; names++)
		if (strcmp(name, *names) == 0)
			return true;
	return false;
}

/* "1970-01-01T00:00:00Z" */
static void print_instant(int64_t t, char *out, size_t room)
{
	time_t at = (time_t)t;
	struct tm tm = {0};

	if (gmtime_r(&at, &tm) == NULL ||
	    strftime(out, room, "%Y-%m-%dT%H:%M:%SZ", &tm) == 0)
		out[0] = '\0';
}

bool cli_clock_ok(struct cli_call *call)
{
	/* "serve" is not among them: what is in place stays served. */
	static const char *const names[] = {
	    "build", "fetch", "publish", "push", "verify", "zip", NULL};
	char now[64], made[64];

	if (call->now >= MADE || !is_one_of(call->command->name, names))
		return true;
	print_instant(call->now, now, sizeof(now));
	print_instant(MADE, made, sizeof(made));
	cli_report(call, "clock-implausible", NULL,
	    _("this machine's clock says %s, but this program was made after "
	      "%s: set the clock, and try again"),
	    now, made);
	return false;
}

enum copl_status cli_remind(struct cli_call *call, enum copl_status st)
{
	return copl_release_remind("releases/latest", call->now, &call->sink) ==
		       COPL_OK
		   ? st
		   : COPL_E_NOMEM;
}
