/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "base/i18n.h"
#include "bundle/install.h"
#include "serve/serve_priv.h"

#define CONNECTIONS_MAX 256u
#define CONNECTIONS_PER_PEER 128u
#define SILENCE_S 15u
#define MEMORY_PER_CONNECTION ((size_t)32 << 10)
#define TOKEN_FILE_MAX ((size_t)4096)
#define TURN_MS 1000u

int64_t serve_now(const struct serving *s)
{
	return (int64_t)time(NULL) + s->o->now_offset;
}

static bool has_key(const struct copl_trust *t, const struct copl_public_key *k)
{
	size_t i;

	for (i = 0; i < t->nkeys; i++)
		if (copl_public_key_equal(&t->keys[i], k))
			return true;
	return false;
}

void serve_tell_pinned(const struct serving *s, const struct copl_trust *before,
    struct copl_reporter *r)
{
	char now[COPL_FINGERPRINT_SIZE], old[COPL_FINGERPRINT_SIZE] = "";
	const struct copl_field fields[] = {
	    {"dir", s->o->dir}, {"fingerprint", now}, {"previous", old}};
	size_t i;

	if (before->nkeys > 0)
		copl_fingerprint(&before->keys[0], old);
	for (i = 0; i < s->trust.nkeys; i++) {
		if (has_key(before, &s->trust.keys[i]))
			continue;
		copl_fingerprint(&s->trust.keys[i], now);
		copl_tell(r, "pinned", fields, COPL_COUNT(fields),
		    _("from now on releases signed by %s are accepted"), now);
	}
}

static enum copl_status pin_file(struct serving *s, struct copl_reporter *r)
{
	struct copl_trust before = s->trust;
	struct copl_public_key key;
	enum copl_status st = copl_public_key_load(s->o->key, r, &key);

	if (st != COPL_OK || has_key(&s->trust, &key))
		return st;
	s->trust.keys[0] = key;
	s->trust.nkeys = 1;
	st = copl_trust_save(s->o->dir, &s->trust, r);
	if (st == COPL_OK)
		serve_tell_pinned(s, &before, r);
	return st;
}

/* Whose releases count here; a fingerprint waits for a key that has it. */
static enum copl_status settle_trust(struct serving *s, struct copl_reporter *r)
{
	enum copl_status st = copl_trust_load(s->o->dir, r, &s->trust);
	size_t i;

	if (st != COPL_OK)
		return st;
	if (s->o->key != NULL)
		return pin_file(s, r);
	if (s->o->fingerprint != NULL) {
		s->choose = true;
		for (i = 0; i < s->trust.nkeys; i++)
			if (copl_fingerprint_equal(
				s->o->fingerprint, &s->trust.keys[i]))
				s->choose = false;
		return COPL_OK;
	}
	if (s->trust.nkeys > 0)
		return COPL_OK;
	copl_report(r, COPL_ERROR, "key-none",
	    (struct copl_place){s->o->dir, 0, 0},
	    _("nobody has said yet whose releases are accepted here: give "
	      "the sender's key with --key, or its fingerprint as read out "
	      "with --fingerprint"));
	return COPL_E_TRUST;
}

static enum copl_status read_token(struct serving *s, struct copl_reporter *r)
{
	struct copl_strbuf text = COPL_STRBUF_INIT(TOKEN_FILE_MAX);
	enum copl_status st;
	size_t len;

	if (s->o->token_file == NULL)
		return COPL_OK;
	st = copl_file_read(s->o->token_file, TOKEN_FILE_MAX, r, &text);
	if (st != COPL_OK)
		goto out;
	for (len = text.len; len > 0 && copl_is_space(text.s[len - 1]);)
		len--;
	if (len == 0) {
		copl_report(r, COPL_ERROR, "token-empty",
		    (struct copl_place){s->o->token_file, 0, 0},
		    _("this file should hold the bearer token, but it is "
		      "empty"));
		st = COPL_E_INVALID;
		goto out;
	}
	s->token = copl_arena_strndup(s->arena, text.s, len);
	if (s->token == NULL)
		st = COPL_E_NOMEM;
out:
	copl_strbuf_clear(&text);
	return st;
}

static enum copl_status prepare(
    struct serving *s, struct copl_reporter *r, int *held)
{
	const char *lock;
	enum copl_status st;

	s->state = copl_path_join(s->arena, s->o->dir, COPL_STATE_DIR);
	s->current = copl_path_join(s->arena, s->o->dir, COPL_CURRENT);
	if (s->state == NULL || s->current == NULL)
		return COPL_E_NOMEM;
	s->staging = copl_path_join(s->arena, s->state, "staging");
	lock = copl_path_join(s->arena, s->state, "lock");
	if (s->staging == NULL || lock == NULL)
		return COPL_E_NOMEM;
	st = copl_dir_make(s->state, r);
	if (st == COPL_OK)
		st = copl_lock_take(lock, r, held);
	if (st == COPL_OK)
		st = settle_trust(s, r);
	if (st == COPL_OK)
		st = read_token(s, r);
	if (st == COPL_OK)
		st = stage_open(s, r);
	if (st == COPL_OK)
		st = shelf_load(
		    &s->shelf, s->o->dir, &s->trust, serve_now(s), r);
	return st;
}

static struct MHD_Daemon *start(struct serving *s, int fd)
{
	return MHD_start_daemon(MHD_USE_EPOLL | MHD_USE_SUPPRESS_DATE_NO_CLOCK,
	    0, NULL, NULL, handler_access, s, MHD_OPTION_LISTEN_SOCKET, fd,
	    MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_CONNECTION_LIMIT,
	    CONNECTIONS_MAX, MHD_OPTION_PER_IP_CONNECTION_LIMIT,
	    CONNECTIONS_PER_PEER, MHD_OPTION_CONNECTION_TIMEOUT, SILENCE_S,
	    MHD_OPTION_CONNECTION_MEMORY_LIMIT, MEMORY_PER_CONNECTION,
	    MHD_OPTION_UNESCAPE_CALLBACK, handler_unescape, NULL,
	    MHD_OPTION_NOTIFY_COMPLETED, handler_completed, s,
	    MHD_OPTION_NOTIFY_CONNECTION, guard_notify, &s->guard,
	    MHD_OPTION_END);
}

/* What was found until now is told now: a server runs for long. */
static enum copl_status flush(
    struct copl_reporter *r, const struct serving *s, enum copl_status st)
{
	st = copl_reporter_end(r, st);
	copl_reporter_init(r, s->sink);
	return st;
}

static void tell_listening(
    const struct serving *s, const char *address, struct copl_reporter *r)
{
	char url[SERVE_ADDRESS_SIZE + 16], version[24] = "";
	const struct copl_field fields[] = {{"address", address}, {"url", url},
	    {"dir", s->o->dir}, {"version", version}};

	snprintf(url, sizeof(url), "http://%s/", address);
	if (s->shelf.manifest != NULL)
		snprintf(version, sizeof(version), "%llu",
		    (unsigned long long)s->shelf.manifest->version);
	copl_tell(r, "listening", fields, COPL_COUNT(fields),
	    _("listening at %s"), url);
}

static int turn_length(struct MHD_Daemon *d)
{
	MHD_UNSIGNED_LONG_LONG most = 0;

	if (MHD_get_timeout(d, &most) != MHD_YES || most > TURN_MS)
		return (int)TURN_MS;
	return (int)most;
}

static void run(struct serving *s, struct MHD_Daemon *d, int epoll_fd)
{
	struct pollfd fds[] = {{.fd = epoll_fd, .events = POLLIN},
	    {.fd = s->o->stop_fd, .events = POLLIN}};
	uint64_t end = s->o->max_seconds == 0
			   ? UINT64_MAX
			   : guard_clock_ms() + s->o->max_seconds * 1000;

	while (guard_clock_ms() < end) {
		if (poll(fds, COPL_COUNT(fds), turn_length(d)) > 0 &&
		    fds[1].revents != 0)
			return;
		MHD_run(d);
		guard_sweep(&s->guard);
	}
}

static enum copl_status serve(
    struct serving *s, int fd, struct copl_reporter *r)
{
	char address[SERVE_ADDRESS_SIZE] = "";
	const union MHD_DaemonInfo *info;
	struct MHD_Daemon *d;
	enum copl_status st;

	if (!serve_address(fd, address)) {
		close(fd);
		return COPL_E_IO;
	}
	d = start(s, fd);
	if (d == NULL)
		return COPL_E_NOMEM;
	info = MHD_get_daemon_info(d, MHD_DAEMON_INFO_EPOLL_FD);
	st = flush(r, s, COPL_OK);
	if (st == COPL_OK && info != NULL) {
		tell_listening(s, address, r);
		run(s, d, info->epoll_fd);
	}
	MHD_stop_daemon(d);
	return st;
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

enum copl_status copl_serve(
    const struct copl_serve_options *options, const struct copl_sink *sink)
{
	struct serving s = {.o = options, .sink = sink};
	enum copl_status st = COPL_E_NOMEM;
	struct copl_reporter r;
	int held = -1, fd = -1;
	sigset_t before;

	copl_reporter_init(&r, sink);
	block_pipe(&before);
	s.arena = copl_arena_new();
	if (s.arena == NULL)
		goto out;
	/* First the address: a start that fails must not pin a key. */
	st = serve_listen(options->listen, options->open, &r, &fd);
	if (st == COPL_OK)
		st = prepare(&s, &r, &held);
	if (st == COPL_OK)
		st = serve(&s, fd, &r);
	else if (fd >= 0)
		close(fd);
	shelf_clear(&s.shelf);
out:
	copl_lock_release(held);
	copl_arena_free(s.arena);
	unblock_pipe(&before);
	return copl_reporter_end(&r, st);
}
