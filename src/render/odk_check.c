/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What clients of ODK would read as marks and no mark of theirs can hide:
 * measured with Enketo and ODK Web Forms, see docs/odk.md.
 */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "render/odk_priv.h"

#define FOUND_MAX 24

/* Bytes of the entity reference at s, "&copy;" or "&#9;"; 0: it is none. */
static size_t reference(const char *s)
{
	size_t n = 1;

	n += s[n] == '#';
	while (copl_is_alpha(s[n]) || copl_is_digit(s[n]))
		n++;
	return s[n] == ';' && n > 1 ? n + 1 : 0;
}

/* A tag, a comment or the like. */
static bool is_tag(const char *s)
{
	return s[0] == '<' && (copl_is_alpha(s[1]) || s[1] == '/' ||
				  s[1] == '!' || s[1] == '?');
}

static size_t in_text(const char *s)
{
	if (s[0] == ']' && s[1] == '(')
		return 2;
	if (s[0] == '$' && s[1] == '{')
		return 2;
	if (s[0] == '&')
		return reference(s);
	return s[0] == '`' || is_tag(s) ? 1 : 0;
}

static const char *first_brackets_end(const char *s)
{
	return s[0] == '[' ? strchr(s, ']') : NULL;
}

/* What makes a list, a quotation, a line or a definition of a paragraph. */
static size_t at_start(const char *s)
{
	const char *end = first_brackets_end(s);

	if (*s != '\0' && strchr("-+>", *s) != NULL &&
	    (s[1] == ' ' || *s == '>'))
		return 2;
	if (*s != '\0' && strchr("-+=", *s) != NULL &&
	    s[strspn(s, "-+= ")] == '\0')
		return strlen(s);
	return end != NULL && end[1] == ':' ? (size_t)(end - s) + 2 : 0;
}

static size_t count(const char *s, char c)
{
	size_t n = 0;

	for (; (s = strchr(s, c)) != NULL; s++)
		n++;
	return n;
}

/*
 * Answers and messages: one client reads marks, another shows the backslash
 * that would hide them.  A single star or line is nothing to either.
 */
static const char *only_in_plain(const char *s)
{
	const char *at = strchr(s, '\\');

	if (at != NULL)
		return at;
	if (count(s, '*') > 1)
		return strchr(s, '*');
	if (count(s, '_') > 1)
		return strchr(s, '_');
	return *s == '#' ? s : NULL;
}

/* The first characters of what was found, never half of one. */
static void quote(const char *s, size_t len, char out[FOUND_MAX])
{
	size_t n = len < FOUND_MAX ? len : FOUND_MAX - 1;

	while (n > 0 && ((unsigned char)s[n] & 0xc0) == 0x80)
		n--;
	memcpy(out, s, n);
	out[n] = '\0';
}

static void report(
    const struct odk_pen *p, const char *s, size_t len, struct copl_place at)
{
	char found[FOUND_MAX];

	quote(s, len, found);
	copl_report(p->o->r, COPL_ERROR, "odk-text", at,
	    _("the ODK form cannot show \"%s\" in \"%s\" (%s): ODK apps read "
	      "it as a mark; write this text in another way"),
	    found, p->id, p->l->tag);
}

static void check(const struct odk_pen *p, const char *s, struct copl_place at)
{
	const char *found = NULL;
	size_t len = at_start(s);

	if (len > 0) {
		report(p, s, len, at);
		return;
	}
	if (p->room == ODK_PLAIN)
		found = only_in_plain(s);
	if (found != NULL) {
		report(p, found, 1, at);
		return;
	}
	for (; *s != '\0'; s++) {
		len = in_text(s);
		if (len > 0) {
			report(p, s, len, at);
			return;
		}
	}
}

void odk_check_text(
    const struct odk_pen *p, const char *flat, struct copl_place at)
{
	struct copl_strbuf bare = COPL_STRBUF_INIT(p->out->max);

	if (p->room == ODK_TITLE)
		return;
	for (; *flat != '\0'; flat++)
		if ((unsigned char)*flat >= ' ' ||
		    (copl_is_space(*flat) && bare.len > 0))
			copl_strbuf_add(&bare, *flat == '\n' ? " " : flat, 1);
	if (bare.st != COPL_OK && p->out->st == COPL_OK)
		p->out->st = bare.st;
	check(p, copl_strbuf_text(&bare), at);
	copl_strbuf_clear(&bare);
}

/* ---- names ---- */

static void taken(struct odk *o, const xmlNode *n, const char *id)
{
	copl_report(o->r, COPL_ERROR, "odk-name",
	    copl_xml_attr_place(o->form->xml, n, "id"),
	    _("the ODK form needs the name \"%s\" for something else: give "
	      "this another id"),
	    id);
}

static bool has_other(const struct copl_question *q)
{
	size_t i;

	if (q->kind != COPL_CHOOSE_ONE && q->kind != COPL_CHOOSE_MANY)
		return false;
	for (i = 0; q->choices != NULL && i < q->choices->n; i++)
		if (q->choices->options[i].other)
			return true;
	return false;
}

/* The answers of such a rank are names of data. */
static void check_ranked(struct odk *o, const struct copl_question *q)
{
	size_t i;

	if (q->kind != COPL_RANK || odk_places(q) == 0)
		return;
	for (i = 0; q->choices != NULL && i < q->choices->n; i++) {
		const struct copl_option *option = &q->choices->options[i];

		if (!copl_is_alpha(option->value[0]))
			copl_report(o->r, COPL_ERROR, "odk-name",
			    copl_xml_attr_place(
				o->form->xml, option->label, "value"),
			    _("the ODK form needs a value that begins with a "
			      "letter for each answer of the rank \"%s\", and "
			      "\"%s\" does not: choose another one"),
			    q->id, option->value);
	}
}

void odk_check_names(struct odk *o)
{
	size_t i, at;

	for (i = 0; i < o->form->nsections; i++)
		if (strcmp(o->form->sections[i].id, "meta") == 0)
			taken(o, o->form->sections[i].node, "meta");
	for (i = 0; i < o->nitems; i++) {
		const struct copl_question *q = o->items[i].q;
		const char *name;

		check_ranked(o, q);
		if (!has_other(q))
			continue;
		name = odk_printf(o, "%s_other", q->id);
		if (copl_map_get(&o->names, name, &at) &&
		    o->items[at].s == o->items[i].s)
			taken(o, o->items[at].q->node, name);
	}
}
