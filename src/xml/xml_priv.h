/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_XML_PRIV_H
#define COPL_XML_PRIV_H

#include <libxml/parser.h>
#include "xml/xml.h"

/* Would that be a mere copy? */
bool copl_xml_is_utf8(const char *bytes, size_t len);
/*
 * Fills lines of x from its text.  Must come first: findings need it.
 */
enum copl_status copl_xml_index_lines(struct copl_xml *x) COPL_MUST_CHECK;

/*
 * Tells an error of libxml2 in words for people who seldom write XML: what to
 * do where that is known, its own words otherwise.
 */
void xml_tell_syntax(
    struct copl_reporter *r, struct copl_place at, const xmlError *e);

/* Does libxml2 drop the start tag in which this error is? */
bool xml_tears_tag(int code);
/* Is it what follows when a start tag was dropped? */
bool xml_is_aftermath(int code);

#define XML_ATTRS_MAX ((size_t)1000) /* of one element */
#define XML_DEPTH_MAX 1024 /* libxml2 stops at 256 by itself */

/* libxml2's report of one start tag. */
struct xml_start {
	const xmlChar *local;
	const xmlChar *prefix;
	const xmlChar *ns;
	int nattrs; /* defaults of the DTD included */
	int ndefaulted; /* the last ones */
	const xmlChar **attrs; /* five pointers each */
	xmlParserCtxt *ctxt; /* knows the entities */
};

/* The scan that finds the bytes of what libxml2 reports. */
struct xml_scan {
	struct copl_xml *x;
	const char *s;
	size_t len;
	size_t at; /* scanned up to here */
	size_t room; /* of x->elements, attrs, names */
	size_t attr_room;
	size_t name_room;
	uint32_t *slots; /* hash table of names: index + 1 */
	size_t nslots;
	uint32_t open[XML_DEPTH_MAX]; /* elements that are not closed yet */
	size_t depth;
	enum copl_status st; /* first failure */
};
/* The next start tag of the text is the one reported. */
void xml_scan_start(struct xml_scan *sc, const struct xml_start *tag);
/* Closes what is open: the text has no further start tag. */
void xml_scan_finish(struct xml_scan *sc);

/* Where the first tag with more than XML_ATTRS_MAX attributes is; or len. */
size_t xml_crowded_tag(const char *s, size_t len);

/* Behind a comment, processing instruction or quoted text at this place. */
size_t xml_behind_opaque(const char *s, size_t len, size_t at);
/* Behind the next occurrence of mark, or the end of the text. */
size_t xml_behind(const char *s, size_t len, size_t at, const char *mark);

#endif
