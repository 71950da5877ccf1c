/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Rows become the form they describe: each finds what it belongs to.  Rows
 * about the form and lists of answers may stand anywhere.
 */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "sheet/sheet_priv.h"

struct plan {
	struct sheet *sh;
	struct sheet_item *section; /* that rows go into */
	struct sheet_item *answers; /* that options go into */
	struct sheet_item *grid;
	struct sheet_item *flow; /* that paragraphs go into */
	struct sheet_item *intro; /* of the section */
};

static void append(struct sheet_item **first, struct sheet_item **last,
    struct sheet_item *item)
{
	if (*last == NULL)
		*first = item;
	else
		(*last)->next = item;
	*last = item;
}

static void into(struct sheet_item *parent, struct sheet_item *item)
{
	append(&parent->first, &parent->last, item);
}

static void misplaced(
    struct plan *p, const struct sheet_item *item, const char *sentence)
{
	size_t column = 0;

	if (item->broken)
		return; /* nobody knows what it is */
	(void)sheet_cell(p->sh, item->row, SHEET_COL_TYPE, &column);
	sheet_report(p->sh, COPL_ERROR, "sheet-order", item->row, column, "%s",
	    sentence);
}

static void repeated(struct plan *p, const struct sheet_item *item,
    const struct sheet_item *before)
{
	size_t column = 0;

	(void)sheet_cell(p->sh, item->row, SHEET_COL_TYPE, &column);
	sheet_report(p->sh, COPL_ERROR, "sheet-order", item->row, column,
	    _("a form has only one \"%s\", and that is row %zu"),
	    item->type.word, p->sh->rows[before->row].number);
}

/* ---- rows inside others ---- */

static void place_option(struct plan *p, struct sheet_item *item)
{
	if (p->answers != NULL)
		into(p->answers, item);
	else
		misplaced(p, item,
		    _("an option stands below its question or below "
		      "\"choices NAME\""));
}

static void place_row(struct plan *p, struct sheet_item *item)
{
	if (p->grid != NULL)
		into(p->grid, item);
	else
		misplaced(p, item, _("a row stands below its grid"));
}

static void place_text(struct plan *p, struct sheet_item *item)
{
	if (p->flow != NULL)
		into(p->flow, item);
	else
		misplaced(p, item,
		    _("a paragraph or bullet stands below a privacy, help, "
		      "intro, note or thanks row"));
}

/* ---- rows that begin something ---- */

static void place_about(struct plan *p, struct sheet_item *item)
{
	struct sheet *sh = p->sh;
	enum sheet_kind kind = item->kind;
	struct sheet_item *before = sh->about[kind];
	bool flow = sheet_kind_in(kind, SHEET_FLOWS);

	if (before != NULL && flow) {
		item->kind = SHEET_PARAGRAPH;
		into(before, item);
	} else if (before != NULL && kind != SHEET_PARAM &&
		   kind != SHEET_LINK) {
		repeated(p, item, before);
	} else {
		append(&sh->about[kind], &sh->about_last[kind], item);
	}
	p->flow = flow ? sh->about[kind] : NULL;
}

static void place_thanks(struct plan *p, struct sheet_item *item)
{
	if (p->sh->thanks == NULL) {
		p->sh->thanks = item;
	} else {
		item->kind = SHEET_PARAGRAPH;
		into(p->sh->thanks, item);
	}
	p->flow = p->sh->thanks;
}

static void place_intro(struct plan *p, struct sheet_item *item)
{
	if (p->section == NULL) {
		misplaced(p, item,
		    _("an intro stands in a section: add a row begin_group "
		      "above it"));
		return;
	}
	if (p->intro == NULL) {
		p->intro = item;
		into(p->section, item);
	} else {
		item->kind = SHEET_PARAGRAPH;
		into(p->intro, item);
	}
	p->flow = p->intro;
}

static void place_section(struct plan *p, struct sheet_item *item)
{
	if (p->section != NULL && p->section->type.group)
		misplaced(p, item,
		    _("a section cannot stand in a section: end the one above "
		      "with a row end_group"));
	append(&p->sh->sections, &p->sh->sections_last, item);
	p->section = item;
	p->intro = NULL;
}

static void place_end(struct plan *p, struct sheet_item *item)
{
	if (p->section == NULL)
		misplaced(
		    p, item, _("there is no begin_group for this end_group"));
	p->section = NULL;
}

static void remember_question(struct plan *p, struct sheet_item *item)
{
	struct sheet *sh = p->sh;
	const char *name = sheet_cell(sh, item->row, SHEET_COL_NAME, NULL);
	struct sheet_item **list;

	if (name == NULL)
		return;
	list = copl_grow(sh->items, sh->nitems, &sh->items_room, sizeof(*list));
	if (list == NULL) {
		sh->r->nomem = true;
		return;
	}
	sh->items = list;
	list[sh->nitems] = item;
	if (!copl_map_put(
		&sh->names, sheet_trimmed(sh, name), sh->nitems++, NULL))
		sh->r->nomem = true;
}

/* Told once: the questions that follow are in a section all the same. */
static void imply_section(struct plan *p, const struct sheet_item *item)
{
	struct sheet_item *section;

	misplaced(p, item,
	    _("questions and notes stand in sections: add a row begin_group "
	      "with a name and a title above it"));
	section = sheet_alloc(p->sh, sizeof(*section));
	if (section == NULL)
		return;
	section->kind = SHEET_SECTION;
	section->row = item->row;
	section->broken = section->implied = true;
	append(&p->sh->sections, &p->sh->sections_last, section);
	p->section = section;
	p->intro = NULL;
}

static void place_question(struct plan *p, struct sheet_item *item)
{
	if (p->section == NULL)
		imply_section(p, item);
	if (p->section != NULL)
		into(p->section, item);
	remember_question(p, item);
	if (item->kind == SHEET_ONE || item->kind == SHEET_MANY ||
	    item->kind == SHEET_RANK)
		p->answers = item;
	if (item->kind == SHEET_GRID || item->broken)
		p->grid = item;
	if (item->kind == SHEET_NOTE || item->broken)
		p->flow = item;
}

static void place_form(struct plan *p, struct sheet_item *item)
{
	if (p->sh->form != NULL)
		repeated(p, item, p->sh->form);
	else
		p->sh->form = item;
}

/* Rows that belong to the one above; false: it is another. */
static bool place_below(struct plan *p, struct sheet_item *item)
{
	switch ((int)item->kind) {
	case SHEET_OPTION:
		place_option(p, item);
		return true;
	case SHEET_ROW:
		place_row(p, item);
		return true;
	case SHEET_PARAGRAPH:
	case SHEET_BULLETS:
	case SHEET_BULLET:
		place_text(p, item);
		return true;
	}
	return false;
}

static void place_choices(struct plan *p, struct sheet_item *item)
{
	append(&p->sh->choices, &p->sh->choices_last, item);
	p->answers = item;
}

static void place(struct plan *p, struct sheet_item *item)
{
	if (place_below(p, item))
		return;
	p->answers = p->grid = p->flow = NULL;
	if (item->kind == SHEET_FORM)
		place_form(p, item);
	else if (item->kind == SHEET_CHOICES)
		place_choices(p, item);
	else if (item->kind == SHEET_SECTION)
		place_section(p, item);
	else if (item->kind == SHEET_END)
		place_end(p, item);
	else if (item->kind == SHEET_INTRO)
		place_intro(p, item);
	else if (item->kind == SHEET_THANKS)
		place_thanks(p, item);
	else if (item->kind <= SHEET_HELP)
		place_about(p, item);
	else
		place_question(p, item);
}

/* ---- the type of a row ---- */

/* Reads what was probably meant into *guess, so that less else is wrong. */
static void unknown_type(
    struct sheet *sh, size_t row, const char *cell, struct sheet_type *guess)
{
	const char *near = sheet_type_near(cell, sh->arena);
	size_t column = 0;

	(void)sheet_cell(sh, row, SHEET_COL_TYPE, &column);
	if (near != NULL &&
	    sheet_type_read(near, sh->arena, guess) != SHEET_TYPE_OK)
		sh->r->nomem = true;
	if (near != NULL)
		sheet_report(sh, COPL_ERROR, "sheet-type-unknown", row, column,
		    _("there is no type \"%s\"; did you mean \"%s\"?"),
		    sheet_shown(sh, cell), near);
	else
		sheet_report(sh, COPL_ERROR, "sheet-type-unknown", row, column,
		    _("there is no type \"%s\": see cop-l10n-form(1) for the "
		      "types"),
		    sheet_shown(sh, cell));
}

static void missing_type(struct sheet *sh, size_t row)
{
	size_t column = 0;

	(void)sheet_cell(sh, row, SHEET_COL_TYPE, &column);
	sheet_report(sh, COPL_ERROR, "sheet-cell-missing", row, column,
	    _("this row has no type: write option for an answer, row for a "
	      "line of a grid, text, select_one and so on for a question"));
}

/*
 * What cannot be read stands for what was probably meant, else for a
 * question, so that its name is known.
 */
static void read_type(struct plan *p, struct sheet_item *item)
{
	struct sheet *sh = p->sh;
	struct sheet_type guess = {SHEET_ONE, "select_one", NULL, 0, 0};
	const char *cell = sheet_cell(sh, item->row, SHEET_COL_TYPE, NULL);
	size_t column = 0;

	item->broken = true;
	if (cell == NULL) {
		missing_type(sh, item->row);
		if (p->answers != NULL)
			guess.kind = SHEET_OPTION;
		else if (p->grid != NULL)
			guess.kind = SHEET_ROW;
	} else {
		cell = sheet_trimmed(sh, cell);
		switch (sheet_type_read(cell, sh->arena, &item->type)) {
		case SHEET_TYPE_OK:
			item->kind = item->type.kind;
			item->broken = false;
			return;
		case SHEET_TYPE_UNSUPPORTED:
			(void)sheet_cell(
			    sh, item->row, SHEET_COL_TYPE, &column);
			sheet_report(sh, COPL_ERROR, "sheet-type-unsupported",
			    item->row, column,
			    _("\"%s\" is a type of XLSForm that no form can "
			      "hold: remove the row"),
			    sheet_shown(sh, cell));
			break;
		case SHEET_TYPE_UNKNOWN:
			unknown_type(sh, item->row, cell, &guess);
			break;
		case SHEET_TYPE_NOMEM:
			sh->r->nomem = true;
			break;
		}
	}
	item->type = guess;
	item->kind = guess.kind;
}

/* ---- what no form can do without ---- */

static void check_there(struct sheet *sh, const struct sheet_item *item,
    enum sheet_kind kind, const char *example)
{
	if (item == NULL)
		sheet_report(sh, COPL_ERROR, "sheet-row-missing", SHEET_NOWHERE,
		    SHEET_NOWHERE,
		    _("the table needs a row of type \"%s\": %s"),
		    sheet_kind_type(kind), example);
}

static void check_complete(struct sheet *sh)
{
	check_there(sh, sh->form, SHEET_FORM,
	    _("a short name of the form in the column name, its language, "
	      "such as en, in the column language"));
	check_there(sh, sh->about[SHEET_TITLE], SHEET_TITLE,
	    _("the title in the column label"));
	check_there(sh, sh->about[SHEET_CLOSES], SHEET_CLOSES,
	    _("the moment in the column value, such as "
	      "2027-03-31T12:00:00Z"));
	check_there(sh, sh->about[SHEET_PRIVACY], SHEET_PRIVACY,
	    _("who reads the answers, why and how long, in the column label"));
	check_there(sh, sh->sections, SHEET_SECTION,
	    _("a name and a title; the questions stand below it"));
	check_there(sh, sh->thanks, SHEET_THANKS,
	    _("the last words in the column label"));
}

void sheet_plan(struct sheet *sh)
{
	struct plan p = {.sh = sh};
	size_t i;

	for (i = 1; i < sh->nrows && !sh->r->nomem; i++) {
		struct sheet_item *item = sheet_alloc(sh, sizeof(*item));

		if (item == NULL)
			return;
		item->row = i;
		read_type(&p, item);
		place(&p, item);
		sheet_check_cells(sh, item);
	}
	if (p.section != NULL && p.section->type.group)
		misplaced(&p, p.section,
		    _("there is no end_group for this begin_group"));
	check_complete(sh);
	sheet_check_names(sh);
}
