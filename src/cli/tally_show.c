/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Counts of answers as tables on the terminal, drawn from their events. */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "cli/cli.h"
#include "cli/i18n.h"
#include "cli/tally_show.h"

#define LABEL_MAX 40
#define LINE_MAX_COLUMNS 100
#define LTR "\xe2\x80\x8e" /* left-to-right mark */

struct cell {
	char *by;
	char *of;
	char *code;
	char *label;
	char *text; /* "123 41.2%" */
};

struct cli_tally_show {
	struct copl_sink next;
	struct cell *cells; /* of one question or part */
	size_t n;
	size_t room;
	char *head; /* what they are about */
	char *key; /* form, question, releases, part */
	char *question; /* whose heading was printed */
	bool nomem;
	bool hidden; /* some number was */
};

static char *copy(struct cli_tally_show *s, const char *text)
{
	char *c = cli_shown(text);

	s->nomem |= c == NULL;
	return c;
}

/* ---- columns of a table ---- */

struct column {
	const char *by;
	const char *of;
	const char *head;
	size_t width;
};

static const struct cell *find(
    const struct cli_tally_show *s, const char *code, const struct column *c)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		if (strcmp(s->cells[i].code, code) == 0 &&
		    strcmp(s->cells[i].by, c->by) == 0 &&
		    strcmp(s->cells[i].of, c->of) == 0)
			return &s->cells[i];
	return NULL;
}

static void pad(size_t n)
{
	while (n-- > 0)
		putchar(' ');
}

static void print_right(const char *text, size_t width)
{
	const size_t n = copl_text_columns(text);

	pad(n < width ? width - n : 0);
	printf("%s", text);
}

/* So that a line which begins with Arabic still goes from left to right. */
static const char *mark_of(const char *text)
{
	for (; *text != '\0'; text++)
		if ((unsigned char)*text >= 0xd6 &&
		    (unsigned char)*text <= 0xdf)
			return LTR;
	return "";
}

static void print_marked(const char *text)
{
	fputs(mark_of(text), stdout);
	cli_put_text(stdout, text, "");
	fputs(mark_of(text), stdout);
}

/* A long label has a line of its own. */
static void print_label(const char *label, size_t width)
{
	const size_t n = copl_text_columns(label);

	printf("  ");
	print_marked(label);
	if (n <= width) {
		pad(width - n);
		return;
	}
	printf("\n  ");
	pad(width);
}

static size_t label_width(const struct cli_tally_show *s)
{
	size_t width = 0, i;

	for (i = 0; i < s->n; i++) {
		const size_t n = copl_text_columns(s->cells[i].label);

		if (n <= LABEL_MAX && n > width)
			width = n;
	}
	return width;
}

/* The first cell of each row, in order. */
static bool begins_row(const struct cli_tally_show *s, size_t i)
{
	size_t k;

	for (k = 0; k < i; k++)
		if (strcmp(s->cells[k].code, s->cells[i].code) == 0)
			return false;
	return true;
}

static void print_table(const struct cli_tally_show *s,
    const struct column *columns, size_t n, size_t width)
{
	size_t i, k;

	print_label("", width);
	for (k = 0; k < n; k++) {
		printf("  ");
		print_right(columns[k].head, columns[k].width);
	}
	printf("\n");
	for (i = 0; i < s->n; i++) {
		if (!begins_row(s, i))
			continue;
		print_label(s->cells[i].label, width);
		for (k = 0; k < n; k++) {
			const struct cell *c =
			    find(s, s->cells[i].code, &columns[k]);

			printf("  ");
			print_right(c == NULL ? "" : c->text, columns[k].width);
		}
		printf("\n");
	}
}

static size_t column_width(
    const struct cli_tally_show *s, const struct column *c)
{
	size_t width = copl_text_columns(c->head), i;

	for (i = 0; i < s->n; i++)
		if (strcmp(s->cells[i].by, c->by) == 0 &&
		    strcmp(s->cells[i].of, c->of) == 0) {
			const size_t n = copl_text_columns(s->cells[i].text);

			width = n > width ? n : width;
		}
	return width;
}

static bool has_column(
    const struct column *columns, size_t n, const struct cell *c)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strcmp(columns[i].by, c->by) == 0 &&
		    strcmp(columns[i].of, c->of) == 0)
			return true;
	return false;
}

/* Columns of one kind, in as many tables as the width asks for. */
static void print_by(struct cli_tally_show *s, const char *by, bool all)
{
	struct column *columns = calloc(s->n + 1, sizeof(*columns));
	const size_t width = label_width(s);
	size_t n = 0, used, i;

	s->nomem |= columns == NULL;
	for (i = 0; columns != NULL && i < s->n; i++) {
		struct column c = {s->cells[i].by, s->cells[i].of, NULL, 0};

		if ((strcmp(c.by, by) != 0 &&
			!(all && strcmp(c.by, "all") == 0)) ||
		    has_column(columns, n, &s->cells[i]))
			continue;
		c.head = strcmp(c.by, "all") == 0 ? _("all")
			 : *c.of == '\0'          ? _("not known")
						  : c.of;
		c.width = column_width(s, &c);
		columns[n++] = c;
	}
	for (i = 0; i < n;) {
		size_t k = i;

		for (used = width + 2; k < n; k++) {
			used += columns[k].width + 2;
			if (k > i && used > LINE_MAX_COLUMNS)
				break;
		}
		print_table(s, columns + i, k - i, width);
		i = k;
	}
	free(columns);
}

static bool has_by(const struct cli_tally_show *s, const char *by)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		if (strcmp(s->cells[i].by, by) == 0)
			return true;
	return false;
}

static void forget(struct cli_tally_show *s)
{
	size_t i;

	for (i = 0; i < s->n; i++) {
		free(s->cells[i].by);
		free(s->cells[i].of);
		free(s->cells[i].code);
		free(s->cells[i].label);
		free(s->cells[i].text);
	}
	s->n = 0;
	free(s->key);
	free(s->head);
	s->key = s->head = NULL;
}

/* Prints what is kept, and forgets it. */
static void print_kept(struct cli_tally_show *s)
{
	static const char *const by[] = {"language", "recipient", "release"};
	bool all = true;
	size_t i;

	if (s->n > 0 && !s->nomem) {
		if (*s->head != '\0')
			printf("%s\n", s->head);
		for (i = 0; i < CLI_COUNT(by); i++)
			if (has_by(s, by[i])) {
				print_by(s, by[i], all);
				all = false;
			}
		if (all)
			print_by(s, "all", true);
	}
	forget(s);
}

/* ---- events ---- */

static void keep(struct cli_tally_show *s, const struct copl_event *e,
    const char *code, const char *label, const char *text)
{
	struct cell *c;

	if (s->n == s->room) {
		struct cell *cells =
		    reallocarray(s->cells, s->room * 2 + 64, sizeof(*cells));

		if (cells == NULL) {
			s->nomem = true;
			return;
		}
		s->cells = cells;
		s->room = s->room * 2 + 64;
	}
	c = &s->cells[s->n++];
	*c = (struct cell){copy(s, cli_field(e, "by")),
	    copy(s, cli_field(e, "of")), copy(s, code), copy(s, label),
	    copy(s, text)};
}

static bool is_hidden(struct cli_tally_show *s, const struct copl_event *e)
{
	const bool hidden = strcmp(cli_field(e, "hidden"), "yes") == 0;

	s->hidden |= hidden;
	return hidden;
}

static void print_heading(const char *text)
{
	printf("\n");
	print_marked(text);
}

static void print_title(
    const struct copl_event *e, const char *title, const char *id)
{
	const char *s = cli_field(e, "releases");
	unsigned long n = 1;

	for (; *s != '\0'; s++)
		n += *s == ' ';
	print_heading(title);
	printf(" ");
	/* Translators: first an id; then "1", or "1, 2 and 3". */
	printf(P_("[%s, release %s]", "[%s, releases %s]", n), id,
	    cli_field(e, "releases-label"));
	printf("\n");
}

static void on_cell(struct cli_tally_show *s, const struct copl_event *e)
{
	const char *label = cli_field(e, "label");
	char key[512], text[64];

	snprintf(key, sizeof(key), "%s %s %s %s", cli_field(e, "form"),
	    cli_field(e, "question"), cli_field(e, "releases"),
	    cli_field(e, "part"));
	if (s->key == NULL || strcmp(s->key, key) != 0) {
		print_kept(s);
		s->key = copy(s, key);
		s->head = copy(s, cli_field(e, "part-label"));
	}
	snprintf(key, sizeof(key), "%s %s %s", cli_field(e, "form"),
	    cli_field(e, "question"), cli_field(e, "releases"));
	if (s->question == NULL || strcmp(s->question, key) != 0) {
		free(s->question);
		s->question = copy(s, key);
		print_title(e, label, cli_field(e, "question"));
	}
	if (is_hidden(s, e))
		snprintf(text, sizeof(text), "·");
	else
		snprintf(text, sizeof(text), "%s %5s%%", cli_field(e, "count"),
		    cli_field(e, "percent"));
	keep(s, e, cli_field(e, "code"), cli_field(e, "code-label"), text);
}

static void on_people(struct cli_tally_show *s, const struct copl_event *e)
{
	const bool hidden = is_hidden(s, e);

	if (s->key == NULL) {
		s->key = copy(s, "");
		s->head = copy(s, "");
	}
	keep(s, e, "", _("answers"), hidden ? "·" : cli_field(e, "count"));
}

static void on_form(struct cli_tally_show *s, const struct copl_event *e)
{
	const char *title = cli_field(e, "title");

	print_kept(s);
	print_title(e, title, cli_field(e, "form"));
	if (strcmp(cli_field(e, "few"), "yes") == 0)
		printf("  %s\n",
		    _("a release with fewer than 5 answers is left out"));
}

static void on_question(struct cli_tally_show *s, const struct copl_event *e)
{
	const char *label = cli_field(e, "label");

	print_kept(s);
	print_heading(label);
	printf(" [%s]\n  %s\n", cli_field(e, "question"),
	    strcmp(cli_field(e, "reason"), "totals") == 0
		? _("too few answers to show them by language, recipient and "
		    "release")
		: _("too few answers to show any"));
}

/* A row for each recipient and language, a column for each day. */
static void on_day(struct cli_tally_show *s, const struct copl_event *e)
{
	const bool sum = strcmp(e->kind, "follow-sum") == 0;
	char label[256];
	struct cell *c;

	if (s->key == NULL) {
		s->key = copy(s, "");
		s->head = copy(s, "");
	}
	snprintf(label, sizeof(label), "%s %s",
	    *cli_field(e, "recipient") == '\0' ? "–"
					       : cli_field(e, "recipient"),
	    *cli_field(e, "lang") == '\0' ? "–" : cli_field(e, "lang"));
	keep(s, e, label, label, cli_field(e, "count"));
	if (s->nomem)
		return;
	c = &s->cells[s->n - 1];
	free(c->by);
	free(c->of);
	c->by = copy(s, "language");
	/* "01-31" of "2027-01-31" is enough. */
	c->of = copy(s, sum ? _("all") : cli_field(e, "day") + 5);
}

static void on_diag(void *arg, const struct copl_diag *d)
{
	struct cli_tally_show *s = arg;

	s->next.diag(s->next.arg, d);
}

static void on_event(void *arg, const struct copl_event *e)
{
	struct cli_tally_show *s = arg;

	/* A table with gaps would be worse than none. */
	if (s->nomem)
		return;
	if (strcmp(e->kind, "tally-cell") == 0) {
		on_cell(s, e);
	} else if (strcmp(e->kind, "tally-people") == 0) {
		on_people(s, e);
	} else if (strcmp(e->kind, "tally-form") == 0) {
		on_form(s, e);
	} else if (strcmp(e->kind, "tally-question") == 0) {
		on_question(s, e);
	} else if (strncmp(e->kind, "follow-", 7) == 0) {
		on_day(s, e);
	} else {
		print_kept(s);
		if (s->hidden && strcmp(e->kind, "tally") == 0)
			printf("\n%s\n", _("·  a number under 5, or one that "
					   "would give such "
					   "a number away"));
		s->next.event(s->next.arg, e);
	}
}

struct cli_tally_show *cli_tally_show_begin(
    const struct cli_call *call, struct copl_sink *sink)
{
	struct cli_tally_show *s = calloc(1, sizeof(*s));

	if (s == NULL)
		return NULL;
	s->next = call->sink;
	*sink = (struct copl_sink){on_diag, on_event, s};
	return s;
}

bool cli_tally_show_end(struct cli_tally_show *s)
{
	bool ok;

	if (s == NULL)
		return false;
	print_kept(s);
	ok = !s->nomem;
	free(s->question);
	free(s->cells);
	free(s);
	return ok;
}
