/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_WORK_PACK_PRIV_H
#define COPL_WORK_PACK_PRIV_H

#include <copl10n/exchange.h>
#include "catalog/edit.h"
#include "exchange/exchange.h"
#include "review/review.h"
#include "work/context.h"
#include "work/work.h"

#define PACK_FOLDER ".cop-l10n/packs"
#define PACK_MAX COPL_ZIP_FILE_MAX

/* A catalog that goes out. */
struct pack_form {
	const struct copl_master *m;
	const struct copl_master_catalog *mc;
	struct copl_title title; /* as people read it */
	const char *po; /* names in the zip */
	const char *xliff;
	const char *preview; /* NULL: there is none */
	const char *page; /* its bytes */
	size_t page_len;
	size_t texts;
	size_t open; /* not translated, or fuzzy */
	struct copl_contexts contexts;
	struct copl_plural plural;
};

struct pack {
	const struct copl_pack_options *o;
	struct copl_workspace *w;
	struct copl_arena *arena;
	struct copl_reporter *r;
	const struct copl_language *lang;
	size_t index; /* of the language in the project */
	const char *spoken; /* language of the pages' own words */
	const char *id; /* "fr-20270111-080000" */
	struct pack_form *forms;
	size_t nforms;
	struct copl_zip_file *files;
	size_t nfiles;
	size_t room;
};

/* ---- pack_files.c: each appends to out ---- */

/* The catalog with the pack's name in its header. */
void pack_put_po(
    struct pack *p, const struct pack_form *f, struct copl_strbuf *out);
void pack_put_xliff(
    struct pack *p, struct pack_form *f, struct copl_strbuf *out);
/* All texts as a table for a reviewer. */
void pack_put_table(struct pack *p, struct copl_strbuf *out);
/* Terms of the glossary that the language has; false: there are none. */
bool pack_put_glossary(struct pack *p, struct copl_strbuf *out);

/* ---- pack_start.c ---- */

/* START.html, in the language of the translator where the program speaks it. */
void pack_put_start(struct pack *p, bool glossary, struct copl_strbuf *out);

#endif
