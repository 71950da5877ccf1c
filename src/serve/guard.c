/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <time.h>
#include "serve/serve_priv.h"

/* libmicrohttpd's own timeout counts silence only; these count all time. */

uint64_t guard_clock_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

static void begin(struct front *front, struct MHD_Connection *connection,
    void **socket_context)
{
	struct guard *g = &front->s->guard;
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
	    connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	struct guard_connection *c = calloc(1, sizeof(*c));

	if (c == NULL || info == NULL) {
		free(c);
		return;
	}
	c->fd = info->connect_fd;
	c->front = front;
	atomic_init(&c->until_ms, guard_clock_ms() + g->limits->header_ms);
	atomic_fetch_add(&front->connections, 1);
	pthread_mutex_lock(&g->lock);
	c->next = g->first;
	c->link = &g->first;
	if (c->next != NULL)
		c->next->link = &c->next;
	g->first = c;
	pthread_mutex_unlock(&g->lock);
	*socket_context = c;
}

void guard_notify(void *cls, struct MHD_Connection *connection,
    void **socket_context, enum MHD_ConnectionNotificationCode what)
{
	struct front *front = cls;
	struct guard *g = &front->s->guard;
	struct guard_connection *c = *socket_context;

	if (what == MHD_CONNECTION_NOTIFY_STARTED) {
		begin(front, connection, socket_context);
		return;
	}
	if (c == NULL)
		return;
	pthread_mutex_lock(&g->lock);
	*c->link = c->next;
	if (c->next != NULL)
		c->next->link = c->link;
	pthread_mutex_unlock(&g->lock);
	free(c);
	*socket_context = NULL;
	atomic_fetch_sub(&front->connections, 1);
}

struct guard_connection *guard_of(struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info =
	    connection == NULL ? NULL
			       : MHD_get_connection_info(connection,
				     MHD_CONNECTION_INFO_SOCKET_CONTEXT);

	return info == NULL ? NULL : info->socket_context;
}

void guard_allow(
    const struct guard *g, struct MHD_Connection *connection, uint64_t bytes)
{
	struct guard_connection *c = guard_of(connection);

	/* A kilobyte a second is the slowest link that counts. */
	if (c != NULL)
		atomic_store_explicit(&c->until_ms,
		    guard_clock_ms() + g->limits->body_ms + bytes,
		    memory_order_relaxed);
}

void guard_moved(
    const struct guard *g, struct MHD_Connection *connection, uint64_t bytes)
{
	struct guard_connection *c = guard_of(connection);
	uint64_t most, until;

	if (c == NULL)
		return;
	most = guard_clock_ms() + g->limits->body_ms;
	until = atomic_load_explicit(&c->until_ms, memory_order_relaxed);
	atomic_store_explicit(&c->until_ms,
	    until + bytes < most ? until + bytes : most, memory_order_relaxed);
}

void guard_idle(const struct guard *g, struct MHD_Connection *connection)
{
	struct guard_connection *c = guard_of(connection);

	if (c != NULL)
		atomic_store_explicit(&c->until_ms,
		    guard_clock_ms() + g->limits->header_ms +
			(uint64_t)g->limits->silence_s * 1000,
		    memory_order_relaxed);
}

/* The socket is closed by its thread, which first takes it off the list. */
void guard_sweep(struct guard *g)
{
	uint64_t now = guard_clock_ms();
	struct guard_connection *c;

	pthread_mutex_lock(&g->lock);
	for (c = g->first; c != NULL; c = c->next)
		if (now >
		    atomic_load_explicit(&c->until_ms, memory_order_relaxed))
			shutdown(c->fd, SHUT_RDWR);
	pthread_mutex_unlock(&g->lock);
}
