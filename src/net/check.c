/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "net/net_priv.h"

#define PIN_PREFIX "sha256//"
#define PIN_LENGTH (sizeof(PIN_PREFIX) - 1 + 44) /* base64 of 32 bytes */

static bool is_method(const char *method)
{
	static const char *const known[] = {
	    "GET", "HEAD", "PUT", "MKCOL", "DELETE", "OPTIONS", "POST"};
	size_t i;

	for (i = 0; i < COPL_COUNT(known); i++)
		if (strcmp(method, known[i]) == 0)
			return true;
	return false;
}

static bool has_control(const char *s)
{
	for (; *s != '\0'; s++)
		if ((unsigned char)*s < ' ' || *s == 0x7f)
			return true;
	return false;
}

/* The characters of a token in HTTP. */
static bool is_token(const char *s)
{
	const char *from = s;

	while (copl_is_alpha(*s) || copl_is_digit(*s) ||
	       (*s != '\0' && strchr("!#$%&'*+-.^_`|~", *s) != NULL))
		s++;
	return *s == '\0' && s > from;
}

static bool is_pin(const char *pin)
{
	size_t i;

	if (strlen(pin) != PIN_LENGTH || pin[PIN_LENGTH - 1] != '=' ||
	    strncmp(pin, PIN_PREFIX, sizeof(PIN_PREFIX) - 1) != 0)
		return false;
	for (i = sizeof(PIN_PREFIX) - 1; i < PIN_LENGTH - 1; i++)
		if (!copl_is_alpha(pin[i]) && !copl_is_digit(pin[i]) &&
		    pin[i] != '+' && pin[i] != '/')
			return false;
	return true;
}

static bool is_proxy(const char *proxy)
{
	static const char *const schemes[] = {
	    "http://", "https://", "socks5://", "socks5h://"};
	size_t i;

	for (i = 0; i < COPL_COUNT(schemes); i++)
		if (strncmp(proxy, schemes[i], strlen(schemes[i])) == 0)
			return !has_control(proxy);
	return false;
}

static const char *bad_name(const struct copl_net_access *a)
{
	if (a->auth == COPL_AUTH_BEARER)
		return NULL;
	if (a->user == NULL || a->user[0] == '\0')
		return _("the user name is missing");
	if (has_control(a->user))
		return _("a user name must not hold line breaks or other "
			 "control characters");
	if (a->auth == COPL_AUTH_BASIC && strchr(a->user, ':') != NULL)
		return _("a user name must not hold a colon");
	return NULL;
}

static const char *bad_secret(const struct copl_net_access *a)
{
	if (a->secret == NULL || a->secret[0] == '\0')
		return _("the password or token is missing");
	if (has_control(a->secret))
		return _("a password or token must not hold line breaks or "
			 "other control characters");
	return NULL;
}

/* What of the access cannot be used; NULL: all can. */
static const char *bad_access(const struct copl_net_access *a)
{
	const char *bad = NULL;
	size_t i;

	for (i = 0; i < COPL_COUNT(a->pins); i++)
		if (a->pins[i] != NULL && !is_pin(a->pins[i]))
			return _("a pinned key has the form \"sha256//\" and "
				 "44 characters of base64");
	if (a->proxy != NULL && !is_proxy(a->proxy))
		return _("the address of a proxy begins with http://, "
			 "https://, socks5:// or socks5h://");
	if (a->auth != COPL_AUTH_NONE)
		bad = bad_name(a);
	if (a->auth != COPL_AUTH_NONE && bad == NULL)
		bad = bad_secret(a);
	return bad;
}

/* Not over https, and not within this machine. */
static bool is_open(const struct copl_url_parts *t)
{
	return !t->tls && !t->loopback;
}

static const char *bad_target(
    const struct copl_url_parts *t, const struct copl_net_access *a)
{
	if (t->fragment || (is_open(t) && !a->cleartext_ok))
		return _("the address is not allowed");
	if (is_open(t) &&
	    (a->auth == COPL_AUTH_BASIC || a->auth == COPL_AUTH_BEARER))
		return _("a password or token is sent over https only");
	return NULL;
}

static const char *bad_request(const struct copl_net_request *q)
{
	size_t i;

	if (!is_method(q->method))
		return _("the method is not known");
	for (i = 0; i < q->nheaders; i++)
		if (!is_token(q->headers[i].name) ||
		    has_control(q->headers[i].value))
			return _("a header has characters that must not be "
				 "sent");
	return NULL;
}

static bool is_out_of_reach(
    const struct copl_url_parts *t, const struct copl_net_access *a)
{
	return t->literal &&
	       !copl_address_allowed(
		   copl_address_scope_text(t->host), t->loopback, a);
}

enum copl_status copl_exchange_check(struct copl_exchange *x)
{
	enum copl_url verdict = copl_parted_read(&x->url, x->q->url);
	const char *bad;

	if (verdict == COPL_URL_NOMEM)
		return COPL_E_NOMEM;
	if (verdict != COPL_URL_HTTPS && verdict != COPL_URL_CLEARTEXT)
		return copl_answer_fail(
		    x->a, COPL_NET_URL, _("the address is not allowed"));
	bad = bad_request(x->q);
	if (bad == NULL)
		bad = bad_access(x->access);
	if (bad == NULL)
		bad = bad_target(&x->url.target, x->access);
	if (bad != NULL)
		return copl_answer_fail(x->a, COPL_NET_URL, bad);
	if (is_out_of_reach(&x->url.target, x->access))
		return copl_answer_fail(x->a, COPL_NET_POLICY,
		    _("the address is a private one, which this endpoint may "
		      "not have"));
	return COPL_OK;
}

bool copl_net_access_check(const char *url,
    const struct copl_net_access *access, struct copl_place at,
    struct copl_reporter *r)
{
	bool ok = copl_net_url_check_open(url, access->cleartext_ok, at, r);
	const char *bad = bad_access(access);
	struct copl_url_parts t;

	copl_url_parts_read(url, &t);
	if (bad == NULL && ok)
		bad = bad_target(&t, access);
	if (bad == NULL && ok && is_out_of_reach(&t, access))
		bad = _("the address is a private one: say private=\"yes\" if "
			"the endpoint stands in a network of its own");
	if (bad != NULL)
		copl_report(r, COPL_ERROR, "endpoint-access", at, "%s", bad);
	return ok && bad == NULL;
}
