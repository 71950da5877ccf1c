/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "net/net_priv.h"

/* libcurl hands on what the TLS library says; there is no number for it. */
static bool has_word(const char *text, const char *const *words, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strcasestr(text, words[i]) != NULL)
			return true;
	return false;
}

/* Did the connection end before the handshake did? */
static bool is_cut(const char *error)
{
	static const char *const words[] = {"SSL_ERROR_SYSCALL",
	    "SSL_ERROR_ZERO_RETURN", "unexpected eof", "connection reset",
	    "broken pipe", "non-properly terminated", "in the pull function",
	    "in the push function"};

	return has_word(error, words, COPL_COUNT(words));
}

/* TLS 1.3 refuses a client's certificate only after the handshake. */
static bool is_alert(const char *error)
{
	static const char *const words[] = {
	    " alert ", "alert has been received"};

	return has_word(error, words, COPL_COUNT(words));
}

static bool has_proxy(const struct copl_exchange *x)
{
	return x->access->proxy != NULL && !x->url.target.loopback;
}

/* Was it the proxy that said no to a tunnel? */
static bool is_tunnel(const struct copl_exchange *x, CURL *c)
{
	long status = 0;

	curl_easy_getinfo(c, CURLINFO_HTTP_CONNECTCODE, &status);
	if (status / 100 == 2)
		status = 0;
	x->a->proxy_status = status;
	return status != 0;
}

/* Before there is a tunnel, nobody but the proxy says anything. */
static bool is_wordy_proxy(const struct copl_exchange *x)
{
	static const char *const words[] = {"too large", "too many"};

	return has_proxy(x) && x->phase == COPL_PHASE_CONNECT &&
	       has_word(x->error, words, COPL_COUNT(words));
}

static enum copl_net_failure of_connecting(
    const struct copl_exchange *x, CURL *c)
{
	if (x->no_sockets)
		return COPL_NET_LOCAL;
	if (x->refused_address && !x->tried_address)
		return COPL_NET_POLICY;
	/* Newer libcurl says so of a tunnel that was refused, too. */
	return is_tunnel(x, c) || has_proxy(x) ? COPL_NET_PROXY
					       : COPL_NET_UNREACHABLE;
}

/* The connection stood, and what came was not an answer. */
static enum copl_net_failure of_talking(const struct copl_exchange *x, CURL *c)
{
	if (is_tunnel(x, c) || is_wordy_proxy(x))
		return COPL_NET_PROXY;
	return is_alert(x->error) ? COPL_NET_TLS : COPL_NET_UNREACHABLE;
}

static enum copl_net_failure of_code(
    const struct copl_exchange *x, CURL *c, CURLcode rc)
{
	switch ((int)rc) {
	case CURLE_COULDNT_RESOLVE_HOST:
		return COPL_NET_DNS;
	case CURLE_COULDNT_RESOLVE_PROXY:
	case CURLE_PROXY:
		return COPL_NET_PROXY;
	case CURLE_COULDNT_CONNECT:
		return of_connecting(x, c);
	case CURLE_OPERATION_TIMEDOUT:
		return COPL_NET_TIMEOUT;
	case CURLE_FAILED_INIT:
	case CURLE_INTERFACE_FAILED:
		return COPL_NET_LOCAL;
	case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
		return COPL_NET_PIN;
	case CURLE_SSL_CONNECT_ERROR:
		return is_cut(x->error) ? COPL_NET_UNREACHABLE : COPL_NET_TLS;
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CERTPROBLEM:
	case CURLE_SSL_CIPHER:
	case CURLE_SSL_ISSUER_ERROR:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_INVALIDCERTSTATUS:
	case CURLE_SSL_ENGINE_INITFAILED:
	case CURLE_SSL_CLIENTCERT:
		return COPL_NET_TLS;
	case CURLE_URL_MALFORMAT:
	case CURLE_TOO_MANY_REDIRECTS:
		return COPL_NET_URL;
	case CURLE_UNSUPPORTED_PROTOCOL:
		/* A redirect to http; or what came is not HTTP. */
		return x->a->status != 0 ? COPL_NET_URL : COPL_NET_UNREACHABLE;
	case CURLE_RECV_ERROR:
	case CURLE_SEND_ERROR:
		return of_talking(x, c);
	default:
		return is_wordy_proxy(x) ? COPL_NET_PROXY
					 : COPL_NET_UNREACHABLE;
	}
}

enum copl_net_failure copl_failure_of(
    const struct copl_exchange *x, CURL *c, CURLcode rc)
{
	if (x->expired)
		return COPL_NET_TIMEOUT;
	if (rc == CURLE_ABORTED_BY_CALLBACK && x->refused_address)
		return COPL_NET_POLICY;
	return of_code(x, c, rc);
}

enum copl_attempt copl_net_attempt(
    enum copl_status st, const struct copl_net_answer *a)
{
	if (st == COPL_OK)
		return copl_retry_judge(a->status);
	switch (a->failure) {
	case COPL_NET_TLS:
	case COPL_NET_PIN:
		return COPL_TRY_UNSAFE;
	case COPL_NET_TOO_LARGE:
	case COPL_NET_URL:
	case COPL_NET_POLICY:
		return COPL_TRY_REFUSED;
	case COPL_NET_LOCAL:
		return COPL_TRY_LOCAL;
	case COPL_NET_NONE:
	case COPL_NET_UNREACHABLE:
	case COPL_NET_DNS:
	case COPL_NET_PROXY:
	case COPL_NET_TIMEOUT:
		break;
	}
	return COPL_TRY_UNREACHABLE;
}
