/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The page of steps in a recipient's zip, once in each of its languages. */
#include "config.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "build/handout.h"
#include "locale/locale.h"
#include "page/report_page.h"

static const char style[] =
    "main{max-width:46rem}nav{display:flex;flex-wrap:wrap;gap:.4rem 1.2rem}"
    "nav a{padding:.6rem 0}section{border-top:1px solid var(--line);margin-top:"
    "1.5rem;padding-top:.5rem}li{margin:.5rem 0}dl{display:grid;grid-template-"
    "columns:auto 1fr;gap:.2rem 1rem}dt{color:var(--soft)}dd{margin:0}"
    ".draft{border-inline-start:.3rem solid var(--bad);padding-inline-start:"
    ".8rem}code,a{white-space:nowrap}";

static void put(struct copl_strbuf *out, const char *tag, const char *text)
{
	copl_report_page_element(out, tag, text);
}

/* Is anything of the set in this language? */
static bool holds(const struct copl_manifest *m, const char *tag)
{
	size_t i;

	for (i = 0; i < m->nfiles; i++)
		if (m->files[i].lang != NULL &&
		    strcmp(m->files[i].lang, tag) == 0)
			return true;
	return false;
}

/* ---- one language ---- */

static void put_fact(
    struct copl_strbuf *out, const char *name, const char *value)
{
	put(out, "dt", name);
	copl_strbuf_puts(out, "<dd><bdi>");
	copl_report_page_text(out, value);
	copl_strbuf_puts(out, "</bdi></dd>\n");
}

static enum copl_status put_facts(
    const struct copl_handout *h, const char *lang, struct copl_strbuf *out)
{
	struct copl_strbuf date = COPL_STRBUF_INIT(400);
	const struct copl_instant expires = {h->manifest->expires, 0};
	enum copl_status st =
	    copl_locale_date(lang, expires, NULL, COPL_DAY, &date);
	char version[24];

	snprintf(version, sizeof(version), "%" PRIu64, h->manifest->version);
	copl_strbuf_puts(out, "<dl>\n");
	put_fact(out, _("For"), h->to->name);
	put_fact(out, _("Release"), version);
	if (st == COPL_OK)
		put_fact(out, _("Good until"), copl_strbuf_text(&date));
	copl_strbuf_puts(out, "</dl>\n");
	copl_strbuf_clear(&date);
	return st == COPL_E_NOMEM ? st : COPL_OK;
}

/* Names in a sentence that are to be opened or typed, whatever its language. */
static const struct {
	const char *name;
	const char *before;
	const char *after;
} names[] = {
    {"forms/index.html", "<a dir=\"ltr\" href=\"forms/index.html\">", "</a>"},
    {"sh verify.sh", "<code dir=\"ltr\">", "</code>"},
    {"verify.cmd", "<code dir=\"ltr\">", "</code>"},
};

static void put_named(struct copl_strbuf *out, const char *text)
{
	const char *from = text, *at = text;
	size_t i;

	while (*at != '\0') {
		for (i = 0; i < COPL_COUNT(names); i++)
			if (strncmp(at, names[i].name, strlen(names[i].name)) ==
			    0)
				break;
		if (i == COPL_COUNT(names)) {
			at++;
			continue;
		}
		copl_xml_put_text(out, from, (size_t)(at - from));
		copl_strbuf_puts(out, names[i].before);
		copl_strbuf_puts(out, names[i].name);
		copl_strbuf_puts(out, names[i].after);
		at += strlen(names[i].name);
		from = at;
	}
	copl_xml_put_text(out, from, (size_t)(at - from));
}

static void put_answer(
    struct copl_strbuf *out, const char *answer, const char *meaning)
{
	copl_strbuf_printf(out,
	    "<tr><td><code dir=\"ltr\" lang=\"en\">%s</code></td><td>", answer);
	put_named(out, meaning);
	copl_strbuf_puts(out, "</td></tr>\n");
}

static void put_answers(struct copl_strbuf *out)
{
	copl_strbuf_puts(out, "<table>\n<thead><tr><th scope=\"col\">");
	copl_report_page_text(out, _("The last lines say"));
	copl_strbuf_puts(out, "</th><th scope=\"col\">");
	copl_report_page_text(out, _("It means"));
	copl_strbuf_puts(out, "</th></tr></thead>\n<tbody>\n");
	put_answer(
	    out, "GOOD", _("All files are the ones that were signed.  Go on."));
	put_answer(out, "FILES ONLY",
	    _("No file is damaged, but it was not checked who made them.  Get "
	      "the free program minisign, put it beside verify.cmd, and check "
	      "again."));
	put_answer(out, "BAD",
	    _("Something was changed, is missing, is too much or too old.  Do "
	      "not use these forms, and tell whoever sent them."));
	put_answer(out, "NOT CHECKED",
	    _("The check could not begin.  The line above says why."));
	copl_strbuf_puts(out, "</tbody>\n</table>\n");
}

static void put_step(struct copl_strbuf *out, const char *text)
{
	copl_strbuf_puts(out, "<li>");
	put_named(out, text);
	copl_strbuf_puts(out, "</li>\n");
}

static void put_steps(struct copl_strbuf *out)
{
	copl_strbuf_puts(out, "<ol>\n");
	put_step(out,
	    _("Copy everything out of this zip into a folder of your own."));
	put_step(out,
	    _("Check the forms: on Windows open verify.cmd; on Linux and macOS "
	      "run: sh verify.sh"));
	put_step(out,
	    _("The check shows the fingerprint of a key.  The first time, and "
	      "whenever it is another one, telephone the sender at a number "
	      "that you know already, and ask whether it is theirs.  Do not "
	      "take the number or the fingerprint from this zip or from an "
	      "e-mail."));
	put_step(out,
	    _("Open forms/index.html in a browser.  It leads to every form, "
	      "and needs no network."));
	put_step(out,
	    _("To put the forms on a web server, copy everything that is in "
	      "the folder \"forms\" to it.  The server needs no program for "
	      "them."));
	put_step(out,
	    _("When a newer zip comes, check it first.  Then replace the whole "
	      "folder, so that no old page stays."));
	copl_strbuf_puts(out, "</ol>\n");
}

/* In the language that this thread speaks now. */
static enum copl_status put_section(
    const struct copl_handout *h, const char *lang, struct copl_strbuf *out)
{
	enum copl_status st;

	copl_strbuf_printf(out, "<section id=\"%s\" lang=\"%s\" dir=\"%s\">\n",
	    lang, lang, copl_locale_dir(lang));
	put(out, "h2", _("What to do with these forms"));
	if (h->manifest->draft)
		put(out, "p class=\"draft\"",
		    _("This is a draft for testing.  Do not give these forms "
		      "to young people."));
	st = put_facts(h, lang, out);
	put_steps(out);
	put_answers(out);
	copl_strbuf_puts(out, "</section>\n");
	return st;
}

/* ---- all languages ---- */

static void put_choice(const char *lang, struct copl_strbuf *out)
{
	struct copl_strbuf name = COPL_STRBUF_INIT(400);
	enum copl_status st = copl_locale_autonym(lang, &name);

	if (st == COPL_E_NOMEM)
		out->st = st;
	if (st != COPL_OK)
		copl_strbuf_puts(&name, lang);
	copl_strbuf_printf(out, "<a href=\"#%s\" lang=\"%s\" dir=\"%s\">", lang,
	    lang, copl_locale_dir(lang));
	copl_report_page_text(out, copl_strbuf_text(&name));
	copl_strbuf_puts(out, "</a>\n");
	copl_strbuf_clear(&name);
}

/*
 * The recipient's languages that this program speaks, one section each;
 * *first is the first of them.  None: English.
 */
static enum copl_status put_sections(const struct copl_handout *h,
    const char **first, struct copl_strbuf *choice, struct copl_strbuf *out)
{
	enum copl_status st = COPL_OK;
	size_t n = 0, i;

	for (i = 0; i < h->to->nlanguages && st == COPL_OK; i++) {
		const struct copl_language *l = h->to->languages[i];

		if (!holds(h->manifest, l->tag))
			continue;
		st = copl_speak(l->catalog);
		if (st == COPL_E_NOTFOUND) {
			st = COPL_OK;
			continue;
		}
		if (st == COPL_OK)
			st = put_section(h, l->tag, out);
		put_choice(l->tag, choice);
		if (n++ == 0)
			*first = l->tag;
	}
	if (st == COPL_OK && n == 0) {
		*first = "en";
		st = copl_speak("en");
		if (st == COPL_OK)
			st = put_section(h, "en", out);
	}
	if (n < 2)
		copl_strbuf_reset(choice);
	return st;
}

enum copl_status copl_handout_start(
    const struct copl_handout *h, struct copl_strbuf *out)
{
	struct copl_strbuf choice = COPL_STRBUF_INIT(COPL_RELEASE_FILE_MAX);
	struct copl_strbuf body = COPL_STRBUF_INIT(COPL_RELEASE_FILE_MAX);
	struct copl_report_page page = {
	    .title = h->project->title, .style = style};
	enum copl_status st = put_sections(h, &page.lang, &choice, &body);

	if (copl_speak(NULL) != COPL_OK && st == COPL_OK)
		st = COPL_E_NOMEM;
	if (st != COPL_OK)
		goto out;
	copl_report_page_begin(out, &page);
	copl_report_page_foreign(
	    out, "h1", NULL, h->project->lang, h->project->title);
	if (choice.len > 0)
		copl_strbuf_printf(
		    out, "<nav>\n%s</nav>\n", copl_strbuf_text(&choice));
	copl_strbuf_add(out, copl_strbuf_text(&body), body.len);
	copl_report_page_end(out);
	st = body.st != COPL_OK ? body.st : choice.st;
	if (st == COPL_OK)
		st = out->st;
out:
	copl_strbuf_clear(&choice);
	copl_strbuf_clear(&body);
	return st;
}
