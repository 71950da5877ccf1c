/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "cli/cli.h"
#include "cli/i18n.h"

static const char *action_name(const void *actions, size_t i)
{
	return ((const char *const *)actions)[i];
}

static enum cli_exit wrong_action(struct cli_call *call, const char *action)
{
	static const char *const actions[] = {"import", "export"};
	const char *near =
	    cli_suggest(action, action_name, actions, CLI_COUNT(actions));

	if (near != NULL)
		return cli_usage_error(call->command,
		    _("\"form\" does import or export, not \"%s\"; did you "
		      "mean \"%s\"?"),
		    action, near);
	return cli_usage_error(call->command,
	    _("\"form\" does import or export, not \"%s\""), action);
}

/* ";", "," or "tab"; false: told on stderr. */
static bool read_separator(const struct cli_call *call, char *out)
{
	const char *s = cli_value(call, "separator", ",");

	if (strcmp(s, "tab") == 0)
		s = "\t";
	*out = *s;
	if (strlen(s) == 1 && strchr(",;\t", *s) != NULL)
		return true;
	(void)cli_usage_error(call->command,
	    _("--separator is one of \",\", \";\", \"tab\", not \"%s\""), s);
	return false;
}

enum cli_exit cli_run_form(struct cli_call *call)
{
	const char *action = call->operands[0], *file = call->operands[1];
	struct copl_sheet_options o = {
	    .output = cli_value(call, "output", NULL),
	    .force = cli_flag(call, "force"),
	};
	enum copl_status st;

	if (!read_separator(call, &o.separator))
		return CLI_USAGE;
	if (strcmp(action, "export") == 0)
		return cli_finish(
		    call, copl_sheet_export(file, &o, &call->sink));
	if (strcmp(action, "import") != 0)
		return wrong_action(call, action);
	if (cli_value(call, "separator", NULL) != NULL)
		return cli_usage_error(call->command,
		    _("--separator is for export: import sees it by itself"));
	st = copl_sheet_import(file, &o, &call->sink);
	if (st == COPL_OK)
		cli_hint(call,
		    _("From now on %s is the master. To change it in a "
		      "spreadsheet again: cop-l10n form export %s -o %s"),
		    o.output, o.output, file);
	return cli_finish(call, st);
}
