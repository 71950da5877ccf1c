/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "cli/cli.h"

const struct cli_runner *cli_runner_of(const struct cli_command *command)
{
	size_t i;

	for (i = 0; i < cli_nrunners; i++)
		if (strcmp(cli_runners[i].name, command->name) == 0)
			return &cli_runners[i];
	return NULL;
}

bool cli_offers(const struct cli_command *command)
{
	return cli_whole || cli_runner_of(command) != NULL;
}
