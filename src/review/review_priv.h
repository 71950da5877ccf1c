/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_REVIEW_PRIV_H
#define COPL_REVIEW_PRIV_H

#include "review/review.h"

#define REVIEW_FIRST_LINE "cop-l10n-review 1"
#define REVIEW_SIGNOFF "@signoff"
#define REVIEW_NOT_SAID "-"

struct copl_review *review_new(const char *file) COPL_MUST_CHECK;

bool review_row_same(
    const struct copl_review_row *a, const struct copl_review_row *b);

int review_signoff_cmp(
    const struct copl_review_signoff *a, const struct copl_review_signoff *b);

/* Copies whose strings are the record's; false: no memory. */
bool review_copy_row(struct copl_review *rv, const struct copl_review_row *row,
    struct copl_review_row *out) COPL_MUST_CHECK;
bool review_copy_signoff(struct copl_review *rv,
    const struct copl_review_signoff *signoff, struct copl_review_signoff *out)
    COPL_MUST_CHECK;

/* Appends without looking; strings are borrowed. */
bool review_append(struct copl_review *rv, const struct copl_review_row *row)
    COPL_MUST_CHECK;
bool review_append_signoff(struct copl_review *rv,
    const struct copl_review_signoff *signoff) COPL_MUST_CHECK;
/* Puts rows in order; of each pair the row that counts stays. */
void review_settle(struct copl_review *rv);

#endif
