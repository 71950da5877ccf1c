/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "base/i18n.h"
#include "form/form_priv.h"

/* ---- what the other files use ---- */

void *copl_form_alloc(struct copl_form_reader *rd, size_t n, size_t size)
{
	void *p = n > SIZE_MAX / size
		      ? NULL
		      : copl_arena_alloc(rd->form->arena, n * size);

	if (p == NULL)
		rd->r->nomem = true;
	return p;
}

const char *copl_form_get(
    struct copl_form_reader *rd, const xmlNode *n, const char *name)
{
	return copl_xml_get(n, name, rd->form->arena, rd->r);
}

bool copl_form_get_yes(
    struct copl_form_reader *rd, const xmlNode *n, const char *name)
{
	const char *s = copl_form_get(rd, n, name);

	return s != NULL && strcmp(s, "yes") == 0;
}

unsigned copl_form_get_number(struct copl_form_reader *rd, const xmlNode *n,
    const char *name, unsigned fallback)
{
	const char *s = copl_form_get(rd, n, name);
	uint64_t value;

	if (s == NULL || !copl_number_parse(s, INT32_MAX, &value))
		return fallback;
	return (unsigned)value;
}

const xmlNode *copl_form_child(const xmlNode *parent, const char *name)
{
	const xmlNode *n = copl_xml_first(parent);

	while (n != NULL && !copl_xml_is(n, COPL_FORM_NS, name))
		n = copl_xml_next(n);
	return n;
}

size_t copl_form_count(const xmlNode *parent, const char *name)
{
	const xmlNode *n;
	size_t count = 0;

	for (n = copl_xml_first(parent); n != NULL; n = copl_xml_next(n))
		count += copl_xml_is(n, COPL_FORM_NS, name);
	return count;
}

struct copl_place copl_form_at(
    const struct copl_form_reader *rd, const xmlNode *n)
{
	return copl_xml_place(rd->xml, n);
}

struct copl_place copl_form_attr_at(
    const struct copl_form_reader *rd, const xmlNode *n, const char *name)
{
	return copl_xml_attr_place(rd->xml, n, name);
}

const char *copl_form_shown(struct copl_form_reader *rd, const char *s)
{
	size_t max = 60, len = strlen(s);
	const char *copy;

	if (len <= max)
		return s;
	max = copl_utf8_valid(s, max);
	copy = copl_arena_printf(rd->form->arena, "%.*s…", (int)max, s);
	if (copy != NULL)
		return copy;
	rd->r->nomem = true;
	return "";
}

/* ---- the form itself ---- */

static void read_section(
    struct copl_form_reader *rd, const xmlNode *node, struct copl_section *s)
{
	const xmlNode *n;

	s->node = node;
	s->id = copl_form_get(rd, node, "id");
	s->title = copl_form_child(node, "title");
	s->intro = copl_form_child(node, "intro");
	for (n = copl_xml_first(node); n != NULL; n = copl_xml_next(n))
		s->nitems++;
	s->items = copl_form_alloc(rd, s->nitems, sizeof(*s->items));
	s->nitems = 0;
	if (s->items == NULL)
		return;
	for (n = copl_xml_first(node); n != NULL; n = copl_xml_next(n)) {
		const struct copl_form_element *e =
		    copl_xml_is(n, COPL_FORM_NS, NULL)
			? copl_form_element((const char *)n->name)
			: NULL;

		if (e == NULL || e->group != GROUP_ITEM)
			continue;
		copl_form_read_item(rd, n, &s->items[s->nitems++]);
		if (e->kind != COPL_NOTE_ITEM)
			rd->form->nquestions++;
	}
}

static void read_sections(struct copl_form_reader *rd, const xmlNode *root)
{
	struct copl_form *f = rd->form;
	size_t n = copl_form_count(root, "section");
	const xmlNode *node = copl_form_child(root, "section");

	f->sections = copl_form_alloc(rd, n, sizeof(*f->sections));
	if (f->sections == NULL)
		return;
	for (; node != NULL; node = copl_xml_next(node))
		if (copl_xml_is(node, COPL_FORM_NS, "section"))
			read_section(rd, node, &f->sections[f->nsections++]);
}

static void read_typed(struct copl_form_reader *rd, const xmlNode *root)
{
	struct copl_form *f = rd->form;
	const xmlNode *about = copl_form_child(root, "about");

	f->id = copl_form_get(rd, root, "id");
	f->version = copl_form_get(rd, root, "version");
	f->lang = copl_xml_get_lang(root, f->arena, rd->r);
	f->prevails = copl_form_get(rd, root, "prevails");
	if (f->prevails == NULL)
		f->prevails = f->lang;
	f->min_age = f->max_age = -1;
	if (about != NULL)
		copl_form_read_about(rd, about);
	copl_form_read_lists(rd, root);
	copl_form_read_list_params(rd);
	read_sections(rd, root);
	f->thanks = copl_form_child(root, "thanks");
}

static void check_rules(struct copl_form_reader *rd)
{
	copl_form_check_ids(rd);
	copl_form_check_about(rd);
	copl_form_check_options(rd);
	copl_form_check_lists(rd);
	copl_form_check_questions(rd);
	copl_form_check_people(rd);
	copl_form_read_conditions(rd);
	copl_form_check_later(rd);
	if (!rd->localized)
		copl_form_check_reach(rd);
	copl_form_check_texts(rd);
	copl_form_check_plurals(rd);
	if (!rd->localized) {
		copl_form_check_same(rd);
		copl_form_check_personal(rd);
	}
	if (!rd->localized && !rd->unknown)
		copl_form_check_unused(rd);
}

static bool check_root(struct copl_form_reader *rd, const xmlNode *root)
{
	if (copl_xml_is(root, COPL_FORM_NS, "consultation"))
		return true;
	copl_report(rd->r, COPL_ERROR, "form-root", copl_form_at(rd, root),
	    _("this is not a form: it must begin with <consultation "
	      "xmlns=\"%s\" ...>"),
	    COPL_FORM_NS);
	return false;
}

/*
 * Who needs a guardian is the recipient's to say, in the project; and a form
 * that is published must not say that its answers are those of a test.
 */
static void check_own(struct copl_form_reader *rd, const xmlNode *root)
{
	static const char *const names[] = {"recipient", "guardian-age"};
	size_t i;

	for (i = 0; i < COPL_COUNT(names); i++)
		if (xmlHasProp(root, (const xmlChar *)names[i]) != NULL)
			copl_report(rd->r, COPL_ERROR, "form-recipient",
			    copl_form_attr_at(rd, root, names[i]),
			    _("\"%s\" is set by the program in the forms of a "
			      "release: remove it, and say it of the "
			      "recipient in the project"),
			    names[i]);
	if (xmlHasProp(root, (const xmlChar *)"draft") != NULL)
		copl_report(rd->r, COPL_ERROR, "form-draft",
		    copl_form_attr_at(rd, root, "draft"),
		    _("\"draft\" is set by the program in the forms of a "
		      "draft: remove it, and make drafts with cop-l10n build "
		      "--draft"));
}

static enum copl_status read_form(struct copl_form_reader *rd)
{
	const xmlNode *root = xmlDocGetRootElement(rd->xml->doc);

	if (root == NULL)
		return COPL_E_PARSE;
	if (!check_root(rd, root))
		return COPL_E_INVALID;
	copl_form_check_structure(rd, root);
	if (!rd->localized)
		check_own(rd, root);
	if (rd->too_many)
		return COPL_E_INVALID;
	read_typed(rd, root);
	if (rd->unfinished) {
		copl_form_check_ids(rd);
		copl_form_read_conditions(rd);
		return rd->r->nomem ? COPL_E_NOMEM : COPL_OK;
	}
	if (!rd->r->nomem)
		check_rules(rd);
	if (rd->r->nomem)
		return COPL_E_NOMEM;
	return rd->r->errors > rd->errors ? COPL_E_INVALID : COPL_OK;
}

enum state { MASTER, LOCALIZED, UNFINISHED };

static enum copl_status read_as(const struct copl_xml *x, enum state state,
    struct copl_reporter *r, struct copl_form **out)
{
	struct copl_form_reader rd = {.xml = x,
	    .r = r,
	    .errors = r->errors,
	    .localized = state != MASTER,
	    .unfinished = state == UNFINISHED,
	    .plain = COPL_STRBUF_INIT(COPL_XML_MAX)};
	enum copl_status st = COPL_E_NOMEM;

	*out = NULL;
	rd.form = calloc(1, sizeof(*rd.form));
	if (rd.form == NULL)
		return COPL_E_NOMEM;
	rd.form->xml = x;
	rd.form->arena = copl_arena_new();
	if (rd.form->arena == NULL)
		goto out;
	st = read_form(&rd);
	if (st != COPL_OK)
		goto out;
	*out = rd.form;
	rd.form = NULL;
out:
	copl_form_free(rd.form);
	copl_map_free(&rd.ids);
	copl_map_free(&rd.asked);
	copl_strbuf_clear(&rd.plain);
	free(rd.later);
	return st;
}

enum copl_status copl_form_read(
    const struct copl_xml *x, struct copl_reporter *r, struct copl_form **out)
{
	return read_as(x, MASTER, r, out);
}

enum copl_status copl_form_read_localized(
    const struct copl_xml *x, struct copl_reporter *r, struct copl_form **out)
{
	return read_as(x, LOCALIZED, r, out);
}

enum copl_status copl_form_read_unfinished(
    const struct copl_xml *x, struct copl_reporter *r, struct copl_form **out)
{
	return read_as(x, UNFINISHED, r, out);
}

void copl_form_free(struct copl_form *form)
{
	if (form == NULL)
		return;
	copl_arena_free(form->arena);
	free(form);
}

const struct copl_form_param *copl_form_param(
    const struct copl_form *f, const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < f->nparams; i++) {
		const char *have = f->params[i].name;

		if (have != NULL && strlen(have) == len &&
		    memcmp(have, name, len) == 0)
			return &f->params[i];
	}
	return NULL;
}

const struct copl_form_link *copl_form_link(
    const struct copl_form *f, const char *id)
{
	size_t i;

	for (i = 0; i < f->nlinks; i++)
		if (f->links[i].id != NULL && strcmp(f->links[i].id, id) == 0)
			return &f->links[i];
	return NULL;
}

static bool takes_words(const struct copl_question *q)
{
	size_t i;

	for (i = 0; q->choices != NULL && i < q->choices->n; i++)
		if (q->choices->options[i].other)
			return true;
	return q->kind == COPL_TEXT;
}

const struct copl_question *copl_form_confides(const struct copl_form *f)
{
	const struct copl_question *open = NULL;
	size_t i, j;

	for (i = 0; i < f->nsections; i++)
		for (j = 0; j < f->sections[i].nitems; j++) {
			const struct copl_question *q =
			    &f->sections[i].items[j];

			if (q->sensitive)
				return q;
			if (open == NULL && takes_words(q))
				open = q;
		}
	return open;
}

static bool asks_guardian_age(const struct copl_when *when)
{
	const struct copl_when *tests[COPL_WHEN_TESTS_MAX];
	size_t n = copl_when_tests(when, tests), i;

	for (i = 0; i < n; i++)
		if (tests[i]->op == COPL_WHEN_MINOR)
			return true;
	return false;
}

bool copl_form_asks_guardian_age(const struct copl_form *f)
{
	size_t i, j;

	for (i = 0; i < f->nsections; i++) {
		const struct copl_section *s = &f->sections[i];

		if (asks_guardian_age(s->when))
			return true;
		for (j = 0; j < s->nitems; j++)
			if (asks_guardian_age(s->items[j].when))
				return true;
	}
	return false;
}

bool copl_option_below(const struct copl_option *o, int age)
{
	return o->from_age >= 0 && o->from_age < age;
}
