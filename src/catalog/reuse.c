/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A translation of exactly the same text, offered to another id.  Never of a
 * text that is only alike: "I feel safe" is no help with "I do not feel safe".
 */
#include "config.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "catalog/merge.h"

#define MARK "reuse: "
#define FROM "from: "
#define NONE UINT32_MAX

/* The first line that begins with the mark, behind it; NULL: none. */
static const char *line_with(const char *lines, const char *mark)
{
	size_t len = strlen(mark);

	while (lines != NULL) {
		lines += strspn(lines, " \t");
		if (strncmp(lines, mark, len) == 0)
			return lines + len;
		lines = strchr(lines, '\n');
		lines = lines == NULL ? NULL : lines + 1;
	}
	return NULL;
}

const char *copl_message_reuse(const struct copl_message *m)
{
	return line_with(m->comment, MARK);
}

/* ---- who can lend ---- */

/* Whole, and nobody doubts it. */
static bool can_lend(const struct copl_message *m)
{
	return !m->fuzzy && copl_message_is_whole(m);
}

/* Messages whose text is wanted, in file order behind the first of each. */
static enum copl_status gather(
    struct po_lenders *l, const struct copl_map *wanted)
{
	uint32_t *last = NULL;
	enum copl_status st = COPL_OK;
	size_t i, at;

	if (l->c == NULL || wanted->used == 0)
		return COPL_OK;
	l->next = malloc((l->c->nmessages + 1) * sizeof(*l->next));
	l->first = malloc(wanted->used * sizeof(*l->first));
	last = malloc(wanted->used * sizeof(*last));
	if (l->next == NULL || l->first == NULL || last == NULL)
		st = COPL_E_NOMEM;
	for (i = 0; i < wanted->used && st == COPL_OK; i++)
		l->first[i] = NONE;
	for (i = 0; i < l->c->nmessages && st == COPL_OK; i++) {
		const struct copl_message *m = &l->c->messages[i];

		if (!copl_map_get(wanted, m->id, &at) || !can_lend(m))
			continue;
		l->next[i] = NONE;
		if (l->first[at] == NONE)
			l->first[at] = (uint32_t)i;
		else
			l->next[last[at]] = (uint32_t)i;
		last[at] = (uint32_t)i;
	}
	free(last);
	return st;
}

/* Two rules for one language may count their forms differently. */
static void compare_rules(struct po_lenders *l, const char *plural_forms)
{
	const char *theirs =
	    l->c == NULL ? NULL
			 : copl_catalog_field(l->c, "Plural-Forms", NULL);
	struct copl_plural from, to;

	l->maps = theirs != NULL && plural_forms != NULL &&
		  copl_plural_parse(theirs, &from) &&
		  copl_plural_parse(plural_forms, &to) &&
		  copl_plural_map(&from, &to, l->map);
}

enum copl_status po_reuse_want(struct po_reuse *r, const struct copl_entry *e)
{
	return copl_map_put(&r->wanted, e->id, r->wanted.used, NULL)
		   ? COPL_OK
		   : COPL_E_NOMEM;
}

enum copl_status po_reuse_prepare(struct po_reuse *r,
    const struct copl_catalog *own, const struct copl_catalog *earlier,
    const struct po_out *o)
{
	enum copl_status st;

	r->own.c = own;
	r->earlier.c = earlier;
	compare_rules(&r->earlier, o->plural_forms);
	st = gather(&r->own, &r->wanted);
	return st == COPL_OK ? gather(&r->earlier, &r->wanted) : st;
}

void po_reuse_free(struct po_reuse *r)
{
	copl_map_free(&r->wanted);
	free(r->own.first);
	free(r->earlier.first);
	free(r->own.next);
	free(r->earlier.next);
}

/* ---- who lends best ---- */

/* "label" of "seen/label": texts of one role agree in gender and style. */
static const char *role_of(const char *ctxt)
{
	const char *slash = ctxt == NULL ? NULL : strrchr(ctxt, '/');

	return slash == NULL ? "" : slash + 1;
}

static bool same_ctxt(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static unsigned worth(
    const struct copl_message *m, const struct copl_entry *e, bool own)
{
	unsigned role = strcmp(role_of(m->ctxt), role_of(e->ctxt)) == 0;

	if (!own)
		return same_ctxt(m->ctxt, e->ctxt) ? 8 : 1 + role;
	return (m->obsolete ? 3 : 5) + role;
}

static bool fits(const struct copl_message *m, const struct copl_entry *e)
{
	return po_entry_is_same(m, e);
}

/* From message at on, all with the entry's text. */
static void look(const struct po_lenders *l, uint32_t at,
    const struct copl_entry *e, bool own, struct po_found *out, unsigned *best)
{
	for (; at != NONE; at = l->next[at]) {
		const struct copl_message *m = &l->c->messages[at];

		if (!fits(m, e) || worth(m, e, own) <= *best ||
		    (m->plural != NULL && !own && !l->maps))
			continue;
		*best = worth(m, e, own);
		*out = (struct po_found){m, l, own};
	}
}

bool po_reuse_find(
    const struct po_reuse *r, const struct copl_entry *e, struct po_found *out)
{
	unsigned best = 0;
	size_t at;

	if (!copl_map_get(&r->wanted, e->id, &at))
		return false;
	if (r->own.first != NULL)
		look(&r->own, r->own.first[at], e, true, out, &best);
	if (r->earlier.first != NULL)
		look(&r->earlier, r->earlier.first[at], e, false, out, &best);
	return best > 0;
}

/* ---- what is written ---- */

/* "year_2025 digital_skills 1", and no path of the machine. */
static const char *origin_of(const struct po_found *f, size_t *len)
{
	const char *s = line_with(f->m->extracted, FROM);

	if (s == NULL)
		s = copl_catalog_field(f->from->c, "Project-Id-Version", NULL);
	if (s == NULL || *s == '\0')
		s = copl_path_name(f->from->c->file);
	*len = strcspn(s, "\n");
	return s;
}

void po_put_reuse(struct copl_strbuf *out, const struct po_found *f)
{
	const char *ctxt = f->m->ctxt == NULL ? "" : f->m->ctxt, *origin;
	size_t len = 0;

	copl_strbuf_puts(out, "# " MARK "same text as ");
	copl_strbuf_add(out, ctxt, strcspn(ctxt, "\n"));
	if (!f->own) {
		origin = origin_of(f, &len);
		copl_strbuf_puts(out, ctxt[0] == '\0' ? "in " : " in ");
		copl_strbuf_add(out, origin, len);
	}
	copl_strbuf_puts(out, "\n");
}

void po_put_found(const struct po_out *o, struct copl_strbuf *out,
    const struct copl_entry *e, const struct po_found *f)
{
	unsigned n = o->nplurals == 0 ? 2 : o->nplurals, i, k;
	char keyword[32];

	if (e->plural == NULL) {
		po_put_string(out, "", "msgstr", f->m->str[0]);
		return;
	}
	for (i = 0; i < n; i++) {
		k = f->own || i >= COPL_PLURALS_MAX ? i : f->from->map[i];
		if (k >= f->m->nstr)
			k = f->m->nstr - 1U;
		snprintf(keyword, sizeof(keyword), "msgstr[%u]", i);
		po_put_string(out, "", keyword, f->m->str[k]);
	}
}

void po_put_lent(const struct po_out *o, struct copl_strbuf *out,
    const struct copl_entry *e, const struct po_found *f)
{
	struct copl_entry source = *e;
	struct copl_strbuf flags = COPL_STRBUF_INIT(COPL_CATALOG_MAX);

	copl_strbuf_puts(&flags, "fuzzy");
	if (e->flags != NULL && e->flags[0] != '\0')
		copl_strbuf_printf(&flags, ", %s", e->flags);
	source.flags = copl_strbuf_text(&flags);
	if (out->len > 0)
		copl_strbuf_add(out, "\n", 1);
	po_put_reuse(out, f);
	po_put_source(out, &source);
	po_put_found(o, out, e, f);
	if (flags.st != COPL_OK && out->st == COPL_OK)
		out->st = flags.st;
	copl_strbuf_clear(&flags);
}
