/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
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

/* Of a character of two bytes or one: would a terminal act on it? */
static size_t control_at(const unsigned char *s)
{
	if (s[0] < ' ' || s[0] == 0x7f)
		return 1;
	return s[0] == 0xc2 && s[1] >= 0x80 && s[1] <= 0x9f ? 2 : 0;
}

/*
 * Text may come from a catalog or be the name of somebody's file: what a
 * terminal would act on is shown as U+FFFD, but for the characters in kept.
 */
static void put_text(FILE *to, const char *text, const char *kept)
{
	const char *from = text, *s = text;

	while (*s != '\0') {
		size_t n = strchr(kept, *s) == NULL
			       ? control_at((const unsigned char *)s)
			       : 0;

		if (n != 0) {
			fwrite(from, 1, (size_t)(s - from), to);
			fputs("\xef\xbf\xbd", to); /* U+FFFD */
			from = s + n;
		}
		s += n == 0 ? 1 : n;
	}
	fwrite(from, 1, (size_t)(s - from), to);
}

static void on_diag(void *arg, const struct copl_diag *d)
{
	struct cli_call *call = arg;
	const struct severity *s = severity_of(call, d->severity);

	cli_note_diag(call, d);
	put_text(stderr, d->file == NULL ? "cop-l10n" : d->file, "");
	putc(':', stderr);
	if (d->line != 0)
		fprintf(stderr, "%zu:", d->line);
	if (d->line != 0 && d->column != 0)
		fprintf(stderr, "%zu:", d->column);
	fprintf(stderr, " %s%s:%s ", call->colour ? s->colour : "", _(s->word),
	    call->colour ? "\033[0m" : "");
	put_text(stderr, d->text, "");
	fprintf(stderr, " [%s]\n", d->code);
}

static void on_event(void *arg, const struct copl_event *e)
{
	cli_note_event(arg, e);
	if (e->text == NULL)
		return;
	put_text(stdout, e->text, "\n\t");
	putchar('\n');
	fflush(stdout); /* a script may wait for "listening" */
}

void cli_sink_plain(struct cli_call *call)
{
	call->sink.diag = on_diag;
	call->sink.event = on_event;
	call->sink.arg = call;
}
