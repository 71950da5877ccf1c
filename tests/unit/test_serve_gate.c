/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include "help_serve.h"

/*
 * Requests as nobody should send them, over raw sockets.  libmicrohttpd alone
 * answers many of them; the reasons are in the words of RFC 9112.
 */

static struct desk desk;
static char out[200000];

static int set_up(void **state)
{
	alarm(TEST_SECONDS);
	if (scratch_make(state) != 0)
		return -1;
	make_key("k1");
	memset(&desk, 0, sizeof(desk));
	desk.limits = serve_limits_default;
	desk.limits.header_ms = 500;
	desk.limits.body_ms = 600;
	desk.limits.tick_ms = 50;
	desk.limits.silence_s = 1;
	desk.office.options.dir = in("d");
	desk.office.options.key = in("k1.pub");
	return desk_start(&desk) ? 0 : -1;
}

static int tear_down(void **state)
{
	if (desk_stop(&desk) != COPL_OK)
		return -1;
	return scratch_remove(state);
}

/*
 * One answer of that status and nothing behind it.  What libmicrohttpd finds
 * itself it may refuse twice; nothing else can come behind.
 */
static void check(const char *request, size_t len, unsigned want)
{
	const char *again;
	size_t most;

	talk(desk.office.port, request, len, out, sizeof(out));
	again = strstr(out, "<html><head><title>");
	most = again != NULL && want == 400 ? 2 : 1;
	if (status_of(out) != want || answers_in(out) > most)
		print_error("want %u: %.200s\n-> %s\n", want, request, out);
	assert_int_equal(status_of(out), want);
	assert_in_range(answers_in(out), 1, most);
	if (most == 2)
		assert_null(strstr(out, "HTTP/1.1 2"));
}

static void row(unsigned want, const char *request)
{
	check(request, strlen(request), want);
}

static void nothing_was_stored(void)
{
	assert_int_equal(
	    run("test -z \"$(find d/.cop-l10n/staging -type f)\""), 0);
}

#define HIDDEN "GET /healthz HTTP/1.1\r\n" HOST "\r\n"

static void a_length_has_one_meaning(void **state)
{
	(void)state;
	row(400, "PUT /a.xml HTTP/1.1\r\n" HOST "Content-Length: 5\r\n"
		 "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" HIDDEN);
	row(400, "PUT /a.xml HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n"
		 "Content-Length: 5\r\n\r\n0\r\n\r\n" HIDDEN);
	row(400, "PUT /a.xml HTTP/1.1\r\n" HOST "Content-Length: 3\r\n"
		 "Content-Length: 4\r\n\r\nabcd" HIDDEN);
	row(400, "PUT /a.xml HTTP/1.1\r\n" HOST "Content-Length: 3\r\n"
		 "Content-Length: 3\r\n\r\nabc" HIDDEN);
	row(501, "PUT /a.xml HTTP/1.1\r\n" HOST
		 "Transfer-Encoding: xchunked\r\n\r\n");
	row(501, "PUT /a.xml HTTP/1.1\r\n" HOST
		 "Transfer-Encoding: gzip, chunked\r\n\r\n");
	row(411,
	    "PUT /a.xml HTTP/1.1\r\n" HOST
	    "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n" HIDDEN);
	row(411, "PUT /a.xml HTTP/1.1\r\n" HOST "\r\n");
	row(400,
	    "PUT /a.xml HTTP/1.1\r\n" HOST "Content-Length: 3, 3\r\n\r\nabc");
	row(400, "GET /healthz HTTP/1.1\r\n" HOST
		 "Content-Length: 5\r\n\r\nabcde" HIDDEN);
	nothing_was_stored();
}

/* libmicrohttpd answers these itself, and one of them twice: nothing of a
 * second request may be among what comes back. */
static void a_length_that_is_no_number_ends_the_connection(void **state)
{
	static const char *const rows[] = {
	    "PUT /a.xml HTTP/1.1\r\n" HOST
	    "Content-Length: -3\r\n\r\nabc" HIDDEN,
	    "PUT /a.xml HTTP/1.1\r\n" HOST
	    "Content-Length: 0x3\r\n\r\nabc" HIDDEN,
	    "PUT /a.xml HTTP/1.1\r\n" HOST
	    "Content-Length: 99999999999999999999\r\n\r\nabc" HIDDEN,
	    "PUT /a.xml HTTP/1.1\r\n" HOST "Transfer-Encoding: "
	    "chunked\r\n\r\nffffffffffffffffff\r\nabc" HIDDEN};
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(rows); i++) {
		talk(desk.office.port, rows[i], strlen(rows[i]), out,
		    sizeof(out));
		assert_in_range(status_of(out), 400, 413);
		assert_null(strstr(out, "HTTP/1.1 200"));
		assert_null(strstr(out, "\"status\":\"empty\""));
	}
	nothing_was_stored();
}

static void a_request_names_one_host(void **state)
{
	(void)state;
	row(400, "GET /healthz HTTP/1.1\r\n\r\n");
	row(400, "GET /healthz HTTP/1.1\r\n" HOST HOST "\r\n");
	row(400, "GET /healthz HTTP/1.1\r\n" HOST "host: other\r\n\r\n");
	row(400, "GET /healthz HTTP/1.1\r\nHost : x\r\n\r\n");
	row(400, "GET /healthz HTTP/1.1\r\n" HOST "Host : x\r\n\r\n");
	row(200, "GET /healthz HTTP/1.1\r\n" HOST "Connection: close\r\n\r\n");
}

static void a_path_leads_nowhere_else(void **state)
{
	static const char *const paths[] = {"/a.xml%00.html", "/a%2fb",
	    "/a%2Fb", "/a%5cb", "/../etc/passwd", "/%2e%2e/etc/passwd",
	    "/.%2e/etc/passwd", "/%2e./etc/passwd", "/%252e%252e/etc/passwd",
	    "/a/../../etc/passwd", "/a/..%2f..%2fetc/passwd", "/..%5c..%5cetc",
	    "/%c0%ae%c0%ae/etc/passwd", "/%ff.html", "/%e0%80%af", "/./a",
	    "//etc/passwd", "/.cop-l10n/trust", "/%2ecop-l10n/trust",
	    "/sets/../.cop-l10n/trust", "/.well-known/../.cop-l10n/trust",
	    "http://forms.example.org/healthz", "*", "/a%", "/a%zz"};
	char request[300];
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(paths); i++) {
		snprintf(request, sizeof(request),
		    "GET %s HTTP/1.1\r\n" HOST "Connection: close\r\n\r\n",
		    paths[i]);
		row(400, request);
		snprintf(request, sizeof(request),
		    "PUT %s HTTP/1.1\r\n" HOST
		    "Content-Length: 1\r\n\r\nx" HIDDEN,
		    paths[i]);
		row(400, request);
	}
	row(400, "PUT /.well-known/cop-l10n HTTP/1.1\r\n" HOST
		 "Content-Length: 1\r\n\r\nx");
	nothing_was_stored();
}

static void other_methods_and_versions_are_refused(void **state)
{
	static const char *const methods[] = {"POST", "DELETE", "MKCOL", "MOVE",
	    "PROPFIND", "OPTIONS", "TRACE", "PATCH", "get"};
	char request[200];
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(methods); i++) {
		snprintf(request, sizeof(request),
		    "%s /a.xml HTTP/1.1\r\n" HOST
		    "Content-Length: 0\r\n\r\n" HIDDEN,
		    methods[i]);
		row(405, request);
		assert_true(has_field(out, "Allow", "GET, HEAD, PUT"));
	}
	talk(desk.office.port, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 24, out,
	    sizeof(out));
	assert_int_equal(status_of(out), 505);
	assert_null(strstr(out, "HTTP/1.1 200"));
}

static void fields_are_small_and_few(void **state)
{
	struct copl_strbuf r = COPL_STRBUF_INIT((size_t)1 << 20);
	size_t i;

	(void)state;
	copl_strbuf_puts(&r, "GET /healthz HTTP/1.1\r\n" HOST "X-Long: ");
	for (i = 0; i < 100000; i++)
		copl_strbuf_puts(&r, "a");
	copl_strbuf_puts(&r, "\r\n\r\n");
	talk(desk.office.port, r.s, r.len, out, sizeof(out));
	assert_int_equal(status_of(out), 431);
	copl_strbuf_reset(&r);
	copl_strbuf_puts(&r, "GET /healthz HTTP/1.1\r\n" HOST);
	for (i = 0; i < 70; i++)
		copl_strbuf_puts(&r, "X-Many: a\r\n");
	copl_strbuf_puts(&r, "\r\n");
	row(431, r.s);
	copl_strbuf_clear(&r);
}

/* The body of such a request is never asked for. */
static void what_is_too_large_is_refused_before_it_is_sent(void **state)
{
	static const char *const rows[] = {"PUT /a.xml HTTP/1.1\r\n" HOST
					   "Expect: 100-continue\r\n"
					   "Content-Length: 16777217\r\n\r\n",
	    "PUT /a.xml HTTP/1.1\r\n" HOST "Content-Length: 16777217\r\n\r\n"};
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(rows); i++) {
		int fd = dial(desk.office.port);
		ssize_t n;

		assert_int_equal(send(fd, rows[i], strlen(rows[i]), 0),
		    (ssize_t)strlen(rows[i]));
		n = recv(fd, out, sizeof(out) - 1, MSG_WAITALL);
		assert_true(n > 0);
		out[n] = '\0';
		assert_int_equal(status_of(out), 413);
		assert_null(strstr(out, " 100 Continue"));
		close(fd);
	}
	row(413, "PUT /manifest.xml HTTP/1.1\r\n" HOST
		 "Content-Length: 99999999999\r\n\r\n");
}

/* Nothing that comes behind a PUT is answered, whatever it came to. */
static void a_put_is_the_last_request_of_its_connection(void **state)
{
	(void)state;
	row(201, "PUT /a.txt HTTP/1.1\r\n" HOST
		 "Content-Length: 3\r\n\r\nabc" HIDDEN);
	assert_true(has_field(out, "Connection", "close"));
	row(204, "PUT /a.txt HTTP/1.1\r\n" HOST
		 "Content-Length: 3\r\n\r\nabc" HIDDEN);
	row(415, "PUT /a.html HTTP/1.1\r\n" HOST
		 "Content-Type: multipart/form-data; boundary=x\r\n"
		 "Content-Length: 3\r\n\r\nabc" HIDDEN);
	row(415, "PUT /a.html HTTP/1.1\r\n" HOST "Content-Encoding: gzip\r\n"
		 "Content-Length: 3\r\n\r\nabc" HIDDEN);
	row(400,
	    "PUT /a.html HTTP/1.1\r\n" HOST "Content-Range: bytes 0-2/9\r\n"
	    "Content-Length: 3\r\n\r\nabc" HIDDEN);
	assert_int_equal(run("rm d/.cop-l10n/staging/a.txt"), 0);
}

static uint64_t time_until_closed(int fd, const char *drip, unsigned every_ms)
{
	uint64_t begin = guard_clock_ms();
	char bytes[4096];

	while (guard_clock_ms() - begin < 15000) {
		struct pollfd p = {.fd = fd, .events = POLLIN};

		if (drip != NULL && *drip != '\0' &&
		    send(fd, drip, 1, MSG_NOSIGNAL) == 1)
			drip++;
		if (poll(&p, 1, (int)every_ms) > 0 &&
		    recv(fd, bytes, sizeof(bytes), 0) <= 0)
			break;
	}
	return guard_clock_ms() - begin;
}

/* A byte now and then keeps no connection open. */
static void what_drips_is_cut_off(void **state)
{
	static const char many[] =
	    "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl"
	    "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl";
	static const char head[] = "GET /healthz HTTP/1.1\r\n" HOST "X-Drip: ";
	static const char put[] =
	    "PUT /b.txt HTTP/1.1\r\n" HOST "Content-Length: 900000\r\n\r\n";
	static const char burst[60000] = "abc";
	int fd = dial(desk.office.port);

	(void)state;
	assert_in_range(time_until_closed(fd, many, 100), 300, 9000);
	close(fd);
	fd = dial(desk.office.port);
	assert_int_equal(
	    send(fd, head, strlen(head), 0), (ssize_t)strlen(head));
	assert_in_range(time_until_closed(fd, many, 100), 300, 9000);
	close(fd);
	/* 600 ms, and one for each byte that came */
	fd = dial(desk.office.port);
	assert_int_equal(send(fd, put, strlen(put), 0), (ssize_t)strlen(put));
	assert_in_range(time_until_closed(fd, many, 100), 300, 9000);
	close(fd);
	/* What came at once is no time to stand still later. */
	fd = dial(desk.office.port);
	assert_int_equal(send(fd, put, strlen(put), 0), (ssize_t)strlen(put));
	assert_int_equal(send(fd, burst, sizeof(burst), 0), sizeof(burst));
	assert_in_range(time_until_closed(fd, many, 100), 300, 9000);
	close(fd);
	/* and with nothing sent at all */
	fd = dial(desk.office.port);
	assert_in_range(time_until_closed(fd, NULL, 100), 300, 9000);
	close(fd);
	nothing_was_stored();
}

static void half_an_upload_leaves_nothing(void **state)
{
	static const char half[] =
	    "PUT /b.txt HTTP/1.1\r\n" HOST "Content-Length: 9\r\n\r\nabc";
	int fd = dial(desk.office.port);

	(void)state;
	/* closed for writing only: no answer that says it was stored */
	talk(desk.office.port, half, strlen(half), out, sizeof(out));
	assert_null(strstr(out, "HTTP/1.1 2"));
	assert_int_equal(
	    send(fd, half, strlen(half), 0), (ssize_t)strlen(half));
	close(fd);
	row(200, "GET /healthz HTTP/1.1\r\n" HOST "Connection: close\r\n\r\n");
	nothing_was_stored();
}

/* Two that the API does not show; a proxy in front ends them.  Here they
 * must at least have one reading. */
static void folded_fields_and_bare_line_feeds_have_one_reading(void **state)
{
	static const char folded[] =
	    "GET /healthz HTTP/1.1\r\n" HOST "X-Folded: a\r\n b\r\n"
	    "Connection: close\r\n\r\n";
	static const char twice[] =
	    "PUT /a.txt HTTP/1.1\r\n" HOST "Content-Length: 5\r\n"
	    "Transfer-Encoding:\r\n chunked\r\n\r\n"
	    "0\r\n\r\n" HIDDEN;
	static const char bare[] = "GET /healthz HTTP/1.1\n"
				   "Host: x\nConnection: close\n\n";

	(void)state;
	talk(desk.office.port, folded, strlen(folded), out, sizeof(out));
	assert_int_equal(answers_in(out), 1);
	talk(desk.office.port, bare, strlen(bare), out, sizeof(out));
	assert_int_equal(answers_in(out), 1);
	talk(desk.office.port, twice, strlen(twice), out, sizeof(out));
	assert_int_equal(answers_in(out), 1);
	assert_null(strstr(out, "\"status\":\"empty\""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_length_has_one_meaning),
	    cmocka_unit_test(a_length_that_is_no_number_ends_the_connection),
	    cmocka_unit_test(a_request_names_one_host),
	    cmocka_unit_test(a_path_leads_nowhere_else),
	    cmocka_unit_test(other_methods_and_versions_are_refused),
	    cmocka_unit_test(fields_are_small_and_few),
	    cmocka_unit_test(what_is_too_large_is_refused_before_it_is_sent),
	    cmocka_unit_test(a_put_is_the_last_request_of_its_connection),
	    cmocka_unit_test(what_drips_is_cut_off),
	    cmocka_unit_test(half_an_upload_leaves_nothing),
	    cmocka_unit_test(
		folded_fields_and_bare_line_feeds_have_one_reading),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
