/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <copl10n-net.h>
#include "cli/cli.h"
#include "cli/i18n.h"

static enum cli_exit go_back(struct cli_call *call)
{
	const struct copl_rollback_options o = {
	    .dir = call->operands[0],
	    .now = call->now,
	    .draft = cli_flag(call, "draft"),
	};

	if (call->noperands > 1)
		return cli_usage_error(call->command,
		    _("--rollback needs only the folder: it asks no address"));
	return cli_finish(call, copl_fetch_rollback(&o, &call->sink));
}

static void fill(struct cli_call *call, struct copl_fetch_options *o)
{
	o->url = call->operands[0];
	o->dir = call->operands[1];
	o->key = cli_value(call, "key", NULL);
	o->fingerprint = cli_value(call, "fingerprint", NULL);
	o->now = call->now;
	o->draft = cli_flag(call, "draft");
	o->langs = cli_values(call, "lang", &o->nlangs);
	o->forms = cli_values(call, "form", &o->nforms);
	o->undo_rollback = cli_flag(call, "undo-rollback");
	o->token_file = cli_value(call, "token-file", NULL);
	o->user = cli_value(call, "user", NULL);
	o->password_file = cli_value(call, "password-file", NULL);
	o->ca = cli_value(call, "ca", NULL);
	o->pins = cli_values(call, "pin", &o->npins);
	o->proxy = cli_value(call, "proxy", NULL);
}

enum cli_exit cli_run_fetch(struct cli_call *call)
{
	struct copl_fetch_options o = {.url = NULL};
	enum copl_status st;

	if (cli_flag(call, "rollback"))
		return go_back(call);
	if (call->noperands < 2)
		return cli_usage_error(
		    call->command, _("an address and a folder are needed"));
	fill(call, &o);
	if ((o.user == NULL) != (o.password_file == NULL))
		return cli_usage_error(
		    call->command, _("--user and --password-file go together"));
	if (o.npins > 2)
		return cli_usage_error(call->command,
		    _("--pin can be given twice: the key now and the next"));
	st = copl_fetch(&o, &call->sink);
	if (st == COPL_OK)
		cli_hint(call,
		    _("The forms: open %s/current/index.html in a browser."),
		    o.dir);
	return cli_finish(call, st);
}
