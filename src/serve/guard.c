/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <time.h>
#include "serve/serve_priv.h"

/* libmicrohttpd's own timeout counts silence only; these count all time. */
#define REQUEST_MS UINT64_C(20000)
#define TRANSFER_MS UINT64_C(30000)

uint64_t guard_clock_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

static void begin(
    struct guard *g, struct MHD_Connection *connection, void **socket_context)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
	    connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	struct guard_connection *c = calloc(1, sizeof(*c));

	if (c == NULL || info == NULL) {
		free(c);
		return;
	}
	c->fd = info->connect_fd;
	c->until_ms = guard_clock_ms() + REQUEST_MS;
	c->next = g->first;
	c->link = &g->first;
	if (c->next != NULL)
		c->next->link = &c->next;
	g->first = c;
	*socket_context = c;
}

void guard_notify(void *cls, struct MHD_Connection *connection,
    void **socket_context, enum MHD_ConnectionNotificationCode what)
{
	struct guard_connection *c = *socket_context;

	if (what == MHD_CONNECTION_NOTIFY_STARTED) {
		begin(cls, connection, socket_context);
		return;
	}
	if (c == NULL)
		return;
	*c->link = c->next;
	if (c->next != NULL)
		c->next->link = c->link;
	free(c);
	*socket_context = NULL;
}

void guard_allow(struct MHD_Connection *connection, uint64_t bytes)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
	    connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	struct guard_connection *c = info == NULL ? NULL : info->socket_context;

	/* A kilobyte a second is the slowest link that counts. */
	if (c != NULL)
		c->until_ms = guard_clock_ms() + TRANSFER_MS + bytes;
}

void guard_sweep(struct guard *g)
{
	uint64_t now = guard_clock_ms();
	struct guard_connection *c;

	for (c = g->first; c != NULL; c = c->next)
		if (now > c->until_ms)
			shutdown(c->fd, SHUT_RDWR);
}
