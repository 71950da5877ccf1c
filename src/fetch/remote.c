/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "fetch/fetch_priv.h"

#define SIGNATURE_MAX ((size_t)16384)

static const char *const part_names[] = {
    COPL_MANIFEST, COPL_MANIFEST_SIG, COPL_MANIFEST_SIG2};

enum copl_status copl_remote_open(
    const char *url, struct copl_arena *a, struct copl_remote *out)
{
	memset(out, 0, sizeof(*out));
	out->arena = a;
	out->url = url;
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

static enum copl_status say_transport(struct copl_remote *m,
    enum copl_status st, struct copl_place at, struct copl_reporter *r)
{
	switch (m->answer.failure) {
	case COPL_NET_TLS:
	case COPL_NET_PIN:
		copl_report(r, COPL_ERROR, "address-tls", at,
		    _("the server cannot prove who it is (%s): check the "
		      "address and this machine's clock"),
		    m->answer.error);
		break;
	case COPL_NET_TOO_LARGE:
		copl_report(r, COPL_ERROR, "address-too-large", at,
		    _("the answer is larger than such a file can be: check "
		      "the address, and tell the sender if it is right"));
		break;
	case COPL_NET_NONE:
	case COPL_NET_UNREACHABLE:
	case COPL_NET_URL:
	case COPL_NET_DNS:
	case COPL_NET_POLICY:
	case COPL_NET_PROXY:
	case COPL_NET_TIMEOUT:
	case COPL_NET_LOCAL:
		copl_report(r, COPL_ERROR, "address-unreachable", at,
		    _("cannot be reached (%s): the set in place stays, try "
		      "again later"),
		    m->answer.error);
		break;
	}
	return st;
}

/* 404 and 410 are for the caller to judge; 304 where it was asked for. */
static enum copl_status judge(
    struct copl_remote *m, struct copl_place at, struct copl_reporter *r)
{
	long status = m->answer.status;

	if (status == 200 || status == 304)
		return COPL_OK;
	if (status == 404 || status == 410)
		return COPL_E_NOTFOUND;
	if (status >= 500 || status == 408 || status == 425 || status == 429) {
		copl_report(r, COPL_ERROR, "address-busy", at,
		    _("the server cannot answer now (status %ld): the set in "
		      "place stays, try again later"),
		    status);
		return COPL_E_INCOMPLETE;
	}
	copl_report(r, COPL_ERROR, "address-refused", at,
	    _("the server refuses (status %ld): check the address with the "
	      "sender"),
	    status);
	return COPL_E_INVALID;
}

static enum copl_status get(struct copl_remote *m, const char *path, size_t max,
    const char *unless, struct copl_reporter *r)
{
	struct copl_net_header conditional = {"If-None-Match", unless};
	struct copl_net_request q = {.method = "GET",
	    .headers = &conditional,
	    .nheaders = unless == NULL ? 0 : 1,
	    .max_answer = max,
	    .deadline_ms = copl_net_deadline_ms(max),
	    .follow = true};
	struct copl_place at = {NULL, 0, 0};
	enum copl_status st;

	q.url = copl_arena_printf(m->arena, "%s%s", m->url, path);
	if (q.url == NULL)
		return COPL_E_NOMEM;
	at.file = q.url;
	m->requests++;
	st = copl_net_do(m->net, &q, &m->answer);
	if (m->answer.date != 0)
		m->date = m->answer.date;
	if (st == COPL_E_NOMEM)
		return st;
	if (st != COPL_OK)
		return say_transport(m, st, at, r);
	return judge(m, at, r);
}

static enum copl_status copy(
    struct copl_strbuf *out, const struct copl_strbuf *from, size_t max)
{
	copl_strbuf_reset(out);
	out->max = max;
	copl_strbuf_add(out, copl_strbuf_text(from), from->len);
	return out->st;
}

static enum copl_status load_part(
    struct copl_remote *m, size_t i, struct copl_reporter *r)
{
	size_t max = i == 0 ? COPL_MANIFEST_MAX : SIGNATURE_MAX;
	struct copl_remote_part *p = &m->parts[i];
	enum copl_status st = get(m, part_names[i], max, NULL, r);

	if (st != COPL_OK && st != COPL_E_NOTFOUND)
		return st;
	p->there = st == COPL_OK;
	if (p->there)
		st = copy(&p->bytes, &m->answer.body, max);
	else
		st = COPL_OK;
	p->known = st == COPL_OK;
	return st;
}

enum copl_status copl_remote_read(void *arg, const char *path, size_t max,
    struct copl_reporter *r, struct copl_strbuf *out)
{
	struct copl_remote *m = arg;
	size_t i = find_part(path);
	enum copl_status st = COPL_OK;

	copl_strbuf_reset(out);
	if (i == COPL_COUNT(part_names)) {
		st = get(m, path, max, NULL, r);
		return st == COPL_OK ? copy(out, &m->answer.body, max) : st;
	}
	if (!m->parts[i].known)
		st = load_part(m, i, r);
	if (st != COPL_OK)
		return st;
	return m->parts[i].there ? copy(out, &m->parts[i].bytes, max)
				 : COPL_E_NOTFOUND;
}

enum copl_status copl_remote_manifest(struct copl_remote *m, const char *sha256,
    struct copl_reporter *r, bool *same)
{
	struct copl_remote_part *p = &m->parts[0];
	char etag[COPL_SHA256_HEX + 2];
	enum copl_status st;

	*same = false;
	snprintf(etag, sizeof(etag), "\"%s\"", sha256);
	st = get(m, COPL_MANIFEST, COPL_MANIFEST_MAX,
	    sha256[0] == '\0' ? NULL : etag, r);
	if (st == COPL_E_NOTFOUND) {
		copl_report(r, COPL_ERROR, "address-no-set",
		    (struct copl_place){m->url, 0, 0},
		    _("there is no set at this address: check it with the "
		      "sender"));
		return COPL_E_INVALID;
	}
	if (st != COPL_OK)
		return st;
	*same = m->answer.status == 304;
	if (*same)
		return COPL_OK;
	p->known = p->there = true;
	return copy(&p->bytes, &m->answer.body, COPL_MANIFEST_MAX);
}

enum copl_status copl_remote_again(
    struct copl_remote *m, struct copl_reporter *r, bool *changed)
{
	enum copl_status st = COPL_OK;
	size_t i;

	*changed = false;
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
