/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "locale/locale.h"
#include "page/report_page.h"

static const char style[] =
    ":root{color-scheme:light dark;--page:#fff;--ink:#1b1b1f;--soft:#5b5f66;"
    "--line:#cfd3da;--tint:#f3f5f8;--link:#0b57a4;--good:#1d6b2f;--bad:#a3161e;"
    "--warn:#7a4b00;--mark:#6a4fc4;--add:#d9f2dc;--del:#fbdcdc}"
    "@media(prefers-color-scheme:dark){:root{--page:#16181c;--ink:#e8e8ec;"
    "--soft:#a9aeb8;--line:#3c424d;--tint:#20242b;--link:#8ec2ff;"
    "--good:#85d996;--bad:#ff9d9d;--warn:#ffc56b;--mark:#b9a6ff;--add:#1d4a26;-"
    "-del:#5a2326}}"
    "*{box-sizing:border-box}"
    "html{font:1rem/1.55 system-ui,\"Noto Sans\",\"Noto Sans Arabic\","
    "\"Noto Sans CJK SC\",sans-serif;background:var(--page);color:var(--ink)}"
    "body{margin:0}main{max-width:72rem;margin:0 auto;padding:1rem}"
    "h1{font-size:1.5rem;line-height:1.25}h2{font-size:1.2rem}"
    "h1,h2,h3,p,td,th,li,dd{overflow-wrap:anywhere}"
    "a{color:var(--link)}.soft{color:var(--soft)}"
    "table{border-collapse:collapse;width:100%}"
    "th,td{border-bottom:1px solid var(--line);padding:.4rem .5rem;"
    "text-align:start;vertical-align:top}"
    "th{color:var(--soft);font-weight:600}"
    "@media(min-width:40rem){th{overflow-wrap:break-word}}"
    "td.number,th.number{text-align:end;font-variant-numeric:tabular-nums}"
    ".error{color:var(--bad)}.warning{color:var(--warn)}.good{color:var(--good)"
    "}"
    "ins{background:var(--add);text-decoration:none}"
    "del{background:var(--del)}"
    "code{font-family:ui-monospace,monospace;font-size:.9em}"
    "@media print{:root{--page:#fff;--ink:#000}main{max-width:none;padding:0}"
    "a{color:inherit}}";

/* Nothing is asked for, whatever stands in a text. */
static const char quiet[] =
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
    "'none'; style-src 'unsafe-inline'; img-src data:\">\n"
    "<meta name=\"referrer\" content=\"no-referrer\">\n"
    "<link rel=\"icon\" href=\"data:,\">\n";

void copl_report_page_text(struct copl_strbuf *out, const char *s)
{
	copl_xml_put_attr(out, s);
}

void copl_report_page_element(
    struct copl_strbuf *out, const char *tag, const char *text)
{
	copl_strbuf_printf(out, "<%s>", tag);
	copl_report_page_text(out, text);
	copl_strbuf_printf(out, "</%.*s>\n", (int)strcspn(tag, " "), tag);
}

void copl_report_page_begin(
    struct copl_strbuf *out, const struct copl_report_page *page)
{
	copl_strbuf_printf(out,
	    "<!DOCTYPE html>\n<html lang=\"%s\" dir=\"%s\">\n<head>\n"
	    "<meta charset=\"utf-8\">\n"
	    "<meta name=\"viewport\" content=\"width=device-width, "
	    "initial-scale=1\">\n<title>",
	    page->lang, copl_locale_dir(page->lang));
	copl_report_page_text(out, page->title);
	copl_strbuf_puts(out, "</title>\n<style>");
	copl_strbuf_puts(out, style);
	if (page->style != NULL)
		copl_strbuf_puts(out, page->style);
	copl_strbuf_puts(out, "</style>\n");
	copl_strbuf_puts(out, page->head == NULL ? quiet : page->head);
	copl_strbuf_puts(out, "</head>\n<body>\n<main>\n");
}

void copl_report_page_end(struct copl_strbuf *out)
{
	copl_strbuf_puts(out, "</main>\n</body>\n</html>\n");
}

void copl_report_page_foreign(struct copl_strbuf *out, const char *tag,
    const char *class, const char *lang, const char *text)
{
	copl_strbuf_printf(out, "<%s", tag);
	if (class != NULL)
		copl_strbuf_printf(out, " class=\"%s\"", class);
	copl_strbuf_printf(
	    out, " lang=\"%s\" dir=\"%s\">", lang, copl_locale_dir(lang));
	copl_report_page_text(out, text);
	copl_strbuf_printf(out, "</%s>", tag);
}

enum copl_status copl_report_page_speak(
    const struct copl_language *language, const char **lang)
{
	enum copl_status st = copl_speak(language->catalog);

	*lang = st == COPL_OK ? language->tag : "en";
	return st == COPL_E_NOTFOUND ? COPL_OK : st;
}

const char *copl_report_page_spoken(
    struct copl_arena *a, const struct copl_project *project)
{
	char name[COPL_SPOKEN_SIZE];
	size_t i;

	copl_spoken(name);
	for (i = 0; i < project->nlanguages; i++)
		if (strcmp(project->languages[i].catalog, name) == 0)
			return project->languages[i].tag;
	for (i = 0; name[i] != '\0'; i++)
		if (name[i] == '_')
			name[i] = '-';
	return copl_arena_strdup(a, name);
}
