/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include <unistd.h>
#include <sys/epoll.h>
#include "net/net_priv.h"

/* What the kernel watches for, and what somebody waits for. */
struct copl_watched {
	uint32_t set, wanted;
	bool ours; /* opened here, so its end is heard of */
};

bool copl_watch_open(struct copl_watch *w)
{
	memset(w, 0, sizeof(*w));
	w->epoll = epoll_create1(EPOLL_CLOEXEC);
	return w->epoll >= 0;
}

void copl_watch_close(struct copl_watch *w)
{
	if (w->epoll >= 0)
		close(w->epoll);
	free(w->list);
}

static struct copl_watched *find(const struct copl_watch *w, int fd)
{
	if (fd < 0 || (size_t)fd >= w->n || !w->list[fd].ours)
		return NULL;
	return &w->list[fd];
}

bool copl_watch_adopt(struct copl_watch *w, int fd)
{
	struct copl_watched *list = w->list;
	const size_t n = (size_t)fd + 1;

	if (fd < 0)
		return false;
	while (w->n < n) {
		list = copl_grow(list, w->n, &w->room, sizeof(*list));
		if (list == NULL)
			return false;
		w->list = list;
		memset(&list[w->n++], 0, sizeof(*list));
	}
	list[fd] = (struct copl_watched){.ours = true};
	return true;
}

static bool control(const struct copl_watch *w, int op, int fd, uint32_t events)
{
	struct epoll_event ev = {.events = events, .data.fd = fd};

	return epoll_ctl(w->epoll, op, fd, &ev) == 0;
}

void copl_watch_want(struct copl_watch *w, int fd, uint32_t events)
{
	struct copl_watched *s = find(w, fd);

	if (s == NULL && events == 0) {
		control(w, EPOLL_CTL_DEL, fd, 0);
	} else if (s == NULL) {
		if (!control(w, EPOLL_CTL_MOD, fd, events))
			control(w, EPOLL_CTL_ADD, fd, events);
	} else {
		s->wanted = events;
		if (events == 0 || events == s->set)
			return;
		if (control(w, s->set == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, fd,
			events))
			s->set = events;
	}
}

static void leave(const struct copl_watch *w, struct copl_watched *s, int fd)
{
	if (s->set != 0)
		control(w, EPOLL_CTL_DEL, fd, 0);
	s->set = 0;
}

bool copl_watch_heard(struct copl_watch *w, int fd)
{
	struct copl_watched *s = find(w, fd);

	if (s == NULL || s->wanted != 0)
		return true;
	leave(w, s, fd);
	return false;
}

void copl_watch_drop(struct copl_watch *w, int fd)
{
	struct copl_watched *s = find(w, fd);

	if (s == NULL)
		return;
	/* A child that is just beginning may keep it open for a moment. */
	leave(w, s, fd);
	*s = (struct copl_watched){.ours = false};
}
