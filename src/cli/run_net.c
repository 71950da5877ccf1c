/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "cli/cli.h"

/* The commands that the table marks with needs_net. */
static const struct {
	const char *name;
	enum cli_exit (*run)(struct cli_call *call);
} runs[] = {
    {"push", cli_run_push},
    {"deliveries", cli_run_deliveries},
    {"endpoint", cli_run_endpoint},
    {"fetch", cli_run_fetch},
    {"report", cli_run_report},
    {"serve", cli_run_serve},
    {"tally", cli_run_tally},
};

enum cli_exit cli_run_net(struct cli_call *call)
{
	size_t i;

	for (i = 0; i < CLI_COUNT(runs); i++)
		if (strcmp(runs[i].name, call->command->name) == 0)
			return cli_run(call, runs[i].run);
	return cli_finish(call, COPL_E_BUG);
}
