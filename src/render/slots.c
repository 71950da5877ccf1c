/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Where in a page's bytes answers are put back, and what is said then.  Who
 * writes the page knows the place of everything, so nobody has to parse it.
 */
#include "config.h"
#include <string.h>
#include "render/render_priv.h"

void render_slot(struct render_pen *p, const char *kind)
{
	render_slot_of(p, kind, NULL, NULL);
}

void render_slot_of(
    struct render_pen *p, const char *kind, const char *part, const char *value)
{
	if (p->slots == NULL)
		return;
	copl_strbuf_printf(p->slots, "<%s at=\"%zu\"", kind, p->out->len);
	if (part != NULL)
		copl_strbuf_printf(p->slots, " part=\"%s\"", part);
	if (value != NULL) {
		copl_strbuf_puts(p->slots, " value=\"");
		copl_xml_put_attr(p->slots, value);
		copl_strbuf_puts(p->slots, "\"");
	}
	copl_strbuf_puts(p->slots, "/>\n");
}

/* ---- markup that goes into the page then ---- */

/* A pen for a fragment, which stands in the slots as text. */
static struct render_pen aside_of(
    const struct render_pen *p, struct copl_strbuf *fragment)
{
	struct render_pen aside = *p;

	*fragment = (struct copl_strbuf)COPL_STRBUF_INIT(p->out->max);
	aside.out = fragment;
	aside.slots = NULL;
	return aside;
}

static void put_fragment(struct render_pen *p, const char *element,
    const char *attr, const char *value, struct copl_strbuf *fragment)
{
	copl_strbuf_printf(p->slots, "<%s", element);
	if (value != NULL)
		copl_strbuf_printf(p->slots, " %s=\"%s\"", attr, value);
	copl_strbuf_puts(p->slots, ">");
	copl_xml_put_text(p->slots, copl_strbuf_text(fragment), fragment->len);
	copl_strbuf_printf(p->slots, "</%s>\n", element);
	if (fragment->st != COPL_OK && p->slots->st == COPL_OK)
		p->slots->st = fragment->st;
	copl_strbuf_clear(fragment);
}

static void put_label(struct render_pen *p, const struct copl_question *q)
{
	struct copl_strbuf text;
	struct render_pen aside = aside_of(p, &text);

	aside.in_link = true;
	render_inline(&aside, q->label);
	put_fragment(p, "label", "", NULL, &text);
}

/* What is said of one kind of fault; kind NULL: of any other. */
static void put_message(
    struct render_pen *p, const char *kind, const char *words)
{
	struct copl_strbuf text;
	struct render_pen aside = aside_of(p, &text);

	render_words(&aside, words, NULL, 0);
	put_fragment(p, "message", "kind", kind, &text);
}

static void put_message_number(struct render_pen *p, const char *kind,
    const char *words, const char *name, long n)
{
	struct copl_strbuf text;
	struct render_pen aside = aside_of(p, &text);

	render_words_number(&aside, words, name, n);
	put_fragment(p, "message", "kind", kind, &text);
}

/* The form's own words: they go before all of ours. */
static void put_own_message(struct render_pen *p, const struct copl_question *q)
{
	struct copl_strbuf text;
	struct render_pen aside = aside_of(p, &text);

	render_inline(&aside, q->error);
	put_fragment(p, "message", "", NULL, &text);
}

static void put_choice_messages(
    struct render_pen *p, const struct copl_question *q)
{
	long min = render_number(q->min), max = render_number(q->max);
	bool alone = false;
	size_t i;

	if (max > 0)
		put_message_number(p, "too-many", "error_too_many", "max", max);
	if (min > 0)
		put_message_number(p, "too-few", "error_too_few", "min", min);
	for (i = 0; q->choices != NULL && i < q->choices->n; i++)
		alone = alone || q->choices->options[i].exclusive;
	if (alone)
		put_message(p, "exclusive", "error_exclusive");
}

static void put_range_message(
    struct render_pen *p, const struct copl_question *q)
{
	const struct render_arg args[] = {
	    {"min", q->min, NULL}, {"max", q->max, NULL}};
	struct copl_strbuf text;
	struct render_pen aside = aside_of(p, &text);

	if (q->min != NULL && q->max != NULL)
		render_words(&aside, "error_range", args, 2);
	else if (q->min != NULL)
		render_words(&aside, "error_from", args, 1);
	else
		render_words(&aside, "error_up_to", args + 1, 1);
	put_fragment(p, "message", "kind", "range", &text);
}

static void put_date_messages(struct render_pen *p)
{
	put_message(p, "date", "error_date");
	put_message(p, "range", "error_date");
}

static void put_number_messages(
    struct render_pen *p, const struct copl_question *q)
{
	put_message(p, "number", "error_number");
	if (q->min != NULL || q->max != NULL)
		put_range_message(p, q);
	if (render_number(q->step) > 0)
		put_message(p, "range", "error_whole");
}

/* A form has one text for whatever is wrong; of room it never speaks. */
static void put_long_message(
    struct render_pen *p, const struct copl_question *q)
{
	bool other = false;
	size_t i;

	for (i = 0; q->choices != NULL && i < q->choices->n; i++)
		other = other || q->choices->options[i].other;
	if (q->kind == COPL_TEXT && q->maxlength > 0)
		put_message_number(
		    p, "long", "error_long", "max", (long)q->maxlength);
	else if (other)
		put_message_number(
		    p, "long", "error_long", "max", RENDER_OTHER_MAX);
}

static void put_messages(struct render_pen *p, const struct copl_question *q)
{
	if (q->error != NULL) {
		put_own_message(p, q);
		put_long_message(p, q);
		return;
	}
	/* A form that asks for an answer says what to do when it is missing;
	 * one that is worked on may not yet. */
	put_message(p, NULL, q->required ? "error_required" : "error_default");
	put_long_message(p, q);
	if (q->kind == COPL_CHOOSE_MANY)
		put_choice_messages(p, q);
	else if (q->kind == COPL_RANK)
		put_message(p, "rank", "error_rank");
	else if (q->kind == COPL_NUMBER)
		put_number_messages(p, q);
	else if (q->kind == COPL_DATE)
		put_date_messages(p);
}

void render_slots_open(struct render_pen *p, const struct copl_question *q)
{
	if (p->slots == NULL || q->kind == COPL_NOTE_ITEM)
		return;
	copl_strbuf_printf(p->slots, "<question id=\"%s\" kind=\"%s\">\n",
	    q->id, render_kind(q->kind));
	put_label(p, q);
	put_messages(p, q);
}

void render_slots_close(struct render_pen *p, const struct copl_question *q)
{
	if (p->slots != NULL && q->kind != COPL_NOTE_ITEM)
		copl_strbuf_puts(p->slots, "</question>\n");
}

/* ---- the file ---- */

static void put_words(struct render_pen *p)
{
	static const char *const ids[] = {"incomplete_title", "incomplete_text",
	    "not_stored_title", "not_stored_text", "needed"};
	size_t i;

	for (i = 0; i < COPL_COUNT(ids); i++) {
		struct copl_strbuf text;
		struct render_pen aside = aside_of(p, &text);

		render_words(&aside, ids[i], NULL, 0);
		put_fragment(p, "words", "id", ids[i], &text);
	}
}

static void put_file(struct render_pen *p, struct copl_strbuf *out)
{
	const struct copl_page *page = p->page;

	copl_strbuf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
			      "<slots xmlns=\"" COPL_SLOTS_NS "\"");
	copl_strbuf_printf(out,
	    " form=\"%s\" xml:lang=\"%s\" length=\"%zu\">\n", page->form->id,
	    page->lang, p->out->len);
	copl_strbuf_add(out, copl_strbuf_text(p->slots), p->slots->len);
	copl_strbuf_puts(out, "</slots>\n");
}

enum copl_status copl_render_html_slots(const struct copl_page *page,
    struct copl_strbuf *out, struct copl_strbuf *slots)
{
	struct copl_strbuf body = COPL_STRBUF_INIT(slots->max);
	struct render_pen p = {.out = out,
	    .page = page,
	    .words = page->words,
	    .draft = page->draft,
	    .slots = &body};

	p.rtl = strcmp(copl_locale_dir(page->lang), "rtl") == 0;
	render_page(&p);
	put_words(&p);
	if (render_can_send(page->responses))
		put_file(&p, slots);
	if (body.st != COPL_OK && slots->st == COPL_OK)
		slots->st = body.st;
	copl_strbuf_clear(&body);
	return out->st != COPL_OK ? out->st : slots->st;
}
