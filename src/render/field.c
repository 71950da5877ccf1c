/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include "render/render_priv.h"

/* No list of years is longer than a life. */
#define YEARS_MAX 120
#define YEARS_AHEAD 10

static void put_first_option(struct render_pen *p, const char *words)
{
	struct render_pen aside = *p;

	/* An option holds nothing but text. */
	aside.plain = true;
	render_put(p, "<option value=\"\">");
	render_words(&aside, words, NULL, 0);
	render_put(p, "</option>");
}

static void put_number_option(struct render_pen *p, const char *part, long n)
{
	char value[24];

	snprintf(value, sizeof(value), "%ld", n);
	copl_strbuf_printf(p->out, "<option value=\"%s\"", value);
	render_slot_of(p, "selected", part, value);
	copl_strbuf_printf(p->out, ">%s</option>", value);
}

void render_rank(
    struct render_pen *p, const struct copl_question *q, bool required)
{
	size_t n = q->choices == NULL ? 0 : q->choices->n, i;
	long last = q->top > 0 ? (long)q->top : (long)n, k;

	render_put(p, "<div class=\"ranks\">\n");
	for (i = 0; i < n; i++) {
		const struct copl_option *o = &q->choices->options[i];

		render_put(p, "<label");
		render_option_id(p, "for", q, o->value);
		render_put(p, ">");
		render_option_label(p, o->label);
		render_put(p, "</label>\n<select");
		render_option_id(p, "id", q, o->value);
		copl_strbuf_printf(p->out, " name=\"%s.%s\"%s", q->id, o->value,
		    required && q->top == 0 ? " required" : "");
		render_slot_of(p, "invalid", o->value, NULL);
		render_put(p, ">");
		put_first_option(p, "rank_pick");
		for (k = 1; k <= last; k++)
			put_number_option(p, o->value, k);
		render_put(p, "</select>\n");
	}
	render_error(p, q);
	render_put(p, "</div>\n");
}

void render_textbox(
    struct render_pen *p, const struct copl_question *q, bool required)
{
	bool line = q->lines == 1;

	render_put(p, "<div class=\"box\">\n");
	render_put(p, line ? "<input type=\"text\"" : "<textarea");
	render_option_id(p, "id", q, NULL);
	render_attr(p, "name", q->id);
	if (!line)
		copl_strbuf_printf(p->out, " rows=\"%u\"",
		    q->lines > 0 ? q->lines : RENDER_LINES_USUAL);
	if (q->maxlength > 0)
		copl_strbuf_printf(p->out, " maxlength=\"%u\"", q->maxlength);
	/* A blank placeholder lets style see that nothing was written. */
	render_put(p, " dir=\"auto\" placeholder=\" \" autocomplete=\"off\"");
	render_put(p, required ? " required" : "");
	render_described(p, q);
	render_slot(p, line ? "value" : "invalid");
	render_put(p, ">");
	if (!line) {
		render_slot(p, "text");
		render_put(p, "</textarea>");
	}
	render_put(p, "\n");
	render_error(p, q);
	render_put(p, "</div>\n");
}

void render_numberbox(
    struct render_pen *p, const struct copl_question *q, bool required)
{
	bool whole = (q->step == NULL || strchr(q->step, '.') == NULL) &&
		     render_number(q->min) >= 0;

	render_put(p, "<div class=\"box\">\n<input type=\"number\"");
	render_option_id(p, "id", q, NULL);
	render_attr(p, "name", q->id);
	render_attr(p, "inputmode", whole ? "numeric" : "decimal");
	if (q->min != NULL)
		render_attr(p, "min", q->min);
	if (q->max != NULL)
		render_attr(p, "max", q->max);
	render_attr(p, "step", q->step != NULL ? q->step : "any");
	render_put(p, " placeholder=\" \" autocomplete=\"off\"");
	render_put(p, required ? " required" : "");
	render_described(p, q);
	render_slot(p, "value");
	render_put(p, ">");
	if (q->unit != NULL) {
		render_put(p, " <span class=\"unit\">");
		render_inline(p, q->unit);
		render_put(p, "</span>");
	}
	render_put(p, "\n");
	render_error(p, q);
	render_put(p, "</div>\n");
}

/* ---- dates ---- */

static long year_of_instant(const struct copl_instant *at)
{
	char text[COPL_INSTANT_SIZE];

	copl_instant_format(at->seconds + (int64_t)at->offset * 60, text);
	text[strcspn(text, "-")] = '\0';
	return render_number(text);
}

/* "2027-05-01", "opens", "today", "closes"; the form's end when not said. */
static long year_of_limit(const struct copl_form *f, const char *limit)
{
	char year[5] = "";

	if (limit != NULL && strlen(limit) >= 4 && copl_is_digit(limit[0])) {
		memcpy(year, limit, 4);
		return render_number(year);
	}
	if (limit != NULL && strcmp(limit, "opens") == 0 && f->opens != NULL)
		return year_of_instant(f->opens);
	return year_of_instant(&f->closes);
}

static void put_years(struct render_pen *p, const struct copl_question *q)
{
	const struct copl_form *f = p->page->form;
	long life = f->max_age > 0 ? f->max_age : YEARS_MAX;
	long last = year_of_limit(f, q->max), first, n, i;

	if (q->max == NULL)
		last += YEARS_AHEAD;
	first = q->min != NULL   ? year_of_limit(f, q->min)
		: q->max == NULL ? last - YEARS_AHEAD
				 : last - life;
	n = last < first ? 1 : last - first + 1;
	if (n > YEARS_MAX)
		n = YEARS_MAX;
	/* What lies behind is looked for from today on backwards. */
	for (i = 0; i < n; i++)
		put_number_option(
		    p, "year", q->max != NULL ? last - i : first + i);
}

static void put_months(struct render_pen *p)
{
	const struct copl_calendar *c = render_calendar(p->words);
	int i;

	for (i = 0; i < 12; i++) {
		char value[24];

		snprintf(value, sizeof(value), "%d", i + 1);
		copl_strbuf_printf(p->out, "<option value=\"%s\"", value);
		render_slot_of(p, "selected", "month", value);
		render_put(p, ">");
		render_text(p, c->months[i]);
		render_put(p, "</option>");
	}
}

static void put_date_part(struct render_pen *p, const struct copl_question *q,
    const char *part, bool required)
{
	long day;

	copl_strbuf_printf(
	    p->out, "<span><label for=\"o-%s-%s\">", q->id, part);
	render_words(p,
	    *part == 'd'   ? "date_day"
	    : *part == 'm' ? "date_month"
			   : "date_year",
	    NULL, 0);
	copl_strbuf_printf(p->out,
	    "</label><select id=\"o-%s-%s\" name=\"%s.%s\"%s", q->id, part,
	    q->id, part, required ? " required" : "");
	render_slot_of(p, "invalid", part, NULL);
	render_put(p, ">");
	put_first_option(p, "pick");
	if (*part == 'y')
		put_years(p, q);
	else if (*part == 'm')
		put_months(p);
	for (day = 1; *part == 'd' && day <= 31; day++)
		put_number_option(p, "day", day);
	render_put(p, "</select></span>\n");
}

void render_date(
    struct render_pen *p, const struct copl_question *q, bool required)
{
	const char *order = render_calendar(p->words)->order;

	render_put(p, "<div class=\"parts\">\n");
	for (; *order != '\0'; order++) {
		if (*order == 'y')
			put_date_part(p, q, "year", required);
		else if (*order == 'm' && q->precision != COPL_DATE_YEAR)
			put_date_part(p, q, "month", required);
		else if (*order == 'd' && q->precision == COPL_DATE_DAY)
			put_date_part(p, q, "day", required);
	}
	render_put(p, "</div>\n");
	render_error(p, q);
}
