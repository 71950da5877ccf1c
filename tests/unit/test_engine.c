/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many exchanges at once, in one thread. */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <signal.h>
#include "help_peer.h"

#define MANY 60
#define FILES 5

static const char text[] = "<form>أسئلة</form>";

static int set_up(void **state)
{
	(void)state;
	alarm(PEER_SECONDS);
	return 0;
}

static void yes(struct peer *p, int fd, unsigned nth)
{
	char head[8192];

	(void)nth;
	while (peer_request(p, fd, head))
		peer_say(fd, "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n"
			     "\r\n");
}

static void silent(struct peer *p, int fd, unsigned nth)
{
	char head[8192];

	(void)nth;
	peer_request(p, fd, head);
	peer_linger(fd);
}

/* A line of a test with what it needs. */
struct office {
	struct copl_line *line;
	struct copl_net_request q;
	struct copl_net_answer a;
	struct copl_net_access access;
	char url[100];
	int done;
};

#define SHORT_MS 400

static void aim(struct office *o, const char *url)
{
	snprintf(o->url, sizeof(o->url), "%s", url);
	o->q = (struct copl_net_request){.method = "PUT",
	    .url = o->url,
	    .body = text,
	    .length = sizeof(text) - 1,
	    .max_answer = 4096,
	    .access = &o->access};
}

static void begin(struct office *o)
{
	assert_int_equal(copl_line_start(o->line, &o->q, &o->a, o), COPL_OK);
}

static struct copl_engine *open_engine(unsigned most)
{
	struct copl_engine *e = NULL;

	assert_int_equal(copl_engine_open(most, &e), COPL_OK);
	return e;
}

static struct office *wait_for(
    struct copl_engine *e, uint64_t until, enum copl_status *st)
{
	struct copl_line *done = NULL;

	assert_int_equal(copl_engine_wait(e, until, -1, &done, st), COPL_OK);
	return done == NULL ? NULL : copl_line_arg(done);
}

/*
 * Each gets FILES files, one after the other; the last closes.  own: no two
 * have the same origin.
 */
static void deliver_all(
    struct copl_engine *e, struct office *all, size_t n, bool own)
{
	enum copl_status st;
	struct office *o;
	size_t i, left = n * FILES;

	for (i = 0; i < n; i++) {
		assert_int_equal(copl_line_open(e, &all[i].line), COPL_OK);
		begin(&all[i]);
	}
	for (; left > 0; left--) {
		o = wait_for(e, UINT64_MAX, &st);
		assert_non_null(o);
		if (o == NULL)
			return;
		assert_int_equal(st, COPL_OK);
		assert_int_equal(o->a.status, 201);
		if (own)
			assert_int_equal(o->a.connects, o->done == 0);
		if (++o->done == FILES)
			continue;
		o->q.last = o->done == FILES - 1;
		begin(o);
	}
	assert_null(wait_for(e, UINT64_MAX, &st));
}

static void many_share_no_more_connections_than_lines(void **state)
{
	struct office *all = calloc(MANY, sizeof(*all));
	struct copl_engine *e = open_engine(MANY);
	struct peer p;
	size_t i;

	(void)state;
	must(peer_start(&p, yes, false), "listen");
	for (i = 0; i < MANY; i++) {
		char url[100];

		snprintf(
		    url, sizeof(url), "http://127.0.0.1:%u/%zu", p.port, i);
		aim(&all[i], url);
	}
	deliver_all(e, all, MANY, false);
	assert_int_equal(p.requests, MANY * FILES);
	assert_int_equal(p.body_bytes, MANY * FILES * (sizeof(text) - 1));
	assert_in_range(p.most_open, 1, MANY);
	copl_engine_close(e);
	peer_stop(&p);
	free(all);
}

/* More names at once than are looked up at once. */
static void many_names_are_looked_up_in_turn(void **state)
{
	struct office *all = calloc(MANY, sizeof(*all));
	struct copl_engine *e = open_engine(MANY);
	struct peer p;
	size_t i;

	(void)state;
	must(peer_start(&p, yes, false), "listen");
	for (i = 0; i < MANY; i++) {
		char url[100];

		snprintf(
		    url, sizeof(url), "http://o%zu.localhost:%u/", i, p.port);
		aim(&all[i], url);
		all[i].access.cleartext_ok = all[i].access.private_ok = true;
	}
	deliver_all(e, all, MANY, true);
	assert_int_equal(p.connections, MANY);
	assert_int_equal(p.requests, MANY * FILES);
	copl_engine_close(e);
	peer_stop(&p);
	free(all);
}

static void one_that_never_answers_holds_up_nobody(void **state)
{
	struct office all[20] = {0};
	struct copl_engine *e = open_engine(20);
	struct peer p, dead;
	uint64_t from = copl_net_clock_ms(), healthy = 0;
	enum copl_status st;
	struct office *o;
	size_t i;

	(void)state;
	must(peer_start(&p, yes, false), "listen");
	must(peer_start(&dead, silent, false), "listen");
	for (i = 0; i < 20; i++) {
		aim(&all[i], i < 3 ? dead.url : p.url);
		all[i].q.answer_ms = i < 3 ? 4000 : 0;
		assert_int_equal(copl_line_open(e, &all[i].line), COPL_OK);
		begin(&all[i]);
	}
	for (i = 0; i < 20; i++) {
		o = wait_for(e, UINT64_MAX, &st);
		assert_non_null(o);
		if (o - all < 3) {
			assert_int_equal(st, COPL_E_INCOMPLETE);
			assert_int_equal(o->a.failure, COPL_NET_TIMEOUT);
			assert_true(i >= 17);
		} else {
			assert_int_equal(st, COPL_OK);
			healthy = copl_net_clock_ms() - from;
		}
	}
	assert_true(healthy < 4000);
	assert_in_range(copl_net_clock_ms() - from, 4000, 20000);
	copl_engine_close(e);
	peer_stop(&p);
	peer_stop(&dead);
}

static void a_wait_ends_in_time_or_when_it_is_told_to(void **state)
{
	struct office o = {0};
	struct copl_engine *e = open_engine(1);
	struct copl_line *done = NULL;
	struct peer p;
	enum copl_status st = COPL_OK;
	uint64_t from = copl_net_clock_ms();
	int stop[2];

	(void)state;
	/* Nothing runs: as a pause, or at once. */
	assert_null(wait_for(e, from + 60, &st));
	assert_in_range(copl_net_clock_ms() - from, 60, 1000);
	assert_null(wait_for(e, UINT64_MAX, &st));
	assert_null(wait_for(e, 0, &st));
	must(peer_start(&p, silent, false) && pipe(stop) == 0, "start");
	aim(&o, p.url);
	o.q.answer_ms = SHORT_MS;
	assert_int_equal(copl_line_open(e, &o.line), COPL_OK);
	begin(&o);
	assert_null(wait_for(e, copl_net_clock_ms() + 20, &st));
	must(write(stop[1], "x", 1) == 1, "write");
	assert_int_equal(
	    copl_engine_wait(e, UINT64_MAX, stop[0], &done, &st), COPL_OK);
	assert_null(done);
	/* It goes on all the same, and may be waited for without. */
	assert_ptr_equal(wait_for(e, UINT64_MAX, &st), &o);
	assert_int_equal(o.a.failure, COPL_NET_TIMEOUT);
	copl_engine_close(e);
	peer_stop(&p);
	close(stop[0]);
	close(stop[1]);
}

static void on_signal(int sig)
{
	(void)sig;
}

static void *signal_later(void *arg)
{
	peer_nap(50);
	pthread_kill(*(pthread_t *)arg, SIGUSR1);
	return NULL;
}

static void a_signal_ends_a_wait_but_no_exchange(void **state)
{
	const struct sigaction act = {.sa_handler = on_signal};
	struct office o = {0};
	struct copl_engine *e = open_engine(1);
	pthread_t self = pthread_self(), t;
	struct peer p;
	enum copl_status st = COPL_OK;

	(void)state;
	sigaction(SIGUSR1, &act, NULL);
	must(peer_start(&p, silent, false), "listen");
	aim(&o, p.url);
	o.q.answer_ms = SHORT_MS;
	assert_int_equal(copl_line_open(e, &o.line), COPL_OK);
	begin(&o);
	must(pthread_create(&t, NULL, signal_later, &self) == 0, "thread");
	assert_null(wait_for(e, UINT64_MAX, &st));
	assert_ptr_equal(wait_for(e, UINT64_MAX, &st), &o);
	pthread_join(t, NULL);
	copl_engine_close(e);
	peer_stop(&p);
}

static void what_is_stopped_is_not_heard_of(void **state)
{
	struct office a = {0}, b = {0};
	struct copl_engine *e = open_engine(2);
	struct peer p, dead;
	enum copl_status st = COPL_OK;

	(void)state;
	must(peer_start(&p, yes, false), "listen");
	must(peer_start(&dead, silent, false), "listen");
	aim(&a, dead.url);
	aim(&b, dead.url);
	assert_int_equal(copl_line_open(e, &a.line), COPL_OK);
	assert_int_equal(copl_line_open(e, &b.line), COPL_OK);
	begin(&a);
	begin(&b);
	assert_null(wait_for(e, copl_net_clock_ms() + 30, &st));
	copl_line_stop(a.line);
	copl_line_stop(a.line);
	copl_line_close(b.line);
	copl_line_close(NULL);
	assert_null(wait_for(e, copl_net_clock_ms() + 600, &st));
	/* One that is done, too; and the line can be used again. */
	aim(&a, p.url);
	begin(&a);
	peer_nap(50);
	copl_line_stop(a.line);
	begin(&a);
	assert_ptr_equal(wait_for(e, UINT64_MAX, &st), &a);
	assert_int_equal(a.a.status, 201);
	/* Before it was sent at all. */
	aim(&a, dead.url);
	begin(&a);
	copl_engine_close(e);
	copl_engine_close(NULL);
	peer_stop(&p);
	peer_stop(&dead);
}

static void limits_are_kept(void **state)
{
	struct office o = {0};
	struct copl_engine *e = NULL;
	struct copl_line *second = NULL;
	enum copl_status st = COPL_OK;

	(void)state;
	assert_int_equal(copl_engine_open(0, &e), COPL_E_INVALID);
	assert_null(e);
	e = open_engine(1);
	assert_int_equal(copl_line_open(e, &o.line), COPL_OK);
	assert_int_equal(copl_line_open(e, &second), COPL_E_LIMIT);
	assert_null(second);
	/* What must not be sent is a result like any other. */
	aim(&o, "gopher://127.0.0.1/");
	begin(&o);
	assert_int_equal(
	    copl_line_start(o.line, &o.q, &o.a, &o), COPL_E_INVALID);
	assert_ptr_equal(wait_for(e, UINT64_MAX, &st), &o);
	assert_int_equal(st, COPL_E_INVALID);
	assert_int_equal(o.a.failure, COPL_NET_URL);
	copl_line_close(o.line);
	assert_int_equal(copl_line_open(e, &second), COPL_OK);
	copl_engine_close(e);
}

static void challenges(struct peer *p, int fd, unsigned nth)
{
	(void)nth;
	peer_wants_digest(p, fd,
	    "WWW-Authenticate: Digest realm=\"a\", "
	    "nonce=\"aGk=\", qop=\"auth\"\r\n");
}

/* What one server said to a line is not told to the next one. */
static void what_a_line_learned_stays_with_its_server(void **state)
{
	struct office o = {0};
	struct copl_engine *e = open_engine(1);
	struct peer one, two;
	enum copl_status st = COPL_OK;

	(void)state;
	must(peer_start(&one, challenges, false), "listen");
	must(peer_start(&two, yes, false), "listen");
	assert_int_equal(copl_line_open(e, &o.line), COPL_OK);
	o.access = (struct copl_net_access){
	    .auth = COPL_AUTH_DIGEST, .user = "u", .secret = "pa55word"};
	aim(&o, one.url);
	begin(&o);
	assert_ptr_equal(wait_for(e, UINT64_MAX, &st), &o);
	assert_int_equal(o.a.status, 201);
	aim(&o, two.url);
	begin(&o);
	assert_ptr_equal(wait_for(e, UINT64_MAX, &st), &o);
	assert_int_equal(o.a.status, 201);
	assert_null(strstr(two.heads, "Authorization"));
	/* Nor is the access of one endpoint that of the next. */
	o.access = (struct copl_net_access){0};
	aim(&o, one.url);
	one.heads[0] = '\0';
	begin(&o);
	assert_ptr_equal(wait_for(e, UINT64_MAX, &st), &o);
	assert_int_equal(o.a.status, 401);
	assert_null(strstr(one.heads, "Authorization"));
	copl_net_answer_clear(&o.a);
	copl_engine_close(e);
	peer_stop(&one);
	peer_stop(&two);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(many_share_no_more_connections_than_lines),
	    cmocka_unit_test(many_names_are_looked_up_in_turn),
	    cmocka_unit_test(one_that_never_answers_holds_up_nobody),
	    cmocka_unit_test(a_wait_ends_in_time_or_when_it_is_told_to),
	    cmocka_unit_test(a_signal_ends_a_wait_but_no_exchange),
	    cmocka_unit_test(what_is_stopped_is_not_heard_of),
	    cmocka_unit_test(limits_are_kept),
	    cmocka_unit_test(what_a_line_learned_stays_with_its_server),
	};

	return cmocka_run_group_tests(tests, set_up, NULL);
}
