/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include "base/bidi.h"
#include "locale/locale.h"
#include "work/params.h"

/* ---- values ---- */

struct asked {
	struct copl_values *v;
	const struct copl_params_for *who;
};

static enum copl_status instant_value(
    const struct asked *a, const struct copl_instant *at, const char **out)
{
	const char *zone = a->who->recipient->zone;

	return copl_values_date(
	    a->v, a->who->tag, *at, zone == NULL ? "UTC" : zone, out);
}

static enum copl_status age_value(const struct asked *a, const char **out)
{
	char age[16];

	snprintf(age, sizeof(age), "%d", a->who->guardian_age);
	return copl_values_number(
	    a->v, a->who->tag, COPL_PARAM_NUMBER, age, out);
}

/* What the project or the form gives; *out NULL: nothing of that name. */
static enum copl_status given_value(
    const struct asked *a, const char *name, const char **out)
{
	*out = NULL;
	if (strcmp(name, "office") == 0)
		*out = a->who->office;
	else if (strcmp(name, "contact") == 0)
		*out = a->who->recipient->email;
	else if (strcmp(name, "guardian_age") == 0 && a->who->guardian_age >= 0)
		return age_value(a, out);
	else if (strcmp(name, "opens") == 0 && a->who->form->opens != NULL)
		return instant_value(a, a->who->form->opens, out);
	else if (strcmp(name, "closes") == 0)
		return instant_value(a, &a->who->form->closes, out);
	else if (strcmp(name, "keep_until") == 0 &&
		 a->who->form->keep_until != NULL)
		return copl_values_day(
		    a->v, a->who->tag, a->who->form->keep_until, out);
	return COPL_OK;
}

static enum copl_status put(
    const struct asked *a, const char *name, struct copl_params *out)
{
	const char *value = NULL;
	enum copl_status st = given_value(a, name, &value);

	if (st != COPL_OK || value == NULL)
		return st;
	out->list[out->n].name = name;
	out->list[out->n++].value = value;
	return COPL_OK;
}

static bool has(const struct copl_params *p, const char *name)
{
	size_t i;

	for (i = 0; i < p->n; i++)
		if (strcmp(p->list[i].name, name) == 0)
			return true;
	return false;
}

/* Labels may hold other values, of which these are the ones so far. */
static enum copl_status list_value(const struct asked *a,
    const struct copl_choices *list, const struct copl_params *values,
    const char **out)
{
	struct copl_arena *arena = a->v->arena;
	const char **items =
	    copl_arena_alloc(arena, (list->n + 1) * sizeof(*items));
	struct copl_reporter r;
	size_t n = 0, i;

	if (items == NULL)
		return COPL_E_NOMEM;
	copl_reporter_init(&r, NULL);
	for (i = 0; i < list->n; i++) {
		const struct copl_option *o = &list->options[i];
		const char *label;

		if (copl_option_apart(o))
			continue;
		label = copl_xml_get_text(copl_form_text(a->who->form, o->label,
					      a->who->guardian_age),
		    arena, &r);
		items[n] =
		    label == NULL ? NULL : copl_params_fill(values, label);
		if (items[n++] == NULL)
			return COPL_E_NOMEM;
	}
	return copl_values_list(a->v, a->who->tag, items, n, out);
}

static enum copl_status declared_value(const struct asked *a,
    const struct copl_form_param *param, const struct copl_params *values,
    const char **out)
{
	const char *tag = a->who->tag;

	*out = param->value;
	if (param->list != NULL)
		return list_value(a, param->list, values, out);
	if (param->value == NULL)
		return COPL_OK;
	switch (param->type) {
	case COPL_PARAM_DATE:
		return copl_values_day(a->v, tag, param->value, out);
	case COPL_PARAM_NUMBER:
	case COPL_PARAM_PERCENT:
		return copl_values_number(
		    a->v, tag, param->type, param->value, out);
	case COPL_PARAM_TEXT:
	case COPL_PARAM_EMAIL:
	case COPL_PARAM_URL:
	case COPL_PARAM_LIST:
		break;
	}
	return COPL_OK;
}

static enum copl_status put_declared(const struct asked *a,
    const struct copl_form_param *param, struct copl_params *out)
{
	const char *value = NULL;
	enum copl_status st;

	if (has(out, param->name))
		return COPL_OK;
	st = declared_value(a, param, out, &value);
	if (st != COPL_OK || value == NULL)
		return st;
	out->list[out->n].name = param->name;
	out->list[out->n++].value = value;
	return COPL_OK;
}

/* Lists come last, because their labels may hold the other values. */
static enum copl_status put_all_declared(const struct asked *a,
    const struct copl_form *form, struct copl_params *out)
{
	enum copl_status st = COPL_OK;
	size_t i;

	for (i = 0; i < form->nparams && st == COPL_OK; i++)
		if (form->params[i].list == NULL)
			st = put_declared(a, &form->params[i], out);
	for (i = 0; i < form->nparams && st == COPL_OK; i++)
		if (form->params[i].list != NULL)
			st = put_declared(a, &form->params[i], out);
	return st;
}

enum copl_status copl_params_make(struct copl_values *v,
    const struct copl_params_for *who, struct copl_params *out)
{
	static const char *const names[] = {"office", "contact", "guardian_age",
	    "opens", "closes", "keep_until"};
	const struct asked a = {v, who};
	enum copl_status st = COPL_OK;
	size_t i;

	*out = (struct copl_params){.arena = v->arena,
	    .isolate = strcmp(copl_locale_dir(who->tag), "rtl") == 0,
	    .form = who->form,
	    .guardian_age = who->guardian_age};
	out->list = copl_arena_alloc(v->arena,
	    (COPL_COUNT(names) + who->form->nparams) * sizeof(*out->list));
	if (out->list == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < COPL_COUNT(names) && st == COPL_OK; i++)
		st = put(&a, names[i], out);
	return st == COPL_OK ? put_all_declared(&a, who->form, out) : st;
}

const char *copl_params_get(void *arg, const char *name, size_t len)
{
	struct copl_params *p = arg;
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
	value = copl_arena_printf(
	    p->arena, COPL_FSI "%s" COPL_PDI, p->list[i].value);
	if (value == NULL)
		p->nomem = true;
	return value;
}

bool copl_params_count(void *arg, const char *name, unsigned long *n)
{
	const struct copl_params *p = arg;

	return copl_form_number(p->form, name, p->guardian_age, n);
}

const char *copl_params_fill(const struct copl_params *p, const char *text)
{
	struct copl_strbuf out = COPL_STRBUF_INIT(COPL_XML_MAX);
	struct copl_params plain = *p;
	char *copy = NULL;
	size_t len = 0;

	plain.isolate = false;
	while (*text != '\0') {
		const char *name = copl_placeholder(text, &len);
		const char *value =
		    name == NULL ? NULL : copl_params_get(&plain, name, len);

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
		copy = copl_arena_strdup(p->arena, copl_strbuf_text(&out));
	copl_strbuf_clear(&out);
	return copy;
}
