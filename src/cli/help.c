/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdarg.h>
#include <string.h>
#include "cli/cli.h"
#include "cli/i18n.h"

#define COLUMN 27 /* where the explanations begin */
#define WIDTH 80

static size_t char_bytes(const char *s)
{
	size_t n = 1;

	while (((unsigned char)s[n] & 0xC0) == 0x80)
		n++;
	return n;
}

/* May a line end between a character and the next one, without a blank? */
static bool between_ideographs(const char *prev, const char *next)
{
	unsigned char a = (unsigned char)prev[0], b = (unsigned char)next[0];

	return a >= 0xE3 && b >= 0xE4 && b <= 0xE9;
}

/* How many bytes of a text go into a line with so much room. */
static size_t first_line(const char *text, size_t room)
{
	size_t i = 0, n, width = 0, best = 0;
	char one[8];

	while (text[i] != '\0') {
		n = char_bytes(text + i);
		snprintf(one, sizeof(one), "%.*s", (int)n, text + i);
		width += copl_text_columns(one);
		if (width > room && best != 0)
			return best;
		i += n;
		if (text[i] == ' ' ||
		    between_ideographs(text + i - n, text + i))
			best = width <= room || best == 0 ? i : best;
	}
	return i;
}

/* A text whose lines begin at a column; the first begins where the pen is. */
static void print_lines(FILE *to, const char *text, size_t column)
{
	size_t n;

	for (;;) {
		n = first_line(text, WIDTH - column);
		fprintf(to, "%.*s\n", (int)n, text);
		text += n;
		while (*text == ' ')
			text++;
		if (*text == '\0')
			return;
		fprintf(to, "%*s", (int)column, "");
	}
}

static void print_option(FILE *to, const struct cli_option *o)
{
	int n = o->letter == '\0'
		    ? fprintf(to, "      --%s", o->name)
		    : fprintf(to, "  -%c, --%s", o->letter, o->name);

	if (o->arg != NULL)
		n += fprintf(to, "=%s", o->arg);
	if (n >= COLUMN)
		n = fprintf(to, "\n") * 0;
	fprintf(to, "%*s", COLUMN - n, "");
	print_lines(to, _(o->help), COLUMN);
}

static void print_options(
    FILE *to, const char *title, const struct cli_option *list, size_t n)
{
	size_t i;

	if (n == 0)
		return;
	fprintf(to, "\n%s\n", title);
	for (i = 0; i < n; i++)
		print_option(to, &list[i]);
}

static void print_group(FILE *to, enum cli_group group, const char *title)
{
	bool titled = false;
	size_t i;

	for (i = 0; i < cli_ncommands; i++) {
		const struct cli_command *c = &cli_commands[i];

		if (c->group != group || !cli_offers(c))
			continue;
		if (!titled)
			fprintf(to, "\n%s\n", title);
		titled = true;
		fprintf(to, "  %-11s", c->name);
		print_lines(to, _(c->summary), 13);
	}
}

void cli_help(FILE *to)
{
	fprintf(to, _("usage: cop-l10n COMMAND [OPTION...] [ARGUMENT...]\n"));
	print_group(to, CLI_PROJECT, _("The consultation, in its folder:"));
	print_group(to, CLI_DELIVERY, _("To the offices and at the offices:"));
	print_group(to, CLI_ANY, _("Any XML document:"));
	print_options(
	    to, _("Options of every command:"), cli_globals, cli_nglobals);
	fprintf(to, _("\nMore about a command: cop-l10n COMMAND --help, or "
		      "man cop-l10n-COMMAND\n"));
}

void cli_help_command(FILE *to, const struct cli_command *command)
{
	fprintf(to, _("usage: cop-l10n %s [OPTION...]%s%s\n\n"), command->name,
	    command->args[0] == '\0' ? "" : " ", command->args);
	fprintf(to, "%s: ", command->name);
	print_lines(to, _(command->summary), strlen(command->name) + 2);
	print_options(to, _("Options:"), command->options, command->noptions);
	print_options(
	    to, _("Options of every command:"), cli_globals, cli_nglobals);
}

enum cli_exit cli_usage_error(
    const struct cli_command *command, const char *fmt, ...)
{
	const char *gap = command == NULL ? "" : " ";
	const char *name = command == NULL ? "" : command->name;
	char text[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	fprintf(stderr, "cop-l10n%s%s: ", gap, name);
	cli_put_text(stderr, text, "");
	fprintf(stderr, _("\nHelp: cop-l10n%s%s --help\n"), gap, name);
	return CLI_USAGE;
}
