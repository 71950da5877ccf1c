/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One exchange with a peer, and peers that several tests need. */
#ifndef HELP_ASK_H
#define HELP_ASK_H

#include <signal.h>
#include <stdint.h>
#include "help_peer.h"

#define BIG ((size_t)8 << 20)

static const struct copl_clocks quick = {.connect_ms = 2000,
    .answer_ms = 300,
    .slow_ms = 250,
    .slow_bytes = 500};

/* ---- what all these tests begin with ---- */

static char *big; /* BIG bytes */

static inline int ask_set_up(void **state)
{
	(void)state;
	alarm(PEER_SECONDS);
	signal(SIGPIPE, SIG_DFL);
	/* None of the surroundings is looked at. */
	setenv("http_proxy", "http://127.0.0.1:9/", 1);
	setenv("ALL_PROXY", "http://127.0.0.1:9/", 1);
	big = malloc(BIG);
	must(big != NULL, "malloc");
	memset(big, 'x', BIG);
	return 0;
}

static inline int ask_tear_down(void **state)
{
	(void)state;
	free(big);
	return 0;
}

/* ---- one exchange ---- */

struct ask {
	const char *method, *path, *body;
	size_t length, max;
	uint32_t answer_ms, deadline_ms;
	bool last, follow;
	const struct copl_net_access *access;
	const struct copl_net_header *headers;
	size_t nheaders;
};

static inline struct copl_net_request request_of(
    const struct ask *k, const char *base, char url[300])
{
	snprintf(url, 300, "%s%s", base, k->path == NULL ? "a.xml" : k->path);
	return (struct copl_net_request){.method = k->method,
	    .url = url,
	    .headers = k->headers,
	    .nheaders = k->nheaders,
	    .body = k->body,
	    .length = k->length,
	    .max_answer = k->max == 0 ? 4096 : k->max,
	    .deadline_ms = k->deadline_ms,
	    .answer_ms = k->answer_ms,
	    .follow = k->follow,
	    .last = k->last,
	    .access = k->access};
}

static inline enum copl_status ask_on(struct copl_net *n, const char *base,
    const struct ask *k, struct copl_net_answer *a)
{
	char url[300];
	struct copl_net_request q = request_of(k, base, url);

	return copl_net_do(n, &q, a);
}

static inline enum copl_status ask_at(
    const char *base, const struct ask *k, struct copl_net_answer *a)
{
	struct copl_net *n = NULL;
	enum copl_status st;

	memset(a, 0, sizeof(*a));
	assert_int_equal(copl_net_open(&n), COPL_OK);
	st = ask_on(n, base, k, a);
	copl_net_close(n);
	return st;
}

/* One exchange with a new peer; its counts stay. */
static inline enum copl_status ask_peer(
    struct peer *p, peer_fn *fn, const struct ask *k, struct copl_net_answer *a)
{
	enum copl_status st;

	must(peer_start(p, fn, false), "listen");
	st = ask_at(p->url, k, a);
	peer_stop(p);
	return st;
}

/* The same on an engine whose clocks run fast. */
static inline enum copl_status ask_quickly(
    struct peer *p, peer_fn *fn, const struct ask *k, struct copl_net_answer *a)
{
	char url[300];
	struct copl_net_request q;
	struct copl_engine *e = NULL;
	struct copl_line *l = NULL, *done = NULL;
	enum copl_status st = COPL_OK;

	memset(a, 0, sizeof(*a));
	must(peer_start(p, fn, false), "listen");
	q = request_of(k, p->url, url);
	assert_int_equal(copl_engine_open(2, &e), COPL_OK);
	copl_engine_clocks(e, &quick);
	assert_int_equal(copl_line_open(e, &l), COPL_OK);
	assert_int_equal(copl_line_start(l, &q, a, NULL), COPL_OK);
	assert_int_equal(
	    copl_engine_wait(e, UINT64_MAX, -1, &done, &st), COPL_OK);
	assert_ptr_equal(done, l);
	copl_engine_close(e);
	peer_stop(p);
	return st;
}

static const struct ask ask_get = {.method = "GET"};
static const struct ask ask_put = {.method = "PUT",
    .body = "<form>你好</form>",
    .length = 19};

/* ---- peers ---- */

static inline void yes(struct peer *p, int fd, unsigned nth)
{
	char head[8192];

	(void)nth;
	while (peer_request(p, fd, head))
		peer_say(fd, "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n"
			     "ETag: \"v1\"\r\nRepr-Digest: sha-256=:x:\r\n"
			     "Date: Fri, 15 Jan 2027 08:00:00 GMT\r\n"
			     "Content-Type: text/plain\r\nAllow: GET, PUT\r\n"
			     "\r\n");
}

static inline void reset_in_body(struct peer *p, int fd, unsigned nth)
{
	char head[8192];

	(void)nth;
	peer_head(p, fd, head, sizeof(head));
	if (strcasestr(head, "\nExpect: 100") != NULL)
		peer_say(fd, "HTTP/1.1 100 Continue\r\n\r\n");
	peer_body(p, fd, 100000);
	peer_reset(fd);
}

#endif
