/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "render/render_priv.h"

/* Conditions one within another, and conditions listed together. */
#define WHEN_DEPTH 24
#define WHEN_PARTS 64
/* The same of selectors, with the conditions of what they look at. */
#define SELECTOR_DEPTH 200

static void too_deep(struct render_pen *p)
{
	if (p->out->st == COPL_OK)
		p->out->st = COPL_E_LIMIT;
}

/* ---- as a selector ---- */

static void match(struct render_pen *p, const struct copl_when *w, int depth);

static const struct copl_section *section_of(
    const struct copl_form *f, const struct copl_question *q)
{
	size_t i;

	for (i = 0; i < f->nsections; i++) {
		uintptr_t first = (uintptr_t)f->sections[i].items;
		uintptr_t end =
		    (uintptr_t)(f->sections[i].items + f->sections[i].nitems);

		if ((uintptr_t)q >= first && (uintptr_t)q < end)
			return &f->sections[i];
	}
	return NULL;
}

/* A hidden question answers nothing, nor does one hidden by that one ... */
static void match_asked(
    struct render_pen *p, const struct copl_question *q, int depth)
{
	const struct copl_section *s = section_of(p->page->form, q);

	if (s != NULL && s->when != NULL)
		match(p, s->when, depth + 1);
	if (q->when != NULL)
		match(p, q->when, depth + 1);
}

static void match_value(
    struct render_pen *p, const struct copl_when *w, int depth)
{
	match_asked(p, w->question, depth);
	copl_strbuf_printf(
	    p->out, ":has(#o-%s-%s:checked)", w->question->id, w->value);
}

static bool below(const struct render_pen *p, const struct copl_option *o)
{
	return p->page->guardian_age >= 0 &&
	       copl_option_below(o, p->page->guardian_age);
}

/* Any age group that begins below the age at which nobody else decides. */
static void match_minor(
    struct render_pen *p, const struct copl_when *w, int depth)
{
	const struct copl_choices *c = w->question->choices;
	const char *before = ":has(";
	bool any = false;
	size_t i;

	match_asked(p, w->question, depth);
	for (i = 0; c != NULL && i < c->n; i++) {
		if (!below(p, &c->options[i]))
			continue;
		copl_strbuf_printf(p->out, "%s#o-%s-%s:checked", before,
		    w->question->id, c->options[i].value);
		before = ",";
		any = true;
	}
	render_put(p, any ? ")" : ":not(*)");
}

static void match(struct render_pen *p, const struct copl_when *w, int depth)
{
	if (depth >= SELECTOR_DEPTH)
		too_deep(p);
	/* Each answer that is looked at may double what there is to say. */
	if (p->out->st != COPL_OK)
		return;
	switch (w->op) {
	case COPL_WHEN_IS:
	case COPL_WHEN_INCLUDES:
		match_value(p, w, depth);
		break;
	case COPL_WHEN_IS_NOT:
		render_put(p, ":not(");
		match_value(p, w, depth);
		render_put(p, ")");
		break;
	case COPL_WHEN_MINOR:
		match_minor(p, w, depth);
		break;
	case COPL_WHEN_AND:
		match(p, w->left, depth + 1);
		match(p, w->right, depth + 1);
		break;
	case COPL_WHEN_OR:
		render_put(p, ":is(");
		match(p, w->left, depth + 1);
		render_put(p, ",");
		match(p, w->right, depth + 1);
		render_put(p, ")");
		break;
	case COPL_WHEN_NOT:
		render_put(p, ":not(");
		match(p, w->left, depth + 1);
		render_put(p, ")");
		break;
	}
}

static bool nobody_below(const struct render_pen *p, const struct copl_when *w)
{
	const struct copl_choices *c = w->question->choices;
	size_t i;

	for (i = 0; c != NULL && i < c->n; i++)
		if (below(p, &c->options[i]))
			return false;
	return true;
}

static bool never(
    const struct render_pen *p, const struct copl_when *w, int depth)
{
	if (depth >= WHEN_DEPTH)
		return false;
	if (w->op == COPL_WHEN_MINOR)
		return nobody_below(p, w);
	if (w->op == COPL_WHEN_AND)
		return never(p, w->left, depth + 1) ||
		       never(p, w->right, depth + 1);
	if (w->op == COPL_WHEN_OR)
		return never(p, w->left, depth + 1) &&
		       never(p, w->right, depth + 1);
	return false;
}

bool render_never(const struct render_pen *p, const struct copl_when *when)
{
	return when != NULL && never(p, when, 0);
}

void render_skip_selector(struct render_pen *p, const struct copl_when *when)
{
	match(p, when, 0);
}

static void put_rule(struct render_pen *p, const struct copl_when *when,
    const char *prefix, const char *id)
{
	if (when == NULL)
		return;
	render_put(p, "form:not(");
	match(p, when, 0);
	copl_strbuf_printf(p->out, ") #%s-%s{display:none}", prefix, id);
}

void render_skip_style(struct render_pen *p)
{
	const struct copl_form *f = p->page->form;
	size_t i, k;

	for (i = 0; i < f->nsections; i++) {
		const struct copl_section *s = &f->sections[i];

		put_rule(p, s->when, "s", s->id);
		for (k = 0; k < s->nitems; k++)
			put_rule(p, s->items[k].when, "q", s->items[k].id);
	}
}

/* ---- as a sentence ---- */

/* The parts of one "all of" or "any of", negations pushed inwards. */
struct parts {
	bool any;
	size_t n;
	struct part {
		const struct copl_when *when;
		bool negative;
	} part[WHEN_PARTS];
};

static bool is_list(const struct copl_when *w)
{
	return w != NULL && (w->op == COPL_WHEN_AND || w->op == COPL_WHEN_OR);
}

static void collect(struct render_pen *p, struct parts *l,
    const struct copl_when *w, bool negative, int depth)
{
	while (w->op == COPL_WHEN_NOT) {
		w = w->left;
		negative = !negative;
	}
	if (depth >= WHEN_PARTS || l->n >= WHEN_PARTS) {
		too_deep(p);
		return;
	}
	/* "Not any of" is "none of", which is "all of not". */
	if (is_list(w) && ((w->op == COPL_WHEN_OR) != negative) == l->any) {
		collect(p, l, w->left, negative, depth + 1);
		collect(p, l, w->right, negative, depth + 1);
		return;
	}
	if (w->op == COPL_WHEN_IS_NOT)
		negative = !negative;
	l->part[l->n].when = w;
	l->part[l->n].negative = negative;
	l->n++;
}

/* Behind the last of the parts that one sentence can say together. */
static size_t run_end(const struct parts *l, size_t from)
{
	const struct part *first = &l->part[from];
	size_t i = from + 1;

	if (is_list(first->when) || first->negative == l->any)
		return i;
	while (i < l->n && !is_list(l->part[i].when) &&
	       l->part[i].negative == first->negative &&
	       l->part[i].when->question == first->when->question)
		i++;
	return i;
}

static void put_answer(
    struct render_pen *p, const struct copl_when *w, const char **between)
{
	const struct copl_choices *c = w == NULL ? NULL : w->question->choices;
	size_t i;

	for (i = 0; c != NULL && i < c->n; i++) {
		const struct copl_option *o = &c->options[i];

		if (w->op == COPL_WHEN_MINOR ? !below(p, o)
					     : strcmp(o->value, w->value) != 0)
			continue;
		render_put(p, *between);
		render_option_label(p, o->label);
		*between = " / ";
	}
	if (c == NULL && w != NULL && w->value != NULL) {
		render_put(p, *between);
		render_text(p, w->value);
		*between = " / ";
	}
}

/* One sentence about one question and one or several of its answers. */
static void put_sentence(
    struct render_pen *p, const struct parts *l, size_t from, size_t to)
{
	struct copl_strbuf answer = COPL_STRBUF_INIT(p->out->max);
	struct copl_strbuf question = COPL_STRBUF_INIT(p->out->max);
	const struct render_arg args[] = {
	    {"answer", NULL, &answer}, {"question", NULL, &question}};
	struct render_pen aside = *p;
	const char *between = "";
	size_t i;

	aside.out = &answer;
	for (i = from; i < to; i++)
		put_answer(&aside, l->part[i].when, &between);
	aside.out = &question;
	aside.in_link = true;
	render_inline(&aside, l->part[from].when->question->label);
	if (p->out->st == COPL_OK)
		p->out->st = answer.st != COPL_OK ? answer.st : question.st;
	render_words(p,
	    l->part[from].negative ? "if_not_answered" : "if_answered", args,
	    COPL_COUNT(args));
	copl_strbuf_clear(&answer);
	copl_strbuf_clear(&question);
}

static void put_condition(
    struct render_pen *p, const struct copl_when *w, bool negative, int depth);

static void put_run(struct render_pen *p, const struct parts *l, size_t from,
    size_t to, int depth)
{
	const struct copl_when *w = l->part[from].when;

	if (w == NULL)
		return; /* too deep: told already */
	if (is_list(w))
		put_condition(p, w, l->part[from].negative, depth + 1);
	else
		put_sentence(p, l, from, to);
}

static void put_condition(
    struct render_pen *p, const struct copl_when *w, bool negative, int depth)
{
	struct parts l = {.n = 0};
	size_t i, end;

	while (w->op == COPL_WHEN_NOT) {
		w = w->left;
		negative = !negative;
	}
	if (depth >= WHEN_DEPTH) {
		too_deep(p);
		return;
	}
	l.any = (w->op == COPL_WHEN_OR) != negative;
	collect(p, &l, w, negative, 0);
	if (l.n == 0 || run_end(&l, 0) == l.n) {
		if (l.n > 0)
			put_run(p, &l, 0, l.n, depth);
		return;
	}
	render_words(p, l.any ? "if_any" : "if_all", NULL, 0);
	render_put(p, "\n<ul>\n");
	for (i = 0; i < l.n; i = end) {
		end = run_end(&l, i);
		render_put(p, "<li>");
		put_run(p, &l, i, end, depth);
		render_put(p, "</li>\n");
	}
	render_put(p, "</ul>\n");
}

void render_skip_words(struct render_pen *p, const struct copl_when *when)
{
	if (when == NULL)
		return;
	render_put(p, "<div class=\"only\">");
	put_condition(p, when, false, 0);
	render_put(p, "</div>\n");
}
