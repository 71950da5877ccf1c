/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A project without one of its languages. */
#include "config.h"
#include <string.h>
#include "project/project.h"

/* A longer copy of a list of pointers, with one more at its end. */
static bool append(struct copl_arena *a, const struct copl_language ***list,
    size_t *n, const struct copl_language *l)
{
	const struct copl_language **longer =
	    copl_arena_alloc(a, (*n + 1) * sizeof(struct copl_language *));

	if (longer == NULL)
		return false;
	if (*n > 0)
		memcpy(longer, *list, *n * sizeof(struct copl_language *));
	longer[(*n)++] = l;
	*list = longer;
	return true;
}

/* The recipient's languages are those of the project's new list. */
static bool point_anew(struct copl_project *p, struct copl_recipient *to,
    const struct copl_language *gone)
{
	size_t n = 0, i;

	for (i = 0; i < to->nlanguages; i++) {
		const struct copl_language *l =
		    copl_project_language(p, to->languages[i]->tag);

		if (l != NULL)
			to->languages[n++] = l;
		else if (!append(p->arena, &to->left_out, &to->nleft_out, gone))
			return false;
	}
	to->nlanguages = n;
	return true;
}

/* A gate for languages that are all gone is for none, and goes too. */
static void point_gates_anew(struct copl_project *p)
{
	size_t kept = 0, g;

	for (g = 0; g < p->ngates; g++) {
		struct copl_release_gate gate = p->gates[g];
		size_t n = 0, i;

		for (i = 0; i < gate.nlanguages; i++) {
			gate.languages[n] =
			    copl_project_language(p, gate.languages[i]->tag);
			n += gate.languages[n] != NULL;
		}
		if (gate.nlanguages > 0 && n == 0)
			continue;
		gate.nlanguages = n;
		p->gates[kept++] = gate;
	}
	p->ngates = kept;
}

enum copl_status copl_project_leave_out(struct copl_project *p, const char *tag)
{
	const struct copl_language *l = copl_project_language(p, tag);
	struct copl_language *kept, *gone;
	size_t at, i;

	if (l == NULL)
		return COPL_E_NOTFOUND;
	at = (size_t)(l - p->languages);
	kept = copl_arena_alloc(p->arena, p->nlanguages * sizeof(*kept));
	gone = copl_arena_alloc(p->arena, (p->nleft_out + 1) * sizeof(*gone));
	if (kept == NULL || gone == NULL)
		return COPL_E_NOMEM;
	memcpy(kept, p->languages, at * sizeof(*kept));
	memcpy(kept + at, l + 1, (p->nlanguages - at - 1) * sizeof(*kept));
	if (p->nleft_out > 0)
		memcpy(gone, p->left_out, p->nleft_out * sizeof(*gone));
	gone[p->nleft_out] = *l;
	p->left_out = gone;
	p->languages = kept;
	p->nlanguages--;
	point_gates_anew(p);
	for (i = 0; i < p->nrecipients; i++)
		if (!point_anew(p, &p->recipients[i], &gone[p->nleft_out]))
			return COPL_E_NOMEM;
	p->nleft_out++;
	return COPL_OK;
}
