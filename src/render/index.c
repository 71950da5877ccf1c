/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "render/render_priv.h"

/* Words of a language; those of the page when it has none of its own. */
static const struct copl_interface *words_of(
    const struct copl_index_page *page, const char *lang)
{
	size_t i;

	for (i = 0; i < page->nlangs; i++)
		if (strcmp(page->langs[i], lang) == 0)
			return page->words[i];
	return page->nlangs > 0 ? page->words[0] : NULL;
}

/*
 * One text in every language: the page's own as the line, the others small
 * and with their language behind it.
 */
static void put_all(struct render_pen *p, const struct copl_index_page *page,
    const char *id, const struct render_arg *args, size_t nargs)
{
	size_t i;

	render_words(p, id, args, nargs);
	if (page->nlangs < 2)
		return;
	render_put(p, " <small>");
	for (i = 0; i < page->nlangs; i++) {
		struct render_pen other = *p;

		if (strcmp(page->langs[i], page->lang) == 0)
			continue;
		other.words = page->words[i];
		render_put(p, "<span");
		render_lang(p, page->langs[i]);
		render_put(p, ">");
		render_words(&other, id, args, nargs);
		render_put(p, "</span> ");
	}
	render_put(p, "</small>");
}

static void put_marked(struct render_pen *p, const char *lang, const char *text)
{
	render_put(p, "<span");
	render_lang(p, lang);
	render_put(p, ">");
	if (text == NULL)
		render_autonym(p, lang);
	else
		render_text(p, text);
	render_put(p, "</span>");
}

/* Behind the last of the links that are in the language of the first. */
static size_t language_end(const struct copl_index_group *g, size_t from)
{
	size_t i = from;

	while (
	    i < g->nlinks && strcmp(g->links[i].lang, g->links[from].lang) == 0)
		i++;
	return i;
}

static void put_links(struct render_pen *p, const struct copl_index_group *g,
    size_t from, size_t to)
{
	size_t i;

	render_put(p, "<ul>\n");
	for (i = from; i < to; i++) {
		render_put(p, "<li><a");
		render_attr(p, "href", g->links[i].href);
		render_attr(p, "hreflang", g->links[i].lang);
		render_put(p, ">");
		if (g->links[i].title_lang != NULL)
			put_marked(
			    p, g->links[i].title_lang, g->links[i].title);
		else
			render_text(p, g->links[i].title);
		render_put(p, "</a></li>\n");
	}
	render_put(p, "</ul>\n");
}

/* ---- a release: who, then which language ---- */

static void put_group(struct render_pen *p, const struct copl_index_group *g)
{
	size_t from, to;

	render_put(p, "<section class=\"block group\">\n<h3>");
	render_text(p, g->name == NULL ? "" : g->name);
	render_put(p, "</h3>\n<dl>\n");
	for (from = 0; from < g->nlinks; from = to) {
		to = language_end(g, from);
		render_put(p, "<div");
		render_lang(p, g->links[from].lang);
		render_put(p, "><dt>");
		render_autonym(p, g->links[from].lang);
		render_put(p, "</dt><dd>");
		put_links(p, g, from, to);
		render_put(p, "</dd></div>\n");
	}
	render_put(p, "</dl>\n</section>\n");
}

static bool same_kind(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static void put_release(
    struct render_pen *p, const struct copl_index_page *page)
{
	size_t i;

	render_put(p, "<p class=\"lead\">");
	put_all(p, page, "index_recipients", NULL, 0);
	render_put(p, "</p>\n");
	for (i = 0; i < page->ngroups; i++) {
		const struct copl_index_group *g = &page->groups[i];

		if (g->kind != NULL &&
		    (i == 0 || !same_kind(g->kind, page->groups[i - 1].kind))) {
			render_put(p, "<h2>");
			put_all(p, page, g->kind, NULL, 0);
			render_put(p, "</h2>\n");
		}
		put_group(p, g);
	}
}

/* ---- one recipient's set: the language leads ---- */

static void put_choice(struct render_pen *p, const struct copl_index_page *page,
    const struct copl_index_group *g)
{
	size_t from;

	render_put(p, "<nav class=\"languages\">\n<ul>\n");
	for (from = 0; from < g->nlinks; from = language_end(g, from)) {
		const char *lang = g->links[from].lang;
		struct render_pen own = *p;

		own.words = words_of(page, lang);
		render_put(p, "<li><a href=\"#l-");
		copl_xml_put_attr(p->out, lang);
		render_put(p, "\"");
		render_lang(p, lang);
		render_put(p, "><b>");
		render_autonym(p, lang);
		render_put(p, "</b> ");
		render_words(&own, "index_choose", NULL, 0);
		render_put(p, "</a></li>\n");
	}
	render_put(p, "</ul>\n</nav>\n");
}

static void put_own(struct render_pen *p, const struct copl_index_page *page,
    const struct copl_index_group *g)
{
	size_t from, to;

	put_choice(p, page, g);
	for (from = 0; from < g->nlinks; from = to) {
		const char *lang = g->links[from].lang;
		struct render_pen own = *p;

		to = language_end(g, from);
		own.words = words_of(page, lang);
		render_put(p, "<section class=\"block group\" id=\"l-");
		copl_xml_put_attr(p->out, lang);
		render_put(p, "\"");
		render_lang(p, lang);
		render_put(p, ">\n<h2>");
		render_autonym(p, lang);
		render_put(p, "</h2>\n<p>");
		render_words(&own, "index_title", NULL, 0);
		render_put(p, "</p>\n");
		put_links(p, g, from, to);
		render_put(p, "</section>\n");
	}
}

/* ---- what is not there, and why ---- */

static void put_one_without(struct render_pen *p,
    const struct copl_index_page *page, const struct copl_index_without *w)
{
	struct copl_strbuf name = COPL_STRBUF_INIT(1024);
	struct copl_strbuf reason = COPL_STRBUF_INIT(8192);
	const struct render_arg args[] = {
	    {"language", NULL, &name}, {"reason", NULL, &reason}};
	struct render_pen aside = *p;

	aside.out = &name;
	put_marked(&aside, w->lang, NULL);
	aside.out = &reason;
	put_marked(&aside, w->reason_lang, w->reason);
	if (p->out->st == COPL_OK)
		p->out->st = name.st != COPL_OK ? name.st : reason.st;
	render_put(p, "<p class=\"block note\">");
	put_all(p, page, "index_without", args, COPL_COUNT(args));
	render_put(p, "</p>\n");
	copl_strbuf_clear(&name);
	copl_strbuf_clear(&reason);
}

static void put_without(
    struct render_pen *p, const struct copl_index_page *page)
{
	size_t i;

	for (i = 0; i < page->nwithout; i++)
		put_one_without(p, page, &page->without[i]);
}

/* ---- the frame ---- */

static void put_draft(struct render_pen *p, const struct copl_index_page *page)
{
	if (!page->draft)
		return;
	render_draft_open(p);
	put_all(p, page, "draft_text", NULL, 0);
	render_draft_close(p);
}

static void put_file(struct render_pen *p, const char *href)
{
	render_put(p, "<a");
	render_attr(p, "href", href);
	render_put(p, "><bdi>");
	render_text(p, href);
	render_put(p, "</bdi></a>");
}

/* Not among the forms: young people look there, and offices look here. */
static void put_invitations(
    struct render_pen *p, const struct copl_index_group *g)
{
	size_t i;

	if (g->nlinks == 0 || g->links[0].poster == NULL)
		return;
	render_put(p, "<p>");
	render_words(p, "index_invite", NULL, 0);
	render_put(p, "</p>\n<ul>\n");
	for (i = 0; i < g->nlinks; i++) {
		render_put(p, "<li>");
		put_file(p, g->links[i].invite);
		render_put(p, " ");
		put_file(p, g->links[i].poster);
		render_put(p, "</li>\n");
	}
	render_put(p, "</ul>\n");
}

static void put_check(struct render_pen *p, const struct copl_index_page *page)
{
	struct copl_strbuf link = COPL_STRBUF_INIT(4096);
	const struct render_arg arg = {"file", NULL, &link};
	struct render_pen aside = *p;

	if (page->sums == NULL)
		return;
	aside.out = &link;
	render_put(&aside, "<a");
	render_attr(&aside, "href", page->sums);
	render_put(&aside, ">");
	render_text(&aside, page->sums);
	render_put(&aside, "</a>");
	if (link.st != COPL_OK && p->out->st == COPL_OK)
		p->out->st = link.st;
	render_put(p, "<footer>\n<div>\n<p>");
	render_words(p, "index_check", &arg, 1);
	render_put(p, "</p>\n");
	if (page->ngroups == 1)
		put_invitations(p, &page->groups[0]);
	render_put(p, "</div>\n</footer>\n");
	copl_strbuf_clear(&link);
}

enum copl_status copl_render_index(
    const struct copl_index_page *page, struct copl_strbuf *out)
{
	struct render_pen p = {.out = out, .draft = page->draft};
	bool own = page->ngroups == 1 && page->groups[0].name == NULL;

	p.words = words_of(page, page->lang);
	if (p.words == NULL)
		return COPL_E_INVALID;
	p.rtl = strcmp(copl_locale_dir(page->lang), "rtl") == 0;
	render_head_open(&p, page->lang);
	render_draft_title(&p);
	render_text(&p, page->title);
	render_head_close(&p, page->digest, NULL, NULL);
	put_draft(&p, page);
	render_put(&p, "<header>\n<div>\n<h1>");
	render_text(&p, page->title);
	render_put(&p, "</h1>\n<p class=\"summary\">");
	render_words(&p, "index_title", NULL, 0);
	render_put(&p, "</p>\n</div>\n</header>\n<main class=\"index\">\n");
	if (own)
		put_own(&p, page, &page->groups[0]);
	else
		put_release(&p, page);
	put_without(&p, page);
	render_put(&p, "</main>\n");
	put_check(&p, page);
	render_put(&p, "</body>\n</html>\n");
	return out->st;
}
