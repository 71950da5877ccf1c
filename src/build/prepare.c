/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "build/build_priv.h"
#include "build/structure.h"

const struct copl_catalog *build_catalog(
    const struct copl_master *m, const struct build_language *l)
{
	return m->catalogs[l->index].catalog;
}

struct build_language *build_language(
    const struct build *b, const struct copl_language *language)
{
	size_t i;

	for (i = 0; i < b->project->nlanguages; i++)
		if (b->languages[i].language == language)
			break;
	return i == b->project->nlanguages ? NULL : &b->languages[i];
}

enum copl_missing build_missing(
    const struct build *b, const struct copl_master *m)
{
	return b->o->fallback && m->kind == COPL_MASTER_FORM
		   ? COPL_MISSING_SOURCE
		   : COPL_MISSING_FAIL;
}

/* What the catalog's header says; 0: nothing that can be read. */
static unsigned nplurals(const struct copl_catalog *c)
{
	const char *forms =
	    c == NULL ? NULL : copl_catalog_field(c, "Plural-Forms", NULL);
	struct copl_plural p;

	return forms != NULL && copl_plural_parse(forms, &p) ? p.n : 0;
}

/* A second look: nothing but texts may differ from the master. */
static enum copl_status check_structure(struct build *b,
    const struct copl_master *m, const struct build_language *l,
    const struct copl_apply *how, const struct copl_xml *x)
{
	const struct build_pair pair = {.master = m->xml,
	    .localized = x,
	    .lang = how->lang,
	    .dir = how->dir,
	    .nplurals = nplurals(build_catalog(m, l)),
	    .fallback = how->missing == COPL_MISSING_SOURCE};

	return build_structure_check(&pair, b->r);
}

/* A master in a language, parsed; placeholders stay. */
static enum copl_status localize(struct build *b, const struct copl_master *m,
    const struct build_language *l, struct copl_xml **out)
{
	struct copl_strbuf text = COPL_STRBUF_INIT(COPL_XML_MAX);
	const struct copl_apply how = {.lang = l->language->tag,
	    .dir = l->rtl ? "rtl" : "ltr",
	    .missing = build_missing(b, m)};
	const char *name =
	    copl_arena_printf(b->arena, "%s (%s)", m->src, l->language->tag);
	enum copl_status st = COPL_E_NOMEM;

	*out = NULL;
	if (name != NULL)
		st = copl_units_apply(
		    m->units, build_catalog(m, l), &how, b->r, &text);
	if (st == COPL_OK)
		st = copl_xml_read(copl_strbuf_text(&text), text.len, name,
		    COPL_XML_STRICT, b->r, out);
	if (st == COPL_OK)
		st = check_structure(b, m, l, &how, *out);
	copl_strbuf_clear(&text);
	return st;
}

static bool attr_is(struct build *b, const struct copl_xml *x, uint32_t element,
    const char *ns, const char *name, const char *value)
{
	uint32_t i = copl_xml_find_attr(x, element, ns, name);
	const char *text = i == COPL_XML_NONE
			       ? NULL
			       : copl_xml_attr_text(x, i, b->arena, b->r);

	return text != NULL && strcmp(text, value) == 0;
}

/*
 * Texts that say a language of their own, which is that of the master.  What
 * stays as it is in every language may say one, too.
 */
static void count_fallback(struct build *b, const struct copl_master *m,
    const struct build_language *l, struct build_form *f)
{
	const char *lang = m->units->lang;
	uint32_t i;

	if (lang == NULL || strcmp(lang, l->language->tag) == 0)
		return;
	for (i = 1; i < f->xml->nelements; i++)
		f->fallback +=
		    attr_is(b, f->xml, i, COPL_XML_NS, "lang", lang) &&
		    !attr_is(b, f->xml, i, NULL, "translate", "no");
	f->fallback_lang = f->fallback > 0 ? lang : NULL;
}

static enum copl_status read_form(struct build *b, const struct copl_master *m,
    const struct build_language *l, struct build_form *f)
{
	enum copl_status st = localize(b, m, l, &f->xml);

	if (st == COPL_OK)
		st = copl_form_read_localized(f->xml, b->r, &f->form);
	if (st == COPL_OK)
		st = copl_render_collate(f->form, l->language->tag, b->r);
	if (st == COPL_OK && b->o->fallback)
		count_fallback(b, m, l, f);
	return st == COPL_OK && b->r->nomem ? COPL_E_NOMEM : st;
}

static enum copl_status read_interface(
    struct build *b, struct build_language *l)
{
	struct copl_xml *x = NULL;
	enum copl_status st = localize(b, b->interface, l, &x);

	if (st == COPL_OK)
		st = copl_interface_read(x, b->r, &l->words);
	copl_xml_free(x);
	return st;
}

static const xmlNode *child(const xmlNode *parent, const char *name)
{
	const xmlNode *n = copl_xml_first(parent);

	while (n != NULL && !copl_xml_is(n, COPL_PROJECT_NS, name))
		n = copl_xml_next(n);
	return n;
}

static enum copl_status read_name(
    struct build *b, const xmlNode *recipient, struct build_language *l)
{
	const char *id = copl_xml_get(recipient, "id", b->arena, b->r);
	const xmlNode *name = child(recipient, "name");
	size_t i;

	if (id == NULL || name == NULL)
		return b->r->nomem ? COPL_E_NOMEM : COPL_E_BUG;
	for (i = 0; i < b->project->nrecipients; i++)
		if (strcmp(b->project->recipients[i].id, id) == 0)
			break;
	if (i == b->project->nrecipients)
		return COPL_E_BUG;
	l->names[i] = copl_xml_get_text(name, b->arena, b->r);
	return l->names[i] == NULL ? COPL_E_NOMEM : COPL_OK;
}

/* The project's title and the recipients' names. */
static enum copl_status read_texts(struct build *b, struct build_language *l)
{
	struct copl_xml *x = NULL;
	enum copl_status st = localize(b, b->texts, l, &x);
	const xmlNode *root, *n;

	if (st != COPL_OK)
		return st;
	root = xmlDocGetRootElement(x->doc);
	st = COPL_E_BUG;
	n = child(root, "title");
	if (n == NULL)
		goto out;
	st = COPL_E_NOMEM;
	l->title = copl_xml_get_text(n, b->arena, b->r);
	if (l->title == NULL)
		goto out;
	st = COPL_OK;
	for (n = copl_xml_first(root); n != NULL && st == COPL_OK;
	     n = copl_xml_next(n))
		if (copl_xml_is(n, COPL_PROJECT_NS, "recipient"))
			st = read_name(b, n, l);
out:
	copl_xml_free(x);
	return st;
}

static enum copl_status prepare_language(
    struct build *b, struct build_language *l)
{
	enum copl_status st;
	size_t i;

	l->names = copl_arena_alloc(
	    b->arena, b->project->nrecipients * sizeof(*l->names));
	l->forms = copl_arena_alloc(b->arena, b->nforms * sizeof(*l->forms));
	if (l->names == NULL || l->forms == NULL)
		return COPL_E_NOMEM;
	st = read_interface(b, l);
	if (st == COPL_OK)
		st = read_texts(b, l);
	for (i = 0; i < b->nforms && st == COPL_OK; i++)
		st = read_form(b, b->forms[i], l, &l->forms[i]);
	return st;
}

enum copl_status build_prepare(struct build *b)
{
	const struct copl_project *p = b->project;
	enum copl_status st = COPL_OK;
	size_t i;

	b->languages =
	    copl_arena_alloc(b->arena, p->nlanguages * sizeof(*b->languages));
	if (b->languages == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < p->nlanguages && st == COPL_OK; i++) {
		struct build_language *l = &b->languages[i];

		l->language = &p->languages[i];
		l->index = i;
		l->rtl = strcmp(copl_locale_dir(l->language->tag), "rtl") == 0;
		st = prepare_language(b, l);
	}
	return st;
}

enum copl_status build_params_make(struct build *b,
    const struct copl_form *form, size_t recipient,
    const struct build_language *l, struct copl_params *out)
{
	const struct copl_recipient *to = &b->project->recipients[recipient];
	const struct copl_params_for who = {
	    .form = form,
	    .recipient = to,
	    .office = l->names[recipient],
	    .tag = l->language->tag,
	    .guardian_age = to->guardian_age,
	};

	b->values.arena = b->arena;
	return copl_params_make(&b->values, &who, out);
}

void build_prepare_free(struct build *b)
{
	size_t i, k;

	for (i = 0; b->languages != NULL && i < b->project->nlanguages; i++) {
		struct build_language *l = &b->languages[i];

		copl_interface_free(l->words);
		for (k = 0; l->forms != NULL && k < b->nforms; k++) {
			copl_form_free(l->forms[k].form);
			copl_xml_free(l->forms[k].xml);
		}
	}
	copl_values_free(&b->values);
}
