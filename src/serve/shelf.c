/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "base/i18n.h"
#include "bundle/install.h"
#include "serve/collect.h"

#define TEXT "text/plain; charset=utf-8"

static const struct {
	const char *path;
	const char *type;
} seals[] = {{COPL_MANIFEST, "application/xml"}, {COPL_MANIFEST_SIG, TEXT},
    {COPL_MANIFEST_SIG2, TEXT}, {COPL_SUMS, TEXT}};

static size_t nentries(const struct shelf *s)
{
	return COPL_COUNT(s->seals) +
	       (s->manifest == NULL ? 0 : s->manifest->nfiles);
}

static struct shelf *new_shelf(void)
{
	struct shelf *s = calloc(1, sizeof(*s));

	if (s == NULL)
		return NULL;
	s->arena = copl_arena_new();
	if (s->arena == NULL || pthread_mutex_init(&s->lock, NULL) != 0) {
		copl_arena_free(s->arena);
		free(s);
		return NULL;
	}
	atomic_init(&s->refs, 1);
	return s;
}

/* What was found of a set that is not shown after all. */
static void empty(struct shelf *s)
{
	size_t i;

	for (i = 0; s->entries != NULL && i < nentries(s); i++)
		content_forget(atomic_load(&s->entries[i].content));
	s->entries = NULL;
	collect_set_free(s->collect);
	s->collect = NULL;
	copl_openrosa_free(s->openrosa);
	s->openrosa = NULL;
	s->nseals = 0;
	s->sha256[0] = '\0';
	copl_manifest_free(s->manifest);
	s->manifest = NULL;
}

void shelf_drop(struct shelf *s)
{
	if (s == NULL || atomic_fetch_sub(&s->refs, 1) != 1)
		return;
	empty(s);
	pthread_mutex_destroy(&s->lock);
	copl_arena_free(s->arena);
	free(s);
}

/* The folder itself: it stays when "current" comes to point elsewhere. */
static enum copl_status find_folder(struct shelf *s, const char *dir)
{
	const char *link = copl_path_join(s->arena, dir, COPL_CURRENT);
	char target[256];
	ssize_t n;

	if (link == NULL)
		return COPL_E_NOMEM;
	n = readlink(link, target, sizeof(target) - 1);
	if (n <= 0)
		return COPL_E_NOTFOUND;
	target[n] = '\0';
	s->folder = copl_path_join(s->arena, dir, target);
	return s->folder == NULL ? COPL_E_NOMEM : COPL_OK;
}

static enum copl_status add_seals(struct shelf *s, struct copl_reporter *r)
{
	struct copl_strbuf bytes = COPL_STRBUF_INIT(COPL_RELEASE_FILE_MAX);
	char *folder = copl_arena_strdup(s->arena, s->folder);
	enum copl_status st = folder == NULL ? COPL_E_NOMEM : COPL_OK;
	size_t i;

	for (i = 0; st == COPL_OK && i < COPL_COUNT(seals); i++) {
		struct shelf_item *item = &s->seals[s->nseals];

		st = copl_read_dir(
		    folder, seals[i].path, COPL_RELEASE_FILE_MAX, r, &bytes);
		if (st == COPL_E_NOTFOUND) {
			st = COPL_OK;
			continue;
		}
		if (st != COPL_OK)
			break;
		item->path = seals[i].path;
		item->type = seals[i].type;
		item->length = bytes.len;
		item->entry = &s->entries[s->nseals];
		copl_sha256_hex(
		    copl_strbuf_text(&bytes), bytes.len, item->sha256);
		s->nseals++;
	}
	copl_strbuf_clear(&bytes);
	if (st == COPL_OK && s->nseals > 0)
		memcpy(s->sha256, s->seals[0].sha256, sizeof(s->sha256));
	return st;
}

static enum copl_status list_forms(struct shelf *s, struct copl_reporter *r)
{
	char *folder = copl_arena_strdup(s->arena, s->folder);

	if (folder == NULL)
		return COPL_E_NOMEM;
	return copl_openrosa_load(
	    s->manifest, copl_read_dir, folder, folder, r, &s->openrosa);
}

/* Of a part of a set the rest is not there, and no file of ours. */
static enum copl_status keep_part(
    struct shelf *s, const char *folder, struct copl_reporter *r)
{
	struct copl_part part;
	enum copl_status st = copl_part_load(folder, s->arena, r, &part);

	if (st == COPL_OK)
		copl_part_keep(&part, s->manifest);
	return st;
}

static enum copl_status verify(struct shelf *s, const char *dir,
    const struct copl_trust *trust, int64_t now, struct copl_reporter *r)
{
	char *folder = copl_arena_strdup(s->arena, s->folder);
	struct copl_verify how = {.now = now,
	    .installed = true,
	    .read = copl_read_dir,
	    .read_arg = folder,
	    .where = folder};
	struct copl_strbuf bytes = COPL_STRBUF_INIT(COPL_MANIFEST_MAX);
	struct copl_trust t = *trust;
	enum copl_status st;

	if (folder == NULL)
		return COPL_E_NOMEM;
	/* The floor is for what comes in, not for what is in place: a swap
	 * that was cut short has raised it already. */
	t.version = 0;
	st = copl_verify_manifest(&how, &t, r, &s->manifest);
	if (st == COPL_OK)
		st = copl_install_intact(dir, NULL, &bytes);
	if (st == COPL_OK && bytes.len == 0)
		st = COPL_E_TRUST;
	if (st == COPL_OK)
		st = keep_part(s, folder, r);
	copl_strbuf_clear(&bytes);
	return st;
}

static enum copl_status make_entries(struct shelf *s)
{
	size_t i;

	s->entries =
	    copl_arena_alloc(s->arena, nentries(s) * sizeof(*s->entries));
	for (i = 0; s->entries != NULL && i < nentries(s); i++)
		s->entries[i].shelf = s;
	return s->entries == NULL ? COPL_E_NOMEM : COPL_OK;
}

enum copl_status shelf_load(const char *dir, const struct copl_trust *trust,
    int64_t now, struct copl_reporter *r, struct shelf **out)
{
	struct shelf *s = new_shelf();
	enum copl_status st;

	*out = NULL;
	if (s == NULL)
		return COPL_E_NOMEM;
	st = find_folder(s, dir);
	if (st == COPL_OK)
		st = verify(s, dir, trust, now, r);
	if (st == COPL_OK)
		st = make_entries(s);
	if (st == COPL_OK)
		st = add_seals(s, r);
	if (st == COPL_OK)
		st = list_forms(s, r);
	if (st == COPL_E_NOMEM) {
		shelf_drop(s);
		return st;
	}
	*out = s;
	if (st == COPL_OK)
		return st;
	if (st != COPL_E_NOTFOUND)
		copl_report(r, COPL_WARNING, "set-damaged",
		    (struct copl_place){s->folder, 0, 0},
		    _("the set in place is not what was signed, so it is not "
		      "shown: have it pushed again with a new ledger"));
	empty(s);
	return COPL_OK;
}

static void from_manifest(const struct shelf *s,
    const struct copl_manifest_file *f, struct shelf_item *out)
{
	size_t number = (size_t)(f - s->manifest->files);

	memset(out, 0, sizeof(*out));
	out->path = f->path;
	out->type = f->type;
	out->lang = f->lang;
	out->form = f->form;
	out->length = f->length;
	memcpy(out->sha256, f->sha256, sizeof(out->sha256));
	out->entry = &s->entries[COPL_COUNT(s->seals) + number];
}

bool shelf_find(const struct shelf *s, const char *path, struct shelf_item *out)
{
	const struct copl_manifest_file *f;
	size_t i;

	if (s->manifest == NULL)
		return false;
	for (i = 0; i < s->nseals; i++) {
		if (strcmp(s->seals[i].path, path) == 0) {
			*out = s->seals[i];
			return true;
		}
	}
	f = copl_manifest_find(s->manifest, path);
	if (f == NULL)
		return false;
	from_manifest(s, f, out);
	return true;
}

bool shelf_at(const struct shelf *s, size_t i, struct shelf_item *out)
{
	if (s->manifest == NULL || i >= s->nseals + s->manifest->nfiles)
		return false;
	if (i < s->nseals)
		*out = s->seals[i];
	else
		from_manifest(s, &s->manifest->files[i - s->nseals], out);
	return true;
}

bool shelf_by_digest(
    const struct shelf *s, const char *sha256, struct shelf_item *out)
{
	size_t i;

	for (i = 0; shelf_at(s, i, out); i++)
		if (strcmp(out->sha256, sha256) == 0)
			return true;
	return false;
}

enum copl_status shelf_read(const struct shelf *s,
    const struct shelf_item *item, struct copl_reporter *r,
    struct copl_strbuf *out)
{
	char folder[4096], digest[COPL_SHA256_HEX];
	enum copl_status st;
	int n = snprintf(folder, sizeof(folder), "%s", s->folder);

	if (n < 0 || (size_t)n >= sizeof(folder))
		return COPL_E_LIMIT;
	st = copl_read_dir(folder, item->path, COPL_RELEASE_FILE_MAX, r, out);
	if (st != COPL_OK)
		return st;
	copl_sha256_hex(copl_strbuf_text(out), out->len, digest);
	return strcmp(digest, item->sha256) == 0 ? COPL_OK : COPL_E_TRUST;
}
