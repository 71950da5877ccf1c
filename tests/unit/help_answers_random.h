/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef HELP_ANSWERS_RANDOM_H
#define HELP_ANSWERS_RANDOM_H

/*
 * A person who answers at random, but as the form wants it; what their
 * browser posts, what a phone with ODK sends, and what should be stored.  It
 * shares no code with what it tests, conditions included.
 */
#include "help_answers.h"

#define ITEMS_MAX 60
#define PARTS_MAX 24

struct dice {
	uint64_t state;
};

static unsigned roll(struct dice *d, unsigned n)
{
	d->state ^= d->state << 13;
	d->state ^= d->state >> 7;
	d->state ^= d->state << 17;
	return (unsigned)((d->state >> 20) % n);
}

/* An answer to one question. */
struct said {
	const struct copl_question *q;
	const struct copl_section *s;
	bool asked;
	bool any; /* something is answered */
	bool chosen[PARTS_MAX]; /* options */
	const char *other[PARTS_MAX]; /* texts beside them; NULL: none */
	int row[PARTS_MAX]; /* of a grid: the option; -1: none */
	unsigned place[PARTS_MAX]; /* of a rank, from 1; 0: none */
	long number;
	unsigned year, month, day;
	const char *text;
};
struct person {
	struct said said[ITEMS_MAX];
	size_t n;
	int guardian_age;
};

static const char *const words[] = {
    "Мне больно, когда смеются над моими фото.\nЭто было \"в шутку\".",
    "أريد أن يساعدني الكبار & ألا يغضبوا",
    "我想要一个安全的网络。<br>\n  请听我们说。",
    "Ça m’a fait peur… & puis rien", "=HYPERLINK(\"http://x\")", "😀😀 ok",
    " \tс пробелами ", "]]> &amp; &#10;", "\xe2\x80\xaeمقلوب\xe2\x80\xac"};

static bool is_chosen(const struct said *a, const char *value)
{
	size_t i;

	for (i = 0; a->asked && i < a->q->choices->n; i++)
		if (strcmp(a->q->choices->options[i].value, value) == 0)
			return a->chosen[i];
	return false;
}

static const struct said *answer_to(
    const struct person *p, const struct copl_question *q)
{
	size_t i = 0;

	while (i + 1 < p->n && p->said[i].q != q)
		i++;
	assert_ptr_equal(p->said[i].q, q);
	return &p->said[i];
}

static bool is_young(const struct person *p, const struct said *a)
{
	size_t i;

	for (i = 0; a->asked && i < a->q->choices->n; i++)
		if (a->chosen[i] &&
		    a->q->choices->options[i].from_age < p->guardian_age)
			return true;
	return false;
}

static bool is_true(const struct person *p, const struct copl_when *w)
{
	if (w == NULL)
		return true;
	if (w->op == COPL_WHEN_AND)
		return is_true(p, w->left) && is_true(p, w->right);
	if (w->op == COPL_WHEN_OR)
		return is_true(p, w->left) || is_true(p, w->right);
	if (w->op == COPL_WHEN_NOT)
		return !is_true(p, w->left);
	if (w->op == COPL_WHEN_MINOR)
		return is_young(p, answer_to(p, w->question));
	return is_chosen(answer_to(p, w->question), w->value) !=
	       (w->op == COPL_WHEN_IS_NOT);
}

/* ---- answering ---- */

static long limit(const char *s, long otherwise)
{
	return s == NULL ? otherwise : strtol(s, NULL, 10);
}

static void choose_many(struct dice *d, struct said *a)
{
	const struct copl_choices *c = a->q->choices;
	long min = limit(a->q->min, 1), max = limit(a->q->max, (long)c->n);
	long want = min + (long)roll(d, (unsigned)(max - min + 1)), n = 0;
	size_t i;

	if (roll(d, 5) == 0) {
		i = roll(d, (unsigned)c->n);
		if (c->options[i].exclusive || want == 1) {
			a->chosen[i] = true;
			return;
		}
	}
	for (i = 0; i < c->n && n < want; i++)
		if (!c->options[i].exclusive) {
			a->chosen[i] = true;
			n++;
		}
}

static void rank(struct dice *d, struct said *a)
{
	size_t n = a->q->choices->n, i;
	size_t last = a->q->top > 0 ? a->q->top : n, k;

	for (k = 1; k <= last; k++) {
		do
			i = roll(d, (unsigned)n);
		while (a->place[i] != 0);
		a->place[i] = (unsigned)k;
	}
}

static void date(struct dice *d, struct said *a)
{
	a->year = a->q->precision == COPL_DATE_DAY ? 2027 : 2020 + roll(d, 7);
	a->month = a->q->precision == COPL_DATE_DAY ? 2 : 1 + roll(d, 12);
	a->day = 1 + roll(d, 28);
}

static void answer(struct dice *d, struct said *a)
{
	const struct copl_question *q = a->q;
	size_t n = q->choices == NULL ? 0 : q->choices->n, i;

	memset(a->row, -1, sizeof(a->row));
	a->text = "";
	a->any = q->required || roll(d, 4) > 0;
	if (!a->any)
		return;
	if (q->kind == COPL_CHOOSE_ONE)
		a->chosen[roll(d, (unsigned)n)] = true;
	else if (q->kind == COPL_CHOOSE_MANY)
		choose_many(d, a);
	else if (q->kind == COPL_RANK)
		rank(d, a);
	else if (q->kind == COPL_DATE)
		date(d, a);
	for (i = 0; q->kind == COPL_GRID && i < q->nrows; i++)
		if (q->required || roll(d, 3) > 0)
			a->row[i] = (int)roll(d, (unsigned)n);
	for (i = 0; i < n; i++)
		if (a->chosen[i] && q->choices->options[i].other &&
		    roll(d, 3) > 0)
			a->other[i] = words[roll(d, COPL_COUNT(words))];
	if (q->kind == COPL_RATING)
		a->number =
		    q->from + (long)roll(d, (unsigned)(q->to - q->from) + 1);
	if (q->kind == COPL_NUMBER)
		a->number =
		    limit(q->min, 0) +
		    (long)roll(d,
			(unsigned)(limit(q->max, 1000) - limit(q->min, 0)) + 1);
	a->text = q->lines == 1 ? "слово" : words[roll(d, COPL_COUNT(words))];
}

static void be_somebody(
    struct dice *d, const struct copl_answer_form *f, struct person *p)
{
	const struct copl_form *form = copl_answer_form_typed(f);
	size_t i, k;

	memset(p, 0, sizeof(*p));
	p->guardian_age = copl_answer_form_guardian_age(f);
	for (i = 0; i < form->nsections; i++)
		for (k = 0; k < form->sections[i].nitems; k++) {
			struct said *a = &p->said[p->n];

			if (form->sections[i].items[k].kind == COPL_NOTE_ITEM)
				continue;
			assert_true(++p->n < ITEMS_MAX);
			a->s = &form->sections[i];
			a->q = &form->sections[i].items[k];
			answer(d, a);
			a->asked =
			    is_true(p, a->s->when) && is_true(p, a->q->when);
		}
}

/* ---- what should be stored ---- */

static void put_date(const struct said *a, struct copl_strbuf *out)
{
	copl_strbuf_printf(out, "%04u", a->year);
	if (a->q->precision != COPL_DATE_YEAR)
		copl_strbuf_printf(out, "-%02u", a->month);
	if (a->q->precision == COPL_DATE_DAY)
		copl_strbuf_printf(out, "-%02u", a->day);
}

/* The chosen options, or those with a place in the order of places. */
static size_t put_options(
    const struct said *a, const char *between, struct copl_strbuf *out)
{
	size_t n = 0, i;
	unsigned k;

	for (k = 1; a->q->kind == COPL_RANK && k <= PARTS_MAX; k++)
		for (i = 0; i < a->q->choices->n; i++)
			if (a->place[i] == k)
				copl_strbuf_printf(out, "%s%s",
				    n++ > 0 ? between : "",
				    a->q->choices->options[i].value);
	for (i = 0; a->q->kind != COPL_RANK && i < a->q->choices->n; i++)
		if (a->chosen[i])
			copl_strbuf_printf(out, "%s%s", n++ > 0 ? between : "",
			    a->q->choices->options[i].value);
	return n;
}

static void put_rows(const struct said *a, struct copl_strbuf *out)
{
	size_t i;

	for (i = 0; i < a->q->nrows; i++)
		if (a->row[i] >= 0)
			copl_strbuf_printf(out, "%s.%s=%s\n", a->q->id,
			    a->q->rows[i].id,
			    a->q->choices->options[a->row[i]].value);
}

static void put_said(const struct said *a, struct copl_strbuf *out)
{
	size_t i;

	if (a->q->kind == COPL_GRID) {
		put_rows(a, out);
		return;
	}
	copl_strbuf_printf(out, "%s=", a->q->id);
	if (a->q->kind == COPL_DATE)
		put_date(a, out);
	else if (a->q->kind == COPL_TEXT)
		copl_strbuf_puts(out, a->text);
	else if (a->q->kind == COPL_CONSENT)
		copl_strbuf_puts(out, "yes");
	else if (a->q->choices == NULL)
		copl_strbuf_printf(out, "%ld", a->number);
	else
		(void)put_options(a, "|", out);
	copl_strbuf_puts(out, "\n");
	for (i = 0; a->q->choices != NULL && i < a->q->choices->n; i++)
		if (a->other[i] != NULL)
			copl_strbuf_printf(out, "%s.%s=%s\n", a->q->id,
			    a->q->choices->options[i].value, a->other[i]);
}

static void put_expected(const struct person *p, struct copl_strbuf *out)
{
	size_t i;

	for (i = 0; i < p->n; i++)
		if (p->said[i].asked && p->said[i].any)
			put_said(&p->said[i], out);
	assert_int_equal(out->st, COPL_OK);
}

/* ---- what the browser posts ---- */

static void post_part(
    struct post *p, const char *id, const char *part, unsigned value)
{
	char name[100], text[24] = "";

	snprintf(name, sizeof(name), "%s.%s", id, part);
	if (value > 0)
		snprintf(text, sizeof(text), "%u", value);
	post(p, name, text);
}

/* Line ends as browsers send them. */
static void post_text(struct post *p, const char *name, const char *text)
{
	struct copl_strbuf out = COPL_STRBUF_INIT(4096);

	for (; *text != '\0'; text++)
		copl_strbuf_add(
		    &out, *text == '\n' ? "\r\n" : text, *text == '\n' ? 2 : 1);
	post(p, name, copl_strbuf_text(&out));
	copl_strbuf_clear(&out);
}

static void post_choices(struct post *p, const struct said *a)
{
	const struct copl_choices *c = a->q->choices;
	char name[100];
	size_t i;

	for (i = 0; i < c->n; i++) {
		if (a->chosen[i])
			post(p, a->q->id, c->options[i].value);
		if (!c->options[i].other)
			continue;
		snprintf(
		    name, sizeof(name), "%s.%s", a->q->id, c->options[i].value);
		/* Its box may hold what somebody wrote before. */
		post_text(p, name,
		    a->other[i] != NULL ? a->other[i]
		    : a->chosen[i]      ? ""
					: "раньше");
	}
}

static void post_number(struct dice *d, struct post *p, const struct said *a)
{
	static const char *const around[][2] = {
	    {"", ""}, {"", ".0"}, {"", "e0"}, {" ", " "}, {"00", ""}};
	unsigned i =
	    a->q->kind == COPL_NUMBER ? roll(d, COPL_COUNT(around)) : 0;
	char text[48];

	snprintf(text, sizeof(text), "%s%ld%s", around[i][0], a->number,
	    around[i][1]);
	post(p, a->q->id, text);
}

static void post_said(struct dice *d, struct post *p, const struct said *a)
{
	const char *id = a->q->id;
	size_t i;

	if (a->q->kind == COPL_CHOOSE_ONE || a->q->kind == COPL_CHOOSE_MANY)
		post_choices(p, a);
	for (i = 0; a->q->kind == COPL_RANK && i < a->q->choices->n; i++)
		post_part(p, id, a->q->choices->options[i].value, a->place[i]);
	for (i = 0; a->q->kind == COPL_GRID && i < a->q->nrows; i++)
		if (a->row[i] >= 0) {
			char name[100];

			snprintf(
			    name, sizeof(name), "%s.%s", id, a->q->rows[i].id);
			post(p, name, a->q->choices->options[a->row[i]].value);
		}
	if (a->q->kind == COPL_TEXT)
		post_text(p, id, a->any ? a->text : "");
	if (a->q->kind == COPL_CONSENT && a->any)
		post(p, id, "yes");
	if (a->any && (a->q->kind == COPL_NUMBER || a->q->kind == COPL_RATING))
		post_number(d, p, a);
	if (a->q->kind != COPL_DATE)
		return;
	post_part(p, id, "year", a->year);
	if (a->q->precision != COPL_DATE_YEAR)
		post_part(p, id, "month", a->month);
	if (a->q->precision == COPL_DATE_DAY)
		post_part(p, id, "day", a->day);
}

/* What is hidden is sent as well: with what was there before, or nonsense. */
static void post_person(struct dice *d, struct post *p,
    const struct copl_answer_form *f, const struct person *who)
{
	size_t i;

	post_frame(p, f);
	for (i = 0; i < who->n; i++) {
		const struct said *a = &who->said[i];

		if (a->asked || roll(d, 2) == 0)
			post_said(d, p, a);
		else if (a->q->kind != COPL_GRID && a->q->kind != COPL_RANK &&
			 a->q->kind != COPL_DATE)
			post(p, a->q->id, "чепуха");
	}
}

/* ---- what a phone sends: docs/odk.md ---- */

static bool has_places(const struct copl_question *q)
{
	size_t i;

	for (i = 0; q->top == 0 && i < q->choices->n; i++)
		if (copl_is_digit(q->choices->options[i].value[0]))
			return false;
	return q->top > 0 || q->choices->n < 10;
}

static void put_element(
    struct copl_strbuf *out, const char *name, const char *text)
{
	copl_strbuf_printf(out, "<%s>", name);
	copl_xml_put_text(out, text, strlen(text));
	copl_strbuf_printf(out, "</%s>", name);
}

static void put_odk_rows(struct copl_strbuf *out, const struct said *a)
{
	size_t n = a->q->kind == COPL_GRID ? a->q->nrows : a->q->choices->n, i;
	char text[24];

	copl_strbuf_printf(out, "<%s><_question/><_answers/>", a->q->id);
	for (i = 0; i < n; i++) {
		text[0] = '\0';
		if (a->place[i] > 0)
			snprintf(text, sizeof(text), "%u", a->place[i]);
		if (a->q->kind == COPL_RANK)
			put_element(out, a->q->choices->options[i].value, text);
		else
			put_element(out, a->q->rows[i].id,
			    a->row[i] < 0
				? ""
				: a->q->choices->options[a->row[i]].value);
	}
	copl_strbuf_printf(out, "</%s>", a->q->id);
}

static void put_odk_value(struct copl_strbuf *out, const struct said *a)
{
	struct copl_strbuf text = COPL_STRBUF_INIT(4096);

	if (a->q->kind == COPL_DATE)
		copl_strbuf_printf(&text, "%04u-%02u-%02u", a->year,
		    a->q->precision == COPL_DATE_YEAR ? 1 : a->month,
		    a->q->precision == COPL_DATE_DAY ? a->day : 1);
	else if (a->q->kind == COPL_TEXT)
		copl_strbuf_puts(&text, a->text);
	else if (a->q->kind == COPL_CONSENT)
		copl_strbuf_puts(&text, "yes");
	else if (a->q->choices == NULL)
		copl_strbuf_printf(&text, "%ld", a->number);
	else
		(void)put_options(a, " ", &text);
	put_element(out, a->q->id, a->any ? copl_strbuf_text(&text) : "");
	copl_strbuf_clear(&text);
}

static void put_odk_said(struct copl_strbuf *out, const struct said *a)
{
	size_t i;

	if (a->q->kind == COPL_GRID ||
	    (a->q->kind == COPL_RANK && has_places(a->q)))
		put_odk_rows(out, a);
	else
		put_odk_value(out, a);
	for (i = 0; a->q->choices != NULL && i < a->q->choices->n; i++)
		if (a->other[i] != NULL)
			copl_strbuf_printf(out, "<%s_other>", a->q->id);
	for (i = 0; a->q->choices != NULL && i < a->q->choices->n; i++)
		if (a->other[i] != NULL) {
			copl_xml_put_text(
			    out, a->other[i], strlen(a->other[i]));
			copl_strbuf_printf(out, "</%s_other>", a->q->id);
		}
}

static void put_odk(const struct copl_answer_form *f, const struct person *p,
    struct copl_strbuf *out)
{
	const struct copl_form *form = copl_answer_form_typed(f);
	const char *section = NULL;
	size_t i;

	copl_strbuf_printf(out,
	    "<data xmlns=\"http://www.w3.org/2002/xforms\" id=\"%s_x\" "
	    "version=\"%s-r1\">\n<_form>%s</_form><_version>%s</_version>"
	    "<_order>5</_order><_about/><_privacy/><_help/>",
	    form->id, form->version, form->id, form->version);
	for (i = 0; i < p->n; i++) {
		if (section != p->said[i].s->id) {
			if (section != NULL)
				copl_strbuf_printf(out, "</%s>", section);
			section = p->said[i].s->id;
			copl_strbuf_printf(out, "\n<%s>", section);
		}
		if (p->said[i].asked)
			put_odk_said(out, &p->said[i]);
	}
	copl_strbuf_printf(out,
	    "</%s><_thanks/><_contact/><orx:meta xmlns:orx="
	    "\"http://openrosa.org/xforms\"><orx:instanceID>uuid:" ID
	    "</orx:instanceID></orx:meta></data>\n",
	    section);
	assert_int_equal(out->st, COPL_OK);
}

#endif
