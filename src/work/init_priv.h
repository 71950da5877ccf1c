/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_WORK_INIT_PRIV_H
#define COPL_WORK_INIT_PRIV_H

#include "work/work.h"

/*
 * A new consultation.  The starter is the consultation that is built into the
 * library: a project, a form and the interface in English, with catalogs.
 */
#define INIT_STARTER_ID "online_life"

struct init_language {
	const char *tag;
	const char *catalog;
	bool known; /* the starter has its texts */
};

struct init_file {
	const char *path; /* below the new folder */
	struct copl_strbuf bytes;
};

struct init {
	const struct copl_init_options *o;
	struct copl_reporter *r;
	struct copl_arena *arena;
	/* the plan */
	const char *dir; /* without slashes at its end */
	const char *id; /* of the project and its form */
	const char *form; /* where the form is written */
	struct init_language *languages;
	size_t nlanguages;
	const struct init_language *master; /* one of them */
	char opens[COPL_INSTANT_SIZE];
	char closes[COPL_INSTANT_SIZE];
	char keep_until[COPL_INSTANT_SIZE];
	char created[COPL_CREATED_SIZE];
	/* what comes of it, in memory */
	struct init_file *files;
	size_t nfiles;
	size_t room;
};

/*
 * From what was asked for: id, languages, days.  All errors at once; codes
 * init-id, init-language, init-master, init-day.
 */
enum copl_status init_plan(struct init *in) COPL_MUST_CHECK;
/* All files of the plan, in memory. */
enum copl_status init_files(struct init *in) COPL_MUST_CHECK;
/*
 * All of them into the folder, or none: io-*, init-exists; note
 * init-gitignore.
 */
enum copl_status init_output(struct init *in) COPL_MUST_CHECK;

/* ---- the starter ---- */

/* The six languages of the starter, in the order of the United Nations. */
extern const struct init_language init_six[];
#define INIT_SIX ((size_t)6)

#endif
