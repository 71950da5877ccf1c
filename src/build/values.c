/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Dates, numbers and lists as the languages write them.  ICU is slow to
 * start, and most values come again, for the next recipient at the latest.
 */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include "build/build_priv.h"

#define NOON (12 * INT64_C(3600))
#define VALUE_MAX ((size_t)4096)
#define LIST_MAX ((size_t)1 << 20)

struct build_value {
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

static bool same_value(const struct build_value *a, const struct build_value *b)
{
	return a->type == b->type && a->tag == b->tag &&
	       a->at.seconds == b->at.seconds && a->at.offset == b->at.offset &&
	       same(a->zone, b->zone) && same(a->number, b->number);
}

static const char *known(const struct build *b, const struct build_value *v)
{
	size_t i;

	for (i = 0; i < b->nvalues; i++)
		if (same_value(&b->values[i], v))
			return b->values[i].text;
	return NULL;
}

static enum copl_status keep(struct build *b, const struct build_value *v)
{
	struct build_value *list =
	    copl_grow(b->values, b->nvalues, &b->values_room, sizeof(*list));

	if (list == NULL)
		return COPL_E_NOMEM;
	b->values = list;
	list[b->nvalues] = *v;
	if (v->number != NULL) {
		list[b->nvalues].number =
		    copl_arena_strdup(b->arena, v->number);
		if (list[b->nvalues].number == NULL)
			return COPL_E_NOMEM;
	}
	b->nvalues++;
	return COPL_OK;
}

static enum copl_status format(
    const struct build_value *v, struct copl_strbuf *out)
{
	if (v->type == COPL_PARAM_DATE)
		return copl_locale_date(v->tag, v->at, v->zone, COPL_DAY, out);
	if (v->type == COPL_PARAM_PERCENT)
		return copl_locale_percent(v->tag, v->number, out);
	return copl_locale_decimal(v->tag, v->number, out);
}

static enum copl_status value_text(
    struct build *b, struct build_value *v, const char **out)
{
	struct copl_strbuf text = COPL_STRBUF_INIT(VALUE_MAX);
	enum copl_status st;

	*out = known(b, v);
	if (*out != NULL)
		return COPL_OK;
	st = format(v, &text);
	if (st == COPL_OK) {
		v->text = copl_arena_strdup(b->arena, copl_strbuf_text(&text));
		st = v->text == NULL ? COPL_E_NOMEM : keep(b, v);
		*out = v->text;
	}
	copl_strbuf_clear(&text);
	return st;
}

enum copl_status build_date_text(struct build *b, const char *tag,
    struct copl_instant at, const char *zone, const char **out)
{
	struct build_value v = {
	    .type = COPL_PARAM_DATE, .tag = tag, .zone = zone, .at = at};

	return value_text(b, &v, out);
}

enum copl_status build_day_text(
    struct build *b, const char *tag, const char *day, const char **out)
{
	struct copl_instant at = {0, 0};

	if (!copl_date_parse(day, &at.seconds)) {
		*out = day;
		return COPL_OK;
	}
	at.seconds += NOON;
	return build_date_text(b, tag, at, NULL, out);
}

enum copl_status build_number_text(struct build *b, const char *tag,
    enum copl_param_type type, const char *number, const char **out)
{
	struct build_value v = {.type = type, .tag = tag, .number = number};

	return value_text(b, &v, out);
}

enum copl_status build_list_text(struct build *b, const char *tag,
    const char *const *items, size_t n, const char **out)
{
	struct copl_strbuf text = COPL_STRBUF_INIT(LIST_MAX);
	enum copl_status st = copl_locale_list(tag, items, n, &text);

	if (st == COPL_OK) {
		*out = copl_arena_strdup(b->arena, copl_strbuf_text(&text));
		st = *out == NULL ? COPL_E_NOMEM : COPL_OK;
	}
	copl_strbuf_clear(&text);
	return st;
}
