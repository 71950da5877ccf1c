/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Fields as the page of a form posts them. */
#include "config.h"
#include <string.h>
#include "answers/answers_priv.h"

static bool is_named(const struct copl_answer_field *f, const char *name)
{
	return strlen(name) == f->namelen &&
	       memcmp(f->name, name, f->namelen) == 0;
}

/* Where the page says something of itself; NULL: it is no such field. */
static const char **place_of(
    struct answers_claim *c, const struct copl_answer_field *f)
{
	const struct {
		const char *name;
		const char **to;
	} places[] = {{"_form", &c->form}, {"_version", &c->version},
	    {"_lang", &c->lang}, {"_recipient", &c->recipient},
	    {"_draft", &c->draft}, {"_id", &c->id}};
	size_t i;

	for (i = 0; i < COPL_COUNT(places); i++)
		if (is_named(f, places[i].name))
			return places[i].to;
	return NULL;
}

static void take_claim(
    struct answers_judge *j, const struct copl_answer_field *f, const char **to)
{
	const char *name = answers_copy(j, f->name, f->namelen);

	if (*to != NULL) {
		answers_fault(j, ANSWERS_NO_ITEM, COPL_FAULT_TWICE, name);
	} else if (f->len > COPL_ANSWER_ID_MAX ||
		   copl_utf8_valid(f->value, f->len) != f->len ||
		   answers_printable(f->value, f->len) != f->len) {
		answers_fault(j, ANSWERS_NO_ITEM, COPL_FAULT_TEXT, name);
		j->a->refused = true;
	} else {
		*to = answers_copy(j, f->value, f->len);
	}
}

static void take(
    struct answers_judge *j, const struct copl_answer_field *fields, size_t n)
{
	struct answers_claim claim = {.form = NULL};
	size_t i;

	for (i = 0; i < n && j->st == COPL_OK; i++) {
		const struct copl_answer_field *f = &fields[i];
		const char **to = place_of(&claim, f);

		if (to != NULL)
			take_claim(j, f, to);
		else
			answers_give(j, f->name, f->namelen, f->value, f->len);
	}
	answers_claim(j, &claim);
}

enum copl_status copl_answer_take_fields(const struct copl_answer_form *f,
    const struct copl_answer_field *fields, size_t n,
    const struct copl_answer_about *about, struct copl_answer *out)
{
	struct answers_judge j;
	enum copl_status st = answers_begin(&j, f, about, out);

	if (st != COPL_OK)
		return st;
	if (n > COPL_ANSWER_FIELDS_MAX)
		return COPL_E_LIMIT;
	take(&j, fields, n);
	return answers_end(&j);
}
