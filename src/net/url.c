/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "net/net_priv.h"

#define URL_MAX 2000

/* What libcurl says of an address; strings are of curl_free(). */
struct raw {
	CURLU *u;
	char *scheme, *host, *port;
	bool nomem; /* of a part nobody knows whether it is there */
};

static char *get(struct raw *w, CURLUPart part, unsigned flags)
{
	char *value = NULL;

	if (curl_url_get(w->u, part, &value, flags) == CURLUE_OUT_OF_MEMORY)
		w->nomem = true;
	return value;
}

static bool has_part(struct raw *w, CURLUPart part)
{
	char *value = get(w, part, 0);
	bool there = value != NULL;

	curl_free(value);
	return there;
}

static bool is_loopback(const char *host)
{
	return strcmp(host, "localhost") == 0 ||
	       copl_address_scope_text(host) == COPL_SCOPE_LOOPBACK;
}

/*
 * libcurl resolves "%XX" in a host after it has looked whether that is an
 * address: what comes of it is another host where it is read again.
 */
static bool host_is_escaped(const char *url)
{
	const char *host = strchr(url, ':'), *at;
	size_t len;

	if (host == NULL)
		return false;
	host += 1 + strspn(host + 1, "/");
	len = strcspn(host, "/?#");
	for (at = host; at < host + len; at++)
		if (*at == '@') {
			len -= (size_t)(at + 1 - host);
			host = at + 1;
		}
	/* "[fe80::1%25eth0]" is no escape. */
	return *host != '[' && memchr(host, '%', len) != NULL;
}

static bool is_host_char(char c)
{
	return copl_is_alpha(c) || copl_is_digit(c) ||
	       (c != '\0' && strchr(".-_:", c) != NULL);
}

/*
 * In lower case and without the brackets of IPv6; false: it is too long, or
 * no name.
 */
static bool copy_host(const char *host, char out[COPL_HOST_SIZE])
{
	size_t len = strlen(host), i;

	if (host[0] == '[' && host[len - 1] == ']') {
		host++;
		len -= 2;
	}
	if (len == 0 || len >= COPL_HOST_SIZE)
		return false;
	for (i = 0; i < len; i++)
		if (!is_host_char(host[i]))
			return false;
	for (i = 0; i < len; i++)
		out[i] = copl_is_upper(host[i]) ? (char)(host[i] - 'A' + 'a')
						: host[i];
	out[len] = '\0';
	return true;
}

static enum copl_url judge_parts(struct raw *w, struct copl_url_parts *out)
{
	bool v6;

	out->tls = strcmp(w->scheme, "https") == 0;
	if (!out->tls && strcmp(w->scheme, "http") != 0)
		return COPL_URL_SCHEME;
	if (has_part(w, CURLUPART_USER) || has_part(w, CURLUPART_PASSWORD))
		return COPL_URL_CREDENTIALS;
	if (w->port == NULL || !copy_host(w->host, out->host))
		return COPL_URL_MALFORMED;
	out->fragment = has_part(w, CURLUPART_FRAGMENT);
	out->extra = out->fragment || has_part(w, CURLUPART_QUERY);
	out->loopback = is_loopback(out->host);
	v6 = strchr(out->host, ':') != NULL;
	out->literal =
	    v6 || copl_address_scope_text(out->host) != COPL_SCOPE_NEVER;
	snprintf(out->origin, sizeof(out->origin), "%s://%s%s%s:%s", w->scheme,
	    v6 ? "[" : "", out->host, v6 ? "]" : "", w->port);
	return out->tls ? COPL_URL_HTTPS : COPL_URL_CLEARTEXT;
}

static enum copl_url take_apart(CURLU *u, struct copl_url_parts *out)
{
	struct raw w = {.u = u};
	enum copl_url verdict = COPL_URL_MALFORMED;

	w.scheme = get(&w, CURLUPART_SCHEME, 0);
	w.host = get(&w, CURLUPART_HOST, 0);
	w.port = get(&w, CURLUPART_PORT, CURLU_DEFAULT_PORT);
	if (w.scheme != NULL && w.host != NULL)
		verdict = judge_parts(&w, out);
	curl_free(w.scheme);
	curl_free(w.host);
	curl_free(w.port);
	return w.nomem ? COPL_URL_NOMEM : verdict;
}

/* *parts are for the caller; NULL if the address is none. */
static enum copl_url read_anew(
    const char *url, struct copl_url_parts *out, CURLU **parts)
{
	enum copl_url verdict;
	const char *p;
	CURLUcode rc;

	*parts = NULL;
	memset(out, 0, sizeof(*out));
	if (strlen(url) > URL_MAX)
		return COPL_URL_MALFORMED;
	for (p = url; *p != '\0'; p++)
		if (*p <= ' ' || *p > '~' || *p == '\\')
			return COPL_URL_MALFORMED;
	if (host_is_escaped(url))
		return COPL_URL_MALFORMED;
	*parts = curl_url();
	if (*parts == NULL)
		return COPL_URL_NOMEM;
	rc = curl_url_set(*parts, CURLUPART_URL, url, CURLU_NON_SUPPORT_SCHEME);
	if (rc == CURLUE_OK) {
		verdict = take_apart(*parts, out);
		/* An empty part is one, too: what is appended would go there.
		 */
		out->extra = out->extra || strpbrk(url, "?#") != NULL;
		return verdict;
	}
	curl_url_cleanup(*parts);
	*parts = NULL;
	return rc == CURLUE_OUT_OF_MEMORY ? COPL_URL_NOMEM : COPL_URL_MALFORMED;
}

enum copl_url copl_url_parts_read(const char *url, struct copl_url_parts *out)
{
	CURLU *parts;
	enum copl_url verdict = read_anew(url, out, &parts);

	curl_url_cleanup(parts);
	return verdict;
}

/* ---- one address after the other ---- */

/*
 * Where the path of an address begins that has nothing but a host and a port
 * before it; 0: it is another kind of address.
 */
static size_t path_of(const char *url)
{
	size_t start, len;

	if (strncmp(url, "http://", 7) == 0)
		start = len = 7;
	else if (strncmp(url, "https://", 8) == 0)
		start = len = 8;
	else
		return 0;
	while (copl_is_alpha(url[len]) || copl_is_digit(url[len]) ||
	       (url[len] != '\0' && strchr(".-:[]", url[len]) != NULL))
		len++;
	return len > start && url[len] == '/' ? len : 0;
}

/*
 * One that means the same wherever it is read: nothing that begins a query,
 * is escaped or leads up.
 */
static bool is_plain_path(const char *path)
{
	const char *p;

	for (p = path; *p != '\0'; p++)
		if (!copl_is_alpha(*p) && !copl_is_digit(*p) &&
		    strchr("/-_~", *p) == NULL &&
		    (*p != '.' || p == path || p[-1] == '/'))
			return false;
	return p - path < URL_MAX / 2;
}

enum copl_url copl_parted_read(struct copl_parted *p, const char *url)
{
	size_t len = path_of(url);

	if (len > 0 && len == p->base_len && memcmp(p->base, url, len) == 0 &&
	    is_plain_path(url + len) &&
	    curl_url_set(p->parts, CURLUPART_PATH, url + len, 0) == CURLUE_OK)
		return p->verdict;
	copl_parted_clear(p);
	p->verdict = read_anew(url, &p->target, &p->parts);
	if (p->parts != NULL && len < sizeof(p->base) && !p->target.extra &&
	    (p->verdict == COPL_URL_HTTPS ||
		p->verdict == COPL_URL_CLEARTEXT)) {
		memcpy(p->base, url, len);
		p->base_len = len;
	}
	return p->verdict;
}

void copl_parted_clear(struct copl_parted *p)
{
	curl_url_cleanup(p->parts);
	p->parts = NULL;
	p->base_len = 0;
}

enum copl_url copl_net_url_judge(const char *url)
{
	struct copl_url_parts t;
	enum copl_url verdict = copl_url_parts_read(url, &t);

	if (verdict != COPL_URL_HTTPS && verdict != COPL_URL_CLEARTEXT)
		return verdict;
	if (t.extra)
		return COPL_URL_EXTRA;
	return !t.tls && t.loopback ? COPL_URL_LOOPBACK : verdict;
}

bool copl_net_origin(const char *url, char *out, size_t room)
{
	struct copl_url_parts t;
	enum copl_url verdict = copl_url_parts_read(url, &t);

	if ((verdict != COPL_URL_HTTPS && verdict != COPL_URL_CLEARTEXT) ||
	    strlen(t.origin) >= room)
		return false;
	snprintf(out, room, "%s", t.origin);
	return true;
}

bool copl_net_url_check(
    const char *url, struct copl_place at, struct copl_reporter *r)
{
	return copl_net_url_check_open(url, false, at, r);
}

bool copl_net_url_check_open(const char *url, bool cleartext_ok,
    struct copl_place at, struct copl_reporter *r)
{
	enum copl_url verdict = copl_net_url_judge(url);

	if (verdict == COPL_URL_CLEARTEXT && cleartext_ok)
		return true;
	switch (verdict) {
	case COPL_URL_HTTPS:
	case COPL_URL_LOOPBACK:
		return true;
	case COPL_URL_SCHEME:
		copl_report(r, COPL_ERROR, "url-scheme", at,
		    _("the address must begin with https://"));
		return false;
	case COPL_URL_CLEARTEXT:
		copl_report(r, COPL_ERROR, "url-cleartext", at,
		    _("use https: http is allowed only to this very machine, "
		      "as in http://127.0.0.1:8101/"));
		return false;
	case COPL_URL_CREDENTIALS:
		copl_report(r, COPL_ERROR, "url-credentials", at,
		    _("take user name and password out of the address: it is "
		      "shown in messages and logs"));
		return false;
	case COPL_URL_EXTRA:
		copl_report(r, COPL_ERROR, "url-extra", at,
		    _("the address must end with its path, without \"?\" or "
		      "\"#\" and what follows them"));
		return false;
	case COPL_URL_NOMEM:
		r->nomem = true;
		return false;
	case COPL_URL_MALFORMED:
		break;
	}
	copl_report(r, COPL_ERROR, "url-malformed", at,
	    _("this is not an address such as "
	      "https://office.example.org/forms/"));
	return false;
}
