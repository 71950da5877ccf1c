/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Many people who send the same form at one time, for tests and benchmarks.
 *
 *   poster PORT CLIENTS COUNT BODY [ACKNOWLEDGED]
 *
 * BODY is a file with the fields; each post gets an "_id" and "idea" of its own
 * behind them.  A post that gets no whole answer is sent again until it gets
 * one, as people do; one that is thanked for (200) is written as a line with
 * its id to ACKNOWLEDGED.  Prints one line: what was answered how often, posts
 * a second, and how long one took, in milliseconds.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define CLIENTS_MAX 1000
#define BODY_MAX 20000
#define PATIENCE_S 120

static struct {
	unsigned port;
	unsigned long count;
	char body[BODY_MAX];
	FILE *acknowledged;
	pthread_mutex_t lock; /* of that file */
	atomic_ulong next;
	atomic_ulong thanked;
	atomic_ulong again; /* no whole answer came */
	atomic_ulong other; /* another status */
	double *took; /* milliseconds, one a post */
} all;

static double now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int dial(void)
{
	const struct timeval patience = {30, 0};
	struct sockaddr_in a = {.sin_family = AF_INET,
	    .sin_port = htons((uint16_t)all.port),
	    .sin_addr = {htonl(INADDR_LOOPBACK)}};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	if (connect(fd, (struct sockaddr *)&a, sizeof(a)) == 0)
		return fd;
	close(fd);
	return -1;
}

/* All of it, until the other side closes; the status, 0: it was cut. */
static unsigned receive(int fd)
{
	char head[512] = "", rest[65536];
	const char *length;
	size_t got = 0, total = 0;
	ssize_t n;

	while ((n = recv(fd, rest, sizeof(rest), 0)) > 0) {
		size_t room = sizeof(head) - 1 - got;
		size_t part = (size_t)n < room ? (size_t)n : room;

		memcpy(head + got, rest, part);
		got += part;
		total += (size_t)n;
	}
	head[got] = '\0';
	length = strstr(head, "\r\nContent-Type: ");
	if (n < 0 || strncmp(head, "HTTP/1.1 ", 9) != 0 || length == NULL ||
	    total < 300)
		return 0;
	return (unsigned)strtoul(head + 9, NULL, 10);
}

static unsigned post(unsigned long number)
{
	char request[BODY_MAX + 600], tail[120];
	int fd = dial(), len;
	unsigned status;

	if (fd < 0)
		return 0;
	snprintf(tail, sizeof(tail), "&idea=n%lu&_id=%032lx", number, number);
	len = snprintf(request, sizeof(request),
	    "POST / HTTP/1.1\r\nHost: forms.example.org\r\nContent-Type: "
	    "application/x-www-form-urlencoded\r\nContent-Length: "
	    "%zu\r\n\r\n%s%s",
	    strlen(all.body) + strlen(tail), all.body, tail);
	status = send(fd, request, (size_t)len, MSG_NOSIGNAL) == len
		     ? receive(fd)
		     : 0;
	close(fd);
	return status;
}

static void acknowledge(unsigned long number)
{
	if (all.acknowledged == NULL)
		return;
	pthread_mutex_lock(&all.lock);
	fprintf(all.acknowledged, "%032lx\n", number);
	fflush(all.acknowledged);
	pthread_mutex_unlock(&all.lock);
}

static void send_one(unsigned long number)
{
	double begin = now_ms(), end = begin + PATIENCE_S * 1e3;
	unsigned status;

	while ((status = post(number)) == 0 && now_ms() < end) {
		atomic_fetch_add(&all.again, 1);
		poll(NULL, 0, 20);
	}
	all.took[number] = now_ms() - begin;
	if (status != 200) {
		if (atomic_fetch_add(&all.other, 1) == 0)
			fprintf(stderr, "answered with %u\n", status);
		return;
	}
	atomic_fetch_add(&all.thanked, 1);
	acknowledge(number);
}

static void *client(void *arg)
{
	unsigned long number;

	(void)arg;
	while ((number = atomic_fetch_add(&all.next, 1)) < all.count)
		send_one(number);
	return NULL;
}

static int by_time(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static bool read_body(const char *path)
{
	FILE *f = fopen(path, "r");
	size_t n;

	if (f == NULL)
		return false;
	n = fread(all.body, 1, sizeof(all.body) - 1, f);
	fclose(f);
	while (n > 0 && all.body[n - 1] == '\n')
		n--;
	all.body[n] = '\0';
	return n > 0;
}

static bool read_arguments(int argc, char **argv, unsigned long *clients)
{
	if (argc < 5)
		return false;
	all.port = (unsigned)strtoul(argv[1], NULL, 10);
	*clients = strtoul(argv[2], NULL, 10);
	all.count = strtoul(argv[3], NULL, 10);
	if (argc > 5 && (all.acknowledged = fopen(argv[5], "w")) == NULL)
		return false;
	all.took = calloc(all.count + 1, sizeof(*all.took));
	return *clients > 0 && *clients <= CLIENTS_MAX && all.count > 0 &&
	       all.took != NULL && read_body(argv[4]);
}

static void tell(double seconds)
{
	qsort(all.took, all.count, sizeof(*all.took), by_time);
	printf("thanked=%lu other=%lu again=%lu seconds=%.2f persecond=%.0f "
	       "p50=%.1f p99=%.1f max=%.1f\n",
	    atomic_load(&all.thanked), atomic_load(&all.other),
	    atomic_load(&all.again), seconds,
	    (double)atomic_load(&all.thanked) / seconds,
	    all.took[all.count / 2], all.took[all.count * 99 / 100],
	    all.took[all.count - 1]);
}

int main(int argc, char **argv)
{
	pthread_t threads[CLIENTS_MAX];
	unsigned long clients, i;
	double begin;

	pthread_mutex_init(&all.lock, NULL);
	if (!read_arguments(argc, argv, &clients)) {
		fprintf(stderr,
		    "usage: poster PORT CLIENTS COUNT BODY [ACKNOWLEDGED]\n");
		return 2;
	}
	begin = now_ms();
	for (i = 0; i < clients; i++)
		if (pthread_create(&threads[i], NULL, client, NULL) != 0)
			return 3;
	for (i = 0; i < clients; i++)
		pthread_join(threads[i], NULL);
	tell((now_ms() - begin) / 1e3);
	if (all.acknowledged != NULL && fclose(all.acknowledged) != 0)
		return 3;
	free(all.took);
	return atomic_load(&all.other) == 0 ? 0 : 1;
}
