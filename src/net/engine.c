/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#include <curl/curl.h>
#include "base/i18n.h"
#include "net/net.h"
#include "net/net_priv.h"
#include "net/retry.h"

#define HEADERS_MAX 32768
#define CONNECT_MS 5000L
#define REDIRECTS_MAX 5L

struct copl_net {
	CURL *curl;
	bool loopback_only; /* of the exchange that runs */
	char error[CURL_ERROR_SIZE];
};

/* One exchange as the callbacks see it. */
struct exchange {
	const struct copl_net_request *q;
	struct copl_net_answer *a;
	size_t sent;
	size_t header_bytes;
	bool too_large;
};

static pthread_once_t once = PTHREAD_ONCE_INIT;
static CURLcode global;

static void start(void)
{
	global = curl_global_init(CURL_GLOBAL_DEFAULT);
}

enum copl_status copl_net_open(struct copl_net **out)
{
	struct copl_net *n;

	*out = NULL;
	pthread_once(&once, start);
	if (global != CURLE_OK)
		return COPL_E_NOMEM;
	n = calloc(1, sizeof(*n));
	if (n == NULL)
		return COPL_E_NOMEM;
	n->curl = curl_easy_init();
	if (n->curl == NULL) {
		free(n);
		return COPL_E_NOMEM;
	}
	*out = n;
	return COPL_OK;
}

void copl_net_close(struct copl_net *n)
{
	if (n == NULL)
		return;
	curl_easy_cleanup(n->curl);
	free(n);
}

void copl_net_answer_clear(struct copl_net_answer *a)
{
	copl_strbuf_clear(&a->body);
}

uint32_t copl_net_deadline_ms(uint64_t bytes)
{
	const uint64_t most = UINT64_C(3600000);
	uint64_t ms = 30000 + bytes / 4; /* 4 KiB a second */

	return (uint32_t)(ms < most ? ms : most);
}

/* ---- callbacks ---- */

static size_t on_body(char *bytes, size_t size, size_t n, void *arg)
{
	struct exchange *x = arg;

	copl_strbuf_add(&x->a->body, bytes, size * n);
	if (x->a->body.st == COPL_OK)
		return size * n;
	x->too_large = x->a->body.st == COPL_E_LIMIT;
	return 0;
}

/* The value of the field if the line is that field, else NULL. */
static const char *field_value(
    const char *line, size_t len, const char *name, size_t *vlen)
{
	size_t skip = strlen(name);

	if (len <= skip || line[skip] != ':' ||
	    !curl_strnequal(line, name, skip))
		return NULL;
	skip++;
	while (skip < len && copl_is_space(line[skip]))
		skip++;
	while (len > skip && copl_is_space(line[len - 1]))
		len--;
	*vlen = len - skip;
	return line + skip;
}

/* Keeps a value that fits and has no control characters. */
static void keep(
    const char *line, size_t len, const char *name, char *out, size_t room)
{
	size_t vlen = 0, i;
	const char *v = field_value(line, len, name, &vlen);

	if (v == NULL || vlen >= room)
		return;
	for (i = 0; i < vlen; i++)
		if ((unsigned char)v[i] < ' ' || v[i] == 0x7f)
			return;
	memcpy(out, v, vlen);
	out[vlen] = '\0';
}

static void forget_fields(struct copl_net_answer *a)
{
	a->etag[0] = a->location[0] = a->repr_digest[0] = '\0';
	a->retry_after[0] = '\0';
	a->date = 0;
	a->retry_after_ms = 0;
}

static size_t on_header(char *bytes, size_t size, size_t n, void *arg)
{
	struct exchange *x = arg;
	struct copl_net_answer *a = x->a;
	size_t len = size * n;
	char date[64] = "";

	x->header_bytes += len;
	if (x->header_bytes > HEADERS_MAX) {
		x->too_large = true;
		return 0;
	}
	if (len > 5 && memcmp(bytes, "HTTP/", 5) == 0)
		forget_fields(a);
	keep(bytes, len, "ETag", a->etag, sizeof(a->etag));
	keep(bytes, len, "Location", a->location, sizeof(a->location));
	keep(bytes, len, "Repr-Digest", a->repr_digest, sizeof(a->repr_digest));
	keep(bytes, len, "Retry-After", a->retry_after, sizeof(a->retry_after));
	keep(bytes, len, "Date", date, sizeof(date));
	if (date[0] != '\0') {
		time_t t = curl_getdate(date, NULL);

		a->date = t > 0 ? (int64_t)t : 0;
	}
	return len;
}

static size_t on_read(char *out, size_t size, size_t n, void *arg)
{
	struct exchange *x = arg;
	size_t room = size * n, left = x->q->length - x->sent;
	size_t len = room < left ? room : left;

	if (len > 0)
		memcpy(out, x->q->body + x->sent, len);
	x->sent += len;
	return len;
}

/* A connection that died in the middle is begun again from here. */
static int on_seek(void *arg, curl_off_t to, int origin)
{
	struct exchange *x = arg;

	if (origin != SEEK_SET || to < 0 || (uint64_t)to > x->q->length)
		return CURL_SEEKFUNC_FAIL;
	x->sent = (size_t)to;
	return CURL_SEEKFUNC_OK;
}

static bool is_loopback(const struct curl_sockaddr *a)
{
	const struct sockaddr *sa = &a->addr;

	if (sa->sa_family == AF_INET) {
		struct sockaddr_in v4;

		memcpy(&v4, sa, sizeof(v4));
		return ntohl(v4.sin_addr.s_addr) >> 24 == 127;
	}
	if (sa->sa_family == AF_INET6) {
		struct sockaddr_in6 v6;

		memcpy(&v6, (const void *)sa, sizeof(v6));
		return IN6_IS_ADDR_LOOPBACK(&v6.sin6_addr);
	}
	return false;
}

/* Looks at the resolved address, so that no name service can lead away. */
static curl_socket_t on_socket(
    void *arg, curlsocktype purpose, struct curl_sockaddr *a)
{
	const struct copl_net *n = arg;

	(void)purpose;
	if (n->loopback_only && !is_loopback(a))
		return CURL_SOCKET_BAD;
	return socket(a->family, a->socktype | SOCK_CLOEXEC, a->protocol);
}

/* ---- options ---- */

static CURLcode set_safety(struct copl_net *n, const struct copl_net_request *q)
{
	CURL *c = n->curl;
	CURLcode rc = curl_easy_setopt(c, CURLOPT_URL, q->url);

	rc |= curl_easy_setopt(
	    c, CURLOPT_PROTOCOLS_STR, n->loopback_only ? "http" : "https");
	rc |= curl_easy_setopt(c, CURLOPT_REDIR_PROTOCOLS_STR, "https");
	rc |= curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION,
	    q->follow && !n->loopback_only ? 1L : 0L);
	rc |= curl_easy_setopt(c, CURLOPT_MAXREDIRS, REDIRECTS_MAX);
	rc |= curl_easy_setopt(c, CURLOPT_PROXY, "");
	rc |= curl_easy_setopt(c, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	rc |= curl_easy_setopt(c, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
	rc |= curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER, 1L);
	rc |= curl_easy_setopt(c, CURLOPT_SSL_VERIFYHOST, 2L);
	rc |= curl_easy_setopt(
	    c, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	/* A directory would switch off libcurl's cache of certificates. */
	rc |= curl_easy_setopt(c, CURLOPT_CAPATH, NULL);
	rc |= curl_easy_setopt(c, CURLOPT_OPENSOCKETFUNCTION, on_socket);
	rc |= curl_easy_setopt(c, CURLOPT_OPENSOCKETDATA, n);
	return rc == CURLE_OK ? CURLE_OK : CURLE_OUT_OF_MEMORY;
}

static CURLcode set_limits(struct copl_net *n, const struct copl_net_request *q)
{
	CURL *c = n->curl;
	CURLcode rc = curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);

	rc |= curl_easy_setopt(
	    c, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	rc |= curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, CONNECT_MS);
	rc |= curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, (long)q->deadline_ms);
	rc |= curl_easy_setopt(c, CURLOPT_LOW_SPEED_LIMIT, 100L);
	rc |= curl_easy_setopt(c, CURLOPT_LOW_SPEED_TIME, 20L);
	rc |= curl_easy_setopt(c, CURLOPT_TCP_KEEPALIVE, 1L);
	rc |= curl_easy_setopt(c, CURLOPT_FORBID_REUSE, q->last ? 1L : 0L);
	rc |=
	    curl_easy_setopt(c, CURLOPT_USERAGENT, PACKAGE "/" PACKAGE_VERSION);
	rc |= curl_easy_setopt(c, CURLOPT_ERRORBUFFER, n->error);
	return rc == CURLE_OK ? CURLE_OK : CURLE_OUT_OF_MEMORY;
}

static CURLcode set_transfer(struct copl_net *n, struct exchange *x)
{
	const struct copl_net_request *q = x->q;
	CURL *c = n->curl;
	CURLcode rc = curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_body);

	rc |= curl_easy_setopt(c, CURLOPT_WRITEDATA, x);
	rc |= curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, on_header);
	rc |= curl_easy_setopt(c, CURLOPT_HEADERDATA, x);
	if (strcmp(q->method, "HEAD") == 0)
		rc |= curl_easy_setopt(c, CURLOPT_NOBODY, 1L);
	if (strcmp(q->method, "PUT") == 0) {
		rc |= curl_easy_setopt(c, CURLOPT_UPLOAD, 1L);
		rc |= curl_easy_setopt(
		    c, CURLOPT_INFILESIZE_LARGE, (curl_off_t)q->length);
		rc |= curl_easy_setopt(c, CURLOPT_READFUNCTION, on_read);
		rc |= curl_easy_setopt(c, CURLOPT_READDATA, x);
		rc |= curl_easy_setopt(c, CURLOPT_SEEKFUNCTION, on_seek);
		rc |= curl_easy_setopt(c, CURLOPT_SEEKDATA, x);
	}
	return rc == CURLE_OK ? CURLE_OK : CURLE_OUT_OF_MEMORY;
}

static bool append(struct curl_slist **list, const char *line)
{
	struct curl_slist *grown = curl_slist_append(*list, line);

	if (grown == NULL)
		return false;
	*list = grown;
	return true;
}

static enum copl_status add_header(
    struct curl_slist **list, const struct copl_net_header *h)
{
	enum copl_status st = COPL_OK;
	const char *p;
	char *line = NULL;

	for (p = h->value; *p != '\0'; p++)
		if ((unsigned char)*p < ' ' || *p == 0x7f)
			return COPL_E_INVALID;
	if (asprintf(&line, "%s: %s", h->name, h->value) < 0)
		return COPL_E_NOMEM;
	if (!append(list, line))
		st = COPL_E_NOMEM;
	free(line);
	return st;
}

static enum copl_status build_headers(
    const struct copl_net_request *q, struct curl_slist **list)
{
	enum copl_status st;
	size_t i;

	/* Waiting for "100 Continue" costs a second where it is unknown. */
	if (!append(list, "Expect:"))
		return COPL_E_NOMEM;
	for (i = 0; i < q->nheaders; i++) {
		st = add_header(list, &q->headers[i]);
		if (st != COPL_OK)
			return st;
	}
	return COPL_OK;
}

/* ---- the exchange ---- */

static bool is_tls(CURLcode rc)
{
	switch ((int)rc) {
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CERTPROBLEM:
	case CURLE_SSL_CIPHER:
	case CURLE_SSL_ISSUER_ERROR:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
	case CURLE_SSL_INVALIDCERTSTATUS:
	case CURLE_SSL_ENGINE_INITFAILED:
		return true;
	default:
		return false;
	}
}

/*
 * A peer that hangs up must not kill the program: TLS writes without
 * MSG_NOSIGNAL, and the caller's signal handling is not ours to change.
 */
static CURLcode perform(CURL *c)
{
	const struct timespec none = {0, 0};
	sigset_t pipe_set, pending, before;
	bool was_pending;
	CURLcode rc;

	sigemptyset(&pipe_set);
	sigaddset(&pipe_set, SIGPIPE);
	sigpending(&pending);
	was_pending = sigismember(&pending, SIGPIPE) == 1;
	pthread_sigmask(SIG_BLOCK, &pipe_set, &before);
	rc = curl_easy_perform(c);
	if (!was_pending)
		while (sigtimedwait(&pipe_set, NULL, &none) > 0)
			;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return rc;
}

static enum copl_status fail(
    struct copl_net_answer *a, enum copl_net_failure why, const char *text)
{
	a->failure = why;
	snprintf(a->error, sizeof(a->error), "%s", text);
	a->error[copl_utf8_valid(a->error, strlen(a->error))] = '\0';
	switch (why) {
	case COPL_NET_TOO_LARGE:
		return COPL_E_LIMIT;
	case COPL_NET_URL:
		return COPL_E_INVALID;
	case COPL_NET_NONE:
	case COPL_NET_UNREACHABLE:
	case COPL_NET_TLS:
		break;
	}
	return COPL_E_INCOMPLETE;
}

/* Seconds, or a date by the server's own clock. */
static void read_retry_after(struct copl_net_answer *a)
{
	time_t t;

	a->retry_after_ms = copl_retry_after_ms(a->retry_after);
	if (a->retry_after_ms != 0 || a->date == 0)
		return;
	t = curl_getdate(a->retry_after, NULL);
	if (t > a->date && t - a->date < 86400)
		a->retry_after_ms = (uint64_t)(t - a->date) * 1000;
}

static enum copl_status judge(
    struct copl_net *n, const struct exchange *x, CURLcode rc)
{
	struct copl_net_answer *a = x->a;

	if (rc == CURLE_OUT_OF_MEMORY || a->body.st == COPL_E_NOMEM)
		return COPL_E_NOMEM;
	if (x->too_large)
		return fail(
		    a, COPL_NET_TOO_LARGE, _("the answer is too large"));
	if (rc != CURLE_OK)
		return fail(a, is_tls(rc) ? COPL_NET_TLS : COPL_NET_UNREACHABLE,
		    n->error[0] != '\0' ? n->error : curl_easy_strerror(rc));
	curl_easy_getinfo(n->curl, CURLINFO_RESPONSE_CODE, &a->status);
	read_retry_after(a);
	return COPL_OK;
}

enum copl_status copl_net_do(struct copl_net *n,
    const struct copl_net_request *q, struct copl_net_answer *a)
{
	struct exchange x = {.q = q, .a = a};
	struct curl_slist *headers = NULL;
	enum copl_url kind = copl_net_url_judge(q->url);
	enum copl_status st;
	CURLcode rc;

	forget_fields(a);
	copl_strbuf_reset(&a->body);
	a->body.max = q->max_answer;
	a->failure = COPL_NET_NONE;
	a->status = 0;
	a->error[0] = n->error[0] = '\0';
	if (kind != COPL_URL_HTTPS && kind != COPL_URL_LOOPBACK)
		return fail(a, COPL_NET_URL, _("the address is not allowed"));
	curl_easy_reset(n->curl);
	n->loopback_only = kind == COPL_URL_LOOPBACK;
	st = build_headers(q, &headers);
	if (st != COPL_OK)
		goto out;
	rc = set_safety(n, q);
	if (rc == CURLE_OK)
		rc = set_limits(n, q);
	if (rc == CURLE_OK)
		rc = set_transfer(n, &x);
	if (rc == CURLE_OK)
		rc = curl_easy_setopt(n->curl, CURLOPT_HTTPHEADER, headers);
	if (rc == CURLE_OK)
		rc = perform(n->curl);
	st = judge(n, &x, rc);
out:
	curl_easy_setopt(n->curl, CURLOPT_ERRORBUFFER, NULL);
	curl_easy_setopt(n->curl, CURLOPT_HTTPHEADER, NULL);
	curl_slist_free_all(headers);
	return st;
}
