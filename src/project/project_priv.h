/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_PROJECT_PRIV_H
#define COPL_PROJECT_PRIV_H

#include "project/project.h"

/* What reading a project file passes around. */
struct copl_project_reader {
	struct copl_project *p;
	struct copl_reporter *r;
	size_t errors; /* the reporter's when this file began */
	/* Element indexes by what must be there once. */
	struct copl_map recipients;
	struct copl_map endpoints;
	struct copl_map urls;
};

/* ---- shape.c: which elements and attributes stand where ---- */

/* False: there is too much of something to go on reading. */
bool copl_project_check_shape(
    struct copl_project_reader *rd, const xmlNode *root) COPL_MUST_CHECK;

/* ---- url.c ---- */

/*
 * What is wrong with an address, a translated sentence; NULL: nothing.  An
 * endpoint is a folder: it ends with a slash and has nothing behind it.
 */
const char *copl_project_url_fault(const char *url, bool endpoint);

/* ---- values.c: shapes of single values ---- */

bool copl_project_is_catalog(const char *s);
bool copl_project_is_zone(const char *s);
bool copl_project_is_source(const char *s);
/* Tags and file names are the same in capitals: some file systems think so. */
bool copl_project_same(const char *a, const char *b);

/* ---- list.c: attributes that hold a list separated by blanks ---- */

typedef void copl_project_word(struct copl_project_reader *rd, const char *word,
    struct copl_place at, void *arg);
/*
 * Calls fn for each word with its own place; words stay as long as the
 * project.  Returns how many there are.
 */
size_t copl_project_each_word(struct copl_project_reader *rd, const xmlNode *n,
    const char *attr, copl_project_word *fn, void *arg);
/*
 * The languages that the attribute of this name holds, in its order; each
 * finding stands at its own tag.  false: the attribute is there and empty.
 */
bool copl_project_read_tags(struct copl_project_reader *rd, const xmlNode *n,
    const struct copl_language ***list, size_t *count);
bool copl_project_has_language(const struct copl_language *const *list,
    size_t n, const struct copl_language *l);

/* ---- translation.c: settings for those who translate ---- */

void copl_project_read_language(struct copl_project_reader *rd,
    const xmlNode *n, struct copl_language *out);
/* Before the languages, which take their day from here. */
void copl_project_read_translation(
    struct copl_project_reader *rd, const xmlNode *root);

/* ---- gate.c ---- */

void copl_project_read_gates(
    struct copl_project_reader *rd, const xmlNode *root);

/* ---- project.c, for the readers ---- */

/* In the project's arena, zeroed; NULL when memory is out, which is noted. */
void *copl_project_alloc(struct copl_project_reader *rd, size_t n, size_t size)
    COPL_MUST_CHECK;
const char *copl_project_get(
    struct copl_project_reader *rd, const xmlNode *n, const char *name);
const xmlNode *copl_project_child(const xmlNode *parent, const char *name);
/* The same element among the next siblings; NULL at the end. */
const xmlNode *copl_project_next(const xmlNode *n);
size_t copl_project_count(const xmlNode *parent, const char *name);
struct copl_place copl_project_at(
    const struct copl_project_reader *rd, const xmlNode *n, const char *attr);
/* Bytes of a value to show in a finding: for "%.*s". */
int copl_project_shown(const char *s);
/* Line of the first element with this name; 0: it is n itself. */
size_t copl_project_first_use(struct copl_project_reader *rd,
    struct copl_map *names, const char *name, const xmlNode *n);
/*
 * The attribute src as a path below the project's folder, for opening, and
 * as it is written; NULL: it is not there or cannot be used.
 */
const char *copl_project_read_source(
    struct copl_project_reader *rd, const xmlNode *n, const char **src);
/* A value that cannot be: reported at the attribute with what to write. */
void copl_project_bad_value(struct copl_project_reader *rd, const xmlNode *n,
    const char *attr, const char *value, const char *advice);

/* The <safeguarding> of parent, checked; all NULL when there is none. */
struct copl_safeguarding copl_project_read_safeguarding(
    struct copl_project_reader *rd, const xmlNode *parent);

/* ---- recipient.c ---- */

void copl_project_read_recipient(struct copl_project_reader *rd,
    const xmlNode *n, struct copl_recipient *out);
/* Rules between the recipients. */
void copl_project_check_recipients(struct copl_project_reader *rd);

#endif
