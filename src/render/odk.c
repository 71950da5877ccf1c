/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * One ODK XForm with all languages of a recipient.  docs/odk.md says what
 * becomes what; the specification is https://getodk.github.io/xforms-spec/.
 */
#include "config.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "render/odk_priv.h"

void odk_fail(struct odk *o, enum copl_status st)
{
	if (o->st == COPL_OK)
		o->st = st;
}

const char *odk_printf(struct odk *o, const char *fmt, ...)
{
	char *copy = NULL, *text = NULL;
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vasprintf(&text, fmt, ap);
	va_end(ap);
	if (n >= 0) {
		copy = copl_arena_strdup(o->arena, text);
		free(text);
	}
	if (copy == NULL)
		odk_fail(o, COPL_E_NOMEM);
	return copy == NULL ? "" : copy;
}

/* ---- the items of the form ---- */

static bool same_shape(const struct copl_form *a, const struct copl_form *b)
{
	size_t i;

	if (strcmp(a->id, b->id) != 0 || a->nsections != b->nsections)
		return false;
	for (i = 0; i < a->nsections; i++)
		if (a->sections[i].nitems != b->sections[i].nitems)
			return false;
	return true;
}

static enum copl_status list_items(struct odk *o)
{
	const struct copl_form *f = o->form;
	size_t n = 0, i, k;

	for (i = 0; i < f->nsections; i++)
		n += f->sections[i].nitems;
	o->items = copl_arena_alloc(o->arena, (n + 1) * sizeof(*o->items));
	if (o->items == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < f->nsections; i++)
		for (k = 0; k < f->sections[i].nitems; k++) {
			const struct odk_item item = {
			    .section = &f->sections[i],
			    .q = &f->sections[i].items[k],
			    .s = i,
			    .i = k};

			if (!copl_map_put(
				&o->names, item.q->id, o->nitems, NULL))
				return COPL_E_NOMEM;
			o->items[o->nitems++] = item;
		}
	return COPL_OK;
}

/* ---- before the questions ---- */

static const char *param_of(const struct odk_pen *p, const char *name)
{
	size_t i;

	for (i = 0; i < p->l->nparams; i++)
		if (strcmp(p->l->params[i].name, name) == 0)
			return p->l->params[i].value;
	return NULL;
}

static void say_ages(struct odk_pen *p)
{
	const struct copl_form *f = p->l->form;

	if (f->min_age < 0)
		return;
	odk_paragraph(p);
	if (f->max_age >= 0)
		odk_words_numbers(
		    p, "ages", "min", f->min_age, "max", f->max_age);
	else
		odk_words_numbers(p, "ages_from", "min", f->min_age, "", 0);
}

static void say_date(struct odk_pen *p, const char *words, const char *param)
{
	const struct odk_arg date = {"date", param_of(p, param), NULL};

	if (date.text == NULL)
		return;
	odk_line(p);
	odk_words(p, words, &date, 1);
}

/* A sentence about another language, which is named by its own name. */
static void say_language(struct odk_pen *p, const char *words, const char *lang)
{
	struct copl_strbuf name = COPL_STRBUF_INIT(1024);
	struct odk_arg arg = {"language", NULL, NULL};

	if (copl_locale_autonym(lang, &name) == COPL_E_NOMEM)
		odk_fail(p->o, COPL_E_NOMEM);
	arg.text = name.len > 0 ? name.s : lang;
	odk_line(p);
	odk_words(p, words, &arg, 1);
	copl_strbuf_clear(&name);
}

/* What the languages have to say about each other, as on the HTML page. */
static void say_languages(struct odk_pen *p)
{
	const struct copl_form *f = p->l->form;

	/* The form itself names a language, not only the one it was written
	 * in. */
	if (xmlHasProp(xmlDocGetRootElement(f->xml->doc),
		(const xmlChar *)"prevails") != NULL)
		say_language(p, "prevails", f->prevails);
	/* ODK cannot mark a text as being in another language. */
	if (p->l->fallback != NULL)
		say_language(p, "fallback_note", p->l->fallback);
}

static void say_about(struct odk_pen *p, const struct odk_what *w)
{
	const struct copl_form *f = p->l->form;

	(void)w;
	if (p->o->in->draft) {
		odk_words_heading(p, "draft_text");
		odk_paragraph(p);
	}
	odk_heading(p, f->title);
	odk_paragraph(p);
	odk_inline(p, f->summary);
	say_ages(p);
	if (f->opens != NULL)
		say_date(p, "open_from", "opens");
	say_date(p, "open_until", "closes");
	say_languages(p);
}

static void say_privacy(struct odk_pen *p, const struct odk_what *w)
{
	(void)w;
	odk_words_heading(p, "privacy_title");
	odk_flow(p, p->l->form->privacy);
}

static void say_help(struct odk_pen *p, const struct odk_what *w)
{
	(void)w;
	odk_words_heading(p, "help_title");
	odk_flow(p, p->l->form->help);
}

static void say_contact(struct odk_pen *p, const struct odk_what *w)
{
	(void)w;
	odk_words_heading(p, "contact_title");
	odk_paragraph(p);
	odk_inline(p, p->l->form->contact);
}

static void say_thanks(struct odk_pen *p, const struct odk_what *w)
{
	(void)w;
	odk_words_heading(p, "end_of_form");
	odk_flow(p, p->l->form->thanks);
}

static void put_block(
    struct odk *o, const char *name, const char *id, odk_say *say)
{
	const struct odk_what none = {0};

	copl_strbuf_puts(&o->data, "\n          ");
	odk_itext(o, id, ODK_RICH, say, &none);
	odk_put_note(o, "/data", name, id, NULL);
}

/* ---- sections ---- */

static void say_title(struct odk_pen *p, const struct odk_what *w)
{
	odk_inline(p, odk_section(p, w)->title);
}

static void say_intro(struct odk_pen *p, const struct odk_what *w)
{
	odk_flow(p, odk_section(p, w)->intro);
}

static void put_section_bind(struct odk *o, const struct copl_section *s)
{
	struct copl_strbuf when = COPL_STRBUF_INIT(ODK_XPATH_MAX);

	if (odk_fate(o, s->when) != ODK_MAYBE)
		return;
	odk_when(o, s->when, s, &when);
	if (when.st != COPL_OK)
		odk_fail(o, when.st);
	copl_strbuf_printf(
	    &o->binds, "      <bind nodeset=\"/data/%s\" relevant=\"", s->id);
	copl_xml_put_attr(&o->binds, copl_strbuf_text(&when));
	copl_strbuf_puts(&o->binds, "\"/>\n");
	copl_strbuf_clear(&when);
}

/* first: the index of its first item; returns that of the next section's. */
static size_t put_section(
    struct odk *o, const struct copl_section *s, size_t n, size_t first)
{
	const struct odk_what w = {.s = n};
	const char *path = odk_printf(o, "/data/%s", s->id);
	const char *title = odk_printf(o, "%s/title", s->id);
	size_t end = first + s->nitems, i;

	if (odk_fate(o, s->when) == ODK_NEVER)
		return end;
	copl_strbuf_printf(&o->data, "\n          <%s>", s->id);
	put_section_bind(o, s);
	odk_itext(o, title, ODK_PLAIN, say_title, &w);
	copl_strbuf_printf(&o->body, "    <group ref=\"%s\">\n      ", path);
	odk_put_ref(o, "label", title);
	copl_strbuf_puts(&o->body, "\n");
	if (s->intro != NULL) {
		const char *intro = odk_printf(o, "%s/intro", s->id);

		odk_itext(o, intro, ODK_RICH, say_intro, &w);
		odk_put_note(o, path, "_intro", intro, NULL);
	}
	for (i = first; i < end && o->st == COPL_OK; i++)
		odk_put_question(o, &o->items[i]);
	copl_strbuf_puts(&o->body, "    </group>\n");
	copl_strbuf_printf(&o->data, "</%s>", s->id);
	return end;
}

/* ---- what goes with the answers ---- */

static void put_hidden(struct odk *o, const char *name, const char *value)
{
	if (value == NULL)
		return;
	copl_strbuf_printf(&o->data, "\n          <%s>", name);
	copl_xml_put_text(&o->data, value, strlen(value));
	copl_strbuf_printf(&o->data, "</%s>", name);
	copl_strbuf_printf(&o->binds,
	    "      <bind nodeset=\"/data/%s\" type=\"string\" "
	    "readonly=\"true()\"/>\n",
	    name);
}

static bool is_shuffled(const struct odk *o)
{
	size_t i;

	for (i = 0; i < o->nitems; i++)
		if (o->items[i].q->shuffle && o->items[i].fate != ODK_NEVER)
			return true;
	return false;
}

static void put_data(struct odk *o)
{
	put_hidden(o, "_form", o->form->id);
	put_hidden(o, "_version", o->form->version);
	put_hidden(o, "_recipient", o->in->recipient);
	put_hidden(o, "_draft", o->in->draft ? "yes" : NULL);
	/* Answers keep their order while one person goes back and forth. */
	if (is_shuffled(o)) {
		copl_strbuf_puts(&o->data, "\n          <_order/>");
		copl_strbuf_puts(&o->binds,
		    "      <bind nodeset=\"/data/_order\" type=\"int\" "
		    "readonly=\"true()\" "
		    "calculate=\"once(int(random() * 1000000))\"/>\n");
	}
}

static void put_meta(struct odk *o)
{
	copl_strbuf_puts(&o->data, "\n          <meta><instanceID/></meta>");
	copl_strbuf_puts(&o->binds,
	    "      <bind nodeset=\"/data/meta/instanceID\" type=\"string\" "
	    "readonly=\"true()\" jr:preload=\"uid\"/>\n");
}

/* What lists of forms say of it: ODK knows one <h:title>, servers all. */
static void say_name(struct odk_pen *p, const struct odk_what *w)
{
	(void)w;
	/* What is wrong in it is told once. */
	p->id = "about/title";
	if (p->o->in->draft) {
		odk_words(p, "draft_title", NULL, 0);
		copl_strbuf_puts(p->out, " – ");
	}
	odk_inline(p, p->l->form->title);
}

static void say_summary(struct odk_pen *p, const struct odk_what *w)
{
	(void)w;
	p->id = "about/title";
	odk_inline(p, p->l->form->summary);
}

static void put_names(struct odk *o)
{
	const struct odk_what none = {0};

	odk_itext(o, "about/name", ODK_TITLE, say_name, &none);
	odk_itext(o, "about/summary", ODK_TITLE, say_summary, &none);
}

static void put_parts(struct odk *o)
{
	const struct copl_form *f = o->form;
	size_t i, at = 0;

	put_data(o);
	put_names(o);
	put_block(o, "_about", "about/title", say_about);
	put_block(o, "_privacy", "about/privacy", say_privacy);
	if (f->help != NULL)
		put_block(o, "_help", "about/help", say_help);
	for (i = 0; i < f->nsections && o->st == COPL_OK; i++)
		at = put_section(o, &f->sections[i], i, at);
	put_block(o, "_thanks", "thanks/text", say_thanks);
	if (f->contact != NULL)
		put_block(o, "_contact", "about/contact", say_contact);
	put_meta(o);
}

/* ---- the document ---- */

static void say_form_title(struct odk *o, struct copl_strbuf *out)
{
	struct odk_pen p = {.o = o,
	    .l = &o->in->languages[0],
	    .room = ODK_TITLE,
	    .id = "about/title",
	    .out = out};

	p.rtl = strcmp(copl_locale_dir(p.l->tag), "rtl") == 0;
	say_name(&p, NULL);
}

static void put_head(struct odk *o, struct copl_strbuf *out)
{
	struct copl_strbuf title = COPL_STRBUF_INIT(ODK_XPATH_MAX);

	say_form_title(o, &title);
	if (title.st != COPL_OK)
		odk_fail(o, title.st);
	copl_strbuf_puts(out,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<h:html xmlns=\"http://www.w3.org/2002/xforms\"\n"
	    "    xmlns:h=\"http://www.w3.org/1999/xhtml\"\n"
	    "    xmlns:jr=\"http://openrosa.org/javarosa\"\n"
	    "    xmlns:odk=\"http://www.opendatakit.org/xforms\"\n"
	    "    xmlns:orx=\"http://openrosa.org/xforms\">\n"
	    "  <h:head>\n    <h:title>");
	copl_xml_put_text(out, copl_strbuf_text(&title), title.len);
	copl_strbuf_puts(
	    out, "</h:title>\n    <model odk:xforms-version=\"1.0.0\">\n");
	copl_strbuf_clear(&title);
}

/* "Français (fr)": clients find language and direction by the tag. */
static void put_itext(struct odk *o, size_t i, struct copl_strbuf *out)
{
	const char *tag = o->in->languages[i].tag;
	struct copl_strbuf name = COPL_STRBUF_INIT(1024);
	enum copl_status st = copl_locale_autonym(tag, &name);

	if (st == COPL_E_NOMEM)
		odk_fail(o, st);
	copl_strbuf_puts(out, "      <translation lang=\"");
	copl_xml_put_attr(out, name.len > 0 ? name.s : tag);
	copl_strbuf_puts(out, " (");
	copl_xml_put_attr(out, tag);
	copl_strbuf_printf(
	    out, ")\"%s>\n", i == 0 ? " default=\"true()\"" : "");
	copl_strbuf_add(out, copl_strbuf_text(&o->itext[i]), o->itext[i].len);
	copl_strbuf_puts(out, "      </translation>\n");
	copl_strbuf_clear(&name);
}

/* Forms of several recipients can live on one server, so each has its id. */
static void put_instance(struct odk *o, struct copl_strbuf *out)
{
	copl_strbuf_printf(
	    out, "      <instance>\n        <data id=\"%s", o->form->id);
	if (o->in->recipient != NULL) {
		copl_strbuf_puts(out, "_");
		copl_xml_put_attr(out, o->in->recipient);
	}
	copl_strbuf_puts(out, "\" version=\"");
	copl_xml_put_attr(out, o->form->version);
	/* Clients keep a form that they know with this id and version. */
	copl_strbuf_puts(out, o->in->draft ? "-draft\">" : "\">");
	copl_strbuf_add(out, copl_strbuf_text(&o->data), o->data.len);
	copl_strbuf_puts(out, "\n        </data>\n      </instance>\n");
}

static void put_document(struct odk *o, struct copl_strbuf *out)
{
	size_t i;

	put_head(o, out);
	copl_strbuf_puts(out, "      <itext>\n");
	for (i = 0; i < o->in->nlanguages; i++)
		put_itext(o, i, out);
	copl_strbuf_puts(out, "      </itext>\n");
	put_instance(o, out);
	copl_strbuf_add(out, copl_strbuf_text(&o->lists), o->lists.len);
	copl_strbuf_add(out, copl_strbuf_text(&o->binds), o->binds.len);
	copl_strbuf_puts(out, "    </model>\n  </h:head>\n  <h:body>\n");
	copl_strbuf_add(out, copl_strbuf_text(&o->body), o->body.len);
	copl_strbuf_puts(out, "  </h:body>\n</h:html>\n");
}

static enum copl_status first_failure(const struct odk *o)
{
	const struct copl_strbuf *parts[] = {
	    &o->data, &o->lists, &o->binds, &o->body};
	size_t i;

	if (o->st != COPL_OK)
		return o->st;
	for (i = 0; i < COPL_COUNT(parts); i++)
		if (parts[i]->st != COPL_OK)
			return parts[i]->st;
	for (i = 0; i < o->in->nlanguages; i++)
		if (o->itext[i].st != COPL_OK)
			return o->itext[i].st;
	return COPL_OK;
}

static void too_large(const struct odk *o)
{
	copl_report(o->r, COPL_ERROR, "odk-too-large",
	    copl_xml_place(
		o->form->xml, xmlDocGetRootElement(o->form->xml->doc)),
	    _("the ODK form of \"%s\" becomes too large: a text, a condition "
	      "or a list of it is over the limit; divide the form"),
	    o->form->id);
}

static enum copl_status render(struct odk *o, struct copl_strbuf *out)
{
	enum copl_status st;
	size_t errors = o->r->errors, i;

	for (i = 1; i < o->in->nlanguages; i++)
		if (!same_shape(o->form, o->in->languages[i].form))
			return COPL_E_BUG;
	st = list_items(o);
	if (st != COPL_OK)
		return st;
	odk_fates(o);
	odk_check_names(o);
	put_parts(o);
	st = first_failure(o);
	if (st == COPL_OK && o->r->errors == errors) {
		put_document(o, out);
		st = o->st != COPL_OK ? o->st : out->st;
	}
	if (st == COPL_E_LIMIT)
		too_large(o);
	if (o->r->nomem)
		return COPL_E_NOMEM;
	return st == COPL_OK && o->r->errors > errors ? COPL_E_INVALID : st;
}

enum copl_status copl_render_odk(const struct copl_odk *odk,
    struct copl_reporter *r, struct copl_strbuf *out)
{
	struct odk o = {.in = odk, .form = odk->languages[0].form, .r = r};
	struct copl_strbuf *parts[] = {&o.data, &o.lists, &o.binds, &o.body};
	enum copl_status st = COPL_E_NOMEM;
	size_t i;

	for (i = 0; i < COPL_COUNT(parts); i++)
		parts[i]->max = out->max;
	o.itext = calloc(odk->nlanguages, sizeof(*o.itext));
	o.arena = copl_arena_new();
	if (o.itext == NULL || o.arena == NULL)
		goto out;
	for (i = 0; i < odk->nlanguages; i++)
		o.itext[i].max = out->max;
	st = render(&o, out);
out:
	for (i = 0; i < COPL_COUNT(parts); i++)
		copl_strbuf_clear(parts[i]);
	for (i = 0; o.itext != NULL && i < odk->nlanguages; i++)
		copl_strbuf_clear(&o.itext[i]);
	copl_map_free(&o.names);
	copl_map_free(&o.texts);
	copl_map_free(&o.listed);
	copl_arena_free(o.arena);
	free(o.itext);
	return st;
}
