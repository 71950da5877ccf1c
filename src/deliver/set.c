/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "deliver/deliver.h"

#define TEXT_TYPE "text/plain; charset=utf-8"
#define MANIFEST_TYPE "application/xml"

struct loading {
	struct copl_set *set;
	struct copl_arena *arena;
	struct copl_reporter *r;
	char *folder;
	struct copl_strbuf bytes;
};

/* The keys that the manifest itself names. */
static enum copl_status keys_inside(
    struct loading *l, struct copl_trust *t, const char **project)
{
	struct copl_manifest *m = NULL;
	const char *file = copl_path_join(l->arena, l->folder, COPL_MANIFEST);
	enum copl_status st;
	size_t i;

	if (file == NULL)
		return COPL_E_NOMEM;
	st = copl_file_read(file, COPL_MANIFEST_MAX, l->r, &l->bytes);
	if (st == COPL_OK)
		st = copl_manifest_read(
		    copl_strbuf_text(&l->bytes), l->bytes.len, file, l->r, &m);
	for (i = 0; st == COPL_OK && i < m->nkeys; i++) {
		st = copl_public_key_read(m->keys[i],
		    (struct copl_place){file, 0, 0}, l->r, &t->keys[i]);
		if (st == COPL_OK)
			t->nkeys++;
	}
	if (st == COPL_OK) {
		*project = copl_arena_strdup(l->arena, m->project);
		if (*project == NULL)
			st = COPL_E_NOMEM;
	}
	copl_manifest_free(m);
	return st;
}

static enum copl_status check_manifest(
    struct loading *l, int64_t now, const char *project)
{
	struct copl_verify how = {.now = now,
	    .read = copl_read_dir,
	    .read_arg = l->folder,
	    .draft = true,
	    .where = l->folder};
	size_t len = strlen(l->set->recipient);
	struct copl_trust t = {.nkeys = 0};
	const char *is = NULL;
	enum copl_status st;

	if (len >= sizeof(t.recipient))
		return COPL_E_LIMIT;
	memcpy(t.recipient, l->set->recipient, len);
	st = keys_inside(l, &t, &is);
	if (st != COPL_OK)
		return st;
	if (strcmp(is, project) != 0) {
		copl_report(l->r, COPL_ERROR, "release-project",
		    (struct copl_place){l->folder, 0, 0},
		    _("this release is of the project \"%s\", not of \"%s\""),
		    is, project);
		return COPL_E_INVALID;
	}
	return copl_verify_manifest(&how, &t, l->r, &l->set->manifest);
}

static void add(struct copl_set *set, const char *path, const char *type,
    const struct copl_strbuf *bytes)
{
	struct copl_set_file *f = &set->files[set->nfiles++];

	f->path = path;
	f->type = type;
	f->length = bytes->len;
	copl_sha256_hex(copl_strbuf_text(bytes), bytes->len, f->sha256);
	copl_sha256_b64(copl_strbuf_text(bytes), bytes->len, f->sha256_b64);
}

static enum copl_status add_content(struct loading *l)
{
	const struct copl_manifest *m = l->set->manifest;
	enum copl_status st = COPL_OK, one;
	size_t i;

	for (i = 0; i < m->nfiles; i++) {
		const struct copl_manifest_file *f = &m->files[i];

		one = copl_read_dir(
		    l->folder, f->path, COPL_RELEASE_FILE_MAX, l->r, &l->bytes);
		if (one == COPL_E_NOMEM)
			return one;
		if (one == COPL_E_NOTFOUND)
			copl_strbuf_reset(&l->bytes);
		if (one == COPL_OK || one == COPL_E_NOTFOUND)
			one = copl_verify_file(f, l->folder,
			    copl_strbuf_text(&l->bytes), l->bytes.len, l->r);
		if (one == COPL_OK)
			add(l->set, f->path, f->type, &l->bytes);
		else
			st = one;
	}
	l->set->ncontent = l->set->nfiles;
	return st;
}

/* A file beside those of the manifest; one that is not there is not sent. */
static enum copl_status add_seal(
    struct loading *l, const char *path, const char *type)
{
	enum copl_status st;

	st = copl_read_dir(
	    l->folder, path, COPL_RELEASE_FILE_MAX, l->r, &l->bytes);
	if (st == COPL_OK)
		add(l->set, path, type, &l->bytes);
	return st == COPL_E_NOTFOUND ? COPL_OK : st;
}

/* Signatures before the manifest: no reader sees it without them. */
static enum copl_status add_seals(struct loading *l)
{
	enum copl_status st = add_seal(l, COPL_SUMS, TEXT_TYPE);

	if (st == COPL_OK)
		st = add_seal(l, COPL_MANIFEST_SIG, TEXT_TYPE);
	if (st == COPL_OK)
		st = add_seal(l, COPL_MANIFEST_SIG2, TEXT_TYPE);
	if (st == COPL_OK)
		st = add_seal(l, COPL_MANIFEST, MANIFEST_TYPE);
	return st;
}

static enum copl_status load(
    struct loading *l, int64_t now, const char *project)
{
	enum copl_status st = check_manifest(l, now, project);

	if (st != COPL_OK)
		return st;
	l->set->files = copl_arena_alloc(
	    l->arena, (l->set->manifest->nfiles + 4) * sizeof(*l->set->files));
	if (l->set->files == NULL)
		return COPL_E_NOMEM;
	st = add_content(l);
	return st == COPL_OK ? add_seals(l) : st;
}

enum copl_status copl_set_load(const char *release, const char *project,
    const char *recipient, int64_t now, struct copl_arena *a,
    struct copl_reporter *r, struct copl_set *out)
{
	struct loading l = {.set = out,
	    .arena = a,
	    .r = r,
	    .bytes = COPL_STRBUF_INIT(COPL_RELEASE_FILE_MAX)};
	enum copl_status st;

	memset(out, 0, sizeof(*out));
	out->recipient = recipient;
	l.folder = copl_path_join(a, release, recipient);
	if (l.folder == NULL)
		return COPL_E_NOMEM;
	out->folder = l.folder;
	if (!copl_path_exists(l.folder)) {
		copl_report(r, COPL_ERROR, "release-no-set",
		    (struct copl_place){release, 0, 0},
		    _("this release holds nothing for the recipient \"%s\": "
		      "build a new one"),
		    recipient);
		return COPL_E_INVALID;
	}
	st = load(&l, now, project);
	copl_strbuf_clear(&l.bytes);
	if (st == COPL_E_TRUST || st == COPL_E_PARSE)
		copl_report(r, COPL_ERROR, "release-damaged",
		    (struct copl_place){l.folder, 0, 0},
		    _("nothing was sent, because this set cannot be sent as "
		      "it is: build the release again"));
	if (st == COPL_E_PARSE)
		st = COPL_E_TRUST;
	if (st != COPL_OK)
		copl_set_clear(out);
	return st;
}

void copl_set_clear(struct copl_set *set)
{
	copl_manifest_free(set->manifest);
	set->manifest = NULL;
}
