/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "cli/cli.h"
#include "cli/i18n.h"

enum cli_exit cli_run_build(struct cli_call *call)
{
	struct cli_passphrase first = {.set = false};
	struct cli_passphrase second = {.set = false};
	struct copl_build_options o = {
	    .dir = ".",
	    .output = cli_value(call, "output", "releases"),
	    .key = cli_value(call, "key", "keys/release.key"),
	    .next_key = cli_value(call, "next-key", NULL),
	    .now = call->now,
	    .renew = cli_flag(call, "renew"),
	    .print = cli_flag(call, "print"),
	    .draft = cli_flag(call, "draft"),
	    .fallback = cli_flag(call, "fallback"),
	};
	enum copl_status st;
	size_t reasons = 0;

	o.without = cli_values(call, "without", &o.nwithout);
	o.reasons = cli_values(call, "reason", &reasons);
	if (reasons != o.nwithout)
		return cli_usage_error(call->command,
		    _("each --without LANG needs its own --reason TEXT"));

	st = cli_passphrase_read(call, "passphrase-file", &first);
	if (st == COPL_OK)
		st = cli_passphrase_read(call, "next-passphrase-file", &second);
	if (st == COPL_OK) {
		o.passphrase = cli_passphrase_text(&first);
		o.next_passphrase = cli_passphrase_text(&second);
		st = copl_build(&o, &call->sink);
	}
	cli_passphrase_wipe(&first);
	cli_passphrase_wipe(&second);
	if (st == COPL_OK && o.draft)
		cli_hint(call,
		    _("Look at it: open %s/draft/index.html in a browser.\n"
		      "It is for testing: cop-l10n push does not send it."),
		    o.output);
	else if (st == COPL_OK)
		cli_hint(call,
		    _("Look at it: open %s/latest/index.html in a browser.\n"
		      "Next: cop-l10n push"),
		    o.output);
	return cli_finish(call, st);
}
