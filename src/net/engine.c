/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <string.h>
#include <sys/epoll.h>
#include "net/net_priv.h"

#define EVENTS_AT_ONCE 128
#define NEVER UINT64_MAX
/*
 * Each name that is looked up has a thread: more at once would flood both
 * this machine and its name server.
 */
#define LOOKUPS_MOST 48
#define LINES_MOST 4096 /* more sockets than a process usually gets */

enum line_state {
	LINE_IDLE,
	LINE_QUEUED, /* begins with the next wait, or after others */
	LINE_RUNS,
	LINE_DONE /* nobody was told yet */
};

struct copl_line {
	struct copl_engine *engine;
	struct copl_line *prev, *next; /* all lines of the engine */
	struct copl_line *after; /* in the queue it stands in */
	enum line_state state;
	CURL *easy;
	void *arg;
	enum copl_status result;
	struct copl_exchange x;
	char origin[COPL_ORIGIN_SIZE]; /* of the exchange before */
};

struct queue {
	struct copl_line *first, *last;
};

struct copl_engine {
	CURLM *multi;
	struct copl_watch watch;
	int stop_fd; /* that is in the epoll set; -1: none */
	unsigned most, nlines;
	uint64_t curl_due; /* when libcurl wants to be called */
	uint64_t clock_due; /* when a clock may have run out */
	unsigned running; /* lines in libcurl */
	bool broken; /* libcurl may wait for what it has not asked for */
	struct copl_line *lines;
	struct queue ready, queued; /* queued: has a name to look up */
	struct queue done;
	struct copl_clocks clocks;
	struct copl_ca_files ca_files;
};

static const struct copl_clocks usual_clocks = {.connect_ms = 10000,
    .answer_ms = 30000,
    .slow_ms = 20000,
    .slow_bytes = 2000};

static pthread_once_t once = PTHREAD_ONCE_INIT;
static CURLcode global;

static void start_libcurl(void)
{
	global = curl_global_init(CURL_GLOBAL_DEFAULT);
}

/* ---- queues ---- */

static void push(struct queue *q, struct copl_line *l)
{
	l->after = NULL;
	if (q->last == NULL)
		q->first = l;
	else
		q->last->after = l;
	q->last = l;
}

static struct copl_line *pop(struct queue *q)
{
	struct copl_line *l = q->first;

	if (l == NULL)
		return NULL;
	q->first = l->after;
	if (q->first == NULL)
		q->last = NULL;
	return l;
}

static void take_out(struct queue *q, const struct copl_line *l)
{
	struct queue kept = {NULL, NULL};
	struct copl_line *each;

	while ((each = pop(q)) != NULL)
		if (each != l)
			push(&kept, each);
	*q = kept;
}

/* ---- what libcurl tells of its sockets and its clock ---- */

static int on_watch(CURL *c, curl_socket_t fd, int what, void *arg, void *known)
{
	struct copl_engine *e = arg;
	uint32_t events = 0;

	(void)c;
	(void)known;
	/* CURL_POLL_REMOVE has neither bit. */
	if ((what & CURL_POLL_IN) != 0)
		events |= EPOLLIN;
	if ((what & CURL_POLL_OUT) != 0)
		events |= EPOLLOUT;
	copl_watch_want(&e->watch, fd, events);
	return 0;
}

static int on_timer(CURLM *multi, long ms, void *arg)
{
	struct copl_engine *e = arg;

	(void)multi;
	e->curl_due = ms < 0 ? NEVER : copl_net_clock_ms() + (uint64_t)ms;
	return 0;
}

/* ---- opening and closing ---- */

static enum copl_status set_up_multi(struct copl_engine *e)
{
	CURLMcode rc;

	e->multi = curl_multi_init();
	if (e->multi == NULL)
		return COPL_E_NOMEM;
	rc = curl_multi_setopt(e->multi, CURLMOPT_SOCKETFUNCTION, on_watch);
	rc |= curl_multi_setopt(e->multi, CURLMOPT_SOCKETDATA, e);
	rc |= curl_multi_setopt(e->multi, CURLMOPT_TIMERFUNCTION, on_timer);
	rc |= curl_multi_setopt(e->multi, CURLMOPT_TIMERDATA, e);
	/* No other limit: libcurl's own queue loses those who wait in it. */
	rc |= curl_multi_setopt(
	    e->multi, CURLMOPT_MAXCONNECTS, e->most < 4 ? 4L : (long)e->most);
	return rc == CURLM_OK ? COPL_OK : COPL_E_NOMEM;
}

enum copl_status copl_engine_open(unsigned most, struct copl_engine **out)
{
	struct copl_engine *e;
	enum copl_status st;

	*out = NULL;
	if (most == 0 || most > LINES_MOST)
		return COPL_E_INVALID;
	pthread_once(&once, start_libcurl);
	if (global != CURLE_OK)
		return COPL_E_NOMEM;
	e = calloc(1, sizeof(*e));
	if (e == NULL)
		return COPL_E_NOMEM;
	e->stop_fd = -1;
	e->most = most;
	e->curl_due = e->clock_due = NEVER;
	e->clocks = usual_clocks;
	copl_ca_files_init(&e->ca_files);
	st = copl_watch_open(&e->watch) ? set_up_multi(e) : COPL_E_IO;
	if (st == COPL_OK)
		*out = e;
	else
		copl_engine_close(e);
	return st;
}

void copl_engine_close(struct copl_engine *e)
{
	struct copl_pipe_hold hold;
	struct copl_line *l, *next;

	if (e == NULL)
		return;
	for (l = e->lines; l != NULL; l = next) {
		next = l->next;
		copl_line_close(l);
	}
	copl_pipe_hold(&hold);
	curl_multi_cleanup(e->multi);
	copl_pipe_release(&hold);
	copl_watch_close(&e->watch);
	free(e);
}

void copl_engine_clocks(struct copl_engine *e, const struct copl_clocks *c)
{
	e->clocks = *c;
}

enum copl_status copl_line_open(struct copl_engine *e, struct copl_line **out)
{
	struct copl_line *l;

	*out = NULL;
	if (e->nlines >= e->most)
		return COPL_E_LIMIT;
	l = calloc(1, sizeof(*l));
	if (l == NULL)
		return COPL_E_NOMEM;
	l->engine = e;
	l->x.watch = &e->watch;
	l->next = e->lines;
	if (e->lines != NULL)
		e->lines->prev = l;
	e->lines = l;
	e->nlines++;
	*out = l;
	return COPL_OK;
}

void copl_line_stop(struct copl_line *l)
{
	struct copl_engine *e = l->engine;
	struct copl_pipe_hold hold;

	copl_pipe_hold(&hold);
	if (l->state == LINE_QUEUED) {
		take_out(&e->queued, l);
		take_out(&e->ready, l);
	}
	if (l->state == LINE_DONE)
		take_out(&e->done, l);
	if (l->state == LINE_RUNS) {
		curl_multi_remove_handle(e->multi, l->easy);
		e->running--;
	}
	l->state = LINE_IDLE;
	copl_exchange_clear(&l->x, l->easy);
	copl_pipe_release(&hold);
}

void copl_line_close(struct copl_line *l)
{
	struct copl_pipe_hold hold;

	if (l == NULL)
		return;
	copl_line_stop(l);
	if (l->prev != NULL)
		l->prev->next = l->next;
	else
		l->engine->lines = l->next;
	if (l->next != NULL)
		l->next->prev = l->prev;
	l->engine->nlines--;
	copl_pipe_hold(&hold);
	curl_easy_cleanup(l->easy);
	copl_pipe_release(&hold);
	copl_exchange_free(&l->x);
	free(l);
}

void *copl_line_arg(const struct copl_line *l)
{
	return l->arg;
}

/* ---- one exchange ---- */

static void finish(struct copl_line *l, enum copl_status result)
{
	l->result = result;
	l->state = LINE_DONE;
	copl_exchange_clear(&l->x, l->easy);
	push(&l->engine->done, l);
}

/*
 * What the handle has learned (challenges of Digest, sessions of TLS) stays
 * from one exchange to the next, but not from one server to another.
 */
static bool ready_handle(struct copl_line *l)
{
	bool fresh = l->easy == NULL;

	if (!fresh && strcmp(l->origin, l->x.url.target.origin) == 0)
		return true;
	memcpy(l->origin, l->x.url.target.origin, sizeof(l->origin));
	if (fresh)
		l->easy = curl_easy_init();
	else
		curl_easy_reset(l->easy);
	return l->easy != NULL &&
	       curl_easy_setopt(l->easy, CURLOPT_PRIVATE, l) == CURLE_OK &&
	       copl_options_fixed(l->easy, &l->x) == CURLE_OK;
}

static void run(struct copl_line *l)
{
	struct copl_engine *e = l->engine;
	enum copl_status st = COPL_E_NOMEM;
	uint64_t due;

	if (ready_handle(l))
		st = copl_exchange_begin(
		    &l->x, l->easy, &e->clocks, &e->ca_files);
	if (st == COPL_OK &&
	    curl_multi_add_handle(e->multi, l->easy) != CURLM_OK)
		st = COPL_E_NOMEM;
	if (st != COPL_OK) {
		finish(l, st);
		return;
	}
	l->state = LINE_RUNS;
	e->running++;
	due = copl_exchange_due(&l->x, &e->clocks, l->x.phase_at);
	if (due < e->clock_due)
		e->clock_due = due;
}

/* Is there a name that is not known from the exchange before? */
static bool looks_up(const struct copl_line *l)
{
	return !l->x.url.target.literal &&
	       (l->easy == NULL ||
		   strcmp(l->origin, l->x.url.target.origin) != 0);
}

static unsigned count_lookups(const struct copl_engine *e)
{
	const struct copl_line *l;
	unsigned n = 0;

	for (l = e->lines; l != NULL; l = l->next)
		n += l->state == LINE_RUNS && !l->x.url.target.literal &&
		     l->x.phase == COPL_PHASE_LOOKUP;
	return n;
}

static void run_queued(struct copl_engine *e)
{
	struct copl_line *l;
	unsigned n;

	while ((l = pop(&e->ready)) != NULL)
		run(l);
	if (e->queued.first == NULL)
		return;
	for (n = count_lookups(e); n < LOOKUPS_MOST; n++) {
		l = pop(&e->queued);
		if (l == NULL)
			break;
		run(l);
	}
}

enum copl_status copl_line_start(struct copl_line *l,
    const struct copl_net_request *q, struct copl_net_answer *a, void *arg)
{
	struct copl_engine *e = l->engine;
	enum copl_status st;

	if (l->state != LINE_IDLE)
		return COPL_E_INVALID;
	l->arg = arg;
	copl_exchange_init(&l->x, q, a);
	st = copl_exchange_check(&l->x);
	if (st != COPL_OK) {
		finish(l, st);
		return COPL_OK;
	}
	l->state = LINE_QUEUED;
	push(looks_up(l) ? &e->queued : &e->ready, l);
	return COPL_OK;
}

/* The exchange of a line left libcurl. */
static void conclude(struct copl_line *l, CURLcode rc)
{
	struct copl_engine *e = l->engine;
	enum copl_status st;

	curl_multi_remove_handle(e->multi, l->easy);
	e->running--;
	if (copl_exchange_again(&l->x, l->easy)) {
		run(l);
		return;
	}
	st = copl_exchange_end(&l->x, l->easy, rc);
	finish(l, st);
	if (rc != CURLE_SEND_FAIL_REWIND && st != COPL_E_NOMEM)
		return;
	/* A handle that could not rewind never does again. */
	curl_easy_cleanup(l->easy);
	l->easy = NULL;
}

/* ---- the loop ---- */

static void drain(struct copl_engine *e)
{
	CURLMsg *m;
	int left;

	while ((m = curl_multi_info_read(e->multi, &left)) != NULL) {
		CURLcode rc = m->data.result;
		void *line = NULL;

		if (m->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, &line);
		conclude(line, rc);
	}
}

static void act(struct copl_engine *e, curl_socket_t fd, uint32_t events)
{
	int mask = 0, running;

	if ((events & EPOLLIN) != 0)
		mask |= CURL_CSELECT_IN;
	if ((events & EPOLLOUT) != 0)
		mask |= CURL_CSELECT_OUT;
	if ((events & (EPOLLERR | EPOLLHUP)) != 0)
		mask |= CURL_CSELECT_ERR;
	if (curl_multi_socket_action(e->multi, fd, mask, &running) != CURLM_OK)
		e->broken = true;
}

/*
 * libcurl had no memory to ask for a socket: nothing would ever be heard of
 * it, and nobody knows whose it is.
 */
static void end_all(struct copl_engine *e)
{
	struct copl_line *l, *next;

	e->broken = false;
	for (l = e->lines; l != NULL; l = next) {
		next = l->next;
		if (l->state == LINE_RUNS) {
			l->x.a->body.st = COPL_E_NOMEM;
			conclude(l, CURLE_OUT_OF_MEMORY);
		}
	}
}

static void check_clocks(struct copl_engine *e, uint64_t now)
{
	struct copl_line *l, *next;

	e->clock_due = NEVER;
	for (l = e->lines; l != NULL; l = next) {
		uint64_t due;

		next = l->next;
		if (l->state != LINE_RUNS)
			continue;
		if (copl_exchange_expired(&l->x, &e->clocks, now)) {
			conclude(l, CURLE_OPERATION_TIMEDOUT);
			continue;
		}
		due = copl_exchange_due(&l->x, &e->clocks, now);
		if (due < e->clock_due)
			e->clock_due = due;
	}
}

static void run_clocks(struct copl_engine *e, uint64_t now)
{
	if (e->curl_due <= now) {
		e->curl_due = NEVER;
		act(e, CURL_SOCKET_TIMEOUT, 0);
		drain(e);
	}
	if (e->broken)
		end_all(e);
	if (e->clock_due <= now)
		check_clocks(e, now);
	run_queued(e);
}

static int milliseconds_to(uint64_t due, uint64_t now)
{
	if (due == NEVER)
		return -1;
	if (due <= now)
		return 0;
	return due - now < INT_MAX ? (int)(due - now) : INT_MAX;
}

static enum copl_status watch_stop(struct copl_engine *e, int fd)
{
	struct epoll_event ev = {.events = EPOLLIN, .data.fd = fd};

	if (fd == e->stop_fd)
		return COPL_OK;
	if (e->stop_fd >= 0)
		epoll_ctl(e->watch.epoll, EPOLL_CTL_DEL, e->stop_fd, NULL);
	e->stop_fd = -1;
	if (fd >= 0 && epoll_ctl(e->watch.epoll, EPOLL_CTL_ADD, fd, &ev) != 0)
		return COPL_E_INVALID;
	e->stop_fd = fd;
	return COPL_OK;
}

/* Waits once for sockets; false: stop_fd can be read, or a signal came. */
static bool poll_once(struct copl_engine *e, int timeout)
{
	struct epoll_event events[EVENTS_AT_ONCE];
	bool go_on = true;
	int n = epoll_wait(e->watch.epoll, events, EVENTS_AT_ONCE, timeout), i;

	if (n < 0)
		return errno != EINTR;
	for (i = 0; i < n; i++) {
		if (events[i].data.fd == e->stop_fd)
			go_on = false;
		else if (copl_watch_heard(&e->watch, events[i].data.fd))
			act(e, events[i].data.fd, events[i].events);
	}
	drain(e);
	if (e->broken)
		end_all(e);
	return go_on;
}

/* Runs until a line is done, or there is a reason to give up. */
static struct copl_line *run_until(struct copl_engine *e, uint64_t until_ms)
{
	bool go_on = true;

	while (go_on) {
		uint64_t now = copl_net_clock_ms(), due = until_ms;

		run_clocks(e, now);
		if (e->done.first != NULL)
			break;
		if (e->running == 0 && until_ms == NEVER && e->stop_fd < 0)
			break;
		if (e->curl_due < due)
			due = e->curl_due;
		if (e->clock_due < due)
			due = e->clock_due;
		go_on =
		    poll_once(e, milliseconds_to(due, now)) && now < until_ms;
		if (e->done.first != NULL)
			break;
	}
	return pop(&e->done);
}

enum copl_status copl_engine_wait(struct copl_engine *e, uint64_t until_ms,
    int stop_fd, struct copl_line **done, enum copl_status *result)
{
	struct copl_pipe_hold hold;
	struct copl_line *l = pop(&e->done);
	enum copl_status st = watch_stop(e, stop_fd);

	if (l == NULL && st == COPL_OK) {
		copl_pipe_hold(&hold);
		l = run_until(e, until_ms);
		copl_pipe_release(&hold);
	}
	*done = l;
	if (l != NULL) {
		l->state = LINE_IDLE;
		*result = l->result;
	}
	return l != NULL ? COPL_OK : st;
}
