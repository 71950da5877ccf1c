/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/i18n.h"
#include "page/report_page.h"
#include "work/import_priv.h"

#define PAGE_MAX ((size_t)64 << 20)

/* The catalog that was sent of a form, else the one before this import. */
static const struct copl_return *sent_for(
    struct import *im, const struct import_target *t, bool first)
{
	size_t i;

	for (i = 0; im->pack != NULL && i < im->sent.n; i++) {
		const struct copl_return *s = &im->sent.list[i];

		if (s->kind == COPL_RETURN_PO && s->form != NULL &&
		    strcmp(s->form, t->m->id) == 0)
			return s;
	}
	return first || t->original.n == 0 ? NULL : &t->original.list[0];
}

/* ---- language ---- */

static void refuse_language(struct import *im, const struct copl_return *one)
{
	struct copl_place at = {one->file, 0, 0};

	if (one->lang == NULL)
		copl_report(im->r, COPL_ERROR, "import-language", at,
		    _("the file does not say which language it is in: send "
		      "back the file of the pack, whose header names it"));
	else
		copl_report(im->r, COPL_ERROR, "import-language", at,
		    _("the file is in \"%s\", which this project does not "
		      "translate into"),
		    one->lang);
	im->refused = true;
}

/* The language of all files; those of others are told and left out. */
static bool take_language(struct import *im, const struct copl_return *one)
{
	const struct copl_language *l =
	    one->lang == NULL ? NULL
			      : import_language(im->w->project, one->lang);

	if (l == NULL) {
		refuse_language(im, one);
		return false;
	}
	if (!import_answers_pack(im, l, one))
		return false;
	if (im->lang == NULL) {
		im->lang = l;
		im->index = (size_t)(l - im->w->project->languages);
	}
	if (im->lang == l)
		return true;
	copl_report(im->r, COPL_ERROR, "import-language",
	    (struct copl_place){one->file, 0, 0},
	    _("the file is in \"%s\", but others that came with it are in "
	      "\"%s\": send one language at a time"),
	    l->tag, im->lang->tag);
	im->refused = true;
	return false;
}

/* ---- texts ---- */

const struct import_text *import_text_of(
    const struct import_target *t, const struct copl_message *m)
{
	const struct copl_catalog *c = t->mc->catalog;
	const struct copl_message *own = copl_catalog_find(c, m->ctxt, m->id);
	size_t at = own == NULL ? 0 : t->of_message[own - c->messages];

	return at == 0 ? NULL : &t->texts[at - 1];
}

static struct import_target *target_for(
    struct import *im, const struct copl_master *m)
{
	struct import_target *t;
	size_t i;

	for (i = 0; i < im->ntargets; i++)
		if (im->targets[i].m == m)
			return &im->targets[i];
	t = &im->targets[im->ntargets++];
	memset(t, 0, sizeof(*t));
	t->m = m;
	t->mc = &m->catalogs[im->index];
	t->bytes.max = COPL_CATALOG_MAX;
	t->of_message = copl_arena_alloc(im->arena,
	    (t->mc->catalog->nmessages + 1) * sizeof(*t->of_message));
	if (t->of_message == NULL) {
		im->r->nomem = true;
		return NULL;
	}
	if (!copl_contexts_begin(&t->contexts, m, im->arena, im->r)) {
		im->r->nomem = true;
		return NULL;
	}
	return t;
}

/* The one that is kept of a text that the form does not have. */
static struct import_text *unknown_text(
    struct import_target *t, const struct import_text *x)
{
	const char *name = x->taken->ctxt == NULL ? "" : x->taken->ctxt;
	size_t i;

	for (i = 0; i < t->ntexts; i++)
		if (t->texts[i].m == NULL &&
		    strcmp(t->texts[i].taken->ctxt == NULL
			       ? ""
			       : t->texts[i].taken->ctxt,
			name) == 0)
			return &t->texts[i];
	return NULL;
}

/* Of one text in several files what was done with it counts. */
static bool keep_text(struct import_target *t, const struct import_text *x)
{
	const struct copl_catalog *c = t->mc->catalog;
	/* Messages of a catalog that was read again live on by name. */
	const struct copl_message *m =
	    x->m == NULL ? NULL : copl_catalog_find(c, x->m->ctxt, x->m->id);
	struct import_text *list, *old = NULL;
	const char *remark = NULL;

	if (m == NULL)
		old = unknown_text(t, x);
	else if (t->of_message[m - c->messages] > 0)
		old = &t->texts[t->of_message[m - c->messages] - 1];
	if (old == NULL) {
		list = copl_grow(t->texts, t->ntexts, &t->room, sizeof(*list));
		if (list == NULL)
			return false;
		t->texts = list;
		old = &t->texts[t->ntexts++];
		if (m != NULL)
			t->of_message[m - c->messages] = t->ntexts;
	} else if (x->outcome == IMPORT_SAME) {
		return true;
	} else {
		t->counts[old->outcome]--;
		remark = old->remark;
	}
	*old = *x;
	old->m = m;
	if (old->remark == NULL)
		old->remark = remark;
	t->counts[x->outcome]++;
	return true;
}

/* Keeps what became of the texts, for the page. */
static bool keep_texts(struct import_target *t, const struct import_merge *m)
{
	size_t i;

	for (i = 0; i < m->ntexts; i++)
		if (!keep_text(t, &m->texts[i]))
			return false;
	t->accepted += m->accepted;
	return true;
}

/* The catalog with what came before, as it is now. */
static enum copl_status current(struct import_target *t,
    struct copl_catalog **own, const struct copl_catalog **c)
{
	struct copl_reporter quiet;
	enum copl_status st;

	*own = NULL;
	*c = t->mc->catalog;
	if (t->bytes.len == 0)
		return COPL_OK;
	copl_reporter_init(&quiet, NULL);
	st = copl_catalog_read(
	    t->bytes.s, t->bytes.len, t->mc->path, &quiet, own);
	*c = *own;
	return copl_reporter_end(&quiet, st);
}

/* What the catalog was, to compare a second file with. */
static enum copl_status remember_original(struct import_target *t)
{
	const struct copl_catalog *c = t->mc->catalog;
	struct copl_strbuf b = COPL_STRBUF_INIT(COPL_CATALOG_MAX);
	const struct copl_message_edit **none =
	    calloc(c->nmessages + 1, sizeof(*none));
	struct copl_reporter quiet;
	enum copl_status st = COPL_E_NOMEM;

	if (none != NULL)
		st = copl_catalog_edit(c, none, &b);
	copl_reporter_init(&quiet, NULL);
	if (st == COPL_OK)
		st = copl_returns_read(
		    b.s, b.len, t->mc->path, &quiet, &t->original);
	st = copl_reporter_end(&quiet, st);
	free(none);
	copl_strbuf_clear(&b);
	return st;
}

static enum copl_status merge_into(
    struct import *im, struct import_target *t, const struct copl_return *one)
{
	struct copl_strbuf out = COPL_STRBUF_INIT(COPL_CATALOG_MAX);
	const struct copl_catalog *c = NULL;
	struct copl_catalog *own = NULL;
	struct import_merge m = {0};
	bool first = t->ntexts == 0;
	enum copl_status st = current(t, &own, &c);

	if (st == COPL_OK && first)
		st = remember_original(t);
	if (st == COPL_OK &&
	    (!import_merge_begin(&m, c, im->arena) ||
		!import_merge_take(&m, one, sent_for(im, t, first)) ||
		!keep_texts(t, &m)))
		st = COPL_E_NOMEM;
	if (st == COPL_OK)
		st = copl_catalog_edit(c, m.edits, &out);
	if (st == COPL_OK) {
		copl_strbuf_clear(&t->bytes);
		t->bytes = out;
	} else {
		copl_strbuf_clear(&out);
	}
	import_merge_end(&m);
	copl_catalog_free(own);
	return st;
}

static enum copl_status merge_all(struct import *im)
{
	enum copl_status st = COPL_OK;
	size_t i;

	im->targets = copl_arena_alloc(
	    im->arena, (im->w->nmasters + 1) * sizeof(*im->targets));
	if (im->targets == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < im->came.n && st == COPL_OK; i++) {
		const struct copl_return *one = &im->came.list[i];
		const struct copl_master *m;
		struct import_target *t;

		if (!take_language(im, one))
			continue;
		m = import_master(im, one);
		im->refused |= m == NULL;
		if (im->r->nomem)
			return COPL_E_NOMEM;
		if (m == NULL)
			continue;
		t = target_for(im, m);
		st = t == NULL ? COPL_E_NOMEM : merge_into(im, t, one);
	}
	return st;
}

static enum copl_status lint(
    struct import *im, struct import_target *t, struct copl_findings *out)
{
	struct copl_sink sink = copl_findings_sink(out);
	struct copl_lint how = {.tag = im->lang->tag,
	    .name = im->lang->catalog,
	    .source_lang = t->m->units->lang,
	    .nunits = t->m->units->n,
	    .address = copl_lint_address_of(im->lang),
	    .glossary = im->w->glossary};
	struct copl_lint_unit *units = NULL;
	struct copl_reporter r;
	enum copl_status st = copl_lint_units_of(
	    t->m->units, t->m->kind == COPL_MASTER_FORM, im->arena, &units);

	copl_reporter_init(&r, &sink);
	how.units = units;
	if (st == COPL_OK)
		st = copl_lint_with_units(t->now, &how, t->m->units, &r);
	st = copl_reporter_end(&r, st);
	return st == COPL_E_INVALID ? COPL_OK : st;
}

/* Errors in what was taken, to whoever runs the program. */
static void tell_findings(struct import *im, const struct import_target *t)
{
	size_t i;

	for (i = 0; i < t->told.n; i++) {
		const struct copl_diag *d = &t->told.list[i];
		const struct copl_message *m =
		    copl_catalog_at_line(t->now, d->line);

		if (m == NULL || !import_text_is_new(import_text_of(t, m)) ||
		    d->severity == COPL_NOTE || strcmp(d->code, "fuzzy") == 0)
			continue;
		im->refused |= d->severity == COPL_ERROR;
		copl_report(im->r, d->severity, d->code,
		    (struct copl_place){t->mc->path, d->line, d->column}, "%s",
		    d->text);
	}
}

/* A translator may have asked: that must not wait in a file. */
static void tell_remark(struct import *im, const struct import_text *x)
{
	if (x->remark != NULL)
		copl_report(im->r, COPL_NOTE, "import-remark",
		    (struct copl_place){
			im->o->file, x->taken->line, x->taken->column},
		    _("%s: a remark came with this text: %s"),
		    x->taken->ctxt != NULL ? x->taken->ctxt : "\"\"",
		    x->remark);
}

static void tell_texts(struct import *im, const struct import_target *t)
{
	static const struct {
		enum copl_severity severity;
		const char *code;
		const char *text;
	} said[IMPORT_OUTCOMES] = {
	    [IMPORT_STALE] = {COPL_WARNING, "import-stale",
		N_("the source of this text has changed since it was sent: "
		   "the translation was taken as fuzzy")},
	    [IMPORT_BOTH] = {COPL_WARNING, "import-conflict",
		N_("this text was changed here, too, since it was sent: what "
		   "came was taken as fuzzy, compare it with what was here")},
	    [IMPORT_OLDER] = {COPL_ERROR, "import-older",
		N_("this translation was not taken: it is of an older source, "
		   "and the new one is translated already")},
	    [IMPORT_FORMS] = {COPL_ERROR, "import-forms",
		N_("this text was not taken: it has other plural forms than "
		   "the catalog")},
	    [IMPORT_UNKNOWN] = {COPL_ERROR, "import-unknown",
		N_("this text was not taken: the form does not have it, or no "
		   "longer")},
	};
	size_t i;

	for (i = 0; i < t->ntexts; i++) {
		const struct import_text *x = &t->texts[i];
		const char *file = im->o->file;

		tell_remark(im, x);
		if (said[x->outcome].code == NULL)
			continue;
		im->refused |= said[x->outcome].severity == COPL_ERROR;
		copl_report(im->r, said[x->outcome].severity,
		    said[x->outcome].code,
		    (struct copl_place){file, x->taken->line, x->taken->column},
		    "%s: %s", x->taken->ctxt != NULL ? x->taken->ctxt : "\"\"",
		    copl_text(said[x->outcome].text));
	}
}

static enum copl_status check_targets(struct import *im)
{
	enum copl_status st = COPL_OK;
	size_t i;

	for (i = 0; i < im->ntargets && st == COPL_OK; i++) {
		struct import_target *t = &im->targets[i];

		st = copl_catalog_read(
		    t->bytes.s, t->bytes.len, t->mc->path, im->r, &t->now);
		if (st == COPL_OK)
			st = lint(im, t, &t->told);
		if (st != COPL_OK)
			return st;
		tell_texts(im, t);
		tell_findings(im, t);
	}
	return st;
}

/* The same in the translator's language, and the page of it. */
static enum copl_status make_page(struct import *im, struct copl_strbuf *page)
{
	enum copl_status st = copl_report_page_speak(im->lang, &im->spoken),
			 quiet;
	struct copl_sink sink = copl_findings_sink(&im->unread);
	struct copl_returns again;
	struct copl_reporter r;
	size_t i;

	copl_reporter_init(&r, &sink);
	if (st == COPL_OK) {
		/* What it says is known; now in the other language. */
		st = copl_returns_read(copl_strbuf_text(&im->bytes),
		    im->bytes.len, im->o->file, &r, &again);
		st = copl_reporter_end(&r, st);
		st = st == COPL_E_NOMEM ? st : COPL_OK;
		copl_returns_free(&again);
	}
	for (i = 0; i < im->ntargets && st == COPL_OK; i++)
		st = lint(im, &im->targets[i], &im->targets[i].findings);
	if (st == COPL_OK) {
		import_put_page(im, page);
		st = page->st;
	}
	quiet = copl_speak(NULL);
	return st == COPL_OK ? quiet : st;
}

/* ---- writing ---- */

static enum copl_status stage(struct import *im)
{
	enum copl_status st = COPL_OK;
	size_t i;

	for (i = 0; i < im->ntargets && st == COPL_OK && !im->o->dry_run; i++) {
		struct import_target *t = &im->targets[i];

		st = import_doubt(im, t);
		if (st != COPL_OK)
			break;
		st = copl_file_stage(t->mc->path, t->bytes.s, t->bytes.len,
		    0666, i, im->r, &t->staged);
	}
	return st;
}

static void tell_imported(
    struct import *im, const struct import_target *t, bool written)
{
	char taken[24], same[24], stale[24], refused[24];
	const struct copl_field fields[] = {
	    {"file", t->mc->path},
	    {"taken", taken},
	    {"unchanged", same},
	    {"stale", stale},
	    {"refused", refused},
	    {"written", written ? "yes" : "no"},
	};
	size_t again = t->counts[IMPORT_STALE] + t->counts[IMPORT_BOTH];
	size_t not = t->counts[IMPORT_OLDER] + t->counts[IMPORT_FORMS] +
		     t->counts[IMPORT_UNKNOWN];

	snprintf(taken, sizeof(taken), "%zu", t->counts[IMPORT_TAKEN]);
	snprintf(same, sizeof(same), "%zu", t->counts[IMPORT_SAME]);
	snprintf(stale, sizeof(stale), "%zu", again);
	snprintf(refused, sizeof(refused), "%zu", not );
	copl_tell(im->r, "imported", fields, COPL_COUNT(fields),
	    _("%s: taken %zu, to look at again %zu, not taken %zu, as before "
	      "%zu"),
	    t->mc->path, t->counts[IMPORT_TAKEN], again, not,
	    t->counts[IMPORT_SAME]);
}

static enum copl_status commit(
    struct import *im, const struct copl_strbuf *page)
{
	const struct copl_field fields[] = {
	    {"file", im->o->page}, {"language", im->lang->tag}};
	enum copl_status st = COPL_OK;
	size_t i;

	for (i = 0; i < im->ntargets && st == COPL_OK; i++) {
		bool changed = false;

		if (!im->o->dry_run)
			st = copl_file_commit(
			    &im->targets[i].staged, im->r, &changed);
		if (st == COPL_OK)
			tell_imported(im, &im->targets[i], changed);
	}
	if (st != COPL_OK || im->o->page == NULL)
		return st;
	st = copl_file_replace(
	    im->o->page, page->s, page->len, 0666, im->r, NULL);
	if (st == COPL_OK)
		copl_tell(im->r, "page", fields, COPL_COUNT(fields),
		    _("%s: written for the translator"), im->o->page);
	return st;
}

static enum copl_status take_file(struct import *im)
{
	struct copl_strbuf page = COPL_STRBUF_INIT(PAGE_MAX);
	enum copl_status st =
	    copl_file_read(im->o->file, COPL_ZIP_TOTAL_MAX, im->r, &im->bytes);

	if (st == COPL_OK)
		st = copl_returns_read(copl_strbuf_text(&im->bytes),
		    im->bytes.len, im->o->file, im->r, &im->came);
	/* Of a zip what can be read is taken. */
	if ((st == COPL_E_PARSE || st == COPL_E_INVALID) && im->came.n > 0) {
		im->refused = true;
		st = COPL_OK;
	}
	if (st == COPL_OK)
		st = import_load_sent(im);
	if (st == COPL_OK)
		st = merge_all(im);
	if (st == COPL_OK && im->ntargets == 0)
		return COPL_E_INVALID;
	if (st == COPL_OK)
		st = check_targets(im);
	if (st == COPL_OK)
		st = make_page(im, &page);
	if (st == COPL_OK)
		st = stage(im);
	if (st == COPL_OK)
		st = commit(im, &page);
	copl_strbuf_clear(&page);
	return st;
}

static void clear(struct import *im)
{
	size_t i;

	for (i = 0; i < im->ntargets; i++) {
		struct import_target *t = &im->targets[i];

		copl_file_abandon(&t->staged);
		copl_catalog_free(t->now);
		copl_findings_free(&t->findings);
		copl_findings_free(&t->told);
		copl_contexts_end(&t->contexts);
		copl_returns_free(&t->original);
		copl_strbuf_clear(&t->bytes);
		free(t->texts);
	}
	copl_strbuf_clear(&im->bytes);
	copl_findings_free(&im->unread);
	copl_returns_free(&im->came);
	copl_returns_free(&im->sent);
	copl_workspace_free(im->w);
	copl_arena_free(im->arena);
}

enum copl_status copl_import(
    const struct copl_import_options *options, const struct copl_sink *sink)
{
	struct import im = {
	    .o = options, .bytes = COPL_STRBUF_INIT(COPL_ZIP_TOTAL_MAX)};
	struct copl_reporter r;
	enum copl_status st = COPL_E_NOMEM;

	copl_reporter_init(&r, sink);
	im.r = &r;
	im.arena = copl_arena_new();
	if (im.arena != NULL)
		st = copl_workspace_load(options->dir,
		    &(struct copl_workspace_load){.lint = false}, &r, &im.w);
	if (st == COPL_OK)
		st = take_file(&im);
	if (st == COPL_OK && im.refused)
		st = COPL_E_INVALID;
	st = copl_reporter_end(&r, st);
	clear(&im);
	return st;
}
