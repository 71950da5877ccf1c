/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_WORK_PSEUDO_H
#define COPL_WORK_PSEUDO_H

#include <copl10n/pseudo.h>
#include "catalog/catalog.h"

/* A language that nobody speaks, made of the source text. */
enum copl_pseudo_kind {
	COPL_PSEUDO_ACCENTS, /* en-XA: each letter has an accent */
	COPL_PSEUDO_ARABIC /* ar-XB: Arabic letters, right to left */
};

/* Is it one of these?  Nobody is written to in it. */
bool copl_pseudo_language(const char *tag);

struct copl_pseudo_how {
	enum copl_pseudo_kind kind;
	bool directives; /* "%s" and the like are placeholders too */
	unsigned maxchars; /* room for the text in characters; 0: no limit */
};

/*
 * Appends the text in the language, about a third longer and in brackets, so
 * that what is cut off, put together or not in the catalog is seen.  Tags,
 * references, placeholders, directives, web and e-mail addresses and blanks
 * at the edges stay as they are; a text without a word is not changed at
 * all.  What sets the direction is closed again inside the text.
 */
void copl_pseudo_text(const struct copl_pseudo_how *how, const char *text,
    struct copl_strbuf *out);

/* A whole catalog, source texts and notes as in the template. */
enum copl_status copl_pseudo_catalog(const struct copl_catalog *template,
    enum copl_pseudo_kind kind, const char *created, struct copl_strbuf *out)
    COPL_MUST_CHECK;

#endif
