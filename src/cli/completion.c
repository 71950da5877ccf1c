/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cli/cli.h"

/* completion.bash, which knows no command by name. */
static const struct {
	const char *name;
	const char *text;
	size_t len;
} script[] = {
#include "cli/completion.inc"
};

static void put_options(
    FILE *to, const char *name, const struct cli_option *list, size_t n)
{
	size_t i;

	fprintf(to, "\t'%s') echo '", name);
	for (i = 0; i < n; i++) {
		const char *sep = list[i].arg == NULL ? "" : "=";
		const char *arg = list[i].arg == NULL ? "" : list[i].arg;

		if (list[i].letter != '\0')
			fprintf(to, "-%c%s%s ", list[i].letter, sep, arg);
		fprintf(to, "--%s%s%s ", list[i].name, sep, arg);
	}
	fprintf(to, "' ;;\n");
}

/* The words that a function of the library lists. */
static void put_words(
    FILE *to, const char *kind, const char *(*name_at)(size_t index))
{
	const char *name;
	size_t i;

	fprintf(to, "\t%s) echo '", kind);
	for (i = 0; (name = name_at(i)) != NULL; i++)
		fprintf(to, "%s ", name);
	fprintf(to, "' ;;\n");
}

static void put_commands(FILE *to)
{
	size_t i;

	fprintf(to, "_cop_l10n_commands='");
	for (i = 0; i < cli_ncommands; i++)
		fprintf(to, "%s ", cli_commands[i].name);
	fprintf(to, "'\n_cop_l10n_operands() {\n\tcase $1 in\n");
	for (i = 0; i < cli_ncommands; i++)
		if (cli_commands[i].args[0] != '\0')
			fprintf(to, "\t%s) echo '%s' ;;\n",
			    cli_commands[i].name, cli_commands[i].args);
	fprintf(to, "\tesac\n}\n");
}

void cli_completion(FILE *to)
{
	size_t i;

	fprintf(to, "%s", script[0].text);
	put_commands(to);
	fprintf(to, "_cop_l10n_options() {\n\tcase $1 in\n");
	put_options(to, "", cli_globals, cli_nglobals);
	for (i = 0; i < cli_ncommands; i++)
		put_options(to, cli_commands[i].name, cli_commands[i].options,
		    cli_commands[i].noptions);
	fprintf(to, "\tesac\n}\n_cop_l10n_words() {\n\tcase $1 in\n");
	put_words(to, "STATE", cli_review_state);
	put_words(to, "CHECK", copl_explain_code);
	put_words(to, "CATEGORY", copl_its_category_name);
	fprintf(to, "\tesac\n}\n");
}
