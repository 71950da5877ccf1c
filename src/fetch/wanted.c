/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "base/language.h"
#include "fetch/fetch_priv.h"

struct words {
	const char **list;
	size_t n;
};

static void add(struct words *w, const char *s)
{
	size_t i;

	for (i = 0; i < w->n; i++)
		if (strcmp(w->list[i], s) == 0)
			return;
	w->list[w->n++] = s;
}

/* What the manifest has, in its own order. */
static enum copl_status list_words(const struct copl_manifest *m,
    struct copl_arena *a, struct words *langs, struct words *forms)
{
	size_t i;

	langs->list = copl_arena_alloc(a, (m->nfiles + 1) * sizeof(char *));
	forms->list = copl_arena_alloc(a, (m->nfiles + 1) * sizeof(char *));
	if (langs->list == NULL || forms->list == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < m->nfiles; i++) {
		if (m->files[i].lang != NULL)
			add(langs, m->files[i].lang);
		if (m->files[i].form != NULL)
			add(forms, m->files[i].form);
	}
	return COPL_OK;
}

static void join(const struct words *w, struct copl_strbuf *out)
{
	size_t i;

	copl_strbuf_reset(out);
	for (i = 0; i < w->n; i++)
		copl_strbuf_printf(out, "%s%s", i > 0 ? ", " : "", w->list[i]);
}

/* The language that a person gets who asks like this; NULL: none. */
static const char *look_up(const char *asked, const struct words *langs)
{
	struct copl_language_range ranges[COPL_LANGUAGE_RANGES_MAX];
	size_t n = copl_language_ranges(asked, ranges);
	size_t got = copl_language_lookup(ranges, n, langs->list, langs->n);

	return got < langs->n ? langs->list[got] : NULL;
}

static const char *find(const char *asked, const struct words *forms)
{
	size_t i;

	for (i = 0; i < forms->n; i++)
		if (strcmp(forms->list[i], asked) == 0)
			return forms->list[i];
	return NULL;
}

static enum copl_status pick(const char *const *asked, size_t n,
    const struct words *have,
    const char *(*choose)(const char *asked, const struct words *have),
    void (*say)(struct copl_reporter *r, const char *asked, const char *have),
    struct copl_arena *a, struct copl_reporter *r, struct words *out)
{
	struct copl_strbuf all = COPL_STRBUF_INIT(COPL_MANIFEST_MAX);
	enum copl_status st = COPL_OK;
	size_t i;

	out->list = copl_arena_alloc(a, (n + 1) * sizeof(char *));
	if (out->list == NULL)
		return COPL_E_NOMEM;
	join(have, &all);
	for (i = 0; i < n; i++) {
		const char *got = choose(asked[i], have);

		if (got != NULL) {
			add(out, got);
			continue;
		}
		say(r, asked[i], copl_strbuf_text(&all));
		st = COPL_E_INVALID;
	}
	copl_strbuf_clear(&all);
	return st;
}

static void say_language(
    struct copl_reporter *r, const char *asked, const char *have)
{
	copl_report(r, COPL_ERROR, "part-language",
	    (struct copl_place){NULL, 0, 0},
	    _("the release has no language for \"%s\": it has %s"), asked,
	    have);
}

static void say_form(
    struct copl_reporter *r, const char *asked, const char *have)
{
	copl_report(r, COPL_ERROR, "part-form", (struct copl_place){NULL, 0, 0},
	    _("the release has no form \"%s\": it has %s"), asked, have);
}

enum copl_status copl_wanted_part(const struct copl_fetch_options *o,
    const struct copl_manifest *m, struct copl_arena *a,
    struct copl_reporter *r, struct copl_part *out)
{
	struct words langs, forms, some_langs, some_forms;
	enum copl_status st, other;

	memset(out, 0, sizeof(*out));
	memset(&langs, 0, sizeof(langs));
	memset(&forms, 0, sizeof(forms));
	memset(&some_langs, 0, sizeof(some_langs));
	memset(&some_forms, 0, sizeof(some_forms));
	if (o->nlangs == 0 && o->nforms == 0)
		return COPL_OK;
	st = list_words(m, a, &langs, &forms);
	if (st != COPL_OK)
		return st;
	st = pick(o->langs, o->nlangs, &langs, look_up, say_language, a, r,
	    &some_langs);
	if (st == COPL_E_NOMEM)
		return st;
	other = pick(
	    o->forms, o->nforms, &forms, find, say_form, a, r, &some_forms);
	/* All of them is no part. */
	*out = (struct copl_part){some_langs.list,
	    some_langs.n == langs.n ? 0 : some_langs.n, some_forms.list,
	    some_forms.n == forms.n ? 0 : some_forms.n};
	return other != COPL_OK ? other : st;
}
