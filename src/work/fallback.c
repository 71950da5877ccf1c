/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "work/work.h"

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

bool copl_may_fall_back(const struct copl_form *f, const char *unit_id)
{
	return !starts(unit_id, "privacy/") && !starts(unit_id, "help/") &&
	       !ends(unit_id, "/error") && !is_of_consent(f, unit_id);
}
