/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_WORK_LINT_TAG_H
#define COPL_WORK_LINT_TAG_H

#include "lint/lint.h"
#include "work/document.h"

/*
 * The language in which a catalog should be, as BCP 47: what its file is
 * called after, else what its header says; where both mean the same, the
 * header, which may tell more.  "und": neither says (error header-language).
 */
void copl_lint_tag(const struct copl_catalog *c, struct copl_reporter *r,
    char out[COPL_TAG_MAX]);

#endif
