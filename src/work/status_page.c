/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How far all languages are, for everybody to see. */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "locale/locale.h"
#include "page/report_page.h"
#include "work/context.h"
#include "work/status.h"

/* clang-format off */
static const char style[] =
".bar{display:flex;block-size:1rem;min-inline-size:6rem;border:1px solid "
"var(--soft);border-radius:.25rem;overflow:hidden;background:var(--page)}"
".bar>span{display:block}"
".approved>i,.bar .approved{background:#1d6b2f}"
".reviewed>i,.bar .reviewed{background:repeating-linear-gradient(45deg,"
"#2f8f48 0 4px,#8ed19f 4px 6px)}"
".translated>i,.bar .translated{background:#6aa5e0}"
".fuzzy>i,.bar .fuzzy{background:repeating-linear-gradient(-45deg,"
"#e0a92e 0 4px,#7a4b00 4px 6px)}"
".legend{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;padding:0;"
"list-style:none}"
".legend i{display:inline-block;inline-size:1.5rem;block-size:.8rem;"
"border:1px solid var(--soft);margin-inline-end:.4rem;"
"vertical-align:-.05rem}"
".wide{overflow-x:auto}"
".wide:focus-visible{outline:3px solid var(--link)}"
"caption{text-align:start;font-weight:600;padding-block:.5rem}"
"tbody th{color:var(--ink)}"
"@media(max-width:48rem){.wide thead{position:absolute;inline-size:1px;"
"block-size:1px;overflow:hidden;clip-path:inset(50%)}"
".wide table,.wide caption,.wide tbody,.wide tr,.wide th,.wide td{"
"display:block}"
".wide tr{border-block-end:2px solid var(--line);padding-block:.5rem}"
".wide th,.wide td,.wide td.number{border:0;padding:.1rem 0;"
"text-align:start}"
".wide td[data-label]::before{content:attr(data-label) ': ';"
"color:var(--soft)}}"
"@media(forced-colors:active),print{.bar>span,.legend i{"
"print-color-adjust:exact;forced-color-adjust:none}}";
/* clang-format on */

/* ---- the bar ---- */

static void put_part(
    struct copl_strbuf *out, const char *class, size_t part, size_t whole)
{
	if (part > 0)
		copl_strbuf_printf(out,
		    "<span class=\"%s\" style=\"flex:0 0 %.2f%%\"></span>",
		    class, (double)part * 100 / (double)whole);
}

/* Who cannot see it is told the same in words. */
static void put_bar(struct copl_strbuf *out, const struct status_row *row)
{
	const struct status_count *n = &row->n;

	if (row->own) {
		copl_report_page_element(out, "span", _("the source"));
		return;
	}
	copl_strbuf_puts(out, "<div class=\"bar\" role=\"img\" aria-label=\"");
	copl_strbuf_printf(out,
	    _("approved %zu, reviewed %zu, translated %zu, fuzzy %zu, missing "
	      "%zu"),
	    n->approved, n->reviewed, n->translated, n->fuzzy, n->missing);
	copl_strbuf_puts(out, "\">");
	put_part(out, "approved", n->approved, n->texts);
	put_part(out, "reviewed", n->reviewed - n->approved, n->texts);
	put_part(out, "translated", n->translated - n->reviewed, n->texts);
	put_part(out, "fuzzy", n->fuzzy, n->texts);
	copl_strbuf_puts(out, "</div>");
}

static void put_legend(struct copl_strbuf *out)
{
	static const char *const classes[] = {
	    "approved", "reviewed", "translated", "fuzzy", "missing"};
	const char *const words[] = {_("approved"), _("reviewed"),
	    _("translated, nobody has reviewed it"),
	    _("fuzzy: the source has changed"), _("missing")};
	size_t i;

	copl_strbuf_puts(out, "<ul class=\"legend\">\n");
	for (i = 0; i < COPL_COUNT(classes); i++) {
		copl_strbuf_printf(out, "<li class=\"%s\"><i></i>", classes[i]);
		copl_report_page_text(out, words[i]);
		copl_strbuf_puts(out, "</li>\n");
	}
	copl_strbuf_puts(out, "</ul>\n");
}

/* ---- a row ---- */

static void put_number(struct copl_strbuf *out, const char *label, size_t n,
    const struct status_row *row, bool bad)
{
	copl_strbuf_puts(out, "<td class=\"number\" data-label=\"");
	copl_report_page_text(out, label);
	copl_strbuf_puts(out, "\">");
	if (row->own && !bad)
		copl_strbuf_puts(out, "–");
	else if (bad && n > 0)
		copl_strbuf_printf(
		    out, "<strong class=\"error\">%zu</strong>", n);
	else
		copl_strbuf_printf(out, "%zu", n);
	copl_strbuf_puts(out, "</td>\n");
}

static void put_due(struct copl_strbuf *out, const struct status_row *row)
{
	bool late = row->has_due && row->days < 0 && !row->own &&
		    row->n.translated < row->n.texts;

	copl_strbuf_puts(out, "<td data-label=\"");
	copl_report_page_text(out, _("deadline"));
	copl_strbuf_puts(out, late ? "\" class=\"error\">" : "\">");
	if (!row->has_due)
		copl_strbuf_puts(out, "–");
	else if (row->days == 0)
		copl_report_page_text(out, _("today"));
	else if (row->days > 0)
		copl_strbuf_printf(out,
		    P_("in %ld day", "in %ld days", (unsigned long)row->days),
		    row->days);
	else
		copl_strbuf_printf(out,
		    P_("%ld day ago", "%ld days ago",
			(unsigned long)-row->days),
		    -row->days);
	copl_strbuf_puts(out, "</td>\n");
}

/* The folder of a path with its slash; its length. */
static size_t folder_length(const char *path)
{
	return (size_t)(copl_path_name(path) - path);
}

/* A preview that stands beside the page, or in "preview" there. */
static void put_language(struct copl_strbuf *out, const struct status_row *row,
    const struct copl_status_options *o)
{
	static const char *const folders[] = {"preview/", ""};
	struct copl_strbuf path = COPL_STRBUF_INIT(8192);
	const char *tag = row->mc->language->tag;
	const char *found = NULL;
	size_t i, skip = folder_length(o->html);

	for (i = 0; row->m != NULL && i < COPL_COUNT(folders); i++) {
		copl_strbuf_reset(&path);
		copl_strbuf_add(&path, o->html, skip);
		copl_strbuf_printf(
		    &path, "%s%s.%s.html", folders[i], row->m->id, tag);
		if (path.st == COPL_OK && copl_path_exists(path.s)) {
			found = path.s + skip;
			break;
		}
	}
	copl_strbuf_puts(out, "<th scope=\"row\">");
	copl_report_page_foreign(out, "span", NULL, tag, row->name);
	copl_strbuf_printf(out, " <bdi class=\"soft\">%s</bdi>", tag);
	if (found != NULL) {
		copl_strbuf_puts(out, "<br><a href=\"");
		copl_report_page_text(out, found);
		copl_strbuf_puts(out, "\">");
		copl_report_page_text(out, _("preview"));
		copl_strbuf_puts(out, "</a>");
	}
	copl_strbuf_puts(out, "</th>\n");
	if (path.st != COPL_OK)
		out->st = path.st;
	copl_strbuf_clear(&path);
}

static void put_row(struct copl_strbuf *out, const struct status_row *row,
    const struct copl_status_options *o)
{
	const struct status_count *n = &row->n;

	copl_strbuf_puts(out, "<tr>\n");
	put_language(out, row, o);
	copl_strbuf_puts(out, "<td>");
	put_bar(out, row);
	copl_strbuf_puts(out, "</td>\n");
	put_number(
	    out, "%", status_percent(n->translated, n->texts), row, false);
	put_number(out, _("translated"), n->translated, row, false);
	put_number(out, _("fuzzy"), n->fuzzy, row, false);
	put_number(out, _("missing"), n->missing, row, false);
	put_number(out, _("with errors"), n->invalid, row, true);
	put_number(out, _("reviewed"), n->reviewed, row, false);
	put_number(out, _("approved"), n->approved, row, false);
	put_number(out, _("words to translate"), n->words_todo, row, false);
	put_due(out, row);
	copl_strbuf_puts(out, "</tr>\n");
}

static void put_table(struct copl_strbuf *out, const struct status_row *rows,
    size_t n, const char *caption, const struct copl_status_options *o)
{
	const char *const heads[] = {_("language"), _("progress"), "%",
	    _("translated"), _("fuzzy"), _("missing"), _("with errors"),
	    _("reviewed"), _("approved"), _("words to translate"),
	    _("deadline")};
	size_t i;

	copl_strbuf_puts(out, "<div class=\"wide\" tabindex=\"0\" "
			      "role=\"region\" aria-label=\"");
	copl_report_page_text(out, caption);
	copl_strbuf_puts(out, "\">\n<table>\n");
	copl_strbuf_puts(out, "<caption>");
	copl_strbuf_printf(
	    out, _("texts %zu, words %zu"), rows->n.texts, rows->n.words);
	copl_strbuf_puts(out, "</caption>\n<thead>\n<tr>\n");
	for (i = 0; i < COPL_COUNT(heads); i++) {
		copl_strbuf_printf(out, "<th scope=\"col\"%s>",
		    i >= 2 && i < COPL_COUNT(heads) - 1 ? " class=\"number\""
							: "");
		copl_report_page_text(out, heads[i]);
		copl_strbuf_puts(out, "</th>\n");
	}
	copl_strbuf_puts(out, "</tr>\n</thead>\n<tbody>\n");
	for (i = 0; i < n; i++)
		put_row(out, &rows[i], o);
	copl_strbuf_puts(out, "</tbody>\n</table>\n</div>\n");
}

/* ---- the page ---- */

static void put_form(struct copl_strbuf *out, const struct status *s,
    const struct status_row *rows, const struct copl_status_options *o)
{
	const struct copl_master *m = rows->m;

	copl_strbuf_puts(out, "<section>\n<h2>");
	if (m->kind == COPL_MASTER_INTERFACE)
		copl_report_page_text(out, _("The pages around the forms"));
	else if (m->kind == COPL_MASTER_PROJECT)
		copl_report_page_text(out, _("The project file"));
	copl_strbuf_puts(out, m->kind == COPL_MASTER_FORM ? "" : " ");
	copl_strbuf_puts(out, "<bdi><code>");
	copl_report_page_text(out, m->id);
	copl_strbuf_puts(out, "</code></bdi></h2>\n");
	put_table(out, rows, s->ntotals, m->id, o);
	copl_strbuf_puts(out, "</section>\n");
}

static void put_when(struct copl_strbuf *out, int64_t now)
{
	char text[COPL_INSTANT_SIZE];

	copl_instant_format(now, text);
	copl_strbuf_puts(out, "<p class=\"soft\"><time>");
	copl_strbuf_add(out, text, strlen("2027-01-11"));
	copl_strbuf_puts(out, "</time></p>\n");
}

/* The title as the page's readers know it. */
static struct copl_title title_in(const struct status *s, const char *lang)
{
	const struct copl_project *p = s->project;
	const struct copl_language *l = copl_project_language(p, lang);

	return l == NULL ? (struct copl_title){p->title, p->lang}
			 : copl_title_in(s->w, (size_t)(l - p->languages));
}

static void put_page(const struct status *s,
    const struct copl_status_options *o, const char *lang,
    struct copl_strbuf *out)
{
	const struct copl_title title = title_in(s, lang);
	const struct copl_report_page page = {
	    .title = title.text, .lang = lang, .style = style};
	size_t i;

	copl_report_page_begin(out, &page);
	copl_title_put(out, "h1", NULL, &title, lang);
	put_when(out, o->now);
	put_legend(out);
	if (s->n > 0) {
		copl_report_page_element(out, "h2", _("All texts"));
		put_table(out, s->totals, s->ntotals, _("All texts"), o);
	}
	for (i = 0; i < s->nforms; i++)
		put_form(out, s, &s->rows[i * s->ntotals], o);
	copl_report_page_end(out);
}

/* A tag of the project is as good as the name of its catalog. */
static const char *catalog_of(const struct status *s, const char *name)
{
	const struct copl_language *l = copl_project_language(s->project, name);

	return l == NULL ? name : l->catalog;
}

enum copl_status status_page(const struct status *s,
    const struct copl_status_options *o, struct copl_strbuf *out)
{
	struct copl_arena *arena = copl_arena_new();
	enum copl_status st = arena == NULL ? COPL_E_NOMEM : COPL_OK;
	const char *lang;

	if (st == COPL_OK && o->page_language != NULL)
		st = copl_speak(catalog_of(s, o->page_language));
	if (st != COPL_E_NOMEM) {
		lang = copl_report_page_spoken(arena, s->project);
		if (lang != NULL)
			put_page(s, o, lang, out);
		st = lang == NULL ? COPL_E_NOMEM : out->st;
	}
	copl_arena_free(arena);
	if (o->page_language != NULL && copl_speak(NULL) == COPL_E_NOMEM)
		return COPL_E_NOMEM;
	return st;
}
