/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Zips of sets that lie in a release. */
#include "config.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <copl10n/build.h>
#include "base/i18n.h"
#include "build/handout.h"
#include "bundle/own.h"

struct zipping {
	const struct copl_zip_options *o;
	struct copl_reporter *r;
	struct copl_arena *arena;
	struct copl_project *project;
};

/* One set on its way into its zip. */
struct packing {
	struct zipping *z;
	const struct copl_recipient *to;
	char *folder;
	struct copl_manifest *manifest;
	struct copl_strbuf *bytes; /* of the files, in the same order */
	struct copl_zip_file *files;
	size_t n;
};

static const char *const vouchers[] = {
    COPL_MANIFEST, COPL_MANIFEST_SIG, COPL_MANIFEST_SIG2, COPL_SUMS};

static enum copl_status say_unknown(struct zipping *z, const char *id)
{
	struct copl_strbuf ids = COPL_STRBUF_INIT(100000);
	size_t i;

	for (i = 0; i < z->project->nrecipients; i++)
		copl_strbuf_printf(
		    &ids, i == 0 ? "%s" : ", %s", z->project->recipients[i].id);
	copl_report(z->r, COPL_ERROR, "zip-recipient",
	    (struct copl_place){z->project->xml->file, 0, 0},
	    _("the project has no recipient \"%s\"; it has: %s"), id,
	    copl_strbuf_text(&ids));
	z->r->nomem |= ids.st != COPL_OK;
	copl_strbuf_clear(&ids);
	return COPL_E_INVALID;
}

static enum copl_status open_set(struct packing *k)
{
	struct zipping *z = k->z;
	enum copl_status st;

	k->folder = copl_path_join(z->arena, z->o->release, k->to->id);
	if (k->folder == NULL)
		return COPL_E_NOMEM;
	if (!copl_path_exists(k->folder)) {
		copl_report(z->r, COPL_ERROR, "release-no-set",
		    (struct copl_place){z->o->release, 0, 0},
		    _("this release holds nothing for the recipient \"%s\": "
		      "build a new one"),
		    k->to->id);
		return COPL_E_INVALID;
	}
	st = copl_own_manifest(k->folder, z->o->now, false, z->r, &k->manifest);
	if (st != COPL_OK || strcmp(k->manifest->project, z->project->id) == 0)
		return st;
	copl_report(z->r, COPL_ERROR, "release-project",
	    (struct copl_place){k->folder, 0, 0},
	    _("this release is of the project \"%s\", not of \"%s\""),
	    k->manifest->project, z->project->id);
	return COPL_E_INVALID;
}

/* What was read last becomes a file of the zip. */
static void take(struct packing *k, const char *name)
{
	const struct copl_strbuf *b = &k->bytes[k->n];

	k->files[k->n++] =
	    (struct copl_zip_file){name, copl_strbuf_text(b), b->len};
}

static enum copl_status read_set(struct packing *k)
{
	const struct copl_manifest *m = k->manifest;
	size_t room = m->nfiles + COPL_COUNT(vouchers), i;
	enum copl_status st = COPL_OK;

	k->bytes = calloc(room, sizeof(*k->bytes));
	k->files = copl_arena_alloc(k->z->arena, room * sizeof(*k->files));
	if (k->bytes == NULL || k->files == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < room; i++)
		k->bytes[i].max = COPL_RELEASE_FILE_MAX;
	for (i = 0; i < m->nfiles && st == COPL_OK; i++) {
		st = copl_own_file(
		    k->folder, &m->files[i], k->z->r, &k->bytes[k->n]);
		if (st == COPL_OK)
			take(k, m->files[i].path);
	}
	for (i = 0; i < COPL_COUNT(vouchers) && st == COPL_OK; i++) {
		st = copl_read_dir(k->folder, vouchers[i],
		    COPL_RELEASE_FILE_MAX, k->z->r, &k->bytes[k->n]);
		if (st == COPL_OK)
			take(k, vouchers[i]);
		else if (st == COPL_E_NOTFOUND)
			st = COPL_OK;
	}
	return st;
}

static void tell(const struct packing *k, const char *path, size_t len)
{
	char version[24], bytes[24];
	const struct copl_field fields[] = {{"recipient", k->to->id},
	    {"path", path}, {"version", version}, {"bytes", bytes}};

	snprintf(version, sizeof(version), "%" PRIu64, k->manifest->version);
	snprintf(bytes, sizeof(bytes), "%zu", len);
	copl_tell(k->z->r, "zip", fields, COPL_COUNT(fields),
	    _("%s holds release %s for \"%s\""), path, version, k->to->id);
}

static enum copl_status write_zip(struct packing *k)
{
	struct copl_strbuf zip = COPL_STRBUF_INIT(COPL_ZIP_TOTAL_MAX);
	const struct copl_handout h = {.project = k->z->project,
	    .to = k->to,
	    .manifest = k->manifest,
	    .files = k->files,
	    .nfiles = k->n};
	const char *name = copl_arena_printf(k->z->arena, "%s.zip", k->to->id);
	const char *path =
	    name == NULL ? NULL
			 : copl_path_join(k->z->arena, k->z->o->output, name);
	enum copl_status st = COPL_E_NOMEM;

	if (path != NULL)
		st = copl_handout_zip(&h, k->z->arena, &zip);
	if (st == COPL_OK)
		st = copl_dir_make(k->z->o->output, k->z->r);
	if (st == COPL_OK)
		st = copl_file_replace(
		    path, copl_strbuf_text(&zip), zip.len, 0644, k->z->r, NULL);
	if (st == COPL_OK)
		tell(k, path, zip.len);
	copl_strbuf_clear(&zip);
	return st;
}

static enum copl_status zip_one(struct zipping *z, const char *id)
{
	struct packing k = {.z = z};
	enum copl_status st;
	size_t i;

	k.to = copl_project_recipient(z->project, id);
	if (k.to == NULL)
		return say_unknown(z, id);
	st = open_set(&k);
	if (st == COPL_OK)
		st = read_set(&k);
	if (st == COPL_OK)
		st = write_zip(&k);
	for (i = 0;
	     k.bytes != NULL && i < k.manifest->nfiles + COPL_COUNT(vouchers);
	     i++)
		copl_strbuf_clear(&k.bytes[i]);
	free(k.bytes);
	copl_manifest_free(k.manifest);
	return st;
}

enum copl_status copl_zip_sets(
    const struct copl_zip_options *options, const struct copl_sink *sink)
{
	struct zipping z = {.o = options, .arena = copl_arena_new()};
	enum copl_status st = COPL_E_NOMEM, one;
	struct copl_reporter r;
	size_t i;

	copl_reporter_init(&r, sink);
	z.r = &r;
	if (z.arena != NULL)
		st = copl_project_load(options->dir, &r, &z.project);
	/* One that cannot be made does not keep the others from it. */
	for (i = 0; z.project != NULL && i < options->nrecipients; i++) {
		one = zip_one(&z, options->recipients[i]);
		if (one != COPL_OK && st != COPL_E_NOMEM)
			st = one;
	}
	copl_project_free(z.project);
	copl_arena_free(z.arena);
	return copl_reporter_end(&r, st);
}
