/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <errno.h>
#include <locale.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "cli/cli.h"
#include "cli/i18n.h"

static bool wants_colour(void)
{
	const char *term = getenv("TERM");
	const char *no = getenv("NO_COLOR");

	return isatty(STDERR_FILENO) && (no == NULL || no[0] == '\0') &&
	       term != NULL && strcmp(term, "dumb") != 0;
}

/* --format, --now, -C: what every command understands. */
static enum cli_exit prepare(struct cli_call *call)
{
	const char *format = cli_value(call, "format", "text");
	const char *dir = cli_value(call, "directory", NULL);

	call->json = strcmp(format, "json") == 0;
	if (!call->json && strcmp(format, "text") != 0)
		return cli_usage_error(call->command,
		    _("--format is \"json\" or \"text\", not \"%s\""), format);
	if (!cli_now(call, &call->now))
		return CLI_USAGE;
	if (dir != NULL && chdir(dir) != 0) {
		cli_complain(_("cop-l10n: cannot go to folder %s: %s\n"), dir,
		    strerror(errno));
		return CLI_FAILED;
	}
	if (call->json)
		cli_sink_json(call);
	else
		cli_sink_plain(call);
	call->colour = wants_colour();
	return CLI_DONE;
}

/* Sets up what every command understands, then runs one. */
static enum cli_exit run_command(
    struct cli_call *call, enum cli_exit (*run)(struct cli_call *call))
{
	enum cli_exit rc;

	cli_keep_secrets(call);
	rc = prepare(call);
	if (rc == CLI_DONE && !cli_clock_ok(call))
		return cli_finish(call, COPL_E_TRUST);
	return rc == CLI_DONE ? run(call) : rc;
}

static enum cli_exit dispatch(struct cli_call *call)
{
	const struct cli_runner *runner;

	if (cli_flag(call, "version")) {
		printf("cop-l10n %s\n", PACKAGE_VERSION);
		return CLI_DONE;
	}
	if (cli_flag(call, "help")) {
		if (call->command == NULL)
			cli_help(stdout);
		else
			cli_help_command(stdout, call->command);
		return CLI_DONE;
	}
	if (call->command == NULL) {
		cli_help(stderr);
		return CLI_USAGE;
	}
	runner = cli_runner_of(call->command);
	if (runner == NULL)
		return cli_run_elsewhere(call);
	if (call->command->group == CLI_ITSELF)
		return runner->run(call);
	return run_command(call, runner->run);
}

/* A full disk must never look like success. */
static int close_stdout(enum cli_exit rc)
{
	bool bad = ferror(stdout) != 0;

	if (fclose(stdout) != 0 && errno != EBADF)
		bad = true;
	if (!bad)
		return (int)rc;
	fprintf(
	    stderr, _("cop-l10n: cannot write output: %s\n"), strerror(errno));
	return CLI_FAILED;
}

/*
 * Documents and catalogs are large and short-lived: their memory goes back to
 * the system at once, and a buffer that grows moves its pages, not its bytes.
 */
static void tune_memory(void)
{
#ifdef M_MMAP_THRESHOLD
	(void)mallopt(M_MMAP_THRESHOLD, 1 << 20);
#endif
}

/* Where the catalogs of the program's own messages are. */
static void find_messages(void)
{
#ifdef ENABLE_NLS
	const char *dir = getenv("COP_L10N_LOCALEDIR");

	if (dir == NULL || dir[0] != '/')
		dir = LOCALEDIR;
	bindtextdomain(PACKAGE, dir);
	bind_textdomain_codeset(PACKAGE, "UTF-8");
#endif
}

int main(int argc, char **argv)
{
	struct cli_call call = {0};
	enum cli_exit rc;

	tune_memory();
	/* What gettext looks at; any other makes each start slower. */
	setlocale(LC_CTYPE, "");
	setlocale(LC_MESSAGES, "");
	find_messages();
	rc = cli_parse(&call, argc, argv);
	if (rc == CLI_DONE)
		rc = dispatch(&call);
	cli_clear(&call);
	return close_stdout(rc);
}
