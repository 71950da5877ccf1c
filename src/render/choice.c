/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include "render/render_priv.h"

bool render_has_no_letters(const char *s)
{
	static const char *const dashes[] = {"–", "−", "\xc2\xa0"};
	size_t i;

	while (*s != '\0') {
		size_t step = 0;

		if ((unsigned char)*s < 0x80 && !copl_is_alpha(*s))
			step = 1;
		for (i = 0; i < COPL_COUNT(dashes); i++)
			if (strncmp(s, dashes[i], strlen(dashes[i])) == 0)
				step = strlen(dashes[i]);
		if (step == 0)
			return false;
		s += step;
	}
	return true;
}

void render_option_label(struct render_pen *p, const xmlNode *label)
{
	struct copl_strbuf text = COPL_STRBUF_INIT(p->out->max);
	struct render_pen aside = *p;
	bool fixed = false;

	/* A range would read from its end to its start between Arabic words. */
	if (p->rtl) {
		aside.out = &text;
		render_plain(&aside, label);
		fixed = render_has_no_letters(copl_strbuf_text(&text));
		if (text.st != COPL_OK && p->out->st == COPL_OK)
			p->out->st = text.st;
		copl_strbuf_clear(&text);
	}
	render_put(p, fixed ? "<bdi dir=\"ltr\">" : "");
	render_inline(p, label);
	render_put(p, fixed ? "</bdi>" : "");
}

static void put_input(struct render_pen *p, const char *type,
    const struct copl_question *q, const char *value, bool required)
{
	copl_strbuf_printf(p->out, "<input type=\"%s\"", type);
	render_option_id(p, "id", q, value);
	render_attr(p, "name", q->id);
	render_attr(p, "value", value);
	render_put(p, required ? " required" : "");
	render_slot_of(p, "checked", NULL, value);
	render_put(p, ">");
}

/* The box to write in beside "Something else". */
static void put_other(struct render_pen *p, const struct copl_question *q,
    const struct copl_option *o)
{
	copl_strbuf_printf(p->out,
	    "<div class=\"other\"><label for=\"x-%s-%s\">", q->id, o->value);
	render_words(p, "other_text", NULL, 0);
	copl_strbuf_printf(p->out,
	    "</label><input type=\"text\" id=\"x-%s-%s\" name=\"%s.%s\" "
	    "maxlength=\"%d\" dir=\"auto\" autocomplete=\"off\"",
	    q->id, o->value, q->id, o->value, RENDER_OTHER_MAX);
	render_slot_of(p, "value", o->value, NULL);
	render_put(p, ">\n");
	render_help_here(p, "nobody_reads");
	render_put(p, "</div>\n");
}

void render_choose(
    struct render_pen *p, const struct copl_question *q, bool required)
{
	bool one = q->kind == COPL_CHOOSE_ONE;
	size_t i;

	render_put(p, "<div class=\"options\">\n");
	for (i = 0; q->choices != NULL && i < q->choices->n; i++) {
		const struct copl_option *o = &q->choices->options[i];

		put_input(p, one ? "radio" : "checkbox", q, o->value,
		    one && required);
		render_put(p, "<label");
		render_option_id(p, "for", q, o->value);
		render_put(p, ">");
		render_option_label(p, o->label);
		render_put(p, "</label>\n");
		if (o->other)
			put_other(p, q, o);
	}
	render_error(p, q);
	render_put(p, "</div>\n");
}

static void put_end(
    struct render_pen *p, const char *side, long n, const xmlNode *text)
{
	copl_strbuf_printf(p->out,
	    "<p class=\"%s\" aria-hidden=\"true\"><b>%ld</b> ", side, n);
	render_inline(p, text);
	render_put(p, "</p>\n");
}

void render_rating(
    struct render_pen *p, const struct copl_question *q, bool required)
{
	char value[24];
	long n;

	put_end(p, "low", q->from, q->low);
	render_put(p, "<div class=\"scale\">\n");
	for (n = q->from; n <= q->to && p->out->st == COPL_OK; n++) {
		snprintf(value, sizeof(value), "%ld", n);
		render_put(p, "<span>");
		put_input(p, "radio", q, value, required);
		render_put(p, "<label");
		render_option_id(p, "for", q, value);
		copl_strbuf_printf(p->out, ">%s</label></span>\n", value);
	}
	render_put(p, "</div>\n");
	put_end(p, "high", q->to, q->high);
	render_error(p, q);
}

static void put_grid_head(struct render_pen *p, const struct copl_question *q)
{
	size_t i;

	render_put(p, "<table>\n<thead>\n<tr><td></td>");
	for (i = 0; i < q->choices->n; i++) {
		const struct copl_option *o = &q->choices->options[i];

		copl_strbuf_printf(p->out, "<th scope=\"col\" id=\"c-%s-%s\">",
		    q->id, o->value);
		render_option_label(p, o->label);
		render_put(p, "</th>");
	}
	render_put(p, "</tr>\n</thead>\n<tbody>\n");
}

static void put_grid_cell(struct render_pen *p, const struct copl_question *q,
    const struct copl_grid_row *row, const struct copl_option *o, bool required)
{
	copl_strbuf_printf(p->out,
	    "<td><input type=\"radio\" id=\"o-%s-%s-%s\" name=\"%s.%s\" "
	    "value=\"%s\" aria-labelledby=\"r-%s-%s c-%s-%s\"%s",
	    q->id, row->id, o->value, q->id, row->id, o->value, q->id, row->id,
	    q->id, o->value, required ? " required" : "");
	render_slot_of(p, "checked", row->id, o->value);
	copl_strbuf_printf(p->out, "><label for=\"o-%s-%s-%s\"><span>", q->id,
	    row->id, o->value);
	render_option_label(p, o->label);
	render_put(p, "</span></label></td>\n");
}

void render_grid(
    struct render_pen *p, const struct copl_question *q, bool required)
{
	size_t i, k;

	if (q->choices == NULL)
		return;
	put_grid_head(p, q);
	for (i = 0; i < q->nrows; i++) {
		const struct copl_grid_row *row = &q->rows[i];

		render_put(p, "<tr");
		render_slot_of(p, "row", row->id, NULL);
		copl_strbuf_printf(p->out, "><th scope=\"row\" id=\"r-%s-%s\">",
		    q->id, row->id);
		render_inline(p, row->label);
		render_slot_of(p, "needed", row->id, NULL);
		render_put(p, "</th>\n");
		for (k = 0; k < q->choices->n; k++)
			put_grid_cell(
			    p, q, row, &q->choices->options[k], required);
		render_put(p, "</tr>\n");
	}
	render_put(p, "</tbody>\n</table>\n");
	render_error(p, q);
}

void render_consent(
    struct render_pen *p, const struct copl_question *q, bool required)
{
	copl_strbuf_printf(p->out,
	    "<div class=\"options\">\n<input type=\"checkbox\" "
	    "id=\"o-%s-yes\" name=\"%s\" value=\"yes\"%s",
	    q->id, q->id, required ? " required" : "");
	render_described(p, q);
	render_slot_of(p, "checked", NULL, "yes");
	copl_strbuf_printf(p->out, "><label for=\"o-%s-yes\">", q->id);
	render_inline(p, q->label);
	if (q->required) {
		render_put(p, " <span class=\"needed\">");
		render_words(p, "needed", NULL, 0);
		render_put(p, "</span>");
	}
	render_put(p, "</label>\n");
	render_error(p, q);
	render_put(p, "</div>\n");
}
