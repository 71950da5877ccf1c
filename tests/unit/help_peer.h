/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A peer that behaves as a test says: on loopback, at a port that the kernel
 * chooses, a thread a connection.  What it heard is kept.
 */
#ifndef HELP_PEER_H
#define HELP_PEER_H

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include "net/net_priv.h"

#define PEER_SECONDS 240 /* no test may hang longer */
#define PEER_PATIENCE_S 20
#define PEER_MOST 1000 /* connections to one peer */

struct peer;
/* One connection, the nth (from 0); it is closed when this returns. */
typedef void peer_fn(struct peer *p, int fd, unsigned nth);

struct peer {
	peer_fn *fn;
	int fd;
	unsigned port;
	char url[64];
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_t threads[PEER_MOST]; /* one for each connection */
	unsigned connections, requests, open, most_open;
	size_t body_bytes;
	char heads[16000]; /* of all requests, in order */
	char body[4096]; /* of the last one */
};

struct peer_conn {
	struct peer *p;
	int fd;
	unsigned nth;
};

static inline void must(bool ok, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "peer: %s\n", what);
	abort();
}

static inline void peer_say(int fd, const char *text)
{
	size_t len = strlen(text);

	while (len > 0) {
		ssize_t n = send(fd, text, len, MSG_NOSIGNAL);

		if (n <= 0)
			return;
		text += n;
		len -= (size_t)n;
	}
}

static inline void peer_nap(int ms)
{
	poll(NULL, 0, ms);
}

/* Waits until the other side hangs up. */
static inline void peer_linger(int fd)
{
	char c[4096];

	while (recv(fd, c, sizeof(c), 0) > 0)
		;
}

/* The connection is cut with a reset. */
static inline void peer_reset(int fd)
{
	const struct linger hard = {1, 0};

	setsockopt(fd, SOL_SOCKET, SO_LINGER, &hard, sizeof(hard));
}

/* Reads a head, byte by byte so that the body stays; false: hung up. */
static inline bool peer_head(struct peer *p, int fd, char *out, size_t room)
{
	size_t n = 0, used;

	out[0] = '\0';
	while (n + 1 < room && strstr(out, "\r\n\r\n") == NULL) {
		if (recv(fd, out + n, 1, 0) != 1)
			return false;
		out[++n] = '\0';
	}
	pthread_mutex_lock(&p->lock);
	p->requests++;
	used = strlen(p->heads);
	snprintf(p->heads + used, sizeof(p->heads) - used, "%s", out);
	pthread_mutex_unlock(&p->lock);
	return true;
}

static inline size_t peer_length(const char *head)
{
	const char *field = strcasestr(head, "\nContent-Length:");

	return field == NULL ? 0 : strtoul(field + 16, NULL, 10);
}

static inline bool peer_body(struct peer *p, int fd, size_t len)
{
	char chunk[16384];

	pthread_mutex_lock(&p->lock);
	p->body[0] = '\0';
	pthread_mutex_unlock(&p->lock);
	while (len > 0) {
		ssize_t n = recv(
		    fd, chunk, len < sizeof(chunk) ? len : sizeof(chunk), 0);

		if (n <= 0)
			return false;
		len -= (size_t)n;
		pthread_mutex_lock(&p->lock);
		p->body_bytes += (size_t)n;
		snprintf(p->body, sizeof(p->body), "%.*s", (int)n, chunk);
		pthread_mutex_unlock(&p->lock);
	}
	return true;
}

/* Reads one whole request. */
static inline bool peer_request(struct peer *p, int fd, char head[8192])
{
	return peer_head(p, fd, head, 8192) &&
	       peer_body(p, fd, peer_length(head));
}

static inline void *peer_connection(void *arg)
{
	struct peer_conn c = *(struct peer_conn *)arg;

	free(arg);
	c.p->fn(c.p, c.fd, c.nth);
	close(c.fd);
	pthread_mutex_lock(&c.p->lock);
	c.p->open--;
	pthread_mutex_unlock(&c.p->lock);
	return NULL;
}

static inline void peer_accept(struct peer *p, int fd)
{
	const struct timeval patience = {PEER_PATIENCE_S, 0};
	struct peer_conn *c = malloc(sizeof(*c));
	unsigned nth = p->connections;

	must(c != NULL && nth < PEER_MOST, "too many connections");
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
	pthread_mutex_lock(&p->lock);
	*c = (struct peer_conn){p, fd, p->connections++};
	p->open++;
	if (p->open > p->most_open)
		p->most_open = p->open;
	pthread_mutex_unlock(&p->lock);
	must(pthread_create(&p->threads[nth], NULL, peer_connection, c) == 0,
	    "thread");
}

/* accept(2) wants a number already while it waits; a test may leave it none. */
static inline void *peer_main(void *arg)
{
	struct peer *p = arg;
	int fd;

	for (;;) {
		fd = accept(p->fd, NULL, NULL);
		if (fd >= 0)
			peer_accept(p, fd);
		else if (errno == EMFILE)
			peer_nap(10);
		else
			return NULL;
	}
}

static inline int peer_listen(const struct sockaddr *a, socklen_t len)
{
	int fd = socket(a->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd >= 0 && bind(fd, a, len) == 0 && listen(fd, 512) == 0)
		return fd;
	if (fd >= 0)
		close(fd);
	return -1;
}

/* False: this machine does not speak IPv6. */
static inline bool peer_start(struct peer *p, peer_fn *fn, bool v6)
{
	struct sockaddr_in a4 = {
	    .sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
	struct sockaddr_in6 a6 = {
	    .sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT};
	socklen_t len = v6 ? sizeof(a6) : sizeof(a4);
	struct sockaddr *a =
	    v6 ? (struct sockaddr *)&a6 : (struct sockaddr *)&a4;

	memset(p, 0, sizeof(*p));
	p->fn = fn;
	pthread_mutex_init(&p->lock, NULL);
	p->fd = peer_listen(a, len);
	if (p->fd < 0)
		return false;
	must(getsockname(p->fd, a, &len) == 0, "getsockname");
	p->port = ntohs(v6 ? a6.sin6_port : a4.sin_port);
	snprintf(p->url, sizeof(p->url), "http://%s:%u/",
	    v6 ? "[::1]" : "127.0.0.1", p->port);
	must(pthread_create(&p->thread, NULL, peer_main, p) == 0, "thread");
	return true;
}

static inline unsigned peer_open(struct peer *p)
{
	unsigned n;

	pthread_mutex_lock(&p->lock);
	n = p->open;
	pthread_mutex_unlock(&p->lock);
	return n;
}

/* Waits for the connections: whoever holds one has closed it before. */
static inline void peer_stop(struct peer *p)
{
	unsigned i;

	shutdown(p->fd, SHUT_RDWR);
	pthread_join(p->thread, NULL);
	close(p->fd);
	for (i = 0; i < p->connections; i++)
		pthread_join(p->threads[i], NULL);
	pthread_mutex_destroy(&p->lock);
}

static inline unsigned peer_count(const char *text, const char *what)
{
	unsigned n = 0;

	while ((text = strcasestr(text, what)) != NULL) {
		n++;
		text += strlen(what);
	}
	return n;
}

/* Asks for a password in these ways, and is content with any. */
static inline void peer_wants_digest(
    struct peer *p, int fd, const char *challenges)
{
	char head[8192], ask[1000];

	snprintf(ask, sizeof(ask),
	    "HTTP/1.1 401 Who?\r\nContent-Length: 4\r\n%s\r\nwho?", challenges);
	while (peer_request(p, fd, head))
		peer_say(fd,
		    strstr(head, "\nAuthorization: Digest ") == NULL
			? ask
			: "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
}

#endif
