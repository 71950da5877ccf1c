/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "locale/locale.h"
#include "work/status.h"

/* ---- the order of languages ---- */

/* Official languages of the United Nations in their order, then others. */
static size_t rank_of(const char *tag)
{
	static const char *const order[] = {"ar", "zh", "en", "fr", "ru", "es"};
	size_t len = strcspn(tag, "-"), i;

	for (i = 0; i < COPL_COUNT(order); i++)
		if (strlen(order[i]) == len && memcmp(order[i], tag, len) == 0)
			break;
	return i;
}

/* Indexes of the project's languages; those of one rank as written. */
static size_t *order_languages(
    const struct copl_project *p, struct copl_arena *a)
{
	size_t *list = copl_arena_alloc(a, (p->nlanguages + 1) * sizeof(*list));
	size_t i, k;

	for (i = 0; list != NULL && i < p->nlanguages; i++) {
		size_t rank = rank_of(p->languages[i].tag);

		for (k = i;
		     k > 0 && rank_of(p->languages[list[k - 1]].tag) > rank;
		     k--)
			list[k] = list[k - 1];
		list[k] = i;
	}
	return list;
}

/* ---- rows ---- */

static void set_due(
    const struct copl_language *l, int64_t now, struct status_row *row)
{
	row->has_due = l->due >= 0;
	row->days = status_days(l->due, now);
}

/* NULL: no memory. */
static const char *autonym(const char *tag, struct copl_arena *a)
{
	struct copl_strbuf name = COPL_STRBUF_INIT(1024);
	enum copl_status st = copl_locale_autonym(tag, &name);
	const char *text = tag;

	if (st == COPL_OK)
		text = copl_arena_strdup(a, copl_strbuf_text(&name));
	copl_strbuf_clear(&name);
	return st == COPL_E_NOMEM ? NULL : text;
}

static void add_count(struct status_count *to, const struct status_count *n)
{
	to->texts += n->texts;
	to->words += n->words;
	to->words_todo += n->words_todo;
	to->translated += n->translated;
	to->fuzzy += n->fuzzy;
	to->missing += n->missing;
	to->obsolete += n->obsolete;
	to->invalid += n->invalid;
	to->reviewed += n->reviewed;
	to->approved += n->approved;
}

static enum copl_status make_row(const struct copl_workspace *w,
    const struct copl_master *m, size_t language, int64_t now,
    struct status_row *row)
{
	const struct copl_master_catalog *mc = &m->catalogs[language];

	row->m = m;
	row->mc = mc;
	row->own = mc->own;
	row->name = autonym(mc->language->tag, w->arena);
	if (row->name == NULL)
		return COPL_E_NOMEM;
	set_due(mc->language, now, row);
	return status_count(w, m, mc, &row->n);
}

static enum copl_status make_rows(const struct copl_workspace *w,
    const size_t *order, int64_t now, struct status *s)
{
	enum copl_status st = COPL_OK;
	size_t i, k;

	for (i = 0; i < w->nmasters; i++) {
		const struct copl_master *m = &w->masters[i];

		if (m->units == NULL || m->catalogs == NULL)
			continue;
		s->nforms++;
		for (k = 0; k < s->ntotals && st == COPL_OK; k++) {
			struct status_row *row = &s->rows[s->n++];
			struct status_row *total = &s->totals[k];

			st = make_row(w, m, order[k], now, row);
			if (total->mc == NULL)
				*total = (struct status_row){.mc = row->mc,
				    .own = true,
				    .name = row->name,
				    .has_due = row->has_due,
				    .days = row->days};
			total->own &= row->own;
			add_count(&total->n, &row->n);
		}
	}
	return st;
}

static enum copl_status make(
    const struct copl_workspace *w, int64_t now, struct status *s)
{
	const struct copl_project *p = w->project;
	const size_t *order = order_languages(p, w->arena);

	s->w = w;
	s->project = p;
	s->ntotals = p->nlanguages;
	s->rows = copl_arena_alloc(
	    w->arena, (w->nmasters * p->nlanguages + 1) * sizeof(*s->rows));
	s->totals = copl_arena_alloc(
	    w->arena, (p->nlanguages + 1) * sizeof(*s->totals));
	if (order == NULL || s->rows == NULL || s->totals == NULL)
		return COPL_E_NOMEM;
	return make_rows(w, order, now, s);
}

/* ---- telling ---- */

#define NUMBER_SIZE 24

static void tell_row(const struct status_row *row, struct copl_reporter *r)
{
	const struct status_count *n = &row->n;
	const size_t numbers[] = {n->translated, n->fuzzy, n->missing,
	    n->obsolete, n->texts, n->words, n->words_todo, n->invalid,
	    n->reviewed, n->approved, status_percent(n->translated, n->texts)};
	static const char *const keys[] = {"translated", "fuzzy",
	    "untranslated", "obsolete", "total", "words", "words-todo",
	    "invalid", "reviewed", "approved", "percent"};
	char text[COPL_COUNT(numbers)][NUMBER_SIZE], days[NUMBER_SIZE] = "";
	struct copl_field fields[COPL_COUNT(numbers) + 5];
	size_t k = 0, i;

	if (row->m != NULL)
		fields[k++] = (struct copl_field){"form", row->m->id};
	fields[k++] = (struct copl_field){"language", row->mc->language->tag};
	for (i = 0; i < COPL_COUNT(numbers); i++) {
		snprintf(text[i], NUMBER_SIZE, "%zu", numbers[i]);
		fields[k++] = (struct copl_field){keys[i], text[i]};
	}
	if (row->has_due)
		snprintf(days, sizeof(days), "%ld", row->days);
	fields[k++] = (struct copl_field){"days", days};
	fields[k++] = (struct copl_field){"source", row->own ? "yes" : "no"};
	fields[k++] = (struct copl_field){"name", row->name};
	copl_tell(
	    r, row->m != NULL ? "status" : "status-total", fields, k, NULL);
}

/* One line for who asks what is next. */
static void tell_next(const struct status *s, struct copl_reporter *r)
{
	const struct status_row *most = NULL;
	size_t invalid = 0, unseen = 0, i;

	for (i = 0; i < s->ntotals; i++) {
		const struct status_row *row = &s->totals[i];
		size_t todo = row->n.fuzzy + row->n.missing;

		if (todo > 0 &&
		    (most == NULL || todo > most->n.fuzzy + most->n.missing))
			most = row;
		invalid += row->n.invalid;
		unseen += row->own ? 0 : row->n.translated - row->n.reviewed;
	}
	if (most != NULL)
		copl_tell(r, "status-next", NULL, 0,
		    _("Next: most is left to do in %s: texts %zu, words %zu"),
		    most->mc->language->tag, most->n.fuzzy + most->n.missing,
		    most->n.words_todo);
	else if (invalid > 0)
		copl_tell(r, "status-next", NULL, 0,
		    _("Next: cop-l10n check tells what is wrong with the "
		      "texts that are invalid"));
	else if (unseen > 0)
		copl_tell(r, "status-next", NULL, 0,
		    _("Everything is translated. Next: review, as nobody has "
		      "looked at %zu texts yet"),
		    unseen);
	else
		copl_tell(r, "status-next", NULL, 0,
		    _("Everything is translated and reviewed. Next: cop-l10n "
		      "build"));
}

static void tell(const struct status *s, struct copl_reporter *r)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		tell_row(&s->rows[i], r);
	for (i = 0; i < s->ntotals && s->n > 0; i++)
		tell_row(&s->totals[i], r);
}

/* ---- what was asked to be there ---- */

static size_t reached(
    const struct status_row *row, enum copl_status_require require)
{
	const struct status_count *n = &row->n;

	switch (require) {
	case COPL_REQUIRE_NOTHING:
		return n->texts;
	case COPL_REQUIRE_TRANSLATED:
		return n->translated - n->invalid;
	case COPL_REQUIRE_REVIEWED:
		return n->reviewed;
	case COPL_REQUIRE_APPROVED:
		return n->approved;
	}
	return 0;
}

static enum copl_status check_required(const struct status *s,
    enum copl_status_require require, struct copl_reporter *r)
{
	static const char *const words[] = {[COPL_REQUIRE_NOTHING] = "",
	    [COPL_REQUIRE_TRANSLATED] = N_("translated"),
	    [COPL_REQUIRE_REVIEWED] = N_("reviewed"),
	    [COPL_REQUIRE_APPROVED] = N_("approved")};
	enum copl_status st = COPL_OK;
	size_t i;

	for (i = 0; i < s->n; i++) {
		const struct status_row *row = &s->rows[i];
		size_t have = reached(row, require);

		if (row->own || have == row->n.texts)
			continue;
		copl_report(r, COPL_ERROR, "status-required",
		    (struct copl_place){row->mc->path, 0, 0},
		    _("asked for: %s without errors; it is so for %zu of %zu "
		      "texts"),
		    _(words[require]), have, row->n.texts);
		st = COPL_E_INVALID;
	}
	return st;
}

/* ---- the whole ---- */

static enum copl_status write_page(const struct status *s,
    const struct copl_status_options *o, struct copl_reporter *r)
{
	struct copl_strbuf page = COPL_STRBUF_INIT(COPL_XML_MAX);
	const struct copl_field field = {"file", o->html};
	enum copl_status st = status_page(s, o, &page);

	if (st == COPL_OK)
		st = copl_file_output(
		    o->html, copl_strbuf_text(&page), page.len, 0666, r, NULL);
	if (st == COPL_OK)
		copl_tell(r, "status-page", &field, 1,
		    _("%s: written for everybody to see"), o->html);
	copl_strbuf_clear(&page);
	return st;
}

enum copl_status copl_status_report(const char *dir,
    const struct copl_status_options *options, const struct copl_sink *sink)
{
	const struct copl_status_options none = {0};
	const struct copl_status_options *o = options == NULL ? &none : options;
	struct copl_workspace *w = NULL;
	struct status s = {0};
	struct copl_reporter r;
	enum copl_status st, own = COPL_OK;

	copl_reporter_init(&r, sink);
	st = copl_workspace_load(
	    dir, &(struct copl_workspace_load){.lint = false}, &r, &w);
	if (w != NULL)
		own = make(w, o->now, &s);
	if (w != NULL && own == COPL_OK) {
		tell(&s, &r);
		/* Not everything was read: the page would say less. */
		if (o->html != NULL && st != COPL_E_IO)
			own = write_page(&s, o, &r);
		if (own == COPL_OK)
			own = check_required(&s, o->require, &r);
		if (st == COPL_OK)
			tell_next(&s, &r);
	}
	copl_workspace_free(w);
	return copl_reporter_end(&r, st == COPL_OK ? own : st);
}
