/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_CLI_H
#define COPL_CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <copl10n.h>

#define CLI_COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define CLI_PRINTF(fmt, first) __attribute__((format(printf, fmt, first)))

/*
 * Exit statuses.  They are promises to scripts: documented in cop-l10n(1),
 * held by tests/cli, never renumbered.  1 is never used, because libraries
 * that call exit(1) own it.
 */
enum cli_exit {
	CLI_DONE = 0,
	CLI_USAGE = 2, /* the command line was wrong */
	CLI_FAILED = 3, /* could not read, write or allocate */
	CLI_FINDINGS = 4, /* the input has errors; they were listed */
	CLI_INCOMPLETE = 5, /* deliveries wait; the next push goes on */
	CLI_TRUST = 6, /* signature, digest, version or expiry says no */
	CLI_REFUSED = 7, /* an endpoint refused for good */
	CLI_LOCKED = 8, /* another run holds the lock */
	CLI_BUG = 70 /* our mistake */
};

struct cli_option {
	const char *name;
	char letter; /* '\0': long form only */
	const char *arg; /* what the value is called; NULL: takes none */
	const char *help; /* one line, N_() marked */
	bool required;
};

struct cli_call;

struct cli_command {
	const char *name;
	const char *args; /* operands in the usage line; "" if none */
	const char *summary; /* one line, N_() marked */
	/* where --help lists it; CLI_ITSELF: nowhere, and it needs nothing */
	enum cli_group { CLI_PROJECT, CLI_DELIVERY, CLI_ANY, CLI_ITSELF } group;
	const struct cli_option *options;
	size_t noptions;
	size_t min; /* operands */
	size_t max;
};

/* How a program runs a command of the table. */
struct cli_runner {
	const char *name;
	enum cli_exit (*run)(struct cli_call *call);
};

struct cli_given {
	const struct cli_option *option;
	const char *value; /* NULL: a flag */
};

/* One command line, parsed. */
struct cli_call {
	const struct cli_command *command; /* NULL: none was named */
	struct cli_given *given; /* in the order of the line */
	size_t ngiven;
	const char **operands;
	size_t noperands;
	const char **list; /* room for the values of all options */
	size_t nlist; /* used */
	char **argv; /* as the program was started */
	bool json;
	bool colour;
	bool info; /* notes are called so, as checkers of catalogs do */
	int64_t now; /* seconds since 1970 */
	struct copl_sink sink; /* arg is this call */
	size_t errors;
	size_t warnings;
	size_t notes;
	char last[32]; /* kind of the last event */
};

/* ---- table.c: everything the program can be asked ---- */

extern const struct cli_option cli_globals[];
extern const size_t cli_nglobals;
extern const struct cli_command cli_commands[];
extern const size_t cli_ncommands;

/* ---- runs.c, runs_net.c, runs_office.c: a program has one of them ---- */

extern const struct cli_runner cli_runners[];
extern const size_t cli_nrunners;
/* Every command of the table is to be had here, if need be in cop-l10n-net. */
extern const bool cli_whole;
/*
 * A command that this program does not run: cop-l10n becomes cop-l10n-net,
 * others say who has it.
 */
enum cli_exit cli_run_elsewhere(struct cli_call *call);

/* ---- runner.c ---- */

/* NULL: not one of this program. */
const struct cli_runner *cli_runner_of(const struct cli_command *command);
bool cli_offers(const struct cli_command *command);

/* ---- options.c ---- */

/* CLI_DONE, CLI_USAGE (told on stderr) or CLI_FAILED (no memory). */
enum cli_exit cli_parse(struct cli_call *call, int argc, char **argv);
void cli_clear(struct cli_call *call);
/* CLI_USAGE: there is none of that name, told on stderr. */
enum cli_exit cli_find_command(
    const char *name, const struct cli_command **out);
bool cli_flag(const struct cli_call *call, const char *name);
/* The last value given, or fallback. */
const char *cli_value(
    const struct cli_call *call, const char *name, const char *fallback);
/* All values given; ask once for each option.  They live as long as call. */
const char *const *cli_values(
    struct cli_call *call, const char *name, size_t *n);
/*
 * A whole number from min to max into *out, which keeps its value when the
 * option was not given.  false: not such a number, told on stderr.
 */
bool cli_number(const struct cli_call *call, const char *name, uint64_t min,
    uint64_t max, uint64_t *out);

/* ---- help.c ---- */

void cli_help(FILE *to);
void cli_help_command(FILE *to, const struct cli_command *command);
/* "cop-l10n COMMAND: sentence" and where help is; returns CLI_USAGE. */
enum cli_exit cli_usage_error(
    const struct cli_command *command, const char *fmt, ...) CLI_PRINTF(2, 3);

/* ---- completion.c ---- */

/* A script for bash that completes what the table has. */
void cli_completion(FILE *to);

/* ---- suggest.c ---- */

/* The name that a typing error may have meant; NULL: none is near. */
const char *cli_suggest(const char *typed,
    const char *(*name_at)(const void *, size_t), const void *names, size_t n);

/* ---- secrecy.c ---- */

/* What a command that knows secrets has in its memory stays there. */
void cli_keep_secrets(const struct cli_call *call);

/* ---- clock.c ---- */

/* --now, else SOURCE_DATE_EPOCH, else the clock; false: told on stderr. */
bool cli_now(const struct cli_call *call, int64_t *now);
/* "2027-01-12T08:00:00Z", or "+02:00" at its end. */
bool cli_instant(const char *s, int64_t *out);
/*
 * Is this a time that it can be?  If not that is told, and false means that
 * the command must not run: what it would make or judge depends on the time.
 */
bool cli_clock_ok(struct cli_call *call);
/*
 * Reminds of a release in releases/latest that will expire; whatever st is
 * stays, but for want of memory.
 */
enum copl_status cli_remind(struct cli_call *call, enum copl_status st);

/* ---- stop.c ---- */

/*
 * A descriptor that can be read when the program is to end: after Ctrl-C,
 * SIGTERM, or so many seconds (0: no limit).  -1: told on stderr.
 */
int cli_stop_fd(struct cli_call *call, unsigned seconds);

/* ---- passphrase.c ---- */

struct cli_passphrase {
	char text[1025];
	bool set;
};
/*
 * The first line of the file named by an option, if the option was given.
 * Told on stderr when it cannot be read.
 */
enum copl_status cli_passphrase_read(
    struct cli_call *call, const char *option, struct cli_passphrase *out);
const char *cli_passphrase_text(const struct cli_passphrase *p);
void cli_passphrase_wipe(struct cli_passphrase *p);

/* ---- what others wrote, on a terminal ---- */

/*
 * Is the character at s, of n bytes, one that a terminal would act on or that
 * turns a line round?  A byte that is no UTF-8 is one, too, as U+FFFD.
 */
bool cli_is_harm(const char *s, size_t *n, uint32_t *code);
/*
 * Text may come from a catalog or a server or be the name of somebody's file:
 * what does harm is shown as U+FFFD, but for the characters in kept.
 */
void cli_put_text(FILE *to, const char *text, const char *kept);
/* The same, as a text to be freed, in one line; NULL: no memory. */
char *cli_shown(const char *text);
/* The same on stderr, of a whole message; its line ends stay. */
void cli_complain(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* ---- sinks and the end ---- */

void cli_sink_plain(struct cli_call *call);
void cli_sink_json(struct cli_call *call);
/* Last object of a run with --format=json. */
void cli_json_end(const struct cli_call *call, enum cli_exit rc);
/* What both sinks keep in mind. */
void cli_note_diag(struct cli_call *call, const struct copl_diag *diag);
void cli_note_event(struct cli_call *call, const struct copl_event *event);
/* A finding of the program itself, e.g. about a file it could not read. */
void cli_report(struct cli_call *call, const char *code, const char *file,
    const char *fmt, ...) CLI_PRINTF(4, 5);
const char *cli_field(const struct copl_event *event, const char *key);

/* ---- sink_progress.c ---- */

/*
 * From here on "progress" events are drawn below what is told, on a terminal
 * that can.  NULL: nothing is drawn, and nothing is lost.
 */
struct cli_progress *cli_progress_begin(struct cli_call *call);
/* Takes the lines away again; NULL is fine. */
void cli_progress_end(struct cli_call *call, struct cli_progress *p);

/* Sums up, tells what nothing else told, returns the exit status. */
enum cli_exit cli_finish(struct cli_call *call, enum copl_status st);
/* Prints a line of advice after a success; for people only. */
void cli_hint(const struct cli_call *call, const char *fmt, ...)
    CLI_PRINTF(2, 3);

/* ---- fix.c: --fix and --dry-run of lint and check ---- */

/*
 * Puts right in the catalogs named, or in those of the project, what can be,
 * or with --dry-run shows it.  Other than CLI_DONE: that was told, and it is
 * how the program ends.
 */
enum cli_exit cli_fix(struct cli_call *call, bool project);

/* ---- commands ---- */

enum cli_exit cli_run_init(struct cli_call *call);
enum cli_exit cli_run_check(struct cli_call *call);
enum cli_exit cli_run_help(struct cli_call *call);
enum cli_exit cli_run_update(struct cli_call *call);
enum cli_exit cli_run_compendium(struct cli_call *call);
enum cli_exit cli_run_status(struct cli_call *call);
enum cli_exit cli_run_preview(struct cli_call *call);
enum cli_exit cli_run_build(struct cli_call *call);
enum cli_exit cli_run_keygen(struct cli_call *call);
enum cli_exit cli_run_pseudo(struct cli_call *call);
enum cli_exit cli_run_publish(struct cli_call *call);
enum cli_exit cli_run_verify(struct cli_call *call);
enum cli_exit cli_run_zip(struct cli_call *call);
enum cli_exit cli_run_extract(struct cli_call *call);
enum cli_exit cli_run_localize(struct cli_call *call);
enum cli_exit cli_run_its(struct cli_call *call);
enum cli_exit cli_run_explain(struct cli_call *call);
enum cli_exit cli_run_pack(struct cli_call *call);
enum cli_exit cli_run_import(struct cli_call *call);
enum cli_exit cli_run_form(struct cli_call *call);
enum cli_exit cli_run_lint(struct cli_call *call);
enum cli_exit cli_run_diff(struct cli_call *call);
enum cli_exit cli_run_merge_po(struct cli_call *call);
enum cli_exit cli_run_review(struct cli_call *call);
/* The states that it can set; NULL behind the last. */
const char *cli_review_state(size_t index);
enum cli_exit cli_run_signoff(struct cli_call *call);
/*
 * --its, --param and --strict, for the commands that have them; false: told on
 * stderr.
 */
bool cli_its_options(struct cli_call *call, struct copl_its_options *out);

/* Only in cop-l10n-net and, some of them, in cop-l10n-office. */
enum cli_exit cli_run_deliveries(struct cli_call *call);
enum cli_exit cli_run_endpoint(struct cli_call *call);
enum cli_exit cli_run_push(struct cli_call *call);
enum cli_exit cli_run_fetch(struct cli_call *call);
enum cli_exit cli_run_report(struct cli_call *call);
enum cli_exit cli_run_serve(struct cli_call *call);
enum cli_exit cli_run_tally(struct cli_call *call);

#endif
