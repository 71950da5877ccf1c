/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>
#include "base/i18n.h"
#include "serve/collect.h"

/* All fields of a request and of its answer; an idle connection keeps it. */
#define MEMORY_PER_CONNECTION ((size_t)8 << 10)
#define BACKLOG 1024u
#define PRIORITIES "SECURE128:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"
#define OPTIONS_MAX 16
#define LEAVE_MS UINT64_C(120000)
/* A connection that was taken just before has been counted by then. */
#define LINGER_MS UINT64_C(2000)

struct options {
	struct MHD_OptionItem list[OPTIONS_MAX];
	size_t n;
};

static void add(
    struct options *o, enum MHD_OPTION option, size_t value, const void *p)
{
	union {
		const void *from;
		void *to;
	} cast = {.from = p};

	o->list[o->n].option = option;
	o->list[o->n].value = (intptr_t)value;
	o->list[o->n].ptr_value = cast.to;
	o->n++;
}

static struct MHD_Daemon *start(struct serving *s, int fd, struct front *front)
{
	const struct serve_limits *l = s->limits;
	unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC;
	struct options o = {.n = 0};

	add(&o, MHD_OPTION_LISTEN_BACKLOG_SIZE, BACKLOG, NULL);
	if (!serve_is_loopback(fd))
		add(&o, MHD_OPTION_PER_IP_CONNECTION_LIMIT, l->per_peer, NULL);
	if (s->cert != NULL) {
		flags |= MHD_USE_TLS;
		add(&o, MHD_OPTION_HTTPS_MEM_CERT, 0, s->cert);
		add(&o, MHD_OPTION_HTTPS_MEM_KEY, 0, s->cert_key);
		add(&o, MHD_OPTION_HTTPS_PRIORITIES, 0, PRIORITIES);
	}
	if (s->collect != NULL)
		flags |= MHD_ALLOW_SUSPEND_RESUME;
	if (s->o->now_offset != 0)
		flags |= MHD_USE_SUPPRESS_DATE_NO_CLOCK;
	add(&o, MHD_OPTION_END, 0, NULL);
	return MHD_start_daemon(flags, 0, NULL, NULL, handler_access, s,
	    MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_STRICT_FOR_CLIENT, 1,
	    MHD_OPTION_THREAD_POOL_SIZE, l->threads,
	    MHD_OPTION_CONNECTION_LIMIT,
	    s->o->connections == 0 ? l->connections : s->o->connections,
	    MHD_OPTION_CONNECTION_TIMEOUT, l->silence_s,
	    MHD_OPTION_CONNECTION_MEMORY_LIMIT, MEMORY_PER_CONNECTION,
	    MHD_OPTION_UNESCAPE_CALLBACK, handler_unescape, NULL,
	    MHD_OPTION_NOTIFY_COMPLETED, handler_completed, s,
	    MHD_OPTION_NOTIFY_CONNECTION, guard_notify, front, MHD_OPTION_ARRAY,
	    o.list, MHD_OPTION_END);
}

static void finish(struct front *f)
{
	MHD_stop_daemon(f->daemon);
	close(f->fd);
	free(f);
}

/* It accepts no more, and ends when its last connection does. */
static void leave(struct serving *s, struct front *f)
{
	MHD_quiesce_daemon(f->daemon);
	f->from_ms = guard_clock_ms() + LINGER_MS;
	f->until_ms = guard_clock_ms() + LEAVE_MS;
	f->next = s->leaving;
	s->leaving = f;
}

static enum copl_status open_one(
    struct serving *s, size_t i, struct copl_reporter *r)
{
	struct front *f = calloc(1, sizeof(*f));
	char where[SERVE_ADDRESS_SIZE] = "";

	if (f == NULL)
		return COPL_E_NOMEM;
	f->s = s;
	/* One that does not start closes its socket, so it gets another. */
	f->fd = fcntl(s->fds[i], F_DUPFD_CLOEXEC, 0);
	f->daemon = f->fd < 0 ? NULL : start(s, f->fd, f);
	if (f->daemon != NULL) {
		if (s->fronts[i] != NULL)
			leave(s, s->fronts[i]);
		s->fronts[i] = f;
		return COPL_OK;
	}
	free(f);
	serve_address(s->fds[i], where);
	if (s->cert != NULL)
		copl_report(r, COPL_ERROR, "tls-unusable",
		    (struct copl_place){s->o->tls_cert, 0, 0},
		    _("this certificate and its key in %s cannot be used: "
		      "both must be PEM files and belong together"),
		    s->o->tls_key);
	else
		copl_report(r, COPL_ERROR, "listen-failed",
		    (struct copl_place){where, 0, 0},
		    _("cannot serve here: the system has no threads or no "
		      "descriptors left"));
	return s->cert != NULL ? COPL_E_INVALID : COPL_E_IO;
}

enum copl_status front_open(struct serving *s, struct copl_reporter *r)
{
	enum copl_status st = COPL_OK;
	size_t i;

	for (i = 0; st == COPL_OK && i < s->nfds; i++)
		st = open_one(s, i, r);
	return st;
}

void front_sweep(struct serving *s)
{
	struct front **link = &s->leaving, *f;
	uint64_t now = guard_clock_ms();

	while ((f = *link) != NULL) {
		if (now < f->from_ms ||
		    (atomic_load(&f->connections) > 0 && now < f->until_ms) ||
		    !collect_lets_go(s, f)) {
			link = &f->next;
			continue;
		}
		*link = f->next;
		finish(f);
	}
}

/* Quiet twice: a request may have been on its way to the first look. */
static void wait_until_quiet(struct serving *s)
{
	uint64_t end = guard_clock_ms() + s->limits->stop_ms;
	unsigned quiet = 0;

	while (quiet < 2 && guard_clock_ms() < end) {
		poll(NULL, 0, 50);
		quiet = atomic_load(&s->busy) == 0 ? quiet + 1 : 0;
		guard_sweep(&s->guard);
	}
}

void front_close(struct serving *s)
{
	struct front *f;
	size_t i;

	for (i = 0; i < s->nfds; i++) {
		if (s->fronts[i] != NULL)
			leave(s, s->fronts[i]);
		s->fronts[i] = NULL;
		close(s->fds[i]);
	}
	s->nfds = 0;
	if (s->leaving != NULL)
		wait_until_quiet(s);
	collect_drain(s);
	while ((f = s->leaving) != NULL) {
		s->leaving = f->next;
		finish(f);
	}
}
