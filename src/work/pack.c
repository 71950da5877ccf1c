/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/i18n.h"
#include "page/report_page.h"
#include "work/pack_priv.h"
#include "work/preview.h"

/* ---- what goes in ---- */

static enum copl_status find_language(struct pack *p)
{
	const struct copl_project *project = p->w->project;
	struct copl_strbuf tags = COPL_STRBUF_INIT(10000);
	size_t i;

	p->lang = copl_project_language_named(project, p->o->lang);
	if (p->lang != NULL) {
		p->index = (size_t)(p->lang - project->languages);
		return COPL_OK;
	}
	for (i = 0; i < project->nlanguages; i++)
		copl_strbuf_printf(
		    &tags, i == 0 ? "%s" : ", %s", project->languages[i].tag);
	copl_report(p->r, COPL_ERROR, "pack-language",
	    (struct copl_place){project->xml->file, 0, 0},
	    _("the project has no language \"%s\"; it has: %s"), p->o->lang,
	    copl_strbuf_text(&tags));
	p->r->nomem |= tags.st != COPL_OK;
	copl_strbuf_clear(&tags);
	return COPL_E_INVALID;
}

/* Does the catalog hold each text of its form as it is now? */
static bool fits(struct pack *p, const struct copl_master *m,
    const struct copl_master_catalog *mc)
{
	size_t i;

	if (mc->catalog == NULL) {
		copl_report(p->r, COPL_ERROR, "catalog-missing",
		    mc->language->at,
		    _("there is no catalog %s: cop-l10n update makes it"),
		    mc->path);
		return false;
	}
	for (i = 0; i < m->units->n; i++) {
		const struct copl_unit *u = &m->units->list[i];

		if (copl_catalog_find(mc->catalog, u->id, u->text.msgid) !=
		    NULL)
			continue;
		copl_report(p->r, COPL_ERROR, "pack-outdated",
		    (struct copl_place){mc->path, 0, 0},
		    _("%s has changed since this catalog was brought up to "
		      "date: run cop-l10n update first"),
		    m->src);
		return false;
	}
	return true;
}

static struct copl_title title_of(struct pack *p, const struct copl_master *m)
{
	if (m->kind == COPL_MASTER_FORM)
		return copl_form_title_in(p->w, m, p->index, p->arena);
	if (m->kind == COPL_MASTER_PROJECT)
		return copl_title_in(p->w, p->index);
	return (struct copl_title){
	    _("Words of the pages around the forms"), p->spoken};
}

static enum copl_status add_form(struct pack *p, const struct copl_master *m)
{
	struct pack_form *f = &p->forms[p->nforms++];
	struct copl_catalog_counts counts;

	f->m = m;
	f->mc = &m->catalogs[p->index];
	f->po =
	    copl_arena_printf(p->arena, "po/%s.%s.po", m->id, p->lang->catalog);
	f->xliff = copl_arena_printf(
	    p->arena, "xliff/%s.%s.xlf", m->id, p->lang->catalog);
	if (f->po == NULL || f->xliff == NULL ||
	    !copl_contexts_begin(&f->contexts, m, p->arena, p->r))
		return COPL_E_NOMEM;
	(void)copl_catalog_plural(f->mc->catalog, &f->plural);
	copl_catalog_count(f->mc->catalog, &counts);
	f->open = counts.fuzzy + counts.untranslated;
	f->texts = counts.translated + f->open;
	return COPL_OK;
}

static enum copl_status gather(struct pack *p)
{
	enum copl_status st = COPL_OK;
	bool good = true;
	size_t i;

	p->forms = copl_arena_alloc(
	    p->arena, (p->w->nmasters + 1) * sizeof(*p->forms));
	if (p->forms == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < p->w->nmasters && st == COPL_OK; i++) {
		const struct copl_master *m = &p->w->masters[i];

		if (m->catalogs[p->index].own)
			continue;
		if (fits(p, m, &m->catalogs[p->index]))
			st = add_form(p, m);
		else
			good = false;
	}
	if (st == COPL_OK && good && p->nforms == 0) {
		copl_report(p->r, COPL_ERROR, "pack-source",
		    (struct copl_place){p->w->project->xml->file, 0, 0},
		    _("the forms are written in \"%s\", so that there is "
		      "nothing to translate"),
		    p->lang->tag);
		good = false;
	}
	return st == COPL_OK && !good ? COPL_E_INVALID : st;
}

/* ---- the zip ---- */

/* Keeps what was made under a name, and begins anew. */
static enum copl_status add_file(
    struct pack *p, const char *name, struct copl_strbuf *b)
{
	struct copl_zip_file *list =
	    copl_grow(p->files, p->nfiles, &p->room, sizeof(*list));
	enum copl_status st = b->st;
	char *copy;

	if (list == NULL)
		return COPL_E_NOMEM;
	p->files = list;
	copy = st != COPL_OK
		   ? NULL
		   : copl_arena_strndup(p->arena, copl_strbuf_text(b), b->len);
	if (st == COPL_OK && copy == NULL)
		st = COPL_E_NOMEM;
	if (st == COPL_OK)
		p->files[p->nfiles++] =
		    (struct copl_zip_file){name, copy, b->len};
	copl_strbuf_reset(b);
	return st;
}

static enum copl_status add_files(struct pack *p)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(PACK_MAX);
	struct copl_strbuf terms = COPL_STRBUF_INIT(PACK_MAX);
	enum copl_status st;
	bool glossary;
	size_t i;

	glossary = pack_put_glossary(p, &terms);
	pack_put_start(p, glossary, &b);
	st = add_file(p, "START.html", &b);
	if (st == COPL_OK && glossary)
		st = add_file(p, "glossary.html", &terms);
	if (st == COPL_OK) {
		pack_put_table(p, &b);
		st = add_file(p, "review.csv", &b);
	}
	for (i = 0; i < p->nforms && st == COPL_OK; i++) {
		pack_put_po(p, &p->forms[i], &b);
		st = add_file(p, p->forms[i].po, &b);
		if (st != COPL_OK)
			break;
		pack_put_xliff(p, &p->forms[i], &b);
		st = add_file(p, p->forms[i].xliff, &b);
		if (st != COPL_OK || p->forms[i].preview == NULL)
			continue;
		copl_strbuf_add(&b, p->forms[i].page, p->forms[i].page_len);
		st = add_file(p, p->forms[i].preview, &b);
	}
	copl_strbuf_clear(&b);
	copl_strbuf_clear(&terms);
	return st;
}

/* Before START.html, which names them.  They choose their own language. */
static enum copl_status make_previews(struct pack *p)
{
	const struct copl_preview_how how = {.r = p->r};
	struct copl_strbuf b = COPL_STRBUF_INIT(PACK_MAX);
	enum copl_status st = COPL_OK;
	size_t i;

	for (i = 0; i < p->nforms && st == COPL_OK; i++) {
		struct pack_form *f = &p->forms[i];

		copl_strbuf_reset(&b);
		st = copl_preview_page(p->w, f->m, p->index, &how, &b, NULL);
		if (st == COPL_E_NOTFOUND) {
			st = COPL_OK;
			continue;
		}
		if (st != COPL_OK)
			break;
		f->preview =
		    copl_arena_printf(p->arena, "preview/%s.html", f->m->id);
		f->page =
		    copl_arena_strndup(p->arena, copl_strbuf_text(&b), b.len);
		f->page_len = b.len;
		if (f->preview == NULL || f->page == NULL)
			st = COPL_E_NOMEM;
	}
	copl_strbuf_clear(&b);
	return st;
}

static enum copl_status name_pack(struct pack *p)
{
	char at[COPL_INSTANT_SIZE], digits[COPL_INSTANT_SIZE];
	size_t n = 0, i;

	copl_instant_format(p->o->now, at);
	for (i = 0; at[i] != '\0'; i++)
		if (copl_is_digit(at[i]))
			digits[n++] = at[i];
	digits[n] = '\0';
	p->id = copl_arena_printf(p->arena, "%s-%.8s-%.6s", p->lang->catalog,
	    digits, n < 14 ? "000000" : digits + 8);
	return p->id == NULL ? COPL_E_NOMEM : COPL_OK;
}

/* The zip for the translator, and a copy to compare with. */
static enum copl_status write_pack(
    struct pack *p, const char *path, const struct copl_strbuf *zip)
{
	const char *dir = copl_path_join(p->arena, p->o->dir, PACK_FOLDER);
	const char *kept;
	enum copl_status st;

	if (dir == NULL)
		return COPL_E_NOMEM;
	kept = copl_arena_printf(p->arena, "%s/%s.zip", dir, p->id);
	if (kept == NULL)
		return COPL_E_NOMEM;
	st = copl_dir_make(dir, p->r);
	if (st == COPL_OK)
		st =
		    copl_file_replace(kept, zip->s, zip->len, 0666, p->r, NULL);
	if (st == COPL_OK)
		st =
		    copl_file_replace(path, zip->s, zip->len, 0666, p->r, NULL);
	return st;
}

static void tell_packed(struct pack *p, const char *path)
{
	char nforms[24], ntexts[24], nopen[24];
	const struct copl_field fields[] = {
	    {"file", path},
	    {"language", p->lang->tag},
	    {"pack", p->id},
	    {"forms", nforms},
	    {"texts", ntexts},
	    {"open", nopen},
	};
	size_t texts = 0, open = 0, i;

	for (i = 0; i < p->nforms; i++) {
		texts += p->forms[i].texts;
		open += p->forms[i].open;
	}
	snprintf(nforms, sizeof(nforms), "%zu", p->nforms);
	snprintf(ntexts, sizeof(ntexts), "%zu", texts);
	snprintf(nopen, sizeof(nopen), "%zu", open);
	copl_tell(p->r, "packed", fields, COPL_COUNT(fields),
	    _("%s: written for \"%s\"; texts %zu, still to do %zu"), path,
	    p->lang->tag, texts, open);
}

/* The words of the pages are the translator's. */
static enum copl_status add_spoken(struct pack *p)
{
	enum copl_status st = copl_report_page_speak(p->lang, &p->spoken),
			 quiet;
	size_t i;

	for (i = 0; i < p->nforms && st == COPL_OK; i++) {
		p->forms[i].title = title_of(p, p->forms[i].m);
		st = p->forms[i].title.text == NULL ? COPL_E_NOMEM : COPL_OK;
	}
	if (st == COPL_OK)
		st = add_files(p);
	if (p->r->nomem)
		st = COPL_E_NOMEM;
	quiet = copl_speak(NULL);
	return st == COPL_OK ? quiet : st;
}

static enum copl_status make(struct pack *p)
{
	struct copl_strbuf zip = COPL_STRBUF_INIT(COPL_ZIP_TOTAL_MAX);
	const char *path = p->o->output;
	enum copl_status st = find_language(p);

	if (st == COPL_OK)
		st = name_pack(p);
	if (st == COPL_OK)
		st = gather(p);
	if (st == COPL_OK && path == NULL) {
		path = copl_arena_printf(
		    p->arena, "%s-%s.zip", p->w->project->id, p->lang->catalog);
		path = path == NULL ? NULL
				    : copl_path_join(p->arena, p->o->dir, path);
		st = path == NULL ? COPL_E_NOMEM : COPL_OK;
	}
	if (st == COPL_OK)
		st = make_previews(p);
	if (st == COPL_OK)
		st = add_spoken(p);
	if (st == COPL_OK)
		st = copl_zip_write(p->files, p->nfiles, p->o->now, &zip);
	if (st == COPL_OK)
		st = write_pack(p, path, &zip);
	if (st == COPL_OK)
		tell_packed(p, path);
	copl_strbuf_clear(&zip);
	return st;
}

enum copl_status copl_pack(
    const struct copl_pack_options *options, const struct copl_sink *sink)
{
	struct pack p = {.o = options};
	struct copl_reporter r;
	enum copl_status st = COPL_E_NOMEM;
	size_t i;

	copl_reporter_init(&r, sink);
	p.r = &r;
	p.arena = copl_arena_new();
	if (p.arena != NULL)
		st = copl_workspace_load(options->dir,
		    &(struct copl_workspace_load){.lint = false}, &r, &p.w);
	if (st == COPL_OK)
		st = make(&p);
	for (i = 0; i < p.nforms; i++)
		copl_contexts_end(&p.forms[i].contexts);
	free(p.files);
	copl_workspace_free(p.w);
	copl_arena_free(p.arena);
	return copl_reporter_end(&r, st);
}
