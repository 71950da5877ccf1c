/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which message of a catalog stands for which unit. */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "base/i18n.h"
#include "l10n/l10n_priv.h"

size_t l10n_first_unit(const struct copl_units *u, uint32_t offset)
{
	size_t lo = 0, hi = u->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (u->list[mid].start < offset)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/*
 * Catalogs that itstool made have lost NBSP and the other blanks of Unicode:
 * there the message is found by that form, and it is said.
 */
static const struct copl_message *find_itstool(
    struct l10n_lookup *s, const struct copl_unit *unit)
{
	const struct copl_message *m;
	const char *form;

	if (!s->u->full || s->u->key != COPL_KEY_TEXT)
		return NULL;
	form = copl_inline_itstool_form(unit->text.msgid, &s->scratch);
	if (s->scratch.st == COPL_E_NOMEM)
		s->r->nomem = true;
	m = form == NULL ? NULL : copl_catalog_find(s->c, NULL, form);
	if (m != NULL)
		copl_report(s->r, COPL_NOTE, "po-itstool-form",
		    copl_message_at(s->c, m),
		    _("this message has lost the no-break spaces of its "
		      "source; its translation serves all the same"));
	return m;
}

static void tell_missing(struct l10n_lookup *s, const struct copl_unit *unit,
    const struct copl_message *m)
{
	if (m == NULL)
		copl_report(s->r, COPL_ERROR, "missing-in-po",
		    (struct copl_place){s->c->file, 0, 0},
		    _("the message \"%s\" is not in this catalog: bring it "
		      "up to date with its document"),
		    unit->id == NULL ? unit->text.msgid : unit->id);
	else if (m->fuzzy && m->nstr > 0 && m->str[0][0] != '\0')
		copl_report(s->r, COPL_ERROR, "fuzzy", copl_message_at(s->c, m),
		    _("this translation is marked fuzzy: review it and take "
		      "the mark away"));
	else
		copl_report(s->r, COPL_ERROR, "untranslated",
		    copl_message_at(s->c, m),
		    _("this message is not translated"));
}

static bool serves(const struct l10n_lookup *s, const struct copl_unit *unit,
    const struct copl_message *m)
{
	size_t i;

	if (m == NULL || m->nstr == 0 || (m->fuzzy && !s->how->use_fuzzy))
		return false;
	for (i = 0; i < (unit->nforms > 0 ? m->nstr : 1u); i++)
		if (m->str[i][0] == '\0')
			return false;
	return true;
}

/* A text with plural forms needs a message that has the same. */
static bool is_other_plural(
    const struct copl_unit *unit, const struct copl_message *m)
{
	return m != NULL && unit->plural != NULL &&
	       (m->plural == NULL || strcmp(m->plural, unit->plural) != 0);
}

/* NBSP and its like alone: text, but nobody misses its translation. */
static bool is_blank(struct l10n_lookup *s, const struct copl_unit *unit)
{
	const char *form =
	    copl_inline_itstool_form(unit->text.msgid, &s->scratch);

	return form != NULL && *form == '\0';
}

struct l10n_target l10n_look_up(
    struct l10n_lookup *s, const struct copl_unit *unit)
{
	struct l10n_target t = {NULL, L10N_TRANSLATED};

	t.message =
	    copl_catalog_find_near(s->c, unit->id, unit->text.msgid, &s->near);
	if (t.message == NULL)
		t.message = find_itstool(s, unit);
	if (t.message != NULL)
		s->found++;
	if (is_other_plural(unit, t.message))
		t.message = NULL;
	if (serves(s, unit, t.message))
		return t;
	if (is_blank(s, unit)) {
		t.state = L10N_SOURCE;
		return t;
	}
	t.state =
	    s->how->missing == COPL_MISSING_DROP ? L10N_DROPPED : L10N_KEPT;
	/* What is cut out of this language is never looked up then. */
	if (s->how->missing == COPL_MISSING_FAIL)
		tell_missing(s, unit, t.message);
	return t;
}
