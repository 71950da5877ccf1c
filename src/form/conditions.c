/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Conditions held against the questions of their form. */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "form/form_priv.h"

#define ANSWERS_SHOWN_MAX 8

struct condition {
	struct copl_form_reader *rd;
	const xmlNode *node; /* has the attribute "when" */
	struct copl_form_text text;
};

static struct copl_place at(const struct condition *c, size_t i)
{
	return copl_form_text_place(c->rd, &c->text, i);
}

static void on_wrong(
    void *arg, const char *code, size_t where, const char *sentence)
{
	struct condition *c = arg;

	copl_report(c->rd->r, COPL_ERROR, code, at(c, where), "%s", sentence);
}

static void unknown_question(
    struct condition *c, const char *name, size_t where)
{
	struct copl_form_suggest s = copl_form_suggest_for(c->rd, name);
	size_t i;

	if (copl_map_get(&c->rd->ids, name, &i)) {
		copl_report(c->rd->r, COPL_ERROR, "form-when-kind",
		    at(c, where),
		    _("\"%s\" is not a question: a condition tests the "
		      "answer to a question"),
		    copl_form_shown(c->rd, name));
		return;
	}
	for (i = 0; i < c->rd->nitems; i++)
		if (c->rd->items[i]->kind != COPL_NOTE_ITEM)
			copl_form_suggest_offer(&s, c->rd->items[i]->id);
	copl_report(c->rd->r, COPL_ERROR, "form-when-unknown", at(c, where),
	    _("there is no question \"%s\"%s"), copl_form_shown(c->rd, name),
	    s.best == NULL ? _(": write the id of an earlier question")
			   : copl_form_suggest_end(c->rd, &s));
}

static bool has_only_ages(const struct copl_choices *list)
{
	size_t i;

	for (i = 0; list != NULL && i < list->n; i++)
		if (list->options[i].from_age < 0)
			return false;
	return true;
}

/* The first of the n options that has the value; n: none has. */
static size_t option_of(
    const struct copl_choices *list, size_t n, const char *value)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (list->options[i].value != NULL &&
		    strcmp(list->options[i].value, value) == 0)
			break;
	return i;
}

/* "; choose from: yes, no, skip", in the form's arena; never NULL. */
static const char *answers(struct condition *c, const struct copl_choices *list)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(1000);
	size_t i, shown = 0;
	const char *text;

	for (i = 0; i < list->n && shown <= ANSWERS_SHOWN_MAX; i++) {
		const char *value = list->options[i].value;

		if (value == NULL || option_of(list, i, value) < i)
			continue;
		if (shown++ < ANSWERS_SHOWN_MAX)
			copl_strbuf_printf(&b, "%s%s", b.len == 0 ? "" : ", ",
			    copl_form_shown(c->rd, value));
	}
	if (shown > ANSWERS_SHOWN_MAX)
		copl_strbuf_puts(&b, ", …");
	text = copl_arena_printf(
	    c->rd->form->arena, _("; choose from: %s"), copl_strbuf_text(&b));
	copl_strbuf_clear(&b);
	if (text != NULL)
		return text;
	c->rd->r->nomem = true;
	return "";
}

static void check_value(
    struct condition *c, const struct copl_when *test, size_t where)
{
	const struct copl_choices *list = test->question->choices;
	struct copl_form_suggest s = copl_form_suggest_for(c->rd, test->value);
	size_t i;

	/* A question without its list has been reported already. */
	if (list == NULL || option_of(list, list->n, test->value) < list->n)
		return;
	for (i = 0; i < list->n; i++)
		copl_form_suggest_offer(&s, list->options[i].value);
	copl_report(c->rd->r, COPL_ERROR, "form-when-value", at(c, where),
	    _("\"%s\" has no answer \"%s\"%s"), test->question->id,
	    copl_form_shown(c->rd, test->value),
	    s.best == NULL ? answers(c, list)
			   : copl_form_suggest_end(c->rd, &s));
}

/* NULL: this operator suits a choice of one. */
static const char *misfit_one(const struct copl_when *test, const char **code)
{
	*code = "form-when-operator";
	if (test->op == COPL_WHEN_INCLUDES)
		return _("only one answer can be chosen in this question: "
			 "write = and not \"includes\"");
	*code = "form-when-age";
	if (test->op == COPL_WHEN_MINOR &&
	    !has_only_ages(test->question->choices))
		return _("guardian-age can be tested only when each option of "
			 "this question has from-age: add it to its options");
	return NULL;
}

static const char *misfit_many(const struct copl_when *test, const char **code)
{
	*code = "form-when-operator";
	if (test->op == COPL_WHEN_IS || test->op == COPL_WHEN_IS_NOT)
		return _("several answers can be chosen in this question: "
			 "write \"includes\" and not = or !=");
	*code = "form-when-age";
	if (test->op == COPL_WHEN_MINOR)
		return _("guardian-age cannot be tested for this question: "
			 "ask for the age with <choose-one>");
	return NULL;
}

static const char *misfit(const struct copl_when *test, const char **code)
{
	switch (test->question->kind) {
	case COPL_CHOOSE_ONE:
		return misfit_one(test, code);
	case COPL_CHOOSE_MANY:
		return misfit_many(test, code);
	case COPL_NUMBER:
	case COPL_RATING:
		*code = "form-when-number";
		return _("this question asks for a number, which a condition "
			 "cannot test: ask for groups with <choose-one>");
	case COPL_GRID:
	case COPL_RANK:
	case COPL_TEXT:
	case COPL_DATE:
	case COPL_CONSENT:
	case COPL_NOTE_ITEM:
		break;
	}
	*code = "form-when-kind";
	return _("this question cannot be tested: a condition can test "
		 "<choose-one> and <choose-many> only");
}

/* What it means is known when all conditions have been read: cycle.c. */
static void note_later(
    struct condition *c, const struct copl_question *question, size_t where)
{
	struct copl_form_reader *rd = c->rd;
	struct copl_form_later *list =
	    copl_grow(rd->later, rd->nlater, &rd->later_room, sizeof(*list));

	if (list == NULL) {
		rd->r->nomem = true;
		return;
	}
	rd->later = list;
	list[rd->nlater++] =
	    (struct copl_form_later){c->node, question, at(c, where)};
}

static void check_test(struct condition *c, const struct copl_when *test,
    size_t question_at, size_t value_at)
{
	const char *code = NULL;
	const char *sentence = misfit(test, &code);

	if (copl_xml_index(test->question->node) >= copl_xml_index(c->node))
		note_later(c, test->question, question_at);
	if (sentence != NULL) {
		copl_report(c->rd->r, COPL_ERROR, code, at(c, question_at),
		    "%s", sentence);
	} else if (test->op != COPL_WHEN_MINOR) {
		check_value(c, test, value_at);
	}
}

static void on_test(void *arg, struct copl_when *test, const char *question,
    size_t question_at, size_t value_at)
{
	struct condition *c = arg;
	size_t i;

	if (!copl_map_get(&c->rd->asked, question, &i)) {
		unknown_question(c, question, question_at);
		return;
	}
	test->question = c->rd->items[i];
	check_test(c, test, question_at, value_at);
}

static bool read_attr_text(struct condition *c)
{
	const xmlAttr *attr =
	    xmlHasNsProp(c->node, (const xmlChar *)"when", NULL);
	const struct copl_xml_attr *source =
	    attr == NULL ? NULL : copl_xml_attr_source(c->rd->xml, attr);

	return source != NULL &&
	       copl_form_text_read(c->rd, source->value,
		   source->value + source->value_len, &c->text);
}

static const struct copl_when *read_condition(
    struct copl_form_reader *rd, const xmlNode *node)
{
	struct condition c = {
	    .rd = rd, .node = node, .text = COPL_FORM_TEXT_INIT};
	const struct copl_when_hooks hooks = {on_test, on_wrong, &c};
	const struct copl_when *when = NULL;

	if (!read_attr_text(&c))
		goto out;
	/* An empty condition is a bad value and reported as such. */
	if (copl_strbuf_text(
		&c.text.s)[strspn(copl_strbuf_text(&c.text.s), " \t\r\n")] ==
	    '\0')
		goto out;
	if (copl_when_parse(copl_strbuf_text(&c.text.s), rd->form->arena,
		&hooks, &when) == COPL_E_NOMEM)
		rd->r->nomem = true;
out:
	copl_form_text_clear(&c.text);
	return when;
}

void copl_form_read_conditions(struct copl_form_reader *rd)
{
	struct copl_form *f = rd->form;
	size_t i, j;

	for (i = 0; i < f->nsections; i++) {
		struct copl_section *s = &f->sections[i];

		s->when = read_condition(rd, s->node);
		for (j = 0; j < s->nitems; j++)
			s->items[j].when = read_condition(rd, s->items[j].node);
	}
}
