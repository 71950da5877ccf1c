/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_XML_PRIV_H
#define COPL_XML_PRIV_H

#include "xml/xml.h"

/*
 * The document's bytes as UTF-8 in *out, without a BOM; an encoding
 * declaration that was true of the old bytes is made true of the new ones.
 */
enum copl_status copl_xml_to_utf8(const char *bytes, size_t len,
    const char *file, struct copl_reporter *r, struct copl_strbuf *out)
    COPL_MUST_CHECK;

/*
 * Fills lines of x from its text.  Must come first: findings need it.
 */
enum copl_status copl_xml_index_lines(struct copl_xml *x) COPL_MUST_CHECK;
/*
 * Fills elements and attrs of x from its text, which the parser has found
 * well-formed, and numbers the elements of its document.
 */
enum copl_status copl_xml_index_elements(struct copl_xml *x) COPL_MUST_CHECK;

#endif
