/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_XML_H
#define COPL_XML_H

#include <libxml/tree.h>
#include "base/base.h"

/*
 * A parsed document together with an index of its source: where, byte for
 * byte, each element and attribute stands.  The text is UTF-8 whatever the
 * file was in.  Immutable once loaded.
 */
struct copl_xml {
	xmlDoc *doc;
	const char *file; /* as the caller named it, borrowed */
	struct copl_strbuf text; /* the source in UTF-8, without a BOM */
	struct copl_xml_element *elements; /* in document order */
	size_t nelements;
	struct copl_xml_attr *attrs;
	size_t nattrs;
	size_t *lines; /* offset of the first byte of each line */
	size_t nlines;
	size_t *chars; /* characters before each COPL_XML_BLOCK bytes */
};

/* A column costs at most this many bytes of counting, however long the line. */
#define COPL_XML_BLOCK ((size_t)1024)

/* Byte offsets into text. */
struct copl_xml_element {
	size_t start; /* at "<" of the start tag */
	size_t name_end; /* behind the name in the start tag */
	size_t content; /* behind ">" of the start tag */
	size_t close; /* at "</"; equals content when empty */
	size_t end; /* behind the end tag */
	size_t attr; /* index of the first attribute in attrs */
	size_t nattr; /* namespace declarations included */
	bool empty; /* written as <x/> */
};
struct copl_xml_attr {
	size_t name; /* at the first byte of the name */
	size_t name_len; /* prefix included */
	size_t value; /* behind the opening quote */
	size_t value_len;
};

enum copl_xml_profile {
	COPL_XML_STRICT, /* our own files: a DTD is an error */
	COPL_XML_DOCUMENT /* any XML: DTD kept, nothing loaded, no expansion */
};

#define COPL_XML_MAX ((size_t)16 << 20)

/*
 * Reads path (at most max bytes) or the len bytes given, which are copied.
 * Findings: xml-syntax, xml-dtd, xml-encoding, xml-depth, io-*.  On success
 * the caller owns *out.
 */
enum copl_status copl_xml_load(const char *path, enum copl_xml_profile profile,
    size_t max, struct copl_reporter *r, struct copl_xml **out) COPL_MUST_CHECK;
enum copl_status copl_xml_read(const char *bytes, size_t len, const char *file,
    enum copl_xml_profile profile, struct copl_reporter *r,
    struct copl_xml **out) COPL_MUST_CHECK;
void copl_xml_free(struct copl_xml *x);

/* Index of an element in document order, root = 0. */
static inline size_t copl_xml_index(const xmlNode *element)
{
	return (size_t)(uintptr_t)element->_private;
}
static inline const struct copl_xml_element *copl_xml_source(
    const struct copl_xml *x, const xmlNode *element)
{
	return &x->elements[copl_xml_index(element)];
}
/* Source of an attribute, NULL when a DTD default made it. */
const struct copl_xml_attr *copl_xml_attr_source(
    const struct copl_xml *x, const xmlAttr *attr);

/* Places for findings: an offset, an element's start tag, its attribute. */
struct copl_place copl_xml_at(const struct copl_xml *x, size_t offset);
struct copl_place copl_xml_place(
    const struct copl_xml *x, const xmlNode *element);
/* The attribute's value, or the element when it has no such attribute. */
struct copl_place copl_xml_attr_place(
    const struct copl_xml *x, const xmlNode *element, const char *name);

/* Is this an element of that namespace (and name, unless NULL)? */
bool copl_xml_is(const xmlNode *n, const char *ns, const char *name);
/* First or next child element; NULL at the end. */
xmlNode *copl_xml_first(const xmlNode *parent);
xmlNode *copl_xml_next(const xmlNode *n);
/*
 * An attribute in no namespace, copied to the arena; NULL when absent.  When
 * memory is out it is NULL too and r->nomem is set.
 */
const char *copl_xml_get(const xmlNode *element, const char *name,
    struct copl_arena *a, struct copl_reporter *r);
/* xml:lang of this very element, as above. */
const char *copl_xml_get_lang(
    const xmlNode *element, struct copl_arena *a, struct copl_reporter *r);
/* All text below a node, white space collapsed, as above; never NULL but for
 * memory. */
const char *copl_xml_get_text(
    const xmlNode *n, struct copl_arena *a, struct copl_reporter *r);

#endif
