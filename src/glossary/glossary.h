/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_GLOSSARY_H
#define COPL_GLOSSARY_H

#include "base/base.h"

/*
 * Terms and how they are said in each language, from a table with TABs
 * (glossary.tsv): accepted translations with their stems, rejected ones, and
 * names that stay as they are.  cop-glossary(5) describes the file.
 *
 * A term may be looked for in any language of the glossary: its translation
 * into a third language is that of the same term.
 */

#define COPL_GLOSSARY_MAX ((size_t)8 << 20)

struct copl_glossary;

/* What a glossary says about one term in one language. */
struct copl_term {
	const char *source; /* "child online protection" */
	const char *preferred; /* as translators should write it */
	const char *const *accepted; /* stems or words; preferred is one */
	size_t naccepted;
	const char *const *rejected;
	size_t nrejected;
	const char *note; /* NULL: none */
	bool keep; /* not translated: it stays as in the source */
};

/*
 * Findings: glossary-*, io-*, each at its line and column.  The caller owns
 * *out.  A glossary that is loaded may be read by several threads.
 */
enum copl_status copl_glossary_load(const char *path, struct copl_reporter *r,
    struct copl_glossary **out) COPL_MUST_CHECK;
enum copl_status copl_glossary_read(const char *bytes, size_t len,
    const char *file, struct copl_reporter *r, struct copl_glossary **out)
    COPL_MUST_CHECK;
/* The terms that are shipped with the program; same ownership. */
enum copl_status copl_glossary_shipped(struct copl_glossary **out)
    COPL_MUST_CHECK;
void copl_glossary_free(struct copl_glossary *g);

/* All terms, in the order of the file; term() is NULL: not in the language. */
size_t copl_glossary_count(const struct copl_glossary *g);
const struct copl_term *copl_glossary_term(
    const struct copl_glossary *g, size_t index, const char *lang);

/* One occurrence of a term in a source text. */
struct copl_term_hit {
	const struct copl_term *term; /* in the language asked for */
	const char *source; /* the term in the language of the text */
	size_t start; /* bytes of the text */
	size_t end;
};
/*
 * Terms of a source text for a language (BCP 47), longest first where two
 * overlap, at most max of them; how many there are.  source_lang is the
 * language of the text.  lang NULL: for a template, every term that stands
 * there, as it is said in source_lang.
 */
size_t copl_glossary_find(const struct copl_glossary *g,
    const char *source_lang, const char *lang, const char *text,
    struct copl_term_hit *out, size_t max);

/*
 * Where a translation has an accepted form of a term, or a rejected one; the
 * text is read as in copl_glossary_find().  false: nowhere.  *what (may be
 * NULL) is the form, as the glossary has it.
 */
struct copl_term_span {
	size_t start;
	size_t end;
};
bool copl_term_accepted_in(
    const struct copl_term *t, const char *text, struct copl_term_span *at);
bool copl_term_rejected_in(const struct copl_term *t, const char *text,
    struct copl_term_span *at, const char **what);

#endif
