/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_WORK_IMPORT_PRIV_H
#define COPL_WORK_IMPORT_PRIV_H

#include <copl10n/exchange.h>
#include "catalog/edit.h"
#include "exchange/exchange.h"
#include "work/context.h"
#include "work/work.h"

/* What became of a text that came back. */
enum import_outcome {
	IMPORT_SAME, /* nothing new in it */
	IMPORT_TAKEN, /* the project has it now */
	IMPORT_STALE, /* taken as fuzzy: its source has changed since */
	IMPORT_BOTH, /* taken as fuzzy: the project's has changed, too */
	IMPORT_OLDER, /* not taken: the new source is translated already */
	IMPORT_FORMS, /* not taken: other plural forms than the language has */
	IMPORT_UNKNOWN, /* the form has no such text */
	IMPORT_OUTCOMES
};

struct import_text {
	const struct copl_taken *taken;
	const struct copl_message *m; /* of the project; NULL: UNKNOWN */
	enum import_outcome outcome;
	const char *remark; /* words that came with it, on one line; NULL */
};

/*
 * The lines of a comment that neither the text has here nor had when it was
 * sent (NULL: none), as one line; *out NULL: there is nothing new.  false: no
 * memory.
 */
bool import_remark(struct copl_arena *a, const char *comment, const char *here,
    const char *sent, const char **out) COPL_MUST_CHECK;

/* A catalog of the project and what of one return goes into it. */
struct import_merge {
	struct copl_arena *arena;
	const struct copl_catalog *c;
	struct copl_plural plural; /* of c */
	const char **ids; /* as XLIFF calls the messages */
	struct copl_map by_id;
	const struct copl_message_edit **edits; /* one for each message */
	struct import_text *texts;
	size_t ntexts;
	size_t counts[IMPORT_OUTCOMES];
	size_t accepted; /* texts that a reviewer found good */
};

/* false: no memory. */
bool import_merge_begin(struct import_merge *m, const struct copl_catalog *c,
    struct copl_arena *a) COPL_MUST_CHECK;
/* How many of the texts are this catalog's: exact ones count twice. */
size_t import_merge_score(
    const struct import_merge *m, const struct copl_return *one);
/*
 * Decides about each text.  sent is what the translator got, NULL: not known;
 * then what the project has stands for it.
 */
bool import_merge_take(struct import_merge *m, const struct copl_return *one,
    const struct copl_return *sent) COPL_MUST_CHECK;
void import_merge_end(struct import_merge *m);

/* ---- what goes into one catalog ---- */

struct import_target {
	const struct copl_master *m;
	const struct copl_master_catalog *mc;
	const char *title; /* of the form */
	struct copl_strbuf bytes; /* the catalog as it shall be */
	struct copl_returns original; /* it before anything was taken */
	struct import_text *texts; /* that came, of all files */
	size_t ntexts;
	size_t room;
	size_t *of_message; /* index in texts + 1, for each message */
	size_t counts[IMPORT_OUTCOMES];
	size_t accepted;
	struct copl_catalog *now; /* bytes, read again */
	struct copl_findings findings; /* in the translator's language */
	struct copl_findings told; /* in the language of the process */
	struct copl_contexts contexts;
	struct copl_staged staged;
};

struct import {
	const struct copl_import_options *o;
	struct copl_workspace *w;
	struct copl_arena *arena;
	struct copl_reporter *r;
	struct copl_strbuf bytes; /* of the file that came back */
	struct copl_returns came;
	struct copl_returns sent; /* of the pack that it answers */
	const char *pack; /* whose texts are in sent; NULL: none */
	const struct copl_language *lang;
	size_t index; /* of the language in the project */
	const char *spoken; /* language of the page's own words */
	struct import_target *targets;
	size_t ntargets;
	struct copl_findings unread; /* about the file, as findings above */
	bool refused; /* some text was not taken */
};

/* The text of a message that came; NULL: it did not come. */
const struct import_text *import_text_of(
    const struct import_target *t, const struct copl_message *m);

/* Did it change anything in the project?  NULL: no. */
bool import_text_is_new(const struct import_text *x);

/* ---- import_sent.c ---- */

/*
 * Fills im->sent from our copy of the pack that the file answers; without one
 * that is sound, im->pack stays NULL.
 */
enum copl_status import_load_sent(struct import *im) COPL_MUST_CHECK;

/* ---- import_page.c ---- */

/* The page for the translator.  The thread speaks the language. */
void import_put_page(struct import *im, struct copl_strbuf *out);

/* ---- import_match.c ---- */

/*
 * The project's language of a name such as "fr", "fr_FR" or "zh-CN"; NULL:
 * it has none that is meant.
 */
const struct copl_language *import_language(
    const struct copl_project *p, const char *name);
/*
 * Was the pack that the file answers made for this language, as far as is
 * known?  If not, reports import-language: one language must not be taken
 * into the catalog of another because a header was copied.
 */
bool import_answers_pack(struct import *im, const struct copl_language *l,
    const struct copl_return *one);

/* The master that texts belong to; NULL: none, told. */
const struct copl_master *import_master(
    struct import *im, const struct copl_return *one);

/*
 * Marks as fuzzy, in t->bytes, each text with an error for which a catalog
 * would be refused by "msgfmt -c".  t->now stays what the findings are about.
 */
enum copl_status import_doubt(struct import *im, struct import_target *t)
    COPL_MUST_CHECK;

#endif
