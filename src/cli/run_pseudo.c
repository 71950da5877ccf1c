/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "cli/cli.h"
#include "cli/i18n.h"

enum cli_exit cli_run_pseudo(struct cli_call *call)
{
	const char *lang = cli_value(call, "lang", NULL);
	struct copl_pseudo_options o = {
	    .output = cli_value(call, "output", "pseudo"), .now = call->now};

	if (!cli_its_options(call, &o.its))
		return CLI_USAGE;
	o.no_arabic = lang != NULL && strcmp(lang, "en-XA") == 0;
	o.no_accents = lang != NULL && strcmp(lang, "ar-XB") == 0;
	if (lang != NULL && !o.no_arabic && !o.no_accents)
		return cli_usage_error(call->command,
		    _("--lang is \"en-XA\" or \"ar-XB\", not \"%s\""), lang);
	return cli_finish(
	    call, copl_pseudo(call->noperands == 0 ? NULL : call->operands[0],
		      &o, &call->sink));
}
