/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "bundle/bundle_priv.h"
#include "bundle/manifest_priv.h"
#include "bundle/part.h"

#define PART_MAX ((size_t)65536)
#define WORDS_MAX 1000 /* languages, or forms */

static bool holds(const char *const *list, size_t n, const char *s)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strcmp(list[i], s) == 0)
			return true;
	return false;
}

bool copl_part_is_whole(const struct copl_part *p)
{
	return p == NULL || (p->nlangs == 0 && p->nforms == 0);
}

bool copl_part_has(
    const struct copl_part *p, const struct copl_manifest_file *f)
{
	if (p == NULL)
		return true;
	if (p->nlangs > 0 && f->lang != NULL &&
	    !holds(p->langs, p->nlangs, f->lang))
		return false;
	return p->nforms == 0 || f->form == NULL ||
	       holds(p->forms, p->nforms, f->form);
}

static bool same_words(
    const char *const *a, size_t na, const char *const *b, size_t nb)
{
	size_t i;

	for (i = 0; i < na; i++)
		if (!holds(b, nb, a[i]))
			return false;
	for (i = 0; i < nb; i++)
		if (!holds(a, na, b[i]))
			return false;
	return true;
}

bool copl_part_same(const struct copl_part *a, const struct copl_part *b)
{
	static const struct copl_part whole = {NULL, 0, NULL, 0};

	if (a == NULL)
		a = &whole;
	if (b == NULL)
		b = &whole;
	return same_words(a->langs, a->nlangs, b->langs, b->nlangs) &&
	       same_words(a->forms, a->nforms, b->forms, b->nforms);
}

size_t copl_part_count(const struct copl_part *p, const struct copl_manifest *m)
{
	size_t n = 0, i;

	for (i = 0; i < m->nfiles; i++)
		if (copl_part_has(p, &m->files[i]))
			n++;
	return n;
}

void copl_part_keep(const struct copl_part *p, struct copl_manifest *m)
{
	size_t n = 0, i;

	for (i = 0; i < m->nfiles; i++)
		if (copl_part_has(p, &m->files[i]))
			m->files[n++] = m->files[i];
	m->nfiles = n;
}

enum copl_status copl_part_sums(const struct copl_part *p,
    const struct copl_manifest *m, struct copl_strbuf *out)
{
	struct copl_manifest some = *m;
	size_t i;
	enum copl_status st;

	if (copl_part_is_whole(p))
		return copl_manifest_sums(m, out);
	some.files = calloc(m->nfiles + 1, sizeof(*some.files));
	if (some.files == NULL)
		return COPL_E_NOMEM;
	some.nfiles = 0;
	for (i = 0; i < m->nfiles; i++)
		if (copl_part_has(p, &m->files[i]))
			some.files[some.nfiles++] = m->files[i];
	st = copl_manifest_sums(&some, out);
	free(some.files);
	return st;
}

static void name_words(
    const char *const *list, size_t n, struct copl_strbuf *out)
{
	size_t i;

	for (i = 0; i < n; i++)
		copl_strbuf_printf(out, "%s%s", i > 0 ? ", " : "", list[i]);
}

void copl_part_name(const struct copl_part *p, struct copl_strbuf *out)
{
	name_words(p->langs, p->nlangs, out);
	if (p->nlangs > 0 && p->nforms > 0)
		copl_strbuf_puts(out, "; ");
	name_words(p->forms, p->nforms, out);
}

void copl_part_write(const struct copl_part *p, struct copl_strbuf *out)
{
	size_t i;

	copl_strbuf_puts(out, "# cop-l10n part 1: only these languages and "
			      "forms of the release are here\n");
	for (i = 0; i < p->nlangs; i++)
		copl_strbuf_printf(out, "lang %s\n", p->langs[i]);
	for (i = 0; i < p->nforms; i++)
		copl_strbuf_printf(out, "form %s\n", p->forms[i]);
}

struct words {
	const char **list;
	size_t n;
	size_t room;
};

static enum copl_status add_word(
    struct words *w, struct copl_arena *a, const char *s, size_t len)
{
	const char **grown = copl_grow(w->list, w->n, &w->room, sizeof(*grown));

	if (grown == NULL)
		return COPL_E_NOMEM;
	w->list = grown;
	w->list[w->n] = copl_arena_strndup(a, s, len);
	if (w->list[w->n] == NULL)
		return COPL_E_NOMEM;
	return ++w->n <= WORDS_MAX ? COPL_OK : COPL_E_TRUST;
}

/* A line that says nothing that can be understood is COPL_E_TRUST. */
static enum copl_status take_line(const struct line *l, struct copl_arena *a,
    struct words *langs, struct words *forms)
{
	bool is_lang = copl_line_starts(l, "lang ");
	struct words *w = is_lang ? langs : forms;
	enum copl_status st;

	if (l->len == 0 || l->s[0] == '#')
		return COPL_OK;
	if (!is_lang && !copl_line_starts(l, "form "))
		return COPL_E_TRUST;
	st = add_word(w, a, l->s + 5, l->len - 5);
	if (st != COPL_OK)
		return st;
	return (is_lang ? copl_shape_is_tag(w->list[w->n - 1])
			: copl_manifest_name_ok(w->list[w->n - 1]))
		   ? COPL_OK
		   : COPL_E_TRUST;
}

static enum copl_status keep_words(const struct words *w, struct copl_arena *a,
    const char *const **list, size_t *n)
{
	const char **kept = copl_arena_alloc(a, (w->n + 1) * sizeof(*kept));

	if (kept == NULL)
		return COPL_E_NOMEM;
	if (w->n > 0)
		memcpy(kept, w->list, w->n * sizeof(*kept));
	*list = kept;
	*n = w->n;
	return COPL_OK;
}

static enum copl_status read_part(const struct copl_strbuf *text,
    const char *file, struct copl_arena *a, struct copl_reporter *r,
    struct copl_part *out)
{
	struct words langs = {NULL, 0, 0}, forms = {NULL, 0, 0};
	const char *s = copl_strbuf_text(text);
	struct line l = {NULL, 0, 0};
	enum copl_status st = COPL_OK;

	while (st == COPL_OK && copl_line_next(&s, &l))
		st = take_line(&l, a, &langs, &forms);
	/* Without a word it would stand for everything, and not be needed. */
	if (st == COPL_OK && langs.n + forms.n == 0)
		st = COPL_E_TRUST;
	if (st == COPL_E_TRUST)
		copl_report(r, COPL_ERROR, "part-malformed",
		    (struct copl_place){file, l.number, 1},
		    _("it cannot be understood which part of the release is "
		      "here: get the release again"));
	if (st == COPL_OK)
		st = keep_words(&langs, a, &out->langs, &out->nlangs);
	if (st == COPL_OK)
		st = keep_words(&forms, a, &out->forms, &out->nforms);
	free(langs.list);
	free(forms.list);
	return st;
}

enum copl_status copl_part_load(const char *set, struct copl_arena *a,
    struct copl_reporter *r, struct copl_part *out)
{
	struct copl_strbuf text = COPL_STRBUF_INIT(PART_MAX);
	char *file = copl_path_join(a, set, COPL_PARTIAL);
	enum copl_status st;

	memset(out, 0, sizeof(*out));
	if (file == NULL)
		return COPL_E_NOMEM;
	if (!copl_path_exists(file))
		return COPL_OK;
	st = copl_file_read(file, PART_MAX, r, &text);
	if (st == COPL_OK)
		st = read_part(&text, file, a, r, out);
	copl_strbuf_clear(&text);
	return st;
}
