/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Translations in a file replaced, and nothing else of it. */
#include "config.h"
#include <string.h>
#include "catalog/catalog_priv.h"

/* New lines of an entry; its first keyword stands behind "#~ " already. */
static void put_forms(struct copl_strbuf *out, const struct copl_revision *v)
{
	struct copl_strbuf tmp = COPL_STRBUF_INIT(COPL_CATALOG_MAX);
	const char *p;

	copl_po_put_msgstr(&tmp, v->m->plural != NULL, v->forms, v->n);
	for (p = copl_strbuf_text(&tmp); *p != '\0';) {
		size_t n = strcspn(p, "\n") + 1;

		if (v->m->obsolete && p != tmp.s)
			copl_strbuf_puts(out, "#~ ");
		copl_strbuf_add(out, p, n);
		p += n;
	}
	if (tmp.st != COPL_OK && out->st == COPL_OK)
		out->st = tmp.st;
	copl_strbuf_clear(&tmp);
}

/* Does the line hold the field's name, behind its quote? */
static bool is_field(const struct po_line *l, const char *name)
{
	const char *p = po_skip_blanks(l->s, l->end);
	size_t n = strlen(name);

	return (size_t)(l->end - p) > n + 1 && *p == '"' &&
	       memcmp(p + 1, name, n) == 0 && p[1 + n] == ':';
}

static bool ends_field(const struct po_line *l)
{
	const char *p = l->end;

	while (p > l->s && (p[-1] == ' ' || p[-1] == '\t' || p[-1] == '\r'))
		p--;
	return p - l->s < 3 || memcmp(p - 3, "\\n\"", 3) == 0;
}

/* The header with another rule for plurals, on as many lines as it needs. */
static void put_header(
    struct copl_strbuf *out, const struct copl_catalog *c, const char *forms)
{
	static const char name[] = "Plural-Forms";
	const char *text = copl_strbuf_text(&c->text);
	struct po_line l = {NULL, NULL, text + c->header->start, 0};

	while (po_line_next(&l, text + c->header->end)) {
		if (!is_field(&l, name)) {
			po_put_raw(out, l.s, (size_t)(l.next - l.s));
			continue;
		}
		copl_strbuf_printf(out, "\"%s: %s\\n\"\n", name, forms);
		while (
		    !ends_field(&l) && po_line_next(&l, text + c->header->end))
			continue;
	}
}

/* Lines end with LF alone. */
static void drop_cr(struct copl_strbuf *b)
{
	size_t from, to = 0;

	for (from = 0; from < b->len; from++)
		if (!(b->s[from] == '\r' && b->s[from + 1] == '\n'))
			b->s[to++] = b->s[from];
	b->len = to;
	if (b->s != NULL)
		b->s[to] = '\0';
}

enum copl_status copl_catalog_revise(const struct copl_catalog *c,
    const struct copl_revision *list, size_t n, const char *plural_forms,
    struct copl_strbuf *out)
{
	const char *text = copl_strbuf_text(&c->text);
	size_t at = c->bom ? sizeof(PO_BOM) - 1 : 0, i;

	if (plural_forms != NULL && c->header != NULL) {
		po_put_raw(out, text + at, c->header->start - at);
		put_header(out, c, plural_forms);
		at = c->header->end;
	}
	for (i = 0; i < n; i++) {
		const struct copl_message *m = list[i].m;

		po_put_raw(out, text + at, m->str_start - at);
		put_forms(out, &list[i]);
		at = m->end;
	}
	po_put_raw(out, text + at, c->text.len - at);
	if (c->crlf)
		drop_cr(out);
	return out->st;
}
