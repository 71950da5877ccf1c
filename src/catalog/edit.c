/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include "catalog/edit.h"
#include "catalog/merge.h"

/* One entry on its way. */
struct entry {
	struct po_out *o;
	const struct copl_message *m;
	const struct copl_message_edit *e;
	bool comment_done;
	bool flags_done;
};

static bool same(const char *a, const char *b)
{
	return strcmp(a == NULL ? "" : a, b == NULL ? "" : b) == 0;
}

static void put_bytes(struct po_out *o, const char *from, const char *to)
{
	po_out_flush(o);
	po_put_raw(o->out, from, (size_t)(to - from));
}

#define FLAG_ENDS ", \t\r\n"

/* The flags of a line but for "fuzzy", behind those that are in tmp. */
static void add_flags(struct copl_strbuf *tmp, const struct po_line *l)
{
	const char *p = strchr(l->s, ',');

	for (p = p == NULL ? l->end : p + 1; p < l->end;) {
		size_t n = 0;

		while (p < l->end && strchr(FLAG_ENDS, *p) != NULL)
			p++;
		while (p + n < l->end && strchr(FLAG_ENDS, p[n]) == NULL)
			n++;
		if (n > 0 && !(n == 5 && memcmp(p, "fuzzy", n) == 0)) {
			copl_strbuf_puts(tmp, tmp->len == 0 ? "#, " : ", ");
			copl_strbuf_add(tmp, p, n);
		}
		p += n;
	}
}

static void put_flags(struct entry *en, const struct po_line *l)
{
	struct po_out *o = en->o;

	if (en->e->fuzzy == en->m->fuzzy) {
		if (l != NULL)
			put_bytes(o, l->s, l->next);
		return;
	}
	po_out_flush(o);
	if (en->e->fuzzy && !en->flags_done)
		copl_strbuf_puts(&o->tmp, "#, fuzzy");
	if (l != NULL)
		add_flags(&o->tmp, l);
	if (o->tmp.len > 0)
		copl_strbuf_puts(&o->tmp, "\n");
	en->flags_done = true;
}

static void put_comment(struct entry *en)
{
	if (!en->comment_done && en->e->comment != NULL &&
	    en->e->comment[0] != '\0')
		po_put_comment(&en->o->tmp, "#", en->e->comment);
	en->comment_done = true;
}

/* Do the "#|" lines that are there stay? */
static bool keeps_previous(const struct entry *en)
{
	return en->e->fuzzy && en->e->made_for == NULL;
}

static void put_comment_line(struct entry *en, const struct po_line *l)
{
	const char *p = po_skip_blanks(l->s, l->end);
	enum po_comment kind =
	    p < l->end && *p == '#' ? po_comment_kind(p, l->end) : PO_EXTRACTED;

	if (kind == PO_FLAGS) {
		put_flags(en, l);
		return;
	}
	if (kind == PO_PREVIOUS && !keeps_previous(en))
		return;
	if (kind == PO_TRANSLATOR && en->e->comment != NULL &&
	    !same(en->e->comment, en->m->comment)) {
		put_comment(en);
		return;
	}
	put_bytes(en->o, l->s, l->next);
}

static void put_made_for(struct entry *en)
{
	const struct copl_previous *p = en->e->made_for;

	if (!en->e->fuzzy || p == NULL)
		return;
	if (p->ctxt != NULL)
		po_put_string(&en->o->tmp, "#| ", "msgctxt", p->ctxt);
	if (p->id != NULL)
		po_put_string(&en->o->tmp, "#| ", "msgid", p->id);
	if (p->plural != NULL)
		po_put_string(&en->o->tmp, "#| ", "msgid_plural", p->plural);
}

static void put_strings(struct entry *en, const char *text)
{
	const struct copl_message *m = en->m;
	bool stay = true;
	unsigned i;

	for (i = 0; en->e->str != NULL && i < m->nstr; i++)
		stay = stay && strcmp(en->e->str[i], m->str[i]) == 0;
	if (stay) {
		put_bytes(en->o, text + m->str_start, text + m->end);
		return;
	}
	for (i = 0; i < m->nstr; i++) {
		char keyword[32] = "msgstr";

		if (m->plural != NULL)
			snprintf(keyword, sizeof(keyword), "msgstr[%u]", i);
		po_put_string(&en->o->tmp, "", keyword, en->e->str[i]);
	}
	po_out_flush(en->o);
}

static void put_entry(struct entry *en)
{
	const char *text = copl_strbuf_text(&en->o->c->text);
	const struct copl_message *m = en->m;
	struct po_line l = {NULL, NULL, text + m->start, 0};

	/* A comment of an entry that had none goes first. */
	if (m->comment == NULL)
		put_comment(en);
	while (po_line_next(&l, text + m->body))
		put_comment_line(en, &l);
	if (!en->flags_done && en->e->fuzzy && !m->fuzzy)
		put_flags(en, NULL);
	put_made_for(en);
	put_bytes(en->o, text + m->body, text + m->str_start);
	put_strings(en, text);
}

enum copl_status copl_catalog_edit(const struct copl_catalog *c,
    const struct copl_message_edit *const *edits, struct copl_strbuf *out)
{
	struct po_out o = {.c = c, .out = out};
	const char *text = copl_strbuf_text(&c->text);
	const char *at = text;
	size_t i;

	o.tmp.max = COPL_CATALOG_MAX;
	for (i = 0; i < c->nmessages; i++) {
		const struct copl_message *m = &c->messages[i];
		struct entry en = {.o = &o, .m = m, .e = edits[i]};

		if (en.e == NULL || m->obsolete)
			continue;
		put_bytes(&o, at, text + m->start);
		put_entry(&en);
		at = text + m->end;
		/* The last line of a file may lack its end. */
		if (at < text + c->text.len)
			po_out_line(&o);
	}
	put_bytes(&o, at, text + c->text.len);
	copl_strbuf_clear(&o.tmp);
	return out->st;
}
