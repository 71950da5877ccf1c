/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "build/build_priv.h"

#define MONTH (30 * INT64_C(86400))

static enum copl_status worse(enum copl_status a, enum copl_status b)
{
	if (a == COPL_E_NOMEM || b == COPL_E_NOMEM)
		return COPL_E_NOMEM;
	return a == COPL_OK ? b : a;
}

/* ---- keys ---- */

static enum copl_status load_key(
    struct build *b, const char *path, const char *passphrase)
{
	char b64[COPL_PUBLIC_KEY_B64];
	size_t i = b->nkeys;
	enum copl_status st;

	st = copl_secret_key_load(path, passphrase, b->r, &b->keys[i]);
	if (st != COPL_OK)
		return st;
	copl_secret_key_public(b->keys[i], &b->publics[i]);
	copl_public_key_b64(&b->publics[i], b64);
	b->keys_b64[i] = copl_arena_strdup(b->arena, b64);
	if (b->keys_b64[i] == NULL)
		return COPL_E_NOMEM;
	b->nkeys++;
	return COPL_OK;
}

static enum copl_status load_keys(struct build *b)
{
	const struct copl_build_options *o = b->o;
	enum copl_status st;

	if (!copl_path_exists(o->key)) {
		copl_report(b->r, COPL_ERROR, "key-missing",
		    (struct copl_place){o->key, 0, 0},
		    _("there is no key to sign with: cop-l10n keygen makes "
		      "one"));
		return COPL_E_IO;
	}
	st = load_key(b, o->key, o->passphrase);
	if (st != COPL_OK || o->next_key == NULL)
		return st;
	st = load_key(b, o->next_key, o->next_passphrase);
	if (st == COPL_OK &&
	    copl_public_key_equal(&b->publics[0], &b->publics[1])) {
		copl_report(b->r, COPL_ERROR, "build-key-twice",
		    (struct copl_place){o->next_key, 0, 0},
		    _("this is the key that signs already: give the one that "
		      "is to come after it"));
		st = COPL_E_INVALID;
	}
	return st;
}

/* ---- the project ---- */

static enum copl_status sort_masters(struct build *b)
{
	size_t i;

	b->project = b->ws->project;
	b->forms = copl_arena_alloc(
	    b->arena, b->ws->nmasters * sizeof(struct copl_master *));
	if (b->forms == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < b->ws->nmasters; i++) {
		const struct copl_master *m = &b->ws->masters[i];

		if (m->kind == COPL_MASTER_FORM)
			b->forms[b->nforms++] = m;
		else if (m->kind == COPL_MASTER_INTERFACE)
			b->interface = m;
		else
			b->texts = m;
	}
	return COPL_OK;
}

static enum copl_status load_project(struct build *b)
{
	const struct copl_workspace_load how = {.lint = true,
	    .fallback = b->o->fallback,
	    .without = b->o->without,
	    .nwithout = b->o->nwithout};
	size_t before = b->r->errors;
	enum copl_status st;

	st = build_check_reasons(b);
	if (st == COPL_OK)
		st = copl_workspace_load(b->o->dir, &how, b->r, &b->ws);
	if (st != COPL_OK)
		return st;
	build_check_responses(b, b->ws->project);
	build_check_forms(b, b->ws->project);
	st = build_check_gates(b);
	if (st == COPL_OK && b->r->errors > before)
		st = COPL_E_INVALID;
	if (st != COPL_OK)
		return st;
	build_check_confirmed(b, b->ws->project);
	st = sort_masters(b);
	if (st == COPL_OK && (b->interface == NULL || b->texts == NULL))
		st = COPL_E_BUG;
	return st;
}

/* A month longer than the last form is open, and never less than a month. */
static int64_t expiry(const struct build *b)
{
	int64_t last = b->o->now;
	size_t i;

	for (i = 0; i < b->nforms; i++)
		if (b->forms[i]->form->closes.seconds > last)
			last = b->forms[i]->form->closes.seconds;
	return last + MONTH;
}

/* ---- the end ---- */

static void tell(const struct build *b, bool built, size_t nfiles)
{
	char version[24], files[24], forms[24], languages[24], recipients[24];
	char expires[COPL_INSTANT_SIZE];
	struct copl_field fields[] = {{"version", version}, {"path", NULL},
	    {"files", files}, {"forms", forms}, {"languages", languages},
	    {"recipients", recipients}, {"expires", expires},
	    {"draft", b->draft ? "yes" : "no"}};

	snprintf(version, sizeof(version), "%" PRIu64, b->version);
	snprintf(files, sizeof(files), "%zu", nfiles);
	snprintf(forms, sizeof(forms), "%zu", b->nforms);
	snprintf(languages, sizeof(languages), "%zu", b->project->nlanguages);
	snprintf(
	    recipients, sizeof(recipients), "%zu", b->project->nrecipients);
	copl_instant_format(b->expires, expires);
	fields[1].value = copl_path_join(b->arena, b->o->output, version);
	if (fields[1].value == NULL)
		b->r->nomem = true;
	else if (built && b->draft)
		copl_tell(b->r, "built", fields, COPL_COUNT(fields),
		    _("draft release %s is ready in %s: %s forms in %s "
		      "languages for %s recipients; every page says that it "
		      "is a draft"),
		    version, fields[1].value, forms, languages, recipients);
	else if (built)
		copl_tell(b->r, "built", fields, COPL_COUNT(fields),
		    _("release %s is ready in %s: %s forms in %s languages "
		      "for %s recipients, good until %s"),
		    version, fields[1].value, forms, languages, recipients,
		    expires);
	else
		copl_tell(b->r, "unchanged", fields, COPL_COUNT(fields),
		    _("nothing has changed since release %s in %s, so "
		      "nothing was written"),
		    version, fields[1].value);
}

static void unchanged(struct build *b, const struct copl_manifest *latest)
{
	b->version = latest->version;
	b->expires = latest->expires;
	copl_age_remind(latest->expires, b->o->now,
	    (struct copl_place){b->o->output, 0, 0}, b->r);
	tell(b, false, latest->nfiles);
}

/* Who trusts only the old key cannot follow to the new one alone. */
static void check_keys(struct build *b, const struct copl_manifest *latest)
{
	size_t i, k;

	for (i = 0; latest != NULL && i < latest->nkeys; i++)
		for (k = 0; k < b->nkeys; k++)
			if (strcmp(latest->keys[i], b->keys_b64[k]) == 0)
				return;
	if (latest != NULL)
		copl_report(b->r, COPL_WARNING, "build-key-change",
		    (struct copl_place){b->o->key, 0, 0},
		    _("the latest release is signed with another key, and "
		      "whoever trusts only that one cannot take this release: "
		      "build with the old key and --next-key first, or read "
		      "the new fingerprint to every office"));
}

/* Everything is in memory; now what is on disk decides. */
static enum copl_status publish(struct build *b)
{
	struct build_previous p = {NULL, 0};
	enum copl_status st = build_lock(b);
	bool same = false;

	if (st == COPL_OK)
		st = build_previous_read(b, &p);
	b->version = p.highest + 1;
	if (st == COPL_OK)
		st = build_odk_versions(b, &p);
	if (st == COPL_OK && !b->o->renew)
		st = build_previous_same(b, &p, &same);
	if (st != COPL_OK)
		goto out;
	if (same) {
		unchanged(b, p.latest);
		goto out;
	}
	check_keys(b, p.latest);
	st = build_vouch(b);
	if (st == COPL_OK)
		st = build_output(b);
	if (st != COPL_OK)
		goto out;
	build_tell_policy(b);
	build_tell_gates(b);
	tell(b, true, b->listed);
out:
	build_previous_free(&p);
	build_unlock(b);
	return st;
}

static enum copl_status build(struct build *b)
{
	enum copl_status st, keys;

	b->arena = copl_arena_new();
	if (b->arena == NULL)
		return COPL_E_NOMEM;
	keys = load_keys(b);
	st = load_project(b);
	st = worse(st, keys);
	if (st == COPL_OK)
		st = build_prepare(b);
	if (st == COPL_OK)
		st = build_pages(b);
	if (st == COPL_OK)
		st = build_add_keys(b);
	if (st != COPL_OK)
		return st;
	b->expires = expiry(b);
	return publish(b);
}

enum copl_status copl_build(
    const struct copl_build_options *options, const struct copl_sink *sink)
{
	struct build b = {
	    .o = options, .lock = -1, .digest = {.b64 = copl_sha256_b64}};
	struct copl_reporter r;
	enum copl_status st;

	copl_reporter_init(&r, sink);
	b.r = &r;
	st = build(&b);
	build_tree_free(&b);
	build_prepare_free(&b);
	copl_secret_key_free(b.keys[0]);
	copl_secret_key_free(b.keys[1]);
	copl_workspace_free(b.ws);
	copl_arena_free(b.arena);
	return copl_reporter_end(&r, st);
}
