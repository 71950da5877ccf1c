/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What only the whole catalog shows: one thing said in two ways. */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "base/i18n.h"
#include "lint/lint_priv.h"

/* ---- tu and vous ---- */

/* Texts that call their reader in one of the two ways. */
struct lint_address_list {
	struct address {
		const struct copl_message *m;
		size_t form;
		size_t offset; /* of the word in the msgstr */
		bool formal;
	} * list;
	size_t n;
	size_t room;
	size_t formal;
};

/* "TU" is a time and "TA" a code. */
static bool is_capitals(const char *word, size_t len)
{
	return len > 1 && copl_is_upper(word[0]) && copl_is_upper(word[1]);
}

static bool ends_with(const char *word, size_t len, const char *ends)
{
	while (ends != NULL && *ends != '\0') {
		size_t n = strcspn(ends, " ");

		if (len > n && memcmp(word + len - n, ends, n) == 0)
			return true;
		ends += n + (ends[n] == ' ');
	}
	return false;
}

/* "t’es": a pronoun that lost its vowel. */
static bool is_elided(const char *word, size_t len, const char *elided)
{
	size_t n = elided == NULL ? 0 : strlen(elided);

	return n > 0 && len > n && lint_in_list(elided, word, n) &&
	       (word[n] == '\'' || strncmp(word + n, "\u2019", 3) == 0);
}

static bool is_informal(
    const struct lint_language *own, const char *word, size_t len)
{
	return lint_in_list(own->informal, word, len) ||
	       ends_with(word, len, own->informal_end) ||
	       is_elided(word, len, own->elided);
}

static bool is_formal(
    const struct lint_language *own, const char *word, size_t len)
{
	return lint_in_list(own->formal, word, len) ||
	       (ends_with(word, len, own->formal_end) &&
		   !lint_in_list("rendez-vous", word, len));
}

/* Part of something that is no word: "armv5te", "--tu". */
static bool is_inside(const char *start, const char *p)
{
	return p > start && (copl_is_digit(p[-1]) || p[-1] == '_' ||
				p[-1] == '=' || p[-1] == '-');
}

/* The first word of a kind; NULL: there is none. */
static const char *find_word(const struct lint_language *own, const char *s,
    uint64_t words, bool formal, size_t *len)
{
	const char *p = s;

	if (own->unspaced) { /* a character is a word */
		const char *word = formal ? own->formal : own->informal;

		*len = strlen(word);
		return strstr(s, word);
	}
	for (; (*len = lint_word(&p)) > 0; p += *len)
		if ((own->informal_end != NULL ||
			(words & lint_first(p)) != 0) &&
		    !is_capitals(p, *len) && !is_inside(s, p) &&
		    (formal ? is_formal(own, p, *len)
			    : is_informal(own, p, *len)))
			return p;
	return NULL;
}

static void remember(
    struct lint *l, const struct lint_text *t, const char *word, bool formal)
{
	struct lint_address_list *a = l->addressed;
	struct address *list;

	if (a == NULL)
		a = l->addressed = calloc(1, sizeof(*a));
	list = a == NULL ? NULL
			 : copl_grow(a->list, a->n, &a->room, sizeof(*a->list));
	if (list == NULL) {
		l->st = COPL_E_NOMEM;
		return;
	}
	a->list = list;
	list[a->n++] = (struct address){t->m, t->form,
	    t->plain_str == t->str ? (size_t)(word - t->str)
				   : lint_plain_source(t->str, t->formats,
					 (size_t)(word - t->plain_str)),
	    formal};
	a->formal += formal;
}

static uint64_t beginnings(const char *list)
{
	uint64_t bits = 0;

	while (*list != '\0') {
		bits |= lint_first(list);
		list += strcspn(list, " ");
		list += *list == ' ';
	}
	return bits;
}

/* Who is called both ways in one text is several people. */
void lint_register(struct lint *l, const struct lint_text *t)
{
	const char *word;
	size_t len;

	if (l->own->informal == NULL || l->own->formal == NULL)
		return;
	if (l->address_words == 0)
		l->address_words =
		    beginnings(l->own->informal) | beginnings(l->own->formal);
	word = find_word(l->own, t->plain_str, l->address_words, false, &len);
	if (word != NULL) {
		remember(l, t, word, false);
		return;
	}
	word = find_word(l->own, t->plain_str, l->address_words, true, &len);
	if (word != NULL)
		remember(l, t, word, true);
}

/* The first text of a kind. */
static const struct address *first_of(
    const struct lint_address_list *a, bool formal)
{
	size_t i;

	for (i = 0; i < a->n; i++)
		if (a->list[i].formal == formal)
			return &a->list[i];
	return NULL;
}

/* y: the first one of the other kind; NULL: the project wants that kind. */
static void report_address(
    struct lint *l, const struct address *x, const struct address *y)
{
	struct copl_place at =
	    copl_catalog_str_place(l->c, x->m, x->form, x->offset);

	if (lint_silenced(l, x->m, "register"))
		return;
	if (y == NULL)
		lint_report_at(l, at, COPL_WARNING, "register",
		    x->formal ? _("this text calls its reader formally, and "
				  "the project wants the informal form")
			      : _("this text calls its reader informally, and "
				  "the project wants the formal form"));
	else
		lint_report_at(l, at, COPL_WARNING, "register",
		    x->formal ? _("this text calls its reader formally, and "
				  "the one in line %zu informally: choose one "
				  "way for all")
			      : _("this text calls its reader informally, and "
				  "the one in line %zu formally: choose one "
				  "way for all"),
		    (size_t)y->m->at.line);
}

void lint_register_end(struct lint *l)
{
	const struct lint_address_list *a = l->addressed;
	const struct address *other;
	size_t informal, i;
	bool minority;

	if (a == NULL)
		return;
	informal = a->n - a->formal;
	if (l->how->address != COPL_LINT_ADDRESS_ANY) {
		bool formal = l->how->address == COPL_LINT_ADDRESS_FORMAL;

		for (i = 0; i < a->n; i++)
			if (a->list[i].formal != formal)
				report_address(l, &a->list[i], NULL);
		return;
	}
	if (a->formal == 0 || informal == 0)
		return;
	/* The way of the fewer texts, or of the one that came later. */
	minority =
	    a->formal != informal ? a->formal < informal : !a->list[0].formal;
	other = first_of(a, !minority);
	for (i = 0; i < a->n; i++)
		if (a->list[i].formal == minority)
			report_address(l, &a->list[i], other);
}

void lint_register_free(struct lint *l)
{
	if (l->addressed != NULL)
		free(l->addressed->list);
	free(l->addressed);
	l->addressed = NULL;
}

/* ---- one source, two translations ---- */

static bool is_done(const struct copl_message *m)
{
	return !m->obsolete && !m->fuzzy && m->plural == NULL &&
	       m->str[0][0] != '\0';
}

static void compare_two(struct lint *l, const struct copl_message *first,
    const struct copl_message *m)
{
	char *a, *b;

	if (strcmp(first->str[0], m->str[0]) == 0)
		return;
	a = lint_skeleton(first->str[0]);
	b = lint_skeleton(m->str[0]);
	if (a == NULL || b == NULL)
		l->st = COPL_E_NOMEM;
	else if (strcmp(a, b) != 0)
		lint_report(l, m, COPL_NOTE, "inconsistent",
		    _("the same source is translated in another way in line "
		      "%zu"),
		    (size_t)first->at.line);
	free(a);
	free(b);
}

/* Only with contexts can one source be there twice. */
void lint_inconsistent(struct lint *l)
{
	struct copl_map seen = {NULL, 0, 0};
	size_t i, at;

	for (i = 0; i < l->c->nmessages && l->st == COPL_OK; i++) {
		const struct copl_message *m = &l->c->messages[i];

		if (!l->contexts)
			break;
		if (!is_done(m))
			continue;
		if (!copl_map_put(&seen, m->id, i, &at))
			l->st = COPL_E_NOMEM;
		else if (at != i)
			compare_two(l, &l->c->messages[at], m);
	}
	copl_map_free(&seen);
}

/* ---- what is no longer used ---- */

void lint_obsolete(struct lint *l)
{
	const struct copl_message *first = NULL;
	size_t n = 0, i;

	for (i = 0; i < l->c->nmessages; i++) {
		if (!l->c->messages[i].obsolete)
			continue;
		if (n++ == 0)
			first = &l->c->messages[i];
	}
	if (n > 0)
		lint_report_at(l, copl_message_at(l->c, first), COPL_NOTE,
		    "obsolete",
		    P_("%zu entry is no longer used; it is kept for later",
			"%zu entries are no longer used; they are kept for "
			"later",
			n),
		    n);
}
