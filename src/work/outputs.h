/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_WORK_OUTPUTS_H
#define COPL_WORK_OUTPUTS_H

#include "work/work.h"

/*
 * Templates and catalogs in their new form.  Nothing is written before all
 * of them are there.
 */
struct copl_output {
	const char *path;
	bool template; /* a .pot: it has nothing to look at again */
	struct copl_strbuf bytes;
	struct copl_merge_counts counts;
	size_t entries;
};

/* Catalogs of earlier consultations: a folder with LANG.po, or one file. */
struct copl_earlier {
	const char *path; /* NULL: none */
	bool is_file;
	struct copl_catalog **catalogs; /* one per project language, or NULL */
	size_t n;
};

struct copl_outputs {
	struct copl_workspace *w;
	struct copl_reporter *r;
	char created[COPL_CREATED_SIZE]; /* POT-Creation-Date */
	struct copl_earlier earlier;
	struct copl_output *list;
	size_t n;
	size_t room;
};

/*
 * The workspace of a folder.  compendium NULL: the one that the project file
 * names, if it does.  Must be closed whatever is returned.
 */
enum copl_status copl_outputs_open(struct copl_outputs *u, const char *dir,
    int64_t now, const char *compendium, struct copl_reporter *r)
    COPL_MUST_CHECK;
struct copl_output *copl_output_new(struct copl_outputs *u, const char *path)
    COPL_MUST_CHECK;
/* What a master says to translators, before terms are added. */
struct copl_master_texts {
	struct copl_entry *entries;
	size_t n;
	const char *project; /* Project-Id-Version */
};
enum copl_status copl_master_texts(struct copl_outputs *u,
    const struct copl_master *m, struct copl_master_texts *out) COPL_MUST_CHECK;
/* The catalog of one language, new or merged. */
enum copl_status copl_output_catalog(struct copl_outputs *u,
    const struct copl_master *m, const struct copl_master_catalog *mc,
    const struct copl_master_texts *t) COPL_MUST_CHECK;
/* Makes its folder and writes it; *changed: it has new bytes. */
enum copl_status copl_output_write(struct copl_outputs *u,
    const struct copl_output *o, bool *changed) COPL_MUST_CHECK;
void copl_outputs_close(struct copl_outputs *u);

/* Loads what there is for the languages of the project. */
enum copl_status copl_earlier_load(struct copl_earlier *e,
    const struct copl_workspace *w, const char *path, struct copl_place named,
    struct copl_reporter *r) COPL_MUST_CHECK;
void copl_earlier_free(struct copl_earlier *e);

#endif
