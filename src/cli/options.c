/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "cli/cli.h"
#include "cli/i18n.h"

/* What is left of the command line. */
struct line {
	char **next; /* ends with NULL */
	bool only_operands; /* after "--" */
};

static const char *command_name(const void *commands, size_t i)
{
	return ((const struct cli_command *)commands)[i].name;
}

static const char *option_name(const void *options, size_t i)
{
	return ((const struct cli_option *)options)[i].name;
}

static const struct cli_option *find_long(
    const struct cli_option *list, size_t n, const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strlen(list[i].name) == len &&
		    memcmp(list[i].name, name, len) == 0)
			return &list[i];
	return NULL;
}

static const struct cli_option *find_short(
    const struct cli_option *list, size_t n, char letter)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (list[i].letter != '\0' && list[i].letter == letter)
			return &list[i];
	return NULL;
}

static enum cli_exit unknown_option(
    const struct cli_call *call, const char *typed, size_t len)
{
	const struct cli_command *c = call->command;
	char name[64];
	const char *near = NULL;

	if (len < sizeof(name)) {
		memcpy(name, typed, len);
		name[len] = '\0';
		if (c != NULL)
			near = cli_suggest(
			    name, option_name, c->options, c->noptions);
		if (near == NULL)
			near = cli_suggest(
			    name, option_name, cli_globals, cli_nglobals);
	}
	if (near != NULL)
		return cli_usage_error(c,
		    _("unknown option --%.*s; did you mean --%s?"), (int)len,
		    typed, near);
	return cli_usage_error(c, _("unknown option --%.*s"), (int)len, typed);
}

static void give(
    struct cli_call *call, const struct cli_option *o, const char *value)
{
	call->given[call->ngiven].option = o;
	call->given[call->ngiven].value = value;
	call->ngiven++;
}

static enum cli_exit parse_long(
    struct cli_call *call, struct line *line, const char *arg)
{
	const struct cli_command *c = call->command;
	const char *name = arg + 2;
	size_t len = strcspn(name, "=");
	const char *value = name[len] == '=' ? name + len + 1 : NULL;
	const struct cli_option *o =
	    find_long(cli_globals, cli_nglobals, name, len);

	if (o == NULL && c != NULL)
		o = find_long(c->options, c->noptions, name, len);
	if (o == NULL)
		return unknown_option(call, name, len);
	if (o->arg == NULL && value != NULL)
		return cli_usage_error(
		    c, _("option --%s takes no value"), o->name);
	if (o->arg != NULL && value == NULL) {
		value = *line->next;
		if (value == NULL)
			return cli_usage_error(c,
			    _("option --%s needs a value: --%s=%s"), o->name,
			    o->name, o->arg);
		line->next++;
	}
	give(call, o, value);
	return CLI_DONE;
}

/* "-o DIR", "-oDIR", or several flags in one word. */
static enum cli_exit parse_short(
    struct cli_call *call, struct line *line, const char *arg)
{
	const struct cli_command *c = call->command;
	const char *p;

	for (p = arg + 1; *p != '\0'; p++) {
		const struct cli_option *o =
		    find_short(cli_globals, cli_nglobals, *p);
		const char *value = p + 1;

		if (o == NULL && c != NULL)
			o = find_short(c->options, c->noptions, *p);
		if (o == NULL)
			return cli_usage_error(c, _("unknown option -%c"), *p);
		if (o->arg == NULL) {
			give(call, o, NULL);
			continue;
		}
		if (*value == '\0')
			value = *line->next++;
		if (value == NULL)
			return cli_usage_error(c,
			    _("option -%c needs a value: -%c %s"), *p, *p,
			    o->arg);
		give(call, o, value);
		break;
	}
	return CLI_DONE;
}

enum cli_exit cli_find_command(const char *name, const struct cli_command **out)
{
	const char *near;
	size_t i;

	for (i = 0; i < cli_ncommands; i++) {
		if (strcmp(cli_commands[i].name, name) == 0) {
			*out = &cli_commands[i];
			return CLI_DONE;
		}
	}
	near = cli_suggest(name, command_name, cli_commands, cli_ncommands);
	if (near != NULL)
		return cli_usage_error(NULL,
		    _("unknown command \"%s\"; did you mean \"%s\"?"), name,
		    near);
	return cli_usage_error(NULL, _("unknown command \"%s\""), name);
}

static enum cli_exit parse_word(struct cli_call *call, struct line *line)
{
	const char *arg = *line->next++;

	if (!line->only_operands && strcmp(arg, "--") == 0) {
		line->only_operands = true;
		return CLI_DONE;
	}
	if (!line->only_operands && strncmp(arg, "--", 2) == 0)
		return parse_long(call, line, arg);
	if (!line->only_operands && arg[0] == '-' && arg[1] != '\0')
		return parse_short(call, line, arg);
	if (call->command == NULL)
		return cli_find_command(arg, &call->command);
	call->operands[call->noperands++] = arg;
	return CLI_DONE;
}

/* What the table says must be there. */
static enum cli_exit check_complete(const struct cli_call *call)
{
	const struct cli_command *c = call->command;
	size_t i;

	if (call->noperands > c->max)
		return cli_usage_error(
		    c, _("unexpected argument \"%s\""), call->operands[c->max]);
	if (call->noperands < c->min)
		return cli_usage_error(
		    c, _("an argument is missing: %s"), c->args);
	for (i = 0; i < c->noptions; i++)
		if (c->options[i].required &&
		    cli_value(call, c->options[i].name, NULL) == NULL)
			return cli_usage_error(c,
			    _("option --%s=%s is missing"), c->options[i].name,
			    c->options[i].arg);
	return CLI_DONE;
}

/* Room for every option and operand that the line could hold. */
static bool make_room(struct cli_call *call, char **argv)
{
	size_t room = 1;

	/* "-hh" gives two options in one word, so words do not bound it. */
	for (; *argv != NULL; argv++)
		room += strlen(*argv) + 1;
	call->given = calloc(room, sizeof(*call->given));
	call->operands = calloc(room, sizeof(*call->operands));
	call->list = calloc(room, sizeof(*call->list));
	call->ngiven = 0;
	call->noperands = 0;
	return call->given != NULL && call->operands != NULL &&
	       call->list != NULL;
}

enum cli_exit cli_parse(struct cli_call *call, int argc, char **argv)
{
	struct line line = {argv + (argc > 0 ? 1 : 0), false};
	enum cli_exit rc = CLI_DONE;

	call->argv = argv;
	if (!make_room(call, argv)) {
		fprintf(stderr, _("cop-l10n: out of memory\n"));
		return CLI_FAILED;
	}
	while (rc == CLI_DONE && *line.next != NULL)
		rc = parse_word(call, &line);
	if (rc != CLI_DONE || call->command == NULL || cli_flag(call, "help") ||
	    cli_flag(call, "version"))
		return rc;
	return check_complete(call);
}

void cli_clear(struct cli_call *call)
{
	free(call->given);
	free(call->operands);
	free(call->list);
}

bool cli_flag(const struct cli_call *call, const char *name)
{
	size_t i;

	for (i = 0; i < call->ngiven; i++)
		if (strcmp(call->given[i].option->name, name) == 0)
			return true;
	return false;
}

const char *cli_value(
    const struct cli_call *call, const char *name, const char *fallback)
{
	size_t i;

	for (i = call->ngiven; i > 0; i--)
		if (strcmp(call->given[i - 1].option->name, name) == 0)
			return call->given[i - 1].value;
	return fallback;
}

const char *const *cli_values(
    struct cli_call *call, const char *name, size_t *n)
{
	const char **list = call->list + call->nlist;
	size_t i;

	*n = 0;
	for (i = 0; i < call->ngiven; i++)
		if (strcmp(call->given[i].option->name, name) == 0)
			list[(*n)++] = call->given[i].value;
	call->nlist += *n;
	return list;
}

bool cli_number(const struct cli_call *call, const char *name, uint64_t min,
    uint64_t max, uint64_t *out)
{
	const char *text = cli_value(call, name, NULL);
	unsigned long long n;
	char *end = NULL;

	if (text == NULL)
		return true;
	errno = 0;
	n = strtoull(text, &end, 10);
	/* strtoull() takes blanks and signs; we take digits. */
	if (text[0] < '0' || text[0] > '9' || *end != '\0' || errno != 0 ||
	    n < min || n > max) {
		cli_usage_error(call->command,
		    _("option --%s needs a whole number from %llu to %llu, "
		      "not \"%s\""),
		    name, (unsigned long long)min, (unsigned long long)max,
		    text);
		return false;
	}
	*out = n;
	return true;
}
