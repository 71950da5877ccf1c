/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "base/i18n.h"
#include "bundle/install.h"
#include "serve/serve_priv.h"

#define TEXT "text/plain; charset=utf-8"

static const struct {
	const char *path;
	const char *type;
} seals[] = {{COPL_MANIFEST, "application/xml"}, {COPL_MANIFEST_SIG, TEXT},
    {COPL_MANIFEST_SIG2, TEXT}, {COPL_SUMS, TEXT}};

void shelf_clear(struct shelf *s)
{
	copl_openrosa_free(s->openrosa);
	copl_manifest_free(s->manifest);
	copl_arena_free(s->arena);
	memset(s, 0, sizeof(*s));
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
		st = copl_install_intact(dir, &bytes);
	if (st == COPL_OK && bytes.len == 0)
		st = COPL_E_TRUST;
	copl_strbuf_clear(&bytes);
	return st;
}

enum copl_status shelf_load(struct shelf *s, const char *dir,
    const struct copl_trust *trust, int64_t now, struct copl_reporter *r)
{
	enum copl_status st;

	shelf_clear(s);
	s->arena = copl_arena_new();
	if (s->arena == NULL)
		return COPL_E_NOMEM;
	st = find_folder(s, dir);
	if (st == COPL_OK)
		st = verify(s, dir, trust, now, r);
	if (st == COPL_OK)
		st = add_seals(s, r);
	if (st == COPL_OK)
		st = list_forms(s, r);
	if (st == COPL_OK)
		return st;
	if (st != COPL_E_NOTFOUND && st != COPL_E_NOMEM)
		copl_report(r, COPL_WARNING, "set-damaged",
		    (struct copl_place){s->folder, 0, 0},
		    _("the set in place is not what was signed, so it is not "
		      "shown: have it pushed again with a new ledger"));
	shelf_clear(s);
	return st == COPL_E_NOMEM ? st : COPL_OK;
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
	memset(out, 0, sizeof(*out));
	out->path = f->path;
	out->type = f->type;
	out->lang = f->lang;
	out->length = f->length;
	snprintf(out->sha256, sizeof(out->sha256), "%s", f->sha256);
	return true;
}
