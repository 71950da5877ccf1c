/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include "../aid.h"
#include "peer.h"

#define PAIRS 64

/* A connection and its continuation; a side that has ended is shut, and the
   pair is gone when both have. */
struct pair {
	int fd[2];
	int ended[2];
};

struct relay {
	int listening;
	struct sockaddr_in to;
	struct pair pair[PAIRS];
	size_t n;
};

static void take(struct relay *r)
{
	struct pair p = {.fd = {-1, -1}};

	p.fd[0] = accept4(r->listening, NULL, NULL, SOCK_CLOEXEC);
	if (p.fd[0] >= 0 && r->n < PAIRS)
		p.fd[1] = peer_connect(&r->to);
	if (p.fd[1] >= 0)
		r->pair[r->n++] = p;
	else if (p.fd[0] >= 0)
		close(p.fd[0]);
}

static int send_all(int fd, const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t sent = send(fd, bytes, len, MSG_NOSIGNAL);

		if (sent < 0 && errno == EINTR)
			continue;
		if (sent <= 0)
			return 0;
		bytes += sent;
		len -= (size_t)sent;
	}
	return 1;
}

/* From one side to the other; what was moved is said at once, so that it is
   known when the relay is ended: 0 is what the client sent, 1 what it got. */
static void pass(struct pair *p, int from)
{
	char bytes[65536];
	ssize_t got = read(p->fd[from], bytes, sizeof(bytes));

	if (got > 0 && send_all(p->fd[!from], bytes, (size_t)got)) {
		printf("%d %zd\n", from, got);
		fflush(stdout);
		return;
	}
	shutdown(p->fd[!from], SHUT_WR);
	p->ended[from] = 1;
	if (got > 0)
		p->ended[!from] = 1;
}

static void turn(struct relay *r)
{
	struct pollfd fds[1 + 2 * PAIRS] = {
	    {.fd = r->listening, .events = POLLIN}};
	size_t n = r->n;

	for (size_t i = 0; i < 2 * n; i++)
		fds[1 + i] = (struct pollfd){.events = POLLIN,
		    .fd = r->pair[i / 2].ended[i % 2]
			      ? -1
			      : r->pair[i / 2].fd[i % 2]};
	if (poll(fds, 1 + 2 * n, -1) < 0 && errno != EINTR)
		die("peer: %s", strerror(errno));
	for (size_t i = 2 * n; i-- > 0;) {
		struct pair *p = &r->pair[i / 2];

		if (fds[1 + i].revents != 0)
			pass(p, (int)(i % 2));
		if (i % 2 == 0 && p->ended[0] && p->ended[1]) {
			close(p->fd[0]);
			close(p->fd[1]);
			*p = r->pair[--r->n];
		}
	}
	if (fds[0].revents != 0)
		take(r);
}

int peer_relay(int argc, char **argv)
{
	static struct relay r;
	struct sockaddr_in at = peer_address("127.0.0.1", argv[0]);

	(void)argc;
	r.to = peer_address(argv[1], argv[2]);
	r.listening = peer_listen(&at);
	for (;;)
		turn(&r);
}
