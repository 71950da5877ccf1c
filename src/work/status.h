/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_WORK_STATUS_H
#define COPL_WORK_STATUS_H

#include "work/work.h"

/* How far one catalog, or all catalogs of a language, have come. */
struct status_count {
	size_t texts;
	size_t words; /* of the source, see copl_status_report() */
	size_t words_todo; /* of texts that are not translated or fuzzy */
	size_t translated;
	size_t fuzzy;
	size_t missing;
	size_t obsolete;
	size_t invalid; /* translated, and an error was found in them */
	size_t reviewed; /* those that are approved too */
	size_t approved;
};

struct status_row {
	const struct copl_master *m; /* NULL: all of the language together */
	const struct copl_master_catalog *mc; /* of a total: of any master */
	struct status_count n;
	bool own; /* the source itself: nothing is to be done */
	const char *name; /* of the language, in that language */
	bool has_due;
	long days; /* to the day it is due; less than 0: it is over */
};

/* Rows by form, then languages in the order of the United Nations. */
struct status {
	const struct copl_workspace *w;
	const struct copl_project *project;
	struct status_row *rows;
	size_t n;
	struct status_row *totals; /* one for each language, in that order */
	size_t ntotals;
	size_t nforms; /* masters that have rows: n is nforms * ntotals */
};

/* ---- status_count.c ---- */
/* Words of a text; what is written without blanks counts by character. */
size_t status_words(const char *text);
enum copl_status status_count(const struct copl_workspace *w,
    const struct copl_master *m, const struct copl_master_catalog *mc,
    struct status_count *out) COPL_MUST_CHECK;
/* From now to the day that begins at due, which is day 0 whatever the hour. */
long status_days(int64_t due, int64_t now);
/* In per cent, rounded down: 100 means that nothing is missing. */
unsigned status_percent(size_t part, size_t whole);

/* ---- status_page.c ---- */
/* One page for all languages; path: where it will be, for links. */
enum copl_status status_page(const struct status *s,
    const struct copl_status_options *o, struct copl_strbuf *out)
    COPL_MUST_CHECK;

#endif
