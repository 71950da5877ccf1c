/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_ITS_H
#define COPL_ITS_H

#include <copl10n/its.h>
#include "xml/xml.h"

#define COPL_ITS_NS "http://www.w3.org/2005/11/its"

/*
 * ITS 2.0 (W3C Recommendation, 29 October 2013): rules and local markup give
 * each element and attribute its values, in one walk over the document.
 *
 * Three rules of our own, in the namespace urn:cop-l10n:its-extension:1, say
 * what ITS cannot: maxCharsRule (room in characters), contextRule (the text
 * that this one belongs to) and paramRule (a placeholder and its note).
 */

/* What can be said of a node; the names are those that ITS uses. */
enum copl_its_field {
	COPL_ITS_F_TRANSLATE,
	COPL_ITS_F_NOTE,
	COPL_ITS_F_NOTE_REF,
	COPL_ITS_F_NOTE_TYPE,
	COPL_ITS_F_WITHIN,
	COPL_ITS_F_ID,
	COPL_ITS_F_SPACE,
	COPL_ITS_F_LOCALES,
	COPL_ITS_F_LOCALES_TYPE,
	COPL_ITS_F_RESOURCE,
	COPL_ITS_F_TARGET,
	COPL_ITS_F_DOMAINS,
	COPL_ITS_F_TERM,
	COPL_ITS_F_TERM_INFO,
	COPL_ITS_F_TERM_INFO_REF,
	COPL_ITS_F_TERM_CONFIDENCE,
	COPL_ITS_F_ANNOTATORS,
	COPL_ITS_F_ALLOWED,
	COPL_ITS_F_SIZE,
	COPL_ITS_F_ENCODING,
	COPL_ITS_F_LINE_BREAK,
	COPL_ITS_F_DIR,
	COPL_ITS_F_LANG,
	COPL_ITS_F_CONTEXT,
	COPL_ITS_F_MAX_CHARS,
	COPL_ITS_F_PLURAL, /* name of the number; the children are the forms */
	COPL_ITS_FIELDS
};

enum copl_its_within { COPL_WITHIN_NO, COPL_WITHIN_YES, COPL_WITHIN_NESTED };

/* The values of a node; shared by nodes of which the same is said. */
struct copl_its_value {
	const char *f[COPL_ITS_FIELDS]; /* NULL: not said, no default */
	bool translate;
	bool preserve; /* white space is text */
	enum copl_its_within within;
	unsigned maxchars; /* 0: no limit */
	const struct copl_its_value *child; /* what the content inherits */
};

/* A placeholder that texts of the document may use. */
struct copl_its_placeholder {
	const char *name;
	const char *note; /* NULL: none */
	const char *example; /* NULL: none */
};

struct copl_its_rules; /* rule files in the order in which they apply */
struct copl_its; /* values of one document */

struct copl_its_rules *copl_its_rules_new(void) COPL_MUST_CHECK;
void copl_its_rules_free(struct copl_its_rules *rules);
/*
 * What is wrong with a rule is an error, not a warning: a selector that is not
 * valid, has an unbound prefix or an undefined $param, or matches nothing.
 */
void copl_its_rules_strict(struct copl_its_rules *rules);
/* The value of a parameter, over what its:param says; strings are copied. */
enum copl_status copl_its_rules_param(struct copl_its_rules *rules,
    const char *name, const char *value) COPL_MUST_CHECK;
/*
 * A rule file and those that it links; findings its-*, xml-*, io-*.  Links
 * are relative and stay inside the folder of the file.
 */
enum copl_status copl_its_rules_load(struct copl_its_rules *rules,
    const char *path, struct copl_reporter *r) COPL_MUST_CHECK;
/*
 * The rules that ship for this root namespace: form:1, project:1,
 * interface:1, XHTML, ODK XForm.  COPL_E_NOTFOUND when there are none.
 */
enum copl_status copl_its_rules_builtin(struct copl_its_rules *rules,
    const char *ns, struct copl_reporter *r) COPL_MUST_CHECK;

/*
 * Where the deciding word on a node stands, for one category.
 */
struct copl_its_reason {
	enum {
		COPL_ITS_BY_DEFAULT,
		COPL_ITS_BY_RULE,
		COPL_ITS_BY_MARKUP /* local attributes of the node itself */
	} by;
	struct copl_place at; /* of the rule or the node */
	const char *selector; /* RULE */
	bool builtin; /* RULE: of a rule file that ships with the program */
	uint32_t element; /* the node, or the ancestor that it inherits from */
};
/* Reasons for one element and, attr not COPL_XML_NONE, one attribute. */
struct copl_its_trace {
	uint32_t element;
	uint32_t attr;
	struct copl_its_reason reasons[COPL_ITS_CATEGORIES];
};

/*
 * Rules, then its:rules inside the document, then local markup.  The values
 * refer to the rules and the document, which must outlive them; trace (NULL:
 * none) is filled.
 */
enum copl_status copl_its_eval(struct copl_its_rules *rules,
    const struct copl_xml *x, struct copl_its_trace *trace,
    struct copl_reporter *r, struct copl_its **out) COPL_MUST_CHECK;
void copl_its_free(struct copl_its *its);

/* By index; never NULL. */
const struct copl_its_value *copl_its_element(
    const struct copl_its *its, size_t element);
/* Of an attribute; NULL: nothing is said of it, so it is not translated. */
const struct copl_its_value *copl_its_attribute(
    const struct copl_its *its, size_t attr);
/* The same with what it inherits. */
void copl_its_attribute_values(
    const struct copl_its *its, size_t attr, struct copl_its_value *out);
/* Is any attribute translatable?  Most documents have none. */
bool copl_its_has_attributes(const struct copl_its *its);
const struct copl_its_placeholder *copl_its_placeholders(
    const struct copl_its *its, size_t *n);
/*
 * The attribute that a global langRule names as the place of an element's
 * language ("@lang"): its index, COPL_XML_NONE when there is none.
 */
uint32_t copl_its_lang_attr(const struct copl_its *its, size_t element);

/* The name of a category as a person reads it, untranslated. */
const char *copl_its_category_title(enum copl_its_category category);

/* The W3C test suite's format: a line a node, the values of one category. */
void copl_its_dump(const struct copl_xml *x, const struct copl_its *its,
    enum copl_its_category category, struct copl_strbuf *out);

/* Does a target language belong to what a locale filter leaves? (8.10) */
bool copl_its_locale_keeps(const struct copl_its_value *v, const char *tag);

#endif
