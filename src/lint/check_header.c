/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "lint/lint_priv.h"

static struct copl_place header_place(const struct lint *l)
{
	struct copl_place none = {l->c->file, 0, 0};

	return l->c->header == NULL ? none
				    : copl_message_at(l->c, l->c->header);
}

static char fold(char c)
{
	if (copl_is_upper(c))
		return (char)(c + ('a' - 'A'));
	if (c == '-')
		return '_';
	return c;
}

/* The same name of a language, '-' and '_' and case being the same? */
static bool same_name(const char *a, const char *b)
{
	for (; *a != '\0' && fold(*a) == fold(*b); a++)
		b++;
	return *a == *b;
}

/* Of Chinese and Serbian, which have two: the script's subtag. */
static const char *script_of(const char *name)
{
	static const struct {
		const char *part; /* script or region */
		const char *script;
	} known[] = {{"hant", "hant"}, {"hans", "hans"}, {"tw", "hant"},
	    {"hk", "hant"}, {"mo", "hant"}, {"latn", "latn"}, {"latin", "latn"},
	    {"cyrl", "cyrl"}};
	size_t i;

	for (name += strcspn(name, "-_@"); *name != '\0';
	     name += strcspn(name, "-_@")) {
		size_t n = strcspn(++name, "-_@");

		for (i = 0; i < COPL_COUNT(known); i++)
			if (lint_in_list(known[i].part, name, n))
				return known[i].script;
	}
	return "";
}

bool copl_lint_same_language(const char *a, const char *b)
{
	size_t n = strcspn(a, "-_@"), i;
	const char *x = script_of(a), *y = script_of(b);

	if (strcspn(b, "-_@") != n)
		return false;
	for (i = 0; i < n; i++)
		if (fold(a[i]) != fold(b[i]))
			return false;
	/* Simplified is what Chinese is when nothing else is said. */
	if (strncmp(a, "zh", 2) == 0)
		return (strcmp(x, "hant") == 0) == (strcmp(y, "hant") == 0);
	return *x == '\0' || *y == '\0' || strcmp(x, y) == 0;
}

static bool fits(const struct lint *l, const char *value, const char *name)
{
	if (l->how->alone)
		return copl_lint_same_language(value, name);
	return same_name(value, name) || same_name(value, l->how->tag);
}

void lint_header_language(struct lint *l)
{
	const char *name = l->how->name == NULL ? l->how->tag : l->how->name;
	struct copl_place at;
	const char *value = copl_catalog_field(l->c, "Language", &at);
	char gettext[64], *p;

	/* gettext has underscores where BCP 47 has hyphens. */
	snprintf(gettext, sizeof(gettext), "%s", name);
	for (p = gettext; *p != '\0'; p++)
		*p = *p == '-' ? '_' : *p;
	/* Nobody knows: that was told already. */
	if (strcmp(l->how->tag, "und") == 0)
		return;
	if (value == NULL || *value == '\0')
		lint_report_at(l, header_place(l), COPL_ERROR,
		    "header-language",
		    _("the header names no language: write \"Language: "
		      "%s\\n\""),
		    gettext);
	else if (!fits(l, value, name))
		lint_report_at(l, at, COPL_ERROR, "header-language",
		    _("the header says that the language is %s, but this is "
		      "the catalog of %s"),
		    value, gettext);
}

void lint_header_charset(struct lint *l)
{
	struct copl_place at = header_place(l);
	const char *value = copl_catalog_field(l->c, "Content-Type", &at);
	const char *charset = value == NULL ? NULL : strstr(value, "charset=");

	if (charset == NULL || !same_name(charset + 8, "UTF-8"))
		lint_report_at(l, value == NULL ? header_place(l) : at,
		    COPL_ERROR, "header-charset",
		    _("the header must say \"Content-Type: text/plain; "
		      "charset=UTF-8\\n\""));
}

void lint_header_boilerplate(struct lint *l)
{
	static const char *const fields[][2] = {
	    {"Project-Id-Version", "PACKAGE VERSION"},
	    {"PO-Revision-Date", "YEAR-MO-DA HO:MI+ZONE"},
	    {"Last-Translator", "FULL NAME <EMAIL@ADDRESS>"},
	    {"Language-Team", "LANGUAGE <LL@li.org>"}};
	size_t i;

	for (i = 0; i < COPL_COUNT(fields); i++) {
		struct copl_place at;
		const char *value = copl_catalog_field(l->c, fields[i][0], &at);

		if (value != NULL && strcmp(value, fields[i][1]) == 0)
			lint_report_at(l, at, COPL_WARNING,
			    "header-boilerplate",
			    _("%s in the header still has the text of an empty "
			      "catalog: fill it in"),
			    fields[i][0]);
	}
}

/* ---- plurals ---- */

static const struct copl_message *first_plural(const struct lint *l)
{
	size_t i;

	for (i = 0; i < l->c->nmessages; i++)
		if (l->c->messages[i].plural != NULL &&
		    !l->c->messages[i].obsolete)
			return &l->c->messages[i];
	return NULL;
}

enum rules {
	RULES_SAME, /* the same form for every number */
	RULES_FINER, /* each form is a part of one of the language's */
	RULES_WRONG
};

/*
 * Rules of CLDR and of Transifex have a form more than gettext's, for millions
 * or for fractions.  Texts in them are right, only in other places.
 */
static enum rules compare_rules(
    const struct copl_plural *own, const struct copl_plural *header)
{
	static const unsigned long large[] = {1000, 1000000};
	unsigned of[COPL_PLURALS_MAX];
	enum rules found = own->n == header->n ? RULES_SAME : RULES_FINER;
	unsigned long n;
	size_t i;

	for (i = 0; i < COPL_PLURALS_MAX; i++)
		of[i] = COPL_PLURALS_MAX;
	for (i = 0; i <= 200 + COPL_COUNT(large); i++) {
		unsigned x = 0, y = 0;

		n = i <= 200 ? i : large[i - 201];
		if (!copl_plural_form(own, n, &x) ||
		    !copl_plural_form(header, n, &y) ||
		    (of[y] != COPL_PLURALS_MAX && of[y] != x))
			return RULES_WRONG;
		of[y] = x;
		if (x != y)
			found = RULES_FINER;
	}
	return found;
}

/* The rule that the language has; NULL: it is not in the table. */
static const char *own_rule(const struct lint *l)
{
	unsigned n = 0;
	const char *forms =
	    l->how->name == NULL ? NULL : copl_plural_forms(l->how->name, &n);

	return forms != NULL ? forms : copl_plural_forms(l->how->tag, &n);
}

void lint_plural_rule(struct lint *l)
{
	struct copl_place at = header_place(l);
	const char *value = copl_catalog_field(l->c, "Plural-Forms", &at);
	const char *forms = own_rule(l);
	struct copl_plural own;
	enum rules found;

	if (forms == NULL || !copl_plural_parse(forms, &own))
		return;
	if (value == NULL && first_plural(l) == NULL)
		return;
	if (l->plural.n > 0 && copl_plural_same(&own, &l->plural))
		return; /* no need to try 200 numbers */
	found =
	    l->plural.n == 0 ? RULES_WRONG : compare_rules(&own, &l->plural);
	if (value == NULL)
		at = header_place(l);
	/* In a project the forms would be taken by their numbers. */
	if (found == RULES_FINER)
		lint_report_at(l, at, l->how->alone ? COPL_WARNING : COPL_ERROR,
		    "plural-rule",
		    _("the plural rule has other forms than gettext has for "
		      "this language: write \"Plural-Forms: %s\\n\" and put "
		      "the forms in its order"),
		    forms);
	else if (found == RULES_WRONG)
		lint_report_at(l, at, COPL_ERROR, "plural-rule",
		    _("the plural rule is not the one of this language: write "
		      "\"Plural-Forms: %s\\n\""),
		    forms);
}

void lint_plural_count(struct lint *l, const struct copl_message *m)
{
	if (m->plural == NULL || l->plural.n == 0 || m->nstr == l->plural.n)
		return;
	lint_report(l, m, COPL_ERROR, "plural-count",
	    _("the message has %zu plural forms, but the header says that the "
	      "language has %u"),
	    (size_t)m->nstr, l->plural.n);
}
