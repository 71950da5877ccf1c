/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include "base/i18n.h"
#include "bundle/install.h"
#include "bundle/part.h"

struct folder {
	const char *dir;
	struct copl_arena *arena;
	struct copl_reporter *r;
	const struct copl_manifest *m;
	struct copl_part part; /* what must be there */
};

enum copl_status copl_read_dir(void *arg, const char *path, size_t max,
    struct copl_reporter *r, struct copl_strbuf *out)
{
	struct copl_arena *a = copl_arena_new();
	enum copl_status st = COPL_E_NOMEM;
	const char *full;

	if (a == NULL)
		return st;
	full = copl_path_join(a, arg, path);
	if (full == NULL)
		goto out;
	st = COPL_E_NOTFOUND;
	if (copl_path_exists(full))
		st = copl_file_read(full, max, r, out);
out:
	copl_arena_free(a);
	return st;
}

static void say(const struct folder *d, const char *path, const char *code,
    const char *text)
{
	const char *full = copl_path_join(d->arena, d->dir, path);

	if (full == NULL)
		d->r->nomem = true;
	else
		copl_report(d->r, COPL_ERROR, code,
		    (struct copl_place){full, 0, 0}, "%s", text);
}

/* Failures are findings; only a lack of memory ends the work. */
static enum copl_status read_regular(
    const struct folder *d, const char *path, struct copl_strbuf *out)
{
	const char *full = copl_path_join(d->arena, d->dir, path);
	struct stat sb;

	if (full == NULL)
		return COPL_E_NOMEM;
	if (lstat(full, &sb) != 0) {
		say(d, path, "file-missing",
		    _("is missing: get the release again"));
		return COPL_E_TRUST;
	}
	if (!S_ISREG(sb.st_mode)) {
		say(d, path, "file-kind",
		    _("is not a plain file: get the release again"));
		return COPL_E_TRUST;
	}
	return copl_file_read(full, COPL_RELEASE_FILE_MAX, d->r, out);
}

static enum copl_status worse(enum copl_status a, enum copl_status b)
{
	if (a == COPL_E_NOMEM || b == COPL_E_NOMEM)
		return COPL_E_NOMEM;
	if (a == COPL_E_TRUST || b == COPL_E_TRUST)
		return COPL_E_TRUST;
	return a == COPL_OK ? b : a;
}

static bool is_there(const struct folder *d, const char *path)
{
	const char *full = copl_path_join(d->arena, d->dir, path);

	return full == NULL || copl_path_exists(full);
}

static enum copl_status check_files(const struct folder *d)
{
	struct copl_strbuf bytes = COPL_STRBUF_INIT(COPL_RELEASE_FILE_MAX);
	enum copl_status st = COPL_OK;
	size_t i;

	for (i = 0; i < d->m->nfiles && st != COPL_E_NOMEM; i++) {
		const struct copl_manifest_file *f = &d->m->files[i];
		enum copl_status one;

		if (!copl_part_has(&d->part, f) && !is_there(d, f->path))
			continue;
		one = read_regular(d, f->path, &bytes);
		if (one == COPL_OK)
			one = copl_verify_file(f, d->dir,
			    copl_strbuf_text(&bytes), bytes.len, d->r);
		/* Longer than any file of a release: not the one signed. */
		if (one == COPL_E_LIMIT)
			one = COPL_E_TRUST;
		st = worse(st, one);
	}
	copl_strbuf_clear(&bytes);
	return st;
}

static enum copl_status check_sums(const struct folder *d)
{
	struct copl_strbuf want = COPL_STRBUF_INIT(COPL_MANIFEST_MAX);
	struct copl_strbuf bytes = COPL_STRBUF_INIT(COPL_RELEASE_FILE_MAX);
	enum copl_status st;

	st = copl_part_sums(&d->part, d->m, &want);
	if (st == COPL_OK)
		st = read_regular(d, COPL_SUMS, &bytes);
	if (st == COPL_OK &&
	    (want.len != bytes.len ||
		memcmp(copl_strbuf_text(&want), copl_strbuf_text(&bytes),
		    want.len) != 0)) {
		say(d, COPL_SUMS, "sums-differ",
		    _("does not say what the manifest says: get the release "
		      "again"));
		st = COPL_E_TRUST;
	}
	copl_strbuf_clear(&want);
	copl_strbuf_clear(&bytes);
	return st;
}

enum named { NAMED_NOT, NAMED_FILE, NAMED_FOLDER };

/* Does any file of the manifest stand below this folder? */
static bool is_folder(
    const struct copl_manifest *m, const char *path, size_t len)
{
	size_t lo = 0, hi = m->nfiles;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		const char *other = m->files[mid].path;
		int order = strncmp(other, path, len);

		if (order == 0 && other[len] == '/')
			return true;
		if (order < 0 || (order == 0 && other[len] < '/'))
			lo = mid + 1;
		else
			hi = mid;
	}
	return false;
}

static enum named how_named(const struct copl_manifest *m, const char *path)
{
	if (strcmp(path, COPL_MANIFEST) == 0 ||
	    strcmp(path, COPL_MANIFEST_SIG) == 0 ||
	    strcmp(path, COPL_MANIFEST_SIG2) == 0 ||
	    strcmp(path, COPL_SUMS) == 0 || strcmp(path, COPL_PARTIAL) == 0 ||
	    copl_manifest_find(m, path) != NULL)
		return NAMED_FILE;
	return is_folder(m, path, strlen(path)) ? NAMED_FOLDER : NAMED_NOT;
}

static void say_unlisted(const struct folder *d, const char *path)
{
	const char *full = copl_path_join(d->arena, d->dir, path);

	if (full == NULL)
		d->r->nomem = true;
	else
		copl_report(d->r, COPL_WARNING, "file-unlisted",
		    (struct copl_place){full, 0, 0},
		    _("is not part of the release: nobody has signed it"));
}

/*
 * Folders that the manifest does not name are told as one, so that its own
 * ceiling of four names a path bounds the depth.
 */
static enum copl_status check_unlisted(const struct folder *d, const char *sub)
{
	const char *full = copl_path_join(d->arena, d->dir, sub);
	const char **names = NULL;
	enum copl_status st;
	size_t n = 0, i;

	if (full == NULL)
		return COPL_E_NOMEM;
	st = copl_dir_list(full, d->arena, d->r, &names, &n);
	for (i = 0; i < n && st == COPL_OK; i++) {
		const char *path = copl_path_join(d->arena, sub, names[i]);
		enum named named;

		if (path == NULL)
			return COPL_E_NOMEM;
		if (strcmp(path, COPL_STATE_DIR) == 0)
			continue;
		named = how_named(d->m, path);
		if (named == NAMED_NOT)
			say_unlisted(d, path);
		else if (named == NAMED_FOLDER)
			st = check_unlisted(d, path);
	}
	return st;
}

static void tell_part(const struct folder *d, const struct copl_field *fields,
    size_t nfields, const char *version, const char *files)
{
	struct copl_strbuf what = COPL_STRBUF_INIT(COPL_MANIFEST_MAX);

	copl_part_name(&d->part, &what);
	copl_tell(d->r, "verified", fields, nfields,
	    _("%s: this is a part of release %s (%s), not the whole; its %s "
	      "files are right and the signature is good"),
	    d->dir, version, copl_strbuf_text(&what), files);
	copl_strbuf_clear(&what);
}

static void tell(const struct folder *d)
{
	char version[24], files[24], expires[COPL_INSTANT_SIZE];
	bool whole = copl_part_is_whole(&d->part);
	struct copl_field fields[] = {{"version", version}, {"files", files},
	    {"recipient", d->m->recipient == NULL ? "" : d->m->recipient},
	    {"expires", expires}, {"draft", d->m->draft ? "yes" : "no"},
	    {"part", whole ? "no" : "yes"}};

	snprintf(version, sizeof(version), "%" PRIu64, d->m->version);
	snprintf(files, sizeof(files), "%zu", copl_part_count(&d->part, d->m));
	copl_instant_format(d->m->expires, expires);
	if (!whole)
		tell_part(d, fields, COPL_COUNT(fields), version, files);
	else
		copl_tell(d->r, "verified", fields, COPL_COUNT(fields),
		    _("%s: release %s is complete and its signature is good "
		      "(%s files, good until %s)"),
		    d->dir, version, files, expires);
}

static enum copl_status check_all(const struct folder *d)
{
	size_t before = d->r->errors;
	enum copl_status st = check_files(d);

	if (st != COPL_E_NOMEM)
		st = worse(st, check_sums(d));
	if (st != COPL_E_NOMEM)
		st = worse(st, check_unlisted(d, ""));
	if (st == COPL_OK && d->r->errors == before)
		tell(d);
	return st;
}

/*
 * Where the set is: a folder that receives sets has it in "current", and
 * its trust beside that.
 */
static char *find_set(const char *dir, struct copl_arena *a)
{
	char *manifest = copl_path_join(a, dir, COPL_MANIFEST);
	char *current = copl_path_join(a, dir, COPL_CURRENT);

	if (manifest == NULL || current == NULL)
		return NULL;
	if (!copl_path_exists(manifest) && copl_path_exists(current))
		return current;
	return copl_arena_strdup(a, dir);
}

static enum copl_status verify_dir(struct folder *d, const char *dir,
    const struct copl_verify_options *options, struct copl_manifest **m)
{
	struct copl_verify how = {.now = options->now, .read = copl_read_dir};
	char *set = find_set(dir, d->arena);
	struct copl_trust t;
	enum copl_status st;

	if (set == NULL)
		return COPL_E_NOMEM;
	how.read_arg = set;
	how.where = set;
	d->dir = set;
	/* Trust that travels inside a set would vouch for itself: only a
	 * folder that receives sets has any. */
	memset(&t, 0, sizeof(t));
	st = COPL_OK;
	if (strcmp(set, dir) != 0)
		st = copl_trust_load(dir, d->r, &t);
	/* An older set that a person here went back to is the right one. */
	if (t.withdrawn != 0 && t.withdrawn == t.version)
		t.version = t.withdrawn = 0;
	if (st == COPL_OK)
		st = copl_trust_choose(
		    &how, options->key, options->fingerprint, &t, d->r);
	if (st == COPL_OK)
		st = copl_verify_manifest(&how, &t, d->r, m);
	d->m = *m;
	if (st == COPL_OK)
		st = copl_part_load(set, d->arena, d->r, &d->part);
	return st == COPL_OK ? check_all(d) : st;
}

enum copl_status copl_verify_dir(const char *dir,
    const struct copl_verify_options *options, const struct copl_sink *sink)
{
	struct copl_manifest *m = NULL;
	struct copl_reporter r;
	struct folder d = {.r = &r, .arena = copl_arena_new()};
	enum copl_status st = COPL_E_NOMEM;

	copl_reporter_init(&r, sink);
	if (d.arena != NULL)
		st = verify_dir(&d, dir, options, &m);
	copl_manifest_free(m);
	copl_arena_free(d.arena);
	return copl_reporter_end(&r, st);
}
