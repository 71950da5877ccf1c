/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_TALLY_CSV_H
#define COPL_TALLY_CSV_H

#include "tally/tally.h"

/*
 * All answers as comma-separated values (RFC 4180, UTF-8, lines end in CRLF),
 * a line each, one file for each form.  It is written as it comes and gets its
 * name when it is complete.  A cell that a spreadsheet would take for a formula
 * begins with an apostrophe.
 */
struct tally_csv;

/* One cell, quoted where it must be; text may be NULL. */
void tally_csv_cell(struct copl_strbuf *out, const char *text);

/*
 * path names the file; where answers to several forms come, each has one with
 * its id before the ending: "answers.digital_skills.csv".
 */
enum copl_status tally_csv_open(struct tally_forms *fs, const char *path,
    struct tally_csv **out) COPL_MUST_CHECK;
/* Findings here and below: io-write. */
enum copl_status tally_csv_add(struct tally_csv *c,
    const struct copl_answer_record *record, struct copl_reporter *r)
    COPL_MUST_CHECK;
/* Files get their names; tells event "written" for each. */
enum copl_status tally_csv_commit(struct tally_csv *c, struct copl_reporter *r)
    COPL_MUST_CHECK;
/* Without commit nothing is left.  NULL is fine. */
void tally_csv_close(struct tally_csv *c);

#endif
