/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "work/gates.h"

static bool starts(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

static bool ends(const char *s, const char *suffix)
{
	size_t len = strlen(s), n = strlen(suffix);

	return len >= n && strcmp(s + len - n, suffix) == 0;
}

/* "my_ok/label" of the question my_ok. */
static bool belongs_to(const char *unit_id, const char *question)
{
	size_t n = strlen(question);

	return strncmp(unit_id, question, n) == 0 && unit_id[n] == '/';
}

static bool is_of_consent(const struct copl_form *f, const char *unit_id)
{
	size_t i, k;

	for (i = 0; i < f->nsections; i++)
		for (k = 0; k < f->sections[i].nitems; k++) {
			const struct copl_question *q =
			    &f->sections[i].items[k];

			if (q->kind == COPL_CONSENT && q->id != NULL &&
			    belongs_to(unit_id, q->id))
				return true;
		}
	return false;
}

static enum copl_text_kind kind_in_form(
    const struct copl_form *f, const char *unit_id)
{
	if (starts(unit_id, "privacy/"))
		return COPL_TEXT_PRIVACY;
	if (starts(unit_id, "help/"))
		return COPL_TEXT_HELP;
	if (is_of_consent(f, unit_id))
		return COPL_TEXT_CONSENT;
	return ends(unit_id, "/error") ? COPL_TEXT_ERROR : COPL_TEXT_QUESTION;
}

/* The words around such a text belong to it. */
static enum copl_text_kind kind_in_interface(const char *unit_id)
{
	if (strcmp(unit_id, "agree") == 0)
		return COPL_TEXT_CONSENT;
	if (starts(unit_id, "privacy_"))
		return COPL_TEXT_PRIVACY;
	if (starts(unit_id, "help_") || strcmp(unit_id, "nobody_reads") == 0)
		return COPL_TEXT_HELP;
	return starts(unit_id, "error_") ? COPL_TEXT_ERROR
					 : COPL_TEXT_INTERFACE;
}

enum copl_text_kind copl_text_kind_of(
    const struct copl_master *m, const char *unit_id)
{
	const char *id = unit_id == NULL ? "" : unit_id;

	if (m->form != NULL)
		return kind_in_form(m->form, id);
	return m->kind == COPL_MASTER_PROJECT ? COPL_TEXT_NAME
					      : kind_in_interface(id);
}

bool copl_may_fall_back(const struct copl_form *f, const char *unit_id)
{
	return kind_in_form(f, unit_id) == COPL_TEXT_QUESTION;
}
