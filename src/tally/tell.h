/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_TALLY_TELL_H
#define COPL_TALLY_TELL_H

#include "tally/labels.h"
#include "tally/table.h"

#define TALLY_PERCENT_SIZE 24
/* "41.2" */
void tally_percent(int64_t n, int64_t of, char out[TALLY_PERCENT_SIZE]);
/* The releases that a question was asked in, in a language: "1, 2 and 3". */
void tally_releases(const struct tally_tables *t,
    const struct tally_question *q, const char *lang, struct copl_strbuf *out);

/* Events tally-form, tally-people, tally-question and tally-cell. */
void tally_tell(const struct tally_tables *t, struct tally_labels *l,
    struct copl_reporter *r);

/* ---- page.c ---- */
struct tally_page {
	const char *lang; /* of its own words */
	int64_t now;
};
/*
 * From here on this thread speaks the language of the page, the nearest to
 * lang that the program has.
 */
enum copl_status tally_page_speak(struct tally_page *page, const char *lang)
    COPL_MUST_CHECK;
/* Head of the page; then a part for each form; then its end. */
void tally_page_begin(struct copl_strbuf *out, const struct tally_page *page);
enum copl_status tally_page_form(struct copl_strbuf *out,
    const struct tally_page *page, const struct tally_tables *t,
    struct tally_labels *l) COPL_MUST_CHECK;
void tally_page_end(struct copl_strbuf *out);

#endif
