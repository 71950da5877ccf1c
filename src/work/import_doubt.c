/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Texts that lost what a program must find in them wait as fuzzy ones. */
#include "config.h"
#include <string.h>
#include "catalog/edit.h"
#include "work/import_priv.h"

/* What "msgfmt -c" refuses in a catalog. */
static bool breaks_catalog(const struct copl_diag *d)
{
	static const char *const codes[] = {"placeholder-missing",
	    "placeholder-extra", "placeholder-malformed", "format-mismatch",
	    "newline-mismatch"};
	size_t i;

	for (i = 0; d->severity == COPL_ERROR && i < COPL_COUNT(codes); i++)
		if (strcmp(d->code, codes[i]) == 0)
			return true;
	return false;
}

enum copl_status import_doubt(struct import *im, struct import_target *t)
{
	static const struct copl_message_edit doubt = {.fuzzy = true};
	const struct copl_catalog *c = t->now;
	struct copl_strbuf out = COPL_STRBUF_INIT(COPL_CATALOG_MAX);
	const struct copl_message_edit **edits =
	    copl_arena_alloc(im->arena, (c->nmessages + 1) * sizeof(*edits));
	const struct copl_message *m;
	enum copl_status st;
	bool any = false;
	size_t i;

	if (edits == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < t->told.n; i++) {
		if (!breaks_catalog(&t->told.list[i]))
			continue;
		m = copl_catalog_at_line(c, t->told.list[i].line);
		if (m == NULL || m->obsolete || m->fuzzy)
			continue;
		edits[m - c->messages] = &doubt;
		any = true;
	}
	if (!any)
		return COPL_OK;
	st = copl_catalog_edit(c, edits, &out);
	if (st == COPL_OK) {
		copl_strbuf_clear(&t->bytes);
		t->bytes = out;
	} else {
		copl_strbuf_clear(&out);
	}
	return st;
}
