/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "bundle/bundle_priv.h"
#include "bundle/manifest_priv.h"

#define TRUST_MAX ((size_t)4096)

static enum copl_status trust_paths(
    const char *dir, struct copl_arena **a, char **folder, char **file)
{
	*a = copl_arena_new();
	if (*a == NULL)
		return COPL_E_NOMEM;
	*folder = copl_path_join(*a, dir, COPL_STATE_DIR);
	if (*folder == NULL)
		return COPL_E_NOMEM;
	*file = copl_path_join(*a, *folder, "trust");
	return *file == NULL ? COPL_E_NOMEM : COPL_OK;
}

static bool read_key(const char *value, struct copl_public_key *out)
{
	struct copl_reporter quiet;

	copl_reporter_init(&quiet, NULL);
	return copl_public_key_read(value, (struct copl_place){NULL, 0, 0},
		   &quiet, out) == COPL_OK;
}

static bool take_key(const char *value, struct copl_trust *t)
{
	if (t->nkeys == COPL_COUNT(t->keys) ||
	    !read_key(value, &t->keys[t->nkeys]))
		return false;
	t->nkeys++;
	return true;
}

static bool take_named(const char *value, struct copl_trust *t)
{
	if (t->has_named || !read_key(value, &t->named))
		return false;
	t->has_named = true;
	return true;
}

static bool take_recipient(const char *value, struct copl_trust *t)
{
	if (t->recipient[0] != '\0' ||
	    (strcmp(value, COPL_WHOLE_RELEASE) != 0 &&
		!copl_manifest_name_ok(value)))
		return false;
	snprintf(t->recipient, sizeof(t->recipient), "%s", value);
	return true;
}

static bool take_version(const char *value, struct copl_trust *t)
{
	return t->version == 0 && copl_manifest_version_ok(value) &&
	       copl_number_parse(value, INT64_MAX, &t->version);
}

static bool take_withdrawn(const char *value, struct copl_trust *t)
{
	size_t len = strcspn(value, " ");
	char version[24];

	if (t->withdrawn != 0 || len >= sizeof(version))
		return false;
	snprintf(version, sizeof(version), "%.*s", (int)len, value);
	if (!copl_manifest_version_ok(version) ||
	    !copl_number_parse(version, INT64_MAX, &t->withdrawn))
		return false;
	if (value[len] == '\0')
		return true;
	if (!copl_manifest_sha256_ok(value + len + 1))
		return false;
	snprintf(t->withdrawn_sha256, sizeof(t->withdrawn_sha256), "%s",
	    value + len + 1);
	return true;
}

static bool take(const struct line *l, struct copl_trust *t)
{
	static const struct {
		const char *word;
		bool (*take)(const char *value, struct copl_trust *t);
	} words[] = {{"key ", take_key}, {"version ", take_version},
	    {"recipient ", take_recipient}, {"withdrawn ", take_withdrawn},
	    {"named ", take_named}};
	char value[100];
	size_t i, skip;

	if (l->len == 0 || l->s[0] == '#')
		return true;
	for (i = 0; i < COPL_COUNT(words); i++) {
		if (!copl_line_starts(l, words[i].word))
			continue;
		skip = strlen(words[i].word);
		if (l->len - skip >= sizeof(value))
			return false;
		memcpy(value, l->s + skip, l->len - skip);
		value[l->len - skip] = '\0';
		return words[i].take(value, t);
	}
	return false;
}

static enum copl_status read_trust(const struct copl_strbuf *text,
    const char *file, struct copl_reporter *r, struct copl_trust *out)
{
	const char *s = copl_strbuf_text(text);
	struct line l = {NULL, 0, 0};
	enum copl_status st = COPL_OK;

	while (copl_line_next(&s, &l)) {
		if (take(&l, out))
			continue;
		copl_report(r, COPL_ERROR, "trust-malformed",
		    (struct copl_place){file, l.number, 1},
		    _("this line cannot be understood: take the file away and "
		      "give the fingerprint of the key again, as it was read "
		      "out to you"));
		st = COPL_E_TRUST;
	}
	return st;
}

enum copl_status copl_trust_load(
    const char *dir, struct copl_reporter *r, struct copl_trust *out)
{
	struct copl_strbuf text = COPL_STRBUF_INIT(TRUST_MAX);
	struct copl_arena *a = NULL;
	char *folder = NULL, *file = NULL;
	enum copl_status st;

	memset(out, 0, sizeof(*out));
	st = trust_paths(dir, &a, &folder, &file);
	if (st != COPL_OK || !copl_path_exists(file))
		goto out;
	st = copl_file_read(file, TRUST_MAX, r, &text);
	if (st == COPL_OK)
		st = read_trust(&text, file, r, out);
out:
	if (st != COPL_OK)
		memset(out, 0, sizeof(*out));
	copl_strbuf_clear(&text);
	copl_arena_free(a);
	return st;
}

static void put_trust(const struct copl_trust *t, struct copl_strbuf *out)
{
	char b64[COPL_PUBLIC_KEY_B64];
	size_t i;

	copl_strbuf_puts(out,
	    "# cop-l10n trust 1: who may sign for this folder, and the newest "
	    "release seen\n");
	for (i = 0; i < t->nkeys; i++) {
		copl_public_key_b64(&t->keys[i], b64);
		copl_strbuf_printf(out, "key %s\n", b64);
	}
	if (t->has_named) {
		copl_public_key_b64(&t->named, b64);
		copl_strbuf_printf(out, "named %s\n", b64);
	}
	if (t->version > 0)
		copl_strbuf_printf(out, "version %" PRIu64 "\n", t->version);
	if (t->recipient[0] != '\0')
		copl_strbuf_printf(out, "recipient %s\n", t->recipient);
	if (t->withdrawn > 0)
		copl_strbuf_printf(out, "withdrawn %" PRIu64 "%s%s\n",
		    t->withdrawn, t->withdrawn_sha256[0] == '\0' ? "" : " ",
		    t->withdrawn_sha256);
}

enum copl_status copl_trust_save(
    const char *dir, const struct copl_trust *t, struct copl_reporter *r)
{
	struct copl_strbuf text = COPL_STRBUF_INIT(TRUST_MAX);
	struct copl_arena *a = NULL;
	char *folder = NULL, *file = NULL;
	enum copl_status st;

	st = trust_paths(dir, &a, &folder, &file);
	if (st != COPL_OK)
		goto out;
	put_trust(t, &text);
	st = text.st;
	if (st == COPL_OK)
		st = copl_dir_make(folder, r);
	if (st == COPL_OK)
		st = copl_file_replace(file, text.s, text.len, 0644, r, NULL);
	/* On the disk before the set it speaks of takes its place. */
	if (st == COPL_OK)
		st = copl_dir_sync(folder, r);
out:
	copl_strbuf_clear(&text);
	copl_arena_free(a);
	return st;
}

bool copl_trust_pins(
    const struct copl_trust *t, const struct copl_public_key *k)
{
	size_t i;

	for (i = 0; i < t->nkeys; i++)
		if (copl_public_key_equal(&t->keys[i], k))
			return true;
	return false;
}

bool copl_trust_knows(
    const struct copl_trust *t, const struct copl_public_key *k)
{
	return copl_trust_pins(t, k) ||
	       (t->nkeys > 0 && t->has_named &&
		   copl_public_key_equal(&t->named, k));
}

bool copl_trust_knows_fingerprint(
    const struct copl_trust *t, const char *fingerprint)
{
	size_t i;

	for (i = 0; i < t->nkeys; i++)
		if (copl_fingerprint_equal(fingerprint, &t->keys[i]))
			return true;
	return t->nkeys > 0 && t->has_named &&
	       copl_fingerprint_equal(fingerprint, &t->named);
}

void copl_trust_name(struct copl_trust *t, const struct copl_public_key *k)
{
	t->keys[0] = *k;
	t->nkeys = 1;
	t->named = *k;
	t->has_named = true;
}
