/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_ITS_H
#define COPL_ITS_H

#include "xml/xml.h"

/*
 * ITS 2.0 (W3C Recommendation 2013): rules and local markup give each node
 * its values.  Served now: Translate (8.1), Localization Note (8.2),
 * Elements Within Text (8.5), Id Value (8.14), Preserve Space (8.15).
 *
 * Three rules of our own, in the namespace urn:cop-l10n:its-extension:1, say
 * what ITS cannot: maxCharsRule (room in characters), contextRule (the text
 * that this one belongs to) and paramRule (a placeholder and its note).
 */
enum copl_its_within { COPL_WITHIN_NO, COPL_WITHIN_YES, COPL_WITHIN_NESTED };

struct copl_its_value {
	bool translate;
	bool preserve; /* white space is text */
	enum copl_its_within within;
	const char *note; /* NULL: none */
	const char *id; /* NULL: none */
	const char *context; /* what the text belongs to; NULL: not said */
	unsigned maxchars; /* 0: no limit */
};

/* A placeholder that texts of the document may use. */
struct copl_its_param {
	const char *name;
	const char *note; /* NULL: none */
	const char *example; /* NULL: none */
};

struct copl_its_rules; /* rule files in the order in which they apply */
struct copl_its; /* values of one document */

struct copl_its_rules *copl_its_rules_new(void) COPL_MUST_CHECK;
void copl_its_rules_free(struct copl_its_rules *rules);
/* A rule file; findings its-*, xml-*, io-*. */
enum copl_status copl_its_rules_load(struct copl_its_rules *rules,
    const char *path, struct copl_reporter *r) COPL_MUST_CHECK;
/*
 * The rules that ship for this root namespace: form:1, project:1,
 * interface:1.  COPL_E_NOTFOUND when there are none.
 */
enum copl_status copl_its_rules_builtin(struct copl_its_rules *rules,
    const char *ns, struct copl_reporter *r) COPL_MUST_CHECK;

/* Rules, then its:rules inside the document, then local markup. */
enum copl_status copl_its_eval(const struct copl_its_rules *rules,
    const struct copl_xml *x, struct copl_reporter *r, struct copl_its **out)
    COPL_MUST_CHECK;
void copl_its_free(struct copl_its *its);

/* Never NULL. */
const struct copl_its_value *copl_its_element(
    const struct copl_its *its, const xmlNode *element);
const struct copl_its_param *copl_its_params(
    const struct copl_its *its, size_t *n);
/* NULL: not translatable. */
const struct copl_its_value *copl_its_attribute(
    const struct copl_its *its, const xmlAttr *attr);

#endif
