/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "build/build_priv.h"

/* The ODK forms of all recipients on their way. */
struct odk_build {
	struct build *b;
	struct copl_map seen; /* findings; most texts are everybody's */
};

/* What is wrong for eight recipients, whose first languages differ, is told
 * once; a sentence about one language names it. */
static void tell_once(void *arg, const struct copl_diag *d)
{
	struct odk_build *x = arg;
	struct copl_place at = {d->file, d->line, d->column};
	const char *file = d->file == NULL ? "" : d->file;
	const char *key = copl_arena_printf(x->b->arena, "%.*s:%zu:%zu:%s:%s",
	    (int)strcspn(file, "("), file, d->line, d->column, d->code,
	    d->text);
	size_t known;

	if (key != NULL && copl_map_get(&x->seen, key, &known))
		return;
	if (key == NULL || !copl_map_put(&x->seen, key, 0, NULL))
		x->b->r->nomem = true;
	copl_report(x->b->r, d->severity, d->code, at, "%s", d->text);
}

static enum copl_status languages(
    struct build *b, size_t recipient, size_t form, struct copl_odk *odk)
{
	const struct copl_recipient *to = &b->project->recipients[recipient];
	struct copl_odk_language *list =
	    copl_arena_alloc(b->arena, to->nlanguages * sizeof(*list));
	enum copl_status st = list == NULL ? COPL_E_NOMEM : COPL_OK;
	size_t i;

	for (i = 0; i < to->nlanguages && st == COPL_OK; i++) {
		const struct build_language *l =
		    build_language(b, to->languages[i]);
		struct copl_params params;

		if (l == NULL)
			return COPL_E_BUG;
		list[i].tag = l->language->tag;
		list[i].form = l->forms[form].form;
		list[i].words = l->words;
		list[i].fallback = l->forms[form].fallback_lang;
		st = build_params_make(b, list[i].form, recipient, l, &params);
		list[i].params = params.list;
		list[i].nparams = params.n;
	}
	odk->languages = list;
	odk->nlanguages = to->nlanguages;
	return st;
}

static enum copl_status add(
    struct build *b, size_t recipient, size_t form, struct copl_strbuf *bytes)
{
	const struct copl_recipient *to = &b->project->recipients[recipient];
	struct copl_manifest_file info = {.form = b->forms[form]->id,
	    .recipient = to->id,
	    .type = "application/xml",
	    .path = copl_arena_printf(
		b->arena, "%s/%s.odk.xml", to->id, b->forms[form]->id)};

	enum copl_status st = info.path == NULL
				  ? COPL_E_NOMEM
				  : build_add(b, &info, false, bytes);

	if (st == COPL_OK)
		b->files[b->nfiles - 1].odk = true;
	return st;
}

static enum copl_status put_form(
    struct odk_build *x, size_t recipient, size_t form, struct copl_reporter *r)
{
	const struct copl_recipient *to = &x->b->project->recipients[recipient];
	struct copl_strbuf out = COPL_STRBUF_INIT(COPL_RELEASE_FILE_MAX);
	struct copl_odk odk = {.guardian_age = to->guardian_age,
	    .helpline = to->helpline,
	    .recipient = to->id,
	    .draft = x->b->draft};
	enum copl_status st = languages(x->b, recipient, form, &odk);

	if (st == COPL_OK)
		st = copl_render_odk(&odk, r, &out);
	if (st == COPL_OK)
		st = add(x->b, recipient, form, &out);
	copl_strbuf_clear(&out);
	return st;
}

/* A form that cannot be written does not keep the others from being read. */
static enum copl_status put_recipient(
    struct odk_build *x, size_t recipient, struct copl_reporter *r)
{
	enum copl_status st = COPL_OK, one;
	size_t form;

	for (form = 0; form < x->b->nforms; form++) {
		one = put_form(x, recipient, form, r);
		if (one != COPL_OK && one != COPL_E_INVALID)
			return one;
		if (one != COPL_OK)
			st = one;
	}
	return st;
}

enum copl_status build_odk(struct build *b)
{
	struct odk_build x = {.b = b};
	const struct copl_sink sink = {.diag = tell_once, .arg = &x};
	enum copl_status st = COPL_OK, one = COPL_OK;
	struct copl_reporter r;
	size_t i;

	copl_reporter_init(&r, &sink);
	for (i = 0; i < b->project->nrecipients; i++) {
		one = put_recipient(&x, i, &r);
		if (one != COPL_OK)
			st = one;
		if (one != COPL_OK && one != COPL_E_INVALID)
			break;
	}
	st = copl_reporter_end(&r, st);
	copl_map_free(&x.seen);
	return st;
}
