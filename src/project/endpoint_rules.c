/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "project/project_priv.h"

struct rules {
	struct copl_project_reader *rd;
	const struct copl_settings *s;
	const struct copl_endpoint *e;
};

static void wrong(
    const struct rules *t, enum copl_setting which, const char *text)
{
	copl_report(t->rd->r, COPL_ERROR, "project-endpoint",
	    t->s->place(t->s, which), "%s", text);
}

static bool said(const struct rules *t, enum copl_setting which)
{
	return t->s->value[which] != NULL;
}

/* Settings that mean nothing here would be taken for protection. */
static void needs_none(const struct rules *t, const enum copl_setting *which,
    size_t n, const char *what)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (said(t, which[i]))
			copl_report(t->rd->r, COPL_ERROR, "project-endpoint",
			    t->s->place(t->s, which[i]),
			    _("\"%s\" means nothing for %s: remove it"),
			    copl_setting_name(which[i]), what);
}

static void check_folder(const struct rules *t)
{
	static const enum copl_setting network[] = {COPL_SET_AUTH,
	    COPL_SET_USER, COPL_SET_SECRET, COPL_SET_CA, COPL_SET_CERT,
	    COPL_SET_CERT_KEY, COPL_SET_CERT_PASS, COPL_SET_PINS,
	    COPL_SET_PRIVATE, COPL_SET_CLEARTEXT, COPL_SET_HTTP,
	    COPL_SET_REGION, COPL_SET_VERIFY, COPL_SET_PER_MINUTE,
	    COPL_SET_TIMEOUT};

	needs_none(
	    t, network, COPL_COUNT(network), _("a folder of this computer"));
}

/* ---- who we are to the other side ---- */

static void check_signed(const struct rules *t)
{
	bool s3 = t->e->driver == COPL_DRIVER_S3;
	static const enum copl_setting region = COPL_SET_REGION;

	if (s3 && t->e->auth != COPL_ENDPOINT_SIGV4)
		wrong(t, COPL_SET_AUTH,
		    _("requests to S3 are signed: write auth=\"sigv4\", or "
		      "leave \"auth\" out"));
	if (!s3 && t->e->auth == COPL_ENDPOINT_SIGV4)
		wrong(t, COPL_SET_AUTH,
		    _("only S3 takes signed requests: write driver=\"s3\" as "
		      "well, or another \"auth\""));
	if (!s3)
		needs_none(t, &region, 1, _("anything but S3"));
}

static void check_open(const struct rules *t)
{
	static const enum copl_setting who[] = {COPL_SET_USER, COPL_SET_SECRET};

	needs_none(t, who, COPL_COUNT(who), _("an endpoint without \"auth\""));
}

static void check_who(const struct rules *t)
{
	static const enum copl_setting user = COPL_SET_USER;
	bool named = t->e->auth == COPL_ENDPOINT_BASIC ||
		     t->e->auth == COPL_ENDPOINT_DIGEST;

	if (!said(t, COPL_SET_SECRET))
		wrong(t, COPL_SET_AUTH,
		    _("this kind of \"auth\" needs a secret: say with "
		      "\"secret\" where it is kept"));
	if (named && !said(t, COPL_SET_USER))
		wrong(t, COPL_SET_AUTH,
		    _("this kind of \"auth\" needs \"user\" as well"));
	if (t->e->auth == COPL_ENDPOINT_BEARER)
		needs_none(t, &user, 1, _("a token, which says who it is of"));
	if (named && t->e->user != NULL && strchr(t->e->user, ':') != NULL)
		wrong(t, COPL_SET_USER,
		    _("a user name cannot hold a colon: ask whoever runs this "
		      "endpoint for another one"));
}

/* ---- what protects the way ---- */

static void check_tls(const struct rules *t)
{
	static const enum copl_setting tls[] = {COPL_SET_CA, COPL_SET_CERT,
	    COPL_SET_CERT_KEY, COPL_SET_CERT_PASS, COPL_SET_PINS};
	const struct copl_endpoint *e = t->e;

	if (e->url != NULL && strncmp(e->url, "http://", 7) == 0)
		needs_none(t, tls, COPL_COUNT(tls), _("an http:// address"));
	if (said(t, COPL_SET_CERT_KEY) && !said(t, COPL_SET_CERT))
		wrong(t, COPL_SET_CERT_KEY,
		    _("this key belongs to no certificate: name that with "
		      "\"cert\""));
	if (said(t, COPL_SET_CERT_PASS) && !said(t, COPL_SET_CERT))
		wrong(t, COPL_SET_CERT_PASS,
		    _("this passphrase belongs to no key: name certificate "
		      "and key with \"cert\" and \"cert-key\""));
}

static void check_sealed(const struct rules *t)
{
	const struct copl_endpoint *e = t->e;

	if (e->auth != COPL_ENDPOINT_BASIC && e->auth != COPL_ENDPOINT_BEARER)
		return;
	if (e->cleartext_ok && e->url != NULL &&
	    copl_project_open_url_fault(e->url) == NULL &&
	    !copl_project_url_is_sealed(e->url))
		wrong(t, COPL_SET_AUTH,
		    _("over http:// everybody on the way could read the "
		      "secret: write https://, or auth=\"digest\""));
}

void copl_project_check_endpoint(struct copl_project_reader *rd,
    const struct copl_settings *s, const struct copl_endpoint *e)
{
	const struct rules t = {rd, s, e};

	if (e->driver == COPL_DRIVER_DIR) {
		check_folder(&t);
		return;
	}
	check_signed(&t);
	if (e->auth == COPL_ENDPOINT_NONE)
		check_open(&t);
	else
		check_who(&t);
	check_tls(&t);
	check_sealed(&t);
}
