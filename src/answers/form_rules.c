/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The typed form as a collector needs it: which fields its page can send, and
 * what is known of whose page it is.
 */
#include "config.h"
#include <limits.h>
#include <string.h>
#include "base/i18n.h"
#include "answers/answers_priv.h"

/* Boxes of a list of 300, rows of a grid: more is no form of ours. */
#define SLOTS_MAX ((size_t)200000)

/* ---- the fields of a question ---- */

static size_t count_others(const struct copl_question *q)
{
	size_t n = 0, i;

	for (i = 0; q->choices != NULL && i < q->choices->n; i++)
		n += q->choices->options[i].other;
	return n;
}

static size_t count_slots(const struct copl_question *q)
{
	switch (q->kind) {
	case COPL_CHOOSE_ONE:
	case COPL_CHOOSE_MANY:
		return 1 + count_others(q);
	case COPL_GRID:
		return q->nrows;
	case COPL_RANK:
		return q->choices == NULL ? 0 : q->choices->n;
	case COPL_DATE:
		return q->precision == COPL_DATE_DAY     ? 3
		       : q->precision == COPL_DATE_MONTH ? 2
							 : 1;
	case COPL_RATING:
	case COPL_TEXT:
	case COPL_NUMBER:
	case COPL_CONSENT:
		return 1;
	case COPL_NOTE_ITEM:
		break;
	}
	return 0;
}

/* part NULL: the question's own field. */
static enum copl_status add_slot(struct copl_answer_form *f, size_t item,
    enum answers_role role, const char *part, size_t n)
{
	const char *id = f->items[item].q->id;
	struct answers_slot *s = &f->slots[f->nslots];

	*s = (struct answers_slot){.role = role, .item = item, .n = n};
	s->name =
	    part == NULL ? id : copl_arena_printf(f->arena, "%s.%s", id, part);
	if (s->name == NULL ||
	    !copl_map_put(&f->names, s->name, f->nslots, NULL))
		return COPL_E_NOMEM;
	f->nslots++;
	return COPL_OK;
}

static enum copl_status add_options(
    struct copl_answer_form *f, size_t item, enum answers_role role)
{
	const struct copl_choices *c = f->items[item].q->choices;
	enum copl_status st = COPL_OK;
	size_t i;

	for (i = 0; c != NULL && i < c->n && st == COPL_OK; i++)
		if (role != ANSWERS_OTHER || c->options[i].other)
			st = add_slot(f, item, role, c->options[i].value, i);
	return st;
}

static enum copl_status add_rows(struct copl_answer_form *f, size_t item)
{
	const struct copl_question *q = f->items[item].q;
	enum copl_status st = COPL_OK;
	size_t i;

	for (i = 0; i < q->nrows && st == COPL_OK; i++)
		st = add_slot(f, item, ANSWERS_ROW, q->rows[i].id, i);
	return st;
}

static enum copl_status add_date(struct copl_answer_form *f, size_t item)
{
	const struct copl_question *q = f->items[item].q;
	enum copl_status st = add_slot(f, item, ANSWERS_YEAR, "year", 0);

	if (st == COPL_OK && q->precision != COPL_DATE_YEAR)
		st = add_slot(f, item, ANSWERS_MONTH, "month", 0);
	if (st == COPL_OK && q->precision == COPL_DATE_DAY)
		st = add_slot(f, item, ANSWERS_DAY, "day", 0);
	return st;
}

static enum copl_status add_slots(struct copl_answer_form *f, size_t item)
{
	enum copl_question_kind kind = f->items[item].q->kind;
	enum copl_status st;

	f->items[item].first = f->nslots;
	if (kind == COPL_GRID)
		st = add_rows(f, item);
	else if (kind == COPL_RANK)
		st = add_options(f, item, ANSWERS_PLACE);
	else if (kind == COPL_DATE)
		st = add_date(f, item);
	else
		st = add_slot(f, item, ANSWERS_VALUE, NULL, 0);
	if (st == COPL_OK &&
	    (kind == COPL_CHOOSE_ONE || kind == COPL_CHOOSE_MANY))
		st = add_options(f, item, ANSWERS_OTHER);
	f->items[item].nslots = f->nslots - f->items[item].first;
	return st;
}

/* ---- the form ---- */

static enum copl_status make_room(struct copl_answer_form *f)
{
	size_t slots = 0, i, k;

	for (i = 0; i < f->form->nsections; i++)
		for (k = 0; k < f->form->sections[i].nitems; k++)
			slots += count_slots(&f->form->sections[i].items[k]);
	if (slots > SLOTS_MAX)
		return COPL_E_LIMIT;
	f->items = copl_arena_alloc(
	    f->arena, (f->form->nquestions + 1) * sizeof(*f->items));
	f->slots = copl_arena_alloc(f->arena, (slots + 1) * sizeof(*f->slots));
	if (f->items == NULL || f->slots == NULL ||
	    !copl_map_room(&f->names, slots) ||
	    !copl_map_room(&f->questions, f->form->nquestions))
		return COPL_E_NOMEM;
	return COPL_OK;
}

static enum copl_status list_items(struct copl_answer_form *f)
{
	enum copl_status st = make_room(f);
	size_t i, k;

	for (i = 0; i < f->form->nsections; i++) {
		const struct copl_section *s = &f->form->sections[i];

		for (k = 0; k < s->nitems && st == COPL_OK; k++) {
			if (s->items[k].kind == COPL_NOTE_ITEM)
				continue;
			f->items[f->nitems] = (struct answers_item){
			    .q = &s->items[k], .section = s};
			if (!copl_map_put(
				&f->questions, s->items[k].id, f->nitems, NULL))
				return COPL_E_NOMEM;
			st = add_slots(f, f->nitems++);
		}
	}
	return st;
}

/* ---- whose it is ---- */

static const char *root_attr(
    struct copl_answer_form *f, const char *name, struct copl_reporter *r)
{
	return copl_xml_get(
	    xmlDocGetRootElement(f->xml->doc), name, f->arena, r);
}

/*
 * Sets of older programs do not say the age, and without it nobody can tell
 * whose guardian must have agreed.
 */
static enum copl_status read_age(
    struct copl_answer_form *f, const char *name, struct copl_reporter *r)
{
	const char *age = root_attr(f, "guardian-age", r);
	uint64_t n = 0;

	f->guardian_age = -1;
	if (age != NULL && copl_number_parse(age, 120, &n))
		f->guardian_age = (int)n;
	else if (f->recipient == NULL && !r->nomem &&
		 copl_form_asks_guardian_age(f->form)) {
		copl_report(r, COPL_ERROR, "answer-guardian-age",
		    (struct copl_place){name, 1, 0},
		    _("this form does not say below which age a guardian must "
		      "agree, so its answers cannot be judged: install a "
		      "release that was built with this version of cop-l10n "
		      "or a later one"));
		return COPL_E_INVALID;
	}
	return r->nomem ? COPL_E_NOMEM : COPL_OK;
}

static enum copl_status read_whose(struct copl_answer_form *f, const char *name,
    int guardian_age, struct copl_reporter *r)
{
	const char *draft = root_attr(f, "draft", r);

	f->draft = draft != NULL && strcmp(draft, "yes") == 0;
	f->recipient = root_attr(f, "recipient", r);
	if (guardian_age == COPL_GUARDIAN_AGE_OF_FORM)
		return read_age(f, name, r);
	f->guardian_age = guardian_age;
	return r->nomem ? COPL_E_NOMEM : COPL_OK;
}

static enum copl_status read_form(struct copl_answer_form *f, const char *xml,
    size_t len, const char *name, struct copl_reporter *r)
{
	enum copl_status st =
	    copl_xml_read(xml, len, name, COPL_XML_STRICT, r, &f->xml);

	if (st != COPL_OK)
		return st;
	st = copl_form_read_localized(f->xml, r, &f->form);
	return st == COPL_OK ? list_items(f) : st;
}

enum copl_status copl_answer_form_read(const char *xml, size_t len,
    const char *name, int guardian_age, struct copl_reporter *r,
    struct copl_answer_form **out)
{
	struct copl_answer_form *f = calloc(1, sizeof(*f));
	enum copl_status st = COPL_E_NOMEM;

	*out = NULL;
	if (f == NULL)
		return st;
	f->arena = copl_arena_new();
	if (f->arena != NULL)
		st = read_form(f, xml, len, name, r);
	if (st == COPL_OK)
		st = read_whose(f, name, guardian_age, r);
	if (st == COPL_OK)
		*out = f;
	else
		copl_answer_form_free(f);
	return st;
}

void copl_answer_form_free(struct copl_answer_form *f)
{
	if (f == NULL)
		return;
	copl_form_free(f->form);
	copl_xml_free(f->xml);
	copl_map_free(&f->names);
	copl_map_free(&f->questions);
	copl_arena_free(f->arena);
	free(f);
}

const struct copl_form *copl_answer_form_typed(const struct copl_answer_form *f)
{
	return f->form;
}

int copl_answer_form_guardian_age(const struct copl_answer_form *f)
{
	return f->guardian_age;
}

const char *copl_answer_form_recipient(const struct copl_answer_form *f)
{
	return f->recipient;
}

bool copl_answer_form_draft(const struct copl_answer_form *f)
{
	return f->draft;
}
