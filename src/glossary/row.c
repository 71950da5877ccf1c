/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "base/i18n.h"
#include "glossary/load.h"

/* ---- columns ---- */

static struct column *add_column(struct reading *d, const char *tag)
{
	struct copl_glossary *g = d->g;
	struct column *c = &g->columns[g->ncolumns];

	c->tag = copl_arena_strdup(g->arena, tag);
	c->rows = calloc(d->rows_room, sizeof(struct row *));
	if (c->tag == NULL || c->rows == NULL) {
		free(c->rows);
		c->rows = NULL;
		return NULL;
	}
	g->ncolumns++;
	return c;
}

bool glossary_begin(struct reading *d, const char *lang)
{
	char tag[40];

	glossary_tag(lang, tag, sizeof(tag));
	d->rows_room = 256;
	d->g->lang = copl_arena_strdup(d->g->arena, lang);
	d->g->columns = calloc(GLOSSARY_LANGUAGES, sizeof(*d->g->columns));
	return d->g->lang != NULL && d->g->columns != NULL &&
	       add_column(d, "*") != NULL && add_column(d, tag) != NULL;
}

static struct column *column_of(struct reading *d)
{
	const struct field *f = glossary_field(d, F_LANGUAGE);
	struct copl_glossary *g = d->g;
	char tag[40];
	size_t i;

	if (strcmp(f->s, "*") == 0)
		return &g->columns[GLOSSARY_ALL];
	glossary_tag(f->s, tag, sizeof(tag));
	if (strlen(f->s) >= sizeof(tag) || !copl_shape_is_tag(tag)) {
		copl_report(d->r, COPL_ERROR, "glossary-language",
		    glossary_place(d, f->at == NULL ? d->line : f->at),
		    _("\"%s\" is no language tag: write one such as fr or "
		      "zh-Hans, or * for every language"),
		    f->s);
		return NULL;
	}
	for (i = 0; i < g->ncolumns; i++)
		if (strcmp(g->columns[i].tag, tag) == 0)
			return &g->columns[i];
	if (g->ncolumns < GLOSSARY_LANGUAGES) {
		struct column *c = add_column(d, tag);

		d->r->nomem |= c == NULL;
		return c;
	}
	copl_report(d->r, COPL_ERROR, "glossary-limit",
	    glossary_place(d, f->at),
	    _("a glossary may have at most %d languages"), GLOSSARY_LANGUAGES);
	d->stop = true;
	return NULL;
}

/* ---- concepts ---- */

static bool widen(struct reading *d)
{
	size_t room = d->rows_room * 2, i;

	for (i = 0; i < d->g->ncolumns; i++) {
		struct row **rows =
		    realloc(d->g->columns[i].rows, room * sizeof(*rows));

		if (rows == NULL)
			return false;
		d->g->columns[i].rows = rows;
		memset(rows + d->rows_room, 0, d->rows_room * sizeof(*rows));
	}
	d->rows_room = room;
	return true;
}

/* The number of the term, which is new or not; SIZE_MAX: no memory. */
static size_t concept_of(struct reading *d, const char *term)
{
	struct copl_glossary *g = d->g;
	size_t at = g->nconcepts;
	const char **terms;

	if (!copl_map_put(&g->concepts, term, at, &at))
		return SIZE_MAX;
	if (at < g->nconcepts)
		return at;
	terms = copl_grow(d->terms, at, &d->terms_room, sizeof(*terms));
	if (terms == NULL)
		return SIZE_MAX;
	d->terms = terms;
	terms[at] = term;
	if (at == d->rows_room && !widen(d))
		return SIZE_MAX;
	g->nconcepts++;
	return at;
}

/* ---- variants ---- */

static void tell_fault(
    struct reading *d, enum variant_fault fault, const char *at, const char *s)
{
	struct copl_place place = glossary_place(d, at);

	switch (fault) {
	case VARIANT_NOMEM:
		d->r->nomem = true;
		break;
	case VARIANT_STAR:
		copl_report(d->r, COPL_ERROR, "glossary-stem", place,
		    _("\"%s\": a * stands at the end of a word, for any "
		      "ending, "
		      "or at its beginning; write protection* or *protection"),
		    s);
		break;
	case VARIANT_EMPTY:
		copl_report(d->r, COPL_ERROR, "glossary-form", place,
		    _("\"%s\" has no word in it"), s);
		break;
	case VARIANT_LONG:
		copl_report(d->r, COPL_ERROR, "glossary-limit", place,
		    _("\"%s\" is too long: at most %d words of %d letters"), s,
		    GLOSSARY_WORDS, GLOSSARY_LETTERS);
		break;
	case VARIANT_OK:
		break;
	}
}

/* A list of forms that grows; the first may be the preferred one. */
struct forms {
	struct variant list[GLOSSARY_FORMS];
	const char *texts[GLOSSARY_FORMS];
	size_t n;
};

static void add_form(
    struct reading *d, struct forms *f, const char *s, const char *at)
{
	enum variant_fault fault;
	size_t i;

	for (i = 0; i < f->n; i++)
		if (strcmp(f->texts[i], s) == 0)
			return;
	if (f->n == GLOSSARY_FORMS) {
		copl_report(d->r, COPL_ERROR, "glossary-limit",
		    glossary_place(d, at),
		    _("one field may have at most %d forms"), GLOSSARY_FORMS);
		return;
	}
	fault = glossary_variant(d->g->arena, s, &f->list[f->n]);
	if (fault == VARIANT_OK) {
		f->texts[f->n] = f->list[f->n].text;
		f->n++;
	}
	tell_fault(d, fault, at, s);
}

/* "one form|another": blanks around a form do not count. */
static void add_forms(
    struct reading *d, struct forms *f, const struct field *field)
{
	char *p = field->s, *bar, *end;

	for (; p != NULL && *p != '\0'; p = bar) {
		bar = strchr(p, '|');
		if (bar != NULL)
			*bar++ = '\0';
		p += strspn(p, " ");
		for (end = p + strlen(p); end > p && end[-1] == ' ';)
			*--end = '\0';
		if (*p != '\0')
			add_form(d, f, p, field->at + (p - field->s));
	}
}

static bool keep_forms(struct reading *d, const struct forms *f,
    struct variant **list, const char *const **texts)
{
	size_t size = (f->n + 1) * sizeof(f->list[0]);
	const char **copy =
	    copl_arena_alloc(d->g->arena, (f->n + 1) * sizeof(*copy));

	*list = copl_arena_alloc(d->g->arena, size);
	if (*list == NULL || copy == NULL)
		return false;
	memcpy(*list, f->list, f->n * sizeof(f->list[0]));
	memcpy(copy, f->texts, f->n * sizeof(*copy));
	*texts = copy;
	return true;
}

/* ---- rows ---- */

static bool is_kept(struct reading *d)
{
	const struct field *f = glossary_field(d, F_KEEP);

	if (strcmp(f->s, "yes") != 0 && strcmp(f->s, "no") != 0 &&
	    f->s[0] != '\0')
		copl_report(d->r, COPL_ERROR, "glossary-keep",
		    glossary_place(d, f->at),
		    _("\"%s\": write yes for a name that is not translated, or "
		      "nothing"),
		    f->s);
	return strcmp(f->s, "yes") == 0;
}

static void check_rejected(struct reading *d, const struct forms *accepted,
    const struct forms *rejected)
{
	size_t i, k;

	for (i = 0; i < rejected->n; i++)
		for (k = 0; k < accepted->n; k++)
			if (strcmp(rejected->texts[i], accepted->texts[k]) == 0)
				copl_report(d->r, COPL_ERROR,
				    "glossary-conflict",
				    glossary_place(
					d, glossary_field(d, F_REJECTED)->at),
				    _("\"%s\" is both accepted and rejected: "
				      "take it out of one of the two"),
				    rejected->texts[i]);
}

static struct row *make_row(struct reading *d, const char *term, bool own)
{
	const struct field *preferred = glossary_field(d, F_PREFERRED);
	struct row *r = copl_arena_alloc(d->g->arena, sizeof(*r));
	struct forms accepted = {.n = 0}, rejected = {.n = 0};
	const char *note = glossary_field(d, F_NOTE)->s;

	if (r == NULL)
		return NULL;
	r->term.source = term;
	r->term.keep = is_kept(d);
	r->term.note = note[0] == '\0' ? NULL : note;
	r->term.preferred = preferred->s[0] != '\0' && !own ? preferred->s
			    : r->term.keep || own           ? term
							    : NULL;
	if (r->term.preferred == NULL) {
		copl_report(d->r, COPL_ERROR, "glossary-preferred",
		    glossary_place(
			d, preferred->at == NULL ? d->line : preferred->at),
		    _("\"%s\" has no translation here: write one, yes under "
		      "keep, or take the line out"),
		    term);
		return r;
	}
	add_form(d, &accepted, r->term.preferred,
	    preferred->at == NULL ? d->line : preferred->at);
	if (own || r->term.keep)
		add_form(d, &accepted, term, d->line);
	if (own)
		add_forms(d, &accepted, preferred);
	add_forms(d, &accepted, glossary_field(d, F_ACCEPTED));
	add_forms(d, &rejected, glossary_field(d, F_REJECTED));
	check_rejected(d, &accepted, &rejected);
	r->term.naccepted = accepted.n;
	r->term.nrejected = rejected.n;
	return keep_forms(d, &accepted, &r->accepted, &r->term.accepted) &&
		       keep_forms(d, &rejected, &r->rejected, &r->term.rejected)
		   ? r
		   : NULL;
}

void glossary_row(struct reading *d)
{
	const struct field *term = glossary_field(d, F_TERM);
	struct column *c;
	size_t concept;

	if (d->nrows++ == GLOSSARY_ROWS) {
		copl_report(d->r, COPL_ERROR, "glossary-limit",
		    glossary_place(d, d->line),
		    _("a glossary may have at most %d lines"), GLOSSARY_ROWS);
		d->stop = true;
		return;
	}
	if (term->s[0] == '\0') {
		copl_report(d->r, COPL_ERROR, "glossary-term",
		    glossary_place(d, d->line),
		    _("this line has no term in the column \"term\""));
		return;
	}
	c = column_of(d);
	if (c == NULL)
		return;
	concept = concept_of(d, term->s);
	if (concept == SIZE_MAX) {
		d->r->nomem = true;
		return;
	}
	if (c->rows[concept] != NULL) {
		copl_report(d->r, COPL_ERROR, "glossary-duplicate",
		    glossary_place(d, d->line),
		    _("\"%s\" has a line for \"%s\" already: put both into "
		      "one, with | between the forms"),
		    term->s, glossary_field(d, F_LANGUAGE)->s);
		return;
	}
	c->rows[concept] =
	    make_row(d, term->s, c == &d->g->columns[GLOSSARY_OWN]);
	d->r->nomem |= c->rows[concept] == NULL;
}

/* Every term is at least itself in its own language. */
static bool make_own(struct reading *d)
{
	struct row **rows = d->g->columns[GLOSSARY_OWN].rows;
	size_t i;

	d->nfields = 0;
	for (i = 0; i < d->g->nconcepts; i++) {
		if (rows[i] == NULL)
			rows[i] = make_row(d, d->terms[i], true);
		if (rows[i] == NULL)
			return false;
	}
	return true;
}

enum copl_status glossary_finish(struct reading *d)
{
	size_t before = d->r->errors;

	if (!make_own(d) || d->r->nomem)
		return COPL_E_NOMEM;
	if (d->r->errors > before)
		return COPL_E_INVALID;
	return glossary_compile(d->g);
}

void glossary_reading_free(struct reading *d)
{
	free(d->terms);
}
