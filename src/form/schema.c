/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The vocabulary of forms/schema/cop-form.rnc as tables.  A new question type
 * is a row in "elements" here, a kind in form.h and a row in the table of
 * read_question.c.
 */
#include "config.h"
#include <string.h>
#include "form/form_priv.h"

#define ATTRS static const struct copl_form_attr_rule
#define CHILDREN static const struct copl_form_child_rule

/* ---- attributes ---- */

ATTRS text_attrs[] = {
    {"note", VALUE_TEXT, false, NULL},
    {"maxchars", VALUE_POSITIVE, false, NULL},
    {"translate", VALUE_YES_NO, false, NULL},
    {"xml:space", VALUE_WORD, false, "default preserve"},
    {"xml:lang", VALUE_LANGUAGE, false, NULL},
    {NULL, VALUE_TEXT, false, NULL},
};
ATTRS count_attrs[] = {
    {"count", VALUE_NAME, false, NULL},
    {NULL, VALUE_TEXT, false, NULL},
};
ATTRS question_attrs[] = {
    {"id", VALUE_NAME, true, NULL},
    {"required", VALUE_YES_NO, false, NULL},
    {"when", VALUE_CONDITION, false, NULL},
    {"sensitive", VALUE_YES_NO, false, NULL},
    {NULL, VALUE_TEXT, false, NULL},
};
ATTRS shuffle_attrs[] = {
    {"shuffle", VALUE_YES_NO, false, NULL},
    {NULL, VALUE_TEXT, false, NULL},
};
ATTRS root_attrs[] = {
    {"id", VALUE_NAME, true, NULL},
    {"version", VALUE_TOKEN, true, NULL},
    {"xml:lang", VALUE_LANGUAGE, true, NULL},
    {"prevails", VALUE_LANGUAGE, false, NULL},
    {"its:version", VALUE_WORD, false, "2.0"},
    {"dir", VALUE_WORD, false, "ltr rtl"},
    {"draft", VALUE_WORD, false, "yes"},
    {"recipient", VALUE_NAME, false, NULL},
    {"guardian-age", VALUE_AGE, false, NULL},
    {NULL, VALUE_TEXT, false, NULL},
};
ATTRS instant_attrs[] = {
    {"at", VALUE_INSTANT, true, NULL},
    {NULL, VALUE_TEXT, false, NULL},
};
ATTRS audience_attrs[] = {
    {"min-age", VALUE_AGE, true, NULL},
    {"max-age", VALUE_AGE, false, NULL},
    {NULL, VALUE_TEXT, false, NULL},
};
ATTRS param_attrs[] = {
    {"name", VALUE_NAME, true, NULL},
    {"type", VALUE_WORD, true, PARAM_TYPES},
    {"value", VALUE_TEXT, false, NULL},
    {"use", VALUE_NAME, false, NULL},
    {"example", VALUE_TEXT, false, NULL},
    {"note", VALUE_TEXT, false, NULL},
    {NULL, VALUE_TEXT, false, NULL},
};
ATTRS link_attrs[] = {
    {"id", VALUE_NAME, true, NULL},
    {"href", VALUE_HREF, true, NULL},
    {"recipient", VALUE_WORD, false, "helpline"},
    {"per-language", VALUE_YES_NO, false, NULL},
    {"note", VALUE_TEXT, false, NULL},
    {NULL, VALUE_TEXT, false, NULL},
};
ATTRS privacy_attrs[] = {
    {"keep-until", VALUE_DAY, false, NULL},
    {NULL, VALUE_TEXT, false, NULL},
};
ATTRS choices_attrs[] = {
    {"id", VALUE_NAME, true, NULL},
    {"kind", VALUE_WORD, false, "nominal ordinal"},
    {"order", VALUE_WORD, false, "written collate"},
    {NULL, VALUE_TEXT, false, NULL},
};
ATTRS option_attrs[] = {
    {"value", VALUE_CODE, true, NULL},
    {"exclusive", VALUE_YES_NO, false, NULL},
    {"other", VALUE_YES_NO, false, NULL},
    {"from-age", VALUE_AGE, false, NULL},
    {NULL, VALUE_TEXT, false, NULL},
};
ATTRS place_attrs[] = {
    {"id", VALUE_NAME, true, NULL},
    {"when", VALUE_CONDITION, false, NULL},
    {NULL, VALUE_TEXT, false, NULL},
};
ATTRS a_attrs[] = {
    {"to", VALUE_NAME, true, NULL},
    {NULL, VALUE_TEXT, false, NULL},
};
ATTRS term_attrs[] = {
    {"ref", VALUE_NAME, false, NULL},
    {NULL, VALUE_TEXT, false, NULL},
};
ATTRS one_attrs[] = {
    {"use", VALUE_NAME, false, NULL},
    {"order", VALUE_WORD, false, "written collate"},
    {NULL, VALUE_TEXT, false, NULL},
};
ATTRS many_attrs[] = {
    {"use", VALUE_NAME, false, NULL},
    {"order", VALUE_WORD, false, "written collate"},
    {"min", VALUE_COUNT, false, NULL},
    {"max", VALUE_POSITIVE, false, NULL},
    {NULL, VALUE_TEXT, false, NULL},
};
ATTRS rating_attrs[] = {
    {"from", VALUE_POINT, true, NULL},
    {"to", VALUE_POINT, true, NULL},
    {NULL, VALUE_TEXT, false, NULL},
};
ATTRS grid_attrs[] = {
    {"use", VALUE_NAME, true, NULL},
    {NULL, VALUE_TEXT, false, NULL},
};
ATTRS row_attrs[] = {
    {"id", VALUE_NAME, true, NULL},
    {NULL, VALUE_TEXT, false, NULL},
};
ATTRS rank_attrs[] = {
    {"top", VALUE_POSITIVE, false, NULL},
    {NULL, VALUE_TEXT, false, NULL},
};
ATTRS long_text_attrs[] = {
    {"lines", VALUE_POSITIVE, false, NULL},
    {"maxlength", VALUE_POSITIVE, false, NULL},
    {NULL, VALUE_TEXT, false, NULL},
};
ATTRS number_attrs[] = {
    {"min", VALUE_DECIMAL, false, NULL},
    {"max", VALUE_DECIMAL, false, NULL},
    {"step", VALUE_DECIMAL, false, NULL},
    {NULL, VALUE_TEXT, false, NULL},
};
ATTRS date_attrs[] = {
    {"min", VALUE_DAY_MIN, false, NULL},
    {"max", VALUE_DAY_MAX, false, NULL},
    {"precision", VALUE_WORD, false, "day month year"},
    {NULL, VALUE_TEXT, false, NULL},
};
ATTRS consent_attrs[] = {
    {"by", VALUE_WORD, true, "participant guardian"},
    {NULL, VALUE_TEXT, false, NULL},
};

/* ---- children, in order ---- */

#define ONE(name)                                                              \
	{                                                                      \
		name, GROUP_NONE, 1, 1                                         \
	}
#define OPTIONAL(name)                                                         \
	{                                                                      \
		name, GROUP_NONE, 0, 1                                         \
	}
#define ANY(name, max)                                                         \
	{                                                                      \
		name, GROUP_NONE, 0, max                                       \
	}
#define SOME(name, max)                                                        \
	{                                                                      \
		name, GROUP_NONE, 1, max                                       \
	}
#define SOME_OF(group, max)                                                    \
	{                                                                      \
		NULL, group, 1, max                                            \
	}
#define END                                                                    \
	{                                                                      \
		NULL, GROUP_NONE, 0, 0                                         \
	}

CHILDREN none[] = {END};
CHILDREN root_children[] = {ONE("about"), ANY("choices", 100),
    SOME("section", 100), ONE("thanks"), END};
CHILDREN about_children[] = {ONE("title"), OPTIONAL("summary"),
    OPTIONAL("opens"), ONE("closes"), OPTIONAL("audience"), ANY("param", 100),
    ANY("link", 100), OPTIONAL("contact"), ONE("privacy"), OPTIONAL("help"),
    END};
CHILDREN list_children[] = {SOME("option", 300), END};
CHILDREN section_children[] = {
    ONE("title"), OPTIONAL("intro"), SOME_OF(GROUP_ITEM, 200), END};
CHILDREN flow[] = {SOME_OF(GROUP_FLOW, 100), END};
CHILDREN bullets_children[] = {SOME("item", 100), END};
CHILDREN choice_children[] = {
    ONE("label"), OPTIONAL("hint"), ANY("option", 300), OPTIONAL("error"), END};
CHILDREN rating_children[] = {ONE("label"), OPTIONAL("hint"), ONE("low"),
    ONE("high"), OPTIONAL("error"), END};
CHILDREN grid_children[] = {
    ONE("label"), OPTIONAL("hint"), SOME("row", 100), OPTIONAL("error"), END};
CHILDREN rank_children[] = {
    ONE("label"), OPTIONAL("hint"), SOME("option", 50), OPTIONAL("error"), END};
CHILDREN plain_children[] = {
    ONE("label"), OPTIONAL("hint"), OPTIONAL("error"), END};
CHILDREN number_children[] = {
    ONE("label"), OPTIONAL("hint"), OPTIONAL("unit"), OPTIONAL("error"), END};

/* ---- elements ---- */

#define TEXT(name, attrs)                                                      \
	{                                                                      \
		name, none, attrs, GROUP_NONE, CONTENT_INLINE, SHARED_TEXT,    \
		    NO_KIND                                                    \
	}
#define FLOW(name, attrs)                                                      \
	{                                                                      \
		name, flow, attrs, GROUP_NONE, CONTENT_CHILDREN, SHARED_TEXT,  \
		    NO_KIND                                                    \
	}
#define EMPTY(name, attrs)                                                     \
	{                                                                      \
		name, none, attrs, GROUP_NONE, CONTENT_NONE, 0, NO_KIND        \
	}
#define BOX(name, children, attrs)                                             \
	{                                                                      \
		name, children, attrs, GROUP_NONE, CONTENT_CHILDREN, 0,        \
		    NO_KIND                                                    \
	}
#define MARK(name, content, attrs)                                             \
	{                                                                      \
		name, none, attrs, GROUP_INLINE, content, SHARED_TEXT, NO_KIND \
	}
#define QUESTION(name, kind, children, shared, attrs)                          \
	{                                                                      \
		name, children, attrs, GROUP_ITEM, CONTENT_CHILDREN,           \
		    SHARED_TEXT | SHARED_QUESTION | (shared), kind             \
	}

static const struct copl_form_element elements[] = {
    BOX("consultation", root_children, root_attrs),
    BOX("about", about_children, NULL),
    TEXT("title", NULL),
    TEXT("summary", NULL),
    EMPTY("opens", instant_attrs),
    EMPTY("closes", instant_attrs),
    EMPTY("audience", audience_attrs),
    EMPTY("param", param_attrs),
    EMPTY("link", link_attrs),
    TEXT("contact", NULL),
    FLOW("privacy", privacy_attrs),
    FLOW("help", NULL),
    BOX("choices", list_children, choices_attrs),
    TEXT("option", option_attrs),
    BOX("section", section_children, place_attrs),
    FLOW("intro", NULL),
    {"note", flow, place_attrs, GROUP_ITEM, CONTENT_CHILDREN, SHARED_TEXT,
	COPL_NOTE_ITEM},
    QUESTION("choose-one", COPL_CHOOSE_ONE, choice_children, SHARED_SHUFFLE,
	one_attrs),
    QUESTION("choose-many", COPL_CHOOSE_MANY, choice_children, SHARED_SHUFFLE,
	many_attrs),
    QUESTION("rating", COPL_RATING, rating_children, 0, rating_attrs),
    QUESTION("grid", COPL_GRID, grid_children, 0, grid_attrs),
    QUESTION("rank", COPL_RANK, rank_children, 0, rank_attrs),
    QUESTION("text", COPL_TEXT, plain_children, 0, long_text_attrs),
    QUESTION("number", COPL_NUMBER, number_children, 0, number_attrs),
    QUESTION("date", COPL_DATE, plain_children, 0, date_attrs),
    QUESTION("consent", COPL_CONSENT, plain_children, 0, consent_attrs),
    TEXT("label", NULL),
    TEXT("hint", NULL),
    TEXT("error", NULL),
    TEXT("low", NULL),
    TEXT("high", NULL),
    TEXT("unit", NULL),
    TEXT("row", row_attrs),
    {"p", none, NULL, GROUP_FLOW, CONTENT_INLINE, SHARED_TEXT, NO_KIND},
    {"bullets", bullets_children, NULL, GROUP_FLOW, CONTENT_CHILDREN,
	SHARED_TEXT, NO_KIND},
    TEXT("item", NULL),
    {"form", none, NULL, GROUP_NONE, CONTENT_INLINE, 0, NO_KIND},
    MARK("strong", CONTENT_INLINE, NULL),
    MARK("em", CONTENT_INLINE, NULL),
    MARK("a", CONTENT_INLINE, a_attrs),
    MARK("term", CONTENT_TEXT, term_attrs),
    FLOW("thanks", NULL),
};

const struct copl_form_element *copl_form_element_at(size_t i)
{
	return i < COPL_COUNT(elements) ? &elements[i] : NULL;
}

const struct copl_form_element *copl_form_element(const char *name)
{
	size_t i;

	for (i = 0; i < COPL_COUNT(elements); i++)
		/* Asked for every element: most names differ at once. */
		if (elements[i].name[0] == name[0] &&
		    strcmp(elements[i].name, name) == 0)
			return &elements[i];
	return NULL;
}

bool copl_form_may_count(const struct copl_form_element *e)
{
	return e->content == CONTENT_INLINE && e->group != GROUP_INLINE &&
	       (e->shared & SHARED_TEXT) != 0;
}

const struct copl_form_attr_rule *copl_form_attr_rules(
    const struct copl_form_element *e, size_t i)
{
	const struct copl_form_attr_rule *lists[5];
	size_t n = 0;

	if (e->attrs != NULL)
		lists[n++] = e->attrs;
	if ((e->shared & SHARED_QUESTION) != 0)
		lists[n++] = question_attrs;
	if ((e->shared & SHARED_SHUFFLE) != 0)
		lists[n++] = shuffle_attrs;
	if ((e->shared & SHARED_TEXT) != 0)
		lists[n++] = text_attrs;
	if (copl_form_may_count(e))
		lists[n++] = count_attrs;
	return i < n ? lists[i] : NULL;
}
