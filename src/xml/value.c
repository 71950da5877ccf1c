/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include <libxml/entities.h>
#include "xml/xml_priv.h"

const char *copl_xml_value(
    const struct copl_xml *x, const struct copl_xml_attr *attr, size_t *len)
{
	if (attr->copy != NULL) {
		*len = strlen(attr->copy);
		return attr->copy;
	}
	*len = attr->value_len;
	return copl_strbuf_text(&x->text) + attr->value;
}

static bool same(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	return strcmp(a, b) == 0;
}

static bool is_name(
    const struct copl_xml_name *n, const char *ns, const char *local)
{
	return n->local[0] == local[0] && strcmp(n->local, local) == 0 &&
	       same(n->ns, ns);
}

uint32_t copl_xml_find_attr(
    const struct copl_xml *x, size_t element, const char *ns, const char *local)
{
	const struct copl_xml_element *e = &x->elements[element];
	uint32_t i;

	for (i = e->attr; i < e->attr + e->nattr; i++)
		if (x->attrs[i].qname != COPL_XML_NONE &&
		    is_name(&x->names[x->attrs[i].qname], ns, local))
			return i;
	return COPL_XML_NONE;
}

const char *copl_xml_attr_text(const struct copl_xml *x, uint32_t attr,
    struct copl_arena *a, struct copl_reporter *r)
{
	const char *s, *copy;
	size_t len;

	if (attr == COPL_XML_NONE)
		return NULL;
	s = copl_xml_value(x, &x->attrs[attr], &len);
	copy = copl_arena_strndup(a, s, len);
	if (copy == NULL)
		r->nomem = true;
	return copy;
}

bool copl_xml_named(
    const struct copl_xml *x, size_t element, const char *ns, const char *local)
{
	return is_name(copl_xml_element_name(x, element), ns, local);
}

/* ---- pieces of content ---- */

static size_t put_utf8(unsigned long c, char out[8])
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xc0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xe0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3f));
		out[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | (c >> 18 & 7));
	out[1] = (char)(0x80 | (c >> 12 & 0x3f));
	out[2] = (char)(0x80 | (c >> 6 & 0x3f));
	out[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

/* "#8239" or "#x202f": the parser has seen that it is one. */
static unsigned long number(const char *s, size_t len)
{
	bool hex = len > 1 && s[1] == 'x';
	unsigned long c = 0;
	size_t i;

	for (i = hex ? 2 : 1; i < len && c <= 0x10ffff; i++) {
		unsigned digit = (unsigned char)s[i];

		digit = digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
		c = c * (hex ? 16 : 10) + digit;
	}
	return c;
}

/* The character of a predefined entity; NUL: it is another one. */
static char predefined(const char *s, size_t len)
{
	static const struct {
		const char *name;
		char c;
	} known[] = {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'},
	    {"apos", '\''}};
	size_t i;

	for (i = 0; i < COPL_COUNT(known); i++)
		if (strlen(known[i].name) == len &&
		    memcmp(known[i].name, s, len) == 0)
			return known[i].c;
	return '\0';
}

size_t copl_xml_character(const char *s, size_t len, char out[8])
{
	unsigned long c;

	if (len == 0 || s[0] != '#') {
		out[0] = predefined(s, len);
		return out[0] != '\0';
	}
	c = number(s, len);
	/* Char of XML 1.0: no controls, surrogates or noncharacters. */
	if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') ||
	    (c >= 0xd800 && c < 0xe000) || c == 0xfffe || c == 0xffff ||
	    c > 0x10ffff)
		return 0;
	return put_utf8(c, out);
}

/* Length of the name or number of a reference, "#" included; 0: it is none. */
static size_t referred(const char *s)
{
	size_t n = 0, begin;

	if (s[0] != '#') {
		while (copl_is_alpha(s[n]))
			n++;
		return n;
	}
	begin = s[1] == 'x' ? 2 : 1;
	n = strspn(
	    s + begin, begin == 2 ? "0123456789abcdefABCDEF" : "0123456789");
	return n == 0 ? 0 : begin + n;
}

size_t copl_xml_reference(const char *s)
{
	char c[8];
	size_t n = s[0] == '&' ? referred(s + 1) : 0;

	return n > 0 && s[n + 1] == ';' && copl_xml_character(s + 1, n, c) > 0
		   ? n + 2
		   : 0;
}

static void reference(const char *s, struct copl_xml_piece *out)
{
	size_t len = 1;

	while (s[len] != ';')
		len++;
	out->end = out->start + (uint32_t)len + 1;
	out->kind = COPL_XML_CHARACTER;
	out->s = out->chars;
	s++;
	len--;
	out->len = copl_xml_character(s, len, out->chars);
	if (out->len == 0 && s[0] != '#') {
		out->kind = COPL_XML_REFERENCE;
		out->s = s;
		out->len = len;
	}
}

static void pi(const char *s, struct copl_xml_piece *out)
{
	out->kind = COPL_XML_PI;
	out->s = s + 2;
	while (!copl_is_space(out->s[out->len]) && out->s[out->len] != '?')
		out->len++;
}

static void markup(const struct copl_xml *x, struct copl_xml_piece *out)
{
	const char *all = copl_strbuf_text(&x->text), *s = all + out->start;
	size_t end;

	if (strncmp(s, "<![CDATA[", 9) == 0) {
		end = xml_behind(all, x->text.len, out->start + 9, "]]>");
		out->kind = COPL_XML_CDATA;
		out->s = s + 9;
		out->len = end - 12 - out->start;
		out->end = (uint32_t)end;
		return;
	}
	if (s[1] == '/') {
		out->kind = COPL_XML_END_TAG;
		end = xml_behind(all, x->text.len, out->start, ">");
		out->end = (uint32_t)end;
		return;
	}
	if (s[1] != '!' && s[1] != '?') {
		out->kind = COPL_XML_TAG;
		return;
	}
	out->end = (uint32_t)xml_behind_opaque(all, x->text.len, out->start);
	if (s[1] == '?')
		pi(s, out);
	else
		out->kind = COPL_XML_COMMENT;
}

/* Length of the text at s that holds neither "<" nor "&". */
static size_t plain(const char *s, size_t len)
{
	size_t i = 0;

	while (i < len && s[i] != '<' && s[i] != '&')
		i++;
	return i;
}

void copl_xml_piece(const struct copl_xml *x, uint32_t at, uint32_t limit,
    struct copl_xml_piece *out)
{
	const char *s = copl_strbuf_text(&x->text) + at;

	out->start = out->end = at;
	out->s = s;
	out->len = 0;
	if (at >= limit) {
		out->kind = COPL_XML_END;
	} else if (*s == '<') {
		markup(x, out);
	} else if (*s == '&') {
		reference(s, out);
	} else {
		out->kind = COPL_XML_TEXT;
		out->len = plain(s, limit - at);
		out->end = at + (uint32_t)out->len;
	}
}

const char *copl_xml_entity(
    const struct copl_xml *x, const char *name, size_t len)
{
	const char *content;
	xmlChar *key;
	xmlEntity *e;

	if (x->doc == NULL)
		return NULL;
	key = xmlStrndup((const xmlChar *)name, (int)len);
	e = key == NULL ? NULL : xmlGetDocEntity(x->doc, key);
	xmlFree(key);
	if (e == NULL || e->etype != XML_INTERNAL_GENERAL_ENTITY)
		return NULL;
	content = (const char *)e->content;
	return content == NULL || strpbrk(content, "<&") != NULL ? NULL
								 : content;
}

/* Text as the XML parser hands it on: CR LF and CR are LF. */
static void put_lines(struct copl_strbuf *out, const char *s, size_t len)
{
	while (len > 0) {
		const char *cr = memchr(s, '\r', len);
		size_t n = cr == NULL ? len : (size_t)(cr - s);

		copl_strbuf_add(out, s, n);
		if (cr == NULL)
			break;
		copl_strbuf_add(out, "\n", 1);
		n += n + 1 < len && s[n + 1] == '\n' ? 2 : 1;
		s += n;
		len -= n;
	}
}

static void put_piece(const struct copl_xml *x,
    const struct copl_xml_piece *piece, struct copl_strbuf *out)
{
	const char *entity;

	if (piece->kind == COPL_XML_TEXT || piece->kind == COPL_XML_CDATA) {
		put_lines(out, piece->s, piece->len);
	} else if (piece->kind == COPL_XML_CHARACTER) {
		copl_strbuf_add(out, piece->s, piece->len);
	} else if (piece->kind == COPL_XML_REFERENCE) {
		entity = copl_xml_entity(x, piece->s, piece->len);
		if (entity != NULL)
			copl_strbuf_puts(out, entity);
	}
}

void copl_xml_put_content(
    const struct copl_xml *x, size_t element, struct copl_strbuf *out)
{
	const struct copl_xml_element *e = &x->elements[element];
	size_t next = element + 1;
	struct copl_xml_piece piece;
	uint32_t at = e->content;

	for (;;) {
		copl_xml_piece(x, at, e->close, &piece);
		if (piece.kind == COPL_XML_END)
			break;
		at = piece.kind == COPL_XML_TAG ? x->elements[next++].content
						: piece.end;
		put_piece(x, &piece, out);
	}
}
