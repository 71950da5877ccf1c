/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_EXCHANGE_H
#define COPL_EXCHANGE_H

#include "catalog/catalog.h"
#include "review/review.h"

/*
 * How texts go to translators and come back: XLIFF 1.2, PO files that other
 * tools have been at, tables for reviewers, and zips that hold all of them.
 */

#define COPL_XLIFF_NS "urn:oasis:names:tc:xliff:document:1.2"

/* ---- what goes out ---- */

/* What is known about a message besides its catalog. */
struct copl_about {
	const char *group; /* question or part of the form; NULL: none */
	const char *title; /* of the group, as people read it; NULL */
	unsigned maxchars; /* 0: no limit */
	enum copl_review_state state; /* NONE: only what the catalog says */
};
typedef void copl_about_fn(
    void *arg, const struct copl_message *m, struct copl_about *out);

struct copl_xliff_how {
	const char *original; /* "po/digital_skills/fr.po" */
	const char *source_lang; /* BCP 47 */
	const char *target_lang;
	const char *pack; /* name of the pack it is part of; NULL: none */
	const char *version; /* of this program */
	copl_about_fn *about; /* NULL: nothing is known */
	void *arg;
};
/*
 * The live messages of a catalog as XLIFF 1.2: tags and placeholders as inline
 * codes, a group for each question, and one for each text with plural forms.
 */
void copl_xliff_put(const struct copl_catalog *c,
    const struct copl_xliff_how *how, struct copl_strbuf *out);

/*
 * What XLIFF calls the messages of a catalog, one for each: the context where
 * that can be an id, else a name made of the message's key.  NULL: no memory.
 */
const char **copl_xliff_ids(const struct copl_catalog *c, struct copl_arena *a)
    COPL_MUST_CHECK;

/*
 * Numbers that take a plural form, as examples: "2, 3, 4, 22 …".  nothing:
 * the form is not used.
 */
void copl_plural_examples(
    const struct copl_plural *p, unsigned form, struct copl_strbuf *out);

/*
 * The source that translators see beside a form: msgid for the form of the
 * number 1, msgid_plural for the others.
 */
const char *copl_source_of_form(
    const struct copl_plural *p, const struct copl_message *m, unsigned form);

/* ---- what comes back ---- */

/* One text that came back.  Strings are the return's. */
struct copl_taken {
	const char *ctxt; /* NULL: none */
	const char *key; /* what XLIFF calls the message; NULL: use ctxt */
	const char *id; /* the source as it was sent; NULL: not said */
	const char *plural; /* NULL: one form, or not said */
	const char **str; /* a form each; NULL: that one did not come */
	size_t nstr;
	const char *comment; /* of the translator; NULL: not said */
	const char *remark; /* of a reviewer, in a table; NULL */
	bool state_said; /* fuzzy and state are known */
	bool fuzzy;
	bool accepted; /* a reviewer said that it is good */
	enum copl_review_state state;
	size_t line;
	size_t column;
};

enum copl_return_kind { COPL_RETURN_PO, COPL_RETURN_XLIFF, COPL_RETURN_TABLE };
/* The texts of one form in one language. */
struct copl_return {
	enum copl_return_kind kind;
	const char *file; /* what findings call it */
	const char *form; /* as the file says it; NULL: it does not */
	const char *lang; /* tag or catalog name; NULL: not said */
	const char *pack; /* NULL: not said */
	struct copl_taken *list;
	size_t n;
	size_t room;
	struct copl_plural plural; /* of the file; n 0: not known */
};
struct copl_returns {
	struct copl_arena *arena;
	struct copl_return *list;
	size_t n;
	size_t room;
	size_t skipped; /* files of other kinds in a zip */
};
void copl_returns_free(struct copl_returns *rs);

/*
 * Reads whatever it is, at most COPL_ZIP_TOTAL_MAX bytes: a zip, a PO file,
 * XLIFF or a table.  What editors and spreadsheets do to files is undone:
 * UTF-16, a BOM, typographic quotes around strings.  Findings: import-kind,
 * import-zip, import-limit, import-table, import-xliff, and those of the
 * readers; notes of what was repaired.  Names of files in a zip are shown and
 * never used as paths.
 */
enum copl_status copl_returns_read(const char *bytes, size_t len,
    const char *file, struct copl_reporter *r, struct copl_returns *out)
    COPL_MUST_CHECK;

/* ---- zip ---- */

struct copl_zip_file {
	const char *name; /* ASCII */
	const char *bytes;
	size_t len;
};
/*
 * A zip of files, the same bytes whenever it is made with the same time:
 * deflate, plain permissions, no owner.
 */
enum copl_status copl_zip_write(const struct copl_zip_file *files, size_t n,
    int64_t time, struct copl_strbuf *out) COPL_MUST_CHECK;

/* The bytes compressed, always to the same: no name and no time in it. */
enum copl_status copl_gzip_write(
    const char *bytes, size_t len, struct copl_strbuf *out) COPL_MUST_CHECK;

/* Ceilings for a zip that somebody sent. */
#define COPL_ZIP_FILES_MAX ((size_t)1000)
#define COPL_ZIP_FILE_MAX ((size_t)32 << 20)
#define COPL_ZIP_TOTAL_MAX ((size_t)128 << 20)
#define COPL_ZIP_RATIO_MAX ((size_t)200)

typedef enum copl_status copl_zip_fn(
    void *arg, const char *name, const char *bytes, size_t len);
/* Is a file of this name wanted? */
typedef bool copl_zip_wanted_fn(void *arg, const char *name);
/* Hands over the regular files; findings import-zip, import-limit. */
enum copl_status copl_zip_read(const char *bytes, size_t len, const char *file,
    struct copl_reporter *r, copl_zip_wanted_fn *wanted, copl_zip_fn *each,
    void *arg) COPL_MUST_CHECK;

/* ---- tables ---- */

/* A row; cells that are not there are "". */
struct copl_table_row {
	const char **cells;
	size_t n;
	size_t line;
};
/*
 * Appends a cell with a comma before it unless it begins a line; what a
 * spreadsheet would take for a formula is guarded.
 */
void copl_table_cell(struct copl_strbuf *out, const char *text);
void copl_table_end_row(struct copl_strbuf *out);
/*
 * Rows of comma, semicolon or TAB separated values.  COPL_E_PARSE: quotes do
 * not end or there is too much, and *line says where.
 */
enum copl_status copl_table_read(const char *s, size_t len,
    struct copl_arena *a, struct copl_table_row **rows, size_t *n, size_t *line)
    COPL_MUST_CHECK;
/*
 * The name of a text in a table: "fr:digital_skills:about/title", with "[2]"
 * behind it for a plural form.
 */
char *copl_table_key(struct copl_arena *a, const char *lang, const char *form,
    const char *ctxt, int plural_form) COPL_MUST_CHECK;

#endif
