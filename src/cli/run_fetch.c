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
	st = copl_fetch(&o, &call->sink);
	if (st == COPL_OK)
		cli_hint(call,
		    _("The forms: open %s/current/index.html in a browser."),
		    o.dir);
	return cli_finish(call, st);
}
