/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <inttypes.h>
#include <string.h>
#include "base/i18n.h"
#include "bundle/own.h"
#include "publish/publish_priv.h"

/* ---- may the one follow the other? ---- */

static enum copl_status read_at(struct publish *p, const char *dir,
    const char *name, size_t max, struct copl_reporter *r,
    struct copl_strbuf *out)
{
	char *arg = copl_arena_strdup(p->arena, dir);

	return arg == NULL ? COPL_E_NOMEM
			   : copl_read_dir(arg, name, max, r, out);
}

static const char *whose(const struct copl_manifest *m)
{
	return m->recipient == NULL ? COPL_WHOLE_RELEASE : m->recipient;
}

static void say(struct publish *p, const struct publish_set *s,
    const char *code, const char *text)
{
	copl_report(p->r, COPL_ERROR, code, (struct copl_place){s->to, 0, 0},
	    "%s", text);
}

static void judge(struct publish *p, const struct publish_set *s, bool same)
{
	const struct copl_manifest *m = s->manifest, *b = s->before;

	if (strcmp(m->project, b->project) != 0 ||
	    strcmp(whose(m), whose(b)) != 0)
		say(p, s, "publish-other",
		    _("the forms of another project or recipient are "
		      "published here: publish into another folder"));
	else if (m->version < b->version)
		copl_report(p->r, COPL_ERROR, "release-older",
		    (struct copl_place){s->to, 0, 0},
		    _("this is release %" PRIu64 ", but release %" PRIu64
		      " is published here already: an older one is not "
		      "accepted by those who have it"),
		    m->version, b->version);
	else if (m->version == b->version && !same)
		copl_report(p->r, COPL_ERROR, "publish-number",
		    (struct copl_place){s->to, 0, 0},
		    _("another release with the number %" PRIu64
		      " is published here already: build with --renew to get "
		      "a new number"),
		    m->version);
	if (m->draft && !b->draft)
		say(p, s, "release-draft-over",
		    _("this is a draft, and it would take the place of forms "
		      "that are none: publish it into another folder"));
}

static enum copl_status read_before(
    struct publish *p, struct publish_set *s, const struct copl_strbuf *now)
{
	struct copl_strbuf bytes = COPL_STRBUF_INIT(COPL_MANIFEST_MAX);
	struct copl_reporter quiet;
	enum copl_status st;

	st = read_at(p, s->to, COPL_MANIFEST, COPL_MANIFEST_MAX, p->r, &bytes);
	if (st != COPL_OK)
		goto out;
	copl_reporter_init(&quiet, NULL);
	st = copl_manifest_read(
	    copl_strbuf_text(&bytes), bytes.len, NULL, &quiet, &s->before);
	/* Bytes that are none are replaced. */
	if (st == COPL_OK)
		judge(p, s,
		    bytes.len == now->len &&
			memcmp(bytes.s, now->s, bytes.len) == 0);
	st = copl_reporter_end(&quiet, st);
	if (st != COPL_E_NOMEM)
		st = COPL_OK;
out:
	copl_strbuf_clear(&bytes);
	return st == COPL_E_NOTFOUND ? COPL_OK : st;
}

enum copl_status publish_set_open(struct publish *p, struct publish_set *s)
{
	struct copl_strbuf bytes = COPL_STRBUF_INIT(COPL_MANIFEST_MAX);
	size_t before = p->r->errors;
	enum copl_status st =
	    copl_own_manifest(s->from, p->o->now, false, p->r, &s->manifest);

	if (st == COPL_OK)
		st = read_at(
		    p, s->from, COPL_MANIFEST, COPL_MANIFEST_MAX, p->r, &bytes);
	if (st != COPL_OK)
		goto out;
	copl_sha256_hex(copl_strbuf_text(&bytes), bytes.len, s->sha256);
	if (s->manifest->draft && !p->o->draft)
		copl_report(p->r, COPL_ERROR, "publish-draft",
		    (struct copl_place){s->from, 0, 0},
		    _("this is a draft for testing: publish it with --draft, "
		      "where only testers look"));
	st = read_before(p, s, &bytes);
	if (st == COPL_OK && p->r->errors > before)
		st = COPL_E_INVALID;
out:
	copl_strbuf_clear(&bytes);
	return st;
}

void publish_set_close(struct publish_set *s)
{
	copl_manifest_free(s->manifest);
	copl_manifest_free(s->before);
	s->manifest = s->before = NULL;
}

/* ---- its files ---- */

enum copl_status publish_set_check(
    struct publish *p, const struct publish_set *s)
{
	struct copl_strbuf bytes = COPL_STRBUF_INIT(COPL_RELEASE_FILE_MAX);
	enum copl_status st = COPL_OK, one;
	size_t i;

	for (i = 0; i < s->manifest->nfiles && st != COPL_E_NOMEM; i++) {
		one = copl_own_file(
		    s->from, &s->manifest->files[i], p->r, &bytes);
		if (one != COPL_OK)
			st = one;
	}
	copl_strbuf_clear(&bytes);
	return st;
}

/* Whatever lies deeper in the whole release is a recipient's. */
static bool is_mine(
    const struct publish_set *s, const struct copl_manifest_file *f)
{
	return !s->whole || strchr(f->path, '/') == NULL;
}

static enum copl_status fill_file(struct publish *p,
    const struct publish_set *s, const struct copl_manifest_file *f,
    struct copl_strbuf *bytes)
{
	const char *name = copl_layout_file(f, p->arena);
	enum copl_status st = copl_own_file(s->from, f, p->r, bytes);

	if (name == NULL)
		return COPL_E_NOMEM;
	if (st == COPL_OK && !s->whole)
		st = publish_put_both(p, s->to, f, name, bytes);
	return st;
}

/* What vouches for a set, by digest; a second signature need not be there. */
static enum copl_status fill_voucher(struct publish *p,
    const struct publish_set *s, const char *name, struct copl_strbuf *bytes)
{
	const char *to = copl_layout_voucher(s->sha256, name, p->arena);
	enum copl_status st =
	    read_at(p, s->from, name, COPL_MANIFEST_MAX, p->r, bytes);

	if (to == NULL)
		return COPL_E_NOMEM;
	if (st == COPL_E_NOTFOUND)
		return COPL_OK;
	return st == COPL_OK ? publish_put(p, s->to, to, bytes) : st;
}

enum copl_status publish_set_fill_digests(
    struct publish *p, const struct publish_set *s)
{
	static const char *const names[] = {
	    COPL_MANIFEST_SIG, COPL_MANIFEST_SIG2, COPL_MANIFEST};
	struct copl_strbuf bytes = COPL_STRBUF_INIT(COPL_RELEASE_FILE_MAX);
	enum copl_status st = COPL_OK;
	size_t i;

	if (s->whole)
		return COPL_OK;
	for (i = 0; i < s->manifest->nfiles && st == COPL_OK; i++)
		st = fill_file(p, s, &s->manifest->files[i], &bytes);
	for (i = 0; i < COPL_COUNT(names) && st == COPL_OK; i++)
		st = fill_voucher(p, s, names[i], &bytes);
	copl_strbuf_clear(&bytes);
	return st;
}

/* Sums and signatures; a second signature may have gone. */
static enum copl_status fill_vouchers(
    struct publish *p, const struct publish_set *s, struct copl_strbuf *bytes)
{
	static const char *const names[] = {
	    COPL_SUMS, COPL_MANIFEST_SIG, COPL_MANIFEST_SIG2};
	enum copl_status st = COPL_OK;
	size_t i;

	for (i = 0; i < COPL_COUNT(names) && st == COPL_OK; i++) {
		st = read_at(
		    p, s->from, names[i], COPL_MANIFEST_MAX, p->r, bytes);
		if (st == COPL_OK)
			st = publish_put(p, s->to, names[i], bytes);
		else if (st == COPL_E_NOTFOUND)
			st = publish_remove(p, s->to, names[i]);
	}
	return st;
}

enum copl_status publish_set_fill_plain(
    struct publish *p, const struct publish_set *s)
{
	struct copl_strbuf bytes = COPL_STRBUF_INIT(COPL_RELEASE_FILE_MAX);
	enum copl_status st = COPL_OK;
	size_t i;

	for (i = 0; i < s->manifest->nfiles && st == COPL_OK; i++) {
		const struct copl_manifest_file *f = &s->manifest->files[i];

		if (!is_mine(s, f))
			continue;
		st = copl_own_file(s->from, f, p->r, &bytes);
		if (st == COPL_OK)
			st = publish_put_both(p, s->to, f, f->path, &bytes);
	}
	if (st == COPL_OK)
		st = fill_vouchers(p, s, &bytes);
	copl_strbuf_clear(&bytes);
	return st;
}

enum copl_status publish_set_switch(
    struct publish *p, const struct publish_set *s)
{
	struct copl_strbuf bytes = COPL_STRBUF_INIT(COPL_MANIFEST_MAX);
	const char *path = copl_path_join(p->arena, s->to, COPL_MANIFEST);
	bool changed = false;
	enum copl_status st = path == NULL ? COPL_E_NOMEM : COPL_OK;

	if (st == COPL_OK)
		st = read_at(
		    p, s->from, COPL_MANIFEST, COPL_MANIFEST_MAX, p->r, &bytes);
	if (st == COPL_OK)
		st = copl_file_replace(path, copl_strbuf_text(&bytes),
		    bytes.len, 0644, p->r, &changed);
	p->written += changed;
	copl_strbuf_clear(&bytes);
	return st;
}

enum copl_status publish_set_tidy(
    struct publish *p, const struct publish_set *s)
{
	enum copl_status st = COPL_OK;
	size_t i;

	for (i = 0; s->before != NULL && i < s->before->nfiles && st == COPL_OK;
	     i++) {
		const char *path = s->before->files[i].path;

		if (copl_manifest_find(s->manifest, path) == NULL)
			st = publish_remove(p, s->to, path);
	}
	return st;
}
