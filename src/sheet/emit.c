/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The XML of a form, and from which cell each byte of it came. */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "form/form.h"
#include "sheet/sheet_priv.h"

#define ITS_NS "http://www.w3.org/2005/11/its"

/* What is written from here on came from that cell. */
static void mark(struct sheet *sh, size_t row, size_t column)
{
	struct sheet_span *list =
	    copl_grow(sh->spans, sh->nspans, &sh->spans_room, sizeof(*list));

	if (list == NULL) {
		sh->r->nomem = true;
		return;
	}
	sh->spans = list;
	list[sh->nspans++] = (struct sheet_span){sh->xml.len, row, column};
}

static void put(struct sheet *sh, const char *s)
{
	copl_strbuf_puts(&sh->xml, s);
}

static void indent(struct sheet *sh, unsigned depth)
{
	while (depth-- > 0)
		put(sh, "  ");
}

/* ---- attributes ---- */

/*
 * Those of one element.  They are written in an order of their own, so that
 * the order of a table's columns changes nothing.
 */
#define ATTRS_MAX (COPL_SHEET_COLUMNS_MAX + 4)
struct attrs {
	struct sheet *sh;
	const struct sheet_item *item;
	struct {
		const char *name;
		const char *value;
		size_t column;
	} list[ATTRS_MAX];
	size_t n;
};

static void put_attr(
    struct attrs *as, size_t column, const char *name, const char *value)
{
	if (value == NULL || as->n == ATTRS_MAX)
		return;
	as->list[as->n].name = name;
	as->list[as->n].value = value;
	as->list[as->n++].column = column;
}

static size_t rank_of(const char *name)
{
	static const char *const order[] = {"id", "name", "type", "version",
	    "xml:lang", "prevails", "dir", "at", "min-age", "max-age", "href",
	    "recipient", "per-language", "keep-until", "kind", "order", "by",
	    "use", "from", "to", "min", "max", "step", "top", "lines",
	    "maxlength", "precision", "value", "exclusive", "other", "from-age",
	    "shuffle", "required", "sensitive", "when", "example", "count",
	    "maxchars", "translate", "xml:space", "note"};
	size_t i = 0;

	while (i < COPL_COUNT(order) && strcmp(order[i], name) != 0)
		i++;
	return i;
}

static void end_attrs(struct attrs *as)
{
	struct sheet *sh = as->sh;
	size_t rank, i;

	/* The last rank is that of all others, as they come. */
	for (rank = 0; rank <= rank_of(""); rank++) {
		for (i = 0; i < as->n; i++) {
			if (rank_of(as->list[i].name) != rank)
				continue;
			mark(sh, as->item->row, as->list[i].column);
			copl_strbuf_printf(
			    &sh->xml, " %s=\"", as->list[i].name);
			copl_xml_put_attr(&sh->xml, as->list[i].value);
			put(sh, "\"");
		}
	}
}

/* "0,5" as half of the world writes it; anything else stays. */
static const char *decimal(struct sheet *sh, const char *s)
{
	const char *comma = strchr(s, ',');
	char *copy;

	if (comma == NULL ||
	    strspn(s + (*s == '-'), "0123456789,") + (*s == '-') != strlen(s) ||
	    strchr(comma + 1, ',') != NULL)
		return s;
	copy = sheet_copy(sh, s, strlen(s));
	if (copy != NULL)
		copy[comma - s] = '.';
	return copy;
}

static const char *yes_no(const char *s)
{
	int yes = sheet_yes_no(s);

	return yes < 0 ? s : yes > 0 ? "yes" : "no";
}

static const char *shaped(struct sheet *sh, const struct sheet_item *item,
    size_t column, enum sheet_shape shape, const char *cell)
{
	switch (shape) {
	case SHEET_AS_IS:
		return cell;
	case SHEET_WORD:
		return sheet_trimmed(sh, cell);
	case SHEET_YES_NO:
		return yes_no(sheet_trimmed(sh, cell));
	case SHEET_DECIMAL:
		return decimal(sh, sheet_trimmed(sh, cell));
	case SHEET_CONDITION:
		return sheet_condition(sh, item->row, column, cell);
	}
	return cell;
}

/* The value of a parameter is what its type says. */
static enum sheet_shape shape_of(
    const struct sheet_item *item, const struct sheet_attr *a)
{
	const char *type = item->type.arg;

	if (item->kind == SHEET_PARAM && a->field == SHEET_COL_VALUE &&
	    type != NULL &&
	    (strcmp(type, "number") == 0 || strcmp(type, "percent") == 0))
		return SHEET_DECIMAL;
	return a->shape;
}

/* The attributes that have columns of their own. */
static void put_own_attrs(struct attrs *as)
{
	const struct sheet_item *item = as->item;
	struct sheet *sh = as->sh;
	const struct sheet_row *row = &sh->rows[item->row];
	size_t i;

	for (i = 0; i < sh->ncolumns && i < row->n; i++) {
		const struct sheet_attr *a =
		    sheet_attr_of(item->kind, sh->columns[i].field);

		if (a != NULL && row->cells[i] != NULL)
			put_attr(as, i, a->attr,
			    shaped(
				sh, item, i, shape_of(item, a), row->cells[i]));
	}
}

/* Those of a text or, for ALL, of what holds the texts. */
static void put_text_attrs(struct attrs *as, enum sheet_part part)
{
	const struct sheet_item *item = as->item;
	struct sheet *sh = as->sh;
	const struct sheet_row *row = &sh->rows[item->row];
	size_t i;

	for (i = 0; i < sh->ncolumns && i < row->n; i++) {
		const struct sheet_column *c = &sh->columns[i];
		const char *cell = row->cells[i];

		if (c->field != SHEET_COL_TEXT_ATTR || c->part != part ||
		    cell == NULL)
			continue;
		if (strcmp(c->attr, "translate") == 0)
			cell = yes_no(sheet_trimmed(sh, cell));
		else if (strcmp(c->attr, "note") != 0)
			cell = sheet_trimmed(sh, cell);
		put_attr(as, i, c->attr, cell);
	}
}

static size_t type_column(const struct sheet *sh)
{
	size_t column = 0;

	(void)sheet_cell(sh, 0, SHEET_COL_TYPE, &column);
	return column;
}

/* XLSForm's words for what other columns say here. */
static void put_appearance(struct attrs *as)
{
	const struct sheet_item *item = as->item;
	struct sheet *sh = as->sh;
	size_t column = 0;
	const char *cell =
	    sheet_cell(sh, item->row, SHEET_COL_APPEARANCE, &column);

	if (cell == NULL || item->broken ||
	    (item->kind != SHEET_TEXT && item->kind != SHEET_DATE))
		return;
	cell = sheet_trimmed(sh, cell);
	if (item->kind == SHEET_TEXT && strcmp(cell, "multiline") == 0 &&
	    sheet_cell(sh, item->row, SHEET_COL_LINES, NULL) == NULL)
		put_attr(as, column, "lines", "5");
	else if (item->kind == SHEET_DATE &&
		 sheet_cell(sh, item->row, SHEET_COL_PRECISION, NULL) == NULL &&
		 (strcmp(cell, "month-year") == 0 || strcmp(cell, "year") == 0))
		put_attr(as, column, "precision",
		    strcmp(cell, "year") == 0 ? "year" : "month");
	else
		sheet_report(sh, COPL_ERROR, "sheet-value", item->row, column,
		    _("\"%s\" means nothing here: use multiline for a text, "
		      "month-year or year for a date, or leave it empty"),
		    sheet_shown(sh, cell));
}

/* What the type says, or implies when nothing else is said. */
static void put_type_attrs(struct attrs *as)
{
	const struct sheet_item *item = as->item;
	struct sheet *sh = as->sh;
	const char *arg = item->type.arg;
	size_t at = type_column(sh), row = item->row;

	switch ((int)item->kind) {
	case SHEET_FORM:
		if (sheet_cell(sh, row, SHEET_COL_VERSION, NULL) == NULL)
			put_attr(as, at, "version", "1");
		break;
	case SHEET_CHOICES:
		if (arg == NULL)
			arg = sheet_cell(sh, row, SHEET_COL_NAME, &at);
		if (arg != NULL)
			arg = sheet_trimmed(sh, arg);
		put_attr(as, at, "id", arg);
		break;
	case SHEET_ONE:
	case SHEET_MANY:
	case SHEET_GRID:
		put_attr(as, at, "use", arg);
		break;
	case SHEET_PARAM:
		put_attr(as, at, "type", arg == NULL ? "text" : arg);
		break;
	case SHEET_CONSENT:
		put_attr(as, at, "by", arg == NULL ? "participant" : arg);
		break;
	case SHEET_NUMBER:
		if (item->type.integer &&
		    sheet_cell(sh, row, SHEET_COL_STEP, NULL) == NULL)
			put_attr(as, at, "step", "1");
		break;
	default:
		break;
	}
	put_appearance(as);
}

/* Which attributes an element gets. */
#define OWN 1u
#define BY_TYPE 2u
#define OF_TEXT 4u

static void put_attrs(struct sheet *sh, const struct sheet_item *item,
    unsigned which, enum sheet_part part)
{
	struct attrs as = {.sh = sh, .item = item};

	if ((which & OWN) != 0)
		put_own_attrs(&as);
	if ((which & BY_TYPE) != 0)
		put_type_attrs(&as);
	if ((which & OF_TEXT) != 0)
		put_text_attrs(&as, part);
	end_attrs(&as);
}

/* ---- elements ---- */

/* "<option value=...": the start tag but for its end. */
static void begin(struct sheet *sh, const struct sheet_item *item,
    const char *element, unsigned depth)
{
	mark(sh, item->row, type_column(sh));
	indent(sh, depth);
	copl_strbuf_printf(&sh->xml, "<%s", element);
}

static void end(struct sheet *sh, const char *element, unsigned depth)
{
	indent(sh, depth);
	copl_strbuf_printf(&sh->xml, "</%s>\n", element);
}

static bool keeps_space(
    const struct sheet *sh, const struct sheet_item *item, enum sheet_part part)
{
	const char *own =
	    sheet_part_cell(sh, item->row, part, "xml:space", NULL);

	if (own == NULL && part != SHEET_ALL)
		own = sheet_part_cell(
		    sh, item->row, SHEET_ALL, "xml:space", NULL);
	return own == NULL ? item->preserve : strstr(own, "preserve") != NULL;
}

/* The text of a part behind its start tag, and the end tag. */
static void put_content(struct sheet *sh, const struct sheet_item *item,
    enum sheet_part part, const char *element)
{
	size_t column = type_column(sh);
	const char *cell = sheet_part_cell(sh, item->row, part, NULL, &column);

	put(sh, ">");
	mark(sh, item->row, column);
	if (cell != NULL && !keeps_space(sh, item, part))
		cell = sheet_trimmed(sh, cell);
	if (cell != NULL)
		sheet_put_markup(sh, item->row, column, cell,
		    keeps_space(sh, item, part), &sh->xml);
	copl_strbuf_printf(&sh->xml, "</%s>\n", element);
}

/* An element that holds the text of a part, if there is one. */
static void put_text(struct sheet *sh, const struct sheet_item *item,
    enum sheet_part part, unsigned depth)
{
	const char *element = sheet_part_element(item->kind, part);
	size_t column = SHEET_NOWHERE;

	if (!sheet_part_allowed(item->kind, part) ||
	    sheet_part_cell(sh, item->row, part, NULL, &column) == NULL)
		return;
	mark(sh, item->row, column);
	indent(sh, depth);
	copl_strbuf_printf(&sh->xml, "<%s", element);
	put_attrs(sh, item, OF_TEXT, part);
	put_content(sh, item, part, element);
}

/* A row that is one element with its text: option, title, bullet, ... */
static void put_line(
    struct sheet *sh, const struct sheet_item *item, unsigned depth)
{
	const char *element = sheet_kind_element(item->kind);

	begin(sh, item, element, depth);
	put_attrs(sh, item, OWN | OF_TEXT, SHEET_LABEL);
	put_content(sh, item, SHEET_LABEL, element);
}

/* A row that is one element without text: closes, param, ... */
static void put_empty(
    struct sheet *sh, const struct sheet_item *item, unsigned depth)
{
	begin(sh, item, sheet_kind_element(item->kind), depth);
	put_attrs(sh, item, OWN | BY_TYPE | OF_TEXT, SHEET_LABEL);
	put(sh, "/>\n");
}

/* "<bullets>" for a row of its own, or for the bullets that follow. */
static void begin_bullets(
    struct sheet *sh, const struct sheet_item *item, unsigned depth)
{
	begin(sh, item, "bullets", depth);
	if (item->kind == SHEET_BULLETS)
		put_attrs(sh, item, OF_TEXT, SHEET_ALL);
	put(sh, ">\n");
}

static void put_flow(struct sheet *sh, struct sheet_item *item, unsigned depth)
{
	const char *element = sheet_kind_element(item->kind);
	bool open = false, all = keeps_space(sh, item, SHEET_ALL), kept = all;
	struct sheet_item *child;

	begin(sh, item, element, depth);
	put_attrs(sh, item, OWN | OF_TEXT, SHEET_ALL);
	put(sh, ">\n");
	put_text(sh, item, SHEET_LABEL, depth + 1);
	for (child = item->first; child != NULL; child = child->next) {
		bool bullet = child->kind == SHEET_BULLET;

		child->preserve = bullet ? kept : all;
		if (open && !bullet) {
			end(sh, "bullets", depth + 1);
			open = false;
			kept = all;
		}
		if (!open && child->kind != SHEET_PARAGRAPH) {
			begin_bullets(sh, child, depth + 1);
			open = true;
		}
		if (child->kind == SHEET_BULLETS)
			kept = keeps_space(sh, child, SHEET_ALL);
		else
			put_line(sh, child, depth + 1 + bullet);
	}
	if (open)
		end(sh, "bullets", depth + 1);
	end(sh, element, depth);
}

static void put_children(
    struct sheet *sh, const struct sheet_item *item, unsigned depth)
{
	bool preserve = keeps_space(sh, item, SHEET_ALL);
	struct sheet_item *child;

	for (child = item->first; child != NULL; child = child->next) {
		child->preserve = preserve;
		put_line(sh, child, depth);
	}
}

static void put_question(
    struct sheet *sh, const struct sheet_item *item, unsigned depth)
{
	const char *element = sheet_kind_element(item->kind);

	begin(sh, item, element, depth);
	put_attrs(sh, item, OWN | BY_TYPE | OF_TEXT, SHEET_ALL);
	put(sh, ">\n");
	put_text(sh, item, SHEET_LABEL, depth + 1);
	put_text(sh, item, SHEET_HINT, depth + 1);
	put_text(sh, item, SHEET_UNIT, depth + 1);
	put_text(sh, item, SHEET_LOW, depth + 1);
	put_text(sh, item, SHEET_HIGH, depth + 1);
	put_children(sh, item, depth + 1);
	put_text(sh, item, SHEET_ERROR, depth + 1);
	end(sh, element, depth);
}

/* ---- the parts of a form, in their order ---- */

static void put_about(struct sheet *sh)
{
	size_t kind;

	put(sh, "\n  <about>\n");
	for (kind = SHEET_TITLE; kind <= SHEET_HELP; kind++) {
		struct sheet_item *item = sh->about[kind];

		for (; item != NULL; item = item->next) {
			if (sheet_kind_in(kind, SHEET_FLOWS))
				put_flow(sh, item, 2);
			else if (sheet_kind_label(kind) != NULL)
				put_line(sh, item, 2);
			else
				put_empty(sh, item, 2);
		}
	}
	mark(sh, SHEET_NOWHERE, SHEET_NOWHERE);
	put(sh, "  </about>\n");
}

static void put_choices(struct sheet *sh)
{
	const struct sheet_item *item;

	for (item = sh->choices; item != NULL; item = item->next) {
		put(sh, "\n");
		begin(sh, item, "choices", 1);
		put_attrs(sh, item, OWN | BY_TYPE, SHEET_ALL);
		put(sh, ">\n");
		put_children(sh, item, 2);
		end(sh, "choices", 1);
	}
}

/* What stands in a section, and its end. */
static void put_items(struct sheet *sh, const struct sheet_item *section)
{
	struct sheet_item *item;

	for (item = section->first; item != NULL; item = item->next)
		if (item->kind == SHEET_INTRO)
			put_flow(sh, item, 2);
	for (item = section->first; item != NULL; item = item->next) {
		if (item->kind == SHEET_NOTE)
			put_flow(sh, item, 2);
		else if (item->kind != SHEET_INTRO)
			put_question(sh, item, 2);
	}
	end(sh, "section", 1);
}

static void put_section(struct sheet *sh, const struct sheet_item *section)
{
	put(sh, "\n");
	if (section->implied) {
		begin(sh, section, "section", 1);
		copl_strbuf_printf(&sh->xml,
		    " id=\"section_%zu\"><title>-</title>\n", section->row);
		put_items(sh, section);
		return;
	}
	begin(sh, section, "section", 1);
	put_attrs(sh, section, OWN, SHEET_ALL);
	put(sh, ">\n");
	put_text(sh, section, SHEET_LABEL, 2);
	put_items(sh, section);
}

/* Is any attribute of ITS used? */
static bool needs_its(const struct sheet *sh)
{
	size_t i, k;

	for (i = 0; i < sh->ncolumns; i++)
		if (sh->columns[i].field == SHEET_COL_TEXT_ATTR &&
		    strncmp(sh->columns[i].attr, "its:", 4) == 0)
			return true;
	for (i = 1; i < sh->nrows; i++)
		for (k = 0; k < sh->rows[i].n; k++)
			if (sh->rows[i].cells[k] != NULL &&
			    strstr(sh->rows[i].cells[k], " its:") != NULL)
				return true;
	return false;
}

void sheet_emit(struct sheet *sh)
{
	const struct sheet_item *section;

	mark(sh, SHEET_NOWHERE, SHEET_NOWHERE);
	put(sh, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<consultation xmlns=\"" COPL_FORM_NS "\"");
	if (needs_its(sh))
		put(sh, " xmlns:its=\"" ITS_NS "\" its:version=\"2.0\"");
	if (sh->form != NULL) {
		put_attrs(sh, sh->form, OWN | BY_TYPE, SHEET_ALL);
	}
	mark(sh, SHEET_NOWHERE, SHEET_NOWHERE);
	put(sh, ">\n");
	put_about(sh);
	put_choices(sh);
	for (section = sh->sections; section != NULL; section = section->next)
		put_section(sh, section);
	put(sh, "\n");
	if (sh->thanks != NULL)
		put_flow(sh, sh->thanks, 1);
	mark(sh, SHEET_NOWHERE, SHEET_NOWHERE);
	put(sh, "</consultation>\n");
}
