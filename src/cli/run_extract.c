/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include <time.h>
#include "cli/cli.h"
#include "cli/i18n.h"

/* As gettext writes it: "2027-01-11 08:00+0000". */
static bool creation_date(int64_t now, char *out, size_t size)
{
	time_t t = (time_t)now;
	struct tm tm;

	return gmtime_r(&t, &tm) != NULL &&
	       strftime(out, size, "%Y-%m-%d %H:%M+0000", &tm) > 0;
}

/*
 * The index of an option's word in a list, 0 when it was not given; -1: the
 * word is none of them, told on stderr.
 */
static int choice(
    const struct cli_call *call, const char *name, const char *const *words)
{
	const char *value = cli_value(call, name, words[0]);
	char list[80] = "";
	size_t i;

	for (i = 0; words[i] != NULL; i++) {
		if (strcmp(words[i], value) == 0)
			return (int)i;
		snprintf(list + strlen(list), sizeof(list) - strlen(list),
		    "%s\"%s\"", i == 0 ? "" : ", ", words[i]);
	}
	(void)cli_usage_error(call->command, _("--%s is one of %s, not \"%s\""),
	    name, list, value);
	return -1;
}

bool cli_its_options(struct cli_call *call, struct copl_its_options *out)
{
	size_t i;

	out->rules = cli_values(call, "its", &out->nrules);
	out->params = cli_values(call, "param", &out->nparams);
	out->strict = cli_flag(call, "strict");
	for (i = 0; i < out->nparams; i++) {
		const char *eq = strchr(out->params[i], '=');

		if (eq != NULL && eq != out->params[i])
			continue;
		(void)cli_usage_error(call->command,
		    _("--param is NAME=VALUE, not \"%s\""), out->params[i]);
		return false;
	}
	return true;
}

/* How texts are called and shown; false: told on stderr. */
static bool read_form(struct cli_call *call, struct copl_l10n_options *out)
{
	static const char *const keys[] = {"id", "text", NULL};
	static const char *const forms[] = {"short", "full", NULL};
	int key = choice(call, "key", keys), form;

	if (key < 0)
		return false;
	form = choice(call, "inline", forms);
	if (form < 0)
		return false;
	out->key = key == 0 ? COPL_KEY_ID : COPL_KEY_TEXT;
	out->inline_form = form == 0 ? COPL_INLINE_SHORT : COPL_INLINE_FULL;
	return cli_its_options(call, &out->its);
}

enum cli_exit cli_run_extract(struct cli_call *call)
{
	const char *output = cli_value(call, "output", NULL);
	struct copl_l10n_options o = {.key = COPL_KEY_ID};
	enum copl_status st;
	char created[64];

	if (!read_form(call, &o))
		return CLI_USAGE;
	st = copl_extract(call->operands[0], &o,
	    creation_date(call->now, created, sizeof(created)) ? created : NULL,
	    output, &call->sink);
	if (st == COPL_OK)
		cli_hint(call,
		    _("Start a language: msginit -l fr -i %s -o fr.po"),
		    output);
	return cli_finish(call, st);
}

enum cli_exit cli_run_localize(struct cli_call *call)
{
	static const char *const words[] = {"fail", "source", "drop", NULL};
	static const enum copl_missing what[] = {
	    COPL_MISSING_FAIL, COPL_MISSING_SOURCE, COPL_MISSING_DROP};
	struct copl_l10n_options o = {
	    .use_fuzzy = cli_flag(call, "use-fuzzy"),
	    .strip_its = cli_flag(call, "strip-its"),
	};
	int missing = choice(call, "missing", words);
	uint64_t threads = 0;

	if (missing < 0 || !cli_number(call, "jobs", 1, 64, &threads) ||
	    !read_form(call, &o))
		return CLI_USAGE;
	o.missing = what[missing];
	o.threads = (unsigned)threads;
	return cli_finish(
	    call, copl_localize(call->operands[0], &o, call->operands + 1,
		      call->noperands - 1, cli_value(call, "output", NULL),
		      &call->sink));
}
