/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "lint/lint_priv.h"

/* Bytes of a source text that a finding quotes. */
#define QUOTE_MAX 60

struct quote {
	char text[QUOTE_MAX + sizeof("…")];
};

/* A source text as a finding quotes it; what is left out shows. */
static const char *quoted(const char *s, struct quote *q)
{
	if (strlen(s) <= QUOTE_MAX)
		return s;
	snprintf(q->text, sizeof(q->text), "%.*s…",
	    (int)copl_utf8_valid(s, QUOTE_MAX), s);
	return q->text;
}

/* Has the message the forms that the master has?  One too many is no harm. */
static bool has_forms(
    const struct copl_message *m, const struct copl_lint_unit *u)
{
	return u->plural == NULL ||
	       (m->plural != NULL && strcmp(m->plural, u->plural) == 0);
}

void lint_po_missing(struct lint *l)
{
	const struct copl_lint *how = l->how;
	struct copl_place none = {l->c->file, 0, 0};
	struct quote q;
	size_t i;

	for (i = 0; how->units != NULL && i < how->nunits; i++) {
		const struct copl_lint_unit *u = &how->units[i];
		const struct copl_message *m;

		m = copl_catalog_find(l->c, u->id, u->msgid);
		if (m != NULL && has_forms(m, u))
			continue;
		m = u->id == NULL ? NULL : copl_catalog_find_ctxt(l->c, u->id);
		if (m != NULL)
			lint_report_at(l, copl_message_at(l->c, m),
			    lint_before_release(l, u), "missing-in-po",
			    _("the source of %s has changed since: run "
			      "cop-l10n update"),
			    u->id);
		else
			lint_report_at(l, none, lint_before_release(l, u),
			    "missing-in-po",
			    _("the catalog has no message for %s, \"%.*s\": "
			      "run cop-l10n update"),
			    u->id == NULL ? "-" : u->id, (int)sizeof(q.text),
			    quoted(u->msgid, &q));
	}
}

void lint_not_in_master(struct lint *l, const struct copl_message *m)
{
	if (l->how->units == NULL || lint_unit(l, m->ctxt, m->id) != NULL)
		return;
	/* In a project "update" mends it; a file alone has the wrong master. */
	lint_report(l, m, l->how->alone ? COPL_ERROR : COPL_WARNING,
	    "not-in-master",
	    _("the form has no such message: run cop-l10n update"));
}

void lint_untranslated(struct lint *l, const struct copl_message *m)
{
	size_t empty = 0, i;
	struct quote q;

	for (i = 0; i < m->nstr; i++)
		empty += m->str[i][0] == '\0';
	if (empty == m->nstr)
		lint_report(l, m, lint_before_release(l, l->unit),
		    "untranslated", _("\"%.*s\" is not translated"),
		    (int)sizeof(q.text), quoted(m->id, &q));
	else if (empty > 0)
		lint_report(l, m, COPL_ERROR, "plural-empty",
		    _("%zu plural forms of this message are empty"), empty);
}

void lint_fuzzy(struct lint *l, const struct copl_message *m)
{
	if (m->fuzzy && m->str[0][0] != '\0')
		lint_report(l, m, lint_before_release(l, l->unit), "fuzzy",
		    _("the translation is marked fuzzy: compare it with the "
		      "source and remove the mark"));
}

/* Spaces, marks of direction and others that leave no ink. */
static bool is_unseen(uint32_t c)
{
	static const uint32_t spans[][2] = {{0x0000, 0x0020}, {0x00a0, 0x00a0},
	    {0x061c, 0x061c}, {0x2000, 0x200f}, {0x2028, 0x202f},
	    {0x205f, 0x206f}, {0x3000, 0x3000}, {0xfeff, 0xfeff}};
	size_t i;

	for (i = 0; i < COPL_COUNT(spans); i++)
		if (c >= spans[i][0] && c <= spans[i][1])
			return true;
	return false;
}

static bool is_blank(const char *p)
{
	while (*p != '\0')
		if (!is_unseen(lint_next(&p)))
			return false;
	return true;
}

void lint_blank(struct lint *l, const struct lint_text *t)
{
	if (!is_blank(t->str) || is_blank(t->id))
		return;
	lint_report_text(l, t, t->str, COPL_ERROR, "blank",
	    _("the translation has nothing that can be seen"));
}

void lint_conflict_marker(struct lint *l, const struct lint_text *t)
{
	const char *at = strstr(t->str, "#-#-#-#-#");

	if (at != NULL && strstr(t->id, "#-#-#-#-#") == NULL)
		lint_report_text(l, t, at, COPL_ERROR, "conflict-marker",
		    _("two translations were joined here: keep one and remove "
		      "the #-#-#-#-# lines"));
}
