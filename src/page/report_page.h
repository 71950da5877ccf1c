/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_REPORT_PAGE_H
#define COPL_REPORT_PAGE_H

#include "base/base.h"
#include "project/project.h"

/*
 * Pages that our tools write for translators and the secretariat: preview,
 * dashboard, findings, sign-off sheet, START.html.  One frame and one style
 * for all of them; each page is a single file that asks for nothing else.
 */
struct copl_report_page {
	const char *title; /* plain text */
	const char *lang; /* BCP 47 tag of the page's own words */
	const char *style; /* CSS behind the common one; NULL: none */
	/* HTML at the end of <head>; NULL: a policy that forbids requests */
	const char *head;
};
/* Everything up to and with <main>. */
void copl_report_page_begin(
    struct copl_strbuf *out, const struct copl_report_page *page);
void copl_report_page_end(struct copl_strbuf *out);
/* Text for HTML, in content or between double quotes. */
void copl_report_page_text(struct copl_strbuf *out, const char *s);
/* An element and its text; tag may have attributes: "p class=\"soft\"". */
void copl_report_page_element(
    struct copl_strbuf *out, const char *tag, const char *text);
/*
 * Text of a translator's or master's language inside a page of another:
 * <TAG class="..." lang="..." dir="...">text</TAG>; class NULL: none.
 */
void copl_report_page_foreign(struct copl_strbuf *out, const char *tag,
    const char *class, const char *lang, const char *text);
/*
 * From here on this thread's texts come in a translator's language, as with
 * copl_speak().  *lang is the language of a page's own words then: a
 * translator's language that the program does not speak gets a page in
 * English, which is no page from right to left.  COPL_E_NOMEM, or COPL_OK.
 */
enum copl_status copl_report_page_speak(
    const struct copl_language *language, const char **lang) COPL_MUST_CHECK;
/*
 * The tag of the language that this thread's texts come in: the project's own
 * for it where it has the language.  NULL: no memory.
 */
const char *copl_report_page_spoken(
    struct copl_arena *a, const struct copl_project *project) COPL_MUST_CHECK;

#endif
