/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/i18n.h"
#include "tally/tally.h"

/* Values of a number that get a line each; others come in classes. */
#define VALUES_MAX 26
#define CLASSES 10
#define ONE TALLY_ONE
#define NUMBER_SIZE 32
/* Years before the last day of a form that get a line each. */
#define YEARS 10
#define SHAPE_MAX ((size_t)256 << 10)

struct making {
	struct copl_arena *a;
	const struct copl_form *f;
	const struct copl_question *q;
	struct tally_question *out;
	struct scale {
		int64_t max;
		int64_t step; /* between values that get a line each */
		bool whole; /* all values are */
	} scale; /* of numbers, in millionths */
	bool ok;
};

static void add_code(struct making *m, const char *code)
{
	if (code == NULL)
		m->ok = false;
	else if (m->ok)
		m->out->codes[m->out->ncodes++] = code;
}

static void room_for_codes(struct making *m, size_t n)
{
	m->out->codes = copl_arena_alloc(m->a, (n + 1) * sizeof(char *));
	m->ok = m->ok && m->out->codes != NULL;
}

static void room_for_parts(struct making *m, size_t n)
{
	m->out->parts = copl_arena_alloc(m->a, (n + 1) * sizeof(char *));
	m->ok = m->ok && m->out->parts != NULL;
	m->out->nparts = n;
}

/* ---- lists ---- */

static void add_others(struct making *m)
{
	const struct copl_choices *c = m->q->choices;
	size_t i;

	m->out->others = copl_arena_alloc(m->a, (c->n + 1) * sizeof(char *));
	m->ok = m->ok && m->out->others != NULL;
	for (i = 0; m->ok && i < c->n; i++)
		if (c->options[i].other)
			m->out->others[m->out->nothers++] = m->out->codes[i];
}

static void add_options(struct making *m)
{
	const struct copl_choices *c = m->q->choices;
	size_t i;

	if (c == NULL)
		return;
	room_for_codes(m, c->n);
	m->out->alone = copl_arena_alloc(m->a, (c->n + 1) * sizeof(bool));
	m->ok = m->ok && m->out->alone != NULL;
	for (i = 0; i < c->n && m->ok; i++) {
		add_code(m, copl_arena_strdup(m->a, c->options[i].value));
		m->out->alone[i] = c->options[i].exclusive;
	}
	add_others(m);
}

static void add_rows(struct making *m)
{
	size_t i;

	room_for_parts(m, m->q->nrows);
	for (i = 0; m->ok && i < m->q->nrows; i++) {
		m->out->parts[i] = copl_arena_strdup(m->a, m->q->rows[i].id);
		m->ok = m->out->parts[i] != NULL;
	}
}

static void add_places(struct making *m)
{
	size_t n = m->q->choices == NULL ? 0 : m->q->choices->n, i;

	n = m->q->top > 0 && m->q->top < n ? m->q->top : n;
	room_for_parts(m, n);
	for (i = 0; m->ok && i < n; i++) {
		m->out->parts[i] = copl_arena_printf(m->a, "%zu", i + 1);
		m->ok = m->out->parts[i] != NULL;
	}
}

/* ---- numbers ---- */

/* As it is written, with a point. */
static const char *decimal(int64_t n, char out[NUMBER_SIZE])
{
	const int64_t size = n < 0 ? -n : n;
	int len = snprintf(out, NUMBER_SIZE, "%s%" PRId64 ".%06" PRId64,
	    n < 0 ? "-" : "", size / ONE, size % ONE);

	while (out[len - 1] == '0')
		len--;
	out[out[len - 1] == '.' ? len - 1 : len] = '\0';
	return out;
}

/* "7", "7–9" where all are whole, "7–<8" where there is more between. */
static const char *class_name(struct making *m, int64_t from, int64_t width)
{
	const struct scale *s = &m->scale;
	int64_t to = s->whole ? from + width - ONE : from + width;
	char low[NUMBER_SIZE], high[NUMBER_SIZE];

	if (width == s->step || from == s->max)
		return copl_arena_strdup(m->a, decimal(from, low));
	if (s->whole && to > s->max)
		to = s->max;
	return copl_arena_printf(m->a, "%s–%s%s", decimal(from, low),
	    s->whole ? "" : "<", decimal(to, high));
}

static void add_classes(struct making *m, int64_t from, int64_t width, size_t n)
{
	const int64_t end = from + (int64_t)n * width;
	char text[NUMBER_SIZE];
	size_t i;

	m->out->first = from;
	m->out->width = width;
	room_for_codes(m, n + 2);
	if (m->out->below)
		add_code(
		    m, copl_arena_printf(m->a, "<%s", decimal(from, text)));
	for (i = 0; i < n; i++)
		add_code(m, class_name(m, from + (int64_t)i * width, width));
	if (m->out->above)
		add_code(m, copl_arena_printf(m->a, "≥%s", decimal(end, text)));
}

/* Whole numbers that stand for themselves, however many there are. */
static void add_values(struct making *m, long from, size_t n)
{
	m->scale = (struct scale){INT64_MAX, ONE, true};
	add_classes(m, from * ONE, ONE, n);
}

/* Digits behind a point, in millionths; *more: there is less than that. */
static const char *millionths(const char *s, int64_t *out, bool *more)
{
	int64_t worth = ONE / 10;

	*out = 0;
	*more = false;
	for (; *s >= '0' && *s <= '9'; s++, worth /= 10) {
		*out += (*s - '0') * worth;
		*more |= worth == 0 && *s != '0';
	}
	return s;
}

/* A decimal number in millionths, rounded down; false: it is none. */
static bool number_of(const char *s, int64_t *out)
{
	const char *end;
	bool more = false;
	int64_t part = 0;
	char *stop;
	long n;

	if (s == NULL || *s == '\0')
		return false;
	n = strtol(s, &stop, 10);
	end = stop;
	if (end == s || n > 1000000000000 || n < -1000000000000)
		return false;
	if (*end == '.')
		end = millionths(end + 1, &part, &more);
	*out = n * ONE + (*s == '-' ? -part - more : part);
	return *end == '\0';
}

/* How wide the classes are, where a line for each value were too many. */
static int64_t width_of(const struct scale *s, int64_t min)
{
	const int64_t span = s->max - min;
	const int64_t values = span / ONE + 1;
	int64_t width = 1, ten;

	if (values > VALUES_MAX)
		return (values + CLASSES - 1) / CLASSES * ONE;
	if (span >= CLASSES * ONE)
		return ONE;
	/* 1, 2 and 5 of the tenths, hundredths … */
	for (ten = 1; span > CLASSES * width; ten *= 10)
		for (width = ten; span > CLASSES * width && width < 5 * ten;)
			width = width == ten ? 2 * ten : 5 * ten;
	return width;
}

/* The greatest multiple of a width that is no greater. */
static int64_t round_down(int64_t n, int64_t width)
{
	const int64_t rest = n % width;

	return n - (rest < 0 ? rest + width : rest);
}

static void add_numbers(struct making *m)
{
	struct scale *s = &m->scale;
	int64_t min = 0, width;
	const bool has_min = number_of(m->q->min, &min);

	if (!number_of(m->q->step, &s->step) || s->step < 0)
		s->step = 0;
	s->whole = s->step > 0 && s->step % ONE == 0 && min % ONE == 0;
	if (!has_min || !number_of(m->q->max, &s->max) || s->max < min) {
		s->step = 0;
		s->max = INT64_MAX;
		m->out->below = m->out->above = true;
		add_classes(m, 0, 10 * ONE, CLASSES);
		return;
	}
	if (s->step > 0 && (s->max - min) / s->step < VALUES_MAX) {
		add_classes(
		    m, min, s->step, (size_t)((s->max - min) / s->step + 1));
		return;
	}
	s->step = 0;
	width = width_of(s, min);
	min = round_down(min, width < ONE ? width : ONE);
	add_classes(m, min, width, (size_t)((s->max - min) / width + 1));
}

static void add_rating(struct making *m)
{
	const long span = m->q->to - m->q->from + 1;

	if (span > 0 && span <= 101)
		add_values(m, m->q->from, (size_t)span);
}

/* Years, by the last day of the form. */
static void add_years(struct making *m)
{
	char last[COPL_INSTANT_SIZE];
	long year;

	copl_instant_format(m->f->closes.seconds, last);
	year = strtol(last, NULL, 10);
	m->out->below = m->out->above = true;
	add_values(m, year - YEARS + 1, YEARS);
}

/* ---- who is asked ---- */

/* Is it about what was answered to one question of "choose one"? */
static bool is_list(
    const struct copl_when *w, struct copl_question const **parent)
{
	if (w->op == COPL_WHEN_OR)
		return is_list(w->left, parent) && is_list(w->right, parent);
	if (w->op != COPL_WHEN_IS || w->question->kind != COPL_CHOOSE_ONE ||
	    (*parent != NULL && *parent != w->question))
		return false;
	*parent = w->question;
	return true;
}

static bool names(const struct copl_when *w, const char *code)
{
	return w->op == COPL_WHEN_OR
		   ? names(w->left, code) || names(w->right, code)
		   : strcmp(w->value, code) == 0;
}

static bool one_of(const struct copl_when *w, struct making *m)
{
	const struct copl_question *parent = NULL;
	struct tally_ask *ask = &m->out->ask;
	const struct copl_choices *c;
	size_t i;

	if (!is_list(w, &parent))
		return false;
	c = parent->choices;
	ask->how = TALLY_SOME;
	ask->parent = copl_arena_strdup(m->a, parent->id);
	ask->codes = copl_arena_alloc(m->a, (c->n + 1) * sizeof(char *));
	m->ok = m->ok && ask->parent != NULL && ask->codes != NULL;
	for (i = 0; i < c->n && m->ok; i++) {
		if (!names(w, c->options[i].value))
			continue;
		ask->codes[ask->ncodes] =
		    copl_arena_strdup(m->a, c->options[i].value);
		m->ok = ask->codes[ask->ncodes++] != NULL;
	}
	return true;
}

static bool one_option(const struct copl_when *w, struct making *m)
{
	struct tally_ask *ask = &m->out->ask;

	ask->chosen = w->op != COPL_WHEN_NOT;
	w = ask->chosen ? w : w->left;
	if (w->op != COPL_WHEN_INCLUDES ||
	    w->question->kind != COPL_CHOOSE_MANY)
		return false;
	ask->how = TALLY_SOME;
	ask->parent = copl_arena_strdup(m->a, w->question->id);
	ask->option = copl_arena_strdup(m->a, w->value);
	m->ok = m->ok && ask->parent != NULL && ask->option != NULL;
	return true;
}

static void add_refs(struct making *m, const struct copl_when *w)
{
	struct tally_ask *ask = &m->out->ask;
	struct tally_ref *refs;

	if (w == NULL || !m->ok)
		return;
	if (w->op == COPL_WHEN_AND || w->op == COPL_WHEN_OR ||
	    w->op == COPL_WHEN_NOT) {
		add_refs(m, w->left);
		add_refs(m, w->op == COPL_WHEN_NOT ? NULL : w->right);
		return;
	}
	refs = copl_arena_alloc(m->a, (ask->nrefs + 1) * sizeof(*refs));
	m->ok = refs != NULL;
	if (!m->ok)
		return;
	if (ask->nrefs > 0)
		memcpy(refs, ask->refs, ask->nrefs * sizeof(*refs));
	refs[ask->nrefs].question = copl_arena_strdup(m->a, w->question->id);
	m->ok = refs[ask->nrefs].question != NULL;
	if (w->value != NULL) {
		refs[ask->nrefs].code = copl_arena_strdup(m->a, w->value);
		m->ok = m->ok && refs[ask->nrefs].code != NULL;
	}
	ask->refs = refs;
	ask->nrefs++;
}

static void add_ask(struct making *m, const struct copl_section *s)
{
	const struct copl_when *w = m->q->when == NULL ? s->when : m->q->when;
	struct tally_ask *ask = &m->out->ask;

	if (w == NULL)
		return;
	if ((m->q->when == NULL || s->when == NULL) &&
	    (one_option(w, m) || one_of(w, m)))
		return;
	ask->how = TALLY_OTHER;
	add_refs(m, m->q->when);
	add_refs(m, s->when);
}

/* ---- what must be the same in two releases ---- */

static void put_when(struct copl_strbuf *b, const struct copl_when *w)
{
	if (w == NULL)
		return;
	copl_strbuf_printf(b, "(%d %s %s", (int)w->op,
	    w->question == NULL ? "" : w->question->id,
	    w->value == NULL ? "" : w->value);
	put_when(b, w->left);
	put_when(b, w->op == COPL_WHEN_NOT ? NULL : w->right);
	copl_strbuf_puts(b, ")");
}

static void add_shape(struct making *m, const struct copl_section *s)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(SHAPE_MAX);
	const struct tally_question *o = m->out;
	size_t i;

	copl_strbuf_printf(&b, "%d|%" PRId64 "|%" PRId64 "|%s|%s|%s|%u|%d|",
	    (int)m->q->kind, o->first, o->width,
	    m->q->min == NULL ? "" : m->q->min,
	    m->q->max == NULL ? "" : m->q->max,
	    m->q->step == NULL ? "" : m->q->step, m->q->top,
	    (int)m->q->precision);
	for (i = 0; i < o->ncodes; i++)
		copl_strbuf_printf(&b, "%s%s,", o->codes[i],
		    o->alone != NULL && o->alone[i] ? "!" : "");
	for (i = 0; i < o->nparts; i++)
		copl_strbuf_printf(
		    &b, ";%s", o->parts[i] == NULL ? "" : o->parts[i]);
	put_when(&b, s->when);
	put_when(&b, m->q->when);
	m->out->shape = copl_arena_strdup(m->a, copl_strbuf_text(&b));
	m->ok = m->ok && b.st == COPL_OK && m->out->shape != NULL;
	copl_strbuf_clear(&b);
}

static void add_codes(struct making *m)
{
	switch (m->q->kind) {
	case COPL_CHOOSE_ONE:
	case COPL_CHOOSE_MANY:
	case COPL_GRID:
	case COPL_RANK:
		add_options(m);
		break;
	case COPL_RATING:
		add_rating(m);
		break;
	case COPL_NUMBER:
		add_numbers(m);
		break;
	case COPL_DATE:
		add_years(m);
		break;
	case COPL_TEXT:
		room_for_codes(m, 1);
		add_code(m, "answered");
		break;
	case COPL_CONSENT: /* without it there is no answer */
	case COPL_NOTE_ITEM:
		break;
	}
}

bool tally_question_make(struct copl_arena *a, const struct copl_form *f,
    const struct copl_section *s, const struct copl_question *q,
    struct tally_question *out)
{
	struct making m = {.a = a, .f = f, .q = q, .out = out, .ok = true};
	uint64_t limit;

	*out = (struct tally_question){.kind = q->kind,
	    .id = copl_arena_strdup(a, q->id),
	    .required = q->required,
	    .sensitive = q->sensitive};
	m.ok = out->id != NULL;
	if (q->kind == COPL_CHOOSE_MANY && q->max != NULL &&
	    copl_number_parse(q->max, 1000, &limit))
		out->most = limit;
	if (q->kind == COPL_CHOOSE_MANY && q->min != NULL &&
	    copl_number_parse(q->min, 1000, &limit))
		out->least = limit;
	add_codes(&m);
	if (q->kind == COPL_GRID)
		add_rows(&m);
	else if (q->kind == COPL_RANK)
		add_places(&m);
	else
		room_for_parts(&m, 1);
	add_ask(&m, s);
	if (m.ok)
		add_shape(&m, s);
	return m.ok;
}

/* Most differ in their first byte, which needs no call. */
static inline bool same(const char *a, const char *b)
{
	return *a == *b && strcmp(a, b) == 0;
}

bool tally_question_part(
    const struct tally_question *q, const char *part, size_t *out)
{
	size_t i;

	*out = 0;
	if (q->kind != COPL_GRID)
		return part == NULL;
	for (i = 0; part != NULL && i < q->nparts; i++)
		if (same(q->parts[i], part)) {
			*out = i;
			return true;
		}
	return false;
}

static bool code_of_number(
    const struct tally_question *q, const char *code, size_t *out)
{
	int64_t n, class;

	if (!number_of(code, &n))
		return false;
	class = n < q->first ? -1 : (n - q->first) / q->width;
	class += q->below;
	if (class < 0 || (class >= (int64_t)q->ncodes && !q->above))
		return false;
	*out = class >= (int64_t)q->ncodes ? q->ncodes - 1 : (size_t) class;
	return true;
}

bool tally_question_code(
    const struct tally_question *q, const char *code, size_t *out)
{
	char year[5] = "";
	size_t i;

	if (q->kind == COPL_TEXT) {
		*out = 0;
		return true;
	}
	if (q->kind == COPL_DATE) {
		memcpy(year, code, strnlen(code, 4));
		return code_of_number(q, year, out);
	}
	if (q->kind == COPL_NUMBER || q->kind == COPL_RATING)
		return code_of_number(q, code, out);
	for (i = 0; i < q->ncodes; i++)
		if (same(q->codes[i], code)) {
			*out = i;
			return true;
		}
	return false;
}
