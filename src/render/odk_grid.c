/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Lines with the same answers: a group with the question as a note, a line
 * that only shows the answers, and a line for each row.  A rank is one too: its
 * answers are the rows, the places are what one chooses from.
 */
#include "config.h"
#include <string.h>
#include "render/odk_priv.h"

/* More columns of numbers than this do not fit. */
#define PLACES_MAX 9

struct grid {
	struct odk *o;
	const struct odk_item *item;
	const char *path;
	unsigned places; /* of a rank; 0: a grid */
};

static void say_choose_one(struct odk_pen *p, const struct odk_what *w)
{
	(void)w;
	odk_words(p, "choose_one", NULL, 0);
}

static void say_pick(struct odk_pen *p, const struct odk_what *w)
{
	(void)w;
	odk_words(p, "rank_pick", NULL, 0);
}

static void put_answers(const struct grid *g)
{
	if (g->places > 0)
		odk_put_numbers(g->o, 1, g->places);
	else
		odk_put_choices(g->o, g->item);
}

/* ---- above the rows ---- */

static void put_head(const struct grid *g)
{
	struct odk *o = g->o;
	const struct odk_what w = {.s = g->item->s, .i = g->item->i};
	const char *text =
	    g->places > 0 ? "_words/rank_pick" : "_words/choose_one";
	struct odk_bind b = {.type = "string"};

	copl_strbuf_puts(&o->data, "<_question/><_answers/>");
	b.path = odk_printf(o, "%s/_question", g->path);
	odk_put_bind(o, &b);
	copl_strbuf_printf(&o->body, "        <input ref=\"%s\">", b.path);
	odk_put_label(o, g->item);
	copl_strbuf_puts(&o->body, "</input>\n");
	b.path = odk_printf(o, "%s/_answers", g->path);
	odk_put_bind(o, &b);
	odk_itext(
	    o, text, ODK_RICH, g->places > 0 ? say_pick : say_choose_one, &w);
	copl_strbuf_printf(&o->body,
	    "        <select1 ref=\"%s\" appearance=\"label\">", b.path);
	odk_put_ref(o, "label", text);
	put_answers(g);
	copl_strbuf_puts(&o->body, "</select1>\n");
}

/* ---- rows ---- */

static void say_row(struct odk_pen *p, const struct odk_what *w)
{
	odk_inline(p, odk_question(p, w)->rows[w->n].label);
}

static void say_ranked(struct odk_pen *p, const struct odk_what *w)
{
	odk_option(p, odk_answer(p, w));
}

static void put_row(
    const struct grid *g, const struct odk_bind *b, const char *name, size_t n)
{
	struct odk *o = g->o;
	const struct odk_what w = {.s = g->item->s, .i = g->item->i, .n = n};
	const char *text = odk_printf(o, "%s/%s", g->item->q->id, name);

	copl_strbuf_printf(&o->data, "<%s/>", name);
	odk_put_bind(o, b);
	odk_itext(o, text, ODK_RICH, g->places > 0 ? say_ranked : say_row, &w);
	copl_strbuf_printf(&o->body,
	    "        <select1 ref=\"%s\" appearance=\"list-nolabel\">",
	    b->path);
	odk_put_ref(o, "label", text);
	put_answers(g);
	copl_strbuf_puts(&o->body, "</select1>\n");
}

static void put_group(const struct grid *g, const char *relevant,
    void (*rows)(const struct grid *))
{
	struct odk *o = g->o;

	copl_strbuf_printf(&o->data, "<%s>", g->item->q->id);
	if (relevant != NULL) {
		copl_strbuf_printf(&o->binds,
		    "      <bind nodeset=\"%s\" relevant=\"", g->path);
		copl_xml_put_attr(&o->binds, relevant);
		copl_strbuf_puts(&o->binds, "\"/>\n");
	}
	copl_strbuf_printf(&o->body,
	    "      <group ref=\"%s\" appearance=\"field-list\">\n", g->path);
	put_head(g);
	rows(g);
	copl_strbuf_puts(&o->body, "      </group>\n");
	copl_strbuf_printf(&o->data, "</%s>", g->item->q->id);
}

static void put_rows(const struct grid *g)
{
	size_t i;

	for (i = 0; i < g->item->q->nrows; i++) {
		const char *name = g->item->q->rows[i].id;
		const struct odk_bind b = {
		    .path = odk_printf(g->o, "%s/%s", g->path, name),
		    .type = "string",
		    .required = g->item->q->required ? "true()" : NULL,
		    .item = g->item};

		put_row(g, &b, name, i);
	}
}

void odk_put_grid(struct odk *o, const struct odk_item *item, const char *path,
    const char *relevant)
{
	const struct grid g = {o, item, path, 0};

	if (item->q->choices != NULL)
		put_group(&g, relevant, put_rows);
}

/* ---- a rank ---- */

/*
 * ODK has ranks of its own, but they cannot ask for the first places only, and
 * their buttons are in no language of ours.
 */
unsigned odk_places(const struct copl_question *q)
{
	size_t n = q->choices == NULL ? 0 : q->choices->n, i;

	if (q->top > 0)
		return q->top < n ? q->top : (unsigned)n;
	/* Rows are data, and data have names. */
	for (i = 0; i < n; i++)
		if (!copl_is_alpha(q->choices->options[i].value[0]))
			return 0;
	return n <= PLACES_MAX ? (unsigned)n : 0;
}

/* No place twice: another row does not have the number of this one. */
static void put_unlike(
    const struct grid *g, size_t row, struct copl_strbuf *out)
{
	const struct copl_choices *c = g->item->q->choices;
	size_t i;

	for (i = 0; i < c->n; i++)
		if (i != row)
			copl_strbuf_printf(out, "%s. != ../%s",
			    out->len > 0 ? " and " : "", c->options[i].value);
}

/* As long as fewer rows than asked for have a number. */
static void put_too_few(const struct grid *g, struct copl_strbuf *out)
{
	const struct copl_choices *c = g->item->q->choices;
	size_t i;

	for (i = 0; i < c->n; i++)
		copl_strbuf_printf(out, "%snumber(../%s != '')",
		    out->len > 0 ? " + " : "", c->options[i].value);
	copl_strbuf_printf(out, " < %u", g->places);
}

static void put_ranked(const struct grid *g)
{
	const struct copl_choices *c = g->item->q->choices;
	struct copl_strbuf few = COPL_STRBUF_INIT(ODK_XPATH_MAX);
	size_t i;

	if (g->item->q->required)
		put_too_few(g, &few);
	for (i = 0; i < c->n; i++) {
		struct copl_strbuf unlike = COPL_STRBUF_INIT(ODK_XPATH_MAX);
		const char *name = c->options[i].value;
		struct odk_bind b = {
		    .path = odk_printf(g->o, "%s/%s", g->path, name),
		    .type = "string",
		    .required = few.len > 0 ? few.s : NULL,
		    .item = g->item};

		put_unlike(g, i, &unlike);
		if (few.st != COPL_OK || unlike.st != COPL_OK)
			odk_fail(g->o, few.st != COPL_OK ? few.st : unlike.st);
		b.constraint = copl_strbuf_text(&unlike);
		put_row(g, &b, name, i);
		copl_strbuf_clear(&unlike);
	}
	copl_strbuf_clear(&few);
}

void odk_put_places(struct odk *o, const struct odk_item *item,
    const char *path, const char *relevant)
{
	const struct grid g = {o, item, path, odk_places(item->q)};

	if (item->q->choices != NULL)
		put_group(&g, relevant, put_ranked);
}
