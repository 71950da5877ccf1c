/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check ids TRUTH CATALOG: the msgids of CATALOG are the lines of TRUTH.
 * check units TRUTH XML [TRUTH XML]...: each unit of XML, in the order of the
 * document, is the line of TRUTH.  Blanks at the ends of a unit and runs of
 * them count as one, for tools may wrap paragraphs anew.
 * check release PROJECT FOLDER: the forms in FOLDER hold what gen_project says
 * that those of PROJECT should.
 *
 * Prints "right", or "WRONG: n of m"; status 0 for right, 1 for wrong.
 * With BENCH_SHOW set, says on stderr what the first wrong ones are.
 */
#include "config.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "check.h"

void show(const char *what, const char *text)
{
	static int shown = 0;

	if (getenv("BENCH_SHOW") != NULL && shown++ < 20)
		fprintf(stderr, "%s: %s\n", what, text);
}

char *next_line(char **rest)
{
	char *line = *rest;
	char *end = strchr(line, '\n');

	if (end == NULL)
		return NULL;
	*end = '\0';
	*rest = end + 1;
	return line;
}

/* ---- units ---- */

struct comparison {
	struct verdict *verdict;
	char *rest;
};

/* A value in braces, such as {closes}, may be anything. */
static bool matches(const char *want, const char *text)
{
	const char *open = strchr(want, '{');
	const char *tail = open == NULL ? NULL : strchr(open, '}');
	size_t head = open == NULL ? 0 : (size_t)(open - want);
	size_t len = strlen(text);

	if (tail == NULL)
		return strcmp(want, text) == 0;
	tail++;
	return len > head + strlen(tail) && strncmp(want, text, head) == 0 &&
	       text[head] != '{' &&
	       strcmp(tail, text + len - strlen(tail)) == 0;
}

static void compare_unit(void *to, const char *text)
{
	struct comparison *c = to;
	const char *want = next_line(&c->rest);

	c->verdict->all++;
	if (want != NULL && matches(want, text))
		return;
	c->verdict->wrong++;
	show("expected", want == NULL ? "nothing" : want);
	show("found", text);
}

void check_units(struct verdict *verdict, const char *truth, const char *xml)
{
	struct buf lines = {NULL, 0, 0};
	struct comparison c = {.verdict = verdict};

	buf_load(&lines, truth);
	c.rest = lines.at;
	if (!units_read(xml, compare_unit, &c))
		show("not well-formed, or not there", xml);
	for (const char *line = next_line(&c.rest); line != NULL;
	     line = next_line(&c.rest)) {
		verdict->all++;
		verdict->wrong++;
		show("missing", line);
	}
	buf_free(&lines);
}

/* ---- msgids ---- */

struct set {
	char **line;
	unsigned char *seen;
	size_t slots;
	struct verdict *verdict;
};

static size_t find(const struct set *set, const char *text)
{
	size_t at = hash_bytes(text, strlen(text)) & (set->slots - 1);

	while (set->line[at] != NULL && strcmp(set->line[at], text) != 0)
		at = (at + 1) & (set->slots - 1);
	return at;
}

static void fill(struct set *set, char *rest)
{
	size_t count = 0;

	for (const char *p = strchr(rest, '\n'); p != NULL;
	     p = strchr(p + 1, '\n'))
		count++;
	for (set->slots = 16; set->slots < count * 2;)
		set->slots *= 2;
	set->line = calloc(set->slots, sizeof(*set->line));
	set->seen = calloc(set->slots, 1);
	if (set->line == NULL || set->seen == NULL)
		die("out of memory");
	for (char *line = next_line(&rest); line != NULL;
	     line = next_line(&rest))
		set->line[find(set, line)] = line;
	set->verdict->all = count;
}

static void take_id(void *to, const char *text)
{
	struct set *set = to;
	size_t at = find(set, text);

	if (set->line[at] != NULL && !set->seen[at]) {
		set->seen[at] = 1;
		return;
	}
	set->verdict->wrong++;
	show(set->line[at] == NULL ? "not expected" : "twice", text);
}

static void check_ids(
    struct verdict *verdict, const char *truth, const char *catalog)
{
	struct buf lines = {NULL, 0, 0};
	struct set set = {.verdict = verdict};

	buf_load(&lines, truth);
	fill(&set, lines.at);
	ids_read(catalog, take_id, &set);
	for (size_t i = 0; i < set.slots; i++)
		if (set.line[i] != NULL && !set.seen[i]) {
			verdict->wrong++;
			show("missing", set.line[i]);
		}
	free(set.line);
	free(set.seen);
	buf_free(&lines);
}

int main(int argc, char **argv)
{
	struct verdict verdict = {0, 0};

	if (argc == 4 && strcmp(argv[1], "ids") == 0)
		check_ids(&verdict, argv[2], argv[3]);
	else if (argc == 4 && strcmp(argv[1], "release") == 0)
		check_release(&verdict, argv[2], argv[3]);
	else if (argc >= 4 && argc % 2 == 0 && strcmp(argv[1], "units") == 0)
		for (int i = 2; i < argc; i += 2)
			check_units(&verdict, argv[i], argv[i + 1]);
	else
		die("usage: check ids TRUTH CATALOG | "
		    "check release PROJECT FOLDER | "
		    "check units TRUTH XML [TRUTH XML]...");
	if (verdict.wrong == 0 && verdict.all > 0) {
		puts("right");
		return 0;
	}
	printf("WRONG: %zu of %zu\n", verdict.wrong, verdict.all);
	return 1;
}
