/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "inline/inline_priv.h"

#define MESSAGE_MAX ((size_t)1 << 20)

struct make {
	const struct copl_xml *x;
	copl_within_fn *within;
	void *arg;
	struct copl_arena *a;
	bool preserve;
	struct copl_code *codes; /* on the heap while they grow */
	const char **names; /* local name of each code */
	size_t ncodes;
	size_t codes_room;
	size_t names_room;
	struct copl_strbuf msgid;
};

/* Source bytes of an element that is no part of the sentence, or empty. */
static bool is_whole(const struct make *m, const xmlNode *n)
{
	return n->type != XML_ELEMENT_NODE || copl_xml_source(m->x, n)->empty ||
	       !m->within(m->arg, n);
}

static struct copl_code code_at(const struct make *m, const xmlNode *n)
{
	const char *s = m->x->text.s;
	const struct copl_xml_element *e = copl_xml_source(m->x, n);
	struct copl_code c = {.whole = is_whole(m, n)};

	c.open = s + e->start;
	c.open_len = (c.whole ? e->end : e->content) - e->start;
	if (!c.whole) {
		c.close = s + e->close;
		c.close_len = e->end - e->close;
	}
	return c;
}

/* Index of the code that this node is a use of; ncodes: a new one. */
static size_t find(
    const struct make *m, const struct copl_code *c, const char *name)
{
	size_t i;

	for (i = 0; i < m->ncodes; i++)
		if (m->codes[i].whole == c->whole &&
		    m->codes[i].open_len == c->open_len &&
		    memcmp(m->codes[i].open, c->open, c->open_len) == 0 &&
		    strcmp(m->names[i], name) == 0)
			break;
	return i;
}

static enum copl_status add_code(struct make *m, const xmlNode *n)
{
	struct copl_code c = code_at(m, n), *codes;
	const char *name = (const char *)n->name, **names;
	size_t i = find(m, &c, name);

	if (i < m->ncodes) {
		m->codes[i].uses++;
		return COPL_OK;
	}
	codes = copl_grow(m->codes, i, &m->codes_room, sizeof(*codes));
	if (codes == NULL)
		return COPL_E_NOMEM;
	m->codes = codes;
	names = copl_grow(m->names, i, &m->names_room, sizeof(*names));
	if (names == NULL)
		return COPL_E_NOMEM;
	m->names = names;
	c.uses = 1;
	m->codes[i] = c;
	m->names[i] = name;
	m->ncodes++;
	return COPL_OK;
}

/* Comments say nothing to a reader; what else is there is text or a code. */
static bool is_code(const xmlNode *n)
{
	return n->type == XML_ELEMENT_NODE;
}

static enum copl_status collect(
    struct make *m, const xmlNode *parent, int depth)
{
	const xmlNode *n;

	if (depth == COPL_INLINE_DEPTH)
		return COPL_E_LIMIT;
	for (n = parent->children; n != NULL; n = n->next) {
		enum copl_status st;

		if (!is_code(n))
			continue;
		st = add_code(m, n);
		if (st == COPL_OK && !is_whole(m, n))
			st = collect(m, n, depth + 1);
		if (st != COPL_OK)
			return st;
	}
	return COPL_OK;
}

static bool tag_taken(const struct make *m, const char *tag)
{
	size_t i;

	for (i = 0; i < m->ncodes; i++)
		if (m->codes[i].tag != NULL &&
		    strcmp(m->codes[i].tag, tag) == 0)
			return true;
	return false;
}

/* "a" when it is the only one of its name, else "a1", "a2"... */
static enum copl_status name_code(struct make *m, size_t i)
{
	unsigned number = 1;
	bool alone = true;
	const char *tag;
	size_t k;

	for (k = 0; k < m->ncodes; k++)
		if (k != i && strcmp(m->names[k], m->names[i]) == 0)
			alone = false;
	tag = m->names[i];
	while (tag != NULL && (!alone || tag_taken(m, tag))) {
		tag = copl_arena_printf(m->a, "%s%u", m->names[i], number++);
		alone = true;
	}
	if (tag == NULL)
		return COPL_E_NOMEM;
	m->codes[i].tag = copl_arena_strdup(m->a, tag);
	return m->codes[i].tag == NULL ? COPL_E_NOMEM : COPL_OK;
}

static void put_children(struct make *m, const xmlNode *parent)
{
	const xmlNode *n;

	for (n = parent->children; n != NULL; n = n->next) {
		const char *tag;
		struct copl_code c;

		if (n->type == XML_TEXT_NODE ||
		    n->type == XML_CDATA_SECTION_NODE)
			copl_xml_put_text(&m->msgid, (const char *)n->content,
			    strlen((const char *)n->content));
		if (!is_code(n))
			continue;
		c = code_at(m, n);
		tag = m->codes[find(m, &c, (const char *)n->name)].tag;
		if (c.whole) {
			copl_strbuf_printf(&m->msgid, "<%s/>", tag);
			continue;
		}
		copl_strbuf_printf(&m->msgid, "<%s>", tag);
		put_children(m, n); /* collect() has bounded the depth */
		copl_strbuf_printf(&m->msgid, "</%s>", tag);
	}
}

/* One blank for each run of white space, none at the ends. */
static void collapse(struct copl_strbuf *b)
{
	size_t from, to = 0;

	for (from = 0; from < b->len; from++) {
		if (!copl_is_space(b->s[from]))
			b->s[to++] = b->s[from];
		else if (to > 0 && b->s[to - 1] != ' ')
			b->s[to++] = ' ';
	}
	while (to > 0 && b->s[to - 1] == ' ')
		to--;
	b->len = to;
	if (b->s != NULL)
		b->s[to] = '\0';
}

static enum copl_status finish(struct make *m, struct copl_inline *out)
{
	struct copl_code *codes = NULL;

	if (m->msgid.st != COPL_OK)
		return m->msgid.st;
	if (!m->preserve)
		collapse(&m->msgid);
	out->msgid = copl_arena_strdup(m->a, copl_strbuf_text(&m->msgid));
	if (m->ncodes > 0) {
		codes = copl_arena_alloc(m->a, m->ncodes * sizeof(*codes));
		if (codes == NULL)
			return COPL_E_NOMEM;
		memcpy(codes, m->codes, m->ncodes * sizeof(*codes));
	}
	out->codes = codes;
	out->ncodes = m->ncodes;
	out->preserve = m->preserve;
	return out->msgid == NULL ? COPL_E_NOMEM : COPL_OK;
}

enum copl_status copl_inline_make(const struct copl_xml *x,
    const xmlNode *element, bool preserve, copl_within_fn *within, void *arg,
    struct copl_arena *a, struct copl_inline *out)
{
	struct make m = {.x = x,
	    .within = within,
	    .arg = arg,
	    .a = a,
	    .preserve = preserve,
	    .msgid = COPL_STRBUF_INIT(MESSAGE_MAX)};
	enum copl_status st;
	size_t i;

	memset(out, 0, sizeof(*out));
	st = collect(&m, element, 0);
	for (i = 0; i < m.ncodes && st == COPL_OK; i++)
		st = name_code(&m, i);
	if (st == COPL_OK) {
		put_children(&m, element);
		st = finish(&m, out);
	}
	free(m.codes);
	free(m.names);
	copl_strbuf_clear(&m.msgid);
	return st;
}
