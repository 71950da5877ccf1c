/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include "net/net_priv.h"

#define REDIRECTS_MAX 5L
#define EXPECT_WAIT_MS 3000L
#define HAPPY_EYEBALLS_MS 200L
#define IDLE_MOST_S 60L /* an idle connection is not trusted longer */
#define AGE_MOST_S 600L
#define CA_CACHE_S 86400L
#define READ_BUFFER 16384L /* the default of libcurl is four times as much */
#define WRITE_BUFFER 32768L
#define PINS_SIZE 160

static CURLcode verdict(CURLcode rc)
{
	return rc == CURLE_OK ? CURLE_OK : CURLE_OUT_OF_MEMORY;
}

static CURLcode set_callbacks(CURL *c, struct copl_exchange *x)
{
	CURLcode rc = curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, copl_on_body);

	rc |= curl_easy_setopt(c, CURLOPT_WRITEDATA, x);
	rc |= curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, copl_on_header);
	rc |= curl_easy_setopt(c, CURLOPT_HEADERDATA, x);
	rc |= curl_easy_setopt(c, CURLOPT_READFUNCTION, copl_on_read);
	rc |= curl_easy_setopt(c, CURLOPT_READDATA, x);
	rc |= curl_easy_setopt(c, CURLOPT_SEEKFUNCTION, copl_on_seek);
	rc |= curl_easy_setopt(c, CURLOPT_SEEKDATA, x);
	rc |= curl_easy_setopt(c, CURLOPT_OPENSOCKETFUNCTION, copl_on_socket);
	rc |= curl_easy_setopt(c, CURLOPT_OPENSOCKETDATA, x);
	/* A connection may outlive the exchange that made it. */
	rc |= curl_easy_setopt(c, CURLOPT_CLOSESOCKETFUNCTION, copl_on_close);
	rc |= curl_easy_setopt(c, CURLOPT_CLOSESOCKETDATA, x->watch);
	rc |= curl_easy_setopt(c, CURLOPT_PREREQFUNCTION, copl_on_connected);
	rc |= curl_easy_setopt(c, CURLOPT_PREREQDATA, x);
	rc |= curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, copl_on_progress);
	rc |= curl_easy_setopt(c, CURLOPT_XFERINFODATA, x);
	rc |= curl_easy_setopt(c, CURLOPT_ERRORBUFFER, x->error);
	return rc;
}

static CURLcode set_safety(CURL *c)
{
	CURLcode rc = curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);

	rc |= curl_easy_setopt(c, CURLOPT_REDIR_PROTOCOLS_STR, "https");
	rc |= curl_easy_setopt(c, CURLOPT_MAXREDIRS, REDIRECTS_MAX);
	rc |= curl_easy_setopt(c, CURLOPT_UNRESTRICTED_AUTH, 0L);
	rc |= curl_easy_setopt(c, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	rc |= curl_easy_setopt(c, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
	rc |= curl_easy_setopt(c, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
	rc |= curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER, 1L);
	rc |= curl_easy_setopt(c, CURLOPT_SSL_VERIFYHOST, 2L);
	rc |= curl_easy_setopt(
	    c, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	/* A directory would switch off libcurl's cache of certificates. */
	rc |= curl_easy_setopt(c, CURLOPT_CAPATH, NULL);
	rc |= curl_easy_setopt(c, CURLOPT_PROXY_CAPATH, NULL);
#if LIBCURL_VERSION_NUM >= 0x075700
	rc |= curl_easy_setopt(c, CURLOPT_CA_CACHE_TIMEOUT, CA_CACHE_S);
	/* Or else a slow name service would hold up all others at the end. */
	rc |= curl_easy_setopt(c, CURLOPT_QUICK_EXIT, 1L);
#endif
	return rc;
}

CURLcode copl_options_fixed(CURL *c, struct copl_exchange *x)
{
	const char *protocols = x->url.target.tls ? "https" : "http";
	CURLcode rc = set_callbacks(c, x);

	rc |= set_safety(c);
	rc |= curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, protocols);
	rc |= curl_easy_setopt(
	    c, CURLOPT_HAPPY_EYEBALLS_TIMEOUT_MS, HAPPY_EYEBALLS_MS);
	rc |=
	    curl_easy_setopt(c, CURLOPT_EXPECT_100_TIMEOUT_MS, EXPECT_WAIT_MS);
	rc |= curl_easy_setopt(c, CURLOPT_TCP_NODELAY, 1L);
	/*
	 * libcurl walks through all names it keeps for each one it looks up:
	 * with ten thousand of them that is most of the work.  And who tries
	 * again wants to know where the name leads by then.
	 */
	rc |= curl_easy_setopt(c, CURLOPT_DNS_CACHE_TIMEOUT, 0L);
	rc |= curl_easy_setopt(c, CURLOPT_MAXAGE_CONN, IDLE_MOST_S);
	rc |= curl_easy_setopt(c, CURLOPT_MAXLIFETIME_CONN, AGE_MOST_S);
	rc |= curl_easy_setopt(c, CURLOPT_BUFFERSIZE, READ_BUFFER);
	rc |= curl_easy_setopt(c, CURLOPT_UPLOAD_BUFFERSIZE, WRITE_BUFFER);
	x->plain = false;
	return verdict(rc);
}

/* What goes along; a small content in one packet with the head. */
static CURLcode set_content(CURL *c, const struct copl_net_request *q)
{
	CURLcode rc;

	if (copl_content_at_once(q)) {
		rc = curl_easy_setopt(
		    c, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)q->length);
		rc |= curl_easy_setopt(c, CURLOPT_POSTFIELDS, q->body);
		return rc;
	}
	rc = curl_easy_setopt(c, CURLOPT_UPLOAD, 1L);
	rc |= curl_easy_setopt(
	    c, CURLOPT_INFILESIZE_LARGE, (curl_off_t)q->length);
	return rc;
}

/* The method, and whether something goes along. */
static CURLcode set_method(CURL *c, const struct copl_net_request *q)
{
	bool upload = copl_has_content(q);
	bool plain =
	    strcmp(q->method, "GET") == 0 || strcmp(q->method, "HEAD") == 0;
	CURLcode rc = curl_easy_setopt(c, CURLOPT_HTTPGET, 1L);

	if (strcmp(q->method, "HEAD") == 0)
		rc |= curl_easy_setopt(c, CURLOPT_NOBODY, 1L);
	if (upload)
		rc |= set_content(c, q);
	rc |= curl_easy_setopt(
	    c, CURLOPT_CUSTOMREQUEST, plain ? NULL : q->method);
	return rc;
}

CURLcode copl_options_request(
    CURL *c, struct copl_exchange *x, const struct copl_clocks *clocks)
{
	const struct copl_net_request *q = x->q;
	bool get = strcmp(q->method, "GET") == 0;
	uint32_t connect = clocks->connect_ms;
	CURLcode rc = curl_easy_setopt(c, CURLOPT_URL, q->url);

	/* Taken apart already: libcurl need not do it again. */
	rc |= curl_easy_setopt(c, CURLOPT_CURLU, x->url.parts);
	if (q->answer_ms != 0 && q->answer_ms < connect)
		connect = q->answer_ms;
	x->connect_until = x->phase_at + connect;
	rc |= set_method(c, q);
	rc |= curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION,
	    q->follow && get && (x->url.target.tls || !x->url.target.loopback)
		? 1L
		: 0L);
	rc |= curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, (long)connect);
	rc |= curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, (long)q->deadline_ms);
	rc |= curl_easy_setopt(
	    c, CURLOPT_ACCEPT_ENCODING, q->gzip ? "gzip" : NULL);
	rc |= curl_easy_setopt(c, CURLOPT_FORBID_REUSE, q->last ? 1L : 0L);
	rc |= curl_easy_setopt(c, CURLOPT_HTTPHEADER, copl_head_list(&x->head));
	return verdict(rc);
}

static CURLcode set_auth(CURL *c, const struct copl_net_access *a)
{
	bool named = a->auth == COPL_AUTH_BASIC || a->auth == COPL_AUTH_DIGEST;
	CURLcode rc = CURLE_OK;

	switch (a->auth) {
	case COPL_AUTH_NONE:
	case COPL_AUTH_BASIC:
		rc |=
		    curl_easy_setopt(c, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
		break;
	case COPL_AUTH_BEARER:
		rc |= curl_easy_setopt(
		    c, CURLOPT_HTTPAUTH, (long)CURLAUTH_BEARER);
		break;
	case COPL_AUTH_DIGEST:
		rc |= curl_easy_setopt(
		    c, CURLOPT_HTTPAUTH, (long)CURLAUTH_DIGEST);
		break;
	}
	rc |= curl_easy_setopt(c, CURLOPT_USERNAME, named ? a->user : NULL);
	rc |= curl_easy_setopt(c, CURLOPT_PASSWORD, named ? a->secret : NULL);
	rc |= curl_easy_setopt(c, CURLOPT_XOAUTH2_BEARER,
	    a->auth == COPL_AUTH_BEARER ? a->secret : NULL);
	return rc;
}

static CURLcode set_keys(CURL *c, const struct copl_net_access *a)
{
	const char *one = a->pins[0] != NULL ? a->pins[0] : a->pins[1];
	const char *two = a->pins[0] != NULL ? a->pins[1] : NULL;
	char pins[PINS_SIZE];
	CURLcode rc = curl_easy_setopt(c, CURLOPT_SSLCERT, a->cert);

	if (one != NULL)
		snprintf(pins, sizeof(pins), "%s%s%s", one,
		    two == NULL ? "" : ";", two == NULL ? "" : two);
	rc |= curl_easy_setopt(
	    c, CURLOPT_PINNEDPUBLICKEY, one == NULL ? NULL : pins);
	rc |= curl_easy_setopt(c, CURLOPT_SSLKEY, a->cert_key);
	/* Without any, the TLS library would ask on the terminal. */
	rc |= curl_easy_setopt(c, CURLOPT_KEYPASSWD,
	    a->cert_pass != NULL ? a->cert_pass
	    : a->cert != NULL    ? ""
				 : NULL);
	return rc;
}

/* One that asks for nothing: nobody to name, no key, no proxy. */
static bool is_plain(const struct copl_net_access *a)
{
	return a->auth == COPL_AUTH_NONE && a->cert == NULL &&
	       a->cert_key == NULL && a->cert_pass == NULL &&
	       a->pins[0] == NULL && a->pins[1] == NULL && a->proxy == NULL &&
	       !a->http2;
}

CURLcode copl_options_access(CURL *c, struct copl_exchange *x)
{
	const struct copl_net_access *a = x->access;
	bool proxy = a->proxy != NULL && !x->url.target.loopback;
	bool plain = is_plain(a);
	CURLcode rc;

	if (plain && x->plain)
		return CURLE_OK;
	rc = set_auth(c, a);
	rc |= set_keys(c, a);
	/* The head is for the server alone: a proxy is told in CONNECT. */
	rc |= curl_easy_setopt(
	    c, CURLOPT_USERAGENT, proxy ? COPL_NET_AGENT : NULL);
	rc |= curl_easy_setopt(c, CURLOPT_PROXY, proxy ? a->proxy : "");
	rc |= curl_easy_setopt(c, CURLOPT_NOPROXY, "");
	rc |= curl_easy_setopt(c, CURLOPT_NOPROGRESS, proxy ? 0L : 1L);
	rc |= curl_easy_setopt(c, CURLOPT_HTTP_VERSION,
	    a->http2 ? (long)CURL_HTTP_VERSION_2TLS
		     : (long)CURL_HTTP_VERSION_1_1);
	rc |= curl_easy_setopt(c, CURLOPT_PIPEWAIT, a->http2 ? 1L : 0L);
	x->plain = plain && rc == CURLE_OK;
	return verdict(rc);
}

CURLcode copl_options_trust(
    CURL *c, const char *file, const struct copl_strbuf *bytes)
{
	struct curl_blob blob = {NULL, 0, CURL_BLOB_NOCOPY};
	CURLcode rc = curl_easy_setopt(c, CURLOPT_CAINFO, file);

	if (bytes != NULL) {
		blob.data = bytes->s;
		blob.len = bytes->len;
	}
	rc |= curl_easy_setopt(
	    c, CURLOPT_CAINFO_BLOB, bytes == NULL ? NULL : &blob);
	return verdict(rc);
}
