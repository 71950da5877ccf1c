/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <unistd.h>
#include <cmocka.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include "net/net_priv.h"

/* Two ends; what is written to the second can be read from the first. */
struct pair {
	struct copl_watch w;
	int fd[2];
};

static void open_pair(struct pair *p)
{
	assert_true(copl_watch_open(&p->w));
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, p->fd), 0);
}

static void close_pair(struct pair *p)
{
	close(p->fd[0]);
	close(p->fd[1]);
	copl_watch_close(&p->w);
}

/* What the kernel tells at this moment; 0: nothing. */
static uint32_t told(const struct pair *p)
{
	struct epoll_event ev = {.events = 0};
	int n = epoll_wait(p->w.epoll, &ev, 1, 0);

	assert_true(n == 0 || n == 1);
	if (n == 1)
		assert_int_equal(ev.data.fd, p->fd[0]);
	return n == 1 ? ev.events : 0;
}

static void say(const struct pair *p)
{
	assert_int_equal(write(p->fd[1], "x", 1), 1);
}

/* The kernel does not know it: nothing can be changed there. */
static bool is_watched(const struct pair *p)
{
	struct epoll_event ev = {.events = EPOLLIN, .data.fd = p->fd[0]};

	return epoll_ctl(p->w.epoll, EPOLL_CTL_MOD, p->fd[0], &ev) == 0;
}

static void a_socket_of_others_is_let_go_at_once(void **state)
{
	struct pair p;

	(void)state;
	open_pair(&p);
	copl_watch_want(&p.w, p.fd[0], EPOLLIN);
	assert_int_equal(told(&p), 0);
	copl_watch_want(&p.w, p.fd[0], EPOLLIN | EPOLLOUT);
	assert_int_equal(told(&p), EPOLLOUT);
	assert_true(copl_watch_heard(&p.w, p.fd[0]));
	copl_watch_want(&p.w, p.fd[0], 0);
	assert_false(is_watched(&p));
	close_pair(&p);
}

static void one_of_ours_stays_until_something_is_heard_of_it(void **state)
{
	struct pair p;

	(void)state;
	open_pair(&p);
	assert_true(copl_watch_adopt(&p.w, p.fd[0]));
	copl_watch_want(&p.w, p.fd[0], EPOLLIN);
	copl_watch_want(&p.w, p.fd[0], 0);
	assert_true(is_watched(&p));
	/* The next exchange on it. */
	copl_watch_want(&p.w, p.fd[0], EPOLLIN);
	say(&p);
	assert_int_equal(told(&p), EPOLLIN);
	assert_true(copl_watch_heard(&p.w, p.fd[0]));
	/* Nobody waits, and it can be read: told once, and no more. */
	copl_watch_want(&p.w, p.fd[0], 0);
	assert_int_equal(told(&p), EPOLLIN);
	assert_false(copl_watch_heard(&p.w, p.fd[0]));
	assert_int_equal(told(&p), 0);
	assert_false(is_watched(&p));
	/* And whoever waits again gets to know. */
	copl_watch_want(&p.w, p.fd[0], EPOLLIN);
	assert_int_equal(told(&p), EPOLLIN);
	assert_true(copl_watch_heard(&p.w, p.fd[0]));
	close_pair(&p);
}

static void what_is_wanted_now_is_what_is_told(void **state)
{
	struct pair p;

	(void)state;
	open_pair(&p);
	assert_true(copl_watch_adopt(&p.w, p.fd[0]));
	copl_watch_want(&p.w, p.fd[0], EPOLLOUT);
	assert_int_equal(told(&p), EPOLLOUT);
	copl_watch_want(&p.w, p.fd[0], 0);
	copl_watch_want(&p.w, p.fd[0], EPOLLIN);
	assert_int_equal(told(&p), 0);
	say(&p);
	assert_int_equal(told(&p), EPOLLIN);
	close_pair(&p);
}

/* A number is used again: nothing is left of the socket that had it. */
static void a_closed_one_is_forgotten_though_a_child_keeps_it(void **state)
{
	struct pair p;
	int kept;

	(void)state;
	open_pair(&p);
	assert_true(copl_watch_adopt(&p.w, p.fd[0]));
	copl_watch_want(&p.w, p.fd[0], EPOLLIN);
	kept = dup(p.fd[0]);
	assert_true(kept >= 0);
	copl_watch_drop(&p.w, p.fd[0]);
	say(&p);
	assert_int_equal(told(&p), 0);
	assert_int_equal(dup2(kept, p.fd[0]), p.fd[0]);
	assert_true(copl_watch_adopt(&p.w, p.fd[0]));
	copl_watch_want(&p.w, p.fd[0], EPOLLIN);
	assert_int_equal(told(&p), EPOLLIN);
	close(kept);
	close_pair(&p);
}

static void descriptors_of_any_number_can_be_ours(void **state)
{
	struct pair p;
	int high;

	(void)state;
	open_pair(&p);
	high = dup2(p.fd[0], 300);
	assert_int_equal(high, 300);
	assert_false(copl_watch_adopt(&p.w, -1));
	assert_true(copl_watch_adopt(&p.w, high));
	close(p.fd[0]);
	p.fd[0] = high;
	copl_watch_want(&p.w, high, EPOLLIN);
	copl_watch_want(&p.w, high, 0);
	assert_true(is_watched(&p));
	close_pair(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_socket_of_others_is_let_go_at_once),
	    cmocka_unit_test(one_of_ours_stays_until_something_is_heard_of_it),
	    cmocka_unit_test(what_is_wanted_now_is_what_is_told),
	    cmocka_unit_test(a_closed_one_is_forgotten_though_a_child_keeps_it),
	    cmocka_unit_test(descriptors_of_any_number_can_be_ours),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
