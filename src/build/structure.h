/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_BUILD_STRUCTURE_H
#define COPL_BUILD_STRUCTURE_H

#include "xml/xml.h"

/* A localized document and the master that it was made from. */
struct build_pair {
	const struct copl_xml *master;
	const struct copl_xml *localized;
	const char *lang; /* what the document must say it is in */
	const char *dir;
	unsigned nplurals; /* forms in the catalog; 0: there is no catalog */
	bool fallback; /* texts may have stayed in the master's language */
};

/*
 * A second witness that nothing but texts has changed.  It knows neither
 * units nor ITS values, only what the three vocabularies let people read, and
 * looks at both documents anew.  Finding structure-changed, at the master's
 * line; COPL_E_INVALID: there was one.
 */
enum copl_status build_structure_check(
    const struct build_pair *pair, struct copl_reporter *r) COPL_MUST_CHECK;

#endif
