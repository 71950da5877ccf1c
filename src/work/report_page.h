/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_WORK_REPORT_PAGE_H
#define COPL_WORK_REPORT_PAGE_H

#include "base/base.h"

/*
 * Pages that our tools write for translators and the secretariat: preview,
 * dashboard, findings, sign-off sheet, START.html.  One frame and one style
 * for all of them; each page is a single file that asks for nothing else.
 */
struct copl_report_page {
	const char *title; /* plain text */
	const char *lang; /* BCP 47 tag of the page's own words */
	const char *style; /* CSS behind the common one; NULL: none */
	const char *head; /* HTML at the end of <head>; NULL: none */
};
/* Everything up to and with <main>. */
void copl_report_page_begin(
    struct copl_strbuf *out, const struct copl_report_page *page);
void copl_report_page_end(struct copl_strbuf *out);
/* Text for HTML, in content or between double quotes. */
void copl_report_page_text(struct copl_strbuf *out, const char *s);
/*
 * Text of a translator's or master's language inside a page of another:
 * <TAG class="..." lang="..." dir="...">text</TAG>; class NULL: none.
 */
void copl_report_page_foreign(struct copl_strbuf *out, const char *tag,
    const char *class, const char *lang, const char *text);

#endif
