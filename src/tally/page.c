/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The page that may be published: all tables, in the language of the labels. */
#include "config.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "locale/locale.h"
#include "page/report_page.h"
#include "tally/tell.h"

#define TEXT_MAX ((size_t)64 << 10)

/* clang-format off */
static const char style[] =
".wide{overflow-x:auto;position:relative;margin-block:.5rem 1.25rem}"
".wide:focus-visible{outline:.15rem solid var(--link)}"
"caption{text-align:start;font-weight:600;padding-block:.25rem}"
"table{inline-size:auto;min-inline-size:min(100%,30rem)}"
"thead th{text-align:end;vertical-align:bottom;overflow-wrap:normal}"
"thead th:first-child{text-align:start}"
"thead small{display:block;font-weight:400}"
"tbody th{color:var(--ink);font-weight:400;min-inline-size:11rem;"
"max-inline-size:24rem}"
"td{text-align:end;white-space:nowrap;font-variant-numeric:tabular-nums}"
"td small{display:block;color:var(--soft)}"
"tr.none th,tr.none td{color:var(--soft)}"
"h2{border-block-start:2px solid var(--line);padding-block-start:1rem}"
"h3{margin-block:2rem .25rem}h4{margin-block:1.25rem .25rem}"
".vh{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;"
"clip-path:inset(50%);white-space:nowrap}"
"@page{margin:1.5cm}"
"@media print{html{font-size:.75rem}.wide{overflow:visible}"
"h3,h4,caption{break-after:avoid}tr{break-inside:avoid}}";
/* clang-format on */

struct writing {
	struct copl_strbuf *out;
	const struct tally_page *page;
	const struct tally_tables *t;
	struct tally_labels *l;
	struct copl_numbers *numbers; /* NULL: the language has no own way */
	enum copl_status st;
};

/* ---- pieces ---- */

static void put(struct writing *w, const char *html)
{
	copl_strbuf_puts(w->out, html);
}

/* A text of the form, which may be in another language than the page. */
static void put_label(struct writing *w, const char *tag, const char *text)
{
	if (strcmp(w->l->lang, w->page->lang) != 0)
		copl_report_page_foreign(w->out, tag, NULL, w->l->lang, text);
	else
		copl_report_page_element(w->out, tag, text);
}

typedef enum copl_status number_fn(
    struct copl_numbers *n, const char *decimal, struct copl_strbuf *out);

static void put_digits(struct writing *w, number_fn *fn, const char *digits)
{
	struct copl_strbuf text = COPL_STRBUF_INIT(256);
	enum copl_status st = w->numbers == NULL
				  ? COPL_E_NOTFOUND
				  : fn(w->numbers, digits, &text);

	if (st == COPL_E_NOMEM)
		w->st = st;
	copl_report_page_text(
	    w->out, st == COPL_OK ? copl_strbuf_text(&text) : digits);
	copl_strbuf_clear(&text);
}

static void put_number(struct writing *w, int64_t n)
{
	char digits[24];

	snprintf(digits, sizeof(digits), "%" PRId64, n);
	put_digits(w, copl_numbers_decimal, digits);
}

static void put_percent(struct writing *w, int64_t n, int64_t of)
{
	char digits[TALLY_PERCENT_SIZE];

	tally_percent(n, of, digits);
	put_digits(w, copl_numbers_percent, digits);
}

static void put_hidden(struct writing *w)
{
	put(w, "<span aria-hidden=\"true\">·</span><span class=\"vh\">");
	copl_report_page_text(w->out, _("not shown"));
	put(w, "</span>");
}

/* ---- columns ---- */

static const char *axis_title(size_t axis)
{
	switch ((enum tally_axis)axis) {
	case TALLY_BY_LANGUAGE:
		return _("By language");
	case TALLY_BY_RECIPIENT:
		return _("By recipient of the forms");
	case TALLY_BY_RELEASE:
		return _("By release of the forms");
	}
	return "";
}

static void put_language(struct writing *w, const char *tag)
{
	struct copl_strbuf name = COPL_STRBUF_INIT(1024);

	if (copl_locale_autonym(tag, &name) == COPL_E_NOMEM)
		w->st = COPL_E_NOMEM;
	copl_report_page_foreign(
	    w->out, "span", NULL, tag, name.len > 0 ? name.s : tag);
	copl_strbuf_clear(&name);
}

static void put_column_name(struct writing *w, size_t axis, const char *name)
{
	if (*name == '\0') {
		copl_report_page_text(w->out, _("not known"));
	} else if (axis == TALLY_BY_LANGUAGE) {
		put_language(w, name);
	} else {
		put(w, "<bdi>");
		copl_report_page_text(w->out, name);
		put(w, "</bdi>");
	}
}

/* ---- who answered ---- */

static void put_people_row(
    struct writing *w, const struct tally_column *c, size_t axis)
{
	const int64_t all = w->t->columns[w->t->places - 1].people;

	put(w, "<tr><th scope=\"row\">");
	put_column_name(w, axis, c->name);
	put(w, "</th><td>");
	if (c->closed)
		put_hidden(w);
	else
		put_number(w, c->people);
	put(w, "</td><td>");
	if (c->closed)
		put_hidden(w);
	else
		put_percent(w, c->people, all);
	put(w, "</td></tr>\n");
}

static void begin_table(struct writing *w, const char *caption)
{
	put(w, "<div class=\"wide\" role=\"group\" tabindex=\"0\" "
	       "aria-label=\"");
	copl_report_page_text(w->out, caption);
	put(w, "\">\n<table>\n<caption>");
	copl_report_page_text(w->out, caption);
	put(w, "</caption>\n<thead><tr><td></td>");
}

static void end_table(struct writing *w)
{
	put(w, "</tbody>\n</table>\n</div>\n");
}

static void put_people(struct writing *w)
{
	size_t a, i;

	for (a = 0; a < HIDE_AXES; a++) {
		if (w->t->n[a] == 0)
			continue;
		begin_table(w, axis_title(a));
		copl_report_page_element(
		    w->out, "th scope=\"col\"", _("answers"));
		copl_report_page_element(
		    w->out, "th scope=\"col\"", _("of all"));
		put(w, "</tr></thead>\n<tbody>\n");
		for (i = 0; i < w->t->n[a]; i++)
			put_people_row(w, &w->t->columns[w->t->at[a] + i], a);
		end_table(w);
	}
}

/* ---- a question ---- */

/* Has the question anybody there, and may it be shown? */
static bool is_shown(
    const struct writing *w, const struct tally_answered *q, size_t place)
{
	return q->people[place] > 0 && !w->t->columns[place].closed;
}

static void put_head(struct writing *w, const struct tally_answered *q,
    size_t axis, size_t place, bool all)
{
	if (!is_shown(w, q, place))
		return;
	put(w, "<th scope=\"col\">");
	if (all)
		copl_report_page_text(w->out, _("all"));
	else
		put_column_name(w, axis, w->t->columns[place].name);
	put(w, "<small>");
	put_number(w, q->people[place]);
	put(w, "</small></th>");
}

static void put_cell(struct writing *w, const struct tally_answered *q,
    size_t cell, size_t place)
{
	if (!is_shown(w, q, place))
		return;
	put(w, "<td>");
	if (q->hidden[cell]) {
		put_hidden(w);
	} else {
		put_percent(w, q->counts[cell], q->people[place]);
		put(w, "<small>");
		put_number(w, q->counts[cell]);
		put(w, "</small>");
	}
	put(w, "</td>");
}

static void put_rows(struct writing *w, const struct tally_answered *q,
    size_t part, size_t from, size_t n, bool all)
{
	const size_t total = w->t->places - 1;
	size_t code, i;

	for (code = 0; code < tally_rows(q); code++) {
		const bool none = code == q->question->ncodes;

		put(w, none ? "<tr class=\"none\">" : "<tr>");
		if (none || q->question->kind == COPL_TEXT)
			copl_report_page_element(w->out, "th scope=\"row\"",
			    tally_label_code(w->l, q->question, code));
		else
			put_label(w, "th scope=\"row\"",
			    tally_label_code(w->l, q->question, code));
		if (all)
			put_cell(w, q, tally_cell(w->t, q, part, code, total),
			    total);
		for (i = from; i < from + n; i++)
			put_cell(w, q, tally_cell(w->t, q, part, code, i), i);
		put(w, "</tr>\n");
	}
}

/* axis HIDE_AXES: all answers alone. */
static void put_table(struct writing *w, const struct tally_answered *q,
    size_t part, size_t axis, bool all)
{
	const bool alone = axis == HIDE_AXES;
	const size_t from = alone ? 0 : w->t->at[axis];
	const size_t n = alone ? 0 : w->t->n[axis];
	size_t i;

	begin_table(w, alone ? _("All answers") : axis_title(axis));
	if (all)
		put_head(w, q, axis, w->t->places - 1, true);
	for (i = from; i < from + n; i++)
		put_head(w, q, axis, i, false);
	put(w, "</tr></thead>\n<tbody>\n");
	put_rows(w, q, part, from, n, all);
	end_table(w);
}

static void put_part(
    struct writing *w, const struct tally_answered *q, size_t part)
{
	const char *label = tally_label_part(w->l, q->question, part);
	bool all = true;
	size_t a, i;

	if (label != NULL && q->question->kind == COPL_RANK)
		copl_report_page_element(w->out, "h4", label);
	else if (label != NULL)
		put_label(w, "h4", label);
	for (a = 0; a < HIDE_AXES && q->tier == TALLY_FULL; a++) {
		size_t shown = 0;

		for (i = 0; i < w->t->n[a]; i++)
			shown += is_shown(w, q, w->t->at[a] + i);
		if (shown < 2)
			continue;
		put_table(w, q, part, a, all);
		all = false;
	}
	if (all)
		put_table(w, q, part, HIDE_AXES, true);
}

/* A question that was changed stands here once for each way it was asked. */
static bool is_split(const struct writing *w, const struct tally_answered *q)
{
	size_t i;

	for (i = 0; i < w->t->nquestions; i++)
		if (&w->t->questions[i] != q &&
		    strcmp(w->t->questions[i].question->id, q->question->id) ==
			0)
			return true;
	return false;
}

static void put_note(struct writing *w, const char *text)
{
	copl_report_page_element(w->out, "p class=\"soft\"", text);
}

static void put_releases(struct writing *w, const struct tally_answered *q)
{
	struct copl_strbuf text = COPL_STRBUF_INIT(TEXT_MAX);
	struct copl_strbuf releases = COPL_STRBUF_INIT(TEXT_MAX);

	tally_releases(w->t, q->question, w->page->lang, &releases);
	if (releases.st != COPL_OK)
		w->st = releases.st;
	copl_strbuf_printf(&text,
	    _("The question was changed. These are the answers to the forms "
	      "of these releases: %s."),
	    copl_strbuf_text(&releases));
	put_note(w, copl_strbuf_text(&text));
	if (text.st != COPL_OK)
		w->st = text.st;
	copl_strbuf_clear(&releases);
	copl_strbuf_clear(&text);
}

static void put_question(struct writing *w, const struct tally_answered *q)
{
	size_t part;

	put_label(w, "h3", tally_label_question(w->l, q->question));
	if (is_split(w, q))
		put_releases(w, q);
	if (q->question->ask.how != TALLY_ALL)
		put_note(
		    w, _("Only some were asked this, which depends on earlier "
			 "answers; the others are among those without an "
			 "answer."));
	if (q->tier == TALLY_TOTALS)
		put_note(
		    w, _("There are too few answers to show them by language, "
			 "recipient and release."));
	if (q->tier == TALLY_NOTHING) {
		put_note(w, _("There are too few answers to show any."));
		return;
	}
	for (part = 0; part < q->question->nparts; part++)
		put_part(w, q, part);
}

/* ---- the page ---- */

static const char *catalog_of(const char *tag, char out[COPL_SPOKEN_SIZE])
{
	if (strncmp(tag, "zh", 2) == 0 && (tag[2] == '\0' || tag[2] == '-'))
		return "zh_CN";
	snprintf(out, COPL_SPOKEN_SIZE, "%.*s", (int)strcspn(tag, "-"), tag);
	return out;
}

enum copl_status tally_page_speak(struct tally_page *page, const char *lang)
{
	char name[COPL_SPOKEN_SIZE];
	const enum copl_status st = copl_speak(catalog_of(lang, name));

	page->lang = st == COPL_OK ? lang : "en";
	return st == COPL_E_NOTFOUND ? COPL_OK : st;
}

static void put_date(struct copl_strbuf *out, const struct tally_page *page)
{
	struct copl_strbuf date = COPL_STRBUF_INIT(1024);
	char iso[COPL_INSTANT_SIZE];
	enum copl_status st;

	copl_instant_format(page->now, iso);
	iso[10] = '\0';
	st = copl_locale_date(page->lang, (struct copl_instant){page->now, 0},
	    "UTC", COPL_DAY, &date);
	if (st == COPL_E_NOMEM)
		out->st = st;
	if (st != COPL_OK)
		copl_strbuf_puts(&date, iso);
	copl_strbuf_printf(
	    out, "<p class=\"soft\"><time datetime=\"%s\">", iso);
	copl_report_page_text(out, copl_strbuf_text(&date));
	copl_strbuf_puts(out, "</time></p>\n");
	copl_strbuf_clear(&date);
}

void tally_page_begin(struct copl_strbuf *out, const struct tally_page *page)
{
	const struct copl_report_page frame = {.title = _("What was answered"),
	    .lang = page->lang,
	    .style = style};

	copl_report_page_begin(out, &frame);
	copl_report_page_element(out, "h1", frame.title);
	put_date(out, page);
	copl_report_page_element(out, "p",
	    _("Each number says how many people gave an answer. The "
	      "percentage is of all who sent the form in that column, also of "
	      "those who left the question out. People could choose several "
	      "answers to some questions; those add up to more than 100."));
	copl_report_page_element(out, "p",
	    _("Nobody can be recognized in these tables. A number that stands "
	      "for fewer than five people is not shown; a dot is in its "
	      "place. Some other numbers are not shown either, because the "
	      "hidden ones could be worked out from them."));
}

static void put_form_head(struct writing *w)
{
	struct copl_strbuf text = COPL_STRBUF_INIT(TEXT_MAX);
	const unsigned long n =
	    (unsigned long)w->t->columns[w->t->places - 1].people;

	put_label(w, "h2", tally_label_title(w->l));
	if (w->t->ngroups == 0) {
		put_note(w, _("There are too few answers to show any."));
		return;
	}
	copl_strbuf_printf(&text, P_("%lu answer", "%lu answers", n), n);
	copl_report_page_element(w->out, "p", copl_strbuf_text(&text));
	if (text.st != COPL_OK)
		w->st = text.st;
	copl_strbuf_clear(&text);
	if (w->t->left_out > 0)
		put_note(w,
		    _("Answers to a release of the form with too few answers "
		      "are not among them."));
}

enum copl_status tally_page_form(struct copl_strbuf *out,
    const struct tally_page *page, const struct tally_tables *t,
    struct tally_labels *l)
{
	struct writing w = {out, page, t, l, NULL, COPL_OK};
	size_t i;

	if (copl_numbers_new(page->lang, &w.numbers) == COPL_E_NOMEM)
		return COPL_E_NOMEM;
	put_form_head(&w);
	if (t->ngroups > 0)
		put_people(&w);
	for (i = 0; i < t->nquestions; i++)
		put_question(&w, &t->questions[i]);
	copl_numbers_free(w.numbers);
	return w.st != COPL_OK ? w.st : out->st;
}

void tally_page_end(struct copl_strbuf *out)
{
	copl_report_page_end(out);
}
