/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "build/build_priv.h"

/* First strong isolate and its end: a value keeps its own direction. */
#define FSI "\xe2\x81\xa8"
#define PDI "\xe2\x81\xa9"
#define NOON (12 * INT64_C(3600))
#define VALUE_MAX ((size_t)4096)

/* ---- dates: ICU is slow to start, and most dates come again ---- */

struct build_date {
	const char *tag;
	const char *zone;
	struct copl_instant at;
	const char *text;
};

static bool same_zone(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static const char *known_date(const struct build *b, const char *tag,
    const char *zone, struct copl_instant at)
{
	size_t i;

	for (i = 0; i < b->ndates; i++) {
		const struct build_date *d = &b->dates[i];

		if (d->at.seconds == at.seconds && d->at.offset == at.offset &&
		    d->tag == tag && same_zone(d->zone, zone))
			return d->text;
	}
	return NULL;
}

static enum copl_status keep_date(
    struct build *b, const struct build_date *date)
{
	struct build_date *list =
	    copl_grow(b->dates, b->ndates, &b->dates_room, sizeof(*list));

	if (list == NULL)
		return COPL_E_NOMEM;
	b->dates = list;
	list[b->ndates++] = *date;
	return COPL_OK;
}

static enum copl_status date_text(struct build *b, const char *tag,
    struct copl_instant at, const char *zone, const char **out)
{
	struct copl_strbuf text = COPL_STRBUF_INIT(VALUE_MAX);
	struct build_date date = {tag, zone, at, NULL};
	enum copl_status st;

	*out = known_date(b, tag, zone, at);
	if (*out != NULL)
		return COPL_OK;
	st = copl_locale_date(tag, at, zone, COPL_DAY, &text);
	if (st == COPL_OK) {
		date.text =
		    copl_arena_strdup(b->arena, copl_strbuf_text(&text));
		st = date.text == NULL ? COPL_E_NOMEM : keep_date(b, &date);
		*out = date.text;
	}
	copl_strbuf_clear(&text);
	return st;
}

/* A day of the calendar, the same everywhere: no zone may move it. */
static enum copl_status day_text(
    struct build *b, const char *tag, const char *day, const char **out)
{
	struct copl_instant at = {0, 0};

	if (!copl_date_parse(day, &at.seconds)) {
		*out = day;
		return COPL_OK;
	}
	at.seconds += NOON;
	return date_text(b, tag, at, NULL, out);
}

/* ---- values ---- */

struct asked {
	struct build *b;
	const struct copl_form *form;
	const struct copl_recipient *recipient;
	const struct build_language *l;
	const char *office;
};

static enum copl_status instant_value(
    const struct asked *a, const struct copl_instant *at, const char **out)
{
	const char *zone = a->recipient->zone;

	return date_text(
	    a->b, a->l->language->tag, *at, zone == NULL ? "UTC" : zone, out);
}

static enum copl_status age_value(const struct asked *a, const char **out)
{
	*out = copl_arena_printf(a->b->arena, "%d", a->recipient->guardian_age);
	return *out == NULL ? COPL_E_NOMEM : COPL_OK;
}

/* What the project or the form gives; *out NULL: nothing of that name. */
static enum copl_status given_value(
    const struct asked *a, const char *name, const char **out)
{
	*out = NULL;
	if (strcmp(name, "office") == 0)
		*out = a->office;
	else if (strcmp(name, "contact") == 0)
		*out = a->recipient->email;
	else if (strcmp(name, "guardian_age") == 0 &&
		 a->recipient->guardian_age >= 0)
		return age_value(a, out);
	else if (strcmp(name, "opens") == 0 && a->form->opens != NULL)
		return instant_value(a, a->form->opens, out);
	else if (strcmp(name, "closes") == 0)
		return instant_value(a, &a->form->closes, out);
	else if (strcmp(name, "keep_until") == 0 && a->form->keep_until != NULL)
		return day_text(
		    a->b, a->l->language->tag, a->form->keep_until, out);
	return COPL_OK;
}

static enum copl_status put(
    const struct asked *a, const char *name, struct build_params *out)
{
	const char *value = NULL;
	enum copl_status st = given_value(a, name, &value);

	if (st != COPL_OK || value == NULL)
		return st;
	out->list[out->n].name = name;
	out->list[out->n++].value = value;
	return COPL_OK;
}

static bool has(const struct build_params *p, const char *name)
{
	size_t i;

	for (i = 0; i < p->n; i++)
		if (strcmp(p->list[i].name, name) == 0)
			return true;
	return false;
}

static enum copl_status put_declared(const struct asked *a,
    const struct copl_form_param *param, struct build_params *out)
{
	const char *value = param->value;
	enum copl_status st = COPL_OK;

	if (has(out, param->name) || value == NULL)
		return COPL_OK;
	if (param->type == COPL_PARAM_DATE)
		st = day_text(a->b, a->l->language->tag, value, &value);
	if (st != COPL_OK)
		return st;
	out->list[out->n].name = param->name;
	out->list[out->n++].value = value;
	return COPL_OK;
}

enum copl_status build_params_make(struct build *b,
    const struct copl_form *form, size_t recipient,
    const struct build_language *l, struct build_params *out)
{
	static const char *const names[] = {"office", "contact", "guardian_age",
	    "opens", "closes", "keep_until"};
	const struct asked a = {b, form, &b->project->recipients[recipient], l,
	    l->names[recipient]};
	enum copl_status st = COPL_OK;
	size_t i;

	*out = (struct build_params){.arena = b->arena, .isolate = l->rtl};
	out->list = copl_arena_alloc(
	    b->arena, (COPL_COUNT(names) + form->nparams) * sizeof(*out->list));
	if (out->list == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < COPL_COUNT(names) && st == COPL_OK; i++)
		st = put(&a, names[i], out);
	for (i = 0; i < form->nparams && st == COPL_OK; i++)
		st = put_declared(&a, &form->params[i], out);
	return st;
}

const char *build_params_get(void *arg, const char *name, size_t len)
{
	struct build_params *p = arg;
	const char *value;
	size_t i;

	for (i = 0; i < p->n; i++)
		if (strlen(p->list[i].name) == len &&
		    memcmp(p->list[i].name, name, len) == 0)
			break;
	if (i == p->n)
		return NULL;
	if (!p->isolate)
		return p->list[i].value;
	value = copl_arena_printf(p->arena, FSI "%s" PDI, p->list[i].value);
	if (value == NULL)
		p->nomem = true;
	return value;
}

const char *build_params_fill(
    struct build *b, const struct build_params *p, const char *text)
{
	struct copl_strbuf out = COPL_STRBUF_INIT(COPL_XML_MAX);
	struct build_params plain = *p;
	char *copy = NULL;
	size_t len = 0;

	plain.isolate = false;
	while (*text != '\0') {
		const char *name = copl_placeholder(text, &len);
		const char *value =
		    name == NULL ? NULL : build_params_get(&plain, name, len);

		if (value != NULL) {
			copl_strbuf_puts(&out, value);
			text += len + 2;
			continue;
		}
		/* "{{" is one brace that is meant. */
		copl_strbuf_add(&out, text, 1);
		text +=
		    (*text == '{' || *text == '}') && text[1] == *text ? 2 : 1;
	}
	if (out.st == COPL_OK)
		copy = copl_arena_strdup(b->arena, copl_strbuf_text(&out));
	copl_strbuf_clear(&out);
	return copy;
}
