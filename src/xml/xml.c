/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include "base/i18n.h"
#include "xml/xml_priv.h"

#define EXPANDED_MAX ((size_t)64 << 20)

/* What the SAX callbacks need; hangs on the parser's _private. */
struct parse {
	struct copl_reporter *r;
	struct copl_xml *x;
	xmlParserCtxt *main; /* entities are parsed by others */
	struct xml_scan *scan; /* NULL: only the tree is built again */
	bool strict;
	bool tree;
	bool refused; /* a DTD where none may be, or too much of one: told */
	struct { /* what libxml2 said last: it says some things in a row */
		int line;
		int column;
	} last;
	bool torn; /* a start tag could not be read: its end tag has no partner
		    */
	size_t numbered; /* elements that the tree has so far */
	internalSubsetSAXFunc subset;
	startElementNsSAX2Func start;
	referenceSAXFunc reference;
	attributeDeclSAXFunc attribute;
	size_t defaults; /* attributes that the DTD gives one */
	size_t expanded; /* bytes of entities that were referred to */
};

/*
 * Did the scan end for a reason of its own?  That it lost its way is for the
 * parser to explain: what is not well-formed yet is scanned already.
 */
static bool is_ours(const struct parse *p)
{
	return p->scan != NULL && p->scan->st != COPL_OK &&
	       p->scan->st != COPL_E_BUG;
}

static void tell(struct parse *p, const xmlError *e)
{
	const char *text = e->message == NULL ? "" : e->message;
	struct copl_place at = {p->x->file, 0, 0};

	at.line = e->line > 0 ? (size_t)e->line : 0;
	at.column = e->int2 > 0 ? (size_t)e->int2 : 0;
	if (strstr(text, "xcessive depth") != NULL)
		copl_report(p->r, COPL_ERROR, "xml-depth", at,
		    _("elements are nested more than %u deep"),
		    xmlParserMaxDepth);
	else if (e->level == XML_ERR_WARNING)
		copl_report(p->r, COPL_WARNING, "xml-syntax", at,
		    _("odd XML: %.*s"), (int)strcspn(text, "\n"), text);
	else
		xml_tell_syntax(p->r, at, e);
}

/*
 * libxml2 passes the parser here, not our state: overwriting userData would
 * hand the SAX callbacks a foreign pointer, so _private carries it.
 */
static void on_error(void *arg, xmlErrorPtr e)
{
	struct parse *p = ((xmlParserCtxt *)arg)->_private;

	if (e->code == XML_ERR_NO_MEMORY) {
		p->r->nomem = true; /* not the author's fault: no finding */
		return;
	}
	/* &nbsp; and the like: a DTD outside, which is not read, has them. */
	if (e->code == XML_WAR_UNDECLARED_ENTITY)
		return;
	/* Told already; the parser only says that it was stopped. */
	if (p->refused || is_ours(p))
		return;
	/* The first of them names the cause, the others what follows from it.
	 */
	if (p->last.line == e->line && p->last.column == e->int2)
		return;
	if (p->torn && xml_is_aftermath(e->code))
		return;
	p->torn = p->torn || xml_tears_tag(e->code);
	/* What is only odd does not explain the error behind it. */
	if (e->level != XML_ERR_WARNING) {
		p->last.line = e->line;
		p->last.column = e->int2;
	}
	tell(p, e);
}

/* A DTD can define entities; our own files have no use for one. */
static void on_subset(void *arg, const xmlChar *name, const xmlChar *external,
    const xmlChar *system)
{
	xmlParserCtxt *ctxt = arg;
	struct parse *p = ctxt->_private;
	const char *s = copl_strbuf_text(&p->x->text);
	const char *at = strstr(s, "<!DOCTYPE");

	if (!p->strict) {
		p->subset(arg, name, external, system);
		return;
	}
	p->refused = true;
	copl_report(p->r, COPL_ERROR, "xml-dtd",
	    copl_xml_at(p->x, at == NULL ? 0 : (size_t)(at - s)),
	    _("a document type declaration is not allowed here: remove "
	      "<!DOCTYPE ...>"));
	xmlStopParser(ctxt);
}

static void on_start(void *arg, const xmlChar *local, const xmlChar *prefix,
    const xmlChar *ns, int nns, const xmlChar **namespaces, int nattrs,
    int ndefaulted, const xmlChar **attrs)
{
	xmlParserCtxt *ctxt = arg;
	struct parse *p = ctxt->_private;
	struct xml_start tag = {
	    local, prefix, ns, nattrs, ndefaulted, attrs, ctxt};

	if (p->tree)
		p->start(arg, local, prefix, ns, nns, namespaces, nattrs,
		    ndefaulted, attrs);
	if (ctxt != p->main)
		return;
	if (p->tree && ctxt->node != NULL)
		ctxt->node->_private = (void *)(uintptr_t)p->numbered++;
	if (p->scan == NULL)
		return;
	xml_scan_start(p->scan, &tag);
	if (is_ours(p))
		xmlStopParser(ctxt);
}

/* False: that was said before. */
static bool refuse(struct parse *p)
{
	bool first = !p->refused;

	p->refused = true;
	xmlStopParser(p->main);
	return first;
}

/* libxml2 compares each default with each attribute of every start tag. */
static void on_attribute(void *arg, const xmlChar *element, const xmlChar *name,
    int type, int def, const xmlChar *value, xmlEnumeration *values)
{
	xmlParserCtxt *ctxt = arg;
	struct parse *p = ctxt->_private;

	p->attribute(arg, element, name, type, def, value, values);
	if (value != NULL && ++p->defaults > XML_ATTRS_MAX && refuse(p))
		copl_report(p->r, COPL_ERROR, "xml-attributes",
		    copl_xml_at(p->x, 0),
		    _("the DTD gives more than %zu attributes a default"),
		    XML_ATTRS_MAX);
}

/* Without a tree libxml2 parses an entity anew wherever it stands. */
static void spend(struct parse *p, xmlParserCtxt *ctxt, const xmlChar *name)
{
	const xmlEntity *e = xmlGetDocEntity(ctxt->myDoc, name);

	if (e != NULL && e->length > 0)
		p->expanded += (size_t)e->length;
	if (p->expanded <= EXPANDED_MAX)
		return;
	if (refuse(p))
		copl_report(p->r, COPL_ERROR, "xml-dtd", copl_xml_at(p->x, 0),
		    _("references to entities stand for more than %zu bytes"),
		    EXPANDED_MAX);
	xmlStopParser(ctxt);
}

static void on_reference(void *arg, const xmlChar *name)
{
	xmlParserCtxt *ctxt = arg;
	struct parse *p = ctxt->_private;

	if (p->scan != NULL) { /* else others may be reading the index */
		p->x->references = true;
		spend(p, ctxt, name);
	}
	if (p->tree)
		p->reference(arg, name);
}

/* Without a tree what stands between the tags is of no interest here. */
static void set_handlers(xmlParserCtxt *ctxt, struct parse *p)
{
	xmlSAXHandler *sax = ctxt->sax;

	ctxt->_private = p;
	p->main = ctxt;
	p->subset = sax->internalSubset;
	p->start = sax->startElementNs;
	p->reference = sax->reference;
	p->attribute = sax->attributeDecl;
	sax->serror = on_error;
	sax->internalSubset = on_subset;
	sax->startElementNs = on_start;
	sax->reference = on_reference;
	sax->attributeDecl = on_attribute;
	if (p->tree)
		return;
	sax->endElementNs = NULL;
	sax->characters = NULL;
	sax->ignorableWhitespace = NULL;
	sax->cdataBlock = NULL;
	sax->comment = NULL;
	sax->processingInstruction = NULL;
}

/*
 * The text as it lies: no copy, and no limit on how far the parser looks
 * ahead, which it has for input that comes in pieces.
 */
static xmlDoc *read_text(xmlParserCtxt *ctxt, const char *text)
{
	xmlParserInput *in =
	    xmlNewStringInputStream(ctxt, (const xmlChar *)text);
	xmlDoc *doc;

	if (in == NULL)
		return NULL;
	inputPush(ctxt, in);
	(void)xmlCtxtUseOptions(ctxt, XML_PARSE_NONET | XML_PARSE_BIG_LINES |
					  XML_PARSE_COMPACT |
					  XML_PARSE_IGNORE_ENC);
	(void)xmlParseDocument(ctxt);
	doc = ctxt->myDoc;
	ctxt->myDoc = NULL;
	if (doc == NULL || (ctxt->wellFormed && ctxt->nsWellFormed))
		return doc;
	xmlFreeDoc(doc);
	return NULL;
}

static enum copl_status run_parser(struct parse *p, xmlDoc **doc)
{
	enum copl_status st = COPL_E_PARSE;
	xmlParserCtxt *ctxt = xmlNewParserCtxt();
	struct copl_xml_watch watch;

	*doc = NULL;
	if (ctxt == NULL)
		return COPL_E_NOMEM;
	set_handlers(ctxt, p);
	copl_xml_watch(&watch, p->r);
	*doc = read_text(ctxt, copl_strbuf_text(&p->x->text));
	copl_xml_unwatch(&watch);
	if (p->r->nomem)
		st = COPL_E_NOMEM;
	else if (is_ours(p))
		st = p->scan->st;
	else if (p->refused)
		st = COPL_E_INVALID;
	else if (*doc != NULL)
		st = COPL_OK;
	/* The names of the index live in the dictionary. */
	if (st == COPL_OK && p->scan != NULL &&
	    xmlDictReference(ctxt->dict) == 0)
		p->x->dict = ctxt->dict;
	xmlFreeParserCtxt(ctxt);
	return st;
}

static enum copl_status parse(
    struct copl_xml *x, enum copl_xml_profile profile, struct copl_reporter *r)
{
	struct xml_scan *scan = calloc(1, sizeof(*scan));
	struct parse p = {.r = r, .x = x, .scan = scan};
	enum copl_status st;

	if (scan == NULL)
		return COPL_E_NOMEM;
	p.strict = p.tree = profile == COPL_XML_STRICT;
	scan->x = x;
	scan->s = copl_strbuf_text(&x->text);
	scan->len = x->text.len;
	st = run_parser(&p, &x->doc);
	if (st == COPL_OK) {
		xml_scan_finish(scan);
		st = scan->st;
	}
	if (st == COPL_E_LIMIT)
		copl_report(r, COPL_ERROR, "xml-attributes", copl_xml_at(x, 0),
		    _("with the defaults of the DTD the elements have more "
		      "attributes than the document has bytes"));
	free(scan->slots);
	free(scan);
	return st;
}

enum copl_status copl_xml_tree(
    const struct copl_xml *x, struct copl_reporter *r, xmlDoc **out)
{
	/* Nothing of the index is written when no scan runs along. */
	struct copl_xml *same = (struct copl_xml *)(uintptr_t)x;
	struct parse p = {.r = r, .x = same, .tree = true};
	enum copl_status st = run_parser(&p, out);

	if (st == COPL_OK && p.numbered != x->nelements)
		st = COPL_E_BUG;
	if (st == COPL_OK)
		return st;
	xmlFreeDoc(*out);
	*out = NULL;
	return st;
}

/* libxml2 takes a NUL for the end of the text; here it is an error. */
static enum copl_status check_utf8(
    const struct copl_xml *x, struct copl_reporter *r)
{
	const char *s = copl_strbuf_text(&x->text);
	size_t good = copl_utf8_valid(s, x->text.len);
	const char *nul = memchr(s, '\0', good);

	if (nul != NULL)
		good = (size_t)(nul - s);
	if (good == x->text.len)
		return COPL_OK;
	copl_report(r, COPL_ERROR, "xml-encoding", copl_xml_at(x, good),
	    _("this is not valid UTF-8: save the file as UTF-8"));
	return COPL_E_PARSE;
}

static enum copl_status check_tags(
    const struct copl_xml *x, struct copl_reporter *r)
{
	size_t at = xml_crowded_tag(copl_strbuf_text(&x->text), x->text.len);

	if (at == x->text.len)
		return COPL_OK;
	copl_report(r, COPL_ERROR, "xml-attributes", copl_xml_at(x, at),
	    _("this element has more than %zu attributes"), XML_ATTRS_MAX);
	return COPL_E_PARSE;
}

/* All but the text itself. */
static enum copl_status build(
    struct copl_xml *x, enum copl_xml_profile profile, struct copl_reporter *r)
{
	enum copl_status st;

	x->arena = copl_arena_new();
	if (x->arena == NULL)
		return COPL_E_NOMEM;
	if (x->text.len >= INT_MAX)
		return COPL_E_LIMIT;
	st = copl_xml_index_lines(x);
	if (st == COPL_OK)
		st = check_utf8(x, r);
	if (st == COPL_OK)
		st = check_tags(x, r);
	return st == COPL_OK ? parse(x, profile, r) : st;
}

static enum copl_status give(
    struct copl_xml *x, enum copl_status st, struct copl_xml **out)
{
	*out = NULL;
	if (st == COPL_OK)
		*out = x;
	else
		copl_xml_free(x);
	return st;
}

enum copl_status copl_xml_read(const char *bytes, size_t len, const char *file,
    enum copl_xml_profile profile, struct copl_reporter *r,
    struct copl_xml **out)
{
	struct copl_xml *x = calloc(1, sizeof(*x));
	enum copl_status st;

	*out = NULL;
	if (x == NULL)
		return COPL_E_NOMEM;
	x->file = file;
	/* UTF-16 grows by half at most, one-byte sets by two. */
	x->text.max = len * 3 + 16;
	st = copl_xml_to_utf8(bytes, len, file, r, &x->text);
	if (st == COPL_OK)
		st = build(x, profile, r);
	return give(x, st, out);
}

enum copl_status copl_xml_load(const char *path, enum copl_xml_profile profile,
    size_t max, struct copl_reporter *r, struct copl_xml **out)
{
	struct copl_strbuf bytes = COPL_STRBUF_INIT(max);
	struct copl_xml *x = NULL;
	enum copl_status st;

	*out = NULL;
	st = copl_file_read(path, max, r, &bytes);
	if (st != COPL_OK ||
	    !copl_xml_is_utf8(copl_strbuf_text(&bytes), bytes.len)) {
		if (st == COPL_OK)
			st = copl_xml_read(copl_strbuf_text(&bytes), bytes.len,
			    path, profile, r, out);
		copl_strbuf_clear(&bytes);
		return st;
	}
	x = calloc(1, sizeof(*x));
	if (x == NULL) {
		copl_strbuf_clear(&bytes);
		return COPL_E_NOMEM;
	}
	x->file = path;
	x->text = bytes;
	return give(x, build(x, profile, r), out);
}

void copl_xml_free(struct copl_xml *x)
{
	if (x == NULL)
		return;
	if (x->doc != NULL)
		xmlFreeDoc(x->doc);
	if (x->dict != NULL)
		xmlDictFree(x->dict);
	copl_strbuf_clear(&x->text);
	copl_arena_free(x->arena);
	free(x->elements);
	free(x->attrs);
	free(x->names);
	free(x->lines);
	free(x->chars);
	free(x);
}
