/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdarg.h>
#include <string.h>
#include "cli/cli.h"
#include "cli/i18n.h"

void cli_note_diag(struct cli_call *call, const struct copl_diag *diag)
{
	switch (diag->severity) {
	case COPL_NOTE:
		call->notes++;
		break;
	case COPL_WARNING:
		call->warnings++;
		break;
	case COPL_ERROR:
		call->errors++;
		break;
	}
}

void cli_note_event(struct cli_call *call, const struct copl_event *event)
{
	size_t len = strnlen(event->kind, sizeof(call->last) - 1);

	memcpy(call->last, event->kind, len);
	call->last[len] = '\0';
}

const char *cli_field(const struct copl_event *event, const char *key)
{
	size_t i;

	for (i = 0; i < event->nfields; i++)
		if (strcmp(event->fields[i].key, key) == 0)
			return event->fields[i].value;
	return "";
}

void cli_report(struct cli_call *call, const char *code, const char *file,
    const char *fmt, ...)
{
	struct copl_diag d = {.severity = COPL_ERROR, .code = code};
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	d.file = file;
	d.text = text;
	call->sink.diag(call->sink.arg, &d);
}

void cli_hint(const struct cli_call *call, const char *fmt, ...)
{
	va_list ap;

	if (call->json)
		return;
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	printf("\n");
}

/* The one place where a status becomes an exit status. */
static enum cli_exit exit_for(enum copl_status st)
{
	switch (st) {
	case COPL_OK:
		return CLI_DONE;
	case COPL_E_INVALID:
	case COPL_E_PARSE:
	case COPL_E_LIMIT:
		return CLI_FINDINGS;
	case COPL_E_IO:
	case COPL_E_NOMEM:
	case COPL_E_NOTFOUND:
		return CLI_FAILED;
	case COPL_E_TRUST:
		return CLI_TRUST;
	case COPL_E_INCOMPLETE:
		return CLI_INCOMPLETE;
	case COPL_E_REFUSED:
		return CLI_REFUSED;
	case COPL_E_LOCKED:
		return CLI_LOCKED;
	case COPL_E_BUG:
		break;
	}
	return CLI_BUG;
}

/* A sentence for a status that came without a finding. */
static const char *sentence_for(enum cli_exit rc)
{
	switch (rc) {
	case CLI_DONE:
	case CLI_USAGE:
		return NULL;
	case CLI_FAILED:
		return _("something could not be read, written or allocated");
	case CLI_FINDINGS:
		return _("the input has errors");
	case CLI_INCOMPLETE:
		return _("not everything was delivered; the next run goes on");
	case CLI_TRUST:
		return _("the files cannot be trusted");
	case CLI_REFUSED:
		return _("an endpoint refused for good");
	case CLI_LOCKED:
		return _("another run is at work here; try again later");
	case CLI_BUG:
		break;
	}
	return _("this is a mistake in cop-l10n itself; please report it with "
		 "the command line");
}

enum cli_exit cli_finish(struct cli_call *call, enum copl_status st)
{
	enum cli_exit rc = exit_for(st);
	const char *sentence = sentence_for(rc);
	/* Warnings were enough for --strict: their number says it all. */
	bool counted =
	    call->errors > 0 ||
	    (rc == CLI_FINDINGS && call->warnings > 0 && !call->json);

	if (st == COPL_E_NOMEM)
		sentence = _("there is not enough memory; nothing was changed");
	if (sentence != NULL && (!counted || rc == CLI_BUG))
		fprintf(
		    stderr, "cop-l10n %s: %s\n", call->command->name, sentence);
	else if (!call->json && call->errors + call->warnings > 0)
		fprintf(stderr, _("cop-l10n %s: errors: %zu, warnings: %zu\n"),
		    call->command->name, call->errors, call->warnings);
	if (call->json)
		cli_json_end(call, rc);
	return rc;
}
