/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "catalog/three.h"

#define OTHER_SIDE "merge-po: the other side has: "

static bool same(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static bool same_source(
    const struct copl_message *a, const struct copl_message *b)
{
	return strcmp(a->id, b->id) == 0 && same(a->plural, b->plural);
}

static bool same_strings(
    const struct copl_message *a, const struct copl_message *b)
{
	size_t i;

	if (a->nstr != b->nstr)
		return false;
	for (i = 0; i < a->nstr; i++)
		if (strcmp(a->str[i], b->str[i]) != 0)
			return false;
	return true;
}

static bool same_previous(
    const struct copl_previous *a, const struct copl_previous *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	return same(a->ctxt, b->ctxt) && same(a->id, b->id) &&
	       same(a->plural, b->plural);
}

bool po_same_message(const struct copl_message *a, const struct copl_message *b)
{
	return same(a->ctxt, b->ctxt) && same_source(a, b) &&
	       same_strings(a, b) && same_previous(a->prev, b->prev) &&
	       same(a->flags, b->flags) && same(a->extracted, b->extracted) &&
	       same(a->comment, b->comment) && same(a->refs, b->refs) &&
	       a->fuzzy == b->fuzzy && a->obsolete == b->obsolete;
}

bool po_take_theirs(
    bool base_is_ours, bool base_is_theirs, bool equal, bool *conflict)
{
	*conflict = !equal && !base_is_ours && !base_is_theirs;
	return base_is_ours && !equal;
}

static bool is_empty(const struct copl_message *m)
{
	size_t i;

	for (i = 0; i < m->nstr; i++)
		if (m->str[i][0] != '\0')
			return false;
	return true;
}

/* ---- what each side says ---- */

/* Of two values of a text, by the base's; NULL is a value too. */
static const char *choose(
    const char *base, const char *ours, const char *theirs, bool has_base)
{
	bool conflict;

	if (!has_base)
		return ours == NULL ? theirs : ours;
	return po_take_theirs(same(base, ours), same(base, theirs),
		   same(ours, theirs), &conflict)
		   ? theirs
		   : ours;
}

static bool choose_flag(const struct po_three *t, bool base, bool a, bool b)
{
	if (t->base == NULL)
		return a || b;
	return base == a ? b : a;
}

static const struct copl_message *choose_source(const struct po_three *t)
{
	bool conflict;

	if (t->base == NULL)
		return t->ours;
	return po_take_theirs(same_source(t->base, t->ours),
		   same_source(t->base, t->theirs),
		   same_source(t->ours, t->theirs), &conflict)
		   ? t->theirs
		   : t->ours;
}

static const struct copl_message *choose_strings(
    const struct po_three *t, bool *conflict)
{
	bool equal = same_strings(t->ours, t->theirs);
	bool theirs;

	*conflict = false;
	/* A translation is worth more than none. */
	if (is_empty(t->ours) && !is_empty(t->theirs) &&
	    (t->base == NULL || is_empty(t->base)))
		return t->theirs;
	if (is_empty(t->theirs) && (t->base == NULL || is_empty(t->base)))
		return t->ours;
	theirs =
	    po_take_theirs(t->base != NULL && same_strings(t->base, t->ours),
		t->base != NULL && same_strings(t->base, t->theirs), equal,
		conflict);
	/* One emptied it while the other worked on it: work is kept. */
	if (*conflict && (is_empty(t->ours) || is_empty(t->theirs))) {
		*conflict = false;
		theirs = is_empty(t->ours);
	}
	return theirs ? t->theirs : t->ours;
}

/* ---- is the translation one of this source? ---- */

/* The source for which a side's translation was made. */
static const struct copl_previous *made_for(
    const struct copl_message *m, struct copl_arena *a)
{
	struct copl_previous *prev;

	if (m->fuzzy && m->prev != NULL)
		return m->prev;
	prev = copl_arena_alloc(a, sizeof(*prev));
	if (prev == NULL)
		return NULL;
	prev->id = m->id;
	prev->plural = m->plural;
	return prev;
}

static bool has_pair(const struct copl_message *m,
    const struct copl_message *source, const struct copl_message *strings)
{
	return same_source(m, source) && same_strings(m, strings);
}

/*
 * A pair that one side stands for is as good as that side says; one that
 * neither had before is fuzzy.
 */
static bool settle_fuzzy(const struct po_three *t,
    const struct copl_message *source, const struct copl_message *strings,
    struct copl_message *out)
{
	bool ours = has_pair(t->ours, source, strings);
	bool theirs = has_pair(t->theirs, source, strings);

	if (ours && theirs) {
		out->fuzzy = choose_flag(t, t->base != NULL && t->base->fuzzy,
		    t->ours->fuzzy, t->theirs->fuzzy);
		out->prev = t->ours->fuzzy ? t->ours->prev : t->theirs->prev;
	} else if (ours || theirs) {
		out->fuzzy = ours ? t->ours->fuzzy : t->theirs->fuzzy;
		out->prev = ours ? t->ours->prev : t->theirs->prev;
	} else {
		return false;
	}
	if (!out->fuzzy)
		out->prev = NULL;
	return true;
}

/* As many forms as the source now asks for. */
static enum copl_status fit_forms(
    struct copl_message *m, unsigned nplurals, struct copl_arena *a)
{
	const char **list;
	size_t i;

	if (m->plural == NULL) {
		m->nstr = m->nstr > 0;
		return COPL_OK;
	}
	if (nplurals == 0 || m->nstr == nplurals || m->nstr == 0 ||
	    nplurals > UINT8_MAX)
		return COPL_OK;
	list = copl_arena_alloc(a, nplurals * sizeof(*list));
	if (list == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < nplurals; i++)
		list[i] = m->str[i < m->nstr ? i : (size_t)m->nstr - 1];
	m->str = list;
	m->nstr = (uint8_t)nplurals;
	return COPL_OK;
}

/* ---- comments ---- */

static bool has_line(const char *text, const char *line, size_t len)
{
	while (text != NULL) {
		const char *end = strchrnul(text, '\n');

		if ((size_t)(end - text) == len && memcmp(text, line, len) == 0)
			return true;
		text = *end == '\n' ? end + 1 : NULL;
	}
	return false;
}

/* The lines of both, ours first. */
static const char *join_lines(
    const char *ours, const char *theirs, struct copl_arena *a)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(COPL_CATALOG_MAX);
	const char *s;

	copl_strbuf_puts(&b, ours);
	while (theirs != NULL) {
		const char *end = strchrnul(theirs, '\n');

		if (!has_line(ours, theirs, (size_t)(end - theirs))) {
			copl_strbuf_puts(&b, "\n");
			copl_strbuf_add(&b, theirs, (size_t)(end - theirs));
		}
		theirs = *end == '\n' ? end + 1 : NULL;
	}
	s = b.st == COPL_OK ? copl_arena_strdup(a, copl_strbuf_text(&b)) : NULL;
	copl_strbuf_clear(&b);
	return s;
}

static enum copl_status merge_comment(
    const struct po_three *t, struct copl_arena *a, struct copl_message *out)
{
	const char *base = t->base == NULL ? NULL : t->base->comment;
	const char *ours = t->ours->comment, *theirs = t->theirs->comment;

	if (ours == NULL || theirs == NULL || same(ours, theirs) ||
	    (t->base != NULL && (same(base, ours) || same(base, theirs)))) {
		out->comment = choose(base, ours, theirs, t->base != NULL);
		return COPL_OK;
	}
	out->comment = join_lines(ours, theirs, a);
	return out->comment == NULL ? COPL_E_NOMEM : COPL_OK;
}

/* The candidate that does not stand in the msgstr, for a person to see. */
static enum copl_status note_other(const struct copl_message *other,
    struct copl_arena *a, struct copl_message *out)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(COPL_CATALOG_MAX);
	enum copl_status st;
	const char *p;
	size_t i;

	if (out->comment != NULL)
		copl_strbuf_printf(&b, "%s\n", out->comment);
	for (i = 0; i < other->nstr; i++) {
		copl_strbuf_printf(&b, "%s" OTHER_SIDE, i == 0 ? "" : "\n");
		for (p = other->str[i]; *p != '\0'; p++)
			if (*p == '\n')
				copl_strbuf_puts(&b, "\\n");
			else
				copl_strbuf_add(&b, p, 1);
	}
	out->comment = copl_arena_strdup(a, copl_strbuf_text(&b));
	st = b.st;
	copl_strbuf_clear(&b);
	return out->comment == NULL ? COPL_E_NOMEM : st;
}

/* ---- the entry ---- */

static void take(struct copl_message *out, const struct po_three *t,
    const struct copl_message *source, const struct copl_message *strings)
{
	const struct copl_message *b = t->base;

	*out = *source;
	out->str = strings->str;
	out->nstr = strings->nstr;
	out->obsolete = choose_flag(t, b != NULL && b->obsolete,
	    t->ours->obsolete, t->theirs->obsolete);
	out->flags = choose(b == NULL ? NULL : b->flags, source->flags,
	    source == t->ours ? t->theirs->flags : t->ours->flags, b != NULL);
	out->prev = NULL;
	out->fuzzy = false;
}

enum copl_status po_three_entry(const struct po_three *t, unsigned nplurals,
    struct copl_arena *a, struct copl_message *out,
    enum po_three_result *result)
{
	bool conflict;
	const struct copl_message *source = choose_source(t);
	const struct copl_message *strings = choose_strings(t, &conflict);
	enum copl_status st;

	*result = PO_THREE_CLEAN;
	take(out, t, source, strings);
	st = merge_comment(t, a, out);
	if (st != COPL_OK || is_empty(strings))
		return st;
	if (conflict) {
		*result = PO_THREE_CONFLICT;
		st = note_other(
		    strings == t->ours ? t->theirs : t->ours, a, out);
	}
	if (conflict || !settle_fuzzy(t, source, strings, out)) {
		out->fuzzy = true;
		out->prev = made_for(strings, a);
		if (out->prev == NULL)
			return COPL_E_NOMEM;
		if (!conflict)
			*result = PO_THREE_DOUBT;
		if (same(out->prev->id, out->id) &&
		    same(out->prev->plural, out->plural))
			out->prev = NULL;
	}
	return st == COPL_OK ? fit_forms(out, nplurals, a) : st;
}
