/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * An instance of our own form for ODK: docs/odk.md says how its data are
 * named.  Each value goes to the field of the page that asks the same, so that
 * one judge serves both.  Clients name the namespaces as they like.
 */
#include "config.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "answers/answers_priv.h"

/* Blanks that clients write between elements are not part of codes. */
static void trim(const char **s, size_t *len)
{
	while (*len > 0 && copl_is_space(**s)) {
		(*s)++;
		(*len)--;
	}
	while (*len > 0 && copl_is_space((*s)[*len - 1]))
		(*len)--;
}

static bool is_named(const xmlNode *n, const char *name)
{
	return strcmp((const char *)n->name, name) == 0;
}

/* All text in an element, in the arena; NULL: no memory, or a limit. */
static const char *text_of(
    const struct copl_xml *x, const xmlNode *n, struct copl_arena *arena)
{
	struct copl_strbuf text = COPL_STRBUF_INIT(COPL_ANSWER_MAX);
	const char *copy = NULL;

	copl_xml_put_content(x, copl_xml_index(n), &text);
	if (text.st == COPL_OK)
		copy = copl_arena_strndup(
		    arena, copl_strbuf_text(&text), text.len);
	copl_strbuf_clear(&text);
	return copy;
}

struct copl_odk_instance {
	struct copl_xml *xml;
};

static enum copl_status read_xml(
    const char *xml, size_t len, struct copl_xml **out)
{
	struct copl_reporter r;
	enum copl_status st;

	copl_reporter_init(&r, NULL);
	st = copl_xml_read(xml, len, "instance", COPL_XML_STRICT, &r, out);
	st = copl_reporter_end(&r, st);
	return st == COPL_OK || st == COPL_E_NOMEM || st == COPL_E_LIMIT
		   ? st
		   : COPL_E_PARSE;
}

enum copl_status copl_odk_instance_read(
    const char *xml, size_t len, struct copl_odk_instance **out)
{
	struct copl_odk_instance *i = calloc(1, sizeof(*i));
	enum copl_status st = COPL_E_NOMEM;

	*out = NULL;
	if (i != NULL)
		st = read_xml(xml, len, &i->xml);
	if (st == COPL_OK)
		*out = i;
	else
		free(i);
	return st;
}

void copl_odk_instance_free(struct copl_odk_instance *instance)
{
	if (instance == NULL)
		return;
	copl_xml_free(instance->xml);
	free(instance);
}

/* ---- what the instance says of itself ---- */

/* ODK has no language, and the id is in <meta>. */
static const char **claim_of(struct answers_claim *c, const char *name)
{
	if (strcmp(name, "_lang") == 0 || strcmp(name, "_id") == 0)
		return NULL;
	return answers_claim_place(c, name, strlen(name));
}

/* *to: its place, filled already or not; false: no memory. */
static bool take_claim(const struct copl_xml *x, const xmlNode *n,
    struct copl_arena *arena, const char **to)
{
	const char *s = text_of(x, n, arena);
	size_t len;
	char *copy;

	if (s == NULL)
		return false;
	len = strlen(s);
	trim(&s, &len);
	copy = copl_arena_strndup(arena, s, len);
	if (copy == NULL)
		return false;
	if (*to == NULL)
		*to = copy;
	return true;
}

/* The rest of <meta> is the client's. */
static bool take_meta(const struct copl_xml *x, const xmlNode *meta,
    struct copl_arena *arena, struct answers_claim *c)
{
	const xmlNode *n;

	for (n = copl_xml_first(meta); n != NULL; n = copl_xml_next(n))
		if (is_named(n, "instanceID") &&
		    !take_claim(x, n, arena, &c->id))
			return false;
	return true;
}

static bool take_claims(
    const struct copl_xml *x, struct copl_arena *arena, struct answers_claim *c)
{
	const xmlNode *root = xmlDocGetRootElement(x->doc), *n;

	for (n = copl_xml_first(root); n != NULL; n = copl_xml_next(n)) {
		const char **to = claim_of(c, (const char *)n->name);

		if (is_named(n, "meta") && !take_meta(x, n, arena, c))
			return false;
		if (to != NULL && !take_claim(x, n, arena, to))
			return false;
	}
	return true;
}

enum copl_status copl_odk_instance_claim(
    const struct copl_odk_instance *instance, struct copl_arena *arena,
    struct copl_odk_claim *out)
{
	struct answers_claim c = {.form = NULL};
	bool ok = take_claims(instance->xml, arena, &c);

	out->form = c.form;
	out->version = c.version;
	out->recipient = c.recipient;
	out->draft = c.draft;
	out->id = c.id;
	return ok ? COPL_OK : COPL_E_NOMEM;
}

/* ---- questions ---- */

static void give(struct answers_judge *j, size_t slot, const char *s, size_t n)
{
	answers_give_slot(j, slot, s, n);
}

/* Several codes with blanks between them. */
static void give_each(struct answers_judge *j, size_t slot, const char *s)
{
	size_t n;

	for (;;) {
		s += strspn(s, " \t\r\n");
		n = strcspn(s, " \t\r\n");
		if (n == 0)
			return;
		give(j, slot, s, n);
		s += n;
	}
}

/* Options in order become the places that the page would send. */
static void give_ranks(struct answers_judge *j, size_t item, const char *s)
{
	const struct answers_item *it = &j->f->items[item];
	char place[24];
	size_t n, rank = 0;

	for (;;) {
		size_t option;

		s += strspn(s, " \t\r\n");
		n = strcspn(s, " \t\r\n");
		if (n == 0)
			return;
		option = answers_option(it->q->choices, s, n);
		snprintf(place, sizeof(place), "%zu", ++rank);
		if (option == SIZE_MAX)
			answers_fault(j, item, COPL_FAULT_OPTION, NULL);
		else
			give(j, it->first + option,
			    answers_copy(j, place, strlen(place)),
			    strlen(place));
		s += n;
	}
}

/* "2027-03-01", of which a month or a year may be all that is asked for. */
static void give_date(
    struct answers_judge *j, size_t item, const char *s, size_t len)
{
	const struct answers_item *it = &j->f->items[item];
	static const size_t from[] = {0, 5, 8}, length[] = {4, 2, 2};
	const char *copy = answers_copy(j, s, len);
	int64_t seconds;
	size_t i;

	if (len == 0)
		return;
	for (i = 0; i < it->nslots && i < COPL_COUNT(from); i++) {
		/* What is no date is told once. */
		if (len != 10 || !copl_date_parse(copy, &seconds))
			give(j, it->first + i, i == 0 ? "?" : "1", 1);
		else
			give(j, it->first + i, copy + from[i], length[i]);
	}
}

static void give_text(struct answers_judge *j, size_t item, const char *s)
{
	const struct answers_item *it = &j->f->items[item];
	size_t len = strlen(s);

	if (it->q->kind == COPL_TEXT) {
		give(j, it->first, s, len);
		return;
	}
	trim(&s, &len);
	if (it->q->kind == COPL_CHOOSE_MANY)
		give_each(j, it->first, s);
	else if (it->q->kind == COPL_RANK)
		give_ranks(j, item, s);
	else if (it->q->kind == COPL_DATE)
		give_date(j, item, s, len);
	else
		give(j, it->first, s, len);
}

/* Rows of a grid, or answers of a rank. */
static void give_rows(struct answers_judge *j, size_t item, const xmlNode *node)
{
	const char *id = j->f->items[item].q->id;
	const xmlNode *n;

	for (n = copl_xml_first(node); n != NULL && j->st == COPL_OK;
	     n = copl_xml_next(n)) {
		const char *s = text_of(j->instance, n, j->a->arena);
		const char *name = copl_arena_printf(
		    j->a->arena, "%s.%s", id, (const char *)n->name);
		size_t len;

		if (s == NULL || name == NULL) {
			j->st = COPL_E_NOMEM;
			return;
		}
		if (is_named(n, "_question") || is_named(n, "_answers"))
			continue;
		len = strlen(s);
		trim(&s, &len);
		answers_give(j, name, strlen(name), s, len);
	}
}

static bool has_rows(const struct copl_question *q, const xmlNode *node)
{
	return q->kind == COPL_GRID ||
	       (q->kind == COPL_RANK && copl_xml_first(node) != NULL);
}

/* The text beside the first option that has one: ODK asks for no other. */
static bool give_other(struct answers_judge *j, const char *name,
    const struct copl_section *s, const char *text)
{
	size_t len = strlen(name), end = strlen("_other"), at;
	char id[80];

	if (len <= end || len >= sizeof(id) ||
	    strcmp(name + len - end, "_other") != 0)
		return false;
	memcpy(id, name, len - end);
	id[len - end] = '\0';
	if (!copl_map_get(&j->f->questions, id, &at) ||
	    j->f->items[at].section != s || j->f->items[at].nslots < 2 ||
	    j->f->slots[j->f->items[at].first + 1].role != ANSWERS_OTHER)
		return false;
	give(j, j->f->items[at].first + 1, text, strlen(text));
	return true;
}

static bool is_note(const struct copl_section *s, const char *name)
{
	size_t i;

	for (i = 0; i < s->nitems; i++)
		if (s->items[i].kind == COPL_NOTE_ITEM &&
		    strcmp(s->items[i].id, name) == 0)
			return true;
	return strcmp(name, "_intro") == 0;
}

static void give_node(
    struct answers_judge *j, const struct copl_section *s, const xmlNode *n)
{
	const char *name = (const char *)n->name;
	const char *text = text_of(j->instance, n, j->a->arena);
	bool leaf = copl_xml_first(n) == NULL;
	size_t item = ANSWERS_NO_ITEM;

	if (text == NULL) {
		j->st = COPL_E_NOMEM;
		return;
	}
	if (is_note(s, name))
		return;
	if (copl_map_get(&j->f->questions, name, &item) &&
	    j->f->items[item].section == s) {
		if (j->seen[item])
			answers_fault(j, item, COPL_FAULT_TWICE, NULL);
		else if (has_rows(j->f->items[item].q, n))
			give_rows(j, item, n);
		else if (leaf)
			give_text(j, item, text);
		else
			answers_refuse(j, j->f->items[item].q->id);
		j->seen[item] = true;
		return;
	}
	if (!leaf || !give_other(j, name, s, text))
		answers_refuse(j, NULL);
}

/* ---- the instance ---- */

static const struct copl_section *section_of(
    const struct copl_form *f, const char *id)
{
	size_t i;

	for (i = 0; i < f->nsections; i++)
		if (strcmp(f->sections[i].id, id) == 0)
			return &f->sections[i];
	return NULL;
}

/* Names for what is only shown, and for what was read already. */
static bool is_frame(struct answers_claim *c, const char *name)
{
	static const char *const names[] = {"meta", "_about", "_privacy",
	    "_help", "_thanks", "_contact", "_order"};
	size_t i;

	for (i = 0; i < COPL_COUNT(names); i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return claim_of(c, name) != NULL;
}

static void take(
    struct answers_judge *j, const xmlNode *root, struct answers_claim *c)
{
	const xmlNode *n, *k;

	for (n = copl_xml_first(root); n != NULL && j->st == COPL_OK;
	     n = copl_xml_next(n)) {
		const struct copl_section *s =
		    section_of(j->f->form, (const char *)n->name);

		if (s == NULL && !is_frame(c, (const char *)n->name))
			answers_refuse(j, NULL);
		for (k = s == NULL ? NULL : copl_xml_first(n);
		     k != NULL && j->st == COPL_OK; k = copl_xml_next(k))
			give_node(j, s, k);
	}
	answers_claim(j, c);
}

enum copl_status copl_answer_take_odk(const struct copl_answer_form *f,
    const struct copl_odk_instance *instance,
    const struct copl_answer_about *about, struct copl_answer *out)
{
	struct answers_claim c = {.form = NULL};
	struct answers_judge j;
	enum copl_status st = answers_begin(&j, f, about, out);

	if (st != COPL_OK)
		return st;
	j.odk = true;
	j.instance = instance->xml;
	if (!take_claims(instance->xml, out->arena, &c))
		return COPL_E_NOMEM;
	if (c.form == NULL || strcmp(c.form, f->form->id) != 0)
		return COPL_E_PARSE;
	take(&j, xmlDocGetRootElement(instance->xml->doc), &c);
	return answers_end(&j);
}
