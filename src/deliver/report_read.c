/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include "base/i18n.h"
#include "deliver/report.h"

/* ---- the release ---- */

/* The keys that the manifest itself names: damage is found, not forgery. */
static enum copl_status keys_inside(const struct report *rep, const char *bytes,
    size_t len, struct copl_reporter *r, struct copl_trust *t)
{
	struct copl_manifest *m = NULL;
	enum copl_status st =
	    copl_manifest_read(bytes, len, rep->o->release, r, &m);
	size_t i;

	for (i = 0; st == COPL_OK && i < m->nkeys; i++) {
		st = copl_public_key_read(m->keys[i],
		    (struct copl_place){rep->o->release, 0, 0}, r, &t->keys[i]);
		if (st == COPL_OK)
			t->nkeys++;
	}
	copl_manifest_free(m);
	return st;
}

static enum copl_status check_project(
    const struct report *rep, struct copl_reporter *r)
{
	if (strcmp(rep->release->project, rep->project->id) == 0)
		return COPL_OK;
	copl_report(r, COPL_ERROR, "release-project",
	    (struct copl_place){rep->o->release, 0, 0},
	    _("this release is of the project \"%s\", not of \"%s\""),
	    rep->release->project, rep->project->id);
	return COPL_E_INVALID;
}

static enum copl_status read_release(
    struct report *rep, struct copl_reporter *r)
{
	struct copl_strbuf bytes = COPL_STRBUF_INIT(COPL_MANIFEST_MAX);
	char *folder = copl_arena_strdup(rep->arena, rep->o->release);
	struct copl_trust t = {.nkeys = 0};
	const struct copl_verify how = {.now = rep->o->now,
	    .installed = true,
	    .draft = true,
	    .read = copl_read_dir,
	    .read_arg = folder,
	    .where = rep->o->release};
	const char *path =
	    copl_path_join(rep->arena, rep->o->release, COPL_MANIFEST);
	enum copl_status st;

	if (folder == NULL || path == NULL)
		return COPL_E_NOMEM;
	st = copl_file_read(path, COPL_MANIFEST_MAX, r, &bytes);
	if (st == COPL_OK)
		st = keys_inside(
		    rep, copl_strbuf_text(&bytes), bytes.len, r, &t);
	copl_sha256_hex(copl_strbuf_text(&bytes), bytes.len, rep->seal);
	if (st == COPL_OK)
		copl_fingerprint(&t.keys[0], rep->fingerprint);
	if (st == COPL_OK)
		st = copl_verify_manifest(&how, &t, r, &rep->release);
	if (st == COPL_OK)
		st = check_project(rep, r);
	copl_strbuf_clear(&bytes);
	return st;
}

/* ---- who holds what ---- */

enum report_state report_judge(
    const struct copl_ledger_standing *s, uint64_t held, uint64_t version)
{
	static const struct {
		const char *status;
		enum report_state state;
	} states[] = {{"waiting", REPORT_WAITS}, {"refused", REPORT_REFUSED},
	    {"gone", REPORT_GONE}, {"dead", REPORT_DEAD}};
	size_t i;

	if (held == version)
		return REPORT_HOLDS;
	for (i = 0; s != NULL && i < COPL_COUNT(states); i++)
		if (strcmp(s->status, states[i].status) == 0)
			return states[i].state;
	return REPORT_NOT_TRIED;
}

static int by_endpoint(const void *key, const void *item)
{
	return strcmp(
	    key, ((const struct copl_ledger_standing *)item)->endpoint);
}

/* What the ledger knows; of another address it knows nothing. */
static void add_row(struct report *rep, const struct copl_ledger_standing *s,
    struct report_row *row)
{
	if (s != NULL && strcmp(s->url, row->endpoint->url) != 0)
		s = NULL;
	if (s != NULL) {
		row->held = s->held;
		row->held_since = s->held_since;
		row->tried_at = s->at;
	}
	row->state = report_judge(s, row->held, rep->release->version);
	if (s != NULL && row->state != REPORT_HOLDS && s->reason != NULL &&
	    *s->reason != '\0')
		row->reason = s->reason;
	rep->counts[row->state]++;
	rep->nrows++;
}

static const struct copl_ledger_standing *find(
    const struct copl_ledger_standing *list, size_t n, const char *endpoint)
{
	return n == 0 ? NULL
		      : bsearch(endpoint, list, n, sizeof(*list), by_endpoint);
}

static void add_kind(struct report *rep,
    const struct copl_ledger_standing *standings, size_t n,
    enum copl_recipient_kind kind)
{
	size_t i, k;

	for (i = 0; i < rep->project->nrecipients; i++) {
		const struct copl_recipient *to = &rep->project->recipients[i];

		for (k = 0; k < to->nendpoints && to->kind == kind; k++) {
			const struct copl_endpoint *e = &to->endpoints[k];
			struct report_row *row = &rep->rows[rep->nrows];

			*row = (struct report_row){.to = to, .endpoint = e};
			add_row(rep, find(standings, n, e->id), row);
		}
	}
}

static enum copl_status add_rows(
    struct report *rep, struct copl_ledger *l, struct copl_reporter *r)
{
	static const enum copl_recipient_kind kinds[] = {
	    COPL_OFFICE, COPL_MEMBER_STATE, COPL_PARTNER};
	struct copl_ledger_standing *standings = NULL;
	size_t n = 0, total = 0, i;
	enum copl_status st =
	    copl_ledger_standings(l, rep->arena, r, &standings, &n);

	for (i = 0; i < rep->project->nrecipients; i++)
		total += rep->project->recipients[i].nendpoints;
	rep->rows =
	    copl_arena_alloc(rep->arena, (total + 1) * sizeof(*rep->rows));
	if (rep->rows == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < COPL_COUNT(kinds) && st == COPL_OK; i++)
		add_kind(rep, standings, n, kinds[i]);
	return st;
}

/* A report makes no ledger: where there is none, nothing was delivered. */
static enum copl_status read_ledger(struct report *rep, struct copl_reporter *r)
{
	const char *where = rep->o->ledger;
	struct copl_ledger *l = NULL;
	enum copl_status st;

	if (copl_ledger_is_shared(where) || copl_path_exists(where))
		st = copl_ledger_open_to_read(where, r, &l);
	else
		st = copl_ledger_open(NULL, r, &l);
	if (st == COPL_OK)
		st = add_rows(rep, l, r);
	copl_ledger_close(l);
	return st;
}

/* ---- versions ---- */

static int newest_first(const void *a, const void *b)
{
	const struct report_version *x = a, *y = b;

	return (x->version < y->version) - (x->version > y->version);
}

/* Releases lie side by side; one that was removed has no date any more. */
static enum copl_status look_up(
    const struct report *rep, struct report_version *v)
{
	struct copl_strbuf bytes = COPL_STRBUF_INIT(COPL_MANIFEST_MAX);
	struct copl_manifest *m = NULL;
	struct copl_reporter quiet;
	const char *path;
	enum copl_status st;

	if (v->version == rep->release->version) {
		v->created = rep->release->created;
		v->draft = rep->release->draft;
		return COPL_OK;
	}
	path = copl_arena_printf(rep->arena, "%s/../%" PRIu64 "/%s",
	    rep->o->release, v->version, COPL_MANIFEST);
	if (path == NULL)
		return COPL_E_NOMEM;
	copl_reporter_init(&quiet, NULL);
	st = copl_file_read(path, COPL_MANIFEST_MAX, &quiet, &bytes);
	if (st == COPL_OK)
		st = copl_manifest_read(
		    copl_strbuf_text(&bytes), bytes.len, path, &quiet, &m);
	if (st == COPL_OK && m->version == v->version) {
		v->created = m->created;
		v->draft = m->draft;
	}
	copl_manifest_free(m);
	copl_strbuf_clear(&bytes);
	return st == COPL_E_NOMEM ? st : COPL_OK;
}

static void count_version(struct report *rep, uint64_t version, size_t n)
{
	size_t i;

	for (i = 0; i < rep->nversions; i++)
		if (rep->versions[i].version == version)
			break;
	if (i == rep->nversions)
		rep->versions[rep->nversions++] =
		    (struct report_version){.version = version};
	rep->versions[i].holders += n;
}

static enum copl_status list_versions(struct report *rep)
{
	enum copl_status st = COPL_OK;
	size_t i;

	rep->versions = copl_arena_alloc(
	    rep->arena, (rep->nrows + 1) * sizeof(*rep->versions));
	if (rep->versions == NULL)
		return COPL_E_NOMEM;
	count_version(rep, rep->release->version, 0);
	for (i = 0; i < rep->nrows; i++)
		if (rep->rows[i].held > 0)
			count_version(rep, rep->rows[i].held, 1);
	qsort(rep->versions, rep->nversions, sizeof(*rep->versions),
	    newest_first);
	for (i = 0; i < rep->nversions && st == COPL_OK; i++)
		st = look_up(rep, &rep->versions[i]);
	return st;
}

enum copl_status report_read(struct report *rep, struct copl_reporter *r)
{
	enum copl_status st;

	rep->arena = copl_arena_new();
	if (rep->arena == NULL)
		return COPL_E_NOMEM;
	st = copl_project_load(rep->o->dir, r, &rep->project);
	if (st == COPL_OK)
		st = read_release(rep, r);
	if (st == COPL_OK)
		st = read_ledger(rep, r);
	return st == COPL_OK ? list_versions(rep) : st;
}

void report_clear(struct report *rep)
{
	copl_manifest_free(rep->release);
	copl_project_free(rep->project);
	copl_arena_free(rep->arena);
}
