/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The first page of a pack: what to do with it. */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "locale/locale.h"
#include "page/report_page.h"
#include "work/pack_priv.h"

static void put(struct copl_strbuf *out, const char *tag, const char *text)
{
	copl_report_page_element(out, tag, text);
}

/* A sentence around a value, "%s" in the text. */
static void put_with(struct copl_strbuf *out, const char *tag,
    const char *before, const char *value)
{
	const char *at = strstr(before, "%s");
	struct copl_strbuf b = COPL_STRBUF_INIT(100000);

	if (at == NULL)
		at = before + strlen(before);
	copl_strbuf_add(&b, before, (size_t)(at - before));
	copl_strbuf_printf(out, "<%s>", tag);
	copl_report_page_text(out, copl_strbuf_text(&b));
	copl_strbuf_puts(out, "<strong><bdi>");
	copl_report_page_text(out, value);
	copl_strbuf_puts(out, "</bdi></strong>");
	copl_report_page_text(out, *at == '\0' ? "" : at + 2);
	copl_strbuf_printf(out, "</%.*s>\n", (int)strcspn(tag, " "), tag);
	if (b.st != COPL_OK)
		out->st = b.st;
	copl_strbuf_clear(&b);
}

static void put_deadline(struct pack *p, struct copl_strbuf *out)
{
	struct copl_strbuf date = COPL_STRBUF_INIT(200);
	struct copl_instant due = {p->lang->due, 0};
	enum copl_status st;

	if (p->lang->due < 0)
		return;
	st = copl_locale_date(p->spoken, due, NULL, COPL_DAY, &date);
	if (st == COPL_E_NOMEM)
		out->st = st;
	if (st == COPL_OK)
		put_with(out, "p class=\"due\"",
		    _("Please send it back by %s."), copl_strbuf_text(&date));
	copl_strbuf_clear(&date);
}

static void put_steps(struct pack *p, struct copl_strbuf *out)
{
	bool preview = p->nforms > 0 && p->forms[0].preview != NULL;

	put(out, "h2", _("What to do"));
	copl_strbuf_puts(out, "<ol>\n");
	put(out, "li",
	    _("Copy everything out of this zip into a folder of your own."));
	put(out, "li",
	    _("Open the files for your tool.  The table below says which "
	      "ones: you need only one kind."));
	put(out, "li",
	    _("Translate what is empty.  Look again at what is marked as "
	      "unclear (\"fuzzy\"): its source has changed."));
	if (preview)
		put(out, "li",
		    _("Look at the previews: they show each text where young "
		      "people will see it."));
	if (p->o->contact != NULL)
		put_with(out, "li",
		    _("Send the files that you changed, or all of them in one "
		      "zip, to %s."),
		    p->o->contact);
	else
		put(out, "li",
		    _("Send the files that you changed, or all of them in one "
		      "zip, to whoever sent you this one."));
	put(out, "li",
	    _("You get a page back that says what was taken, and what to look "
	      "at again."));
	copl_strbuf_puts(out, "</ol>\n");
}

static void put_style_rules(struct pack *p, struct copl_strbuf *out)
{
	put(out, "h2", _("How to write"));
	copl_strbuf_puts(out, "<ul>\n");
	if (p->lang->address == COPL_ADDRESS_INFORMAL)
		put(out, "li",
		    _("Speak to young people the way one speaks to somebody "
		      "of one's own age: informally, in all texts."));
	if (p->lang->address == COPL_ADDRESS_FORMAL)
		put(out, "li",
		    _("Speak to young people politely, with the formal form "
		      "of address, in all texts."));
	put(out, "li",
	    _("Use plain and kind words that a child of twelve understands, "
	      "and words that fit any gender."));
	put(out, "li",
	    _("What stands in braces, such as {office}, stays as it is.  Move "
	      "it to where your language needs it."));
	put(out, "li",
	    _("Tags such as <strong> stay, around the words that they belong "
	      "to."));
	put(out, "li",
	    _("Some texts have a limit of characters.  The note beside the "
	      "text says it."));
	put(out, "li",
	    _("Do not save a .po file with a word processor: it changes "
	      "quotation marks and letters."));
	copl_strbuf_puts(out, "</ul>\n");
}

static void put_link(struct copl_strbuf *out, const char *name)
{
	copl_strbuf_puts(out, "<a dir=\"ltr\" href=\"");
	copl_report_page_text(out, name);
	copl_strbuf_puts(out, "\">");
	copl_report_page_text(out, copl_path_name(name));
	copl_strbuf_puts(out, "</a>");
}

static void put_head(struct copl_strbuf *out, const char *text, bool number)
{
	copl_strbuf_printf(
	    out, "<th scope=\"col\"%s>", number ? " class=\"number\"" : "");
	copl_report_page_text(out, text);
	copl_strbuf_puts(out, "</th>");
}

static void put_form(
    struct pack *p, const struct pack_form *f, struct copl_strbuf *out)
{
	copl_strbuf_puts(out, "<tr><td>");
	copl_title_put(out, "span", NULL, &f->title, p->spoken);
	copl_strbuf_printf(out,
	    "</td><td class=\"number\">%zu</td><td class=\"number\">%zu"
	    "</td><td>",
	    f->texts, f->open);
	put_link(out, f->po);
	copl_strbuf_puts(out, "<br>");
	put_link(out, f->xliff);
	if (f->preview != NULL) {
		copl_strbuf_puts(out, "<br>");
		put_link(out, f->preview);
	}
	copl_strbuf_puts(out, "</td></tr>\n");
}

static void put_forms(struct pack *p, struct copl_strbuf *out)
{
	size_t i;

	put(out, "h2", _("What is in this pack"));
	copl_strbuf_puts(out, "<table>\n<thead><tr>");
	put_head(out, _("Form"), false);
	put_head(out, _("Texts"), true);
	put_head(out, _("Still to do"), true);
	put_head(out, _("Files"), false);
	copl_strbuf_puts(out, "</tr></thead>\n<tbody>\n");
	for (i = 0; i < p->nforms; i++)
		put_form(p, &p->forms[i], out);
	copl_strbuf_puts(out, "</tbody>\n</table>\n");
}

static void put_tool(
    struct copl_strbuf *out, const char *tool, const char *file)
{
	copl_strbuf_puts(out, "<tr><td>");
	copl_report_page_text(out, tool);
	copl_strbuf_puts(out, "</td><td><bdi>");
	copl_report_page_text(out, file);
	copl_strbuf_puts(out, "</bdi></td></tr>\n");
}

static void put_tools(struct copl_strbuf *out, bool glossary)
{
	put(out, "h2", _("Which file for which tool"));
	copl_strbuf_puts(out, "<table>\n<thead><tr>");
	put_head(out, _("Tool"), false);
	put_head(out, _("File"), false);
	copl_strbuf_puts(out, "</tr></thead>\n<tbody>\n");
	put_tool(out, "Poedit, Weblate, Lokalize", ".po");
	put_tool(out, "Trados, memoQ, OmegaT", ".xlf");
	put_tool(out, _("A spreadsheet, for whoever only reads and corrects"),
	    "review.csv");
	copl_strbuf_puts(out, "</tbody>\n</table>\n<p>");
	if (glossary) {
		copl_report_page_text(
		    out, _("How terms are to be translated:"));
		copl_strbuf_puts(out, " ");
		put_link(out, "glossary.html");
	}
	copl_strbuf_puts(out, "</p>\n");
}

static void put_contact(struct pack *p, struct copl_strbuf *out)
{
	put(out, "h2", _("Do you have a question?"));
	if (p->o->contact == NULL) {
		put(out, "p",
		    _("Ask whoever sent you this pack.  A question is always "
		      "better than a guess."));
		return;
	}
	put_with(out, "p",
	    _("Write to %s.  A question is always better than a guess."),
	    p->o->contact);
}

void pack_put_start(struct pack *p, bool glossary, struct copl_strbuf *out)
{
	struct copl_strbuf name = COPL_STRBUF_INIT(200);
	const struct copl_title title = copl_title_in(p->w, p->index);
	struct copl_report_page page = {.title = title.text,
	    .lang = p->spoken,
	    .style = "main{max-width:48rem}.due{font-size:1.15rem;border-"
		     "inline-start:.3rem solid var(--link);padding-inline-"
		     "start:.8rem}li{margin:.3rem 0}@media(min-width:26rem){th{"
		     "overflow-wrap:normal}td a{white-space:nowrap}}"};
	enum copl_status st = copl_locale_autonym(p->lang->tag, &name);

	copl_report_page_begin(out, &page);
	copl_title_put(out, "h1", NULL, &title, p->spoken);
	if (st == COPL_E_NOMEM)
		out->st = st;
	if (st == COPL_OK)
		copl_report_page_foreign(
		    out, "p", "soft", p->lang->tag, copl_strbuf_text(&name));
	put(out, "p",
	    _("Thank you for translating.  Young people will read your words, "
	      "and a good translation lets them tell what they really think."));
	put_deadline(p, out);
	put_steps(p, out);
	put_style_rules(p, out);
	put_forms(p, out);
	put_tools(out, glossary);
	put_contact(p, out);
	copl_strbuf_printf(
	    out, "<p class=\"soft\"><code>%s</code></p>\n", p->id);
	copl_report_page_end(out);
	copl_strbuf_clear(&name);
}
