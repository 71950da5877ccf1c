/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_WORK_DOCUMENT_H
#define COPL_WORK_DOCUMENT_H

#include "l10n/l10n.h"

#define COPL_TAG_MAX 64

/*
 * gettext's "zh_CN", "sr@latin" as BCP 47: "zh-CN", "sr-Latn"; false: no known
 * language, and out is "", or memory ran out, which the reporter keeps.
 */
bool copl_tag_of_name(
    const char *name, struct copl_reporter *r, char out[COPL_TAG_MAX]);
/*
 * The BCP 47 tag of a catalog, by its Language header or, where that is empty,
 * its file's name (note header-language); false: error header-language, or no
 * memory.
 */
bool copl_catalog_tag(const struct copl_catalog *c, struct copl_reporter *r,
    char out[COPL_TAG_MAX]);
/* How options localize into a language; r is told when there is no memory. */
struct copl_apply copl_apply_of(const struct copl_units *u,
    const struct copl_l10n_options *o, const char *tag,
    struct copl_reporter *r);

#endif
