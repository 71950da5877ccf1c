/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_XML_H
#define COPL_XML_H

#include <libxml/tree.h>
#include "base/base.h"

#define COPL_XML_NS "http://www.w3.org/XML/1998/namespace"
#define COPL_XHTML_NS "http://www.w3.org/1999/xhtml"

/*
 * A parsed document as an index of its source: every element and attribute
 * with its name and where, byte for byte, it stands.  The text is UTF-8
 * whatever the file was in.  Immutable once loaded; several threads may read.
 *
 * Offsets are 32 bits wide: a document has less than 2 GiB.
 */
struct copl_xml {
	xmlDoc *doc; /* profile STRICT: the tree; else only its DTD */
	xmlDict *dict; /* owns the names' strings */
	const char *file; /* as the caller named it, borrowed */
	struct copl_strbuf text; /* the source in UTF-8, without a BOM */
	struct copl_xml_element *elements; /* in document order */
	size_t nelements;
	struct copl_xml_attr *attrs; /* in source order, element by element */
	size_t nattrs;
	struct copl_xml_name *names; /* each qualified name once */
	size_t nnames;
	struct copl_arena
	    *arena; /* attribute values that are no source bytes */
	uint32_t *lines; /* offset of the first byte of each line */
	size_t nlines;
	uint32_t *chars; /* characters before each COPL_XML_BLOCK bytes */
	bool references; /* some text refers to an entity of the DTD */
};

/* A column costs at most this many bytes of counting, however long the line. */
#define COPL_XML_BLOCK ((size_t)1024)
#define COPL_XML_NONE UINT32_MAX

struct copl_xml_name {
	const char *local;
	const char *prefix; /* NULL: none */
	const char *ns; /* NULL: none */
};

/* Offsets are bytes in text; parent, next, attr and name are indexes. */
struct copl_xml_element {
	uint32_t start; /* at "<" of the start tag */
	uint32_t name_end; /* behind the name in the start tag */
	uint32_t content; /* behind ">" of the start tag */
	uint32_t close; /* at "</"; equals content when empty */
	uint32_t end; /* behind the end tag */
	uint32_t parent; /* COPL_XML_NONE: the root */
	uint32_t next; /* first element behind this one and all in it */
	uint32_t name;
	uint32_t attr; /* the first attribute */
	uint32_t nattr; /* namespace declarations included */
	bool empty; /* written as <x/> */
	bool text; /* holds text of its own that is not all blanks */
};
struct copl_xml_attr {
	uint32_t name; /* at the first byte of the name */
	uint32_t name_len; /* prefix included; 0: a default of the DTD */
	uint32_t value; /* behind the opening quote */
	uint32_t value_len;
	uint32_t qname; /* COPL_XML_NONE: a namespace declaration */
	uint32_t element;
	const char *copy; /* the value where the bytes are not it; NULL */
};

enum copl_xml_profile {
	COPL_XML_STRICT, /* our own files: a DTD is an error; has a tree */
	COPL_XML_DOCUMENT /* any XML: DTD kept, nothing loaded; no tree */
};

#define COPL_XML_MAX ((size_t)16 << 20) /* our own files */
#define COPL_XML_DOCUMENT_MAX ((size_t)512 << 20)

/*
 * Reads path (at most max bytes) or the len bytes given, which are copied.
 * Findings: xml-syntax, xml-dtd, xml-encoding, xml-depth, xml-attributes, io-*.
 * On success the caller owns *out.
 */
enum copl_status copl_xml_load(const char *path, enum copl_xml_profile profile,
    size_t max, struct copl_reporter *r, struct copl_xml **out) COPL_MUST_CHECK;
enum copl_status copl_xml_read(const char *bytes, size_t len, const char *file,
    enum copl_xml_profile profile, struct copl_reporter *r,
    struct copl_xml **out) COPL_MUST_CHECK;
void copl_xml_free(struct copl_xml *x);

/*
 * The document's bytes as UTF-8 in *out, without a BOM; an encoding
 * declaration that was true of the old bytes is made true of the new ones.
 */
enum copl_status copl_xml_to_utf8(const char *bytes, size_t len,
    const char *file, struct copl_reporter *r, struct copl_strbuf *out)
    COPL_MUST_CHECK;

/*
 * The document as a tree, for what only XPath can say; each element's
 * _private is its index.  The caller frees it with xmlFreeDoc().
 */
enum copl_status copl_xml_tree(const struct copl_xml *x,
    struct copl_reporter *r, xmlDoc **out) COPL_MUST_CHECK;

/* Name of an element or attribute, by their index. */
static inline const struct copl_xml_name *copl_xml_element_name(
    const struct copl_xml *x, size_t element)
{
	return &x->names[x->elements[element].name];
}
/*
 * The value of an attribute and its length: not NUL-terminated unless
 * attr->copy is set.  References are resolved, white space is normalized.
 */
const char *copl_xml_value(
    const struct copl_xml *x, const struct copl_xml_attr *attr, size_t *len);
/*
 * Index of an element's attribute by name (ns NULL: none), COPL_XML_NONE
 * when it has none.
 */
uint32_t copl_xml_find_attr(const struct copl_xml *x, size_t element,
    const char *ns, const char *local);
/* Its value in the arena, NULL: none, or no memory and r->nomem is set. */
const char *copl_xml_attr_text(const struct copl_xml *x, uint32_t attr,
    struct copl_arena *a, struct copl_reporter *r);
bool copl_xml_named(const struct copl_xml *x, size_t element, const char *ns,
    const char *local);

/*
 * What stands at a place inside an element's content, one piece after the
 * other.
 */
enum copl_xml_piece_kind {
	COPL_XML_TEXT, /* bytes without "<" and "&" */
	COPL_XML_REFERENCE, /* &name; of an entity of the DTD */
	COPL_XML_CHARACTER, /* &#8239; or &amp; : its UTF-8 is in chars */
	COPL_XML_CDATA, /* the text inside */
	COPL_XML_COMMENT, /* all of it */
	COPL_XML_PI, /* all of it */
	COPL_XML_TAG, /* a start tag begins here */
	COPL_XML_END_TAG, /* all of it */
	COPL_XML_END /* the end of the content */
};
struct copl_xml_piece {
	enum copl_xml_piece_kind kind;
	uint32_t start; /* all bytes of the piece */
	uint32_t end;
	const char *s; /* TEXT, CHARACTER, CDATA: text; REFERENCE, PI: name */
	size_t len;
	char chars[8]; /* CHARACTER */
};
/* The piece that starts at an offset before limit. */
void copl_xml_piece(const struct copl_xml *x, uint32_t at, uint32_t limit,
    struct copl_xml_piece *out);
/*
 * UTF-8 of what stands between "&" and ";": a character, "#8239" or "#x202f",
 * or one of the five predefined entities; its length, 0: XML has no such
 * character, or it is another entity.
 */
size_t copl_xml_character(const char *s, size_t len, char out[8]);
/*
 * Length of the reference at s, a string, that stands for a character without
 * a DTD ("&amp;", "&#8239;"); 0: there is none.
 */
size_t copl_xml_reference(const char *s);
/*
 * Appends all text inside an element, that of the elements in it included;
 * references are resolved, line ends are LF.
 */
void copl_xml_put_content(
    const struct copl_xml *x, size_t element, struct copl_strbuf *out);
/*
 * Content of an internal general entity of the DTD; NULL: there is none or it
 * holds markup.
 */
const char *copl_xml_entity(
    const struct copl_xml *x, const char *name, size_t len);

/* ---- the tree of profile STRICT ---- */

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

/*
 * libxml2 has places that know of no parser when memory is out: they say it to
 * the thread, print it, and go on with less than there should be.  Between
 * these two such a place sets r->nomem and nothing is printed; what was made
 * meanwhile is not to be used then.
 */
struct copl_xml_watch {
	struct copl_reporter *r;
	xmlStructuredErrorFunc before;
	void *arg;
};
void copl_xml_watch(struct copl_xml_watch *w, struct copl_reporter *r);
void copl_xml_unwatch(const struct copl_xml_watch *w);

#endif
