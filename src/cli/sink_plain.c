/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cli/cli.h"
#include "cli/i18n.h"

struct severity {
	const char *word;
	const char *colour;
};

static const struct severity *severity_of(
    const struct cli_call *call, enum copl_severity severity)
{
	static const struct severity info = {N_("info"), "\033[1;36m"};
	static const struct severity note = {N_("note"), "\033[1;36m"};
	static const struct severity warning = {N_("warning"), "\033[1;35m"};
	static const struct severity error = {N_("error"), "\033[1;31m"};

	switch (severity) {
	case COPL_NOTE:
		return call->info ? &info : &note;
	case COPL_WARNING:
		return &warning;
	case COPL_ERROR:
		break;
	}
	return &error;
}

static void on_diag(void *arg, const struct copl_diag *d)
{
	struct cli_call *call = arg;
	const struct severity *s = severity_of(call, d->severity);

	cli_note_diag(call, d);
	cli_put_text(stderr, d->file == NULL ? "cop-l10n" : d->file, "");
	putc(':', stderr);
	if (d->line != 0)
		fprintf(stderr, "%zu:", d->line);
	if (d->line != 0 && d->column != 0)
		fprintf(stderr, "%zu:", d->column);
	fprintf(stderr, " %s%s:%s ", call->colour ? s->colour : "", _(s->word),
	    call->colour ? "\033[0m" : "");
	cli_put_text(stderr, d->text, "");
	fprintf(stderr, " [%s]\n", d->code);
}

static void on_event(void *arg, const struct copl_event *e)
{
	cli_note_event(arg, e);
	if (e->text == NULL)
		return;
	cli_put_text(stdout, e->text, "\n\t");
	putchar('\n');
	fflush(stdout); /* a script may wait for "listening" */
}

void cli_sink_plain(struct cli_call *call)
{
	call->sink.diag = on_diag;
	call->sink.event = on_event;
	call->sink.arg = call;
}
