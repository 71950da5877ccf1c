/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_TALLY_LABELS_H
#define COPL_TALLY_LABELS_H

#include "tally/tally.h"

/*
 * What people read instead of codes, in one language: a question is named as
 * the newest release names it that asks it so.
 */
struct tally_labels {
	struct copl_arena *arena;
	const struct tally_forms *all;
	const struct tally_form *form;
	const char *lang; /* of the labels */
	struct copl_xml *xml[TALLY_RELEASES_MAX]; /* by edition */
	struct copl_form *typed[TALLY_RELEASES_MAX];
	bool tried[TALLY_RELEASES_MAX];
	struct copl_reporter *r;
	enum copl_status st; /* COPL_E_IO: a form cannot be read */
};

/*
 * The language of all forms' labels: asked (NULL: what this thread speaks), or
 * the nearest that a release has.  Findings: tally-labels (a warning: it is
 * another one).  NULL: there is no form at all.
 */
const char *tally_labels_language(
    const struct tally_forms *fs, const char *asked, struct copl_reporter *r);
enum copl_status tally_labels_open(const struct tally_forms *fs,
    const struct tally_form *form, const char *lang, struct copl_reporter *r,
    struct tally_labels *out) COPL_MUST_CHECK;
void tally_labels_close(struct tally_labels *l);

/* Texts live as long as the labels; ids where there is no text. */
const char *tally_label_title(struct tally_labels *l);
const char *tally_label_question(
    struct tally_labels *l, const struct tally_question *q);
/* Row of a grid, place of a rank; NULL: the question has no parts. */
const char *tally_label_part(
    struct tally_labels *l, const struct tally_question *q, size_t part);
/* ncodes: no answer. */
const char *tally_label_code(
    struct tally_labels *l, const struct tally_question *q, size_t code);

#endif
