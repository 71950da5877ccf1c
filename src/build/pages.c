/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "build/build_priv.h"

/* One recipient's form in one language, on its way to its files. */
struct page {
	struct build *b;
	const struct copl_recipient *to;
	size_t recipient; /* its index */
	size_t form;
	struct build_language *l;
	struct copl_params params;
};

static const char *file_name(
    struct build *b, const char *form, const char *lang, const char *ending)
{
	return copl_arena_printf(b->arena, "%s.%s.%s", form, lang, ending);
}

static enum copl_status add(const struct page *p, const char *ending,
    const char *type, struct copl_strbuf *bytes)
{
	const char *tag = p->l->language->tag;
	const struct copl_master *m = p->b->forms[p->form];
	struct copl_manifest_file info = {.form = m->id,
	    .lang = tag,
	    .recipient = p->to->id,
	    .type = type,
	    .path = copl_arena_printf(
		p->b->arena, "%s/%s.%s.%s", p->to->id, m->id, tag, ending)};

	if (info.path == NULL)
		return COPL_E_NOMEM;
	return build_add(p->b, &info, false, bytes);
}

static enum copl_status put_xml(struct page *p)
{
	struct copl_strbuf out = COPL_STRBUF_INIT(COPL_XML_MAX);
	const struct copl_master *m = p->b->forms[p->form];
	const struct copl_apply how = {.lang = p->l->language->tag,
	    .dir = p->l->rtl ? "rtl" : "ltr",
	    .missing = build_missing(p->b, m),
	    .param = copl_params_get,
	    .count = copl_params_count,
	    .param_arg = &p->params,
	    .draft = p->b->draft,
	    .recipient = p->to->id,
	    .guardian_age = p->to->guardian_age};
	enum copl_status st;

	st = copl_units_apply(
	    m->units, build_catalog(m, p->l), &how, p->b->r, &out);
	if (p->params.nomem)
		st = COPL_E_NOMEM;
	if (st == COPL_OK)
		st = add(p, "xml", "application/xml", &out);
	copl_strbuf_clear(&out);
	return st;
}

static enum copl_status alternates(
    const struct page *p, const char *ending, struct copl_page *page)
{
	const char *id = p->b->forms[p->form]->id;
	struct copl_alternate *list =
	    copl_arena_alloc(p->b->arena, p->to->nlanguages * sizeof(*list));
	size_t i;

	if (list == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < p->to->nlanguages; i++) {
		list[i].lang = p->to->languages[i]->tag;
		list[i].href = file_name(p->b, id, list[i].lang, ending);
		if (list[i].href == NULL)
			return COPL_E_NOMEM;
	}
	page->alternates = list;
	page->nalternates = p->to->nlanguages;
	return COPL_OK;
}

static struct copl_page page_of(const struct page *p)
{
	return (struct copl_page){.form = p->l->forms[p->form].form,
	    .words = p->l->words,
	    .lang = p->l->language->tag,
	    .params = p->params.list,
	    .nparams = p->params.n,
	    .guardian_age = p->to->guardian_age,
	    .helpline = p->to->helpline,
	    .responses = p->to->responses,
	    .recipient = p->to->id,
	    .fallback = p->l->forms[p->form].fallback_lang,
	    .draft = p->b->draft,
	    .digest = &p->b->digest};
}

static enum copl_status put_html(struct page *p)
{
	struct copl_strbuf out = COPL_STRBUF_INIT(COPL_RELEASE_FILE_MAX);
	struct copl_strbuf slots = COPL_STRBUF_INIT(COPL_RELEASE_FILE_MAX);
	struct copl_page page = page_of(p);
	enum copl_status st = alternates(p, "html", &page);

	if (st == COPL_OK)
		st = copl_render_html_slots(&page, &out, &slots);
	if (st == COPL_E_LIMIT)
		st = build_page_too_large(p->b, p->b->forms[p->form]->src);
	if (st == COPL_OK)
		st = add(p, "html", "text/html", &out);
	/* Who collects the answers gives an incomplete page back with it. */
	if (st == COPL_OK && slots.len > 0)
		st = add(p, "slots.xml", "application/xml", &slots);
	copl_strbuf_clear(&out);
	copl_strbuf_clear(&slots);
	return st;
}

static enum copl_status put_state(
    struct page *p, enum copl_page_state state, const char *ending)
{
	struct copl_strbuf out = COPL_STRBUF_INIT(COPL_RELEASE_FILE_MAX);
	struct copl_page page = page_of(p);
	enum copl_status st = alternates(p, ending, &page);

	if (st == COPL_OK)
		st = copl_render_state(&page, state, &out);
	if (st == COPL_OK)
		st = out.st;
	if (st == COPL_OK)
		st = add(p, ending, "text/html", &out);
	copl_strbuf_clear(&out);
	return st;
}

/* Who collects answers shows these before, after and behind the form. */
static enum copl_status put_states(struct page *p)
{
	enum copl_status st = COPL_OK;

	if (p->to->responses == NULL)
		return COPL_OK;
	if (p->l->forms[p->form].form->opens != NULL)
		st = put_state(p, COPL_PAGE_SOON, "soon.html");
	if (st == COPL_OK)
		st = put_state(p, COPL_PAGE_CLOSED, "closed.html");
	if (st == COPL_OK)
		st = put_state(p, COPL_PAGE_SENT, "sent.html");
	return st;
}

/* The title as plain text with its placeholders filled; NULL: no memory. */
static const char *title_of(struct build *b, const struct copl_form *f,
    const struct copl_params *params, int guardian_age)
{
	const char *title = copl_xml_get_text(
	    copl_form_text(f, f->title, guardian_age), b->arena, b->r);

	return title == NULL ? NULL : copl_params_fill(params, title);
}

static enum copl_status put_reach(const struct page *p)
{
	struct copl_page page = page_of(p);
	const char *title =
	    title_of(p->b, page.form, &p->params, page.guardian_age);

	if (title == NULL)
		return COPL_E_NOMEM;
	return build_reach(p->b, p->to, &page, title);
}

static enum copl_status put_form(struct page *p)
{
	const struct copl_project *project = p->b->project;
	enum copl_status st;

	st = build_params_make(
	    p->b, p->l->forms[p->form].form, p->recipient, p->l, &p->params);
	if (st == COPL_OK && project->xml_output)
		st = put_xml(p);
	if (st == COPL_OK && project->html_output)
		st = put_html(p);
	if (st == COPL_OK && project->html_output)
		st = put_states(p);
	if (st == COPL_OK && project->html_output)
		st = put_reach(p);
	return st;
}

/* ---- index pages ---- */

/* A title that is not translated yet says so itself; NULL: it is. */
static const char *foreign_lang(const xmlNode *title)
{
	const xmlAttr *lang = xmlHasNsProp(
	    title, (const xmlChar *)"lang", (const xmlChar *)COPL_XML_NS);

	return lang == NULL || lang->children == NULL
		   ? NULL
		   : (const char *)lang->children->content;
}

/* Who hands the set on finds them in its index. */
static enum copl_status put_reach_links(
    struct build *b, const char *form, struct copl_index_link *out)
{
	out->invite = build_reach_name(b, form, out->lang, BUILD_INVITE);
	out->poster = build_reach_name(b, form, out->lang, BUILD_POSTER);
	return out->invite == NULL || out->poster == NULL ? COPL_E_NOMEM
							  : COPL_OK;
}

/* "form.fr.html", or behind "recipient/" */
static enum copl_status put_link(struct build *b, size_t recipient,
    struct build_language *l, size_t form, bool below,
    struct copl_index_link *out)
{
	const struct copl_recipient *to = &b->project->recipients[recipient];
	const char *name = file_name(b, b->forms[form]->id, l->language->tag,
	    b->project->html_output ? "html" : "xml");
	struct copl_params params;
	enum copl_status st;

	st = build_params_make(b, l->forms[form].form, recipient, l, &params);
	if (st != COPL_OK)
		return st;
	out->lang = l->language->tag;
	out->title_lang = foreign_lang(l->forms[form].form->title);
	out->title =
	    title_of(b, l->forms[form].form, &params, to->guardian_age);
	out->href = name == NULL || !below
			? name
			: copl_path_join(b->arena, to->id, name);
	if (out->title == NULL || out->href == NULL)
		return COPL_E_NOMEM;
	return below || to->forms == NULL || !b->project->html_output
		   ? COPL_OK
		   : put_reach_links(b, b->forms[form]->id, out);
}

/* A recipient's forms, by language in the project's order. */
static enum copl_status put_group(
    struct build *b, size_t recipient, bool below, struct copl_index_group *out)
{
	static const char *const kinds[] = {[COPL_OFFICE] = "index_office",
	    [COPL_MEMBER_STATE] = "index_member_state",
	    [COPL_PARTNER] = "index_partner"};
	const struct copl_recipient *to = &b->project->recipients[recipient];
	struct copl_index_link *links = copl_arena_alloc(
	    b->arena, to->nlanguages * b->nforms * sizeof(*links));
	enum copl_status st = COPL_OK;
	size_t n = 0, i, k;

	if (links == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < b->project->nlanguages; i++) {
		if (!copl_recipient_speaks(to, b->project->languages[i].tag))
			continue;
		for (k = 0; k < b->nforms && st == COPL_OK; k++)
			st = put_link(b, recipient, &b->languages[i], k, below,
			    &links[n++]);
	}
	out->kind = kinds[to->kind];
	out->links = links;
	/* An ODK form is nothing that a browser opens. */
	out->nlinks = b->project->html_output || b->project->xml_output ? n : 0;
	return st;
}

static enum copl_status put_words(struct build *b,
    const struct copl_recipient *to, struct copl_index_page *page)
{
	size_t max = b->project->nlanguages, n = 0, i;
	const struct copl_interface **words =
	    copl_arena_alloc(b->arena, max * sizeof(struct copl_interface *));
	const char **langs = copl_arena_alloc(b->arena, max * sizeof(*langs));

	if (words == NULL || langs == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < max; i++) {
		const char *tag = b->project->languages[i].tag;

		if (to != NULL && !copl_recipient_speaks(to, tag))
			continue;
		words[n] = b->languages[i].words;
		langs[n++] = tag;
	}
	page->words = words;
	page->langs = langs;
	page->nlangs = n;
	return COPL_OK;
}

static enum copl_status add_index(struct build *b,
    const struct copl_recipient *to, const struct copl_index_page *page)
{
	struct copl_strbuf out = COPL_STRBUF_INIT(COPL_RELEASE_FILE_MAX);
	struct copl_manifest_file info = {
	    .type = "text/html", .path = "index.html"};
	enum copl_status st = copl_render_index(page, &out);

	if (st == COPL_OK)
		st = out.st;
	if (st == COPL_OK && to != NULL) {
		info.recipient = to->id;
		info.path = copl_path_join(b->arena, to->id, "index.html");
		if (info.path == NULL)
			st = COPL_E_NOMEM;
	}
	if (st == COPL_OK)
		st = build_add(b, &info, false, &out);
	copl_strbuf_clear(&out);
	return st;
}

/* In the recipient's first language. */
static enum copl_status put_own_index(struct build *b, size_t recipient)
{
	const struct copl_recipient *to = &b->project->recipients[recipient];
	const struct build_language *l = build_language(b, to->languages[0]);
	struct copl_index_group group = {.name = NULL};
	struct copl_index_page page = {.groups = &group,
	    .ngroups = 1,
	    .draft = b->draft,
	    .sums = COPL_SUMS,
	    .digest = &b->digest};
	enum copl_status st;

	if (l == NULL)
		return COPL_E_BUG;
	page.title = l->title;
	page.lang = l->language->tag;
	st = put_group(b, recipient, false, &group);
	if (st == COPL_OK)
		st = put_words(b, to, &page);
	if (st == COPL_OK)
		st = build_index_without(b, to, &page);
	if (st == COPL_OK)
		st = add_index(b, to, &page);
	return st;
}

/* The page's language: the project's own when it is one of those built. */
static const struct build_language *main_language(const struct build *b)
{
	const struct copl_language *own =
	    copl_project_language(b->project, b->project->lang);

	return own == NULL ? &b->languages[0] : build_language(b, own);
}

/* Offices, then Member States, then partners. */
static enum copl_status put_groups(struct build *b,
    const struct build_language *l, struct copl_index_group *groups)
{
	static const enum copl_recipient_kind order[] = {
	    COPL_OFFICE, COPL_MEMBER_STATE, COPL_PARTNER};
	enum copl_status st = COPL_OK;
	size_t n = 0, i, k;

	for (k = 0; k < COPL_COUNT(order); k++)
		for (i = 0; i < b->project->nrecipients && st == COPL_OK; i++) {
			if (b->project->recipients[i].kind != order[k])
				continue;
			groups[n].name = l->names[i];
			st = put_group(b, i, true, &groups[n++]);
		}
	return st;
}

static enum copl_status put_whole_index(struct build *b)
{
	const struct build_language *l = main_language(b);
	size_t n = b->project->nrecipients;
	struct copl_index_group *groups =
	    copl_arena_alloc(b->arena, n * sizeof(*groups));
	struct copl_index_page page = {.groups = groups,
	    .ngroups = n,
	    .draft = b->draft,
	    .sums = COPL_SUMS,
	    .digest = &b->digest};
	enum copl_status st;

	if (groups == NULL)
		return COPL_E_NOMEM;
	page.title = l->title;
	page.lang = l->language->tag;
	st = put_groups(b, l, groups);
	if (st == COPL_OK)
		st = put_words(b, NULL, &page);
	if (st == COPL_OK)
		st = build_index_without(b, NULL, &page);
	if (st == COPL_OK)
		st = add_index(b, NULL, &page);
	return st;
}

/* ---- all of them ---- */

static enum copl_status put_recipient(struct build *b, size_t recipient)
{
	const struct copl_recipient *to = &b->project->recipients[recipient];
	struct page p = {.b = b, .to = to, .recipient = recipient};
	enum copl_status st = COPL_OK;
	size_t i;

	for (i = 0; i < to->nlanguages && st == COPL_OK; i++) {
		p.l = build_language(b, to->languages[i]);
		if (p.l == NULL)
			return COPL_E_BUG;
		for (p.form = 0; p.form < b->nforms && st == COPL_OK; p.form++)
			st = put_form(&p);
	}
	return st == COPL_OK ? put_own_index(b, recipient) : st;
}

enum copl_status build_pages(struct build *b)
{
	enum copl_status st = COPL_OK;
	size_t i;

	for (i = 0; i < b->project->nrecipients && st == COPL_OK; i++)
		st = put_recipient(b, i);
	if (st == COPL_OK && b->project->odk_output)
		st = build_odk(b);
	return st == COPL_OK ? put_whole_index(b) : st;
}
