/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_WORK_FIX_SHOW_H
#define COPL_WORK_FIX_SHOW_H

#include "catalog/catalog.h"

/*
 * Event "fixed", see copl10n/fix.h: what was and what is, line below line,
 * with the characters drawn that nobody sees.  written: not a dry run.
 */
void fix_show(struct copl_reporter *r, const struct copl_catalog *c,
    const struct copl_revision *v, const char *checks, bool written);
/* The header's rule for plurals. */
void fix_show_header(struct copl_reporter *r, const struct copl_catalog *c,
    const char *forms, bool written);
/* BOM and ends of lines. */
void fix_show_file(
    struct copl_reporter *r, const struct copl_catalog *c, bool written);

#endif
