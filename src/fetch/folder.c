/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "bundle/install.h"
#include "fetch/fetching.h"

/* A scheduled fetch may go on giving the key that it once began with. */
static enum copl_status look_at_key(
    struct copl_fetching *f, struct copl_reporter *r)
{
	struct copl_public_key given;
	enum copl_status st;

	f->choose = true;
	if (f->o->key != NULL) {
		st = copl_public_key_load(f->o->key, r, &given);
		if (st != COPL_OK)
			return st;
		if (f->o->fingerprint == NULL ||
		    copl_fingerprint_equal(f->o->fingerprint, &given))
			f->choose = !copl_trust_knows(&f->pinned, &given);
		return COPL_OK;
	}
	if (f->o->fingerprint == NULL)
		f->choose = f->pinned.nkeys == 0;
	else
		f->choose = !copl_trust_knows_fingerprint(
		    &f->pinned, f->o->fingerprint);
	return COPL_OK;
}

/* Is it the part of its own release that this fetch asks for? */
static enum copl_status is_wanted(struct copl_fetching *f, const char *current,
    const struct copl_manifest *m, bool *wanted)
{
	struct copl_part part, here;
	struct copl_reporter quiet;
	enum copl_status st;

	copl_reporter_init(&quiet, NULL);
	*wanted = false;
	st = copl_wanted_part(f->o, m, f->arena, &quiet, &part);
	if (st == COPL_OK)
		st = copl_part_load(current, f->arena, &quiet, &here);
	if (st == COPL_E_NOMEM || quiet.nomem)
		return COPL_E_NOMEM;
	*wanted = st == COPL_OK && copl_part_same(&part, &here);
	return COPL_OK;
}

/* People open a damaged set, too: what it says of itself counts. */
static enum copl_status look_at_set(struct copl_fetching *f)
{
	struct copl_strbuf bytes = COPL_STRBUF_INIT(COPL_MANIFEST_MAX);
	char *current = copl_path_join(f->arena, f->o->dir, COPL_CURRENT);
	struct copl_manifest *m = NULL;
	enum copl_status st = COPL_E_NOMEM;
	struct copl_reporter quiet;
	bool wanted = false;

	copl_reporter_init(&quiet, NULL);
	if (current != NULL)
		st = copl_read_dir(
		    current, COPL_MANIFEST, COPL_MANIFEST_MAX, &quiet, &bytes);
	if (st == COPL_OK)
		st = copl_manifest_read(
		    copl_strbuf_text(&bytes), bytes.len, NULL, &quiet, &m);
	f->published = st == COPL_OK && !m->draft;
	if (st == COPL_OK)
		st = is_wanted(f, current, m, &wanted);
	if (!wanted)
		copl_strbuf_reset(&f->installed);
	copl_manifest_free(m);
	copl_strbuf_clear(&bytes);
	return st == COPL_E_NOMEM || quiet.nomem ? COPL_E_NOMEM : COPL_OK;
}

enum copl_status copl_fetch_look(
    struct copl_fetching *f, struct copl_reporter *r)
{
	enum copl_status st = copl_trust_load(f->o->dir, r, &f->pinned);

	if (st == COPL_OK)
		st = copl_install_intact(f->o->dir, NULL, &f->installed);
	if (st == COPL_OK)
		st = look_at_set(f);
	if (st == COPL_OK)
		st = copl_seen_load(f->o->dir, &f->seen);
	if (st == COPL_OK)
		st = look_at_key(f, r);
	if (st == COPL_OK && f->installed.len > 0)
		copl_sha256_hex(copl_strbuf_text(&f->installed),
		    f->installed.len, f->digest);
	return st;
}

static enum copl_status check_own(
    const char *dir, struct copl_arena *a, struct copl_reporter *r)
{
	static const char *const own[] = {
	    COPL_STATE_DIR, COPL_PARTIALS, COPL_SETS};
	enum copl_status st = COPL_OK;
	size_t i;

	for (i = 0; st == COPL_OK && i < COPL_COUNT(own); i++) {
		const char *path = copl_path_join(a, dir, own[i]);

		st = path == NULL ? COPL_E_NOMEM : copl_install_own(path, r);
	}
	return st;
}

enum copl_status copl_fetch_lock(
    const char *dir, struct copl_arena *a, struct copl_reporter *r, int *held)
{
	char *state = copl_path_join(a, dir, COPL_STATE_DIR);
	char *path = state == NULL ? NULL : copl_path_join(a, state, "lock");
	enum copl_status st;

	if (path == NULL)
		return COPL_E_NOMEM;
	st = copl_dir_make(state, r);
	if (st == COPL_OK)
		st = check_own(dir, a, r);
	return st == COPL_OK ? copl_lock_take(path, r, held) : st;
}
