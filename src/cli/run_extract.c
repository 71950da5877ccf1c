/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include <time.h>
#include "cli/cli.h"
#include "base/i18n.h"

/* As gettext writes it: "2027-01-11 08:00+0000". */
static bool creation_date(int64_t now, char *out, size_t size)
{
	time_t t = (time_t)now;
	struct tm tm;

	return gmtime_r(&t, &tm) != NULL &&
	       strftime(out, size, "%Y-%m-%d %H:%M+0000", &tm) > 0;
}

enum cli_exit cli_run_extract(struct cli_call *call)
{
	const char *output = cli_value(call, "output", NULL);
	struct copl_l10n_options o = {0};
	enum copl_status st;
	char created[64];

	o.rules = cli_values(call, "its", &o.nrules);
	st = copl_extract(call->operands[0], &o,
	    creation_date(call->now, created, sizeof(created)) ? created : NULL,
	    output, &call->sink);
	if (st == COPL_OK)
		cli_hint(call,
		    _("Start a language: msginit -l fr -i %s -o fr.po"),
		    output);
	return cli_finish(call, st);
}

enum cli_exit cli_run_localize(struct cli_call *call)
{
	const char *missing = cli_value(call, "missing", "fail");
	struct copl_l10n_options o = {
	    .use_fuzzy = cli_flag(call, "use-fuzzy"),
	    .keep_missing = strcmp(missing, "source") == 0,
	};

	if (!o.keep_missing && strcmp(missing, "fail") != 0)
		return cli_usage_error(call->command,
		    _("--missing is \"fail\" or \"source\", not \"%s\""),
		    missing);
	o.rules = cli_values(call, "its", &o.nrules);
	return cli_finish(
	    call, copl_localize(call->operands[0], &o, call->operands + 1,
		      call->noperands - 1, cli_value(call, "output", NULL),
		      &call->sink));
}
