/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <copl10n-net.h>
#include "cli/cli.h"
#include "cli/i18n.h"
#include "cli/tally_show.h"

/* Where what does not fit into memory waits. */
static const char *scratch(void)
{
	const char *dir = getenv("TMPDIR");

	return dir == NULL || *dir == '\0' ? P_tmpdir : dir;
}

/* --release, else the folder of all releases, if there is one. */
static const char *const *releases(struct cli_call *call, size_t *n)
{
	static const char *const usual[] = {"releases"};
	const char *const *given = cli_values(call, "release", n);

	if (*n > 0)
		return given;
	*n = access(usual[0], R_OK | X_OK) == 0 ? 1 : 0;
	return usual;
}

static const char *first_given(
    const struct cli_call *call, const char *const *names, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (cli_flag(call, names[i]) ||
		    cli_value(call, names[i], NULL) != NULL)
			return names[i];
	return NULL;
}

/* Options of one kind of work with another are told; CLI_DONE: none are. */
static enum cli_exit check_options(struct cli_call *call)
{
	static const char *const counts[] = {
	    "csv", "html", "labels", "form", "draft", "all-cells"};
	static const char *const follows[] = {"once", "interval", "days"};
	const bool follow = cli_flag(call, "follow");
	const bool purge = cli_flag(call, "purge");
	const char *wrong = NULL;

	if (follow && purge)
		return cli_usage_error(call->command,
		    _("--follow counts and --purge removes: choose one"));
	if (follow || purge)
		wrong = first_given(call, counts, CLI_COUNT(counts));
	if (wrong == NULL && !follow)
		wrong = first_given(call, follows, CLI_COUNT(follows));
	if (wrong != NULL)
		return cli_usage_error(call->command,
		    follow || purge ? _("--%s is not for --follow or --purge")
				    : _("--%s is for --follow"),
		    wrong);
	if (cli_flag(call, "dry-run") && !purge)
		return cli_usage_error(
		    call->command, _("--dry-run is for --purge"));
	if (cli_flag(call, "all-cells") &&
	    cli_value(call, "html", NULL) != NULL)
		return cli_usage_error(call->command,
		    _("a page is for publishing, and --all-cells shows what "
		      "must not be published: leave one of the two out"));
	return CLI_DONE;
}

/* ---- counting ---- */

static enum copl_status count(
    struct cli_call *call, const struct cli_passphrase *pass)
{
	struct copl_tally_options o = {.dirs = call->operands,
	    .ndirs = call->noperands,
	    .labels = cli_value(call, "labels", NULL),
	    .csv = cli_value(call, "csv", NULL),
	    .html = cli_value(call, "html", NULL),
	    .key = cli_value(call, "key", NULL),
	    .passphrase = cli_passphrase_text(pass),
	    .scratch = scratch(),
	    .draft = cli_flag(call, "draft"),
	    .exact = cli_flag(call, "all-cells"),
	    .now = call->now};
	struct cli_tally_show *show;
	struct copl_sink sink;
	enum copl_status st;

	o.releases = releases(call, &o.nreleases);
	o.forms = cli_values(call, "form", &o.nforms);
	if (call->json)
		return copl_tally(&o, &call->sink);
	if (o.exact)
		printf("%s\n",
		    _("All numbers, small ones too: for the secretariat "
		      "alone, not to be published."));
	show = cli_tally_show_begin(call, &sink);
	if (show == NULL)
		return COPL_E_NOMEM;
	st = copl_tally(&o, &sink);
	return cli_tally_show_end(show) ? st : COPL_E_NOMEM;
}

/* ---- following ---- */

static enum copl_status look(
    struct cli_call *call, const struct copl_tally_follow_options *o)
{
	struct cli_tally_show *show;
	struct copl_sink sink;
	enum copl_status st;

	if (call->json)
		return copl_tally_follow(o, &call->sink);
	show = cli_tally_show_begin(call, &sink);
	if (show == NULL)
		return COPL_E_NOMEM;
	st = copl_tally_follow(o, &sink);
	return cli_tally_show_end(show) ? st : COPL_E_NOMEM;
}

/* false: somebody wants it to end. */
static bool wait_for(int fd, uint64_t seconds)
{
	struct pollfd p = {.fd = fd, .events = POLLIN};

	return poll(&p, 1, (int)seconds * 1000) == 0;
}

static enum copl_status follow(
    struct cli_call *call, const struct cli_passphrase *pass)
{
	struct copl_tally_follow_options o = {.dirs = call->operands,
	    .ndirs = call->noperands,
	    .key = cli_value(call, "key", NULL),
	    .passphrase = cli_passphrase_text(pass),
	    .scratch = scratch(),
	    .now = call->now};
	uint64_t interval = 60, days = 7;
	enum copl_status st;
	int fd = -1;

	if (!cli_number(call, "interval", 1, 86400, &interval) ||
	    !cli_number(call, "days", 1, 31, &days))
		return COPL_E_BUG; /* was asked before */
	o.days = (unsigned)days;
	o.releases = releases(call, &o.nreleases);
	if (!cli_flag(call, "once"))
		fd = cli_stop_fd(call, 0);
	if (fd < 0)
		return cli_flag(call, "once") ? look(call, &o) : COPL_E_IO;
	do {
		st = look(call, &o);
		if (st != COPL_OK && st != COPL_E_INVALID)
			return st;
		fflush(stdout);
		if (!wait_for(fd, interval))
			return st;
		if (cli_value(call, "now", NULL) == NULL)
			o.now = (int64_t)time(NULL);
	} while (true);
}

/* Numbers are read before anything is done. */
static bool check_numbers(const struct cli_call *call)
{
	uint64_t n = 1;

	return cli_number(call, "interval", 1, 86400, &n) &&
	       cli_number(call, "days", 1, 31, &n);
}

enum cli_exit cli_run_tally(struct cli_call *call)
{
	struct cli_passphrase pass = {.set = false};
	enum cli_exit rc = check_options(call);
	enum copl_status st;

	if (rc != CLI_DONE || !check_numbers(call))
		return CLI_USAGE;
	if (cli_flag(call, "purge"))
		return cli_finish(call,
		    copl_tally_purge(call->operands, call->noperands, call->now,
			cli_flag(call, "dry-run"), &call->sink));
	st = cli_passphrase_read(call, "passphrase-file", &pass);
	if (st == COPL_OK)
		st = cli_flag(call, "follow") ? follow(call, &pass)
					      : count(call, &pass);
	cli_passphrase_wipe(&pass);
	return cli_finish(call, st);
}
