/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "base/worddiff.h"
#include "locale/locale.h"
#include "page/report_page.h"
#include "work/context.h"
#include "work/signoff.h"

static const char style[] =
    "@page{size:A4;margin:14mm 12mm}"
    "td.no{white-space:nowrap}td.id{font-size:.8em}"
    "table.texts{table-layout:fixed}table.texts th:nth-child(1){width:3.2em}"
    "table.texts td p{margin:0 0 .35em}table.texts tr{break-inside:avoid}"
    "table.texts thead{display:table-header-group}"
    ".digest{font-family:ui-monospace,monospace;unicode-bidi:isolate}"
    ".box{border:1px solid var(--line);padding:.6rem .8rem;margin:1rem 0}"
    ".sign{break-inside:avoid}"
    ".sign td{height:3.4em;border:1px solid var(--line);vertical-align:bottom}"
    ".sign th{width:34%;border:1px solid var(--line);vertical-align:middle}"
    "ins{text-decoration:underline}del{text-decoration:line-through}"
    "@media screen and (max-width:40rem){table.texts thead{position:absolute;"
    "inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%)}"
    "table.texts,table.texts tbody,table.texts tr,table.texts td{"
    "display:block}table.texts td{border:0;padding:.2rem 0}"
    "table.texts tr{border-block-end:2px solid var(--line);"
    "padding-block:.5rem}}"
    "@media print{html{font-size:9.5pt}a{text-decoration:none}}";

struct sheet {
	const struct signoff_sheet *s;
	const struct copl_desk *d;
	struct copl_strbuf *out;
	struct copl_arena *arena;
	const char *lang; /* of the page's own words */
	size_t number; /* of the row */
	enum copl_status st;
};

static void put(struct sheet *p, const char *html)
{
	copl_strbuf_puts(p->out, html);
}

static void put_text(struct sheet *p, const char *s)
{
	copl_report_page_text(p->out, s);
}

static void put_element(struct sheet *p, const char *tag, const char *text)
{
	copl_report_page_element(p->out, tag, text);
}

/* Words that memory ran out for are not simply left out. */
static const char *got(struct sheet *p, const char *s)
{
	if (s == NULL)
		p->st = COPL_E_NOMEM;
	return s == NULL ? "" : s;
}

static const char *source_lang(const struct copl_desk_text *t)
{
	const char *lang = t->master->units->lang;

	return lang == NULL ? "und" : lang;
}

/* Without the tags: an official reads words. */
static const char *plain(struct sheet *p, const char *msg)
{
	struct copl_strbuf b = COPL_STRBUF_INIT((size_t)1 << 24);
	const char *s;

	copl_inline_plain(msg, &b);
	s = got(p, b.st != COPL_OK
		       ? NULL
		       : copl_arena_strdup(p->arena, copl_strbuf_text(&b)));
	copl_strbuf_clear(&b);
	return s;
}

/* A digest that a person can read out. */
static void put_digest(struct sheet *p)
{
	const char *s = p->s->digest;

	put(p, "<span class=\"digest\" dir=\"ltr\">");
	for (; *s != '\0'; s += 4)
		copl_strbuf_printf(
		    p->out, "%.4s%s", s, s[4] == '\0' ? "" : " ");
	put(p, "</span>");
}

/* ---- one text ---- */

static void put_forms(
    struct sheet *p, const char *lang, const char *const *forms, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		copl_report_page_foreign(
		    p->out, "p", NULL, lang, plain(p, forms[i]));
}

static void put_source(struct sheet *p, const struct copl_desk_text *t)
{
	const char *forms[2] = {t->unit->text.msgid, t->unit->plural};

	put_forms(p, source_lang(t), forms, t->unit->plural == NULL ? 1 : 2);
	put(p, "<code class=\"soft\" dir=\"ltr\">");
	put_text(p, t->id);
	put(p, "</code>");
}

static void put_change(
    struct sheet *p, const char *lang, const char *before, const char *after)
{
	static const char *const tags[] = {[COPL_WORD_SAME] = "span",
	    [COPL_WORD_REMOVED] = "del",
	    [COPL_WORD_ADDED] = "ins"};
	struct copl_word_diff diff;
	size_t i;

	if (copl_word_diff(p->arena, before, after, &diff) != COPL_OK) {
		p->st = COPL_E_NOMEM;
		return;
	}
	copl_strbuf_printf(
	    p->out, "<p lang=\"%s\" dir=\"%s\">", lang, copl_locale_dir(lang));
	for (i = 0; i < diff.n; i++) {
		copl_strbuf_printf(p->out, "<%s>", tags[diff.spans[i].kind]);
		copl_xml_put_text(p->out, diff.spans[i].s, diff.spans[i].len);
		copl_strbuf_printf(p->out, "</%s>", tags[diff.spans[i].kind]);
	}
	put(p, "</p>");
}

static bool same(const char *a, const char *b)
{
	return strcmp(a == NULL ? "" : a, b == NULL ? "" : b) == 0;
}

/* Both sides of a text against what was approved last. */
static void put_since(struct sheet *p, const struct copl_desk_text *t)
{
	const struct copl_message *was = t->approved, *now = t->msg;
	bool any = false;
	size_t i;

	if (was == NULL) {
		put_element(p, "p", _("New: it was never approved."));
		return;
	}
	if (!same(was->id, now->id) || !same(was->plural, now->plural)) {
		any = true;
		put_change(
		    p, source_lang(t), plain(p, was->id), plain(p, now->id));
	}
	for (i = 0; i < now->nstr; i++) {
		const char *old = i < was->nstr ? was->str[i] : "";

		if (same(old, now->str[i]))
			continue;
		any = true;
		put_change(p, p->d->language->tag, plain(p, old),
		    plain(p, now->str[i]));
	}
	if (!any)
		put_element(p, "p", _("Not changed."));
}

static void put_row(struct sheet *p, const struct copl_desk_text *t)
{
	const char *pair = signoff_pair(p->arena, t);

	if (pair == NULL) {
		p->st = COPL_E_NOMEM;
		return;
	}
	put(p, "<tr" SIGNOFF_PAIR);
	copl_xml_put_attr(p->out, pair);
	copl_strbuf_printf(p->out,
	    "\"><td class=\"no\">%zu</td><td dir=\"%s\">", ++p->number,
	    copl_locale_dir(source_lang(t)));
	put_source(p, t);
	put(p, "</td><td>");
	put_forms(p, p->d->language->tag, t->msg->str, t->msg->nstr);
	put(p, "</td><td>");
	put_since(p, t);
	put(p, "</td></tr>\n");
}

/* ---- all texts of a form ---- */

static const char *autonym(struct sheet *p, const char *tag)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(256);
	enum copl_status st = copl_locale_autonym(tag, &b);
	const char *s = tag;

	if (st == COPL_E_NOMEM)
		p->st = st;
	if (st == COPL_OK)
		s = got(p, copl_arena_strdup(p->arena, copl_strbuf_text(&b)));
	copl_strbuf_clear(&b);
	return s;
}

/* The name of a language in that language, along which its texts stand. */
static void put_name(struct sheet *p, const char *tag, const char *lang)
{
	copl_strbuf_printf(p->out, "<%s lang=\"%s\" dir=\"%s\">", tag, lang,
	    copl_locale_dir(lang));
	put_text(p, autonym(p, lang));
	copl_strbuf_printf(p->out, "</%.*s>", (int)strcspn(tag, " "), tag);
}

/* The form's own title, which is one of its texts. */
static const char *title_of(struct sheet *p, const struct copl_master *m)
{
	size_t i;

	for (i = 0; i < m->units->n; i++) {
		const struct copl_unit *u = &m->units->list[i];

		if (u->id != NULL && strcmp(u->id, "about/title") == 0)
			return plain(p, u->text.msgid);
	}
	return m->id;
}

static void put_heading(struct sheet *p, const struct copl_master *m)
{
	const char *line;

	if (m->kind == COPL_MASTER_INTERFACE)
		put_element(p, "h2", _("Words on every page"));
	else if (m->kind == COPL_MASTER_PROJECT)
		put_element(
		    p, "h2", _("Names of this consultation and its offices"));
	else {
		put(p, "<h2>");
		copl_report_page_foreign(p->out, "span", NULL,
		    m->units->lang == NULL ? "und" : m->units->lang,
		    title_of(p, m));
		put(p, "</h2>\n");
	}
	if (m->form == NULL)
		return;
	line = copl_arena_printf(p->arena,
	    _("Where the languages differ, this text prevails: %s."),
	    autonym(p, m->form->prevails));
	put_element(p, "p", got(p, line));
}

static void put_master(struct sheet *p, const struct copl_master *m)
{
	const char *lang = m->units->lang == NULL ? "und" : m->units->lang;
	size_t i;

	put_heading(p, m);
	put(p, "<table class=\"texts\"><thead><tr><th scope=\"col\">#</th>");
	put_name(p, "th scope=\"col\"", lang);
	put_name(p, "th scope=\"col\"", p->d->language->tag);
	put(p, "<th scope=\"col\">");
	put_text(p, _("Since the last approval"));
	put(p, "</th></tr></thead>\n<tbody>\n");
	for (i = 0; i < p->d->n; i++)
		if (p->d->list[i].master == m &&
		    signoff_is_ready(&p->d->list[i]))
			put_row(p, &p->d->list[i]);
	put(p, "</tbody></table>\n");
}

static bool has_ready(const struct sheet *p, const struct copl_master *m)
{
	size_t i;

	for (i = 0; i < p->d->n; i++)
		if (p->d->list[i].master == m &&
		    signoff_is_ready(&p->d->list[i]))
			return true;
	return false;
}

static void put_unready(struct sheet *p)
{
	size_t i;

	if (p->s->n == p->d->n)
		return;
	put_element(p, "h2", _("Not part of this sheet"));
	put_element(p, "p",
	    _("These texts are not translated yet, are in doubt, or have "
	      "errors. The signature does not cover them."));
	put(p, "<ul>\n");
	for (i = 0; i < p->d->n; i++) {
		const struct copl_desk_text *t = &p->d->list[i];

		if (signoff_is_ready(t))
			continue;
		put(p, "<li>");
		copl_report_page_foreign(p->out, "span", NULL, source_lang(t),
		    plain(p, t->unit->text.msgid));
		put(p, " <code class=\"soft\" dir=\"ltr\">");
		put_text(p, t->id);
		put(p, "</code></li>\n");
	}
	put(p, "</ul>\n");
}

/* ---- the page ---- */

static void put_head(struct sheet *p)
{
	const struct copl_project *project = p->d->w->project;
	const struct copl_title title = copl_title_in(
	    p->d->w, (size_t)(p->d->language - project->languages));
	struct copl_strbuf day = COPL_STRBUF_INIT(128);
	enum copl_status st;
	const char *line;

	put_element(p, "h1", _("Approval of a translation"));
	put(p, "<p>");
	copl_title_put(p->out, "span", NULL, &title, p->lang);
	put(p, " · ");
	put_name(p, "bdi", p->d->language->tag);
	put(p, " · ");
	st = copl_locale_date(p->lang,
	    (struct copl_instant){.seconds = p->s->now}, "UTC", COPL_DAY, &day);
	if (st == COPL_E_NOMEM)
		p->st = st;
	if (st == COPL_OK)
		put_text(p, copl_strbuf_text(&day));
	copl_strbuf_clear(&day);
	put(p, "</p>\n");
	line = copl_arena_printf(p->arena,
	    P_("This sheet holds %zu text, the source beside the translation. "
	       "Please read it, and sign on the last page if it may be used.",
		"This sheet holds %zu texts, each source beside its "
		"translation. Please read them, and sign on the last page if "
		"they may be used.",
		p->s->n),
	    p->s->n);
	put_element(p, "p", got(p, line));
	copl_strbuf_printf(
	    p->out, "<p class=\"box\"" SIGNOFF_DIGEST "%s\">", p->s->digest);
	put_text(p, _("Digest of all texts on this sheet:"));
	put(p, " ");
	put_digest(p);
	put(p, "</p>\n");
}

static void put_signature(struct sheet *p)
{
	static const char *const rows[] = {N_("Name"), N_("Function"),
	    N_("Institution"), N_("Place and date"), N_("Signature")};
	size_t i;

	put(p, "<section class=\"sign\">\n");
	put_element(p, "h2", _("Signature"));
	put(p, "<p>");
	put_text(p,
	    _("I have read the texts on this sheet. The translations say what "
	      "the sources say, and may be used in the consultation. The "
	      "digest of what I signed is:"));
	put(p, " ");
	put_digest(p);
	put(p, "</p>\n<table>\n");
	for (i = 0; i < COPL_COUNT(rows); i++) {
		put(p, "<tr><th scope=\"row\">");
		put_text(p, copl_text(rows[i]));
		put(p, "</th><td></td></tr>\n");
	}
	put(p, "</table>\n</section>\n");
}

enum copl_status signoff_put_sheet(
    const struct signoff_sheet *s, struct copl_strbuf *out)
{
	struct sheet p = {
	    .s = s, .d = s->desk, .out = out, .arena = copl_arena_new()};
	struct copl_report_page page = {.style = style};
	size_t i;

	if (p.arena == NULL)
		return COPL_E_NOMEM;
	p.lang = s->lang;
	page.lang = p.lang;
	page.title = _("Approval of a translation");
	copl_report_page_begin(out, &page);
	put_head(&p);
	for (i = 0; i < p.d->w->nmasters; i++)
		if (has_ready(&p, &p.d->w->masters[i]))
			put_master(&p, &p.d->w->masters[i]);
	put_unready(&p);
	put_signature(&p);
	copl_report_page_end(out);
	copl_arena_free(p.arena);
	return p.st == COPL_OK ? out->st : p.st;
}
