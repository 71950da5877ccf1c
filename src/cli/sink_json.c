/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "cli/cli.h"

/*
 * NDJSON on standard output.  Each object carries the number of this format,
 * so that a reader can tell a later one apart.
 */
#define FORMAT "{\"cop-l10n\":1"

static const char *severity_word(enum copl_severity severity)
{
	switch (severity) {
	case COPL_NOTE:
		return "note";
	case COPL_WARNING:
		return "warning";
	case COPL_ERROR:
		break;
	}
	return "error";
}

static void put_string(const char *s)
{
	putchar('"');
	while (*s != '\0') {
		uint32_t code;
		size_t n;

		if (cli_is_harm(s, &n, &code)) {
			printf("\\u%04x", (unsigned)code);
		} else {
			if (*s == '"' || *s == '\\')
				putchar('\\');
			fwrite(s, 1, n, stdout);
		}
		s += n;
	}
	putchar('"');
}

static void put_member(const char *key, const char *value)
{
	printf(",\"%s\":", key);
	put_string(value);
}

static void end_object(void)
{
	printf("}\n");
	fflush(stdout);
}

static void on_diag(void *arg, const struct copl_diag *d)
{
	cli_note_diag(arg, d);
	printf(FORMAT);
	put_member("type", "diagnostic");
	put_member("severity", severity_word(d->severity));
	put_member("code", d->code);
	if (d->file != NULL)
		put_member("file", d->file);
	if (d->line != 0)
		printf(",\"line\":%zu", d->line);
	if (d->line != 0 && d->column != 0)
		printf(",\"column\":%zu", d->column);
	put_member("text", d->text);
	end_object();
}

static void on_event(void *arg, const struct copl_event *e)
{
	size_t i;

	cli_note_event(arg, e);
	printf(FORMAT);
	put_member("type", "event");
	put_member("event", e->kind);
	if (e->text != NULL)
		put_member("text", e->text);
	printf(",\"fields\":{");
	for (i = 0; i < e->nfields; i++) {
		printf(i == 0 ? "" : ",");
		put_string(e->fields[i].key);
		putchar(':');
		put_string(e->fields[i].value);
	}
	putchar('}');
	end_object();
}

void cli_json_end(const struct cli_call *call, enum cli_exit rc)
{
	printf(FORMAT);
	put_member("type", "end");
	printf(",\"exit\":%d,\"errors\":%zu,\"warnings\":%zu,\"notes\":%zu",
	    (int)rc, call->errors, call->warnings, call->notes);
	end_object();
}

void cli_sink_json(struct cli_call *call)
{
	call->sink.diag = on_diag;
	call->sink.event = on_event;
	call->sink.arg = call;
}
