/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "bundle/bundle_priv.h"
#include "bundle/verify_priv.h"

struct checking {
	const struct copl_verify *how;
	struct copl_arena *arena;
	struct copl_reporter *r;
	const char *file; /* the manifest, for findings */
	struct copl_strbuf bytes; /* of the manifest */
	struct copl_strbuf sig;
	struct copl_public_key signer;
	struct copl_manifest *m;
};

/* The keys that a manifest names, decoded. */
static size_t keys_of(
    const struct copl_manifest *m, struct copl_public_key keys[2])
{
	struct copl_reporter quiet;
	size_t n = 0, i;

	copl_reporter_init(&quiet, NULL);
	for (i = 0; i < m->nkeys; i++)
		if (copl_public_key_read(m->keys[i],
			(struct copl_place){NULL, 0, 0}, &quiet,
			&keys[n]) == COPL_OK)
			n++;
	return n;
}

/*
 * Reads a file that every set has; *file is its name for findings, in the
 * arena.  Not there: finding manifest-missing or signature-missing.
 */
static enum copl_status read_file(const struct copl_verify *how,
    const char *path, size_t max, struct copl_arena *a, struct copl_reporter *r,
    struct copl_strbuf *out, const char **file)
{
	enum copl_status st;

	*file = how->where == NULL ? path : copl_path_join(a, how->where, path);
	if (*file == NULL)
		return COPL_E_NOMEM;
	st = how->read(how->read_arg, path, max, r, out);
	if (st != COPL_E_NOTFOUND)
		return st;
	if (strcmp(path, COPL_MANIFEST) == 0) {
		copl_report(r, COPL_ERROR, "manifest-missing",
		    (struct copl_place){*file, 0, 0},
		    _("there is no manifest: this is not a release"));
		return COPL_E_IO;
	}
	copl_report(r, COPL_ERROR, "signature-missing",
	    (struct copl_place){*file, 0, 0},
	    _("the manifest has no signature: get the release again"));
	return COPL_E_TRUST;
}

enum copl_status copl_verify_offered(const struct copl_verify *how,
    struct copl_reporter *r, struct copl_trust *out)
{
	struct copl_strbuf bytes = COPL_STRBUF_INIT(COPL_MANIFEST_MAX);
	struct copl_arena *a = copl_arena_new();
	struct copl_manifest *m = NULL;
	enum copl_status st = COPL_E_NOMEM;
	const char *file;

	if (a == NULL)
		return st;
	st = read_file(
	    how, COPL_MANIFEST, COPL_MANIFEST_MAX, a, r, &bytes, &file);
	if (st == COPL_OK)
		st = copl_manifest_read(
		    copl_strbuf_text(&bytes), bytes.len, file, r, &m);
	if (st == COPL_OK)
		out->nkeys = keys_of(m, out->keys);
	copl_manifest_free(m);
	copl_strbuf_clear(&bytes);
	copl_arena_free(a);
	return st;
}

/* While keys rotate there is a second signature; it may be the known one. */
static enum copl_status second_chance(
    struct checking *c, const struct copl_trust *t, struct signed_by *s)
{
	struct copl_reporter quiet;
	struct signed_by second;
	enum copl_status st;

	copl_reporter_init(&quiet, NULL);
	st = c->how->read(c->how->read_arg, COPL_MANIFEST_SIG2,
	    COPL_SIGNATURE_MAX, &quiet, &c->sig);
	if (st == COPL_E_NOMEM)
		return st;
	if (st != COPL_OK)
		return COPL_OK;
	second = copl_signature_judge(copl_strbuf_text(&c->sig),
	    copl_strbuf_text(&c->bytes), c->bytes.len, t->keys, t->nkeys);
	if (second.verdict == SIG_GOOD)
		*s = second;
	return COPL_OK;
}

static enum copl_status check_signature(
    struct checking *c, const struct copl_trust *t, const char **comment)
{
	const char *sig_file = NULL;
	struct signed_by s;
	enum copl_status st;

	st = read_file(c->how, COPL_MANIFEST, COPL_MANIFEST_MAX, c->arena, c->r,
	    &c->bytes, &c->file);
	if (st != COPL_OK)
		return st;
	st = read_file(c->how, COPL_MANIFEST_SIG, COPL_SIGNATURE_MAX, c->arena,
	    c->r, &c->sig, &sig_file);
	if (st != COPL_OK)
		return st;
	s = copl_signature_judge(copl_strbuf_text(&c->sig),
	    copl_strbuf_text(&c->bytes), c->bytes.len, t->keys, t->nkeys);
	if (s.verdict == SIG_UNKNOWN_KEY)
		st = second_chance(c, t, &s);
	if (st != COPL_OK)
		return st;
	if (s.verdict != SIG_GOOD)
		return copl_signature_report(&s, sig_file, c->r);
	c->signer = t->keys[s.key];
	*comment = copl_arena_strndup(c->arena, s.comment, s.comment_len);
	return *comment == NULL ? COPL_E_NOMEM : COPL_OK;
}

static void say(const struct checking *c, const char *code, const char *text)
{
	copl_report(c->r, COPL_ERROR, code, (struct copl_place){c->file, 0, 0},
	    "%s", text);
}

/* What people read in the comment must be what the manifest says. */
static enum copl_status check_comment(
    const struct checking *c, const char *comment)
{
	struct copl_strbuf want = COPL_STRBUF_INIT(TRUSTED_MAX);
	enum copl_status st;

	copl_manifest_comment(c->m, &want);
	st = want.st;
	if (st == COPL_OK && strcmp(copl_strbuf_text(&want), comment) != 0)
		say(c, "signature-comment",
		    _("the comment of the signature names another release "
		      "than the manifest: get the release again"));
	copl_strbuf_clear(&want);
	return st;
}

static void check_signer(const struct checking *c)
{
	struct copl_public_key keys[2];
	size_t n = keys_of(c->m, keys), i;

	for (i = 0; i < n; i++)
		if (copl_public_key_equal(&keys[i], &c->signer))
			return;
	say(c, "manifest-key-unlisted",
	    _("the manifest does not name the key that signed it: tell the "
	      "sender"));
}

static const char *whose(const struct copl_manifest *m)
{
	return m->recipient == NULL ? COPL_WHOLE_RELEASE : m->recipient;
}

static void check_recipient(
    const struct checking *c, const struct copl_trust *t)
{
	const char *is = whose(c->m);

	if (t->recipient[0] == '\0' || strcmp(t->recipient, is) == 0)
		return;
	copl_report(c->r, COPL_ERROR, "release-recipient",
	    (struct copl_place){c->file, 0, 0},
	    _("this set is for \"%s\", but this folder holds the set of "
	      "\"%s\": check the address"),
	    is, t->recipient);
}

/* A person's word that a release is bad counts until a newer one comes. */
static bool check_withdrawn(
    const struct checking *c, const struct copl_trust *t)
{
	if (t->withdrawn == 0 || t->withdrawn < t->version ||
	    c->m->version > t->withdrawn)
		return false;
	if (!c->how->installed && c->m->version == t->withdrawn)
		copl_report(c->r, COPL_ERROR, "release-withdrawn",
		    (struct copl_place){c->file, 0, 0},
		    _("release %" PRIu64 " was taken back here with "
		      "--rollback: only a newer one is accepted, or this one "
		      "again with --undo-rollback"),
		    c->m->version);
	/* Until then an older one is in its place. */
	return c->how->installed || c->m->version == t->withdrawn;
}

static void check_version(const struct checking *c, const struct copl_trust *t)
{
	if (check_withdrawn(c, t) || c->m->version >= t->version)
		return;
	copl_report(c->r, COPL_ERROR, "release-older",
	    (struct copl_place){c->file, 0, 0},
	    _("this is release %" PRIu64 ", but release %" PRIu64
	      " was here already: an older one is not accepted"),
	    c->m->version, t->version);
}

/* Forms that young people answer do not turn into a test under their hands. */
static void check_draft(const struct checking *c)
{
	const struct copl_place at = {c->file, 0, 0};

	if (!c->m->draft)
		return;
	if (c->how->published)
		copl_report(c->r, COPL_ERROR, "release-draft-over", at,
		    _("release %" PRIu64 " is a draft for testing, and it "
		      "would take the place of forms that are none: test it "
		      "in another folder"),
		    c->m->version);
	else if (!c->how->draft)
		copl_report(c->r, COPL_WARNING, "release-draft", at,
		    _("release %" PRIu64 " is a draft for testing: do not "
		      "give its forms to young people"),
		    c->m->version);
}

static enum copl_status check_manifest(
    const struct checking *c, const struct copl_trust *t, const char *comment)
{
	size_t before = c->r->errors;
	enum copl_status st = check_comment(c, comment);

	if (st != COPL_OK)
		return st;
	check_signer(c);
	check_recipient(c, t);
	check_version(c, t);
	copl_age_check(c->m, c->how, (struct copl_place){c->file, 0, 0}, c->r);
	check_draft(c);
	return c->r->errors > before ? COPL_E_TRUST : COPL_OK;
}

static void remember(const struct copl_manifest *m, struct copl_trust *t)
{
	t->nkeys = keys_of(m, t->keys);
	/* What is in place may be older than what was here. */
	if (t->version < m->version)
		t->version = m->version;
	if (t->withdrawn < t->version)
		t->withdrawn = 0;
	if (t->withdrawn == 0)
		t->withdrawn_sha256[0] = '\0';
	snprintf(t->recipient, sizeof(t->recipient), "%s", whose(m));
}

enum copl_status copl_verify_manifest(const struct copl_verify *how,
    struct copl_trust *t, struct copl_reporter *r, struct copl_manifest **out)
{
	struct checking c = {.how = how,
	    .r = r,
	    .bytes = COPL_STRBUF_INIT(COPL_MANIFEST_MAX),
	    .sig = COPL_STRBUF_INIT(COPL_SIGNATURE_MAX)};
	enum copl_status st = COPL_E_NOMEM;
	const char *comment = "";

	*out = NULL;
	c.arena = copl_arena_new();
	if (c.arena == NULL)
		goto out;
	st = check_signature(&c, t, &comment);
	if (st != COPL_OK)
		goto out;
	st = copl_manifest_read(
	    copl_strbuf_text(&c.bytes), c.bytes.len, c.file, r, &c.m);
	if (st != COPL_OK)
		goto out;
	st = check_manifest(&c, t, comment);
	if (st != COPL_OK)
		goto out;
	remember(c.m, t);
	*out = c.m;
	c.m = NULL;
out:
	copl_manifest_free(c.m);
	copl_strbuf_clear(&c.bytes);
	copl_strbuf_clear(&c.sig);
	copl_arena_free(c.arena);
	return st;
}

enum copl_status copl_verify_file(const struct copl_manifest_file *f,
    const char *where, const char *bytes, size_t len, struct copl_reporter *r)
{
	struct copl_arena *a = copl_arena_new();
	char digest[COPL_SHA256_HEX];
	struct copl_place at = {NULL, 0, 0};
	enum copl_status st = COPL_E_NOMEM;

	if (a == NULL)
		return st;
	at.file = where == NULL ? f->path : copl_path_join(a, where, f->path);
	if (at.file == NULL)
		goto out;
	st = COPL_E_TRUST;
	if (len != f->length) {
		copl_report(r, COPL_ERROR, "file-length", at,
		    _("has %zu bytes, but the manifest says %" PRIu64
		      ": get the release again"),
		    len, f->length);
		goto out;
	}
	copl_sha256_hex(bytes, len, digest);
	if (strcmp(digest, f->sha256) != 0) {
		copl_report(r, COPL_ERROR, "file-digest", at,
		    _("is not the file that was signed: it was changed or "
		      "damaged, so get the release again"));
		goto out;
	}
	st = COPL_OK;
out:
	copl_arena_free(a);
	return st;
}
