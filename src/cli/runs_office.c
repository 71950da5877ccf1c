/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cli/cli.h"
#include "cli/i18n.h"

/*
 * What an office needs, and no more: each command that is added here brings
 * the libraries that it stands on (tests/meta/office.sh).
 */
const struct cli_runner cli_runners[] = {
    {"fetch", cli_run_fetch},
    {"verify", cli_run_verify},
    {"serve", cli_run_serve},
    {"tally", cli_run_tally},
};
const size_t cli_nrunners = CLI_COUNT(cli_runners);
const bool cli_whole = false;

enum cli_exit cli_run_elsewhere(struct cli_call *call)
{
	return cli_usage_error(NULL,
	    _("\"%s\" is not in the program for offices; the whole cop-l10n "
	      "has it"),
	    call->command->name);
}
