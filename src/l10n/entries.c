/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "l10n/l10n.h"

#define COMMENT_MAX ((size_t)64 << 10)

static void put_line(struct copl_strbuf *b, const char *line)
{
	if (b->len > 0)
		copl_strbuf_add(b, "\n", 1);
	copl_strbuf_puts(b, line);
}

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

static void put_params(struct copl_strbuf *b, const struct copl_units *u,
    const char *msgid, bool *any)
{
	size_t i;

	uses(msgid, NULL, any);
	for (i = 0; i < u->nparams && *any; i++) {
		const struct copl_its_param *p = &u->params[i];

		if (!uses(msgid, p->name, any) ||
		    (p->note == NULL && p->example == NULL))
			continue;
		if (b->len > 0)
			copl_strbuf_add(b, "\n", 1);
		copl_strbuf_printf(
		    b, "{%s}: %s", p->name, p->note == NULL ? "" : p->note);
		if (p->example != NULL)
			copl_strbuf_printf(b, "%sExample: %s",
			    p->note == NULL ? "" : " ", p->example);
	}
}

/*
 * What the translator reads above the message.  In English, whatever the
 * program speaks: a catalog must not depend on who ran the update.
 */
static void put_comment(struct copl_strbuf *b, const struct copl_units *u,
    const struct copl_unit *unit, bool *any)
{
	if (unit->context != NULL)
		copl_strbuf_printf(b, "Belongs to: %s", unit->context);
	if (unit->note != NULL)
		put_line(b, unit->note);
	if (unit->maxchars > 0) {
		if (b->len > 0)
			copl_strbuf_add(b, "\n", 1);
		copl_strbuf_printf(b, "At most %u characters.", unit->maxchars);
	}
	put_params(b, u, unit->text.msgid, any);
}

static enum copl_status entry_of(const struct copl_units *u,
    const struct copl_unit *unit, const char *ref, struct copl_arena *a,
    struct copl_strbuf *b, struct copl_entry *e)
{
	bool any = false;

	copl_strbuf_reset(b);
	put_comment(b, u, unit, &any);
	if (b->st != COPL_OK)
		return b->st;
	e->ctxt = unit->id;
	e->id = unit->text.msgid;
	if (any)
		e->flags = "python-brace-format";
	else if (unit->text.preserve)
		e->flags = "no-wrap";
	e->ref = unit->id == NULL
		     ? copl_arena_strdup(a, ref)
		     : copl_arena_printf(a, "%s#%s", ref, unit->id);
	if (b->len > 0)
		e->extracted = copl_arena_strdup(a, b->s);
	return e->ref == NULL || (b->len > 0 && e->extracted == NULL)
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

enum copl_status copl_units_entries(const struct copl_units *u, const char *ref,
    struct copl_arena *a, struct copl_entry **entries, size_t *n)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(COMMENT_MAX);
	struct copl_map seen = {0};
	enum copl_status st = COPL_OK;
	struct copl_entry *list;
	size_t i, first;

	*n = 0;
	*entries = list = copl_arena_alloc(a, (u->n + 1) * sizeof(**entries));
	if (list == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < u->n && st == COPL_OK; i++) {
		const char *key = key_of(&u->list[i], a);

		if (key == NULL || !copl_map_put(&seen, key, i, &first)) {
			st = COPL_E_NOMEM;
			break;
		}
		if (first == i)
			st =
			    entry_of(u, &u->list[i], ref, a, &b, &list[(*n)++]);
	}
	copl_strbuf_clear(&b);
	copl_map_free(&seen);
	return st;
}
