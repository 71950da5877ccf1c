/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Texts with a form for each kind of number. */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "form/form_priv.h"

#define COUNT_MAX 1000000000
/* Where the language is not in the table: as in most of them. */
#define USUAL "nplurals=2; plural=(n != 1);"
/* Numbers that a finding shows for each form, and how far it looks. */
#define SHOWN 3
#define TRIED 200

/* ---- which form ---- */

static const char *count_of(const xmlNode *n)
{
	const xmlAttr *a = n->type == XML_ELEMENT_NODE
			       ? xmlHasNsProp(n, (const xmlChar *)"count", NULL)
			       : NULL;

	if (a == NULL)
		return NULL;
	return a->children == NULL ? "" : (const char *)a->children->content;
}

bool copl_form_counts(const xmlNode *n)
{
	return count_of(n) != NULL;
}

/* A text that fell back to its source counts as that language does. */
static const char *lang_of(const struct copl_form *f, const xmlNode *text)
{
	const xmlAttr *own =
	    xmlHasNsProp(text, (const xmlChar *)"lang", XML_XML_NAMESPACE);

	return own == NULL || own->children == NULL
		   ? f->lang
		   : (const char *)own->children->content;
}

/* Is the rule of the text's language known?  Without it, the usual one. */
static bool rule_of(
    const struct copl_form *f, const xmlNode *text, struct copl_plural *out)
{
	const char *lang = lang_of(f, text);

	if (lang != NULL && copl_plural_of(lang, out))
		return true;
	(void)copl_plural_parse(USUAL, out);
	return false;
}

bool copl_form_number(const struct copl_form *f, const char *name,
    int guardian_age, unsigned long *n)
{
	const struct copl_form_param *p =
	    copl_form_param(f, name, strlen(name));
	uint64_t value;

	if (strcmp(name, "guardian_age") == 0) {
		*n = guardian_age < 0 ? 0 : (unsigned long)guardian_age;
		return guardian_age >= 0;
	}
	if (p == NULL || p->value == NULL ||
	    !copl_number_parse(p->value, COUNT_MAX, &value))
		return false;
	*n = (unsigned long)value;
	return true;
}

const xmlNode *copl_form_text(
    const struct copl_form *f, const xmlNode *text, int guardian_age)
{
	const char *name = text == NULL ? NULL : count_of(text);
	const xmlNode *form, *last = text;
	struct copl_plural rule;
	unsigned long number;
	unsigned want = UINT32_MAX, k = 0;

	if (name == NULL)
		return text;
	(void)rule_of(f, text, &rule);
	if (copl_form_number(f, name, guardian_age, &number) &&
	    !copl_plural_form(&rule, number, &want))
		want = UINT32_MAX;
	for (form = copl_xml_first(text); form != NULL;
	     form = copl_xml_next(form)) {
		last = form;
		if (k++ == want)
			break;
	}
	return last;
}

/* ---- the number ---- */

static void unknown_number(
    struct copl_form_reader *rd, const xmlNode *n, const char *name)
{
	struct copl_form_suggest s = copl_form_suggest_for(rd, name);
	size_t i;

	for (i = 0; i < rd->form->nparams; i++)
		if (rd->form->params[i].type == COPL_PARAM_NUMBER)
			copl_form_suggest_offer(&s, rd->form->params[i].name);
	rd->unknown = true;
	copl_report(rd->r, COPL_ERROR, "form-unknown-param",
	    copl_form_attr_at(rd, n, "count"),
	    _("{%s} is not declared by a <param> in <about>%s"),
	    copl_form_shown(rd, name), copl_form_suggest_end(rd, &s));
}

/* False: it is no number that a form could follow. */
static bool check_number(
    struct copl_form_reader *rd, const xmlNode *n, const char *name)
{
	const struct copl_form_param *p =
	    copl_form_param(rd->form, name, strlen(name));
	uint64_t value;

	if (p == NULL) {
		unknown_number(rd, n, name);
		return false;
	}
	rd->param_used[p - rd->form->params] = true;
	if (p->type != COPL_PARAM_NUMBER) {
		copl_report(rd->r, COPL_ERROR, "form-plural",
		    copl_form_attr_at(rd, n, "count"),
		    _("the form of a text follows a number, but {%s} is of "
		      "another type: declare it with type=\"number\""),
		    copl_form_shown(rd, name));
		return false;
	}
	if (p->value != NULL && !copl_number_parse(p->value, COUNT_MAX, &value))
		copl_report(rd->r, COPL_ERROR, "form-plural",
		    copl_form_attr_at(rd, n, "count"),
		    _("the form of a text follows a whole number, but {%s} is "
		      "%s"),
		    copl_form_shown(rd, name), copl_form_shown(rd, p->value));
	return true;
}

/* ---- the forms ---- */

/* "1 form: 0, 1, 2 …" for each form of the language; never NULL. */
static const char *numbers_of(
    struct copl_form_reader *rd, const struct copl_plural *rule)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(2000);
	const char *text = NULL;
	unsigned long n;
	unsigned k, f, hits;

	for (k = 0; k < rule->n; k++) {
		copl_strbuf_printf(&b, k == 0 ? "%u." : "; %u.", k + 1);
		for (n = hits = 0; n <= TRIED && hits <= SHOWN; n++) {
			if (!copl_plural_form(rule, n, &f) || f != k)
				continue;
			if (hits++ < SHOWN)
				copl_strbuf_printf(
				    &b, hits == 1 ? " %lu" : ", %lu", n);
		}
		copl_strbuf_puts(&b, hits > SHOWN ? " …" : "");
	}
	if (b.st == COPL_OK)
		text = copl_arena_strdup(rd->form->arena, copl_strbuf_text(&b));
	copl_strbuf_clear(&b);
	if (text == NULL)
		rd->r->nomem = true;
	return text == NULL ? "" : text;
}

static void check_forms(struct copl_form_reader *rd, const xmlNode *n,
    const struct copl_plural *rule)
{
	size_t have = copl_form_count(n, "form");

	if (have == rule->n || have == 0)
		return;
	copl_report(rd->r, COPL_ERROR, "form-plural", copl_form_at(rd, n),
	    _("a text in \"%s\" has %u plural forms, but %zu stand here; the "
	      "numbers of each: %s"),
	    rd->form->lang == NULL ? "" : rd->form->lang, rule->n, have,
	    numbers_of(rd, rule));
}

static bool names(
    struct copl_form_reader *rd, const xmlNode *form, const char *name)
{
	const char *s = copl_xml_get_text(form, rd->form->arena, rd->r);
	size_t len;

	for (; s != NULL && (s = strchr(s, '{')) != NULL; s++) {
		const char *p = copl_placeholder(s, &len);

		if (s[1] == '{')
			s++;
		else if (p != NULL && strlen(name) == len &&
			 memcmp(p, name, len) == 0)
			return true;
	}
	return false;
}

/* Only a form for one number may say it in words: "one day". */
static void check_placeholders(struct copl_form_reader *rd, const xmlNode *n,
    const char *name, struct copl_plural *rule)
{
	const xmlNode *form = copl_xml_first(n);
	unsigned k;

	for (k = 0; form != NULL && k < rule->n;
	     form = copl_xml_next(form), k++)
		if (!copl_plural_serves_one(rule, k) && !names(rd, form, name))
			copl_report(rd->r, COPL_ERROR, "form-plural",
			    copl_form_at(rd, form),
			    _("this form is for more than one number and must "
			      "show it: write {%s} in it"),
			    copl_form_shown(rd, name));
}

static void check_text(
    struct copl_form_reader *rd, const xmlNode *n, const char *name)
{
	struct copl_plural rule;
	bool known, number;

	known = rule_of(rd->form, n, &rule);
	number = check_number(rd, n, name);
	if (known || !rd->localized)
		check_forms(rd, n, &rule);
	if (number && !rd->localized && copl_form_count(n, "form") == rule.n)
		check_placeholders(rd, n, name, &rule);
}

/* The parser bounds the depth. */
static void check_all(struct copl_form_reader *rd, const xmlNode *parent)
{
	const xmlNode *n;

	for (n = copl_xml_first(parent); n != NULL; n = copl_xml_next(n)) {
		const struct copl_form_element *e =
		    copl_xml_is(n, COPL_FORM_NS, NULL)
			? copl_form_element((const char *)n->name)
			: NULL;
		const char *name = count_of(n);

		if (e != NULL && copl_form_may_count(e) && name != NULL)
			check_text(rd, n, name);
		else
			check_all(rd, n);
	}
}

void copl_form_check_plurals(struct copl_form_reader *rd)
{
	check_all(rd, xmlDocGetRootElement(rd->xml->doc));
}
