/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include "base/bidi.h"
#include "base/i18n.h"
#include "render/odk_priv.h"

#define LINKS_MAX 100
#define TEXT_MAX ((size_t)1 << 20)

/* One text element on its way to a flat text, see odk_mark(). */
struct flat {
	struct odk_pen *p;
	struct copl_strbuf text;
	const struct odk_arg *args;
	size_t nargs;
	struct copl_place at;
	const char *urls[LINKS_MAX];
	size_t nurls;
	unsigned links; /* links do not nest */
};

/* ---- placeholders ---- */

static const char *param_value(
    const struct odk_pen *p, const char *name, size_t len)
{
	const struct copl_form_param *declared;
	size_t i;

	for (i = 0; i < p->l->nparams; i++)
		if (strlen(p->l->params[i].name) == len &&
		    memcmp(p->l->params[i].name, name, len) == 0)
			return p->l->params[i].value;
	declared = copl_form_param(p->l->form, name, len);
	return declared == NULL ? NULL : declared->value;
}

/* A value is never a mark of ours, and no character that XML has not. */
static void put_plain(struct flat *f, const char *s)
{
	for (; *s != '\0'; s++)
		if ((unsigned char)*s >= ' ' || copl_is_space(*s))
			copl_strbuf_add(&f->text, s, 1);
}

/* A value stands apart from the direction of the text around it. */
static void put_value(struct flat *f, const char *value)
{
	copl_strbuf_puts(&f->text, f->p->rtl ? COPL_FSI : "");
	put_plain(f, value);
	copl_strbuf_puts(&f->text, f->p->rtl ? COPL_PDI : "");
}

static void put_children(struct flat *f, const xmlNode *n, int depth);

/* One placeholder; false when nothing gives it a value. */
static bool put_placeholder(
    struct flat *f, const char *name, size_t len, int depth)
{
	const char *value;
	size_t i;

	for (i = 0; i < f->nargs; i++) {
		const struct odk_arg *arg = &f->args[i];

		if (strlen(arg->name) != len ||
		    memcmp(arg->name, name, len) != 0)
			continue;
		if (arg->node != NULL)
			put_children(f, arg->node, depth + 1);
		else
			put_value(f, arg->text);
		return true;
	}
	value = param_value(f->p, name, len);
	if (value != NULL)
		put_value(f, value);
	return value != NULL;
}

static void no_value(struct flat *f, const char *name, size_t len)
{
	copl_report(f->p->o->r, COPL_ERROR, "odk-placeholder", f->at,
	    _("the ODK form needs a value for {%.*s} in \"%s\" (%s): declare "
	      "<param name=\"%.*s\"> with a value"),
	    (int)len, name, f->p->id, f->p->l->tag, (int)len, name);
}

/* Text with {placeholders}; "{{" and "}}" are braces. */
static void put_text(struct flat *f, const char *s, int depth)
{
	while (*s != '\0') {
		size_t run = strcspn(s, "{}"), len = 0;
		const char *name;

		copl_strbuf_add(&f->text, s, run);
		s += run;
		if (*s == '\0')
			return;
		name = copl_placeholder(s, &len);
		if (name != NULL) {
			if (!put_placeholder(f, name, len, depth))
				no_value(f, name, len);
			s += len + 2;
		} else {
			copl_strbuf_add(&f->text, s, 1);
			s += s[1] == s[0] ? 2 : 1;
		}
	}
}

/* ---- elements ---- */

static const char *link_target(const struct odk_pen *p, const xmlNode *n)
{
	const char *id = render_link_id(n), *href;
	const struct copl_form_link *link =
	    id == NULL ? NULL : copl_form_link(p->l->form, id);

	if (link == NULL)
		return NULL;
	href = link->helpline && p->o->in->helpline != NULL ? p->o->in->helpline
							    : link->href;
	return render_is_address(href) ? href : NULL;
}

static void put_marked(
    struct flat *f, const xmlNode *n, char open, char close, int depth)
{
	copl_strbuf_add(&f->text, &open, 1);
	put_children(f, n, depth);
	copl_strbuf_add(&f->text, &close, 1);
}

static void put_link(struct flat *f, const xmlNode *n, int depth)
{
	const char *href = f->links > 0 ? NULL : link_target(f->p, n);

	if (href == NULL || f->nurls == LINKS_MAX) {
		if (href != NULL)
			odk_fail(f->p->o, COPL_E_LIMIT);
		put_children(f, n, depth);
		return;
	}
	f->urls[f->nurls++] = href;
	f->links++;
	put_marked(f, n, ODK_LINK, ODK_LINK_END, depth);
	f->links--;
}

static void put_element(struct flat *f, const xmlNode *n, int depth)
{
	if (copl_xml_is(n, COPL_FORM_NS, "a"))
		put_link(f, n, depth);
	else if (copl_xml_is(n, COPL_FORM_NS, "strong"))
		put_marked(f, n, ODK_STRONG, ODK_STRONG_END, depth);
	else if (copl_xml_is(n, COPL_FORM_NS, "em"))
		put_marked(f, n, ODK_EM, ODK_EM_END, depth);
	else
		put_children(f, n, depth);
}

static void put_children(struct flat *f, const xmlNode *n, int depth)
{
	const xmlNode *c;

	if (depth >= RENDER_INLINE_DEPTH) {
		odk_fail(f->p->o, COPL_E_LIMIT);
		return;
	}
	/* Of a text with plural forms, the one for its number. */
	n = copl_form_text(f->p->l->form, n, f->p->o->in->guardian_age);
	for (c = n->children; c != NULL; c = c->next) {
		if (c->type == XML_ELEMENT_NODE)
			put_element(f, c, depth + 1);
		else if (c->content != NULL &&
			 (c->type == XML_TEXT_NODE ||
			     c->type == XML_CDATA_SECTION_NODE))
			put_text(f, (const char *)c->content, depth);
	}
}

static void flat_init(struct flat *f, struct odk_pen *p)
{
	memset(f, 0, sizeof(*f));
	f->p = p;
	f->text.max = TEXT_MAX;
}

/* Checks the flat text and writes it as clients read it. */
static void flat_end(struct flat *f)
{
	if (f->text.st != COPL_OK) {
		odk_fail(f->p->o, f->text.st);
	} else {
		odk_check_text(f->p, copl_strbuf_text(&f->text), f->at);
		odk_mark(f->p, copl_strbuf_text(&f->text), f->urls);
	}
	copl_strbuf_clear(&f->text);
}

/* ---- texts of a form ---- */

static void put_text_element(
    struct odk_pen *p, const xmlNode *text, bool strong, bool fixed)
{
	struct flat f;

	flat_init(&f, p);
	f.at = copl_xml_place(p->l->form->xml, text);
	copl_strbuf_puts(&f.text, fixed ? COPL_LRI : "");
	if (strong)
		put_marked(&f, text, ODK_STRONG, ODK_STRONG_END, 0);
	else
		put_children(&f, text, 0);
	copl_strbuf_puts(&f.text, fixed ? COPL_PDI : "");
	flat_end(&f);
}

void odk_inline(struct odk_pen *p, const xmlNode *text)
{
	if (text != NULL)
		put_text_element(p, text, false, false);
}

void odk_heading(struct odk_pen *p, const xmlNode *text)
{
	if (text != NULL)
		put_text_element(p, text, true, false);
}

void odk_option(struct odk_pen *p, const xmlNode *label)
{
	const char *text = copl_xml_get_text(label, p->o->arena, p->o->r);

	if (text == NULL)
		odk_fail(p->o, COPL_E_NOMEM);
	else
		put_text_element(
		    p, label, false, p->rtl && render_has_no_letters(text));
}

static void put_bullets(struct odk_pen *p, const xmlNode *bullets)
{
	const xmlNode *n;

	for (n = copl_xml_first(bullets); n != NULL; n = copl_xml_next(n)) {
		odk_line(p);
		copl_strbuf_puts(p->out, "- ");
		odk_inline(p, n);
	}
}

void odk_flow(struct odk_pen *p, const xmlNode *flow)
{
	const xmlNode *n = flow == NULL ? NULL : copl_xml_first(flow);

	for (; n != NULL; n = copl_xml_next(n)) {
		odk_paragraph(p);
		if (copl_xml_is(n, COPL_FORM_NS, "bullets"))
			put_bullets(p, n);
		else if (copl_xml_is(n, COPL_FORM_NS, "p"))
			odk_inline(p, n);
	}
}

static void put_break(struct odk_pen *p, size_t lines)
{
	const char *s = copl_strbuf_text(p->out);
	size_t have = 0;

	while (have < p->out->len && s[p->out->len - 1 - have] == '\n')
		have++;
	if (have == p->out->len)
		return;
	for (; have < lines; have++)
		copl_strbuf_puts(p->out, "\n");
}

void odk_line(struct odk_pen *p)
{
	put_break(p, 1);
}

void odk_paragraph(struct odk_pen *p)
{
	put_break(p, 2);
}

/* ---- texts of the interface ---- */

/* Of a text with plural forms, the one for its number. */
static const char *words_for(const struct odk_pen *p, const char *id,
    const struct odk_arg *args, size_t nargs)
{
	const char *count = render_count(p->l->words, id);
	uint64_t n;
	size_t i;

	for (i = 0; count != NULL && i < nargs; i++)
		if (strcmp(args[i].name, count) == 0 && args[i].text != NULL &&
		    copl_number_parse(args[i].text, INT32_MAX, &n))
			return render_form_for(
			    p->l->words, id, (unsigned long)n);
	return copl_interface_text(p->l->words, id);
}

static void put_words(struct odk_pen *p, const char *id,
    const struct odk_arg *args, size_t nargs, bool strong)
{
	static const char open = ODK_STRONG, close = ODK_STRONG_END;
	struct flat f;

	flat_init(&f, p);
	f.args = args;
	f.nargs = nargs;
	f.at = copl_xml_place(
	    p->l->form->xml, xmlDocGetRootElement(p->l->form->xml->doc));
	copl_strbuf_add(&f.text, &open, strong ? 1 : 0);
	put_text(&f, words_for(p, id, args, nargs), 0);
	copl_strbuf_add(&f.text, &close, strong ? 1 : 0);
	flat_end(&f);
}

void odk_words(
    struct odk_pen *p, const char *id, const struct odk_arg *args, size_t nargs)
{
	put_words(p, id, args, nargs, false);
}

void odk_words_heading(struct odk_pen *p, const char *id)
{
	put_words(p, id, NULL, 0, true);
}

void odk_words_numbers(struct odk_pen *p, const char *id, const char *name1,
    long value1, const char *name2, long value2)
{
	char text1[24], text2[24];
	const struct odk_arg args[] = {
	    {name1, text1, NULL}, {name2, text2, NULL}};

	snprintf(text1, sizeof(text1), "%ld", value1);
	snprintf(text2, sizeof(text2), "%ld", value2);
	odk_words(p, id, args, COPL_COUNT(args));
}

/* ---- one text in all languages ---- */

const struct copl_section *odk_section(
    const struct odk_pen *p, const struct odk_what *w)
{
	return &p->l->form->sections[w->s];
}

const struct copl_question *odk_question(
    const struct odk_pen *p, const struct odk_what *w)
{
	return &p->l->form->sections[w->s].items[w->i];
}

const xmlNode *odk_answer(const struct odk_pen *p, const struct odk_what *w)
{
	const struct copl_choices *first =
	    p->o->form->sections[w->s].items[w->i].choices;
	const struct copl_choices *own = odk_question(p, w)->choices;
	const char *value = first->options[w->n].value;
	size_t i;

	for (i = 0; i < own->n; i++)
		if (strcmp(own->options[i].value, value) == 0)
			return own->options[i].label;
	odk_fail(p->o, COPL_E_BUG);
	return first->options[w->n].label;
}

static void put_translation(struct odk_pen *p, struct copl_strbuf *itext,
    odk_say *say, const struct odk_what *w)
{
	/* Findings may name another text, of which this one is a part. */
	const char *id = p->id;

	say(p, w);
	if (p->out->st != COPL_OK)
		odk_fail(p->o, p->out->st);
	copl_strbuf_printf(itext, "        <text id=\"%s\"><value>", id);
	copl_xml_put_text(itext, copl_strbuf_text(p->out), p->out->len);
	copl_strbuf_puts(itext, "</value></text>\n");
}

void odk_itext(struct odk *o, const char *id, enum odk_room room, odk_say *say,
    const struct odk_what *w)
{
	size_t i;

	if (copl_map_get(&o->texts, id, &i))
		return;
	if (!copl_map_put(&o->texts, id, 0, NULL))
		odk_fail(o, COPL_E_NOMEM);
	for (i = 0; i < o->in->nlanguages && o->st == COPL_OK; i++) {
		struct copl_strbuf out = COPL_STRBUF_INIT(TEXT_MAX);
		struct odk_pen p = {.o = o,
		    .lang = i,
		    .l = &o->in->languages[i],
		    .room = room,
		    .id = id,
		    .out = &out};

		p.rtl = strcmp(copl_locale_dir(p.l->tag), "rtl") == 0;
		put_translation(&p, &o->itext[i], say, w);
		copl_strbuf_clear(&out);
	}
}
