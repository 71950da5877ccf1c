/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include <arpa/inet.h>
#include <curl/curl.h>
#include "base/i18n.h"
#include "net/net.h"
#include "net/net_priv.h"

#define URL_MAX 2000

static bool has_part(CURLU *u, CURLUPart part)
{
	char *value = NULL;
	bool there = curl_url_get(u, part, &value, 0) == CURLUE_OK;

	curl_free(value);
	return there;
}

static bool is_loopback(const char *host)
{
	struct in_addr v4;

	if (strcmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0)
		return true;
	return inet_pton(AF_INET, host, &v4) == 1 &&
	       ntohl(v4.s_addr) >> 24 == 127;
}

static enum copl_url judge_parts(CURLU *u, const char *scheme, const char *host)
{
	bool tls = strcmp(scheme, "https") == 0;

	if (!tls && strcmp(scheme, "http") != 0)
		return COPL_URL_SCHEME;
	if (has_part(u, CURLUPART_USER) || has_part(u, CURLUPART_PASSWORD))
		return COPL_URL_CREDENTIALS;
	if (has_part(u, CURLUPART_QUERY) || has_part(u, CURLUPART_FRAGMENT))
		return COPL_URL_EXTRA;
	if (tls)
		return COPL_URL_HTTPS;
	return is_loopback(host) ? COPL_URL_LOOPBACK : COPL_URL_CLEARTEXT;
}

static enum copl_url judge_url(CURLU *u)
{
	enum copl_url verdict = COPL_URL_MALFORMED;
	char *scheme = NULL, *host = NULL;

	if (curl_url_get(u, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK &&
	    curl_url_get(u, CURLUPART_HOST, &host, 0) == CURLUE_OK)
		verdict = judge_parts(u, scheme, host);
	curl_free(scheme);
	curl_free(host);
	return verdict;
}

enum copl_url copl_net_url_judge(const char *url)
{
	enum copl_url verdict = COPL_URL_MALFORMED;
	const char *p;
	CURLU *u;

	if (strlen(url) > URL_MAX)
		return COPL_URL_MALFORMED;
	for (p = url; *p != '\0'; p++)
		if (*p <= ' ' || *p == 0x7f || *p == '\\')
			return COPL_URL_MALFORMED;
	u = curl_url();
	if (u != NULL && curl_url_set(u, CURLUPART_URL, url,
			     CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK)
		verdict = judge_url(u);
	curl_url_cleanup(u);
	return verdict;
}

bool copl_net_url_check(
    const char *url, struct copl_place at, struct copl_reporter *r)
{
	switch (copl_net_url_judge(url)) {
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
	case COPL_URL_MALFORMED:
		break;
	}
	copl_report(r, COPL_ERROR, "url-malformed", at,
	    _("this is not an address such as "
	      "https://office.example.org/forms/"));
	return false;
}
