/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_WORK_PREVIEW_PRIV_H
#define COPL_WORK_PREVIEW_PRIV_H

#include "base/worddiff.h"
#include "render/render.h"
#include "review/review.h"
#include "work/params.h"
#include "work/preview.h"

#define PREVIEW_NONE UINT32_MAX

enum preview_state {
	PREVIEW_SOURCE, /* the master's own language */
	PREVIEW_MISSING,
	PREVIEW_FUZZY,
	PREVIEW_DRAFT,
	PREVIEW_TRANSLATED,
	PREVIEW_REVIEWED,
	PREVIEW_APPROVED
};

/* One text: a message of the template. */
struct preview_entry {
	const struct copl_entry *source;
	const struct copl_unit *unit; /* the first that it serves */
	const struct copl_message *message; /* NULL: the catalog has none */
	enum preview_state state;
	const struct copl_review_row *row; /* what made it that; NULL */
	const struct copl_review_row *stale; /* see review.h */
	bool kept; /* the form has the source: it cannot be shown */
	uint32_t piece; /* where it is shown; PREVIEW_NONE: nowhere */
	uint32_t next; /* text of the same piece; PREVIEW_NONE: the last */
	uint32_t finding; /* the first; PREVIEW_NONE: there is none */
	bool bad; /* an error or a warning is among them */
};

/* A part of the form with the texts in it. */
struct preview_piece {
	size_t start; /* its HTML in "shown"; equal to end: none */
	size_t end;
	uint32_t first; /* of its texts; PREVIEW_NONE: none */
};

struct preview {
	struct copl_workspace *w;
	const struct copl_master *m;
	const struct copl_master_catalog *mc;
	const struct copl_preview_how *how;
	const char *tag; /* of the translation */
	const char *source; /* of the master */
	struct copl_arena *arena;
	struct copl_entry *entries;
	struct preview_entry *list; /* one for each entry */
	size_t n;
	struct copl_map by_id;
	struct copl_strbuf record; /* its bytes, if how->r is there */
	struct copl_review *review; /* NULL: it could not be read */
	struct copl_findings findings;
	uint32_t *next; /* by finding: the next one of the same text */
	bool *loose; /* by finding: it is about no text */
	/* the form as it will be */
	struct copl_xml *xml;
	struct copl_form *form;
	struct copl_interface *words;
	struct copl_values values;
	struct copl_params params;
	uint32_t *elements; /* by element of xml: text, or PREVIEW_NONE */
	struct copl_piece *kinds; /* npieces of them */
	struct preview_piece *pieces;
	size_t npieces;
	uint32_t piece; /* being rendered */
	int depth; /* of texts in texts */
	struct copl_strbuf shown;
	struct copl_strbuf *out;
};

/* ---- preview_texts.c: what there is to show ---- */
/* Reads p->record, while the thread still speaks the language of how->r. */
enum copl_status preview_record(struct preview *p) COPL_MUST_CHECK;
enum copl_status preview_texts(struct preview *p) COPL_MUST_CHECK;
/* Findings of lint, each given to its text, and the state of each. */
enum copl_status preview_findings(struct preview *p) COPL_MUST_CHECK;

/* ---- preview_form.c: the form as it will be ---- */
enum copl_status preview_form(struct preview *p) COPL_MUST_CHECK;
void preview_form_free(struct preview *p);

/* ---- preview_entry.c: one text ---- */
void preview_put_entry(struct preview *p, size_t i);
/* Which numbers a plural form serves: "3–10, 103–110 …". */
void preview_put_numbers(
    struct copl_strbuf *out, const struct copl_plural *rule, unsigned form);
void preview_put_finding(struct copl_strbuf *out, const struct copl_diag *d);
/* Not translated, fuzzy, or a draft? */
bool preview_is_todo(const struct preview_entry *e);
/* Translated, and nobody else has looked at it? */
bool preview_is_unseen(const struct preview_entry *e);

/* ---- preview_text.c ---- */
/*
 * Text as it stands in a catalog, with what nobody sees drawn beside it, and
 * tags and placeholders kept apart from the direction of the words.
 */
void preview_put_text(struct copl_strbuf *out, const char *s);
/* The same of len bytes of a longer text. */
void preview_put_part(struct copl_strbuf *out, const char *s, size_t len);
/* The same of two texts, with what was changed. */
void preview_put_change(
    struct copl_strbuf *out, const struct copl_word_diff *d);

/* ---- preview_write.c: which pages ---- */
bool preview_wants(const struct copl_preview_options *o,
    const struct copl_master *m, const struct copl_master_catalog *mc);
/* Findings: preview-language-unknown, preview-form-unknown. */
enum copl_status preview_check_wishes(const struct copl_workspace *w,
    const struct copl_preview_options *o, struct copl_reporter *r)
    COPL_MUST_CHECK;

void preview_tell(const char *path, const struct copl_master *m,
    const struct copl_master_catalog *mc,
    const struct copl_preview_counts *counts, bool changed,
    struct copl_reporter *r);

/* ---- preview_watch.c ---- */
/* Writes the pages again whenever a file changes, until o->stop_fd is ready. */
enum copl_status preview_watch(const char *dir,
    const struct copl_preview_options *o, const char *output,
    struct copl_reporter *r) COPL_MUST_CHECK;

/* ---- preview_files.c: which files are new ---- */
struct preview_change {
	bool project; /* or a form, or the interface: everything */
	size_t master; /* else the catalog or the review record of these */
	size_t language;
};
struct preview_files;
struct preview_files *preview_files_new(const char *dir) COPL_MUST_CHECK;
void preview_files_free(struct preview_files *f);
/* Every file of the project, as it looks now. */
enum copl_status preview_files_list(
    struct preview_files *f, const struct copl_workspace *w) COPL_MUST_CHECK;
/* For strings that are needed until the next list is made. */
struct copl_arena *preview_files_arena(struct preview_files *f);
/* Ready when something may have changed; -1: nothing tells us. */
int preview_files_fd(const struct preview_files *f);
/* Milliseconds to the next look in any case. */
int preview_files_patience(const struct preview_files *f);
void preview_files_drain(struct preview_files *f);
/* Looks at all files, then names each change once. */
void preview_files_scan(struct preview_files *f);
bool preview_files_next(struct preview_files *f, struct preview_change *out);

/* ---- preview_style.c ---- */
extern const char preview_style[];
/* Of what preview_put_text() and the like put out. */
extern const char preview_signs_style[];

#endif
