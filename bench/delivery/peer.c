/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The other side in the delivery bench, on loopback only:
 *   peer port HOST...         prints a port that is free at each HOST
 *   peer wait HOST PORT       waits 20 seconds at most until somebody listens
 *   peer silent PORT COUNT    listens at 127.2.0.1 and COUNT - 1 more, takes
 *                             what it is sent and never answers
 *   peer idle PID HOST PORT PATH COUNT
 *                             holds COUNT connections, prints what PID uses
 *   peer relay PORT HOST PORT passes everything on, counts the bytes
 * silent and relay run until a signal ends them.
 */
#include "config.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include "../aid.h"
#include "peer.h"

unsigned long peer_number(
    const char *text, unsigned long least, unsigned long most)
{
	char *end = NULL;
	unsigned long n = strtoul(text, &end, 10);

	if (*text == '\0' || *end != '\0' || n < least || n > most)
		die("peer: %s is not a number from %lu to %lu", text, least,
		    most);
	return n;
}

struct sockaddr_in peer_address(const char *host, const char *port)
{
	struct sockaddr_in at = {.sin_family = AF_INET};

	if (inet_pton(AF_INET, host, &at.sin_addr) != 1 ||
	    ntohl(at.sin_addr.s_addr) >> 24 != IN_LOOPBACKNET)
		die("peer: %s is not an address of loopback", host);
	at.sin_port = htons((uint16_t)peer_number(port, 0, 65535));
	return at;
}

static int try_listen(const struct sockaddr_in *at)
{
	int on = 1;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0)
		die("peer: %s", strerror(errno));
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (bind(fd, (const struct sockaddr *)at, sizeof(*at)) == 0 &&
	    listen(fd, 4096) == 0)
		return fd;
	close(fd);
	return -1;
}

int peer_listen(const struct sockaddr_in *at)
{
	int fd = try_listen(at);

	if (fd < 0)
		die("peer: cannot listen: %s", strerror(errno));
	return fd;
}

int peer_connect(const struct sockaddr_in *at)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd >= 0 &&
	    connect(fd, (const struct sockaddr *)at, sizeof(*at)) != 0) {
		close(fd);
		fd = -1;
	}
	return fd;
}

int peer_files(unsigned long needed)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
		return 0;
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
	return limit.rlim_cur >= needed;
}

/* One that is free at all of the hosts. */
static int free_port(int argc, char **argv)
{
	for (int tries = 0; tries < 100; tries++) {
		struct sockaddr_in at = peer_address("127.0.0.1", "0");
		socklen_t size = sizeof(at);
		int first = peer_listen(&at);
		int taken = 0;

		if (getsockname(first, (struct sockaddr *)&at, &size) != 0)
			die("peer: %s", strerror(errno));
		for (int i = 0; i < argc && !taken; i++) {
			struct sockaddr_in other = peer_address(argv[i], "0");
			int fd = -1;

			other.sin_port = at.sin_port;
			fd = other.sin_addr.s_addr == at.sin_addr.s_addr
				 ? dup(first)
				 : try_listen(&other);
			taken = fd < 0;
			if (fd >= 0)
				close(fd);
		}
		close(first);
		if (!taken) {
			printf("%u\n", ntohs(at.sin_port));
			return 0;
		}
	}
	return 1;
}

static int wait_for(const char *host, const char *port)
{
	const struct timespec pause = {.tv_nsec = 50000000};
	struct sockaddr_in at = peer_address(host, port);

	for (int tries = 0; tries < 400; tries++) {
		int fd = peer_connect(&at);

		if (fd >= 0) {
			close(fd);
			return 0;
		}
		nanosleep(&pause, NULL);
	}
	return 1;
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";

	if (strcmp(what, "port") == 0 && argc > 2)
		return free_port(argc - 2, argv + 2);
	if (strcmp(what, "wait") == 0 && argc == 4)
		return wait_for(argv[2], argv[3]);
	if (strcmp(what, "silent") == 0 && argc == 4)
		return peer_silent(argc - 2, argv + 2);
	if (strcmp(what, "idle") == 0 && argc == 7)
		return peer_idle(argc - 2, argv + 2);
	if (strcmp(what, "relay") == 0 && argc == 5)
		return peer_relay(argc - 2, argv + 2);
	die("peer: wrong usage");
}
