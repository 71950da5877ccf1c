/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "base/i18n.h"
#include "catalog/scan.h"

struct copl_place po_scan_place(const struct po_scan *s, const char *at)
{
	struct copl_place p = {s->c->file, s->line.no, 0};

	p.column = copl_utf8_count(s->line.s, (size_t)(at - s->line.s)) + 1;
	return p;
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
		po_scan_error(s, "po-syntax", at, text);
	s->broken = true;
	s->want.line = 0;
}

/* ---- one entry is complete ---- */

static void duplicate(struct po_scan *s, const struct copl_message *first)
{
	copl_report(s->r, COPL_ERROR, "po-duplicate", s->m.at,
	    _("this message is the same as the one in line %zu: keep one of "
	      "the two"),
	    first->at.line);
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
		good = good && utf8(m->str[i]);
	if (!good)
		po_scan_error(s, "po-encoding", m->at,
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
		duplicate(s, c->header);
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

static void store_message(struct po_scan *s)
{
	struct copl_catalog *c = s->c;
	struct copl_message *list;
	size_t at = c->nmessages;

	list = copl_grow(c->messages, at, &s->room, sizeof(*list));
	if (list == NULL) {
		s->nomem = true;
		return;
	}
	c->messages = list;
	if (!copl_map_put(&c->by_key, s->key, at, &at)) {
		s->nomem = true;
	} else if (at != c->nmessages) {
		duplicate(s, &c->messages[at]);
	} else {
		c->messages[c->nmessages++] = s->m;
	}
}

/* Contexts of live messages; the first one counts. */
static void index_context(struct po_scan *s, size_t at)
{
	const struct copl_message *m = &s->c->messages[at];
	size_t first;

	if (m->ctxt == NULL || m->obsolete)
		return;
	if (!copl_map_put(&s->c->by_ctxt, m->ctxt, at, &first))
		s->nomem = true;
	else
		s->c->ctxt_twice |= first != at;
}

static void store(struct po_scan *s)
{
	size_t before = s->c->nmessages;

	po_comments_collect(
	    s->text + s->m.start, s->text + s->m.body, &s->pool, &s->m);
	if (s->high)
		check_escapes(s);
	if (s->m.id[0] == '\0' && s->m.ctxt == NULL && !s->m.obsolete)
		store_header(s);
	else
		store_message(s);
	if (s->c->nmessages > before)
		index_context(s, before);
}

void po_scan_finish(struct po_scan *s)
{
	if (s->body && s->want.line != 0)
		po_scan_broken(
		    s, s->want, _("this keyword has no text in quotes"));
	if (s->body && s->m.id == NULL)
		po_scan_broken(s, s->m.at,
		    _("this entry has no msgid: write one before its msgstr"));
	if (s->body && s->m.nstr == 0)
		po_scan_broken(s, s->m.at,
		    _("this message has no msgstr: write one right behind its "
		      "msgid, with no comment between them"));
	if (s->body && !s->broken)
		store(s);
	s->orphan = s->body && s->m.nstr == 0;
	memset(&s->m, 0, sizeof(s->m));
	s->key = NULL;
	s->field = FIELD_NONE;
	s->want.line = 0;
	s->open = s->body = s->broken = s->high = false;
}

void po_scan_extend(struct po_scan *s)
{
	if (!s->open)
		s->m.start = (size_t)(s->line.s - s->text);
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
		return &s->m.str[s->m.nstr - 1];
	case FIELD_PREV_CTXT:
		return &s->m.prev_ctxt;
	case FIELD_PREV_ID:
		return &s->m.prev_id;
	case FIELD_PREV_PLURAL:
		return &s->m.prev_plural;
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
	size_t len;

	if (*to != NULL)
		return s->pool - 1;
	if (s->field == FIELD_ID && s->m.ctxt != NULL) {
		s->key = s->pool;
		len = strlen(s->m.ctxt);
		memcpy(s->pool, s->m.ctxt, len);
		s->pool[len] = PO_EOT;
		s->pool += len + 1;
	} else if (s->field == FIELD_ID) {
		s->key = s->pool;
	}
	*to = s->pool;
	return s->pool;
}

static void tell_fault(struct po_scan *s, const struct po_quoted *q)
{
	switch (q->fault) {
	case PO_QUOTE_OPEN:
		po_scan_error(s, "po-syntax", po_scan_place(s, q->at),
		    _("the text in quotes does not end on its line: put a \" "
		      "at the end"));
		break;
	case PO_QUOTE_ESCAPE:
		po_scan_error(s, "po-syntax", po_scan_place(s, q->at),
		    _("there is no such escape: write \\\\ for a backslash"));
		break;
	case PO_QUOTE_NUL:
		po_scan_error(s, "po-syntax", po_scan_place(s, q->at),
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
	if (to == &s->m.str[0] && (*to == NULL || **to == '\0'))
		s->m.str_at = po_scan_place(s, p + 1);
	q = po_unquote(p + 1, s->line.end, begin(s, to));
	s->pool = q.out + 1;
	s->high |= q.high;
	tell_fault(s, &q);
	return q.next;
}
