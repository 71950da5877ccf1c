/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "deliver/access.h"

static enum copl_net_auth auth_of(enum copl_endpoint_auth auth)
{
	switch (auth) {
	case COPL_ENDPOINT_BASIC:
		return COPL_AUTH_BASIC;
	case COPL_ENDPOINT_BEARER:
		return COPL_AUTH_BEARER;
	case COPL_ENDPOINT_DIGEST:
		return COPL_AUTH_DIGEST;
	case COPL_ENDPOINT_NONE:
	case COPL_ENDPOINT_SIGV4:
		break;
	}
	return COPL_AUTH_NONE;
}

static size_t lines_of(const char *s)
{
	size_t n = 1;

	for (; *s != '\0'; s++)
		n += *s == '\n';
	return n;
}

/* What a header can carry: visible and ASCII, "secret-token:" included. */
static bool is_token(const char *s)
{
	for (; *s != '\0'; s++)
		if (*s <= ' ' || *s > '~')
			return false;
	return true;
}

static enum copl_status wrong(const struct copl_secret_ref *ref,
    struct copl_reporter *r, const char *text)
{
	copl_report(r, COPL_ERROR, "secret-shape", ref->at, "%s", text);
	return COPL_E_INVALID;
}

/* One line; for sigv4 the session token may stand on another. */
static enum copl_status check_shape(
    const struct copl_endpoint *e, const char *secret, struct copl_reporter *r)
{
	const struct copl_secret_ref *ref = &e->secret;
	size_t most = e->auth == COPL_ENDPOINT_SIGV4 ? 2 : 1;

	if (e->auth == COPL_ENDPOINT_SIGV4 && e->user == NULL)
		most = 3;
	if (lines_of(secret) > most || lines_of(secret) + 1 < most)
		return wrong(ref, r,
		    e->auth == COPL_ENDPOINT_SIGV4
			? _("the keys of S3 are not as they should be, one a "
			    "line: the access key id, unless \"user\" says "
			    "it; the secret key; the session token, if there "
			    "is one")
			: _("the secret has several lines, and it must be "
			    "one"));
	if (e->auth == COPL_ENDPOINT_BEARER && !is_token(secret))
		return wrong(ref, r,
		    _("the token has blanks or characters beyond ASCII, which "
		      "cannot be sent"));
	return COPL_OK;
}

/* The first line is who we are: it and the rest are parted. */
static enum copl_status part_id(
    struct copl_secrets *s, const char *secret, struct copl_net_access *out)
{
	const char *rest = strchr(secret, '\n') + 1;

	out->user = copl_secrets_part(s, secret, (size_t)(rest - 1 - secret));
	out->secret = rest;
	return out->user == NULL ? COPL_E_NOMEM : COPL_OK;
}

static enum copl_status take_secret(struct copl_secrets *s,
    const struct copl_endpoint *e, bool anew, struct copl_reporter *r,
    struct copl_net_access *out)
{
	enum copl_status st =
	    copl_secret_ask(s, &e->secret, anew, r, &out->secret);

	if (st == COPL_OK)
		st = check_shape(e, out->secret, r);
	if (st == COPL_OK && e->auth == COPL_ENDPOINT_SIGV4 && e->user == NULL)
		st = part_id(s, out->secret, out);
	return st;
}

enum copl_status copl_access_make(struct copl_secrets *s,
    const struct copl_endpoint *e, bool anew, struct copl_reporter *r,
    struct copl_net_access *out)
{
	enum copl_status st = COPL_OK;

	*out = (struct copl_net_access){.auth = auth_of(e->auth),
	    .user = e->user,
	    .ca = e->ca,
	    .cert = e->cert,
	    .cert_key = e->cert_key,
	    .pins = {e->pins[0], e->pins[1]},
	    .private_ok = e->private_ok,
	    .cleartext_ok = e->cleartext_ok,
	    .http2 = e->http2};
	if (e->secret.kind != COPL_SECRET_NONE)
		st = take_secret(s, e, anew, r, out);
	if (st == COPL_OK && e->cert_pass.kind != COPL_SECRET_NONE)
		st = copl_secret_ask(
		    s, &e->cert_pass, false, r, &out->cert_pass);
	return st;
}
