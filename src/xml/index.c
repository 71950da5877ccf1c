/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Where each element and attribute stands in the source.  libxml2 does not
 * keep this, so the text is scanned for the tag that it reports: the n-th
 * start tag is the n-th element.
 */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include <libxml/parserInternals.h>
#include "xml/xml_priv.h"

#define ATTR_FIELDS 5 /* of libxml2's list: local, prefix, ns, value, end */

static enum copl_status index_lines(struct copl_xml *x)
{
	const char *s = copl_strbuf_text(&x->text), *end = s + x->text.len;
	const char *p = s;
	size_t room = 0;

	for (;;) {
		uint32_t *lines =
		    copl_grow(x->lines, x->nlines, &room, sizeof(*lines));

		if (lines == NULL)
			return COPL_E_NOMEM;
		x->lines = lines;
		x->lines[x->nlines++] = (uint32_t)(p - s);
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
		    x->chars[i] + (uint32_t)copl_utf8_count(
				      s + i * COPL_XML_BLOCK, COPL_XML_BLOCK);
	return COPL_OK;
}

enum copl_status copl_xml_index_lines(struct copl_xml *x)
{
	enum copl_status st = index_lines(x);

	return st == COPL_OK ? index_characters(x) : st;
}

size_t xml_behind(const char *s, size_t len, size_t at, const char *mark)
{
	size_t n = strlen(mark);
	const char *p = memmem(s + at, len - at, mark, n);

	return p == NULL ? len : (size_t)(p - s) + n;
}

static size_t behind_quote(const char *s, size_t len, size_t at)
{
	const char *p = memchr(s + at + 1, s[at], len - at - 1);

	return p == NULL ? len : (size_t)(p - s) + 1;
}

size_t xml_behind_opaque(const char *s, size_t len, size_t at)
{
	if (strncmp(s + at, "<!--", 4) == 0)
		return xml_behind(s, len, at + 4, "-->");
	if (strncmp(s + at, "<?", 2) == 0)
		return xml_behind(s, len, at + 2, "?>");
	if (s[at] == '"' || s[at] == '\'')
		return behind_quote(s, len, at);
	return at;
}

static size_t behind_doctype(const struct xml_scan *sc, size_t at)
{
	bool subset = false;

	while (at < sc->len) {
		size_t next = xml_behind_opaque(sc->s, sc->len, at);

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

static size_t name_end(const struct xml_scan *sc, size_t at)
{
	while (at < sc->len && !copl_is_space(sc->s[at]) && sc->s[at] != '/' &&
	       sc->s[at] != '>' && sc->s[at] != '=')
		at++;
	return at;
}

static size_t skip_space(const struct xml_scan *sc, size_t at)
{
	while (at < sc->len && copl_is_space(sc->s[at]))
		at++;
	return at;
}

static void fail(struct xml_scan *sc, enum copl_status st)
{
	if (sc->st == COPL_OK)
		sc->st = st;
	sc->at = sc->len;
}

/* ---- names ---- */

static size_t hash_of(const struct copl_xml_name *n)
{
	uint64_t h = (uint64_t)(uintptr_t)n->local;

	h = h * 31 + (uint64_t)(uintptr_t)n->prefix;
	h = h * 31 + (uint64_t)(uintptr_t)n->ns;
	h *= UINT64_C(0x9e3779b97f4a7c15);
	return (size_t)(h >> 32);
}

/* The parser's dictionary holds each string once: pointers can be compared. */
static uint32_t *slot_of(
    const struct xml_scan *sc, const struct copl_xml_name *n)
{
	size_t i = hash_of(n) & (sc->nslots - 1);

	while (sc->slots[i] != 0) {
		const struct copl_xml_name *o = &sc->x->names[sc->slots[i] - 1];

		if (o->local == n->local && o->prefix == n->prefix &&
		    o->ns == n->ns)
			break;
		i = (i + 1) & (sc->nslots - 1);
	}
	return &sc->slots[i];
}

static bool rehash(struct xml_scan *sc)
{
	size_t i, n = sc->nslots == 0 ? 64 : sc->nslots * 2;
	uint32_t *slots = calloc(n, sizeof(*slots));

	if (slots == NULL)
		return false;
	free(sc->slots);
	sc->slots = slots;
	sc->nslots = n;
	for (i = 0; i < sc->x->nnames; i++)
		*slot_of(sc, &sc->x->names[i]) = (uint32_t)i + 1;
	return true;
}

static uint32_t intern(struct xml_scan *sc, const xmlChar *local,
    const xmlChar *prefix, const xmlChar *ns)
{
	struct copl_xml_name n = {
	    (const char *)local, (const char *)prefix, (const char *)ns};
	struct copl_xml *x = sc->x;
	struct copl_xml_name *list;
	uint32_t *slot;

	if (x->nnames >= sc->nslots / 2 && !rehash(sc)) {
		fail(sc, COPL_E_NOMEM);
		return 0;
	}
	slot = slot_of(sc, &n);
	if (*slot != 0)
		return *slot - 1;
	list = copl_grow(x->names, x->nnames, &sc->name_room, sizeof(*list));
	if (list == NULL) {
		fail(sc, COPL_E_NOMEM);
		return 0;
	}
	x->names = list;
	x->names[x->nnames++] = n;
	*slot = (uint32_t)x->nnames;
	return *slot - 1;
}

/* ---- attributes ---- */

static struct copl_xml_attr *new_attr(struct xml_scan *sc)
{
	struct copl_xml *x = sc->x;
	struct copl_xml_attr *list;

	/* Only the defaults of a DTD can be as many as bytes. */
	if (x->nattrs >= sc->len) {
		fail(sc, COPL_E_LIMIT);
		return NULL;
	}
	list = copl_grow(x->attrs, x->nattrs, &sc->attr_room, sizeof(*list));
	if (list == NULL) {
		fail(sc, COPL_E_NOMEM);
		return NULL;
	}
	x->attrs = list;
	list += x->nattrs++;
	memset(list, 0, sizeof(*list));
	list->qname = COPL_XML_NONE;
	list->element = (uint32_t)x->nelements - 1;
	return list;
}

/* The attributes of a start tag; returns the place of "/" or ">". */
static size_t scan_attrs(struct xml_scan *sc, size_t at)
{
	for (;;) {
		struct copl_xml_attr *a;
		size_t name, end, quote;

		at = skip_space(sc, at);
		if (at >= sc->len || sc->s[at] == '>' || sc->s[at] == '/')
			return at;
		name = at;
		end = name_end(sc, at);
		quote = skip_space(sc, skip_space(sc, end) + 1);
		if (quote >= sc->len) {
			fail(sc, COPL_E_BUG);
			return sc->len;
		}
		at = behind_quote(sc->s, sc->len, quote);
		a = new_attr(sc);
		if (a == NULL)
			return sc->len;
		a->name = (uint32_t)name;
		a->name_len = (uint32_t)(end - name);
		a->value = (uint32_t)(quote + 1);
		a->value_len = (uint32_t)(at - quote - 2);
	}
}

static bool is_declaration(
    const struct xml_scan *sc, const struct copl_xml_attr *a)
{
	const char *s = sc->s + a->name;

	return a->name_len >= 5 && memcmp(s, "xmlns", 5) == 0 &&
	       (a->name_len == 5 || s[5] == ':');
}

/*
 * What libxml2 says of an attribute.  Its value is mostly the source bytes;
 * references, odd white space and the DTD make it a copy.  An ampersand is
 * still a reference in what it says, as are entities of the DTD.
 */
static void name_attr(struct xml_scan *sc, struct copl_xml_attr *a,
    const struct xml_start *tag, const xmlChar **said)
{
	size_t len = (size_t)(said[4] - said[3]);
	const xmlChar *value = said[3];
	xmlChar *decoded = NULL;

	a->qname = intern(sc, said[0], said[1], said[2]);
	if (memchr(value, '&', len) != NULL) {
		decoded = xmlStringLenDecodeEntities(
		    tag->ctxt, value, (int)len, XML_SUBSTITUTE_REF, 0, 0, 0);
		if (decoded == NULL)
			return; /* the parser has said why */
		value = decoded;
		len = (size_t)xmlStrlen(decoded);
	} else if (a->name_len > 0 && len == a->value_len &&
		   memcmp(value, sc->s + a->value, len) == 0) {
		return;
	}
	a->copy = copl_arena_strndup(sc->x->arena, (const char *)value, len);
	if (a->copy == NULL)
		fail(sc, COPL_E_NOMEM);
	xmlFree(decoded);
}

static void name_attrs(struct xml_scan *sc, struct copl_xml_element *e,
    const struct xml_start *tag)
{
	int written = tag->nattrs - tag->ndefaulted, k = 0;
	size_t i;

	for (i = e->attr; i < sc->x->nattrs && sc->st == COPL_OK; i++) {
		struct copl_xml_attr *a = &sc->x->attrs[i];

		if (is_declaration(sc, a))
			continue;
		if (k == written) {
			fail(sc, COPL_E_BUG);
			return;
		}
		name_attr(sc, a, tag, tag->attrs + (size_t)k++ * ATTR_FIELDS);
	}
	if (sc->st == COPL_OK && k != written)
		fail(sc, COPL_E_BUG);
	for (; k < tag->nattrs && sc->st == COPL_OK; k++) {
		struct copl_xml_attr *a = new_attr(sc);

		if (a == NULL)
			return;
		a->value = e->name_end;
		name_attr(sc, a, tag, tag->attrs + (size_t)k * ATTR_FIELDS);
	}
	e->nattr = (uint32_t)(sc->x->nattrs - e->attr);
}

/* ---- elements ---- */

static struct copl_xml_element *new_element(struct xml_scan *sc)
{
	struct copl_xml *x = sc->x;
	struct copl_xml_element *e =
	    copl_grow(x->elements, x->nelements, &sc->room, sizeof(*e));

	if (e == NULL) {
		fail(sc, COPL_E_NOMEM);
		return NULL;
	}
	x->elements = e;
	e += x->nelements++;
	memset(e, 0, sizeof(*e));
	e->parent = sc->depth == 0 ? COPL_XML_NONE : sc->open[sc->depth - 1];
	e->next = (uint32_t)x->nelements;
	return e;
}

static void add_element(struct xml_scan *sc, const struct xml_start *tag)
{
	struct copl_xml_element *e = new_element(sc);
	size_t p;

	if (e == NULL)
		return;
	e->start = (uint32_t)sc->at;
	e->attr = (uint32_t)sc->x->nattrs;
	e->name_end = (uint32_t)name_end(sc, sc->at + 1);
	e->name = intern(sc, tag->local, tag->prefix, tag->ns);
	p = scan_attrs(sc, e->name_end);
	name_attrs(sc, e, tag);
	if (sc->st != COPL_OK)
		return;
	e->empty = p < sc->len && sc->s[p] == '/';
	p += e->empty ? 2 : 1;
	if (p > sc->len) {
		fail(sc, COPL_E_BUG);
		return;
	}
	e->content = e->close = e->end = (uint32_t)p;
	sc->at = p;
	if (e->empty)
		return;
	if (sc->depth == XML_DEPTH_MAX)
		fail(sc, COPL_E_LIMIT);
	else
		sc->open[sc->depth++] = (uint32_t)sc->x->nelements - 1;
}

static void close_element(struct xml_scan *sc)
{
	struct copl_xml_element *e;

	if (sc->depth == 0) {
		fail(sc, COPL_E_BUG);
		return;
	}
	e = &sc->x->elements[sc->open[--sc->depth]];
	e->close = (uint32_t)sc->at;
	sc->at = xml_behind(sc->s, sc->len, sc->at, ">");
	e->end = (uint32_t)sc->at;
	e->next = (uint32_t)sc->x->nelements;
}

/* Length of the white space that a reference at s stands for; 0: none. */
static size_t blank_reference(const char *s, size_t len)
{
	const char *end;
	char c[8] = "";

	if (len < 4 || s[0] != '&' || s[1] != '#')
		return 0;
	end = memchr(s, ';', len);
	if (end == NULL ||
	    copl_xml_character(s + 1, (size_t)(end - s - 1), c) != 1 ||
	    !copl_is_space(c[0]))
		return 0;
	return (size_t)(end + 1 - s);
}

/* Text up to an offset belongs to the innermost open element. */
static void note_text(struct xml_scan *sc, size_t to, bool references)
{
	struct copl_xml_element *e;
	size_t i = sc->at, n = 1;

	if (sc->depth == 0)
		return;
	e = &sc->x->elements[sc->open[sc->depth - 1]];
	if (e->text)
		return;
	while (n > 0) {
		while (i < to && copl_is_space(sc->s[i]))
			i++;
		n = references ? blank_reference(sc->s + i, to - i) : 0;
		i += n;
	}
	e->text = i < to;
}

/* Passes over what is no start tag; false: a start tag stands at sc->at. */
static bool pass(struct xml_scan *sc)
{
	const char *s = sc->s + sc->at;

	if (s[1] == '/') {
		close_element(sc);
	} else if (s[1] != '!' && s[1] != '?') {
		return false;
	} else if (strncmp(s, "<![CDATA[", 9) == 0) {
		size_t end = xml_behind(sc->s, sc->len, sc->at + 9, "]]>");

		sc->at += 9;
		note_text(sc, end - 3, false);
		sc->at = end;
	} else if (strncmp(s, "<!--", 4) == 0 || s[1] == '?') {
		sc->at = xml_behind_opaque(sc->s, sc->len, sc->at);
	} else {
		sc->at = behind_doctype(sc, sc->at);
	}
	return true;
}

/* To the next start tag; false at the end of the text. */
static bool next_start(struct xml_scan *sc)
{
	while (sc->st == COPL_OK) {
		const char *p = memchr(sc->s + sc->at, '<', sc->len - sc->at);

		if (p == NULL)
			break;
		note_text(sc, (size_t)(p - sc->s), true);
		sc->at = (size_t)(p - sc->s);
		if (!pass(sc))
			return true;
	}
	return false;
}

void xml_scan_start(struct xml_scan *sc, const struct xml_start *tag)
{
	if (sc->st != COPL_OK)
		return;
	if (next_start(sc))
		add_element(sc, tag);
	else
		fail(sc, COPL_E_BUG);
}

void xml_scan_finish(struct xml_scan *sc)
{
	if (sc->st == COPL_OK && (next_start(sc) || sc->depth > 0))
		fail(sc, COPL_E_BUG);
}
