/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rules about the whole form: times, people, parameters, what is unused. */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "form/form_priv.h"

#define ADULT_AGE 18

/* ---- times and ages ---- */

static void check_times(struct copl_form_reader *rd, const xmlNode *about)
{
	const struct copl_form *f = rd->form;
	const xmlNode *closes = copl_form_child(about, "closes");
	int64_t keep;

	if (closes == NULL || f->closes.seconds == INT64_MAX)
		return;
	if (f->opens != NULL && f->closes.seconds <= f->opens->seconds)
		copl_report(rd->r, COPL_ERROR, "form-closes",
		    copl_form_attr_at(rd, closes, "at"),
		    _("the form closes before it opens: choose a later time"));
	/* The last day belongs to the time during which answers are kept. */
	if (f->keep_until != NULL && copl_date_parse(f->keep_until, &keep) &&
	    keep + 86400 <= f->closes.seconds)
		copl_report(rd->r, COPL_ERROR, "form-keep-until",
		    copl_form_attr_at(rd, f->privacy, "keep-until"),
		    _("the answers would be deleted before the form closes: "
		      "choose a later day"));
}

static void check_audience(struct copl_form_reader *rd, const xmlNode *about)
{
	const struct copl_form *f = rd->form;
	const xmlNode *audience = copl_form_child(about, "audience");

	if (audience != NULL && f->max_age >= 0 && f->max_age < f->min_age)
		copl_report(rd->r, COPL_ERROR, "form-bounds",
		    copl_form_attr_at(rd, audience, "max-age"),
		    _("max-age is lower than min-age: correct one of the "
		      "two"));
	if (audience == NULL && !rd->localized)
		copl_report(rd->r, COPL_WARNING, "form-no-audience",
		    copl_form_at(rd, about),
		    _("nothing says for which ages the form is: add <audience "
		      "min-age=\"...\"/>"));
}

/* ---- parameters ---- */

/* Values that come from the project or from the form itself. */
static const struct {
	const char *name;
	enum copl_param_type type;
	const char *type_name;
} sources[] = {
    {"office", COPL_PARAM_TEXT, "text"},
    {"contact", COPL_PARAM_EMAIL, "email"},
    {"guardian_age", COPL_PARAM_NUMBER, "number"},
    {"opens", COPL_PARAM_DATE, "date"},
    {"closes", COPL_PARAM_DATE, "date"},
    {"keep_until", COPL_PARAM_DATE, "date"},
};

static bool is_value_of(enum copl_param_type type, const char *s)
{
	int64_t n;

	switch (type) {
	case COPL_PARAM_TEXT:
		return s[strspn(s, " \t\r\n")] != '\0';
	case COPL_PARAM_DATE:
		return copl_date_parse(s, &n);
	case COPL_PARAM_EMAIL:
		return copl_shape_is_email(s);
	case COPL_PARAM_NUMBER:
	case COPL_PARAM_PERCENT:
		return copl_form_decimal(s, &n);
	case COPL_PARAM_LIST:
		return true;
	case COPL_PARAM_URL:
		return copl_shape_is_address(s);
	}
	return false;
}

/* What a value looks like, a translated clause. */
static const char *looks_like(enum copl_param_type type)
{
	if (type == COPL_PARAM_DATE)
		return _("write a day such as \"2027-12-31\"");
	if (type == COPL_PARAM_EMAIL)
		return _("write an e-mail address such as \"cop@example.org\"");
	if (type == COPL_PARAM_NUMBER || type == COPL_PARAM_PERCENT)
		return _("write a number such as \"10\" or \"0.5\"");
	if (type == COPL_PARAM_URL)
		return _("write an address that begins with https://");
	return _("write another value, or change the type");
}

static void check_own_value(
    struct copl_form_reader *rd, const struct copl_form_param *p)
{
	if (p->type == COPL_PARAM_LIST)
		return;
	if (p->value == NULL)
		copl_report(rd->r, COPL_ERROR, "form-param-source",
		    copl_form_at(rd, p->node),
		    _("nothing gives {%s} a value: add value=\"...\""),
		    copl_form_shown(rd, p->name));
	else if (!is_value_of(p->type, p->value))
		copl_report(rd->r, COPL_ERROR, "form-param-value",
		    copl_form_attr_at(rd, p->node, "value"),
		    _("\"%s\" is not a value of this type of parameter: %s"),
		    copl_form_shown(rd, p->value), looks_like(p->type));
}

/* What <about> lacks to fill a parameter; NULL: nothing. */
static const char *lacking(const struct copl_form *f, const char *name)
{
	if (strcmp(name, "opens") == 0 && f->opens == NULL)
		return "<opens at=\"...\"/>";
	if (strcmp(name, "keep_until") == 0 && f->keep_until == NULL)
		return "<privacy keep-until=\"...\">";
	return NULL;
}

/* A type that is none has been reported already. */
static bool type_is_known(
    struct copl_form_reader *rd, const struct copl_form_param *p)
{
	const char *type = copl_form_get(rd, p->node, "type");

	return type != NULL && copl_form_word_in(PARAM_TYPES, type);
}

static void check_given_value(struct copl_form_reader *rd,
    const struct copl_form_param *p, enum copl_param_type type,
    const char *type_name)
{
	const char *missing = lacking(rd->form, p->name);

	if (missing != NULL)
		copl_report(rd->r, COPL_ERROR, "form-param-source",
		    copl_form_at(rd, p->node),
		    _("{%s} has no value in this form: add %s"), p->name,
		    missing);
	if (p->value != NULL)
		copl_report(rd->r, COPL_ERROR, "form-param-source",
		    copl_form_attr_at(rd, p->node, "value"),
		    _("{%s} gets its value from the project or the form: "
		      "remove \"value\" or choose another name"),
		    p->name);
	if (type_is_known(rd, p) && p->type != type)
		copl_report(rd->r, COPL_ERROR, "form-param-type",
		    copl_form_attr_at(rd, p->node, "type"),
		    _("{%s} is always of this type: write type=\"%s\""),
		    p->name, type_name);
}

static void check_param(
    struct copl_form_reader *rd, const struct copl_form_param *p)
{
	size_t i;

	if (p->name == NULL)
		return;
	for (i = 0; i < COPL_COUNT(sources); i++) {
		if (strcmp(sources[i].name, p->name) != 0)
			continue;
		check_given_value(rd, p, sources[i].type, sources[i].type_name);
		return;
	}
	check_own_value(rd, p);
}

void copl_form_check_about(struct copl_form_reader *rd)
{
	const xmlNode *about =
	    copl_form_child(xmlDocGetRootElement(rd->xml->doc), "about");
	size_t i;

	if (about == NULL)
		return;
	check_times(rd, about);
	check_audience(rd, about);
	for (i = 0; i < rd->form->nparams; i++)
		check_param(rd, &rd->form->params[i]);
}

/* ---- people: consent and help ---- */

static const struct copl_question *consent_of(
    const struct copl_form_reader *rd, bool guardian)
{
	size_t i;

	for (i = 0; i < rd->nitems; i++)
		if (rd->items[i]->kind == COPL_CONSENT &&
		    rd->items[i]->guardian == guardian)
			return rd->items[i];
	return NULL;
}

/* A slip in "yes" has been reported as such. */
static bool says_optional(
    struct copl_form_reader *rd, const struct copl_question *q)
{
	const char *s = copl_form_get(rd, q->node, "required");

	return s == NULL || strcmp(s, "no") == 0;
}

static void check_consent(
    struct copl_form_reader *rd, const xmlNode *audience, bool guardian)
{
	const struct copl_question *q = consent_of(rd, guardian);

	if (q == NULL && guardian)
		copl_report(rd->r, COPL_ERROR, "form-consent",
		    copl_form_attr_at(rd, audience, "min-age"),
		    _("the form is for people under %d, so a parent or "
		      "guardian must agree: add a question <consent "
		      "by=\"guardian\" required=\"yes\">"),
		    ADULT_AGE);
	else if (q == NULL)
		copl_report(rd->r, COPL_ERROR, "form-consent",
		    copl_form_attr_at(rd, audience, "min-age"),
		    _("the form is for people under %d, and they must agree "
		      "themselves: add a question <consent "
		      "by=\"participant\" required=\"yes\">"),
		    ADULT_AGE);
	else if (!q->required && says_optional(rd, q))
		copl_report(rd->r, COPL_ERROR, "form-consent",
		    copl_form_at(rd, q->node),
		    _("the form is for people under %d, so this consent "
		      "needs required=\"yes\""),
		    ADULT_AGE);
}

static void check_help(struct copl_form_reader *rd)
{
	const struct copl_question *q = copl_form_confides(rd->form);

	if (q != NULL && q->sensitive)
		copl_report(rd->r, COPL_ERROR, "form-no-help",
		    copl_form_attr_at(rd, q->node, "sensitive"),
		    _("a form with a sensitive question needs <help> at the "
		      "end of <about>: say who helps"));
	else if (q != NULL)
		copl_report(rd->r, COPL_ERROR, "form-no-help",
		    copl_form_at(rd, q->node),
		    _("here people can write what hurts them, so the form "
		      "needs <help> at the end of <about>: say who helps"));
}

void copl_form_check_people(struct copl_form_reader *rd)
{
	const struct copl_form *f = rd->form;
	const xmlNode *about =
	    copl_form_child(xmlDocGetRootElement(rd->xml->doc), "about");
	const xmlNode *audience =
	    about == NULL ? NULL : copl_form_child(about, "audience");

	if (audience != NULL && f->min_age >= 0 && f->min_age < ADULT_AGE) {
		check_consent(rd, audience, false);
		check_consent(rd, audience, true);
	}
	if (about != NULL && f->help == NULL)
		check_help(rd);
}

/* ---- what nobody uses ---- */

void copl_form_check_unused(struct copl_form_reader *rd)
{
	const struct copl_form *f = rd->form;
	size_t i;

	for (i = 0; i < f->nparams; i++)
		if (!rd->param_used[i] && f->params[i].name != NULL)
			copl_report(rd->r, COPL_WARNING, "form-unused",
			    copl_form_at(rd, f->params[i].node),
			    _("no text uses {%s}: remove this <param>"),
			    copl_form_shown(rd, f->params[i].name));
	for (i = 0; i < f->nlinks; i++)
		if (!rd->link_used[i] && f->links[i].id != NULL)
			copl_report(rd->r, COPL_WARNING, "form-unused",
			    copl_form_at(rd, f->links[i].node),
			    _("no <a to=\"%s\"> uses this <link>: remove it"),
			    copl_form_shown(rd, f->links[i].id));
	for (i = 0; i < f->nchoices; i++)
		if (!rd->choices_used[i] && f->choices[i].id != NULL)
			copl_report(rd->r, COPL_WARNING, "form-unused",
			    copl_form_at(rd, f->choices[i].node),
			    _("no question uses the list \"%s\": remove it"),
			    copl_form_shown(rd, f->choices[i].id));
}
