/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "cli/cli.h"
#include "cli/i18n.h"

/* Did the command line ask for something of a new consultation? */
static bool has_wishes(const struct cli_call *call)
{
	static const char *const names[] = {
	    "id", "lang", "languages", "opens", "closes", "keep-until"};
	size_t i;

	for (i = 0; i < CLI_COUNT(names); i++)
		if (cli_value(call, names[i], NULL) != NULL)
			return true;
	return false;
}

/* The catalogs of one language of the project that we are in. */
static enum cli_exit begin_language(struct cli_call *call)
{
	const struct copl_update_options o = {.dir = ".", .now = call->now};
	enum copl_status st;

	if (has_wishes(call))
		return cli_usage_error(call->command,
		    _("options are for a new consultation, and \"%s\" is a "
		      "language of this one"),
		    call->operands[0]);
	st = copl_begin_language(&o, call->operands[0], &call->sink);
	if (st == COPL_OK)
		cli_hint(call, _("What is left to translate: cop-l10n status"));
	return cli_finish(call, st);
}

enum cli_exit cli_run_init(struct cli_call *call)
{
	const struct copl_init_options o = {
	    .dir = call->operands[0],
	    .id = cli_value(call, "id", NULL),
	    .lang = cli_value(call, "lang", NULL),
	    .languages = cli_value(call, "languages", NULL),
	    .opens = cli_value(call, "opens", NULL),
	    .closes = cli_value(call, "closes", NULL),
	    .keep_until = cli_value(call, "keep-until", NULL),
	    .now = call->now,
	};
	enum copl_status st;

	st = copl_is_language_of_project(".", o.dir);
	if (st == COPL_OK)
		return begin_language(call);
	if (st == COPL_E_NOMEM)
		return cli_finish(call, st);
	st = copl_init(&o, &call->sink);
	if (st == COPL_OK && strcmp(o.dir, ".") != 0)
		cli_hint(call,
		    _("Next: cd %s, then cop-l10n check, and make it yours "
		      "with NEXT-STEPS.md"),
		    o.dir);
	else if (st == COPL_OK)
		cli_hint(call, _("Next: cop-l10n check, and make it yours with "
				 "NEXT-STEPS.md"));
	return cli_finish(call, st);
}
