/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <limits.h>
#include "render/render_priv.h"

long render_number(const char *s)
{
	uint64_t n;

	if (s == NULL || !copl_number_parse(s, LONG_MAX, &n))
		return -1;
	return (long)n;
}

const char *render_kind(enum copl_question_kind kind)
{
	switch (kind) {
	case COPL_CHOOSE_ONE:
		return "one";
	case COPL_CHOOSE_MANY:
		return "many";
	case COPL_RATING:
		return "rating";
	case COPL_GRID:
		return "grid";
	case COPL_RANK:
		return "rank";
	case COPL_TEXT:
		return "text";
	case COPL_NUMBER:
		return "number";
	case COPL_DATE:
		return "date";
	case COPL_CONSENT:
		return "consent";
	case COPL_NOTE_ITEM:
		return "note";
	}
	return "";
}

/* Several controls answer it, so a fieldset holds them together. */
static bool is_group(const struct copl_question *q)
{
	return q->kind != COPL_TEXT && q->kind != COPL_NUMBER &&
	       q->kind != COPL_CONSENT && q->kind != COPL_NOTE_ITEM;
}

void render_option_id(struct render_pen *p, const char *attr,
    const struct copl_question *q, const char *value)
{
	render_put(p, " ");
	render_put(p, attr);
	render_put(p, "=\"o-");
	render_put(p, q->id);
	if (value != NULL) {
		render_put(p, "-");
		copl_xml_put_attr(p->out, value);
	}
	render_put(p, "\"");
}

/* ---- what there is to tell about a question ---- */

static bool has_howto(const struct copl_question *q)
{
	switch (q->kind) {
	case COPL_CHOOSE_MANY:
	case COPL_RANK:
	case COPL_RATING:
		return true;
	case COPL_NUMBER:
		return q->min != NULL && q->max != NULL;
	case COPL_TEXT:
		return q->maxlength > RENDER_ROOM_WORTH_TELLING;
	case COPL_CHOOSE_ONE:
	case COPL_GRID:
	case COPL_DATE:
	case COPL_CONSENT:
	case COPL_NOTE_ITEM:
		break;
	}
	return false;
}

static void put_choose_howto(
    struct render_pen *p, const struct copl_question *q)
{
	long min = render_number(q->min), max = render_number(q->max);

	if (max == 1)
		render_words(p, "choose_one", NULL, 0);
	else if (min > 1 && max > 1)
		render_words_numbers(
		    p, "choose_between", "min", min, "max", max);
	else if (max > 1)
		render_words_number(p, "choose_up_to", "max", max);
	else if (min > 1)
		render_words_number(p, "choose_from", "min", min);
	else
		render_words(p, "choose_many", NULL, 0);
}

static void put_rating_howto(
    struct render_pen *p, const struct copl_question *q)
{
	struct copl_strbuf low = COPL_STRBUF_INIT(p->out->max);
	struct copl_strbuf high = COPL_STRBUF_INIT(p->out->max);
	struct copl_strbuf from = COPL_STRBUF_INIT(32);
	struct copl_strbuf to = COPL_STRBUF_INIT(32);
	const struct render_arg args[] = {{"low", NULL, &low},
	    {"high", NULL, &high}, {"from", NULL, &from}, {"to", NULL, &to}};
	struct render_pen aside = *p;
	size_t i;

	aside.out = &low;
	render_inline(&aside, q->low);
	aside.out = &high;
	render_inline(&aside, q->high);
	copl_strbuf_printf(&from, "%ld", q->from);
	copl_strbuf_printf(&to, "%ld", q->to);
	for (i = 0; i < COPL_COUNT(args); i++)
		if (args[i].html->st != COPL_OK && p->out->st == COPL_OK)
			p->out->st = args[i].html->st;
	render_words(p, "rating_ends", args, COPL_COUNT(args));
	copl_strbuf_clear(&low);
	copl_strbuf_clear(&high);
	copl_strbuf_clear(&from);
	copl_strbuf_clear(&to);
}

static void put_range(struct render_pen *p, const struct copl_question *q)
{
	const struct render_arg args[] = {
	    {"min", q->min, NULL}, {"max", q->max, NULL}};

	render_words(p, "number_range", args, COPL_COUNT(args));
}

static void put_howto(struct render_pen *p, const struct copl_question *q)
{
	if (q->kind == COPL_CHOOSE_ONE) {
		render_put(p, "<p class=\"howto paper\">");
		render_words(p, "choose_one", NULL, 0);
		render_put(p, "</p>\n");
	}
	if (!has_howto(q))
		return;
	copl_strbuf_printf(p->out, "<p class=\"howto%s\" id=\"w-%s\">",
	    q->kind == COPL_RATING ? " unseen" : "", q->id);
	if (q->kind == COPL_CHOOSE_MANY)
		put_choose_howto(p, q);
	else if (q->kind == COPL_RATING)
		put_rating_howto(p, q);
	else if (q->kind == COPL_NUMBER)
		put_range(p, q);
	else if (q->kind == COPL_TEXT)
		render_words_number(p, "text_room", "max", (long)q->maxlength);
	else if (q->top > 0)
		render_words_number(p, "rank_top", "top", (long)q->top);
	else
		render_words(p, "rank_all", NULL, 0);
	render_put(p, "</p>\n");
}

/* Is there a rule that an answer can break, so that a message is needed? */
static bool has_error(const struct copl_question *q)
{
	return q->error != NULL || q->required || q->min != NULL ||
	       q->max != NULL || q->kind == COPL_RANK ||
	       q->kind == COPL_NUMBER || q->kind == COPL_DATE;
}

void render_described(struct render_pen *p, const struct copl_question *q)
{
	const char *before = "";
	bool any = q->hint != NULL || has_howto(q) || has_error(q);

	if (!any)
		render_slot(p, "describe");
	else {
		render_put(p, " aria-describedby=\"");
		render_slot(p, "described");
	}
	if (q->hint != NULL) {
		copl_strbuf_printf(p->out, "%sh-%s", before, q->id);
		before = " ";
	}
	if (has_howto(q)) {
		copl_strbuf_printf(p->out, "%sw-%s", before, q->id);
		before = " ";
	}
	if (has_error(q))
		copl_strbuf_printf(p->out, "%se-%s", before, q->id);
	if (any)
		render_put(p, "\"");
}

/* ---- errors ---- */

void render_error(struct render_pen *p, const struct copl_question *q)
{
	if (!has_error(q))
		return;
	copl_strbuf_printf(
	    p->out, "<p class=\"error\" id=\"e-%s\" role=\"alert\">", q->id);
	if (q->error != NULL)
		render_inline(p, q->error);
	else
		render_words(p,
		    q->required ? "error_required" : "error_default", NULL, 0);
	render_put(p, "</p>\n");
}

/* ---- the question itself ---- */

static void put_needed(struct render_pen *p, const struct copl_question *q)
{
	if (!q->required)
		return;
	render_put(p, " <span class=\"needed\">");
	render_words(p, "needed", NULL, 0);
	render_put(p, "</span>");
}

static void put_label(struct render_pen *p, const struct copl_question *q)
{
	if (is_group(q)) {
		render_put(p, "<legend>");
	} else {
		render_put(p, "<label class=\"label\"");
		render_option_id(p, "for", q, NULL);
		render_put(p, ">");
	}
	render_inline(p, q->label);
	put_needed(p, q);
	render_put(p, is_group(q) ? "</legend>\n" : "</label>\n");
}

static void put_answer(
    struct render_pen *p, const struct copl_question *q, bool required)
{
	switch (q->kind) {
	case COPL_CHOOSE_ONE:
	case COPL_CHOOSE_MANY:
		render_choose(p, q, required);
		break;
	case COPL_RATING:
		render_rating(p, q, required);
		break;
	case COPL_GRID:
		render_grid(p, q, required);
		break;
	case COPL_RANK:
		render_rank(p, q, required);
		break;
	case COPL_TEXT:
		render_textbox(p, q, required);
		break;
	case COPL_NUMBER:
		render_numberbox(p, q, required);
		break;
	case COPL_DATE:
		render_date(p, q, required);
		break;
	case COPL_CONSENT:
		render_consent(p, q, required);
		break;
	case COPL_NOTE_ITEM:
		render_flow(p, q->node);
		break;
	}
}

static void put_hint(struct render_pen *p, const struct copl_question *q)
{
	if (q->hint == NULL)
		return;
	copl_strbuf_printf(p->out, "<p class=\"hint\" id=\"h-%s\">", q->id);
	render_inline(p, q->hint);
	render_put(p, "</p>\n");
}

void render_question(struct render_pen *p, const struct copl_section *s,
    const struct copl_question *q)
{
	const char *element = is_group(q) ? "fieldset" : "div";
	/* What may be hidden must not hold the whole form back. */
	bool required = q->required && q->when == NULL && s->when == NULL;

	if (render_never(p, q->when))
		return;
	render_slots_open(p, q);
	copl_strbuf_printf(p->out, "<%s class=\"%s%s\" id=\"q-%s\"", element,
	    q->kind == COPL_NOTE_ITEM ? "" : "q ", render_kind(q->kind), q->id);
	if (is_group(q))
		render_described(p, q);
	if (q->kind != COPL_NOTE_ITEM)
		render_slot(p, "mark");
	render_put(p, ">\n");
	if (q->kind != COPL_CONSENT && q->kind != COPL_NOTE_ITEM)
		put_label(p, q);
	render_skip_words(p, q->when);
	put_hint(p, q);
	put_howto(p, q);
	if (q->kind != COPL_NOTE_ITEM)
		render_slot(p, "tell");
	put_answer(p, q, required);
	if (q->kind == COPL_TEXT)
		render_help_here(p, "nobody_reads");
	else if (q->sensitive)
		render_help_here(p, "help_title");
	copl_strbuf_printf(p->out, "</%s>\n", element);
	render_slots_close(p, q);
}
