/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include "base/i18n.h"
#include "xml/xml_priv.h"

/* What the SAX callbacks need; hangs on the parser's _private. */
struct parse {
	struct copl_reporter *r;
	struct copl_xml *x;
	bool strict;
	bool dtd; /* a strict document began a DTD */
	internalSubsetSAXFunc subset;
};

/*
 * libxml2 passes the parser here, not our state: overwriting userData would
 * hand the SAX callbacks a foreign pointer, so _private carries it.
 */
static void on_error(void *arg, xmlErrorPtr e)
{
	struct parse *p = ((xmlParserCtxt *)arg)->_private;
	const char *text = e->message == NULL ? "" : e->message;
	struct copl_place at = {p->x->file, 0, 0};

	if (e->code == XML_ERR_NO_MEMORY) {
		p->r->nomem = true; /* not the author's fault: no finding */
		return;
	}
	if (p->dtd)
		return; /* told already; the parser only says it was stopped */
	at.line = e->line > 0 ? (size_t)e->line : 0;
	at.column = e->int2 > 0 ? (size_t)e->int2 : 0;
	if (strstr(text, "xcessive depth") != NULL) {
		copl_report(p->r, COPL_ERROR, "xml-depth", at,
		    _("elements are nested more than %u deep"),
		    xmlParserMaxDepth);
		return;
	}
	copl_report(p->r,
	    e->level == XML_ERR_WARNING ? COPL_WARNING : COPL_ERROR,
	    "xml-syntax", at, _("this is not well-formed XML: %.*s"),
	    (int)strcspn(text, "\n"), text);
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
	p->dtd = true;
	copl_report(p->r, COPL_ERROR, "xml-dtd",
	    copl_xml_at(p->x, at == NULL ? 0 : (size_t)(at - s)),
	    _("a document type declaration is not allowed here: remove "
	      "<!DOCTYPE ...>"));
	xmlStopParser(ctxt);
}

static enum copl_status parse(
    struct copl_xml *x, enum copl_xml_profile profile, struct copl_reporter *r)
{
	struct parse p = {.r = r, .x = x, .strict = profile == COPL_XML_STRICT};
	enum copl_status st = COPL_E_NOMEM;
	xmlParserCtxt *ctxt = NULL;

	if (x->text.len > INT_MAX)
		return COPL_E_LIMIT;
	ctxt = xmlNewParserCtxt();
	if (ctxt == NULL)
		return COPL_E_NOMEM;
	ctxt->_private = &p;
	ctxt->sax->serror = on_error;
	p.subset = ctxt->sax->internalSubset;
	ctxt->sax->internalSubset = on_subset;
	x->doc = xmlCtxtReadMemory(ctxt, copl_strbuf_text(&x->text),
	    (int)x->text.len, NULL, "UTF-8",
	    XML_PARSE_NONET | XML_PARSE_BIG_LINES | XML_PARSE_COMPACT);
	if (r->nomem)
		goto out;
	st = p.dtd ? COPL_E_INVALID : COPL_E_PARSE;
	if (x->doc != NULL && ctxt->wellFormed && !p.dtd)
		st = COPL_OK;
out:
	xmlFreeParserCtxt(ctxt);
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
	if (st != COPL_OK)
		goto out;
	st = copl_xml_index_lines(x);
	if (st != COPL_OK)
		goto out;
	st = check_utf8(x, r);
	if (st != COPL_OK)
		goto out;
	st = parse(x, profile, r);
	if (st != COPL_OK)
		goto out;
	st = copl_xml_index_elements(x);
	if (st != COPL_OK)
		goto out;
	*out = x;
	x = NULL;
out:
	copl_xml_free(x);
	return st;
}

enum copl_status copl_xml_load(const char *path, enum copl_xml_profile profile,
    size_t max, struct copl_reporter *r, struct copl_xml **out)
{
	struct copl_strbuf bytes = COPL_STRBUF_INIT(max);
	enum copl_status st;

	*out = NULL;
	st = copl_file_read(path, max, r, &bytes);
	if (st == COPL_OK)
		st = copl_xml_read(
		    copl_strbuf_text(&bytes), bytes.len, path, profile, r, out);
	copl_strbuf_clear(&bytes);
	return st;
}

void copl_xml_free(struct copl_xml *x)
{
	if (x == NULL)
		return;
	if (x->doc != NULL)
		xmlFreeDoc(x->doc);
	copl_strbuf_clear(&x->text);
	free(x->elements);
	free(x->attrs);
	free(x->lines);
	free(x->chars);
	free(x);
}
