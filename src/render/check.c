/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "render/render_priv.h"

/* More boxes than this are not counted by style. */
#define COUNT_MAX 40

typedef void check_fn(struct render_pen *p, const struct copl_section *s,
    const struct copl_question *q);

static void each_question(struct render_pen *p, check_fn *fn)
{
	const struct copl_form *f = p->page->form;
	size_t i, k;

	for (i = 0; i < f->nsections; i++)
		for (k = 0; k < f->sections[i].nitems; k++)
			if (f->sections[i].items[k].kind != COPL_NOTE_ITEM)
				fn(p, &f->sections[i],
				    &f->sections[i].items[k]);
}

/* n boxes ticked, one after the other. */
static void put_ticked(struct render_pen *p, long n)
{
	for (; n > 0; n--)
		render_put(p, n > 1 ? "input:checked~" : "input:checked");
}

/* ---- too many answers, an answer that stands alone ---- */

static void put_alone(struct render_pen *p, const struct copl_question *q,
    const struct copl_option *o)
{
	copl_strbuf_printf(p->out,
	    "#o-%s-%s:checked~input:checked~.error,"
	    "#q-%s input:checked~#o-%s-%s:checked~.error{display:block}",
	    q->id, o->value, q->id, q->id, o->value);
}

static void check_many(struct render_pen *p, const struct copl_section *s,
    const struct copl_question *q)
{
	long max = render_number(q->max);
	size_t i;

	(void)s;
	if (q->kind != COPL_CHOOSE_MANY)
		return;
	if (max > 0 && max < COUNT_MAX) {
		copl_strbuf_printf(p->out, "#q-%s ", q->id);
		put_ticked(p, max + 1);
		render_put(p, "~.error{display:block}");
	}
	for (i = 0; q->choices != NULL && i < q->choices->n; i++)
		if (q->choices->options[i].exclusive)
			put_alone(p, q, &q->choices->options[i]);
}

void render_check_style(struct render_pen *p)
{
	each_question(p, check_many);
}

/* ---- too few answers, the same number twice ---- */

static void check_few(struct render_pen *p, const struct copl_question *q)
{
	long min = render_number(q->min);
	size_t i;

	if (min < 2 || min >= COUNT_MAX)
		return;
	copl_strbuf_printf(p->out,
	    "#q-%s:not(:focus-within):has(input:checked):not(:has(", q->id);
	put_ticked(p, min);
	/* An answer that stands alone is enough by itself. */
	for (i = 0; q->choices != NULL && i < q->choices->n; i++)
		if (q->choices->options[i].exclusive)
			copl_strbuf_printf(p->out, ",#o-%s-%s:checked", q->id,
			    q->choices->options[i].value);
	render_put(p, ")) .error{display:block}");
}

static void check_twice(struct render_pen *p, const struct copl_question *q)
{
	size_t n = q->choices == NULL ? 0 : q->choices->n;
	long last = q->top > 0 ? (long)q->top : (long)n, k;

	for (k = 1; k <= last && k < COUNT_MAX; k++)
		copl_strbuf_printf(p->out,
		    "#q-%s select:has([value=\"%ld\"]:checked)"
		    "~select:has([value=\"%ld\"]:checked)~.error"
		    "{display:block}",
		    q->id, k, k);
}

static void check_has(struct render_pen *p, const struct copl_section *s,
    const struct copl_question *q)
{
	(void)s;
	if (q->kind == COPL_CHOOSE_MANY)
		check_few(p, q);
	else if (q->kind == COPL_RANK)
		check_twice(p, q);
}

void render_check_has_style(struct render_pen *p)
{
	each_question(p, check_has);
}

/* ---- what is still to be answered ---- */

/* Shown beside the button?  Only what is required of this recipient. */
static bool is_todo(const struct render_pen *p, const struct copl_section *s,
    const struct copl_question *q)
{
	return q->required && !render_never(p, q->when) &&
	       !render_never(p, s->when);
}

/* Any row without an answer; :has() does not nest, so row by row. */
static void put_rows_unanswered(
    struct render_pen *p, const struct copl_question *q)
{
	size_t i;

	render_put(p, ":not(");
	for (i = 0; i < q->nrows; i++)
		copl_strbuf_printf(p->out, ":has([name=\"%s.%s\"]:checked)",
		    q->id, q->rows[i].id);
	render_put(p, ")");
}

/* Behind "form" and the condition: nothing has been answered yet. */
static void put_unanswered(struct render_pen *p, const struct copl_question *q)
{
	switch (q->kind) {
	case COPL_CHOOSE_ONE:
	case COPL_CHOOSE_MANY:
	case COPL_RATING:
	case COPL_CONSENT:
		copl_strbuf_printf(
		    p->out, ":not(:has(#q-%s input:checked))", q->id);
		break;
	case COPL_GRID:
		put_rows_unanswered(p, q);
		break;
	case COPL_RANK:
		copl_strbuf_printf(p->out,
		    ":not(:has(#q-%s option:not([value=\"\"]):checked))",
		    q->id);
		break;
	case COPL_DATE:
		copl_strbuf_printf(
		    p->out, ":has(#q-%s [value=\"\"]:checked)", q->id);
		break;
	case COPL_TEXT:
	case COPL_NUMBER:
		copl_strbuf_printf(
		    p->out, ":has(#o-%s:placeholder-shown)", q->id);
		break;
	case COPL_NOTE_ITEM:
		break;
	}
}

static void todo_rule(struct render_pen *p, const struct copl_section *s,
    const struct copl_question *q)
{
	if (!is_todo(p, s, q))
		return;
	render_put(p, "form");
	if (s->when != NULL)
		render_skip_selector(p, s->when);
	if (q->when != NULL)
		render_skip_selector(p, q->when);
	put_unanswered(p, q);
	copl_strbuf_printf(p->out, " #m-%s{display:list-item}", q->id);
}

void render_todo_style(struct render_pen *p)
{
	each_question(p, todo_rule);
}

static void todo_item(struct render_pen *p, const struct copl_section *s,
    const struct copl_question *q)
{
	if (!is_todo(p, s, q))
		return;
	copl_strbuf_printf(
	    p->out, "<li id=\"m-%s\"><a href=\"#q-%s\">", q->id, q->id);
	p->in_link = true;
	render_inline(p, q->label);
	p->in_link = false;
	render_put(p, "</a> <span class=\"needed\">");
	render_words(p, "needed", NULL, 0);
	render_put(p, "</span></li>\n");
}

void render_todo(struct render_pen *p)
{
	render_put(p, "<ul class=\"todo\">\n");
	each_question(p, todo_item);
	render_put(p, "</ul>\n");
}
