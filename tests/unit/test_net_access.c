/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who asks, where it may go, and what of that is never shown. */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <signal.h>
#include <sys/resource.h>
#include "help_ask.h"
#include "help_left_out.h"

/* ---- who asks ---- */

/* Sends back whatever it heard, in every place. */
static void echo(struct peer *p, int fd, unsigned nth)
{
	char head[8192], reply[20000], secret[500] = "";
	const char *field;

	(void)nth;
	while (peer_request(p, fd, head)) {
		field = strcasestr(head, "\nAuthorization: ");
		if (field != NULL)
			snprintf(secret, sizeof(secret), "%.*s",
			    (int)strcspn(field + 16, "\r"), field + 16);
		snprintf(reply, sizeof(reply),
		    "HTTP/1.1 403 No\r\nETag: \"%s\"\r\nLocation: /%s\r\n"
		    "Content-Type: %s\r\nAllow: %s\r\n"
		    "Content-Length: %zu\r\n\r\n%s",
		    secret, secret, secret, secret, strlen(head), head);
		peer_say(fd, reply);
	}
}

static bool knows(const struct copl_net_answer *a, const char *secret)
{
	return memmem(a, sizeof(*a), secret, strlen(secret)) != NULL ||
	       strstr(copl_strbuf_text(&a->body), secret) != NULL;
}

static void a_secret_is_sent_and_never_shown(void **state)
{
	static const char token[] = "secret-token:b7Yq0h1";
	/* printf 'bureau:سر كبير' | base64 */
	static const char basic[] = "YnVyZWF1OtizLCDZg9io2YrYsQ==";
	const struct copl_net_access bearer = {
	    .auth = COPL_AUTH_BEARER, .secret = token};
	const struct copl_net_access password = {.auth = COPL_AUTH_BASIC,
	    .user = "bureau",
	    .secret = "\xd8\xb3, \xd9\x83\xd8\xa8\xd9\x8a\xd8\xb1"};
	struct ask k = ask_put;
	struct copl_net_answer a;
	struct peer p;

	(void)state;
	k.access = &bearer;
	assert_int_equal(ask_peer(&p, echo, &k, &a), COPL_OK);
	assert_non_null(strstr(
	    p.heads, "\r\nAuthorization: Bearer secret-token:b7Yq0h1\r\n"));
	assert_int_equal(a.status, 403);
	assert_true(a.body.len > 0 && a.etag[0] != '\0');
	assert_false(knows(&a, token));
	copl_net_answer_clear(&a);
	k.access = &password;
	assert_int_equal(ask_peer(&p, echo, &k, &a), COPL_OK);
	assert_non_null(strstr(p.heads, basic));
	assert_false(knows(&a, basic));
	assert_false(knows(&a, password.secret));
	copl_net_answer_clear(&a);
}

/* Content that was asked for is not touched, whatever it holds. */
static void gives_token(struct peer *p, int fd, unsigned nth)
{
	char head[8192];

	(void)nth;
	if (peer_request(p, fd, head))
		peer_say(fd, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"
			     "token");
}

static void content_is_not_touched(void **state)
{
	const struct copl_net_access bearer = {
	    .auth = COPL_AUTH_BEARER, .secret = "token"};
	struct ask k = ask_get;
	struct copl_net_answer a;
	struct peer p;

	(void)state;
	k.access = &bearer;
	assert_int_equal(ask_peer(&p, gives_token, &k, &a), COPL_OK);
	assert_string_equal(copl_strbuf_text(&a.body), "token");
	copl_net_answer_clear(&a);
}

static void digest_only(struct peer *p, int fd, unsigned nth)
{
	(void)nth;
	peer_wants_digest(p, fd,
	    "WWW-Authenticate: Digest realm=\"office\", "
	    "nonce=\"aGk=\", qop=\"auth\", algorithm=SHA-256\r\n"
	    "WWW-Authenticate: Digest realm=\"office\", "
	    "nonce=\"aGk=\", qop=\"auth\", algorithm=MD5\r\n");
}

static void a_challenge_is_answered_and_the_body_sent_once(void **state)
{
	const struct copl_net_access digest = {
	    .auth = COPL_AUTH_DIGEST, .user = "bureau", .secret = "pa55word"};
	struct ask k = ask_put;
	struct copl_net *n = NULL;
	struct copl_net_answer a = {0};
	struct peer p;

	(void)state;
	k.access = &digest;
	must(peer_start(&p, digest_only, false), "listen");
	assert_int_equal(copl_net_open(&n), COPL_OK);
	assert_int_equal(ask_on(n, p.url, &k, &a), COPL_OK);
	assert_int_equal(a.status, 201);
	assert_int_equal(p.requests, 2);
	assert_int_equal(p.body_bytes, ask_put.length);
	assert_int_equal(a.body.len, 0);
	assert_null(strstr(p.heads, "pa55word"));
	assert_non_null(strstr(p.heads, "username=\"bureau\""));
	/* The next one knows the challenge. */
	assert_int_equal(ask_on(n, p.url, &k, &a), COPL_OK);
	assert_int_equal(p.requests, 3);
	assert_int_equal(p.body_bytes, 2 * ask_put.length);
	assert_int_equal(p.connections, 1);
	copl_net_close(n);
	peer_stop(&p);
	copl_net_answer_clear(&a);
}

static void stranger(struct peer *p, int fd, unsigned nth)
{
	char head[8192];

	(void)nth;
	while (peer_request(p, fd, head))
		peer_say(fd,
		    "HTTP/1.1 401 Who?\r\nContent-Length: 0\r\n"
		    "WWW-Authenticate: Basic realm=\"office\"\r\n\r\n");
}

/* No password goes out in another way than the one that was chosen. */
static void a_password_never_falls_back_to_cleartext(void **state)
{
	const struct copl_net_access digest = {
	    .auth = COPL_AUTH_DIGEST, .user = "bureau", .secret = "pa55word"};
	struct ask k = ask_put;
	struct copl_net_answer a;
	struct peer p;

	(void)state;
	k.access = &digest;
	assert_int_equal(ask_peer(&p, stranger, &k, &a), COPL_OK);
	assert_int_equal(a.status, 401);
	assert_int_equal(copl_net_attempt(COPL_OK, &a), COPL_TRY_AUTH);
	assert_null(strcasestr(p.heads, "\nAuthorization: Basic"));
	copl_net_answer_clear(&a);
}

/* ---- what must not be sent ---- */

static void what_must_not_be_sent_is_refused(void **state)
{
	static const struct copl_net_header bad[] = {
	    {"X-A", "two\r\nX-B: lines"}, {"X A", "b"}, {"", "b"},
	    {"X-A:", "b"}, {"X-A", "\x7f"}};
	static const char *const urls[] = {"ftp://127.0.0.1/",
	    "file:///etc/passwd", "http://office.example.org/",
	    "https://user:word@office.example.org/", "https://a.example/#x",
	    "https://a.example/\r\nHost: b", "https://", ""};
	struct ask k = ask_get;
	struct copl_net_answer a;
	struct copl_net_access clear = {
	    .auth = COPL_AUTH_BEARER, .secret = "word", .cleartext_ok = true};
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(bad); i++) {
		k.headers = &bad[i];
		k.nheaders = 1;
		assert_int_equal(
		    ask_at("http://127.0.0.1:1/", &k, &a), COPL_E_INVALID);
		assert_int_equal(a.failure, COPL_NET_URL);
	}
	k = ask_get;
	k.path = "";
	for (i = 0; i < COPL_COUNT(urls); i++) {
		assert_int_equal(ask_at(urls[i], &k, &a), COPL_E_INVALID);
		assert_int_equal(a.failure, COPL_NET_URL);
	}
	k.access = &clear;
	assert_int_equal(
	    ask_at("http://office.example.org/", &k, &a), COPL_E_INVALID);
	k = (struct ask){.method = "TRACE"};
	assert_int_equal(ask_at("http://127.0.0.1:1/", &k, &a), COPL_E_INVALID);
}

/* ---- addresses ---- */

static void a_name_that_leads_inside_is_not_followed(void **state)
{
	const struct copl_net_access outside = {.cleartext_ok = true};
	const struct copl_net_access inside = {
	    .cleartext_ok = true, .private_ok = true};
	struct copl_net *n = NULL;
	struct copl_net_answer a = {0};
	struct ask k = ask_put;
	struct peer p;
	char url[100];

	(void)state;
	must(peer_start(&p, yes, false), "listen");
	/* libcurl itself knows that names below localhost are loopback. */
	snprintf(url, sizeof(url), "http://office.localhost:%u/", p.port);
	k.access = &outside;
	assert_int_equal(copl_net_open(&n), COPL_OK);
	assert_int_equal(ask_on(n, url, &k, &a), COPL_E_INCOMPLETE);
	assert_int_equal(a.failure, COPL_NET_POLICY);
	assert_int_equal(
	    copl_net_attempt(COPL_E_INCOMPLETE, &a), COPL_TRY_REFUSED);
	assert_int_equal(p.connections, 0);
	k.access = &inside;
	assert_int_equal(ask_on(n, url, &k, &a), COPL_OK);
	assert_int_equal(a.status, 201);
	/* Nor over the connection of one that may. */
	k.access = &outside;
	assert_int_equal(ask_on(n, url, &k, &a), COPL_E_INCOMPLETE);
	assert_int_equal(a.failure, COPL_NET_POLICY);
	assert_int_equal(p.requests, 1);
	copl_net_close(n);
	peer_stop(&p);
	copl_net_answer_clear(&a);
}

static void a_private_address_costs_no_packet(void **state)
{
	static const char *const urls[] = {"https://10.0.0.7/",
	    "https://[fe80::1]/", "https://169.254.169.254/latest/",
	    "https://192.168.1.1:8443/", "https://0x0a000007/",
	    "https://[::ffff:10.0.0.7]/", "https://[fd00::7]/"};
	struct copl_net_answer a;
	struct ask k = {.method = "GET", .path = ""};
	uint64_t from = copl_net_clock_ms();
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(urls); i++) {
		assert_int_equal(ask_at(urls[i], &k, &a), COPL_E_INCOMPLETE);
		assert_int_equal(a.failure, COPL_NET_POLICY);
		assert_int_equal(a.connects, 0);
	}
	assert_true(copl_net_clock_ms() - from < 2000);
}

static void a_name_that_does_not_exist_is_told_as_such(void **state)
{
	const struct copl_net_access clear = {.cleartext_ok = true};
	struct ask k = ask_get;
	struct copl_net_answer a;
	enum copl_status st;

	(void)state;
	k.access = &clear;
	k.answer_ms = 3000;
	/* Without a name server the time may run out instead. */
	st = ask_at("http://no-such-office.invalid/", &k, &a);
	assert_int_equal(st, COPL_E_INCOMPLETE);
	assert_true(a.failure == COPL_NET_DNS || a.failure == COPL_NET_TIMEOUT);
	assert_int_equal(copl_net_attempt(st, &a), COPL_TRY_UNREACHABLE);
}

static void ipv6_is_spoken(void **state)
{
	struct copl_net_answer a;
	struct peer p;
	char peer[64];

	(void)state;
	if (!peer_start(&p, yes, true)) {
		left_out("no IPv6 here");
		return;
	}
	assert_int_equal(ask_at(p.url, &ask_put, &a), COPL_OK);
	assert_int_equal(a.status, 201);
	snprintf(peer, sizeof(peer), "[::1]:%u", p.port);
	assert_string_equal(a.peer, peer);
	peer_stop(&p);
	copl_net_answer_clear(&a);
}

/* ---- proxies ---- */

static void proxy(struct peer *p, int fd, unsigned nth)
{
	char head[8192];

	(void)nth;
	while (peer_request(p, fd, head))
		peer_say(fd, strncmp(head, "CONNECT", 7) == 0
				 ? "HTTP/1.1 407 Who?\r\nContent-Length: 0\r\n"
				   "\r\n"
				 : "HTTP/1.1 204 No Content\r\n\r\n");
}

static void only_a_named_proxy_is_used(void **state)
{
	struct copl_net_access access = {.cleartext_ok = true};
	struct ask k = ask_put;
	struct copl_net_answer a;
	struct peer p;

	(void)state;
	must(peer_start(&p, proxy, false), "listen");
	access.proxy = p.url;
	k.access = &access;
	assert_int_equal(ask_at("http://office.example.org/", &k, &a), COPL_OK);
	assert_int_equal(a.status, 204);
	assert_non_null(
	    strstr(p.heads, "PUT http://office.example.org/a.xml HTTP/1.1"));
	copl_net_answer_clear(&a);
	/* It refuses a tunnel. */
	assert_int_equal(
	    ask_at("https://office.example.org/", &k, &a), COPL_E_INCOMPLETE);
	assert_int_equal(a.failure, COPL_NET_PROXY);
	assert_int_equal(a.proxy_status, 407);
	copl_net_answer_clear(&a);
	/* This machine is not reached through others. */
	p.heads[0] = '\0';
	assert_int_equal(ask_at(p.url, &k, &a), COPL_OK);
	assert_int_equal(strncmp(p.heads, "PUT /a.xml ", 11), 0);
	copl_net_answer_clear(&a);
	peer_stop(&p);
	assert_int_equal(
	    ask_at("http://office.example.org/", &k, &a), COPL_E_INCOMPLETE);
	assert_int_equal(a.failure, COPL_NET_PROXY);
	copl_net_answer_clear(&a);
}

/* What it says to CONNECT is longer than libcurl takes. */
static void wordy_proxy(struct peer *p, int fd, unsigned nth)
{
	char head[8192];
	int i;

	(void)nth;
	peer_request(p, fd, head);
	if (strstr(head, "status.") != NULL)
		peer_say(fd, "HTTP/1.1 200 ");
	else if (strstr(head, "busy.") != NULL)
		peer_say(fd, "HTTP/1.1 503 Busy\r\nVia: ");
	else
		peer_say(fd, "HTTP/1.1 200 OK\r\nVia: ");
	for (i = 0; i < 5000; i++)
		peer_say(fd, "0123456789");
	peer_say(fd, "\r\n\r\n");
}

static void a_proxy_that_says_too_much_is_named(void **state)
{
	static const struct {
		const char *url;
		long status;
	} rows[] = {{"https://status.example.org/", 0},
	    {"https://field.example.org/", 0},
	    {"https://busy.example.org/", 503}};
	struct copl_net_access access = {.auth = COPL_AUTH_NONE};
	struct ask k = ask_get;
	struct copl_net_answer a;
	struct peer p;
	size_t i;

	(void)state;
	must(peer_start(&p, wordy_proxy, false), "listen");
	access.proxy = p.url;
	k.access = &access;
	for (i = 0; i < COPL_COUNT(rows); i++) {
		assert_int_equal(
		    ask_at(rows[i].url, &k, &a), COPL_E_INCOMPLETE);
		assert_int_equal(a.failure, COPL_NET_PROXY);
		assert_int_equal(a.proxy_status, rows[i].status);
		copl_net_answer_clear(&a);
	}
	peer_stop(&p);
}

/* For longer than the test allows. */
static void endless_proxy(struct peer *p, int fd, unsigned nth)
{
	static const char bytes[8192];
	uint64_t end = copl_net_clock_ms() + 12000;
	char head[8192];

	(void)nth;
	peer_request(p, fd, head);
	peer_say(
	    fd, "HTTP/1.1 407 Who?\r\nContent-Length: 99999999999\r\n\r\n");
	while (copl_net_clock_ms() < end &&
	       send(fd, bytes, sizeof(bytes), MSG_NOSIGNAL) > 0)
		;
}

static void a_proxy_that_never_ends_is_cut(void **state)
{
	struct copl_net_access access = {.auth = COPL_AUTH_NONE};
	struct ask k = ask_get;
	struct copl_net_answer a;
	struct peer p;
	uint64_t start;

	(void)state;
	must(peer_start(&p, endless_proxy, false), "listen");
	access.proxy = p.url;
	k.access = &access;
	k.answer_ms = 500;
	start = copl_net_clock_ms();
	assert_int_equal(
	    ask_at("https://office.example.org/", &k, &a), COPL_E_INCOMPLETE);
	assert_true(copl_net_clock_ms() - start < 6000);
	assert_int_equal(a.failure, COPL_NET_TIMEOUT);
	copl_net_answer_clear(&a);
	peer_stop(&p);
}

/* ---- the process around ---- */

/* Sockets do not go to programs that are started meanwhile. */
static void counts_inherited(struct peer *p, int fd, unsigned nth)
{
	char head[8192], reply[100];
	int each, open = 0, inherited = 0;

	(void)nth;
	if (!peer_request(p, fd, head))
		return;
	for (each = 3; each < 200; each++) {
		struct sockaddr_in a;
		socklen_t len = sizeof(a);

		if (getpeername(each, (struct sockaddr *)&a, &len) != 0 ||
		    ntohs(a.sin_port) != p->port)
			continue;
		open++;
		inherited += (fcntl(each, F_GETFD) & FD_CLOEXEC) == 0;
	}
	snprintf(reply, sizeof(reply),
	    "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n%d %d", open,
	    inherited);
	peer_say(fd, reply);
}

static void sockets_are_not_inherited(void **state)
{
	struct copl_net_answer a;
	struct peer p;

	(void)state;
	assert_int_equal(ask_peer(&p, counts_inherited, &ask_get, &a), COPL_OK);
	assert_string_equal(copl_strbuf_text(&a.body), "1 0");
	copl_net_answer_clear(&a);
}

static void signals_stay_as_the_caller_has_them(void **state)
{
	const struct ask k = {.method = "PUT", .body = big, .length = BIG};
	struct copl_net_answer a;
	struct peer p;
	sigset_t set, got;

	(void)state;
	/* Not blocked, and its action is to end the program. */
	assert_int_equal(
	    ask_peer(&p, reset_in_body, &k, &a), COPL_E_INCOMPLETE);
	copl_net_answer_clear(&a);
	sigpending(&got);
	assert_int_equal(sigismember(&got, SIGPIPE), 0);
	pthread_sigmask(SIG_BLOCK, NULL, &got);
	assert_int_equal(sigismember(&got, SIGPIPE), 0);
	/* One that waits for the caller goes on waiting. */
	sigemptyset(&set);
	sigaddset(&set, SIGPIPE);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	raise(SIGPIPE);
	assert_int_equal(
	    ask_peer(&p, reset_in_body, &k, &a), COPL_E_INCOMPLETE);
	copl_net_answer_clear(&a);
	sigpending(&got);
	assert_int_equal(sigismember(&got, SIGPIPE), 1);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGPIPE, SIG_DFL);
	pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}

static void a_lack_of_sockets_is_ours(void **state)
{
	struct copl_net *n = NULL;
	struct copl_net_answer a = {0};
	struct rlimit before, low;
	struct peer p;
	enum copl_status st;

	(void)state;
	must(peer_start(&p, yes, false), "listen");
	assert_int_equal(copl_net_open(&n), COPL_OK);
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
	/* What is open stays. */
	low = before;
	low.rlim_cur = 3;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &low), 0);
	st = ask_on(n, p.url, &ask_put, &a);
	setrlimit(RLIMIT_NOFILE, &before);
	assert_int_equal(st, COPL_E_INCOMPLETE);
	assert_int_equal(a.failure, COPL_NET_LOCAL);
	assert_int_equal(copl_net_attempt(st, &a), COPL_TRY_LOCAL);
	assert_int_equal(ask_on(n, p.url, &ask_put, &a), COPL_OK);
	copl_net_close(n);
	peer_stop(&p);
	copl_net_answer_clear(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_secret_is_sent_and_never_shown),
	    cmocka_unit_test(content_is_not_touched),
	    cmocka_unit_test(a_challenge_is_answered_and_the_body_sent_once),
	    cmocka_unit_test(a_password_never_falls_back_to_cleartext),
	    cmocka_unit_test(what_must_not_be_sent_is_refused),
	    cmocka_unit_test(a_name_that_leads_inside_is_not_followed),
	    cmocka_unit_test(a_private_address_costs_no_packet),
	    cmocka_unit_test(a_name_that_does_not_exist_is_told_as_such),
	    cmocka_unit_test(ipv6_is_spoken),
	    cmocka_unit_test(only_a_named_proxy_is_used),
	    cmocka_unit_test(a_proxy_that_says_too_much_is_named),
	    cmocka_unit_test(a_proxy_that_never_ends_is_cut),
	    cmocka_unit_test(sockets_are_not_inherited),
	    cmocka_unit_test(signals_stay_as_the_caller_has_them),
	    cmocka_unit_test(a_lack_of_sockets_is_ours),
	};

	return cmocka_run_group_tests(tests, ask_set_up, ask_tear_down);
}
