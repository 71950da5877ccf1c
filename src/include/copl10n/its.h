/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL10N_ITS_H
#define COPL10N_ITS_H

#include <stdbool.h>
#include <stddef.h>
#include <copl10n/diag.h>
#include <copl10n/status.h>

#pragma GCC visibility push(default)
#ifdef __cplusplus
extern "C" {
#endif

/**
 * The data categories of ITS 2.0 that matter to localization, and four of
 * our own (namespace urn:cop-l10n:its-extension:1) behind them.
 *
 * Values are part of the ABI: append, never renumber.
 */
enum copl_its_category {
	COPL_ITS_TRANSLATE, /* ITS 2.0, 8.2 */
	COPL_ITS_LOCALIZATION_NOTE, /* 8.3 */
	COPL_ITS_TERMINOLOGY, /* 8.4 */
	COPL_ITS_DIRECTIONALITY, /* 8.5 */
	COPL_ITS_LANGUAGE_INFORMATION, /* 8.6 */
	COPL_ITS_ELEMENTS_WITHIN_TEXT, /* 8.7 */
	COPL_ITS_DOMAIN, /* 8.8 */
	COPL_ITS_LOCALE_FILTER, /* 8.10 */
	COPL_ITS_EXTERNAL_RESOURCE, /* 8.12 */
	COPL_ITS_TARGET_POINTER, /* 8.13 */
	COPL_ITS_ID_VALUE, /* 8.14 */
	COPL_ITS_PRESERVE_SPACE, /* 8.15 */
	COPL_ITS_ALLOWED_CHARACTERS, /* 8.19 */
	COPL_ITS_STORAGE_SIZE, /* 8.20 */
	COPL_ITS_CONTEXT, /* ours: the text that this one belongs to */
	COPL_ITS_MAX_CHARS, /* ours: room in characters */
	COPL_ITS_PARAM, /* ours: a placeholder and its note */
	COPL_ITS_PLURAL, /* ours: the children are plural forms of one text */
	COPL_ITS_CATEGORIES
};

/**
 * The category of a name as the W3C test suite spells it: "translate",
 * "localizationnote", "elementswithintext", "idvalue", "preservespace",
 * "localefilter", "externalresource", "targetpointer", "domain",
 * "terminology", "allowedcharacters", "storagesize", "directionality",
 * "languageinformation".
 *
 * @out  filled on success
 * @return whether there is such a category.  Any thread.
 */
bool copl_its_category_find(const char *name, enum copl_its_category *out);

/**
 * Name of a category, the list of all in the order of the enum's first
 * fourteen.
 *
 * @index  0 to 13
 * @return a static string; NULL behind the last one.  Any thread.
 */
const char *copl_its_category_name(size_t index);

/** How rules are found and read. */
struct copl_its_options {
	const char *const *rules; /* paths of rule files; borrowed */
	size_t nrules;
	const char *const *params; /* "NAME=VALUE", over its:param; borrowed */
	size_t nparams;
	bool strict; /* what is wrong with a rule is an error */
	bool no_builtin; /* leave out the rules that ship for the namespace */
};

/**
 * Evaluate the rules on a document and tell the values of one category, in
 * the format of the W3C ITS 2.0 test suite: event "its", one for each element
 * or attribute, with field "path".  The event's text is the line of the
 * format: path, then TAB name="value" sorted by name.
 *
 * Rules apply in this order, later ones win: those that ship for the
 * namespace of the root, the files of @options, its:rules inside the document,
 * local markup (ITS 2.0, 5.5).
 *
 * @path      XML document, at most 512 MiB
 * @options   NULL for the defaults
 * @category  one of the first fourteen
 * @sink      receives findings and events; NULL to drop them
 *
 * @return COPL_OK, COPL_E_PARSE (document or rules not well-formed),
 *         COPL_E_INVALID (a rule is wrong), COPL_E_IO, COPL_E_LIMIT or
 *         COPL_E_NOMEM.  Any thread.
 */
enum copl_status copl_its_print(const char *path,
    const struct copl_its_options *options, enum copl_its_category category,
    const struct copl_sink *sink) __attribute__((warn_unused_result));

/**
 * Say why the nodes on a line of a document are or are not translated: event
 * "explained" for each, with fields "node", "translated" ("yes" or "no") and
 * for a text "id" and "text"; behind it event "reason" for each category that
 * something is said of, with fields "category", "value", "by" ("default",
 * "rule", "markup") and, but for a default, "file" and "line".
 *
 * @line  1-based; a line inside an element's text stands for that element
 *
 * @return as copl_its_print(), and COPL_E_NOTFOUND when the document has no
 *         such line.  Any thread.
 */
enum copl_status copl_its_explain(const char *path, size_t line,
    const struct copl_its_options *options, const struct copl_sink *sink)
    __attribute__((warn_unused_result));

#ifdef __cplusplus
}
#endif
#pragma GCC visibility pop
#endif
