/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Conditions that nobody fulfils, or everybody. */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "base/i18n.h"
#include "form/form_priv.h"

/* Comparisons in all, and for one condition: some milliseconds. */
#define WORK_MAX ((size_t)4000000)
#define WORK_OF_ONE_MAX ((size_t)300000)

struct reach {
	struct copl_form_reader *rd;
	bool *never; /* items that are known to be seen by nobody */
	size_t work;
};

/* Something with a condition: a section, a question, or a note. */
struct spot {
	const char *id;
	const xmlNode *node;
	const struct copl_section *section; /* NULL: it is one itself */
	const struct copl_when *outer; /* the section's; NULL: none */
	const struct copl_when *own;
	size_t item; /* items before this one may be tested */
};

static enum copl_reach search(struct reach *r, const struct copl_reach_aim *aim,
    const struct copl_question *who[], size_t *n)
{
	size_t work = r->work < WORK_OF_ONE_MAX ? r->work : WORK_OF_ONE_MAX;
	size_t left = work;
	enum copl_reach reach;

	if (work == 0)
		return COPL_REACH_UNKNOWN;
	reach = copl_reach_search(r->rd, aim, r->never, &left, who, n);
	r->work -= work - left;
	return reach;
}

static struct copl_place at(const struct reach *r, const struct spot *s)
{
	return copl_form_attr_at(r->rd, s->node, "when");
}

static bool is_nobody(struct reach *r, const struct copl_reach_aim *aim)
{
	return search(r, aim, NULL, NULL) == COPL_REACH_NOBODY;
}

/* The one question whose being hidden is the reason; NULL: it is not one. */
static const struct copl_question *hidden(struct reach *r, const struct spot *s)
{
	const struct copl_question *who[COPL_REACH_QUESTIONS_MAX];
	struct copl_reach_aim aim = {
	    .yes = {s->outer, s->own}, .before = s->item};
	size_t n = 0, i;

	if (search(r, &aim, who, &n) != COPL_REACH_NOBODY)
		return NULL;
	for (i = n; i-- > 0;) {
		aim.asked = who[i];
		if (search(r, &aim, NULL, NULL) == COPL_REACH_SOMEBODY)
			return who[i];
	}
	return NULL;
}

static void tell_hidden(struct reach *r, const struct spot *s)
{
	const struct copl_question *q = hidden(r, s);

	if (q != NULL)
		copl_report(r->rd->r, COPL_ERROR, "form-when-never", at(r, s),
		    _("nobody can ever see \"%s\": whoever would see it is "
		      "not asked \"%s\" (line %zu), which its condition needs; "
		      "change one of the conditions"),
		    s->id, q->id, copl_form_at(r->rd, q->node).line);
	else
		copl_report(r->rd->r, COPL_ERROR, "form-when-never", at(r, s),
		    _("nobody can ever see \"%s\": its condition needs "
		      "answers to questions that are not asked together; "
		      "change one of the conditions"),
		    s->id);
}

/* Why: the first of three reasons that holds. */
static void tell_never(struct reach *r, const struct spot *s)
{
	struct copl_reach_aim own = {
	    .yes = {s->own, NULL}, .before = s->item, .all_asked = true};
	struct copl_reach_aim both = {
	    .yes = {s->outer, s->own}, .before = s->item, .all_asked = true};

	if (is_nobody(r, &own))
		copl_report(r->rd->r, COPL_ERROR, "form-when-never", at(r, s),
		    _("nobody can ever see \"%s\": no answers make this "
		      "condition true; write \"or\" where one of several "
		      "things is enough"),
		    s->id);
	else if (s->outer != NULL && is_nobody(r, &both))
		copl_report(r->rd->r, COPL_ERROR, "form-when-never", at(r, s),
		    _("nobody can ever see \"%s\": its condition and the one "
		      "of its section \"%s\" (line %zu) are never true "
		      "together; change one of the two"),
		    s->id, s->section->id == NULL ? "" : s->section->id,
		    copl_form_at(r->rd, s->section->node).line);
	else
		tell_hidden(r, s);
}

/* True: nobody sees it. */
static bool check_spot(struct reach *r, const struct spot *s)
{
	struct copl_reach_aim seen = {
	    .yes = {s->outer, s->own}, .before = s->item};
	struct copl_reach_aim unseen = {
	    .yes = {s->outer, NULL}, .no = s->own, .before = s->item};

	if (s->own == NULL || s->id == NULL)
		return false;
	if (is_nobody(r, &seen)) {
		tell_never(r, s);
		return true;
	}
	if (is_nobody(r, &unseen))
		copl_report(r->rd->r, COPL_WARNING, "form-when-always",
		    at(r, s),
		    s->outer == NULL
			? _("this condition is always true, so everybody sees "
			    "\"%s\": remove it, or write \"and\" where several "
			    "things must be true together")
			: _("whoever sees the section sees \"%s\" as well, "
			    "because this condition is always true there: "
			    "remove or correct it"),
		    s->id);
	return false;
}

/* A condition that tests what comes later says nothing about what is seen. */
static bool is_in_order(const struct reach *r, const xmlNode *node)
{
	size_t i;

	for (i = 0; i < r->rd->nlater; i++)
		if (r->rd->later[i].node == node)
			return false;
	return true;
}

static void check_section(
    struct reach *r, const struct copl_section *section, size_t first)
{
	const struct spot whole = {.id = section->id,
	    .node = section->node,
	    .own = section->when,
	    .item = first};
	bool in_order = section->when == NULL || is_in_order(r, section->node);
	bool never = check_spot(r, &whole);
	size_t i;

	/* One finding is enough: below, the section counts as seen. */
	for (i = first; i < first + section->nitems; i++) {
		const struct copl_question *q = r->rd->items[i];
		const struct spot s = {.id = q->id,
		    .node = q->node,
		    .section = section,
		    .outer = never || !in_order ? NULL : section->when,
		    .own = q->when,
		    .item = i};

		r->never[i] = check_spot(r, &s) || never;
	}
}

void copl_form_check_reach(struct copl_form_reader *rd)
{
	struct reach r = {.rd = rd, .work = WORK_MAX};
	size_t i, first = 0;

	if (rd->nitems == 0)
		return;
	r.never = calloc(rd->nitems, sizeof(*r.never));
	if (r.never == NULL) {
		rd->r->nomem = true;
		return;
	}
	for (i = 0; i < rd->form->nsections; i++) {
		check_section(&r, &rd->form->sections[i], first);
		first += rd->form->sections[i].nitems;
	}
	free(r.never);
}
