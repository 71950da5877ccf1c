/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "build/build_priv.h"
#include "build/handout.h"

/* Whatever a project asks for, a machine must survive it. */
#define TOTAL_MAX ((size_t)1 << 30)

static enum copl_status say(
    struct build *b, const char *code, const char *path, const char *text)
{
	copl_report(b->r, COPL_ERROR, code, (struct copl_place){path, 0, 0},
	    "%s", text);
	return COPL_E_LIMIT;
}

enum copl_status build_page_too_large(struct build *b, const char *path)
{
	return say(b, "build-too-large", path,
	    _("this page would be too large: make the form shorter, or its "
	      "conditions simpler, above all those that look at questions "
	      "with conditions"));
}

static enum copl_status file_too_large(struct build *b, const char *path)
{
	return say(b, "build-too-large", path,
	    _("this file would have more than 16 MiB: make the form shorter"));
}

static enum copl_status check_limits(
    struct build *b, const char *path, size_t len)
{
	if (len > COPL_RELEASE_FILE_MAX)
		return file_too_large(b, path);
	if (b->nfiles >= COPL_RELEASE_FILES_MAX || b->total + len > TOTAL_MAX)
		return say(b, "build-too-large", b->o->output,
		    _("a release has at most 10000 files and 1 GiB: split the "
		      "project"));
	return COPL_OK;
}

/* Takes the bytes over, with their length and digest. */
static enum copl_status fill(
    struct build *b, struct build_file *f, struct copl_strbuf *bytes)
{
	char digest[COPL_SHA256_HEX];

	copl_sha256_hex(copl_strbuf_text(bytes), bytes->len, digest);
	f->info.sha256 = copl_arena_strdup(b->arena, digest);
	if (f->info.sha256 == NULL)
		return COPL_E_NOMEM;
	f->info.length = bytes->len;
	f->bytes = *bytes;
	memset(bytes, 0, sizeof(*bytes));
	b->total += f->bytes.len;
	return COPL_OK;
}

enum copl_status build_add(struct build *b,
    const struct copl_manifest_file *info, bool voucher,
    struct copl_strbuf *bytes)
{
	enum copl_status st = check_limits(b, info->path, bytes->len);
	struct build_file *list, *f;

	if (st != COPL_OK)
		return st;
	list = copl_grow(b->files, b->nfiles, &b->files_room, sizeof(*list));
	if (list == NULL)
		return COPL_E_NOMEM;
	b->files = list;
	f = &list[b->nfiles];
	*f = (struct build_file){.info = *info, .voucher = voucher};
	st = fill(b, f, bytes);
	if (st == COPL_OK)
		b->nfiles++;
	return st;
}

enum copl_status build_change(
    struct build *b, struct build_file *f, struct copl_strbuf *bytes)
{
	if (bytes->len > COPL_RELEASE_FILE_MAX)
		return file_too_large(b, f->info.path);
	b->total -= f->bytes.len;
	copl_strbuf_clear(&f->bytes);
	return fill(b, f, bytes);
}

void build_tree_free(struct build *b)
{
	size_t i;

	for (i = 0; i < b->nfiles; i++)
		copl_strbuf_clear(&b->files[i].bytes);
	free(b->files);
}

/* name, or recipient/name */
static enum copl_status add_named(struct build *b, const char *recipient,
    const char *name, const char *type, bool voucher, struct copl_strbuf *bytes)
{
	struct copl_manifest_file info = {
	    .path = name, .recipient = recipient, .type = type};

	if (recipient != NULL)
		info.path = copl_path_join(b->arena, recipient, name);
	if (info.path == NULL)
		return COPL_E_NOMEM;
	return build_add(b, &info, voucher, bytes);
}

/* ---- public keys ---- */

static enum copl_status add_keys_of(struct build *b, const char *recipient)
{
	static const char *const names[] = {"release.pub", "release.2.pub"};
	struct copl_strbuf text = COPL_STRBUF_INIT(4096);
	enum copl_status st = COPL_OK;
	size_t i;

	for (i = 0; i < COPL_COUNT(names) && i < b->nkeys && st == COPL_OK;
	     i++) {
		text.max = 4096;
		copl_public_key_write(&b->publics[i], &text);
		st = text.st;
		if (st == COPL_OK)
			st = add_named(
			    b, recipient, names[i], "text/plain", false, &text);
	}
	copl_strbuf_clear(&text);
	return st;
}

enum copl_status build_add_keys(struct build *b)
{
	enum copl_status st = add_keys_of(b, NULL);
	size_t i;

	for (i = 0; i < b->project->nrecipients && st == COPL_OK; i++)
		st = add_keys_of(b, b->project->recipients[i].id);
	return st;
}

/* ---- manifests ---- */

/* The files of a recipient, by paths in its folder; NULL: all files. */
static enum copl_status collect(
    struct build *b, const char *recipient, struct copl_manifest *m)
{
	size_t skip = recipient == NULL ? 0 : strlen(recipient) + 1, i;

	m->files = copl_arena_alloc(b->arena, b->nfiles * sizeof(*m->files));
	if (m->files == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < b->nfiles; i++) {
		const struct copl_manifest_file *f = &b->files[i].info;

		if (recipient != NULL &&
		    (f->recipient == NULL ||
			strcmp(f->recipient, recipient) != 0))
			continue;
		m->files[m->nfiles] = *f;
		m->files[m->nfiles++].path = f->path + skip;
	}
	copl_manifest_sort(m);
	return COPL_OK;
}

static enum copl_status sign(struct build *b, const struct copl_manifest *m,
    const struct copl_strbuf *bytes)
{
	static const char *const names[] = {
	    COPL_MANIFEST_SIG, COPL_MANIFEST_SIG2};
	struct copl_strbuf comment = COPL_STRBUF_INIT(4096);
	struct copl_strbuf sig = COPL_STRBUF_INIT(16384);
	enum copl_status st;
	size_t i;

	copl_manifest_comment(m, &comment);
	st = comment.st;
	for (i = 0; i < COPL_COUNT(names) && i < b->nkeys && st == COPL_OK;
	     i++) {
		sig.max = 16384;
		st = copl_sign(b->keys[i], bytes->s, bytes->len,
		    copl_strbuf_text(&comment), &sig);
		if (st == COPL_OK)
			st = add_named(b, m->recipient, names[i], "text/plain",
			    true, &sig);
	}
	copl_strbuf_clear(&comment);
	copl_strbuf_clear(&sig);
	return st;
}

/* ---- zips for those who have no program of ours ---- */

const char *build_zip_name(struct copl_arena *a, const char *recipient)
{
	return copl_arena_printf(a, "%s" BUILD_ZIP, recipient);
}

static enum copl_status add_zip(struct build *b,
    const struct copl_recipient *to, const struct copl_manifest *m)
{
	struct copl_strbuf bytes = COPL_STRBUF_INIT(COPL_RELEASE_FILE_MAX);
	struct copl_zip_file *files =
	    copl_arena_alloc(b->arena, b->nfiles * sizeof(*files));
	struct copl_manifest_file info = {
	    .path = build_zip_name(b->arena, to->id),
	    .recipient = to->id,
	    .type = "application/zip"};
	struct copl_handout h = {
	    .project = b->project, .to = to, .manifest = m, .files = files};
	enum copl_status st = COPL_E_NOMEM;
	size_t i;

	for (i = 0; files != NULL && i < b->nfiles; i++) {
		const struct build_file *f = &b->files[i];

		if (f->info.recipient == NULL ||
		    strcmp(f->info.recipient, to->id) != 0)
			continue;
		files[h.nfiles++] =
		    (struct copl_zip_file){f->info.path + strlen(to->id) + 1,
			copl_strbuf_text(&f->bytes), f->bytes.len};
	}
	if (files != NULL && info.path != NULL)
		st = copl_handout_zip(&h, b->arena, &bytes);
	if (st == COPL_E_LIMIT)
		st = say(b, "build-too-large", info.path,
		    _("this file would have more than 16 MiB: make the form "
		      "shorter"));
	if (st == COPL_OK)
		st = build_add(b, &info, true, &bytes);
	copl_strbuf_clear(&bytes);
	return st;
}

static enum copl_status vouch_for(struct build *b, const char *recipient)
{
	struct copl_strbuf bytes = COPL_STRBUF_INIT(COPL_MANIFEST_MAX);
	struct copl_strbuf sums = COPL_STRBUF_INIT(COPL_MANIFEST_MAX);
	const struct copl_recipient *to =
	    recipient == NULL ? NULL
			      : copl_project_recipient(b->project, recipient);
	struct copl_manifest m = {.project = b->project->id,
	    .recipient = recipient,
	    .version = b->version,
	    .created = b->o->now,
	    .expires = b->expires,
	    .draft = b->draft,
	    .nkeys = b->nkeys};
	enum copl_status st;

	memcpy(m.keys, b->keys_b64, sizeof(m.keys));
	st = collect(b, recipient, &m);
	if (st == COPL_OK)
		st = build_manifest_policy(b, to, &m);
	b->listed = m.nfiles;
	if (st == COPL_OK)
		st = copl_manifest_write(&m, &bytes);
	if (st == COPL_OK)
		st = copl_manifest_sums(&m, &sums);
	if (st == COPL_OK)
		st = sign(b, &m, &bytes);
	if (st == COPL_OK)
		st = add_named(b, recipient, COPL_MANIFEST, "application/xml",
		    true, &bytes);
	if (st == COPL_OK)
		st = add_named(
		    b, recipient, COPL_SUMS, "text/plain", true, &sums);
	if (st == COPL_OK && to != NULL && to->zip)
		st = add_zip(b, to, &m);
	copl_strbuf_clear(&bytes);
	copl_strbuf_clear(&sums);
	return st;
}

enum copl_status build_vouch(struct build *b)
{
	enum copl_status st = COPL_OK;
	size_t i;

	for (i = 0; i < b->project->nrecipients && st == COPL_OK; i++)
		st = vouch_for(b, b->project->recipients[i].id);
	return st == COPL_OK ? vouch_for(b, NULL) : st;
}
