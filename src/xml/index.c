/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Where each element and attribute stands in the source.  libxml2 does not
 * keep this, so the well-formed text is scanned once more for its tags; the
 * n-th start tag is the n-th element of the document.
 */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "xml/xml_priv.h"

/* libxml2 stops at 256 by itself. */
#define DEPTH_MAX 1024

struct scan {
	struct copl_xml *x;
	const char *s;
	size_t len;
	size_t room; /* of elements */
	size_t attr_room;
	size_t open[DEPTH_MAX]; /* indexes of the elements not yet closed */
	size_t depth;
};

static enum copl_status index_lines(struct copl_xml *x)
{
	const char *s = copl_strbuf_text(&x->text), *end = s + x->text.len;
	const char *p = s;
	size_t room = 0;

	for (;;) {
		size_t *lines =
		    copl_grow(x->lines, x->nlines, &room, sizeof(*lines));

		if (lines == NULL)
			return COPL_E_NOMEM;
		x->lines = lines;
		x->lines[x->nlines++] = (size_t)(p - s);
		p = memchr(p, '\n', (size_t)(end - p));
		if (p == NULL)
			return COPL_OK;
		p++;
	}
}

static enum copl_status index_characters(struct copl_xml *x)
{
	const char *s = copl_strbuf_text(&x->text);
	size_t blocks = x->text.len / COPL_XML_BLOCK, i;

	x->chars = calloc(blocks + 1, sizeof(*x->chars));
	if (x->chars == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < blocks; i++)
		x->chars[i + 1] =
		    x->chars[i] +
		    copl_utf8_count(s + i * COPL_XML_BLOCK, COPL_XML_BLOCK);
	return COPL_OK;
}

enum copl_status copl_xml_index_lines(struct copl_xml *x)
{
	enum copl_status st = index_lines(x);

	return st == COPL_OK ? index_characters(x) : st;
}

/* Behind the next occurrence of mark, or the end of the text. */
static size_t behind(const struct scan *sc, size_t at, const char *mark)
{
	size_t n = strlen(mark);
	const char *p = memmem(sc->s + at, sc->len - at, mark, n);

	return p == NULL ? sc->len : (size_t)(p - sc->s) + n;
}

static size_t behind_quote(const struct scan *sc, size_t at)
{
	const char *p = memchr(sc->s + at + 1, sc->s[at], sc->len - at - 1);

	return p == NULL ? sc->len : (size_t)(p - sc->s) + 1;
}

/* Behind a comment, processing instruction or quoted text at this place. */
static size_t behind_opaque(const struct scan *sc, size_t at)
{
	if (strncmp(sc->s + at, "<!--", 4) == 0)
		return behind(sc, at + 4, "-->");
	if (strncmp(sc->s + at, "<?", 2) == 0)
		return behind(sc, at + 2, "?>");
	if (sc->s[at] == '"' || sc->s[at] == '\'')
		return behind_quote(sc, at);
	return at;
}

static size_t behind_doctype(const struct scan *sc, size_t at)
{
	bool subset = false;

	while (at < sc->len) {
		size_t next = behind_opaque(sc, at);

		if (next != at) {
			at = next;
			continue;
		}
		if (sc->s[at] == '[')
			subset = true;
		else if (sc->s[at] == ']')
			subset = false;
		else if (sc->s[at] == '>' && !subset)
			return at + 1;
		at++;
	}
	return at;
}

static size_t name_end(const struct scan *sc, size_t at)
{
	while (at < sc->len && !copl_is_space(sc->s[at]) && sc->s[at] != '/' &&
	       sc->s[at] != '>' && sc->s[at] != '=')
		at++;
	return at;
}

static size_t skip_space(const struct scan *sc, size_t at)
{
	while (at < sc->len && copl_is_space(sc->s[at]))
		at++;
	return at;
}

/* The attributes of a start tag; returns the place of "/" or ">". */
static size_t scan_attrs(struct scan *sc, size_t at, enum copl_status *st)
{
	struct copl_xml *x = sc->x;

	for (;;) {
		struct copl_xml_attr *list;
		size_t name, end, quote;

		at = skip_space(sc, at);
		if (at >= sc->len || sc->s[at] == '>' || sc->s[at] == '/')
			return at;
		name = at;
		end = name_end(sc, at);
		quote = skip_space(sc, skip_space(sc, end) + 1);
		if (quote >= sc->len) {
			*st = COPL_E_BUG;
			return sc->len;
		}
		at = behind_quote(sc, quote);
		list = copl_grow(
		    x->attrs, x->nattrs, &sc->attr_room, sizeof(*list));
		if (list == NULL) {
			*st = COPL_E_NOMEM;
			return sc->len;
		}
		x->attrs = list;
		x->attrs[x->nattrs++] = (struct copl_xml_attr){
		    name, end - name, quote + 1, at - quote - 2};
	}
}

static enum copl_status scan_start(struct scan *sc, size_t *at)
{
	struct copl_xml *x = sc->x;
	struct copl_xml_element *e =
	    copl_grow(x->elements, x->nelements, &sc->room, sizeof(*e));
	enum copl_status st = COPL_OK;
	size_t p;

	if (e == NULL)
		return COPL_E_NOMEM;
	x->elements = e;
	e += x->nelements++;
	memset(e, 0, sizeof(*e));
	e->start = *at;
	e->attr = x->nattrs;
	e->name_end = name_end(sc, *at + 1);
	p = scan_attrs(sc, e->name_end, &st);
	e->nattr = x->nattrs - e->attr;
	e->empty = p < sc->len && sc->s[p] == '/';
	p += e->empty ? 2 : 1;
	if (st == COPL_OK && p > sc->len)
		st = COPL_E_BUG;
	if (st != COPL_OK)
		return st;
	e->content = e->close = e->end = p;
	*at = p;
	if (e->empty)
		return COPL_OK;
	if (sc->depth == DEPTH_MAX)
		return COPL_E_LIMIT;
	sc->open[sc->depth++] = x->nelements - 1;
	return COPL_OK;
}

static enum copl_status scan_tag(struct scan *sc, size_t *at)
{
	struct copl_xml_element *e;
	const char *s = sc->s + *at;

	if (strncmp(s, "<![CDATA[", 9) == 0) {
		*at = behind(sc, *at + 9, "]]>");
		return COPL_OK;
	}
	if (strncmp(s, "<!--", 4) == 0 || s[1] == '?') {
		*at = behind_opaque(sc, *at);
		return COPL_OK;
	}
	if (s[1] == '!') {
		*at = behind_doctype(sc, *at);
		return COPL_OK;
	}
	if (s[1] != '/')
		return scan_start(sc, at);
	if (sc->depth == 0)
		return COPL_E_BUG;
	e = &sc->x->elements[sc->open[--sc->depth]];
	e->close = *at;
	*at = behind(sc, *at, ">");
	e->end = *at;
	return COPL_OK;
}

/* Next node in document order; entities are not entered. */
static xmlNode *next_node(xmlNode *n)
{
	if (n->type == XML_ELEMENT_NODE && n->children != NULL)
		return n->children;
	while (n != NULL && n->next == NULL)
		n = n->parent;
	return n == NULL ? NULL : n->next;
}

static enum copl_status number_elements(struct copl_xml *x)
{
	xmlNode *n = x->doc->children;
	size_t i = 0;

	for (; n != NULL; n = next_node(n)) {
		if (n->type != XML_ELEMENT_NODE)
			continue;
		if (i == x->nelements)
			return COPL_E_BUG;
		n->_private = (void *)(uintptr_t)i++;
	}
	return i == x->nelements ? COPL_OK : COPL_E_BUG;
}

enum copl_status copl_xml_index_elements(struct copl_xml *x)
{
	struct scan sc = {
	    .x = x, .s = copl_strbuf_text(&x->text), .len = x->text.len};
	enum copl_status st = COPL_OK;
	size_t at = 0;

	while (st == COPL_OK) {
		const char *p = memchr(sc.s + at, '<', sc.len - at);

		if (p == NULL)
			break;
		at = (size_t)(p - sc.s);
		st = scan_tag(&sc, &at);
	}
	return st == COPL_OK ? number_elements(x) : st;
}
