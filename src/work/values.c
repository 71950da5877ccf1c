/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Dates, numbers and lists as the languages write them.  ICU is slow to
 * start, and most values come again, for the next recipient at the latest.
 */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include "locale/locale.h"
#include "work/params.h"

#define NOON (12 * INT64_C(3600))
#define VALUE_MAX ((size_t)4096)
#define LIST_MAX ((size_t)1 << 20)

struct copl_value {
	enum copl_param_type type;
	const char *tag; /* the project's string */
	const char *zone; /* date; NULL: the instant's own */
	struct copl_instant at; /* date */
	const char *number; /* number, percent */
	const char *text;
};

static bool same(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static bool same_value(const struct copl_value *a, const struct copl_value *b)
{
	return a->type == b->type && a->tag == b->tag &&
	       a->at.seconds == b->at.seconds && a->at.offset == b->at.offset &&
	       same(a->zone, b->zone) && same(a->number, b->number);
}

static const char *known(
    const struct copl_values *all, const struct copl_value *v)
{
	size_t i;

	for (i = 0; i < all->n; i++)
		if (same_value(&all->list[i], v))
			return all->list[i].text;
	return NULL;
}

static enum copl_status keep(
    struct copl_values *all, const struct copl_value *v)
{
	struct copl_value *list =
	    copl_grow(all->list, all->n, &all->room, sizeof(*list));

	if (list == NULL)
		return COPL_E_NOMEM;
	all->list = list;
	list[all->n] = *v;
	if (v->number != NULL) {
		list[all->n].number = copl_arena_strdup(all->arena, v->number);
		if (list[all->n].number == NULL)
			return COPL_E_NOMEM;
	}
	all->n++;
	return COPL_OK;
}

static enum copl_status format(
    const struct copl_value *v, struct copl_strbuf *out)
{
	if (v->type == COPL_PARAM_DATE)
		return copl_locale_date(v->tag, v->at, v->zone, COPL_DAY, out);
	if (v->type == COPL_PARAM_PERCENT)
		return copl_locale_percent(v->tag, v->number, out);
	return copl_locale_decimal(v->tag, v->number, out);
}

static enum copl_status value_text(
    struct copl_values *all, struct copl_value *v, const char **out)
{
	struct copl_strbuf text = COPL_STRBUF_INIT(VALUE_MAX);
	enum copl_status st;

	*out = known(all, v);
	if (*out != NULL)
		return COPL_OK;
	st = format(v, &text);
	if (st == COPL_OK) {
		v->text =
		    copl_arena_strdup(all->arena, copl_strbuf_text(&text));
		st = v->text == NULL ? COPL_E_NOMEM : keep(all, v);
		*out = v->text;
	}
	copl_strbuf_clear(&text);
	return st;
}

enum copl_status copl_values_date(struct copl_values *all, const char *tag,
    struct copl_instant at, const char *zone, const char **out)
{
	struct copl_value v = {
	    .type = COPL_PARAM_DATE, .tag = tag, .zone = zone, .at = at};

	return value_text(all, &v, out);
}

enum copl_status copl_values_day(
    struct copl_values *all, const char *tag, const char *day, const char **out)
{
	struct copl_instant at = {0, 0};

	if (!copl_date_parse(day, &at.seconds)) {
		*out = day;
		return COPL_OK;
	}
	at.seconds += NOON;
	return copl_values_date(all, tag, at, NULL, out);
}

enum copl_status copl_values_number(struct copl_values *all, const char *tag,
    enum copl_param_type type, const char *number, const char **out)
{
	struct copl_value v = {.type = type, .tag = tag, .number = number};

	return value_text(all, &v, out);
}

enum copl_status copl_values_list(struct copl_values *all, const char *tag,
    const char *const *items, size_t n, const char **out)
{
	struct copl_strbuf text = COPL_STRBUF_INIT(LIST_MAX);
	enum copl_status st = copl_locale_list(tag, items, n, &text);

	if (st == COPL_OK) {
		*out = copl_arena_strdup(all->arena, copl_strbuf_text(&text));
		st = *out == NULL ? COPL_E_NOMEM : COPL_OK;
	}
	copl_strbuf_clear(&text);
	return st;
}

void copl_values_free(struct copl_values *v)
{
	free(v->list);
	v->list = NULL;
	v->n = 0;
	v->room = 0;
}
