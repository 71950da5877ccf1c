/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <inttypes.h>
#include <stdio.h>
#include "base/i18n.h"
#include "fetch/fetch_priv.h"

static enum copl_status say_moved(
    struct copl_remote *m, struct copl_place at, struct copl_reporter *r)
{
	copl_report(r, COPL_ERROR, "address-moved", at,
	    _("the server leads on to another address that is not followed "
	      "(%s): ask the sender whether it is right, and give it then"),
	    m->answer.location[0] == '\0' ? "?" : m->answer.location);
	return COPL_E_INVALID;
}

/* A key that changed without a word is nothing to try again. */
static enum copl_status say_pin(struct copl_place at, struct copl_reporter *r)
{
	copl_report(r, COPL_ERROR, "address-pin", at,
	    _("the server has another key than the pinned one: trust nothing "
	      "from there until the sender says why"));
	return COPL_E_TRUST;
}

static enum copl_status say_transport(struct copl_remote *m,
    enum copl_status st, struct copl_place at, struct copl_reporter *r)
{
	const char *error = m->answer.error;

	switch (m->answer.failure) {
	case COPL_NET_TLS:
		copl_report(r, COPL_ERROR, "address-tls", at,
		    _("the server cannot prove who it is (%s): check the "
		      "address and this machine's clock"),
		    error);
		break;
	case COPL_NET_PIN:
		return say_pin(at, r);
	case COPL_NET_TOO_LARGE:
		copl_report(r, COPL_ERROR, "address-too-large", at,
		    _("the answer is larger than such a file can be: check "
		      "the address, and tell the sender if it is right"));
		return COPL_E_TRUST;
	case COPL_NET_PROXY:
		copl_report(r, COPL_ERROR, "address-proxy", at,
		    _("the proxy does not let this through (%s): the set in "
		      "place stays, check the proxy's address"),
		    error);
		break;
	case COPL_NET_URL:
		if (m->answer.location[0] != '\0')
			return say_moved(m, at, r);
		copl_report(r, COPL_ERROR, "address-access", at,
		    _("the address cannot be spoken to as was asked: %s"),
		    error);
		break;
	case COPL_NET_NONE:
	case COPL_NET_UNREACHABLE:
	case COPL_NET_DNS:
	case COPL_NET_POLICY:
	case COPL_NET_TIMEOUT:
	case COPL_NET_LOCAL:
		copl_report(r, COPL_ERROR, "address-unreachable", at,
		    _("cannot be reached (%s): the set in place stays, try "
		      "again later"),
		    error);
		break;
	}
	return st;
}

/* What is not there is for the caller to judge. */
static enum copl_status judge(
    struct copl_remote *m, struct copl_place at, struct copl_reporter *r)
{
	long status = m->answer.status;

	if (status == 200 || status == 206 || status == 304)
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
	if (status >= 300 && status < 400)
		return say_moved(m, at, r);
	copl_report(r, COPL_ERROR, "address-refused", at,
	    _("the server refuses (status %ld): check the address with the "
	      "sender"),
	    status);
	return COPL_E_INVALID;
}

static size_t put_headers(const struct copl_remote_get *q, char range[40],
    struct copl_net_header *out)
{
	size_t n = 0;

	if (q->unless != NULL && q->unless[0] != '\0')
		out[n++] = (struct copl_net_header){"If-None-Match", q->unless};
	if (q->from > 0) {
		snprintf(range, 40, "bytes=%" PRIu64 "-", q->from);
		out[n++] = (struct copl_net_header){"Range", range};
		out[n++] = (struct copl_net_header){"If-Range", q->etag};
	}
	return n;
}

enum copl_status copl_remote_ask(struct copl_remote *m,
    const struct copl_remote_get *q, struct copl_reporter *r)
{
	struct copl_net_header headers[3];
	char range[40];
	struct copl_net_request get = {.method = "GET",
	    .headers = headers,
	    .nheaders = put_headers(q, range, headers),
	    .max_answer = q->max,
	    .deadline_ms = copl_net_deadline_ms(q->max),
	    .follow = true,
	    .access = m->access,
	    .gzip = q->gzip,
	    .take = q->take,
	    .take_arg = q->take_arg};
	struct copl_place at = {NULL, 0, 0};
	enum copl_status st;

	get.url = copl_arena_printf(m->arena, "%s%s", m->url, q->path);
	if (get.url == NULL)
		return COPL_E_NOMEM;
	at.file = get.url;
	m->requests++;
	st = copl_net_do(m->net, &get, &m->answer);
	m->bytes += m->answer.body.len;
	if (m->answer.date != 0)
		m->date = m->answer.date;
	if (st == COPL_E_NOMEM)
		return st;
	if (st != COPL_OK)
		return say_transport(m, st, at, r);
	return judge(m, at, r);
}
