/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "build/build_priv.h"
#include "bundle/install.h"
#include "bundle/own.h"

/* ---- one build at a time ---- */

enum copl_status build_lock(struct build *b)
{
	const char *path = copl_path_join(b->arena, b->o->output, ".lock");
	enum copl_status st;

	if (path == NULL)
		return COPL_E_NOMEM;
	st = copl_dir_make(b->o->output, b->r);
	return st == COPL_OK ? copl_lock_take(path, b->r, &b->lock) : st;
}

void build_unlock(struct build *b)
{
	copl_lock_release(b->lock);
	b->lock = -1;
}

/* ---- the latest release ---- */

/* The highest number that any release here ever had. */
static enum copl_status find_highest(struct build *b, uint64_t *highest)
{
	const char **names = NULL;
	enum copl_status st;
	size_t n = 0, i;
	uint64_t number;

	st = copl_dir_list(b->o->output, b->arena, b->r, &names, &n);
	for (i = 0; st == COPL_OK && i < n; i++)
		if (copl_number_parse(names[i], INT64_MAX - 1, &number) &&
		    number > *highest)
			*highest = number;
	return st;
}

static enum copl_status damaged(struct build *b, const char *path)
{
	copl_report(b->r, b->o->renew ? COPL_WARNING : COPL_ERROR,
	    "release-damaged", (struct copl_place){path, 0, 0},
	    _("the latest release is damaged: restore it from a backup, or "
	      "build with --renew to make a new one"));
	return b->o->renew ? COPL_OK : COPL_E_TRUST;
}

enum copl_status build_previous_read(
    struct build *b, struct build_previous *out)
{
	const char *dir =
	    copl_path_join(b->arena, b->o->output, build_link_name(b));
	struct copl_reporter quiet;
	enum copl_status st;

	if (dir == NULL)
		return COPL_E_NOMEM;
	st = find_highest(b, &out->highest);
	if (st != COPL_OK || !copl_path_exists(dir))
		return st;
	copl_reporter_init(&quiet, NULL);
	st = copl_own_manifest(dir, b->o->now, true, &quiet, &out->latest);
	st = copl_reporter_end(&quiet, st);
	if (st != COPL_OK && st != COPL_E_NOMEM)
		return damaged(b, dir);
	if (st == COPL_OK && out->latest->version > out->highest)
		out->highest = out->latest->version;
	return st;
}

void build_previous_free(struct build_previous *p)
{
	copl_manifest_free(p->latest);
	p->latest = NULL;
}

/* ---- the same again? ---- */

static bool is_voucher(const char *path)
{
	const char *name = copl_path_name(path);

	return strcmp(name, COPL_MANIFEST) == 0 ||
	       strcmp(name, COPL_MANIFEST_SIG) == 0 ||
	       strcmp(name, COPL_MANIFEST_SIG2) == 0 ||
	       strcmp(name, COPL_SUMS) == 0;
}

/* A zip follows from the set in it, so only that it is there counts. */
static bool is_zip(const char *path)
{
	const size_t len = strlen(path), end = strlen(BUILD_ZIP);

	return strchr(path, '/') == NULL && len > end &&
	       strcmp(path + len - end, BUILD_ZIP) == 0;
}

static bool same_zips(const struct build *b, const struct copl_manifest *m)
{
	size_t wanted = 0, there = 0, i;

	for (i = 0; i < m->nfiles; i++)
		there += is_zip(m->files[i].path);
	for (i = 0; i < b->project->nrecipients; i++) {
		const struct copl_recipient *to = &b->project->recipients[i];
		const char *name = build_zip_name(b->arena, to->id);

		if (!to->zip)
			continue;
		wanted++;
		if (name == NULL || copl_manifest_find(m, name) == NULL)
			return false;
	}
	return wanted == there;
}

static bool same_list(const struct build *b, const struct copl_manifest *m)
{
	size_t content = 0, i;

	for (i = 0; i < m->nfiles; i++)
		content +=
		    !is_voucher(m->files[i].path) && !is_zip(m->files[i].path);
	if (content != b->nfiles || strcmp(m->project, b->project->id) != 0 ||
	    !same_zips(b, m))
		return false;
	for (i = 0; i < b->nfiles; i++) {
		const struct copl_manifest_file *f = &b->files[i].info;
		const struct copl_manifest_file *old =
		    copl_manifest_find(m, f->path);

		if (old == NULL || strcmp(old->sha256, f->sha256) != 0)
			return false;
	}
	return true;
}

/* "Nothing changed" must not be said of files that are not there. */
static enum copl_status compare_bytes(struct build *b)
{
	struct copl_strbuf bytes = COPL_STRBUF_INIT(COPL_RELEASE_FILE_MAX);
	const char *dir =
	    copl_path_join(b->arena, b->o->output, build_link_name(b));
	enum copl_status st = dir == NULL ? COPL_E_NOMEM : COPL_OK;
	struct copl_reporter quiet;
	size_t i;

	copl_reporter_init(&quiet, NULL);
	for (i = 0; i < b->nfiles && st == COPL_OK; i++) {
		const struct build_file *f = &b->files[i];
		const char *path = copl_path_join(b->arena, dir, f->info.path);

		if (path == NULL) {
			st = COPL_E_NOMEM;
			break;
		}
		st =
		    copl_file_read(path, COPL_RELEASE_FILE_MAX, &quiet, &bytes);
		if (st == COPL_E_NOMEM)
			break;
		if (st == COPL_OK && bytes.len == f->bytes.len &&
		    memcmp(copl_strbuf_text(&bytes), f->bytes.s, bytes.len) ==
			0)
			continue;
		st = damaged(b, path);
	}
	copl_strbuf_clear(&bytes);
	return st;
}

enum copl_status build_previous_same(
    struct build *b, const struct build_previous *p, bool *same)
{
	*same = p->latest != NULL && same_list(b, p->latest);
	return *same ? compare_bytes(b) : COPL_OK;
}
