/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "base/i18n.h"
#include "catalog/scan.h"

struct copl_spot po_scan_spot(const struct po_scan *s, const char *at)
{
	size_t before = copl_utf8_count(s->line.s, (size_t)(at - s->line.s));

	return (struct copl_spot){(uint32_t)s->line.no, (uint32_t)before + 1};
}

/* A spot of this catalog, with its file. */
static struct copl_place place_of(const struct po_scan *s, struct copl_spot at)
{
	return (struct copl_place){s->c->file, at.line, at.column};
}

struct copl_place po_scan_place(const struct po_scan *s, const char *at)
{
	return place_of(s, po_scan_spot(s, at));
}

void po_scan_error(
    struct po_scan *s, const char *code, struct copl_place at, const char *text)
{
	copl_report(s->r, COPL_ERROR, code, at, "%s", text);
	s->failed = true;
}

void po_scan_broken(struct po_scan *s, struct copl_place at, const char *text)
{
	if (!s->broken)
		po_scan_error(s, "syntax", at, text);
	s->broken = true;
	s->want.line = 0;
}

/* ---- one entry is complete ---- */

static void duplicate(
    void *arg, const struct copl_message *m, const struct copl_message *first)
{
	struct po_scan *s = arg;

	copl_report(s->r, COPL_ERROR, "duplicate-entry", place_of(s, m->at),
	    _("this message is the same as the one in line %zu: keep one of "
	      "the two"),
	    (size_t)first->at.line);
	s->failed = true;
}

static bool utf8(const char *s)
{
	size_t len = s == NULL ? 0 : strlen(s);

	return len == 0 || copl_utf8_valid(s, len) == len;
}

static void check_escapes(struct po_scan *s)
{
	const struct copl_message *m = &s->m;
	bool good = utf8(m->ctxt) && utf8(m->id) && utf8(m->plural);
	size_t i;

	for (i = 0; i < m->nstr; i++)
		good = good && utf8(s->str[i]);
	if (!good)
		po_scan_error(s, "encoding", place_of(s, m->at),
		    _("the escapes of this message do not make UTF-8: write "
		      "the characters themselves"));
}

/* Ends each line of the header with a NUL, blanks before it cut off. */
static void split_fields(char *text)
{
	while (*text != '\0') {
		size_t n = strcspn(text, "\n");
		char *end = text + n;
		bool last = *end == '\0';

		while (end > text && copl_is_space(end[-1]))
			end--;
		*end = '\0';
		if (last)
			break;
		text += n + 1;
	}
}

static void store_header(struct po_scan *s)
{
	struct copl_catalog *c = s->c;
	struct copl_message *h;

	if (c->header != NULL) {
		duplicate(s, &s->m, c->header);
		return;
	}
	h = copl_arena_alloc(c->arena, sizeof(*h));
	c->fields = copl_arena_strdup(c->arena, s->m.str[0]);
	if (h == NULL || c->fields == NULL) {
		s->nomem = true;
		return;
	}
	split_fields(c->fields);
	*h = s->m;
	c->header = h;
}

/* Room for one more message; that of the usual catalog is made at once. */
static bool room_for_message(struct po_scan *s)
{
	struct copl_catalog *c = s->c;
	size_t want = c->messages_room == 0 ? c->text.len / 192 + 64
					    : 2 * c->messages_room;
	struct copl_message *list;

	if (c->nmessages < c->messages_room)
		return true;
	list = po_room_alloc(want * sizeof(*list));
	if (list == NULL)
		return false;
	if (c->nmessages > 0)
		memcpy(list, c->messages, c->nmessages * sizeof(*list));
	free(c->messages);
	c->messages = list;
	c->messages_room = want;
	return true;
}

static void store_message(struct po_scan *s)
{
	if (!room_for_message(s)) {
		s->nomem = true;
		return;
	}
	s->m.hash = po_key_hash(s->m.ctxt, s->m.id);
	s->c->messages[s->c->nmessages++] = s->m;
}

#define LIST_ROOM 2048

/* What the message has in arrays of its own. */
static bool keep_arrays(struct po_scan *s)
{
	struct copl_previous *prev = NULL;
	size_t n = s->m.nstr;

	if (s->nlist < n) {
		s->list =
		    copl_arena_alloc(s->c->arena, LIST_ROOM * sizeof(*s->list));
		s->nlist = s->list == NULL ? 0 : LIST_ROOM;
	}
	if (s->list == NULL)
		return false;
	memcpy(s->list, s->str, n * sizeof(*s->list));
	s->m.str = s->list;
	s->list += n;
	s->nlist -= n;
	if (s->prev.ctxt == NULL && s->prev.id == NULL &&
	    s->prev.plural == NULL)
		return true;
	prev = copl_arena_alloc(s->c->arena, sizeof(*prev));
	if (prev != NULL)
		*prev = s->prev;
	s->m.prev = prev;
	return prev != NULL;
}

static void store(struct po_scan *s)
{
	if (!s->noted)
		po_comments_collect(s->text + s->m.start, s->text + s->m.body,
		    s->texts, &s->pool, &s->m);
	if (s->high)
		check_escapes(s);
	if (!keep_arrays(s))
		s->nomem = true;
	else if (s->m.id[0] == '\0' && s->m.ctxt == NULL && !s->m.obsolete)
		store_header(s);
	else
		store_message(s);
}

bool po_scan_index(struct po_scan *s)
{
	return po_index_make(s->c, duplicate, s);
}

void po_scan_finish(struct po_scan *s)
{
	if (s->body && s->want.line != 0)
		po_scan_broken(
		    s, s->want, _("this keyword has no text in quotes"));
	if (s->body && s->m.id == NULL)
		po_scan_broken(s, place_of(s, s->m.at),
		    _("this entry has no msgid: write one before its msgstr"));
	if (s->body && s->m.nstr == 0)
		po_scan_broken(s, place_of(s, s->m.at),
		    _("this message has no msgstr: write one right behind its "
		      "msgid, with no comment between them"));
	if (s->body && !s->broken)
		store(s);
	s->orphan = s->body && s->m.nstr == 0;
	memset(&s->m, 0, sizeof(s->m));
	memset(&s->prev, 0, sizeof(s->prev));
	s->field = FIELD_NONE;
	s->want.line = 0;
	s->open = s->body = s->broken = s->high = false;
	s->noted = s->lies = false;
}

void po_scan_extend(struct po_scan *s)
{
	if (!s->open)
		s->m.start = (uint32_t)(s->line.s - s->text);
	s->open = true;
}

/* ---- strings ---- */

/* Where the decoded text of the field is kept. */
static const char **slot(struct po_scan *s)
{
	switch (s->field) {
	case FIELD_CTXT:
		return &s->m.ctxt;
	case FIELD_ID:
		return &s->m.id;
	case FIELD_PLURAL:
		return &s->m.plural;
	case FIELD_STR:
		return &s->str[s->m.nstr - 1];
	case FIELD_PREV_CTXT:
		return &s->prev.ctxt;
	case FIELD_PREV_ID:
		return &s->prev.id;
	case FIELD_PREV_PLURAL:
		return &s->prev.plural;
	case FIELD_NONE:
	default:
		return NULL;
	}
}

void po_scan_restart(struct po_scan *s)
{
	const char **to = slot(s);

	if (to != NULL)
		*to = NULL;
}

/* Begins the text of a field at the pool's end, or goes on with it. */
static char *begin(struct po_scan *s, const char **to)
{
	if (*to == NULL) {
		*to = s->pool;
		return s->pool;
	}
	if (s->lies && to == &s->str[0]) {
		size_t len = strlen(*to);

		memcpy(s->pool, *to, len + 1);
		*to = s->pool;
		s->pool += len + 1;
		s->lies = false;
	}
	return s->pool - 1;
}

static void tell_fault(struct po_scan *s, const struct po_quoted *q)
{
	switch (q->fault) {
	case PO_QUOTE_OPEN:
		po_scan_error(s, "syntax", po_scan_place(s, q->at),
		    _("the text in quotes does not end on its line: put a \" "
		      "at the end"));
		break;
	case PO_QUOTE_ESCAPE:
		po_scan_error(s, "syntax", po_scan_place(s, q->at),
		    _("there is no such escape: write \\\\ for a backslash"));
		break;
	case PO_QUOTE_NUL:
		po_scan_error(s, "syntax", po_scan_place(s, q->at),
		    _("a text may not hold a NUL character"));
		break;
	case PO_QUOTE_OK:
	default:
		break;
	}
}

const char *po_scan_string(struct po_scan *s, const char *p)
{
	const char **to = slot(s);
	struct po_quoted q;

	if (to == NULL) {
		if (s->m.nstr > 0)
			po_scan_finish(s);
		po_scan_extend(s);
		po_scan_broken(s, po_scan_place(s, p),
		    _("this text in quotes has no keyword before it"));
		return NULL;
	}
	s->want.line = 0;
	if (to == &s->str[0] && (*to == NULL || **to == '\0'))
		s->m.str_at = po_scan_spot(s, p + 1);
	q = po_unquote(p + 1, s->line.end, begin(s, to));
	s->pool = q.out + 1;
	s->high |= q.high;
	tell_fault(s, &q);
	return q.next;
}
