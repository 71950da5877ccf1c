/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "catalog/catalog_priv.h"

static struct copl_catalog *catalog_new(const char *file)
{
	struct copl_catalog *c = calloc(1, sizeof(*c));

	if (c == NULL)
		return NULL;
	c->file = file;
	c->arena = copl_arena_new();
	if (c->arena != NULL)
		c->by_ctxt = po_contexts_new(c->arena);
	if (c->by_ctxt == NULL) {
		copl_arena_free(c->arena);
		free(c);
		return NULL;
	}
	return c;
}

void copl_catalog_room_free(struct copl_catalog_room *room)
{
	copl_strbuf_clear(&room->text);
	free(room->messages);
	free(room->slots);
	free(room->pool);
	memset(room, 0, sizeof(*room));
}

static void borrow(struct copl_catalog *c, struct copl_catalog_room *room)
{
	c->room = room;
	c->text = room->text;
	c->text.len = 0;
	c->text.st = COPL_OK;
	c->messages = room->messages;
	c->messages_room = room->nmessages;
	c->by_key.slots = room->slots;
	c->by_key.size = room->nslots;
	c->pool = room->pool;
	c->pool_room = room->npool;
	memset(room, 0, sizeof(*room));
}

static void give_back(struct copl_catalog *c)
{
	struct copl_catalog_room *room = c->room;

	room->text = c->text;
	room->messages = c->messages;
	room->nmessages = c->messages_room;
	room->slots = c->by_key.slots;
	room->nslots = c->by_key.size;
	room->pool = c->pool;
	room->npool = c->pool_room;
}

void copl_catalog_free(struct copl_catalog *c)
{
	if (c == NULL)
		return;
	if (c->room != NULL) {
		give_back(c);
	} else {
		free(c->by_key.slots);
		free(c->pool);
		copl_strbuf_clear(&c->text);
		free(c->messages);
	}
	po_contexts_free(c->by_ctxt);
	free(c->own_name);
	copl_arena_free(c->arena);
	free(c);
}

/* Hands over c, or frees it when the status is a failure. */
static enum copl_status give(struct copl_catalog *c, enum copl_status st,
    struct copl_reporter *r, struct copl_catalog **out)
{
	if (st == COPL_OK) {
		*out = c;
		return st;
	}
	copl_catalog_free(c);
	*out = NULL;
	if (st == COPL_E_NOMEM)
		r->nomem = true;
	return st;
}

static enum copl_status load(const char *path, bool texts,
    struct copl_catalog_room *room, struct copl_reporter *r,
    struct copl_catalog **out)
{
	struct copl_catalog *c = catalog_new(path);
	enum copl_status st;

	if (c == NULL)
		return give(c, COPL_E_NOMEM, r, out);
	if (room != NULL)
		borrow(c, room);
	st = po_text_load(path, r, &c->text);
	if (st == COPL_OK)
		st = po_scan(c, texts, r);
	return give(c, st, r, out);
}

enum copl_status copl_catalog_load(
    const char *path, struct copl_reporter *r, struct copl_catalog **out)
{
	return load(path, false, NULL, r, out);
}

enum copl_status copl_catalog_load_texts(const char *path,
    struct copl_catalog_room *room, struct copl_reporter *r,
    struct copl_catalog **out)
{
	return load(path, true, room, r, out);
}

enum copl_status copl_catalog_read(const char *bytes, size_t len,
    const char *file, struct copl_reporter *r, struct copl_catalog **out)
{
	struct copl_catalog *c = catalog_new(file);
	enum copl_status st;

	if (c == NULL)
		return give(c, COPL_E_NOMEM, r, out);
	st = po_text_copy(bytes, len, file, r, &c->text);
	if (st == COPL_OK)
		st = po_scan(c, false, r);
	return give(c, st, r, out);
}

/* The header line "Name: value" in the source of the header entry. */
static struct copl_place field_place(
    const struct copl_catalog *c, const char *name)
{
	const char *text = copl_strbuf_text(&c->text);
	const struct copl_message *h = c->header;
	struct po_line l = {NULL, NULL, text + h->body, h->at.line - 1};
	struct copl_place at = copl_message_str_at(c, h);
	size_t len = strlen(name);

	while (po_line_next(&l, text + h->end)) {
		const char *p = po_skip_blanks(l.s, l.end);

		if ((size_t)(l.end - p) > len + 1 && *p == '"' &&
		    memcmp(p + 1, name, len) == 0 && p[len + 1] == ':') {
			at.line = l.no;
			at.column = (size_t)(p - l.s) + 2;
			break;
		}
	}
	return at;
}

const char *copl_catalog_field(
    const struct copl_catalog *c, const char *name, struct copl_place *at)
{
	size_t len = strlen(name);
	const char *p;

	if (c->header == NULL)
		return NULL;
	if (at != NULL)
		*at = field_place(c, name);
	for (p = c->header->str[0]; *p != '\0';) {
		size_t n = strcspn(p, "\n");

		if (n > len && memcmp(p, name, len) == 0 && p[len] == ':') {
			p = c->fields + (p - c->header->str[0]) + len + 1;
			return p + strspn(p, " \t");
		}
		p += n + (p[n] == '\n');
	}
	return NULL;
}

bool copl_catalog_plural(const struct copl_catalog *c, struct copl_plural *out)
{
	const char *forms = copl_catalog_field(c, "Plural-Forms", NULL);

	if (forms != NULL && copl_plural_parse(forms, out))
		return true;
	out->n = 0;
	return false;
}

bool copl_message_is_whole(const struct copl_message *m)
{
	size_t i;

	for (i = 0; i < m->nstr; i++)
		if (m->str[i][0] == '\0')
			return false;
	return m->nstr > 0;
}

bool copl_message_has_flag(const struct copl_message *m, const char *flag)
{
	size_t len = strlen(flag);
	const char *p = m->flags;

	while (p != NULL && *p != '\0') {
		size_t n = strcspn(p, ", \t\r\n");

		if (n == len && memcmp(p, flag, len) == 0)
			return true;
		p += n;
		p += strspn(p, ", \t\r\n");
	}
	return false;
}

static bool is_complete(const struct copl_message *m)
{
	size_t i;

	for (i = 0; i < m->nstr; i++)
		if (m->str[i][0] == '\0')
			return false;
	return true;
}

void copl_catalog_count(
    const struct copl_catalog *c, struct copl_catalog_counts *out)
{
	size_t i;

	memset(out, 0, sizeof(*out));
	for (i = 0; i < c->nmessages; i++) {
		const struct copl_message *m = &c->messages[i];

		if (m->obsolete)
			out->obsolete++;
		else if (!is_complete(m))
			out->untranslated++;
		else if (m->fuzzy)
			out->fuzzy++;
		else
			out->translated++;
	}
}

const struct copl_message *copl_catalog_at_line(
    const struct copl_catalog *c, size_t line)
{
	const struct copl_message *found = NULL;
	size_t low = 0, high = c->nmessages, mid;
	const char *p;

	/* An entry begins with its comments, above the line of its msgid. */
	while (low < high) {
		mid = low + (high - low) / 2;
		if (c->messages[mid].at.line <= line)
			low = mid + 1;
		else
			high = mid;
	}
	if (low > 0)
		found = &c->messages[low - 1];
	if (low < c->nmessages) {
		const struct copl_message *next = &c->messages[low];
		size_t first = next->at.line;

		for (p = c->text.s + next->start; p < c->text.s + next->body;
		     p++)
			first -= *p == '\n';
		if (line >= first)
			found = next;
	}
	return found;
}
