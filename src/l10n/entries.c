/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "l10n/l10n_priv.h"

#define COMMENT_MAX ((size_t)64 << 10)
/* Texts that share a message: notes of so many are compared. */
#define NOTES_MAX 8

static bool uses(const char *msgid, const char *name, bool *any)
{
	bool found = false;
	const char *s;
	size_t len;

	for (s = strchr(msgid, '{'); s != NULL; s = strchr(s + 1, '{')) {
		const char *p = copl_placeholder(s, &len);

		if (s[1] == '{') {
			s++;
			continue;
		}
		if (p == NULL)
			continue;
		*any = true;
		if (name != NULL && strlen(name) == len &&
		    memcmp(p, name, len) == 0)
			found = true;
	}
	return found;
}

static void begin_line(struct copl_strbuf *b)
{
	if (b->len > 0)
		copl_strbuf_add(b, "\n", 1);
}

static void put_params(struct copl_strbuf *b, const struct copl_units *u,
    const char *msgid, bool *any)
{
	size_t i;

	uses(msgid, NULL, any);
	for (i = 0; i < u->nparams && *any; i++) {
		const struct copl_its_placeholder *p = &u->params[i];

		if (!uses(msgid, p->name, any) ||
		    (p->note == NULL && p->example == NULL))
			continue;
		begin_line(b);
		copl_strbuf_printf(
		    b, "{%s}: %s", p->name, p->note == NULL ? "" : p->note);
		if (p->example != NULL)
			copl_strbuf_printf(b, "%sExample: %s",
			    p->note == NULL ? "" : " ", p->example);
	}
}

static void put_limits(struct copl_strbuf *b, const struct copl_its_value *v)
{
	const char *list = v->f[COPL_ITS_F_LOCALES];
	const char *type = v->f[COPL_ITS_F_LOCALES_TYPE];

	if (v->maxchars > 0) {
		begin_line(b);
		copl_strbuf_printf(b, "At most %u characters.", v->maxchars);
	}
	if (v->f[COPL_ITS_F_SIZE] != NULL) {
		begin_line(b);
		copl_strbuf_printf(b, "At most %s bytes in %s.",
		    v->f[COPL_ITS_F_SIZE], v->f[COPL_ITS_F_ENCODING]);
	}
	if (v->f[COPL_ITS_F_ALLOWED] != NULL) {
		begin_line(b);
		copl_strbuf_printf(
		    b, "Allowed characters: %s", v->f[COPL_ITS_F_ALLOWED]);
	}
	if (v->f[COPL_ITS_F_DOMAINS] != NULL) {
		begin_line(b);
		copl_strbuf_printf(b, "Domain: %s", v->f[COPL_ITS_F_DOMAINS]);
	}
	if (list != NULL && strcmp(list, "*") != 0) {
		begin_line(b);
		copl_strbuf_printf(b, "%s: %s",
		    strcmp(type, "exclude") == 0 ? "Not for the languages"
						 : "Only for the languages",
		    list);
	}
}

/*
 * What the translator reads above the message.  In English, whatever the
 * program speaks: a catalog must not depend on who ran the update.
 */
static void put_comment(struct copl_strbuf *b, const struct copl_units *u,
    const struct copl_unit *unit, bool *any)
{
	const char *context = unit->value->f[COPL_ITS_F_CONTEXT];

	if (context != NULL)
		copl_strbuf_printf(b, "Belongs to: %s", context);
	copl_unit_notes(u, unit, b);
	put_limits(b, unit->value);
	if (unit->plural != NULL) {
		begin_line(b);
		copl_strbuf_printf(b, "One text for each form of {%s}.",
		    unit->value->f[COPL_ITS_F_PLURAL]);
	}
	/* Of plural forms the last one holds them all. */
	put_params(
	    b, u, unit->plural != NULL ? unit->plural : unit->text.msgid, any);
}

/* ---- entries: the units that one message serves ---- */

struct group {
	const struct copl_units *u;
	const char *ref;
	struct copl_arena *a;
	struct copl_strbuf comment;
	struct copl_strbuf refs;
	uint32_t *next; /* by unit: the next one of the same message, or 0 */
	uint32_t *last; /* by unit that is the first: the last one */
	uint32_t *lines; /* by unit, from 1 */
};

/* ":12" */
static void put_number(struct copl_strbuf *b, size_t n)
{
	char digits[24];
	size_t i = sizeof(digits);

	do
		digits[--i] = (char)('0' + n % 10);
	while ((n /= 10) > 0);
	digits[--i] = ':';
	copl_strbuf_add(b, digits + i, sizeof(digits) - i);
}

/* "form.xml#id", or "form.xml:12" for a text without id */
static void put_ref(struct group *g, const struct copl_unit *unit)
{
	begin_line(&g->refs);
	copl_strbuf_puts(&g->refs, g->ref);
	if (unit->id != NULL) {
		copl_strbuf_add(&g->refs, "#", 1);
		copl_strbuf_puts(&g->refs, unit->id);
	} else {
		put_number(&g->refs, g->lines[unit - g->u->list]);
	}
}

/* A comment that another text of the message has brought is not repeated. */
static void put_more(struct group *g, const struct copl_unit *unit,
    struct copl_strbuf *own, bool *any)
{
	copl_strbuf_reset(own);
	put_comment(own, g->u, unit, any);
	if (own->st == COPL_E_NOMEM)
		g->comment.st = own->st;
	if (own->len == 0 ||
	    strstr(copl_strbuf_text(&g->comment), own->s) != NULL)
		return;
	begin_line(&g->comment);
	copl_strbuf_puts(&g->comment, own->s);
}

static const char *keep(struct group *g, const struct copl_strbuf *b)
{
	return b->len == 0 ? NULL : copl_arena_strndup(g->a, b->s, b->len);
}

static enum copl_status entry_of(
    struct group *g, uint32_t first, struct copl_entry *e)
{
	const struct copl_unit *unit = &g->u->list[first];
	struct copl_strbuf own = COPL_STRBUF_INIT(COMMENT_MAX);
	bool any = false;
	uint32_t i;
	size_t n = 0;

	copl_strbuf_reset(&g->comment);
	copl_strbuf_reset(&g->refs);
	put_comment(&g->comment, g->u, unit, &any);
	put_ref(g, unit);
	for (i = g->next[first]; i != 0; i = g->next[i]) {
		/* One id is one reference, however often it stands there. */
		if (unit->id == NULL)
			put_ref(g, &g->u->list[i]);
		if (n++ < NOTES_MAX)
			put_more(g, &g->u->list[i], &own, &any);
	}
	copl_strbuf_clear(&own);
	if (g->comment.st == COPL_E_NOMEM || g->refs.st != COPL_OK)
		return COPL_E_NOMEM;
	e->ctxt = unit->id;
	e->id = unit->text.msgid;
	e->plural = unit->plural;
	if (any)
		e->flags = "python-brace-format";
	else if (unit->text.preserve)
		e->flags = "no-wrap";
	e->ref = keep(g, &g->refs);
	e->extracted = keep(g, &g->comment);
	return e->ref == NULL || (g->comment.len > 0 && e->extracted == NULL)
		   ? COPL_E_NOMEM
		   : COPL_OK;
}

/* Context and source as one key, as gettext's own tables do. */
static const char *key_of(const struct copl_unit *unit, struct copl_arena *a)
{
	return unit->id == NULL ? unit->text.msgid
				: copl_arena_printf(a, "%s\004%s", unit->id,
				      unit->text.msgid);
}

/* Units come in the order of the document: so do their lines. */
static void number_lines(struct group *g)
{
	const struct copl_xml *x = g->u->xml;
	size_t line = 0, i;

	for (i = 0; i < g->u->n; i++) {
		while (line + 1 < x->nlines &&
		       x->lines[line + 1] <= g->u->list[i].start)
			line++;
		g->lines[i] = (uint32_t)line + 1;
	}
}

/* Chains the units of each message, in document order. */
static enum copl_status chain(struct group *g)
{
	struct copl_map seen = {0};
	enum copl_status st = COPL_OK;
	size_t first;
	uint32_t i;

	if (!copl_map_room(&seen, g->u->n))
		return COPL_E_NOMEM;
	for (i = 0; i < g->u->n && st == COPL_OK; i++) {
		const char *key = key_of(&g->u->list[i], g->a);

		if (key == NULL || !copl_map_put(&seen, key, i, &first)) {
			st = COPL_E_NOMEM;
			break;
		}
		if (first != i)
			g->next[g->last[first]] = i;
		g->last[first] = i;
		g->last[i] = first == i ? i : COPL_XML_NONE;
	}
	copl_map_free(&seen);
	return st;
}

enum copl_status copl_units_entries(const struct copl_units *u, const char *ref,
    struct copl_arena *a, struct copl_entry **entries, size_t *n)
{
	struct group g = {.u = u,
	    .ref = ref,
	    .a = a,
	    .comment = COPL_STRBUF_INIT(COMMENT_MAX),
	    .refs = COPL_STRBUF_INIT(COPL_CATALOG_MAX)};
	enum copl_status st = COPL_E_NOMEM;
	struct copl_entry *list;
	uint32_t i;

	*n = 0;
	g.next = calloc(u->n + 1, sizeof(*g.next));
	g.last = calloc(u->n + 1, sizeof(*g.last));
	g.lines = calloc(u->n + 1, sizeof(*g.lines));
	*entries = list = copl_arena_alloc(a, (u->n + 1) * sizeof(*list));
	if (g.next != NULL && g.last != NULL && g.lines != NULL &&
	    list != NULL) {
		number_lines(&g);
		st = chain(&g);
	}
	for (i = 0; i < u->n && st == COPL_OK; i++)
		if (g.last[i] != COPL_XML_NONE)
			st = entry_of(&g, i, &list[(*n)++]);
	copl_strbuf_clear(&g.comment);
	copl_strbuf_clear(&g.refs);
	free(g.next);
	free(g.last);
	free(g.lines);
	return st;
}

enum copl_status copl_units_template(const struct copl_units *u,
    const char *ref, const char *created, struct copl_strbuf *out)
{
	const struct copl_po_header header = {
	    .project = ref, .created = created};
	struct copl_arena *a = copl_arena_new();
	struct copl_entry *entries;
	enum copl_status st;
	size_t n, i;

	if (a == NULL)
		return COPL_E_NOMEM;
	st = copl_units_entries(u, ref, a, &entries, &n);
	if (st == COPL_OK) {
		/* As a rule a text, its escapes and three short lines. */
		copl_strbuf_room(out, u->xml->text.len + n * 64);
		copl_po_put_header(out, &header);
		for (i = 0; i < n; i++)
			copl_po_put_entry(out, &entries[i]);
		st = out->st;
	}
	copl_arena_free(a);
	return st;
}
