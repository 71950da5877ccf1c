/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <unistd.h>
#include "base/i18n.h"
#include "serve/serve_priv.h"

#define BACKLOG 1024

struct address {
	union {
		struct sockaddr any;
		struct sockaddr_in v4;
		struct sockaddr_in6 v6;
	} u;
	socklen_t len;
	bool loopback;
};

/* "127.0.0.1:8101" or "[::1]:0" */
static bool parse(const char *where, struct address *out)
{
	const char *colon = strrchr(where, ':');
	char host[INET6_ADDRSTRLEN + 2];
	uint64_t port;
	size_t len;

	memset(out, 0, sizeof(*out));
	if (colon == NULL || !copl_number_parse(colon + 1, 65535, &port))
		return false;
	len = (size_t)(colon - where);
	if (len == 0 || len >= sizeof(host))
		return false;
	memcpy(host, where, len);
	host[len] = '\0';
	if (host[0] == '[' && host[len - 1] == ']') {
		host[len - 1] = '\0';
		out->u.v6.sin6_family = AF_INET6;
		out->u.v6.sin6_port = htons((uint16_t)port);
		out->len = sizeof(out->u.v6);
		if (inet_pton(AF_INET6, host + 1, &out->u.v6.sin6_addr) != 1)
			return false;
		out->loopback = IN6_IS_ADDR_LOOPBACK(&out->u.v6.sin6_addr);
		return true;
	}
	out->u.v4.sin_family = AF_INET;
	out->u.v4.sin_port = htons((uint16_t)port);
	out->len = sizeof(out->u.v4);
	if (inet_pton(AF_INET, host, &out->u.v4.sin_addr) != 1)
		return false;
	out->loopback = ntohl(out->u.v4.sin_addr.s_addr) >> 24 == 127;
	return true;
}

static int bind_socket(const struct address *a)
{
	const int on = 1;
	int saved;
	int fd = socket(
	    a->u.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (fd < 0)
		return -1;
	if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) == 0 &&
	    (a->u.any.sa_family != AF_INET6 ||
		setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof(on)) ==
		    0) &&
	    bind(fd, &a->u.any, a->len) == 0 && listen(fd, BACKLOG) == 0)
		return fd;
	saved = errno;
	close(fd);
	errno = saved;
	return -1;
}

static enum copl_status refuse_open(
    struct copl_place at, struct copl_reporter *r)
{
	copl_report(r, COPL_ERROR, "listen-open", at,
	    _("this address can be reached from other machines: put "
	      "a web server with https in front, or say --open if "
	      "that is meant"));
	return COPL_E_INVALID;
}

enum copl_status serve_listen(
    const char *where, bool open, struct copl_reporter *r, int *out)
{
	const struct copl_place at = {where, 0, 0};
	struct address a;

	*out = -1;
	if (!parse(where, &a)) {
		copl_report(r, COPL_ERROR, "listen-malformed", at,
		    _("this is not an address to listen at, such as "
		      "127.0.0.1:8101 or [::1]:8101"));
		return COPL_E_INVALID;
	}
	if (!a.loopback && !open)
		return refuse_open(at, r);
	*out = bind_socket(&a);
	if (*out >= 0)
		return COPL_OK;
	copl_report(r, COPL_ERROR, "listen-failed", at,
	    _("cannot listen here: %s"), strerror(errno));
	return COPL_E_IO;
}

/* The address of a socket; false: it has none of ours. */
static bool read_address(int fd, struct address *out)
{
	socklen_t len = sizeof(out->u);

	memset(out, 0, sizeof(*out));
	if (getsockname(fd, &out->u.any, &len) != 0)
		return false;
	if (out->u.any.sa_family == AF_INET6)
		out->loopback = IN6_IS_ADDR_LOOPBACK(&out->u.v6.sin6_addr);
	else if (out->u.any.sa_family == AF_INET)
		out->loopback = ntohl(out->u.v4.sin_addr.s_addr) >> 24 == 127;
	else
		return false;
	return true;
}

bool serve_is_loopback(int fd)
{
	struct address a;

	return read_address(fd, &a) && a.loopback;
}

enum copl_status serve_adopt(int fd, bool open, struct copl_reporter *r)
{
	char where[SERVE_ADDRESS_SIZE] = "";
	const struct copl_place at = {where, 0, 0};
	socklen_t len = sizeof(int);
	struct address a;
	int listens = 0;

	if (!read_address(fd, &a) || !serve_address(fd, where) ||
	    getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listens, &len) != 0 ||
	    listens == 0 || fcntl(fd, F_SETFL, O_NONBLOCK) != 0 ||
	    fcntl(fd, F_SETFD, FD_CLOEXEC) != 0) {
		copl_report(r, COPL_ERROR, "listen-failed", at,
		    _("what the service manager handed over is not a socket "
		      "that listens"));
		return COPL_E_IO;
	}
	return a.loopback || open ? COPL_OK : refuse_open(at, r);
}

bool serve_address(int fd, char out[SERVE_ADDRESS_SIZE])
{
	char host[INET6_ADDRSTRLEN];
	struct address a;

	if (!read_address(fd, &a))
		return false;
	if (a.u.any.sa_family == AF_INET6) {
		if (inet_ntop(AF_INET6, &a.u.v6.sin6_addr, host,
			sizeof(host)) == NULL)
			return false;
		snprintf(out, SERVE_ADDRESS_SIZE, "[%s]:%u", host,
		    (unsigned)ntohs(a.u.v6.sin6_port));
		return true;
	}
	if (inet_ntop(AF_INET, &a.u.v4.sin_addr, host, sizeof(host)) == NULL)
		return false;
	snprintf(out, SERVE_ADDRESS_SIZE, "%s:%u", host,
	    (unsigned)ntohs(a.u.v4.sin_port));
	return true;
}
