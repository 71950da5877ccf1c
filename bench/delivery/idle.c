/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include "../aid.h"
#include "peer.h"

/* A figure of /proc/PID/status in KiB; 0 when it is not there. */
static unsigned long memory(const char *pid, const char *field)
{
	char path[64];
	char line[256];
	unsigned long kib = 0;
	size_t len = strlen(field);
	FILE *file = NULL;

	snprintf(path, sizeof(path), "/proc/%s/status", pid);
	file = fopen(path, "r");
	while (file != NULL && fgets(line, sizeof(line), file) != NULL)
		if (strncmp(line, field, len) == 0 && line[len] == ':')
			kib = strtoul(line + len + 1, NULL, 10);
	if (file != NULL)
		fclose(file);
	return kib;
}

/* Asks once, takes the whole head of the answer, and leaves it open: what a
   browser does that keeps its connection. */
static int ask(int fd, const char *path)
{
	char text[4096];
	size_t have = 0;
	int n = snprintf(text, sizeof(text),
	    "HEAD %s HTTP/1.1\r\nHost: localhost\r\n\r\n", path);

	if (n < 0 || (size_t)n >= sizeof(text) ||
	    send(fd, text, (size_t)n, MSG_NOSIGNAL) != n)
		return 0;
	while (have < sizeof(text) - 1) {
		struct pollfd p = {.fd = fd, .events = POLLIN};
		ssize_t got =
		    poll(&p, 1, 10000) > 0
			? read(fd, text + have, sizeof(text) - 1 - have)
			: 0;

		if (got <= 0)
			return 0;
		have += (size_t)got;
		text[have] = '\0';
		if (strstr(text, "\r\n\r\n") != NULL)
			return strncmp(text, "HTTP/1.1 2", 10) == 0;
	}
	return 0;
}

/* Still open on the other side, too. */
static int holds(int fd)
{
	char byte;
	ssize_t got = recv(fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT);

	return got < 0 && errno == EAGAIN;
}

/* Prints how many of them were answered and are held at the end, and what the
   server used before and uses then, in KiB. */
int peer_idle(int argc, char **argv)
{
	struct sockaddr_in at = peer_address(argv[1], argv[2]);
	size_t count = peer_number(argv[4], 1, 60000);
	int *fds = grow(NULL, count, sizeof(*fds));
	unsigned long before = memory(argv[0], "VmRSS");
	size_t held = 0;
	size_t n = 0;

	(void)argc;
	if (!peer_files(count + 16))
		die("peer: too few open files are allowed for %zu connections",
		    count);
	for (n = 0; n < count; n++) {
		fds[n] = peer_connect(&at);
		if (fds[n] < 0 || !ask(fds[n], argv[3]))
			break;
	}
	for (size_t i = 0; i < n; i++)
		held += holds(fds[i]) != 0;
	printf("%zu %lu %lu\n", held, before, memory(argv[0], "VmRSS"));
	free(fds);
	return 0;
}
