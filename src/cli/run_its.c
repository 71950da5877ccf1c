/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "cli/cli.h"
#include "cli/i18n.h"

static enum cli_exit no_category(const struct cli_call *call)
{
	char list[512] = "";
	const char *name;
	size_t i;

	for (i = 0; (name = copl_its_category_name(i)) != NULL; i++)
		snprintf(list + strlen(list), sizeof(list) - strlen(list),
		    "%s%s", i == 0 ? "" : " ", name);
	return cli_usage_error(call->command,
	    _("\"%s\" is no data category; these are: %s"), call->operands[1],
	    list);
}

/* Only what the document and the command line say, as the suite asks. */
enum cli_exit cli_run_its(struct cli_call *call)
{
	struct copl_its_options o = {.no_builtin = true};
	enum copl_its_category category;

	if (!copl_its_category_find(call->operands[1], &category))
		return no_category(call);
	if (!cli_its_options(call, &o))
		return CLI_USAGE;
	return cli_finish(
	    call, copl_its_print(call->operands[0], &o, category, &call->sink));
}

/* "DOC.xml:12": the bytes of the path, and the line; 0: that is no place. */
static size_t split_place(const char *place, size_t *line)
{
	const char *colon = strrchr(place, ':'), *p;

	if (colon == NULL || colon[1] == '\0')
		return 0;
	*line = 0;
	for (p = colon + 1; *p != '\0'; p++) {
		if (*p < '0' || *p > '9' || *line > 100000000)
			return 0;
		*line = *line * 10 + (size_t)(*p - '0');
	}
	return (size_t)(colon - place);
}

static const char *check_name(const void *none, size_t i)
{
	(void)none;
	return copl_explain_code(i);
}

/* The code of a check; without it, all of them. */
static enum cli_exit explain_check(struct cli_call *call, const char *code)
{
	enum copl_status st = copl_explain_check(code, &call->sink);
	const char *near;
	size_t n = 0;

	if (st != COPL_E_NOTFOUND)
		return cli_finish(call, st);
	while (copl_explain_code(n) != NULL)
		n++;
	near = cli_suggest(code, check_name, NULL, n);
	if (near != NULL)
		return cli_usage_error(call->command,
		    _("there is no check \"%s\"; did you mean \"%s\"?"), code,
		    near);
	return cli_usage_error(call->command,
	    _("there is no check \"%s\": give the word in brackets behind a "
	      "finding, or a document and a line, for example form.xml:12"),
	    code);
}

enum cli_exit cli_run_explain(struct cli_call *call)
{
	const char *what = call->noperands == 0 ? NULL : call->operands[0];
	struct copl_its_options o = {.strict = false};
	size_t line = 0, len;
	enum copl_status st = COPL_E_NOMEM;
	char *path;

	if (what == NULL || strchr(what, ':') == NULL)
		return explain_check(call, what);
	if (!cli_its_options(call, &o))
		return CLI_USAGE;
	len = split_place(what, &line);
	if (len == 0)
		return cli_usage_error(call->command,
		    _("give a document and a line, for example form.xml:12, "
		      "not \"%s\""),
		    what);
	path = strndup(what, len);
	if (path != NULL)
		st = copl_its_explain(path, line, &o, &call->sink);
	free(path);
	return cli_finish(call, st == COPL_E_NOTFOUND ? COPL_E_INVALID : st);
}
