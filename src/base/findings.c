/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "base/base.h"

static const char *copy(struct copl_findings *f, const char *s)
{
	const char *own;

	if (s == NULL)
		return NULL;
	own = copl_arena_strdup(f->arena, s);
	f->nomem |= own == NULL;
	return own;
}

static void keep(void *arg, const struct copl_diag *diag)
{
	struct copl_findings *f = arg;
	struct copl_diag *list;

	if (f->arena == NULL)
		f->arena = copl_arena_new();
	list = copl_grow(f->list, f->n, &f->room, sizeof(*f->list));
	if (list != NULL)
		f->list = list;
	if (f->arena == NULL || list == NULL) {
		f->nomem = true;
		return;
	}
	f->list[f->n] = *diag;
	f->list[f->n].code = copy(f, diag->code);
	f->list[f->n].file = copy(f, diag->file);
	f->list[f->n].text = copy(f, diag->text);
	if (!f->nomem)
		f->n++;
}

struct copl_sink copl_findings_sink(struct copl_findings *f)
{
	memset(f, 0, sizeof(*f));
	return (struct copl_sink){.diag = keep, .arg = f};
}

void copl_findings_free(struct copl_findings *f)
{
	copl_arena_free(f->arena);
	free(f->list);
	memset(f, 0, sizeof(*f));
}
