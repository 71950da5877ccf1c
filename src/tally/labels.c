/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "base/language.h"
#include "locale/locale.h"
#include "tally/labels.h"

#define LANGUAGES_MAX 200
#define LABEL_MAX 256 /* bytes of a number, or of two */

/* ---- which language ---- */

static size_t languages_of(
    const struct tally_forms *fs, const char *tags[LANGUAGES_MAX])
{
	size_t n = 0, i, k, m;

	for (i = 0; i < fs->nreleases; i++)
		for (k = 0; k < fs->releases[i].manifest->nfiles; k++) {
			const struct copl_manifest_file *f =
			    &fs->releases[i].manifest->files[k];

			if (f->form == NULL || f->lang == NULL)
				continue;
			for (m = 0; m < n; m++)
				if (strcmp(tags[m], f->lang) == 0)
					break;
			if (m == n && n < LANGUAGES_MAX)
				tags[n++] = f->lang;
		}
	return n;
}

/* NULL: none is near. */
static const char *nearest(const char *asked, const char *const *tags, size_t n)
{
	struct copl_language_range ranges[COPL_LANGUAGE_RANGES_MAX];
	char tag[COPL_SPOKEN_SIZE];
	size_t i;

	if (strlen(asked) >= sizeof(tag))
		return NULL;
	/* "zh_CN" is how catalogs are called. */
	for (i = 0; asked[i] != '\0'; i++)
		tag[i] = asked[i] == '_' ? '-' : asked[i];
	tag[i] = '\0';
	i = copl_language_lookup(
	    ranges, copl_language_ranges(tag, ranges), tags, n);
	return i < n ? tags[i] : NULL;
}

const char *tally_labels_language(
    const struct tally_forms *fs, const char *asked, struct copl_reporter *r)
{
	const char *tags[LANGUAGES_MAX], *found = NULL;
	char spoken[COPL_SPOKEN_SIZE];
	const size_t n = languages_of(fs, tags);

	if (n == 0)
		return NULL;
	copl_spoken(spoken);
	found = nearest(asked == NULL ? spoken : asked, tags, n);
	if (found != NULL)
		return found;
	found = nearest("en", tags, n);
	found = found == NULL ? tags[0] : found;
	if (asked != NULL)
		copl_report(r, COPL_WARNING, "tally-labels",
		    (struct copl_place){NULL, 0, 0},
		    _("no release has forms in \"%s\", so the questions are "
		      "named in \"%s\""),
		    asked, found);
	return found;
}

/* ---- forms ---- */

enum copl_status tally_labels_open(const struct tally_forms *fs,
    const struct tally_form *form, const char *lang, struct copl_reporter *r,
    struct tally_labels *out)
{
	*out = (struct tally_labels){.arena = copl_arena_new(),
	    .all = fs,
	    .form = form,
	    .lang = lang,
	    .r = r};
	return out->arena == NULL ? COPL_E_NOMEM : COPL_OK;
}

void tally_labels_close(struct tally_labels *l)
{
	size_t i;

	for (i = 0; i < TALLY_RELEASES_MAX; i++) {
		copl_form_free(l->typed[i]);
		copl_xml_free(l->xml[i]);
	}
	copl_arena_free(l->arena);
	memset(l, 0, sizeof(*l));
}

/* In the language, or in any. */
static const struct copl_form *edition(struct tally_labels *l, size_t i)
{
	const struct tally_release *release =
	    &l->all->releases[l->form->editions[i].release];
	enum copl_status st;

	if (l->tried[i])
		return l->typed[i];
	l->tried[i] = true;
	st = tally_form_load(
	    release, l->form->id, l->lang, l->r, &l->xml[i], &l->typed[i]);
	if (st == COPL_E_NOTFOUND)
		st = tally_form_load(
		    release, l->form->id, NULL, l->r, &l->xml[i], &l->typed[i]);
	if (st == COPL_E_NOMEM)
		l->r->nomem = true;
	if (st == COPL_E_IO)
		l->st = st;
	return l->typed[i];
}

static const char *text_of(
    struct tally_labels *l, const struct copl_form *f, const xmlNode *node)
{
	const char *s = node == NULL
			    ? NULL
			    : copl_xml_get_text(
				  copl_form_text(f, node, -1), l->arena, l->r);

	return s == NULL || *s == '\0' ? NULL : s;
}

static const struct copl_question *find(
    const struct copl_form *f, const char *id)
{
	size_t i, k;

	for (i = 0; f != NULL && i < f->nsections; i++)
		for (k = 0; k < f->sections[i].nitems; k++)
			if (strcmp(f->sections[i].items[k].id, id) == 0)
				return &f->sections[i].items[k];
	return NULL;
}

/* The question in the newest release that asks it like this. */
static const struct copl_question *typed(struct tally_labels *l,
    const struct tally_question *q, const struct copl_form **f)
{
	size_t i;

	for (i = 0; i < l->form->neditions; i++)
		if ((q->releases >> l->form->editions[i].release & 1) != 0) {
			*f = edition(l, i);
			return find(*f, q->id);
		}
	return NULL;
}

/* ---- texts ---- */

const char *tally_label_title(struct tally_labels *l)
{
	const struct copl_form *f =
	    l->form->neditions == 0 ? NULL : edition(l, 0);
	const char *s = f == NULL ? NULL : text_of(l, f, f->title);

	return s == NULL ? l->form->id : s;
}

const char *tally_label_question(
    struct tally_labels *l, const struct tally_question *q)
{
	const struct copl_form *f = NULL;
	const struct copl_question *t = typed(l, q, &f);
	const char *s = t == NULL ? NULL : text_of(l, f, t->label);

	return s == NULL ? q->id : s;
}

const char *tally_label_part(
    struct tally_labels *l, const struct tally_question *q, size_t part)
{
	const struct copl_form *f = NULL;
	const struct copl_question *t;
	const char *s = q->parts[part];
	size_t i;

	if (s == NULL)
		return NULL;
	if (q->kind == COPL_RANK) {
		/* Translators: the place that people gave something in a
		 * list of what they want most; %s is 1, 2, 3 ... */
		s = copl_arena_printf(l->arena, _("place %s"), s);
		return s == NULL ? q->parts[part] : s;
	}
	t = typed(l, q, &f);
	for (i = 0; t != NULL && i < t->nrows; i++)
		if (strcmp(t->rows[i].id, s) == 0) {
			const char *text = text_of(l, f, t->rows[i].label);

			return text == NULL ? s : text;
		}
	return s;
}

/* Numbers of a code as people of the language write them: "7,5". */
static const char *as_written(struct tally_labels *l, const char *code)
{
	struct copl_strbuf out = COPL_STRBUF_INIT(LABEL_MAX);
	char number[LABEL_MAX];
	const char *s = code;
	size_t n;

	if (strpbrk(code, ".-") == NULL)
		return code;
	for (; *s != '\0'; s += n) {
		n = strspn(s, "-.0123456789");
		snprintf(number, sizeof(number), "%.*s", (int)n, s);
		if (n == 0)
			copl_strbuf_add(&out, s, n = 1);
		else if (copl_locale_decimal(l->lang, number, &out) != COPL_OK)
			copl_strbuf_puts(&out, number);
	}
	s = copl_arena_strdup(l->arena, copl_strbuf_text(&out));
	copl_strbuf_clear(&out);
	return s == NULL ? code : s;
}

/* A number with its unit, an end of a scale with its words. */
static const char *with_words(struct tally_labels *l, const struct copl_form *f,
    const struct copl_question *t, const struct tally_question *q, size_t code)
{
	const char *s = NULL, *said = q->codes[code];

	if (t->kind == COPL_NUMBER || t->kind == COPL_RATING)
		said = as_written(l, said);
	if (t->kind == COPL_NUMBER)
		s = text_of(l, f, t->unit);
	if (s != NULL)
		s = copl_arena_printf(l->arena, "%s %s", said, s);
	if (t->kind == COPL_RATING && code == 0)
		s = text_of(l, f, t->low);
	if (t->kind == COPL_RATING && code + 1 == q->ncodes)
		s = text_of(l, f, t->high);
	if (t->kind == COPL_RATING && s != NULL)
		s = copl_arena_printf(l->arena, "%s · %s", said, s);
	return s == NULL ? said : s;
}

const char *tally_label_code(
    struct tally_labels *l, const struct tally_question *q, size_t code)
{
	const struct copl_form *f = NULL;
	const struct copl_question *t;
	size_t i;

	if (code == q->ncodes)
		return _("no answer");
	if (q->kind == COPL_TEXT)
		return _("something was written");
	t = typed(l, q, &f);
	if (t == NULL)
		return q->codes[code];
	if (t->choices == NULL)
		return with_words(l, f, t, q, code);
	for (i = 0; i < t->choices->n; i++)
		if (strcmp(t->choices->options[i].value, q->codes[code]) == 0) {
			const char *s =
			    text_of(l, f, t->choices->options[i].label);

			return s == NULL ? q->codes[code] : s;
		}
	return q->codes[code];
}
