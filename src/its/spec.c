/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What ITS 2.0 defines, as tables: rules, local attributes, categories. */
#include "config.h"
#include <string.h>
#include "its/its_priv.h"

#define F(name) COPL_ITS_F_##name

/* ---- global rules: section 8, "global:" of each data category ---- */

static const struct its_form forms[] = {
    {COPL_ITS_NS, "translateRule", COPL_ITS_TRANSLATE,
	{{"translate", F(TRANSLATE), ITS_LITERAL}}, 1},
    {COPL_ITS_NS, "locNoteRule", COPL_ITS_LOCALIZATION_NOTE,
	{{"locNotePointer", F(NOTE), ITS_NOTE_POINTER},
	    {"locNoteRef", F(NOTE_REF), ITS_LITERAL},
	    {"locNoteRefPointer", F(NOTE_REF), ITS_NOTE_POINTER},
	    {"locNoteType", F(NOTE_TYPE), ITS_LITERAL}},
	4},
    {COPL_ITS_NS, "termRule", COPL_ITS_TERMINOLOGY,
	{{"term", F(TERM), ITS_LITERAL},
	    {"termInfoPointer", F(TERM_INFO), ITS_NOTE_POINTER},
	    {"termInfoRef", F(TERM_INFO_REF), ITS_LITERAL},
	    {"termInfoRefPointer", F(TERM_INFO_REF), ITS_NOTE_POINTER}},
	4},
    {COPL_ITS_NS, "dirRule", COPL_ITS_DIRECTIONALITY,
	{{"dir", F(DIR), ITS_LITERAL}}, 1},
    {COPL_ITS_NS, "langRule", COPL_ITS_LANGUAGE_INFORMATION,
	{{"langPointer", F(LANG), ITS_POINTER}}, 1},
    {COPL_ITS_NS, "withinTextRule", COPL_ITS_ELEMENTS_WITHIN_TEXT,
	{{"withinText", F(WITHIN), ITS_LITERAL}}, 1},
    {COPL_ITS_NS, "domainRule", COPL_ITS_DOMAIN,
	{{"domainPointer", F(DOMAINS), ITS_DOMAIN_POINTER}}, 1},
    {COPL_ITS_NS, "localeFilterRule", COPL_ITS_LOCALE_FILTER,
	{{"localeFilterList", F(LOCALES), ITS_LITERAL},
	    {"localeFilterType", F(LOCALES_TYPE), ITS_LITERAL}},
	2},
    {COPL_ITS_NS, "externalResourceRefRule", COPL_ITS_EXTERNAL_RESOURCE,
	{{"externalResourceRefPointer", F(RESOURCE), ITS_POINTER}}, 1},
    {COPL_ITS_NS, "targetPointerRule", COPL_ITS_TARGET_POINTER,
	{{"targetPointer", F(TARGET), ITS_PATH}}, 1},
    {COPL_ITS_NS, "idValueRule", COPL_ITS_ID_VALUE,
	{{"idValue", F(ID), ITS_POINTER}}, 1},
    {COPL_ITS_NS, "preserveSpaceRule", COPL_ITS_PRESERVE_SPACE,
	{{"space", F(SPACE), ITS_LITERAL}}, 1},
    {COPL_ITS_NS, "allowedCharactersRule", COPL_ITS_ALLOWED_CHARACTERS,
	{{"allowedCharacters", F(ALLOWED), ITS_LITERAL},
	    {"allowedCharactersPointer", F(ALLOWED), ITS_POINTER}},
	2},
    {COPL_ITS_NS, "storageSizeRule", COPL_ITS_STORAGE_SIZE,
	{{"storageSize", F(SIZE), ITS_LITERAL},
	    {"storageSizePointer", F(SIZE), ITS_POINTER},
	    {"storageEncoding", F(ENCODING), ITS_LITERAL},
	    {"storageEncodingPointer", F(ENCODING), ITS_POINTER},
	    {"lineBreakType", F(LINE_BREAK), ITS_LITERAL}},
	5},
    {COPL_ITS_EXTENSION_NS, "maxCharsRule", COPL_ITS_MAX_CHARS,
	{{"pointer", F(MAX_CHARS), ITS_POINTER}}, 1},
    {COPL_ITS_EXTENSION_NS, "contextRule", COPL_ITS_CONTEXT,
	{{"pointer", F(CONTEXT), ITS_NOTE_POINTER}}, 1},
    {COPL_ITS_EXTENSION_NS, "paramRule", COPL_ITS_PARAM,
	{{"namePointer", COPL_ITS_FIELDS, ITS_POINTER},
	    {"notePointer", COPL_ITS_FIELDS, ITS_NOTE_POINTER},
	    {"examplePointer", COPL_ITS_FIELDS, ITS_NOTE_POINTER}},
	3},
    {COPL_ITS_EXTENSION_NS, "pluralRule", COPL_ITS_PLURAL,
	{{"countPointer", F(PLURAL), ITS_POINTER}}, 1},
};

const struct its_form *its_form_find(const char *ns, const char *name)
{
	size_t i;

	for (i = 0; i < COPL_COUNT(forms); i++)
		if (strcmp(forms[i].name, name) == 0 &&
		    strcmp(forms[i].ns, ns) == 0)
			return &forms[i];
	return NULL;
}

bool its_form_is_other(const char *ns, const char *name)
{
	static const char *const others[] = {"param", "textAnalysisRule",
	    "provRule", "locQualityIssueRule", "locQualityRatingRule",
	    "mtConfidenceRule", "rubyRule"};
	size_t i;

	if (strcmp(ns, COPL_ITS_NS) != 0)
		return false;
	for (i = 0; i < COPL_COUNT(others); i++)
		if (strcmp(others[i], name) == 0)
			return true;
	return false;
}

/* ---- fields ---- */

static const char *const field_names[COPL_ITS_FIELDS] = {
    [F(TRANSLATE)] = "translate",
    [F(NOTE)] = "locNote",
    [F(NOTE_REF)] = "locNoteRef",
    [F(NOTE_TYPE)] = "locNoteType",
    [F(WITHIN)] = "withinText",
    [F(ID)] = "idValue",
    [F(SPACE)] = "space",
    [F(LOCALES)] = "localeFilterList",
    [F(LOCALES_TYPE)] = "localeFilterType",
    [F(RESOURCE)] = "externalResourceRef",
    [F(TARGET)] = "targetPointer",
    [F(DOMAINS)] = "domains",
    [F(TERM)] = "term",
    [F(TERM_INFO)] = "termInfo",
    [F(TERM_INFO_REF)] = "termInfoRef",
    [F(TERM_CONFIDENCE)] = "termConfidence",
    [F(ANNOTATORS)] = "annotatorsRef",
    [F(ALLOWED)] = "allowedCharacters",
    [F(SIZE)] = "storageSize",
    [F(ENCODING)] = "storageEncoding",
    [F(LINE_BREAK)] = "lineBreakType",
    [F(DIR)] = "dir",
    [F(LANG)] = "lang",
    [F(CONTEXT)] = "context",
    [F(MAX_CHARS)] = "maxchars",
    [F(PLURAL)] = "plural",
};

const char *its_field_name(enum copl_its_field f)
{
	return field_names[f];
}

/* Fields that have an attribute of the same name for local use. */
static bool is_local(enum copl_its_field f)
{
	switch (f) {
	case F(ID):
	case F(SPACE):
	case F(RESOURCE):
	case F(TARGET):
	case F(DOMAINS):
	case F(TERM_INFO):
	case F(LANG):
	case F(CONTEXT):
	case F(MAX_CHARS):
	case F(PLURAL):
	case COPL_ITS_FIELDS:
		return false;
	case F(TRANSLATE):
	case F(NOTE):
	case F(NOTE_REF):
	case F(NOTE_TYPE):
	case F(WITHIN):
	case F(LOCALES):
	case F(LOCALES_TYPE):
	case F(TERM):
	case F(TERM_INFO_REF):
	case F(TERM_CONFIDENCE):
	case F(ANNOTATORS):
	case F(ALLOWED):
	case F(SIZE):
	case F(ENCODING):
	case F(LINE_BREAK):
	case F(DIR):
	default:
		return true;
	}
}

enum copl_its_field its_local_field(const char *ns, const char *local)
{
	size_t f;

	if (ns != NULL && strcmp(ns, COPL_XML_NS) == 0) {
		if (strcmp(local, "space") == 0)
			return F(SPACE);
		if (strcmp(local, "lang") == 0)
			return F(LANG);
		return strcmp(local, "id") == 0 ? F(ID) : COPL_ITS_FIELDS;
	}
	if (ns == NULL || strcmp(ns, COPL_ITS_NS) != 0)
		return COPL_ITS_FIELDS;
	for (f = 0; f < COPL_ITS_FIELDS; f++)
		if (is_local((enum copl_its_field)f) &&
		    strcmp(field_names[f], local) == 0)
			return (enum copl_its_field)f;
	return COPL_ITS_FIELDS;
}

/* ---- categories: "Overview of data categories" of section 8 ---- */

static const enum copl_its_field translate[] = {F(TRANSLATE)};
static const enum copl_its_field note[] = {F(NOTE), F(NOTE_REF), F(NOTE_TYPE)};
static const enum copl_its_field term[] = {
    F(ANNOTATORS), F(TERM), F(TERM_CONFIDENCE), F(TERM_INFO), F(TERM_INFO_REF)};
static const enum copl_its_field dir[] = {F(DIR)};
static const enum copl_its_field lang[] = {F(LANG)};
static const enum copl_its_field within[] = {F(WITHIN)};
static const enum copl_its_field domains[] = {F(DOMAINS)};
static const enum copl_its_field locales[] = {F(LOCALES), F(LOCALES_TYPE)};
static const enum copl_its_field resource[] = {F(RESOURCE)};
static const enum copl_its_field target[] = {F(TARGET)};
static const enum copl_its_field id[] = {F(ID)};
static const enum copl_its_field space[] = {F(SPACE)};
static const enum copl_its_field allowed[] = {F(ALLOWED)};
static const enum copl_its_field size[] = {F(LINE_BREAK), F(ENCODING), F(SIZE)};
static const enum copl_its_field context[] = {F(CONTEXT)};
static const enum copl_its_field max_chars[] = {F(MAX_CHARS)};
static const enum copl_its_field plural[] = {F(PLURAL)};

#define C(name, fields, inherits, attributes)                                  \
	{                                                                      \
		name, fields, COPL_COUNT(fields), inherits, attributes         \
	}
static const struct its_category categories[COPL_ITS_CATEGORIES] = {
    [COPL_ITS_TRANSLATE] = C("translate", translate, true, false),
    [COPL_ITS_LOCALIZATION_NOTE] = C("localizationnote", note, true, false),
    [COPL_ITS_TERMINOLOGY] = C("terminology", term, false, false),
    [COPL_ITS_DIRECTIONALITY] = C("directionality", dir, true, true),
    [COPL_ITS_LANGUAGE_INFORMATION] =
	C("languageinformation", lang, true, true),
    [COPL_ITS_ELEMENTS_WITHIN_TEXT] =
	C("elementswithintext", within, false, false),
    [COPL_ITS_DOMAIN] = C("domain", domains, true, true),
    [COPL_ITS_LOCALE_FILTER] = C("localefilter", locales, true, true),
    [COPL_ITS_EXTERNAL_RESOURCE] =
	C("externalresource", resource, false, false),
    [COPL_ITS_TARGET_POINTER] = C("targetpointer", target, false, false),
    [COPL_ITS_ID_VALUE] = C("idvalue", id, false, false),
    [COPL_ITS_PRESERVE_SPACE] = C("preservespace", space, true, true),
    [COPL_ITS_ALLOWED_CHARACTERS] =
	C("allowedcharacters", allowed, true, false),
    [COPL_ITS_STORAGE_SIZE] = C("storagesize", size, false, false),
    [COPL_ITS_CONTEXT] = C("context", context, false, false),
    [COPL_ITS_MAX_CHARS] = C("maxchars", max_chars, false, false),
    [COPL_ITS_PARAM] = {"param", NULL, 0, false, false},
    [COPL_ITS_PLURAL] = C("plural", plural, false, false),
};

const struct its_category *its_category(enum copl_its_category c)
{
	return &categories[c];
}

const char *copl_its_category_name(size_t index)
{
	return index < COPL_ITS_CONTEXT ? categories[index].name : NULL;
}

bool copl_its_category_find(const char *name, enum copl_its_category *out)
{
	size_t i;

	for (i = 0; i < COPL_ITS_CONTEXT; i++)
		if (strcmp(categories[i].name, name) == 0) {
			*out = (enum copl_its_category)i;
			return true;
		}
	return false;
}

const char *copl_its_category_title(enum copl_its_category category)
{
	static const char *const titles[COPL_ITS_CATEGORIES] = {
	    [COPL_ITS_TRANSLATE] = "Translate",
	    [COPL_ITS_LOCALIZATION_NOTE] = "Localization Note",
	    [COPL_ITS_TERMINOLOGY] = "Terminology",
	    [COPL_ITS_DIRECTIONALITY] = "Directionality",
	    [COPL_ITS_LANGUAGE_INFORMATION] = "Language Information",
	    [COPL_ITS_ELEMENTS_WITHIN_TEXT] = "Elements Within Text",
	    [COPL_ITS_DOMAIN] = "Domain",
	    [COPL_ITS_LOCALE_FILTER] = "Locale Filter",
	    [COPL_ITS_EXTERNAL_RESOURCE] = "External Resource",
	    [COPL_ITS_TARGET_POINTER] = "Target Pointer",
	    [COPL_ITS_ID_VALUE] = "Id Value",
	    [COPL_ITS_PRESERVE_SPACE] = "Preserve Space",
	    [COPL_ITS_ALLOWED_CHARACTERS] = "Allowed Characters",
	    [COPL_ITS_STORAGE_SIZE] = "Storage Size",
	    [COPL_ITS_CONTEXT] = "Context",
	    [COPL_ITS_MAX_CHARS] = "Room in characters",
	    [COPL_ITS_PARAM] = "Placeholder",
	    [COPL_ITS_PLURAL] = "Plural forms by",
	};

	return titles[category];
}
