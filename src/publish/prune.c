/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which names by digest nobody can still be reading. */
#include "config.h"
#include <string.h>
#include "publish/publish_priv.h"

#define DIGITS (COPL_SHA256_HEX - 1)
#define AS_MANIFEST "." COPL_MANIFEST
/* A folder of digests holds at most so many manifests that are looked at. */
#define MANIFESTS_MAX 10000

struct kept {
	struct copl_manifest *manifest;
	char sha256[COPL_SHA256_HEX];
};

struct pruning {
	struct publish *p;
	char *folder; /* by-digest */
	const char **names;
	size_t n;
	/* The newest, highest number first. */
	struct kept kept[PUBLISH_KEPT];
	size_t nkept;
};

static bool is_manifest(const char *name)
{
	return strspn(name, "0123456789abcdef") == DIGITS &&
	       strcmp(name + DIGITS, AS_MANIFEST) == 0;
}

/* Takes the manifest over. */
static void keep(struct pruning *g, struct copl_manifest *m, const char *sha256)
{
	struct kept moved = {.manifest = m};
	size_t i;

	memcpy(moved.sha256, sha256, sizeof(moved.sha256));
	for (i = 0; i < PUBLISH_KEPT; i++) {
		struct kept old = g->kept[i];

		if (old.manifest != NULL &&
		    old.manifest->version >= moved.manifest->version)
			continue;
		g->kept[i] = moved;
		moved = old;
		if (moved.manifest == NULL) {
			g->nkept++;
			return;
		}
	}
	copl_manifest_free(moved.manifest);
}

/* One whose digest is not its name is no manifest of ours. */
static enum copl_status look_at(struct pruning *g, const char *name)
{
	struct copl_strbuf bytes = COPL_STRBUF_INIT(COPL_MANIFEST_MAX);
	struct copl_manifest *m = NULL;
	char sha256[COPL_SHA256_HEX];
	struct copl_reporter quiet;
	enum copl_status st;

	/* Not read, it would not keep the files that it names. */
	st = copl_read_dir(g->folder, name, COPL_MANIFEST_MAX, g->p->r, &bytes);
	if (st != COPL_OK)
		goto out;
	copl_reporter_init(&quiet, NULL);
	copl_sha256_hex(copl_strbuf_text(&bytes), bytes.len, sha256);
	if (copl_layout_is(name, sha256))
		st = copl_manifest_read(
		    copl_strbuf_text(&bytes), bytes.len, NULL, &quiet, &m);
	if (st == COPL_OK && m != NULL)
		keep(g, m, sha256);
	st = copl_reporter_end(&quiet, st);
	if (st != COPL_E_NOMEM)
		st = COPL_OK;
out:
	copl_strbuf_clear(&bytes);
	return st == COPL_E_NOTFOUND ? COPL_OK : st;
}

static bool is_named(const struct pruning *g, const char *name)
{
	size_t i, k;

	for (i = 0; i < g->nkept; i++) {
		const struct copl_manifest *m = g->kept[i].manifest;

		if (copl_layout_is(name, g->kept[i].sha256))
			return true;
		for (k = 0; k < m->nfiles; k++)
			if (copl_layout_is(name, m->files[k].sha256))
				return true;
	}
	return false;
}

/* Whatever has not a name by digest is somebody else's. */
static bool is_ours(const char *name)
{
	return strspn(name, "0123456789abcdef") == DIGITS &&
	       (name[DIGITS] == '\0' || name[DIGITS] == '.');
}

static enum copl_status prune(struct pruning *g)
{
	enum copl_status st =
	    copl_dir_list(g->folder, g->p->arena, g->p->r, &g->names, &g->n);
	size_t seen = 0, i;

	for (i = 0; i < g->n && st == COPL_OK && seen < MANIFESTS_MAX; i++)
		if (is_manifest(g->names[i])) {
			seen++;
			st = look_at(g, g->names[i]);
		}
	/* Without one nobody knows what is still in use. */
	if (g->nkept == 0)
		return st;
	for (i = 0; i < g->n && st == COPL_OK; i++)
		if (is_ours(g->names[i]) && !is_named(g, g->names[i]))
			st = publish_remove(g->p, g->folder, g->names[i]);
	return st;
}

enum copl_status publish_prune(struct publish *p, const char *dir)
{
	struct pruning g = {
	    .p = p, .folder = copl_path_join(p->arena, dir, COPL_BY_DIGEST)};
	enum copl_status st;
	size_t i;

	if (g.folder == NULL)
		return COPL_E_NOMEM;
	st = prune(&g);
	for (i = 0; i < g.nkept; i++)
		copl_manifest_free(g.kept[i].manifest);
	return st;
}
