/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include "base/i18n.h"
#include "bundle/layout.h"
#include "fetch/fetch_priv.h"

static const char *const part_names[] = {
    COPL_MANIFEST, COPL_MANIFEST_SIG, COPL_MANIFEST_SIG2};

enum copl_status copl_remote_open(const char *url, const char *dir,
    const struct copl_net_access *access, struct copl_arena *a,
    struct copl_remote *out)
{
	memset(out, 0, sizeof(*out));
	out->access = access;
	out->arena = a;
	out->url = url;
	out->dir = dir;
	return copl_net_open(&out->net);
}

void copl_remote_close(struct copl_remote *m)
{
	size_t i;

	for (i = 0; i < COPL_COUNT(m->parts); i++)
		copl_strbuf_clear(&m->parts[i].bytes);
	copl_net_answer_clear(&m->answer);
	copl_net_close(m->net);
}

/* Index of what vouches for the set; as many as there are: another file. */
static size_t find_part(const char *path)
{
	size_t i = 0;

	while (i < COPL_COUNT(part_names) && strcmp(path, part_names[i]) != 0)
		i++;
	return i;
}

/* A web page for people, whatever was asked for? */
static bool is_page(const struct copl_net_answer *a)
{
	const char *s = copl_strbuf_text(&a->body);

	while (copl_is_space(*s))
		s++;
	return strncasecmp(a->content_type, "text/html", 9) == 0 ||
	       strncasecmp(s, "<!doctype html", 14) == 0 ||
	       strncasecmp(s, "<html", 5) == 0;
}

static enum copl_status copy(
    struct copl_strbuf *out, const struct copl_strbuf *from, size_t max)
{
	copl_strbuf_reset(out);
	out->max = max;
	copl_strbuf_add(out, copl_strbuf_text(from), from->len);
	return out->st;
}

/*
 * A signature is looked for by the digest of its manifest first: where it has
 * such a name, files have, too.  A host that has none may say 403.
 */
static enum copl_status ask_by_digest(struct copl_remote *m, size_t i)
{
	const struct copl_strbuf *manifest = &m->parts[0].bytes;
	struct copl_remote_get q = {.max = COPL_SIGNATURE_MAX};
	char digest[COPL_SHA256_HEX];
	struct copl_reporter quiet;
	enum copl_status st;

	if (i == 0 || !m->parts[0].there || (i > 1 && !m->by_digest))
		return COPL_E_NOTFOUND;
	copl_sha256_hex(copl_strbuf_text(manifest), manifest->len, digest);
	q.path = copl_layout_voucher(digest, part_names[i], m->arena);
	if (q.path == NULL)
		return COPL_E_NOMEM;
	copl_reporter_init(&quiet, NULL);
	st = copl_remote_ask(m, &q, &quiet);
	/* A host that shows its front page for whatever it has not. */
	if (st == COPL_OK && is_page(&m->answer))
		st = COPL_E_NOTFOUND;
	m->by_digest = m->by_digest || st == COPL_OK;
	return st == COPL_OK || st == COPL_E_NOMEM ? st : COPL_E_NOTFOUND;
}

static enum copl_status load_part(
    struct copl_remote *m, size_t i, struct copl_reporter *r)
{
	struct copl_remote_part *p = &m->parts[i];
	const struct copl_remote_get q = {.path = part_names[i],
	    .max = i == 0 ? COPL_MANIFEST_MAX : COPL_SIGNATURE_MAX,
	    .gzip = i == 0};
	enum copl_status st = ask_by_digest(m, i);

	if (st == COPL_E_NOTFOUND && !(i > 1 && m->by_digest))
		st = copl_remote_ask(m, &q, r);
	if (st != COPL_OK && st != COPL_E_NOTFOUND)
		return st;
	p->there = st == COPL_OK;
	if (p->there)
		st = copy(&p->bytes, &m->answer.body, q.max);
	else
		st = COPL_OK;
	p->known = st == COPL_OK;
	return st;
}

/* A file by a name, whole. */
static enum copl_status get_file(struct copl_remote *m, const char *path,
    const struct copl_manifest_file *f, size_t max, struct copl_reporter *r,
    struct copl_strbuf *out)
{
	const struct copl_remote_get q = {
	    .path = path, .max = max, .gzip = true};
	enum copl_status st;

	if (f != NULL && copl_remote_is_large(f))
		return copl_remote_large(m, path, f, r, out);
	st = copl_remote_ask(m, &q, r);
	return st == COPL_OK ? copy(out, &m->answer.body, max) : st;
}

static enum copl_status read_file(struct copl_remote *m, const char *path,
    size_t max, struct copl_reporter *r, struct copl_strbuf *out)
{
	const struct copl_manifest_file *f =
	    m->manifest == NULL ? NULL : copl_manifest_find(m->manifest, path);
	const char *name;
	enum copl_status st;

	if (f != NULL && m->by_digest) {
		name = copl_layout_file(f, m->arena);
		if (name == NULL)
			return COPL_E_NOMEM;
		st = get_file(m, name, f, max, r, out);
		/* Its digest decides, not where it came from. */
		if (st != COPL_E_NOTFOUND)
			return st;
	}
	return get_file(m, path, f, max, r, out);
}

enum copl_status copl_remote_read(void *arg, const char *path, size_t max,
    struct copl_reporter *r, struct copl_strbuf *out)
{
	struct copl_remote *m = arg;
	size_t i = find_part(path);
	enum copl_status st = COPL_OK;

	copl_strbuf_reset(out);
	if (i == COPL_COUNT(part_names))
		return read_file(m, path, max, r, out);
	if (!m->parts[i].known)
		st = load_part(m, i, r);
	if (st != COPL_OK)
		return st;
	return m->parts[i].there ? copy(out, &m->parts[i].bytes, max)
				 : COPL_E_NOTFOUND;
}

static enum copl_status say_no_set(
    struct copl_remote *m, struct copl_reporter *r)
{
	copl_report(r, COPL_ERROR, "address-no-set",
	    (struct copl_place){m->url, 0, 0},
	    _("there is no set at this address: check it with the sender"));
	return COPL_E_INVALID;
}

/* What a hotel, a train or a café answers to everything. */
static enum copl_status say_portal(
    struct copl_remote *m, struct copl_reporter *r)
{
	copl_report(r, COPL_ERROR, "address-portal",
	    (struct copl_place){m->url, 0, 0},
	    _("a web page came instead of a set: open a browser and sign in "
	      "if this network wants that, else check the address; the set "
	      "in place stays"));
	return COPL_E_INCOMPLETE;
}

enum copl_status copl_remote_manifest(struct copl_remote *m, const char *unless,
    struct copl_reporter *r, bool *same)
{
	struct copl_remote_part *p = &m->parts[0];
	const struct copl_remote_get q = {.path = COPL_MANIFEST,
	    .max = COPL_MANIFEST_MAX,
	    .unless = unless,
	    .gzip = true};
	enum copl_status st = copl_remote_ask(m, &q, r);

	*same = false;
	if (st == COPL_E_NOTFOUND)
		return say_no_set(m, r);
	if (st != COPL_OK)
		return st;
	snprintf(p->etag, sizeof(p->etag), "%s", m->answer.etag);
	*same = m->answer.status == 304;
	if (*same)
		return COPL_OK;
	if (is_page(&m->answer))
		return say_portal(m, r);
	p->known = p->there = true;
	return copy(&p->bytes, &m->answer.body, COPL_MANIFEST_MAX);
}

enum copl_status copl_remote_again(
    struct copl_remote *m, struct copl_reporter *r, bool *changed)
{
	enum copl_status st = COPL_OK;
	size_t i;

	*changed = false;
	m->by_digest = false;
	m->manifest = NULL;
	for (i = 0; st == COPL_OK && i < COPL_COUNT(m->parts); i++) {
		struct copl_remote_part old = m->parts[i];
		struct copl_remote_part *now = &m->parts[i];

		/* The second signature is asked for only when it matters. */
		if (!old.known)
			continue;
		memset(now, 0, sizeof(*now));
		st = load_part(m, i, r);
		if (st == COPL_OK &&
		    (now->there != old.there ||
			now->bytes.len != old.bytes.len ||
			memcmp(copl_strbuf_text(&now->bytes),
			    copl_strbuf_text(&old.bytes), old.bytes.len) != 0))
			*changed = true;
		copl_strbuf_clear(&old.bytes);
	}
	return st;
}

const struct copl_strbuf *copl_remote_manifest_bytes(
    const struct copl_remote *m)
{
	return &m->parts[0].bytes;
}
