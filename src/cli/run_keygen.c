/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cli/cli.h"
#include "cli/i18n.h"

enum cli_exit cli_run_keygen(struct cli_call *call)
{
	const char *prefix =
	    call->noperands == 0 ? "keys/release" : call->operands[0];
	struct cli_passphrase pass = {.set = false};
	enum copl_status st;

	st = cli_passphrase_read(call, "passphrase-file", &pass);
	if (st == COPL_OK)
		st = copl_keygen(
		    prefix, cli_passphrase_text(&pass), &call->sink);
	cli_passphrase_wipe(&pass);
	if (st == COPL_OK)
		cli_hint(call,
		    _("Keep %s.key secret and keep a copy in a safe place.\n"
		      "Read the fingerprint to every office by telephone; "
		      "never send it together with the forms."),
		    prefix);
	return cli_finish(call, st);
}
