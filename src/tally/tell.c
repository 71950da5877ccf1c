/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tables as events, for programs and for the tables on the terminal. */
#include "config.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "locale/locale.h"
#include "tally/tell.h"

#define NUMBER_SIZE 24
#define RELEASES_MAX 4096

struct telling {
	const struct tally_tables *t;
	struct tally_labels *l;
	struct copl_reporter *r;
	char lang[COPL_SPOKEN_SIZE]; /* of the messages */
	struct copl_strbuf releases; /* of the question */
	struct copl_strbuf releases_label;
};

void tally_percent(int64_t n, int64_t of, char out[TALLY_PERCENT_SIZE])
{
	const int64_t tenths = of <= 0 ? 0 : (n * 2000 + of) / (of * 2);

	snprintf(out, TALLY_PERCENT_SIZE, "%" PRId64 ".%d", tenths / 10,
	    (int)(tenths % 10));
}

/* "language", "recipient", "release" or "all". */
static const char *name_of_axis(const struct tally_tables *t, size_t place)
{
	static const char *const names[HIDE_AXES] = {
	    "language", "recipient", "release"};
	size_t a;

	for (a = 0; a < HIDE_AXES; a++)
		if (place >= t->at[a] && place < t->at[a] + t->n[a])
			return names[a];
	return "all";
}

/* Oldest first. */
static size_t list_releases(const struct tally_tables *t,
    const struct tally_question *q, char out[TALLY_RELEASES_MAX][NUMBER_SIZE])
{
	size_t i, n = 0;

	for (i = t->form->neditions; i-- > 0;) {
		const size_t release = t->form->editions[i].release;

		if ((q->releases >> release & 1) != 0)
			snprintf(out[n++], NUMBER_SIZE, "%" PRIu64,
			    t->all->releases[release].version);
	}
	return n;
}

static void join(char list[][NUMBER_SIZE], size_t n, const char *glue,
    struct copl_strbuf *out)
{
	size_t i;

	for (i = 0; i < n; i++) {
		copl_strbuf_puts(out, i == 0 ? "" : glue);
		copl_strbuf_puts(out, list[i]);
	}
}

void tally_releases(const struct tally_tables *t,
    const struct tally_question *q, const char *lang, struct copl_strbuf *out)
{
	char list[TALLY_RELEASES_MAX][NUMBER_SIZE];
	const char *items[TALLY_RELEASES_MAX];
	const size_t n = list_releases(t, q, list);
	size_t i;

	for (i = 0; i < n; i++)
		items[i] = list[i];
	if (copl_locale_list(lang, items, n, out) != COPL_OK) {
		copl_strbuf_reset(out);
		join(list, n, ", ", out);
	}
}

/* Both ways to name them: for programs, and for people. */
static void name_releases(struct telling *w, const struct tally_question *q)
{
	char list[TALLY_RELEASES_MAX][NUMBER_SIZE];
	const size_t n = list_releases(w->t, q, list);

	copl_strbuf_reset(&w->releases);
	copl_strbuf_reset(&w->releases_label);
	join(list, n, " ", &w->releases);
	tally_releases(w->t, q, w->lang, &w->releases_label);
	w->r->nomem |= w->releases.st == COPL_E_NOMEM ||
		       w->releases_label.st == COPL_E_NOMEM;
}

static void tell_people(struct telling *w, size_t place)
{
	const struct tally_column *c = &w->t->columns[place];
	char count[NUMBER_SIZE] = "";
	const struct copl_field fields[] = {{"form", w->t->form->id},
	    {"by", name_of_axis(w->t, place)}, {"of", c->name},
	    {"count", count}, {"hidden", c->closed ? "yes" : "no"}};

	if (!c->closed)
		snprintf(count, sizeof(count), "%" PRId64, c->people);
	copl_tell(w->r, "tally-people", fields, COPL_COUNT(fields), NULL);
}

/* What is the same in all places of a row. */
struct row {
	const struct tally_answered *q;
	size_t part;
	size_t code;
	const char *label;
	const char *part_label; /* NULL: the question has no parts */
	const char *code_label;
};

static void tell_cell(struct telling *w, const struct row *row, size_t place)
{
	const struct tally_answered *q = row->q;
	const struct tally_question *m = q->question;
	const size_t cell = tally_cell(w->t, q, row->part, row->code, place);
	const char *part = m->parts[row->part];
	char count[NUMBER_SIZE] = "", percent[TALLY_PERCENT_SIZE] = "";
	const bool hidden = q->hidden[cell];
	const struct copl_field fields[] = {{"form", w->t->form->id},
	    {"releases", copl_strbuf_text(&w->releases)},
	    {"releases-label", copl_strbuf_text(&w->releases_label)},
	    {"question", m->id}, {"label", row->label},
	    {"part", part == NULL ? "" : part},
	    {"part-label", row->part_label == NULL ? "" : row->part_label},
	    {"code", row->code < m->ncodes ? m->codes[row->code] : ""},
	    {"code-label", row->code_label}, {"by", name_of_axis(w->t, place)},
	    {"of", w->t->columns[place].name}, {"count", count},
	    {"percent", percent}, {"hidden", hidden ? "yes" : "no"}};

	if (!hidden) {
		snprintf(count, sizeof(count), "%" PRId64, q->counts[cell]);
		tally_percent(q->counts[cell], q->people[place], percent);
	}
	copl_tell(w->r, "tally-cell", fields, COPL_COUNT(fields), NULL);
}

static void tell_row(struct telling *w, struct row *row)
{
	const struct tally_answered *q = row->q;
	const size_t all = w->t->places - 1;
	size_t place;

	row->code_label = tally_label_code(w->l, q->question, row->code);
	tell_cell(w, row, all);
	for (place = 0; place < all; place++)
		if (q->tier == TALLY_FULL && q->people[place] > 0)
			tell_cell(w, row, place);
}

static void tell_few(struct telling *w, const struct tally_answered *q)
{
	const struct copl_field fields[] = {{"form", w->t->form->id},
	    {"releases", copl_strbuf_text(&w->releases)},
	    {"releases-label", copl_strbuf_text(&w->releases_label)},
	    {"question", q->question->id},
	    {"label", tally_label_question(w->l, q->question)},
	    {"reason", q->tier == TALLY_TOTALS ? "totals" : "few"}};

	copl_tell(w->r, "tally-question", fields, COPL_COUNT(fields), NULL);
}

static void tell_question(struct telling *w, const struct tally_answered *q)
{
	const struct tally_question *m = q->question;
	struct row row = {.q = q};

	name_releases(w, m);
	if (q->tier != TALLY_FULL)
		tell_few(w, q);
	if (q->tier == TALLY_NOTHING)
		return;
	row.label = tally_label_question(w->l, m);
	for (; row.part < m->nparts; row.part++) {
		row.part_label = tally_label_part(w->l, m, row.part);
		for (row.code = 0; row.code < tally_rows(q); row.code++)
			tell_row(w, &row);
	}
}

static void tell_head(struct telling *w, const char *answers)
{
	const struct copl_field fields[] = {{"form", w->t->form->id},
	    {"title", tally_label_title(w->l)}, {"lang", w->l->lang},
	    {"releases", copl_strbuf_text(&w->releases)},
	    {"releases-label", copl_strbuf_text(&w->releases_label)},
	    {"answers", answers}, {"few", w->t->left_out > 0 ? "yes" : "no"}};

	copl_tell(w->r, "tally-form", fields, COPL_COUNT(fields), NULL);
}

static void tell_form(struct telling *w)
{
	const struct tally_tables *t = w->t;
	char answers[NUMBER_SIZE];
	struct tally_question all = {.releases = 0};
	size_t i;

	for (i = 0; i < t->ngroups; i++)
		all.releases |= UINT64_C(1) << t->groups[i].release;
	name_releases(w, &all);
	snprintf(answers, sizeof(answers), "%" PRId64,
	    t->columns[t->places - 1].people);
	tell_head(w, answers);
}

static void tell_all(struct telling *w)
{
	const struct tally_tables *t = w->t;
	size_t i;

	tell_form(w);
	if (t->ngroups == 0)
		return;
	tell_people(w, t->places - 1);
	for (i = 0; i + 1 < t->places; i++)
		tell_people(w, i);
	for (i = 0; i < t->nquestions; i++)
		tell_question(w, &t->questions[i]);
}

void tally_tell(const struct tally_tables *t, struct tally_labels *l,
    struct copl_reporter *r)
{
	struct telling w = {.t = t,
	    .l = l,
	    .r = r,
	    .releases = COPL_STRBUF_INIT(RELEASES_MAX),
	    .releases_label = COPL_STRBUF_INIT(RELEASES_MAX)};
	char *c;

	/* "zh_CN" is how catalogs are called. */
	copl_spoken(w.lang);
	for (c = w.lang; *c != '\0'; c++)
		*c = *c == '_' ? '-' : *c;
	tell_all(&w);
	copl_strbuf_clear(&w.releases);
	copl_strbuf_clear(&w.releases_label);
}
