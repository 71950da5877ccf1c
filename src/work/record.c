/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The review records of a project, beside its catalogs. */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "work/work.h"

#define QUOTED 160 /* bytes of a text that a finding quotes */

/* The catalog's path with another ending. */
static const char *beside(struct copl_arena *a,
    const struct copl_master_catalog *mc, const char *ending)
{
	size_t len = strlen(mc->path) - strlen(".po");

	return copl_arena_printf(a, "%.*s%s", (int)len, mc->path, ending);
}

const char *copl_record_path(
    struct copl_arena *a, const struct copl_master_catalog *mc)
{
	return beside(a, mc, ".review");
}

enum copl_status copl_record_load(struct copl_arena *a,
    struct copl_master_catalog *mc, struct copl_reporter *r)
{
	mc->review_path = copl_record_path(a, mc);
	if (mc->review_path == NULL)
		return COPL_E_NOMEM;
	return copl_review_load(mc->review_path, r, &mc->review);
}

const char *copl_record_approved_path(
    struct copl_arena *a, const struct copl_master_catalog *mc)
{
	return beside(a, mc, ".approved.po");
}

enum copl_status copl_record_approved(struct copl_arena *a,
    const struct copl_master_catalog *mc, struct copl_reporter *r,
    struct copl_catalog **out)
{
	const char *path = copl_record_approved_path(a, mc);

	*out = NULL;
	if (path == NULL)
		return COPL_E_NOMEM;
	if (!copl_path_exists(path))
		return COPL_OK;
	return copl_catalog_load(path, r, out);
}

/* ---- translations that were reviewed for another source ---- */

struct stale {
	const struct copl_master *m;
	const struct copl_master_catalog *mc;
	struct copl_reporter *r;
	struct copl_arena *arena;
	struct copl_catalog *approved; /* loaded once, for the first finding */
	bool tried;
};

/* A text short enough for a finding. */
static const char *quote(struct stale *s, const char *text)
{
	size_t len = strlen(text), cut = QUOTED;

	if (len <= QUOTED)
		return text;
	while (cut > 0 && ((unsigned char)text[cut] & 0xc0) == 0x80)
		cut--;
	text = copl_arena_printf(s->arena, "%.*s…", (int)cut, text);
	s->r->nomem |= text == NULL;
	return text == NULL ? "" : text;
}

/* The source that a row is about, where it is still known; NULL: it is not. */
static const char *source_of(struct stale *s, const struct copl_review_row *row)
{
	const struct copl_message *m;
	struct copl_review_pair pair;
	struct copl_reporter quiet;
	enum copl_status st;

	if (!s->tried) {
		s->tried = true;
		copl_reporter_init(&quiet, NULL);
		st =
		    copl_record_approved(s->arena, s->mc, &quiet, &s->approved);
		if (copl_reporter_end(&quiet, st) == COPL_E_NOMEM)
			s->r->nomem = true;
	}
	if (s->approved == NULL)
		return NULL;
	m = copl_catalog_find_ctxt(s->approved, row->id);
	if (m == NULL)
		return NULL;
	copl_review_pair_of(m, &pair);
	return strcmp(pair.source, row->source) == 0 ? m->id : NULL;
}

static void report_stale(struct stale *s, const struct copl_message *m,
    const struct copl_review_row *row)
{
	const char *was = source_of(s, row);
	const char *state = copl_review_state_name(row->state);
	const char *role = row->role[0] == '\0' ? "-" : row->role;
	struct copl_place at = copl_message_str_at(s->mc->catalog, m);

	if (was != NULL)
		copl_report(s->r, COPL_ERROR, "stale-translation", at,
		    _("\"%s\": this translation was %s on %s (%s) for \"%s\", "
		      "but now it stands under \"%s\": translate it anew, or, "
		      "if it fits both, say so with: cop-l10n review %s "
		      "translated %s --form %s"),
		    row->id, state, row->date, role, quote(s, was),
		    quote(s, m->id), s->mc->language->tag, row->id, s->m->id);
	else
		copl_report(s->r, COPL_ERROR, "stale-translation", at,
		    _("\"%s\": this translation was %s on %s (%s) for another "
		      "source than \"%s\", under which it stands now: "
		      "translate it anew, or, if it fits, say so with: "
		      "cop-l10n review %s translated %s --form %s"),
		    row->id, state, row->date, role, quote(s, m->id),
		    s->mc->language->tag, row->id, s->m->id);
}

enum copl_status copl_record_check(const struct copl_master *m,
    const struct copl_master_catalog *mc, struct copl_reporter *r)
{
	struct stale s = {.m = m, .mc = mc, .r = r};
	enum copl_status st = COPL_OK;
	size_t i;

	if (mc->review == NULL || mc->review->nrows == 0)
		return COPL_OK;
	s.arena = copl_arena_new();
	if (s.arena == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < mc->catalog->nmessages; i++) {
		const struct copl_message *msg = &mc->catalog->messages[i];
		struct copl_review_verdict v;

		copl_review_judge(mc->review, msg, &v);
		if (v.stale == NULL)
			continue;
		report_stale(&s, msg, v.stale);
		st = COPL_E_INVALID;
	}
	copl_catalog_free(s.approved);
	copl_arena_free(s.arena);
	return st;
}
