/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_CATALOG_EDIT_H
#define COPL_CATALOG_EDIT_H

#include "catalog/catalog.h"

/* What one live message gets; the rest of its entry stays byte for byte. */
struct copl_message_edit {
	const char *const *str; /* as many as the message has; NULL: stays */
	const char *comment; /* translator's lines joined by LF; NULL: stays */
	bool fuzzy;
	/*
	 * The source that the translation was made for; NULL: the message's
	 * own.  Then "#|" lines stay only while it stays fuzzy.
	 */
	const struct copl_previous *made_for;
};
/*
 * The catalog with edits, which has one for each message, NULL: that one
 * stays as it is.  The catalog must have been read as a whole, not for its
 * texts alone.
 */
enum copl_status copl_catalog_edit(const struct copl_catalog *c,
    const struct copl_message_edit *const *edits, struct copl_strbuf *out)
    COPL_MUST_CHECK;

#endif
