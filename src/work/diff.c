/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What changed from one catalog, form or document to another. */
#include "config.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <copl10n/merge.h>
#include "base/i18n.h"
#include "base/worddiff.h"
#include "work/work.h"

#define BETWEEN_FORMS " | " /* plural forms are shown in one line */

/* One text of a file, whatever kind of file it is. */
struct text {
	const char *key; /* context and source, or source */
	const char *id; /* as it is shown */
	const char *ctxt; /* NULL: none */
	const char *source;
	const char *translation; /* NULL: a form has none */
	bool fuzzy;
};

struct texts {
	const char *path;
	struct copl_catalog *catalog; /* one of the two */
	struct copl_xml *xml;
	struct copl_units *units;
	struct text *list;
	size_t n;
	struct copl_map by_key;
	struct copl_map by_ctxt; /* first of each */
	bool *matched;
};

struct diff {
	struct texts side[2];
	const struct copl_diff_options *o;
	struct copl_reporter *r;
	struct copl_arena *arena;
	size_t added, removed, sources, translations, states;
};

enum { BEFORE, AFTER };

/* ---- reading ---- */

static const char *join(struct diff *d, const char *const *forms, size_t n)
{
	const char *s = n == 0 ? "" : forms[0];
	size_t i;

	for (i = 1; i < n && s != NULL; i++)
		s = copl_arena_printf(
		    d->arena, "%s" BETWEEN_FORMS "%s", s, forms[i]);
	return s;
}

static enum copl_status put_text(
    struct diff *d, struct texts *t, const struct text *new)
{
	struct text *mine = &t->list[t->n];

	*mine = *new;
	mine->key = copl_arena_printf(d->arena, "%s\004%s",
	    new->ctxt == NULL ? "" : new->ctxt, new->source);
	mine->id = new->ctxt != NULL ? new->ctxt : new->source;
	if (mine->key == NULL ||
	    !copl_map_put(&t->by_key, mine->key, t->n, NULL) ||
	    (new->ctxt != NULL &&
		!copl_map_put(&t->by_ctxt, new->ctxt, t->n, NULL)))
		return COPL_E_NOMEM;
	t->n++;
	return COPL_OK;
}

static enum copl_status put_messages(struct diff *d, struct texts *t)
{
	const struct copl_catalog *c = t->catalog;
	enum copl_status st = COPL_OK;
	size_t i;

	for (i = 0; i < c->nmessages && st == COPL_OK; i++) {
		const struct copl_message *m = &c->messages[i];
		const char *source[2] = {m->id, m->plural};
		struct text text = {.ctxt = m->ctxt, .fuzzy = m->fuzzy};

		if (m->obsolete)
			continue;
		text.source = join(d, source, m->plural == NULL ? 1 : 2);
		text.translation = join(d, m->str, m->nstr);
		if (text.source == NULL || text.translation == NULL)
			return COPL_E_NOMEM;
		st = put_text(d, t, &text);
	}
	return st;
}

static enum copl_status put_units(struct diff *d, struct texts *t)
{
	enum copl_status st = COPL_OK;
	size_t i;

	for (i = 0; i < t->units->n && st == COPL_OK; i++) {
		const struct copl_unit *u = &t->units->list[i];
		const char *source[2] = {u->text.msgid, u->plural};
		struct text text = {.ctxt = u->id};

		text.source = join(d, source, u->plural == NULL ? 1 : 2);
		if (text.source == NULL)
			return COPL_E_NOMEM;
		st = put_text(d, t, &text);
	}
	return st;
}

/* XML begins with "<", whatever the file is called. */
static enum copl_status is_xml(struct diff *d, const char *path, bool *xml)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(COPL_CATALOG_MAX);
	enum copl_status st = copl_file_read(path, COPL_CATALOG_MAX, d->r, &b);
	const char *s = copl_strbuf_text(&b);

	if (strncmp(s, "\xef\xbb\xbf", 3) == 0)
		s += 3;
	while (copl_is_space(*s))
		s++;
	/* UTF-16 is never a catalog. */
	*xml = *s == '<' || *s == '\xff' || *s == '\xfe';
	copl_strbuf_clear(&b);
	return st;
}

static enum copl_status read_texts(struct diff *d, struct texts *t)
{
	bool xml = false;
	enum copl_status st = is_xml(d, t->path, &xml);
	size_t n = 0;

	if (st == COPL_OK && xml)
		st = copl_units_load(t->path, NULL, d->r, &t->xml, &t->units);
	else if (st == COPL_OK)
		st = copl_catalog_load(t->path, d->r, &t->catalog);
	if (st != COPL_OK)
		return st;
	n = xml ? t->units->n : t->catalog->nmessages;
	t->list = copl_arena_alloc(d->arena, (n + 1) * sizeof(*t->list));
	t->matched = copl_arena_alloc(d->arena, n + 1);
	if (t->list == NULL || t->matched == NULL)
		return COPL_E_NOMEM;
	return xml ? put_units(d, t) : put_messages(d, t);
}

static void free_texts(struct texts *t)
{
	copl_catalog_free(t->catalog);
	copl_units_free(t->units);
	copl_xml_free(t->xml);
	copl_map_free(&t->by_key);
	copl_map_free(&t->by_ctxt);
}

/* ---- words ---- */

/* Marks or colours around what was removed and added. */
static const char *draw(
    struct diff *d, const char *before, const char *after, bool colour)
{
	static const char *const marks[2][3] = {
	    {"", "[-", "{+"}, {"", "\033[31m[-", "\033[32m{+"}};
	static const char *const ends[2][3] = {
	    {"", "-]", "+}"}, {"", "-]\033[0m", "+}\033[0m"}};
	struct copl_strbuf out = COPL_STRBUF_INIT(COPL_CATALOG_MAX);
	struct copl_word_diff words;
	const char *s = NULL;
	size_t i;

	if (copl_word_diff(d->arena, before, after, &words) != COPL_OK)
		return NULL;
	for (i = 0; i < words.n; i++) {
		const struct copl_word_span *w = &words.spans[i];

		copl_strbuf_puts(&out, marks[colour][w->kind]);
		copl_strbuf_add(&out, w->s, w->len);
		copl_strbuf_puts(&out, ends[colour][w->kind]);
	}
	if (out.st == COPL_OK)
		s = copl_arena_strdup(d->arena, copl_strbuf_text(&out));
	copl_strbuf_clear(&out);
	return s;
}

static const char *or_empty(const char *s)
{
	return s == NULL ? "" : s;
}

/* ---- telling ---- */

struct change {
	const char *id;
	const char *what;
	const char *source[2];
	const char *translation[2];
	bool fuzzy[2];
	bool translated; /* the files have translations */
};

static enum copl_status tell_change(struct diff *d, const struct change *c)
{
	const char *source = draw(d, c->source[0], c->source[1], false);
	const char *translation =
	    draw(d, c->translation[0], c->translation[1], false);
	const char *shown[2] = {
	    draw(d, c->source[0], c->source[1], d->o->colour),
	    draw(d, c->translation[0], c->translation[1], d->o->colour)};
	const struct copl_field fields[] = {
	    {"id", c->id},
	    {"what", c->what},
	    {"source-before", c->source[0]},
	    {"source-after", c->source[1]},
	    {"translation-before", c->translation[0]},
	    {"translation-after", c->translation[1]},
	    {"source-diff", source},
	    {"translation-diff", translation},
	    {"fuzzy-before", c->fuzzy[0] ? "yes" : "no"},
	    {"fuzzy-after", c->fuzzy[1] ? "yes" : "no"},
	};
	const char *state = "";

	if (source == NULL || translation == NULL || shown[0] == NULL ||
	    shown[1] == NULL)
		return COPL_E_NOMEM;
	if (c->fuzzy[0] != c->fuzzy[1])
		state =
		    c->fuzzy[1] ? _(" (now fuzzy)") : _(" (no longer fuzzy)");
	if (c->translated)
		copl_tell(d->r, "difference", fields, COPL_COUNT(fields),
		    _("%s%s\n  source:      %s\n  translation: %s"), c->id,
		    state, shown[0], shown[1]);
	else
		copl_tell(d->r, "difference", fields, COPL_COUNT(fields),
		    _("%s\n  source: %s"), c->id, shown[0]);
	return COPL_OK;
}

static enum copl_status tell_one(struct diff *d, const struct text *t, int side)
{
	struct change c = {.id = t->id,
	    .what = side == BEFORE ? "removed" : "added",
	    .source = {"", ""},
	    .translation = {"", ""},
	    .translated = t->translation != NULL};

	c.source[side] = t->source;
	c.translation[side] = or_empty(t->translation);
	c.fuzzy[side] = t->fuzzy;
	if (side == BEFORE)
		d->removed++;
	else
		d->added++;
	return tell_change(d, &c);
}

static enum copl_status tell_both(
    struct diff *d, const struct text *a, const struct text *b)
{
	const struct change c = {.id = b->id,
	    .what = "changed",
	    .source = {a->source, b->source},
	    .translation = {or_empty(a->translation), or_empty(b->translation)},
	    .fuzzy = {a->fuzzy, b->fuzzy},
	    .translated = a->translation != NULL && b->translation != NULL};
	bool source = strcmp(a->source, b->source) != 0;
	bool translation =
	    c.translated && strcmp(c.translation[0], c.translation[1]) != 0;

	if (!source && !translation && a->fuzzy == b->fuzzy)
		return COPL_OK;
	d->sources += source;
	d->translations += translation;
	d->states += a->fuzzy != b->fuzzy;
	return tell_change(d, &c);
}

/* ---- comparing ---- */

/* The same text in the other file; one whose source changed by its id. */
static struct text *partner(struct diff *d, const struct text *t)
{
	struct texts *old = &d->side[BEFORE], *new = &d->side[AFTER];
	size_t at;

	if (!copl_map_get(&old->by_key, t->key, &at)) {
		if (t->ctxt == NULL ||
		    !copl_map_get(&old->by_ctxt, t->ctxt, &at))
			return NULL;
		/* That one is there still, under its own source. */
		if (copl_map_get(&new->by_key, old->list[at].key, &(size_t){0}))
			return NULL;
	}
	if (old->matched[at])
		return NULL;
	old->matched[at] = true;
	return &old->list[at];
}

static enum copl_status compare(struct diff *d)
{
	struct texts *old = &d->side[BEFORE], *new = &d->side[AFTER];
	enum copl_status st = COPL_OK;
	size_t i;

	for (i = 0; i < new->n &&st == COPL_OK; i++) {
		const struct text *t = &new->list[i];
		const struct text *was = partner(d, t);

		st = was == NULL ? tell_one(d, t, AFTER) : tell_both(d, was, t);
	}
	for (i = 0; i < old->n && st == COPL_OK; i++)
		if (!old->matched[i])
			st = tell_one(d, &old->list[i], BEFORE);
	return st;
}

static void tell_compared(struct diff *d)
{
	char n[5][24];
	const struct copl_field fields[] = {
	    {"before", d->side[BEFORE].path},
	    {"after", d->side[AFTER].path},
	    {"added", n[0]},
	    {"removed", n[1]},
	    {"sources", n[2]},
	    {"translations", n[3]},
	    {"states", n[4]},
	};

	snprintf(n[0], sizeof(n[0]), "%zu", d->added);
	snprintf(n[1], sizeof(n[1]), "%zu", d->removed);
	snprintf(n[2], sizeof(n[2]), "%zu", d->sources);
	snprintf(n[3], sizeof(n[3]), "%zu", d->translations);
	snprintf(n[4], sizeof(n[4]), "%zu", d->states);
	copl_tell(d->r, "compared", fields, COPL_COUNT(fields),
	    _("texts added %zu, removed %zu, with another source %zu, with "
	      "another translation %zu"),
	    d->added, d->removed, d->sources, d->translations);
}

enum copl_status copl_diff(const char *before, const char *after,
    const struct copl_diff_options *options, const struct copl_sink *sink)
{
	static const struct copl_diff_options plain = {.colour = false};
	struct diff d = {.side = {{.path = before}, {.path = after}},
	    .o = options == NULL ? &plain : options,
	    .arena = copl_arena_new()};
	struct copl_reporter r;
	enum copl_status st = COPL_E_NOMEM, each;

	copl_reporter_init(&r, sink);
	d.r = &r;
	if (d.arena != NULL) {
		st = read_texts(&d, &d.side[BEFORE]);
		each = st == COPL_E_NOMEM ? st : read_texts(&d, &d.side[AFTER]);
		st = st == COPL_OK ? each : st;
	}
	if (st == COPL_OK)
		st = compare(&d);
	if (st == COPL_OK)
		tell_compared(&d);
	free_texts(&d.side[BEFORE]);
	free_texts(&d.side[AFTER]);
	copl_arena_free(d.arena);
	return copl_reporter_end(&r, st);
}
