/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cli/cli.h"
#include "cli/i18n.h"

/* What cop-l10n becomes cop-l10n-net for. */
const struct cli_runner cli_runners[] = {
    {"push", cli_run_push},
    {"deliveries", cli_run_deliveries},
    {"report", cli_run_report},
    {"endpoint", cli_run_endpoint},
    {"fetch", cli_run_fetch},
    {"serve", cli_run_serve},
    {"tally", cli_run_tally},
};
const size_t cli_nrunners = CLI_COUNT(cli_runners);
const bool cli_whole = false;

/* Somebody started cop-l10n-net by hand. */
enum cli_exit cli_run_elsewhere(struct cli_call *call)
{
	return cli_usage_error(
	    NULL, _("unknown command \"%s\""), call->command->name);
}
