/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cli/cli.h"
#include "cli/i18n.h"

static void advise(struct cli_call *call, bool answers, const char *prefix)
{
	if (answers)
		cli_hint(call,
		    _("Keep %s.key secret and keep a copy in a safe place: "
		      "without it nobody can read the answers.\n"
		      "Give %s.pub to every office that collects answers."),
		    prefix, prefix);
	else
		cli_hint(call,
		    _("Keep %s.key secret and keep a copy in a safe place.\n"
		      "Read the fingerprint to every office by telephone; "
		      "never send it together with the forms."),
		    prefix);
}

enum cli_exit cli_run_keygen(struct cli_call *call)
{
	bool answers = cli_flag(call, "answers");
	const char *prefix = answers ? "keys/answers" : "keys/release";
	struct cli_passphrase pass = {.set = false};
	const char *text;
	enum copl_status st;

	if (call->noperands > 0)
		prefix = call->operands[0];
	st = cli_passphrase_read(call, "passphrase-file", &pass);
	text = cli_passphrase_text(&pass);
	if (st == COPL_OK && answers)
		st = copl_keygen_answers(prefix, text, &call->sink);
	else if (st == COPL_OK)
		st = copl_keygen(prefix, text, &call->sink);
	cli_passphrase_wipe(&pass);
	if (st == COPL_OK)
		advise(call, answers, prefix);
	return cli_finish(call, st);
}
