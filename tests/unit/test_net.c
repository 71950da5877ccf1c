/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exchanges with peers that behave, and with those that do not. */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <signal.h>
#include "help_ask.h"

static void what_was_put_arrives_and_the_answer_is_told(void **state)
{
	const struct copl_net_header headers[] = {
	    {"Content-Language", "zh-Hans"}, {"X-Empty", ""}};
	struct ask k = ask_put;
	struct copl_net_answer a;
	struct peer p;
	char peer[64];

	(void)state;
	k.headers = headers;
	k.nheaders = 2;
	assert_int_equal(ask_peer(&p, yes, &k, &a), COPL_OK);
	assert_int_equal(a.status, 201);
	assert_string_equal(a.etag, "\"v1\"");
	assert_string_equal(a.repr_digest, "sha-256=:x:");
	assert_string_equal(a.content_type, "text/plain");
	assert_string_equal(a.allow, "GET, PUT");
	assert_int_equal(a.date, 1800000000);
	assert_int_equal(a.connects, 1);
	assert_int_equal(a.uploaded, ask_put.length);
	snprintf(peer, sizeof(peer), "127.0.0.1:%u", p.port);
	assert_string_equal(a.peer, peer);
	assert_string_equal(p.body, ask_put.body);
	assert_int_equal(strncmp(p.heads, "PUT /a.xml HTTP/1.1\r\n", 21), 0);
	assert_non_null(strstr(p.heads, "\r\nContent-Language: zh-Hans\r\n"));
	assert_non_null(strstr(p.heads, "\r\nX-Empty:\r\n"));
	assert_null(strcasestr(p.heads, "\nExpect:"));
	assert_null(strcasestr(p.heads, "\nTransfer-Encoding:"));
	assert_null(strcasestr(p.heads, "\nAuthorization:"));
	assert_null(strcasestr(p.heads, "\nAccept-Encoding:"));
	copl_net_answer_clear(&a);
}

static void every_method_is_sent_as_it_is(void **state)
{
	static const char *const methods[] = {
	    "GET", "HEAD", "MKCOL", "DELETE", "OPTIONS", "POST", "PUT", "GET"};
	struct copl_net *n = NULL;
	struct copl_net_answer a = {0};
	struct peer p;
	size_t i;

	(void)state;
	must(peer_start(&p, yes, false), "listen");
	assert_int_equal(copl_net_open(&n), COPL_OK);
	for (i = 0; i < COPL_COUNT(methods); i++) {
		bool body = methods[i][0] == 'P';
		struct ask k = {.method = methods[i],
		    .body = body ? ask_put.body : NULL,
		    .length = body ? ask_put.length : 0};
		char line[40];

		p.heads[0] = '\0';
		assert_int_equal(ask_on(n, p.url, &k, &a), COPL_OK);
		assert_int_equal(a.status, 201);
		snprintf(line, sizeof(line), "%s /a.xml HTTP/1.1", methods[i]);
		assert_int_equal(strncmp(p.heads, line, strlen(line)), 0);
		assert_int_equal(
		    strcasestr(p.heads, "\nContent-Length: 19") != NULL, body);
	}
	copl_net_close(n);
	peer_stop(&p);
	assert_int_equal(p.connections, 1);
	copl_net_answer_clear(&a);
}

static void six_files_go_over_one_connection(void **state)
{
	struct copl_net *n = NULL;
	struct copl_net_answer a = {0};
	struct ask k = ask_put;
	struct peer p;
	int i;

	(void)state;
	must(peer_start(&p, yes, false), "listen");
	assert_int_equal(copl_net_open(&n), COPL_OK);
	for (i = 0; i < 6; i++) {
		k.last = i == 5;
		assert_int_equal(ask_on(n, p.url, &k, &a), COPL_OK);
		assert_int_equal(a.connects, i == 0);
	}
	/* The last one closes it, so that sockets can be counted. */
	for (i = 0; peer_open(&p) > 0 && i < 1000; i++)
		peer_nap(2);
	assert_int_equal(peer_open(&p), 0);
	assert_int_equal(p.connections, 1);
	assert_int_equal(p.requests, 6);
	assert_int_equal(ask_on(n, p.url, &k, &a), COPL_OK);
	assert_int_equal(a.connects, 1);
	copl_net_close(n);
	peer_stop(&p);
	copl_net_answer_clear(&a);
}

/* ---- broken connections ---- */

static void a_closed_port_is_unreachable(void **state)
{
	struct copl_net_answer a;
	struct peer p;

	(void)state;
	must(peer_start(&p, yes, false), "listen");
	peer_stop(&p);
	assert_int_equal(ask_at(p.url, &ask_put, &a), COPL_E_INCOMPLETE);
	assert_int_equal(a.failure, COPL_NET_UNREACHABLE);
	assert_true(a.error[0] != '\0');
	assert_int_equal(
	    copl_net_attempt(COPL_E_INCOMPLETE, &a), COPL_TRY_UNREACHABLE);
	copl_net_answer_clear(&a);
}

static void a_reset_in_the_middle_is_unreachable(void **state)
{
	const struct ask k = {.method = "PUT", .body = big, .length = BIG};
	struct copl_net_answer a;
	struct peer p;

	(void)state;
	assert_int_equal(
	    ask_peer(&p, reset_in_body, &k, &a), COPL_E_INCOMPLETE);
	assert_int_equal(a.failure, COPL_NET_UNREACHABLE);
	assert_int_equal(a.status, 0);
	copl_net_answer_clear(&a);
}

static void hang_up(struct peer *p, int fd, unsigned nth)
{
	char head[8192];

	(void)nth;
	peer_request(p, fd, head);
}

static void an_end_before_the_answer_is_unreachable(void **state)
{
	struct copl_net_answer a;
	struct peer p;

	(void)state;
	assert_int_equal(
	    ask_peer(&p, hang_up, &ask_put, &a), COPL_E_INCOMPLETE);
	assert_int_equal(a.failure, COPL_NET_UNREACHABLE);
	assert_int_equal(p.requests, 1);
	copl_net_answer_clear(&a);
}

static void half_an_answer(struct peer *p, int fd, unsigned nth)
{
	char head[8192];

	(void)nth;
	peer_request(p, fd, head);
	peer_say(fd, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n"
		     "ETag: \"v7\"\r\n\r\nhalf of it");
}

static void what_came_of_an_answer_is_kept(void **state)
{
	struct copl_net_answer a;
	struct peer p;

	(void)state;
	assert_int_equal(
	    ask_peer(&p, half_an_answer, &ask_get, &a), COPL_E_INCOMPLETE);
	assert_int_equal(a.failure, COPL_NET_UNREACHABLE);
	assert_string_equal(copl_strbuf_text(&a.body), "half of it");
	assert_string_equal(a.etag, "\"v7\"");
	assert_int_equal(a.status, 200);
	copl_net_answer_clear(&a);
}

static void bad_chunk(struct peer *p, int fd, unsigned nth)
{
	char head[8192];

	(void)nth;
	peer_request(p, fd, head);
	peer_say(fd, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
		     "5\r\nhello\r\nzz\r\n");
	peer_linger(fd);
}

static void a_bad_chunk_is_no_complete_answer(void **state)
{
	struct copl_net_answer a;
	struct peer p;

	(void)state;
	assert_int_equal(
	    ask_peer(&p, bad_chunk, &ask_get, &a), COPL_E_INCOMPLETE);
	assert_int_equal(a.failure, COPL_NET_UNREACHABLE);
	copl_net_answer_clear(&a);
}

static void twice_the_length(struct peer *p, int fd, unsigned nth)
{
	char head[8192];

	(void)nth;
	peer_request(p, fd, head);
	peer_say(fd, "\001\002not HTTP at all\r\n\r\n");
	peer_linger(fd);
}

static void what_is_not_http_is_no_answer(void **state)
{
	struct copl_net_answer a;
	struct peer p;

	(void)state;
	assert_int_equal(
	    ask_peer(&p, twice_the_length, &ask_get, &a), COPL_E_INCOMPLETE);
	assert_int_equal(a.failure, COPL_NET_UNREACHABLE);
	copl_net_answer_clear(&a);
}

/* The first connection dies as soon as a second request comes. */
static void dies_when_used_again(struct peer *p, int fd, unsigned nth)
{
	char head[8192];

	if (nth > 0) {
		yes(p, fd, nth);
		return;
	}
	peer_request(p, fd, head);
	peer_say(fd, "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
	peer_head(p, fd, head, sizeof(head));
	peer_reset(fd);
}

static void a_dead_connection_is_replaced_and_all_is_sent_again(void **state)
{
	struct copl_net *n = NULL;
	struct copl_net_answer a = {0};
	struct peer p;

	(void)state;
	must(peer_start(&p, dies_when_used_again, false), "listen");
	assert_int_equal(copl_net_open(&n), COPL_OK);
	assert_int_equal(ask_on(n, p.url, &ask_put, &a), COPL_OK);
	assert_int_equal(ask_on(n, p.url, &ask_put, &a), COPL_OK);
	assert_int_equal(a.status, 201);
	assert_string_equal(p.body, ask_put.body);
	assert_int_equal(p.connections, 2);
	copl_net_close(n);
	peer_stop(&p);
	copl_net_answer_clear(&a);
}

/* ---- clocks ---- */

static void silent(struct peer *p, int fd, unsigned nth)
{
	char head[8192];

	(void)nth;
	peer_request(p, fd, head);
	peer_linger(fd);
}

static void one_that_never_answers_is_given_up(void **state)
{
	struct ask k = ask_put;
	struct copl_net_answer a;
	struct peer p;
	uint64_t from = copl_net_clock_ms();

	(void)state;
	k.answer_ms = 200;
	assert_int_equal(ask_peer(&p, silent, &k, &a), COPL_E_INCOMPLETE);
	assert_int_equal(a.failure, COPL_NET_TIMEOUT);
	assert_in_range(copl_net_clock_ms() - from, 200, 1500);
	copl_net_answer_clear(&a);
	from = copl_net_clock_ms();
	assert_int_equal(
	    ask_quickly(&p, silent, &ask_get, &a), COPL_E_INCOMPLETE);
	assert_int_equal(a.failure, COPL_NET_TIMEOUT);
	assert_in_range(copl_net_clock_ms() - from, 300, 1500);
	copl_net_answer_clear(&a);
}

static void drip_head(struct peer *p, int fd, unsigned nth)
{
	char head[8192];
	int i;

	(void)nth;
	peer_request(p, fd, head);
	peer_say(fd, "HTTP/1.1 200 OK\r\nX: ");
	for (i = 0; i < 300; i++) {
		if (send(fd, "a", 1, MSG_NOSIGNAL) != 1)
			return;
		peer_nap(20);
	}
}

static void drip_body(struct peer *p, int fd, unsigned nth)
{
	char head[8192];
	int i;

	(void)nth;
	peer_request(p, fd, head);
	peer_say(fd, "HTTP/1.1 200 OK\r\nContent-Length: 300\r\n\r\n");
	for (i = 0; i < 300; i++) {
		if (send(fd, "a", 1, MSG_NOSIGNAL) != 1)
			return;
		peer_nap(20);
	}
}

static void one_that_drips_is_given_up(void **state)
{
	struct copl_net_answer a;
	struct peer p;

	(void)state;
	assert_int_equal(
	    ask_quickly(&p, drip_head, &ask_get, &a), COPL_E_INCOMPLETE);
	assert_int_equal(a.failure, COPL_NET_TIMEOUT);
	copl_net_answer_clear(&a);
	assert_int_equal(
	    ask_quickly(&p, drip_body, &ask_put, &a), COPL_E_INCOMPLETE);
	assert_int_equal(a.failure, COPL_NET_TIMEOUT);
	assert_true(a.total_ms < 3000);
	copl_net_answer_clear(&a);
}

/* Never reads: what fits into the buffers of the kernel is all that goes. */
static void deaf(struct peer *p, int fd, unsigned nth)
{
	struct pollfd gone = {fd, POLLRDHUP, 0};

	(void)p;
	(void)nth;
	poll(&gone, 1, PEER_PATIENCE_S * 1000);
}

static void one_that_never_reads_is_given_up(void **state)
{
	const struct ask k = {.method = "PUT", .body = big, .length = BIG};
	struct copl_net_answer a;
	struct peer p;

	(void)state;
	assert_int_equal(ask_quickly(&p, deaf, &k, &a), COPL_E_INCOMPLETE);
	assert_int_equal(a.failure, COPL_NET_TIMEOUT);
	copl_net_answer_clear(&a);
}

/* Slow, but at a pace that a poor link has: it may take its time. */
static void slow_but_steady(struct peer *p, int fd, unsigned nth)
{
	char head[8192], line[301];
	int i;

	(void)nth;
	memset(line, 'a', 300);
	line[300] = '\0';
	peer_request(p, fd, head);
	peer_say(fd, "HTTP/1.1 200 OK\r\nContent-Length: 3000\r\n\r\n");
	for (i = 0; i < 10; i++) {
		peer_say(fd, line);
		peer_nap(70);
	}
}

static void a_poor_link_gets_its_time(void **state)
{
	struct ask k = ask_get;
	struct copl_net_answer a;
	struct peer p;

	(void)state;
	assert_int_equal(ask_quickly(&p, slow_but_steady, &k, &a), COPL_OK);
	assert_int_equal(a.body.len, 3000);
	assert_true(a.total_ms > 600);
	copl_net_answer_clear(&a);
	/* But not more than for all. */
	k.deadline_ms = 350;
	assert_int_equal(
	    ask_quickly(&p, slow_but_steady, &k, &a), COPL_E_INCOMPLETE);
	assert_int_equal(a.failure, COPL_NET_TIMEOUT);
	copl_net_answer_clear(&a);
}

/* ---- answers that are too large ---- */

static void flood(struct peer *p, int fd, unsigned nth)
{
	char head[8192];
	int i;

	(void)nth;
	peer_request(p, fd, head);
	peer_say(fd, "HTTP/1.1 200 OK\r\n");
	if (strstr(head, "/head") != NULL)
		for (i = 0; i < 40; i++) {
			char line[1100];

			memset(line, 'y', sizeof(line));
			snprintf(line + 1000, 20, "\r\n");
			line[2] = ':';
			peer_say(fd, line);
		}
	peer_say(fd, "\r\n");
	for (i = 0; i < 1000; i++)
		peer_say(fd, "0123456789");
}

/* libcurl keeps no more than 100 KiB of one. */
static void endless_line(struct peer *p, int fd, unsigned nth)
{
	char head[8192];
	int i;

	(void)nth;
	peer_request(p, fd, head);
	if (strstr(head, "/field") != NULL)
		peer_say(fd, "HTTP/1.1 200 OK\r\nETag: ");
	else
		peer_say(fd, "HTTP/1.1 200 ");
	for (i = 0; i < 50000; i++)
		peer_say(fd, "0123456789");
	peer_say(fd, "\r\nContent-Length: 0\r\n\r\n");
}

static void endless_hints(struct peer *p, int fd, unsigned nth)
{
	char head[8192];
	int i;

	(void)nth;
	peer_request(p, fd, head);
	for (i = 0; i < 100000; i++) {
		static const char hint[] = "HTTP/1.1 103 Early Hints\r\n"
					   "Link: </a>; rel=preload\r\n\r\n";

		if (send(fd, hint, sizeof(hint) - 1, MSG_NOSIGNAL) < 0)
			return;
	}
}

static void a_long_line_is_cut(void **state)
{
	static const char *const paths[] = {"field", "status"};
	struct ask k = ask_get;
	struct copl_net_answer a;
	struct peer p;
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(paths); i++) {
		k.path = paths[i];
		assert_int_equal(
		    ask_peer(&p, endless_line, &k, &a), COPL_E_LIMIT);
		assert_int_equal(a.failure, COPL_NET_TOO_LARGE);
		copl_net_answer_clear(&a);
	}
}

static void a_flood_is_cut(void **state)
{
	struct ask k = ask_get;
	struct copl_net_answer a;
	struct peer p;

	(void)state;
	k.max = 5000;
	assert_int_equal(ask_peer(&p, flood, &k, &a), COPL_E_LIMIT);
	assert_int_equal(a.failure, COPL_NET_TOO_LARGE);
	assert_true(a.body.len <= 5000);
	copl_net_answer_clear(&a);
	k.path = "head";
	k.max = 1 << 20;
	assert_int_equal(ask_peer(&p, flood, &k, &a), COPL_E_LIMIT);
	assert_int_equal(a.failure, COPL_NET_TOO_LARGE);
	copl_net_answer_clear(&a);
	assert_int_equal(
	    ask_peer(&p, endless_hints, &ask_get, &a), COPL_E_LIMIT);
	assert_int_equal(a.failure, COPL_NET_TOO_LARGE);
	assert_int_equal(copl_net_attempt(COPL_E_LIMIT, &a), COPL_TRY_REFUSED);
	copl_net_answer_clear(&a);
}

/* ---- asking before a large body ---- */

static void too_much(struct peer *p, int fd, unsigned nth)
{
	char head[8192];

	(void)nth;
	peer_head(p, fd, head, sizeof(head));
	peer_say(fd, "HTTP/1.1 100 Continue\r\n\r\n");
	peer_body(p, fd, 100000);
	peer_say(fd, "HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n"
		     "Connection: close\r\n\r\n");
	shutdown(fd, SHUT_WR);
	peer_linger(fd);
}

static void a_refusal_stops_the_sending(void **state)
{
	const struct ask k = {.method = "PUT", .body = big, .length = BIG};
	struct copl_net_answer a;
	struct peer p;

	(void)state;
	assert_int_equal(ask_peer(&p, too_much, &k, &a), COPL_OK);
	assert_int_equal(a.status, 413);
	assert_true(a.uploaded < BIG);
	assert_int_equal(peer_count(p.heads, "\nExpect: 100-continue"), 1);
	assert_int_equal(copl_net_attempt(COPL_OK, &a), COPL_TRY_REFUSED);
	copl_net_answer_clear(&a);
}

static void expects_nothing(struct peer *p, int fd, unsigned nth)
{
	char head[8192];

	(void)nth;
	while (peer_head(p, fd, head, sizeof(head))) {
		if (strcasestr(head, "\nExpect:") != NULL) {
			peer_say(fd, "HTTP/1.1 417 Expectation Failed\r\n"
				     "Content-Length: 0\r\n\r\n");
			if (nth == 0)
				return;
			continue;
		}
		peer_body(p, fd, peer_length(head));
		peer_say(fd, "HTTP/1.1 204 No Content\r\n\r\n");
	}
}

static void who_cannot_be_asked_first_gets_it_at_once(void **state)
{
	const struct ask k = {.method = "PUT", .body = big, .length = BIG};
	struct copl_net_answer a;
	struct peer p;

	(void)state;
	assert_int_equal(ask_peer(&p, expects_nothing, &k, &a), COPL_OK);
	assert_int_equal(a.status, 204);
	assert_int_equal(p.requests, 2);
	assert_int_equal(p.body_bytes, BIG);
	assert_int_equal(peer_count(p.heads, "\nExpect:"), 1);
	copl_net_answer_clear(&a);
}

static void ignores_expect(struct peer *p, int fd, unsigned nth)
{
	char head[8192];

	(void)nth;
	if (peer_request(p, fd, head))
		peer_say(fd, "HTTP/1.1 204 No Content\r\n\r\n");
}

static void who_ignores_the_question_gets_it_after_three_seconds(void **state)
{
	const struct ask k = {.method = "PUT", .body = big, .length = BIG};
	struct copl_net_answer a;
	struct peer p;

	(void)state;
	assert_int_equal(ask_peer(&p, ignores_expect, &k, &a), COPL_OK);
	assert_int_equal(a.status, 204);
	assert_in_range(a.total_ms, 2900, 60000);
	copl_net_answer_clear(&a);
}

/* ---- redirects ---- */

static void elsewhere(struct peer *p, int fd, unsigned nth)
{
	char head[8192];

	(void)nth;
	while (peer_request(p, fd, head))
		peer_say(fd, "HTTP/1.1 307 Moved\r\nContent-Length: 0\r\n"
			     "Location: https://other.example/new/\r\n\r\n");
}

static void a_redirect_is_told_and_not_followed(void **state)
{
	struct ask k = ask_put;
	struct copl_net_answer a;
	struct peer p;

	(void)state;
	k.follow = true;
	assert_int_equal(ask_peer(&p, elsewhere, &k, &a), COPL_OK);
	assert_int_equal(a.status, 307);
	assert_string_equal(a.location, "https://other.example/new/");
	assert_int_equal(copl_net_attempt(COPL_OK, &a), COPL_TRY_MOVED);
	assert_int_equal(p.requests, 1);
	copl_net_answer_clear(&a);
	/* From this machine a GET is not led away either. */
	k = ask_get;
	k.follow = true;
	assert_int_equal(ask_peer(&p, elsewhere, &k, &a), COPL_OK);
	assert_int_equal(a.status, 307);
	copl_net_answer_clear(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_was_put_arrives_and_the_answer_is_told),
	    cmocka_unit_test(every_method_is_sent_as_it_is),
	    cmocka_unit_test(six_files_go_over_one_connection),
	    cmocka_unit_test(a_closed_port_is_unreachable),
	    cmocka_unit_test(a_reset_in_the_middle_is_unreachable),
	    cmocka_unit_test(an_end_before_the_answer_is_unreachable),
	    cmocka_unit_test(what_came_of_an_answer_is_kept),
	    cmocka_unit_test(a_bad_chunk_is_no_complete_answer),
	    cmocka_unit_test(what_is_not_http_is_no_answer),
	    cmocka_unit_test(
		a_dead_connection_is_replaced_and_all_is_sent_again),
	    cmocka_unit_test(one_that_never_answers_is_given_up),
	    cmocka_unit_test(one_that_drips_is_given_up),
	    cmocka_unit_test(one_that_never_reads_is_given_up),
	    cmocka_unit_test(a_poor_link_gets_its_time),
	    cmocka_unit_test(a_flood_is_cut),
	    cmocka_unit_test(a_long_line_is_cut),
	    cmocka_unit_test(a_refusal_stops_the_sending),
	    cmocka_unit_test(who_cannot_be_asked_first_gets_it_at_once),
	    cmocka_unit_test(
		who_ignores_the_question_gets_it_after_three_seconds),
	    cmocka_unit_test(a_redirect_is_told_and_not_followed),
	};

	return cmocka_run_group_tests(tests, ask_set_up, ask_tear_down);
}
