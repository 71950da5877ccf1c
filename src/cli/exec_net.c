/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "cli/cli.h"
#include "cli/i18n.h"

enum cli_exit cli_run_elsewhere(struct cli_call *call)
{
	const char *dir = getenv("COP_L10N_LIBEXECDIR");
	char path[PATH_MAX];
	int n;

	if (dir == NULL || dir[0] == '\0')
		dir = COPL_LIBEXECDIR;
	n = snprintf(path, sizeof(path), "%s/cop-l10n-net", dir);
	errno = ENAMETOOLONG;
	if (n > 0 && (size_t)n < sizeof(path))
		execv(path, call->argv);
	cli_complain(
	    _("cop-l10n: cannot start %s: %s; install it, or name its folder "
	      "in COP_L10N_LIBEXECDIR\n"),
	    path, strerror(errno));
	return CLI_FAILED;
}
