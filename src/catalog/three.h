/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_CATALOG_THREE_H
#define COPL_CATALOG_THREE_H

#include "catalog/merge.h"

/* One entry of three catalogs; NULL: that catalog has it not. */
struct po_three {
	const struct copl_message *base;
	const struct copl_message *ours;
	const struct copl_message *theirs;
};

enum po_three_result {
	PO_THREE_CLEAN,
	PO_THREE_DOUBT, /* source and translation are of different sides */
	PO_THREE_CONFLICT /* both sides translated it, each differently */
};

/* All that a catalog says of it; not how its lines are broken. */
bool po_same_message(
    const struct copl_message *a, const struct copl_message *b);
/*
 * Which side's value counts when neither is the base's?  true: theirs; both
 * changed it, each to another value: *conflict.
 */
bool po_take_theirs(
    bool base_is_ours, bool base_is_theirs, bool same, bool *conflict);

/*
 * Both sides have the entry.  Strings of *out are those of the three, or in
 * the arena; nplurals: forms of the language, 0: not known.
 */
enum copl_status po_three_entry(const struct po_three *t, unsigned nplurals,
    struct copl_arena *a, struct copl_message *out,
    enum po_three_result *result) COPL_MUST_CHECK;
/* The same for the headers; *conflict: a field that both changed. */
enum copl_status po_three_header(const struct po_three *t, struct copl_arena *a,
    struct copl_message *out, const char **conflict) COPL_MUST_CHECK;

#endif
