/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "bundle/install.h"
#include "publish/publish_priv.h"

/* The sets in the order in which they are switched: the whole comes last. */
struct sets {
	struct publish_set *list;
	size_t n;
	size_t room;
};

static enum copl_status add(
    struct sets *s, const char *from, const char *to, bool whole)
{
	struct publish_set *list =
	    copl_grow(s->list, s->n, &s->room, sizeof(*list));

	if (from == NULL || to == NULL || list == NULL) {
		if (list != NULL)
			s->list = list;
		return COPL_E_NOMEM;
	}
	s->list = list;
	s->list[s->n++] =
	    (struct publish_set){.from = from, .to = to, .whole = whole};
	return COPL_OK;
}

/* "africa" of "africa/manifest.xml"; NULL: it is another file. */
static char *recipient_of(struct publish *p, const char *path)
{
	const char *slash = strchr(path, '/');

	if (slash == NULL || strcmp(slash + 1, COPL_MANIFEST) != 0)
		return NULL;
	return copl_arena_strndup(p->arena, path, (size_t)(slash - path));
}

/* The whole release names the manifests of the sets in it. */
static enum copl_status add_recipients(
    struct publish *p, struct sets *s, const struct copl_manifest *whole)
{
	enum copl_status st = COPL_OK;
	size_t i;

	for (i = 0; i < whole->nfiles && st == COPL_OK; i++) {
		const char *id = recipient_of(p, whole->files[i].path);

		if (id != NULL)
			st = add(s, copl_path_join(p->arena, p->o->release, id),
			    copl_path_join(p->arena, p->o->dir, id), false);
	}
	return st;
}

static enum copl_status say_no_set(struct publish *p)
{
	copl_report(p->r, COPL_ERROR, "release-no-set",
	    (struct copl_place){p->o->release, 0, 0},
	    _("this release holds nothing for the recipient \"%s\": build a "
	      "new one"),
	    p->o->recipient);
	return COPL_E_INVALID;
}

static enum copl_status open_one(struct publish *p, struct sets *s)
{
	const char *from =
	    copl_path_join(p->arena, p->o->release, p->o->recipient);
	enum copl_status st;

	if (from == NULL)
		return COPL_E_NOMEM;
	if (!copl_path_is_safe(p->o->recipient) || !copl_path_exists(from))
		return say_no_set(p);
	st = add(s, from, p->o->dir, false);
	return st == COPL_OK ? publish_set_open(p, &s->list[0]) : st;
}

static enum copl_status open_all(struct publish *p, struct sets *s)
{
	struct publish_set whole = {
	    .from = p->o->release, .to = p->o->dir, .whole = true};
	enum copl_status st = publish_set_open(p, &whole), one;
	size_t i;

	if (st == COPL_OK)
		st = add_recipients(p, s, whole.manifest);
	for (i = 0; i < s->n && st != COPL_E_NOMEM; i++) {
		one = publish_set_open(p, &s->list[i]);
		if (one != COPL_OK)
			st = one;
	}
	if (st == COPL_OK)
		st = add(s, whole.from, whole.to, true);
	if (st == COPL_OK)
		s->list[s->n - 1] = whole;
	else
		publish_set_close(&whole);
	return st;
}

/* All sets are filled before the first is switched. */
static enum copl_status run_sets(struct publish *p, const struct sets *s)
{
	enum copl_status st = publish_set_check(p, &s->list[s->n - 1]);
	size_t i;

	for (i = 0; i < s->n && st == COPL_OK; i++)
		st = publish_set_fill_digests(p, &s->list[i]);
	if (st == COPL_OK)
		st = publish_flush(p);
	for (i = 0; i < s->n && st == COPL_OK; i++)
		st = publish_set_fill_plain(p, &s->list[i]);
	if (st == COPL_OK)
		st = publish_flush(p);
	for (i = 0; i < s->n && st == COPL_OK; i++)
		st = publish_set_switch(p, &s->list[i]);
	for (i = 0; i < s->n && st == COPL_OK; i++)
		st = publish_set_tidy(p, &s->list[i]);
	for (i = 0; i < s->n && st == COPL_OK && p->o->prune; i++)
		if (!s->list[i].whole)
			st = publish_prune(p, s->list[i].to);
	return st;
}

static void tell(const struct publish *p)
{
	char version[24], files[24], written[24], removed[24];
	const struct copl_field fields[] = {{"version", version},
	    {"path", p->o->dir},
	    {"recipient", p->o->recipient == NULL ? "" : p->o->recipient},
	    {"files", files}, {"written", written}, {"removed", removed},
	    {"draft", p->draft ? "yes" : "no"}};

	snprintf(version, sizeof(version), "%" PRIu64, p->version);
	snprintf(files, sizeof(files), "%zu", p->files);
	snprintf(written, sizeof(written), "%zu", p->written);
	snprintf(removed, sizeof(removed), "%zu", p->removed);
	if (p->written + p->removed > 0)
		copl_tell(p->r, "published", fields, COPL_COUNT(fields),
		    _("release %s is published in %s: %s files written, %s "
		      "removed"),
		    version, p->o->dir, written, removed);
	else
		copl_tell(p->r, "unchanged", fields, COPL_COUNT(fields),
		    _("release %s is published in %s already, and every file "
		      "is as it should be"),
		    version, p->o->dir);
}

static enum copl_status publish(struct publish *p)
{
	struct sets s = {.list = NULL};
	enum copl_status st =
	    p->o->recipient == NULL ? open_all(p, &s) : open_one(p, &s);
	size_t i;

	if (st == COPL_OK)
		st = run_sets(p, &s);
	if (st == COPL_OK) {
		p->version = s.list[s.n - 1].manifest->version;
		p->files = s.list[s.n - 1].manifest->nfiles;
		p->draft = s.list[s.n - 1].manifest->draft;
		tell(p);
	}
	for (i = 0; i < s.n; i++)
		publish_set_close(&s.list[i]);
	free(s.list);
	return st == COPL_E_PARSE ? COPL_E_TRUST : st;
}

enum copl_status copl_publish(
    const struct copl_publish_options *options, const struct copl_sink *sink)
{
	struct publish p = {.o = options, .arena = copl_arena_new()};
	enum copl_status st = COPL_E_NOMEM;
	struct copl_reporter r;
	const char *path = NULL;
	int lock = -1;

	copl_reporter_init(&r, sink);
	p.r = &r;
	if (p.arena != NULL)
		path = copl_path_join(p.arena, options->dir, ".lock");
	if (path == NULL)
		goto out;
	st = copl_dir_make(options->dir, &r);
	if (st == COPL_OK)
		st = copl_lock_take(path, &r, &lock);
	if (st == COPL_OK)
		st = publish(&p);
out:
	copl_lock_release(lock);
	copl_arena_free(p.arena);
	return copl_reporter_end(&r, st);
}
