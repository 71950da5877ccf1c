/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A release that is not for young people yet, and what it waits for. */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "build/build_priv.h"

#define TEXTS_MAX ((size_t)4096)

/* Behind the last lack of the same language and state. */
static size_t lacks_end(const struct build *b, size_t from)
{
	size_t i = from;

	while (i < b->nlacks &&
	       b->lacks[i].language == b->lacks[from].language &&
	       b->lacks[i].approved == b->lacks[from].approved)
		i++;
	return i;
}

/* "consent 3 of 8, privacy 14 of 14" */
static const char *lacking(const struct build *b, size_t from, size_t to)
{
	struct copl_strbuf text = COPL_STRBUF_INIT(TEXTS_MAX);
	const char *copy;
	size_t i;

	for (i = from; i < to; i++) {
		const struct copl_release_lack *l = &b->lacks[i];

		if (i > from)
			copl_strbuf_puts(&text, ", ");
		copl_strbuf_printf(&text, _("%s %zu of %zu"),
		    copl_text_kind_name(l->kind), l->missing, l->total);
	}
	copy = copl_arena_strdup(b->arena, copl_strbuf_text(&text));
	if (copy == NULL || text.st != COPL_OK)
		b->r->nomem = true;
	copl_strbuf_clear(&text);
	return copy == NULL ? "" : copy;
}

/* ---- refused ---- */

static void report_lacks(struct build *b)
{
	size_t from, to;

	for (from = 0; from < b->nlacks; from = to) {
		const struct copl_release_lack *l = &b->lacks[from];
		const char *text;

		to = lacks_end(b, from);
		text = lacking(b, from, to);
		if (l->approved)
			copl_report(b->r, COPL_ERROR, "gate-unmet",
			    l->language->at,
			    _("%s: texts still to be approved: %s"),
			    l->language->tag, text);
		else
			copl_report(b->r, COPL_ERROR, "gate-unmet",
			    l->language->at,
			    _("%s: texts still to be reviewed: %s"),
			    l->language->tag, text);
	}
	copl_report(b->r, COPL_ERROR, "build-not-published",
	    (struct copl_place){b->lacks[0].language->at.file, 0, 0},
	    _("not everything is reviewed that must be before young people "
	      "see it; for testing, cop-l10n build --draft makes a release "
	      "that says on every page that it is a draft"));
}

enum copl_status build_check_gates(struct build *b)
{
	enum copl_status st =
	    copl_release_gates_judge(b->ws, b->arena, &b->lacks, &b->nlacks);

	if (st != COPL_OK)
		return st;
	b->draft = b->o->draft;
	if (b->nlacks > 0 && !b->draft)
		report_lacks(b);
	return COPL_OK;
}

/* ---- told ---- */

static void tell_lacks(const struct build *b, size_t from, size_t to)
{
	const struct copl_release_lack *l = &b->lacks[from];
	struct copl_field fields[2 + COPL_TEXT_KINDS] = {
	    {"language", l->language->tag},
	    {"state", l->approved ? "approved" : "reviewed"}};
	char numbers[COPL_TEXT_KINDS][24];
	const char *text = lacking(b, from, to);
	size_t n = 2, i;

	for (i = from; i < to; i++, n++) {
		snprintf(numbers[n - 2], sizeof(numbers[0]), "%zu",
		    b->lacks[i].missing);
		fields[n].key = copl_text_kind_name(b->lacks[i].kind);
		fields[n].value = numbers[n - 2];
	}
	if (l->approved)
		copl_tell(b->r, "gate-unmet", fields, n,
		    _("%s: texts still to be approved: %s"), l->language->tag,
		    text);
	else
		copl_tell(b->r, "gate-unmet", fields, n,
		    _("%s: texts still to be reviewed: %s"), l->language->tag,
		    text);
}

void build_tell_gates(const struct build *b)
{
	size_t from, to;

	for (from = 0; from < b->nlacks; from = to) {
		to = lacks_end(b, from);
		tell_lacks(b, from, to);
	}
}
