/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include "../aid.h"
#include "peer.h"

#define MOST 4096

/* fds[i] was heard of: a new connection, bytes to throw away, or the end. */
static size_t heard(struct pollfd *fds, size_t n, size_t i, size_t listening)
{
	char thrown[65536];

	if (i < listening) {
		int fd = accept4(fds[i].fd, NULL, NULL, SOCK_CLOEXEC);

		if (fd >= 0 && n < MOST)
			fds[n++] = (struct pollfd){.fd = fd, .events = POLLIN};
		else if (fd >= 0)
			close(fd);
	} else if (read(fds[i].fd, thrown, sizeof(thrown)) <= 0) {
		close(fds[i].fd);
		fds[i] = fds[--n];
	}
	return n;
}

int peer_silent(int argc, char **argv)
{
	static struct pollfd fds[MOST];
	size_t listening = peer_number(argv[1], 1, 250);
	size_t n = 0;

	(void)argc;
	if (!peer_files(MOST + 16))
		die("peer: too few open files are allowed");
	for (; n < listening; n++) {
		char host[32];
		struct sockaddr_in at;

		snprintf(host, sizeof(host), "127.2.0.%zu", n + 1);
		at = peer_address(host, argv[0]);
		fds[n] =
		    (struct pollfd){.fd = peer_listen(&at), .events = POLLIN};
	}
	for (;;) {
		if (poll(fds, n, -1) < 0 && errno != EINTR)
			die("peer: %s", strerror(errno));
		/* from the end: what is closed gives its place to the last */
		for (size_t i = n; i-- > 0;)
			if (fds[i].revents != 0)
				n = heard(fds, n, i, listening);
	}
}
