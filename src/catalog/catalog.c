/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "base/i18n.h"
#include "catalog/catalog_priv.h"

static struct copl_catalog *catalog_new(const char *file)
{
	struct copl_catalog *c = calloc(1, sizeof(*c));

	if (c == NULL)
		return NULL;
	c->file = file;
	c->text.max = COPL_CATALOG_MAX;
	c->arena = copl_arena_new();
	if (c->arena == NULL) {
		free(c);
		return NULL;
	}
	return c;
}

void copl_catalog_free(struct copl_catalog *c)
{
	if (c == NULL)
		return;
	copl_map_free(&c->by_key);
	copl_map_free(&c->by_ctxt);
	copl_strbuf_clear(&c->text);
	copl_arena_free(c->arena);
	free(c->messages);
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

enum copl_status copl_catalog_load(
    const char *path, struct copl_reporter *r, struct copl_catalog **out)
{
	struct copl_catalog *c = catalog_new(path);
	enum copl_status st;

	if (c == NULL)
		return give(c, COPL_E_NOMEM, r, out);
	st = copl_file_read(path, COPL_CATALOG_MAX, r, &c->text);
	if (st == COPL_OK)
		st = po_scan(c, r);
	return give(c, st, r, out);
}

enum copl_status copl_catalog_read(const char *bytes, size_t len,
    const char *file, struct copl_reporter *r, struct copl_catalog **out)
{
	struct copl_catalog *c = catalog_new(file);
	struct copl_place at = {file, 0, 0};
	enum copl_status st;

	if (c == NULL)
		return give(c, COPL_E_NOMEM, r, out);
	copl_strbuf_add(&c->text, bytes, len);
	st = c->text.st;
	if (st == COPL_E_LIMIT)
		copl_report(r, COPL_ERROR, "file-too-large", at,
		    _("the catalog is over 64 MiB; split it"));
	if (st == COPL_OK)
		st = po_scan(c, r);
	return give(c, st, r, out);
}

/* Only when a context is there twice: others are found by the map. */
static const struct copl_message *find_slowly(
    const struct copl_catalog *c, const char *ctxt, const char *id)
{
	size_t i;

	for (i = 0; i < c->nmessages; i++) {
		const struct copl_message *m = &c->messages[i];

		if (!m->obsolete && m->ctxt != NULL &&
		    strcmp(m->ctxt, ctxt) == 0 && strcmp(m->id, id) == 0)
			return m;
	}
	return NULL;
}

const struct copl_message *copl_catalog_find(
    const struct copl_catalog *c, const char *ctxt, const char *id)
{
	const struct copl_message *m;
	size_t at;

	if (ctxt == NULL)
		return copl_map_get(&c->by_key, id, &at) &&
			       !c->messages[at].obsolete
			   ? &c->messages[at]
			   : NULL;
	m = copl_catalog_find_ctxt(c, ctxt);
	if (m == NULL || strcmp(m->id, id) == 0)
		return m;
	return c->ctxt_twice ? find_slowly(c, ctxt, id) : NULL;
}

const struct copl_message *copl_catalog_find_ctxt(
    const struct copl_catalog *c, const char *ctxt)
{
	size_t at;

	return copl_map_get(&c->by_ctxt, ctxt, &at) ? &c->messages[at] : NULL;
}

/* The header line "Name: value" in the source of the header entry. */
static struct copl_place field_place(
    const struct copl_catalog *c, const char *name)
{
	const char *text = copl_strbuf_text(&c->text);
	const struct copl_message *h = c->header;
	struct po_line l = {NULL, NULL, text + h->body, h->at.line - 1};
	struct copl_place at = h->str_at;
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
