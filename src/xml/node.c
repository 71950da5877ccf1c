/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "xml/xml.h"

/* Characters before an offset. */
static size_t characters(const struct copl_xml *x, size_t offset)
{
	size_t block = offset / COPL_XML_BLOCK;

	return x->chars[block] + copl_utf8_count(copl_strbuf_text(&x->text) +
						     block * COPL_XML_BLOCK,
				     offset - block * COPL_XML_BLOCK);
}

/* Line of an offset, from 1. */
static size_t line_of(const struct copl_xml *x, size_t offset)
{
	size_t lo = 0, hi = x->nlines;

	while (hi - lo > 1) {
		size_t mid = lo + (hi - lo) / 2;

		if (x->lines[mid] <= offset)
			lo = mid;
		else
			hi = mid;
	}
	return lo + 1;
}

struct copl_place copl_xml_at(const struct copl_xml *x, size_t offset)
{
	size_t line;

	if (offset > x->text.len)
		offset = x->text.len;
	if (x->nlines == 0 || x->chars == NULL)
		return (struct copl_place){x->file, 0, 0};
	line = line_of(x, offset);
	return (struct copl_place){x->file, line,
	    characters(x, offset) - characters(x, x->lines[line - 1]) + 1};
}

struct copl_place copl_xml_place(
    const struct copl_xml *x, const xmlNode *element)
{
	return copl_xml_at(x, copl_xml_source(x, element)->start);
}

const struct copl_xml_attr *copl_xml_attr_source(
    const struct copl_xml *x, const xmlAttr *attr)
{
	const struct copl_xml_element *e = copl_xml_source(x, attr->parent);
	const char *name = (const char *)attr->name, *prefix = NULL;
	size_t len = strlen(name), skip = 0, i;

	if (attr->ns != NULL && attr->ns->prefix != NULL) {
		prefix = (const char *)attr->ns->prefix;
		skip = strlen(prefix) + 1;
	}
	for (i = e->attr; i < e->attr + e->nattr; i++) {
		const struct copl_xml_attr *a = &x->attrs[i];
		const char *s = x->text.s + a->name;

		if (a->name_len == 0)
			continue;

		if (a->name_len != skip + len ||
		    memcmp(s + skip, name, len) != 0)
			continue;
		if (prefix == NULL ||
		    (memcmp(s, prefix, skip - 1) == 0 && s[skip - 1] == ':'))
			return a;
	}
	return NULL;
}

struct copl_place copl_xml_attr_place(
    const struct copl_xml *x, const xmlNode *element, const char *name)
{
	const struct copl_xml_element *e = copl_xml_source(x, element);
	size_t len = strlen(name), i;

	for (i = e->attr; i < e->attr + e->nattr; i++) {
		const struct copl_xml_attr *a = &x->attrs[i];

		if (a->name_len == len &&
		    memcmp(x->text.s + a->name, name, len) == 0)
			return copl_xml_at(x, a->value);
	}
	return copl_xml_place(x, element);
}

bool copl_xml_is(const xmlNode *n, const char *ns, const char *name)
{
	return n != NULL && n->type == XML_ELEMENT_NODE && n->ns != NULL &&
	       n->ns->href != NULL &&
	       strcmp((const char *)n->ns->href, ns) == 0 &&
	       (name == NULL || strcmp((const char *)n->name, name) == 0);
}

static xmlNode *this_or_next(xmlNode *n)
{
	while (n != NULL && n->type != XML_ELEMENT_NODE)
		n = n->next;
	return n;
}

xmlNode *copl_xml_first(const xmlNode *parent)
{
	return this_or_next(parent->children);
}

xmlNode *copl_xml_next(const xmlNode *n)
{
	return this_or_next(n->next);
}

static const char *get(const xmlNode *element, const char *name,
    const xmlChar *ns, struct copl_arena *a, struct copl_reporter *r)
{
	const char *copy = NULL;
	xmlChar *value;
	xmlAttr *attr = xmlHasNsProp(element, (const xmlChar *)name, ns);

	if (attr == NULL)
		return NULL;
	/* The one text node that nearly every attribute has needs no copy. */
	if (attr->children != NULL && attr->children->next == NULL &&
	    attr->children->type == XML_TEXT_NODE) {
		copy =
		    copl_arena_strdup(a, (const char *)attr->children->content);
		goto out;
	}
	value = ns == NULL ? xmlGetNoNsProp(element, (const xmlChar *)name)
			   : xmlGetNsProp(element, (const xmlChar *)name, ns);
	if (value != NULL)
		copy = copl_arena_strdup(a, (const char *)value);
	xmlFree(value);
out:
	if (copy == NULL)
		r->nomem = true;
	return copy;
}

const char *copl_xml_get(const xmlNode *element, const char *name,
    struct copl_arena *a, struct copl_reporter *r)
{
	return get(element, name, NULL, a, r);
}

const char *copl_xml_get_lang(
    const xmlNode *element, struct copl_arena *a, struct copl_reporter *r)
{
	return get(element, "lang", XML_XML_NAMESPACE, a, r);
}

/* Collapses in place: one blank for each run, none at the ends. */
static void collapse(char *s)
{
	char *to = s;

	for (; *s != '\0'; s++) {
		if (!copl_is_space(*s))
			*to++ = *s;
		else if (!copl_is_space(s[1]) && s[1] != '\0')
			*to++ = ' ';
	}
	*to = '\0';
}

const char *copl_xml_get_text(
    const xmlNode *n, struct copl_arena *a, struct copl_reporter *r)
{
	xmlChar *all = xmlNodeGetContent(n);
	char *copy = NULL, *from;

	if (all != NULL) {
		copy = copl_arena_strdup(a, (const char *)all);
		xmlFree(all);
	}
	if (copy == NULL) {
		r->nomem = true;
		return NULL;
	}
	for (from = copy; copl_is_space(*from); from++)
		;
	collapse(from);
	return from;
}
