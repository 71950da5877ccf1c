/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "deliver/blobs.h"

#define NONE UINT32_MAX

struct blob {
	const struct copl_set *set; /* where one copy of it lies */
	const struct copl_set_file *file;
	char *bytes; /* NULL: not read */
	uint32_t users;
	uint32_t prev, next; /* among those that nobody needs, oldest first */
};

struct copl_blobs {
	struct copl_map digests;
	struct blob *list;
	size_t n, room;
	size_t keep;
	size_t idle; /* bytes that nobody needs */
	uint32_t oldest, newest;
};

enum copl_status copl_blobs_new(size_t keep, struct copl_blobs **out)
{
	*out = calloc(1, sizeof(**out));
	if (*out == NULL)
		return COPL_E_NOMEM;
	(*out)->keep = keep;
	(*out)->oldest = (*out)->newest = NONE;
	return COPL_OK;
}

void copl_blobs_free(struct copl_blobs *b)
{
	size_t i;

	if (b == NULL)
		return;
	for (i = 0; i < b->n; i++)
		free(b->list[i].bytes);
	free(b->list);
	copl_map_free(&b->digests);
	free(b);
}

enum copl_status copl_blobs_add(struct copl_blobs *b, struct copl_set *set)
{
	size_t i, id;

	for (i = 0; i < set->nfiles; i++) {
		struct copl_set_file *f = &set->files[i];
		struct blob *list =
		    copl_grow(b->list, b->n, &b->room, sizeof(*b->list));

		if (list == NULL)
			return COPL_E_NOMEM;
		b->list = list;
		if (!copl_map_put(&b->digests, f->sha256, b->n, &id))
			return COPL_E_NOMEM;
		f->blob = (uint32_t)id;
		if (id == b->n)
			b->list[b->n++] = (struct blob){
			    .set = set, .file = f, .prev = NONE, .next = NONE};
	}
	return COPL_OK;
}

static void unlink_idle(struct copl_blobs *b, struct blob *x)
{
	if (x->prev == NONE)
		b->oldest = x->next;
	else
		b->list[x->prev].next = x->next;
	if (x->next == NONE)
		b->newest = x->prev;
	else
		b->list[x->next].prev = x->prev;
	x->prev = x->next = NONE;
	b->idle -= (size_t)x->file->length;
}

static enum copl_status read_blob(struct blob *x, struct copl_reporter *r)
{
	struct copl_strbuf bytes = COPL_STRBUF_INIT(COPL_RELEASE_FILE_MAX);
	char *full = NULL, digest[COPL_SHA256_HEX];
	enum copl_status st;

	if (asprintf(&full, "%s/%s", x->set->folder, x->file->path) < 0)
		return COPL_E_NOMEM;
	copl_strbuf_room(&bytes, (size_t)x->file->length + 1);
	st = copl_file_read(full, COPL_RELEASE_FILE_MAX, r, &bytes);
	if (st == COPL_OK) {
		copl_sha256_hex(copl_strbuf_text(&bytes), bytes.len, digest);
		if (strcmp(digest, x->file->sha256) != 0) {
			copl_report(r, COPL_ERROR, "release-damaged",
			    (struct copl_place){full, 0, 0},
			    _("this file changed while the release was being "
			      "sent: push again when nobody works on it"));
			st = COPL_E_TRUST;
		}
	}
	if (st == COPL_OK) {
		/* An empty file has bytes too, so that it counts as read. */
		char *all = bytes.s == NULL ? calloc(1, 1) : bytes.s;

		bytes.s = NULL;
		x->bytes = all;
		if (all == NULL)
			st = COPL_E_NOMEM;
	}
	free(bytes.s);
	free(full);
	return st;
}

enum copl_status copl_blobs_take(struct copl_blobs *b,
    const struct copl_set_file *f, struct copl_reporter *r, const char **bytes)
{
	struct blob *x = &b->list[f->blob];
	enum copl_status st = COPL_OK;

	if (x->bytes == NULL)
		st = read_blob(x, r);
	else if (x->users == 0)
		unlink_idle(b, x);
	if (st != COPL_OK)
		return st;
	x->users++;
	*bytes = x->bytes;
	return COPL_OK;
}

void copl_blobs_give_back(struct copl_blobs *b, const struct copl_set_file *f)
{
	struct blob *x = &b->list[f->blob];

	if (--x->users > 0)
		return;
	x->prev = b->newest;
	if (b->newest == NONE)
		b->oldest = f->blob;
	else
		b->list[b->newest].next = f->blob;
	b->newest = f->blob;
	b->idle += (size_t)x->file->length;
	while (b->idle > b->keep && b->oldest != NONE) {
		struct blob *old = &b->list[b->oldest];

		unlink_idle(b, old);
		free(old->bytes);
		old->bytes = NULL;
	}
}
