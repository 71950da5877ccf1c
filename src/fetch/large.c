/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include "fetch/fetch_priv.h"
#include "fetch/partial.h"

/* What comes in one piece, or compressed in a few. */
#define SMALL_BYTES UINT64_C(65536)
#define TEXT_BYTES UINT64_C(1048576)
/* A line that breaks again and again is left to the next run. */
#define RESUMES 8
#define RESUME_WAIT_MS 200

static bool ends_with(const char *s, const char *end)
{
	size_t len = strlen(s), elen = strlen(end);

	return len >= elen && strcmp(s + len - elen, end) == 0;
}

static bool is_text(const char *type)
{
	return strncmp(type, "text/", 5) == 0 || ends_with(type, "xml") ||
	       ends_with(type, "json");
}

/* Text shrinks to a fifth, and a compressed answer cannot be gone on with. */
bool copl_remote_is_large(const struct copl_manifest_file *f)
{
	return f->length > (is_text(f->type) ? TEXT_BYTES : SMALL_BYTES);
}

/* One answer; *again: it makes sense to ask once more. */
static enum copl_status take_some(struct copl_remote *m, struct copl_partial *p,
    const char *path, const struct copl_manifest_file *f,
    struct copl_reporter *r, bool *again)
{
	const uint64_t before = p->have;
	const struct copl_remote_get q = {.path = path,
	    .max = (size_t)(f->length - before),
	    .from = before,
	    .etag = p->etag,
	    .take = copl_partial_take,
	    .take_arg = p};
	enum copl_status st = copl_remote_ask(m, &q, r);

	copl_partial_pause(p);
	if (p->resumed)
		m->resumed += before;
	*again = st == COPL_E_INCOMPLETE && p->have > before;
	/* Another version of it, or none that long: from the beginning. */
	if (before > 0 && (p->astray || m->answer.status == 416 ||
			      (st == COPL_E_TRUST && !p->resumed))) {
		copl_partial_drop(p);
		*again = true;
	}
	if (p->st != COPL_OK) {
		*again = false;
		return p->st;
	}
	return st;
}

static enum copl_status complete(struct copl_remote *m, struct copl_partial *p,
    const char *path, const struct copl_manifest_file *f,
    struct copl_reporter *r)
{
	enum copl_status st = COPL_OK;
	bool again = true;
	unsigned n;

	for (n = 0; again && p->have < f->length; n++) {
		struct copl_reporter one;

		copl_reporter_init(&one, r->sink);
		if (n > 0)
			copl_net_wait_ms(RESUME_WAIT_MS);
		p->r = &one;
		p->resumed = p->astray = false;
		st = take_some(m, p, path, f, &one, &again);
		p->r = r;
		again = again && n + 1 < RESUMES;
		/* What is tried again is not told. */
		if (again)
			copl_reporter_drop(&one);
		else
			copl_reporter_move(r, &one);
	}
	return st;
}

static bool is_right(
    const struct copl_manifest_file *f, const struct copl_strbuf *bytes)
{
	char digest[COPL_SHA256_HEX];

	copl_sha256_hex(copl_strbuf_text(bytes), bytes->len, digest);
	return strcmp(digest, f->sha256) == 0;
}

enum copl_status copl_remote_large(struct copl_remote *m, const char *path,
    const struct copl_manifest_file *f, struct copl_reporter *r,
    struct copl_strbuf *out)
{
	const char *folder = copl_path_join(m->arena, m->dir, COPL_PARTIALS);
	struct copl_partial p = {.fd = -1};
	enum copl_status st = COPL_E_NOMEM;
	bool went_on = true;

	if (folder == NULL)
		return st;
	st = copl_partial_open(&p, folder, f->sha256, r);
	/* What was gone on with and is wrong gets a second chance. */
	while (st == COPL_OK && went_on) {
		went_on = p.have > 0;
		st = complete(m, &p, path, f, r);
		if (st == COPL_OK)
			st = copl_partial_read(&p, (size_t)f->length, out);
		if (st != COPL_OK || is_right(f, out))
			break;
		copl_partial_drop(&p);
	}
	if (st == COPL_E_IO || st == COPL_E_TRUST)
		copl_partial_drop(&p);
	copl_partial_close(&p);
	return st;
}

void copl_remote_tidy(const char *dir, const struct copl_manifest *m)
{
	struct copl_arena *a = copl_arena_new();
	char *folder = NULL;
	const char **names = NULL;
	struct copl_reporter quiet;
	size_t n = 0, i, k;

	copl_reporter_init(&quiet, NULL);
	if (a != NULL)
		folder = copl_path_join(a, dir, COPL_PARTIALS);
	if (folder == NULL || !copl_path_exists(folder) ||
	    copl_dir_list(folder, a, &quiet, &names, &n) != COPL_OK)
		goto out;
	for (i = 0; i < n; i++) {
		const char *full = copl_path_join(a, folder, names[i]);
		bool named = false;

		for (k = 0; m != NULL && k < m->nfiles && !named; k++)
			named = strncmp(names[i], m->files[k].sha256,
				    COPL_SHA256_HEX - 1) == 0;
		if (!named && full != NULL)
			remove(full);
	}
out:
	copl_arena_free(a);
}
