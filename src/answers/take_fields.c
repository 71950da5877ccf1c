/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Fields as the page of a form posts them. */
#include "config.h"
#include <string.h>
#include "answers/answers_priv.h"

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
		const char **to =
		    answers_claim_place(&claim, f->name, f->namelen);

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
