/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <copl10n/fix.h>
#include "base/i18n.h"
#include "lint/fix.h"
#include "lint/lint.h"
#include "work/fix_show.h"
#include "work/lint_tag.h"
#include "work/work.h"

/* One catalog and what shall be other in it. */
struct fix {
	struct copl_lint_fix how;
	struct copl_catalog *c;
	struct copl_arena *a;
	struct copl_reporter *r;
	struct copl_plural plural; /* as it shall be */
	const char *plural_forms; /* the header's new rule; NULL: its own */
	unsigned map[COPL_PLURALS_MAX];
	struct copl_revision *list;
	size_t n;
	size_t room;
	bool dry_run;
};

/* ---- one message ---- */

static void add_code(struct copl_strbuf *codes, const char *code)
{
	if (codes->len > 0 && strstr(codes->s, code) != NULL)
		return;
	copl_strbuf_puts(codes, codes->len > 0 ? " " : "");
	copl_strbuf_puts(codes, code);
}

/* Form k of the message as it shall be, in the arena. */
static const char *form_of(struct fix *f, const struct copl_message *m,
    unsigned k, struct copl_strbuf *text, struct copl_strbuf *codes)
{
	bool moved = m->plural != NULL && f->plural_forms != NULL;
	const char *str = m->str[moved ? f->map[k] : k];
	size_t i;

	if (m->fuzzy || m->obsolete || *str == '\0')
		return str;
	if (copl_lint_fix_text(&f->how, m,
		copl_lint_source(&f->plural, m, k, str), str, text) != COPL_OK)
		return NULL;
	for (i = 0; f->how.done[i] != NULL; i++)
		add_code(codes, f->how.done[i]);
	if (f->how.done[0] == NULL)
		return str;
	return copl_arena_strdup(f->a, copl_strbuf_text(text));
}

static bool is_changed(
    const struct copl_message *m, const char *const *forms, unsigned n)
{
	unsigned k;

	if (n != m->nstr)
		return true;
	for (k = 0; k < n; k++)
		if (strcmp(m->str[k], forms[k]) != 0)
			return true;
	return false;
}

static enum copl_status keep(struct fix *f, const struct copl_revision *v)
{
	struct copl_revision *list =
	    copl_grow(f->list, f->n, &f->room, sizeof(*list));

	if (list == NULL)
		return COPL_E_NOMEM;
	f->list = list;
	f->list[f->n++] = *v;
	return COPL_OK;
}

static enum copl_status fix_message(struct fix *f, const struct copl_message *m,
    struct copl_strbuf *text, struct copl_strbuf *codes)
{
	bool moved = m->plural != NULL && f->plural_forms != NULL;
	unsigned n = moved ? f->plural.n : m->nstr, k;
	const char *forms[256];
	struct copl_revision v = {m, NULL, n};
	const char **copy;

	copl_strbuf_reset(codes);
	for (k = 0; k < n; k++) {
		forms[k] = form_of(f, m, k, text, codes);
		if (forms[k] == NULL)
			return COPL_E_NOMEM;
	}
	if (!is_changed(m, forms, n))
		return COPL_OK;
	if (moved)
		add_code(codes, "plural-rule");
	copy = copl_arena_alloc(f->a, n * sizeof(*copy));
	if (copy == NULL)
		return COPL_E_NOMEM;
	memcpy(copy, forms, n * sizeof(*copy));
	v.forms = copy;
	fix_show(f->r, f->c, &v, copl_strbuf_text(codes), !f->dry_run);
	return keep(f, &v);
}

static enum copl_status fix_messages(struct fix *f)
{
	struct copl_strbuf text = COPL_STRBUF_INIT(COPL_CATALOG_MAX);
	struct copl_strbuf codes = COPL_STRBUF_INIT(1 << 10);
	enum copl_status st = COPL_OK;
	size_t i;

	f->plural_forms = copl_lint_fix_plural(&f->how, f->map);
	if (f->plural_forms == NULL)
		(void)copl_catalog_plural(f->c, &f->plural);
	else if (!copl_plural_parse(f->plural_forms, &f->plural))
		st = COPL_E_BUG;
	if (f->plural_forms != NULL)
		fix_show_header(f->r, f->c, f->plural_forms, !f->dry_run);
	for (i = 0; i < f->c->nmessages && st == COPL_OK; i++)
		st = fix_message(f, &f->c->messages[i], &text, &codes);
	copl_strbuf_clear(&text);
	copl_strbuf_clear(&codes);
	return st;
}

/* ---- files ---- */

static enum copl_status write_file(const struct fix *f)
{
	struct copl_strbuf out = COPL_STRBUF_INIT(COPL_CATALOG_MAX);
	enum copl_status st =
	    copl_catalog_revise(f->c, f->list, f->n, f->plural_forms, &out);

	if (st == COPL_OK)
		st = copl_file_replace(f->c->file, copl_strbuf_text(&out),
		    out.len, 0666, f->r, NULL);
	copl_strbuf_clear(&out);
	return st;
}

static enum copl_status fix_catalog(struct copl_catalog *c, const char *tag,
    bool dry_run, struct copl_reporter *r)
{
	struct fix f = {
	    .how = {.tag = tag, .c = c}, .c = c, .r = r, .dry_run = dry_run};
	enum copl_status st = COPL_E_NOMEM;
	bool file = c->bom || c->crlf;

	f.a = copl_arena_new();
	if (f.a == NULL)
		goto out;
	st = fix_messages(&f);
	if (st == COPL_OK && file)
		fix_show_file(r, c, !dry_run);
	if (st == COPL_OK && !dry_run &&
	    (file || f.n > 0 || f.plural_forms != NULL))
		st = write_file(&f);
out:
	free(f.list);
	copl_arena_free(f.a);
	return st;
}

/* tag NULL: the file says.  What is wrong with a file the checks will tell. */
static enum copl_status fix_file(
    const char *path, const char *tag, bool dry_run, struct copl_reporter *r)
{
	char own[COPL_TAG_MAX] = "und";
	struct copl_catalog *c = NULL;
	struct copl_reporter quiet;
	enum copl_status st;

	copl_reporter_init(&quiet, NULL);
	st = copl_catalog_load(path, &quiet, &c);
	if (st == COPL_OK && tag == NULL)
		copl_lint_tag(c, &quiet, own);
	st = copl_reporter_end(&quiet, st);
	if (st == COPL_OK)
		st = fix_catalog(c, tag == NULL ? own : tag, dry_run, r);
	else if (st != COPL_E_NOMEM)
		st = COPL_OK;
	copl_catalog_free(c);
	return st;
}

enum copl_status copl_fix_files(const char *const *catalogs, size_t n,
    bool dry_run, const struct copl_sink *sink)
{
	enum copl_status st = COPL_OK;
	struct copl_reporter r;
	size_t i;

	copl_reporter_init(&r, sink);
	for (i = 0; i < n && st == COPL_OK; i++)
		st = fix_file(catalogs[i], NULL, dry_run, &r);
	return copl_reporter_end(&r, st);
}

static enum copl_status fix_master(const struct copl_project *p,
    const struct copl_master *m, bool dry_run, struct copl_reporter *r)
{
	enum copl_status st = COPL_OK;
	size_t i;

	for (i = 0; i < p->nlanguages && st == COPL_OK; i++)
		if (m->catalogs != NULL && !m->catalogs[i].own &&
		    m->catalogs[i].path != NULL)
			st = fix_file(m->catalogs[i].path,
			    m->catalogs[i].language->tag, dry_run, r);
	return st;
}

enum copl_status copl_fix_project(
    const char *dir, bool dry_run, const struct copl_sink *sink)
{
	static const struct copl_workspace_load how = {.lint = false};
	struct copl_workspace *w = NULL;
	struct copl_reporter r, quiet;
	enum copl_status st;
	size_t i;

	copl_reporter_init(&r, sink);
	copl_reporter_init(&quiet, NULL);
	/* What is wrong with the project copl_check() tells. */
	st = copl_workspace_load(dir, &how, &quiet, &w);
	st = copl_reporter_end(&quiet, st);
	if (st != COPL_E_NOMEM)
		st = COPL_OK;
	for (i = 0; w != NULL && i < w->nmasters && st == COPL_OK; i++)
		st = fix_master(w->project, &w->masters[i], dry_run, &r);
	copl_workspace_free(w);
	return copl_reporter_end(&r, st);
}
