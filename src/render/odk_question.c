/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "render/odk_priv.h"

/* ---- binds ---- */

static void put_attr(struct odk *o, const char *name, const char *value)
{
	if (value != NULL && *value != '\0')
		copl_xml_put_named(&o->binds, name, value);
}

static void say_error(struct odk_pen *p, const struct odk_what *w)
{
	odk_inline(p, odk_question(p, w)->error);
}

static void say_required(struct odk_pen *p, const struct odk_what *w)
{
	(void)w;
	odk_words(p, "error_required", NULL, 0);
}

static void say_default(struct odk_pen *p, const struct odk_what *w)
{
	(void)w;
	odk_words(p, "error_default", NULL, 0);
}

/* Clients have words of their own in their own language: never those. */
static void put_messages(struct odk *o, const struct odk_item *item)
{
	const struct odk_what w = {.s = item->s, .i = item->i};
	const char *required = "_words/error_required";
	const char *broken = "_words/error_default";

	if (item->q->error != NULL) {
		required = broken = odk_printf(o, "%s/error", item->q->id);
		odk_itext(o, broken, ODK_PLAIN, say_error, &w);
	} else {
		odk_itext(o, required, ODK_PLAIN, say_required, &w);
		odk_itext(o, broken, ODK_PLAIN, say_default, &w);
	}
	copl_strbuf_printf(&o->binds,
	    " jr:requiredMsg=\"jr:itext('%s')\""
	    " jr:constraintMsg=\"jr:itext('%s')\"",
	    required, broken);
}

void odk_put_bind(struct odk *o, const struct odk_bind *b)
{
	copl_strbuf_printf(&o->binds, "      <bind nodeset=\"%s\"", b->path);
	put_attr(o, "type", b->type);
	put_attr(o, "readonly", b->item == NULL ? "true()" : NULL);
	put_attr(o, "required", b->required);
	put_attr(o, "relevant", b->relevant);
	put_attr(o, "constraint", b->constraint);
	if (b->item != NULL)
		put_messages(o, b->item);
	copl_strbuf_puts(&o->binds, "/>\n");
}

/* ---- controls ---- */

void odk_put_ref(struct odk *o, const char *element, const char *id)
{
	copl_strbuf_printf(
	    &o->body, "<%s ref=\"jr:itext('%s')\"/>", element, id);
}

void odk_put_note(struct odk *o, const char *parent, const char *name,
    const char *text, const char *relevant)
{
	const struct odk_bind bind = {
	    .path = odk_printf(o, "%s/%s", parent, name),
	    .type = "string",
	    .relevant = relevant};

	copl_strbuf_printf(&o->data, "<%s/>", name);
	odk_put_bind(o, &bind);
	copl_strbuf_printf(&o->body, "%s<input ref=\"%s\">",
	    strcmp(parent, "/data") == 0 ? "    " : "      ", bind.path);
	odk_put_ref(o, "label", text);
	copl_strbuf_puts(&o->body, "</input>\n");
}

/* ---- label ---- */

static void say_label(struct odk_pen *p, const struct odk_what *w)
{
	const struct copl_question *q = odk_question(p, w);

	odk_inline(p, q->label);
	if (q->unit == NULL)
		return;
	copl_strbuf_puts(p->out, " (");
	odk_inline(p, q->unit);
	copl_strbuf_puts(p->out, ")");
}

/* ---- hint: all that is to tell about a question, beside it ---- */

static void say_choose(struct odk_pen *p, const struct copl_question *q)
{
	long min = render_number(q->min), max = render_number(q->max);

	if (max == 1)
		odk_words(p, "choose_one", NULL, 0);
	else if (min > 1 && max > 1)
		odk_words_numbers(p, "choose_between", "min", min, "max", max);
	else if (max > 1)
		odk_words_numbers(p, "choose_up_to", "max", max, "", 0);
	else if (min > 1)
		odk_words_numbers(p, "choose_from", "min", min, "", 0);
	else
		odk_words(p, "choose_many", NULL, 0);
}

static void say_ends(struct odk_pen *p, const struct copl_question *q)
{
	const char *from = odk_printf(p->o, "%ld", q->from);
	const char *to = odk_printf(p->o, "%ld", q->to);
	const struct odk_arg args[] = {{"from", from, NULL}, {"to", to, NULL},
	    {"low", NULL, q->low}, {"high", NULL, q->high}};

	odk_words(p, "rating_ends", args, COPL_COUNT(args));
}

static void say_range(struct odk_pen *p, const struct copl_question *q)
{
	const struct odk_arg args[] = {
	    {"min", q->min, NULL}, {"max", q->max, NULL}};

	odk_words(p, "number_range", args, COPL_COUNT(args));
}

static void say_howto(struct odk_pen *p, const struct copl_question *q)
{
	odk_line(p);
	if (q->kind == COPL_CHOOSE_MANY)
		say_choose(p, q);
	else if (q->kind == COPL_RATING)
		say_ends(p, q);
	else if (q->kind == COPL_RANK && q->top > 0)
		odk_words_numbers(p, "rank_top", "top", (long)q->top, "", 0);
	else if (q->kind == COPL_RANK)
		odk_words(p, "rank_all", NULL, 0);
	else if (q->kind == COPL_NUMBER && q->min != NULL && q->max != NULL)
		say_range(p, q);
	else if (q->kind == COPL_TEXT &&
		 q->maxlength > RENDER_ROOM_WORTH_TELLING)
		odk_words_numbers(
		    p, "text_room", "max", (long)q->maxlength, "", 0);
}

/* Who writes or remembers something bad must not look for help. */
static void say_help(struct odk_pen *p, bool reads)
{
	if (p->l->form->help == NULL)
		return;
	odk_paragraph(p);
	if (reads)
		odk_words_heading(p, "nobody_reads");
	else
		odk_words_heading(p, "help_title");
	odk_flow(p, p->l->form->help);
}

static void say_hint(struct odk_pen *p, const struct odk_what *w)
{
	const struct copl_question *q = odk_question(p, w);

	odk_inline(p, q->hint);
	say_howto(p, q);
	if (q->kind == COPL_TEXT || q->sensitive)
		say_help(p, q->kind == COPL_TEXT);
	while (p->out->len > 0 && p->out->s[p->out->len - 1] == '\n')
		p->out->s[--p->out->len] = '\0';
}

static bool has_hint(const struct odk *o, const struct copl_question *q)
{
	switch (q->kind) {
	case COPL_CHOOSE_MANY:
	case COPL_RATING:
	case COPL_RANK:
		return true;
	case COPL_NUMBER:
		if (q->min != NULL && q->max != NULL)
			return true;
		break;
	case COPL_TEXT:
		if (q->maxlength > RENDER_ROOM_WORTH_TELLING ||
		    o->form->help != NULL)
			return true;
		break;
	case COPL_CHOOSE_ONE:
	case COPL_GRID:
	case COPL_DATE:
	case COPL_CONSENT:
	case COPL_NOTE_ITEM:
		break;
	}
	return q->hint != NULL || (q->sensitive && o->form->help != NULL);
}

void odk_put_label(struct odk *o, const struct odk_item *item)
{
	const struct odk_what w = {.s = item->s, .i = item->i};
	const char *label = odk_printf(o, "%s/label", item->q->id);
	const char *hint = odk_printf(o, "%s/hint", item->q->id);

	odk_itext(o, label, ODK_RICH, say_label, &w);
	odk_put_ref(o, "label", label);
	if (!has_hint(o, item->q))
		return;
	odk_itext(o, hint, ODK_RICH, say_hint, &w);
	odk_put_ref(o, "hint", hint);
}

/* ---- the box to write in beside "Something else" ---- */

static const struct copl_option *other_of(const struct copl_question *q)
{
	size_t i;

	for (i = 0; q->choices != NULL && i < q->choices->n; i++)
		if (q->choices->options[i].other)
			return &q->choices->options[i];
	return NULL;
}

static void say_other(struct odk_pen *p, const struct odk_what *w)
{
	const struct copl_option *other = other_of(odk_question(p, w));

	odk_heading(p, other == NULL ? NULL : other->label);
	odk_line(p);
	odk_words(p, "other_text", NULL, 0);
}

static void say_other_help(struct odk_pen *p, const struct odk_what *w)
{
	(void)w;
	say_help(p, true);
}

static void put_other(struct odk *o, const struct odk_item *item,
    const char *path, const char *relevant)
{
	const struct odk_what w = {.s = item->s, .i = item->i};
	const struct copl_option *other = other_of(item->q);
	bool one = item->q->kind == COPL_CHOOSE_ONE;
	struct odk_item plain = *item;
	struct copl_question q = *item->q;
	struct odk_bind bind = {.type = "string",
	    .constraint = "string-length(.) <= 200",
	    .item = &plain};
	const char *label;

	if (other == NULL)
		return;
	/* The question's own message is about its answers. */
	q.error = NULL;
	plain.q = &q;
	bind.path = odk_printf(o, "%s_other", path);
	bind.relevant =
	    odk_printf(o, one ? "%s%s%s = '%s'" : "%s%sselected(%s, '%s')",
		relevant == NULL ? "" : relevant,
		relevant == NULL ? "" : " and ", path, other->value);
	copl_strbuf_printf(&o->data, "<%s_other/>", q.id);
	odk_put_bind(o, &bind);
	/* A question elsewhere may have the name of this node. */
	label = odk_printf(o, "_other/%s/label", q.id);
	odk_itext(o, label, ODK_RICH, say_other, &w);
	copl_strbuf_printf(&o->body, "      <input ref=\"%s\">", bind.path);
	odk_put_ref(o, "label", label);
	if (o->form->help != NULL) {
		const char *hint = odk_printf(o, "_other/%s/hint", q.id);

		odk_itext(o, hint, ODK_RICH, say_other_help, &w);
		odk_put_ref(o, "hint", hint);
	}
	copl_strbuf_puts(&o->body, "</input>\n");
}

/* ---- notes between questions ---- */

static void say_note(struct odk_pen *p, const struct odk_what *w)
{
	odk_flow(p, odk_question(p, w)->node);
}

static void put_note_item(
    struct odk *o, const struct odk_item *item, const char *relevant)
{
	const struct odk_what w = {.s = item->s, .i = item->i};
	const char *id = odk_printf(o, "%s/text", item->q->id);

	odk_itext(o, id, ODK_RICH, say_note, &w);
	odk_put_note(o, odk_printf(o, "/data/%s", item->section->id),
	    item->q->id, id, relevant);
}

/* ---- all kinds ---- */

static void put_kind(struct odk *o, const struct odk_item *item,
    const char *path, const char *relevant)
{
	switch (item->q->kind) {
	case COPL_CHOOSE_ONE:
	case COPL_CHOOSE_MANY:
		odk_put_choose(o, item, path, relevant);
		put_other(o, item, path, relevant);
		break;
	case COPL_RATING:
		odk_put_rating(o, item, path, relevant);
		break;
	case COPL_GRID:
		odk_put_grid(o, item, path, relevant);
		break;
	case COPL_RANK:
		if (odk_places(item->q) > 0)
			odk_put_places(o, item, path, relevant);
		else
			odk_put_rank(o, item, path, relevant);
		break;
	case COPL_TEXT:
		odk_put_textbox(o, item, path, relevant);
		break;
	case COPL_NUMBER:
		odk_put_number(o, item, path, relevant);
		break;
	case COPL_DATE:
		odk_put_date(o, item, path, relevant);
		break;
	case COPL_CONSENT:
		odk_put_consent(o, item, path, relevant);
		break;
	case COPL_NOTE_ITEM:
		put_note_item(o, item, relevant);
		break;
	}
}

void odk_put_question(struct odk *o, const struct odk_item *item)
{
	struct copl_strbuf path = COPL_STRBUF_INIT(ODK_XPATH_MAX);
	struct copl_strbuf when = COPL_STRBUF_INIT(ODK_XPATH_MAX);

	if (item->fate == ODK_NEVER)
		return;
	odk_path(item, &path);
	if (odk_fate(o, item->q->when) == ODK_MAYBE)
		odk_when(o, item->q->when, item->section, &when);
	if (path.st != COPL_OK || when.st != COPL_OK)
		odk_fail(o, path.st != COPL_OK ? path.st : when.st);
	else
		put_kind(o, item, copl_strbuf_text(&path),
		    when.len > 0 ? copl_strbuf_text(&when) : NULL);
	copl_strbuf_clear(&path);
	copl_strbuf_clear(&when);
}
