/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "bundle/install.h"
#include "deliver/driver.h"

/*
 * A folder of this computer, such as what a web server or a drive shows: the
 * set is installed there as an office would install it, all at once.
 */

struct placing {
	const struct copl_target *t;
	const char *folder;
	struct copl_arena *arena;
	struct copl_reporter *r;
};

/* It must be there: what is meant may be a drive that is not. */
static enum copl_status check_folder(struct placing *p)
{
	if (copl_path_exists(p->folder))
		return COPL_OK;
	copl_report(p->r, COPL_ERROR, "endpoint-no-folder", p->t->endpoint->at,
	    _("the folder %s is not there: make it, or connect the drive on "
	      "which it is, and push again"),
	    p->folder);
	return COPL_E_IO;
}

static enum copl_status lock(struct placing *p, int *held)
{
	const char *state = copl_path_join(p->arena, p->folder, COPL_STATE_DIR);
	const char *path =
	    state == NULL ? NULL : copl_path_join(p->arena, state, "lock");
	enum copl_status st;

	if (path == NULL)
		return COPL_E_NOMEM;
	st = copl_dir_make(state, p->r);
	return st == COPL_OK ? copl_lock_take(path, p->r, held) : st;
}

/* Whom the folder believes; for the first set, the keys that it names. */
static enum copl_status read_trust(struct placing *p, struct copl_trust *t)
{
	const struct copl_manifest *m = p->t->set->manifest;
	enum copl_status st = copl_trust_load(p->folder, p->r, t);
	size_t i;

	if (st != COPL_OK || t->nkeys > 0)
		return st;
	for (i = 0; i < m->nkeys && i < COPL_COUNT(t->keys); i++) {
		st = copl_public_key_read(
		    m->keys[i], p->t->endpoint->at, p->r, &t->keys[i]);
		if (st != COPL_OK)
			return st;
		t->nkeys++;
	}
	return COPL_OK;
}

static bool is_there(struct placing *p)
{
	const struct copl_set *set = p->t->set;
	struct copl_strbuf now = COPL_STRBUF_INIT(COPL_MANIFEST_MAX);
	char digest[COPL_SHA256_HEX];
	bool same = false;

	if (copl_install_intact(p->folder, NULL, &now) == COPL_OK &&
	    now.len > 0) {
		copl_sha256_hex(copl_strbuf_text(&now), now.len, digest);
		same = strcmp(digest, set->files[set->nfiles - 1].sha256) == 0;
	}
	copl_strbuf_clear(&now);
	return same;
}

static enum copl_status install(struct placing *p)
{
	char *source = copl_arena_strdup(p->arena, p->t->set->folder);
	struct copl_verify how = {.now = p->t->now,
	    .draft = true,
	    .read = copl_read_dir,
	    .read_arg = source,
	    .where = source};
	struct copl_trust trust = {.nkeys = 0};
	struct copl_manifest *m = NULL;
	struct copl_install in = {.dir = p->folder,
	    .trust = &trust,
	    .read = copl_read_dir,
	    .read_arg = source,
	    .where = source};
	enum copl_status st =
	    source == NULL ? COPL_E_NOMEM : read_trust(p, &trust);

	if (st == COPL_OK)
		st = copl_verify_manifest(&how, &trust, p->r, &m);
	in.manifest = m;
	if (st == COPL_OK)
		st = copl_install(&in, p->r, NULL);
	copl_manifest_free(m);
	return st;
}

/* What a full or failing disk does to a file shows here. */
static enum copl_status prove(struct placing *p)
{
	if (is_there(p))
		return COPL_OK;
	copl_report(p->r, COPL_WARNING, "receipt-wrong", p->t->endpoint->at,
	    _("%s took the set but shows another one: delivery is not proven, "
	      "the next push tries again"),
	    p->folder);
	return COPL_E_IO;
}

static enum copl_status dir_place(
    const struct copl_target *t, struct copl_reporter *r)
{
	struct placing p = {.t = t, .folder = t->endpoint->folder, .r = r};
	enum copl_status st = COPL_E_NOMEM;
	int held = -1;

	p.arena = copl_arena_new();
	if (p.arena != NULL)
		st = check_folder(&p);
	if (st == COPL_OK)
		st = lock(&p, &held);
	if (st == COPL_OK && !is_there(&p)) {
		st = install(&p);
		if (st == COPL_OK)
			st = prove(&p);
	}
	copl_lock_release(held);
	copl_arena_free(p.arena);
	return st;
}

const struct copl_driver copl_driver_dir = {.name = "dir",
    .vouches = true,
    .place = dir_place};
