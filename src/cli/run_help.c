/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cli/cli.h"

/* Needs neither a project nor a clock: it is run while the program is built. */
enum cli_exit cli_run_help(struct cli_call *call)
{
	const struct cli_command *command = NULL;
	enum cli_exit rc = CLI_DONE;

	if (call->noperands != 0)
		rc = cli_find_command(call->operands[0], &command);
	if (rc != CLI_DONE)
		return rc;
	if (cli_flag(call, "completion"))
		cli_completion(stdout);
	else if (command == NULL)
		cli_help(stdout);
	else
		cli_help_command(stdout, command);
	return CLI_DONE;
}
