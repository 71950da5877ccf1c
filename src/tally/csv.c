/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "base/i18n.h"
#include "tally/csv.h"

#define LINE_MAX_BYTES ((size_t)8 << 20)
#define FLUSH_AT ((size_t)256 << 10)
#define COLUMNS_MAX 20000
/* Columns before the first question. */
#define ABOUT 8
#define FORMULA "=+-@"

struct column {
	const char *question;
	const char *part; /* NULL: none */
	const char *name; /* "question.part" */
};

struct sheet {
	const struct tally_form *form;
	const char *path;
	char *tmp; /* NULL: it has its name, or is no file at all */
	int fd; /* -1: nothing was written */
	struct column *columns;
	size_t n;
	struct copl_map names;
	const struct copl_answer_pair **cells; /* of the line being made */
	struct copl_strbuf out;
	size_t lines;
};

struct tally_csv {
	struct copl_arena *arena;
	struct tally_forms *fs;
	const char *path;
	bool special; /* no file, but a device or a pipe */
	struct sheet *sheets; /* one for each form */
};

/* ---- cells ---- */

/*
 * Would a cell that begins like this be calculated?  Some programs skip what
 * stands before; and an apostrophe that somebody wrote must not look like one
 * of ours.
 */
static bool is_formula(const char *text, const char *signs)
{
	text += strspn(text, " '\"");
	return *text != '\0' && strchr(signs, *text) != NULL;
}

/* A number is one, with a minus, too. */
static bool is_number(const char *text)
{
	if (*text == '-')
		text++;
	return *text != '\0' && copl_is_digit(*text) &&
	       strspn(text, "0123456789.") == strlen(text);
}

/*
 * A program that takes ";" for what parts cells knows no quotes within one, so
 * cells may begin anywhere in a text.
 */
void tally_csv_cell(struct copl_strbuf *out, const char *text)
{
	const char *s;

	if (text == NULL)
		return;
	if (is_number(text) || (!is_formula(text, FORMULA "\t\r\n") &&
				   strpbrk(text, "\",;\t\r\n") == NULL)) {
		copl_strbuf_puts(out, text);
		return;
	}
	copl_strbuf_puts(
	    out, is_formula(text, FORMULA "\t\r\n") ? "\"'" : "\"");
	for (s = text; *s != '\0'; s++) {
		if (*s == '"')
			copl_strbuf_puts(out, "\"");
		copl_strbuf_add(out, s, 1);
		if (strchr(";\t\r\n", *s) != NULL && is_formula(s + 1, FORMULA))
			copl_strbuf_puts(out, "'");
	}
	copl_strbuf_puts(out, "\"");
}

static void put(struct sheet *s, const char *text, bool first)
{
	if (!first)
		copl_strbuf_puts(&s->out, ",");
	tally_csv_cell(&s->out, text);
}

/* ---- columns ---- */

static enum copl_status add_column(struct tally_csv *c, struct sheet *s,
    const char *question, const char *part)
{
	char *name = part == NULL
			 ? copl_arena_strdup(c->arena, question)
			 : copl_arena_printf(c->arena, "%s.%s", question, part);
	size_t index;

	if (name == NULL || !copl_map_put(&s->names, name, s->n, &index))
		return COPL_E_NOMEM;
	if (index < s->n)
		return COPL_OK;
	if (s->n == COLUMNS_MAX)
		return COPL_E_LIMIT;
	s->columns[s->n++] = (struct column){question, part, name};
	return COPL_OK;
}

/* Words beside an option have a column behind those of the question. */
static enum copl_status add_question(
    struct tally_csv *c, struct sheet *s, const struct tally_question *q)
{
	enum copl_status st = COPL_OK;
	size_t i;

	if (q->kind == COPL_CONSENT)
		return COPL_OK;
	if (q->kind != COPL_GRID)
		st = add_column(c, s, q->id, NULL);
	for (i = 0; q->kind == COPL_GRID && i < q->nparts && st == COPL_OK; i++)
		st = add_column(c, s, q->id, q->parts[i]);
	for (i = 0; i < q->nothers && st == COPL_OK; i++)
		st = add_column(c, s, q->id, q->others[i]);
	return st;
}

static void put_heads(struct sheet *s)
{
	static const char *const about[ABOUT] = {"_id", "_form", "_version",
	    "_release", "_lang", "_recipient", "_draft", "_hour"};
	size_t i;

	for (i = 0; i < ABOUT; i++)
		put(s, about[i], i == 0);
	for (i = 0; i < s->n; i++)
		put(s, s->columns[i].name, false);
	copl_strbuf_puts(&s->out, "\r\n");
}

static enum copl_status make_columns(struct tally_csv *c, struct sheet *s)
{
	enum copl_status st = COPL_OK;
	size_t i;

	s->columns =
	    copl_arena_alloc(c->arena, COLUMNS_MAX * sizeof(*s->columns));
	if (s->columns == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < s->form->nquestions && st == COPL_OK; i++)
		st = add_question(c, s, &s->form->questions[i]);
	s->cells = copl_arena_alloc(c->arena, (s->n + 1) * sizeof(*s->cells));
	return s->cells == NULL ? COPL_E_NOMEM : st;
}

/* ---- files ---- */

static enum copl_status say(const struct sheet *s, struct copl_reporter *r)
{
	copl_report(r, COPL_ERROR, "io-write",
	    (struct copl_place){s->path, 0, 0}, _("cannot write this file: %s"),
	    strerror(errno));
	return COPL_E_IO;
}

static char *path_of(struct tally_csv *c, const char *path, const char *form)
{
	const char *name = copl_path_name(path);
	const char *dot = strrchr(name, '.');

	if (form == NULL)
		return copl_arena_strdup(c->arena, path);
	if (dot == NULL || dot == name)
		dot = name + strlen(name);
	return copl_arena_printf(
	    c->arena, "%.*s.%s%s", (int)(dot - path), path, form, dot);
}

/* Devices and pipes cannot be replaced, and hold one table. */
static enum copl_status begin_special(
    struct tally_csv *c, struct sheet *s, struct copl_reporter *r)
{
	size_t i;

	for (i = 0; i < c->fs->nforms; i++)
		if (c->sheets[i].fd >= 0) {
			copl_report(r, COPL_ERROR, "io-write",
			    (struct copl_place){s->path, 0, 0},
			    _("there are answers to more than one form, and "
			      "each form needs a file of its own: name a "
			      "file, or choose a form with --form"));
			return COPL_E_IO;
		}
	s->fd = copl_special_open(s->path);
	return s->fd < 0 ? say(s, r) : COPL_OK;
}

/* Answers are nobody's but the secretariat's. */
static enum copl_status begin_file(
    struct tally_csv *c, struct sheet *s, struct copl_reporter *r)
{
	s->tmp = copl_arena_printf(c->arena, "%s.tmp-%ld-%zu", s->path,
	    (long)getpid(), (size_t)(s - c->sheets));
	if (s->tmp == NULL)
		return COPL_E_NOMEM;
	s->fd = copl_temporary_open(s->tmp, 0600);
	return s->fd < 0 ? say(s, r) : COPL_OK;
}

static enum copl_status begin(
    struct tally_csv *c, struct sheet *s, struct copl_reporter *r)
{
	enum copl_status st = make_columns(c, s);

	if (st != COPL_OK)
		return st;
	st = c->special ? begin_special(c, s, r) : begin_file(c, s, r);
	if (st != COPL_OK)
		return st;
	put_heads(s);
	return s->out.st;
}

enum copl_status tally_csv_open(
    struct tally_forms *fs, const char *path, struct tally_csv **out)
{
	struct tally_csv *c = calloc(1, sizeof(*c));
	size_t i;

	*out = c;
	if (c == NULL)
		return COPL_E_NOMEM;
	c->fs = fs;
	c->path = path;
	c->special = copl_path_is_special(path);
	c->arena = copl_arena_new();
	c->sheets = calloc(fs->nforms + 1, sizeof(*c->sheets));
	if (c->arena == NULL || c->sheets == NULL)
		return COPL_E_NOMEM;
	if (!c->special)
		copl_path_sweep(path);
	for (i = 0; i < fs->nforms; i++) {
		c->sheets[i] = (struct sheet){.form = &fs->forms[i],
		    .path = path,
		    .fd = -1,
		    .out = COPL_STRBUF_INIT(LINE_MAX_BYTES)};
	}
	return COPL_OK;
}

static enum copl_status flush(struct sheet *s, struct copl_reporter *r)
{
	const enum copl_status st = s->out.st;
	const bool ok =
	    st == COPL_OK &&
	    copl_write_all(s->fd, copl_strbuf_text(&s->out), s->out.len);

	copl_strbuf_reset(&s->out);
	return st != COPL_OK ? st : ok ? COPL_OK : say(s, r);
}

/* ---- lines ---- */

static void put_codes(struct sheet *s, const struct copl_answer_pair *p)
{
	struct copl_strbuf text = COPL_STRBUF_INIT(COPL_ANSWER_MAX);
	size_t i;

	copl_strbuf_puts(&s->out, ",");
	if (p == NULL)
		return;
	for (i = 0; i < p->n; i++) {
		copl_strbuf_puts(&text, i == 0 ? "" : " ");
		/* A place of a rank that was left out, where others can see it.
		 */
		copl_strbuf_puts(&text,
		    p->n > 1 && *p->codes[i] == '\0' ? "." : p->codes[i]);
	}
	tally_csv_cell(&s->out, copl_strbuf_text(&text));
	if (text.st != COPL_OK && s->out.st == COPL_OK)
		s->out.st = text.st;
	copl_strbuf_clear(&text);
}

static void place_cells(
    struct sheet *s, const struct copl_answer_record *record)
{
	char name[128];
	size_t i, at;

	memset(s->cells, 0, s->n * sizeof(*s->cells));
	for (i = 0; i < record->npairs; i++) {
		const struct copl_answer_pair *p = &record->pairs[i];
		const int n = snprintf(name, sizeof(name), "%s%s%s",
		    p->question, p->part == NULL ? "" : ".",
		    p->part == NULL ? "" : p->part);

		if (n > 0 && (size_t)n < sizeof(name) &&
		    copl_map_get(&s->names, name, &at))
			s->cells[at] = p;
	}
}

enum copl_status tally_csv_add(struct tally_csv *c,
    const struct copl_answer_record *record, struct copl_reporter *r)
{
	const struct tally_form *form = tally_form_find(c->fs, record->form);
	struct sheet *s = &c->sheets[form - c->fs->forms];
	char release[24], hour[COPL_INSTANT_SIZE];
	enum copl_status st = s->fd < 0 ? begin(c, s, r) : COPL_OK;
	size_t i;

	if (st != COPL_OK)
		return st;
	snprintf(release, sizeof(release), "%" PRIu64, record->release);
	copl_instant_format(record->hour, hour);
	put(s, record->id, true);
	put(s, record->form, false);
	put(s, record->version, false);
	put(s, release, false);
	put(s, record->lang, false);
	put(s, record->recipient, false);
	put(s, record->draft ? "yes" : NULL, false);
	put(s, hour, false);
	place_cells(s, record);
	for (i = 0; i < s->n; i++)
		put_codes(s, s->cells[i]);
	copl_strbuf_puts(&s->out, "\r\n");
	s->lines++;
	return s->out.len < FLUSH_AT ? s->out.st : flush(s, r);
}

static enum copl_status finish(struct sheet *s, struct copl_reporter *r)
{
	const struct copl_field fields[] = {{"file", s->path}};
	enum copl_status st = flush(s, r);

	if (st == COPL_OK && fsync(s->fd) != 0 && errno != EINVAL)
		st = say(s, r);
	if (st == COPL_OK && s->tmp != NULL && rename(s->tmp, s->path) != 0)
		st = say(s, r);
	if (st != COPL_OK)
		return st;
	s->tmp = NULL;
	copl_tell(r, "written", fields, COPL_COUNT(fields),
	    _("%s: every answer, for the secretariat alone and not to be "
	      "published"),
	    s->path);
	return COPL_OK;
}

enum copl_status tally_csv_commit(struct tally_csv *c, struct copl_reporter *r)
{
	enum copl_status st = COPL_OK;
	size_t i, n = 0;

	for (i = 0; i < c->fs->nforms; i++)
		n += c->sheets[i].fd >= 0;
	for (i = 0; i < c->fs->nforms && st == COPL_OK; i++) {
		struct sheet *s = &c->sheets[i];

		if (s->fd < 0)
			continue;
		s->path = path_of(c, c->path, n > 1 ? s->form->id : NULL);
		st = s->path == NULL ? COPL_E_NOMEM : finish(s, r);
	}
	return st;
}

void tally_csv_close(struct tally_csv *c)
{
	size_t i;

	if (c == NULL)
		return;
	for (i = 0; c->sheets != NULL && i < c->fs->nforms; i++) {
		struct sheet *s = &c->sheets[i];

		if (s->fd >= 0)
			close(s->fd);
		if (s->fd >= 0 && s->tmp != NULL)
			unlink(s->tmp);
		copl_strbuf_clear(&s->out);
		copl_map_free(&s->names);
	}
	free(c->sheets);
	copl_arena_free(c->arena);
	free(c);
}
