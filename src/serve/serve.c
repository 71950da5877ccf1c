/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "base/i18n.h"
#include "bundle/install.h"
#include "serve/collect.h"
#include "serve/sandbox.h"

const struct serve_limits serve_limits_default = {
    .header_ms = 10000,
    .body_ms = 30000,
    .tick_ms = 250,
    .stop_ms = 5000,
    .stale_s = 86400,
    .stale_every_ms = 3600000,
    .silence_s = 15,
    .connections = 6000,
    .per_peer = 64,
    .threads = 2,
    .collect_threads = 64,
    .cache_max = (uint64_t)32 << 20,
};

int64_t serve_now(const struct serving *s)
{
	return (int64_t)time(NULL) + s->o->now_offset;
}

struct shelf *serve_shelf(struct serving *s)
{
	struct shelf *shelf;

	pthread_mutex_lock(&s->view);
	shelf = s->shelf;
	atomic_fetch_add(&shelf->refs, 1);
	pthread_mutex_unlock(&s->view);
	return shelf;
}

struct shelf *serve_before(struct serving *s)
{
	struct shelf *shelf;

	pthread_mutex_lock(&s->view);
	shelf = s->before;
	if (shelf != NULL)
		atomic_fetch_add(&shelf->refs, 1);
	pthread_mutex_unlock(&s->view);
	return shelf;
}

/* Reading the same set again makes none that was before. */
static bool is_answered(const struct shelf *was, const struct shelf *now)
{
	return was->collect != NULL && strcmp(was->sha256, now->sha256) != 0;
}

void serve_show(struct serving *s, struct shelf *shelf)
{
	struct shelf *was;

	pthread_mutex_lock(&s->view);
	was = s->shelf;
	s->shelf = shelf;
	if (is_answered(was, shelf)) {
		struct shelf *older = s->before;

		s->before = was;
		was = older;
	}
	pthread_mutex_unlock(&s->view);
	shelf_drop(was);
}

enum copl_status serve_load(
    struct serving *s, struct copl_reporter *r, struct shelf **out)
{
	enum copl_status st =
	    shelf_load(s->o->dir, &s->trust, serve_now(s), r, out);

	if (st == COPL_OK)
		st = collect_set_load(s, *out, r);
	if (st != COPL_OK) {
		shelf_drop(*out);
		*out = NULL;
	}
	return st;
}

/* ---- one sink for all threads ---- */

struct shared_sink {
	const struct copl_sink *to;
	pthread_mutex_t lock;
};

static void on_diag(void *arg, const struct copl_diag *d)
{
	struct shared_sink *k = arg;

	pthread_mutex_lock(&k->lock);
	if (k->to != NULL && k->to->diag != NULL)
		k->to->diag(k->to->arg, d);
	pthread_mutex_unlock(&k->lock);
}

static void on_event(void *arg, const struct copl_event *e)
{
	struct shared_sink *k = arg;

	pthread_mutex_lock(&k->lock);
	if (k->to != NULL && k->to->event != NULL)
		k->to->event(k->to->arg, e);
	pthread_mutex_unlock(&k->lock);
}

/* What was found until now is told now: a server runs for long. */
static enum copl_status flush(
    struct copl_reporter *r, const struct serving *s, enum copl_status st)
{
	st = copl_reporter_end(r, st);
	copl_reporter_init(r, s->sink);
	return st;
}

/* ---- start ---- */

static enum copl_status check_options(
    const struct copl_serve_options *o, struct copl_reporter *r)
{
	if ((o->tls_cert == NULL) == (o->tls_key == NULL))
		return COPL_OK;
	copl_report(r, COPL_ERROR, "tls-unusable",
	    (struct copl_place){
		o->tls_cert == NULL ? o->tls_key : o->tls_cert, 0, 0},
	    _("a certificate and its key are given together: --tls-cert and "
	      "--tls-key"));
	return COPL_E_INVALID;
}

static enum copl_status add_socket(
    struct serving *s, int fd, struct copl_reporter *r)
{
	if (s->nfds < LISTEN_MAX) {
		s->fds[s->nfds++] = fd;
		return COPL_OK;
	}
	close(fd);
	copl_report(r, COPL_ERROR, "listen-malformed",
	    (struct copl_place){s->o->dir, 0, 0},
	    _("a server listens at %d addresses at most"), LISTEN_MAX);
	return COPL_E_INVALID;
}

static enum copl_status open_addresses(
    struct serving *s, struct copl_reporter *r)
{
	const char *p = s->o->listen == NULL ? "" : s->o->listen;
	enum copl_status st = COPL_OK;
	int fd;

	while (st == COPL_OK && *(p += strspn(p, " ")) != '\0') {
		size_t len = strcspn(p, " ");
		char word[SERVE_ADDRESS_SIZE] = "";

		/* A longer one is no address, cut or not. */
		memcpy(word, p, len < sizeof(word) ? len : sizeof(word) - 1);
		st = serve_listen(word, s->o->open, r, &fd);
		if (st == COPL_OK)
			st = add_socket(s, fd, r);
		p += len;
	}
	return st;
}

/* Sockets that were handed over are ours, whatever happens. */
static enum copl_status open_sockets(struct serving *s, struct copl_reporter *r)
{
	enum copl_status st = check_options(s->o, r);
	size_t i;

	for (i = 0; i < s->o->nsockets; i++)
		if (add_socket(s, s->o->sockets[i], r) != COPL_OK)
			st = COPL_E_INVALID;
	for (i = 0; st == COPL_OK && i < s->nfds; i++)
		st = serve_adopt(s->fds[i], s->o->open, r);
	return st == COPL_OK ? open_addresses(s, r) : st;
}

static enum copl_status name_places(struct serving *s)
{
	s->arena = copl_arena_new();
	if (s->arena == NULL)
		return COPL_E_NOMEM;
	s->state = copl_path_join(s->arena, s->o->dir, COPL_STATE_DIR);
	s->current = copl_path_join(s->arena, s->o->dir, COPL_CURRENT);
	if (s->state == NULL || s->current == NULL)
		return COPL_E_NOMEM;
	s->staging = copl_path_join(s->arena, s->state, "staging");
	return s->staging == NULL ? COPL_E_NOMEM : COPL_OK;
}

static enum copl_status prepare(
    struct serving *s, struct copl_reporter *r, int *held)
{
	const char *lock = copl_path_join(s->arena, s->state, "lock");
	enum copl_status st;

	if (lock == NULL)
		return COPL_E_NOMEM;
	st = copl_dir_make(s->state, r);
	if (st == COPL_OK)
		st = copl_lock_take(lock, r, held);
	if (st == COPL_OK)
		st = setting_read(s, r);
	if (st == COPL_OK)
		st = setting_trust(s, r);
	if (st == COPL_OK)
		st = stage_open(s, r);
	if (st == COPL_OK)
		st = collect_place(s, r);
	/* Threads begin behind this line. */
	if (st == COPL_OK)
		st = sandbox_enter(s, r, &s->sandbox);
	if (st == COPL_OK)
		st = collect_open(s, r);
	if (st == COPL_OK)
		st = serve_load(s, r, &s->shelf);
	return st;
}

static void tell_listening(struct serving *s, int fd, struct copl_reporter *r)
{
	struct shelf *shelf;
	char address[SERVE_ADDRESS_SIZE] = "";
	char url[SERVE_ADDRESS_SIZE + 16], version[24] = "";
	const struct copl_field fields[] = {{"address", address}, {"url", url},
	    {"dir", s->o->dir}, {"version", version},
	    {"sandbox", sandbox_word(s->sandbox)}};

	if (!serve_address(fd, address))
		return;
	snprintf(url, sizeof(url), "%s://%s/",
	    s->cert == NULL ? "http" : "https", address);
	shelf = serve_shelf(s);
	if (shelf->manifest != NULL)
		snprintf(version, sizeof(version), "%" PRIu64,
		    shelf->manifest->version);
	shelf_drop(shelf);
	copl_tell(r, "listening", fields, COPL_COUNT(fields),
	    _("listening at %s"), url);
}

/* ---- while it runs ---- */

/* On failure everything stays as it was. */
static void reload(struct serving *s)
{
	struct copl_reporter r;
	struct shelf *shelf = NULL;
	enum copl_status st;

	copl_reporter_init(&r, s->sink);
	pthread_mutex_lock(&s->publish);
	st = setting_read(s, &r);
	if (st == COPL_OK)
		st = setting_trust(s, &r);
	if (st == COPL_OK)
		st = serve_load(s, &r, &shelf);
	if (st == COPL_OK)
		serve_show(s, shelf);
	pthread_mutex_unlock(&s->publish);
	if (st == COPL_OK)
		st = front_open(s, &r);
	if (copl_reporter_end(&r, st) != COPL_OK)
		return;
	collect_tell(s, &r);
	copl_tell(&r, "reloaded", NULL, 0,
	    _("what was read at the start was read again"));
}

static void empty_pipe(int fd)
{
	char bytes[64];

	while (read(fd, bytes, sizeof(bytes)) > 0)
		;
}

static void run(struct serving *s)
{
	struct pollfd fds[] = {{.fd = s->o->stop_fd, .events = POLLIN},
	    {.fd = s->o->reload_fd > 0 ? s->o->reload_fd : -1,
		.events = POLLIN}};
	uint64_t now = guard_clock_ms();
	uint64_t end = s->o->max_seconds == 0 ? UINT64_MAX
					      : now + s->o->max_seconds * 1000;
	uint64_t stale = now + s->limits->stale_every_ms;

	for (; now < end; now = guard_clock_ms()) {
		if (poll(fds, COPL_COUNT(fds), (int)s->limits->tick_ms) > 0) {
			if (fds[0].revents != 0)
				return;
			empty_pipe(s->o->reload_fd);
			reload(s);
		}
		guard_sweep(&s->guard);
		front_sweep(s);
		if (now > stale) {
			stage_expire(s);
			stale = now + s->limits->stale_every_ms;
		}
	}
}

static enum copl_status serve(struct serving *s, struct copl_reporter *r)
{
	enum copl_status st = flush(r, s, COPL_OK);
	size_t i;

	if (st == COPL_OK)
		st = front_open(s, r);
	if (st != COPL_OK)
		return st;
	for (i = 0; i < s->nfds; i++)
		tell_listening(s, s->fds[i], r);
	collect_tell(s, r);
	run(s);
	return COPL_OK;
}

/* A peer that hangs up while a file goes out must not end the program. */
static void block_pipe(sigset_t *before)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGPIPE);
	pthread_sigmask(SIG_BLOCK, &set, before);
}

static void unblock_pipe(const sigset_t *before)
{
	const struct timespec none = {0, 0};
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGPIPE);
	if (sigismember(before, SIGPIPE) != 1)
		while (sigtimedwait(&set, NULL, &none) > 0)
			;
	pthread_sigmask(SIG_SETMASK, before, NULL);
}

static enum copl_status serve_all(struct serving *s, struct copl_reporter *r)
{
	enum copl_status st;
	int held = -1;

	/* First the address: a start that fails must not pin a key. */
	st = open_sockets(s, r);
	if (st == COPL_OK)
		st = name_places(s);
	if (st == COPL_OK)
		st = prepare(s, r, &held);
	if (st == COPL_OK)
		st = serve(s, r);
	front_close(s);
	collect_close(s);
	shelf_drop(s->shelf);
	shelf_drop(s->before);
	setting_clear(s);
	copl_lock_release(held);
	copl_arena_free(s->arena);
	return st;
}

enum copl_status serve_run(const struct copl_serve_options *options,
    const struct serve_limits *limits, const struct copl_sink *sink)
{
	struct shared_sink to = {.to = sink, .lock = PTHREAD_MUTEX_INITIALIZER};
	const struct copl_sink shared = {on_diag, on_event, &to};
	struct serving s = {.o = options,
	    .limits = limits,
	    .sink = &shared,
	    .publish = PTHREAD_MUTEX_INITIALIZER,
	    .view = PTHREAD_MUTEX_INITIALIZER,
	    .guard = {.lock = PTHREAD_MUTEX_INITIALIZER, .limits = limits},
	    .log = -1};
	struct copl_reporter r;
	enum copl_status st;
	sigset_t before;

	copl_reporter_init(&r, &shared);
	block_pipe(&before);
	st = serve_all(&s, &r);
	unblock_pipe(&before);
	return copl_reporter_end(&r, st);
}

enum copl_status copl_serve(
    const struct copl_serve_options *options, const struct copl_sink *sink)
{
	return serve_run(options, &serve_limits_default, sink);
}
