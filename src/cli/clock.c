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

static bool parse_instant(const char *s, int64_t *out)
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
		if (parse_instant(given, now))
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
