/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <errno.h>
#include <string.h>
#include <unistd.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include "net/net_priv.h"

/* What was sent and not acknowledged for so long: the link is down. */
#define UNACKNOWLEDGED_MS 30000u

static void enter(struct copl_exchange *x, enum copl_phase phase)
{
	x->phase = phase;
	x->phase_at = copl_net_clock_ms();
	x->moved = 0;
}

size_t copl_on_read(char *out, size_t size, size_t n, void *arg)
{
	struct copl_exchange *x = arg;
	uint64_t left = x->q->length - x->sent;
	size_t room = size * n, len = room < left ? room : (size_t)left;

	if (len > 0)
		memcpy(out, x->q->body + x->sent, len);
	x->sent += len;
	x->moved += len;
	if (x->sent == x->q->length && x->phase == COPL_PHASE_SEND)
		enter(x, COPL_PHASE_ANSWER);
	return len;
}

/* A connection that died in the middle is begun again from here. */
int copl_on_seek(void *arg, curl_off_t to, int origin)
{
	struct copl_exchange *x = arg;

	if (origin != SEEK_SET || to < 0 || (uint64_t)to > x->q->length)
		return CURL_SEEKFUNC_FAIL;
	x->sent = (uint64_t)to;
	return CURL_SEEKFUNC_OK;
}

static bool via_proxy(const struct copl_exchange *x)
{
	return x->access->proxy != NULL && !x->url.target.loopback;
}

/* The address of a proxy was chosen by whoever set it up. */
static bool is_allowed(
    const struct copl_exchange *x, enum copl_address_scope scope)
{
	if (via_proxy(x))
		return scope != COPL_SCOPE_NEVER;
	return copl_address_allowed(scope, x->url.target.loopback, x->access);
}

/* Looks at the resolved address, so that no name service can lead away. */
curl_socket_t copl_on_socket(
    void *arg, curlsocktype purpose, struct curl_sockaddr *a)
{
	struct copl_exchange *x = arg;
	unsigned patience = UNACKNOWLEDGED_MS;
	int fd;

	(void)purpose;
	if (x->phase == COPL_PHASE_LOOKUP)
		enter(x, COPL_PHASE_CONNECT);
	if (!is_allowed(x, copl_address_scope(&a->addr, a->addrlen))) {
		x->refused_address = true;
		return CURL_SOCKET_BAD;
	}
	fd = socket(a->family, a->socktype | SOCK_CLOEXEC, a->protocol);
	if (fd < 0) {
		/* A family that this machine does not speak is no shortage. */
		x->no_sockets =
		    errno != EAFNOSUPPORT && errno != EPROTONOSUPPORT;
		return CURL_SOCKET_BAD;
	}
	if (!copl_watch_adopt(x->watch, fd)) {
		/* The exchange ends as if there were no room for the answer. */
		x->a->body.st = COPL_E_NOMEM;
		close(fd);
		return CURL_SOCKET_BAD;
	}
	x->tried_address = true;
	setsockopt(
	    fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &patience, sizeof(patience));
	return fd;
}

int copl_on_close(void *arg, curl_socket_t fd)
{
	copl_watch_drop(arg, fd);
	return close(fd);
}

/*
 * Before each request: a connection that is used again may have been made
 * for an endpoint that allows more.
 */
int copl_on_connected(
    void *arg, char *peer, char *own, int peer_port, int own_port)
{
	struct copl_exchange *x = arg;

	(void)own;
	(void)peer_port;
	(void)own_port;
	if (!is_allowed(x, copl_address_scope_text(peer))) {
		x->refused_address = true;
		return CURL_PREREQFUNC_ABORT;
	}
	/*
	 * Where a connection ends between the head and the content, libcurl
	 * 7.88 takes another one and does not go back for what it has read.
	 */
	x->sent = 0;
	enter(x, x->q->length > 0 && !copl_content_at_once(x->q)
		     ? COPL_PHASE_SEND
		     : COPL_PHASE_ANSWER);
	return CURL_PREREQFUNC_OK;
}

static bool is_late(struct copl_exchange *x, uint64_t now)
{
	if (x->phase != COPL_PHASE_LOOKUP && x->phase != COPL_PHASE_CONNECT)
		return copl_exchange_expired(x, x->clocks, now);
	x->expired = now >= x->connect_until;
	return x->expired;
}

/*
 * libcurl reads what a proxy answers to CONNECT for as long as anything comes,
 * and looks at no clock meanwhile.
 */
int copl_on_progress(void *arg, curl_off_t down_all, curl_off_t down,
    curl_off_t up_all, curl_off_t up)
{
	struct copl_exchange *x = arg;

	(void)down_all;
	(void)down;
	(void)up_all;
	(void)up;
	return x->q != NULL && is_late(x, copl_net_clock_ms()) ? 1 : 0;
}
