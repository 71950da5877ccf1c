/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "bundle/install.h"
#include "fetch/fetching.h"
#include "net/secret.h"

/* A set that is replaced while it is read is read again, so often. */
#define ROUNDS 3
#define ROUND_WAIT_MS 250
#define TAGS_MAX 512

static bool is_installed(const struct copl_fetching *f)
{
	const struct copl_strbuf *a = &f->installed;
	const struct copl_strbuf *b = copl_remote_manifest_bytes(&f->remote);

	return a->len > 0 && a->len == b->len &&
	       memcmp(copl_strbuf_text(a), copl_strbuf_text(b), a->len) == 0;
}

/* Not what a person here took back, unless that is undone. */
static bool may_come_again(const struct copl_fetching *f)
{
	return f->o->undo_rollback || f->pinned.withdrawn == 0;
}

/* ---- asking ---- */

static void add_tag(char tags[TAGS_MAX], const char *etag)
{
	size_t len = strlen(tags);

	if (etag[0] != '\0')
		snprintf(tags + len, TAGS_MAX - len, "%s%s",
		    len > 0 ? ", " : "", etag);
}

/* For a manifest with this digest: as our own serve, and the host, call it. */
static void add_known(
    const struct copl_fetching *f, const char *digest, char tags[TAGS_MAX])
{
	char own[COPL_SHA256_HEX + 2];

	if (digest[0] == '\0')
		return;
	snprintf(own, sizeof(own), "\"%s\"", digest);
	add_tag(tags, own);
	if (strcmp(f->seen.url, f->remote.url) == 0 &&
	    strcmp(f->seen.sha256, digest) == 0 &&
	    strcmp(f->seen.etag, own) != 0)
		add_tag(tags, f->seen.etag);
}

/* Nothing need come that is here already, or was taken back. */
static void known_tags(const struct copl_fetching *f, char tags[TAGS_MAX])
{
	tags[0] = '\0';
	if (f->choose || f->digest[0] == '\0')
		return;
	add_known(f, f->digest, tags);
	if (!may_come_again(f))
		add_known(f, f->pinned.withdrawn_sha256, tags);
}

/* Of the two that a 304 can mean it is the one taken back. */
static bool is_withdrawn_tag(const struct copl_fetching *f)
{
	const char *etag = f->remote.parts[0].etag;
	const char *digest = f->pinned.withdrawn_sha256;

	if (may_come_again(f) || digest[0] == '\0' || etag[0] == '\0')
		return false;
	return strstr(etag, digest) != NULL ||
	       (strcmp(f->seen.sha256, digest) == 0 &&
		   strcmp(f->seen.etag, etag) == 0);
}

static void remember_tag(struct copl_fetching *f)
{
	const struct copl_strbuf *bytes =
	    copl_remote_manifest_bytes(&f->remote);
	struct copl_seen now;

	memset(&now, 0, sizeof(now));
	if (bytes->len == 0 || f->remote.parts[0].etag[0] == '\0' ||
	    strlen(f->remote.url) >= sizeof(now.url))
		return;
	snprintf(now.url, sizeof(now.url), "%s", f->remote.url);
	snprintf(now.etag, sizeof(now.etag), "%s", f->remote.parts[0].etag);
	copl_sha256_hex(copl_strbuf_text(bytes), bytes->len, now.sha256);
	if (memcmp(&now, &f->seen, sizeof(now)) != 0)
		copl_seen_save(f->o->dir, &now);
}

/* ---- one round ---- */

static enum copl_status verify(
    struct copl_fetching *f, struct copl_reporter *r, struct copl_round *now)
{
	struct copl_verify how = {.now = f->o->now,
	    .installed = is_installed(f),
	    .read = copl_remote_read,
	    .read_arg = &f->remote,
	    .where = f->remote.url,
	    .published = f->published && !f->o->draft};
	enum copl_status st = COPL_OK;

	if (f->choose)
		st = copl_trust_choose(
		    &how, f->o->key, f->o->fingerprint, &now->trust, r);
	if (f->o->undo_rollback && !how.installed)
		now->trust.withdrawn = 0;
	if (st == COPL_OK)
		st = copl_verify_manifest(&how, &now->trust, r, &now->manifest);
	return st;
}

/* The set in place is the newest: look at its expiry, which only warns. */
static enum copl_status look_at_installed(
    struct copl_fetching *f, struct copl_reporter *r, struct copl_round *now)
{
	char *current = copl_path_join(f->arena, f->o->dir, COPL_CURRENT);
	struct copl_verify how = {.now = f->o->now,
	    .installed = true,
	    .read = copl_read_dir,
	    .read_arg = current,
	    .where = current};
	enum copl_status st;

	now->unchanged = true;
	if (current == NULL)
		return COPL_E_NOMEM;
	st = copl_part_load(current, f->arena, r, &now->part);
	if (st == COPL_OK)
		st = copl_verify_manifest(&how, &now->trust, r, &now->manifest);
	if (st == COPL_OK && now->withdrawn)
		copl_report(r, COPL_WARNING, "release-withdrawn",
		    (struct copl_place){f->remote.url, 0, 0},
		    _("the newest release there is %" PRIu64 ", which was "
		      "taken back here: release %" PRIu64 " stays until a "
		      "newer one comes, or give --undo-rollback"),
		    f->pinned.withdrawn, now->manifest->version);
	return st;
}

static enum copl_status bring(
    struct copl_fetching *f, struct copl_reporter *r, struct copl_round *now)
{
	struct copl_install in = {.dir = f->o->dir,
	    .trust = &now->trust,
	    .part = &now->part,
	    .withdrawn = f->pinned.withdrawn,
	    .read = copl_remote_read,
	    .read_arg = &f->remote,
	    .where = f->remote.url};
	enum copl_status st = verify(f, r, now);

	if (st == COPL_OK)
		st = copl_wanted_part(
		    f->o, now->manifest, f->arena, r, &now->part);
	if (st != COPL_OK)
		return st;
	if (is_installed(f)) {
		now->unchanged = true;
		return copl_trust_save(f->o->dir, &now->trust, r);
	}
	in.manifest = now->manifest;
	f->remote.manifest = now->manifest;
	copl_remote_tidy(f->o->dir, now->manifest);
	st = copl_install(&in, r, &now->taken);
	f->remote.manifest = NULL;
	if (st == COPL_OK)
		copl_remote_tidy(f->o->dir, NULL);
	return st;
}

static bool is_withdrawn(const struct copl_fetching *f)
{
	const struct copl_strbuf *bytes =
	    copl_remote_manifest_bytes(&f->remote);
	char digest[COPL_SHA256_HEX];

	if (may_come_again(f) || f->installed.len == 0)
		return false;
	copl_sha256_hex(copl_strbuf_text(bytes), bytes->len, digest);
	return strcmp(digest, f->pinned.withdrawn_sha256) == 0;
}

static enum copl_status first_round(
    struct copl_fetching *f, struct copl_reporter *r, struct copl_round *now)
{
	char tags[TAGS_MAX];
	bool same = false;
	enum copl_status st;

	known_tags(f, tags);
	st = copl_remote_manifest(&f->remote, tags, r, &same);
	if (st != COPL_OK)
		return st;
	if (same && tags[0] == '\0') {
		/* An answer to a question that was not asked. */
		copl_report(r, COPL_ERROR, "address-refused",
		    (struct copl_place){f->remote.url, 0, 0},
		    _("the server refuses (status %ld): check the address "
		      "with the sender"),
		    f->remote.answer.status);
		return COPL_E_INVALID;
	}
	now->withdrawn = same ? is_withdrawn_tag(f) : is_withdrawn(f);
	if (same || now->withdrawn || (!f->choose && is_installed(f)))
		return look_at_installed(f, r, now);
	return bring(f, r, now);
}

static void forget_round(struct copl_fetching *f, struct copl_round *now)
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
    struct copl_fetching *f, struct copl_reporter *r, struct copl_round *now)
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
		copl_fetch_look_at_clock(f, r);
	return st;
}

static enum copl_status fetch(struct copl_fetching *f, struct copl_reporter *r)
{
	struct copl_round now = {.manifest = NULL};
	enum copl_status st = copl_fetch_look(f, r);

	if (st != COPL_OK)
		return st;
	now.trust = f->pinned;
	st = run_rounds(f, r, &now);
	if (st == COPL_OK) {
		remember_tag(f);
		copl_fetch_tell_pinned(f, &now.trust, r);
		copl_fetch_tell(f, &now, r);
	}
	copl_manifest_free(now.manifest);
	return st;
}

/* For messages: a password that was put into an address is not repeated. */
static const char *without_secret(struct copl_arena *a, const char *url)
{
	const char *host = strstr(url, "://");
	const char *at;

	if (host == NULL)
		return url;
	host += 3;
	at = memrchr(host, '@', strcspn(host, "/?#"));
	if (at == NULL)
		return url;
	return copl_arena_printf(a, "%.*s...%s", (int)(host - url), url, at);
}

/* The address of the set's folder, however it was given. */
static enum copl_status read_url(
    struct copl_fetching *f, struct copl_reporter *r, const char **out)
{
	static const char name[] = "/" COPL_MANIFEST;
	size_t len = strlen(f->o->url), skip = sizeof(name) - 1;
	const char *shown = without_secret(f->arena, f->o->url);

	if (shown == NULL)
		return COPL_E_NOMEM;
	if (!copl_net_url_check(f->o->url, (struct copl_place){shown, 0, 0}, r))
		return COPL_E_INVALID;
	if (len > skip && strcmp(f->o->url + len - skip, name) == 0)
		len -= skip - 1;
	*out = copl_arena_printf(f->arena, "%.*s%s", (int)len, f->o->url,
	    f->o->url[len - 1] == '/' ? "" : "/");
	return *out == NULL ? COPL_E_NOMEM : COPL_OK;
}

enum copl_status copl_fetch(
    const struct copl_fetch_options *options, const struct copl_sink *sink)
{
	struct copl_fetching f = {.o = options,
	    .sink = sink,
	    .installed = COPL_STRBUF_INIT(COPL_MANIFEST_MAX)};
	struct copl_reporter r;
	struct copl_strbuf secret = COPL_STRBUF_INIT(COPL_SECRET_MAX + 1);
	struct copl_net_access access;
	enum copl_status st = COPL_E_NOMEM;
	const char *url = NULL;
	int held = -1;

	copl_reporter_init(&r, sink);
	f.arena = copl_arena_new();
	if (f.arena == NULL)
		goto out;
	st = read_url(&f, &r, &url);
	if (st == COPL_OK)
		st = copl_fetch_access(options, &r, &secret, &access);
	if (st == COPL_OK)
		st = copl_fetch_lock(options->dir, f.arena, &r, &held);
	if (st == COPL_OK)
		st = copl_remote_open(
		    url, options->dir, &access, f.arena, &f.remote);
	if (st == COPL_OK)
		st = fetch(&f, &r);
out:
	copl_remote_close(&f.remote);
	copl_lock_release(held);
	if (secret.s != NULL)
		explicit_bzero(secret.s, secret.cap);
	copl_strbuf_clear(&secret);
	copl_strbuf_clear(&f.installed);
	copl_arena_free(f.arena);
	return copl_reporter_end(&r, st);
}
