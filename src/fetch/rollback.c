/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "bundle/install.h"
#include "bundle/sets.h"
#include "fetch/fetching.h"

struct going_back {
	const struct copl_rollback_options *o;
	struct copl_arena *arena;
	struct copl_reporter *r;
	struct copl_trust trust;
	struct copl_kept_set *sets; /* the newest first */
	size_t nsets;
	size_t now; /* of them, the one in place */
	size_t to;
	bool from_draft;
};

static char *folder_of(const struct going_back *g, size_t i)
{
	return copl_arena_printf(
	    g->arena, "%s/" COPL_SETS "/%s", g->o->dir, g->sets[i].name);
}

/* What a set says of itself, right or wrong; NULL: nothing. */
static enum copl_status read_set(const struct going_back *g, size_t i,
    struct copl_strbuf *bytes, struct copl_manifest **m)
{
	char *set = folder_of(g, i);
	struct copl_reporter quiet;
	enum copl_status st;

	*m = NULL;
	copl_reporter_init(&quiet, NULL);
	if (set == NULL)
		return COPL_E_NOMEM;
	st =
	    copl_read_dir(set, COPL_MANIFEST, COPL_MANIFEST_MAX, &quiet, bytes);
	if (st == COPL_OK)
		st = copl_manifest_read(
		    copl_strbuf_text(bytes), bytes->len, NULL, &quiet, m);
	return st == COPL_E_NOMEM || quiet.nomem ? COPL_E_NOMEM : COPL_OK;
}

static enum copl_status say_none(const struct going_back *g)
{
	copl_report(g->r, COPL_ERROR, "rollback-none",
	    (struct copl_place){g->o->dir, 0, 0},
	    _("there is no earlier release here to go back to"));
	return COPL_E_INVALID;
}

static enum copl_status find_current(struct going_back *g)
{
	char name[64];
	enum copl_status st = copl_sets_current(g->o->dir, name, sizeof(name));

	for (g->now = 0; st == COPL_OK && g->now < g->nsets; g->now++)
		if (strcmp(g->sets[g->now].name, name) == 0)
			return COPL_OK;
	return st == COPL_OK ? say_none(g) : st;
}

/* The one before: of an earlier release, and a draft only before a draft. */
static enum copl_status find_earlier(struct going_back *g)
{
	struct copl_strbuf bytes = COPL_STRBUF_INIT(COPL_MANIFEST_MAX);
	enum copl_status st = COPL_OK;

	for (g->to = g->now + 1; st == COPL_OK && g->to < g->nsets; g->to++) {
		struct copl_manifest *m = NULL;
		bool fits;

		if (g->sets[g->to].version == g->sets[g->now].version)
			continue;
		st = read_set(g, g->to, &bytes, &m);
		fits = st == COPL_OK && m != NULL &&
		       (!m->draft || g->from_draft || g->o->draft);
		copl_manifest_free(m);
		if (fits)
			break;
	}
	copl_strbuf_clear(&bytes);
	if (st == COPL_OK && g->to == g->nsets)
		st = say_none(g);
	return st;
}

/* What is taken back; a damaged one is known by its number alone. */
static enum copl_status look_at_bad(struct going_back *g)
{
	struct copl_strbuf bytes = COPL_STRBUF_INIT(COPL_MANIFEST_MAX);
	struct copl_manifest *m = NULL;
	enum copl_status st = read_set(g, g->now, &bytes, &m);

	if (st != COPL_OK)
		goto out;
	g->from_draft = m != NULL && m->draft;
	/* Going back twice: the newest one stays what it was. */
	if (g->trust.withdrawn >= g->sets[g->now].version)
		goto out;
	g->trust.withdrawn = g->sets[g->now].version;
	g->trust.withdrawn_sha256[0] = '\0';
	if (m != NULL)
		copl_sha256_hex(copl_strbuf_text(&bytes), bytes.len,
		    g->trust.withdrawn_sha256);
	if (g->trust.version < g->trust.withdrawn)
		g->trust.version = g->trust.withdrawn;
out:
	copl_manifest_free(m);
	copl_strbuf_clear(&bytes);
	return st;
}

static enum copl_status check_file(const struct going_back *g, char *set,
    const struct copl_manifest_file *f, struct copl_strbuf *bytes)
{
	enum copl_status st =
	    copl_read_dir(set, f->path, COPL_RELEASE_FILE_MAX, g->r, bytes);

	if (st == COPL_OK)
		return copl_verify_file(
		    f, set, copl_strbuf_text(bytes), bytes->len, g->r);
	if (st == COPL_E_NOTFOUND) {
		copl_report(g->r, COPL_ERROR, "file-missing",
		    (struct copl_place){f->path, 0, 0},
		    _("is missing: get the release again"));
		st = COPL_E_TRUST;
	}
	return st;
}

/* As when it came, but for its age: what was here may be here again. */
static enum copl_status verify(
    const struct going_back *g, char *set, struct copl_manifest **m)
{
	struct copl_strbuf bytes = COPL_STRBUF_INIT(COPL_RELEASE_FILE_MAX);
	const struct copl_verify how = {.now = g->o->now,
	    .installed = true,
	    .read = copl_read_dir,
	    .read_arg = set,
	    .where = set};
	struct copl_trust trust = g->trust;
	struct copl_part part;
	enum copl_status st, one;
	size_t i;

	trust.version = trust.withdrawn = 0;
	st = copl_part_load(set, g->arena, g->r, &part);
	if (st == COPL_OK)
		st = copl_verify_manifest(&how, &trust, g->r, m);
	for (i = 0; *m != NULL && i < (*m)->nfiles; i++) {
		if (!copl_part_has(&part, &(*m)->files[i]))
			continue;
		one = check_file(g, set, &(*m)->files[i], &bytes);
		if (one == COPL_E_NOMEM)
			st = one;
		else if (one != COPL_OK && st == COPL_OK)
			st = COPL_E_TRUST;
	}
	copl_strbuf_clear(&bytes);
	return st;
}

static void tell(const struct going_back *g)
{
	char now[24], before[24];
	const struct copl_field fields[] = {
	    {"dir", g->o->dir}, {"version", now}, {"withdrawn", before}};

	snprintf(now, sizeof(now), "%" PRIu64, g->sets[g->to].version);
	snprintf(before, sizeof(before), "%" PRIu64, g->sets[g->now].version);
	copl_tell(g->r, "rolled-back", fields, COPL_COUNT(fields),
	    _("release %s is in place again, and release %s will not come "
	      "back by itself; a newer one will"),
	    now, before);
}

static enum copl_status go_back(struct going_back *g)
{
	struct copl_manifest *m = NULL;
	enum copl_status st = copl_trust_load(g->o->dir, g->r, &g->trust);
	char *set;

	if (st == COPL_OK)
		st = copl_sets_list(
		    g->o->dir, g->arena, g->r, &g->sets, &g->nsets);
	if (st == COPL_OK)
		st = find_current(g);
	if (st == COPL_OK)
		st = look_at_bad(g);
	if (st == COPL_OK)
		st = find_earlier(g);
	if (st != COPL_OK)
		return st;
	set = folder_of(g, g->to);
	if (set == NULL)
		return COPL_E_NOMEM;
	st = verify(g, set, &m);
	/* The word against it first: it counts even if we stop here. */
	if (st == COPL_OK)
		st = copl_trust_save(g->o->dir, &g->trust, g->r);
	if (st == COPL_OK)
		st = copl_sets_point(g->o->dir, g->sets[g->to].name, g->r);
	if (st == COPL_OK)
		tell(g);
	copl_manifest_free(m);
	return st;
}

enum copl_status copl_fetch_rollback(
    const struct copl_rollback_options *options, const struct copl_sink *sink)
{
	struct copl_reporter r;
	struct going_back g = {.o = options, .r = &r};
	enum copl_status st = COPL_E_NOMEM;
	int held = -1;

	copl_reporter_init(&r, sink);
	g.arena = copl_arena_new();
	if (g.arena == NULL)
		goto out;
	if (!copl_path_exists(options->dir)) {
		st = say_none(&g);
		goto out;
	}
	st = copl_fetch_lock(options->dir, g.arena, &r, &held);
	if (st == COPL_OK)
		st = go_back(&g);
out:
	copl_lock_release(held);
	copl_arena_free(g.arena);
	return copl_reporter_end(&r, st);
}
