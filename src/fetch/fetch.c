/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "bundle/install.h"
#include "fetch/fetch_priv.h"

/* A set that is replaced while it is read is read again, so often. */
#define ROUNDS 3
#define ROUND_WAIT_MS 250
#define DAY INT64_C(86400)

struct fetching {
	const struct copl_fetch_options *o;
	const struct copl_sink *sink;
	struct copl_arena *arena;
	struct copl_remote remote;
	struct copl_trust pinned; /* as the folder has it */
	bool choose; /* the key or fingerprint given is not pinned yet */
	bool published; /* the set in place is no draft */
	struct copl_strbuf installed; /* manifest in place, if all is intact */
	char digest[COPL_SHA256_HEX]; /* of it; "" */
};

/* What one round came to. */
struct round {
	struct copl_trust trust;
	struct copl_manifest *manifest;
	bool unchanged;
	size_t taken;
};

static bool is_pinned(
    const struct copl_trust *t, const struct copl_public_key *k)
{
	size_t i;

	for (i = 0; i < t->nkeys; i++)
		if (copl_public_key_equal(&t->keys[i], k))
			return true;
	return false;
}

/* A scheduled fetch may go on giving the fingerprint that is pinned. */
static enum copl_status look_at_key(struct fetching *f, struct copl_reporter *r)
{
	struct copl_public_key given;
	enum copl_status st;
	size_t i;

	f->choose = true;
	if (f->o->key != NULL) {
		st = copl_public_key_load(f->o->key, r, &given);
		if (st != COPL_OK)
			return st;
		if (f->o->fingerprint != NULL)
			return COPL_OK;
		f->choose = !is_pinned(&f->pinned, &given);
		return COPL_OK;
	}
	if (f->o->fingerprint == NULL) {
		f->choose = f->pinned.nkeys == 0;
		return COPL_OK;
	}
	for (i = 0; i < f->pinned.nkeys; i++)
		if (copl_fingerprint_equal(
			f->o->fingerprint, &f->pinned.keys[i]))
			f->choose = false;
	return COPL_OK;
}

static bool equal(const struct copl_strbuf *a, const struct copl_strbuf *b)
{
	return a->len > 0 && a->len == b->len &&
	       memcmp(copl_strbuf_text(a), copl_strbuf_text(b), a->len) == 0;
}

static enum copl_status verify(
    struct fetching *f, struct copl_reporter *r, struct round *now)
{
	struct copl_verify how = {.now = f->o->now,
	    .read = copl_remote_read,
	    .read_arg = &f->remote,
	    .where = f->remote.url,
	    .published = f->published && !f->o->draft};
	enum copl_status st = COPL_OK;

	if (f->choose)
		st = copl_trust_choose(
		    &how, f->o->key, f->o->fingerprint, &now->trust, r);
	if (st == COPL_OK)
		st = copl_verify_manifest(&how, &now->trust, r, &now->manifest);
	return st;
}

/* The set in place is the newest: look at its expiry, which only warns. */
static enum copl_status look_at_installed(
    struct fetching *f, struct copl_reporter *r, struct round *now)
{
	char *current = copl_path_join(f->arena, f->o->dir, COPL_CURRENT);
	struct copl_verify how = {.now = f->o->now,
	    .installed = true,
	    .read = copl_read_dir,
	    .read_arg = current,
	    .where = current};

	now->unchanged = true;
	if (current == NULL)
		return COPL_E_NOMEM;
	return copl_verify_manifest(&how, &now->trust, r, &now->manifest);
}

static enum copl_status bring(
    struct fetching *f, struct copl_reporter *r, struct round *now)
{
	struct copl_install in = {.dir = f->o->dir,
	    .trust = &now->trust,
	    .read = copl_remote_read,
	    .read_arg = &f->remote,
	    .where = f->remote.url};
	enum copl_status st = verify(f, r, now);

	if (st != COPL_OK)
		return st;
	if (equal(&f->installed, copl_remote_manifest_bytes(&f->remote))) {
		now->unchanged = true;
		return copl_trust_save(f->o->dir, &now->trust, r);
	}
	in.manifest = now->manifest;
	return copl_install(&in, r, &now->taken);
}

static enum copl_status first_round(
    struct fetching *f, struct copl_reporter *r, struct round *now)
{
	bool same = false;
	enum copl_status st = copl_remote_manifest(
	    &f->remote, f->choose ? "" : f->digest, r, &same);

	if (st != COPL_OK)
		return st;
	if (!f->choose && f->digest[0] != '\0' &&
	    (same ||
		equal(&f->installed, copl_remote_manifest_bytes(&f->remote))))
		return look_at_installed(f, r, now);
	if (!same)
		return bring(f, r, now);
	/* An answer to a question that was not asked. */
	copl_report(r, COPL_ERROR, "address-refused",
	    (struct copl_place){f->remote.url, 0, 0},
	    _("the server refuses (status %ld): check the address with the "
	      "sender"),
	    f->remote.answer.status);
	return COPL_E_INVALID;
}

/* A note that often explains a refusal better than the refusal does. */
static void look_at_clock(const struct fetching *f, struct copl_reporter *r)
{
	char here[COPL_INSTANT_SIZE], there[COPL_INSTANT_SIZE];
	int64_t apart = f->remote.date - f->o->now;

	if (f->remote.date == 0 || (apart <= DAY && apart >= -DAY))
		return;
	copl_instant_format(f->o->now, here);
	copl_instant_format(f->remote.date, there);
	copl_report(r, COPL_NOTE, "clock-differs",
	    (struct copl_place){f->remote.url, 0, 0},
	    _("this machine's clock says %s, but the server's says %s: set "
	      "the clock if the server is right, and try again"),
	    here, there);
}

static void forget_round(struct fetching *f, struct round *now)
{
	copl_manifest_free(now->manifest);
	memset(now, 0, sizeof(*now));
	now->trust = f->pinned;
}

/* Findings of a round that is done again are not told. */
static void drop_findings(struct copl_reporter *r)
{
	r->n = 0;
	copl_reporter_end(r, COPL_OK);
}

static enum copl_status run_rounds(
    struct fetching *f, struct copl_reporter *r, struct round *now)
{
	enum copl_status st = first_round(f, r, now);
	unsigned n;

	for (n = 1; st == COPL_E_TRUST && n < ROUNDS; n++) {
		struct copl_reporter quiet;
		bool changed = false;

		copl_reporter_init(&quiet, NULL);
		copl_net_wait_ms((uint64_t)n * ROUND_WAIT_MS);
		if (copl_remote_again(&f->remote, &quiet, &changed) !=
			COPL_OK ||
		    !changed)
			break;
		forget_round(f, now);
		drop_findings(r);
		copl_reporter_init(r, f->sink);
		st = bring(f, r, now);
	}
	if (st == COPL_E_TRUST)
		look_at_clock(f, r);
	return st;
}

static void tell_pinned(const struct fetching *f, const struct copl_trust *t,
    struct copl_reporter *r)
{
	char now[COPL_FINGERPRINT_SIZE], before[COPL_FINGERPRINT_SIZE] = "";
	const struct copl_field fields[] = {
	    {"dir", f->o->dir}, {"fingerprint", now}, {"previous", before}};
	size_t i;

	if (f->pinned.nkeys > 0)
		copl_fingerprint(&f->pinned.keys[0], before);
	for (i = 0; i < t->nkeys; i++) {
		if (is_pinned(&f->pinned, &t->keys[i]))
			continue;
		copl_fingerprint(&t->keys[i], now);
		if (before[0] == '\0')
			copl_tell(r, "pinned", fields, COPL_COUNT(fields),
			    _("from now on releases signed by %s are accepted"),
			    now);
		else
			copl_tell(r, "pinned", fields, COPL_COUNT(fields),
			    _("from now on releases signed by %s are "
			      "accepted; until now it was %s"),
			    now, before);
	}
}

static void tell(
    const struct fetching *f, const struct round *now, struct copl_reporter *r)
{
	const struct copl_manifest *m = now->manifest;
	char version[24], files[24], taken[24], requests[24];
	char expires[COPL_INSTANT_SIZE];
	const char *current = copl_path_join(f->arena, f->o->dir, COPL_CURRENT);
	const struct copl_field fields[] = {{"version", version},
	    {"recipient", m->recipient == NULL ? "" : m->recipient},
	    {"files", files}, {"downloaded", taken}, {"requests", requests},
	    {"expires", expires}, {"path", current == NULL ? "" : current},
	    {"draft", m->draft ? "yes" : "no"}};

	snprintf(version, sizeof(version), "%" PRIu64, m->version);
	snprintf(files, sizeof(files), "%zu", m->nfiles);
	snprintf(taken, sizeof(taken), "%zu", now->taken);
	snprintf(requests, sizeof(requests), "%u", f->remote.requests);
	copl_instant_format(m->expires, expires);
	if (now->unchanged)
		copl_tell(r, "unchanged", fields, COPL_COUNT(fields),
		    _("release %s is in place already, nothing is newer"),
		    version);
	else
		copl_tell(r, "fetched", fields, COPL_COUNT(fields),
		    _("release %s is in place: %s files, %s of them fetched "
		      "now"),
		    version, files, taken);
}

/* People open a damaged set, too: what it says of itself counts. */
static enum copl_status look_at_set(struct fetching *f)
{
	struct copl_strbuf bytes = COPL_STRBUF_INIT(COPL_MANIFEST_MAX);
	char *current = copl_path_join(f->arena, f->o->dir, COPL_CURRENT);
	struct copl_manifest *m = NULL;
	enum copl_status st = COPL_E_NOMEM;
	struct copl_reporter quiet;

	copl_reporter_init(&quiet, NULL);
	if (current != NULL)
		st = copl_read_dir(
		    current, COPL_MANIFEST, COPL_MANIFEST_MAX, &quiet, &bytes);
	if (st == COPL_OK)
		st = copl_manifest_read(
		    copl_strbuf_text(&bytes), bytes.len, NULL, &quiet, &m);
	f->published = st == COPL_OK && !m->draft;
	copl_manifest_free(m);
	copl_strbuf_clear(&bytes);
	return st == COPL_E_NOMEM || quiet.nomem ? COPL_E_NOMEM : COPL_OK;
}

static enum copl_status look_at_folder(
    struct fetching *f, struct copl_reporter *r)
{
	enum copl_status st = copl_trust_load(f->o->dir, r, &f->pinned);

	if (st == COPL_OK)
		st = copl_install_intact(f->o->dir, &f->installed);
	if (st == COPL_OK)
		st = look_at_set(f);
	if (st == COPL_OK)
		st = look_at_key(f, r);
	if (st == COPL_OK && f->installed.len > 0)
		copl_sha256_hex(copl_strbuf_text(&f->installed),
		    f->installed.len, f->digest);
	return st;
}

static enum copl_status fetch(struct fetching *f, struct copl_reporter *r)
{
	struct round now = {.manifest = NULL};
	enum copl_status st = look_at_folder(f, r);

	if (st != COPL_OK)
		return st;
	now.trust = f->pinned;
	st = run_rounds(f, r, &now);
	if (st == COPL_OK) {
		tell_pinned(f, &now.trust, r);
		tell(f, &now, r);
	}
	copl_manifest_free(now.manifest);
	return st;
}

/* The address of the set's folder, however it was given. */
static enum copl_status read_url(
    struct fetching *f, struct copl_reporter *r, const char **out)
{
	static const char name[] = "/" COPL_MANIFEST;
	size_t len = strlen(f->o->url), skip = sizeof(name) - 1;

	if (!copl_net_url_check(
		f->o->url, (struct copl_place){f->o->url, 0, 0}, r))
		return COPL_E_INVALID;
	if (len > skip && strcmp(f->o->url + len - skip, name) == 0)
		len -= skip - 1;
	*out = copl_arena_printf(f->arena, "%.*s%s", (int)len, f->o->url,
	    f->o->url[len - 1] == '/' ? "" : "/");
	return *out == NULL ? COPL_E_NOMEM : COPL_OK;
}

static enum copl_status lock(
    struct fetching *f, struct copl_reporter *r, int *held)
{
	char *state = copl_path_join(f->arena, f->o->dir, COPL_STATE_DIR);
	char *path =
	    state == NULL ? NULL : copl_path_join(f->arena, state, "lock");
	enum copl_status st;

	if (path == NULL)
		return COPL_E_NOMEM;
	st = copl_dir_make(state, r);
	return st == COPL_OK ? copl_lock_take(path, r, held) : st;
}

enum copl_status copl_fetch(
    const struct copl_fetch_options *options, const struct copl_sink *sink)
{
	struct fetching f = {.o = options,
	    .sink = sink,
	    .installed = COPL_STRBUF_INIT(COPL_MANIFEST_MAX)};
	struct copl_reporter r;
	enum copl_status st = COPL_E_NOMEM;
	const char *url = NULL;
	int held = -1;

	copl_reporter_init(&r, sink);
	f.arena = copl_arena_new();
	if (f.arena == NULL)
		goto out;
	st = read_url(&f, &r, &url);
	if (st == COPL_OK)
		st = lock(&f, &r, &held);
	if (st == COPL_OK)
		st = copl_remote_open(url, f.arena, &f.remote);
	if (st == COPL_OK)
		st = fetch(&f, &r);
out:
	copl_remote_close(&f.remote);
	copl_lock_release(held);
	copl_strbuf_clear(&f.installed);
	copl_arena_free(f.arena);
	return copl_reporter_end(&r, st);
}
