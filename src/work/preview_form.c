/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The form as it will be, in pieces, each text with its number.  What is not
 * translated stands there in its source language.
 */
#include "config.h"
#include <string.h>
#include "locale/locale.h"
#include "work/preview_priv.h"

/* Where no recipient says it, so that what is for guardians is seen, too. */
#define GUARDIAN_AGE 18

/* ---- a master in the language ---- */

static enum copl_status localize(struct preview *p, const struct copl_master *m,
    struct copl_reporter *r, struct copl_xml **out)
{
	struct copl_strbuf text = COPL_STRBUF_INIT(COPL_XML_MAX);
	size_t language = (size_t)(p->mc - p->m->catalogs);
	const struct copl_apply how = {.lang = p->tag,
	    .dir = copl_locale_dir(p->tag),
	    .missing = COPL_MISSING_SOURCE,
	    .use_fuzzy = true,
	    .keep_broken = true};
	enum copl_status st;

	*out = NULL;
	st = copl_units_apply(
	    m->units, m->catalogs[language].catalog, &how, r, &text);
	if (st == COPL_OK || st == COPL_E_INVALID)
		st = copl_xml_read(copl_strbuf_text(&text), text.len, m->src,
		    COPL_XML_STRICT, r, out);
	copl_strbuf_clear(&text);
	return st;
}

/* ---- values of the placeholders ---- */

/* Somebody who gets this language, who asks guardians if there is one. */
static const struct copl_recipient *choose_recipient(const struct preview *p)
{
	const struct copl_project *project = p->w->project;
	const struct copl_recipient *best = NULL;
	size_t i;

	for (i = 0; i < project->nrecipients; i++) {
		const struct copl_recipient *to = &project->recipients[i];

		if (!copl_recipient_speaks(to, p->tag))
			continue;
		if (best == NULL ||
		    (best->guardian_age < 0 && to->guardian_age >= 0))
			best = to;
	}
	if (best == NULL && project->nrecipients > 0)
		best = &project->recipients[0];
	return best;
}

static const struct copl_master *master_of(
    const struct copl_workspace *w, enum copl_master_kind kind)
{
	size_t i;

	for (i = 0; i < w->nmasters; i++)
		if (w->masters[i].kind == kind && w->masters[i].units != NULL)
			return &w->masters[i];
	return NULL;
}

/* The name as the project's catalog has it. */
static const char *office_name(
    const struct preview *p, const struct copl_recipient *to)
{
	const struct copl_master *m = master_of(p->w, COPL_MASTER_PROJECT);
	size_t language = (size_t)(p->mc - p->m->catalogs), i;
	const struct copl_message *msg = NULL;

	if (m == NULL || m->catalogs[language].catalog == NULL)
		return to->name;
	for (i = 0; i < m->units->n && msg == NULL; i++)
		if (strcmp(m->units->list[i].text.msgid, to->name) == 0)
			msg = copl_catalog_find(m->catalogs[language].catalog,
			    m->units->list[i].id, to->name);
	return msg == NULL || msg->nstr == 0 || *msg->str[0] == '\0'
		   ? to->name
		   : msg->str[0];
}

static enum copl_status make_params(struct preview *p)
{
	const struct copl_recipient *to = choose_recipient(p);
	struct copl_params_for who = {.form = p->form,
	    .recipient = to,
	    .tag = p->tag,
	    .guardian_age = GUARDIAN_AGE};

	p->params.guardian_age = GUARDIAN_AGE;
	if (to == NULL)
		return COPL_OK;
	who.office = office_name(p, to);
	if (to->guardian_age >= 0)
		who.guardian_age = to->guardian_age;
	p->values.arena = p->arena;
	return copl_params_make(&p->values, &who, &p->params);
}

/* ---- which element holds which text ---- */

/*
 * The localized form has the master's elements, but for what is inside a
 * text: both are walked side by side.
 */
static void match_elements(struct preview *p)
{
	const struct copl_units *u = p->m->units;
	const struct copl_xml_element *a = u->xml->elements,
				      *b = p->xml->elements;
	uint32_t i = 0, k = 0;
	size_t unit = 0, at;

	while (i < u->xml->nelements && k < p->xml->nelements) {
		while (unit < u->n && (u->list[unit].element < i ||
					  u->list[unit].attr != COPL_XML_NONE))
			unit++;
		if (unit == u->n || u->list[unit].element != i) {
			i++;
			k++;
			continue;
		}
		if (u->list[unit].id != NULL &&
		    copl_map_get(&p->by_id, u->list[unit].id, &at))
			p->elements[k] = (uint32_t)at;
		i = a[i].next;
		k = b[k].next;
	}
}

static enum copl_status read_elements(struct preview *p)
{
	size_t i, n = p->xml->nelements;

	p->elements = copl_arena_alloc(p->arena, n * sizeof(*p->elements));
	if (p->elements == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < n; i++)
		p->elements[i] = PREVIEW_NONE;
	if (p->m->kind == COPL_MASTER_FORM)
		match_elements(p);
	return COPL_OK;
}

/* ---- reading ---- */

static enum copl_status read_words(struct preview *p, struct copl_reporter *r)
{
	const struct copl_master *m = master_of(p->w, COPL_MASTER_INTERFACE);
	struct copl_xml *x = NULL;
	enum copl_status st = COPL_E_NOTFOUND;

	if (m != NULL)
		st = localize(p, m, r, &x);
	if (st == COPL_OK)
		st = copl_interface_read_unfinished(x, r, &p->words);
	copl_xml_free(x);
	return st;
}

/* The form itself, or for the words of the pages any form. */
static enum copl_status read_form(struct preview *p, struct copl_reporter *r)
{
	const struct copl_master *m = p->m->kind == COPL_MASTER_FORM
					  ? p->m
					  : master_of(p->w, COPL_MASTER_FORM);
	enum copl_status st = COPL_E_NOTFOUND;

	if (m != NULL)
		st = localize(p, m, r, &p->xml);
	if (st == COPL_OK)
		st = copl_form_read_unfinished(p->xml, r, &p->form);
	if (st == COPL_OK)
		st = copl_render_collate(p->form, p->tag, r);
	return st == COPL_OK ? read_elements(p) : st;
}

/* ---- rendering ---- */

static struct preview_entry *marked(
    struct preview *p, const xmlNode *text, const char *words)
{
	size_t at = PREVIEW_NONE;

	if (text != NULL && p->m->kind == COPL_MASTER_FORM)
		at = p->elements[copl_xml_index(text)];
	else if (words == NULL || p->m->kind != COPL_MASTER_INTERFACE ||
		 !copl_map_get(&p->by_id, words, &at))
		return NULL;
	return at == PREVIEW_NONE ? NULL : &p->list[at];
}

/* Does the form show the source where there is a translation? */
static bool is_kept(const struct preview *p, const xmlNode *text)
{
	const xmlAttr *lang = text == NULL
				  ? NULL
				  : xmlHasNsProp(text, (const xmlChar *)"lang",
					(const xmlChar *)COPL_XML_NS);

	return lang != NULL && lang->children != NULL &&
	       strcmp((const char *)lang->children->content, p->tag) != 0;
}

/* The first place where a text stands is the one that is linked to. */
static void put_mark(
    struct preview *p, struct copl_strbuf *out, struct preview_entry *e)
{
	copl_strbuf_puts(out, "<span class=\"x");
	if (e->state == PREVIEW_MISSING || e->kept)
		copl_strbuf_puts(out, " missing");
	else if (e->state == PREVIEW_FUZZY || e->state == PREVIEW_DRAFT)
		copl_strbuf_puts(out, " fuzzy");
	copl_strbuf_puts(out, "\"");
	if (e->piece == PREVIEW_NONE && p->depth == 0) {
		copl_strbuf_puts(out, " id=\"see:");
		copl_xml_put_attr(out, e->source->ctxt);
		copl_strbuf_puts(out, "\"");
		e->piece = p->piece;
	}
	if (e->piece == p->piece)
		copl_strbuf_printf(
		    out, " data-n=\"%zu\"", (size_t)(e - p->list) + 1);
	if (e->state == PREVIEW_MISSING && p->m->kind == COPL_MASTER_INTERFACE)
		copl_strbuf_printf(out, " lang=\"%s\" dir=\"%s\"", p->source,
		    copl_locale_dir(p->source));
	copl_strbuf_puts(out, ">");
}

static void on_mark(void *arg, struct copl_strbuf *out, const xmlNode *text,
    const char *words, bool end)
{
	struct preview *p = arg;
	struct preview_entry *e = marked(p, text, words);

	if (e == NULL || e->source->ctxt == NULL)
		return;
	if (end) {
		p->depth--;
		copl_strbuf_puts(out, "</span>");
		return;
	}
	e->kept = e->state != PREVIEW_MISSING && is_kept(p, text);
	put_mark(p, out, e);
	p->depth++;
}

static enum copl_status render(struct preview *p)
{
	const struct copl_text_marker mark = {on_mark, p};
	const struct copl_page page = {.form = p->form,
	    .words = p->words,
	    .lang = p->tag,
	    .params = p->params.list,
	    .nparams = p->params.n,
	    .guardian_age = p->params.guardian_age,
	    .mark = &mark};
	enum copl_status st;
	size_t i;

	st = copl_render_pieces(p->form, p->arena, &p->kinds, &p->npieces);
	if (st != COPL_OK)
		return st;
	p->pieces = copl_arena_alloc(p->arena, p->npieces * sizeof(*p->pieces));
	if (p->pieces == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < p->npieces; i++) {
		p->piece = (uint32_t)i;
		p->pieces[i].first = PREVIEW_NONE;
		p->pieces[i].start = p->shown.len;
		copl_render_piece(&page, &p->kinds[i], &p->shown);
		p->pieces[i].end = p->shown.len;
	}
	return p->shown.st;
}

enum copl_status preview_form(struct preview *p)
{
	struct copl_reporter r;
	enum copl_status st;

	/* What is wrong with the texts, lint says. */
	copl_reporter_init(&r, NULL);
	st = read_words(p, &r);
	if (st == COPL_OK)
		st = read_form(p, &r);
	if (st == COPL_OK)
		st = make_params(p);
	if (st == COPL_OK)
		st = render(p);
	return copl_reporter_end(&r, st);
}

void preview_form_free(struct preview *p)
{
	copl_form_free(p->form);
	copl_xml_free(p->xml);
	copl_interface_free(p->words);
	copl_values_free(&p->values);
	copl_strbuf_clear(&p->shown);
}
